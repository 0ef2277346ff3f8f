// What managers, schools and others are answered, and what is behind a point.
#include <algorithm>

#include "libs/service/status.h"
#include "libs/service/test_server.h"
#include "services/exclusions/trend_world.h"

namespace pathways::exclusions {
namespace {

v1::GetTrendRequest Request(const std::vector<v1::Breakdown>& by = {}) {
  v1::GetTrendRequest request;
  for (const auto one : by) request.add_by(one);
  return request;
}

const v1::TrendSeries* Find(const v1::GetTrendResponse& response, v1::Breakdown by,
                            const std::string& value) {
  for (const auto& series : response.series()) {
    if (series.by() == by && series.value() == value) return &series;
  }
  return nullptr;
}

class Trends : public TrendTest {
 protected:
  // 20 pupils at the first school, 10 at the second; of them 12 and 2 are suspended this autumn.
  Trends() {
    for (int pupil = 0; pupil < 30; ++pupil) {
      Enrol(pupil, pupil < 20 ? kFirst : kSecond, Day(2025y / 9 / 1));
      Describe(pupil, {.sen = pupil % 2 == 0 ? "N" : "K", .sex = pupil % 3 == 0 ? "F" : "M"});
    }
    for (int pupil = 0; pupil < 12; ++pupil) Suspend(pupil, kFirst, Day(2026y / 9 / 7), 3);
    Suspend(0, kFirst, Day(2026y / 10 / 5), 1);
    for (int pupil = 20; pupil < 22; ++pupil) Suspend(pupil, kSecond, Day(2026y / 9 / 14), 2);
    Exclude(1, kFirst, Kind::kPermanent, Day(2026y / 11 / 2), 0);
    Suspend(2, kFirst, Day(2026y / 2 / 2), 4);
    Upkeep();
  }

  v1::TrendPoint LastPoint(const access::Caller& caller, const v1::GetTrendRequest& request) {
    const auto response = Get(caller, request);
    EXPECT_TRUE(response.ok()) << response.status();
    if (!response.ok() || response->series().empty()) return {};
    const auto& points = response->series(0).points();
    return points.empty() ? v1::TrendPoint() : points[points.size() - 1];
  }
  v1::GetTrendRequest OfSchool(int school) {
    v1::GetTrendRequest request;
    request.mutable_scope()->set_urn(UrnOf(school));
    return request;
  }
};

TEST_F(Trends, OfAnAuthorityAreFiveYearsOfCountsAndRates) {
  const auto response = Get(Manager(), Request());
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->la_code(), 822);
  EXPECT_FALSE(response->suppression_applies());
  EXPECT_TRUE(response->may_open_cases());
  ASSERT_EQ(response->series_size(), 1);
  const auto& points = response->series(0).points();
  ASSERT_EQ(points.size(), 5);
  EXPECT_EQ(points[0].academic_year(), 202223);
  EXPECT_EQ(points[3].suspensions().count(), 1);
  EXPECT_EQ(points[3].half_days_lost().count(), 4);
  const auto& now = points[4];
  EXPECT_EQ(now.suspensions().count(), 15);
  EXPECT_EQ(now.suspensions().rate(), "50.00");
  EXPECT_EQ(now.half_days_lost().count(), 41);
  EXPECT_EQ(now.pupils_suspended().count(), 14);
  EXPECT_EQ(now.pupils_suspended().rate(), "46.67");
  EXPECT_EQ(now.permanent_exclusions().count(), 1);
  EXPECT_EQ(now.permanent_exclusions().rate(), "3.33");
  EXPECT_EQ(now.headcount(), 30);
  EXPECT_TRUE(now.unfinished());
  EXPECT_EQ(response->first_recorded_year(), 202526);
  EXPECT_FALSE(points[3].unfinished());
}

TEST_F(Trends, SayWhichRollTheirRatesAreOf) {
  const auto response = Get(Manager(), Request());
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->headcounts_size(), 5);
  EXPECT_EQ(response->headcounts(2).counted_on(), "");  // nobody was on a roll
  EXPECT_EQ(response->series(0).points(2).suspensions().rate(), "");
  EXPECT_EQ(response->headcounts(3).counted_on(), "2026-01-15");
  EXPECT_EQ(response->headcounts(3).basis(), v1::HEADCOUNT_BASIS_SPRING_CENSUS);
  EXPECT_EQ(response->headcounts(4).counted_on(), "2026-11-24");
  EXPECT_EQ(response->headcounts(4).basis(), v1::HEADCOUNT_BASIS_TODAY);
}

TEST_F(Trends, CountPupilsOnRollOnceAsTheCensusDoes) {
  Enrol(40, kFirst, Day(2026y / 9 / 1));
  Enrol(41, kFirst, Day(2026y / 9 / 1), /*main=*/false);
  Enrol(42, kFirst, Day(2026y / 12 / 1));  // still to come
  Upkeep();
  EXPECT_EQ(LastPoint(Manager(), Request()).headcount(), 31);
}

TEST_F(Trends, CountAgainWhenTheDayHasMovedOn) {
  Enrol(42, kFirst, Day(2026y / 12 / 1));
  Upkeep();
  EXPECT_EQ(LastPoint(Manager(), Request()).headcount(), 30);
  clock_.Set(education::StartOfLondonDay(Day(2026y / 12 / 1)));
  Upkeep();
  EXPECT_EQ(LastPoint(Manager(), Request()).headcount(), 31);
}

TEST_F(Trends, ByGroupAddUpToTheTotal) {
  const auto response =
      Get(Manager(), Request({v1::BREAKDOWN_SEN_PROVISION, v1::BREAKDOWN_SEX, v1::BREAKDOWN_SCHOOL,
                              v1::BREAKDOWN_PHASE, v1::BREAKDOWN_LOCALITY, v1::BREAKDOWN_YEAR_GROUP,
                              v1::BREAKDOWN_DISADVANTAGED, v1::BREAKDOWN_LOOKED_AFTER}));
  ASSERT_TRUE(response.ok()) << response.status();
  std::map<int, std::int64_t> suspensions, headcounts;
  for (const auto& series : response->series()) {
    suspensions[series.by()] += series.points(4).suspensions().count();
    headcounts[series.by()] += series.points(4).headcount();
  }
  EXPECT_EQ(suspensions.size(), 8U);
  for (const auto& [by, sum] : suspensions) EXPECT_EQ(sum, 15) << by;
  for (const auto& [by, sum] : headcounts) EXPECT_EQ(sum, 30) << by;
  const auto* support = Find(*response, v1::BREAKDOWN_SEN_PROVISION, "K");
  ASSERT_NE(support, nullptr);
  EXPECT_EQ(support->points(4).suspensions().count(), 7);
  EXPECT_EQ(support->points(4).headcount(), 15);
}

TEST_F(Trends, OfTermsAreThoseThatHaveBegun) {
  auto request = Request();
  request.set_by_term(true);
  request.set_from_year(202526);
  const auto response = Get(Manager(), request);
  ASSERT_TRUE(response.ok()) << response.status();
  const auto& points = response->series(0).points();
  ASSERT_EQ(points.size(), 4);
  EXPECT_EQ(points[1].term(), v1::SCHOOL_TERM_SPRING);
  EXPECT_EQ(points[1].suspensions().count(), 1);
  EXPECT_EQ(points[3].term(), v1::SCHOOL_TERM_AUTUMN);
  EXPECT_EQ(points[3].suspensions().count(), 15);
}

TEST_F(Trends, OfAPlaceCountPupilsOfThatPlace) {
  v1::GetTrendRequest request;
  request.mutable_scope()->set_locality("South");
  EXPECT_EQ(LastPoint(Manager(), request).pupils_suspended().count(), 2);
  request.mutable_scope()->clear_locality();
  request.mutable_scope()->set_phase("State-funded secondary");
  EXPECT_EQ(LastPoint(Manager(), request).pupils_suspended().count(), 12);
  EXPECT_EQ(LastPoint(Manager(), OfSchool(kSecond)).suspensions().rate(), "20.00");
}

TEST_F(Trends, OfItsOwnAreShownToASchoolInFull) {
  const auto response = Get(Staff(kSecond), OfSchool(kSecond));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_FALSE(response->suppression_applies());
  EXPECT_EQ(response->series(0).points(4).suspensions().count(), 2);
}

TEST_F(Trends, OfAnotherSchoolOrAuthorityDoNotExist) {
  EXPECT_EQ(Get(Staff(kSecond), OfSchool(kFirst)).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Get(Manager(), OfSchool(kElsewhere)).status().code(), absl::StatusCode::kNotFound);
  v1::GetTrendRequest elsewhere;
  elsewhere.mutable_scope()->set_la_code(823);
  EXPECT_EQ(Get(Manager(), elsewhere).status().code(), absl::StatusCode::kNotFound);
}

// The first school knows its own 13; the authority's 15 would tell it the second's 2.
TEST_F(Trends, OfTheAuthorityKeepTheOthersSmallNumbersFromASchool) {
  const auto first = LastPoint(Staff(kFirst), Request());
  EXPECT_TRUE(first.suspensions().suppressed());
  EXPECT_EQ(first.suspensions().count(), 0);
  EXPECT_EQ(first.suspensions().rate(), "");
  EXPECT_TRUE(first.half_days_lost().suppressed());
  EXPECT_TRUE(first.pupils_suspended().suppressed());
  // The rest has none: nothing to tell.
  EXPECT_FALSE(first.permanent_exclusions().suppressed());
  EXPECT_EQ(first.headcount(), 30);
  const auto second = LastPoint(Staff(kSecond), Request());
  EXPECT_EQ(second.suspensions().count(), 15);
  EXPECT_TRUE(second.permanent_exclusions().suppressed());
}

TEST_F(Trends, OfAPartOfTheAuthorityAreNotForASchool) {
  v1::GetTrendRequest request;
  request.mutable_scope()->set_locality("South");
  EXPECT_EQ(Get(Staff(kFirst), request).status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Get(Staff(kFirst), Request({v1::BREAKDOWN_SCHOOL})).status().code(),
            absl::StatusCode::kInvalidArgument);
  auto terms = Request({v1::BREAKDOWN_SEX});
  terms.set_by_term(true);
  EXPECT_EQ(Get(Staff(kFirst), terms).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(Trends, SayEverythingThatIsWrongWithAQuestion) {
  auto request = Request({v1::BREAKDOWN_UNSPECIFIED});
  request.set_from_year(202627);
  request.set_to_year(202526);
  const auto status = Get(Manager(), request).status();
  EXPECT_EQ(service::ViolationsOf(status).size(), 2U) << status;
  request = OfSchool(kFirst);
  request.mutable_scope()->set_locality("North");
  EXPECT_EQ(Get(Manager(), request).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Get(CallerWith(access::Role::kManager, access::Scope::Everything()), Request())
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);  // of two authorities
}

TEST_F(Trends, OpenTheCasesBehindAPoint) {
  const auto response = Get(Manager(), Request({v1::BREAKDOWN_SEX, v1::BREAKDOWN_REASON}));
  ASSERT_TRUE(response.ok()) << response.status();
  for (const auto& series : response->series()) {
    for (const auto& point : series.points()) {
      v1::ListTrendCasesRequest request;
      request.set_academic_year(point.academic_year());
      request.set_by(series.by());
      request.set_value(series.value());
      request.set_measure(v1::TREND_MEASURE_SUSPENSIONS);
      request.set_page_size(2);
      std::int64_t cases = 0, half_days = 0;
      do {
        const auto page = Ask<v1::ListTrendCasesResponse>("ListTrendCases", Manager(), request);
        ASSERT_TRUE(page.ok()) << page.status();
        for (const auto& one : page->cases()) {
          ++cases;
          half_days += one.half_days();
          EXPECT_FALSE(one.reference().empty());
          EXPECT_EQ(one.recorded_by(), "somebody");
        }
        request.set_page_token(page->next_page_token());
      } while (!request.page_token().empty());
      EXPECT_EQ(cases, point.suspensions().count());
      EXPECT_EQ(half_days, point.half_days_lost().count());
    }
  }
}

TEST_F(Trends, RecordWhoOpenedAChildsCase) {
  v1::ListTrendCasesRequest request;
  request.set_academic_year(202627);
  request.set_measure(v1::TREND_MEASURE_PERMANENT_EXCLUSIONS);
  const auto page = Ask<v1::ListTrendCasesResponse>("ListTrendCases", Manager(), request);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->total(), 1);
  const auto rows = Query("select subject_id from access.log where purpose like '%ListTrendCases'");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.front().Get<std::string>(0), testing::MakePupilId(1).ToString());
}

TEST_F(Trends, OpenNoCasesToThoseWhoDoNotWorkWithThem) {
  v1::ListTrendCasesRequest request;
  request.set_academic_year(202627);
  EXPECT_EQ(
      Ask<v1::ListTrendCasesResponse>("ListTrendCases", Staff(kFirst), request).status().code(),
      absl::StatusCode::kPermissionDenied);
  request.mutable_scope()->set_urn(UrnOf(kFirst));
  const auto own = Ask<v1::ListTrendCasesResponse>("ListTrendCases", Staff(kFirst), request);
  ASSERT_TRUE(own.ok()) << own.status();
  EXPECT_EQ(own->total(), 14);
}

// A manager may not follow a school's import, but is told which line of which file a case is.
TEST_F(Trends, TellWhereACaseCameFrom) {
  const auto ask = [&](const access::Caller& caller, const ExclusionId& id) {
    v1::GetProvenanceRequest request;
    request.set_exclusion_id(id.ToString());
    return Ask<v1::GetProvenanceResponse>("GetProvenance", caller, request);
  };
  const ExclusionId typed = Suspend(25, kSecond, Day(2026y / 9 / 21));
  const auto by_person = ask(Manager(), typed);
  ASSERT_TRUE(by_person.ok()) << by_person.status();
  EXPECT_EQ(by_person->person_id(), "somebody");
  EXPECT_EQ(by_person->import_id(), "");
  Query(
      "insert into import_job (import_id, kind, file_name, urn, la_code, person, state, report, "
      "started_at)"
      " values ('11111111-1111-4111-8111-111111111111', 'suspensions', 'autumn.csv', 0, 0, "
      "'sender', 2, '', now())");
  Query(
      "update exclusion set import_id = '11111111-1111-4111-8111-111111111111', import_row = 13, "
      "recorded_by = ''"
      " where start_date = '2026-09-21'");
  const auto by_file = ask(Manager(), typed);
  ASSERT_TRUE(by_file.ok()) << by_file.status();
  EXPECT_EQ(by_file->import_file(), "autumn.csv");
  EXPECT_EQ(by_file->import_row(), 13);
  EXPECT_EQ(by_file->person_id(), "sender");
  EXPECT_EQ(ask(Staff(kFirst), typed).status().code(), absl::StatusCode::kNotFound);
  v1::ListTrendCasesRequest request;
  request.set_academic_year(202627);
  request.mutable_scope()->set_urn(UrnOf(kSecond));
  const auto cases = Ask<v1::ListTrendCasesResponse>("ListTrendCases", Manager(), request);
  ASSERT_TRUE(cases.ok()) << cases.status();
  ASSERT_EQ(cases->cases_size(), 3);
  EXPECT_EQ(cases->cases(0).import_file(), "autumn.csv");
  EXPECT_EQ(cases->cases(1).import_file(), "");
}

// The second wall: whatever the methods ask, a school's transaction sees these rows only.
TEST_F(Trends, RowsOfOtherSchoolsAreOutOfSight) {
  storage::RowScope scope;
  scope.person = "somebody";
  scope.role = "school";
  scope.schools = {UrnOf(kSecond)};
  const auto status = storage::RunInTransaction(
      *pool_, scope, storage::Deadline::After(std::chrono::seconds(10)),
      [&](Transaction& transaction) -> absl::Status {
        auto cases = transaction.Query("select count(*) from trend_case");
        if (!cases.ok()) return cases.status();
        EXPECT_EQ(cases->front().Get<std::int64_t>(0), 2);
        auto cells = transaction.Query(
            "select count(*) from trend_cell where place_kind in ('locality', 'phase')"
            " or (place_kind = 'school' and place <> $1) or breakdown = 'school' or la_code <> 822",
            std::to_string(UrnOf(kSecond)));
        if (!cells.ok()) return cells.status();
        EXPECT_EQ(cells->front().Get<std::int64_t>(0), 0);
        return transaction.Execute("update trend_cell set suspensions = 0").status();
      });
  EXPECT_TRUE(status.ok()) << status;  // no row to write
  EXPECT_EQ(LastPoint(Manager(), Request()).suspensions().count(), 15);
}

TEST_F(Trends, AnswerNobodyWithoutTheRight) {
  service::TestServer server({*endpoint_});
  const auto escapes = service::FindEscapes(server, *endpoint_);
  EXPECT_TRUE(escapes.empty()) << escapes.front();
}

TEST_F(Trends, ExportNamesItsColumnsAsTheOpenDataDoes) {
  v1::ExportTrendRequest request;
  request.mutable_trend()->set_from_year(202627);
  request.mutable_trend()->add_by(v1::BREAKDOWN_TOTAL);
  request.mutable_trend()->add_by(v1::BREAKDOWN_SEN_PROVISION);
  const auto text_for = [&](const access::Caller& caller) {
    std::string text;
    const auto chunks = service::CallServerStream<common::v1::FileChunk>(*endpoint_, "ExportTrend",
                                                                         caller, request);
    EXPECT_TRUE(chunks.ok()) << chunks.status();
    if (chunks.ok()) {
      for (const auto& chunk : *chunks) text += chunk.data();
    }
    return text;
  };
  EXPECT_EQ(text_for(Manager()),
            "time_period,time_identifier,geographic_level,country_code,country_name,old_la_code,"
            "school_urn,locality,education_phase,breakdown_topic,breakdown,headcount,perm_excl,"
            "perm_excl_rate,suspension,susp_rate,one_plus_susp,one_plus_susp_rate,sess_lost\n"
            "202627,Academic year,Local authority,E92000001,England,822,,,,Total,Total,30,1,"
            "3.33333,15,50.00000,14,46.66667,41\n"
            "202627,Academic year,Local authority,E92000001,England,822,,,,sen_provision,N,15,0,"
            "0.00000,8,53.33333,7,46.66667,21\n"
            "202627,Academic year,Local authority,E92000001,England,822,,,,sen_provision,K,15,1,"
            "6.66667,7,46.66667,7,46.66667,20\n");
  EXPECT_NE(text_for(Staff(kFirst)).find("Total,Total,30,1,3.33333,c,c,c,c,c\n"),
            std::string::npos);
  // A year before the first exclusion is not one without exclusions.
  request.mutable_trend()->set_from_year(202425);
  EXPECT_NE(text_for(Manager()).find("202425,Academic year,Local authority,E92000001,England,822,"
                                     ",,,Total,Total,x,x,x,x,x,x,x,x\n"),
            std::string::npos);
}

}  // namespace
}  // namespace pathways::exclusions
