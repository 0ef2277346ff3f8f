#include "services/panel/api/case_answer.h"

#include <algorithm>

#include "services/panel/api/messages.h"
#include "services/panel/store/case_store.h"

namespace pathways::panel {
namespace {

// As the policy of case_section says: members read the sealed pack, managers no words.
bool ReadsPages(const storage::RowScope& scope, const PanelCase& panel_case) {
  if (scope.everything) return true;
  if (scope.role == access::RoleName(access::Role::kSchool)) {
    return std::ranges::count(scope.schools, panel_case.urn.value()) > 0;
  }
  return scope.role == access::RoleName(access::Role::kInclusionOfficer) ||
         scope.role == access::RoleName(access::Role::kPanelClerk) ||
         scope.role == access::RoleName(access::Role::kPanelChair);
}

}  // namespace

absl::Status FillWhole(storage::Transaction& transaction, const PanelCase& panel_case,
                       education::Day today, v1::PanelCase* to) {
  to->Clear();
  Fill(panel_case, to);
  if (!ReadsPages(transaction.scope(), panel_case)) return absl::OkStatus();
  const auto sections = ReadSections(transaction, panel_case.id);
  if (!sections.ok()) return sections.status();
  const auto facts = ReadFacts(transaction, panel_case.id);
  if (!facts.ok()) return facts.status();
  FillSections(*sections, today, to->mutable_sections());
  FillMissing(*sections, today, to);
  FillFacts(*facts, to->mutable_facts());
  return absl::OkStatus();
}

absl::Status AnswerCase(const PanelParts& parts, const service::Call& call, const CaseId& id,
                        v1::PanelCase* to) {
  return Reading(parts, call, [&](storage::Transaction& transaction) -> absl::Status {
    const auto found = FindCase(transaction, id);
    if (!found.ok()) return found.status();
    return FillWhole(transaction, *found, parts.clock->Today(), to);
  });
}

}  // namespace pathways::panel
