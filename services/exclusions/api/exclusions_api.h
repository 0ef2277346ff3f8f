// The methods of pathways.exclusions.v1.ExclusionsService.
#pragma once

#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/outbox.h"
#include "libs/importing/import_runs.h"
#include "libs/rolls/roll_source.h"
#include "libs/service/endpoint.h"
#include "libs/storage/pool.h"
#include "services/exclusions/store/calendars.h"

namespace pathways::exclusions {

// What the methods work with. All pointers not null, living as long as the server.
struct ExclusionsParts {
  storage::Pool* pool = nullptr;
  events::Outbox* outbox = nullptr;
  const education::Clock* clock = nullptr;
  education::IdSource* ids = nullptr;
  importing::ImportRuns* imports = nullptr;
  rolls::RollSource* rolls = nullptr;
  CalendarCache* calendars = nullptr;
};

service::Endpoint ExclusionsEndpoint(const ExclusionsParts& parts);

// Parts of it, a file each.
void AddImports(service::Endpoint& endpoint, const ExclusionsParts& parts);
void AddDrafts(service::Endpoint& endpoint, const ExclusionsParts& parts);
void AddRecording(service::Endpoint& endpoint, const ExclusionsParts& parts);
void AddChanges(service::Endpoint& endpoint, const ExclusionsParts& parts);
void AddReads(service::Endpoint& endpoint, const ExclusionsParts& parts);
void AddDeadlines(service::Endpoint& endpoint, const ExclusionsParts& parts);
void AddPupils(service::Endpoint& endpoint, const ExclusionsParts& parts);
void AddExports(service::Endpoint& endpoint, const ExclusionsParts& parts);

}  // namespace pathways::exclusions
