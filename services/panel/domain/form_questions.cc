// The rows: which questions there are. docs/reference/panel-case.md says the same for people;
// change both, and the web's form.
#include <array>

#include "services/panel/domain/form.h"

namespace pathways::panel {
namespace {

using enum forms::QuestionType;
template <std::size_t N>
using Options = std::array<std::string_view, N>;

constexpr Options<2> kYesNo = {"yes", "no"};
constexpr Options<1> kYes = {"yes"};
constexpr Options<1> kNo = {"no"};

constexpr Options<7> kMainReasons = {"at_risk_of_exclusion",
                                     "permanently_excluded",
                                     "repeated_suspensions",
                                     "no_school_place",
                                     "return_from_provision",
                                     "step_up",
                                     "other"};
constexpr Options<2> kPhases = {"primary", "secondary"};

constexpr Question kReason[] = {
    {.key = "main_reason", .type = kChoice, .options = kMainReasons},
    {.key = "reason", .type = kText, .limit = 4000},
    // Only a school with both phases is asked.
    {.key = "phase", .type = kChoice, .required = false, .options = kPhases},
};

constexpr Options<12> kNeeds = {"behaviour",           "social_emotional_mental_health",
                                "attendance",          "learning",
                                "speech_and_language", "autism",
                                "physical_health",     "exploitation",
                                "substance_use",       "vocational",
                                "english_language",    "family"};
constexpr Options<3> kSocialCare = {"yes", "no", "not_known"};

constexpr Question kNeedsPage[] = {
    {.key = "needs", .type = kChoices, .options = kNeeds},
    {.key = "needs_detail", .type = kText, .limit = 4000},
    {.key = "strengths", .type = kText, .limit = 2000},
    {.key = "has_plan", .type = kChoice, .options = kYesNo},
    {.key = "has_social_worker", .type = kChoice, .options = kSocialCare},
};

constexpr Options<14> kTriedThings = {"pastoral_support",    "reasonable_adjustments",
                                      "send_support",        "assessment",
                                      "mentoring",           "timetable",
                                      "meeting_with_family", "early_help",
                                      "team_around_school",  "educational_psychology",
                                      "off_site_direction",  "managed_move",
                                      "youth_service",       "nothing_yet"};

constexpr Question kTried[] = {
    {.key = "tried", .type = kChoices, .options = kTriedThings, .alone = "nothing_yet"},
    {.key = "tried_detail", .type = kText, .limit = 4000},
};

constexpr Question kViews[] = {
    {.key = "pupil_view_known", .type = kChoice, .options = kYesNo},
    {.key = "pupil_view",
     .type = kText,
     .limit = 2000,
     .when = {.key = "pupil_view_known", .is = kYes}},
    {.key = "pupil_view_why_not",
     .type = kText,
     .limit = 500,
     .when = {.key = "pupil_view_known", .is = kNo}},
    {.key = "parent_view_known", .type = kChoice, .options = kYesNo},
    {.key = "parent_view",
     .type = kText,
     .limit = 2000,
     .when = {.key = "parent_view_known", .is = kYes}},
    {.key = "parent_view_why_not",
     .type = kText,
     .limit = 500,
     .when = {.key = "parent_view_known", .is = kNo}},
};

constexpr Options<5> kAskedFor = {"support_in_mainstream", "managed_move", "alternative_provision",
                                  "fair_access_place", "advice"};
constexpr Options<3> kTiers = {"1", "2", "3"};
constexpr Options<1> kAlternative = {"alternative_provision"};

constexpr Question kAsked[] = {
    {.key = "asked_for", .type = kChoice, .options = kAskedFor},
    {.key = "tier",
     .type = kChoice,
     .options = kTiers,
     .when = {.key = "asked_for", .is = kAlternative}},
    {.key = "asked_detail", .type = kText, .limit = 2000},
};

constexpr Question kSafety[] = {
    {.key = "risks_known", .type = kChoice, .options = kYesNo},
    {.key = "risks", .type = kText, .limit = 2000, .when = {.key = "risks_known", .is = kYes}},
    {.key = "places_to_avoid", .type = kText, .required = false, .limit = 1000},
};

constexpr SectionForm kSections[] = {
    {"reason", kReason}, {"needs", kNeedsPage}, {"tried", kTried},
    {"views", kViews},   {"asked", kAsked},     {"safety", kSafety},
};

}  // namespace

std::span<const SectionForm> CaseSections() { return kSections; }
std::span<const std::string_view> NeedCodes() { return kNeeds; }

}  // namespace pathways::panel
