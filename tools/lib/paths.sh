# shellcheck shell=bash
# Where things lie. PATHWAYS_RUN holds everything a running stack makes; .cache holds what can be fetched or built
# again and so survives `down --wipe`.

# use_run DIRECTORY: makes DIRECTORY (relative to the root, or absolute) the run that every function works on.
use_run() {
  PATHWAYS_RUN=$1
  [[ $PATHWAYS_RUN == /* ]] || PATHWAYS_RUN=$PATHWAYS_ROOT/$PATHWAYS_RUN
  run_logs=$PATHWAYS_RUN/logs
  run_pids=$PATHWAYS_RUN/pids
  run_secrets=$PATHWAYS_RUN/secrets
  run_ports=$PATHWAYS_RUN/ports.env
}

PATHWAYS_CACHE=${PATHWAYS_CACHE:-$PATHWAYS_ROOT/.cache}
PATHWAYS_PRESET=${PATHWAYS_PRESET:-dev}
use_run "${PATHWAYS_RUN:-.run}"

run_create() {
  [[ ! -e $PATHWAYS_RUN || -O $PATHWAYS_RUN ]] ||
    die "$PATHWAYS_RUN belongs to $(stat -c %U "$PATHWAYS_RUN"): work as that user, or set PATHWAYS_RUN to another place"
  mkdir -p "$PATHWAYS_RUN" "$run_logs" "$run_pids" "$run_secrets" "$PATHWAYS_CACHE"
  chmod 700 "$run_secrets"
}

# run_lock WHAT: one command at a time changes a run. The lock is held on descriptor 9 until this script ends;
# process_start closes it in what it starts, so a killed terminal frees it.
run_lock() {
  run_create
  exec 9>"$PATHWAYS_RUN/lock"
  if ! flock -n 9; then
    say_step "another command is changing $PATHWAYS_RUN; waiting for it before $1"
    flock -w 1800 9 || die "it did not finish within 30 minutes; './pathways doctor' shows what is running"
  fi
}

build_path() { printf '%s\n' "$PATHWAYS_ROOT/build/$PATHWAYS_PRESET/$1"; }

# show_path FILE: as a person in the checkout would type it.
show_path() { printf '%s\n' "${1#"$PATHWAYS_ROOT"/}"; }
