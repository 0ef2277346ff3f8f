// The methods of pathways.exclusions.v1.LettersService.
#pragma once

#include "libs/letters/shipped.h"
#include "libs/service/endpoint.h"
#include "services/exclusions/api/exclusions_api.h"
#include "services/exclusions/api/name_source.h"

namespace pathways::exclusions {

// All pointers not null, living as long as the server.
struct LettersParts {
  const ExclusionsParts* exclusions = nullptr;
  const letters::ShippedTemplates* shipped = nullptr;
  NameSource* names = nullptr;
};

// The templates that come with this service.
absl::StatusOr<letters::ShippedTemplates> ReadShippedLetters();

service::Endpoint LettersEndpoint(const LettersParts& parts);

}  // namespace pathways::exclusions
