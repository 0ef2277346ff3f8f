# shellcheck shell=bash
# Secrets of a run: made once, one file each, readable by their owner alone; nothing is ever typed or committed.

# secret NAME: its value, made at first use.
secret() {
  local file=$run_secrets/$1
  if [[ ! -s $file ]]; then
    (
      umask 077
      head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$file.new"
      mv "$file.new" "$file"
    )
  fi
  cat "$file"
}

secret_file() {
  secret "$1" >/dev/null
  printf '%s\n' "$run_secrets/$1"
}
