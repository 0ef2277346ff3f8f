#include "services/exclusions/api/suspension_rows.h"

#include <utility>

#include "absl/strings/numbers.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using importing::RowCheck;

// One more than any exclusion is long; the rules say what is wrong with it.
constexpr std::int32_t kMostSessions = 100'000;

int ReadSessions(RowCheck& check, bool permanent) {
  const std::string_view text = check.Cell(kSessionsColumn);
  if (text.empty() && permanent) return 0;
  std::int32_t sessions = 0;
  const bool number = absl::SimpleAtoi(absl::string_view(text.data(), text.size()), &sessions);
  if (number && sessions >= 0 && sessions < kMostSessions) return permanent ? 0 : sessions;
  check.Refuse(kSessionsColumn, "It is not a number of half days.",
               "Write the length in half days (sessions): 11 for five and a half days.",
               "bad_sessions");
  return 0;
}

template <typename Parse>
auto ReadChoice(RowCheck& check, SuspensionColumn column, Parse parse, std::string_view advice)
    -> decltype(parse(std::string_view())) {
  std::string text(check.Cell(column));
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (text.empty()) return std::nullopt;
  const auto value = parse(text);
  if (!value)
    check.Refuse(column, "It is none of the decisions there are.", advice, "bad_decision");
  return value;
}

std::vector<std::string> ReadReasons(RowCheck& check) {
  std::vector<std::string> reasons;
  for (const auto column : {kReason1Column, kReason2Column, kReason3Column, kReason4Column}) {
    std::string reason = check.OptionalText(column);
    if (!reason.empty()) reasons.push_back(std::move(reason));
  }
  return reasons;
}

struct FieldColumn {
  std::string_view field;
  SuspensionColumn column;
};
constexpr std::array kFields = {
    FieldColumn{"kind", kKindColumn},
    FieldColumn{"start_date", kStartDateColumn},
    FieldColumn{"start_session", kStartSessionColumn},
    FieldColumn{"half_days", kSessionsColumn},
    FieldColumn{"end_date", kEndDateColumn},
    FieldColumn{"reasons", kReason1Column},
    FieldColumn{"decided_on", kDecidedOnColumn},
    FieldColumn{"exam_on", kExamColumn},
    FieldColumn{"board_told_on", kBoardToldColumn},
    FieldColumn{"representations_on", kRepresentationsColumn},
    FieldColumn{"board_decision", kBoardDecisionColumn},
    FieldColumn{"decision_notice_on", kDecisionNoticeColumn},
    FieldColumn{"review_applied_on", kReviewAppliedColumn},
    FieldColumn{"panel_decision", kPanelDecisionColumn},
    FieldColumn{"panel_notice_on", kPanelNoticeColumn},
};

}  // namespace

std::vector<tabular::WantedColumn> SuspensionColumns() {
  return {
      {.key = "urn", .synonyms = {"schoolurn", "establishmenturn"}},
      {.key = "upn", .required = true, .synonyms = {"uniquepupilnumber", "pupilupn"}},
      {.key = "kind",
       .required = true,
       .synonyms = {"type", "category", "exclusiontype", "exclusioncategory", "suspensiontype"}},
      {.key = "start_date", .required = true, .synonyms = {"startdate", "from", "exclusionstart"}},
      {.key = "start_session", .synonyms = {"startampm", "startsession"}},
      {.key = "end_date", .synonyms = {"enddate", "to", "exclusionend"}},
      {.key = "sessions",
       .required = true,
       .synonyms = {"halfdays", "numberofsessions", "sessionsexcluded", "actualnumberofsessions"}},
      {.key = "reason1", .required = true, .synonyms = {"reason", "exclusionreason"}},
      {.key = "reason2", .synonyms = {"exclusionreason2"}},
      {.key = "reason3", .synonyms = {"exclusionreason3"}},
      {.key = "reason4", .synonyms = {"exclusionreason4"}},
      {.key = "decided_on", .synonyms = {"decisiondate"}},
      {.key = "governors_notified_on", .synonyms = {"boardnotifiedon", "boardtoldon"}},
      {.key = "representations_on", .synonyms = {"representationsdate"}},
      {.key = "exam_on", .synonyms = {"examdate", "examinationon"}},
      {.key = "board_decision", .synonyms = {"governorsdecision", "gdcdecision"}},
      {.key = "decision_notice_on", .synonyms = {"noticeon"}},
      {.key = "review_applied_on", .synonyms = {"reviewappliedfor", "irpappliedon"}},
      {.key = "panel_decision", .synonyms = {"irpdecision", "reviewdecision"}},
      {.key = "panel_notice_on", .synonyms = {"irpnoticeon"}},
  };
}

SuspensionRow ReadSuspensionRow(RowCheck& check) {
  SuspensionRow row{.number = check.record().row_number, .raw = std::string(check.record().raw)};
  const auto kind = check.Parsed(kKindColumn, ParseKind, "unknown_kind", "Use SUSP, LNCH or PERM.");
  row.facts.kind = kind;
  if (!check.Cell(kStartSessionColumn).empty()) {
    const auto session = check.Parsed(kStartSessionColumn, education::ParseSession, "bad_session",
                                      "Write AM or PM, or leave it empty for the morning.");
    if (session) row.facts.start_session = *session;
  }
  row.facts.half_days = ReadSessions(check, kind == Kind::kPermanent);
  row.facts.reasons = ReadReasons(check);
  row.board_decision = ReadChoice(check, kBoardDecisionColumn, BoardDecisionFromName,
                                  "Use reinstate or decline, or leave it empty.");
  row.panel_decision = ReadChoice(check, kPanelDecisionColumn, PanelDecisionFromName,
                                  "Use uphold, recommend or quash, or leave it empty.");
  // A file has no words; they are in the school's own system.
  row.facts.has_evidence = row.facts.has_tried = row.facts.warnings_seen = true;
  for (std::size_t i = 0; i < kDayColumns.size(); ++i) {
    row.days[i] = std::string(check.Cell(kDayColumns[i]));
  }
  if (row.days[0].empty()) {
    check.Refuse(kStartDateColumn, "The first day is missing.", "Fill it in.", "missing_value");
  }
  return row;
}

bool ReadDays(const SuspensionRow& row, const tabular::HeaderMap& header,
              const importing::FileDates& dates, importing::Refusals& refusals, Facts& facts,
              Decisions& decisions) {
  const std::array<std::optional<Day>*, kDayColumns.size()> to = {&facts.start,
                                                                  &facts.end,
                                                                  &facts.decided_on,
                                                                  &decisions.board_told_on,
                                                                  &decisions.representations_on,
                                                                  &facts.exam_on,
                                                                  &decisions.decision_notice_on,
                                                                  &decisions.review_applied_on,
                                                                  &decisions.panel_notice_on};
  bool good = true;
  for (std::size_t i = 0; i < kDayColumns.size(); ++i) {
    if (row.days[i].empty()) continue;
    *to[i] = dates.Read(row.days[i], row.number, header.name(kDayColumns[i]), row.raw, refusals);
    good = good && to[i]->has_value();
  }
  decisions.board_decision = row.board_decision;
  decisions.panel_decision = row.panel_decision;
  return good;
}

SuspensionColumn ColumnOf(std::string_view field) {
  for (const FieldColumn& known : kFields) {
    if (known.field == field) return known.column;
  }
  return kStartDateColumn;
}

}  // namespace pathways::exclusions
