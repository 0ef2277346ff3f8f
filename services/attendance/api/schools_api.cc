// Schools' attendance, and their enrolments to act on.
#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "libs/education/attendance_code.h"
#include "libs/service/paging.h"
#include "libs/storage/run_in_transaction.h"
#include "pathways/attendance/v1/service.pb.h"
#include "services/attendance/api/attendance_api.h"
#include "services/attendance/api/messages.h"
#include "services/attendance/api/request_span.h"
#include "services/attendance/domain/figures.h"
#include "services/attendance/store/enrolment_store.h"
#include "services/attendance/store/figures_store.h"

namespace pathways::attendance {
namespace {

using access::Permission;
using education::Day;
using education::GroupMeasure;
using education::SessionSums;
using education::Urn;
using service::Call;
using storage::Transaction;

absl::StatusOr<Urn> ReadUrn(std::int32_t value, service::FieldViolations& wrong) {
  auto urn = Urn::FromInt(value);
  wrong.AddIfError("urn", urn.status());
  return urn;
}

// Sums of all pupils of a school's registers, by day.
using TotalsByDay = std::map<Day, GroupMeasure>;

TotalsByDay::mapped_type TotalOf(std::string_view marks, Day day) {
  const auto& counts = education::CountsFor(day);
  GroupMeasure total;
  for (const char mark : marks) {
    const SessionSums& count = counts[static_cast<unsigned char>(mark)];
    total.possible += count.possible;
    total.attended += count.attended;
    total.authorised += count.authorised;
    total.unauthorised += count.unauthorised;
  }
  return total;
}

void FillWeeks(const TotalsByDay& days, v1::GetSchoolAttendanceResponse* response) {
  std::map<Day, GroupMeasure> weeks;
  for (const auto& [day, total] : days) weeks[day.Monday()] += total;
  for (const auto& [monday, total] : weeks) {
    v1::WeekSums* week = response->add_weeks();
    week->set_monday(monday.ToIso());
    week->mutable_sessions()->set_possible(total.possible);
    week->mutable_sessions()->set_attended(total.attended);
    week->mutable_sessions()->set_authorised(total.authorised);
    week->mutable_sessions()->set_unauthorised(total.unauthorised);
  }
}

void FillGroups(const std::vector<EnrolmentFigures>& figures,
                v1::GetSchoolAttendanceResponse* response) {
  Fill(Measure(figures, std::nullopt)[std::string(education::kTotal)], education::kTotal,
       education::kTotal, response->mutable_total());
  for (const education::BreakdownTopic topic : education::AllBreakdownTopics()) {
    for (const auto& [value, group] : Measure(figures, topic)) {
      Fill(group, education::ToString(topic), value, response->add_groups());
    }
  }
}

class Schools {
 public:
  explicit Schools(const AttendanceParts& parts) : parts_(parts) {}

  absl::Status Get(Call& call, const v1::GetSchoolAttendanceRequest& request,
                   v1::GetSchoolAttendanceResponse* response) const {
    service::FieldViolations wrong;
    const auto urn = ReadUrn(request.urn(), wrong);
    const RequestSpan span =
        ReadSpan(request.from(), request.to(), request.as_known(), *parts_.clock, wrong);
    if (!wrong.empty()) return wrong.ToStatus();
    auto calendar = CalendarOf(call, *urn);
    if (!calendar.ok()) return calendar.status();
    std::vector<EnrolmentFigures> figures;
    TotalsByDay days;
    absl::Status status = storage::RunInTransaction(
        *parts_.pool, call.RowScope(), call.deadline(),
        [&](Transaction& transaction) -> absl::Status {
          days.clear();
          return ReadSchoolFigures(transaction, call, *urn, span, figures, days);
        });
    if (!status.ok()) return status;
    FillGroups(figures, response);
    FillWeeks(days, response);
    if (!days.empty()) response->set_data_up_to(days.rbegin()->first.ToIso());
    for (const Day day : (*calendar)->school_days()) {
      const bool inside = span.from <= day && !days.empty() && day <= days.rbegin()->first;
      if (inside && !days.contains(day)) response->add_days_without_register(day.ToIso());
    }
    response->set_from(span.from.ToIso());
    response->set_to(span.to.ToIso());
    return absl::OkStatus();
  }

  absl::Status ListEnrolments(Call& call, const v1::ListEnrolmentAttendanceRequest& request,
                              v1::ListEnrolmentAttendanceResponse* response) const {
    service::FieldViolations wrong;
    const auto urn = ReadUrn(request.urn(), wrong);
    const RequestSpan span = ReadSpan(request.from(), request.to(), "", *parts_.clock, wrong);
    if (!wrong.empty()) return wrong.ToStatus();
    const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(),
                                                {.otherwise = 50, .most = 200});
    if (!page.ok()) return page.status();
    std::optional<Day> last;
    auto figures = storage::RunInTransaction(
        *parts_.pool, call.RowScope(), call.deadline(), [&](Transaction& transaction) {
          return ReadEnrolmentFigures(transaction, call, *urn, span, last);
        });
    if (!figures.ok()) return figures.status();
    std::erase_if(*figures, [&](const EnrolmentFigures& row) { return !Wanted(row, request); });
    Sort(request.order(), *figures);
    const auto begin = std::min(figures->size(), static_cast<std::size_t>(page->offset));
    const auto end = std::min(figures->size(), begin + static_cast<std::size_t>(page->size));
    for (std::size_t i = begin; i < end; ++i) FillRow((*figures)[i], response->add_rows());
    response->set_total(std::ssize(*figures));
    response->set_next_page_token(page->NextToken(end - begin, std::ssize(*figures)));
    if (last) response->set_data_up_to(last->ToIso());
    return absl::OkStatus();
  }

  absl::Status List(Call& call, const v1::ListSchoolAttendanceRequest& request,
                    v1::ListSchoolAttendanceResponse* response) const {
    service::FieldViolations wrong;
    const RequestSpan span = ReadSpan(request.from(), request.to(), "", *parts_.clock, wrong);
    std::optional<education::LaCode> authority;
    if (request.la_code() != 0) {
      const auto la_code = education::LaCode::FromInt(request.la_code());
      wrong.AddIfError("la_code", la_code.status());
      if (la_code.ok()) authority = *la_code;
    }
    if (!wrong.empty()) return wrong.ToStatus();
    return storage::RunInTransaction(*parts_.pool, call.RowScope(), call.deadline(),
                                     [&](Transaction& transaction) -> absl::Status {
                                       response->Clear();
                                       return FillSchools(transaction, call, authority, span,
                                                          response);
                                     });
  }

 private:
  // Also answers NOT_FOUND where the caller may not see the school.
  absl::StatusOr<std::shared_ptr<const education::SchoolCalendar>> CalendarOf(const Call& call,
                                                                              Urn urn) const {
    auto visible = parts_.rolls->Visible(call);
    if (!visible.ok()) return visible.status();
    const auto versions = visible->find(urn);
    if (versions == visible->end()) return absl::NotFoundError("There is no such school.");
    return parts_.rolls->GetCalendar(call, urn, versions->second);
  }

  absl::Status ReadSchoolFigures(Transaction& transaction, const Call& call, Urn urn,
                                 const RequestSpan& span, std::vector<EnrolmentFigures>& figures,
                                 TotalsByDay& days) const {
    auto school = ReadSchool(transaction, urn);
    if (absl::IsNotFound(school.status()))
      return absl::OkStatus();  // known to the registry, no pupils yet
    if (!school.ok()) return school.status();
    const FiguresQuery query{{urn}, span.from, span.to, span.known_at};
    auto read = ReadFigures(transaction, *parts_.slots, query);
    if (!read.ok()) return read.status();
    figures = *std::move(read);
    absl::Status status = ReadBlocks(transaction, query, [&](Urn, Day day, std::string_view marks) {
      days[day] = TotalOf(marks, day);
    });
    if (!status.ok()) return status;
    return Record(
        transaction, call,
        SchoolEntry(access::Action::kRead, *school, SpanDetail("attendance", span.from, span.to)));
  }

  absl::StatusOr<std::vector<EnrolmentFigures>> ReadEnrolmentFigures(
      Transaction& transaction, const Call& call, Urn urn, const RequestSpan& span,
      std::optional<Day>& last) const {
    auto school = ReadSchool(transaction, urn);
    if (!school.ok()) return school.status();
    const FiguresQuery query{{urn}, span.from, span.to, std::nullopt};
    auto days = ReadLastDays(transaction, query);
    if (!days.ok()) return days.status();
    if (!days->empty()) last = days->begin()->second;
    absl::Status status = Record(transaction, call,
                                 SchoolEntry(access::Action::kRead, *school,
                                             SpanDetail("pupils' attendance", span.from, span.to)));
    if (!status.ok()) return status;
    return ReadFigures(transaction, *parts_.slots, query);
  }

  absl::Status FillSchools(Transaction& transaction, const Call& call,
                           std::optional<education::LaCode> authority, const RequestSpan& span,
                           v1::ListSchoolAttendanceResponse* response) const {
    auto schools = ReadSchools(transaction, authority);
    if (!schools.ok()) return schools.status();
    FiguresQuery query{{}, span.from, span.to, std::nullopt};
    for (const SchoolKey& school : *schools) query.urns.push_back(school.urn);
    auto figures = ReadFigures(transaction, *parts_.slots, query);
    if (!figures.ok()) return figures.status();
    auto last = ReadLastDays(transaction, query);
    if (!last.ok()) return last.status();
    std::map<Urn, GroupMeasure> by_school;
    for (const EnrolmentFigures& row : *figures) by_school[row.school.urn].Add(row.sums);
    GroupMeasure total;
    std::vector<access::AccessEntry> entries;
    for (const SchoolKey& school : *schools) {
      v1::SchoolSums* sums = response->add_schools();
      sums->set_urn(school.urn.value());
      Fill(by_school[school.urn], education::kTotal, education::kTotal, sums->mutable_total());
      if (const auto day = last->find(school.urn); day != last->end())
        sums->set_data_up_to(day->second.ToIso());
      total += by_school[school.urn];
      entries.push_back(SchoolEntry(access::Action::kRead, school,
                                    SpanDetail("school figures", span.from, span.to)));
    }
    Fill(total, education::kTotal, education::kTotal, response->mutable_total());
    if (entries.empty()) return absl::OkStatus();
    return access::RecordAccess(transaction, call.AccessContext(), entries);
  }

  static absl::Status Record(Transaction& transaction, const Call& call,
                             const access::AccessEntry& entry) {
    return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
  }

  static bool Wanted(const EnrolmentFigures& row,
                     const v1::ListEnrolmentAttendanceRequest& request) {
    if (request.filter() == v1::ATTENDANCE_FILTER_PERSISTENT && !education::IsPersistent(row.sums))
      return false;
    if (request.filter() == v1::ATTENDANCE_FILTER_SEVERE && !education::IsSevere(row.sums))
      return false;
    return request.year_group().empty() ||
           education::BreakdownValue(education::BreakdownTopic::kYearGroup, row.characteristics) ==
               request.year_group();
  }

  // Rates compared as fractions; those without a possible session last; equal ones in a fixed
  // order.
  static void Sort(v1::AttendanceOrder order, std::vector<EnrolmentFigures>& rows) {
    const auto less_absent = [](const SessionSums& a, const SessionSums& b) {
      return a.absent() * b.possible < b.absent() * a.possible;
    };
    std::sort(rows.begin(), rows.end(), [&](const EnrolmentFigures& a, const EnrolmentFigures& b) {
      if ((a.sums.possible == 0) != (b.sums.possible == 0)) return b.sums.possible == 0;
      if (order == v1::ATTENDANCE_ORDER_MOST_UNAUTHORISED &&
          a.sums.unauthorised != b.sums.unauthorised) {
        return a.sums.unauthorised > b.sums.unauthorised;
      }
      const bool least_first = order == v1::ATTENDANCE_ORDER_LEAST_ABSENT;
      if (less_absent(a.sums, b.sums)) return least_first;
      if (less_absent(b.sums, a.sums)) return !least_first;
      return a.enrolment < b.enrolment;
    });
  }

  static void FillRow(const EnrolmentFigures& from, v1::EnrolmentRow* to) {
    to->set_enrolment_id(from.enrolment.ToString());
    to->set_pupil_id(from.pupil.ToString());
    Fill(from.sums, to->mutable_sessions());
    to->set_persistent(education::IsPersistent(from.sums));
    to->set_severe(education::IsSevere(from.sums));
    if (from.characteristics.year_group)
      to->set_year_group(from.characteristics.year_group->ToString());
  }

  const AttendanceParts& parts_;
};

}  // namespace

void AddSchools(service::Endpoint& endpoint, const AttendanceParts& parts) {
  endpoint
      .Unary<v1::GetSchoolAttendanceRequest, v1::GetSchoolAttendanceResponse>(
          "GetSchoolAttendance", Permission::kReadAggregates,
          [&parts](Call& call, const auto& q, auto* r) { return Schools(parts).Get(call, q, r); })
      .Unary<v1::ListEnrolmentAttendanceRequest, v1::ListEnrolmentAttendanceResponse>(
          "ListEnrolmentAttendance", Permission::kReadAttendance,
          [&parts](Call& call, const auto& q, auto* r) {
            return Schools(parts).ListEnrolments(call, q, r);
          })
      .Unary<v1::ListSchoolAttendanceRequest, v1::ListSchoolAttendanceResponse>(
          "ListSchoolAttendance", Permission::kReadAggregates,
          [&parts](Call& call, const auto& q, auto* r) { return Schools(parts).List(call, q, r); });
}

}  // namespace pathways::attendance
