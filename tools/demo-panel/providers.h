// The providers of alternative provision of the demonstration borough, all invented.
#pragma once

#include <string>
#include <vector>

#include "libs/education/day.h"
#include "pathways/panel/v1/service.pb.h"

namespace pathways::demo_panel {

struct DemoProvider {
  panel::v1::Provider provider;  // version 0, ids as they always are
  std::vector<panel::v1::ProviderCheck> checks;
  std::vector<panel::v1::Programme> programmes;
  std::vector<std::string> people;  // names of those who work there
};

// Checks lie in the year before `today`; one of one provider is overdue and one is missing, so that
// there is something to put right. The same day gives the same providers.
std::vector<DemoProvider> DemoProviders(education::Day today);

}  // namespace pathways::demo_panel
