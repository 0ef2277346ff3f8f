#include <optional>
#include <string>
#include <utility>

#include "libs/letters/letter_methods.h"
#include "libs/letters/template.h"
#include "libs/letters/template_store.h"
#include "libs/service/seen_version.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"

namespace pathways::letters {
namespace {

using education::LaCode;
using service::Call;
using storage::Transaction;
namespace v1 = common::v1;

absl::StatusOr<LaCode> AuthorityOf(const Call& call, std::int32_t asked) {
  const access::Scope& scope = call.caller().scope;
  if (asked == 0) {
    if (scope.authorities.size() == 1) return scope.authorities.front();
    return service::InvalidField("la_code", "Say which authority");
  }
  const auto la_code = LaCode::FromInt(asked);
  if (!la_code.ok())
    return service::FieldViolations().AddIfError("la_code", la_code.status()).ToStatus();
  if (scope.everything || scope.CoversAuthority(*la_code)) return *la_code;
  return absl::PermissionDeniedError("Templates are for those who work for the authority");
}

absl::StatusOr<const LetterKind*> KindOf(const LetterParts& parts, std::string_view name) {
  const LetterKind* kind = FindKind(parts.shipped->kinds(), name);
  if (kind == nullptr) return service::InvalidField("kind", "There is no such letter");
  return kind;
}

void FillListed(const TemplateVersion& version, const LetterKind& kind, v1::LetterTemplate* to) {
  to->set_la_code(version.la_code.value());
  to->set_kind(version.kind);
  to->set_title(std::string(kind.title));
  to->set_version(version.version);
  if (version.version == 0) return;
  to->set_updated_at(education::InstantToString(version.updated_at));
  to->set_updated_by(version.updated_by);
}

void FillWhole(const TemplateVersion& version, const LetterKind& kind, v1::LetterTemplate* to) {
  FillListed(version, kind, to);
  to->set_text(version.text);
  for (const Placeholder& placeholder : kind.placeholders) {
    auto* added = to->add_placeholders();
    added->set_name(std::string(placeholder.name));
    added->set_meaning(std::string(placeholder.meaning));
    added->set_sample(std::string(placeholder.sample));
  }
  for (const Required& required : kind.required) {
    auto* added = to->add_required();
    added->set_placeholder(std::string(required.placeholder));
    added->set_words(std::string(required.words));
    added->set_source(std::string(required.source));
  }
}

template <typename Work>
auto InTransaction(const LetterParts& parts, const Call& call, Work&& work) {
  return storage::RunInTransaction(*parts.pool, call.RowScope(), call.deadline(),
                                   std::forward<Work>(work));
}

absl::Status List(const LetterParts& parts, const Call& call,
                  const v1::ListLetterTemplatesRequest& request,
                  v1::ListLetterTemplatesResponse* response) {
  const auto la_code = AuthorityOf(call, request.la_code());
  if (!la_code.ok()) return la_code.status();
  return InTransaction(parts, call, [&](Transaction& transaction) -> absl::Status {
    response->Clear();
    for (const LetterKind& kind : parts.shipped->kinds()) {
      const auto version = TemplateInForce(transaction, *parts.shipped, kind, *la_code);
      if (!version.ok()) return version.status();
      FillListed(*version, kind, response->add_templates());
    }
    return absl::OkStatus();
  });
}

absl::Status Get(const LetterParts& parts, const Call& call,
                 const v1::GetLetterTemplateRequest& request,
                 v1::GetLetterTemplateResponse* response) {
  const auto la_code = AuthorityOf(call, request.la_code());
  if (!la_code.ok()) return la_code.status();
  const auto kind = KindOf(parts, request.kind());
  if (!kind.ok()) return kind.status();
  return InTransaction(parts, call, [&](Transaction& transaction) -> absl::Status {
    const auto version =
        request.shipped() || request.version() != 0
            ? FindTemplate(transaction, *parts.shipped, **kind, *la_code, request.version())
            : TemplateInForce(transaction, *parts.shipped, **kind, *la_code);
    if (!version.ok()) return version.status();
    const auto history = ListVersions(transaction, (*kind)->name, *la_code);
    if (!history.ok()) return history.status();
    response->Clear();
    FillWhole(*version, **kind, response->mutable_template_());
    for (const TemplateVersion& earlier : *history) {
      auto* added = response->add_history();
      added->set_version(earlier.version);
      added->set_updated_at(education::InstantToString(earlier.updated_at));
      added->set_updated_by(earlier.updated_by);
    }
    // A template of old may lack what the law asks for today: then it is shown as text only.
    const auto preview = MergeSamples(**kind, version->text);
    if (preview.ok()) FillBlocks(*preview, response->mutable_preview());
    return absl::OkStatus();
  });
}

absl::Status Check(const LetterParts& parts, const v1::CheckLetterTemplateRequest& request,
                   v1::CheckLetterTemplateResponse* response) {
  const auto kind = KindOf(parts, request.kind());
  if (!kind.ok()) return kind.status();
  for (auto& problem : CheckTemplate(**kind, request.text())) {
    response->add_problems(std::move(problem.words));
  }
  if (!response->problems().empty()) return absl::OkStatus();
  const auto preview = MergeSamples(**kind, request.text());
  if (!preview.ok()) return preview.status();
  FillBlocks(*preview, response->mutable_preview());
  return absl::OkStatus();
}

absl::Status SaveNext(const LetterParts& parts, const Call& call, Transaction& transaction,
                      TemplateVersion next) {
  next.last_call = call.request_id();
  next.updated_at = parts.clock->Now();
  next.updated_by = transaction.scope().person;
  ++next.version;
  return InsertTemplate(transaction, next);
}

absl::Status Save(const LetterParts& parts, const Call& call,
                  const v1::SaveLetterTemplateRequest& request,
                  v1::SaveLetterTemplateResponse* response) {
  const auto la_code = AuthorityOf(call, request.la_code());
  if (!la_code.ok()) return la_code.status();
  const auto kind = KindOf(parts, request.kind());
  if (!kind.ok()) return kind.status();
  if (const auto problems = CheckTemplate(**kind, request.text()); !problems.empty()) {
    return service::FieldViolations().AddAll("", problems).ToStatus();
  }
  absl::Status saved = InTransaction(parts, call, [&](Transaction& transaction) -> absl::Status {
    auto current = TemplateInForce(transaction, *parts.shipped, **kind, *la_code);
    if (!current.ok()) return current.status();
    const auto seen = service::CompareVersion(*current, request.version(), call,
                                              transaction.scope().person, "The template");
    if (!seen.ok()) return seen.status();
    if (*seen == service::Seen::kCurrent) {
      current->text = request.text();
      auto status = SaveNext(parts, call, transaction, *current);
      if (!status.ok()) return status;
      current = TemplateInForce(transaction, *parts.shipped, **kind, *la_code);
      if (!current.ok()) return current.status();
    }
    FillWhole(*current, **kind, response->mutable_template_());
    return absl::OkStatus();
  });
  if (absl::IsAlreadyExists(saved)) {
    return absl::AbortedError("A colleague saved this template in the same moment");
  }
  return saved;
}

}  // namespace

void AddTemplateMethods(service::Endpoint& endpoint, const LetterParts& parts) {
  endpoint
      .Unary<v1::ListLetterTemplatesRequest, v1::ListLetterTemplatesResponse>(
          "ListLetterTemplates", parts.edit_templates,
          [parts](Call& call, const auto& q, auto* r) { return List(parts, call, q, r); })
      .Unary<v1::GetLetterTemplateRequest, v1::GetLetterTemplateResponse>(
          "GetLetterTemplate", parts.edit_templates,
          [parts](Call& call, const auto& q, auto* r) { return Get(parts, call, q, r); })
      .Unary<v1::CheckLetterTemplateRequest, v1::CheckLetterTemplateResponse>(
          "CheckLetterTemplate", parts.edit_templates,
          [parts](Call&, const auto& q, auto* r) { return Check(parts, q, r); })
      .Unary<v1::SaveLetterTemplateRequest, v1::SaveLetterTemplateResponse>(
          "SaveLetterTemplate", parts.edit_templates,
          [parts](Call& call, const auto& q, auto* r) { return Save(parts, call, q, r); });
}

}  // namespace pathways::letters
