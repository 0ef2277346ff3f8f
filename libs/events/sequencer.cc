#include "libs/events/sequencer.h"

#include <utility>

namespace pathways::events {
namespace {

// The events of one aggregate that are not applied, stored or just arrived.
struct Waiting {
  const Arrival* arrival;
  bool stored;
};

class EveryVersion {
 public:
  EveryVersion(AggregateStates& states, std::size_t follow) : states_(states), follow_(follow) {
    for (auto& [aggregate, state] : states_) {
      auto& waiting = waiting_[&state];
      for (const auto& [version, arrival] : state.stored)
        waiting.emplace(version, Waiting{&arrival, true});
    }
  }

  Plan Decide(std::span<const Arrival* const> fresh) && {
    for (const Arrival* arrival : fresh) Arrive(*arrival);
    for (auto& [aggregate, state] : states_) Follow(state);
    for (auto& [aggregate, state] : states_) Settle(state);
    return std::move(plan_);
  }

 private:
  void Arrive(const Arrival& arrival) {
    AggregateState& state = states_.at(arrival.event.aggregate);
    const std::int64_t version = arrival.event.version;
    if (version <= state.version) {
      ++plan_.stale;
    } else if (version == state.version + 1 && !state.blocked) {
      plan_.ready.push_back(&arrival);
      state.version = version;
      Follow(state);
    } else if (!waiting_[&state].emplace(version, Waiting{&arrival, false}).second) {
      ++plan_.stale;
    }
  }

  // What came in this set follows without limit; of what was stored, as many as are allowed.
  void Follow(AggregateState& state) {
    auto& waiting = waiting_[&state];
    while (!state.blocked && !waiting.empty()) {
      const auto [version, next] = *waiting.begin();
      if (version > state.version + 1 ||
          (version == state.version + 1 && next.stored && follow_ == 0))
        return;
      waiting.erase(waiting.begin());
      if (next.stored) Unpark(state, *next.arrival);
      if (version <= state.version) {
        ++plan_.stale;
        continue;
      }
      if (next.stored) --follow_;
      plan_.ready.push_back(next.arrival);
      state.version = version;
    }
  }

  void Unpark(AggregateState& state, const Arrival& arrival) {
    plan_.unpark.push_back(&arrival);
    --state.parked;
  }

  void Settle(AggregateState& state) {
    const auto& waiting = waiting_[&state];
    for (const auto& [version, one] : waiting) {
      if (one.stored) continue;
      plan_.park.push_back(one.arrival);
      ++state.parked;
    }
    // With nothing left of what was loaded, what is still stored has to be looked at.
    const bool next_is_here =
        waiting.empty() ? state.parked > 0 : waiting.begin()->first == state.version + 1;
    state.wake = !state.blocked && next_is_here;
  }

  AggregateStates& states_;
  std::size_t follow_;
  std::unordered_map<AggregateState*, std::map<std::int64_t, Waiting>> waiting_;
  Plan plan_;
};

// A newer state makes the ones before it, in the same set, unnecessary.
Plan LatestWins(std::span<const Arrival* const> fresh, AggregateStates& states) {
  Plan plan;
  std::unordered_map<std::string, const Arrival*> latest;
  for (const Arrival* arrival : fresh) {
    AggregateState& state = states.at(arrival->event.aggregate);
    if (arrival->event.version <= state.version) {
      ++plan.stale;
      continue;
    }
    state.version = arrival->event.version;
    if (!latest.insert_or_assign(arrival->event.aggregate, arrival).second) ++plan.stale;
  }
  for (const Arrival* arrival : fresh) {
    const auto found = latest.find(arrival->event.aggregate);
    if (found != latest.end() && found->second == arrival) plan.ready.push_back(arrival);
  }
  return plan;
}

}  // namespace

Plan Decide(Ordering ordering, std::span<const Arrival* const> fresh, AggregateStates& states,
            std::size_t follow) {
  if (ordering == Ordering::kLatestWins) return LatestWins(fresh, states);
  return EveryVersion(states, follow).Decide(fresh);
}

}  // namespace pathways::events
