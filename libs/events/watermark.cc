#include "libs/events/watermark.h"

#include <algorithm>
#include <utility>

namespace pathways::events {

Watermark::Watermark(std::int64_t watermark, std::vector<SeqSpan> published)
    : watermark_(watermark), published_(std::move(published)) {
  Absorb();
}

std::vector<SeqSpan> Watermark::Unsettled() const {
  std::vector<SeqSpan> spans;
  spans.reserve(published_.size() + 1);
  std::int64_t next = watermark_ + 1;
  for (const SeqSpan& span : published_) {
    spans.push_back({next, span.low - 1});
    next = span.high + 1;
  }
  spans.push_back({next, kEnd});
  return spans;
}

void Watermark::Publish(std::span<const std::int64_t> seqs) {
  std::vector<SeqSpan> all;
  all.reserve(published_.size() + seqs.size());
  for (const std::int64_t seq : seqs) {
    if (!all.empty() && all.back().high + 1 == seq) {
      all.back().high = seq;
    } else {
      all.push_back({seq, seq});
    }
  }
  const auto middle = static_cast<std::ptrdiff_t>(all.size());
  all.insert(all.end(), published_.begin(), published_.end());
  std::inplace_merge(all.begin(), all.begin() + middle, all.end(),
                     [](const SeqSpan& a, const SeqSpan& b) { return a.low < b.low; });
  published_.clear();
  for (const SeqSpan& span : all) {
    if (!published_.empty() && span.low <= published_.back().high + 1) {
      published_.back().high = std::max(published_.back().high, span.high);
    } else {
      published_.push_back(span);
    }
  }
  Absorb();
}

void Watermark::SetHorizon(std::int64_t fresh_xid) { horizon_ = Horizon{fresh_xid, highest()}; }

void Watermark::Looked(std::int64_t snapshot_xmin, std::int64_t complete_to) {
  if (!horizon_.has_value() || snapshot_xmin < horizon_->xid) return;
  if (complete_to < horizon_->covers) return;
  watermark_ = std::max(watermark_, horizon_->covers);
  horizon_.reset();
  Absorb();
}

// Spans that the watermark touches become part of what lies below it.
void Watermark::Absorb() {
  auto span = published_.begin();
  while (span != published_.end() && span->low <= watermark_ + 1) {
    watermark_ = std::max(watermark_, span->high);
    ++span;
  }
  published_.erase(published_.begin(), span);
  if (published_.empty()) horizon_.reset();
}

}  // namespace pathways::events
