#include "services/attendance/store/figures_store.h"

#include <utility>

#include "libs/storage/sql.h"
#include "services/attendance/domain/running_sums.h"
#include "services/attendance/store/codecs.h"
#include "services/attendance/store/enrolment_store.h"
#include "services/attendance/store/register_store.h"

namespace pathways::attendance {
namespace {

using education::AcademicYear;
using education::Day;
using education::EnrolmentId;
using education::SessionSums;
using education::Urn;
using storage::Sql;
using storage::Transaction;

using SlotsByRoll = std::map<RollKey, std::shared_ptr<const Slots>>;

constexpr Sql kReadBlocks = R"(
  select distinct on (urn, day) urn, day, marks from day_block
  where urn = any($1::int[]) and day between $2 and $3 and ($4::timestamptz is null or recorded_at <= $4)
  order by urn, day, version desc)";

constexpr Sql kReadLastDays = R"(
  select urn, max(day) as day from day_sums where urn = any($1::int[]) and day between $2 and $3 group by urn)";

void AddRow(const SumsRow& row, const Slots& slots, SumsByEnrolment& sums) {
  for (std::uint32_t slot = 0; slot < row.size() && slot < slots.size(); ++slot) {
    if (row[slot] != SessionSums{}) sums[slots.enrolments()[slot]] += row[slot];
  }
}

// The difference of two rows for each school and academic year.
absl::StatusOr<SumsByEnrolment> SumsNow(Transaction& transaction, const SlotsByRoll& slots,
                                        const FiguresQuery& query) {
  std::vector<SchoolLookback> wanted;
  for (const auto& [roll, roll_slots] : slots) {
    wanted.push_back({roll.urn, {roll.year, std::min(query.to, roll.year.last()) + 1}});
    if (query.from > roll.year.first()) wanted.push_back({roll.urn, {roll.year, query.from}});
  }
  auto rows = ReadLookbacks(transaction, wanted);
  if (!rows.ok()) return rows.status();
  SumsByEnrolment sums;
  for (const auto& [roll, roll_slots] : slots) {
    const auto last = rows->find({roll.urn, {roll.year, std::min(query.to, roll.year.last()) + 1}});
    if (last == rows->end()) continue;
    const auto before = rows->find({roll.urn, {roll.year, query.from}});
    AddRow(Between(before == rows->end() ? SumsRow() : before->second, last->second), *roll_slots,
           sums);
  }
  return sums;
}

absl::StatusOr<SumsByEnrolment> SumsAsKnown(Transaction& transaction, const SlotsByRoll& slots,
                                            const FiguresQuery& query) {
  std::map<RollKey, SumsRow> rows;
  absl::Status status =
      ReadBlocks(transaction, query, [&](Urn urn, Day day, std::string_view marks) {
        AddDay(marks, day, rows[{urn, AcademicYear::Of(day)}]);
      });
  if (!status.ok()) return status;
  SumsByEnrolment sums;
  for (const auto& [roll, row] : rows) {
    if (const auto roll_slots = slots.find(roll); roll_slots != slots.end())
      AddRow(row, *roll_slots->second, sums);
  }
  return sums;
}

}  // namespace

absl::Status ReadBlocks(Transaction& transaction, const FiguresQuery& query,
                        const VisitBlock& visit) {
  auto rows = transaction.Query(kReadBlocks, query.urns, query.from, query.to, query.known_at);
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows)
    visit(row.Get<Urn>(0), row.Get<Day>(1), row.Get<storage::Bytes>(2).data);
  return absl::OkStatus();
}

absl::StatusOr<std::map<Urn, Day>> ReadLastDays(Transaction& transaction,
                                                const FiguresQuery& query) {
  auto rows = transaction.Query(kReadLastDays, query.urns, query.from, query.to);
  if (!rows.ok()) return rows.status();
  std::map<Urn, Day> last;
  for (const auto& row : *rows) last.emplace(row.Get<Urn>("urn"), row.Get<Day>("day"));
  return last;
}

absl::StatusOr<SumsByEnrolment> ReadSums(Transaction& transaction, SlotCache& cache,
                                         const FiguresQuery& query) {
  auto rolls = ReadRolls(transaction, query.urns, AcademicYear::Of(query.from));
  if (!rolls.ok()) return rolls.status();
  std::erase_if(*rolls,
                [&](const auto& roll) { return roll.first.year > AcademicYear::Of(query.to); });
  auto slots = ReadSlots(transaction, cache, *rolls);
  if (!slots.ok()) return slots.status();
  return query.known_at ? SumsAsKnown(transaction, *slots, query)
                        : SumsNow(transaction, *slots, query);
}

absl::StatusOr<std::vector<EnrolmentFigures>> ReadFigures(Transaction& transaction,
                                                          SlotCache& cache,
                                                          const FiguresQuery& query) {
  auto sums = ReadSums(transaction, cache, query);
  if (!sums.ok()) return sums.status();
  const EnrolmentQuery who{query.urns, query.from, query.to, query.known_at};
  auto enrolments = ReadEnrolments(transaction, who);
  if (!enrolments.ok()) return enrolments.status();
  auto histories = ReadCharacteristics(transaction, who);
  if (!histories.ok()) return histories.status();

  std::vector<EnrolmentFigures> figures;
  figures.reserve(enrolments->size());
  for (const EnrolmentRow& row : *enrolments) {
    EnrolmentFigures one{row.school, row.enrolment, row.pupil, {}, {}};
    if (const auto found = sums->find(row.enrolment); found != sums->end())
      one.sums = found->second;
    if (const auto history = histories->find(row.pupil); history != histories->end()) {
      one.characteristics = history->second.On(GroupDay(query.to, row.leaving));
    }
    figures.push_back(std::move(one));
  }
  return figures;
}

}  // namespace pathways::attendance
