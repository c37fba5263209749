#!/bin/bash
# Runs programs that we did not write against simulated nodes and checks that they show the nodes' values.
#   native/compat.sh [BUILD-DIR [PROFILE…]]    exit 0 all good, 1 something differs, 77 the programs cannot be had here
# Without names: h100-8, h100-8-mig, a100-8-mig, t4-4. The profiles h200-8, b200-8 and gb200-4 are not run, not even when named: their
# cards need driver 550 or 570, and nvidia-smi works with a driver of its own version only, which in Debian 12 is 535.
# The packages are fetched with apt as configured on this machine and unpacked into a scratch folder: nothing is installed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$here/../artifacts/native}
shift $(($# > 0 ? 1 : 0))
work=$(mktemp -d /tmp/forewarn-compat-XXXXXX)
node=
cleanup() { [ -z "$node" ] || kill "$node" 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT

packages="nvidia-smi nvtop python3-pynvml"
mkdir "$work/debs" "$work/root"
chmod 755 "$work" "$work/debs"
for package in $packages; do
    if ! (cd "$work/debs" && apt-get download "$package" >"$work/apt.log" 2>&1); then
        echo "compat: $package cannot be had; enable Debian's contrib and non-free components:"
        echo "  sed -i 's/^Components: main\$/Components: main contrib non-free/' /etc/apt/sources.list.d/debian.sources && apt-get update"
        exit 77
    fi
done
for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/root"; done
smi=$(find "$work/root" -type f -name nvidia-smi -perm -1 | head -n 1)

for part in checks status smi topology instances pynvml nvtop; do
    # shellcheck source=/dev/null
    . "$here/compat/$part.sh"
done

# A standing clock, so that every program sees one instant; nvidia-smi wants its own version of the driver.
start_node() { # PROFILE
    "$build/forewarn-simnode" run --root "$work/node" --profile "$1" --driver r535 --rate 0 >"$work/ready" &
    node=$!
    for _ in $(seq 100); do [ -s "$work/ready" ] && break; sleep 0.05; done
    "$build/forewarn-simnode" inject --root "$work/node" "gpu 2 ecc.dram.uncorrected add 3" >"$work/ok"
    "$build/forewarn-simnode" advance --root "$work/node" 100s >"$work/ok"
    "$build/forewarn-simnode" status --root "$work/node" >"$work/status"
    export FOREWARN_SIM_ROOT=$work/node LD_LIBRARY_PATH=$work/node/lib
    product=$(sed -n 's/^product *= *"\(.*\)".*/\1/p' "$work/node/profile.conf")
    links=$(sed -n 's/^nvlink.links *= *\([0-9]*\).*/\1/p' "$work/node/profile.conf")
}

stop_node() {
    kill "$node"
    wait "$node" || true
    node=
    unset FOREWARN_SIM_ROOT LD_LIBRARY_PATH
    rm -rf "$work/node" "$work/ready"
}

# Says which profiles Debian's nvidia-smi cannot be run against, rather than pass over them.
too_new() { # PROFILE
    local oldest
    oldest=$(sed -n 's/^driver.minimum *= *\([0-9]*\).*/\1/p' "$build/profiles/$1.conf")
    [ "${oldest:-0}" -gt 535 ] || return 1
    skip "not run" "its cards need driver $oldest or later, Debian's nvidia-smi is of driver 535"
}

if [ $# = 0 ]; then
    set -- h100-8 h100-8-mig a100-8-mig t4-4
    for profile in h200-8 b200-8 gb200-4; do too_new "$profile" || set -- "$@" "$profile"; done
fi
for profile in "$@"; do
    if too_new "$profile"; then continue; fi
    start_node "$profile"
    check_status
    check_smi
    check_topology
    check_instances
    check_pynvml
    check_nvtop
    stop_node
done
finish
