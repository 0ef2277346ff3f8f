# shellcheck shell=bash
# What commands share in reading their arguments.

# refuse_arguments COMMAND REST...: for a command that takes no (more) arguments.
refuse_arguments() {
  local command=$1
  shift
  (($# == 0)) || die "'$command' does not know '$1'; './pathways $command --help' says what it takes"
}

need_running() {
  local name
  for name in "$@"; do
    process_runs "$name" || die "$name is not running; start the stack with './pathways up'"
  done
}

# exec_cli COMMAND ARGUMENTS...: hands over to the C++ tool, with the addresses of the running stack.
exec_cli() {
  local binary environment=()
  binary=$(build_path tools/cli/pathways-cli)
  if [[ ! -x $binary ]]; then
    [[ -f $PATHWAYS_ROOT/tools/cli/main.cpp ]] || die "'$1' is not part of this checkout: there is no tools/cli"
    run_create
    build pathways-cli >&2
  fi
  if [[ " ${*:2} " != *" --help "* && " ${*:2} " != *" -h "* ]]; then
    need_running "${service_names[@]}"
    mapfile -t environment < <(operator_environment)
  fi
  exec env "${environment[@]}" "$binary" "$@"
}
