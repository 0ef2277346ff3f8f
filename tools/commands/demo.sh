usage="demo: loads the demonstration borough

Usage: ./pathways demo [--write DIRECTORY]

  --write DIRECTORY   only write its files (schools, calendar, pupils, registers, suspensions), to look at or to change

Invented schools and pupils, one term of registers and three years of suspensions, the same ones every time. 'up'
does this by itself once.
Exit status: 0 loaded; 1 a part was refused; 2 nothing was loaded."

run() {
  if [[ ${1:-} == --write ]]; then
    [[ -n ${2:-} ]] || die "--write needs a directory"
    demo_generate "$2"
    say "Written to $2."
    return
  fi
  refuse_arguments demo "$@"
  need_running "${service_names[@]}"
  run_lock "loading the demonstration borough"
  demo_load
}
