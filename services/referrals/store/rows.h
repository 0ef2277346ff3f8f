// Rows as the domain's values. What the database holds was checked when it was written: text it
// cannot read back is a fault of the program and thrown as BadColumn.
#pragma once

#include "libs/storage/rows.h"
#include "services/referrals/domain/form.h"
#include "services/referrals/domain/proposal.h"
#include "services/referrals/domain/request.h"

namespace pathways::referrals {

// With the columns of `proposal` and `dismissed_reason`.
Proposal ReadProposal(const storage::Row& row);
// With the columns of `request` and `decision_note`.
Request ReadRequest(const storage::Row& row);

// As kept in jsonb: {"key": "value"}.
Answers AnswersFromJson(std::string_view json);

}  // namespace pathways::referrals
