// Writes letters about the newest exclusions of a running demonstration borough, over the same
// calls as the pages make. Run again it changes nothing.
#include <array>
#include <chrono>
#include <iostream>
#include <string>
#include <utility>

#include "libs/education/uuid.h"
#include "libs/service/client.h"
#include "libs/service/config.h"
#include "pathways/exclusions/v1/letters.pb.h"
#include "pathways/exclusions/v1/service.pb.h"
#include "pathways/registry/v1/service.pb.h"

namespace pathways::demo_letters {
namespace {

namespace v1 = exclusions::v1;
using service::CallOptions;
using service::Client;

constexpr std::chrono::seconds kPatience{30};
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
  Writer(Client& exclusions, Client& letters, std::string token)
      : exclusions_(exclusions), letters_(letters), token_(std::move(token)) {}

  absl::Status Write() {
    for (const v1::Kind kind : {v1::KIND_PERMANENT, v1::KIND_SUSPENSION}) {
      v1::ListExclusionsRequest request;
      request.set_kind(kind);
      request.set_page_size(kExclusions);
      const auto listed = Ask<v1::ListExclusionsResponse>(exclusions_, "ListExclusions", request);
      if (!listed.ok()) return listed.status();
      for (const v1::Exclusion& exclusion : listed->exclusions()) {
        if (auto status = WriteAbout(exclusion.exclusion_id()); !status.ok()) return status;
      }
    }
    std::cout << written_ << " letters\n";
    return absl::OkStatus();
  }

 private:
  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(Client& client, std::string_view method, const Request& request) {
    CallOptions options = CallOptions::In(kPatience);
    options.token = token_;
    return client.Call<Request, Response>(method, request, options);
  }

  absl::Status WriteAbout(const std::string& exclusion) {
    v1::ListLetterKindsRequest request;
    request.set_exclusion_id(exclusion);
    const auto kinds = Ask<v1::ListLetterKindsResponse>(letters_, "ListLetterKinds", request);
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
    const auto kept = Ask<v1::KeepLetterResponse>(letters_, "KeepLetter", keep);
    if (!kept.ok()) return kept.status();
    if (!kept->letter().sendings().empty()) return absl::OkStatus();
    common::v1::RecordLetterSentRequest sent;
    sent.set_letter_id(*id);
    sent.set_how("post");
    ++written_;
    return Ask<common::v1::RecordLetterSentResponse>(letters_, "RecordLetterSent", sent).status();
  }

  Client& exclusions_;
  Client& letters_;
  const std::string token_;
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
  registry::v1::ExchangeIdentityRequest request;
  request.set_operator_secret(secret);
  const auto answer =
      registry.Call<registry::v1::ExchangeIdentityRequest, registry::v1::ExchangeIdentityResponse>(
          "ExchangeIdentity", request, CallOptions::In(kPatience));
  if (!answer.ok()) return answer.status();
  return Writer(exclusions, letters, answer->token()).Write();
}

}  // namespace
}  // namespace pathways::demo_letters

int main() {
  const absl::Status status = pathways::demo_letters::Run();
  if (status.ok()) return 0;
  std::cerr << "error: " << status.message() << "\n";
  return 2;
}
