#include "services/exclusions/api/suspension_applier.h"

#include <algorithm>
#include <set>
#include <utility>

#include "libs/tabular/problem.h"
#include "services/exclusions/api/change_words.h"
#include "services/exclusions/domain/board.h"
#include "services/exclusions/domain/checks.h"
#include "services/exclusions/domain/reasons.h"
#include "services/exclusions/store/copies_store.h"
#include "services/exclusions/store/whole_pupil.h"

namespace pathways::exclusions {
namespace {

using education::Day;
using education::PupilId;

// Rows worked out together: what their pupils need fits well into memory.
constexpr std::size_t kRowsAtOnce = 5'000;

std::optional<ImportId> ReadImportId(const std::string& text) {
  const auto id = ImportId::Parse(text);
  return id.ok() ? std::optional(*id) : std::nullopt;
}

bool SaysTheSame(const KeptExclusion& a, const KeptExclusion& b) {
  return FactChanges(a.exclusion, b.exclusion).empty() &&
         a.exclusion.decisions == b.exclusion.decisions;
}

// Of several reasons the one that is wrong.
SuspensionColumn ReasonColumn(const Facts& facts) {
  const Day decided = *DecidedOn(facts);
  for (std::size_t i = 0; i < facts.reasons.size(); ++i) {
    const bool known = CheckReasons("reasons", std::span(&facts.reasons[i], 1), decided).empty();
    const auto first = std::ranges::find(facts.reasons, facts.reasons[i]);
    const bool repeated = first != facts.reasons.begin() + static_cast<std::ptrdiff_t>(i);
    if (!known || repeated || i >= kMostReasons) {
      return static_cast<SuspensionColumn>(kReason1Column + i);
    }
  }
  return kReason1Column;
}

std::string ValueIn(SuspensionColumn column, const SaidOfExclusion& said) {
  const auto day = [](const std::optional<Day>& value) {
    return value ? value->ToIso() : std::string();
  };
  switch (column) {
    case kStartDateColumn:
      return day(said.facts.start);
    case kEndDateColumn:
      return day(said.facts.end);
    case kDecidedOnColumn:
      return day(said.facts.decided_on);
    case kExamColumn:
      return day(said.facts.exam_on);
    case kSessionsColumn:
      return std::to_string(said.facts.half_days);
    case kReason1Column:
    case kReason2Column:
    case kReason3Column:
    case kReason4Column: {
      const auto index = static_cast<std::size_t>(column - kReason1Column);
      return index < said.facts.reasons.size() ? said.facts.reasons[index] : std::string();
    }
    default:
      return {};
  }
}

std::string_view AdviceFor(SuspensionColumn column) {
  switch (column) {
    case kStartDateColumn:
      return "Correct the first day, the school's calendar or the other exclusion.";
    case kSessionsColumn:
      return "Correct the number of half days (sessions).";
    case kEndDateColumn:
      return "Correct the end, or leave it empty.";
    case kReason1Column:
    case kReason2Column:
    case kReason3Column:
    case kReason4Column:
      return "Give one to three reasons of the list in force on the day of the decision.";
    default:
      return "Correct it, or leave it empty.";
  }
}

}  // namespace

SuspensionApplier::SuspensionApplier(const ExclusionsParts& parts, const service::Call& call,
                                     const common::v1::ImportStart& start,
                                     const tabular::HeaderMap& header,
                                     storage::Transaction& transaction,
                                     importing::Refusals& refusals)
    : parts_(parts),
      call_(call),
      header_(header),
      transaction_(transaction),
      refusals_(refusals),
      import_(ReadImportId(start.import_id())),
      now_(parts.clock->Now()),
      today_(parts.clock->Today()) {}

absl::Status SuspensionApplier::Apply(const SuspensionRows& rows) {
  std::vector<const Kept*> portion;
  std::optional<PupilId> last;
  for (const auto& [key, kept] : rows.rows()) {
    const PupilId& pupil = std::get<PupilId>(key);
    // A pupil's rows stay together: their sums are over all of them.
    if (portion.size() >= kRowsAtOnce && last != pupil) {
      if (auto status = ApplyPortion(portion); !status.ok()) return status;
      portion.clear();
    }
    portion.push_back(&kept);
    last = pupil;
  }
  return portion.empty() ? absl::OkStatus() : ApplyPortion(portion);
}

absl::Status SuspensionApplier::ApplyPortion(const std::vector<const Kept*>& rows) {
  auto portion = Open(rows);
  if (!portion.ok()) return portion.status();
  for (const Kept* row : rows) Take(*row, *portion);
  auto status = AssignReferences(transaction_, *parts_.ids, portion->added);
  if (!status.ok()) return status;
  return portion->ledger.Save(transaction_, Context(*portion));
}

absl::StatusOr<SuspensionApplier::Portion> SuspensionApplier::Open(
    const std::vector<const Kept*>& rows) {
  std::set<PupilId> pupils;
  for (const Kept* row : rows) pupils.insert(row->value.pupil.pupil);
  const std::vector<PupilId> all(pupils.begin(), pupils.end());
  auto ledger = Ledger::Open(transaction_, all);
  if (!ledger.ok()) return ledger.status();
  auto calendars = parts_.calendars->Read(transaction_, ledger->Schools());
  if (!calendars.ok()) return calendars.status();
  CalendarVersions versions;
  for (const Kept* row : rows) {
    const PupilAtSchool& pupil = row->value.pupil;
    (*calendars)[pupil.school.urn] = pupil.calendar;
    versions[pupil.school] = pupil.calendar_version;
  }
  // The copy of an enrolment may still be on its way; the registry has said that they are here.
  auto recorded =
      WithWholePupil(transaction_, [&] { return ReadCharacteristics(transaction_, all); });
  if (!recorded.ok()) return recorded.status();
  return Portion{*std::move(ledger), *std::move(calendars), std::move(versions),
                 *std::move(recorded)};
}

LedgerEntry* SuspensionApplier::Find(const SaidOfExclusion& said, const Ledger& ledger) {
  LedgerEntry* found = nullptr;
  for (LedgerEntry* entry : ledger.Of(said.pupil.pupil)) {
    const Exclusion& e = entry->kept.exclusion;
    const bool same = e.urn == said.pupil.school.urn && e.kind == said.facts.kind &&
                      e.start == said.facts.start && e.state != State::kWithdrawn;
    if (!same) continue;
    // Two on one day, morning and afternoon: the one that begins as the row says.
    if (found == nullptr || e.start_session == said.facts.start_session) found = entry;
  }
  return found;
}

// Empty cells say nothing: what is known stays.
ReadFactsResult SuspensionApplier::Read(const SaidOfExclusion& said, const LedgerEntry* existing) {
  ReadFactsResult read;
  read.facts = said.facts;
  if (existing == nullptr) return read;
  const Exclusion& was = existing->kept.exclusion;
  if (!read.facts.decided_on) read.facts.decided_on = was.decided_on;
  if (!read.facts.exam_on) read.facts.exam_on = was.exam_on;
  read.has_social_worker = was.pupil_then.has_social_worker;
  read.no_examinations_left = was.pupil_then.no_examinations_left;
  return read;
}

Decisions SuspensionApplier::Merge(const Decisions& said, const LedgerEntry* existing) {
  if (existing == nullptr) return said;
  Decisions merged = existing->kept.exclusion.decisions;
  const auto put = [](auto& to, const auto& value) {
    if (value) to = value;
  };
  put(merged.board_told_on, said.board_told_on);
  put(merged.representations_on, said.representations_on);
  put(merged.board_decision, said.board_decision);
  put(merged.decision_notice_on, said.decision_notice_on);
  put(merged.review_applied_on, said.review_applied_on);
  put(merged.panel_decision, said.panel_decision);
  put(merged.panel_notice_on, said.panel_notice_on);
  return merged;
}

void SuspensionApplier::Take(const Kept& row, Portion& portion) {
  const SaidOfExclusion& said = row.value;
  LedgerEntry* existing = Find(said, portion.ledger);
  const ReadFactsResult read = Read(said, existing);
  Assessment assessment =
      Assess(read, existing ? existing->kept.exclusion.id : ExclusionId::New(*parts_.ids),
             {.pupil = said.pupil,
              .ledger = portion.ledger,
              .calendars = portion.calendars,
              .then = portion.recorded.On(said.pupil.pupil, *said.facts.start),
              .today = today_,
              .changed = existing ? &existing->kept : nullptr,
              .correction = true});
  std::vector<Problem> problems = std::move(assessment.problems);
  if (assessment.made) {
    Exclusion& made = assessment.made->exclusion;
    const Decisions decisions = Merge(said.decisions, existing);
    for (Problem& problem : CheckDecisions(made, decisions, *assessment.clock, today_)) {
      problems.push_back(std::move(problem));
    }
    made.decisions = decisions;
    made.state = StateAfter(made, decisions);
    if (existing && SaysTheSame(existing->kept, *assessment.made)) {
      ++effect_.records_unchanged;
      return;
    }
    if (existing && existing->kept.exclusion.ended_on) {
      problems.push_back({"kind", "It was " + std::string(StateName(made.state)) +
                                      " in Pathways and cannot be changed any more"});
    }
  }
  if (!problems.empty() || !assessment.made) return Refuse(row, problems);
  const Day start = *said.facts.start;
  effect_.first_day = effect_.first_day ? std::min(*effect_.first_day, start) : start;
  effect_.last_day = effect_.last_day ? std::max(*effect_.last_day, start) : start;
  if (existing) return Change(*existing, *std::move(assessment.made));
  Add(row, *std::move(assessment.made), portion);
}

void SuspensionApplier::Sign(KeptExclusion& kept) const {
  kept.updated_at = now_;
  kept.updated_by = transaction_.scope().person;
  kept.last_call = call_.request_id();
}

void SuspensionApplier::Add(const Kept& row, KeptExclusion made, Portion& portion) {
  Sign(made);
  made.recorded_at = now_;
  made.recorded_by = made.updated_by;
  made.import = import_;
  made.import_row = row.row;
  LedgerEntry& entry = portion.ledger.Add(std::move(made));
  const Exclusion& e = entry.kept.exclusion;
  entry.happened = {Happened::kRecorded};
  for (const Happened decided : WhatWasDecided({}, e.decisions)) entry.happened.push_back(decided);
  entry.told = {{.kind = RecordedKind(e.kind)}};
  if (e.decisions != Decisions{}) {
    entry.told.push_back({.kind = DecidedKind(WhatWasDecided({}, e.decisions)),
                          .change = DecisionChanges({}, e.decisions)});
  }
  portion.added.push_back(&entry);
  ++effect_.records_new;
}

void SuspensionApplier::Change(LedgerEntry& entry, KeptExclusion made) {
  const Exclusion was = entry.kept.exclusion;
  const Exclusion& is = made.exclusion;
  const std::string facts = FactChanges(was, is);
  const auto decided = WhatWasDecided(was.decisions, is.decisions);
  if (!facts.empty()) entry.told.push_back({.kind = "exclusion_changed", .change = facts});
  if (was.decisions != is.decisions) {
    entry.told.push_back(
        {.kind = DecidedKind(decided), .change = DecisionChanges(was.decisions, is.decisions)});
  }
  entry.happened = decided;
  if (!facts.empty() || decided.empty()) entry.happened.push_back(Happened::kChanged);
  entry.kept = std::move(made);
  Sign(entry.kept);
  ++entry.kept.version;
  entry.touched = true;
  ++effect_.records_changed;
}

void SuspensionApplier::Refuse(const Kept& row, const std::vector<Problem>& problems) {
  for (const Problem& problem : problems) {
    const SuspensionColumn column =
        problem.field == "reasons" ? ReasonColumn(row.value.facts) : ColumnOf(problem.field);
    refusals_.Add({.row = row.row,
                   .column = header_.name(column),
                   .value = ValueIn(column, row.value),
                   .reason = problem.words + ".",
                   .advice = std::string(AdviceFor(column)),
                   .code = "bad_" + problem.field},
                  row.raw);
  }
}

LedgerContext SuspensionApplier::Context(const Portion& portion) const {
  return {.outbox = parts_.outbox,
          .now = now_,
          .today = today_,
          .calendars = portion.calendars,
          .versions = portion.versions,
          .access = call_.AccessContext(),
          .access_detail = "exclusion from a file",
          .trace_id = call_.trace().trace_id,
          .traceparent = call_.trace().ToTraceparent()};
}

}  // namespace pathways::exclusions
