// Which events may be applied now, and which must wait. Internal to the consumer; pure, so that it
// can be simulated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "libs/events/envelope.h"
#include "libs/events/reaction.h"

namespace pathways::events {

// An event and the record it was read from, which is kept when it has to wait.
struct Arrival {
  Record record;
  Event event;
};

// How far a reaction is with one aggregate.
struct AggregateState {
  std::int64_t version = 0;  // last one applied
  std::int64_t parked = 0;   // how many are stored, loaded here or not
  bool blocked = false;
  bool wake = false;
  // Stored ones by version; loaded only when the aggregate is not blocked.
  std::map<std::int64_t, Arrival> stored;
};

// Node-based: plans point into it.
using AggregateStates = std::unordered_map<std::string, AggregateState>;

struct Plan {
  std::vector<const Arrival*> ready;   // in this order; within an aggregate by version
  std::vector<const Arrival*> park;    // to be stored
  std::vector<const Arrival*> unpark;  // no longer to be stored: ready now, or overtaken
  std::size_t stale = 0;               // older than, or as old as, what was applied
};

// Decides about `fresh` (in order of arrival, each seen for the first time) and about what is
// stored, and moves `states` to what they will be once the plan is carried out. Of what is stored
// at most `follow` events become ready; if more could, `wake` is set. Every aggregate of `fresh`
// must be in `states`.
Plan Decide(Ordering ordering, std::span<const Arrival* const> fresh, AggregateStates& states,
            std::size_t follow);

}  // namespace pathways::events
