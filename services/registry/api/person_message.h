// A person as a message.
#pragma once

#include "pathways/registry/v1/service.pb.h"
#include "services/registry/store/person_store.h"

namespace pathways::registry {

v1::Person ToMessage(const PersonRecord& person);

}  // namespace pathways::registry
