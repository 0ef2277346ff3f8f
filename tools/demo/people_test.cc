#include "tools/demo/people.h"

#include <gtest/gtest.h>

namespace pathways::demo {
namespace {

TEST(PeopleCsv, HasARowForEachRoleAndPlaceThereIs) {
  const auto csv = PeopleCsv(R"({"people": [
      {"sub": "a", "name": "Ann, B", "email": "a@demo.invalid", "title": "Lead", "roles": ["school"], "urns": [900001, 900003, 900002], "la_codes": []},
      {"sub": "b", "name": "Bo", "email": "b@demo.invalid", "title": "", "roles": ["manager"], "urns": [], "la_codes": [999]},
      {"sub": "c", "name": "Cy", "email": "c@demo.invalid", "title": "", "roles": ["administrator"], "urns": [], "la_codes": []}]})",
                             InventedSchools(2, 400));
  ASSERT_TRUE(csv.ok()) << csv.status();
  EXPECT_EQ(*csv,
            "subject,name,email,title,role,urn,la_code\n"
            "a,\"Ann, B\",a@demo.invalid,Lead,school,900001,\n"
            "a,\"Ann, B\",a@demo.invalid,Lead,school,900002,\n"
            "b,Bo,b@demo.invalid,,manager,,999\n"
            "c,Cy,c@demo.invalid,,administrator,,\n");
}

TEST(PeopleCsv, RefusesWhatIsNoList) { EXPECT_FALSE(PeopleCsv("{}", {}).ok()); }

}  // namespace
}  // namespace pathways::demo
