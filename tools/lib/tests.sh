# shellcheck shell=bash
# Test runs. Each kind writes what it counted, as "kind passed failed", to one file; the sum is the last line printed.

test_kinds=(contracts tools unit integration web pages figures journeys faults)
# Kinds that wait for browsers and servers of their own more than they compute, and touch nothing of the run's own stack.
test_kinds_beside=(web pages tools faults)

# tests_begin RUN PORT_OFFSET: a run of its own beside `up`. Whatever a killed run left there is ended first.
tests_begin() {
  local kind
  use_run "$1"
  port_offset=$2
  postgres_durable=off
  kafka_java_options=(-XX:TieredStopAtLevel=1)
  # What the environment sets is meant for `up`.
  unset "${!PATHWAYS_PORT_@}"
  run_lock "testing"
  # What scripts test has a run of its own inside this one.
  for kind in tools faults; do
    use_run "$PATHWAYS_RUN/$kind"
    stack_stop
    use_run "${PATHWAYS_RUN%/"$kind"}"
  done
  stack_stop
  stack_wipe_contents
  run_create
  test_results=$PATHWAYS_RUN/results
  test_counts=$test_results/counts
  mkdir -p "$test_results"
  : >"$test_counts"
  trap tests_stop EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

tests_stop() {
  local status=$?
  trap - EXIT
  [[ -z ${tests_beside:-} ]] || kill -TERM -- "-$tests_beside" 2>/dev/null || true
  stack_stop
  # What went wrong is looked for in the logs: they are kept until the next run.
  if ((status == 0)); then stack_wipe_contents; fi
  exit "$status"
}

# tests_run KIND...
tests_run() {
  local kind started
  for kind; do
    started=$EPOCHREALTIME
    "test_$kind"
    say_detail "$kind tests took $(seconds_since "$started")"
  done
}

# tests_run_all: two kinds at a time. What runs beside is shown when both are through.
tests_run_all() {
  local kind first=() log=$test_results/beside.log
  for kind in "${test_kinds[@]}"; do
    [[ " ${test_kinds_beside[*]} " == *" $kind "* ]] || first+=("$kind")
  done
  build
  tests_built=yes
  stack_build
  say_step "beside the others, shown at the end: ${test_kinds_beside[*]}"
  # A process group of its own, so that whoever stops this run stops that half, too.
  set -m
  tests_run "${test_kinds_beside[@]}" >"$log" 2>&1 </dev/null &
  tests_beside=$!
  set +m
  tests_run "${first[@]}"
  say_step "waiting for: ${test_kinds_beside[*]}"
  wait "$tests_beside" || count beside 0 1
  unset tests_beside
  cat "$log"
}

# count KIND PASSED FAILED
count() { printf '%s %d %d\n' "$1" "$2" "$3" >>"$test_counts"; }

tests_end() {
  local passed failed
  say
  awk '!($1 in passed) { order[++kinds] = $1 }
    { passed[$1] += $2; failed[$1] += $3 }
    END { for (i = 1; i <= kinds; i++) printf "%-12s %6d passed %6d failed\n", order[i], passed[order[i]], failed[order[i]] }' \
    "$test_counts"
  read -r passed failed < <(awk '{ p += $2; f += $3 } END { print p + 0, f + 0 }' "$test_counts")
  ((failed == 0 && passed > 0)) || say "The logs are in $(show_path "$run_logs")."
  say "$passed passed, $failed failed"
  ((failed == 0 && passed > 0)) || exit 1
}

# test_case KIND NAME COMMAND...: one check that is a command.
test_case() {
  local kind=$1 name=$2 log=$test_results/case.log
  shift 2
  if "$@" >"$log" 2>&1; then
    say_good "$name"
    count "$kind" 1 0
  else
    say_error "$name"
    sed 's/^/    /' "$log" >&2
    count "$kind" 0 1
  fi
}

test_contracts() {
  local base
  say_step "contract tests"
  test_case contracts "proto/ keeps buf's rules" buf lint "$PATHWAYS_ROOT/proto"
  base=$(contracts_base)
  if [[ -n $base ]]; then
    test_case contracts "proto/ breaks nobody who follows $base" contracts_breaking "$base"
  else
    say_detail "no release and no other main to compare proto/ with"
  fi
}

# contracts_base: what others may rely on already: the last release, else main as others have it.
contracts_base() {
  local base
  base=$(git -C "$PATHWAYS_ROOT" describe --tags --abbrev=0 2>/dev/null) || base=origin/main
  git -C "$PATHWAYS_ROOT" cat-file -e "$base:proto/buf.yaml" 2>/dev/null && printf '%s\n' "$base" || true
}

contracts_breaking() {
  local before=$test_results/contracts
  mkdir -p "$before"
  git -C "$PATHWAYS_ROOT" archive "$1" proto | tar -x -C "$before"
  buf breaking "$PATHWAYS_ROOT/proto" --against "$before/proto"
}

test_tools() {
  say_step "tests of ./pathways"
  test_scripts tools
}

test_faults() {
  stack_build
  say_step "the whole stack under faults"
  test_scripts faults
}

# test_scripts KIND: runs the scripts of tests/KIND, each on a run of its own.
test_scripts() {
  local kind=$1 file
  for file in "$PATHWAYS_ROOT/tests/$kind"/*_test.sh; do
    # Each prints "ok NAME" or "failed NAME" lines; a script that ends early has failed once more.
    env PATHWAYS_RUN="$PATHWAYS_RUN/$kind" bash "$file" 9>&- | tee "$test_results/$kind.txt" ||
      printf 'failed %s ended early\n' "$file" | tee -a "$test_results/$kind.txt"
    # shellcheck disable=SC2046  # two numbers
    count "$kind" $(awk '$1 == "ok" { ok++ } $1 == "failed" { failed++ } END { print ok + 0, failed + 0 }' \
      "$test_results/$kind.txt")
  done
}

test_unit() {
  [[ -n ${tests_built:-} ]] || { build && tests_built=yes; }
  say_step "unit tests"
  run_ctest unit
}

# The test programs run side by side and share one Kafka. Each starts a PostgreSQL of its own (libs/testing), because a
# transaction that one test holds open is seen by every snapshot of its cluster: what seals or publishes up to the oldest
# open transaction would wait for another program's test.
test_integration() {
  [[ -n ${tests_built:-} ]] || { build && tests_built=yes; }
  say_step "starting Kafka for the integration tests"
  kafka_start
  PATHWAYS_TEST_KAFKA=$(address_of KAFKA)
  export PATHWAYS_TEST_KAFKA
  say_step "integration tests"
  # They wait more than they compute.
  run_ctest integration $(($(nproc) + 1))
  unset PATHWAYS_TEST_KAFKA
  kafka_stop
}

# run_ctest LABEL [PROGRAMS_AT_ONCE]: counts the cases inside the test programs, and a program that ended without a count
# as one failure.
run_ctest() {
  local label=$1 results=$test_results/$1
  rm -rf "$results" && mkdir -p "$results"
  GTEST_OUTPUT="xml:$results/" ctest --test-dir "$(build_path .)" -L "^$label\$" --output-on-failure \
    --parallel "${2:-$(nproc)}" --output-junit "$results/ctest.junit" 9>&- || true
  # shellcheck disable=SC2046  # two numbers
  count "$label" $(python3 "$PATHWAYS_ROOT/tools/lib/count_tests.py" "$results")
}

test_web() {
  web_exists || return 0
  with_cache_lock npm_install "$web_home"
  say_step "web tests"
  run_vitest web test
}

test_pages() {
  web_exists || return 0
  build_web
  say_step "every page in a browser, against stub services"
  run_vitest pages test:pages
}

# run_vitest KIND SCRIPT
run_vitest() {
  local kind=$1 script=$2 json=$test_results/$1.json
  (cd "$web_home" && npm run "$script" -- --reporter=default --reporter=json --outputFile="$json" 9>&-) || true
  if [[ -s $json ]]; then
    # shellcheck disable=SC2046  # two numbers
    count "$kind" $(jq -r '"\(.numPassedTests) \([.numFailedTests, (if .success then 0 else 1 end)] | max)"' "$json")
  else
    count "$kind" 0 1
  fi
}

# test_figures: what the services export of the demonstration borough, against the plainest reading of the definitions.
test_figures() {
  local last first span
  last=$(date -d yesterday +%F)
  # The academic year begins on 1 September; eight months earlier it is the year in which it began.
  first=$(date -d "$last - 8 months" +%Y)-09-01
  span=(--from "$first" --to "$last")
  stack_build
  say_step "starting a whole stack for the figures"
  stack_start
  if ((stack_troubles > 0)) || ! demo_load_once; then
    count figures 0 1
    return
  fi
  say_step "figures against their definitions"
  test_case figures "attendance of each pupil" figures_equal attendance --level pupil "${span[@]}"
  test_case figures "attendance of each school by SEN provision" \
    figures_equal attendance --level school --by sen_provision "${span[@]}"
  test_case figures "attendance of the authority by year group" \
    figures_equal attendance --level authority --by year_group "${span[@]}"
  test_case figures "attendance of each pupil in a part of the year" \
    figures_equal attendance --level pupil --from "$(date -d "$first + 34 days" +%F)" --to "$(date -d "$first + 64 days" +%F)"
  test_case figures "every crossing" figures_equal crossings "${span[@]}"
  # Clocks are worked out anew while the calendars arrive.
  test_case figures "every exclusion" wait_until 4 "the exclusions to be those of the rules" exclusions_equal exclusions
  test_case figures "every date of every clock" wait_until 4 "the clocks to be those of the rules" exclusions_equal clock
  stack_stop
}

# figures_equal KIND OPTION...
figures_equal() {
  local environment reference=$PATHWAYS_ROOT/tests/reference/figures.py kind=$1
  shift
  mapfile -t environment < <(operator_environment)
  env "${environment[@]}" "$(build_path tools/cli/pathways-cli)" export "$kind" "$@" >"$test_results/ours.csv" &&
    python3 "$reference" "$kind" "$PATHWAYS_RUN/demo" "$@" >"$test_results/expected.csv" &&
    python3 "$reference" compare "$test_results/ours.csv" "$test_results/expected.csv"
}

# exclusions_equal KIND
exclusions_equal() {
  local environment reference=$PATHWAYS_ROOT/tests/reference/exclusions.py
  mapfile -t environment < <(operator_environment)
  env "${environment[@]}" "$(build_path tools/cli/pathways-cli)" export "$1" >"$test_results/ours.csv" &&
    python3 "$reference" "$1" "$PATHWAYS_RUN/demo" >"$test_results/expected.csv" &&
    python3 "$reference" compare "$test_results/ours.csv" "$test_results/expected.csv"
}

journeys_home=$PATHWAYS_ROOT/tests/journeys

# run_playwright OPTION...: on the stack that runs.
run_playwright() (
  mapfile -t environment < <(operator_environment)
  cd "$journeys_home"
  env "${environment[@]}" PATHWAYS_URL="$(web_url)" PATHWAYS_RUN="$PATHWAYS_RUN" \
    PATHWAYS_CLI="$(build_path tools/cli/pathways-cli)" npx playwright test "$@" 9>&-
)

test_journeys() {
  local json=$test_results/journeys.json
  [[ -f $journeys_home/package.json ]] || return 0
  stack_build
  with_cache_lock npm_install "$journeys_home"
  say_step "starting a whole stack for the journeys"
  stack_start
  if ((stack_troubles > 0)) || ! demo_load_once; then
    count journeys 0 1
    return
  fi
  say_step "journeys in a browser"
  PLAYWRIGHT_JSON_OUTPUT_NAME="$json" run_playwright --reporter=list,json || true
  if [[ -s $json ]]; then
    # shellcheck disable=SC2046  # two numbers
    count journeys $(jq -r '.stats | "\(.expected) \(.unexpected + .flaky)"' "$json")
  else
    count journeys 0 1
  fi
  stack_stop
}
