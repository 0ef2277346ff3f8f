usage="up: installs what is missing, builds, starts everything, loads the demonstration borough

Usage: ./pathways up [--no-demo]

  --no-demo   leave the databases as they are; do not load the demonstration borough

Everything made lies under .run/ (set PATHWAYS_RUN for another place). Ports are chosen free and kept; PATHWAYS_PORT_WEB,
_IDP, _POSTGRES, _KAFKA, _REGISTRY, ... set one. A second 'up' changes nothing that already runs as it should.
Exit status: 0 all runs; 1 a part is missing or did not start; 2 nothing was started."

run() {
  local demo=yes status=0 start=$EPOCHREALTIME
  if [[ ${1:-} == --no-demo ]]; then
    demo=no
    shift
  fi
  refuse_arguments up "$@"
  run_lock "starting"
  prepare_machine
  stack_build
  stack_start
  ((stack_troubles == 0)) || status=1
  if [[ $demo == yes ]]; then demo_load_once || status=1; fi
  say
  if web_exists && process_runs web; then
    demo_welcome
  else
    say "The parts that exist are up; './pathways status' shows them."
  fi
  say "Up in $(seconds_since "$start")."
  return "$status"
}
