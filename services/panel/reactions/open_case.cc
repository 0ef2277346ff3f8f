#include "services/panel/reactions/open_case.h"

#include "libs/forms/reference.h"
#include "services/panel/store/case_store.h"

namespace pathways::panel {
namespace {

constexpr int kReferenceAttempts = 5;

absl::StatusOr<bool> IsThere(storage::Transaction& transaction, const PanelCase& made) {
  absl::StatusOr<std::optional<PanelCase>> known = std::optional<PanelCase>();
  if (made.exclusion) known = LockCaseOfExclusion(transaction, *made.exclusion);
  if (made.source) known = LockOpenCaseOfSource(transaction, made.origin, *made.source);
  if (!known.ok()) return known.status();
  return known->has_value();
}

// False when there is such a case already.
absl::StatusOr<bool> Insert(storage::Transaction& transaction, PanelCase& made,
                            education::IdSource& ids) {
  for (int attempt = 0; attempt < kReferenceAttempts; ++attempt) {
    made.reference = forms::MakeReference("SP", ids.NewUuid());
    const auto inserted = InsertCase(transaction, made);
    if (!inserted.ok() || *inserted) return inserted;
    const auto there = IsThere(transaction, made);
    if (!there.ok()) return there.status();
    if (*there) return false;
  }
  return absl::InternalError("no free reference was found");
}

}  // namespace

absl::Status OpenCase(storage::Transaction& transaction, PanelCase& made, const Pen& pen,
                      education::IdSource& ids) {
  CaseChange change(transaction, made);
  change.Publish(v1::CaseReferred());
  const auto inserted = Insert(transaction, made, ids);
  if (!inserted.ok()) return inserted.status();
  if (!*inserted) return absl::OkStatus();
  const std::string origin(kOriginNames.Of(made.origin));
  if (auto entry = change.Tell("case_opened", origin); !entry.ok()) return entry.status();
  return change.WriteInserted(pen, "panel case opened");
}

}  // namespace pathways::panel
