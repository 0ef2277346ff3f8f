# shellcheck shell=bash
# The demonstration borough: generated files, loaded through the same imports as real ones.

demo_exists() { [[ -f $PATHWAYS_ROOT/tools/demo/main.cpp ]]; }
demo_marker() { printf '%s\n' "$PATHWAYS_RUN/demo-loaded"; }

demo_generate() {
  demo_exists || die "the demonstration borough is not part of this checkout: there is no tools/demo"
  [[ -x $(build_path tools/demo/pathways-demo) ]] || build pathways-demo
  "$(build_path tools/demo/pathways-demo)" --out "$1" --people "$web_home/dev-idp/people.json"
}

demo_load() {
  local environment start=$EPOCHREALTIME
  mapfile -t environment < <(operator_environment)
  say_step "loading the demonstration borough"
  demo_generate "$PATHWAYS_RUN/demo" || return 1
  env "${environment[@]}" "$PATHWAYS_ROOT/tools/demo/load.sh" \
    "$(build_path tools/cli/pathways-cli)" "$PATHWAYS_RUN/demo" || return 1
  local name
  for name in demo-panel demo-letters; do
    [[ -x $(build_path "tools/$name/pathways-$name") ]] || build "pathways-$name"
    env "${environment[@]}" "$(build_path "tools/$name/pathways-$name")" || return 1
  done
  touch "$(demo_marker)"
  say_detail "done in $(seconds_since "$start")"
}

# demo_load_once: for `up`: a database that has it keeps what people have done to it since.
demo_load_once() {
  [[ -f $(demo_marker) ]] && return
  if ! demo_exists; then
    say_warning "the demonstration borough is not part of this checkout and is left out"
    return 1
  fi
  demo_load
}

# demo_welcome: the address, who can sign in as whom, and where to look first.
demo_welcome() {
  say "${say_bold}Pathways is at $(web_url)${say_plain}"
  [[ -f $(demo_marker) ]] || return 0
  say
  say "Sign in as one of these invented people (no password: choose the name on the sign-in page):"
  say
  jq -r '.people[] | [.name, .role, .title] | @tsv' "$web_home/dev-idp/people.json" |
    awk -F '\t' '{ printf "  %-20s  %-40s  %s\n", $1, $2, $3 }'
  say
  say "Look first: as Amara Osei, the pupils of her school who became persistently absent, and an Early Help request from"
  say "one of them; then as Daniel Kowalczyk, that request in Early Help's queue."
}
