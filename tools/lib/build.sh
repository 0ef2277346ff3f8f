# shellcheck shell=bash
# Building: CMake, Ninja and ccache for C++; npm for the web.

build_environment() {
  export CCACHE_DIR=${CCACHE_DIR:-$PATHWAYS_CACHE/ccache}
  # Two checkouts may share one cache: paths below the root are hashed as relative ones.
  export CCACHE_BASEDIR=$PATHWAYS_ROOT CCACHE_NOHASHDIR=true
}

# build_progress: on a terminal Ninja draws its own line; elsewhere one line for each tenth, and every message.
build_progress() {
  if [[ -t 1 ]]; then
    cat
    return
  fi
  awk '{
    if (match($0, /^\[[0-9]+\/[0-9]+\] /)) {
      split(substr($0, 2, RLENGTH - 3), part, "/")
      tenth = int(10 * part[1] / part[2])
      if (part[2] > 20 && tenth != last) { printf "    built %d of %d\n", part[1], part[2]; fflush(); last = tenth }
      if ($2 == "Building" || $2 == "Linking" || $2 == "Generating" || $2 == "Running" || $2 == "Re-checking") next
    }
    print; fflush()
  }'
}

build_configured() { [[ -f $(build_path build.ninja) ]]; }

# build TARGET...: everything when no target is named. One build at a time in a tree.
build() {
  local start=$EPOCHREALTIME status=0
  build_environment
  mkdir -p "$PATHWAYS_ROOT/build"
  exec 8>"$PATHWAYS_ROOT/build/$PATHWAYS_PRESET.lock"
  flock 8
  if ! build_configured; then
    say_step "configuring the build (preset $PATHWAYS_PRESET)"
    (cd "$PATHWAYS_ROOT" && cmake --preset "$PATHWAYS_PRESET") >"$run_logs/cmake.log" 2>&1 || status=$?
    if ((status)); then
      tail -n 30 "$run_logs/cmake.log" >&2
      die "CMake could not configure; the whole output is in $(show_path "$run_logs/cmake.log")"
    fi
  fi
  say_step "building C++ (preset $PATHWAYS_PRESET)"
  ninja -C "$(build_path .)" "$@" 8>&- 9>&- | sed -u '/^ninja: \(Entering directory\|no work to do\)/d' |
    build_progress || status=$?
  exec 8>&-
  ((status == 0)) || die "the build failed; the messages above say where"
  say_detail "done in $(seconds_since "$start")"
}

web_home=$PATHWAYS_ROOT/services/web
web_exists() { [[ -f $web_home/package.json ]]; }

# build_web: `npm ci` and `npm run build`, again only when a source is newer than the last build.
build_web() {
  local stamp=$web_home/dist/.built start=$EPOCHREALTIME
  with_cache_lock npm_install "$web_home"
  if [[ -f $stamp && -z $(find "$web_home" "$PATHWAYS_ROOT/proto" \( -name node_modules -o -path "$web_home/dist" \
    -o -path "$web_home/gen" \) -prune -o -type f -newer "$stamp" -print -quit) ]]; then
    return
  fi
  say_step "building the web"
  if ! (cd "$web_home" && npm run build >"$run_logs/web-build.log" 2>&1); then
    tail -n 30 "$run_logs/web-build.log" >&2
    die "the web could not be built; the whole output is in $(show_path "$run_logs/web-build.log")"
  fi
  mkdir -p "$web_home/dist" && touch "$stamp"
  say_detail "done in $(seconds_since "$start")"
}
