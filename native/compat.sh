#!/bin/bash
# Runs programs that we did not write against a simulated node and checks that they show its values.
#   native/compat.sh [BUILD-DIR]    exit 0 all good, 1 something differs, 77 the programs cannot be had here
# The packages are fetched with apt as configured on this machine and unpacked into a scratch folder: nothing is installed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$here/../artifacts/native}
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
nvtop=$work/root/usr/bin/nvtop

failures=0
expect() { # WHAT PATTERN FILE
    if grep -Eq -- "$2" "$3"; then echo "ok    $1"; else echo "FAIL  $1: nothing matches '$2'"; failures=$((failures + 1)); fi
}

# A standing clock, so that every program sees one instant; nvidia-smi wants its own version of the driver.
"$build/forewarn-simnode" run --root "$work/node" --driver r535 --rate 0 >"$work/ready" &
node=$!
for _ in $(seq 100); do [ -s "$work/ready" ] && break; sleep 0.05; done
"$build/forewarn-simnode" inject --root "$work/node" "gpu 2 ecc.dram.uncorrected add 3" >"$work/ok"
"$build/forewarn-simnode" advance --root "$work/node" 100s >"$work/ok"
"$build/forewarn-simnode" status --root "$work/node" >"$work/status"
export FOREWARN_SIM_ROOT=$work/node LD_LIBRARY_PATH=$work/node/lib

"$smi" >"$work/table"
"$smi" -L >"$work/list"
"$smi" --query-gpu=pci.bus_id,uuid,serial,temperature.gpu,power.draw,utilization.gpu --format=csv,noheader,nounits >"$work/query"
"$smi" -q -i 2 >"$work/full"
PYTHONPATH=$work/root/usr/lib/python3/dist-packages /usr/bin/python3 - >"$work/pynvml" <<'PY'
import pynvml as n
n.nvmlInit()
print(n.nvmlSystemGetDriverVersion())
for i in range(n.nvmlDeviceGetCount()):
    h = n.nvmlDeviceGetHandleByIndex(i)
    print(n.nvmlDeviceGetUUID(h), n.nvmlDeviceGetName(h), n.nvmlDeviceGetTemperature(h, 0), n.nvmlDeviceGetPowerUsage(h),
          n.nvmlDeviceGetUtilizationRates(h).gpu, n.nvmlDeviceGetMemoryInfo(h, n.nvmlMemory_v2).used)
n.nvmlShutdown()
PY

expect "nvidia-smi: versions" "NVIDIA-SMI 535[0-9.]+ +Driver Version: 535.261.03 +CUDA Version: 12.2" "$work/table"
expect "nvidia-smi: memory" "/ 81559MiB" "$work/table"
expect "nvidia-smi: processes" "/usr/bin/python3 +[0-9]+MiB" "$work/table"
expect "nvidia-smi -q: uncorrectable DRAM errors" "DRAM Uncorrectable +: 3" "$work/full"
expect "nvidia-smi -q: pci bus" "Bus Id +: 00000000:3A:00.0" "$work/full"
expect "pynvml: driver" "^535.261.03$" "$work/pynvml"
while read -r _ index bdf uuid serial _ temperature power utilization memory; do
    power=${power#power=} temperature=${temperature#temperature=} utilization=${utilization#utilization=} memory=${memory#memory=}
    bus=$(echo "0000${bdf}" | tr a-f A-F)
    expect "nvidia-smi -L: gpu $index" "^GPU $index: NVIDIA H100 80GB HBM3 \\(UUID: $uuid\\)" "$work/list"
    expect "nvidia-smi --query-gpu: gpu $index" "^$bus, $uuid, ${serial#serial=}, $temperature, ${power%.*}\\.[0-9]+, $utilization\$" "$work/query"
    expect "pynvml: gpu $index" "^$uuid NVIDIA H100 80GB HBM3 $temperature ${power%.*}[0-9]{3} $utilization $memory\$" "$work/pynvml"
done < <(grep '^gpu ' "$work/status")

# nvtop draws on a terminal: look for names and one card's reading in what it drew.
if command -v script >/dev/null; then
    TERM=xterm COLUMNS=200 LINES=60 timeout -s INT 5 script -qec "stty rows 60 cols 200; $nvtop -C" "$work/screen" >/dev/null 2>&1 </dev/null || true
    expect "nvtop: name" "NVIDIA H100 80GB HBM3" "$work/screen"
    # Colours and cursor moves away, then what stands in one line of the drawing.
    sed 's/\x1b\[[0-9;?]*[a-zA-Z]/ /g; s/\x1b(./ /g' "$work/screen" | tr -s ' ' >"$work/text"
    temperature=$(sed -n 's/^gpu 0 .* temperature=\([0-9]*\) .*/\1/p' "$work/status")
    expect "nvtop: temperature of gpu 0" "TEMP *$temperature" "$work/text"
fi
echo "$failures differences"
[ "$failures" = 0 ]
