// Files of a case: kept, read, sealed, taken off.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/panel/api/attachments_api.h"
#include "services/panel/test_places.h"

namespace pathways::panel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Finds a virus in what says that it is one; silent when told so.
class FakeScanner : public VirusScanner {
 public:
  absl::StatusOr<std::optional<std::string>> Scan(std::string_view content,
                                                  storage::Deadline) override {
    if (silent) return absl::UnavailableError("the virus scanner does not answer");
    if (content.find("EICAR") == std::string_view::npos) return std::optional<std::string>();
    return std::optional<std::string>("Eicar-Test");
  }
  bool silent = false;
};

constexpr char kReport[] = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\nA report of the psychologist.\n";

class Files : public PlaceWorld {
 protected:
  Files() : endpoint_(AttachmentsEndpoint({parts_, &scanner_})) {}

  static v1::UploadAttachmentRequest Start(const std::string& case_id, int number,
                                           const std::string& name) {
    v1::UploadAttachmentRequest start;
    start.mutable_start()->set_attachment_id(IdOf(number));
    start.mutable_start()->set_case_id(case_id);
    start.mutable_start()->set_file_name(name);
    return start;
  }
  absl::StatusOr<v1::Attachment> Send(const access::Caller& caller,
                                      std::vector<v1::UploadAttachmentRequest> messages) {
    const auto response = service::CallClientStream<v1::UploadAttachmentResponse>(
        endpoint_, "UploadAttachment", caller, messages);
    if (!response.ok()) return response.status();
    return response->attachment();
  }
  absl::StatusOr<v1::Attachment> Upload(const access::Caller& caller, const std::string& case_id,
                                        int number = 300, const std::string& content = kReport,
                                        const std::string& name = "Report.pdf") {
    v1::UploadAttachmentRequest data, end;
    data.set_data(content);
    end.mutable_end();
    return Send(caller, {Start(case_id, number, name), data, end});
  }
  absl::StatusOr<v1::ListAttachmentsResponse> List(const access::Caller& caller,
                                                   const std::string& case_id) {
    v1::ListAttachmentsRequest request;
    request.set_case_id(case_id);
    v1::ListAttachmentsResponse response;
    auto status = service::CallUnary(endpoint_, "ListAttachments", caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }
  std::vector<std::string> Names(const access::Caller& caller, const std::string& case_id) {
    std::vector<std::string> names;
    const auto listed = List(caller, case_id);
    if (!listed.ok()) return {std::string(absl::StatusCodeToString(listed.status().code()))};
    for (const auto& one : listed->attachments()) names.push_back(one.file_name());
    return names;
  }
  absl::StatusOr<std::string> Read(const access::Caller& caller, int number = 300) {
    v1::DownloadAttachmentRequest request;
    request.set_attachment_id(IdOf(number));
    const auto parts = service::CallServerStream<v1::DownloadAttachmentResponse>(
        endpoint_, "DownloadAttachment", caller, request);
    if (!parts.ok()) return parts.status();
    std::string content;
    for (const auto& part : *parts) content += part.data();
    return content;
  }
  absl::StatusOr<v1::Attachment> Remove(const access::Caller& caller, int number = 300) {
    v1::RemoveAttachmentRequest request;
    request.set_attachment_id(IdOf(number));
    request.set_reason("It belongs to another pupil.");
    v1::RemoveAttachmentResponse response;
    auto status = service::CallUnary(endpoint_, "RemoveAttachment", caller, request, &response);
    if (!status.ok()) return status;
    return response.attachment();
  }

  FakeScanner scanner_;
  service::Endpoint endpoint_;
};

TEST_F(Files, AreReadByThoseOnTheCaseAndByMembersOncePacked) {
  Planned();
  const std::string id = Referred().case_id();
  const auto kept = Upload(SchoolStaff(), id);
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_EQ(kept->kind(), v1::ATTACHMENT_KIND_PDF);
  EXPECT_EQ(kept->scan(), v1::SCAN_STATE_CLEAN);
  EXPECT_EQ(kept->bytes(), static_cast<std::int64_t>(std::string(kReport).size()));
  EXPECT_EQ(kept->digest().size(), 64u);
  ASSERT_TRUE(Upload(SchoolStaff(), id).ok()) << "the same call again";
  for (const auto& caller : {SchoolStaff(), Clerk(), Chair(), Officer()}) {
    EXPECT_THAT(Names(caller, id), ElementsAre("Report.pdf"));
    EXPECT_EQ(*Read(caller), kReport);
  }
  EXPECT_FALSE(List(Chair(), id)->changeable());
  EXPECT_THAT(Names(Manager(), id), IsEmpty());
  EXPECT_THAT(Names(OtherSchool(), id), ElementsAre("NOT_FOUND"));
  for (const auto& caller :
       {Manager(), OtherSchool(), Sitter(9), Elsewhere(access::Role::kInclusionOfficer)}) {
    EXPECT_EQ(Read(caller).status().code(), absl::StatusCode::kNotFound);
  }
  ASSERT_TRUE(Seal(*GetSitting(Clerk())).ok());
  const auto pack = GetPack(Sitter(9), id);
  ASSERT_TRUE(pack.ok()) << pack.status();
  ASSERT_EQ(pack->attachments_size(), 1);
  EXPECT_EQ(pack->attachments(0).digest(), kept->digest());
  EXPECT_TRUE(pack->intact());
  EXPECT_EQ(*Read(Sitter(9)), kReport);
  EXPECT_EQ(Read(Sitter(8)).status().code(), absl::StatusCode::kNotFound) << "head of that school";
  ASSERT_TRUE(Declare(Sitter(9), id).ok());
  EXPECT_EQ(Read(Sitter(9)).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Count("select count(*) from access.log where detail = 'panel file'"), 5);
}

TEST_F(Files, ThatAPackHoldsStayAndOthersGoWithTheirContent) {
  Planned();
  const std::string id = Referred().case_id();
  ASSERT_TRUE(Upload(SchoolStaff(), id, 300).ok());
  ASSERT_TRUE(Upload(Officer(), id, 301, "A note.\n", "note.txt").ok());
  EXPECT_EQ(Remove(OtherSchool(), 301).status().code(), absl::StatusCode::kNotFound);
  const auto removed = Remove(SchoolStaff(), 301);
  ASSERT_TRUE(removed.ok()) << removed.status();
  EXPECT_EQ(removed->removed_by(), PersonIdOf(1));
  EXPECT_FALSE(removed->readable());
  EXPECT_EQ(Read(Officer(), 301).status().code(), absl::StatusCode::kNotFound);
  ASSERT_TRUE(Seal(*GetSitting(Clerk())).ok());
  EXPECT_EQ(Remove(SchoolStaff(), 300).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Upload(SchoolStaff(), id, 302).status().code(), absl::StatusCode::kFailedPrecondition);
  // Deferred: what was in the pack is taken off the case, but can be shown as it was.
  Opened();
  v1::DecisionTerms terms;
  terms.set_kind(v1::DECISION_KIND_DEFERRAL);
  terms.set_way(v1::DECISION_WAY_AGREEMENT);
  terms.set_reasons("The report is of another pupil.");
  terms.add_missing("reports");
  ASSERT_TRUE(SignOff(*Propose(Clerk(), id, terms)).ok());
  ASSERT_TRUE(Remove(SchoolStaff(), 300)->readable());
  EXPECT_EQ(*Read(Sitter(9), 300), kReport);
  EXPECT_THAT(Kinds(Clerk()), ElementsAre("case_started", "case_referred", "case_scheduled",
                                          "file_added", "file_added", "file_removed", "pack_sealed",
                                          "panel_decided", "file_removed"));
  EXPECT_EQ(Count("select count(*) from attachment"), 2);
  EXPECT_EQ(Count("select count(*) from attachment_content"), 1);
}

TEST_F(Files, AreRefusedWholeAndSayWhy) {
  const std::string id = Referred().case_id();
  const auto refused = [&](const absl::StatusOr<v1::Attachment>& answer) {
    EXPECT_THAT(Fields(answer.status()), ElementsAre("file"));
    return std::string(service::ViolationsOf(answer.status()).front().description);
  };
  EXPECT_THAT(refused(Upload(SchoolStaff(), id, 300, "#!/bin/sh\nrm -rf /\n", "Report.pdf")),
              HasSubstr("must be a PDF"));
  EXPECT_THAT(refused(Upload(SchoolStaff(), id, 300, "just text", "Report.pdf")),
              HasSubstr("plain text, but its name"));
  EXPECT_THAT(refused(Upload(SchoolStaff(), id, 300, "")), HasSubstr("empty"));
  EXPECT_THAT(refused(Upload(SchoolStaff(), id, 300, std::string(kMostAttachmentBytes + 1, 'a'))),
              HasSubstr("smaller than 10 MB"));
  EXPECT_THAT(refused(Upload(SchoolStaff(), id, 300, std::string(kReport) + "EICAR")),
              HasSubstr("Eicar-Test"));
  v1::UploadAttachmentRequest data;
  data.set_data(kReport);
  EXPECT_THAT(refused(Send(SchoolStaff(), {Start(id, 300, "Report.pdf"), data})),
              HasSubstr("cut off"));
  scanner_.silent = true;
  EXPECT_EQ(Upload(SchoolStaff(), id).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Count("select count(*) from attachment"), 0);
  // Where no scanner is set up, a file says so.
  endpoint_ = AttachmentsEndpoint({parts_, nullptr});
  EXPECT_EQ(Upload(SchoolStaff(), id)->scan(), v1::SCAN_STATE_NOT_SCANNED);
}

}  // namespace
}  // namespace pathways::panel
