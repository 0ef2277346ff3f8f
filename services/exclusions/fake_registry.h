// For tests: schools whose rolls and calendars stand in for the registry's.
#pragma once

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "libs/education/school_calendar.h"
#include "libs/rolls/roll_source.h"
#include "libs/testing/builders.h"
#include "services/exclusions/domain/exclusion_fixture.h"
#include "services/exclusions/store/calendars.h"

namespace pathways::exclusions {

// What the registry would answer, and publish. Schools have the calendar of the worked examples;
// pupil n has enrolment n.
class FakeRegistry : public rolls::RollSource {
 public:
  absl::StatusOr<rolls::VisibleSchools> Visible(const service::Call& call) override {
    if (!available) return absl::UnavailableError("the registry cannot be reached");
    rolls::VisibleSchools visible;
    for (const auto& [urn, school] : schools_) {
      if (!call.caller().scope.CoversSchool(urn, school.la_code)) continue;
      visible.insert_or_assign(urn, rolls::RollVersions{school.la_code, 1, calendar_version});
    }
    return visible;
  }
  absl::StatusOr<std::shared_ptr<const rolls::Roll>> GetRoll(const service::Call&,
                                                             education::Urn urn,
                                                             const rolls::RollVersions&) override {
    const School& school = schools_.at(urn);
    return std::make_shared<const rolls::Roll>(urn, school.la_code, school.members);
  }
  absl::StatusOr<Calendar> GetCalendar(const service::Call&, education::Urn urn,
                                       const rolls::RollVersions&) override {
    return std::make_shared<const education::SchoolCalendar>(
        *education::SchoolCalendar::Make(urn, schools_.at(urn).entries));
  }

  void Enrol(int pupil, int school, education::Day entry,
             std::optional<education::Day> leaving = {}) {
    const auto made = testing::MakeSchool(school);
    auto& kept =
        schools_.try_emplace(made.urn, School{made.la_code, {}, fixture::Entries()}).first->second;
    // Of secondary age in 2026/27, whatever the builder thinks.
    const education::Day born(std::chrono::year(2012) / 3 / 1);
    kept.members.push_back({EnrolmentOf(pupil, school),
                            testing::MakePupilId(pupil),
                            testing::MakeUpn(pupil),
                            {},
                            entry,
                            leaving,
                            born + pupil});
  }
  void AddDays(int school, education::CalendarKind kind, education::Day first,
               education::Day last) {
    schools_.at(testing::MakeSchool(school).urn)
        .entries.push_back({testing::MakeSchool(school).urn, education::AcademicYear::Of(first),
                            kind, "Burst pipe", first, last});
  }
  static education::EnrolmentId EnrolmentOf(int pupil, int school) {
    char text[40];
    std::snprintf(text, sizeof(text), "00009003-0000-4000-8000-%04d%08d", school, pupil + 1);
    return *education::EnrolmentId::Parse(text);
  }

  struct School {
    education::LaCode la_code;
    std::vector<rolls::RollMember> members;
    std::vector<education::CalendarEntry> entries;
  };
  const std::map<education::Urn, School>& schools() const { return schools_; }

  bool available = true;
  std::int64_t calendar_version = 2;  // two years, each of version 1

 private:
  std::map<education::Urn, School> schools_;
};

}  // namespace pathways::exclusions
