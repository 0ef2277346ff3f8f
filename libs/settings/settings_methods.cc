#include "libs/settings/settings_methods.h"

#include "absl/strings/str_cat.h"
#include "libs/access/access_log.h"
#include "libs/service/seen_version.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"

namespace pathways::settings {
namespace {

using education::LaCode;
using service::Call;
using storage::Transaction;

absl::Status Fill(Transaction& transaction, const Setting& setting, LaCode la_code,
                  common::v1::AuthoritySetting* message) {
  const auto changes = ReadChanges(transaction, setting, la_code);
  if (!changes.ok()) return changes.status();
  message->Clear();
  message->set_la_code(la_code.value());
  message->set_value(changes->empty() ? setting.usual : changes->front().value);
  message->set_version(changes->empty() ? 0 : changes->front().version);
  message->set_usual(setting.usual);
  message->set_least(setting.least);
  message->set_most(setting.most);
  for (const Change& change : *changes) {
    auto* told = message->add_changes();
    told->set_version(change.version);
    told->set_value(change.value);
    told->set_at(education::InstantToString(change.updated_at));
    told->set_person_id(change.updated_by);
  }
  return absl::OkStatus();
}

absl::Status Record(Transaction& transaction, const Call& call, const Setting& setting,
                    LaCode la_code, int value) {
  const access::AccessEntry entry{
      .action = access::Action::kWrite,
      .subject_kind = access::SubjectKind::kAuthority,
      .subject_id = la_code.ToString(),
      .urn = std::nullopt,
      .authority = la_code,
      .detail = absl::StrCat("setting ", std::string(setting.name), " = ", value)};
  return access::RecordAccess(transaction, call.AccessContext(), std::span(&entry, 1));
}

// Everything of one change, in a transaction.
absl::Status Make(Transaction& transaction, const SettingParts& parts, const Call& call,
                  const Wish& wish) {
  const auto now = ReadSetting(transaction, parts.setting, wish.la_code);
  if (!now.ok()) return now.status();
  const auto seen =
      service::CompareVersion(*now, wish.version, call, transaction.scope().person, "The setting");
  if (!seen.ok()) return seen.status();
  if (*seen == service::Seen::kRepeated || now->value == wish.value) return absl::OkStatus();
  auto status = AddChange(transaction, parts.setting, wish.la_code,
                          {.version = now->version + 1,
                           .value = wish.value,
                           .updated_at = parts.clock->Now(),
                           .last_call = call.request_id()});
  if (absl::IsAlreadyExists(status)) {
    return absl::AbortedError("The setting was changed by somebody else just now");
  }
  if (status.ok()) status = Record(transaction, call, parts.setting, wish.la_code, wish.value);
  if (status.ok() && parts.changed) status = parts.changed(transaction, call, wish.la_code);
  return status;
}

}  // namespace

absl::StatusOr<LaCode> ReadAuthority(const Call& call, std::int32_t la_code) {
  const auto code = LaCode::FromInt(la_code);
  if (!code.ok()) {
    return service::FieldViolations().AddIfError("la_code", code.status()).ToStatus();
  }
  if (!call.caller().scope.CoversAuthority(*code)) {
    return absl::NotFoundError("There is no such authority");
  }
  return *code;
}

absl::Status GetSetting(const SettingParts& parts, const Call& call, LaCode la_code,
                        common::v1::AuthoritySetting* setting) {
  return storage::RunInTransaction(
      *parts.pool, call.RowScope(), call.deadline(),
      [&](Transaction& transaction) { return Fill(transaction, parts.setting, la_code, setting); });
}

absl::Status SetSetting(const SettingParts& parts, const Call& call, const Wish& wish,
                        common::v1::AuthoritySetting* setting) {
  if (wish.value < parts.setting.least || wish.value > parts.setting.most) {
    return service::InvalidField(
        "value", absl::StrCat("Enter a whole number from ", parts.setting.least, " to ",
                              parts.setting.most));
  }
  return storage::RunInTransaction(*parts.pool, call.RowScope(), call.deadline(),
                                   [&](Transaction& transaction) -> absl::Status {
                                     const auto status = Make(transaction, parts, call, wish);
                                     if (!status.ok()) return status;
                                     return Fill(transaction, parts.setting, wish.la_code, setting);
                                   });
}

}  // namespace pathways::settings
