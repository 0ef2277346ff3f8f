#include "services/attendance/store/roll_question_store.h"

#include "libs/storage/sql.h"
#include "services/attendance/store/codecs.h"

namespace pathways::attendance {
namespace {

using education::Day;
using education::PupilId;
using education::Urn;

constexpr storage::Sql kOnRoll = R"(
  select exists (select from enrolment e
                 where e.pupil_id = q.pupil_id and e.urn = q.urn and e.entry_date <= q.day
                   and coalesce(e.leaving_date, 'infinity') >= q.day) as on_roll
  from unnest($1::uuid[], $2::int[], $3::date[]) with ordinality as q(pupil_id, urn, day, place)
  order by q.place)";

}  // namespace

absl::StatusOr<std::vector<bool>> ReadOnRoll(storage::Transaction& transaction,
                                             std::span<const RollQuestion> questions) {
  std::vector<PupilId> pupils;
  std::vector<Urn> urns;
  std::vector<Day> days;
  for (const RollQuestion& question : questions) {
    pupils.push_back(question.pupil);
    urns.push_back(question.urn);
    days.push_back(question.day);
  }
  const auto rows = transaction.Query(kOnRoll, pupils, urns, days);
  if (!rows.ok()) return rows.status();
  std::vector<bool> answers;
  for (const auto& row : *rows) answers.push_back(row.Get<bool>("on_roll"));
  return answers;
}

}  // namespace pathways::attendance
