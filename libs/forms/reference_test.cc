#include "libs/forms/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "libs/education/id_source.h"

namespace pathways::forms {
namespace {

using ::testing::MatchesRegex;

TEST(Reference, CanBeSaidAloud) {
  education::SequenceIdSource sequence;
  education::RandomIdSource random;
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    for (const std::string& reference :
         {MakeReference("EH", sequence.NewUuid()), MakeReference("EH", random.NewUuid())}) {
      EXPECT_THAT(reference,
                  MatchesRegex("EH-[2-9CDFGHJKMNPQRTVWXY]{4}-[2-9CDFGHJKMNPQRTVWXY]{2}"));
      seen.insert(reference);
    }
  }
  EXPECT_GE(seen.size(), 1995u);
}

}  // namespace
}  // namespace pathways::forms
