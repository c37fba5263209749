#!/bin/bash
# Measures the packaged build beside a bare C loop on one simulated node; bench/README.md says how to read the table.
#   run.sh [--quick]
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/environment.sh

if [[ ! -x artifacts/native/forewarn-simnode ]]; then
  make --no-print-directory native >&2
fi
# The same options as eng/packages.sh: what is measured is what is installed.
if [[ ! -x artifacts/publish/forewarn || -n $(find src Directory.Build.props Directory.Packages.props -newer artifacts/publish/forewarn -type f -print -quit) ]]; then
  echo "bench: publishing into artifacts/publish …" >&2
  eng/publish.sh artifacts/publish --runtime linux-x64 --self-contained \
    -p:PublishTrimmed=true -p:TrimMode=full -p:PublishReadyToRun=true >&2
  touch artifacts/publish/forewarn
fi
mkdir -p artifacts/bench bench/results
gcc -O2 -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -Inative/nvml bench/native/bare_loop.c -o artifacts/bench/bare_loop -ldl -lpthread

exec python3 -B bench/measure --framework "$DOTNET_ROOT/shared" "$@"
