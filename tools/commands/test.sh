usage="test: builds and runs the tests on servers of its own

Usage: ./pathways test [KIND]

  contracts     interface rules and compatibility of proto/ (buf)
  tools         this command itself: starting, stopping, mending
  unit          C++ tests that need no server
  integration   C++ tests on a real PostgreSQL and a real Kafka
  web           tests of the web
  pages         every page in a real browser against stub services
  figures       what is exported, against the plainest reading of the definitions
  journeys      people's journeys in a real browser against a whole stack
  faults        a whole stack whose servers are killed and stopped while work goes on

Without KIND all of them run. Needs no 'up' before, and does not touch the one that runs: its data are in .run-test/ and
are removed at the end. The last line is 'N passed, N failed'.
Exit status: 0 all passed; 1 a test failed or none ran; 2 nothing could be run."

run() {
  local kind kinds=("${test_kinds[@]}")
  if (($#)); then
    [[ " ${test_kinds[*]} " == *" $1 "* ]] || die "there is no kind of test '$1'. There are: ${test_kinds[*]}"
    kinds=("$1")
    shift
  fi
  refuse_arguments test "$@"
  tests_begin "${PATHWAYS_TEST_RUN:-.run-test}" 1000
  prepare_machine
  for kind in "${kinds[@]}"; do
    test_start=$EPOCHREALTIME
    "test_$kind"
    say_detail "$kind tests took $(seconds_since "$test_start")"
  done
  tests_end
}
