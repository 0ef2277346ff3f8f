#include "tools/demo-panel/referrals.h"

#include <array>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "pathways/registry/v1/service.pb.h"

namespace pathways::demo_panel {
namespace {

using Answers = std::vector<std::pair<const char*, const char*>>;
struct Page {
  const char* section;
  Answers answers;
};

// What four schools wrote.
const std::vector<std::vector<Page>>& Stories() {
  static const auto& stories = *new std::vector<std::vector<Page>>{
      {{"reason",
        {{"main_reason", "permanently_excluded"},
         {"reason",
          "Excluded after a fight in which another pupil was hurt, the third this year."}}},
       {"needs",
        {{"needs", "behaviour,social_emotional_mental_health"},
         {"needs_detail", "Loses control where many people are; calm with one familiar adult."},
         {"strengths", "Good with younger pupils, and at anything with engines."},
         {"has_plan", "no"},
         {"has_social_worker", "no"}}},
       {"tried",
        {{"tried", "pastoral_support,mentoring,meeting_with_family"},
         {"tried_detail",
          "Mentor every Monday since October: lates fell from nine to two a week."}}},
       {"views",
        {{"pupil_view_known", "yes"},
         {"pupil_view", "I want to do something real, and not go back to that corridor."},
         {"parent_view_known", "yes"},
         {"parent_view", "Mum agrees, if it is not far and maths goes on."}}},
       {"asked",
        {{"asked_for", "alternative_provision"},
         {"tier", "2"},
         {"asked_detail", "A practical programme for a term, then back to a school."}}},
       {"safety", {{"risks_known", "no"}}}},
      {{"reason",
        {{"main_reason", "repeated_suspensions"},
         {"reason",
          "Eleven days of suspension since September, each longer than the one before."}}},
       {"needs",
        {{"needs", "learning,behaviour,speech_and_language"},
         {"needs_detail", "Reads four years behind; leaves lessons that begin with reading."},
         {"strengths", "Draws well; listens when things are read aloud."},
         {"has_plan", "no"},
         {"has_social_worker", "not_known"}}},
       {"tried",
        {{"tried", "reasonable_adjustments,send_support,timetable"},
         {"tried_detail", "Reading every day for six weeks, and a card to leave the room."}}},
       {"views",
        {{"pupil_view_known", "yes"},
         {"pupil_view", "A new start where nobody knows me."},
         {"parent_view_known", "yes"},
         {"parent_view", "Dad has visited the other school and would like to try it."}}},
       {"asked",
        {{"asked_for", "managed_move"},
         {"asked_detail", "A trial at a school with a reading programme."}}},
       {"safety", {{"risks_known", "no"}}}},
      {{"reason",
        {{"main_reason", "at_risk_of_exclusion"},
         {"reason", "Three incidents with older pupils outside the gates in two weeks."}}},
       {"needs",
        {{"needs", "exploitation,attendance"},
         {"needs_detail", "New telephone, new friends, missing in the afternoons."},
         {"strengths", "Close to a grandmother; plays football on Saturdays."},
         {"has_plan", "no"},
         {"has_social_worker", "yes"}}},
       {"tried",
        {{"tried", "early_help,youth_service,meeting_with_family"},
         {"tried_detail", "The youth worker visits on Tuesdays; attendance is a little better."}}},
       {"views",
        {{"pupil_view_known", "no"},
         {"pupil_view_why_not", "Did not come to two meetings; the youth worker will ask."},
         {"parent_view_known", "yes"},
         {"parent_view", "Gran wants the afternoons filled."}}},
       {"asked",
        {{"asked_for", "support_in_mainstream"},
         {"asked_detail", "Company on the way home, and something to do after two."}}},
       {"safety",
        {{"risks_known", "yes"},
         {"risks", "Older young people wait near the station."},
         {"places_to_avoid", "Provision that is reached through the station."}}}},
      {{"reason",
        {{"main_reason", "at_risk_of_exclusion"},
         {"reason", "Two suspensions in a term for hurting other children."}}},
       {"needs",
        {{"needs", "social_emotional_mental_health,family"},
         {"needs_detail", "Frightened when plans change; has moved home twice."},
         {"strengths", "Curious, kind to animals, reads well."},
         {"has_plan", "no"},
         {"has_social_worker", "no"}}},
       {"tried",
        {{"tried", "pastoral_support,assessment,meeting_with_family"},
         {"tried_detail",
          "A quiet room and a picture plan of the day: fewer incidents in mornings."}}},
       {"views",
        {{"pupil_view_known", "yes"},
         {"pupil_view", "I like the quiet room. I do not like dinner time."},
         {"parent_view_known", "yes"},
         {"parent_view", "Agree with anything that means staying at this school."}}},
       {"asked",
        {{"asked_for", "alternative_provision"},
         {"tier", "1"},
         {"asked_detail", "Two mornings a week in a nurture class, the rest at school."}}},
       {"safety", {{"risks_known", "no"}}}},
  };
  return stories;
}

constexpr std::size_t kExcluded = 0;
constexpr std::size_t kPrimary = 3;

struct Wanted {
  int urn;
  const char* year_group;
  std::size_t story;
};
// Schools of the borough by their numbers: Millbrook twice, St Oswald's, and Abbey Lane.
constexpr std::array<Wanted, 4> kWanted = {
    {{900001, "9", 1}, {900001, "10", 2}, {900003, "8", 1}, {900002, "5", kPrimary}}};

}  // namespace

absl::Status Referrals::Complete(const std::vector<panel::v1::PanelCase>& cases) const {
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (cases[i].complete() || (i + 1 == cases.size() && cases.size() > 1)) continue;
    if (auto written = Write(cases[i], kExcluded); !written.ok()) return written.status();
  }
  std::cout << cases.size() << " cases of permanent exclusions\n";
  return absl::OkStatus();
}

absl::Status Referrals::Add() const {
  int number = 0;
  for (const Wanted& wanted : kWanted) {
    const auto pupil = PupilOf(wanted.urn, wanted.year_group);
    if (!pupil.ok()) return pupil.status();
    auto status = AddOf(*pupil, wanted.urn, ++number, wanted.story);
    if (!status.ok()) return status;
  }
  std::cout << number << " cases of pupils at risk\n";
  return absl::OkStatus();
}

absl::StatusOr<std::string> Referrals::PupilOf(int urn, std::string_view year_group) const {
  registry::v1::SearchPupilsRequest search;
  search.set_query("an");
  search.set_urn(urn);
  search.set_page_size(100);
  const auto found = registry_.Ask<registry::v1::SearchPupilsResponse>("SearchPupils", search);
  if (!found.ok()) return found.status();
  for (const auto& pupil : found->pupils()) {
    if (pupil.year_group() == year_group) return pupil.pupil_id();
  }
  if (found->pupils_size() > 0) return found->pupils(0).pupil_id();
  return absl::NotFoundError(absl::StrCat("no pupil for a case at school ", urn));
}

absl::Status Referrals::AddOf(const std::string& pupil_id, int urn, int number,
                              std::size_t story) const {
  panel::v1::CreateCaseRequest create;
  create.set_case_id(absl::StrCat("de320000-0000-4000-8000-", absl::Dec(number, absl::kZeroPad12)));
  create.set_pupil_id(pupil_id);
  create.set_urn(urn);
  create.set_phase(story == kPrimary ? panel::v1::PHASE_PRIMARY : panel::v1::PHASE_SECONDARY);
  auto created = panel_.Ask<panel::v1::CreateCaseResponse>("CreateCase", create);
  if (!created.ok()) return created.status();
  if (created->panel_case().state() != panel::v1::CASE_STATE_DRAFT) return absl::OkStatus();
  const auto written = Write(created->panel_case(), story);
  if (!written.ok()) return written.status();
  panel::v1::ReferCaseRequest refer;
  refer.set_case_id(written->case_id());
  refer.set_version(written->version());
  return panel_.Ask<panel::v1::ReferCaseResponse>("ReferCase", refer).status();
}

absl::StatusOr<panel::v1::PanelCase> Referrals::Write(panel::v1::PanelCase panel_case,
                                                      std::size_t story) const {
  for (const Page& page : Stories()[story]) {
    panel::v1::SaveCaseSectionRequest save;
    save.set_case_id(panel_case.case_id());
    save.set_version(panel_case.version());
    save.mutable_section()->set_name(page.section);
    for (const auto& [key, value] : page.answers) {
      panel::v1::Answer* answer = save.mutable_section()->add_answers();
      answer->set_key(key);
      answer->set_value(value);
    }
    auto saved = panel_.Ask<panel::v1::SaveCaseSectionResponse>("SaveCaseSection", save);
    if (!saved.ok()) return saved.status();
    panel_case = saved->panel_case();
  }
  return panel_case;
}

}  // namespace pathways::demo_panel
