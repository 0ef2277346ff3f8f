usage="psql: opens a service's database

Usage: ./pathways psql SERVICE [--app] [PSQL ARGUMENTS...]

  --app   as the running service's login: row-level security applies, nothing is shown without a caller
          (without it: as the owner of the schema)

Databases: registry, attendance, referrals, web. What you read here is not in any access log.
Exit status: psql's own; 2 when nothing was opened."

run() {
  local name=${1:-} role=owner
  [[ " ${database_names[*]} " == *" $name "* && -n $name ]] || die "which database? One of: ${database_names[*]}"
  shift
  if [[ ${1:-} == --app ]]; then
    role=app
    shift
  fi
  need_running postgres
  PGPASSWORD=$(secret "${name}_$role") exec psql -h 127.0.0.1 -p "$(port_of POSTGRES)" -U "${name}_$role" -d "$name" "$@"
}
