// Which events of an outbox are published. Internal to the relay; pure, so that it can be
// simulated.
//
// Numbers (seq) are handed out before transactions commit, so a low one may become visible after a
// higher one, or never (it was rolled back). Everything up to the watermark is settled: published,
// or certain never to come. Above it, spans of what is published already.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace pathways::events {

// Both ends included.
struct SeqSpan {
  std::int64_t low = 0;
  std::int64_t high = 0;
  bool operator==(const SeqSpan&) const = default;
};

class Watermark {
 public:
  static constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();

  Watermark() = default;
  // As stored; `published` ascending, apart from each other, above the watermark.
  Watermark(std::int64_t watermark, std::vector<SeqSpan> published);

  std::int64_t watermark() const { return watermark_; }
  const std::vector<SeqSpan>& published() const { return published_; }
  // Highest published seq, or the watermark.
  std::int64_t highest() const { return published_.empty() ? watermark_ : published_.back().high; }

  // Where unpublished events may be, ascending: the gaps, then everything above.
  std::vector<SeqSpan> Unsettled() const;

  // These (ascending) were acknowledged.
  void Publish(std::span<const std::int64_t> seqs);

  // Stepping over a gap. Whoever took a number below highest() had a transaction id by then (the
  // outbox sees to that), so a transaction id assigned from now on is higher than his. Once all
  // transactions below it have ended (pg_snapshot_xmin >= it), a look with that snapshot shows
  // every event of the gaps that will ever be.
  //
  // True when there is a gap that no horizon covers: assign a fresh id (pg_current_xact_id, not the
  // snapshot's xmax, which is behind it) and hand it to SetHorizon.
  bool NeedsHorizon() const { return !published_.empty() && !horizon_.has_value(); }
  void SetHorizon(std::int64_t fresh_xid);

  // A look whose snapshot had this xmin found every event up to `complete_to` that it could see,
  // and all of them are published by now. Steps over the gaps that the horizon proves dead.
  void Looked(std::int64_t snapshot_xmin, std::int64_t complete_to);

 private:
  struct Horizon {
    std::int64_t xid;
    std::int64_t covers;  // gaps below this seq
  };

  void Absorb();

  std::int64_t watermark_ = 0;
  std::vector<SeqSpan> published_;
  std::optional<Horizon> horizon_;
};

}  // namespace pathways::events
