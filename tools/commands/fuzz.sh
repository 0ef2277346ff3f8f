usage="fuzz: feeds made-up bytes to what reads files, looking for a crash

Usage: ./pathways fuzz [TARGET...] [--seconds N]

  TARGET        a file tests/fuzz/TARGET_fuzz.cc; without one, all of them after each other
  --seconds N   how long for each target (default 60)

Builds the fuzz preset (clang, libFuzzer, address and undefined-behaviour sanitizers) and installs what only it needs.
Inputs that reached something new are kept in .cache/fuzz/ for the next run, and so is each input that broke a target.
Exit status: 0 nothing found; 1 a target broke; 2 nothing was run."

fuzz_home=$PATHWAYS_ROOT/tests/fuzz

run() {
  local seconds=60 targets=() target status=0
  while (($#)); do
    case $1 in
      --seconds)
        [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || die "--seconds needs a whole number of at least 1"
        seconds=$2
        shift
        ;;
      -*) refuse_arguments fuzz "$1" ;;
      *)
        [[ -f $fuzz_home/$1_fuzz.cc ]] || die "there is no fuzz target '$1'. There are: $(fuzz_targets | xargs)"
        targets+=("$1")
        ;;
    esac
    shift
  done
  ((${#targets[@]})) || mapfile -t targets < <(fuzz_targets)
  run_create
  packages_for=fuzz
  prepare_machine
  PATHWAYS_PRESET=fuzz
  build "${targets[@]/%/_fuzz}"
  for target in "${targets[@]}"; do
    fuzz_one "$target" "$seconds" || status=1
  done
  return "$status"
}

fuzz_targets() { find "$fuzz_home" -name '*_fuzz.cc' -printf '%f\n' | sed 's/_fuzz\.cc$//' | sort; }

# fuzz_one TARGET SECONDS: libFuzzer shows its own progress and, when the target breaks, the input and the trace.
fuzz_one() {
  local kept=$PATHWAYS_CACHE/fuzz/$1
  mkdir -p "$kept/inputs"
  say_step "fuzzing $1 for $2 s"
  "$(build_path "tests/fuzz/$1_fuzz")" -max_total_time="$2" -timeout=10 -print_final_stats=1 \
    -artifact_prefix="$kept/" "$kept/inputs" && return
  say_error "$1 broke; the input is in $(show_path "$kept")"
  return 1
}
