#include "libs/rolls/registry_rolls.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/education/academic_year.h"
#include "pathways/registry/v1/service.pb.h"

namespace pathways::rolls {
namespace {

using education::Day;
using education::SchoolCalendar;
using education::Urn;
using service::Call;

// All of a school's time in Pathways: a register may be of any year.
constexpr const char* kFirstDay = "1990-01-01";
constexpr const char* kLastDay = "2199-12-31";

// Schools fetched at a time when many are wanted.
constexpr std::size_t kFetchers = 6;

absl::StatusOr<std::optional<Day>> ParseOptionalDay(const std::string& text) {
  if (text.empty()) return std::nullopt;
  auto day = Day::ParseIso(text);
  if (!day.ok()) return day.status();
  return *day;
}

absl::StatusOr<RollMember> ReadMember(const registry::v1::RollEntry& entry) {
  auto enrolment = education::EnrolmentId::Parse(entry.enrolment_id());
  if (!enrolment.ok()) return enrolment.status();
  auto pupil = education::PupilId::Parse(entry.pupil_id());
  if (!pupil.ok()) return pupil.status();
  auto upn = education::Upn::Parse(entry.upn());
  if (!upn.ok()) return upn.status();
  auto entered = Day::ParseIso(entry.entry_date());
  if (!entered.ok()) return entered.status();
  auto left = ParseOptionalDay(entry.leaving_date());
  if (!left.ok()) return left.status();
  auto born = ParseOptionalDay(entry.date_of_birth());
  if (!born.ok()) return born.status();
  RollMember member{*enrolment, *pupil, *upn, {}, *entered, *left, *born};
  for (const std::string& text : entry.former_upns()) {
    auto former = education::Upn::Parse(text);
    if (!former.ok()) return former.status();
    member.former_upns.push_back(*former);
  }
  return member;
}

absl::StatusOr<education::CalendarEntry> ReadEntry(const registry::v1::CalendarEntry& entry) {
  auto year = education::AcademicYear::FromStartYear(entry.academic_year() / 100);
  if (!year.ok()) return year.status();
  auto kind = education::ParseCalendarKind(entry.kind());
  if (!kind.ok()) return kind.status();
  auto from = Day::ParseIso(entry.first_day());
  if (!from.ok()) return from.status();
  auto to = Day::ParseIso(entry.last_day());
  if (!to.ok()) return to.status();
  std::optional<Urn> urn;
  if (entry.urn() != 0) {
    auto school = Urn::FromInt(entry.urn());
    if (!school.ok()) return school.status();
    urn = *school;
  }
  return education::CalendarEntry{urn, *year, *kind, entry.name(), *from, *to};
}

// What another service sent does not follow its contract: not the caller's fault.
absl::Status Broken(const absl::Status& status) {
  return absl::InternalError(
      absl::StrCat("the registry's answer cannot be read: ", status.message()));
}

}  // namespace

absl::StatusOr<VisibleSchools> RegistryRolls::Visible(const Call& call) {
  auto answer =
      registry_.Call<registry::v1::ListRollVersionsRequest, registry::v1::ListRollVersionsResponse>(
          "ListRollVersions", {}, call.Forward());
  if (!answer.ok()) return answer.status();
  VisibleSchools schools;
  for (const auto& school : answer->schools()) {
    auto urn = Urn::FromInt(school.urn());
    if (!urn.ok()) return Broken(urn.status());
    auto la_code = education::LaCode::FromInt(school.la_code());
    if (!la_code.ok()) return Broken(la_code.status());
    schools.insert_or_assign(
        *urn, RollVersions{*la_code, school.roll_version(), school.calendar_version()});
  }
  return schools;
}

absl::StatusOr<std::shared_ptr<const Roll>> RegistryRolls::GetRoll(const Call& call, Urn urn,
                                                                   const RollVersions& versions) {
  if (const Kept kept = Find(urn); kept.roll && kept.roll_version >= versions.roll)
    return kept.roll;
  registry::v1::GetRollRequest request;
  request.set_urn(urn.value());
  request.set_first_day(kFirstDay);
  request.set_last_day(kLastDay);
  std::vector<RollMember> members;
  std::int64_t version = 0;
  absl::Status status =
      registry_.ServerStream<registry::v1::GetRollRequest, registry::v1::GetRollResponse>(
          "GetRoll", request, call.Forward(),
          [&](const registry::v1::GetRollResponse& part) -> absl::Status {
            version = part.version();
            for (const auto& entry : part.entries()) {
              auto member = ReadMember(entry);
              if (!member.ok()) return Broken(member.status());
              members.push_back(*std::move(member));
            }
            return absl::OkStatus();
          });
  if (!status.ok()) return status;
  auto roll = std::make_shared<const Roll>(urn, versions.la_code, std::move(members));
  Keep(urn, [&](Kept& kept) {
    kept.roll_version = version;
    kept.roll = roll;
  });
  return roll;
}

absl::StatusOr<std::shared_ptr<const SchoolCalendar>> RegistryRolls::GetCalendar(
    const Call& call, Urn urn, const RollVersions& versions) {
  if (const Kept kept = Find(urn); kept.calendar && kept.calendar_version >= versions.calendar)
    return kept.calendar;
  registry::v1::GetCalendarRequest request;
  request.set_urn(urn.value());
  auto answer = registry_.Call<registry::v1::GetCalendarRequest, registry::v1::GetCalendarResponse>(
      "GetCalendar", request, call.Forward());
  if (!answer.ok()) return answer.status();
  std::vector<education::CalendarEntry> entries;
  for (const auto& sent : answer->entries()) {
    auto entry = ReadEntry(sent);
    if (!entry.ok()) return Broken(entry.status());
    entries.push_back(*std::move(entry));
  }
  auto made = SchoolCalendar::Make(urn, entries);
  if (!made.ok()) return Broken(made.status());
  auto calendar = std::make_shared<const SchoolCalendar>(*std::move(made));
  Keep(urn, [&](Kept& kept) {
    kept.calendar_version = answer->version();
    kept.calendar = calendar;
  });
  return calendar;
}

void RegistryRolls::Warm(const Call& call, const VisibleSchools& schools) {
  std::vector<std::pair<Urn, RollVersions>> stale;
  for (const auto& [urn, versions] : schools) {
    const Kept kept = Find(urn);
    const bool current = kept.roll && kept.roll_version >= versions.roll && kept.calendar &&
                         kept.calendar_version >= versions.calendar;
    if (!current) stale.emplace_back(urn, versions);
  }
  std::atomic<std::size_t> next{0};
  const auto fetch = [&] {
    for (std::size_t i = next++; i < stale.size(); i = next++) {
      const auto& [urn, versions] = stale[i];
      // Whoever needs the roll asks again, and hears what is wrong.
      if (!GetRoll(call, urn, versions).ok() || !GetCalendar(call, urn, versions).ok()) return;
    }
  };
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < std::min(stale.size(), kFetchers); ++i) threads.emplace_back(fetch);
}

RegistryRolls::Kept RegistryRolls::Find(Urn urn) {
  const std::lock_guard lock(mutex_);
  const auto kept = kept_.find(urn);
  return kept == kept_.end() ? Kept() : kept->second;
}

template <typename Change>
void RegistryRolls::Keep(Urn urn, Change change) {
  const std::lock_guard lock(mutex_);
  if (kept_.size() >= kMaxSchools && !kept_.contains(urn)) kept_.erase(kept_.begin());
  change(kept_[urn]);
}

}  // namespace pathways::rolls
