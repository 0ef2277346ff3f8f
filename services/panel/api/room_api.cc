#include "services/panel/api/room_api.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "pathways/panel/v1/room.pb.h"
#include "services/panel/api/calls.h"
#include "services/panel/api/messages.h"
#include "services/panel/store/provider_store.h"
#include "services/panel/store/room_store.h"
#include "services/panel/store/sitting_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

// Those on which it has places: a programme of two mornings is taken whole, too.
std::vector<Weekday> DaysOf(const Programme& programme) {
  std::vector<Weekday> days;
  for (const DayPlaces& one : programme.days) {
    if (one.places > 0) days.push_back(one.day);
  }
  return days;
}

void FillPlaces(const std::vector<Provider>& providers, const Sitting& sitting,
                education::Day today, const std::vector<Promised>& promised,
                v1::GetRoomResponse* to) {
  std::map<int, int> free_of_tier;
  for (const Provider& provider : providers) {
    if (!provider.open || provider.la_code != sitting.la_code) continue;
    if (!Concerns(provider, today).empty()) continue;
    for (const Programme& programme : provider.programmes) {
      if (programme.phase != sitting.phase) continue;
      v1::ProgrammePlaces* added = to->add_programmes();
      added->set_provider_name(provider.name);
      added->set_name(programme.name);
      added->set_tier(programme.tier);
      added->set_free(FreeOn(programme, DaysOf(programme)));
      free_of_tier[programme.tier] += added->free();
    }
  }
  std::ranges::sort(*to->mutable_programmes(), {}, [](const v1::ProgrammePlaces& one) {
    return std::tuple(one.tier(), one.provider_name(), one.name());
  });
  std::map<int, int> promised_of_tier;
  for (const Promised& one : promised) {
    promised_of_tier[one.tier] = one.pupils;
    free_of_tier.try_emplace(one.tier, 0);
  }
  for (const auto& [tier, free] : free_of_tier) {
    v1::TierPlaces* added = to->add_tiers();
    added->set_tier(tier);
    added->set_free(free);
    added->set_promised(promised_of_tier[tier]);
  }
}

// Numbers of places, and whether something changed, are not about a child: members who see no
// provider and no placement are told, too.
template <typename Work>
auto ForEverybody(const PanelParts& parts, const Call& call, Work&& work) {
  return storage::RunInTransaction(*parts.pool, storage::RowScope::System("panel.room"),
                                   call.deadline(), std::forward<Work>(work));
}

class Room {
 public:
  explicit Room(const PanelParts& parts) : parts_(parts) {}

  absl::Status Marks(const Call& call, const v1::GetRoomMarksRequest& request,
                     v1::GetRoomMarksResponse* response) const {
    const auto sitting = Visible(call, request.sitting_id());
    if (!sitting.ok()) return sitting.status();
    const auto marks = ForEverybody(parts_, call, [&](Transaction& transaction) {
      return ReadRoomMarks(transaction, sitting->id);
    });
    if (!marks.ok()) return marks.status();
    response->set_agenda(marks->agenda);
    response->set_decisions(marks->decisions);
    response->set_places(marks->places);
    return absl::OkStatus();
  }

  absl::Status Get(const Call& call, const v1::GetRoomRequest& request,
                   v1::GetRoomResponse* response) const {
    const auto sitting = Visible(call, request.sitting_id());
    if (!sitting.ok()) return sitting.status();
    response->set_at(education::InstantToString(parts_.clock->Now()));
    auto status = ForEverybody(parts_, call, [&](Transaction& transaction) -> absl::Status {
      const auto providers = ListProviders(transaction);
      if (!providers.ok()) return providers.status();
      const auto promised = ReadPromised(transaction, sitting->id);
      if (!promised.ok()) return promised.status();
      FillPlaces(*providers, *sitting, parts_.clock->Today(), *promised, response);
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
    return Reading(parts_, call, [&](Transaction& transaction) {
      return FillRecords(transaction, sitting->id, response);
    });
  }

 private:
  absl::StatusOr<Sitting> Visible(const Call& call, const std::string& sitting_id) const {
    const auto id = ReadId<SittingId>("sitting_id", sitting_id);
    if (!id.ok()) return id.status();
    return Reading(parts_, call,
                   [&](Transaction& transaction) { return FindSitting(transaction, *id); });
  }

  static absl::Status FillRecords(Transaction& transaction, const SittingId& id,
                                  v1::GetRoomResponse* response) {
    const auto interests = ReadInterestRecords(transaction, id);
    if (!interests.ok()) return interests.status();
    const auto votes = ReadVoteRecords(transaction, id);
    if (!votes.ok()) return votes.status();
    response->clear_interests();
    response->clear_votes();
    for (const InterestRecord& one : *interests) {
      v1::InterestRecord* added = response->add_interests();
      added->set_case_id(one.case_id);
      added->set_person_id(one.person_id);
      added->set_written_by(PersonIn(one.written_by));
      added->set_at(education::InstantToString(one.at));
    }
    for (const VoteRecord& one : *votes) {
      v1::VoteRecord* added = response->add_votes();
      added->set_decision_id(one.decision_id);
      added->set_person_id(one.person_id);
      if (const auto choice = kVoteChoiceNames.Parse(one.choice)) {
        added->set_choice(ToMessage<v1::VoteChoice>(*choice));
      }
      added->set_written_by(PersonIn(one.written_by));
      added->set_at(education::InstantToString(one.at));
    }
    return absl::OkStatus();
  }

  const PanelParts& parts_;
};

}  // namespace

service::Endpoint RoomEndpoint(const PanelParts& parts) {
  service::Endpoint endpoint("pathways.panel.v1.RoomService");
  endpoint
      .Unary<v1::GetRoomMarksRequest, v1::GetRoomMarksResponse>(
          "GetRoomMarks", Permission::kReadPanel,
          [parts](Call& c, const auto& q, auto* r) { return Room(parts).Marks(c, q, r); })
      .Unary<v1::GetRoomRequest, v1::GetRoomResponse>(
          "GetRoom", Permission::kReadPanel,
          [parts](Call& c, const auto& q, auto* r) { return Room(parts).Get(c, q, r); });
  return endpoint;
}

}  // namespace pathways::panel
