// The rows: which questions there are. docs/reference/early-help-request.md says the same for
// people; change both, and the web's requestForm.

#include <array>

#include "services/referrals/domain/form.h"

namespace pathways::referrals {
namespace {

using enum QuestionType;
template <std::size_t N>
using Options = std::array<std::string_view, N>;

constexpr Options<2> kYesNo = {"yes", "no"};
constexpr Options<1> kYes = {"yes"};
constexpr Options<1> kNo = {"no"};

constexpr Options<4> kRelationships = {"parent", "carer", "social_worker", "pupil"};
constexpr Options<3> kHow = {"in_person", "phone", "writing"};
constexpr Options<4> kTold = {"pupil", "parents", "others_at_home", "nobody_else"};
constexpr Condition kConsentAnswered = {.key = "consent_given", .is = kYesNo};

constexpr Question kConsent[] = {
    {.key = "consent_asked",
     .type = kChoice,
     .options = kYesNo,
     .must_be = "yes",
     .otherwise = "Ask the family before you send the request"},
    {.key = "consent_given",
     .type = kChoice,
     .options = kYesNo,
     .when = {.key = "consent_asked", .is = kYes},
     .must_be = "yes",
     .otherwise = "A request can only be sent when the family agrees"},
    {.key = "consent_by", .type = kLine, .limit = 100, .when = kConsentAnswered},
    {.key = "consent_relationship",
     .type = kChoice,
     .options = kRelationships,
     .when = kConsentAnswered},
    {.key = "consent_date", .type = kDate, .when = kConsentAnswered},
    {.key = "consent_how", .type = kChoice, .options = kHow, .when = kConsentAnswered},
    {.key = "consent_told",
     .type = kChoices,
     .options = kTold,
     .when = {.key = "consent_given", .is = kYes},
     .alone = "nobody_else"},
};

constexpr Options<11> kMainReasons = {
    "attendance",           "exclusion_risk", "behaviour",   "emotional_wellbeing",
    "family_circumstances", "send",           "young_carer", "home_and_money",
    "relationships",        "transition",     "other"};

constexpr Question kReason[] = {
    {.key = "main_reason", .type = kChoice, .options = kMainReasons},
    {.key = "reason", .type = kText, .limit = 2000},
    {.key = "change_wanted", .type = kText, .limit = 1000},
};

// Headings of the Supporting Families outcomes framework 2022 to 2025.
constexpr Options<10> kNeedHeadings = {"education",
                                       "early_years",
                                       "health",
                                       "substance_use",
                                       "family_relationships",
                                       "abuse_and_exploitation",
                                       "crime_prevention",
                                       "domestic_abuse",
                                       "housing",
                                       "money"};

constexpr Question kNeeds[] = {
    {.key = "needs", .type = kChoices, .options = kNeedHeadings},
    {.key = "needs_detail", .type = kText, .limit = 2000},
    {.key = "strengths", .type = kText, .required = false, .limit = 1000},
};

constexpr Options<9> kTriedThings = {"meeting_with_family", "home_visit",    "attendance_plan",
                                     "pastoral_support",    "send_support",  "timetable",
                                     "mentoring",           "other_service", "nothing_yet"};

constexpr Question kTried[] = {
    {.key = "tried", .type = kChoices, .options = kTriedThings, .alone = "nothing_yet"},
    {.key = "tried_detail", .type = kText, .limit = 2000},
};

constexpr Question kViews[] = {
    {.key = "pupil_views_known", .type = kChoice, .options = kYesNo},
    {.key = "pupil_views",
     .type = kText,
     .limit = 2000,
     .when = {.key = "pupil_views_known", .is = kYes}},
    {.key = "pupil_views_why_not",
     .type = kText,
     .limit = 500,
     .when = {.key = "pupil_views_known", .is = kNo}},
    {.key = "family_views", .type = kText, .limit = 2000},
};

constexpr Options<3> kInvolved = {"yes", "no", "not_known"};
constexpr Options<11> kAgencyNames = {"social_care",
                                      "school_nurse",
                                      "gp",
                                      "camhs",
                                      "educational_psychology",
                                      "send_team",
                                      "police",
                                      "youth_service",
                                      "housing",
                                      "voluntary",
                                      "other"};

constexpr Question kAgencies[] = {
    {.key = "agencies_involved", .type = kChoice, .options = kInvolved},
    {.key = "agencies",
     .type = kChoices,
     .options = kAgencyNames,
     .when = {.key = "agencies_involved", .is = kYes}},
    {.key = "agencies_detail",
     .type = kText,
     .limit = 1000,
     .when = {.key = "agencies_involved", .is = kYes}},
};

constexpr Options<8> kRisks = {"domestic_abuse", "exploitation", "self_harm",   "substance_use",
                               "missing",        "violence",     "home_visits", "none"};

constexpr Question kRisk[] = {
    {.key = "immediate_danger",
     .type = kChoice,
     .options = kYesNo,
     .must_be = "no",
     .otherwise = "A child in immediate danger belongs to the safeguarding front door, now"},
    {.key = "risks",
     .type = kChoices,
     .options = kRisks,
     .when = {.key = "immediate_danger", .is = kNo},
     .alone = "none"},
    {.key = "risk_detail",
     .type = kText,
     .limit = 1000,
     .when = {.key = "risks", .is_not = "none"}},
    {.key = "safe_contact",
     .type = kText,
     .required = false,
     .limit = 500,
     .when = {.key = "immediate_danger", .is = kNo}},
};

constexpr Question kAnswer[] = {{.key = "answer", .type = kText, .limit = 2000}};

constexpr SectionForm kSections[] = {
    {"consent", kConsent}, {"reason", kReason},     {"needs", kNeeds}, {"tried", kTried},
    {"views", kViews},     {"agencies", kAgencies}, {"risk", kRisk},
};
constexpr SectionForm kAnswerForm = {kAnswerSection, kAnswer};

}  // namespace

std::span<const SectionForm> DraftSections() { return kSections; }
const SectionForm& AnswerSection() { return kAnswerForm; }

}  // namespace pathways::referrals
