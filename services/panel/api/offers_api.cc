// Offers: a place is held for a pupil, and accepted, declined or taken back.
#include <optional>
#include <string>
#include <vector>

#include "libs/forms/words.h"
#include "libs/storage/errors.h"
#include "services/panel/api/messages.h"
#include "services/panel/api/placement_change.h"
#include "services/panel/store/case_store.h"
#include "services/panel/store/decision_store.h"
#include "services/panel/store/provider_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using education::Day;
using service::Call;
using storage::Transaction;

struct OfferWish {
  PlacementId id;
  DecisionId decision;
  std::optional<ProgrammeId> programme;
  std::vector<Weekday> days;
  Day start_day;
  std::optional<Day> planned_end;
  std::string message;
};

absl::StatusOr<OfferWish> ReadWish(const v1::OfferPlacementRequest& request, Day today) {
  FieldReader read;
  const auto id = read.Needed<PlacementId>("placement_id", request.placement_id());
  const auto decision = read.Needed<DecisionId>("decision_id", request.decision_id());
  const auto programme = read.Optional<ProgrammeId>("programme_id", request.programme_id());
  const auto days = ReadDays({request.days().begin(), request.days().end()});
  read.wrong().AddIfError("days", days.status());
  const auto start = read.NeededDay("start_day", request.start_day());
  const auto end = read.OptionalDay("planned_end", request.planned_end());
  if (start && *start < today) read.wrong().Add("start_day", "Choose today or a later day");
  if (start && end && *end < *start) {
    read.wrong().Add("planned_end", "Choose a day after the first one");
  }
  const std::string message = forms::Tidy(request.message());
  if (const auto problem = forms::CheckWords("message", message, 0, kMostWords)) {
    read.wrong().Add(problem->field, problem->words);
  }
  if (!read.good()) return read.status();
  return OfferWish{*id, *decision, programme, *days, *start, end, message};
}

absl::Status JustGiven() {
  return absl::FailedPreconditionError(
      "The place has just been given to another pupil: look for another");
}

class Offers {
 public:
  explicit Offers(const PanelParts& parts) : parts_(parts) {}

  absl::Status Offer(const Call& call, const v1::OfferPlacementRequest& request,
                     v1::OfferPlacementResponse* response) const {
    const auto wish = ReadWish(request, parts_.clock->Today());
    if (!wish.ok()) return wish.status();
    auto offered = Writing(parts_, call, [&](Transaction& transaction) {
      return Make(call, transaction, *wish, response->mutable_placement());
    });
    const std::string constraint = storage::ConstraintOf(offered);
    if (constraint == "place_taken_once") return JustGiven();
    if (constraint == "placement_one_of_decision") {
      return absl::FailedPreconditionError(
          "This decision is being carried out by another placement already");
    }
    return offered;
  }

  absl::Status Answer(Call& call, const v1::AnswerOfferRequest& request,
                      v1::AnswerOfferResponse* response) const {
    const bool accepted = request.answer() == v1::OFFER_ANSWER_ACCEPT;
    const std::string reason = forms::Tidy(request.reason());
    if (const auto problem =
            forms::CheckWords("reason", reason, accepted ? 0 : kLeastWords, kMostWords)) {
      return service::InvalidField(problem->field, problem->words);
    }
    if (request.answer() == v1::OFFER_ANSWER_WITHDRAW && !WorksForAuthority(call.caller())) {
      return absl::PermissionDeniedError("The authority takes an offer back");
    }
    return ChangePlacement(
        parts_, call, {request.placement_id(), request.version()}, "panel offer answered",
        [&](PlacementChange& change) -> absl::Status {
          switch (request.answer()) {
            case v1::OFFER_ANSWER_ACCEPT:
              return Settle(change, PlacementAction::kAccept, "accepted", reason);
            case v1::OFFER_ANSWER_DECLINE:
              return Settle(change, PlacementAction::kDecline, "declined", reason);
            case v1::OFFER_ANSWER_WITHDRAW:
              return Settle(change, PlacementAction::kWithdraw, "withdrawn", reason);
            default:
              return service::InvalidField("answer", "Say how the offer is answered");
          }
        },
        response->mutable_placement());
  }

 private:
  static absl::Status Settle(PlacementChange& change, PlacementAction action,
                             const std::string& answer, const std::string& reason) {
    if (auto status = change.Do(action); !status.ok()) return status;
    v1::PlacementAnswered message;
    message.set_answer(answer);
    change.Publish(std::move(message));
    return change.Tell("offer_" + answer, "", reason);
  }

  // The programme's row is locked first: of two clerks in the same second the second one waits, and
  // sees what the first one took.
  struct Chosen {
    Programme programme;
    Provider provider;
    std::vector<Place> places;
  };
  absl::StatusOr<Chosen> Choose(Transaction& transaction, const OfferWish& wish) const {
    auto programme = LockProgramme(transaction, *wish.programme);
    if (!programme.ok()) return programme.status();
    auto provider = FindProvider(transaction, programme->provider);
    if (!provider.ok()) return provider.status();
    const auto concerns = Concerns(*provider, parts_.clock->Today());
    if (!concerns.empty()) {
      return absl::FailedPreconditionError("This provider takes no new pupils now. " +
                                           concerns.front());
    }
    if (provider->registration == Registration::kUnregistered && wish.days.size() >= 5) {
      return service::InvalidField("days", "An unregistered provider teaches part time only");
    }
    const auto now = ReadPlaces(transaction, programme->id);
    if (!now.ok()) return now.status();
    auto places = ChoosePlaces(now->capacity, now->taken, wish.days);
    if (!places.ok()) return places.status();
    return Chosen{*std::move(programme), *std::move(provider), *std::move(places)};
  }

  absl::Status Make(const Call& call, Transaction& transaction, const OfferWish& wish,
                    v1::Placement* to) const {
    if (const auto known = FindPlacement(transaction, wish.id); known.ok()) {
      return FillWhole(transaction, *known, to);
    }
    const auto decision = FindDecision(transaction, wish.decision);
    if (!decision.ok()) return decision.status();
    const auto panel_case = LockCase(transaction, decision->panel_case);
    if (!panel_case.ok()) return panel_case.status();
    std::optional<Chosen> chosen;
    if (wish.programme) {
      auto found = Choose(transaction, wish);
      if (!found.ok()) return found.status();
      chosen = *std::move(found);
    }
    auto status = CheckOffer(decision->terms, decision->state,
                             chosen ? std::optional(chosen->programme.tier) : std::nullopt);
    if (status.ok() && panel_case->state != CaseState::kDecided) {
      status = absl::FailedPreconditionError("The case is closed");
    }
    if (!status.ok()) return status;
    Placement placement = Describe(call, transaction, wish, *panel_case, *decision);
    if (chosen) {
      placement.provider = chosen->provider.id;
      placement.programme = chosen->programme.id;
      placement.name = chosen->provider.name + ": " + chosen->programme.name;
    }
    if (status = InsertPlacement(transaction, placement); !status.ok()) return status;
    if (chosen) {
      status = TakePlaces(transaction, placement, chosen->places);
      if (!status.ok()) return status;
    }
    const auto words = KeepWords(transaction, panel_case->id, wish.message, placement.id);
    if (!words.ok()) return words.status();
    placement.offer_words = *words;
    placement.message = wish.message;
    PlacementChange change(transaction, placement);
    if (status = change.Tell("place_offered"); !status.ok()) return status;
    change.Publish(v1::PlacementOffered());
    const Pen pen = PenOf(parts_, call, placement.origin_trace_id);
    if (status = change.Write(pen, "panel place offered"); !status.ok()) return status;
    return FillWhole(transaction, placement, to);
  }

  Placement Describe(const Call& call, const Transaction& transaction, const OfferWish& wish,
                     const PanelCase& panel_case, const Decision& decision) const {
    return {.id = wish.id,
            .panel_case = panel_case.id,
            .decision = decision.id,
            .pupil = panel_case.pupil,
            .urn = panel_case.urn,
            .la_code = panel_case.la_code,
            .receiving = decision.terms.receiving,
            .tier = decision.terms.tier,
            .days = wish.days,
            .start_day = wish.start_day,
            .planned_end = wish.planned_end ? wish.planned_end : decision.terms.until,
            .next_review = decision.terms.review_on,
            .origin_trace_id = panel_case.origin_trace_id,
            .updated_by = transaction.scope().person,
            .updated_at = parts_.clock->Now(),
            .last_call = call.request_id()};
  }

  const PanelParts& parts_;
};

}  // namespace

void AddOffers(service::Endpoint& endpoint, const PanelParts& parts) {
  endpoint
      .Unary<v1::OfferPlacementRequest, v1::OfferPlacementResponse>(
          "OfferPlacement", Permission::kWritePlacement,
          [&parts](Call& c, const auto& q, auto* r) -> absl::Status {
            if (!WorksForAuthority(c.caller())) {
              return absl::PermissionDeniedError("The authority offers places");
            }
            return Offers(parts).Offer(c, q, r);
          })
      .Unary<v1::AnswerOfferRequest, v1::AnswerOfferResponse>(
          "AnswerOffer", Permission::kReadPlacement,
          [&parts](Call& c, const auto& q, auto* r) -> absl::Status {
            // The school that takes the pupil, and no other, finds the placement to change.
            if (!c.caller().May(Permission::kWritePlacement) &&
                !c.caller().Has(access::Role::kSchool)) {
              return absl::PermissionDeniedError(
                  "The provider or the school that takes the pupil answers an offer");
            }
            return Offers(parts).Answer(c, q, r);
          });
}

}  // namespace pathways::panel
