#include "libs/service/trace.h"

#include <gtest/gtest.h>

#include <set>

namespace pathways::service {
namespace {

constexpr char kHeader[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST(TraceContext, ReadsAndWritesTheStandardsExample) {
  const auto trace = TraceContext::Parse(kHeader);
  ASSERT_TRUE(trace.has_value());
  EXPECT_EQ(trace->trace_id, "0af7651916cd43dd8448eb211c80319c");
  EXPECT_EQ(trace->span_id, "b7ad6b7169203331");
  EXPECT_TRUE(trace->sampled);
  EXPECT_EQ(trace->ToTraceparent(), kHeader);
}

TEST(TraceContext, RefusesWhatTheStandardForbids) {
  for (const char* header :
       {"", "00", "rubbish",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",    // no trace
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",    // no span
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",    // upper case
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",    // version ff
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",  // version 00 is never longer
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-zz",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333-01"}) {
    EXPECT_FALSE(TraceContext::Parse(header).has_value()) << header;
  }
}

TEST(TraceContext, AcceptsLaterVersions) {
  EXPECT_TRUE(TraceContext::Parse("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more")
                  .has_value());
}

TEST(TraceContext, ChildKeepsTheTraceAndTakesItsOwnSpan) {
  const TraceContext trace = TraceContext::New();
  const TraceContext child = trace.Child();
  EXPECT_EQ(child.trace_id, trace.trace_id);
  EXPECT_NE(child.span_id, trace.span_id);
  EXPECT_EQ(TraceContext::Parse(child.ToTraceparent()), child);
}

TEST(TraceContext, NewOnesDiffer) {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(TraceContext::New().trace_id);
  EXPECT_EQ(ids.size(), 1000u);
}

TEST(ScopedTrace, Nests) {
  EXPECT_EQ(CurrentTrace(), nullptr);
  const TraceContext outer = TraceContext::New();
  const ScopedTrace a(outer);
  {
    const TraceContext inner = outer.Child();
    const ScopedTrace b(inner);
    EXPECT_EQ(CurrentTrace(), &inner);
  }
  EXPECT_EQ(CurrentTrace(), &outer);
}

}  // namespace
}  // namespace pathways::service
