#include "services/panel/store/provider_store.h"

#include "services/panel/store/rows.h"

namespace pathways::panel {
namespace {

using storage::Sql;
using storage::Transaction;

constexpr Sql kFind = R"(
  select p.*, array(select person_id from provider_person x where x.provider_id = p.provider_id order by person_id) as people,
         s.easting as school_easting, s.northing as school_northing
  from provider p
  left join school_phase s on s.urn = p.urn
  where $1::uuid is null or p.provider_id = $1
  order by p.name, p.provider_id)";

constexpr Sql kChecks = R"(
  select distinct on (provider_id, kind) provider_id, kind, outcome, checked_on, next_due, checked_by
  from provider_check
  where $1::uuid is null or provider_id = $1
  order by provider_id, kind, checked_on desc, check_id desc)";

constexpr Sql kProgrammes = R"(
  select * from programme where $1::uuid is null or provider_id = $1 order by name, programme_id)";

constexpr Sql kDays = R"(
  select p.programme_id, p.day, count(*)::integer as places, count(t.placement_id)::integer as taken
  from place p
  join programme g using (programme_id)
  left join place_taken t on t.programme_id = p.programme_id and t.day = p.day and t.number = p.number and t.freed_at is null
  where $1::uuid is null or g.provider_id = $1
  group by p.programme_id, p.day
  order by array_position(array['mon', 'tue', 'wed', 'thu', 'fri'], p.day))";

constexpr Sql kLock = R"(
  select p.*, '{}'::uuid[] as people, null::integer as school_easting, null::integer as school_northing
  from provider p where provider_id = $1 for update)";

constexpr Sql kInsert = R"(
  insert into provider (provider_id, la_code, name, urn, registration, easting, northing, open, version, updated_by, updated_at,
                        last_call)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))";

constexpr Sql kUpdate = R"(
  update provider
  set name = $2, urn = $3, registration = $4, easting = $5, northing = $6, open = $7, version = $8, updated_by = $9,
      updated_at = $10, last_call = $11
  where provider_id = $1)";

constexpr Sql kForgetPeople = "delete from provider_person where provider_id = $1";
constexpr Sql kAddPeople = R"(
  insert into provider_person (provider_id, la_code, person_id) select $1, $2, unnest($3::uuid[]))";

constexpr Sql kKeepCheck = R"(
  insert into provider_check (provider_id, la_code, kind, outcome, checked_on, next_due) values ($1, $2, $3, $4, $5, $6))";

constexpr Sql kLockProgramme = "select * from programme where programme_id = $1 for update";

constexpr Sql kInsertProgramme = R"(
  insert into programme (programme_id, provider_id, la_code, name, tier, phase, needs, pence_a_week, version, updated_by, updated_at,
                         last_call)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))";

constexpr Sql kUpdateProgramme = R"(
  update programme
  set name = $2, tier = $3, phase = $4, needs = $5, pence_a_week = $6, version = $7, updated_by = $8, updated_at = $9,
      last_call = $10
  where programme_id = $1)";

constexpr Sql kAddPlaces = R"(
  insert into place (programme_id, la_code, day, number)
  select $1, $2, d.day, n.number
  from unnest($3::text[], $4::integer[]) as d (day, places), generate_series(1, d.places) as n (number)
  on conflict do nothing)";

constexpr Sql kDropPlaces = R"(
  delete from place p
  where p.programme_id = $1
    and not exists (select 1 from unnest($2::text[], $3::integer[]) as d (day, places)
                    where d.day = p.day and p.number <= d.places))";

constexpr Sql kPlaces = R"(
  select p.day, p.number, t.placement_id is not null as taken
  from place p
  left join place_taken t on t.programme_id = p.programme_id and t.day = p.day and t.number = p.number and t.freed_at is null
  where p.programme_id = $1)";

// People of a provider; not set by hand elsewhere.
absl::Status SetPeople(Transaction& transaction, const Provider& provider) {
  auto forgotten = transaction.Execute(kForgetPeople, provider.id);
  if (!forgotten.ok()) return forgotten.status();
  return transaction.Execute(kAddPeople, provider.id, provider.la_code, provider.people).status();
}

using ById = std::map<ProviderId, Provider*>;

absl::Status AddChecks(Transaction& transaction, const std::optional<ProviderId>& only,
                       const ById& providers) {
  const auto rows = transaction.Query(kChecks, only);
  if (!rows.ok()) return rows.status();
  for (const auto& row : *rows) {
    providers.at(row.Get<ProviderId>("provider_id"))
        ->checks.push_back({.kind = Named<kCheckKindNames>(row, "kind"),
                            .outcome = Named<kCheckOutcomeNames>(row, "outcome"),
                            .checked_on = row.Get<education::Day>("checked_on"),
                            .next_due = row.Get<education::Day>("next_due"),
                            .checked_by = row.Get<std::string>("checked_by")});
  }
  return absl::OkStatus();
}

absl::Status AddProgrammes(Transaction& transaction, const std::optional<ProviderId>& only,
                           const ById& providers) {
  const auto rows = transaction.Query(kProgrammes, only);
  if (!rows.ok()) return rows.status();
  const auto day_rows = transaction.Query(kDays, only);
  if (!day_rows.ok()) return day_rows.status();
  std::map<ProgrammeId, std::vector<DayPlaces>> days;
  for (const auto& row : *day_rows) {
    days[row.Get<ProgrammeId>("programme_id")].push_back({.day = Named<kWeekdayNames>(row, "day"),
                                                          .places = row.Get<std::int32_t>("places"),
                                                          .taken = row.Get<std::int32_t>("taken")});
  }
  for (const auto& row : *rows) {
    Programme programme = ReadProgramme(row);
    programme.days = days[programme.id];
    providers.at(programme.provider)->programmes.push_back(std::move(programme));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Provider>> Read(Transaction& transaction,
                                           const std::optional<ProviderId>& only) {
  const auto rows = transaction.Query(kFind, only);
  if (!rows.ok()) return rows.status();
  std::vector<Provider> providers;
  for (const auto& row : *rows) providers.push_back(ReadProvider(row));
  ById by_id;
  for (Provider& provider : providers) by_id[provider.id] = &provider;
  if (auto status = AddChecks(transaction, only, by_id); !status.ok()) return status;
  if (auto status = AddProgrammes(transaction, only, by_id); !status.ok()) return status;
  return providers;
}

struct DayColumns {
  explicit DayColumns(const Programme& programme) {
    for (const DayPlaces& one : programme.days) {
      days.emplace_back(kWeekdayNames.Of(one.day));
      places.push_back(one.places);
    }
  }
  std::vector<std::string> days;
  std::vector<std::int32_t> places;
};

}  // namespace

absl::StatusOr<Provider> FindProvider(Transaction& transaction, const ProviderId& id) {
  auto providers = Read(transaction, id);
  if (!providers.ok()) return providers.status();
  if (providers->empty()) return absl::NotFoundError("There is no such provider");
  return std::move(providers->front());
}

absl::StatusOr<std::vector<Provider>> ListProviders(Transaction& transaction) {
  return Read(transaction, std::nullopt);
}

absl::StatusOr<Provider> LockProvider(Transaction& transaction, const ProviderId& id) {
  const auto row = transaction.QueryOne(kLock, id);
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such provider");
  if (!row.ok()) return row.status();
  return ReadProvider(*row);
}

absl::Status InsertProvider(Transaction& transaction, const Provider& provider) {
  const Grid grid = provider.grid.value_or(Grid());
  auto inserted = transaction.Execute(kInsert, provider.id, provider.la_code, provider.name,
                                      provider.urn, kRegistrationNames.Of(provider.registration),
                                      grid.easting, grid.northing, provider.open, provider.version,
                                      provider.updated_by, provider.updated_at, provider.last_call);
  if (!inserted.ok()) return inserted.status();
  return SetPeople(transaction, provider);
}

absl::Status UpdateProvider(Transaction& transaction, const Provider& provider) {
  const Grid grid = provider.grid.value_or(Grid());
  auto updated = transaction.Execute(kUpdate, provider.id, provider.name, provider.urn,
                                     kRegistrationNames.Of(provider.registration), grid.easting,
                                     grid.northing, provider.open, provider.version,
                                     provider.updated_by, provider.updated_at, provider.last_call);
  if (!updated.ok()) return updated.status();
  return SetPeople(transaction, provider);
}

absl::Status KeepCheck(Transaction& transaction, const Provider& provider,
                       const ProviderCheck& check) {
  return transaction
      .Execute(kKeepCheck, provider.id, provider.la_code, kCheckKindNames.Of(check.kind),
               kCheckOutcomeNames.Of(check.outcome), check.checked_on, check.next_due)
      .status();
}

absl::StatusOr<Programme> LockProgramme(Transaction& transaction, const ProgrammeId& id) {
  const auto row = transaction.QueryOne(kLockProgramme, id);
  if (absl::IsNotFound(row.status())) return absl::NotFoundError("There is no such programme");
  if (!row.ok()) return row.status();
  return ReadProgramme(*row);
}

absl::Status InsertProgramme(Transaction& transaction, const Programme& programme,
                             education::LaCode la_code) {
  return transaction
      .Execute(kInsertProgramme, programme.id, programme.provider, la_code, programme.name,
               programme.tier, kPhaseNames.Of(programme.phase), programme.needs,
               programme.pence_a_week, programme.version, programme.updated_by,
               programme.updated_at, programme.last_call)
      .status();
}

absl::Status UpdateProgramme(Transaction& transaction, const Programme& programme) {
  return transaction
      .Execute(kUpdateProgramme, programme.id, programme.name, programme.tier,
               kPhaseNames.Of(programme.phase), programme.needs, programme.pence_a_week,
               programme.version, programme.updated_by, programme.updated_at, programme.last_call)
      .status();
}

absl::Status SetPlaces(Transaction& transaction, const Programme& programme,
                       education::LaCode la_code) {
  const DayColumns columns(programme);
  auto added = transaction.Execute(kAddPlaces, programme.id, la_code, columns.days, columns.places);
  if (!added.ok()) return added.status();
  auto dropped = transaction.Execute(kDropPlaces, programme.id, columns.days, columns.places);
  if (absl::IsFailedPrecondition(dropped.status())) {
    return absl::FailedPreconditionError(
        "A place that a pupil has, or had, cannot be taken away; close the provider instead");
  }
  return dropped.status();
}

absl::StatusOr<PlacesNow> ReadPlaces(Transaction& transaction, const ProgrammeId& id) {
  const auto rows = transaction.Query(kPlaces, id);
  if (!rows.ok()) return rows.status();
  PlacesNow places;
  for (const auto& row : *rows) {
    const Weekday day = Named<kWeekdayNames>(row, "day");
    const int number = row.Get<std::int32_t>("number");
    int& capacity = places.capacity[day];
    capacity = std::max(capacity, number);
    if (row.Get<bool>("taken")) places.taken.insert({day, number});
  }
  return places;
}

}  // namespace pathways::panel
