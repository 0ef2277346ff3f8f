// Writes what a file says about exclusions, in sets.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "libs/importing/importer.h"
#include "libs/importing/keyed_rows.h"
#include "libs/importing/refusals.h"
#include "libs/service/call.h"
#include "libs/tabular/header.h"
#include "pathways/common/v1/import.pb.h"
#include "services/exclusions/api/assessment.h"
#include "services/exclusions/api/exclusions_api.h"
#include "services/exclusions/api/suspension_rows.h"
#include "services/exclusions/store/ledger.h"

namespace pathways::exclusions {

// What a file names an exclusion by.
using SuspensionKey = std::tuple<education::PupilId, education::Day, Kind>;

// What a row says about it.
struct SaidOfExclusion {
  PupilAtSchool pupil;
  Facts facts;
  Decisions decisions;

  bool operator==(const SaidOfExclusion& other) const;
};

using SuspensionRows = importing::KeyedRows<SuspensionKey, SaidOfExclusion>;

// For one try of one transaction.
class SuspensionApplier {
 public:
  SuspensionApplier(const ExclusionsParts& parts, const service::Call& call,
                    const common::v1::ImportStart& start, const tabular::HeaderMap& header,
                    storage::Transaction& transaction, importing::Refusals& refusals);

  absl::Status Apply(const SuspensionRows& rows);
  const importing::Effect& effect() const { return effect_; }

 private:
  using Kept = SuspensionRows::Kept;

  // What is needed to judge some pupils' rows.
  struct Portion {
    Ledger ledger;
    CalendarsBySchool calendars;
    CalendarVersions versions;
    RecordedPupils recorded;
    std::vector<LedgerEntry*> added = {};
  };

  absl::Status ApplyPortion(const std::vector<const Kept*>& rows);
  absl::StatusOr<Portion> Open(const std::vector<const Kept*>& rows);
  void Take(const Kept& row, Portion& portion);
  static LedgerEntry* Find(const SaidOfExclusion& said, const Ledger& ledger);
  static ReadFactsResult Read(const SaidOfExclusion& said, const LedgerEntry* existing);
  static Decisions Merge(const Decisions& said, const LedgerEntry* existing);
  void Add(const Kept& row, KeptExclusion made, Portion& portion);
  void Change(LedgerEntry& entry, KeptExclusion made);
  void Sign(KeptExclusion& kept) const;
  void Refuse(const Kept& row, const std::vector<Problem>& problems);
  LedgerContext Context(const Portion& portion) const;

  const ExclusionsParts& parts_;
  const service::Call& call_;
  const tabular::HeaderMap& header_;
  storage::Transaction& transaction_;
  importing::Refusals& refusals_;
  const std::optional<ImportId> import_;
  const education::Instant now_;
  const education::Day today_;
  importing::Effect effect_;
};

}  // namespace pathways::exclusions
