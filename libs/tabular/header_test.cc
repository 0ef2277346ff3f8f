#include "libs/tabular/header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pathways::tabular {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Names = std::vector<std::string_view>;

enum Column { kUpn, kSurname, kDate, kComment };

const std::vector<WantedColumn> kWanted = {
    {.key = "upn", .required = true, .synonyms = {"uniquepupilnumber", "pupilupn"}},
    {.key = "surname", .required = true, .synonyms = {"lastname", "legalsurname"}},
    {.key = "date", .required = true, .synonyms = {"sessiondate"}},
    {.key = "comment", .synonyms = {"note", "reason"}}};

TEST(NormalName, KeepsLettersAndDigitsInLowerCase) {
  EXPECT_EQ(NormalName("Date of Birth"), "dateofbirth");
  EXPECT_EQ(NormalName("NC_Year (actual) 2"), "ncyearactual2");
  EXPECT_EQ(NormalName("“–”"), "");
}

TEST(HeaderMap, FindsColumnsByKeyAndSynonymInAnyOrder) {
  const HeaderMap map =
      HeaderMap::Resolve(kWanted, Names{"Session Date", "Legal Surname", "UPN", "House"});
  EXPECT_TRUE(map.ok());
  EXPECT_EQ(map.index(kUpn), 2u);
  EXPECT_EQ(map.index(kDate), 0u);
  EXPECT_EQ(map.index(kComment), std::nullopt);
  EXPECT_EQ(map.name(kDate), "Session Date");
  EXPECT_EQ(map.name(kComment), "comment");
  EXPECT_THAT(map.unknown(), ElementsAre("House"));
  const Names row = {"2025-09-01", "Baker", "A1", "Red"};
  EXPECT_EQ(map.Cell(row, kSurname), "Baker");
  EXPECT_EQ(map.Cell(row, kComment), "");
}

TEST(HeaderMap, NamesAllMissingColumnsAtOnceAndWhatWasFound) {
  const HeaderMap map = HeaderMap::Resolve(kWanted, Names{"UPN", "Mark"});
  ASSERT_THAT(map.problems(), SizeIs(1));
  EXPECT_EQ(map.problems()[0].code, "missing_columns");
  EXPECT_EQ(map.problems()[0].reason, "The file has no column surname, date.");
  EXPECT_EQ(map.problems()[0].value, "UPN, Mark");
}

TEST(HeaderMap, RefusesTwoColumnsForOneField) {
  const HeaderMap twice = HeaderMap::Resolve(kWanted, Names{"upn", "UPN", "surname", "date"});
  ASSERT_THAT(twice.problems(), SizeIs(1));
  EXPECT_EQ(twice.problems()[0].code, "duplicate_column");
  EXPECT_EQ(twice.problems()[0].value, "upn, UPN");

  const HeaderMap synonyms =
      HeaderMap::Resolve(kWanted, Names{"upn", "surname", "date", "note", "reason"});
  ASSERT_THAT(synonyms.problems(), SizeIs(1));
  EXPECT_EQ(synonyms.problems()[0].column, "note");
}

TEST(HeaderMap, PrefersTheKeyToASynonym) {
  const HeaderMap map =
      HeaderMap::Resolve(kWanted, Names{"legal surname", "surname", "upn", "date"});
  EXPECT_TRUE(map.ok());
  EXPECT_EQ(map.index(kSurname), 1u);
  EXPECT_THAT(map.unknown(), ElementsAre("legal surname"));
}

TEST(HeaderMap, AKeyBelongsToItsOwnFieldEvenIfItIsASynonymOfAnother) {
  const std::vector<WantedColumn> wanted = {{.key = "comment", .synonyms = {"reason"}},
                                            {.key = "reason"}};
  const HeaderMap map = HeaderMap::Resolve(wanted, Names{"reason"});
  EXPECT_EQ(map.index(0), std::nullopt);
  EXPECT_EQ(map.index(1), 0u);
}

TEST(HeaderMap, IgnoresTheErrorsOfAFileThatComesBackAndNamelessColumns) {
  const HeaderMap map = HeaderMap::Resolve(kWanted, Names{"upn", "", "surname", "date", "errors"});
  EXPECT_TRUE(map.ok());
  EXPECT_THAT(map.unknown(), IsEmpty());
}

}  // namespace
}  // namespace pathways::tabular
