#include "libs/education/session.h"

#include "absl/status/status.h"
#include "libs/education/text.h"

namespace pathways::education {

absl::StatusOr<Session> ParseSession(std::string_view text) {
  const std::string code = internal::CodeText(text);
  if (code == "AM") return Session::kMorning;
  if (code == "PM") return Session::kAfternoon;
  return absl::InvalidArgumentError("a session must be AM or PM");
}

std::string_view ToString(Session session) { return session == Session::kMorning ? "AM" : "PM"; }

}  // namespace pathways::education
