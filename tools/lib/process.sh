# shellcheck shell=bash
# Processes of a run, without a supervisor: a pid file holds the pid, the start time the kernel gives it, and a
# fingerprint of what was started. The start time makes sure that a recycled pid is never taken for ours, and a mark in
# the environment finds what a killed script left behind.

process_file() { printf '%s\n' "$run_pids/$1"; }

# process_start_time PID: in clock ticks since boot; empty when there is no such process, or only its zombie.
# The command name may hold spaces and brackets, so fields are counted after the last ')'.
process_start_time() {
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  read -ra fields <<<"${stat##*) }"
  if [[ ${fields[0]} != Z ]]; then printf '%s\n' "${fields[19]}"; fi
}

# process_pid NAME: the pid while it runs; status 1 otherwise.
process_pid() {
  local pid started fingerprint
  read -r pid started fingerprint 2>/dev/null <"$(process_file "$1")" || return 1
  [[ -n $started && $(process_start_time "$pid") == "$started" ]] || return 1
  printf '%s\n' "$pid"
}

process_runs() { process_pid "$1" >/dev/null; }

process_fingerprint() {
  local pid started fingerprint=
  read -r pid started fingerprint 2>/dev/null <"$(process_file "$1")" || true
  printf '%s\n' "$fingerprint"
}

process_mark() { printf 'PATHWAYS_PROCESS=%s:%s\n' "$PATHWAYS_RUN" "$1"; }

# process_orphans NAME: pids that carry this run's mark, whatever the pid file says.
process_orphans() {
  local file
  for file in $(grep -lzxF "$(process_mark "$1")" /proc/[0-9]*/environ 2>/dev/null); do
    file=${file%/environ}
    printf '%s\n' "${file#/proc/}"
  done
}

# process_start NAME FINGERPRINT COMMAND...: in a session of its own, so that the terminal's end is not its end; without
# any other file the caller has open, so that it holds none of its locks (`flock FILE ./pathways up`) for as long as it runs.
process_start() {
  local name=$1 fingerprint=$2 log=$run_logs/$1.log pid
  shift 2
  (
    cd "$PATHWAYS_ROOT"
    for descriptor in /proc/self/fd/*; do
      descriptor=${descriptor##*/}
      if ((descriptor > 2)); then exec {descriptor}>&-; fi
    done
    exec env "$(process_mark "$name")" setsid "$@"
  ) >>"$log" 2>&1 </dev/null &
  pid=$!
  printf '%s %s %s\n' "$pid" "$(process_start_time "$pid")" "$fingerprint" >"$(process_file "$name")"
  disown "$pid" 2>/dev/null || true
}

# process_signal SIGNAL PID...: to each pid's whole group, so that what it started ends with it.
process_signal() {
  local signal=$1 pid
  shift
  for pid in "$@"; do
    kill -s "$signal" -- "-$pid" 2>/dev/null || kill -s "$signal" "$pid" 2>/dev/null || true
  done
}

process_gone() {
  local pid
  for pid in "$@"; do
    [[ -z $(process_start_time "$pid") ]] || return 1
  done
}

# process_stop NAME [SECONDS]: asks with SIGTERM, insists with SIGKILL after SECONDS; also ends orphans of that name.
process_stop() {
  local name=$1 limit=${2:-12} pids
  mapfile -t pids < <({ process_pid "$name" || true; process_orphans "$name"; } | sort -un)
  if ((${#pids[@]})); then
    process_signal TERM "${pids[@]}"
    if ! wait_until "$limit" "$name to stop" process_gone "${pids[@]}"; then
      say_warning "$name did not stop within $limit s and was killed"
      process_signal KILL "${pids[@]}"
      wait_until 5 "$name to die" process_gone "${pids[@]}" || die "$name (pid ${pids[*]}) cannot be ended"
    fi
  fi
  rm -f "$(process_file "$name")"
}

# process_ready NAME SECONDS CHECK...: waits for readiness; shows the end of the log when it does not come.
process_ready() {
  local name=$1 limit=$2
  shift 2
  if wait_until "$limit" "$name" process_check "$name" "$@"; then return 0; fi
  if process_runs "$name"; then
    say_error "$name was not ready within $limit s. The end of its log:"
  else
    say_error "$name ended while starting. The end of its log:"
  fi
  tail -n 15 "$run_logs/$name.log" | sed 's/^/    /' >&2
  return 1
}

process_check() {
  local name=$1
  shift
  "$@" && return 0
  process_runs "$name" || return 2
  return 1
}

# process_memory PID: resident memory of its session, in MiB.
process_memory() {
  ps -o rss= -g "$1" 2>/dev/null | awk '{ sum += $1 } END { printf "%d", sum / 1024 }'
}
