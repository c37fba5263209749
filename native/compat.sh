#!/bin/bash
# Runs programs that we did not write against simulated nodes and checks that they show the nodes' values.
#   native/compat.sh [BUILD-DIR [PROFILE…]]    exit 0 all good, 1 something differs, 77 the programs cannot be had here
# Without names: every profile. nvidia-smi works with a driver of its own version only, which in Debian 12 is 535: the cards of h200-8, b200-8
# and gb200-4 need 550 or 570, so there the others are run alone, against the driver that the profile names.
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
        echo "compat: NOTHING WAS CHECKED: $package cannot be had; enable Debian's contrib and non-free components:"
        echo "  sed -i 's/^Components: main\$/Components: main contrib non-free/' /etc/apt/sources.list.d/debian.sources && apt-get update"
        exit 77
    fi
done
for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/root"; done
smi=$(find "$work/root" -type f -name nvidia-smi -perm -1 | head -n 1)

for part in checks status smi query topology instances pynvml nvtop; do
    # shellcheck source=/dev/null
    . "$here/compat/$part.sh"
done

inject() { "$build/forewarn-simnode" inject --root "$work/node" "$1" >"$work/ok"; }

# A standing clock, so that every program sees one instant; nvidia-smi wants its own version of the driver.
start_node() { # PROFILE DRIVER
    "$build/forewarn-simnode" run --root "$work/node" --profile "$1" --driver "$2" --rate 0 >"$work/ready" &
    node=$!
    for _ in $(seq 100); do [ -s "$work/ready" ] && break; sleep 0.05; done
    local gpu cards
    cards=$(grep -c '^gpu ' "$build/profiles/$1.conf")
    for ((gpu = 0; gpu < cards; gpu++)); do # a number of its own for each card
        inject "gpu $gpu pcie.replays set $((gpu + 5))"
        inject "gpu $gpu row_remap.corrected set $((gpu + 1))"
        inject "gpu $gpu row_remap.uncorrected set $((gpu + 11))"
        inject "gpu $gpu pages.retired.single_bit set $((gpu + 1))"
        inject "gpu $gpu pages.retired.double_bit set $((gpu + 11))"
    done
    "$build/forewarn-simnode" advance --root "$work/node" 100s >"$work/ok"
    "$build/forewarn-simnode" status --root "$work/node" >"$work/status"
    export FOREWARN_SIM_ROOT=$work/node LD_LIBRARY_PATH=$work/node/lib
    product=$(sed -n 's/^product *= *"\(.*\)".*/\1/p' "$work/node/profile.conf")
    version=$(sed -n "s/^DRIVER(.*\"$2\", \"\([0-9.]*\)\".*/\1/p" "$here/nvml/drivers.def")
    links=$(sed -n 's/^nvlink.links *= *\([0-9]*\).*/\1/p' "$work/node/profile.conf")
}

stop_node() {
    kill "$node"
    wait "$node" || true
    node=
    unset FOREWARN_SIM_ROOT LD_LIBRARY_PATH
    rm -rf "$work/node" "$work/ready"
}

# Why Debian's nvidia-smi cannot be run against a profile; empty where it can.
too_new_for_smi() { # PROFILE
    local oldest
    oldest=$(sed -n 's/^driver.minimum *= *\([0-9]*\).*/\1/p' "$build/profiles/$1.conf")
    [ "${oldest:-0}" -le 535 ] || echo "its cards need driver $oldest or later, Debian's nvidia-smi is of driver 535"
}

[ $# != 0 ] || set -- t4-4 a100-8 a100-8-mig h100-8 h100-8-mig h200-8 b200-8 gb200-4
for profile in "$@"; do
    why_not=$(too_new_for_smi "$profile")
    if [ -z "$why_not" ]; then
        start_node "$profile" r535
        check_status
        check_smi
        check_query
        check_topology
        check_instances
    else
        start_node "$profile" "$(sed -n 's/^driver.default *= *"\(.*\)".*/\1/p' "$build/profiles/$profile.conf")"
        check_status
        skip "nvidia-smi" "$why_not"
    fi
    check_pynvml
    check_nvtop
    stop_node
done
finish
