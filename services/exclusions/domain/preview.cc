#include "services/exclusions/domain/preview.h"

#include <algorithm>

namespace pathways::exclusions {
namespace {

constexpr std::string_view kGuidance = "Guidance on suspension and permanent exclusion, 2023";
constexpr std::string_view kPlan = "The authority's inclusion plan (practice)";

// Collects the warnings that hold.
class Warner {
 public:
  Warner(const Exclusion& exclusion, const StatutoryClock& clock, bool history)
      : exclusion_(exclusion), clock_(clock), history_(history) {}

  std::vector<Warning> Warn() {
    Limit();
    Pupil();
    Law();
    return std::move(warnings_);
  }

 private:
  void Add(Warning warning) { warnings_.push_back(std::move(warning)); }
  bool permanent() const { return exclusion_.kind == Kind::kPermanent; }
  std::string days_in_term() const { return clock_.totals.in_term.ToDays(); }

  void Limit();
  void Pupil();
  void Law();
  void Term();
  void Provision();

  const Exclusion& exclusion_;
  const StatutoryClock& clock_;
  const bool history_;
  std::vector<Warning> warnings_;
};

void Warner::Limit() {
  if (!clock_.over_limit) return;
  Add({.code = "over_45_days",
       .text = "This brings the pupil to " + clock_.totals.HigherYear().ToDays() +
               " days of suspension in the school year. The law allows no more than " +
               clock_.rules->year_limit.ToDays() + ".",
       .to_do = "Shorten it, or plan other support with the authority",
       .source = "SI 2012/1033 regs. 4, 13 and 22",
       .refuses = !history_,
       .must_be_seen = true});
}

void Warner::Pupil() {
  const PupilThen& pupil = exclusion_.pupil_then;
  if (pupil.primary) {
    Add({.code = "primary",
         .text = "This is a primary pupil. The authority's aim is that none is excluded.",
         .to_do = "Ask the inclusion team for support before you decide",
         .source = kPlan,
         .must_be_seen = true});
  }
  if (pupil.has_ehcp) {
    Add({.code = "has_ehcp",
         .text = "The pupil has an education, health and care plan. Exclusion is a last resort.",
         .to_do = "Call an early annual review, and ask the authority what else can be provided",
         .source = kGuidance,
         .must_be_seen = true});
  }
  if (pupil.looked_after) {
    Add({.code = "looked_after",
         .text = "The pupil is looked after. Exclusion is a last resort.",
         .to_do = "Speak to the virtual school head and the designated teacher first",
         .source = kGuidance,
         .must_be_seen = true});
  }
  if (pupil.has_social_worker) {
    Add({.code = "has_social_worker",
         .text = "The pupil has a social worker.",
         .to_do = "Speak to the social worker and the designated safeguarding lead first",
         .source = kGuidance,
         .must_be_seen = true});
  }
  if (pupil.sen_support) {
    Add({.code = "sen_support",
         .text = "The pupil gets SEN support.",
         .to_do = "Look at whether the support meets the need, and write down what you tried",
         .source = kGuidance});
  }
}

void Warner::Law() {
  if (permanent()) {
    Add({.code = "permanent",
         .text = "A pupil is permanently excluded only for a serious breach or persistent breaches "
                 "of the behaviour policy, and where staying would seriously harm the education or "
                 "welfare of the pupil or others.",
         .to_do = "Write down the evidence, and everything that was tried before",
         .source = kGuidance,
         .must_be_seen = true});
  }
  if (exclusion_.exam_on) {
    Add({.code = "public_examination",
         .text = "The pupil would miss an examination or national test on " +
                 exclusion_.exam_on->ToUk() + ". The governing board has to consider it.",
         .to_do = "See whether the pupil can sit it, and let the board meet before it",
         .source = "SI 2012/1033 regs. 5, 6 and 23",
         .must_be_seen = true});
  }
  Term();
  Provision();
}

void Warner::Term() {
  if (permanent()) return;
  const RuleSet& rules = *clock_.rules;
  if (clock_.totals.in_term > rules.considered_soon) {
    Add({.code = "over_15_in_term",
         .text = "This brings the pupil to " + days_in_term() +
                 " days in the term. The governing board has to consider it.",
         .to_do = "Tell the governing board without delay, and plan what will be different",
         .source = "SI 2012/1033 regs. 6, 15 and 24",
         .must_be_seen = true});
  } else if (clock_.totals.in_term > rules.told_at_once) {
    Add({.code = "over_5_in_term",
         .text = "This brings the pupil to " + days_in_term() +
                 " days in the term. The governing board has to consider it if the parents make "
                 "representations.",
         .to_do = "Tell the governing board without delay",
         .source = "SI 2012/1033 regs. 6, 15, 23 and 24"});
  }
}

void Warner::Provision() {
  const StepDate& date = clock_[Step::kProvisionFrom];
  if (!date.due) return;
  Add({.code = "provision_due",
       .text = "Full-time education has to begin on " + date.due->ToUk() + ".",
       .to_do = permanent() ? "Tell the authority at once, which has to arrange it"
                            : "Arrange it now, and tell the parents when and where",
       .source = RuleSource(date.rule)});
}

}  // namespace

std::vector<Warning> WarningsOf(const Exclusion& exclusion, const StatutoryClock& clock,
                                bool history) {
  return Warner(exclusion, clock, history).Warn();
}

bool MustBeSeen(std::span<const Warning> warnings) {
  return std::ranges::any_of(warnings, &Warning::must_be_seen);
}

}  // namespace pathways::exclusions
