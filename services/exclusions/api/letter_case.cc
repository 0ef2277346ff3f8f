#include "services/exclusions/api/letter_case.h"

#include <set>
#include <utility>

#include "services/exclusions/store/exclusion_store.h"
#include "services/exclusions/store/ledger.h"

namespace pathways::exclusions {
namespace {

StatutoryClock ClockAmong(const LetterSources& sources, const Exclusion& exclusion) {
  std::vector<const Exclusion*> in_order;
  for (const Exclusion& earlier : sources.earlier) in_order.push_back(&earlier);
  in_order.push_back(&exclusion);
  return ClockOfLast(in_order, sources.calendars);
}

}  // namespace

absl::StatusOr<LetterSources> ReadSources(storage::Transaction& transaction,
                                          const LettersParts& parts, const ExclusionId& id,
                                          LetterType type) {
  auto kept = FindExclusion(transaction, id);
  if (!kept.ok()) return kept.status();
  const Exclusion& exclusion = kept->exclusion;
  const auto ledger = Ledger::Read(transaction, {exclusion.pupil});
  if (!ledger.ok()) return ledger.status();
  std::vector<Exclusion> earlier;
  for (const LedgerEntry* entry : ledger->Of(exclusion.pupil)) {
    if (entry->kept.exclusion.id == id) break;
    earlier.push_back(entry->kept.exclusion);
  }
  auto calendars = parts.exclusions->calendars->Read(transaction, ledger->Schools());
  if (!calendars.ok()) return calendars.status();
  const auto words = ReadWords(transaction, id);
  if (!words.ok()) return words.status();
  auto letter_template =
      letters::TemplateInForce(transaction, *parts.shipped, KindOf(type), exclusion.la_code);
  if (!letter_template.ok()) return letter_template.status();
  return LetterSources{.kept = *std::move(kept),
                       .earlier = std::move(earlier),
                       .calendars = *std::move(calendars),
                       .provision = words->provision,
                       .letter_template = *std::move(letter_template)};
}

absl::StatusOr<WrittenLetter> WriteLetter(const LetterSources& sources, LetterType type,
                                          const WriterWords& words, const LetterNames& names,
                                          education::Day today) {
  const Exclusion exclusion = AsOfLetter(type, sources.kept.exclusion, words.how, today);
  const StatutoryClock clock = ClockAmong(sources, exclusion);
  const LetterCase letter_case{.exclusion = exclusion,
                               .clock = clock,
                               .calendar = *sources.calendars.at(exclusion.urn),
                               .reference = sources.kept.reference,
                               .provision = sources.provision,
                               .names = names,
                               .today = today};
  auto blocks =
      letters::Merge(KindOf(type), sources.letter_template.text, ValuesOf(letter_case, words));
  if (!blocks.ok()) return blocks.status();
  return WrittenLetter{*std::move(blocks), WarningsOf(type, letter_case, words)};
}

}  // namespace pathways::exclusions
