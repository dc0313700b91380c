# shellcheck shell=bash
# Python 3.11 and the virtual environment `.venv`, made from the locks with hashes.

ROOMS=(config keys files bus people ecert notifications registers services workflows halls graphql/gateway)

# find_python: prints the interpreter to build with. TONGBAN_PYTHON names another one.
find_python() {
  local name found=""
  for name in ${TONGBAN_PYTHON:-python3.11 python3 python}; do
    command -v "$name" >/dev/null 2>&1 || continue
    if "$name" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
      command -v "$name"
      return 0
    fi
    found+="${found:+, }$name is $("$name" -c 'import platform; print(platform.python_version())' 2>/dev/null || echo 'not usable')"
  done
  fail "Python 3.11 is needed (${found:-no python found}): install python3.11 and python3.11-venv, or set TONGBAN_PYTHON to one"
}

# need_venv runtime|dev: makes `.venv` match that lock; does nothing when it does already.
# A `.venv` that is a link to an existing environment belongs to its owner and is left alone.
need_venv() {
  if [[ -L .venv ]]; then
    .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null ||
      fail ".venv is a link to an environment without Python 3.11: remove it and start again"
  elif ! stamped "$1"; then
    make_venv "$1"
  fi
  compile_bytecode "${ROOMS[@]}"
}

make_venv() {
  local kind=$1 lock=requirements.lock python
  [[ $kind == runtime ]] || lock=requirements-dev.lock
  # `|| exit`: a subshell's failure has already been told.
  python=$(find_python) || exit 1
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then need_packages python3.11-venv; fi
  mkdir -p var
  say "installing Python packages from $lock (log: var/python.log)"
  : >var/python.log
  if ! { fresh_venv "$python" && .venv/bin/python -m pip install --no-compile --require-hashes -r "$lock"; } \
    </dev/null >>var/python.log 2>&1; then
    if grep -qiE 'NewConnectionError|NameResolution|ConnectTimeout|Network is unreachable|ProxyError|No matching distribution' var/python.log; then
      fail "could not fetch the Python packages: is there a network? (var/python.log)"
    fi
    fail "could not install the Python packages: $(grep -iE 'error' var/python.log | tail -n 1) (var/python.log)"
  fi
  compile_bytecode -j 2 .venv/lib
  { stamp runtime; if [[ $kind == dev ]]; then stamp dev; fi; } >.venv/tongban-lock
}

# compile_bytecode WORD...: written even when PYTHONDONTWRITEBYTECODE is set, because its absence
# costs seconds at every start of every process. Some libraries ship files that are no Python.
compile_bytecode() { .venv/bin/python -m compileall -q "$@" >/dev/null 2>&1 || true; }

# The line that says: this environment was made here, by this Python, from this lock.
stamp() {
  local lock=requirements.lock
  [[ $1 == runtime ]] || lock=requirements-dev.lock
  printf '%s %s %s\n' "$1" "$(sha256sum <"$lock" | cut -d' ' -f1)" "$ROOT"
}

stamped() { [[ -x .venv/bin/python ]] && .venv/bin/python -c '' 2>/dev/null && grep -qxF "$(stamp "$1")" .venv/tongban-lock 2>/dev/null; }

# An environment made elsewhere (a copied checkout) or half made (an interrupted run) is made again.
fresh_venv() {
  if ! grep -qF " $ROOT" .venv/tongban-lock 2>/dev/null || ! .venv/bin/python -m pip --version; then
    rm -rf .venv
    "$1" -m venv .venv
  fi
}

# need_fonts: the papers' faces, cut once (a minute), so that no first certificate waits for them.
need_fonts() { .venv/bin/python -m files.fonts >&2 || fail "the papers' faces could not be cut (see above)"; }

# need_languages: what people read in English, compiled from config/locale (Chinese stands in the code).
need_languages() { .venv/bin/python -m config.languages || fail "the catalogues in config/locale could not be compiled (see above)"; }
