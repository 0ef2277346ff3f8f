// What goes over the wire, and what comes back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/ascii.h"
#include "services/referrals/api/grpc_facts.h"
#include "services/referrals/api/messages.h"

namespace pathways::referrals {
namespace {

using ::testing::ElementsAre;

const education::Urn kUrn = *education::Urn::FromInt(109500);

TEST(Messages, StatesKeepTheirNames) {
  EXPECT_EQ(FromMessage(v1::REQUEST_STATE_UNSPECIFIED), std::nullopt);
  for (int number = 1; number < v1::RequestState_ARRAYSIZE; ++number) {
    const auto message = static_cast<v1::RequestState>(number);
    const std::string name(StateName(*FromMessage(message)));
    EXPECT_EQ("REQUEST_STATE_" + absl::AsciiStrToUpper(name), v1::RequestState_Name(message));
  }
  EXPECT_EQ(FromMessage(static_cast<v1::RequestState>(v1::RequestState_ARRAYSIZE)), std::nullopt);
  for (int number = 1; number < v1::ProposalState_ARRAYSIZE; ++number) {
    const auto message = static_cast<v1::ProposalState>(number);
    const std::string name(ProposalStateName(*FromMessage(message)));
    EXPECT_EQ("PROPOSAL_STATE_" + absl::AsciiStrToUpper(name), v1::ProposalState_Name(message));
  }
}

attendance::v1::EnrolmentAttendance* Add(attendance::v1::GetPupilAttendanceResponse& answer,
                                         int urn, int possible) {
  auto* enrolment = answer.add_enrolments();
  enrolment->set_urn(urn);
  enrolment->mutable_sessions()->set_possible(possible);
  enrolment->mutable_sessions()->set_attended(possible - 12);
  enrolment->mutable_sessions()->set_authorised(2);
  enrolment->mutable_sessions()->set_unauthorised(10);
  return enrolment;
}

TEST(Facts, OfAttendanceAreThoseOfOneSchool) {
  attendance::v1::GetPupilAttendanceResponse answer;
  Add(answer, kUrn.value(), 20)->set_persistent(true);
  Add(answer, 109501, 100)->set_severe(true);
  Add(answer, kUrn.value(), 60);
  const auto cross = [&](int urn, const char* kind, const char* day) {
    auto* crossing = answer.add_crossings();
    crossing->set_urn(urn);
    crossing->set_kind(kind);
    crossing->set_day(day);
  };
  cross(109501, "persistent", "2026-10-20");
  cross(kUrn.value(), "persistent", "2026-10-13");
  cross(kUrn.value(), "persistent", "2026-09-30");
  const AttendanceFacts facts = FactsOf(answer, kUrn);
  EXPECT_EQ(facts.possible, 80);
  EXPECT_EQ(facts.attended, 56);
  EXPECT_EQ(facts.authorised, 4);
  EXPECT_EQ(facts.unauthorised, 20);
  EXPECT_EQ(facts.absence, "persistent");
  EXPECT_EQ(facts.absence_since, "2026-10-13");
}

TEST(Facts, OfAPupilWithoutMarksAreNone) {
  const AttendanceFacts facts = FactsOf(attendance::v1::GetPupilAttendanceResponse(), kUrn);
  EXPECT_EQ(facts.possible, 0);
  EXPECT_EQ(facts.absence, "none");
  EXPECT_EQ(facts.absence_since, "");
}

TEST(Facts, OfAPupilAreForASchoolTheyWereAt) {
  registry::v1::School school;
  school.set_urn(kUrn.value());
  school.set_la_code(822);
  registry::v1::Pupil pupil;
  pupil.set_year_group("9");
  pupil.set_sen_provision("K");
  pupil.set_looked_after(true);
  pupil.add_enrolments()->set_urn(109501);
  EXPECT_TRUE(absl::IsNotFound(FactsOf(pupil, school).status()));
  pupil.add_enrolments()->set_urn(kUrn.value());
  const auto facts = FactsOf(pupil, school);
  ASSERT_TRUE(facts.ok()) << facts.status();
  EXPECT_EQ(facts->la_code.value(), 822);
  EXPECT_EQ(facts->year_group, "9");
  EXPECT_TRUE(facts->looked_after);
  EXPECT_FALSE(facts->pupil_premium);
}

TEST(Facts, WorkersAreThoseWhoseRoleWorksOnCases) {
  registry::v1::Person person;
  person.add_roles("manager");
  person.add_la_codes(822);
  EXPECT_FALSE(WorkerOf(person).works_on_cases);
  person.add_roles("early_help_worker");
  EXPECT_TRUE(WorkerOf(person).works_on_cases);
  EXPECT_FALSE(WorkerOf(person).everywhere);
  EXPECT_THAT(WorkerOf(person).authorities, ElementsAre(*education::LaCode::FromInt(822)));
  person.clear_la_codes();
  EXPECT_TRUE(WorkerOf(person).everywhere);
}

}  // namespace
}  // namespace pathways::referrals
