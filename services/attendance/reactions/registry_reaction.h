// Keeps the copy of enrolments and pupil characteristics current.
#pragma once

#include <span>

#include "libs/education/clock.h"
#include "libs/events/reaction.h"

namespace pathways::attendance {

class RegistryReaction : public events::Reaction {
 public:
  // `clock` must outlive it: what is written is known from then on.
  explicit RegistryReaction(const education::Clock& clock);

  absl::Status Apply(storage::Transaction& transaction,
                     std::span<const events::Event> events) override;

 private:
  const education::Clock& clock_;
};

}  // namespace pathways::attendance
