# shellcheck shell=bash
# Shared by every script: where the checkout is, how we speak, how we fail, which ports are free.
# Everything said goes to stderr, so that a script's stdout stays for its result.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
cd "$ROOT"

say() { printf '%s\n' "$*" >&2; }

# One clear line, and the end.
fail() {
  say "${0##*/}: $*"
  exit 1
}

# random_hex BYTES: that many random bytes, as hexadecimal digits.
random_hex() { od -An -v -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

# port_taken PORT: true when something listens there on the loopback.
port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_ports COUNT: that many ports where nobody listens, below the range the kernel hands out.
free_ports() {
  local wanted=$1 port
  for port in $(shuf -i 20000-31999 -n 200); do
    ((wanted > 0)) || return 0
    port_taken "$port" && continue
    printf '%s\n' "$port"
    wanted=$((wanted - 1))
  done
}

# mine PID WORD...: true when that process lives and its command line has each word as an argument.
# A number in a pid file proves nothing by itself: it may be stale and given to someone else.
mine() {
  local pid=$1 word
  shift
  [[ $pid =~ ^[0-9]+$ && -r /proc/$pid/cmdline ]] || return 1
  for word in "$@"; do
    tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qxF -- "$word" || return 1
  done
}

# stop_pid PID SIGNAL: asks that process to end, insists after 30 seconds.
stop_pid() {
  local pid=$1 tries=0
  kill -s "$2" "$pid" 2>/dev/null || return 0
  while kill -0 "$pid" 2>/dev/null && [[ $(cut -d' ' -f3 "/proc/$pid/stat" 2>/dev/null) != Z ]]; do
    tries=$((tries + 1))
    ((tries == 300)) && kill -s KILL "$pid" 2>/dev/null
    sleep 0.1
  done
}

# become USER: sets BECOME to the words that start a command as that user. Servers refuse root;
# an ordinary user runs them as himself.
become() {
  BECOME=(setsid -w)
  if ((EUID == 0)); then
    BECOME+=(setpriv "--reuid=$1" "--regid=$(id -g "$1")" --init-groups --)
  fi
}
