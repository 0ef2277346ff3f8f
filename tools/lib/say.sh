# shellcheck shell=bash
# What people read: steps and results on standard output, warnings and errors on standard error.

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  say_bold=$'\e[1m' say_red=$'\e[31m' say_yellow=$'\e[33m' say_green=$'\e[32m' say_plain=$'\e[0m'
else
  say_bold='' say_red='' say_yellow='' say_green='' say_plain=''
fi

say() { printf '%s\n' "$*"; }
say_step() { printf '%s==>%s %s\n' "$say_bold" "$say_plain" "$*"; }
say_detail() { printf '    %s\n' "$*"; }
say_good() { printf '    %sok%s    %s\n' "$say_green" "$say_plain" "$*"; }
say_warning() { printf '%swarning:%s %s\n' "$say_yellow" "$say_plain" "$*" >&2; }
say_error() { printf '%serror:%s %s\n' "$say_red" "$say_plain" "$*" >&2; }

# die TEXT...: nothing was done (exit status 2 of the contract).
die() {
  say_error "$*"
  exit 2
}

# seconds_since START: whole and tenths of seconds since START, a value of $EPOCHREALTIME.
seconds_since() {
  awk -v start="$1" -v now="$EPOCHREALTIME" 'BEGIN { printf "%.1f s", now - start }'
}

# wait_until SECONDS WHAT CHECK...: polls CHECK ten times a second and shows that it is waiting; status 1 when the
# time is over. A check that exits 2 means "this can never come true", and ends the wait at once.
wait_until() {
  local limit=$1 what=$2 start=$EPOCHREALTIME tick=0 status
  shift 2
  while true; do
    status=0
    "$@" || status=$?
    ((status == 0)) && return 0
    ((status == 2)) && return 1
    ((++tick > limit * 10)) && return 1
    ((tick % 50 == 0)) && say_detail "still waiting for $what ($(seconds_since "$start") of at most $limit s)"
    sleep 0.1
  done
}
