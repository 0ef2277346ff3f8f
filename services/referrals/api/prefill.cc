#include "services/referrals/api/prefill.h"

#include <string>
#include <string_view>

#include "libs/education/pupil_characteristics.h"
#include "libs/service/log.h"

namespace pathways::referrals {
namespace {

constexpr std::string_view kRegistry = "registry";
constexpr std::string_view kAttendance = "attendance";

class FactList {
 public:
  explicit FactList(education::Instant now) : now_(now) {}

  void Add(std::string_view source, std::string_view key, std::string_view value) {
    facts_.push_back({std::string(key), std::string(value), std::string(source), now_});
  }
  std::vector<Fact> Take() { return std::move(facts_); }

 private:
  education::Instant now_;
  std::vector<Fact> facts_;
};

void Warn(const ReferralsParts& parts, std::string_view source, const absl::Status& status) {
  service::LogWarning("a draft is made without some facts",
                      {{"source", source}, {"error", status}});
  parts.metrics
      ->GetCounter("referrals_facts_missing_total",
                   "Drafts made although a service could not tell its facts",
                   {{"source", std::string(source)}})
      .Add();
}

void AddPupil(const absl::StatusOr<PupilFacts>& pupil, FactList& list) {
  const auto add = [&](std::string_view key, std::string_view value) {
    list.Add(kRegistry, key, pupil.ok() ? value : "");
  };
  const PupilFacts* facts = pupil.ok() ? &*pupil : nullptr;
  add("year_group", facts ? facts->year_group : "");
  add("sen_provision", facts ? facts->sen_provision : "");
  add("pupil_premium", education::YesNoToString(facts && facts->pupil_premium));
  add("looked_after", education::YesNoToString(facts && facts->looked_after));
}

void AddAttendance(const absl::StatusOr<AttendanceFacts>& attendance, FactList& list) {
  const AttendanceFacts facts = attendance.ok() ? *attendance : AttendanceFacts();
  const auto add = [&](std::string_view key, const std::string& value) {
    list.Add(kAttendance, key, attendance.ok() ? value : "");
  };
  add("sessions_possible", std::to_string(facts.possible));
  add("sessions_attended", std::to_string(facts.attended));
  add("sessions_absent", std::to_string(facts.authorised + facts.unauthorised));
  add("sessions_authorised", std::to_string(facts.authorised));
  add("sessions_unauthorised", std::to_string(facts.unauthorised));
  add("absence", facts.absence);
  if (!facts.absence_since.empty()) add("absence_since", facts.absence_since);
}

bool IsRefusal(const absl::Status& status) {
  return absl::IsNotFound(status) || absl::IsPermissionDenied(status) ||
         absl::IsInvalidArgument(status);
}

}  // namespace

absl::StatusOr<Prefilled> Prefill(const ReferralsParts& parts, const service::Call& call,
                                  const DraftWish& wish, const std::optional<Proposal>& proposal) {
  const auto pupil = parts.facts->OfPupil(call, wish.pupil, wish.urn);
  if (!pupil.ok() && (IsRefusal(pupil.status()) || !proposal)) return pupil.status();
  const education::LaCode la_code = pupil.ok() ? pupil->la_code : proposal->la_code;
  if (!call.caller().scope.CoversSchool(wish.urn, la_code)) {
    return absl::NotFoundError("There is no such school");
  }
  if (!pupil.ok()) Warn(parts, kRegistry, pupil.status());
  const auto attendance = parts.facts->OfAttendance(call, wish.pupil, wish.urn);
  if (!attendance.ok()) Warn(parts, kAttendance, attendance.status());

  FactList list(parts.clock->Now());
  AddPupil(pupil, list);
  if (proposal) {
    list.Add(kAttendance, "proposal_kind", proposal->kind);
    list.Add(kAttendance, "proposal_day", proposal->figures.day.ToIso());
  }
  AddAttendance(attendance, list);
  return Prefilled{la_code, list.Take()};
}

}  // namespace pathways::referrals
