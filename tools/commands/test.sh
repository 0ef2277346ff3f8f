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
  local kind=${1:-}
  if [[ -n $kind ]]; then
    [[ " ${test_kinds[*]} " == *" $kind "* ]] || die "there is no kind of test '$kind'. There are: ${test_kinds[*]}"
    shift
  fi
  refuse_arguments test "$@"
  tests_begin "${PATHWAYS_TEST_RUN:-.run-test}" 1000
  prepare_machine
  if [[ -n $kind ]]; then tests_run "$kind"; else tests_run_all; fi
  tests_end
}
