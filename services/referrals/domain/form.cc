#include "services/referrals/domain/form.h"

#include <algorithm>

namespace pathways::referrals {

const SectionForm* FindSection(std::string_view name) {
  if (name == kAnswerSection) return &AnswerSection();
  const auto found = std::ranges::find(DraftSections(), name, &SectionForm::name);
  return found == DraftSections().end() ? nullptr : &*found;
}

}  // namespace pathways::referrals
