// Providers, their checks, programmes and places in the database.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/storage/transaction.h"
#include "services/panel/domain/places.h"

namespace pathways::panel {

// With checks, programmes and places. NOT_FOUND when there is none that the caller may see.
absl::StatusOr<Provider> FindProvider(storage::Transaction& transaction, const ProviderId& id);
// By name, the same.
absl::StatusOr<std::vector<Provider>> ListProviders(storage::Transaction& transaction);
// Without its people, checks and programmes, while nobody else changes it.
absl::StatusOr<Provider> LockProvider(storage::Transaction& transaction, const ProviderId& id);
// ALREADY_EXISTS when its id or name is taken.
absl::Status InsertProvider(storage::Transaction& transaction, const Provider& provider);
absl::Status UpdateProvider(storage::Transaction& transaction, const Provider& provider);
absl::Status KeepCheck(storage::Transaction& transaction, const Provider& provider,
                       const ProviderCheck& check);

// Without places.
absl::StatusOr<Programme> LockProgramme(storage::Transaction& transaction, const ProgrammeId& id);
absl::Status InsertProgramme(storage::Transaction& transaction, const Programme& programme,
                             education::LaCode la_code);
absl::Status UpdateProgramme(storage::Transaction& transaction, const Programme& programme);
// As many places on each day as it says. FAILED_PRECONDITION when one that is, or once was, taken
// would go.
absl::Status SetPlaces(storage::Transaction& transaction, const Programme& programme,
                       education::LaCode la_code);

struct PlacesNow {
  std::map<Weekday, int> capacity;
  std::set<Place> taken;
};
// Of a programme that is locked.
absl::StatusOr<PlacesNow> ReadPlaces(storage::Transaction& transaction, const ProgrammeId& id);

}  // namespace pathways::panel
