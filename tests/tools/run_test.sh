#!/usr/bin/env bash
# Tests of the run that ./pathways keeps: real PostgreSQL and Kafka are started, killed and mended. Prints "ok NAME" or
# "failed NAME" for each test. PATHWAYS_RUN names a directory of its own; everything in it is removed.
set -euo pipefail

PATHWAYS_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
for library in "$PATHWAYS_ROOT"/tools/lib/*.sh; do source "$library"; done
source "$PATHWAYS_ROOT/tests/expect.sh"
: "${PATHWAYS_RUN:?}"
port_offset=3000
postgres_durable=off
kafka_java_options=(-XX:TieredStopAtLevel=1)
if [[ ${1:-} == start-stores ]]; then
  run_lock "starting"
  stack_start_stores
  exit
fi
trap 'stack_stop; stack_wipe_contents' EXIT
run_create

starts_both() {
  postgres_start
  kafka_start
  process_runs postgres && process_runs kafka
}

a_second_start_changes_nothing() {
  local before
  before=$(cat "$run_pids"/*)
  postgres_start
  kafka_start
  [[ $before == "$(cat "$run_pids"/*)" ]]
}

query() { psql -X -At -c "$3" "$(postgres_uri "$1" "$2")"; }

databases_belong_to_their_service() {
  postgres_create_databases one two
  postgres_create_databases one two
  query one_owner one 'create table kept (id int); insert into kept values (7); grant select on kept to one_app'
  [[ $(query one_app one 'select id from kept') == 7 ]]
  refused query one_app one 'drop table kept'
  refused query one_app one 'create table mine (id int)'
  refused query one_app two 'select 1'
  refused query two_owner one 'select 1'
  refused query one_app postgres 'select 1'
  [[ $(postgres_sql <<<"select count(*) from pg_roles where rolname ~ '_(app|owner)$' and (rolsuper or rolbypassrls)") == 0 ]]
}

secrets_are_private() {
  [[ -z $(find "$run_secrets" -type f -not -perm 600) && $(stat -c %a "$run_secrets") == 700 ]]
  ps -eo args >"$PATHWAYS_RUN/commands"
  refused grep -F "$(secret postgres)" "$PATHWAYS_RUN/commands"
}

postgres_mends_after_kill() {
  kill_hard postgres
  postgres_start
  [[ $(query one_app one 'select id from kept') == 7 ]]
}

postgres_mends_without_pid_file() {
  local before
  before=$(process_pid postgres)
  rm "$(process_file postgres)"
  postgres_start
  [[ $(process_pid postgres) != "$before" && -z $(process_start_time "$before") ]]
  [[ $(query one_app one 'select id from kept') == 7 ]]
}

kafka_mends_after_kill() {
  kill_hard kafka
  kafka_start
  process_runs kafka
}

kafka_mends_without_pid_file() {
  local before
  before=$(process_pid kafka)
  rm "$(process_file kafka)"
  kafka_start
  [[ $(process_pid kafka) != "$before" && -z $(process_start_time "$before") ]]
}

a_half_made_cluster_is_made_again() {
  postgres_stop
  postgres_as_user rm "$(postgres_data)/.initialised"
  postgres_start
  [[ -z $(postgres_sql <<<"select datname from pg_database where datname = 'one'") ]]
}

# What `up` has made when it is killed: each file appears at another step of starting.
a_killed_start_is_mended() {
  local step start
  for step in logs/initdb.log secrets/referrals_app pids/kafka; do
    stack_stop
    stack_wipe_contents
    run_create
    setsid bash "${BASH_SOURCE[0]}" start-stores &
    start=$!
    wait_until 60 "the start to reach $step" test -e "$PATHWAYS_RUN/$step"
    kill -9 -- "-$start"
    bash "${BASH_SOURCE[0]}" start-stores
    process_runs postgres && process_runs kafka
    [[ $(postgres_sql <<<"select count(*) from pg_database where datname in ('registry', 'web')") == 2 ]]
    refused query registry_app web 'select 1'
  done
}

# A pid that now belongs to somebody else must never be taken for ours, or killed.
a_recycled_pid_is_left_alone() {
  local stranger
  sleep 300 &
  stranger=$!
  printf '%s 1 -\n' "$stranger" >"$(process_file stranger)"
  refused process_runs stranger
  process_stop stranger
  kill "$stranger"
}

# `flock FILE ./pathways up` ends, and so must its lock.
what_is_started_holds_no_lock() {
  local lock=$PATHWAYS_RUN/callers-lock held
  exec {held}>"$lock"
  flock "$held"
  process_start sleeper - sleep 300
  exec {held}>&-
  flock -n "$lock" true
  process_runs sleeper
  process_stop sleeper
}

a_taken_port_is_passed_over() {
  local taken stranger
  kafka_stop
  taken=$(port_of KAFKA)
  python3 -c 'import socket, sys, time
s = socket.create_server(("127.0.0.1", int(sys.argv[1]))); print("listening", flush=True); time.sleep(300)' "$taken" &
  stranger=$!
  wait_until 10 "a stranger on the port" port_taken "$taken"
  kafka_start
  kill "$stranger"
  [[ $(port_of KAFKA) != "$taken" ]] && process_runs kafka
}

stops_all() {
  local pids
  pids=$(process_pid postgres; process_pid kafka)
  stack_stop
  # shellcheck disable=SC2086  # pids are words
  process_gone $pids
  refused process_runs postgres
  [[ -z $(postgres_leftovers) && -z $(process_orphans kafka) ]]
}

two_commands_wait_for_each_other() {
  ( run_lock "the first" && sleep 1 && touch "$PATHWAYS_RUN/first" ) &
  wait_until 5 "the first to have the lock" lock_taken
  ( run_lock "the second" && [[ -f $PATHWAYS_RUN/first ]] )
}

lock_taken() { ! flock -n "$PATHWAYS_RUN/lock" true; }

commands_say_what_they_do_not_know() {
  local status=0
  "$PATHWAYS_ROOT/pathways" no-such-command || status=$?
  ((status == 2))
  status=0
  "$PATHWAYS_ROOT/pathways" up --no-such-option || status=$?
  ((status == 2))
  [[ $("$PATHWAYS_ROOT/pathways" help) == *doctor* ]]
}

every_command_has_help() {
  local file
  for file in "$PATHWAYS_ROOT"/tools/commands/*.sh; do
    grep -q '^command_help' "$file" || [[ $("$PATHWAYS_ROOT/pathways" "$(basename "$file" .sh)" --help) == *Usage:* ]]
  done
}

expect "Run.StartsPostgresAndKafka" starts_both
expect "Run.SecondStartChangesNothing" a_second_start_changes_nothing
expect "Run.DatabasesBelongToTheirService" databases_belong_to_their_service
expect "Run.SecretsArePrivate" secrets_are_private
expect "Run.PostgresMendsAfterKill" postgres_mends_after_kill
expect "Run.PostgresMendsWithoutPidFile" postgres_mends_without_pid_file
expect "Run.HalfMadeClusterIsMadeAgain" a_half_made_cluster_is_made_again
expect "Run.KafkaMendsAfterKill" kafka_mends_after_kill
expect "Run.KafkaMendsWithoutPidFile" kafka_mends_without_pid_file
expect "Run.TakenPortIsPassedOver" a_taken_port_is_passed_over
expect "Run.KilledStartIsMended" a_killed_start_is_mended
expect "Run.RecycledPidIsLeftAlone" a_recycled_pid_is_left_alone
expect "Run.WhatIsStartedHoldsNoLock" what_is_started_holds_no_lock
expect "Run.TwoCommandsWaitForEachOther" two_commands_wait_for_each_other
expect "Run.StopsAll" stops_all
expect "Command.SaysWhatItDoesNotKnow" commands_say_what_they_do_not_know
expect "Command.HasHelp" every_command_has_help
