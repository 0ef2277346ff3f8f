#include "libs/rolls/roll.h"

#include <bit>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"

namespace pathways::rolls {

using education::Day;

namespace {

constexpr Day kNoEnd{std::chrono::year(9999) / 12 / 31};

template <typename T>
void PrefetchAll(const std::vector<T>& values) {
  constexpr std::size_t kCacheLine = 64;
  const auto* bytes = reinterpret_cast<const char*>(values.data());
  for (std::size_t at = 0; at < values.size() * sizeof(T); at += kCacheLine)
    __builtin_prefetch(bytes + at);
}

}  // namespace

Roll::Roll(education::Urn urn, education::LaCode la_code, std::vector<RollMember> members)
    : urn_(urn), la_code_(la_code), members_(std::move(members)) {
  std::size_t numbers = members_.size();
  for (const RollMember& member : members_) numbers += member.former_upns.size();
  buckets_.resize(std::bit_ceil(2 * numbers + 2));
  links_.reserve(numbers);
  for (std::uint32_t i = 0; i < members_.size(); ++i) {
    Insert(members_[i].upn.packed(), i);
    for (const education::Upn& former : members_[i].former_upns) Insert(former.packed(), i);
  }
}

std::size_t Roll::Slot(std::uint64_t upn) const {
  const std::size_t mask = buckets_.size() - 1;
  // Fibonacci hashing: the number's digits are far from random, the product's high bits are not.
  std::size_t at = (upn * 0x9E3779B97F4A7C15ULL) >> 32 & mask;
  while (buckets_[at].first != kNone && buckets_[at].upn != upn) at = (at + 1) & mask;
  return at;
}

void Roll::Insert(std::uint64_t upn, std::uint32_t member) {
  Bucket& bucket = buckets_[Slot(upn)];
  const RollMember& of = members_[member];
  links_.push_back({member, bucket.first, of.entry, of.leaving.value_or(kNoEnd)});
  bucket = {upn, static_cast<std::uint32_t>(links_.size() - 1)};
}

std::uint32_t Roll::FirstLink(std::uint64_t upn) const {
  const Bucket& bucket = buckets_[Slot(upn)];
  return bucket.upn == upn ? bucket.first : kNone;
}

std::uint32_t Roll::Find(std::uint64_t packed_upn, Day day) const {
  const Link* found = nullptr;
  for (std::uint32_t at = FirstLink(packed_upn); at != kNone; at = links_[at].next) {
    const Link& link = links_[at];
    if (day < link.entry || link.last < day) continue;
    if (found == nullptr || found->entry < link.entry) found = &link;
  }
  return found == nullptr ? kNone : found->member;
}

void Roll::Prefetch() const {
  PrefetchAll(buckets_);
  PrefetchAll(links_);
}

Roll::WhyNot Roll::Explain(std::uint64_t packed_upn, Day day) const {
  const RollMember* nearest = nullptr;
  for (std::uint32_t link = FirstLink(packed_upn); link != kNone; link = links_[link].next) {
    const RollMember& member = members_[links_[link].member];
    // Of the enrolments before the day the last, otherwise the first after it.
    const bool better =
        nearest == nullptr ||
        (member.entry <= day ? nearest->entry > day || nearest->entry < member.entry
                             : nearest->entry > day && member.entry < nearest->entry);
    if (better) nearest = &member;
  }
  if (nearest == nullptr) {
    return {Absence::kNotOnRoll, "This pupil is not on the roll of this school."};
  }
  std::string reason = absl::StrCat("This pupil was not on roll on ", day.ToUk(), ": entered on ",
                                    nearest->entry.ToUk());
  if (nearest->leaving) absl::StrAppend(&reason, ", left on ", nearest->leaving->ToUk());
  return {Absence::kOutsideEnrolment, reason + "."};
}

}  // namespace pathways::rolls
