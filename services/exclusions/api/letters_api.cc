#include "services/exclusions/api/letters_api.h"

#include <string>
#include <utility>

#include "absl/strings/str_replace.h"
#include "libs/forms/words.h"
#include "libs/letters/letter_methods.h"
#include "libs/letters/letter_store.h"
#include "libs/storage/migrations.h"
#include "pathways/exclusions/v1/letters.pb.h"
#include "services/exclusions/api/calls.h"
#include "services/exclusions/api/letter_case.h"
#include "services/exclusions/store/exclusion_store.h"
#include "services/exclusions/store/timeline_store.h"

namespace pathways::exclusions {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

WriterWords ReadWriterWords(const v1::LetterWords& message, std::vector<Problem>& problems) {
  WriterWords words{.addressee = forms::Tidy(message.addressee()),
                    .sender = forms::Tidy(message.sender()),
                    .own_words = forms::Tidy(message.own_words()),
                    .contact = forms::Tidy(message.contact()),
                    .decision_reasons = forms::Tidy(message.decision_reasons()),
                    .meeting_on = ReadDay("meeting_on", message.meeting_on(), problems),
                    .meeting_at = forms::Tidy(message.meeting_at()),
                    .meeting_place = forms::Tidy(message.meeting_place())};
  const auto how = DeliveryFromName(message.how());
  if (!how) problems.push_back({"how", "Choose how the letter will be given"});
  words.how = how.value_or(Delivery::kUnknown);
  return words;
}

// What is asked for, read and checked.
struct Wish {
  ExclusionId exclusion;
  LetterType type;
  WriterWords words;
};
template <typename Request>
absl::StatusOr<Wish> ReadWish(const Request& request, education::Day today) {
  const auto id = ReadId<ExclusionId>("exclusion_id", request.exclusion_id());
  if (!id.ok()) return id.status();
  const auto type = LetterTypeFromName(request.kind());
  if (!type) return service::InvalidField("kind", "There is no such letter");
  std::vector<Problem> problems;
  WriterWords words = ReadWriterWords(request.words(), problems);
  if (problems.empty()) problems = CheckWriterWords(*type, words, today);
  if (!problems.empty()) return service::FieldViolations().AddAll("words.", problems).ToStatus();
  return Wish{*id, *type, std::move(words)};
}

// The exclusion's timeline has it: which letter, and how it went; no names.
absl::Status Tell(Transaction& transaction, const Call& call, const education::Clock& clock,
                  const letters::KeptLetter& letter, std::string_view what) {
  const auto id = ExclusionId::Parse(letter.subject.ToString());
  const auto found = FindExclusion(transaction, *id);
  if (!found.ok()) return found.status();
  const letters::LetterKind* kind = letters::FindKind(LetterKinds(), letter.kind);
  const std::string title(kind != nullptr ? kind->title : std::string_view("Letter"));
  const NewEntry entry =
      what == "kept"
          ? NewEntry{.kind = "letter_kept", .change = title}
          : NewEntry{.kind = "letter_sent",
                     .change = title + ": " + absl::StrReplaceAll(std::string(what), {{"_", " "}})};
  return AddEntry(transaction, *found, entry, clock.Now(), call.trace().trace_id);
}

letters::LetterParts CommonParts(const LettersParts& parts) {
  const education::Clock* clock = parts.exclusions->clock;
  return {.pool = parts.exclusions->pool,
          .clock = clock,
          .shipped = parts.shipped,
          .edit_templates = Permission::kRecordExclusion,
          .write_letters = Permission::kRecordExclusion,
          .tell = [clock](Transaction& transaction, const Call& call,
                          const letters::KeptLetter& letter, std::string_view what) {
            return Tell(transaction, call, *clock, letter, what);
          }};
}

class Letters {
 public:
  explicit Letters(const LettersParts& parts) : parts_(parts), base_(*parts.exclusions) {}

  absl::Status Kinds(const Call& call, const v1::ListLetterKindsRequest& request,
                     v1::ListLetterKindsResponse* response) const {
    const auto id = ReadId<ExclusionId>("exclusion_id", request.exclusion_id());
    if (!id.ok()) return id.status();
    return Reading(base_, call, [&](Transaction& transaction) -> absl::Status {
      const auto found = FindExclusion(transaction, *id);
      if (!found.ok()) return found.status();
      response->Clear();
      for (std::size_t i = 0; i < kLetterTypeCount; ++i) {
        Fill(static_cast<LetterType>(i), found->exclusion, response->add_kinds());
      }
      return RecordReads(transaction, call, {*found}, "exclusion, for letters");
    });
  }

  absl::Status Preview(const Call& call, const v1::PreviewLetterRequest& request,
                       v1::PreviewLetterResponse* response) const {
    const auto wish = ReadWish(request, base_.clock->Today());
    if (!wish.ok()) return wish.status();
    const auto draft = Write(call, *wish);
    if (!draft.ok()) return draft.status();
    response->Clear();
    letters::FillBlocks(draft->written.blocks, response->mutable_blocks());
    response->set_digest(letters::DigestOf(letters::ToJson(draft->written.blocks)));
    response->set_template_version(draft->sources.letter_template.version);
    for (const std::string& warning : draft->written.warnings) response->add_warnings(warning);
    return absl::OkStatus();
  }

  absl::Status Keep(const Call& call, const v1::KeepLetterRequest& request,
                    v1::KeepLetterResponse* response) const {
    const auto id = ReadId<letters::LetterId>("letter_id", request.letter_id());
    if (!id.ok()) return id.status();
    const auto wish = ReadWish(request, base_.clock->Today());
    if (!wish.ok()) return wish.status();
    const auto draft = Write(call, *wish);
    if (!draft.ok()) return draft.status();
    const letters::KeptLetter letter = LetterOf(*id, *wish, *draft);
    return Writing(base_, call, [&](Transaction& transaction) -> absl::Status {
      const auto kept =
          letters::KeepOnce(transaction, call, CommonParts(parts_), letter, request.digest());
      if (!kept.ok()) return kept.status();
      response->Clear();
      return letters::FillLetter(*kept, LetterKinds(), response->mutable_letter());
    });
  }

 private:
  struct Draft {
    LetterSources sources;
    WrittenLetter written;
  };

  static void Fill(LetterType type, const Exclusion& exclusion, v1::LetterKind* to) {
    const LetterNeeds needs = NeedsOf(type);
    to->set_kind(std::string(KindOf(type).name));
    to->set_title(std::string(KindOf(type).title));
    to->set_why_not(WhyNotWritten(type, exclusion).value_or(""));
    to->set_needs_contact(needs.contact);
    to->set_needs_meeting(needs.meeting);
    to->set_needs_reasons(needs.reasons);
    to->set_needs_delivery(needs.delivery);
  }

  static letters::KeptLetter LetterOf(const letters::LetterId& id, const Wish& wish,
                                      const Draft& draft) {
    const Exclusion& exclusion = draft.sources.kept.exclusion;
    return {.id = id,
            .kind = std::string(KindOf(wish.type).name),
            .subject = *letters::SubjectId::Parse(exclusion.id.ToString()),
            .pupil = exclusion.pupil,
            .urn = exclusion.urn,
            .la_code = exclusion.la_code,
            .template_version = draft.sources.letter_template.version,
            .content = letters::ToJson(draft.written.blocks)};
  }

  // Names are asked for between transactions: nobody's lock waits for another service.
  absl::StatusOr<Draft> Write(const Call& call, const Wish& wish) const {
    absl::StatusOr<LetterSources> sources =
        Reading(base_, call, [&](Transaction& transaction) -> absl::StatusOr<LetterSources> {
          auto read = ReadSources(transaction, parts_, wish.exclusion, wish.type);
          if (!read.ok()) return read.status();
          auto status = RecordReads(transaction, call, {read->kept}, "exclusion, for a letter");
          if (!status.ok()) return status;
          return read;
        });
    if (!sources.ok()) return sources.status();
    const Exclusion& exclusion = sources->kept.exclusion;
    if (const auto why_not = WhyNotWritten(wish.type, exclusion)) {
      return absl::FailedPreconditionError("This letter cannot be written now. " + *why_not);
    }
    const auto names = parts_.names->NamesOf(call, exclusion.pupil, exclusion.urn);
    if (!names.ok()) return names.status();
    auto written = WriteLetter(*sources, wish.type, wish.words, *names, base_.clock->Today());
    if (!written.ok()) return written.status();
    return Draft{*std::move(sources), *std::move(written)};
  }

  const LettersParts& parts_;
  const ExclusionsParts& base_;
};

}  // namespace

absl::StatusOr<letters::ShippedTemplates> ReadShippedLetters() {
  return letters::ShippedTemplates::Read(
      storage::HomeDirectory() / "services" / "exclusions" / "letters", LetterKinds());
}

service::Endpoint LettersEndpoint(const LettersParts& parts) {
  service::Endpoint endpoint("pathways.exclusions.v1.LettersService");
  const letters::LetterParts common = CommonParts(parts);
  letters::AddTemplateMethods(endpoint, common);
  letters::AddLetterMethods(endpoint, common);
  endpoint
      .Unary<v1::ListLetterKindsRequest, v1::ListLetterKindsResponse>(
          "ListLetterKinds", Permission::kRecordExclusion,
          [parts](Call& call, const auto& q, auto* r) { return Letters(parts).Kinds(call, q, r); })
      .Unary<v1::PreviewLetterRequest, v1::PreviewLetterResponse>(
          "PreviewLetter", Permission::kRecordExclusion,
          [parts](Call& call, const auto& q, auto* r) {
            return Letters(parts).Preview(call, q, r);
          })
      .Unary<v1::KeepLetterRequest, v1::KeepLetterResponse>(
          "KeepLetter", Permission::kRecordExclusion,
          [parts](Call& call, const auto& q, auto* r) { return Letters(parts).Keep(call, q, r); });
  return endpoint;
}

}  // namespace pathways::exclusions
