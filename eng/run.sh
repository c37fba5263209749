#!/bin/bash
# Starts the agent that `make build` left, with all of its files under artifacts/run.
#   run.sh [OPTION OF FOREWARN AGENT]...
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/environment.sh

program=$PWD/artifacts/forewarn/forewarn
run=$PWD/artifacts/run
# A socket's path holds 107 bytes (unix(7)), and the simulated node has one below this folder.
[[ ${#run} -le 80 ]] || run=${TMPDIR:-/tmp}/forewarn-run-$EUID
mkdir -p "$run/state"
chmod 0755 "$run"

options=(--socket "$run/forewarn.sock" --state-dir "$run/state" --set "Agent.RuntimeDir=$run")
# The driver's own file is there as soon as its module is loaded; NVIDIA's is the one driver that this version reads.
if [[ -n ${SIMULATE:-} || ! -e /proc/driver/nvidia/version ]]; then
  simulated=${SIMULATE:-h100-8}
  options+=(--simulate "$simulated")
  [[ -n ${SIMULATE:-} ]] && why="as SIMULATE asks" || why="no accelerator's driver is loaded here"
  cat <<TEXT

  ┌──────────────────────────────────────────────────────────────────────┐
  │  SIMULATED NODE: what you will see is invented, not measured.        │
  └──────────────────────────────────────────────────────────────────────┘
  Playing "$simulated": $why.
TEXT
fi

cat <<TEXT

  metrics   http://localhost:9797/metrics
  health    http://localhost:9797/healthz   http://localhost:9797/readyz
  status    artifacts/forewarn/forewarn status --socket $run/forewarn.sock
  stop      Ctrl-C

TEXT
exec "$program" agent "${options[@]}" "$@"
