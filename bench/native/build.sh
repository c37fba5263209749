#!/bin/bash
# Builds the bare loop, the HTTP client, the bare HTTP server and the HTTP sink, and for each driver of the simulated node the library that records what the probe calls.
#   build.sh DRIVERS OUT       DRIVERS holds rNNN/libnvidia-ml.so.1
set -euo pipefail
cd "$(dirname "$0")"

drivers=$1 out=$2
flags=(-O2 -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -I../../native/nvml)
mkdir -p "$out"
gcc "${flags[@]}" bare_loop.c -o "$out/bare_loop" -ldl -lpthread
gcc "${flags[@]}" load.c -o "$out/load"
gcc "${flags[@]}" serve.c -o "$out/serve"
gcc "${flags[@]}" sink.c -o "$out/sink"
for driver in "$drivers"/r*; do
  driver=${driver##*/}
  mkdir -p "$out/recorders/$driver"
  # The driver's own map: what it does not export, the recorder must not have either.
  gcc "${flags[@]}" -fPIC -fvisibility=hidden -shared -DDRIVER="\"$driver\"" -Wl,-soname,libnvidia-ml.so.1 \
    -Wl,--version-script="../../native/versions/$driver.map" record.c -o "$out/recorders/$driver/libnvidia-ml.so.1" -ldl -lpthread
done
