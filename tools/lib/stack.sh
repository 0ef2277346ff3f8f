# shellcheck shell=bash
# The whole stack: which parts there are, starting and stopping them in order, and how each one is.

stack_parts() { printf '%s\n' postgres kafka idp "${service_names[@]}" web; }

part_exists() {
  case $1 in
    postgres | kafka) true ;;
    idp | web) web_exists ;;
    *) service_exists "$1" ;;
  esac
}

# health_grpc ADDRESS: the standard health service, asked with curl: a call is an HTTP/2 POST of a five-byte frame
# header and an empty HealthCheckRequest, and the answer ends in 08 01 (status = SERVING).
health_grpc() {
  local answer
  answer=$(printf '\0\0\0\0\0' | curl -s --max-time 2 --http2-prior-knowledge -H 'content-type: application/grpc' \
    -H 'te: trailers' --data-binary @- "http://$1/grpc.health.v1.Health/Check" | od -An -v -tx1 | tr -d ' \n')
  [[ $answer == *0801 ]]
}

health_http() { curl -s -f -o /dev/null --max-time 2 "$1"; }

part_answers() {
  case $1 in
    postgres) postgres_answers ;;
    kafka) kafka_answers ;;
    idp) health_http "$(idp_url)/.well-known/openid-configuration" ;;
    web) health_http "$(web_url)/health" ;;
    *) health_grpc "$(address_of "${1^^}")" ;;
  esac
}

# fingerprint FILE WORD...: changes when the file or what it is started with changes.
fingerprint() {
  local file=$1
  shift
  { stat -c '%i %s %Y' "$file" && printf '%s\n' "$@"; } | sha256sum | cut -c1-16
}

# part_start NAME FILE ENVIRONMENT_FUNCTION COMMAND...: leaves it alone when it runs as it would be started now.
part_start() {
  local name=$1 file=$2 environment print
  mapfile -t environment < <("$3" "$name")
  shift 3
  print=$(fingerprint "$file" "${environment[@]}" "$@")
  if process_runs "$name" && [[ $(process_fingerprint "$name") == "$print" ]]; then return; fi
  process_stop "$name"
  process_start "$name" "$print" env "${environment[@]}" "$@"
  stack_started+=("$name")
}

# `node --run` is npm's `run` without keeping npm in memory.
web_part_start() {
  part_start "$1" "$web_home/dist/.built" "$1_environment" \
    env -C "$web_home" "$node_home/bin/node" --run "$2"
}

service_start() { part_start "$1" "$(service_binary "$1")" service_environment "$(service_binary "$1")"; }

stack_choose_ports() {
  local name
  for name in idp web; do
    process_runs "$name" || port_choose "${name^^}"
  done
  for name in "${service_names[@]}"; do
    if ! process_runs "$name"; then
      port_choose "${name^^}"
      port_choose "${name^^}_METRICS"
    fi
  done
}

# stack_build: what runs, and nothing else.
stack_build() {
  local name targets=()
  for name in "${service_names[@]}"; do
    if service_exists "$name"; then targets+=("pathways-$name"); fi
  done
  for name in cli demo demo-panel demo-letters; do
    if [[ -f $PATHWAYS_ROOT/tools/$name/main.cpp ]]; then targets+=("pathways-$name"); fi
  done
  if ((${#targets[@]})); then build "${targets[@]}"; fi
  if web_exists; then build_web; fi
}

# stack_start: the order lets every part find what it needs; each waits by itself as well. stack_troubles counts the
# parts that are missing or would not start. (A status would have callers write `stack_start || ...`, and bash then goes
# on after any failing command inside.)
stack_start() {
  local name start=$EPOCHREALTIME stack_started=()
  stack_troubles=0
  stack_start_stores
  stack_choose_ports
  if web_exists; then web_part_start idp start:dev-idp; fi
  for name in "${service_names[@]}"; do
    if service_exists "$name"; then service_start "$name"; fi
  done
  if web_exists; then web_part_start web start; fi
  if ((${#stack_started[@]})); then say_step "starting ${stack_started[*]}"; fi
  for name in idp "${service_names[@]}" web; do
    if ! part_exists "$name"; then
      say_warning "$name is not part of this checkout and is left out"
      stack_troubles=$((stack_troubles + 1))
    elif ! process_ready "$name" 60 part_answers "$name"; then
      stack_troubles=$((stack_troubles + 1))
    fi
  done
  if ((${#stack_started[@]})); then say_detail "done in $(seconds_since "$start")"; fi
}

# stack_start_stores: PostgreSQL with its databases, and Kafka.
stack_start_stores() {
  local start=$EPOCHREALTIME
  if ! process_runs postgres || ! postgres_answers; then
    say_step "starting PostgreSQL"
    postgres_start
    say_detail "ready in $(seconds_since "$start") on port $(port_of POSTGRES)"
  fi
  postgres_create_databases "${database_names[@]}"
  start=$EPOCHREALTIME
  if ! process_runs kafka || ! kafka_answers; then
    say_step "starting Kafka"
    kafka_start
    say_detail "ready in $(seconds_since "$start") on port $(port_of KAFKA)"
  fi
}

stack_stop() {
  local name
  for name in web $(printf '%s\n' "${service_names[@]}" | tac) idp; do process_stop "$name"; done
  kafka_stop
  postgres_stop
}

# stack_wipe_contents: removes the data of a stopped run, but not the lock this command holds.
stack_wipe_contents() {
  if [[ -L $(postgres_link) ]]; then rm -rf "$(postgres_data)"; fi
  find "$PATHWAYS_RUN" -mindepth 1 -not -path "$PATHWAYS_RUN/lock" -delete
}
