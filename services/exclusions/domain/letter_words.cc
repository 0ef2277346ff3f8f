#include "services/exclusions/domain/letter_words.h"

#include <regex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/education/working_calendar.h"
#include "libs/forms/words.h"
#include "services/exclusions/domain/letter_passages.h"

namespace pathways::exclusions {
namespace {

using education::Day;

constexpr std::size_t kMostLine = 200;
constexpr std::size_t kMostAddress = 500;
constexpr std::size_t kMostWords = 5'000;

class Checker {
 public:
  Checker(const WriterWords& words, Day today) : words_(words), today_(today) {}

  std::vector<Problem> Check(const LetterNeeds& needs) {
    Need("addressee", words_.addressee, kMostAddress, "Enter whom the letter is to");
    Need("sender", words_.sender, kMostAddress, "Enter who writes the letter");
    Most("own_words", words_.own_words, kMostWords);
    if (needs.contact) {
      Need("contact", words_.contact, kMostAddress, "Enter how and to whom they can answer");
    }
    if (needs.reasons) {
      Need("decision_reasons", words_.decision_reasons, kMostWords, "Enter the reasons");
    }
    if (needs.delivery && words_.how == Delivery::kUnknown) {
      Say("how", "Choose how the letter will be given");
    }
    if (needs.meeting) CheckMeeting();
    return std::move(problems_);
  }

 private:
  void CheckMeeting() {
    if (!words_.meeting_on) Say("meeting_on", "Enter the day of the meeting");
    if (words_.meeting_on && *words_.meeting_on < today_) {
      Say("meeting_on", "Enter today or a day after it");
    }
    static const std::regex kTime("([01][0-9]|2[0-3]):[0-5][0-9]");
    if (!std::regex_match(words_.meeting_at, kTime)) {
      Say("meeting_at", "Enter the time of the meeting, such as 10:00");
    }
    Need("meeting_place", words_.meeting_place, kMostLine, "Enter where the meeting is");
  }

  void Need(std::string_view field, const std::string& text, std::size_t most,
            std::string_view otherwise) {
    if (text.empty()) return Say(field, otherwise);
    Most(field, text, most);
  }
  void Most(std::string_view field, const std::string& text, std::size_t most) {
    if (auto problem = forms::CheckWords(field, text, 0, most)) problems_.push_back(*problem);
  }
  void Say(std::string_view field, std::string_view words) {
    problems_.push_back({std::string(field), std::string(words)});
  }

  const WriterWords& words_;
  Day today_;
  std::vector<Problem> problems_;
};

std::string YearGroup(const std::string& year_group) {
  if (year_group.empty() || year_group == "X") return {};
  if (year_group == "R") return "reception";
  return "year " + year_group;
}

void AddWriters(const WriterWords& words, letters::Values& values) {
  values["addressee"] = words.addressee;
  values["sender"] = words.sender;
  values["own_words"] = words.own_words;
  values["contact"] = words.contact;
  values["decision_reasons"] = words.decision_reasons;
  values["meeting"] = words.meeting_on ? absl::StrCat(LetterDay(*words.meeting_on), " at ",
                                                      words.meeting_at, ", ", words.meeting_place)
                                       : std::string();
}

// The day by which a meeting of that type must be, where the law sets one.
std::optional<Day> LastDayOf(LetterType type, const StatutoryClock& clock) {
  if (type == LetterType::kBoardInvitation) return clock[Step::kGovernorsConsiderBy].due;
  if (type == LetterType::kReviewArrangements) return clock[Step::kReviewHearingBy].due;
  return std::nullopt;
}

}  // namespace

std::vector<Problem> CheckWriterWords(LetterType type, const WriterWords& words, Day today) {
  return Checker(words, today).Check(NeedsOf(type));
}

Exclusion AsOfLetter(LetterType type, const Exclusion& exclusion, Delivery how, Day today) {
  Exclusion then = exclusion;
  Decisions& decisions = then.decisions;
  const Day given = GivenOn(today, how, education::WorkingCalendar::England());
  if (type == LetterType::kBoardDecision && !decisions.decision_notice_on) {
    decisions.decision_notice_on = given;
  }
  if (type == LetterType::kReviewDecision && !decisions.panel_notice_on) {
    decisions.panel_notice_on = given;
  }
  if (!decisions.representations_on) decisions.representations_on = today;
  return then;
}

letters::Values ValuesOf(const LetterCase& of, const WriterWords& words) {
  const Passages passages(of);
  letters::Values values = {
      {"letter_date", LetterDay(of.today)},
      {"pupil_name", absl::StrCat(of.names.forename, " ", of.names.surname)},
      {"pupil_first_name", of.names.forename},
      {"year_group", YearGroup(of.names.year_group)},
      {"school_name", of.names.school},
      {"authority_name", of.names.authority},
      {"reference", of.reference},
      {"exclusion", std::string(KindName(of.exclusion.kind))},
      {"period", passages.Period()},
      {"reasons", passages.Reasons()},
      {"representations", passages.Representations()},
      {"public_places", passages.PublicPlaces()},
      {"work", passages.Work()},
      {"provision", passages.Provision()},
      {"examination", passages.Examination()},
      {"days_so_far", passages.DaysSoFar()},
      {"circumstances", passages.Circumstances()},
      {"board_meeting", passages.BoardMeeting()},
      {"board_duty", passages.BoardsDuty()},
      {"attending", passages.Attending()},
      {"board_decision", passages.BoardDecided()},
      {"review_right", passages.ReviewRight()},
      {"applied_on", LetterDay(of.exclusion.decisions.review_applied_on)},
      {"hearing_by", LetterDay(of.clock[Step::kReviewHearingBy].due)},
      {"sen_expert", passages.SenExpert()},
      {"panel_decision", passages.PanelDecided()},
      {"panel_consequence", passages.PanelConsequence()},
      {"second_decision", passages.DecidedAgain()},
  };
  AddWriters(words, values);
  return values;
}

std::vector<std::string> WarningsOf(LetterType type, const LetterCase& of,
                                    const WriterWords& words) {
  const auto last = LastDayOf(type, of.clock);
  if (!last || !words.meeting_on || *words.meeting_on <= *last) return {};
  return {absl::StrCat("The meeting is after ", LetterDay(*last),
                       ", the last day that the law sets for it.")};
}

}  // namespace pathways::exclusions
