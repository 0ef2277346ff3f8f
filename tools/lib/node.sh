# shellcheck shell=bash
# Node.js 24 from npm itself (tools/node), because Debian 12's is past its end of life. Whatever npm the machine has
# only brings the pinned one.

node_home=$PATHWAYS_ROOT/tools/node

# Found by everything that comes after; the machine's own node stays untouched.
export PATH=$node_home/bin:$PATH

# npm_install DIRECTORY: `npm ci`, again only when the lockfile has changed.
npm_install() {
  local directory=$1 stamp=$1/node_modules/.pathways-lockfile start=$EPOCHREALTIME log
  cmp -s "$directory/package-lock.json" "$stamp" && return
  log=$run_logs/npm-$(basename "$directory").log
  say_step "installing the Node packages of $(show_path "$directory")"
  # npm itself is replaced while it runs here: take the machine's, not the one that is about to be removed.
  if ! (cd "$directory" && PATH=${npm_path:-$PATH} npm ci --no-audit --no-fund >"$log" 2>&1); then
    tail -n 15 "$log" >&2
    die "npm could not install them; the whole output is in $(show_path "$log")"
  fi
  cp "$directory/package-lock.json" "$stamp"
  say_detail "done in $(seconds_since "$start")"
}

node_fetch() { npm_path=${PATH#"$node_home/bin:"} npm_install "$node_home"; }
