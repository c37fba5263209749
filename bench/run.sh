#!/bin/bash
# Measures the packaged build beside a bare C loop, and beside others that serve the same series, on one simulated node;
# bench/README.md says how to read the table.
#   run.sh [--quick] [--only WORDS] | --soak HOURS
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/environment.sh

# What is measured is what is installed: the packages themselves, unpacked.
newest=$(find artifacts/packages -name 'forewarn_*.deb' -print -quit 2>/dev/null || true)
if [[ -z $newest || -n $(find src native packaging eng Directory.Build.props Directory.Packages.props -newer "$newest" -type f -print -quit) ]]; then
  echo "bench: making the packages …" >&2
  make --no-print-directory packages >&2
fi
rm -rf artifacts/bench
mkdir -p artifacts/bench/installed bench/results
for package in artifacts/packages/*.deb; do dpkg-deb -x "$package" artifacts/bench/installed; done
bench/native/build.sh "$PWD/artifacts/bench/installed/usr/lib/forewarn/simulated/drivers" "$PWD/artifacts/bench"
dotnet build bench/placement --configuration Release --output artifacts/bench/placement --verbosity quiet -nodeReuse:false >&2
dotnet build bench/fleet --configuration Release --output artifacts/bench/fleet --verbosity quiet -nodeReuse:false >&2

exec python3 -B bench/measure --framework "$DOTNET_ROOT/shared" "$@"
