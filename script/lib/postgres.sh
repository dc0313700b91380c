# shellcheck shell=bash
# The checkout's private PostgreSQL: loopback only, no unix socket, no password of a superuser.
# Roles: tongban_owner owns the databases and migrates; tongban_app is what the application is.

postgres_bin() {
  local found
  found=$(find /usr/lib/postgresql -maxdepth 3 -path '*/bin/postgres' 2>/dev/null | sort -V | tail -n 1)
  found=${found:-$(command -v postgres || true)}
  [[ -n $found ]] || fail "PostgreSQL's server is not installed: apt-get install postgresql"
  dirname "$(readlink -f "$found")"
}

postgres_pid() {
  local pid
  pid=$(head -n 1 "$DATA/postgres/postmaster.pid" 2>/dev/null) || return 1
  mine "$pid" "$DATA/postgres" && printf '%s\n' "$pid"
}

# Made beside and moved into place, so that an interrupted first run leaves nothing half made.
make_postgres() {
  local bin=$1 new=$DATA/postgres.new
  rm -rf "$new" && mkdir -m 700 "$new"
  if ((EUID == 0)); then chown postgres: "$new"; fi
  "${BECOME[@]}" "$bin/initdb" -D "$new" -U postgres -E UTF8 --locale=C.UTF-8 --auth=reject >>"$STATE/postgres.log" 2>&1
  printf 'host all tongban_owner,tongban_app 127.0.0.1/32 scram-sha-256\n' >"$new/pg_hba.conf"
  "${BECOME[@]}" "$bin/postgres" --single -D "$new" postgres >>"$STATE/postgres.log" 2>&1 <<SQL
CREATE ROLE tongban_owner LOGIN CREATEDB PASSWORD '$OWNER_PASSWORD'
CREATE ROLE tongban_app LOGIN PASSWORD '$APP_PASSWORD'
GRANT pg_signal_backend, pg_monitor TO tongban_owner
CREATE DATABASE tongban OWNER tongban_owner
SQL
  mv "$new" "$DATA/postgres"
}

start_postgres() {
  local bin lock=$DATA/postgres/postmaster.pid pid
  bin=$(postgres_bin) || exit 1
  become postgres
  [[ -d $DATA/postgres ]] || make_postgres "$bin"
  # A pid file whose number now belongs to another process would stop the server; a number that
  # cannot exist makes it look only at its own shared memory.
  pid=$(head -n 1 "$lock" 2>/dev/null || true)
  if [[ -n $pid ]] && kill -0 "$pid" 2>/dev/null; then sed -i '1s/.*/4194305/' "$lock"; fi
  (cd / && exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "${BECOME[@]}" "$bin/postgres" -D "$DATA/postgres" \
    -c "port=$POSTGRES_PORT" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    -c fsync=on -c max_connections=200 -c logging_collector=off -c timezone=UTC) \
    </dev/null >>"$STATE/postgres.log" 2>&1 9>&- &
  POSTGRES_LAUNCHED=$!
}

# Ready when it answers as the role and database that everyone will use.
postgres_ready() {
  postgres_pid >/dev/null || return 1
  env -i PATH="$PATH" PGCONNECT_TIMEOUT=2 "$(postgres_bin)/pg_isready" -q -h 127.0.0.1 -p "$POSTGRES_PORT" -U tongban_app -d tongban
}

stop_postgres() {
  local pid
  pid=$(postgres_pid) || return 0
  stop_pid "$pid" INT
}
