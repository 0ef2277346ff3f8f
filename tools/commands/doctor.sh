usage="doctor: checks the machine and the stack, and says what to do

Usage: ./pathways doctor

Changes nothing. Exit status: 0 all good; 1 something needs attention (each line says what to do)."

troubles=0

trouble() {
  troubles=$((troubles + 1))
  say_warning "$1"
  say_detail "what to do: $2"
}

# check_version NAME WANTED COMMAND...: the first number the command prints must begin with WANTED.
check_version() {
  local name=$1 wanted=$2 found=
  shift 2
  if command -v "$1" >/dev/null; then
    found=$("$@" 2>&1 | awk 'match($0, /[0-9]+(\.[0-9]+)*/) && !found { found = 1; print substr($0, RSTART, RLENGTH) }')
  fi
  if [[ $found == "$wanted"* ]]; then
    say_good "$name $found"
  else
    trouble "$name is ${found:-missing}, $wanted is needed" "'./pathways up' installs it"
  fi
}

check_machine() {
  local free_disk free_memory missing
  if grep -q '^VERSION_ID="12"' /etc/os-release && grep -q '^ID=debian' /etc/os-release; then
    say_good "Debian 12 on $(uname -m), $(nproc) processors"
  else
    trouble "this is not Debian 12" "use Debian 12; other systems are not tested"
  fi
  [[ $(uname -m) == x86_64 ]] || trouble "Node is pinned for x86_64 only" "use an x86_64 machine"
  free_disk=$(df -Pk "$PATHWAYS_ROOT" | awk 'NR == 2 { print int($4 / 1048576) }')
  ((free_disk >= 5)) && say_good "$free_disk GiB of disk free" ||
    trouble "only $free_disk GiB of disk free, 5 are needed" "free some; './pathways down --wipe' removes this stack's data"
  free_memory=$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
  ((free_memory >= 2048)) && say_good "$free_memory MiB of memory available" ||
    trouble "only $free_memory MiB of memory available, 2048 are needed" "end other programs"
  missing=$(packages_missing | cut -d ' ' -f 1 | paste -sd ' ')
  [[ -z $missing ]] && say_good "all Debian packages are there" ||
    trouble "missing Debian packages: $missing" "'./pathways up' installs them"
}

check_tools() {
  check_version 'PostgreSQL' 15 "$postgres_bin/postgres" --version
  check_version 'Java' 17 java -version
  check_version 'GCC' 12 g++ -dumpfullversion
  check_version 'CMake' 3. cmake --version
  check_version 'Node.js' 24 "$node_home/bin/node" --version
  check_version 'buf' 1. "$node_home/bin/buf" --version
  cmp -s "$PATHWAYS_ROOT/tools/kafka/pom.xml" "$PATHWAYS_CACHE/kafka/pom.xml" && say_good "Kafka's jars" ||
    trouble "Kafka's jars are missing or of another version" "'./pathways up' fetches them"
}

check_part() {
  local name=$1
  if ! part_exists "$name"; then
    say_detail "$name is not part of this checkout"
  elif process_runs "$name"; then
    part_answers "$name" && say_good "$name runs and answers" ||
      trouble "$name runs but does not answer" "read './pathways logs $name', then './pathways down' and 'up'"
  elif [[ -f $(process_file "$name") ]]; then
    trouble "$name has ended by itself" "read './pathways logs $name', then './pathways up'"
  elif [[ -n $(process_orphans "$name") ]]; then
    trouble "$name was left behind by a run that was killed" "'./pathways up' or './pathways down' ends it"
  else
    say_detail "$name is stopped"
  fi
}

run() {
  local name
  refuse_arguments doctor "$@"
  say_step "the machine"
  check_machine
  say_step "tools"
  check_tools
  say_step "the stack in $(show_path "$PATHWAYS_RUN")"
  for name in $(stack_parts); do check_part "$name"; done
  say
  ((troubles == 0)) && say "Nothing needs attention." && return
  say "$troubles of these need attention."
  return 1
}
