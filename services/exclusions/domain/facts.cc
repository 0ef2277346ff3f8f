#include "services/exclusions/domain/facts.h"

#include "absl/status/status.h"

namespace pathways::exclusions {
namespace {

std::vector<std::string> NotBlank(const std::vector<std::string>& codes) {
  std::vector<std::string> given;
  for (const std::string& code : codes) {
    if (code.find_first_not_of(" \t") != std::string::npos) given.push_back(code);
  }
  return given;
}

}  // namespace

std::optional<education::Day> DecidedOn(const Facts& facts) {
  return facts.decided_on ? facts.decided_on : facts.start;
}

absl::StatusOr<Exclusion> MakeExclusion(const Whom& whom, const Facts& facts) {
  if (!facts.kind || !facts.start) {
    return absl::FailedPreconditionError("an exclusion needs its kind and its first day");
  }
  const auto reasons = Reasons::Parse(NotBlank(facts.reasons));
  if (!reasons.ok()) return absl::FailedPreconditionError(reasons.status().message());
  const bool permanent = *facts.kind == Kind::kPermanent;
  const auto length = HalfDays::FromInt(permanent ? 0 : facts.half_days);
  if (!length.ok()) return absl::FailedPreconditionError(length.status().message());
  const bool has_session = *facts.kind == Kind::kSuspension;
  return Exclusion{
      .id = whom.id,
      .pupil = whom.pupil,
      .urn = whom.urn,
      .la_code = whom.la_code,
      .kind = *facts.kind,
      .start = *facts.start,
      .start_session = has_session ? facts.start_session : education::Session::kMorning,
      .half_days = *length,
      .reasons = *reasons,
      .decided_on = *DecidedOn(facts),
      .exam_on = facts.exam_on,
      .pupil_then = whom.pupil_then,
  };
}

}  // namespace pathways::exclusions
