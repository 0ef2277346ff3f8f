// Writes letters about the newest exclusions of a running demonstration borough, over the same
// calls as the pages make. Run again it changes nothing.
#include <array>
#include <iostream>
#include <string>
#include <utility>

#include "libs/education/uuid.h"
#include "libs/service/client.h"
#include "libs/service/config.h"
#include "pathways/exclusions/v1/letters.pb.h"
#include "pathways/exclusions/v1/service.pb.h"
#include "tools/demo-calls/calls.h"

namespace pathways::demo_letters {
namespace {

namespace v1 = exclusions::v1;
using demo::Asked;
using service::Client;

// Of each kind of exclusion, the newest.
constexpr int kExclusions = 6;

// In this order, each where it can be written.
constexpr std::array<std::string_view, 3> kLetters = {
    "suspension_notice", "permanent_exclusion_notice", "board_decision"};

// The same for the same letter every time.
absl::StatusOr<std::string> LetterIdOf(const std::string& exclusion, std::size_t letter) {
  auto bytes = education::ParseUuid(exclusion);
  if (!bytes.ok()) return bytes.status();
  bytes->front() = static_cast<std::uint8_t>(bytes->front() ^ (0x55U + letter));
  return education::UuidToString(*bytes);
}

v1::LetterWords Words() {
  v1::LetterWords words;
  words.set_addressee("The parents or carers");
  words.set_sender("The head teacher");
  words.set_contact(
      "The clerk to the governing board\nclerk@school.demo.invalid, telephone 01632 960 200");
  words.set_own_words(
      "I would like to meet you this week, so that we can plan the return together.");
  words.set_decision_reasons(
      "The governing board heard the school and the family. It found the decision lawful, "
      "reasonable and fair.");
  words.set_how("post");
  return words;
}

class Writer {
 public:
  Writer(Asked exclusions, Asked letters)
      : exclusions_(std::move(exclusions)), letters_(std::move(letters)) {}

  absl::Status Write() {
    for (const v1::Kind kind : {v1::KIND_PERMANENT, v1::KIND_SUSPENSION}) {
      v1::ListExclusionsRequest request;
      request.set_kind(kind);
      request.set_page_size(kExclusions);
      const auto listed = exclusions_.Ask<v1::ListExclusionsResponse>("ListExclusions", request);
      if (!listed.ok()) return listed.status();
      for (const v1::Exclusion& exclusion : listed->exclusions()) {
        if (auto status = WriteAbout(exclusion.exclusion_id()); !status.ok()) return status;
      }
    }
    std::cout << written_ << " letters\n";
    return absl::OkStatus();
  }

 private:
  absl::Status WriteAbout(const std::string& exclusion) {
    v1::ListLetterKindsRequest request;
    request.set_exclusion_id(exclusion);
    const auto kinds = letters_.Ask<v1::ListLetterKindsResponse>("ListLetterKinds", request);
    if (!kinds.ok()) return kinds.status();
    for (std::size_t letter = 0; letter < kLetters.size(); ++letter) {
      for (const v1::LetterKind& kind : kinds->kinds()) {
        if (kind.kind() != kLetters[letter] || !kind.why_not().empty()) continue;
        if (auto status = Keep(exclusion, letter); !status.ok()) return status;
      }
    }
    return absl::OkStatus();
  }

  absl::Status Keep(const std::string& exclusion, std::size_t letter) {
    const auto id = LetterIdOf(exclusion, letter);
    if (!id.ok()) return id.status();
    v1::KeepLetterRequest keep;
    keep.set_letter_id(*id);
    keep.set_exclusion_id(exclusion);
    keep.set_kind(std::string(kLetters[letter]));
    *keep.mutable_words() = Words();
    const auto kept = letters_.Ask<v1::KeepLetterResponse>("KeepLetter", keep);
    if (!kept.ok()) return kept.status();
    if (!kept->letter().sendings().empty()) return absl::OkStatus();
    common::v1::RecordLetterSentRequest sent;
    sent.set_letter_id(*id);
    sent.set_how("post");
    ++written_;
    return letters_.Ask<common::v1::RecordLetterSentResponse>("RecordLetterSent", sent).status();
  }

  const Asked exclusions_;
  const Asked letters_;
  int written_ = 0;
};

absl::Status Run() {
  service::ConfigReader env;
  const std::string registry_address = env.Address(service::variables::kRegistryAddress);
  const std::string exclusions_address = env.Address(service::variables::kExclusionsAddress);
  const std::string secret = env.SecretFromFile(service::variables::kOperatorSecretFile);
  if (auto status = env.Finish(); !status.ok()) return status;
  Client registry({.address = registry_address, .service = "pathways.registry.v1.RegistryService"});
  Client exclusions(
      {.address = exclusions_address, .service = "pathways.exclusions.v1.ExclusionsService"});
  Client letters(
      {.address = exclusions_address, .service = "pathways.exclusions.v1.LettersService"});
  const auto token = demo::SignIn(registry, secret);
  if (!token.ok()) return token.status();
  return Writer(Asked(exclusions, *token), Asked(letters, *token)).Write();
}

}  // namespace
}  // namespace pathways::demo_letters

int main() {
  const absl::Status status = pathways::demo_letters::Run();
  if (status.ok()) return 0;
  std::cerr << "error: " << status.message() << "\n";
  return 2;
}
