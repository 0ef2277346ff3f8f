// Recording suspensions and permanent exclusions, on a real PostgreSQL.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <thread>
#include <vector>

#include "services/exclusions/test_world.h"

namespace pathways::exclusions {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Recording : public ExclusionsWorld {
 protected:
  absl::StatusOr<v1::PreviewExclusionResponse> Preview(const access::Caller& caller, int pupil,
                                                       const v1::ExclusionFacts& facts,
                                                       int school = 0) {
    v1::PreviewExclusionRequest request;
    request.set_pupil_id(testing::MakePupilId(pupil).ToString());
    request.set_urn(testing::MakeSchool(school).urn.value());
    *request.mutable_facts() = facts;
    return Ask<v1::PreviewExclusionResponse>(caller, "PreviewExclusion", request);
  }
  static std::string FieldOf(const absl::Status& status) {
    const auto fields = Fields(status);
    return fields.empty() ? "" : fields.front();
  }
  void ExpectDays(const v1::Exclusion& exclusion, int term, int year) {
    EXPECT_EQ(exclusion.totals().half_days_in_term(), term);
    EXPECT_EQ(exclusion.totals().half_days_in_year(), year);
  }
};

TEST_F(Recording, ASuspensionIsThereWithItsEndTotalsAndClock) {
  const auto recorded = Record(1, 1, Suspension("2026-09-07", 12));
  EXPECT_EQ(recorded.end_date(), "2026-09-14");
  EXPECT_EQ(recorded.back_on(), "2026-09-15");
  EXPECT_THAT(recorded.reference(), HasSubstr("EX-"));
  EXPECT_EQ(recorded.version(), 1);
  ExpectDays(recorded, 12, 12);
  EXPECT_EQ(DueOf(IdOf(1), "provision_from"), "2026-09-14");
  EXPECT_EQ(DueOf(IdOf(1), "governors_consider_by"), "x");
  EXPECT_EQ(DueOf(IdOf(1), "notify_parents"), "without_delay");
  EXPECT_EQ(recorded.next_step(), "notify_parents");
  EXPECT_FALSE(recorded.next_late());
  EXPECT_THAT(Events(), ElementsAre("SuspensionRecorded"));
  EXPECT_THAT(Kinds(Staff(), 1), ElementsAre("suspension_recorded"));
  EXPECT_EQ(Count("select count(*) from access.log where action = 'write'"), 1);
}

TEST_F(Recording, WorkedExamplesOfRunsAndTotals) {
  // 5: back to back counts as one run.
  Record(1, 1, Suspension("2026-09-07", 6));
  ExpectDays(Record(2, 1, Suspension("2026-09-10", 6)), 12, 12);
  EXPECT_EQ(DueOf(IdOf(2), "provision_from"), "2026-09-14");
  // 6: a day in school breaks the run.
  Record(3, 2, Suspension("2026-09-07", 6));
  ExpectDays(Record(4, 2, Suspension("2026-09-11", 8)), 14, 14);
  EXPECT_EQ(DueOf(IdOf(4), "provision_from"), "x");
  // 11: lunchtimes make days, never a run.
  auto lunch = Record(5, 3, Lunchtimes("2026-09-07", 11));
  EXPECT_EQ(lunch.end_date(), "2026-09-21");
  ExpectDays(lunch, 11, 11);
  EXPECT_EQ(DueOf(IdOf(5), "provision_from"), "x");
  v1::Decisions decisions;
  decisions.set_representations_on("2026-09-07");
  ASSERT_TRUE(Decide(Staff(), lunch, decisions).ok());
  EXPECT_EQ(DueOf(IdOf(5), "governors_consider_by"), "2026-11-23");
  // 14: Easter Monday is the reference date; the higher part decides.
  const auto easter = Record(6, 4, Suspension("2027-03-22", 20));
  EXPECT_EQ(easter.end_date(), "2027-04-20");
  ExpectDays(easter, 12, 20);
  EXPECT_EQ(easter.totals().half_days_in_other_term(), 8);
}

TEST_F(Recording, WorkedExampleOfBoardReviewAndRoll) {
  auto seen = Record(1, 1, Permanent("2026-10-14"));
  EXPECT_EQ(DueOf(IdOf(1), "provision_from"), "2026-10-22");
  EXPECT_EQ(DueOf(IdOf(1), "governors_consider_by"), "2026-11-11");
  v1::Decisions decisions;
  const auto decide = [&](const char* today) {
    clock_.Set(education::FixedClock(*education::Day::ParseIso(today)).Now());
    const auto decided = Decide(Officer(), seen, decisions);
    ASSERT_TRUE(decided.ok()) << decided.status();
    seen = *decided;
  };
  decisions.set_board_met_on("2026-11-11");
  decisions.set_board_decision("decline");
  decisions.set_decision_notice_on("2026-11-12");
  decide("2026-11-12");
  EXPECT_EQ(DueOf(IdOf(1), "review_apply_by"), "2026-12-04");
  EXPECT_EQ(DueOf(IdOf(1), "remove_from_roll"), "2026-12-05");
  decisions.set_review_applied_on("2026-12-03");
  decide("2026-12-03");
  EXPECT_EQ(DueOf(IdOf(1), "review_hearing_by"), "2027-01-11");
  EXPECT_EQ(DueOf(IdOf(1), "remove_from_roll"), "x");
  decisions.set_panel_met_on("2027-01-11");
  decisions.set_panel_decision("quash");
  decisions.set_panel_notice_on("2027-01-18");
  decide("2027-01-18");
  EXPECT_EQ(DueOf(IdOf(1), "governors_reconsider_by"), "2027-02-01");
  decisions.set_reconsidered_on("2027-01-25");
  decisions.set_reconsidered_decision("reinstate");
  decide("2027-01-25");
  EXPECT_EQ(seen.state(), v1::EXCLUSION_STATE_REINSTATED);
  EXPECT_THAT(Events(), Contains("GovernorsDecided").Times(2));
  EXPECT_THAT(Events(), Contains("ReviewPanelDecided").Times(1));
}

TEST_F(Recording, TheSameCallAgainIsTheSameExclusion) {
  const auto first = Record(1, 1, Suspension("2026-11-23", 4));
  const auto again = TryRecord(Staff(), 1, 1, Suspension("2026-11-23", 4));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->reference(), first.reference());
  EXPECT_EQ(Count("select count(*) from exclusion"), 1);
  EXPECT_EQ(Events().size(), 1u);
  EXPECT_EQ(TryRecord(Staff(), 1, 2, Suspension("2026-11-23", 4)).status().code(),
            absl::StatusCode::kAlreadyExists);
  // Of another school, whose exclusions are out of sight.
  EXPECT_EQ(TryRecord(Staff(1), 1, 12, Suspension("2026-11-23", 4), 1).status().code(),
            absl::StatusCode::kAlreadyExists);
}

TEST_F(Recording, WhatIsWrongNamesItsField) {
  Record(1, 1, Suspension("2026-11-23", 4));
  clock_.Set(education::FixedClock(kToday).Now());
  const auto field = [&](const v1::ExclusionFacts& facts, int pupil = 1) {
    return FieldOf(TryRecord(Staff(), 2, pupil, facts).status());
  };
  EXPECT_EQ(field(Suspension("2026-11-24", 2)), "facts.start_date") << "overlaps";
  EXPECT_EQ(field(Suspension("2026-11-27", 2), 2), "facts.start_date") << "INSET day";
  EXPECT_EQ(field(Suspension("2026-11-24", 0), 2), "facts.half_days");
  EXPECT_EQ(field(Suspension("2026-09-21", 2), 5), "facts.start_date") << "not on roll yet";
  EXPECT_EQ(field(Suspension("24/11/2026", 2), 2), "facts.start_date");
  auto facts = Suspension("2026-11-24", 2);
  facts.add_reasons("DB");
  facts.add_reasons("VA");
  facts.add_reasons("BU");
  EXPECT_EQ(field(facts, 2), "facts.reasons") << "a fourth";
  facts = Suspension("2026-11-24", 2);
  facts.set_reasons(0, "ZZ");
  EXPECT_EQ(field(facts, 2), "facts.reasons") << "unknown";
  facts.set_reasons(0, "OT");
  EXPECT_EQ(field(facts, 2), "facts.reasons") << "outdated";
  facts = Permanent("2026-11-24");
  facts.clear_evidence();
  EXPECT_EQ(field(facts, 2), "facts.evidence");
  facts = Permanent("2026-11-24");
  facts.set_warnings_seen(false);
  EXPECT_EQ(field(facts, 2), "facts.warnings_seen");
  EXPECT_EQ(Count("select count(*) from exclusion"), 1);
  EXPECT_EQ(Events().size(), 1u);
}

TEST_F(Recording, OverFortyFiveDaysIsRefusedWithTheSumUnlessItIsHistory) {
  Record(1, 1, Suspension("2026-09-07", 40));
  Record(2, 1, Suspension("2026-11-09", 40));
  clock_.Set(education::FixedClock(Day(2027, 6, 8)).Now());
  auto facts = Suspension("2027-06-08", 11);
  const auto refused = TryRecord(Staff(), 3, 1, facts);
  EXPECT_THAT(Fields(refused.status()), Contains("facts.half_days"));
  EXPECT_THAT(std::string(service::ViolationsOf(refused.status()).front().description),
              HasSubstr("45.5"));
  facts.set_history(true);
  const auto recorded = TryRecord(Staff(), 3, 1, facts);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  ExpectDays(*recorded, 11, 91);
}

TEST_F(Recording, DaysAtAnotherSchoolCountAndAreSeenAsSumsOnly) {
  // At school 1 in September, at school 0 since October.
  Record(1, 5, Suspension("2026-09-07", 20), 1);
  const auto second = Record(2, 5, Suspension("2026-11-09", 11), 0);
  ExpectDays(second, 31, 31);
  EXPECT_EQ(second.totals().half_days_elsewhere(), 20);
  EXPECT_EQ(DueOf(IdOf(2), "governors_consider_by"), "2026-12-01");
  EXPECT_EQ(Get(Staff(0), IdOf(1)).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Get(Staff(1), IdOf(2)).status().code(), absl::StatusCode::kNotFound);
  v1::GetPupilTotalsRequest request;
  request.add_pupil_ids(testing::MakePupilId(5).ToString());
  request.add_pupil_ids(testing::MakePupilId(12).ToString());
  const auto totals = Ask<v1::GetPupilTotalsResponse>(Staff(0), "GetPupilTotals", request);
  ASSERT_TRUE(totals.ok()) << totals.status();
  ASSERT_EQ(totals->totals_size(), 1);
  EXPECT_EQ(totals->totals(0).totals().half_days_in_year(), 31);
  EXPECT_EQ(totals->totals(0).totals().half_days_elsewhere(), 20);
  EXPECT_EQ(totals->totals(0).suspensions_in_year(), 2);
  EXPECT_EQ(totals->totals(0).last_start(), "2026-11-09");
}

TEST_F(Recording, OneRecordedLateMovesWhatFollowsAlsoAtAnotherSchool) {
  const auto later = Record(1, 5, Suspension("2026-11-09", 11), 0);
  ExpectDays(later, 11, 11);
  EXPECT_EQ(DueOf(IdOf(1), "governors_consider_by"), "x");
  const auto late = TryRecord(Staff(1), 2, 5, Suspension("2026-09-07", 20), 1);
  ASSERT_TRUE(late.ok()) << late.status();
  const auto now = Get(Staff(0), IdOf(1));
  ASSERT_TRUE(now.ok()) << now.status();
  ExpectDays(*now, 31, 31);
  EXPECT_EQ(now->version(), later.version()) << "nobody changed it";
  EXPECT_EQ(DueOf(IdOf(1), "governors_consider_by"), "2026-12-01");
  EXPECT_THAT(Kinds(Staff(0), 5), ElementsAre("suspension_recorded", "deadline_moved"));
  EXPECT_THAT(Timeline(Staff(0), 5).front().change(), HasSubstr("15.5 days in the term"));
  EXPECT_THAT(Events(), ElementsAre("SuspensionRecorded", "SuspensionRecorded", "ExclusionChanged",
                                    "DeadlineMoved"));
}

TEST_F(Recording, PreviewTellsWhatItWouldMeanAndRecordsNothing) {
  Record(1, 1, Suspension("2026-09-07", 20));
  ASSERT_TRUE(Apply({Characteristics(1, "E", "8", true)}).ok());
  clock_.Set(education::FixedClock(Day(2026, 11, 9)).Now());
  auto facts = Suspension("2026-11-09", 11);
  facts.set_has_social_worker(true);
  facts.set_warnings_seen(false);
  const auto preview = Preview(Staff(), 1, facts);
  ASSERT_TRUE(preview.ok()) << preview.status();
  EXPECT_THAT(preview->problems(), IsEmpty());
  std::vector<std::string> codes;
  for (const auto& warning : preview->warnings()) codes.push_back(warning.code());
  EXPECT_THAT(codes, ElementsAre("has_ehcp", "looked_after", "has_social_worker", "over_15_in_term",
                                 "provision_due"));
  EXPECT_EQ(preview->totals().half_days_in_term(), 31);
  EXPECT_EQ(preview->end_date(), "2026-11-16");
  EXPECT_EQ(preview->back_on(), "2026-11-16");
  EXPECT_EQ(preview->back_session(), v1::SESSION_PM);
  ASSERT_EQ(preview->earlier_size(), 1);
  EXPECT_EQ(preview->earlier(0).exclusion_id(), IdOf(1));
  std::map<std::string, std::string> due;
  for (const auto& step : preview->clock()) due[step.step()] = step.due();
  EXPECT_EQ(due["governors_consider_by"], "2026-12-01");
  EXPECT_TRUE(due.contains("notify_social_worker"));
  EXPECT_EQ(Count("select count(*) from exclusion"), 1);
  EXPECT_EQ(Preview(Manager(), 1, facts).status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Preview(Staff(1), 1, facts, 0).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(Recording, TwoAtOnceAreNotBothRecorded) {
  constexpr int kWriters = 4;
  std::array<absl::StatusCode, kWriters> codes{};
  {
    std::vector<std::jthread> writers;
    for (std::size_t i = 0; i < kWriters; ++i) {
      writers.emplace_back([&, i] {
        codes[i] = TryRecord(i % 2 == 0 ? Staff() : Officer(), 10 + static_cast<int>(i), 1,
                             Suspension("2026-11-24", 4))
                       .status()
                       .code();
      });
    }
  }
  EXPECT_EQ(std::ranges::count(codes, absl::StatusCode::kOk), 1);
  EXPECT_EQ(std::ranges::count(codes, absl::StatusCode::kInvalidArgument), kWriters - 1);
  EXPECT_EQ(Count("select count(*) from exclusion"), 1);
  EXPECT_EQ(Events().size(), 1u);
}

TEST_F(Recording, WithoutTheRegistryNothingIsRecorded) {
  registry_.available = false;
  EXPECT_EQ(TryRecord(Staff(), 1, 1, Suspension("2026-11-24", 2)).status().code(),
            absl::StatusCode::kUnavailable);
  registry_.available = true;
  EXPECT_TRUE(TryRecord(Staff(), 1, 1, Suspension("2026-11-24", 2)).ok());
}

TEST_F(Recording, TheClockShowsItsWorking) {
  const auto told = Record(1, 1, Permanent("2026-11-16"));
  const auto clock = ClockOf(IdOf(1));
  EXPECT_EQ(clock.today(), "2026-11-16");
  EXPECT_GT(clock.not_applicable_size(), 0);
  for (const auto& step : clock.not_applicable()) EXPECT_NE(step.rule(), "") << step.step();
  for (const auto& step : clock.steps()) {
    EXPECT_NE(step.rule(), "");
    EXPECT_NE(step.source(), "");
    if (step.step() != "governors_consider_by") continue;
    EXPECT_EQ(step.due(), "2026-12-08");
    EXPECT_EQ(step.starts_from(), "2026-11-16");
    EXPECT_EQ(step.school_days_left(), 15);
    EXPECT_EQ(step.working(step.working_size() - 1).number(), 15);
    std::string inset;
    for (const auto& day : step.working()) {
      if (day.day() == "2026-11-27") inset = day.why_skipped();
    }
    EXPECT_THAT(inset, HasSubstr("INSET"));
  }
}

class Drafts : public ExclusionsWorld {
 protected:
  absl::StatusOr<v1::Draft> Create(const access::Caller& caller, int number = 1, int pupil = 1) {
    v1::CreateDraftRequest request;
    request.set_draft_id(IdOf(number));
    request.set_pupil_id(testing::MakePupilId(pupil).ToString());
    request.set_urn(testing::MakeSchool(0).urn.value());
    auto response = Ask<v1::CreateDraftResponse>(caller, "CreateDraft", request);
    if (!response.ok()) return response.status();
    return response->draft();
  }
  absl::StatusOr<v1::Draft> Save(const access::Caller& caller, const v1::Draft& seen,
                                 const v1::ExclusionFacts& facts) {
    v1::SaveDraftRequest request;
    request.set_draft_id(seen.draft_id());
    request.set_version(seen.version());
    *request.mutable_facts() = facts;
    auto response = Ask<v1::SaveDraftResponse>(caller, "SaveDraft", request);
    if (!response.ok()) return response.status();
    return response->draft();
  }
  absl::StatusOr<v1::Draft> Get(const access::Caller& caller) {
    v1::GetDraftRequest request;
    request.set_draft_id(IdOf(1));
    auto response = Ask<v1::GetDraftResponse>(caller, "GetDraft", request);
    if (!response.ok()) return response.status();
    return response->draft();
  }
  int Listed(const access::Caller& caller) {
    const auto drafts = Ask<v1::ListDraftsResponse>(caller, "ListDrafts", v1::ListDraftsRequest());
    EXPECT_TRUE(drafts.ok()) << drafts.status();
    return drafts.ok() ? drafts->drafts_size() : -1;
  }
};

TEST_F(Drafts, AreKeptWhateverIsMissingAndAreTheirSchoolsAlone) {
  const auto draft = Create(Staff());
  ASSERT_TRUE(draft.ok()) << draft.status();
  auto facts = Permanent("2026-11-24");
  facts.clear_reasons();
  facts.set_circumstances_answered(true);
  const auto saved = Save(Staff(), *draft, facts);
  ASSERT_TRUE(saved.ok()) << saved.status();
  EXPECT_EQ(saved->version(), 2);
  EXPECT_EQ(saved->facts().evidence(), facts.evidence());
  EXPECT_TRUE(saved->facts().circumstances_answered());
  EXPECT_EQ(Listed(Staff()), 1);
  EXPECT_EQ(Listed(Staff(1)), 0);
  EXPECT_EQ(Listed(Officer()), 0);
  EXPECT_EQ(Get(Officer()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Get(Manager()).status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(Events(), IsEmpty());
}

TEST_F(Drafts, TwoEditorsHearOfEachOther) {
  const auto draft = Create(Staff());
  ASSERT_TRUE(Create(Staff()).ok()) << "the same call again";
  ASSERT_TRUE(Save(Staff(), *draft, Suspension("2026-11-24", 2)).ok());
  const auto second = Save(Staff(), *draft, Suspension("2026-11-24", 4));
  EXPECT_EQ(second.status().code(), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(second.status().message()),
              HasSubstr(testing::MakePersonId(1).ToString()));
  EXPECT_EQ(Create(Staff(), 1, 2).status().code(), absl::StatusCode::kAlreadyExists);
}

TEST_F(Drafts, BecomeTheExclusionOrAreThrownAway) {
  const auto draft = Create(Staff());
  auto wish = Wish(7, 1, 0, Suspension("2026-11-24", 2));
  wish.set_draft_id(draft->draft_id());
  ASSERT_TRUE(Ask<v1::RecordExclusionResponse>(Staff(), "RecordExclusion", wish).ok());
  const auto closed = Get(Staff());
  ASSERT_TRUE(closed.ok()) << closed.status();
  EXPECT_EQ(closed->exclusion_id(), IdOf(7));
  EXPECT_EQ(Listed(Staff()), 0);
  EXPECT_EQ(Save(Staff(), *closed, Suspension("2026-11-24", 2)).status().code(),
            absl::StatusCode::kFailedPrecondition);
  const auto other = Create(Staff(), 2, 2);
  v1::DiscardDraftRequest discard;
  discard.set_draft_id(other->draft_id());
  discard.set_version(other->version());
  ASSERT_TRUE(Ask<v1::DiscardDraftResponse>(Staff(), "DiscardDraft", discard).ok());
  ASSERT_TRUE(Ask<v1::DiscardDraftResponse>(Staff(), "DiscardDraft", discard).ok()) << "again";
  EXPECT_EQ(Count("select count(*) from draft"), 1);
}

}  // namespace
}  // namespace pathways::exclusions
