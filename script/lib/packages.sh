# shellcheck shell=bash
# Debian and Ubuntu packages: what is needed for what, and how it gets there.

# WeasyPrint's libraries (without harfbuzz-subset a page takes 11 s instead of 0.4 s), Chinese fonts.
PACKAGES_RUN=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk)
# Browser and what its driver's Node.js loads, independent PDF checkers and QR reader, certificate store for pdfsig,
# SM2 and signatures by another hand.
PACKAGES_TEST=(chromium libatomic1 poppler-utils qpdf zbar-tools libnss3-tools openssl)
PACKAGES_SERVICES=(postgresql rabbitmq-server)

# need_packages PACKAGE...: installs what is missing, as root or with passwordless sudo.
# The default PostgreSQL cluster and RabbitMQ node that these packages may create are never touched.
need_packages() {
  local missing=() package sudo=()
  [[ ${TONGBAN_SKIP_PACKAGES:-} != 1 ]] || return 0
  command -v dpkg-query >/dev/null || fail "not a Debian or Ubuntu system: install the counterparts of $* and set TONGBAN_SKIP_PACKAGES=1"
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null || fail "missing Debian packages, install them as root: apt-get install ${missing[*]}"
    sudo=(sudo -n)
  fi
  say "installing ${missing[*]} (log: var/packages.log)"
  mkdir -p var
  if ! { refresh_package_lists "${sudo[@]}" && "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
    --no-install-recommends -o DPkg::Lock::Timeout=300 "${missing[@]}"; } </dev/null >>var/packages.log 2>&1; then
    fail "could not install ${missing[*]}: is there a network? (last words: $(grep '^E:' var/packages.log | tail -n 1))"
  fi
}

# Once a run; a list that cannot be refreshed is not fatal when the old one still serves.
refresh_package_lists() {
  [[ -z ${PACKAGE_LISTS_FRESH:-} ]] || return 0
  PACKAGE_LISTS_FRESH=1
  "$@" apt-get update -q || true
}
