usage="status: shows what runs, where, and how it is

Usage: ./pathways status

Exit status: 0 every part runs and answers; 1 some do; 2 none does."

part_address() {
  case $1 in
    web) web_url ;;
    idp) idp_url ;;
    *) address_of "${1^^}" ;;
  esac
}

status_row() {
  local name=$1 state=stopped pid=- address=- health=- memory=-
  if ! part_exists "$name"; then
    state='not in this checkout'
  elif pid=$(process_pid "$name"); then
    state=running
    address=$(part_address "$name")
    memory=$(process_memory "$pid")
    if part_answers "$name"; then health=good; else health='no answer'; fi
  else
    pid=-
    if [[ -f $(process_file "$name") ]]; then state='ended by itself'; fi
  fi
  printf '%-12s %-20s %8s  %-24s %-10s %8s\n' "$name" "$state" "$pid" "$address" "$health" "$memory"
  [[ $health == good ]]
}

run() {
  local name good=0 all=0
  refuse_arguments status "$@"
  printf '%-12s %-20s %8s  %-24s %-10s %8s\n' PART STATE PID ADDRESS HEALTH 'MiB'
  for name in $(stack_parts); do
    all=$((all + 1))
    if status_row "$name"; then good=$((good + 1)); fi
  done
  ((good == all)) && return 0
  ((good > 0)) && return 1
  return 2
}
