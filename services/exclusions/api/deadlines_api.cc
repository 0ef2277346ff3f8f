// What is owed, and how much needs somebody.
#include <map>
#include <string>
#include <vector>

#include "libs/service/paging.h"
#include "services/exclusions/api/answers.h"
#include "services/exclusions/api/calls.h"
#include "services/exclusions/api/messages.h"
#include "services/exclusions/store/clock_store.h"
#include "services/exclusions/store/exclusion_store.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using education::Day;
using service::Call;
using storage::Transaction;

// "Soon", in school days.
constexpr int kSoon = 5;
// Five school days are never further away than the summer holidays are long.
constexpr int kFurthestDays = 70;

absl::StatusOr<DeadlineFilter> ReadFilter(const v1::ListDeadlinesRequest& request, Day today) {
  service::FieldViolations wrong;
  DeadlineFilter filter{.urn = request.urn(),
                        .step = request.step(),
                        .late = request.late(),
                        .until = ReadDay("until", request.until(), wrong),
                        .owner = request.owner(),
                        .today = today};
  if (!filter.step.empty() && !StepFromName(filter.step)) {
    wrong.Add("step", "There is no such step");
  }
  if (!filter.owner.empty() && !OwnerFromName(filter.owner)) {
    wrong.Add("owner", "Choose school, governing_board, local_authority or parents");
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return filter;
}

absl::Status FillDeadlines(Transaction& transaction, const ExclusionsParts& parts, const Call& call,
                           const DeadlinePage& page, v1::ListDeadlinesResponse* response) {
  std::vector<ExclusionId> ids;
  for (const auto& [id, row] : page.deadlines) ids.push_back(id);
  const auto exclusions = ReadExclusionsById(transaction, ids);
  if (!exclusions.ok()) return exclusions.status();
  std::map<ExclusionId, const KeptExclusion*> by_id;
  for (const KeptExclusion& kept : *exclusions) by_id.emplace(kept.exclusion.id, &kept);
  std::set<SchoolKey> schools;
  std::vector<KeptExclusion> listed;
  std::vector<v1::Exclusion*> filled;
  for (const auto& [id, row] : page.deadlines) {
    const auto found = by_id.find(id);
    if (found == by_id.end()) continue;
    listed.push_back(*found->second);
    schools.insert({listed.back().exclusion.urn, listed.back().exclusion.la_code});
  }
  const auto calendars = parts.calendars->Read(transaction, schools);
  if (!calendars.ok()) return calendars.status();
  for (const auto& [id, row] : page.deadlines) {
    const auto found = by_id.find(id);
    if (found == by_id.end()) continue;
    const Exclusion& exclusion = found->second->exclusion;
    v1::Deadline* deadline = response->add_deadlines();
    filled.push_back(deadline->mutable_exclusion());
    Fill(row, exclusion, *calendars->at(exclusion.urn), parts.clock->Today(),
         deadline->mutable_step());
  }
  if (auto status = FillListed(transaction, parts, listed, filled); !status.ok()) return status;
  return RecordReads(transaction, call, *exclusions, "deadline of an exclusion in a list");
}

absl::Status List(const ExclusionsParts& parts, const Call& call,
                  const v1::ListDeadlinesRequest& request, v1::ListDeadlinesResponse* response) {
  const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(),
                                              {.otherwise = 50, .most = 200});
  if (!page.ok()) return page.status();
  auto filter = ReadFilter(request, parts.clock->Today());
  if (!filter.ok()) return filter.status();
  filter->offset = page->offset;
  filter->limit = page->size;
  return Reading(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto found = ListDeadlines(transaction, *filter);
    if (!found.ok()) return found.status();
    response->Clear();
    auto status = FillDeadlines(transaction, parts, call, *found, response);
    if (!status.ok()) return status;
    response->set_total(found->total);
    response->set_next_page_token(page->NextToken(found->deadlines.size(), found->total));
    return absl::OkStatus();
  });
}

absl::StatusOr<std::int64_t> CountDueSoon(Transaction& transaction, const ExclusionsParts& parts) {
  const Day today = parts.clock->Today();
  const auto due = CountDue(transaction, today, today + kFurthestDays);
  if (!due.ok()) return due.status();
  std::set<SchoolKey> schools;
  for (const DueCount& count : *due) schools.insert({count.urn, count.la_code});
  const auto calendars = parts.calendars->Read(transaction, schools);
  if (!calendars.ok()) return calendars.status();
  std::int64_t soon = 0;
  for (const DueCount& count : *due) {
    if (SchoolDaysLeft(count.due, *calendars->at(count.urn), today) <= kSoon) soon += count.steps;
  }
  return soon;
}

absl::Status CountAll(const ExclusionsParts& parts, const Call& call,
                      v1::GetWorkCountsResponse* response) {
  return Reading(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto counts = CountWork(transaction, parts.clock->Today());
    if (!counts.ok()) return counts.status();
    const auto soon = CountDueSoon(transaction, parts);
    if (!soon.ok()) return soon.status();
    response->set_late(counts->late);
    response->set_due_soon(*soon);
    response->set_drafts(counts->drafts);
    response->set_permanent_open(counts->permanent_open);
    response->set_suspended_today(counts->suspended_today);
    return absl::OkStatus();
  });
}

}  // namespace

void AddDeadlines(service::Endpoint& endpoint, const ExclusionsParts& parts) {
  endpoint
      .Unary<v1::ListDeadlinesRequest, v1::ListDeadlinesResponse>(
          "ListDeadlines", Permission::kReadExclusion,
          [&parts](Call& call, const auto& q, auto* r) { return List(parts, call, q, r); })
      .Unary<v1::GetWorkCountsRequest, v1::GetWorkCountsResponse>(
          "GetWorkCounts", Permission::kReadExclusion,
          [&parts](Call& call, const auto&, auto* r) { return CountAll(parts, call, r); });
}

}  // namespace pathways::exclusions
