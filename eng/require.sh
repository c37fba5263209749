#!/bin/bash
# Sees to it that Debian packages are installed: as root installs what is missing, else prints the one line to run.
#   require.sh LIST...      each list a file with one package a line
set -euo pipefail

if ! command -v dpkg-query >/dev/null; then
  echo "This is no Debian system: what these name has to be there: $*" >&2
  exit 0
fi

missing=()
while read -r package; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || status=absent
  [[ $status == installed ]] || missing+=("$package")
done < <(sed 's/#.*//; /^[[:space:]]*$/d' "$@")
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $EUID -ne 0 ]]; then
  echo "Missing packages. Run this, then try again:" >&2
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
  exit 1
fi

echo "Installing: ${missing[*]}"
# A tool for tests must not become a service of this machine (invoke-rc.d(8): 101 forbids the start).
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 0755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
before=$(systemctl list-unit-files --state=enabled --no-legend 2>/dev/null | awk '{ print $1 }' | sort || true)
apt-get update -q
apt-get install -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends "${missing[@]}"
# Nor after the next boot: what these packages enabled, and nothing that was enabled before.
after=$(systemctl list-unit-files --state=enabled --no-legend 2>/dev/null | awk '{ print $1 }' | sort || true)
mapfile -t enabled < <(comm -13 <(echo "$before") <(echo "$after") | sed '/^$/d')
[[ ${#enabled[@]} -eq 0 ]] || systemctl disable --quiet "${enabled[@]}" || echo "still enabled at boot: ${enabled[*]}" >&2
