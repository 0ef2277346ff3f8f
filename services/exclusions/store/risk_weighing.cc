#include "services/exclusions/store/risk_weighing.h"

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "libs/access/access_log.h"
#include "services/exclusions/domain/risk_history.h"
#include "services/exclusions/store/risk_events.h"
#include "services/exclusions/store/risk_histories.h"
#include "services/exclusions/store/risk_store.h"
#include "services/exclusions/store/risk_weights_store.h"

namespace pathways::exclusions {
namespace {

using education::LaCode;
using education::PupilId;
using storage::Transaction;

using WeightsOn = std::map<LaCode, NumberedWeights>;

std::string WhyNoLonger(const RiskHistory& history, education::Day today) {
  if (StayOn(history, today) == nullptr) return "left";
  return PermanentlyExcludedOn(history, today) ? "excluded" : "facts";
}

// Works out some pupils and collects what is to be written.
class Worker {
 public:
  Worker(const Weighing& weighing, std::string person)
      : weighing_(weighing), person_(std::move(person)) {}

  void Consider(const RiskHistory& history, const RiskProposal* last, const WeightsOn& on) {
    looks_.push_back({history.pupil, LookAgainOn(history, weighing_.today)});
    const Stay* stay = StayOn(history, weighing_.today);
    if (stay == nullptr && last == nullptr) return;
    const NumberedWeights& weights = on.at(stay != nullptr ? stay->la_code : last->la_code);
    const RiskFacts facts = FactsOn(history, weighing_.today);
    std::optional<LastProposal> known;
    if (last != nullptr) known = LastProposal{last->state, last->facts, last->below_since};
    switch (NextMove(known, facts, CanBeProposed(history, weighing_.today), weights.weights)) {
      case ProposalMove::kNothing:
        return;
      case ProposalMove::kPropose:
        return Propose(history.pupil, *stay, facts, weights);
      case ProposalMove::kFollow:
        return Follow(*last, *stay, facts, weights);
      case ProposalMove::kLapse:
        return Lapse(*last, facts, weights, WhyNoLonger(history, weighing_.today));
      case ProposalMove::kNoteBelow:
        break;
    }
    RiskProposal below = *last;
    below.below_since = true;
    updated_.push_back(std::move(below));
  }

  absl::Status Write(Transaction& transaction) {
    auto status = PutLooks(transaction, looks_);
    if (status.ok()) status = InsertProposals(transaction, added_);
    if (status.ok()) status = UpdateProposals(transaction, updated_);
    if (!status.ok() || records_.empty()) return status;
    status = access::RecordAccess(transaction, {person_, "", ""}, records_);
    if (!status.ok() || events_.empty()) return status;
    return weighing_.outbox->Append(transaction, events_, weighing_.traceparent);
  }

 private:
  void Weigh(const RiskFacts& facts, const NumberedWeights& weights, RiskProposal* to) const {
    const Risk risk = RiskOf(facts, weights.weights);
    to->facts = facts;
    to->weights_number = weights.number;
    to->score = risk.score;
    to->threshold = risk.threshold;
    to->weighed_at = weighing_.now;
    to->updated_at = weighing_.now;
    to->updated_by = person_;
    to->last_call.clear();
  }

  void Propose(const PupilId& pupil, const Stay& stay, const RiskFacts& facts,
               const NumberedWeights& weights) {
    RiskProposal made{.id = ProposalId::New(*weighing_.ids),
                      .pupil = pupil,
                      .urn = stay.urn,
                      .la_code = stay.la_code,
                      .first_facts = facts,
                      .first_weights = weights.number,
                      .proposed_at = weighing_.now};
    Weigh(facts, weights, &made);
    events_.push_back(MakeProposedEvent(made));
    Record(made, "help proposed");
    added_.push_back(std::move(made));
  }

  // What nobody would see is not written.
  void Follow(const RiskProposal& last, const Stay& stay, const RiskFacts& facts,
              const NumberedWeights& weights) {
    if (last.facts == facts && last.weights_number == weights.number && last.urn == stay.urn &&
        last.la_code == stay.la_code) {
      return;
    }
    RiskProposal now = last;
    now.urn = stay.urn;
    now.la_code = stay.la_code;
    ++now.version;
    Weigh(facts, weights, &now);
    Record(now, "proposal of help: facts");
    updated_.push_back(std::move(now));
  }

  void Lapse(const RiskProposal& last, const RiskFacts& facts, const NumberedWeights& weights,
             std::string why) {
    RiskProposal now = last;
    now.state = ProposalState::kLapsed;
    now.lapsed_because = std::move(why);
    ++now.version;
    Weigh(facts, weights, &now);
    Record(now, "proposal of help lapsed");
    updated_.push_back(std::move(now));
  }

  void Record(const RiskProposal& proposal, std::string detail) {
    records_.push_back({access::Action::kWrite, access::SubjectKind::kPupil,
                        proposal.pupil.ToString(), proposal.urn, proposal.la_code,
                        std::move(detail)});
  }

  const Weighing& weighing_;
  const std::string person_;
  std::vector<Look> looks_ = {};
  std::vector<RiskProposal> added_ = {};
  std::vector<RiskProposal> updated_ = {};
  std::vector<events::NewEvent> events_ = {};
  std::vector<access::AccessEntry> records_ = {};
};

std::set<LaCode> AuthoritiesOf(const std::vector<RiskHistory>& histories,
                               const std::map<PupilId, RiskProposal>& last) {
  std::set<LaCode> authorities;
  for (const RiskHistory& history : histories) {
    for (const Stay& stay : history.stays) authorities.insert(stay.la_code);
  }
  for (const auto& [pupil, proposal] : last) authorities.insert(proposal.la_code);
  return authorities;
}

}  // namespace

absl::Status WeighPupils(Transaction& transaction, const std::vector<PupilId>& pupils,
                         const Weighing& weighing) {
  if (pupils.empty()) return absl::OkStatus();
  RegisterBook book(AbsenceCountsFrom(weighing.today), weighing.today);
  const auto histories = ReadHistories(transaction, pupils, book);
  if (!histories.ok()) return histories.status();
  const auto last = LockLastProposals(transaction, pupils);
  if (!last.ok()) return last.status();
  const auto on = ReadWeightsOn(transaction, AuthoritiesOf(*histories, *last));
  if (!on.ok()) return on.status();
  Worker worker(weighing, transaction.scope().person);
  for (const RiskHistory& history : *histories) {
    const auto known = last->find(history.pupil);
    worker.Consider(history, known == last->end() ? nullptr : &known->second, *on);
  }
  return worker.Write(transaction);
}

}  // namespace pathways::exclusions
