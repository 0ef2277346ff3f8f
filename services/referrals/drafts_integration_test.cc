// Drafts: started with what is known, saved page by page, by one editor at a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "services/referrals/test_world.h"

namespace pathways::referrals {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

using Drafts = ReferralsWorld;

TEST_F(Drafts, KeepIncompleteAnswersAndRefuseWhatIsNone) {
  auto draft = *Create(SchoolStaff(), Wish());
  draft = *Save(SchoolStaff(), draft, "reason",
                {{"reason", "O'Brien said: \"caf\xC3\xA9\"\n\\ and {more}"}});
  EXPECT_FALSE(IsCompleteIn(draft, "reason"));
  const auto again = Get(SchoolStaff(), draft.request_id());
  EXPECT_EQ(again->sections(1).answers(0).value(), "O'Brien said: \"caf\xC3\xA9\"\n\\ and {more}");
  EXPECT_THAT(Fields(Save(SchoolStaff(), draft, "reason",
                          {{"colour", "blue"},
                           {"main_reason", "boredom"},
                           {"change_wanted", std::string(1001, 'x')}})
                         .status()),
              UnorderedElementsAre("section.answers.colour", "section.answers.main_reason",
                                   "section.answers.change_wanted"));
  EXPECT_THAT(Fields(Save(SchoolStaff(), draft, "hobbies", {}).status()),
              ElementsAre("section.name"));
  EXPECT_THAT(Fields(Save(SchoolStaff(), draft, "answer", {{"answer", "x"}}).status()),
              ElementsAre("section.name"));
  EXPECT_EQ(Get(SchoolStaff(), draft.request_id())->version(), draft.version());
  // A section is saved whole.
  draft = *Save(SchoolStaff(), draft, "reason", {{"main_reason", "send"}});
  EXPECT_EQ(draft.sections(1).answers_size(), 1);
  EXPECT_EQ(draft.main_reason(), "send");
}

TEST_F(Drafts, SecondEditorHearsWhoChangedItAndWhen) {
  const auto seen = *Create(SchoolStaff(), Wish());
  const auto colleague = Person(11, access::Role::kSchool, OfSchool(kSchool));
  clock_.Advance(std::chrono::minutes(5));
  ASSERT_TRUE(Save(colleague, seen, "reason", {{"reason", "Theirs."}}).ok());
  const auto late = Save(SchoolStaff(), seen, "reason", {{"reason", "Mine."}});
  EXPECT_EQ(late.status().code(), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(late.status().message()),
              HasSubstr(testing::MakePersonId(11).ToString()));
  EXPECT_THAT(std::string(late.status().message()), HasSubstr("2026-11-02T12:05:00Z"));
  const auto now = Get(SchoolStaff(), seen.request_id());
  EXPECT_EQ(now->sections(1).answers(0).value(), "Theirs.");
  EXPECT_EQ(now->updated_by(), testing::MakePersonId(11).ToString());
}

TEST_F(Drafts, OfManyEditorsAtOnceOneWins) {
  const auto seen = *Create(SchoolStaff(), Wish());
  std::atomic<int> saved = 0, aborted = 0;
  std::vector<std::thread> editors;
  for (int i = 0; i < 4; ++i) {
    editors.emplace_back([&] {
      const auto result = Save(SchoolStaff(), seen, "reason", {{"reason", "Mine."}});
      if (result.ok()) ++saved;
      if (absl::IsAborted(result.status())) ++aborted;
    });
  }
  for (auto& editor : editors) editor.join();
  EXPECT_EQ(saved, 1);
  EXPECT_EQ(aborted, 3);
}

TEST_F(Drafts, AreMadeOnceHoweverOftenTheCallComes) {
  const auto first = Create(SchoolStaff(), Wish());
  const auto again = Create(SchoolStaff(), Wish());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(first->reference(), again->reference());
  EXPECT_EQ(facts_.asked, 1);
  EXPECT_EQ(Count("select count(*) from request"), 1);
  EXPECT_EQ(Count("select count(*) from timeline"), 1);
  auto other = Wish();
  other.set_pupil_id(testing::MakePupilId(2).ToString());
  EXPECT_EQ(Create(SchoolStaff(), other).status().code(), absl::StatusCode::kAlreadyExists);
  // An id that another school used is not told apart from one of one's own, nor is anything of it.
  auto elsewhere = Wish();
  elsewhere.set_urn(kOther.urn.value());
  EXPECT_EQ(Create(OtherSchool(), elsewhere).status().code(), absl::StatusCode::kAlreadyExists);
}

TEST_F(Drafts, SameCallManyTimesAtOnceMakesOneDraft) {
  std::vector<std::thread> callers;
  std::atomic<int> ok = 0;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&] { ok += Create(SchoolStaff(), Wish()).ok(); });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(ok, 4);
  EXPECT_EQ(Count("select count(*) from request"), 1);
}

TEST_F(Drafts, StartWithWhatPathwaysKnows) {
  const auto draft = *Create(SchoolStaff(), Wish());
  EXPECT_EQ(FactOf(draft, "year_group"), "7");
  EXPECT_EQ(FactOf(draft, "sen_provision"), "K");
  EXPECT_EQ(FactOf(draft, "pupil_premium"), "Y");
  EXPECT_EQ(FactOf(draft, "looked_after"), "N");
  EXPECT_EQ(FactOf(draft, "sessions_possible"), "100");
  EXPECT_EQ(FactOf(draft, "sessions_absent"), "15");
  EXPECT_EQ(FactOf(draft, "absence"), "persistent");
  EXPECT_EQ(FactOf(draft, "absence_since"), "2026-10-06");
  EXPECT_EQ(FactOf(draft, "proposal_kind"), "(none)");
}

TEST_F(Drafts, StartWithoutAttendanceAndSayWhatIsMissing) {
  facts_.attendance = absl::UnavailableError("no");
  const auto draft = Create(SchoolStaff(), Wish());
  ASSERT_TRUE(draft.ok()) << draft.status();
  EXPECT_EQ(FactOf(*draft, "year_group"), "7");
  EXPECT_EQ(FactOf(*draft, "sessions_possible"), "(missing)");
  EXPECT_EQ(FactOf(*draft, "absence"), "(missing)");
  EXPECT_THAT(metrics_.Text(), HasSubstr("referrals_facts_missing_total{source=\"attendance\"} 1"));
}

TEST_F(Drafts, StartFromAProposalEvenWithoutTheRegistry) {
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06")}).ok());
  facts_.registry = absl::DeadlineExceededError("slow");
  EXPECT_EQ(Create(SchoolStaff(), Wish(1)).status().code(), absl::StatusCode::kDeadlineExceeded);
  const auto draft = Create(SchoolStaff(), Wish(2, OnlyProposal()));
  ASSERT_TRUE(draft.ok()) << draft.status();
  EXPECT_EQ(FactOf(*draft, "year_group"), "(missing)");
  EXPECT_EQ(FactOf(*draft, "proposal_kind"), "persistent");
  EXPECT_EQ(draft->la_code(), kSchool.la_code.value());
  EXPECT_THAT(metrics_.Text(), HasSubstr("referrals_facts_missing_total{source=\"registry\"} 1"));
}

TEST_F(Drafts, AreNotStartedForAPupilNobodyMaySee) {
  facts_.registry = absl::NotFoundError("There is no such pupil");
  EXPECT_EQ(Create(SchoolStaff(), Wish()).status().code(), absl::StatusCode::kNotFound);
  facts_.registry = absl::OkStatus();
  EXPECT_EQ(Create(OtherSchool(), Wish()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Create(Elsewhere(access::Role::kInclusionOfficer), Wish()).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_THAT(Fields(Create(SchoolStaff(), {}).status()),
              ElementsAre("request_id", "pupil_id", "urn"));
}

// Always the same twice, so that references collide.
class Stuttering : public education::IdSource {
 public:
  education::UuidBytes NewUuid() override {
    if (count_++ % 2 == 0) last_ = ids_.NewUuid();
    return last_;
  }

 private:
  education::SequenceIdSource ids_;
  education::UuidBytes last_{};
  int count_ = 0;
};

TEST_F(Drafts, GetAReferenceOfTheirOwn) {
  Stuttering ids;
  parts_.ids = &ids;
  const auto first = Create(SchoolStaff(), Wish(1)), second = Create(SchoolStaff(), Wish(2));
  ASSERT_TRUE(first.ok() && second.ok()) << second.status();
  EXPECT_NE(first->reference(), second->reference());
}

}  // namespace
}  // namespace pathways::referrals
