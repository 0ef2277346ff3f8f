// Events written once are read for ever: the bytes in events.golden were written by earlier
// versions and must still be read, field by field. A message that is not there yet gets a line (the
// test prints it); a line that is there is never changed.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/unknown_field_set.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "pathways/attendance/v1/events.pb.h"
#include "pathways/exclusions/v1/events.pb.h"
#include "pathways/panel/v1/events.pb.h"
#include "pathways/panel/v1/task_events.pb.h"
#include "pathways/referrals/v1/events.pb.h"
#include "pathways/registry/v1/events.pb.h"

namespace pathways {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

std::map<std::string, std::string> Golden() {
  std::map<std::string, std::string> golden;
  std::ifstream file(PATHWAYS_SOURCE_DIR "/tests/contracts/events.golden");
  std::string type, hex;
  while (file >> type >> hex) golden[type] = absl::HexStringToBytes(hex);
  return golden;
}

std::vector<const Descriptor*> EventMessages() {
  std::vector<const Descriptor*> messages;
  for (const FileDescriptor* file : {registry::v1::SchoolChanged::descriptor()->file(),
                                     attendance::v1::AbsenceFigures::descriptor()->file(),
                                     exclusions::v1::ExclusionFigures::descriptor()->file(),
                                     referrals::v1::RequestFacts::descriptor()->file(),
                                     panel::v1::CaseFacts::descriptor()->file(),
                                     panel::v1::TaskFacts::descriptor()->file()}) {
    for (int i = 0; i < file->message_type_count(); ++i) messages.push_back(file->message_type(i));
  }
  return messages;
}

std::unique_ptr<Message> New(const Descriptor* type) {
  return std::unique_ptr<Message>(MessageFactory::generated_factory()->GetPrototype(type)->New());
}

void Fill(Message* message);

void FillField(Message* message, const FieldDescriptor* field) {
  const auto* reflection = message->GetReflection();
  const bool repeated = field->is_repeated();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      repeated ? reflection->AddInt32(message, field, field->number())
               : reflection->SetInt32(message, field, field->number());
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      reflection->SetInt64(message, field, field->number());
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      reflection->SetBool(message, field, true);
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      reflection->SetEnumValue(message, field, 1);
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      repeated ? reflection->AddString(message, field, field->name())
               : reflection->SetString(message, field, field->name());
      break;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      Fill(repeated ? reflection->AddMessage(message, field)
                    : reflection->MutableMessage(message, field));
      break;
    default:
      FAIL() << field->full_name() << " has a type this test does not fill yet";
  }
}

// Every field set, to a value that its number or name gives.
void Fill(Message* message) {
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i)
    FillField(message, message->GetDescriptor()->field(i));
}

TEST(GoldenEvents, HaveALineForEveryMessage) {
  const auto golden = Golden();
  for (const Descriptor* type : EventMessages()) {
    const auto filled = New(type);
    Fill(filled.get());
    EXPECT_TRUE(golden.contains(type->full_name()))
        << "add to tests/contracts/events.golden:\n"
        << type->full_name() << ' ' << absl::BytesToHexString(filled->SerializeAsString());
  }
}

TEST(GoldenEvents, AreStillReadFieldByField) {
  const auto golden = Golden();
  ASSERT_FALSE(golden.empty());
  for (const auto& [name, bytes] : golden) {
    const Descriptor* type =
        google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(name);
    ASSERT_NE(type, nullptr) << name << " is gone, and with it everybody who still reads it";
    const auto message = New(type);
    ASSERT_TRUE(message->ParseFromString(bytes)) << name;
    EXPECT_TRUE(message->GetReflection()->GetUnknownFields(*message).empty())
        << name << " lost a field";
    EXPECT_EQ(message->SerializeAsString(), bytes) << name << " changed the meaning of a field";
  }
}

}  // namespace
}  // namespace pathways
