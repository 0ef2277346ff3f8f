// For tests: registers, and what the registry says about their pupils.
#pragma once

#include <span>
#include <string>

#include "libs/events/envelope.h"
#include "pathways/registry/v1/events.pb.h"
#include "services/attendance/reactions/registry_reaction.h"
#include "services/attendance/test_world.h"

namespace pathways::attendance {

class ReadsTest : public AttendanceTest {
 protected:
  // One state event of the registry, applied as the consumer would.
  template <typename Message>
  void Apply(const Message& message, const std::string& aggregate) {
    events::Event event(events::EventId::New(event_ids_));
    event.type = message.GetTypeName();
    event.aggregate = aggregate;
    event.version = 1;
    event.payload = message.SerializeAsString();
    RegistryReaction reaction(service_.clock());
    absl::Status status = storage::RunInTransaction(
        service_.pool(), storage::RowScope::System("test"),
        storage::Deadline::After(std::chrono::seconds(10)), [&](storage::Transaction& transaction) {
          return reaction.Apply(transaction, std::span(&event, 1));
        });
    EXPECT_TRUE(status.ok()) << status;
  }

  void SetSen(int pupil, const std::string& sen, const std::string& from = "") {
    registry::v1::PupilCharacteristicsChanged message;
    message.set_pupil_id(testing::MakePupilId(pupil).ToString());
    message.set_valid_from(from);
    message.set_sen_provision(sen);
    message.set_sex("F");
    message.set_year_group(pupil % 2 == 0 ? "7" : "8");
    Apply(message, "characteristics/" + std::to_string(pupil) + from);
  }

  v1::GetPupilAttendanceRequest Pupil(int pupil) {
    v1::GetPupilAttendanceRequest request;
    request.set_pupil_id(testing::MakePupilId(pupil).ToString());
    return request;
  }

  education::SequenceIdSource event_ids_{11};
};

}  // namespace pathways::attendance
