#include "libs/events/watermark.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <random>
#include <set>
#include <vector>

namespace pathways::events {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

void Publish(Watermark& watermark, std::vector<std::int64_t> seqs) { watermark.Publish(seqs); }

TEST(Watermark, RisesOverWhatIsPublishedWithoutGaps) {
  Watermark watermark;
  Publish(watermark, {1, 2, 3});
  EXPECT_EQ(watermark.watermark(), 3);
  EXPECT_THAT(watermark.published(), IsEmpty());
  EXPECT_THAT(watermark.Unsettled(), ElementsAre(SeqSpan{4, Watermark::kEnd}));
}

TEST(Watermark, StaysBelowAGapUntilItIsFilled) {
  Watermark watermark;
  Publish(watermark, {1, 3, 4, 7});
  EXPECT_EQ(watermark.watermark(), 1);
  EXPECT_THAT(watermark.Unsettled(),
              ElementsAre(SeqSpan{2, 2}, SeqSpan{5, 6}, SeqSpan{8, Watermark::kEnd}));
  Publish(watermark, {2});
  EXPECT_EQ(watermark.watermark(), 4);
  Publish(watermark, {5, 6});
  EXPECT_EQ(watermark.watermark(), 7);
}

TEST(Watermark, StepsOverAGapOnlyWhenEveryOlderTransactionHasEnded) {
  Watermark watermark;
  Publish(watermark, {1, 3});
  ASSERT_TRUE(watermark.NeedsHorizon());
  watermark.SetHorizon(100);
  EXPECT_FALSE(watermark.NeedsHorizon());
  watermark.Looked(99, Watermark::kEnd);
  EXPECT_EQ(watermark.watermark(), 1);
  watermark.Looked(100, Watermark::kEnd);
  EXPECT_EQ(watermark.watermark(), 3);
  EXPECT_FALSE(watermark.NeedsHorizon());
}

TEST(Watermark, DoesNotStepOverGapsSeenAfterTheHorizon) {
  Watermark watermark;
  Publish(watermark, {1, 3});
  watermark.SetHorizon(100);
  Publish(watermark, {5});
  watermark.Looked(100, Watermark::kEnd);
  EXPECT_EQ(watermark.watermark(), 3);
  EXPECT_THAT(watermark.Unsettled(), ElementsAre(SeqSpan{4, 4}, SeqSpan{6, Watermark::kEnd}));
  EXPECT_TRUE(watermark.NeedsHorizon());
}

TEST(Watermark, DoesNotStepWhenTheLookWasCutShort) {
  Watermark watermark;
  Publish(watermark, {1, 10});
  watermark.SetHorizon(100);
  watermark.Looked(200, 5);
  EXPECT_EQ(watermark.watermark(), 1);
}

TEST(Watermark, ContinuesFromItsStoredState) {
  const Watermark watermark(5, {{7, 9}, {12, 12}});
  EXPECT_EQ(watermark.highest(), 12);
  EXPECT_THAT(watermark.Unsettled(),
              ElementsAre(SeqSpan{6, 6}, SeqSpan{10, 11}, SeqSpan{13, Watermark::kEnd}));
}

// A database with writers that overlap, seen by a relay that crashes. Every transaction takes its
// id before its numbers, holds the locks of the aggregates it writes, and commits or rolls back at
// any later moment.
class Simulation {
 public:
  explicit Simulation(unsigned seed) : random_(seed) {}

  void Run() {
    for (int step = 0; step < 600; ++step) Step();
    while (!open_.empty()) End(open_.begin()->first);
    if (committed_.empty()) return;
    // The last numbers may have been rolled back: nothing follows that would show it.
    for (int look = 0; look < 300 && stored_.watermark() < *committed_.rbegin(); ++look)
      Relay(false);
    std::set<std::int64_t> settled;
    for (const std::int64_t seq : delivered_) settled.insert(seq);
    EXPECT_EQ(settled, committed_) << "lost";
    EXPECT_EQ(stored_.watermark(), *committed_.rbegin()) << "does not converge";
    EXPECT_THAT(stored_.published(), IsEmpty());
  }

  int steps_over = 0;

 private:
  struct Writer {
    std::vector<std::int64_t> seqs;
  };

  int Roll(int sides) { return std::uniform_int_distribution<int>(1, sides)(random_); }

  void Step() {
    const int what = Roll(10);
    if (what <= 3) {
      open_[++xid_];
    } else if (what <= 6 && !open_.empty()) {
      Pick().seqs.push_back(++seq_);
    } else if (what <= 8 && !open_.empty()) {
      End(std::next(open_.begin(), Roll(static_cast<int>(open_.size())) - 1)->first);
    } else {
      Relay(Roll(5) == 1);
    }
  }

  Writer& Pick() {
    return std::next(open_.begin(), Roll(static_cast<int>(open_.size())) - 1)->second;
  }

  void End(std::int64_t xid) {
    if (Roll(6) != 1) committed_.insert(open_[xid].seqs.begin(), open_[xid].seqs.end());
    open_.erase(xid);
  }

  void Relay(bool crash) {
    if (relay_.NeedsHorizon()) relay_.SetHorizon(++xid_);
    const std::int64_t xmin = open_.empty() ? xid_ + 1 : open_.begin()->first;
    const std::size_t limit = static_cast<std::size_t>(Roll(8));
    std::vector<std::int64_t> found;
    for (const SeqSpan& span : relay_.Unsettled()) {
      for (auto seq = committed_.lower_bound(span.low);
           seq != committed_.end() && *seq <= span.high; ++seq) {
        if (found.size() < limit) found.push_back(*seq);
      }
    }
    delivered_.insert(delivered_.end(), found.begin(), found.end());
    if (crash) {  // sent, not recorded
      relay_ = stored_;
      return;
    }
    relay_.Publish(found);
    const std::int64_t before = relay_.watermark();
    relay_.Looked(xmin, found.size() < limit ? Watermark::kEnd : found.back());
    if (relay_.watermark() != before) ++steps_over;
    for (std::int64_t seq = 1; seq <= relay_.watermark(); ++seq) {
      if (committed_.contains(seq)) {
        ASSERT_TRUE(std::count(delivered_.begin(), delivered_.end(), seq))
            << "stepped over " << seq;
      }
      for (const auto& [xid, writer] : open_) {
        ASSERT_FALSE(std::count(writer.seqs.begin(), writer.seqs.end(), seq))
            << "stepped over an open " << seq;
      }
    }
    stored_ = Watermark(relay_.watermark(), relay_.published());
  }

  std::mt19937 random_;
  std::int64_t xid_ = 0;
  std::int64_t seq_ = 0;
  std::map<std::int64_t, Writer> open_;
  std::set<std::int64_t> committed_;
  std::vector<std::int64_t> delivered_;
  Watermark relay_, stored_;
};

TEST(Watermark, LosesNothingWhateverWritersAndCrashesDo) {
  int steps_over = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    Simulation simulation(seed);
    simulation.Run();
    steps_over += simulation.steps_over;
    if (::testing::Test::HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GT(steps_over, 300) << "the path under test hardly ran";
}

}  // namespace
}  // namespace pathways::events
