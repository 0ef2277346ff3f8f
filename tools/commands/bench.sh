usage="bench: measures Pathways against the bare tools, both in one run

Usage: ./pathways bench [NAME...] [--json FILE]

  --json FILE   also write the rows there: {\"name\",\"ours\",\"unit\",\"against\",\"theirs\",\"ratio\"}

A ratio above 1 means ours is better. Builds the release preset and runs on servers of its own in .run-bench/, which write
to disk as real ones do. Measure on a machine that does nothing else.
Exit status: 0 measured; 1 a measurement failed; 2 nothing was measured."

run() {
  local status=0
  [[ -f $PATHWAYS_ROOT/tests/bench/main.cpp ]] || die "the benchmarks are not part of this checkout: there is no tests/bench"
  tests_begin "${PATHWAYS_BENCH_RUN:-.run-bench}" 2000
  # Unlike tests: real disk writes, and the compiler that pays off in the long run.
  postgres_durable=on
  kafka_java_options=()
  PATHWAYS_PRESET=release
  prepare_machine
  build pathways-bench
  stack_build
  stack_start
  ((stack_troubles == 0)) || say_warning "not all parts run; what needs the others cannot be measured"
  mapfile -t environment < <(operator_environment)
  env "${environment[@]}" PATHWAYS_TEST_POSTGRES="$(postgres_uri postgres postgres)" \
    PATHWAYS_TEST_KAFKA="$(address_of KAFKA)" "$(build_path tests/bench/pathways-bench)" "$@" 9>&- || status=$?
  return "$status"
}
