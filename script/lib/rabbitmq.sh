# shellcheck shell=bash
# The checkout's private RabbitMQ with its management API: own node home, cookie, epmd and ports.
# The packaged wrapper insists on the system's node, so the server is started directly.

RABBITMQ_BIN=/usr/lib/rabbitmq/bin

epmd_pid() {
  local pid
  pid=$(cat "$STATE/epmd.pid" 2>/dev/null) || return 1
  mine "$pid" -port "$EPMD_PORT" && printf '%s\n' "$pid"
}

# The node's own pid, because what we start becomes the node. The node removes its own pid file
# as soon as it begins to stop, while it still holds its ports.
rabbitmq_pid() {
  local pid
  pid=$(cat "$STATE/rabbitmq.pid" 2>/dev/null) || return 1
  mine "$pid" -tongban "$DATA/rabbitmq" && printf '%s\n' "$pid"
}

make_rabbitmq() {
  local home=$DATA/rabbitmq
  mkdir -p -m 700 "$home"
  if [[ ! -e $home/.erlang.cookie ]]; then
    (umask 277 && printf '%s' "$ERLANG_COOKIE" >"$home/.erlang.cookie")
  fi
  printf '[rabbitmq_management].\n' >"$home/enabled_plugins"
  : >"$home/rabbitmq-env.conf"
  # As terms, not as rabbitmq.conf: translating that file costs the node four seconds at each start.
  rm -f "$home/rabbitmq.conf"
  cat >"$home/advanced.config" <<CONFIG
[{rabbit, [
   {tcp_listeners, [{"127.0.0.1", $AMQP_PORT}]},
   {default_vhost, <<"tongban">>}, {default_user, <<"tongban">>}, {default_pass, <<"$BROKER_PASSWORD">>},
   {default_user_tags, [administrator]},
   {log, [{console, [{enabled, false}]}]}]},
 {ra, [{wal_max_size_bytes, 67108864}]},
 {rabbitmq_management, [{tcp_config, [{ip, "127.0.0.1"}, {port, $MANAGEMENT_PORT}]}]}].
CONFIG
  if ((EUID == 0)); then chown -R rabbitmq: "$home"; fi
}

start_epmd() {
  epmd_pid >/dev/null && return 0
  (cd / && exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "${BECOME[@]}" epmd -port "$EPMD_PORT" -address 127.0.0.1) \
    </dev/null >>"$STATE/rabbitmq.log" 2>&1 9>&- &
  printf '%s\n' "$!" >"$STATE/epmd.pid"
}

start_rabbitmq() {
  local home=$DATA/rabbitmq
  [[ -x $RABBITMQ_BIN/rabbitmq-server ]] || fail "RabbitMQ's server is not installed: apt-get install rabbitmq-server"
  become rabbitmq
  make_rabbitmq
  start_epmd
  # RUNNING_UNDER_SYSTEMD: the script becomes the node instead of staying beside it as a shell.
  (cd / && exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME="$home" RUNNING_UNDER_SYSTEMD=true \
    ERL_EPMD_PORT="$EPMD_PORT" ERL_EPMD_ADDRESS=127.0.0.1 ERL_CRASH_DUMP_SECONDS=0 \
    RABBITMQ_NODENAME=tongban@localhost RABBITMQ_DIST_PORT="$DIST_PORT" \
    RABBITMQ_MNESIA_BASE="$home/mnesia" RABBITMQ_LOG_BASE="$home/log" RABBITMQ_PID_FILE="$home/node.pid" \
    RABBITMQ_CONFIG_FILE="$home/none.conf" RABBITMQ_ADVANCED_CONFIG_FILE="$home/advanced.config" \
    RABBITMQ_CONF_ENV_FILE="$home/rabbitmq-env.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$home/enabled_plugins" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} -tongban $home" \
    "${BECOME[@]}" "$RABBITMQ_BIN/rabbitmq-server") </dev/null >>"$STATE/rabbitmq.log" 2>&1 9>&- &
  RABBITMQ_LAUNCHED=$!
  printf '%s\n' "$RABBITMQ_LAUNCHED" >"$STATE/rabbitmq.pid"
}

# Ready when the node listens for letters and its management API answers to our user.
rabbitmq_ready() {
  rabbitmq_pid >/dev/null && port_taken "$AMQP_PORT" && [[ $(management_status /api/whoami) == 200 ]]
}

# management_status PATH: the HTTP status of a GET, without needing curl.
management_status() {
  local version status rest
  exec 3<>"/dev/tcp/127.0.0.1/$MANAGEMENT_PORT" || return 0
  printf 'GET %s HTTP/1.0\r\nAuthorization: Basic %s\r\n\r\n' "$1" "$(printf 'tongban:%s' "$BROKER_PASSWORD" | base64 -w0)" >&3
  read -r -t 5 version status rest <&3 || true
  exec 3>&-
  printf '%s\n' "${status:-}"
} 2>/dev/null

stop_rabbitmq() {
  local pid
  if pid=$(rabbitmq_pid); then
    forget_statistics
    stop_pid "$pid" TERM
  fi
  if pid=$(epmd_pid); then stop_pid "$pid" TERM; fi
  rm -f "$STATE/epmd.pid" "$STATE/rabbitmq.pid"
}

# While it stops, 3.10's statistics handler asks the very controller that waits for it, for five
# seconds. Without the handler the same orderly stop takes one; if this fails, it takes six.
forget_statistics() {
  become rabbitmq
  (cd / && timeout 3 env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME="$DATA/rabbitmq" \
    ERL_EPMD_PORT="$EPMD_PORT" ERL_EPMD_ADDRESS=127.0.0.1 ERL_CRASH_DUMP_SECONDS=0 \
    "${BECOME[@]}" erl -noinput -hidden -sname "stop$$@localhost" -kernel inet_dist_use_interface '{127,0,0,1}' \
    -eval "rpc:call('tongban@localhost', gen_event, delete_handler, [rabbit_event, rabbit_mgmt_db_handler, []]), halt().") \
    </dev/null >>"$STATE/rabbitmq.log" 2>&1 9>&- || true
}
