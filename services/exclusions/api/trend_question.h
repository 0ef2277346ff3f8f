// What a request about trends asks, and what its caller may see of the answer.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/education/day.h"
#include "libs/service/call.h"
#include "libs/storage/transaction.h"
#include "pathways/exclusions/v1/trends.pb.h"
#include "services/exclusions/domain/trend_series.h"
#include "services/exclusions/store/trend_reads.h"

namespace pathways::exclusions {

// The place asked about, and how the caller stands to it.
struct TrendSight {
  education::LaCode la_code;
  Place place;
  // The caller works with the cases there: every number is shown.
  bool casework = false;
  // Otherwise: their own schools in the authority, whose figures they know.
  std::vector<TrendSchool> own = {};
  // Of the schools asked about, as published; empty: of several, or not known.
  std::string phase = {};
};

// INVALID_ARGUMENT when more than one place is named, or it is not said which authority; NOT_FOUND
// for an authority or school outside the caller's scope; PERMISSION_DENIED for a part of an
// authority of which only the whole is open to them.
absl::StatusOr<TrendSight> LookAt(storage::Transaction& transaction, const service::Call& call,
                                  const v1::TrendScope& scope);

struct TrendQuestion {
  TrendSpan span;
  std::vector<Breakdown> breakdowns;
};
// With its defaults. INVALID_ARGUMENT naming every field that is wrong.
absl::StatusOr<TrendQuestion> ReadQuestion(const v1::GetTrendRequest& request,
                                           education::Day today);

// The answer's series, with what is small hidden where the caller does not work with the cases.
// INVALID_ARGUMENT for a breakdown that does not divide the place, or that this caller cannot have.
absl::StatusOr<std::vector<TrendSeries>> AnswerSeries(storage::Transaction& transaction,
                                                      const TrendSight& sight,
                                                      const TrendQuestion& question,
                                                      education::Day today);

v1::Breakdown ToMessage(Breakdown breakdown);
v1::SchoolTerm ToMessage(SchoolTerm term);
// Nothing for unspecified or unknown.
std::optional<Breakdown> FromMessage(v1::Breakdown breakdown);

}  // namespace pathways::exclusions
