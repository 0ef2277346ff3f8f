#include "libs/letters/letter_methods.h"

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "libs/access/access_log.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"

namespace pathways::letters {
namespace {

using service::Call;
using service::ReadId;
using storage::Transaction;
namespace v1 = common::v1;

v1::LetterBlockKind ToMessage(BlockKind kind) {
  switch (kind) {
    case BlockKind::kHeading:
      return v1::LETTER_BLOCK_KIND_HEADING;
    case BlockKind::kParagraph:
      return v1::LETTER_BLOCK_KIND_PARAGRAPH;
    case BlockKind::kBullets:
      return v1::LETTER_BLOCK_KIND_BULLETS;
    case BlockKind::kNumbers:
      return v1::LETTER_BLOCK_KIND_NUMBERS;
  }
  return v1::LETTER_BLOCK_KIND_UNSPECIFIED;
}

// What stands for Pathways itself is nobody's id.
std::string PersonIn(const std::string& person) {
  return person.starts_with("system:") ? std::string() : person;
}

access::AccessEntry Touched(access::Action action, const KeptLetter& letter,
                            std::string_view detail) {
  return {action,         access::SubjectKind::kPupil, letter.pupil.ToString(), letter.urn,
          letter.la_code, std::string(detail)};
}

absl::Status Log(Transaction& transaction, const Call& call, const access::AccessEntry& entry) {
  return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
}

template <typename Work>
auto InTransaction(const LetterParts& parts, const Call& call, Work&& work) {
  return storage::RunInTransaction(*parts.pool, call.RowScope(), call.deadline(),
                                   std::forward<Work>(work));
}

absl::Status List(const LetterParts& parts, const Call& call, const v1::ListLettersRequest& request,
                  v1::ListLettersResponse* response) {
  const auto subject = ReadId<SubjectId>("subject_id", request.subject_id());
  if (!subject.ok()) return subject.status();
  return InTransaction(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto letters = ListLetters(transaction, *subject);
    if (!letters.ok()) return letters.status();
    response->Clear();
    std::vector<access::AccessEntry> entries;
    for (const KeptLetter& letter : *letters) {
      FillListed(letter, parts.shipped->kinds(), response->add_letters());
      entries.push_back(Touched(access::Action::kRead, letter, "letter in a list"));
    }
    return access::RecordAccess(transaction, call.AccessContext(), entries);
  });
}

absl::Status Get(const LetterParts& parts, const Call& call, const v1::GetLetterRequest& request,
                 v1::GetLetterResponse* response) {
  const auto id = ReadId<LetterId>("letter_id", request.letter_id());
  if (!id.ok()) return id.status();
  return InTransaction(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto letter = FindLetter(transaction, *id);
    if (!letter.ok()) return letter.status();
    response->Clear();
    auto status = FillLetter(*letter, parts.shipped->kinds(), response->mutable_letter());
    if (!status.ok()) return status;
    response->set_content(letter->content);
    return Log(transaction, call, Touched(access::Action::kRead, *letter, "letter"));
  });
}

absl::StatusOr<Sending> ReadSending(const v1::RecordLetterSentRequest& request,
                                    const education::Clock& clock) {
  service::FieldViolations wrong;
  Sending sending{.how = request.how(), .on = clock.Today(), .recorded_at = clock.Now()};
  if (!IsWayOut(request.how())) wrong.Add("how", "Say how the letter was sent");
  if (!request.on().empty()) {
    const auto on = education::Day::ParseIso(request.on());
    wrong.AddIfError("on", on.status());
    if (on.ok()) sending.on = *on;
    if (on.ok() && *on > clock.Today()) wrong.Add("on", "Enter today or a day before it");
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return sending;
}

absl::Status RecordSent(const LetterParts& parts, const Call& call,
                        const v1::RecordLetterSentRequest& request,
                        v1::RecordLetterSentResponse* response) {
  const auto id = ReadId<LetterId>("letter_id", request.letter_id());
  if (!id.ok()) return id.status();
  const auto sending = ReadSending(request, *parts.clock);
  if (!sending.ok()) return sending.status();
  return InTransaction(parts, call, [&](Transaction& transaction) -> absl::Status {
    auto letter = FindLetter(transaction, *id);
    if (!letter.ok()) return letter.status();
    const auto added = AddSending(transaction, *letter, *sending);
    if (!added.ok()) return added.status();
    if (*added && parts.tell) {
      auto status = parts.tell(transaction, call, *letter, sending->how);
      if (!status.ok()) return status;
    }
    letter = FindLetter(transaction, *id);
    if (!letter.ok()) return letter.status();
    response->Clear();
    FillListed(*letter, parts.shipped->kinds(), response->mutable_letter());
    const bool leaves = sending->how == "downloaded" || sending->how == "printed";
    return Log(transaction, call,
               Touched(leaves ? access::Action::kExport : access::Action::kWrite, *letter,
                       "letter " + sending->how));
  });
}

}  // namespace

void FillBlocks(const Blocks& blocks, google::protobuf::RepeatedPtrField<v1::LetterBlock>* to) {
  for (const Block& block : blocks) {
    v1::LetterBlock* added = to->Add();
    added->set_kind(ToMessage(block.kind));
    added->set_level(block.level);
    for (const std::string& text : block.texts) added->add_texts(text);
  }
}

void FillListed(const KeptLetter& letter, std::span<const LetterKind> kinds, v1::Letter* to) {
  to->set_letter_id(letter.id.ToString());
  to->set_kind(letter.kind);
  const LetterKind* kind = FindKind(kinds, letter.kind);
  to->set_title(std::string(kind != nullptr ? kind->title : std::string_view("Letter")));
  to->set_subject_id(letter.subject.ToString());
  to->set_pupil_id(letter.pupil.ToString());
  to->set_urn(letter.urn.value());
  to->set_template_version(letter.template_version);
  to->set_kept_at(education::InstantToString(letter.kept_at));
  to->set_kept_by(PersonIn(letter.kept_by));
  to->set_digest(letter.digest);
  to->set_intact(letter.intact);
  for (const Sending& sending : letter.sendings) {
    v1::LetterSending* added = to->add_sendings();
    added->set_how(sending.how);
    added->set_on(sending.on.ToIso());
    added->set_recorded_at(education::InstantToString(sending.recorded_at));
    added->set_recorded_by(PersonIn(sending.recorded_by));
  }
}

absl::Status FillLetter(const KeptLetter& letter, std::span<const LetterKind> kinds,
                        v1::Letter* to) {
  const auto blocks = BlocksFromJson(letter.content);
  if (!blocks.ok()) return blocks.status();
  FillListed(letter, kinds, to);
  FillBlocks(*blocks, to->mutable_blocks());
  return absl::OkStatus();
}

absl::StatusOr<KeptLetter> KeepOnce(Transaction& transaction, const Call& call,
                                    const LetterParts& parts, KeptLetter letter,
                                    std::string_view seen) {
  const auto before = FindLetter(transaction, letter.id);
  if (before.ok()) {
    const bool same = before->subject == letter.subject && before->kind == letter.kind &&
                      before->kept_by == transaction.scope().person;
    if (same) return *before;
    return absl::AlreadyExistsError("This letter id belongs to another letter");
  }
  if (!absl::IsNotFound(before.status())) return before.status();
  if (!seen.empty() && seen != DigestOf(letter.content)) {
    return absl::AbortedError("The record or the template has changed: look at the letter again");
  }
  auto status = InsertLetter(transaction, letter, parts.clock->Now());
  if (!status.ok()) return status;
  status = Log(transaction, call, Touched(access::Action::kWrite, letter, "letter kept"));
  if (!status.ok()) return status;
  if (parts.tell) status = parts.tell(transaction, call, letter, "kept");
  if (!status.ok()) return status;
  return letter;
}

void AddLetterMethods(service::Endpoint& endpoint, const LetterParts& parts) {
  endpoint
      .Unary<v1::ListLettersRequest, v1::ListLettersResponse>(
          "ListLetters", parts.write_letters,
          [parts](Call& call, const auto& q, auto* r) { return List(parts, call, q, r); })
      .Unary<v1::GetLetterRequest, v1::GetLetterResponse>(
          "GetLetter", parts.write_letters,
          [parts](Call& call, const auto& q, auto* r) { return Get(parts, call, q, r); })
      .Unary<v1::RecordLetterSentRequest, v1::RecordLetterSentResponse>(
          "RecordLetterSent", parts.write_letters,
          [parts](Call& call, const auto& q, auto* r) { return RecordSent(parts, call, q, r); });
}

}  // namespace pathways::letters
