usage="help: lists the commands

Usage: ./pathways help [COMMAND]"

run() {
  local name file text
  if (($#)); then
    exec "$PATHWAYS_ROOT/pathways" "$1" --help
  fi
  say "Pathways: carries a child's case between schools, Early Help and the Inclusion team."
  say
  say "Usage: ./pathways COMMAND [--help]"
  say
  for name in up down status logs demo import export events test bench fuzz lint doctor psql help; do
    file=$PATHWAYS_ROOT/tools/commands/$name.sh
    text=$(sed -n "s/^usage=\"$name: *//p; s/^# $name: *//p" "$file" | head -n 1)
    printf '  %-8s  %s\n' "$name" "${text%\"}"
  done
  say
  say "Start with './pathways up'. Exit status of every command: 0 all good, 1 part refused, 2 nothing done."
}
