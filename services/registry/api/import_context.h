// What every importer of this service works with.
#pragma once

#include <map>

#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/education/identifiers.h"
#include "libs/events/outbox.h"
#include "libs/importing/importer.h"
#include "libs/service/call.h"
#include "pathways/common/v1/import.pb.h"

namespace pathways::registry {

// Lives as long as the call; all pointers not null.
struct ImportContext {
  service::Call* call;
  events::Outbox* outbox;
  const education::Clock* clock;
  education::IdSource* ids;
  common::v1::ImportStart start;
};

using SchoolAuthorities = std::map<education::Urn, education::LaCode>;

}  // namespace pathways::registry
