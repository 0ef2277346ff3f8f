// Names for letters. They stay where they are kept: asked for when a letter is written, under the
// caller's own token.
#pragma once

#include "absl/status/statusor.h"
#include "libs/education/identifiers.h"
#include "libs/service/call.h"
#include "libs/service/client.h"
#include "services/exclusions/domain/letter_words.h"

namespace pathways::exclusions {

// Thread-safe.
class NameSource {
 public:
  virtual ~NameSource() = default;
  // NOT_FOUND when the caller may see no such pupil.
  virtual absl::StatusOr<LetterNames> NamesOf(const service::Call& call,
                                              const education::PupilId& pupil,
                                              education::Urn urn) = 0;
};

class RegistryNames : public NameSource {
 public:
  // `registry` must outlive it.
  explicit RegistryNames(service::Client& registry) : registry_(registry) {}

  absl::StatusOr<LetterNames> NamesOf(const service::Call& call, const education::PupilId& pupil,
                                      education::Urn urn) override;

 private:
  service::Client& registry_;
};

}  // namespace pathways::exclusions
