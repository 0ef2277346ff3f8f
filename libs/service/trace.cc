#include "libs/service/trace.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>

namespace pathways::service {
namespace {

thread_local const TraceContext* current_trace = nullptr;

constexpr std::size_t kTraceDigits = 32;
constexpr std::size_t kSpanDigits = 16;
constexpr std::size_t kHeaderLength = 55;  // 00-<32>-<16>-<2>

bool IsLowerHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool IsId(std::string_view text) {
  return IsLowerHex(text) && text.find_first_not_of('0') != text.npos;
}

std::string RandomHex(std::size_t digits) {
  // Ids only have to differ; they are no secrets.
  thread_local std::mt19937_64 generator{std::random_device{}()};
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  do {
    text.clear();
    while (text.size() < digits) {
      std::uint64_t bits = generator();
      for (int i = 0; i < 16; ++i, bits >>= 4) text += kDigits[bits & 15];
    }
  } while (!IsId(text));
  return text;
}

}  // namespace

TraceContext TraceContext::New() { return {RandomHex(kTraceDigits), RandomHex(kSpanDigits), true}; }

TraceContext TraceContext::Child() const { return {trace_id, RandomHex(kSpanDigits), sampled}; }

std::optional<TraceContext> TraceContext::Parse(std::string_view header) {
  // A later version may be longer, but starts the same; ff is never a version.
  const bool long_enough =
      header.size() == kHeaderLength ||
      (header.size() > kHeaderLength && header[kHeaderLength] == '-' && !header.starts_with("00"));
  if (!long_enough || header[2] != '-' || header[35] != '-' || header[52] != '-') return {};
  const std::string_view version = header.substr(0, 2);
  const std::string_view trace = header.substr(3, kTraceDigits);
  const std::string_view span = header.substr(36, kSpanDigits);
  const std::string_view flags = header.substr(53, 2);
  if (!IsLowerHex(version) || version == "ff" || !IsId(trace) || !IsId(span) ||
      !IsLowerHex(flags)) {
    return {};
  }
  const int last = flags[1] <= '9' ? flags[1] - '0' : flags[1] - 'a' + 10;
  return TraceContext{std::string(trace), std::string(span), (last & 1) != 0};
}

std::string TraceContext::ToTraceparent() const {
  return "00-" + trace_id + "-" + span_id + (sampled ? "-01" : "-00");
}

const TraceContext* CurrentTrace() { return current_trace; }

ScopedTrace::ScopedTrace(const TraceContext& trace) : outer_(current_trace) {
  current_trace = &trace;
}

ScopedTrace::~ScopedTrace() { current_trace = outer_; }

}  // namespace pathways::service
