usage="lint: checks formatting, layers and common faults

Usage: ./pathways lint [--fix] [--tidy]

  --fix    let clang-format rewrite C++ files
  --tidy   also run clang-tidy over all C++ files (minutes)

Exit status: 0 clean; 1 there are findings."

findings=0

# finding_free WHAT COMMAND...: runs a check; its output is shown only when it finds something.
finding_free() {
  local what=$1 log
  shift
  log=$("$@" 2>&1) && say_good "$what" && return
  findings=$((findings + 1))
  say_error "$what"
  printf '%s\n' "$log" | head -n 60 | sed 's/^/    /' >&2
}

cpp_files() { git ls-files -co --exclude-standard -- '*.h' '*.cc' '*.cpp'; }
cpp_format() { cpp_files | xargs -r clang-format-14 "$@"; }
cpp_tidy() { cpp_files | grep -v '\.h$' | xargs -r -P "$(nproc)" -n 1 clang-tidy-14 -p "$(build_path .)" --quiet; }
shell_check() { shellcheck pathways .ci/run tools/lib/*.sh tools/commands/*.sh; }
web_lint() { cd "$web_home" && npm run lint; }

# The lockfiles must not say where packages came from: every machine has its own mirror.
lockfiles_clean() { ! git ls-files -co --exclude-standard -- '*package-lock.json' | xargs -r grep -n '"resolved"'; }

run() {
  local fix=no tidy=no
  while (($#)); do
    case $1 in
      --fix) fix=yes ;;
      --tidy) tidy=yes ;;
      *) refuse_arguments lint "$1" ;;
    esac
    shift
  done
  run_create
  prepare_machine
  cd "$PATHWAYS_ROOT"
  [[ $fix == no ]] || cpp_format -i
  finding_free "C++ is formatted" cpp_format --dry-run -Werror
  finding_free "layers: who may include whom" layers_check
  finding_free "interfaces keep buf's rules" buf lint proto
  finding_free "shell scripts" shell_check
  finding_free "lockfiles name no registry" lockfiles_clean
  if web_exists; then
    with_cache_lock npm_install "$web_home"
    finding_free "the web" web_lint
  fi
  if [[ $tidy == yes ]]; then
    build
    finding_free "clang-tidy" cpp_tidy
  fi
  ((findings == 0)) || return 1
}
