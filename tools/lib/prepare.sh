# shellcheck shell=bash
# What has to be on the machine before anything runs. Shared by `up` and `test`, which may run at the same time.

# with_cache_lock COMMAND...: one at a time fetches into .cache and tools/node. Descriptor 8 is closed again at once.
with_cache_lock() {
  mkdir -p "$PATHWAYS_CACHE"
  exec 8>"$PATHWAYS_CACHE/lock"
  flock 8
  "$@"
  exec 8>&-
}

prepare_machine() {
  with_cache_lock prepare_everything
}

prepare_everything() {
  packages_install
  node_fetch
  kafka_fetch
}
