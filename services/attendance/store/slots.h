// Which enrolment of a school has which slot in an academic year.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "libs/education/academic_year.h"
#include "libs/education/identifiers.h"

namespace pathways::attendance {

// A school's roll of one academic year.
struct RollKey {
  education::Urn urn;
  education::AcademicYear year;
  friend auto operator<=>(const RollKey&, const RollKey&) = default;
};

// Enrolments by slot, and back.
class Slots {
 public:
  const std::vector<education::EnrolmentId>& enrolments() const { return enrolments_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(enrolments_.size()); }

  std::optional<std::uint32_t> Find(const education::EnrolmentId& enrolment) const {
    const auto slot = slots_.find(enrolment);
    return slot == slots_.end() ? std::nullopt : std::optional(slot->second);
  }
  // Faster where it has the slot that is expected: rolls are mostly in the order of their slots.
  std::optional<std::uint32_t> Find(const education::EnrolmentId& enrolment,
                                    std::uint32_t expected) const {
    if (expected < size() && enrolments_[expected] == enrolment) return expected;
    return Find(enrolment);
  }
  // Gives it the next slot.
  std::uint32_t Append(const education::EnrolmentId& enrolment) {
    const std::uint32_t slot = size();
    enrolments_.push_back(enrolment);
    slots_.emplace(enrolment, slot);
    return slot;
  }

 private:
  std::vector<education::EnrolmentId> enrolments_;
  absl::flat_hash_map<education::EnrolmentId, std::uint32_t> slots_;
};

// Committed slots, which never change: only what was appended since has to be read. Thread-safe.
class SlotCache {
 public:
  // Null when not known.
  std::shared_ptr<const Slots> Get(const RollKey& key) const {
    const std::lock_guard lock(mutex_);
    const auto known = slots_.find(key);
    return known == slots_.end() ? nullptr : known->second;
  }
  // Keeps the longer of what is there and what is given.
  void Put(const RollKey& key, std::shared_ptr<const Slots> slots) {
    const std::lock_guard lock(mutex_);
    if (slots_.size() >= kMaxRolls && !slots_.contains(key)) slots_.clear();
    auto& known = slots_[key];
    if (known == nullptr || known->size() < slots->size()) known = std::move(slots);
  }

 private:
  static constexpr std::size_t kMaxRolls = 1000;  // about 16 MB

  mutable std::mutex mutex_;
  std::map<RollKey, std::shared_ptr<const Slots>> slots_;
};

}  // namespace pathways::attendance
