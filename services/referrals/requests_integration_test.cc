// The life of a request, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <string>
#include <vector>

#include "pathways/referrals/v1/settings.pb.h"
#include "services/referrals/api/settings_api.h"
#include "services/referrals/test_world.h"

namespace pathways::referrals {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

constexpr char kQuestion[] = "Who lives with the child?";

using Requests = ReferralsWorld;

TEST_F(Requests, GoFromADraftToAWorkerWithEverythingRecorded) {
  auto request = WriteDraft();
  EXPECT_THAT(request.reference(), MatchesRegex("EH-[0-9A-Z]{4}-[0-9A-Z]{2}"));
  EXPECT_EQ(request.state(), v1::REQUEST_STATE_DRAFT);
  EXPECT_EQ(request.version(), 8);
  EXPECT_EQ(request.main_reason(), "attendance");
  for (const auto& section : request.sections()) EXPECT_TRUE(section.complete()) << section.name();

  request = *Submit(SchoolStaff(), request);
  EXPECT_EQ(request.state(), v1::REQUEST_STATE_SUBMITTED);
  EXPECT_EQ(request.decision_due(), "2026-11-04");

  request = *Decide(EarlyHelp(), request, v1::DECISION_ASK_FOR_MORE, kQuestion);
  EXPECT_EQ(request.state(), v1::REQUEST_STATE_MORE_ASKED);
  EXPECT_EQ(request.decision_note(), kQuestion);
  EXPECT_EQ(request.sections_size(), 8);

  EXPECT_THAT(Fields(Submit(SchoolStaff(), request).status()), ElementsAre("answer.answer"));
  clock_.Set(education::Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 6)) +
             std::chrono::hours(9));
  request = *Save(SchoolStaff(), request, "answer", {{"answer", "With an aunt."}});
  request = *Submit(SchoolStaff(), request);
  EXPECT_EQ(request.state(), v1::REQUEST_STATE_SUBMITTED);
  EXPECT_EQ(request.decision_due(), "2026-11-10") << "Friday and two working days";

  request = *Decide(EarlyHelp(), request, v1::DECISION_ACCEPT);
  EXPECT_EQ(request.state(), v1::REQUEST_STATE_ACCEPTED);
  request = *Allocate(Officer(), request, 3);
  EXPECT_EQ(request.state(), v1::REQUEST_STATE_ALLOCATED);
  EXPECT_EQ(request.worker_id(), testing::MakePersonId(3).ToString());
  EXPECT_EQ(Get(SchoolStaff(), request.request_id())->worker_id(), request.worker_id());

  EXPECT_THAT(Kinds(SchoolStaff()),
              ElementsAre("request_started", "request_submitted", "more_information_asked",
                          "more_information_given", "request_accepted", "request_allocated"));
  const auto timeline = Timeline(SchoolStaff());
  EXPECT_EQ(timeline[2].note(), "With an aunt.");
  EXPECT_EQ(timeline[3].note(), kQuestion);
  EXPECT_EQ(timeline[3].role(), "early_help_worker");
  EXPECT_EQ(timeline[3].person_id(), testing::MakePersonId(3).ToString());
  EXPECT_EQ(timeline[5].role(), "school");

  EXPECT_THAT(Published(),
              ElementsAre("RequestSubmitted 1", "MoreInformationAsked 2", "RequestSubmitted 3",
                          "RequestAccepted 4", "RequestAllocated 5"));
  EXPECT_EQ(Count("select count(distinct key) from events.outbox"), 1);
  EXPECT_EQ(Count("select count(*) from submission"), 2);
  EXPECT_GE(Count("select count(*) from access.log where action = 'write'"), 14);
}

TEST_F(Requests, AreAcceptedAndGivenToAWorkerAtOnce) {
  const auto request = Decide(EarlyHelp(), SendRequest(), v1::DECISION_ACCEPT, "", "", 4);
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->state(), v1::REQUEST_STATE_ALLOCATED);
  EXPECT_THAT(Published(),
              ElementsAre("RequestSubmitted 1", "RequestAccepted 2", "RequestAllocated 3"));
  const auto given_on = Allocate(EarlyHelp(), *request, 3);
  ASSERT_TRUE(given_on.ok()) << given_on.status();
  EXPECT_EQ(given_on->worker_id(), testing::MakePersonId(3).ToString());
  EXPECT_THAT(Fields(Allocate(EarlyHelp(), *given_on, 3).status()), ElementsAre("worker_id"));
}

TEST_F(Requests, AreGivenOnlyToWorkersOfTheirAuthority) {
  const auto request = SendRequest();
  EXPECT_THAT(Fields(Decide(EarlyHelp(), request, v1::DECISION_ACCEPT, "", "", 99).status()),
              ElementsAre("worker_id"));
  workers_.workers[testing::MakePersonId(8)] = {.works_on_cases = true,
                                                .authorities = {testing::MakeSchool(6).la_code}};
  EXPECT_THAT(Fields(Decide(EarlyHelp(), request, v1::DECISION_ACCEPT, "", "", 8).status()),
              ElementsAre("worker_id"));
  workers_.workers[testing::MakePersonId(9)] = {.works_on_cases = false,
                                                .authorities = {kSchool.la_code}};
  EXPECT_THAT(Fields(Decide(EarlyHelp(), request, v1::DECISION_ACCEPT, "", "", 9).status()),
              ElementsAre("worker_id"));
  // Nothing of a refused decision is left.
  EXPECT_EQ(Get(EarlyHelp(), request.request_id())->version(), request.version());
  EXPECT_THAT(Published(), ElementsAre("RequestSubmitted 1"));
  EXPECT_EQ(Count("select count(*) from timeline"), 2);
}

TEST_F(Requests, AreDeclinedAndSentOnWithAReason) {
  const auto declined = Decide(EarlyHelp(), SendRequest(1), v1::DECISION_DECLINE,
                               "Supported by the school.", "support_at_school");
  ASSERT_TRUE(declined.ok()) << declined.status();
  EXPECT_EQ(declined->state(), v1::REQUEST_STATE_DECLINED);
  EXPECT_EQ(declined->decision_code(), "support_at_school");
  EXPECT_EQ(Get(SchoolStaff(), declined->request_id())->decision_note(),
            "Supported by the school.");

  const auto sent_on =
      Decide(EarlyHelp(), SendRequest(2), v1::DECISION_REDIRECT, "Housing fits better.", "housing");
  ASSERT_TRUE(sent_on.ok()) << sent_on.status();
  EXPECT_EQ(sent_on->state(), v1::REQUEST_STATE_REDIRECTED);

  const auto third = SendRequest(3);
  EXPECT_THAT(Fields(Decide(EarlyHelp(), third, v1::DECISION_DECLINE, "short", "housing").status()),
              ElementsAre("note", "code"));
  EXPECT_THAT(Fields(Decide(EarlyHelp(), third, v1::DECISION_UNSPECIFIED).status()),
              ElementsAre("decision"));
  EXPECT_EQ(Decide(EarlyHelp(), *declined, v1::DECISION_ACCEPT).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(Requests, CodesOutOfUseAreRefused) {
  database_.RunScript("update decision_code set last_day = '2026-11-01' where code = 'housing'");
  EXPECT_THAT(Fields(Decide(EarlyHelp(), SendRequest(), v1::DECISION_REDIRECT,
                            "Housing fits better.", "housing")
                         .status()),
              ElementsAre("code"));
}

TEST_F(Requests, AreWithdrawnByTheSchool) {
  const auto draft = WriteDraft(1);
  EXPECT_THAT(Fields(Withdraw(SchoolStaff(), draft, "no").status()), ElementsAre("reason"));
  EXPECT_EQ(Withdraw(SchoolStaff(), draft)->state(), v1::REQUEST_STATE_WITHDRAWN);
  EXPECT_THAT(Published(), IsEmpty()) << "nobody but the school knew of it";
  EXPECT_EQ(Get(EarlyHelp(), draft.request_id()).status().code(), absl::StatusCode::kNotFound);

  const auto sent = Withdraw(SchoolStaff(), SendRequest(2));
  ASSERT_TRUE(sent.ok()) << sent.status();
  EXPECT_THAT(Published(), ElementsAre("RequestSubmitted 1", "RequestWithdrawn 2"));
  EXPECT_EQ(Get(EarlyHelp(), sent->request_id())->state(), v1::REQUEST_STATE_WITHDRAWN);
  EXPECT_EQ(Withdraw(SchoolStaff(), *sent).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(Requests, CannotBeSentIncompleteOrWithoutConsent) {
  auto draft = *Create(SchoolStaff(), Wish());
  EXPECT_EQ(Submit(SchoolStaff(), draft).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(
      Fields(Submit(SchoolStaff(), draft).status()),
      ElementsAre("consent.consent_asked", "reason.main_reason", "reason.reason",
                  "reason.change_wanted", "needs.needs", "needs.needs_detail", "tried.tried",
                  "tried.tried_detail", "views.pupil_views_known", "views.family_views",
                  "agencies.agencies_involved", "risk.immediate_danger"));
  draft = WriteDraft();
  auto consent = fixture::GoodAnswers(kToday).at("consent");
  consent[1].second = "no";
  draft = *Save(SchoolStaff(), draft, "consent", consent);
  EXPECT_FALSE(IsCompleteIn(draft, "consent"));
  EXPECT_THAT(Fields(Submit(SchoolStaff(), draft).status()), ElementsAre("consent.consent_given"));
  EXPECT_EQ(Count("select count(*) from events.outbox"), 0);
}

TEST_F(Requests, CannotBeChangedWhileEarlyHelpDecides) {
  const auto sent = SendRequest();
  EXPECT_EQ(Save(SchoolStaff(), sent, "reason", {}).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Submit(SchoolStaff(), sent).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(Requests, AnswerStartsEmptyWhenEarlyHelpAsksAgain) {
  auto request = *Decide(EarlyHelp(), SendRequest(), v1::DECISION_ASK_FOR_MORE, kQuestion);
  request = *Save(SchoolStaff(), request, "answer", {{"answer", "With an aunt."}});
  request = *Submit(SchoolStaff(), request);
  request = *Decide(EarlyHelp(), request, v1::DECISION_ASK_FOR_MORE, "And since when is that?");
  EXPECT_EQ(request.sections(7).name(), "answer");
  EXPECT_EQ(request.sections(7).answers_size(), 0);
}

TEST_F(Requests, RepeatedChangeIsAnsweredAndNotDoneAgain) {
  const auto draft = WriteDraft();
  v1::SubmitRequestRequest request;
  request.set_request_id(draft.request_id());
  request.set_version(draft.version());
  const auto method = service::internal::FindMethod(*endpoint_, "SubmitRequest");
  service::CallInfo info;
  info.method = "pathways.referrals.v1.ReferralsService/SubmitRequest";
  info.permission = access::Permission::kWriteRequest;
  info.caller = SchoolStaff();
  info.trace = service::TraceContext::New();
  info.caller.trace_id = info.trace.trace_id;
  info.request_id = "the-same-call";
  for (int attempt = 0; attempt < 2; ++attempt) {
    service::Call call(info);
    v1::SubmitRequestResponse response;
    const auto status = (*method)->unary(call, request, &response);
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(response.request().version(), draft.version() + 1);
  }
  info.request_id = "another-call";
  service::Call call(info);
  v1::SubmitRequestResponse response;
  EXPECT_EQ((*method)->unary(call, request, &response).code(), absl::StatusCode::kAborted);
  EXPECT_THAT(Published(), ElementsAre("RequestSubmitted 1"));
}

TEST_F(Requests, AuthoritySetsHowLongADecisionMayTake) {
  const service::Endpoint settings = SettingsEndpoint(parts_);
  v1::SetDecisionDaysRequest request;
  request.set_la_code(kSchool.la_code.value());
  request.set_value(5);
  v1::SetDecisionDaysResponse response;
  ASSERT_EQ(service::CallUnary(settings, "SetDecisionDays", Manager(), request, &response),
            absl::OkStatus());
  EXPECT_EQ(response.setting().changes(0).person_id(), testing::MakePersonId(6).ToString());
  EXPECT_EQ(SendRequest().decision_due(), "2026-11-09");
}

TEST_F(Requests, AreSentAlsoWhenBankHolidaysAreNotKnownYet) {
  clock_.Set(education::Instant(std::chrono::sys_days(std::chrono::year(2030) / 12 / 24)) +
             std::chrono::hours(9));
  EXPECT_EQ(SendRequest().decision_due(), "2030-12-26");
  EXPECT_THAT(metrics_.Text(), HasSubstr("referrals_bank_holidays_unknown_total 1"));
}

TEST_F(Requests, LongTimelineIsReadInPagesAndFast) {
  const auto sent = SendRequest();
  database_.RunScript(
      "insert into timeline (pupil_id, urn, la_code, at, kind, person, role, request_id, trace_id)"
      " select r.pupil_id, r.urn, r.la_code, r.created_at - n * interval '1 minute', 'old', '', '',"
      " r.request_id, '' from request r, generate_series(1, 2000) n; analyze timeline");
  v1::ListTimelineRequest request;
  request.set_pupil_id(sent.pupil_id());
  std::size_t seen = 0;
  const auto begin = std::chrono::steady_clock::now();
  int pages = 0;
  do {
    const auto page = Ask<v1::ListTimelineResponse>(EarlyHelp(), "ListTimeline", request);
    ASSERT_TRUE(page.ok()) << page.status();
    seen += static_cast<std::size_t>(page->entries_size());
    request.set_page_token(page->next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begin);
  std::cout << pages << " pages of a timeline of 2,002 entries in " << took.count() << " ms\n";
  EXPECT_EQ(seen, 2002u);
  EXPECT_LT(took / pages, std::chrono::milliseconds(200));
}

TEST_F(Requests, AreListedByWhatMattersFirst) {
  const auto first = SendRequest(1);
  clock_.Advance(std::chrono::hours(24));
  const auto second = SendRequest(2);
  clock_.Advance(std::chrono::hours(1));
  const auto draft = WriteDraft(3);
  clock_.Advance(std::chrono::hours(48));  // Thursday: the first is late

  const auto ids = [](const std::vector<v1::Request>& requests) {
    std::vector<std::string> found;
    for (const auto& request : requests) found.push_back(request.request_id());
    return found;
  };
  EXPECT_THAT(ids(List(SchoolStaff())),
              ElementsAre(first.request_id(), second.request_id(), draft.request_id()));
  v1::ListRequestsRequest filter;
  filter.add_states(v1::REQUEST_STATE_DRAFT);
  EXPECT_THAT(ids(List(SchoolStaff(), filter)), ElementsAre(draft.request_id()));
  EXPECT_EQ(List(SchoolStaff(), filter)[0].sections_size(), 0);
  filter.Clear();
  filter.set_overdue(true);
  EXPECT_THAT(ids(List(EarlyHelp(), filter)), ElementsAre(first.request_id()));
  filter.Clear();
  filter.set_urn(kOther.urn.value());
  EXPECT_THAT(List(EarlyHelp(), filter), IsEmpty());
  filter.Clear();
  filter.set_pupil_id(testing::MakePupilId(2).ToString());
  EXPECT_THAT(List(EarlyHelp(), filter), IsEmpty());

  filter.Clear();
  filter.set_page_size(2);
  auto page = Ask<v1::ListRequestsResponse>(SchoolStaff(), "ListRequests", filter);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->requests_size(), 2);
  EXPECT_EQ(page->total(), 3);
  filter.set_page_token(page->next_page_token());
  page = Ask<v1::ListRequestsResponse>(SchoolStaff(), "ListRequests", filter);
  EXPECT_THAT(ids({page->requests().begin(), page->requests().end()}),
              ElementsAre(draft.request_id()));
  EXPECT_EQ(page->next_page_token(), "");
  filter.set_page_token("next");
  EXPECT_THAT(Fields(Ask<v1::ListRequestsResponse>(SchoolStaff(), "ListRequests", filter).status()),
              ElementsAre("page_token"));
}

TEST_F(Requests, AreCountedForWhatNeedsMe) {
  ASSERT_TRUE(Apply({Persistent(1, "2026-10-06"), Severe(2, "2026-10-07")}).ok());
  WriteDraft(1);
  SendRequest(2);
  ASSERT_TRUE(Decide(EarlyHelp(), SendRequest(3), v1::DECISION_ASK_FOR_MORE, kQuestion).ok());
  ASSERT_TRUE(Decide(EarlyHelp(), SendRequest(4), v1::DECISION_ACCEPT).ok());
  ASSERT_TRUE(Decide(EarlyHelp(), SendRequest(5), v1::DECISION_ACCEPT, "", "", 4).ok());
  clock_.Advance(std::chrono::hours(24 * 3));

  const auto counts = [&](const access::Caller& caller) {
    const auto said =
        Ask<v1::GetWorkCountsResponse>(caller, "GetWorkCounts", v1::GetWorkCountsRequest());
    EXPECT_TRUE(said.ok()) << said.status();
    return std::vector<std::int64_t>{
        said->proposals_open(), said->proposals_severe(), said->drafts(),      said->submitted(),
        said->overdue(),        said->more_asked(),       said->unallocated(), said->mine()};
  };
  EXPECT_THAT(counts(SchoolStaff()), ElementsAre(2, 1, 1, 1, 1, 1, 1, 0));
  EXPECT_THAT(counts(EarlyHelp(4)), ElementsAre(2, 1, 0, 1, 1, 1, 1, 1));
  EXPECT_THAT(counts(OtherSchool()), ElementsAre(0, 0, 0, 0, 0, 0, 0, 0));
}

}  // namespace
}  // namespace pathways::referrals
