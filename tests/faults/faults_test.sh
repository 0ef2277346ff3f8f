#!/usr/bin/env bash
# The whole stack under faults: servers are killed and stopped while work goes on. Every test ends healed, and with
# figures, registers, events and proposals that are exactly what was acknowledged. Prints "ok NAME" or "failed NAME" for
# each test. PATHWAYS_RUN names a directory of its own; everything in it is removed.
set -euo pipefail

PATHWAYS_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for library in "$PATHWAYS_ROOT"/tools/lib/*.sh; do source "$library"; done
source "$PATHWAYS_ROOT/tests/expect.sh"
source "$PATHWAYS_ROOT/tests/faults/borough.sh"
: "${PATHWAYS_RUN:?}"
port_offset=4000
kafka_java_options=(-XX:TieredStopAtLevel=1)
# After a failure the logs are of use.
trap 'stack_stop; if [[ -z ${expect_failed:-} ]]; then stack_wipe_contents; fi' EXIT
run_create
files=$PATHWAYS_RUN/files
mkdir -p "$files"

service_pids() {
  local name
  for name in "${service_names[@]}" web; do process_pid "$name"; done
}

attendance_start() {
  service_start attendance
  process_ready attendance 60 part_answers attendance
}

# exits STATUS COMMAND...: with what it wrote kept in $files/output.
exits() {
  local wanted=$1 status=0
  shift
  "$@" >"$files/output" 2>&1 || status=$?
  ((status == wanted)) || { printf 'exit status %s, not %s: %s\n' "$status" "$wanted" "$(cat "$files/output")"; return 1; }
}

# --- Kafka ---

kafka_killed() {
  local before
  before=$(service_pids)
  kill_hard kafka
  slice 900001 1 10 >"$files/kafka.csv"
  exits 0 import_slice "$files/kafka.csv" "$(new_id)"
  a_draft_is_written "$(sed -n 4p "$borough/900001.pupils")"
  reconciled
  same 0 "$(sql referrals 'select count(*) from proposal')"
  kafka_start
  healed
  same "$before" "$(service_pids)"
}

# A command of another service, which has nothing to publish yet but whose event stands behind the same outbox.
a_draft_is_written() {
  local pupil request version
  rpc_sign_in
  pupil=$(rpc registry SearchPupils "$(jq -n --arg upn "$1" '{query: $upn}')" | jq -r '.pupils[0].pupilId')
  request=$(new_id)
  version=$(rpc referrals CreateRequest "$(jq -n --arg id "$request" --arg pupil "$pupil" \
    '{requestId: $id, pupilId: $pupil, urn: 900001}')" | jq -r .request.version)
  rpc referrals SaveSection "$(jq -n --arg id "$request" --arg version "$version" '{requestId: $id, version: $version,
    section: {name: "consent", answers: [{key: "consent_asked", value: "no"}]}}')" >/dev/null
  same no "$(rpc referrals GetRequest "$(jq -n --arg id "$request" '{requestId: $id}')" |
    jq -r '.request.sections[] | select(.name == "consent").answers[0].value')"
}

# --- PostgreSQL ---

postgres_stopped() {
  local before id
  before=$(service_pids)
  web_sign_in demo-amara-osei
  same 200 "$(web_status /)"
  id=$(new_id)
  slice 900001 11 5 >"$files/postgres.csv"
  stream_begin "$files/postgres.csv" "$id"
  kill -s QUIT "$(process_pid postgres)"
  wait_until 30 "PostgreSQL to be gone" process_gone "$(process_pid postgres)"
  exits 2 cli export attendance
  grep -qi 'database\|answer\|try again' "$files/output"
  same 503 "$(web_status /)"
  grep -q 'not answering' "$files/page.html"
  stream_end 2
  exits 2 cli import register "$files/postgres.csv"
  postgres_start
  wait_until 30 "attendance to answer again" cli export attendance
  wait_until 30 "the web to answer again" web_is 200
  exits 0 import_slice "$files/postgres.csv" "$id"
  exits 0 cli import register "$files/postgres.csv" --import-id "$id"
  healed
  same "$before" "$(service_pids)"
}

web_sign_in() {
  local page action
  page=$(curl -s -L -c "$files/cookies" -b "$files/cookies" "$(web_url)/")
  action=$(sed -n 's/.*<form method="post" action="\([^"]*\)".*/\1/p' <<<"$page")
  [[ $action == http* ]] || action=$(idp_url)$action
  curl -s -L -o /dev/null -c "$files/cookies" -b "$files/cookies" -d "sub=$1" "$action"
}

web_status() { curl -s -o "$files/page.html" -w '%{http_code}' -b "$files/cookies" --max-time 20 "$(web_url)$1"; }
web_is() { [[ $(web_status /) == "$1" ]]; }

# --- attendance, in the middle of an import ---

# stream_begin FILE ID: an import whose file comes in slowly; half of it is there when this returns.
stream_begin() {
  local half=$(($(stat -c %s "$1") / 2))
  stream_file=$1
  rm -f "$files/pipe"
  mkfifo "$files/pipe"
  cli import register - --import-id "$2" <"$files/pipe" >"$files/stream.txt" 2>&1 &
  stream=$!
  exec {feed}>"$files/pipe"
  head -c "$half" "$1" >&"$feed"
  wait_until 20 "the import to begin" import_is_known "$2"
}

import_is_known() { [[ $(sql attendance "select count(*) from import_job where import_id = '$1'") == 1 ]]; }

# stream_end STATUS: sends the rest and waits for the import's end.
stream_end() {
  local status=0
  # Who reads may be gone already.
  { tail -c +$(($(stat -c %s "$stream_file") / 2 + 1)) "$stream_file" >&"$feed"; } 2>/dev/null || true
  exec {feed}>&-
  wait "$stream" || status=$?
  same "$1" "$status" || { cat "$files/stream.txt"; return 1; }
}

attendance_killed_in_a_stream() {
  local id
  id=$(new_id)
  slice 900002 1 12 >"$files/stream.csv"
  stream_begin "$files/stream.csv" "$id"
  kill_hard attendance
  stream_end 2
  attendance_start
  reconciled
  exits 0 import_slice "$files/stream.csv" "$id"
  healed
  exits 0 cli import register "$files/stream.csv" --import-id "$id"
  healed
}

crashing_environment() { service_environment "$1" && printf 'CRASH_AT=%s\n' "$crash_at"; }

# attendance_crashes_at POINT FIRST_DAY taken|lost: whether what the crash interrupted is there afterwards.
attendance_crashes_at() {
  local crash_at=$1 id file=$files/$1.csv
  id=$(new_id)
  slice 900002 "$2" 3 >"$file"
  part_start attendance "$(service_binary attendance)" crashing_environment "$(service_binary attendance)"
  process_ready attendance 60 part_answers attendance
  exits 2 cli import register "$file" --import-id "$id"
  refused process_runs attendance
  attendance_start
  if [[ $3 == taken ]]; then acknowledge "$file"; fi
  reconciled
  exits 0 import_slice "$file" "$id"
  grep -q "$(tail -n +2 "$file" | wc -l | sed ':a;s/\B[0-9]\{3\}\>/,&/;ta') rows read, all good" "$files/output"
  healed
  exits 0 cli import register "$file" --import-id "$id"
  healed
}

# --- SIGTERM under load ---

# One import a day of the school, one after the other, until told to stop. Each that was not acknowledged is kept with
# its id.
importing() {
  local day file id
  for ((day = $1; day <= $2; day++)); do
    file=$files/load-$day.csv id=$(new_id)
    slice 900001 "$day" 1 >"$file"
    cli import register "$file" --import-id "$id" && acknowledge "$file" || printf '%s %s\n' "$file" "$id" >>"$files/unsure"
  done
}

reading() { while [[ -e $files/read ]]; do cli export attendance --level pupil >/dev/null 2>&1 || true; done; }

attendance_terminated() {
  local pid start load file id
  : >"$files/unsure"
  touch "$files/read"
  slice 900002 40 2 >"$files/slow.csv"
  stream_begin "$files/slow.csv" "$(new_id)"
  reading &
  importing 20 34 &
  load=$!
  wait_until 30 "three imports" acknowledged_loads 3
  pid=$(process_pid attendance)
  start=$EPOCHREALTIME
  kill -s TERM "$pid"
  wait_until 10 "attendance to end" process_gone "$pid"
  printf 'ended after %s\n' "$(seconds_since "$start")"
  attendance_start
  wait "$load"
  rm "$files/read"
  stream_end 2
  # What was acknowledged is there; of the others it is not known, and asking again settles it.
  while read -r file id; do exits 0 import_slice "$file" "$id"; done <"$files/unsure"
  healed
}

acknowledged_loads() { (($(find "$acknowledged" -name 'load-*' | wc -l) >= $1)); }

stack_start
((stack_troubles == 0))
borough_load
expect "Kafka.KilledDelaysEventsAndLosesNone" kafka_killed
expect "Postgres.StoppedIsSaidAndPasses" postgres_stopped
expect "Attendance.KilledInAStreamTakesAllOrNothing" attendance_killed_in_a_stream
expect "Attendance.KilledBeforeCommitTakesNothing" attendance_crashes_at import.before_commit 13 lost
expect "Attendance.KilledAfterCommitTakesAllOnce" attendance_crashes_at import.after_commit 16 taken
expect "Attendance.TerminatedUnderLoadKeepsItsWord" attendance_terminated
