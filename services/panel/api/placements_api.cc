// Placements: started, reviewed, ended with a plan for the return.
#include <optional>
#include <string>

#include "libs/forms/words.h"
#include "services/panel/api/messages.h"
#include "services/panel/api/placement_change.h"
#include "services/panel/store/reintegration_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using education::Day;
using service::Call;
using storage::Transaction;

class Placements {
 public:
  explicit Placements(const PanelParts& parts) : parts_(parts) {}

  absl::Status Start(Call& call, const v1::StartPlacementRequest& request,
                     v1::StartPlacementResponse* response) const {
    FieldReader read;
    const auto start = read.NeededDay("start_day", request.start_day());
    const auto review = read.OptionalDay("next_review", request.next_review());
    if (start && *start > parts_.clock->Today()) {
      read.wrong().Add("start_day", "Say so once the pupil is there");
    }
    if (start && review && *review <= *start) {
      read.wrong().Add("next_review", "Choose a day after the first one");
    }
    if (!read.good()) return read.status();
    return ChangePlacement(
        parts_, call, {request.placement_id(), request.version()}, "panel placement started",
        [&](PlacementChange& change) -> absl::Status {
          if (auto status = change.Do(PlacementAction::kStart); !status.ok()) return status;
          change.placement().start_day = *start;
          if (review) change.placement().next_review = review;
          change.Publish(v1::PlacementStarted());
          return change.Tell("placement_started", start->ToIso());
        },
        response->mutable_placement());
  }

  absl::Status Review(Call& call, const v1::ReviewPlacementRequest& request,
                      v1::ReviewPlacementResponse* response) const {
    const v1::PlacementReview& sent = request.review();
    FieldReader read;
    const auto day = read.NeededDay("review.day", sent.day());
    const auto outcome = read.Chosen("review.outcome", kReviewOutcomeNames.Parse(sent.outcome()));
    const auto next = read.OptionalDay("review.next_review", sent.next_review());
    const auto planned_end = read.OptionalDay("planned_end", request.planned_end());
    if (!read.good()) return read.status();
    const panel::Review review{*day, outcome, forms::Tidy(sent.words()), next};
    return ChangePlacement(
        parts_, call, {request.placement_id(), request.version()}, "panel placement reviewed",
        [&](PlacementChange& change) { return Keep(change, review, planned_end); },
        response->mutable_placement());
  }

  absl::Status End(Call& call, const v1::EndPlacementRequest& request,
                   v1::EndPlacementResponse* response) const {
    FieldReader read;
    const auto day = read.NeededDay("day", request.day());
    const auto reason = read.Chosen("reason", kEndReasonNames.Parse(request.reason()));
    const std::string words = forms::Tidy(request.words());
    if (!read.good()) return read.status();
    return ChangePlacement(
        parts_, call, {request.placement_id(), request.version()}, "panel placement ended",
        [&](PlacementChange& change) { return Finish(change, *day, reason, words); },
        response->mutable_placement());
  }

  absl::Status Get(const Call& call, const v1::GetPlacementRequest& request,
                   v1::GetPlacementResponse* response) const {
    const auto id = ReadId<PlacementId>("placement_id", request.placement_id());
    if (!id.ok()) return id.status();
    return Reading(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto placement = FindPlacement(transaction, *id);
      if (!placement.ok()) return placement.status();
      auto status = FillWhole(transaction, *placement, response->mutable_placement());
      if (!status.ok()) return status;
      return RecordReads(transaction, call, std::span(&*placement, 1), "panel placement");
    });
  }

  absl::Status List(const Call& call, const v1::ListPlacementsRequest& request,
                    v1::ListPlacementsResponse* response) const {
    const auto page = service::OffsetPage::Read(request.page_size(), request.page_token(), kPage);
    if (!page.ok()) return page.status();
    auto filter = ReadFilter(request);
    if (!filter.ok()) return filter.status();
    filter->offset = page->offset;
    filter->limit = page->size;
    const auto found =
        Reading(parts_, call, [&](Transaction& transaction) -> absl::StatusOr<PlacementPage> {
          auto placements = ListPlacements(transaction, *filter);
          if (!placements.ok()) return placements.status();
          auto status =
              RecordReads(transaction, call, placements->placements, "panel placement in a list");
          if (!status.ok()) return status;
          return placements;
        });
    if (!found.ok()) return found.status();
    for (const Placement& one : found->placements) Fill(one, response->add_placements());
    response->set_total(found->total);
    response->set_next_page_token(page->NextToken(found->placements.size(), found->total));
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<PlacementFilter> ReadFilter(const v1::ListPlacementsRequest& request) const {
    FieldReader read;
    PlacementFilter filter{
        .states = {},
        .panel_case = read.Optional<CaseId>("case_id", request.case_id()),
        .provider = read.Optional<ProviderId>("provider_id", request.provider_id()),
        .review_overdue = request.review_overdue(),
        .today = parts_.clock->Today()};
    for (const int number : request.states()) {
      const auto state = FromMessage<kPlacementStateNames>(number);
      if (state) {
        filter.states.push_back(*state);
      } else {
        read.wrong().Add("states", "Name states, or leave them out for all");
      }
    }
    if (!read.good()) return read.status();
    return filter;
  }

  absl::Status Keep(PlacementChange& change, const panel::Review& review,
                    const std::optional<Day>& planned_end) const {
    Placement& placement = change.placement();
    if (auto status = change.Do(PlacementAction::kReview); !status.ok()) return status;
    auto status = ToStatus(CheckReview(placement, review, planned_end, parts_.clock->Today()));
    if (!status.ok()) return status;
    if (status = KeepReview(change.transaction(), placement, review); !status.ok()) return status;
    placement.next_review = review.next_review;
    if (planned_end) placement.planned_end = planned_end;
    v1::PlacementReviewed message;
    message.set_day(review.day.ToIso());
    message.set_outcome(std::string(kReviewOutcomeNames.Of(review.outcome)));
    const std::string outcome = message.outcome();
    change.Publish(std::move(message));
    return change.Tell("placement_reviewed", outcome);
  }

  absl::Status Finish(PlacementChange& change, Day day, EndReason reason,
                      const std::string& words) const {
    Placement& placement = change.placement();
    if (auto status = change.Do(PlacementAction::kEnd); !status.ok()) return status;
    auto status = ToStatus(CheckEnd(placement, reason, day, words, parts_.clock->Today()));
    if (!status.ok()) return status;
    placement.ended_on = day;
    placement.end_reason = std::string(kEndReasonNames.Of(reason));
    v1::PlacementEnded ended;
    ended.set_day(day.ToIso());
    ended.set_reason(placement.end_reason);
    change.Publish(std::move(ended));
    status = change.Tell("placement_ended", placement.end_reason, words);
    return status.ok() && IsReintegration(reason) ? Return(change) : status;
  }

  // With a plan the return begins; a school that keeps the pupil it already has needs none.
  static absl::Status Return(PlacementChange& change) {
    const Placement& placement = change.placement();
    v1::PupilReintegrated back;
    const bool planned = placement.reintegration_day.has_value();
    back.set_to_urn((planned ? placement.reintegration_urn : placement.receiving)->value());
    back.set_day((planned ? placement.reintegration_day : placement.ended_on)->ToIso());
    change.Publish(std::move(back));
    if (planned) {
      auto status = BeginReturn(change.transaction(), placement);
      if (!status.ok()) return status;
    }
    return change.Tell("pupil_reintegrated");
  }

  const PanelParts& parts_;
};

}  // namespace

void AddPlacements(service::Endpoint& endpoint, const PanelParts& parts) {
  endpoint
      .Unary<v1::StartPlacementRequest, v1::StartPlacementResponse>(
          "StartPlacement", Permission::kWritePlacement,
          [&parts](Call& c, const auto& q, auto* r) { return Placements(parts).Start(c, q, r); })
      .Unary<v1::ReviewPlacementRequest, v1::ReviewPlacementResponse>(
          "ReviewPlacement", Permission::kWritePlacement,
          [&parts](Call& c, const auto& q, auto* r) { return Placements(parts).Review(c, q, r); })
      .Unary<v1::EndPlacementRequest, v1::EndPlacementResponse>(
          "EndPlacement", Permission::kWritePlacement,
          [&parts](Call& c, const auto& q, auto* r) { return Placements(parts).End(c, q, r); })
      .Unary<v1::GetPlacementRequest, v1::GetPlacementResponse>(
          "GetPlacement", Permission::kReadPlacement,
          [&parts](Call& c, const auto& q, auto* r) { return Placements(parts).Get(c, q, r); })
      .Unary<v1::ListPlacementsRequest, v1::ListPlacementsResponse>(
          "ListPlacements", Permission::kReadPlacement,
          [&parts](Call& c, const auto& q, auto* r) { return Placements(parts).List(c, q, r); });
}

}  // namespace pathways::panel
