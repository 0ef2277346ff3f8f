# shellcheck shell=bash
# For tests of shell scripts and real processes. Source it after tools/lib/*.sh.

# expect NAME COMMAND...: in a shell of its own with its errors on, so that a failing line fails the test. Prints
# "ok NAME" or "failed NAME"; expect_failed is set once one has failed.
expect() {
  local name=$1 status=0 start=$EPOCHREALTIME
  shift
  set +e
  (
    set -e
    "$@"
  ) >"$run_logs/expect.log" 2>&1
  status=$?
  set -e
  if ((status == 0)); then
    printf 'ok %s (%s)\n' "$name" "$(seconds_since "$start")"
  else
    expect_failed=yes
    printf 'failed %s\n' "$name"
    sed 's/^/    /' "$run_logs/expect.log"
  fi
}

refused() { ! "$@"; }

# kill_hard NAME: and wait for the kernel to have taken it away.
kill_hard() {
  local pid
  pid=$(process_pid "$1")
  kill -9 "$pid"
  wait_until 10 "$1 to be gone" process_gone "$pid"
}
