# shellcheck shell=bash
# A small borough for the tests of faults, whose figures can be said beforehand: registers are made here, slice by
# slice, and what was acknowledged is kept to hold the services against.
#
# Every pupil attends, but for one in four, who is ill on every sixth day: persistently absent from their tenth day on
# (4 of 20 sessions), and never anything else.

schools=(900001 900002)
fewest_days=10
faults_cli=$(build_path tools/cli/pathways-cli)
borough=$PATHWAYS_RUN/borough
acknowledged=$PATHWAYS_RUN/acknowledged

cli() {
  local environment
  mapfile -t environment < <(operator_environment)
  env "${environment[@]}" "$faults_cli" "$@"
}

new_id() { cat /proc/sys/kernel/random/uuid; }

borough_load() {
  local urn
  mkdir -p "$acknowledged"
  "$(build_path tools/demo/pathways-demo)" --out "$borough" --schools "${#schools[@]}" --pupils 400 \
    --people "$web_home/dev-idp/people.json"
  for kind in schools calendar pupils people; do cli import "$kind" "$borough/$kind.csv"; done
  for urn in "${schools[@]}"; do
    # Days with a register, and pupils who were on roll on each of them.
    cut -d, -f3 "$borough/registers/$urn.csv" | grep '^2' | sort -u >"$borough/$urn.days"
    tail -n +2 "$borough/registers/$urn.csv" | awk -F, -v days="$(wc -l <"$borough/$urn.days")" \
      '{ seen[$2]++ } END { for (upn in seen) if (seen[upn] == days) print upn }' | sort >"$borough/$urn.pupils"
  done
}

# slice URN FIRST COUNT: the register of so many of the school's days, from its FIRST on (1: the first of the year).
slice() {
  awk -v OFS=, -v urn="$1" -v first="$2" -v last=$(($2 + $3 - 1)) '
    BEGIN { print "urn", "upn", "date", "am", "pm" }
    NR == FNR { days[NR] = $1; next }
    {
      for (day = first; day <= last; day++) {
        ill = FNR % 4 == 0 && day % 6 == 1
        print urn, $1, days[day], ill ? "I" : "/", ill ? "I" : "\\"
      }
    }' "$borough/$1.days" "$borough/$1.pupils"
}

# acknowledge FILE: from here on it must be there, once.
acknowledge() { tail -n +2 "$1" >"$acknowledged/$(basename "$1")"; }

# import_slice FILE ID: imports it whole and keeps that it was acknowledged.
import_slice() {
  cli import register "$1" --import-id "$2" && acknowledge "$1"
}

# Figures by enrolment: urn,upn,possible,attended,authorised,unauthorised.
expected_figures() {
  cat "$acknowledged"/* 2>/dev/null | awk -F, -v OFS=, '
    { possible[$1 OFS $2] += 2; if ($4 == "I") ill[$1 OFS $2] += 2 }
    END { for (key in possible) print key, possible[key], possible[key] - ill[key], ill[key] + 0, 0 }' | sort
}

actual_figures() {
  cli export attendance --level pupil >"$PATHWAYS_RUN/export.csv"
  awk -F, -v OFS=, 'NR > 1 && $10 > 0 { print $5, $6, $10, $11, $12, $13 }' "$PATHWAYS_RUN/export.csv" | sort
}

expected_days() { cat "$acknowledged"/* 2>/dev/null | cut -d, -f1,3 | sort -u | wc -l; }

expected_crossings() {
  expected_figures | awk -F, -v days="$fewest_days" '$3 >= 2 * days && $5 * 10 >= $3 { n++ } END { print n + 0 }'
}

# sql DATABASE QUERY: one value.
sql() { postgres_sql "$1" <<<"$2"; }

same() { [[ $1 == "$2" ]] || { printf 'expected %s, found %s\n' "$1" "$2"; return 1; }; }

# Marks are there once: figures, one version of each day's register, and one event for each version and each crossing.
reconciled() {
  diff <(expected_figures) <(actual_figures)
  same "$(expected_days)" "$(sql attendance 'select count(*) from day_block')"
  same 0 "$(sql attendance 'select count(*) from day_block where version > 1')"
  same "$(expected_days)" "$(events_of RegisterRecorded)"
  same "$(expected_crossings)" "$(events_of AbsenceBecamePersistent)"
  same 0 "$(sql attendance "select count(*) from events.outbox where type !~ '(RegisterRecorded|AbsenceBecamePersistent)\$'")"
}

events_of() { sql attendance "select count(*) from events.outbox where type like '%.$1'"; }

# What others were told has taken effect there, once: a proposal for each crossing, and its line in the timeline.
healed() {
  reconciled
  wait_until 60 "the proposals" proposals_are "$(expected_crossings)"
  wait_until 30 "the outbox to be empty" outbox_is_empty
  same "$(expected_crossings)" "$(sql referrals "select count(*) from timeline where kind = 'proposal_raised'")"
  same "$(expected_crossings)" "$(sql referrals 'select count(distinct enrolment_id) from proposal')"
  same 0 "$(sql referrals 'select (select count(*) from events.parked) + (select count(*) from events.dead_letter)')"
}

proposals_are() { [[ $(sql referrals 'select count(*) from proposal') == "$1" ]]; }

outbox_is_empty() {
  [[ $(sql attendance 'select count(*) from events.outbox o, events.relay r
    where o.seq > r.watermark and not r.published @> o.seq') == 0 ]]
}

# rpc SERVICE METHOD JSON: a call with the operator's rights. Prints the answer as JSON.
rpc() {
  local service=$1 method=$2 body=$3
  buf curl --schema "$PATHWAYS_ROOT/proto" --protocol grpc --http2-prior-knowledge "${rpc_headers[@]}" -d "$body" \
    "http://$(address_of "${service^^}")/pathways.$service.v1.${service^}Service/$method"
}

rpc_headers=()
rpc_sign_in() {
  rpc_headers=(-H "authorization: Bearer $(rpc registry ExchangeIdentity \
    "$(jq -n --arg secret "$(secret operator)" '{operatorSecret: $secret}')" | jq -r .token)")
}
