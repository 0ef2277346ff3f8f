#include "libs/events/envelope.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "libs/education/id_source.h"

namespace pathways::events {
namespace {

using ::testing::HasSubstr;

Event AnEvent() {
  education::SequenceIdSource ids;
  Event event(EventId::New(ids));
  event.type = "pathways.attendance.v1.AbsenceBecamePersistent";
  event.source = "/pathways/attendance";
  event.time = education::ParseInstant("2026-10-06T08:45:00.25Z").value();
  event.subject = "enrolment/7";
  event.aggregate = "absence/7";
  event.version = 3;
  event.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  event.payload = std::string("\0\x01\xff", 3);
  event.key = "pupil-7";
  event.topic = "pathways.attendance.v1";
  return event;
}

Record RecordOf(const Event& event) {
  Record record;
  record.topic = event.topic;
  record.partition = 2;
  record.offset = 17;
  record.key = RecordKey(event);
  if (!event.tombstone) record.value = event.payload;
  record.headers = EncodeHeaders(event);
  return record;
}

std::string& HeaderOf(Record& record, std::string_view name) {
  const auto found = std::find_if(record.headers.begin(), record.headers.end(),
                                  [&](const Header& header) { return header.first == name; });
  EXPECT_NE(found, record.headers.end()) << name;
  return found->second;
}

void Drop(Record& record, std::string_view name) {
  std::erase_if(record.headers, [&](const Header& header) { return header.first == name; });
}

TEST(Envelope, IsCloudEventsBinaryMode) {
  Record record = RecordOf(AnEvent());
  EXPECT_EQ(HeaderOf(record, "ce_id"), "00000000-0000-4000-8000-000000000001");
  EXPECT_EQ(HeaderOf(record, "ce_source"), "/pathways/attendance");
  EXPECT_EQ(HeaderOf(record, "ce_type"), "pathways.attendance.v1.AbsenceBecamePersistent");
  EXPECT_EQ(HeaderOf(record, "ce_specversion"), "1.0");
  EXPECT_EQ(HeaderOf(record, "ce_time"), "2026-10-06T08:45:00.25Z");
  EXPECT_EQ(HeaderOf(record, "ce_subject"), "enrolment/7");
  EXPECT_EQ(HeaderOf(record, "ce_partitionkey"), "pupil-7");
  EXPECT_EQ(HeaderOf(record, "ce_aggregate"), "absence/7");
  EXPECT_EQ(HeaderOf(record, "ce_aggregateversion"), "3");
  EXPECT_EQ(HeaderOf(record, "content-type"), "application/protobuf");
  EXPECT_EQ(HeaderOf(record, "traceparent"),
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
}

TEST(Envelope, ComesBackAsItWas) {
  const Event sent = AnEvent();
  const auto read = DecodeRecord(RecordOf(sent));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->id, sent.id);
  EXPECT_EQ(read->type, sent.type);
  EXPECT_EQ(read->source, sent.source);
  EXPECT_EQ(read->time, sent.time);
  EXPECT_EQ(read->subject, sent.subject);
  EXPECT_EQ(read->aggregate, sent.aggregate);
  EXPECT_EQ(read->version, sent.version);
  EXPECT_EQ(read->traceparent, sent.traceparent);
  EXPECT_EQ(read->payload, sent.payload);
  EXPECT_EQ(read->key, sent.key);
  EXPECT_EQ(read->compaction_key, "");
  EXPECT_EQ(read->partition, 2);
  EXPECT_EQ(read->offset, 17);
}

TEST(Envelope, KeepsCompactionKeyApartFromPartitionKey) {
  Event sent = AnEvent();
  sent.compaction_key = "absence/7";
  const Record record = RecordOf(sent);
  EXPECT_EQ(record.key, "absence/7");
  const auto read = DecodeRecord(record);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->key, "pupil-7");
  EXPECT_EQ(read->compaction_key, "absence/7");
}

TEST(Envelope, TellsTombstoneFromEmptyMessage) {
  Event sent = AnEvent();
  sent.payload.clear();
  const auto empty = DecodeRecord(RecordOf(sent));
  ASSERT_TRUE(empty.ok()) << empty.status();
  EXPECT_FALSE(empty->tombstone);
  sent.tombstone = true;
  const auto tombstone = DecodeRecord(RecordOf(sent));
  ASSERT_TRUE(tombstone.ok()) << tombstone.status();
  EXPECT_TRUE(tombstone->tombstone);
}

TEST(Envelope, NamesEachMissingHeader) {
  for (const std::string name : {"ce_id", "ce_source", "ce_type", "ce_specversion", "ce_time",
                                 "ce_aggregate", "ce_aggregateversion", "content-type"}) {
    Record record = RecordOf(AnEvent());
    Drop(record, name);
    const auto read = DecodeRecord(record);
    EXPECT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument) << name;
    EXPECT_THAT(std::string(read.status().message()), HasSubstr(name));
  }
}

TEST(Envelope, ManagesWithoutOptionalHeaders) {
  Record record = RecordOf(AnEvent());
  for (const std::string_view name : {"ce_subject", "traceparent", "ce_partitionkey"})
    Drop(record, name);
  record.headers.emplace_back("x-other", "anything\n");
  const auto read = DecodeRecord(record);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->key, "pupil-7");
}

TEST(Envelope, RefusesMalformedHeadersWithoutRepeatingThem) {
  const std::pair<std::string, std::string> kWrong[] = {
      {"ce_id", "secret"},
      {"ce_id", "00000000-0000-0000-0000-000000000000"},
      {"ce_source", std::string(300, 'x')},
      {"ce_type", "secret\x01"},
      {"ce_specversion", "0.3"},
      {"ce_time", "yesterday"},
      {"ce_subject", "Zo\xc3\xab"},
      {"ce_aggregate", ""},
      {"ce_aggregateversion", "0"},
      {"ce_aggregateversion", "-1"},
      {"ce_aggregateversion", "3x"},
      {"ce_aggregateversion", "99999999999999999999"},
      {"content-type", "application/json"},
  };
  for (const auto& [name, value] : kWrong) {
    Record record = RecordOf(AnEvent());
    HeaderOf(record, name) = value;
    const auto read = DecodeRecord(record);
    ASSERT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument) << name << "=" << value;
    EXPECT_THAT(std::string(read.status().message()), HasSubstr(name));
    if (!value.empty()) {
      EXPECT_THAT(std::string(read.status().message()), ::testing::Not(HasSubstr(value)));
    }
  }
}

TEST(Envelope, RefusesHeaderTwice) {
  Record record = RecordOf(AnEvent());
  record.headers.emplace_back("ce_id", "00000000-0000-4000-8000-000000000002");
  EXPECT_FALSE(DecodeRecord(record).ok());
}

TEST(Envelope, DropsMalformedTraceRatherThanEvent) {
  for (const std::string trace :
       {"", "00-1-2-3", "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"}) {
    Record record = RecordOf(AnEvent());
    HeaderOf(record, "traceparent") = trace;
    const auto read = DecodeRecord(record);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->traceparent, "");
  }
}

TEST(NewEvent, IsCheckedBeforeItIsWritten) {
  NewEvent good;
  good.type = "pathways.attendance.v1.AbsenceRecovered";
  good.aggregate = "absence/7";
  good.version = 1;
  good.key = "pupil-7";
  EXPECT_TRUE(CheckNewEvent(good).ok());
  const auto refused = [&good](auto change) {
    NewEvent event = good;
    change(event);
    return CheckNewEvent(event).code() == absl::StatusCode::kInvalidArgument;
  };
  EXPECT_TRUE(refused([](NewEvent& event) { event.type = "NoPackage"; }));
  EXPECT_TRUE(refused([](NewEvent& event) { event.type.clear(); }));
  EXPECT_TRUE(refused([](NewEvent& event) { event.aggregate.clear(); }));
  EXPECT_TRUE(refused([](NewEvent& event) { event.aggregate = std::string(256, 'a'); }));
  EXPECT_TRUE(refused([](NewEvent& event) { event.version = 0; }));
  EXPECT_TRUE(refused([](NewEvent& event) { event.key.clear(); }));
  EXPECT_TRUE(refused([](NewEvent& event) { event.key = "two\nlines"; }));
  EXPECT_TRUE(refused([](NewEvent& event) { event.subject = "Zo\xc3\xab"; }));
  EXPECT_TRUE(refused([](NewEvent& event) {
    event.tombstone = true;
    event.payload = "x";
  }));
}

TEST(NewEvent, GoesToTheTopicOfItsPackage) {
  EXPECT_EQ(PackageOf("pathways.attendance.v1.AbsenceRecovered"), "pathways.attendance.v1");
  EXPECT_EQ(PackageOf("AbsenceRecovered"), "");
}

}  // namespace
}  // namespace pathways::events
