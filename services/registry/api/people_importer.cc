#include "services/registry/api/people_importer.h"

#include <algorithm>
#include <utility>

#include "pathways/registry/v1/events.pb.h"

namespace pathways::registry {
namespace {

enum Column : std::size_t { kSubject, kName, kEmail, kTitle, kRole, kUrn, kLaCode };

v1::PersonRoleChanged ToEvent(const PersonRecord& person) {
  v1::PersonRoleChanged event;
  event.set_person_id(person.id.ToString());
  for (const Assignment& assignment : person.roles) {
    event.add_roles(std::string(access::RoleName(assignment.role)));
    if (assignment.urn != 0) event.add_urns(assignment.urn);
    if (assignment.la_code != 0) event.add_la_codes(assignment.la_code);
  }
  return event;
}

// Roles a person may be given; the operator and the services are no people.
absl::StatusOr<access::Role> ParseRole(std::string_view text) {
  const auto role = access::RoleFromName(text);
  if (role && *role != access::Role::kOperator && *role != access::Role::kService) return *role;
  return absl::InvalidArgumentError("There is no such role.");
}

}  // namespace

std::vector<tabular::WantedColumn> PeopleImporter::columns() const {
  return {{"subject", true, {"sub"}}, {"name", true, {}}, {"email", false, {}},
          {"title", false, {}},       {"role", true, {}}, {"urn", false, {}},
          {"la_code", false, {}}};
}

absl::Status PeopleImporter::OnHeader(const tabular::HeaderMap& header) {
  header_ = header;
  return absl::OkStatus();
}

std::optional<Assignment> PeopleImporter::ReadAssignment(importing::RowCheck& check) const {
  const auto role = check.Parsed(
      kRole, ParseRole, "bad_role",
      "Use school, inclusion_officer, early_help_worker, manager, data_protection_officer, "
      "administrator, panel_clerk, panel_chair, panel_member or provider.");
  Assignment assignment{role.value_or(access::Role::kSchool), 0, 0};
  if (!check.Cell(kUrn).empty()) {
    const auto urn = check.Parsed(kUrn, education::Urn::Parse, "bad_urn",
                                  "Give the six-digit URN, or leave it empty.");
    if (urn && !schools_.contains(*urn)) {
      check.Refuse(kUrn, "There is no such school.", "Check the URN, or import the schools first.",
                   "unknown_school");
    }
    if (urn) assignment.urn = urn->value();
  }
  if (!check.Cell(kLaCode).empty()) {
    const auto la_code = check.Parsed(kLaCode, education::LaCode::Parse, "bad_la_code",
                                      "Give the three-digit LA code, or leave it empty.");
    if (la_code) assignment.la_code = la_code->value();
  }
  if (role == access::Role::kSchool && assignment.urn == 0) {
    check.Refuse(kUrn, "The role school needs a school.", "Give the URN of the person's school.",
                 "missing_value");
  }
  return check.ok() ? std::optional(assignment) : std::nullopt;
}

absl::Status PeopleImporter::OnRow(const tabular::Record& record, importing::Refusals& refusals) {
  importing::RowCheck check(record, *header_, refusals);
  const std::string subject = check.Text(kSubject, "The identity provider's subject");
  PersonDraft draft{subject,
                    check.Text(kName, "The name"),
                    check.OptionalText(kEmail),
                    check.OptionalText(kTitle),
                    {}};
  const auto assignment = ReadAssignment(check);
  if (!assignment) return absl::OkStatus();
  const auto [known, fresh] = drafts_.try_emplace(subject, draft);
  PersonDraft& person = known->second;
  if (!fresh &&
      (person.name != draft.name || person.email != draft.email || person.title != draft.title)) {
    check.Refuse(kName, "An earlier row gives this person another name, email or title.",
                 "Write the same in every row of one person.", "same_key_twice");
    return absl::OkStatus();
  }
  person.roles.push_back(*assignment);
  return absl::OkStatus();
}

absl::Status PeopleImporter::OnEnd(importing::Refusals&) {
  for (auto& [subject, draft] : drafts_) {
    std::ranges::sort(draft.roles);
    const auto repeated = std::ranges::unique(draft.roles);
    draft.roles.erase(repeated.begin(), repeated.end());
  }
  return absl::OkStatus();
}

absl::StatusOr<importing::Effect> PeopleImporter::Apply(storage::Transaction& transaction,
                                                        importing::Refusals&) {
  std::vector<PersonDraft> drafts;
  for (const auto& [subject, draft] : drafts_) drafts.push_back(draft);
  auto changes = UpsertPeople(transaction, drafts, *context_.ids, context_.clock->Now());
  if (!changes.ok()) return changes.status();
  importing::Effect effect;
  std::vector<events::NewEvent> events;
  for (const PersonChange& change : *changes) {
    ++(change.is_new ? effect.records_new : effect.records_changed);
    const std::string id = change.person.id.ToString();
    events.push_back(events::MakeEvent(ToEvent(change.person), "person/" + id, change.version, id));
    events.back().compaction_key = events.back().aggregate;
  }
  effect.records_unchanged = static_cast<std::int64_t>(drafts.size() - changes->size());
  absl::Status status =
      context_.outbox->Append(transaction, events, context_.call->trace().ToTraceparent());
  if (!status.ok()) return status;
  return effect;
}

}  // namespace pathways::registry
