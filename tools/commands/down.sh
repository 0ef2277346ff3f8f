usage="down: stops everything

Usage: ./pathways down [--wipe]

  --wipe   also remove the data: databases, events, logs, secrets (what was built or fetched stays)

Exit status: 0 stopped; 2 nothing was done."

run() {
  local wipe=no
  if [[ ${1:-} == --wipe ]]; then
    wipe=yes
    shift
  fi
  refuse_arguments down "$@"
  if [[ ! -d $PATHWAYS_RUN ]]; then
    say "Nothing is running and there are no data."
    return
  fi
  run_lock "stopping"
  say_step "stopping"
  stack_stop
  if [[ $wipe == yes ]]; then
    stack_wipe_contents
    say "Stopped, and all data in $(show_path "$PATHWAYS_RUN") removed."
  else
    say "Stopped. The data are kept; './pathways up' continues with them."
  fi
}
