#include "services/panel/api/attachments_api.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "libs/forms/words.h"
#include "services/panel/api/calls.h"
#include "services/panel/api/messages.h"
#include "services/panel/domain/decision.h"
#include "services/panel/files/content_type.h"
#include "services/panel/store/attachment_store.h"
#include "services/panel/store/case_store.h"

namespace pathways::panel {
namespace {

using access::Permission;
using service::Call;
using storage::Transaction;

constexpr std::size_t kChunkBytes = std::size_t{64} << 10;

// A file as it was announced.
struct Announced {
  AttachmentId id;
  CaseId panel_case;
  std::string file_name;
};

absl::StatusOr<Announced> ReadStart(service::Reader<v1::UploadAttachmentRequest>& in) {
  v1::UploadAttachmentRequest message;
  const auto more = in.Read(&message);
  if (!more.ok()) return more.status();
  if (!*more || !message.has_start()) {
    return service::InvalidField("start", "Send the start of the file as the first message");
  }
  FieldReader read;
  const auto id = read.Needed<AttachmentId>("start.attachment_id", message.start().attachment_id());
  const auto panel_case = read.Needed<CaseId>("start.case_id", message.start().case_id());
  const auto name = TidyFileName(message.start().file_name());
  read.wrong().AddIfError("file", name.status());
  if (!read.good()) return read.status();
  return Announced{*id, *panel_case, *name};
}

// The whole file, or nothing: one that was cut off has no end.
absl::StatusOr<std::string> ReadContent(service::Reader<v1::UploadAttachmentRequest>& in) {
  std::string content;
  v1::UploadAttachmentRequest message;
  while (true) {
    const auto more = in.Read(&message);
    if (!more.ok()) return more.status();
    if (!*more) return service::InvalidField("file", "The file was cut off: send it again");
    if (message.has_end()) break;
    content += message.data();
    if (static_cast<std::int64_t>(content.size()) > kMostAttachmentBytes) {
      return service::InvalidField("file", "The file must be smaller than 10 MB");
    }
  }
  if (content.empty()) return service::InvalidField("file", "The file is empty");
  return content;
}

absl::StatusOr<PanelCase> LockTaking(Transaction& transaction, const CaseId& id) {
  auto panel_case = LockCase(transaction, id);
  if (!panel_case.ok()) return panel_case.status();
  if (auto status = CheckTakesFiles(*panel_case); !status.ok()) return status;
  return panel_case;
}

absl::Status Tell(Transaction& transaction, const PanelCase& panel_case, education::Instant now,
                  std::string kind, const std::string& note) {
  return AddEntry(transaction, {.panel_case = panel_case.id,
                                .pupil = panel_case.pupil,
                                .urn = panel_case.urn,
                                .la_code = panel_case.la_code,
                                .at = now,
                                .kind = std::move(kind),
                                .note = note,
                                .trace_id = panel_case.origin_trace_id})
      .status();
}

class Attachments {
 public:
  explicit Attachments(const AttachmentParts& parts) : parts_(parts), panel_(parts.panel) {}

  absl::Status Upload(Call& call, service::Reader<v1::UploadAttachmentRequest>& in,
                      v1::UploadAttachmentResponse* response) const {
    const auto announced = ReadStart(in);
    if (!announced.ok()) return announced.status();
    // Before the bytes: whose case it is not, or whose pack is sealed, sends none.
    auto status = Writing(panel_, call, [&](Transaction& transaction) {
      return LockTaking(transaction, announced->panel_case).status();
    });
    if (!status.ok()) return status;
    const auto content = ReadContent(in);
    if (!content.ok()) return content.status();
    auto kind = KindOf(*announced, *content);
    if (!kind.ok()) return kind.status();
    const auto scan = Scan(call, *content);
    if (!scan.ok()) return scan.status();
    return Writing(panel_, call, [&](Transaction& transaction) {
      return Keep(call, transaction, *announced, *kind, *scan, *content,
                  response->mutable_attachment());
    });
  }

  absl::Status List(const Call& call, const v1::ListAttachmentsRequest& request,
                    v1::ListAttachmentsResponse* response) const {
    const auto id = ReadId<CaseId>("case_id", request.case_id());
    if (!id.ok()) return id.status();
    response->set_most_bytes(kMostAttachmentBytes);
    response->set_most_files(kMostAttachments);
    return Reading(panel_, call, [&](Transaction& transaction) -> absl::Status {
      const auto panel_case = FindCase(transaction, *id);
      if (!panel_case.ok()) return panel_case.status();
      response->set_changeable(call.caller().May(Permission::kWritePanelCase) &&
                               CheckTakesFiles(*panel_case).ok());
      const auto attachments = ReadAttachments(transaction, *id);
      if (!attachments.ok()) return attachments.status();
      response->clear_attachments();
      for (const Attachment& one : *attachments) Fill(one, response->add_attachments());
      if (attachments->empty()) return absl::OkStatus();
      return RecordReads(transaction, call, std::span(&*panel_case, 1), "names of panel files");
    });
  }

  absl::Status Download(Call& call, const v1::DownloadAttachmentRequest& request,
                        service::Writer<v1::DownloadAttachmentResponse>& out) const {
    const auto id = ReadId<AttachmentId>("attachment_id", request.attachment_id());
    if (!id.ok()) return id.status();
    std::optional<Attachment> attachment;
    std::string content;
    auto status = Reading(panel_, call, [&](Transaction& transaction) -> absl::Status {
      auto found = FindAttachment(transaction, *id);
      if (!found.ok()) return found.status();
      auto read = ReadAttachmentContent(transaction, *id);
      if (!read.ok()) return read.status();
      attachment = *std::move(found);
      content = *std::move(read);
      return RecordReads(transaction, call, std::span(&*attachment, 1), "panel file");
    });
    if (!status.ok()) return status;
    v1::DownloadAttachmentResponse part;
    Fill(*attachment, part.mutable_attachment());
    status = out.Write(part);
    for (std::size_t at = 0; status.ok() && at < content.size(); at += kChunkBytes) {
      part.set_data(content.substr(at, kChunkBytes));
      status = out.Write(part);
    }
    return status;
  }

  absl::Status Remove(Call& call, const v1::RemoveAttachmentRequest& request,
                      v1::RemoveAttachmentResponse* response) const {
    const auto id = ReadId<AttachmentId>("attachment_id", request.attachment_id());
    if (!id.ok()) return id.status();
    const std::string reason = forms::Tidy(request.reason());
    if (const auto problem = forms::CheckWords("reason", reason, kLeastWords, kMostWords)) {
      return service::InvalidField(problem->field, problem->words);
    }
    return Writing(panel_, call, [&](Transaction& transaction) -> absl::Status {
      const auto found = FindAttachment(transaction, *id);
      if (!found.ok()) return found.status();
      if (!found->removed_at) {
        auto status = TakeOff(call, transaction, *found, reason);
        if (!status.ok()) return status;
      }
      const auto now = FindAttachment(transaction, *id);
      if (!now.ok()) return now.status();
      Fill(*now, response->mutable_attachment());
      return absl::OkStatus();
    });
  }

 private:
  static absl::StatusOr<AttachmentKind> KindOf(const Announced& announced,
                                               const std::string& content) {
    const auto mime = MimeOfContent(content);
    if (!mime.ok()) return mime.status();
    const auto kind = KindOfFile(*mime, announced.file_name, content);
    if (!kind.ok()) return service::InvalidField("file", std::string(kind.status().message()));
    return *kind;
  }

  absl::StatusOr<ScanState> Scan(const Call& call, const std::string& content) const {
    if (parts_.scanner == nullptr) return ScanState::kNotScanned;
    const auto found = parts_.scanner->Scan(content, call.deadline());
    if (!found.ok()) return found.status();
    if (!*found) return ScanState::kClean;
    return service::InvalidField("file",
                                 "The virus scanner found something in this file (" + **found +
                                     "). It was not kept: tell who looks after your computers");
  }

  absl::Status Keep(const Call& call, Transaction& transaction, const Announced& announced,
                    AttachmentKind kind, ScanState scan, const std::string& content,
                    v1::Attachment* to) const {
    const auto panel_case = LockTaking(transaction, announced.panel_case);
    if (!panel_case.ok()) return panel_case.status();
    const auto there = ReadAttachments(transaction, panel_case->id);
    if (!there.ok()) return there.status();
    if (const auto same = std::ranges::find(*there, announced.id, &Attachment::id);
        same != there->end()) {
      Fill(*same, to);
      return absl::OkStatus();
    }
    const auto is_there = [](const Attachment& one) { return !one.removed_at; };
    if (std::ranges::count_if(*there, is_there) >= kMostAttachments) {
      return service::InvalidField("file", "The case has 20 files already: remove one first");
    }
    const Attachment made{.id = announced.id,
                          .panel_case = panel_case->id,
                          .pupil = panel_case->pupil,
                          .urn = panel_case->urn,
                          .la_code = panel_case->la_code,
                          .file_name = announced.file_name,
                          .kind = kind,
                          .scan = scan,
                          .added_at = panel_.clock->Now()};
    auto status = InsertAttachment(transaction, made, content);
    if (status.ok()) {
      status = Tell(transaction, *panel_case, made.added_at, "file_added", made.file_name);
    }
    if (!status.ok()) return status;
    const auto kept = FindAttachment(transaction, made.id);
    if (!kept.ok()) return kept.status();
    Fill(*kept, to);
    const access::AccessEntry entry = Touched(access::Action::kWrite, *kept, "panel file added");
    return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
  }

  absl::Status TakeOff(const Call& call, Transaction& transaction, const Attachment& attachment,
                       const std::string& reason) const {
    const auto panel_case = LockTaking(transaction, attachment.panel_case);
    if (!panel_case.ok()) return panel_case.status();
    const education::Instant now = panel_.clock->Now();
    auto status = TakeAttachmentOff(transaction, attachment.id, reason, now);
    if (status.ok()) {
      status = Tell(transaction, *panel_case, now, "file_removed",
                    attachment.file_name + "\n\n" + reason);
    }
    if (!status.ok()) return status;
    const access::AccessEntry entry =
        Touched(access::Action::kWrite, attachment, "panel file removed");
    return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
  }

  const AttachmentParts& parts_;
  const PanelParts& panel_;
};

}  // namespace

void Fill(const Attachment& attachment, v1::Attachment* to) {
  to->Clear();
  to->set_attachment_id(attachment.id.ToString());
  to->set_case_id(attachment.panel_case.ToString());
  to->set_file_name(attachment.file_name);
  to->set_kind(ToMessage<v1::AttachmentKind>(attachment.kind));
  to->set_bytes(attachment.bytes);
  to->set_digest(attachment.digest);
  to->set_scan(ToMessage<v1::ScanState>(attachment.scan));
  to->set_added_at(education::InstantToString(attachment.added_at));
  to->set_added_by(PersonIn(attachment.added_by));
  if (attachment.removed_at) {
    to->set_removed_at(education::InstantToString(*attachment.removed_at));
  }
  to->set_removed_by(PersonIn(attachment.removed_by));
  to->set_removed_reason(attachment.removed_reason);
  to->set_in_pack(attachment.in_pack);
  to->set_readable(attachment.readable);
  to->set_pupil_id(attachment.pupil.ToString());
  to->set_urn(attachment.urn.value());
  to->set_la_code(attachment.la_code.value());
}

service::Endpoint AttachmentsEndpoint(const AttachmentParts& parts) {
  service::Endpoint endpoint("pathways.panel.v1.AttachmentsService");
  endpoint
      .ClientStream<v1::UploadAttachmentRequest, v1::UploadAttachmentResponse>(
          "UploadAttachment", Permission::kWritePanelCase,
          [parts](Call& c, auto& in, auto* r) { return Attachments(parts).Upload(c, in, r); })
      .Unary<v1::ListAttachmentsRequest, v1::ListAttachmentsResponse>(
          "ListAttachments", Permission::kReadPanel,
          [parts](Call& c, const auto& q, auto* r) { return Attachments(parts).List(c, q, r); })
      .ServerStream<v1::DownloadAttachmentRequest, v1::DownloadAttachmentResponse>(
          "DownloadAttachment", Permission::kReadPanel,
          [parts](Call& c, const auto& q, auto& out) {
            return Attachments(parts).Download(c, q, out);
          })
      .Unary<v1::RemoveAttachmentRequest, v1::RemoveAttachmentResponse>(
          "RemoveAttachment", Permission::kWritePanelCase,
          [parts](Call& c, const auto& q, auto* r) { return Attachments(parts).Remove(c, q, r); });
  return endpoint;
}

}  // namespace pathways::panel
