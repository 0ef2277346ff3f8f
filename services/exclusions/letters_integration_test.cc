#include <gmock/gmock.h>

#include <algorithm>
#include <regex>

#include "libs/letters/letter.h"
#include "pathways/exclusions/v1/letters.pb.h"
#include "services/exclusions/api/letters_api.h"
#include "services/exclusions/test_world.h"

namespace pathways::exclusions {
namespace {

using absl::StatusCode;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
namespace common = pathways::common::v1;

class FixedNames : public NameSource {
 public:
  absl::StatusOr<LetterNames> NamesOf(const service::Call&, const education::PupilId&,
                                      education::Urn) override {
    if (!available) return absl::UnavailableError("the registry cannot be reached");
    return names;
  }
  bool available = true;
  LetterNames names = {"Sam", "Ashdown", "9", "Priory Academy", "Bedford"};
};

class LettersStory : public ExclusionsWorld {
 protected:
  LettersStory()
      : shipped_(*ReadShippedLetters()), letters_(LettersEndpoint({&parts_, &shipped_, &names_})) {}

  template <typename Response, typename Request>
  absl::StatusOr<Response> Say(const access::Caller& caller, std::string_view method,
                               const Request& request) {
    Response response;
    auto status = service::CallUnary(letters_, method, caller, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  static v1::LetterWords Words() {
    v1::LetterWords words;
    words.set_addressee("Ms J Ashdown\r\n1 High Street");
    words.set_sender("A Headteacher");
    words.set_contact("clerk@example.org");
    return words;
  }
  v1::PreviewLetterRequest Wished(const std::string& kind = "permanent_exclusion_notice") {
    v1::PreviewLetterRequest request;
    request.set_exclusion_id(IdOf(1));
    request.set_kind(kind);
    *request.mutable_words() = Words();
    return request;
  }
  absl::StatusOr<v1::PreviewLetterResponse> Preview(const access::Caller& caller,
                                                    const v1::PreviewLetterRequest& request) {
    return Say<v1::PreviewLetterResponse>(caller, "PreviewLetter", request);
  }
  absl::StatusOr<common::Letter> Keep(const access::Caller& caller, int number,
                                      const std::string& digest) {
    v1::KeepLetterRequest request;
    request.set_letter_id(IdOf(500 + number));
    request.set_exclusion_id(IdOf(1));
    request.set_kind("permanent_exclusion_notice");
    *request.mutable_words() = Words();
    request.set_digest(digest);
    auto kept = Say<v1::KeepLetterResponse>(caller, "KeepLetter", request);
    if (!kept.ok()) return kept.status();
    return kept->letter();
  }
  absl::StatusOr<common::GetLetterResponse> GetKept(const access::Caller& caller, int number) {
    common::GetLetterRequest request;
    request.set_letter_id(IdOf(500 + number));
    return Say<common::GetLetterResponse>(caller, "GetLetter", request);
  }
  absl::StatusOr<common::Letter> Sent(const access::Caller& caller, int number,
                                      const std::string& how, const std::string& on = "") {
    common::RecordLetterSentRequest request;
    request.set_letter_id(IdOf(500 + number));
    request.set_how(how);
    request.set_on(on);
    auto sent = Say<common::RecordLetterSentResponse>(caller, "RecordLetterSent", request);
    if (!sent.ok()) return sent.status();
    return sent->letter();
  }
  absl::StatusOr<common::LetterTemplate> SaveTemplate(const access::Caller& caller,
                                                      std::int64_t version,
                                                      const std::string& text) {
    common::SaveLetterTemplateRequest request;
    request.set_la_code(testing::MakeSchool(0).la_code.value());
    request.set_kind("permanent_exclusion_notice");
    request.set_version(version);
    request.set_text(text);
    auto saved = Say<common::SaveLetterTemplateResponse>(caller, "SaveLetterTemplate", request);
    if (!saved.ok()) return saved.status();
    return saved->template_();
  }
  std::string Shipped() { return shipped_.TextOf(KindOf(LetterType::kPermanentExclusionNotice)); }
  // As the database lets that caller see it.
  std::int64_t LettersSeenBy(const access::Caller& caller) {
    const auto seen = storage::RunInTransaction(
        *pool_, caller.ToRowScope(), storage::Deadline::After(kLimit),
        [](storage::Transaction& transaction) -> absl::StatusOr<std::int64_t> {
          const auto row = transaction.QueryOne("select count(*) from letter");
          if (!row.ok()) return row.status();
          return row->Get<std::int64_t>(0);
        });
    EXPECT_TRUE(seen.ok()) << seen.status();
    return seen.value_or(-1);
  }

  FixedNames names_;
  letters::ShippedTemplates shipped_;
  service::Endpoint letters_;
};

std::string TextOf(const google::protobuf::RepeatedPtrField<common::LetterBlock>& blocks) {
  std::string all;
  for (const auto& block : blocks) {
    for (const std::string& text : block.texts()) all += text + "\n";
  }
  return all;
}

TEST_F(LettersStory, IsKeptAsItWasLookedAtAndNeverChanges) {
  Record(1, 0, Permanent("2026-09-07"));
  const auto preview = Preview(Staff(), Wished());
  ASSERT_TRUE(preview.ok()) << preview.status();
  EXPECT_THAT(TextOf(preview->blocks()),
              AllOf(HasSubstr("Sam Ashdown: permanent exclusion"),
                    HasSubstr("by Monday 28 September 2026"), HasSubstr("Priory Academy")));
  EXPECT_EQ(Count("select count(*) from letter"), 0);

  // What is kept is what was looked at.
  EXPECT_EQ(Keep(Staff(), 1, std::string(64, '0')).status().code(), StatusCode::kAborted);
  const auto kept = Keep(Staff(), 1, preview->digest());
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_EQ(kept->digest(), preview->digest());
  EXPECT_EQ(kept->kept_by(), testing::MakePersonId(1).ToString());
  EXPECT_EQ(kept->template_version(), 0);
  const auto before = GetKept(Staff(), 1);
  ASSERT_TRUE(before.ok()) << before.status();
  EXPECT_EQ(letters::DigestOf(before->content()), preview->digest());

  // Neither the authority's new wording nor a new name changes it; the same call again finds it.
  ASSERT_TRUE(SaveTemplate(Officer(), 0, Shipped() + "\nNew wording.\n").ok());
  names_.names.forename = "Samuel";
  const auto again = Keep(Staff(), 1, preview->digest());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->digest(), preview->digest());
  EXPECT_EQ(GetKept(Staff(), 1)->content(), before->content());
  const auto next = Preview(Staff(), Wished());
  EXPECT_EQ(next->template_version(), 1);
  EXPECT_THAT(TextOf(next->blocks()), AllOf(HasSubstr("New wording."), HasSubstr("Samuel")));
  EXPECT_EQ(Keep(Officer(), 1, next->digest()).status().code(), StatusCode::kAlreadyExists);

  // The database itself refuses to change it.
  const auto changed = storage::RunInTransaction(
      *pool_, storage::RowScope::System("test"), storage::Deadline::After(kLimit),
      [](storage::Transaction& transaction) {
        return transaction.Execute("update letter set content = '{}'").status();
      });
  EXPECT_EQ(changed.code(), StatusCode::kPermissionDenied);
}

TEST_F(LettersStory, SaysHowItLeftAndIsSeenByThoseOnTheCaseOnly) {
  Record(1, 0, Permanent("2026-09-07"));
  ASSERT_TRUE(Keep(Staff(), 1, "").ok());

  EXPECT_EQ(Fields(Sent(Staff(), 1, "pigeon").status()), std::vector<std::string>{"how"});
  EXPECT_EQ(Fields(Sent(Staff(), 1, "post", "2026-09-08").status()),
            std::vector<std::string>{"on"});
  ASSERT_TRUE(Sent(Staff(), 1, "downloaded").ok());
  ASSERT_TRUE(Sent(Staff(), 1, "post").ok());
  const auto sent = Sent(Officer(), 1, "post");
  ASSERT_TRUE(sent.ok()) << sent.status();
  ASSERT_THAT(sent->sendings(), SizeIs(2));
  EXPECT_EQ(sent->sendings(1).how(), "post");
  EXPECT_EQ(sent->sendings(1).on(), "2026-09-07");
  EXPECT_EQ(sent->sendings(1).recorded_by(), testing::MakePersonId(1).ToString());
  common::ListLettersRequest list;
  list.set_subject_id(IdOf(1));
  EXPECT_THAT(Say<common::ListLettersResponse>(Officer(), "ListLetters", list)->letters(),
              SizeIs(1));

  // Another school and another authority: as if there were none. A manager reads no letters.
  for (const access::Caller& other : {Staff(1), OfficerElsewhere()}) {
    EXPECT_EQ(GetKept(other, 1).status().code(), StatusCode::kNotFound);
    EXPECT_EQ(Sent(other, 1, "post").status().code(), StatusCode::kNotFound);
    EXPECT_EQ(Preview(other, Wished()).status().code(), StatusCode::kNotFound);
    EXPECT_EQ(LettersSeenBy(other), 0);
  }
  EXPECT_EQ(GetKept(Manager(), 1).status().code(), StatusCode::kPermissionDenied);
  EXPECT_EQ(LettersSeenBy(Manager()), 0);
  EXPECT_EQ(LettersSeenBy(EarlyHelp()), 0);
  EXPECT_EQ(LettersSeenBy(Officer()), 1);

  // The exclusion's history tells it, each once.
  const auto kinds = Kinds(Staff(), 0);
  EXPECT_EQ(std::ranges::count(kinds, "letter_kept"), 1);
  EXPECT_EQ(std::ranges::count(kinds, "letter_sent"), 2);
  EXPECT_EQ(Timeline(Staff(), 0).front().change(),
            "Notice of a permanent exclusion, to the parents: post");

  // Who saw it is on record; no name is on the bus.
  EXPECT_EQ(Count("select count(*) from access.log where detail = 'letter kept'"), 1);
  EXPECT_EQ(Count("select count(*) from access.log where detail = 'letter downloaded'"
                  " and action = 'export'"),
            1);
  EXPECT_EQ(
      Count("select count(*) from events.outbox where position('Ashdown'::bytea in payload) > 0"),
      0);
}

TEST_F(LettersStory, IsNotWrittenBeforeItsTimeOrWithoutAName) {
  Record(1, 0, Permanent("2026-09-07"));
  auto early = Wished("board_decision");
  early.mutable_words()->set_decision_reasons("It was fair.");
  early.mutable_words()->set_how("post");
  EXPECT_EQ(Preview(Staff(), early).status().code(), StatusCode::kFailedPrecondition);
  auto empty = Wished();
  empty.mutable_words()->Clear();
  EXPECT_THAT(Fields(Preview(Staff(), empty).status()),
              ElementsAre("words.addressee", "words.sender", "words.contact"));

  v1::ListLetterKindsRequest ask;
  ask.set_exclusion_id(IdOf(1));
  const auto kinds = Say<v1::ListLetterKindsResponse>(Staff(), "ListLetterKinds", ask);
  ASSERT_TRUE(kinds.ok()) << kinds.status();
  std::vector<std::string> possible;
  for (const auto& kind : kinds->kinds()) {
    if (kind.why_not().empty()) possible.push_back(kind.kind());
  }
  EXPECT_THAT(possible,
              ElementsAre("permanent_exclusion_notice", "agency_notice", "board_invitation"));

  names_.available = false;
  EXPECT_EQ(Keep(Staff(), 1, "").status().code(), StatusCode::kUnavailable);
  EXPECT_EQ(Count("select count(*) from letter"), 0);
}

TEST_F(LettersStory, TemplatesAreTheAuthoritysOwnWithTheirHistory) {
  const std::string shipped = Shipped();
  const auto without = SaveTemplate(
      Officer(), 0, std::regex_replace(shipped, std::regex(R"(\{\{reasons\}\})"), "{{why}}"));
  EXPECT_EQ(Fields(without.status()), (std::vector<std::string>{"text", "text"}));
  EXPECT_THAT(service::ViolationsOf(without.status())[1].description,
              HasSubstr("{{reasons}} in it (SI 2012/1033"));
  EXPECT_EQ(SaveTemplate(Staff(), 0, shipped).status().code(), StatusCode::kPermissionDenied);
  EXPECT_EQ(SaveTemplate(OfficerElsewhere(), 0, shipped).status().code(),
            StatusCode::kPermissionDenied);

  ASSERT_EQ(SaveTemplate(Officer(), 0, shipped + "\nOne.\n")->version(), 1);
  EXPECT_EQ(SaveTemplate(Officer(), 0, shipped + "\nLost.\n").status().code(),
            StatusCode::kAborted);
  ASSERT_EQ(SaveTemplate(Officer(), 1, shipped + "\nTwo.\n")->version(), 2);

  common::GetLetterTemplateRequest get;
  get.set_kind("permanent_exclusion_notice");
  auto found = Say<common::GetLetterTemplateResponse>(Officer(), "GetLetterTemplate", get);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_THAT(found->template_().text(), HasSubstr("Two."));
  EXPECT_THAT(found->history(), SizeIs(2));
  EXPECT_THAT(TextOf(found->preview()), HasSubstr("Sam Ashdown"));
  get.set_version(1);
  found = Say<common::GetLetterTemplateResponse>(Officer(), "GetLetterTemplate", get);
  EXPECT_THAT(found->template_().text(), HasSubstr("One."));
  get.set_version(0);
  get.set_shipped(true);
  found = Say<common::GetLetterTemplateResponse>(Officer(), "GetLetterTemplate", get);
  EXPECT_EQ(found->template_().text(), shipped);

  const auto listed = Say<common::ListLetterTemplatesResponse>(
      Officer(), "ListLetterTemplates", common::ListLetterTemplatesRequest());
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_THAT(listed->templates(), SizeIs(8));
  EXPECT_EQ(listed->templates(1).version(), 2);
  common::CheckLetterTemplateRequest check;
  check.set_kind("board_decision");
  check.set_text("# {{pupil_name}}\n\n**Hello**");
  const auto checked =
      Say<common::CheckLetterTemplateResponse>(Officer(), "CheckLetterTemplate", check);
  ASSERT_TRUE(checked.ok()) << checked.status();
  EXPECT_THAT(checked->problems(), Contains(HasSubstr("{{review_right}}")));
  EXPECT_THAT(checked->preview(), SizeIs(0));
}

}  // namespace
}  // namespace pathways::exclusions
