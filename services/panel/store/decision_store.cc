#include "services/panel/store/decision_store.h"

#include "services/panel/store/rows.h"
#include "services/panel/store/timeline_store.h"

namespace pathways::panel {
namespace {

using storage::Sql;
using storage::Transaction;

constexpr Sql kFind = R"(
  select d.*, coalesce(r.words, '') as reasons_text, coalesce(c.words, '') as conditions_text,
         coalesce(g.words, '') as change_text
  from decision d
  left join words r on r.words_id = d.reasons
  left join words c on c.words_id = d.conditions
  left join words g on g.words_id = d.change_reason
  where d.decision_id = $1)";

constexpr Sql kLock = R"(
  select d.*, coalesce(r.words, '') as reasons_text, coalesce(c.words, '') as conditions_text,
         coalesce(g.words, '') as change_text
  from decision d
  left join words r on r.words_id = d.reasons
  left join words c on c.words_id = d.conditions
  left join words g on g.words_id = d.change_reason
  where d.decision_id = $1
  for update of d)";

constexpr Sql kList = R"(
  select d.*, coalesce(r.words, '') as reasons_text, coalesce(c.words, '') as conditions_text,
         coalesce(g.words, '') as change_text
  from decision d
  left join words r on r.words_id = d.reasons
  left join words c on c.words_id = d.conditions
  left join words g on g.words_id = d.change_reason
  where ($1::uuid is null or d.case_id = $1) and ($2::uuid is null or d.sitting_id = $2)
  order by d.updated_at desc, d.case_id, d.number desc
  limit 200)";

constexpr Sql kVotes = R"(
  select decision_id, person_id, choice from vote where decision_id = any ($1::uuid[]))";

constexpr Sql kFinal = "select decision_id from decision where case_id = $1 and state = 'final'";

constexpr Sql kInsert = R"(
  insert into decision (decision_id, case_id, sitting_id, pupil_id, urn, la_code, number, state, kind, tier, receiving_urn, until,
                        review_on, parents_agree, receiving_school_agrees, missing, way, reasons, conditions, change_reason,
                        replaces, version, updated_by, updated_at, last_call)
  values ($1, $2, $3, $4, $5, $6, (select coalesce(max(number), 0) + 1 from decision where case_id = $2), 'proposed', $7, $8, $9,
          $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
  returning number)";

constexpr Sql kRewrite = R"(
  update decision
  set kind = $2, tier = $3, receiving_urn = $4, until = $5, review_on = $6, parents_agree = $7, receiving_school_agrees = $8,
      missing = $9, way = $10, reasons = $11, conditions = $12, change_reason = $13, version = $14, updated_by = $15,
      updated_at = $16, last_call = $17
  where decision_id = $1 and state = 'proposed')";

constexpr Sql kReplace =
    "update decision set state = 'replaced', version = version + 1 where decision_id = $1";
constexpr Sql kFinish = R"(
  update decision
  set state = 'final', version = $2, signed_off_at = $3, signed_off_by = $4, updated_by = $4, updated_at = $3, last_call = $5
  where decision_id = $1)";

constexpr Sql kKeepVote = R"(
  insert into vote (decision_id, person_id, choice, at) values ($1, $2, $3, $4)
  on conflict (decision_id, person_id) do update
  set choice = excluded.choice, at = excluded.at, written_by = app.person())";

Decision ReadDecision(const storage::Row& row) {
  return {.id = row.Get<DecisionId>("decision_id"),
          .panel_case = row.Get<CaseId>("case_id"),
          .sitting = row.Get<SittingId>("sitting_id"),
          .pupil = row.Get<education::PupilId>("pupil_id"),
          .urn = row.Get<education::Urn>("urn"),
          .la_code = row.Get<education::LaCode>("la_code"),
          .number = row.Get<std::int32_t>("number"),
          .state = Named<kDecisionStateNames>(row, "state"),
          .terms = ReadTerms(row),
          .replaces = row.GetOptional<DecisionId>("replaces"),
          .version = row.Get<std::int64_t>("version"),
          .signed_off_at = row.GetOptional<education::Instant>("signed_off_at"),
          .signed_off_by = row.GetOptional<std::string>("signed_off_by").value_or(""),
          .updated_by = row.Get<std::string>("updated_by"),
          .updated_at = row.Get<education::Instant>("updated_at"),
          .last_call = row.Get<std::string>("last_call")};
}

absl::Status AddVotes(Transaction& transaction, std::vector<Decision>& decisions) {
  std::map<DecisionId, Decision*> by_id;
  std::vector<DecisionId> ids;
  for (Decision& decision : decisions) {
    by_id[decision.id] = &decision;
    ids.push_back(decision.id);
  }
  const auto rows = transaction.Query(kVotes, ids);
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    by_id.at(row.Get<DecisionId>("decision_id"))
        ->votes.emplace(row.Get<education::PersonId>("person_id"),
                        Named<kVoteChoiceNames>(row, "choice"));
  }
  return absl::OkStatus();
}

absl::StatusOr<Decision> One(Transaction& transaction, const absl::StatusOr<storage::Row>& row) {
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such decision");
  if (!row.ok()) return row.status();
  std::vector<Decision> decisions = {ReadDecision(*row)};
  if (auto status = AddVotes(transaction, decisions); !status.ok()) return status;
  return std::move(decisions.front());
}

struct TermsWords {
  std::optional<std::int64_t> reasons, conditions, change_reason;
};

absl::StatusOr<TermsWords> KeepTermsWords(Transaction& transaction, const Decision& decision) {
  TermsWords kept;
  const auto keep = [&](const std::string& words, std::optional<std::int64_t>& id) {
    auto added = KeepWords(transaction, decision.panel_case, words);
    if (added.ok()) id = *added;
    return added.status();
  };
  if (auto status = keep(decision.terms.reasons, kept.reasons); !status.ok()) return status;
  if (auto status = keep(decision.terms.conditions, kept.conditions); !status.ok()) return status;
  if (auto status = keep(decision.terms.change_reason, kept.change_reason); !status.ok()) {
    return status;
  }
  return kept;
}

}  // namespace

absl::StatusOr<Decision> FindDecision(Transaction& transaction, const DecisionId& id) {
  return One(transaction, transaction.QueryOne(kFind, id));
}

absl::StatusOr<Decision> LockDecision(Transaction& transaction, const DecisionId& id) {
  return One(transaction, transaction.QueryOne(kLock, id));
}

absl::StatusOr<std::vector<Decision>> ListDecisions(Transaction& transaction,
                                                    const std::optional<CaseId>& panel_case,
                                                    const std::optional<SittingId>& sitting) {
  const auto rows = transaction.Query(kList, panel_case, sitting);
  if (!rows.ok()) return rows.status();
  std::vector<Decision> decisions;
  for (const auto& row : *rows) decisions.push_back(ReadDecision(row));
  if (auto status = AddVotes(transaction, decisions); !status.ok()) return status;
  return decisions;
}

absl::StatusOr<std::optional<DecisionId>> FinalDecision(Transaction& transaction,
                                                        const CaseId& panel_case) {
  const auto row = transaction.QueryOptional(kFinal, panel_case);
  if (!row.ok()) return row.status();
  if (!*row) return std::optional<DecisionId>();
  return std::optional<DecisionId>((*row)->Get<DecisionId>("decision_id"));
}

absl::Status InsertDecision(Transaction& transaction, Decision& decision) {
  const auto words = KeepTermsWords(transaction, decision);
  if (!words.ok()) return words.status();
  const Terms& terms = decision.terms;
  const auto row = transaction.QueryOne(
      kInsert, decision.id, decision.panel_case, decision.sitting, decision.pupil, decision.urn,
      decision.la_code, kDecisionKindNames.Of(terms.kind), terms.tier, terms.receiving, terms.until,
      terms.review_on, terms.parents_agree, terms.receiving_school_agrees, terms.missing,
      kDecisionWayNames.Of(terms.way), words->reasons, words->conditions, words->change_reason,
      decision.replaces, decision.version, decision.updated_by, decision.updated_at,
      decision.last_call);
  if (!row.ok()) return row.status();
  decision.number = row->Get<std::int32_t>("number");
  return absl::OkStatus();
}

absl::Status RewriteDecision(Transaction& transaction, const Decision& decision) {
  const auto words = KeepTermsWords(transaction, decision);
  if (!words.ok()) return words.status();
  const Terms& terms = decision.terms;
  return transaction
      .Execute(kRewrite, decision.id, kDecisionKindNames.Of(terms.kind), terms.tier,
               terms.receiving, terms.until, terms.review_on, terms.parents_agree,
               terms.receiving_school_agrees, terms.missing, kDecisionWayNames.Of(terms.way),
               words->reasons, words->conditions, words->change_reason, decision.version,
               decision.updated_by, decision.updated_at, decision.last_call)
      .status();
}

absl::Status FinishDecision(Transaction& transaction, const Decision& decision) {
  if (decision.replaces) {
    auto replaced = transaction.Execute(kReplace, *decision.replaces);
    if (!replaced.ok()) return replaced.status();
  }
  return transaction
      .Execute(kFinish, decision.id, decision.version, decision.updated_at, decision.updated_by,
               decision.last_call)
      .status();
}

absl::Status KeepVote(Transaction& transaction, const DecisionId& id,
                      const education::PersonId& person, VoteChoice choice,
                      education::Instant now) {
  return transaction.Execute(kKeepVote, id, person, kVoteChoiceNames.Of(choice), now).status();
}

}  // namespace pathways::panel
