// Published figures in, and beside our own.
#include <gmock/gmock.h>

#include "libs/importing/import_runs.h"
#include "libs/service/test_server.h"
#include "services/exclusions/api/published_api.h"
#include "services/exclusions/trend_world.h"

namespace pathways::exclusions {
namespace {

using common::v1::ImportReport;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kHeader =
    "geographic_level,time_period,time_identifier,country_code,old_la_code,new_la_code,la_name,"
    "education_phase,headcount,perm_excl,perm_excl_rate,suspension,susp_rate,one_plus_susp,"
    "one_plus_susp_rate\n";

class Published : public TrendTest {
 protected:
  Published()
      : imports_(*pool_, clock_),
        published_(std::make_unique<service::Endpoint>(PublishedEndpoint(imports_))) {}

  static access::Caller Operator() {
    return CallerWith(access::Role::kOperator, access::Scope::Everything());
  }
  static access::Caller Administrator() {
    access::Scope scope;
    scope.authorities = {School(kFirst).la_code};
    return CallerWith(access::Role::kAdministrator, scope);
  }

  absl::StatusOr<ImportReport> Send(std::string_view method, const access::Caller& caller,
                                    const std::string& file) {
    std::vector<common::v1::ImportChunk> chunks(1);
    chunks[0].mutable_start()->set_import_id(education::UuidToString(ids_.NewUuid()));
    chunks[0].mutable_start()->set_file_name("exc_geographic.csv");
    chunks.emplace_back().set_data(file);
    chunks.emplace_back().mutable_end();
    return service::CallClientStream<ImportReport>(*published_, method, caller, chunks);
  }
  ImportReport Figures(const std::string& rows) {
    const auto report = Send("ImportPublished", Operator(), kHeader + rows);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : ImportReport();
  }
  ImportReport NeighboursOf(const access::Caller& caller, const std::string& rows) {
    const auto report = Send("ImportNeighbours", caller, "la_code,neighbour_la_code\n" + rows);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : ImportReport();
  }
  static void ExpectCounts(const ImportReport& report, int made, int changed, int same) {
    EXPECT_EQ(report.records_new(), made) << report.DebugString();
    EXPECT_EQ(report.records_changed(), changed);
    EXPECT_EQ(report.records_unchanged(), same);
  }
  // "2023/24" as "rate symbol authorities" of suspensions.
  static std::vector<std::string> Line(const v1::PublishedSeries& series) {
    std::vector<std::string> points;
    for (const v1::PublishedPoint& point : series.points()) {
      const v1::PublishedRate& rate = point.suspensions();
      points.push_back(rate.rate() + "|" + rate.symbol() + "|" +
                       std::to_string(rate.authorities()));
    }
    return points;
  }

  importing::ImportRuns imports_;
  std::unique_ptr<service::Endpoint> published_;
};

TEST_F(Published, FiguresAreHeldAgainstOurOwn) {
  const auto report = Figures(
      "National,202223,Academic year,E92000001,,,,Total,8400000,9376,0.11,787000,9.33,,\n"
      "National,202324,Academic year,E92000001,,,,Total,8440000,10885,0.13,955000,11.31,,\n"
      "National,202324,Academic year,E92000001,,,,State-funded "
      "primary,4560000,1000,0.02,79000,1.73,,\n"
      "National,202324,Autumn term,E92000001,,,,Total,8440000,4168,0.05,346279,4.13,,\n"
      "Local authority,202324,Academic year,E92000001,823,E06000056,Central "
      "Bedfordshire,Total,45000,c,c,4500,10.00,z,z\n"
      "Local authority,202324,Academic year,E92000001,821,E06000032,Luton,Total,40000,20,0.05,"
      "3333,8.33,900,2.25\n"
      "Local authority,202223,Academic year,E92000001,821,E06000032,Luton,Total,40000,c,c,c,c,c,c\n"
      "Regional,202324,Academic year,E92000001,,,,Total,1,1,1,1,1,1,1\n"
      "National,202324,Autumn and spring term,E92000001,,,,Total,1,1,1,1,1,1,1\n");
  EXPECT_EQ(report.state(), common::v1::IMPORT_STATE_DONE);
  ExpectCounts(report, 7, 0, 0);
  EXPECT_THAT(report.notes(),
              ElementsAre("1 row of other geographic levels than national and local authority was "
                          "left out.",
                          "1 row of other spans than an academic year or a term was left out."));
  ExpectCounts(NeighboursOf(Administrator(), "822,821\n822,823\n822,826\n"), 3, 0, 0);

  const auto whole = Get(Manager(), {});
  ASSERT_TRUE(whole.ok()) << whole.status();
  ASSERT_EQ(whole->published_size(), 2);
  const auto& england = whole->published(0);
  EXPECT_EQ(england.place(), v1::PUBLISHED_PLACE_ENGLAND);
  EXPECT_THAT(Line(england), ElementsAre("9.33||1", "11.31||1", "||0", "||0", "||0"));
  EXPECT_EQ(england.points(0).permanent_exclusions().rate(), "0.11");
  EXPECT_THAT(england.sources(),
              ElementsAre("Department for Education, Suspensions and permanent exclusions in "
                          "England (exc_geographic.csv)"));
  const auto& neighbours = whole->published(1);
  EXPECT_EQ(neighbours.authorities(), 3);
  // 9.165 of two of three; the one that published nothing is no reason.
  EXPECT_THAT(Line(neighbours), ElementsAre("|c|0", "9.17||2", "||0", "||0", "||0"));
  EXPECT_EQ(neighbours.points(1).permanent_exclusions().rate(), "0.05");
  EXPECT_EQ(neighbours.points(1).pupils_suspended().authorities(), 1);

  v1::GetTrendRequest primary;
  primary.mutable_scope()->set_urn(UrnOf(kSecond));
  const auto of_school = Get(Staff(kSecond), primary);
  ASSERT_TRUE(of_school.ok()) << of_school.status();
  ASSERT_EQ(of_school->published_size(), 1);  // nothing is published of the neighbours' primaries
  EXPECT_EQ(of_school->published(0).education_phase(), "State-funded primary");
  EXPECT_EQ(of_school->published(0).points(1).suspensions().rate(), "1.73");

  v1::GetTrendRequest terms;
  terms.set_by_term(true);
  terms.set_from_year(202324);
  terms.set_to_year(202324);
  const auto by_term = Get(Manager(), terms);
  ASSERT_TRUE(by_term.ok()) << by_term.status();
  ASSERT_EQ(by_term->published_size(), 1);
  EXPECT_THAT(Line(by_term->published(0)), ElementsAre("4.13||1", "||0", "||0"));
}

TEST_F(Published, ARowTakesThePlaceOfAnEarlierOneAndAListOfItsEarlierOne) {
  const std::string row =
      "National,202223,Academic year,E92000001,,,,,8400000,9376,0.11,787000,9.33,,\n";
  ExpectCounts(Figures(row), 1, 0, 0);
  ExpectCounts(Figures(row), 0, 0, 1);
  ExpectCounts(
      Figures("National,202223,Academic year,E92000001,,,,Total,8400000,9376,0.11,787000,9.37,,\n"),
      0, 1, 0);
  ExpectCounts(NeighboursOf(Operator(), "822,821\n822,823\n823,822\n"), 3, 0, 0);
  ExpectCounts(NeighboursOf(Operator(), "822,821\n822,826\n"), 1, 1, 1);
  const auto rows = Query(
      "select la_code || ' ' || neighbour from statistical_neighbour order by la_code, neighbour");
  std::vector<std::string> lists;
  for (const auto& one : rows) lists.push_back(one.Get<std::string>(0));
  EXPECT_THAT(lists, ElementsAre("822 821", "822 826", "823 822"));
}

TEST_F(Published, WhatIsWrongIsRefusedWithRowColumnValueAndAdvice) {
  const auto report = Figures(
      "National,202223,Academic year,E92000001,,,,Total,8400000,9376,0.11,787000,9.33,,\n"  // 2:
                                                                                            // good
      "National,202225,Academic year,E92000001,,,,Total,8400000,9376,0.11,787000,9.33,,\n"
      "Local authority,202223,Academic year,E92000001,,,,Total,1000,1,0.10,93,9.30,,\n"
      "Local authority,202223,Academic year,E92000001,821,,,Total,1000,1,0.10,93,93,,\n"
      "Local authority,202223,Academic year,E92000001,821,,,Total,\"1,000\",n/a,0.10,93,9.30,,\n"
      ",202223,Academic year,E92000001,821,,,Total,1000,1,0.10,93,9.30,,\n"
      "National,202324,,E92000001,,,,Total,1000,1,0.10,93,9.30,,\n"
      "National,202122,Academic year,E92000001,,,,Total,1000,1,0.10,93,9.30,,\n"  // 9 and 10:
      "National,202122,Academic year,E92000001,,,,All,1000,2,0.20,93,9.30,,\n");  // the same twice
  EXPECT_EQ(report.state(), common::v1::IMPORT_STATE_DONE_WITH_REFUSALS);
  EXPECT_EQ(report.rows_good(), 1);
  std::vector<std::string> places;
  for (const auto& problem : report.problems()) {
    places.push_back(std::to_string(problem.row()) + " " + problem.column() + " " +
                     problem.value());
    EXPECT_NE(problem.reason(), "");
    EXPECT_NE(problem.advice(), "");
  }
  EXPECT_THAT(places, ElementsAre("3 time_period 202225", "4 old_la_code ", "5 susp_rate 93",
                                  "6 headcount 1,000", "6 perm_excl n/a", "7 geographic_level ",
                                  "8 time_identifier ", "9 time_period ", "10 time_period "));
  EXPECT_THAT(report.problems(2).reason(), HasSubstr("9.30"));

  const auto neighbours = NeighboursOf(Administrator(), "822,822\n823,821\n822,82\n822,821\n");
  EXPECT_EQ(neighbours.rows_refused(), 3) << neighbours.DebugString();
  EXPECT_EQ(neighbours.records_new(), 1);
}

TEST_F(Published, IsBroughtInByThoseWhoBringInSchoolsAndReadByAll) {
  EXPECT_EQ(Send("ImportPublished", Staff(kFirst), kHeader).status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Send("ImportNeighbours", Manager(), kHeader).status().code(),
            absl::StatusCode::kPermissionDenied);
  service::TestServer server({*published_});
  EXPECT_THAT(service::FindEscapes(server, *published_), IsEmpty());
  const auto status = storage::RunInTransaction(
      *pool_, Staff(kFirst).ToRowScope(), storage::Deadline::After(10s),
      [](Transaction& transaction) {
        return transaction
            .Execute(
                "insert into statistical_neighbour values (822, 821, '', gen_random_uuid(), 1)")
            .status();
      });
  EXPECT_FALSE(status.ok());  // the second wall
}

}  // namespace
}  // namespace pathways::exclusions
