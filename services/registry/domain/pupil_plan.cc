#include "services/registry/domain/pupil_plan.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace pathways::registry {
namespace {

using education::Day;
using education::EnrolmentStatus;
using education::Upn;

// The rows of one pupil, applied in order of entry to what is known of them.
class OnePupil {
 public:
  OnePupil(PupilPlan& plan, Day today, education::IdSource& ids)
      : plan_(plan), today_(today), ids_(ids) {}

  // `by_former`: the rows carry a UPN the pupil no longer has; it is not taken back.
  void Apply(const KnownPupil* known, bool by_former, const std::vector<const PupilRow*>& rows) {
    by_former_ = by_former;
    if (known != nullptr) {
      pupil_ = *known;
      stored_ = known->enrolments;
    }
    std::vector<const PupilRow*> good;
    for (const PupilRow* row : rows) {
      if (IsSamePupil(*row)) good.push_back(row);
    }
    if (good.empty()) return;
    const PupilRow& latest = *good.back();
    const bool identity_changed = Identify(known == nullptr, latest);
    const bool characteristics_changed = Characterise(known == nullptr, latest);
    for (const PupilRow* row : good) {
      const bool enrolment_changed = Enrol(*row);
      const bool is_latest = row == &latest;
      if (!enrolment_changed && !(is_latest && (identity_changed || characteristics_changed)))
        ++plan_.unchanged_rows;
    }
    Emit();
  }

 private:
  // One UPN given to two children is frequent: never join records whose surname and date of birth
  // both differ.
  bool IsSamePupil(const PupilRow& row) {
    if (!pupil_ || pupil_->identity.surname == row.identity.surname ||
        pupil_->identity.date_of_birth == row.identity.date_of_birth) {
      return true;
    }
    plan_.refusals.push_back(
        {row.row, row.raw, "upn",
         "This UPN is recorded for a pupil with another surname and date of birth.",
         "Check the UPN with the school that issued it. If the pupil's records were wrong, correct "
         "one of the two first.",
         "upn_of_another_pupil"});
    return false;
  }

  bool Identify(bool is_new, const PupilRow& row) {
    if (is_new) {
      pupil_ = KnownPupil{
          education::PupilId::New(ids_), row.identity, {std::nullopt, row.characteristics, 1}, {}};
      plan_.new_pupils.push_back({pupil_->id, row.identity, row.former_upn});
      return true;
    }
    PupilIdentity identity = row.identity;
    if (by_former_) identity.upn = pupil_->identity.upn;
    if (pupil_->identity == identity) return false;
    // A temporary number gives way to the permanent one and stays known as former.
    const auto former =
        pupil_->identity.upn != identity.upn ? std::optional(pupil_->identity.upn) : row.former_upn;
    plan_.changed_pupils.push_back({pupil_->id, identity, former});
    grouping_changed_ =
        pupil_->identity.sex != identity.sex || GroupOf(pupil_->identity) != GroupOf(identity);
    pupil_->identity = identity;
    return true;
  }

  bool Characterise(bool is_new, const PupilRow& row) {
    CharacteristicsFrom& latest = pupil_->latest;
    if (!is_new && latest.values == row.characteristics) {
      // Sex and ethnic group travel with the characteristics to whoever groups by them.
      if (grouping_changed_) Publish(row, Again(latest));
      return false;
    }
    if (!is_new) {
      const bool same_day = latest.valid_from == today_;
      latest = {today_, row.characteristics, same_day ? latest.version + 1 : 1};
    }
    Publish(row, latest);
    return true;
  }

  void Publish(const PupilRow& row, const CharacteristicsFrom& values) {
    plan_.characteristics.push_back({pupil_->id, row.identity.sex, GroupOf(row.identity), values});
  }
  static std::optional<education::EthnicGroup> GroupOf(const PupilIdentity& identity) {
    return education::EthnicGroupOf(identity.ethnicity);
  }

  static CharacteristicsFrom Again(CharacteristicsFrom values) {
    ++values.version;
    return values;
  }

  bool Enrol(const PupilRow& row) {
    const auto known = std::ranges::find_if(pupil_->enrolments, [&](const Enrolment& enrolment) {
      return enrolment.urn == row.urn && enrolment.entry_date == row.entry_date;
    });
    if (known == pupil_->enrolments.end()) {
      CloseEarlierSingles(row);
      pupil_->enrolments.push_back({education::EnrolmentId::New(ids_), pupil_->id, row.urn,
                                    row.la_code, row.entry_date, row.leaving_date, row.status, 1});
      return true;
    }
    // An empty leaving date does not take back one that is known: it may have been set by a later
    // school's entry.
    const Enrolment before = *known;
    if (row.leaving_date) known->leaving_date = row.leaving_date;
    if (row.status_given) known->status = row.status;
    return !(before == *known);
  }

  void CloseEarlierSingles(const PupilRow& row) {
    if (!row.status_given || row.status != EnrolmentStatus::kSingle) return;
    for (Enrolment& other : pupil_->enrolments) {
      const bool open = !other.leaving_date || *other.leaving_date >= row.entry_date;
      if (open && other.status == EnrolmentStatus::kSingle && other.urn != row.urn &&
          other.entry_date < row.entry_date) {
        other.leaving_date = row.entry_date - 1;
      }
    }
  }

  void Emit() {
    for (Enrolment& enrolment : pupil_->enrolments) {
      const auto before = std::ranges::find_if(
          stored_, [&](const Enrolment& stored) { return stored.id == enrolment.id; });
      if (before == stored_.end()) {
        plan_.new_enrolments.push_back(enrolment);
      } else if (!(*before == enrolment)) {
        ++enrolment.version;
        plan_.changed_enrolments.push_back(enrolment);
      } else {
        continue;
      }
      plan_.schools.insert(enrolment.urn);
    }
    const bool renumbered =
        !plan_.changed_pupils.empty() && plan_.changed_pupils.back().id == pupil_->id;
    // Registers find a pupil by the UPN on the roll: a changed identity makes every copy of the
    // roll stale.
    if (renumbered) {
      for (const Enrolment& enrolment : pupil_->enrolments) plan_.schools.insert(enrolment.urn);
    }
  }

  PupilPlan& plan_;
  Day today_;
  education::IdSource& ids_;
  std::optional<KnownPupil> pupil_;
  std::vector<Enrolment> stored_;
  bool by_former_ = false;
  bool grouping_changed_ = false;
};

// Index of the known pupil a row speaks of, by its UPN or the former one it names.
std::optional<std::size_t> FindKnown(const KnownPupils& known, const PupilRow& row) {
  if (const auto found = known.by_upn.find(row.identity.upn); found != known.by_upn.end())
    return found->second;
  if (!row.former_upn) return std::nullopt;
  if (const auto found = known.by_upn.find(*row.former_upn); found != known.by_upn.end())
    return found->second;
  return std::nullopt;
}

}  // namespace

PupilPlan PlanPupils(const KnownPupils& known, std::vector<PupilRow> rows, Day today,
                     education::IdSource& ids) {
  std::ranges::sort(
      rows, {}, [](const PupilRow& row) { return std::pair(row.identity.upn, row.entry_date); });
  PupilPlan plan;
  for (auto first = rows.begin(); first != rows.end();) {
    const auto last = std::find_if(first, rows.end(), [&](const PupilRow& row) {
      return row.identity.upn != first->identity.upn;
    });
    std::vector<const PupilRow*> of_pupil;
    for (auto row = first; row != last; ++row) of_pupil.push_back(&*row);
    const auto index = FindKnown(known, *first);
    const KnownPupil* pupil = index ? &known.pupils[*index] : nullptr;
    const bool by_former = pupil != nullptr && pupil->identity.upn != first->identity.upn &&
                           known.by_upn.contains(first->identity.upn);
    OnePupil(plan, today, ids).Apply(pupil, by_former, of_pupil);
    first = last;
  }
  return plan;
}

}  // namespace pathways::registry
