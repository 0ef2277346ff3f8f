// Rolls and calendars from the registry, kept in memory by version.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "libs/rolls/roll_source.h"
#include "libs/service/client.h"

namespace pathways::rolls {

// UPNs and dates of birth are held in memory only, for schools asked for lately.
class RegistryRolls : public RollSource {
 public:
  // `registry` must outlive it.
  explicit RegistryRolls(service::Client& registry) : registry_(registry) {}

  absl::StatusOr<VisibleSchools> Visible(const service::Call& call) override;
  absl::StatusOr<std::shared_ptr<const Roll>> GetRoll(const service::Call& call, education::Urn urn,
                                                      const RollVersions& versions) override;
  absl::StatusOr<std::shared_ptr<const education::SchoolCalendar>> GetCalendar(
      const service::Call& call, education::Urn urn, const RollVersions& versions) override;
  void Warm(const service::Call& call, const VisibleSchools& schools) override;

 private:
  static constexpr std::size_t kMaxSchools = 500;  // a roll is about 40 kB

  struct Kept {
    std::int64_t roll_version = -1;
    std::shared_ptr<const Roll> roll;
    std::int64_t calendar_version = -1;
    std::shared_ptr<const education::SchoolCalendar> calendar;
  };

  Kept Find(education::Urn urn);
  template <typename Change>
  void Keep(education::Urn urn, Change change);

  service::Client& registry_;
  std::mutex mutex_;
  std::map<education::Urn, Kept> kept_;
};

}  // namespace pathways::rolls
