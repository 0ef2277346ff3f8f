// W3C Trace Context: one id follows a person's act through every service and event.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pathways::service {

// https://www.w3.org/TR/trace-context/, version 00.
struct TraceContext {
  std::string trace_id;  // 32 lower-case hex digits, not all zero
  std::string span_id;   // 16 lower-case hex digits, not all zero
  bool sampled = true;

  // A new trace.
  static TraceContext New();
  // From a `traceparent` header; none when it does not follow the standard (then start a new
  // trace).
  static std::optional<TraceContext> Parse(std::string_view traceparent);

  // The same trace with a span id of its own, for work done on behalf of this one.
  TraceContext Child() const;
  std::string ToTraceparent() const;
  bool operator==(const TraceContext&) const = default;
};

// The trace of the work this thread is doing now, which log lines name; null outside any.
const TraceContext* CurrentTrace();

// Makes `trace` the current one for this thread until the end of the block. Nests. `trace` must
// outlive it.
class ScopedTrace {
 public:
  explicit ScopedTrace(const TraceContext& trace);
  ~ScopedTrace();
  ScopedTrace(const ScopedTrace&) = delete;
  ScopedTrace& operator=(const ScopedTrace&) = delete;

 private:
  const TraceContext* outer_;
};

}  // namespace pathways::service
