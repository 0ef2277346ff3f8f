# shellcheck shell=bash
# A PostgreSQL 15 cluster of this run's own: one database a service, each with an owner (migrations) and a login for the
# running service that owns nothing, cannot pass row-level security and can reach no other database.

postgres_bin=/usr/lib/postgresql/15/bin
# Tests throw their cluster away: waiting for the disk would only make them slower.
postgres_durable=on

postgres_link() { printf '%s\n' "$PATHWAYS_RUN/postgres"; }

# PostgreSQL refuses to run as root, so for root it runs as the user the Debian package made.
postgres_as_user() {
  if ((EUID == 0)); then
    (cd / && setpriv --reuid=postgres --regid=postgres --init-groups -- "$@")
  else
    "$@"
  fi
}

# postgres_place: the data directory. Under .run, unless that user cannot get there (a checkout below /root): then it
# lies in /var/lib/pathways and .run/postgres links to it; `down --wipe` removes both.
postgres_place() {
  local link id
  link=$(postgres_link)
  [[ -e $link ]] && return
  rm -f "$link"
  if ((EUID == 0)) && ! postgres_as_user test -x "$PATHWAYS_RUN"; then
    id=$(printf '%s' "$PATHWAYS_RUN" | sha256sum | cut -c1-12)
    say_detail "the user 'postgres' cannot reach $PATHWAYS_RUN; its data go to /var/lib/pathways/$id"
    mkdir -p "/var/lib/pathways/$id"
    ln -s "/var/lib/pathways/$id" "$link"
  else
    mkdir -p "$link"
  fi
  if ((EUID == 0)); then chown postgres:postgres "$link/"; fi
  chmod 700 "$link/"
}

postgres_data() { readlink -f "$(postgres_link)"; }

postgres_init() {
  local data password_file status=0
  data=$(postgres_data)
  [[ -f $data/.initialised ]] && return
  # An initdb that was killed half-way leaves a directory the next one would refuse.
  find "$data" -mindepth 1 -delete
  password_file=$(mktemp)
  secret postgres >"$password_file"
  if ((EUID == 0)); then chown postgres "$password_file"; fi
  postgres_as_user "$postgres_bin/initdb" --pgdata="$data" --username=postgres --pwfile="$password_file" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-instructions --no-sync \
    >"$run_logs/initdb.log" 2>&1 || status=$?
  rm -f "$password_file"
  if ((status)); then
    say_error "the PostgreSQL cluster could not be made:"
    tail -n 15 "$run_logs/initdb.log" >&2
    return 1
  fi
  postgres_as_user touch "$data/.initialised"
}

# Statements and error details would put names and dates of birth into the log; it says what failed, never with what.
postgres_settings() {
  printf '%s\n' \
    listen_addresses=127.0.0.1 "port=$(port_of POSTGRES)" unix_socket_directories= max_connections=200 \
    shared_buffers=256MB max_wal_size=2GB random_page_cost=1.1 jit=off \
    timezone=UTC log_timezone=UTC lc_messages=C log_error_verbosity=terse log_min_error_statement=panic \
    log_parameter_max_length=0 log_parameter_max_length_on_error=0 log_checkpoints=off \
    "fsync=$postgres_durable" "full_page_writes=$postgres_durable"
}

# postgres_leftovers: pids of a server on this data directory that no pid file knows. Its processes overwrite their
# environment to show what they do in `ps`, so the mark is lost; their working directory is not.
postgres_leftovers() {
  local data cwd
  data=$(postgres_data) || return 0
  for cwd in /proc/[0-9]*/cwd; do
    if [[ $(readlink "$cwd" 2>/dev/null) == "$data" ]]; then
      cwd=${cwd%/cwd}
      printf '%s\n' "${cwd#/proc/}"
    fi
  done
}

postgres_answers() { "$postgres_bin/pg_isready" -q -h 127.0.0.1 -p "$(port_of POSTGRES)"; }

postgres_start() {
  local data setting arguments=()
  process_runs postgres && postgres_answers && return
  postgres_place
  postgres_stop
  port_choose POSTGRES
  postgres_init
  data=$(postgres_data)
  for setting in $(postgres_settings); do arguments+=(-c "$setting"); done
  if ((EUID == 0)); then
    set -- setpriv --reuid=postgres --regid=postgres --init-groups -- "$postgres_bin/postgres"
  else
    set -- "$postgres_bin/postgres"
  fi
  process_start postgres - "$@" -D "$data" "${arguments[@]}"
  process_ready postgres 60 postgres_answers
}

# postgres_stop: SIGINT is PostgreSQL's "fast" stop: it ends sessions, and writes everything down.
postgres_stop() {
  local pids pid
  [[ -e $(postgres_link) ]] || return 0
  if pid=$(process_pid postgres); then
    kill -s INT "$pid" 2>/dev/null || true
    wait_until 60 "PostgreSQL to stop" process_gone "$pid" || say_warning "PostgreSQL did not stop within 60 s"
  fi
  mapfile -t pids < <(postgres_leftovers)
  if ((${#pids[@]})); then
    # Orphans: ask the postmaster first (the oldest), then make sure that none keeps the shared memory.
    kill -s INT "${pids[@]}" 2>/dev/null || true
    wait_until 15 "PostgreSQL's leftovers to stop" process_gone "${pids[@]}" ||
      kill -s KILL "${pids[@]}" 2>/dev/null || true
    wait_until 5 "PostgreSQL's leftovers to die" process_gone "${pids[@]}" ||
      die "PostgreSQL (pid ${pids[*]}) cannot be ended"
  fi
  # Nothing works on these files now, whatever this one says: its pid may be a zombie nobody has collected yet.
  rm -f "$(postgres_data)/postmaster.pid"
  rm -f "$(process_file postgres)"
}

# postgres_sql [DATABASE]: runs the SQL on standard input as superuser.
postgres_sql() {
  PGPASSWORD=$(secret postgres) psql -X -q -v ON_ERROR_STOP=1 -At \
    -h 127.0.0.1 -p "$(port_of POSTGRES)" -U postgres -d "${1:-postgres}"
}

# postgres_uri ROLE DATABASE: with the password, for the environment of one process.
postgres_uri() {
  printf 'postgresql://%s:%s@127.0.0.1:%s/%s\n' "$1" "$(secret "$1")" "$(port_of POSTGRES)" "$2"
}

# postgres_create_databases NAME...: makes what is missing and sets each role's rights and password again. The lock makes
# it wait for the psql of an `up` that was killed.
postgres_create_databases() {
  local name
  {
    printf "select pg_advisory_lock(hashtext('pathways databases')) \\g /dev/null\n"
    for name in "$@"; do
      postgres_role_sql "${name}_owner"
      postgres_role_sql "${name}_app"
      printf "select 'create database %s owner %s_owner' where not exists" "$name" "$name"
      printf " (select from pg_database where datname = '%s') \\gexec\n" "$name"
      printf 'revoke all on database %s from public;\n' "$name"
      printf 'grant connect on database %s to %s_owner, %s_app;\n' "$name" "$name" "$name"
    done
    printf 'revoke all on database postgres, template1 from public;\n'
  } | postgres_sql
}

postgres_role_sql() {
  printf "select 'create role %s' where not exists (select from pg_roles where rolname = '%s') \\gexec\n" "$1" "$1"
  printf "alter role %s login nosuperuser nocreatedb nocreaterole nobypassrls noreplication password '%s';\n" \
    "$1" "$(secret "$1")"
}
