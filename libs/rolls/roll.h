// The enrolments of one school, found by UPN: what the rows of a register are matched against.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libs/education/day.h"
#include "libs/education/identifiers.h"
#include "libs/education/upn.h"

namespace pathways::rolls {

struct RollMember {
  education::EnrolmentId enrolment;
  education::PupilId pupil;
  education::Upn upn;
  std::vector<education::Upn> former_upns;
  education::Day entry;
  std::optional<education::Day> leaving;  // last day on roll
  std::optional<education::Day> date_of_birth;

  bool IsOnRoll(education::Day day) const { return entry <= day && (!leaving || day <= *leaving); }
};

// Immutable once made, so any number of threads may look up at once. Members keep the order given
// (of arrival).
class Roll {
 public:
  Roll(education::Urn urn, education::LaCode la_code, std::vector<RollMember> members);

  education::Urn urn() const { return urn_; }
  education::LaCode la_code() const { return la_code_; }
  const std::vector<RollMember>& members() const { return members_; }

  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // The member with that UPN (Upn::packed(), now or formerly theirs) who is on roll that day: of
  // several enrolments the one that began last. kNone when there is none.
  std::uint32_t Find(std::uint64_t packed_upn, education::Day day) const;

  // Brings what Find() reads into the processor's cache: worth it before most of the roll is looked
  // up in whatever order a file has.
  void Prefetch() const;

  // Why Find answered kNone, for whoever has to mend the row; never repeats the number.
  enum class Absence { kNotOnRoll, kOutsideEnrolment };
  struct WhyNot {
    Absence absence;
    std::string reason;
  };
  WhyNot Explain(std::uint64_t packed_upn, education::Day day) const;

 private:
  struct Bucket {
    std::uint64_t upn = education::Upn::kInvalidPacked;
    std::uint32_t first = kNone;
  };

  void Insert(std::uint64_t upn, std::uint32_t member);
  std::size_t Slot(std::uint64_t upn) const;  // of the bucket that holds it, or an empty one
  std::uint32_t FirstLink(std::uint64_t upn) const;

  education::Urn urn_;
  education::LaCode la_code_;
  std::vector<RollMember> members_;
  // Open addressing, at most half full. A bucket starts a chain of the enrolments that share the
  // number.
  std::vector<Bucket> buckets_;
  struct Link {
    std::uint32_t member;
    std::uint32_t next;
    education::Day entry, last;  // the member's, here so that looking up touches no member
  };
  std::vector<Link> links_;
};

}  // namespace pathways::rolls
