#include "services/exclusions/domain/risk_fairness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/exclusions/domain/risk_fixture.h"

namespace pathways::exclusions {
namespace {

using fixture::Authority;
using fixture::On;
using fixture::Pupil;
using fixture::Suspension;
using ::testing::SizeIs;

class FairnessTables : public ::testing::Test {
 protected:
  void Add(int pupils, const std::string& sex, bool proposed, bool later,
           const std::string& ethnic_group = "white") {
    RiskHistory history = Pupil();
    history.recorded[0].sex = sex;
    history.recorded[0].ethnic_group = ethnic_group;
    if (proposed) {
      history.exclusions = {Suspension("2025-10-06", 2), Suspension("2025-11-10", 2),
                            Suspension("2026-01-12", 2)};
    }
    if (later) history.exclusions.push_back(Suspension("2026-03-02", 2));
    for (int i = 0; i < pupils; ++i) audit_.Add(history);
  }
  const FairnessGroup& Of(const Fairness& fairness, Grouping grouping, const std::string& value) {
    for (const FairnessGroup& group : fairness.tables[static_cast<std::size_t>(grouping)].groups) {
      if (group.value == value) return group;
    }
    ADD_FAILURE() << "no " << value;
    return fairness.all;
  }

  const RiskWeights weights_ = fixture::TestWeights();
  FairnessAudit audit_{Authority(), On("2026-01-31"), On("2027-01-31"), weights_};
};

TEST_F(FairnessTables, ShowEverythingToWhoWorksWithTheCases) {
  Add(3, "F", true, false);
  Add(4, "M", false, true);
  const Fairness fairness = MakeFairness(audit_, true);
  ASSERT_THAT(fairness.tables, SizeIs(4));
  EXPECT_EQ(fairness.all.counts.pupils(), 7);
  EXPECT_EQ(fairness.all.hidden, FairnessHidden());
  EXPECT_EQ(Of(fairness, Grouping::kSex, "F").hidden, FairnessHidden());
  EXPECT_EQ(Of(fairness, Grouping::kSex, "F").counts.proposed(), 3);
}

TEST_F(FairnessTables, HideWhatIsSmallAndWhatWouldTellIt) {
  for (const char* sex : {"F", "M"}) {
    Add(100, sex, false, false);
    Add(20, sex, false, true);
    Add(10, sex, true, true);
  }
  Add(3, "F", true, false);  // 3 girls; the boys' 30 tells them from the total
  Add(30, "M", true, false);
  const Fairness fairness = MakeFairness(audit_, false);
  EXPECT_TRUE(Of(fairness, Grouping::kSex, "F").hidden.proposed);
  EXPECT_TRUE(Of(fairness, Grouping::kSex, "M").hidden.proposed);
  EXPECT_TRUE(Of(fairness, Grouping::kSex, "M").hidden.permanently_excluded_later);
  EXPECT_FALSE(fairness.all.hidden.proposed);
  const FairnessGroup& white = Of(fairness, Grouping::kEthnicGroup, "white");
  EXPECT_FALSE(white.hidden.proposed) << "one group: the total itself";
  EXPECT_EQ(white.counts.proposed(), 53);
}

TEST_F(FairnessTables, KeepAGroupingBackWhoseTotalsTell) {
  Add(100, "F", false, false);
  Add(100, "M", false, false);
  Add(2, "F", true, false);
  Add(1, "M", true, false);
  const Fairness fairness = MakeFairness(audit_, false);
  const FairnessHidden all = {true, true, true, true, true};
  EXPECT_EQ(fairness.all.hidden, all);
  EXPECT_EQ(Of(fairness, Grouping::kSex, "F").hidden, all);
  EXPECT_EQ(Of(fairness, Grouping::kEthnicGroup, "white").hidden, all);
}

}  // namespace
}  // namespace pathways::exclusions
