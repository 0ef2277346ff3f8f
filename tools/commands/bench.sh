usage="bench: measures Pathways against the bare tools, both in one run

Usage: ./pathways bench [NAME...] [--json FILE]

  --json FILE   also write the rows there: {\"name\",\"ours\",\"unit\",\"against\",\"theirs\",\"ratio\"}

  pages   how soon the HTML of a page is there when 20 a second are asked for (p95)
  other names: a wrong one shows them all

A ratio above 1 means ours is better. Builds the release preset and runs on servers of its own in .run-bench/, which write
to disk as real ones do. Measure on a machine that does nothing else.
Exit status: 0 measured; 1 a measurement failed; 2 nothing was measured."

run() {
  local status=0 names=() json='' rows=()
  [[ -f $PATHWAYS_ROOT/tests/bench/main.cpp ]] || die "the benchmarks are not part of this checkout: there is no tests/bench"
  while (($#)); do
    case $1 in
      --json)
        json=${2:-}
        [[ -n $json ]] || die "--json needs a file"
        shift
        ;;
      *) names+=("$1") ;;
    esac
    shift
  done
  tests_begin "${PATHWAYS_BENCH_RUN:-.run-bench}" 2000
  # Unlike tests: real disk writes, and the compiler that pays off in the long run.
  postgres_durable=on
  kafka_java_options=()
  PATHWAYS_PRESET=release
  prepare_machine
  if [[ ${names[*]} != pages ]]; then bench_services || status=$?; fi
  if ((${#names[@]} == 0)) || [[ " ${names[*]} " == *" pages "* ]]; then bench_pages || status=$?; fi
  if [[ -n $json ]] && ((${#rows[@]} > 0)); then jq -s add "${rows[@]}" >"$json"; fi
  return "$status"
}

# What the C++ programs measure: all of it, or what `names` holds beside the pages.
bench_services() {
  local status=0 environment wanted=()
  mapfile -t wanted < <(printf '%s\n' "${names[@]}" | grep -vx 'pages\|')
  build pathways-bench
  stack_build
  stack_start
  ((stack_troubles == 0)) || say_warning "not all parts run; what needs the others cannot be measured"
  mapfile -t environment < <(operator_environment)
  env "${environment[@]}" PATHWAYS_TEST_POSTGRES="$(postgres_uri postgres postgres)" \
    PATHWAYS_TEST_KAFKA="$(address_of KAFKA)" "$(build_path tests/bench/pathways-bench)" "${wanted[@]}" \
    --json "$test_results/services.json" 9>&- || status=$?
  if [[ -s $test_results/services.json ]]; then rows+=("$test_results/services.json"); fi
  stack_stop
  return "$status"
}

# How soon pages are there, on a stack that holds the demonstration borough and nothing else.
bench_pages() {
  local status=0
  stack_wipe_contents
  run_create
  mkdir -p "$test_results"
  stack_build
  with_cache_lock npm_install "$journeys_home"
  stack_start
  if ((stack_troubles > 0)) || ! demo_load_once; then return 1; fi
  say_step "pages at 20 requests a second"
  PATHWAYS_BENCH_ROWS=$test_results/pages.json run_playwright --config playwright.bench.config.ts --reporter=line ||
    status=1
  if [[ -s $test_results/pages.json ]]; then rows+=("$test_results/pages.json"); fi
  stack_stop
  return "$status"
}
