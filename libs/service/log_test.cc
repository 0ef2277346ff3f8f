#include "libs/service/log.h"

#include <gtest/gtest.h>

#include "libs/service/trace.h"
#include "nlohmann/json.hpp"

namespace pathways::service {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

json Line(Literal message, std::initializer_list<LogField> fields) {
  return json::parse(FormatLogLine(LogLevel::kInfo, message, fields));
}

TEST(Log, WritesTypedFields) {
  const json line =
      Line("rows read", {{"rows", 5}, {"took_ms", 1500us}, {"good", true}, {"method", "a.b/C"}});
  EXPECT_EQ(line["message"], "rows read");
  EXPECT_EQ(line["level"], "info");
  EXPECT_EQ(line["rows"], 5);
  EXPECT_EQ(line["took_ms"], 1.5);
  EXPECT_EQ(line["good"], true);
  EXPECT_EQ(line["method"], "a.b/C");
  EXPECT_FALSE(line.contains("trace_id"));
}

TEST(Log, NamesTheTrace) {
  const TraceContext trace = TraceContext::New();
  const ScopedTrace scoped(trace);
  EXPECT_EQ(Line("x", {})["trace_id"], trace.trace_id);
}

TEST(Log, WithholdsTextThatIsNoCode) {
  for (const char* text : {"Zoë", "Sam Sample", "sam@example.org", "a\nb", "\"}"}) {
    EXPECT_EQ(Line("x", {{"value", text}})["value"], "(withheld)") << text;
  }
  EXPECT_EQ(Line("x", {{"value", std::string(81, 'a')}})["value"], "(withheld)");
}

TEST(Log, TellsOurFaultsWithoutWhatIsQuoted) {
  const auto text = [](const absl::Status& status) {
    return Line("x", {{"status", status}})["status"].get<std::string>();
  };
  EXPECT_EQ(text(absl::InternalError("bad value \"Sam Sample\" in \"outbox_pk\"")),
            "INTERNAL: bad value (withheld) in outbox_pk");
  EXPECT_EQ(text(absl::UnavailableError("unclosed 'Sam Sample")),
            "UNAVAILABLE: unclosed (withheld)");
  EXPECT_EQ(text(absl::InternalError("first\nDETAIL: Key (upn)=(A123)")), "INTERNAL: first");
}

TEST(Log, TellsOnlyTheCodeOfCallersFaults) {
  EXPECT_EQ(Line("x", {{"status", absl::InvalidArgumentError("Sam Sample is no UPN")}})["status"],
            "INVALID_ARGUMENT");
  EXPECT_EQ(Line("x", {{"status", absl::NotFoundError("Sam Sample")}})["status"], "NOT_FOUND");
}

TEST(Log, BrokenUnicodeDoesNotBreakTheLine) {
  const json line = Line("x", {LogField::Text("what", "half a \xc3 character")});
  EXPECT_TRUE(line["what"].get<std::string>().starts_with("half a "));
}

}  // namespace
}  // namespace pathways::service
