#!/bin/bash
# Builds everything and runs the tests. The last line counts them over all suites; the exit status says whether all is well.
#   test.sh [packages]      with the packages, which are installed in a Debian that boots
set -uo pipefail
cd "$(dirname "$0")/.." || exit
# What a script starts in the background ignores SIGINT, what nohup starts SIGHUP, and so would every program that a test
# means to end or to reload by it.
[[ ${SIGNALS_REACH_US:-} ]] || SIGNALS_REACH_US=yes exec env --default-signal=INT,HUP bash eng/test.sh "$@"
. eng/environment.sh

results=$PWD/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
passed=0 failed=0 skipped=0
usual='Category!=Slow&Category!=Slurm'

# suite NAME COMMAND...: adds what the command's last "N passed, N failed[, N skipped]" says. A suite that ends in failure
# without a failed test, or that counts nothing, has failed itself: nobody may mistake silence for health.
suite() {
  local name=$1 log=$results/$1.log status line p=0 f=0 s=0
  shift
  echo "== $name"
  "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  line=$(grep -oE '[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?' "$log" | tail -n 1)
  [[ -z $line ]] || read -r p _ f _ s _ <<<"$line, 0 skipped"
  if [[ ( $status -ne 0 && $f -eq 0 ) || $((p + f + s)) -eq 0 ]]; then
    echo "$name: exit status $status, ${line:-no test counted}: counted as a failure" | tee -a "$results/failed"
    f=$((f + 1))
  fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  [[ $f -eq 0 ]] || reasons "$name" <"$log" >>"$results/failed"
}

# reasons SUITE: of each test that failed its name and, where the next lines say why, the first of those.
reasons() {
  awk -v suite="$1" '
    /^ +Failed |^(FAIL|not ok) / { if (++tests > 20) exit; sub(/^ */, ""); print "failed in " suite ": " $0; lines = 0; next }
    /^ +Error Message:/ { lines = 5; next }
    /^ +Stack Trace:/ { lines = 0 }
    lines-- > 0 { print "  " substr($0, 1, 400) }'
}

# Counts the outcomes in the result file: what the console prints changes with the SDK and with the verbosity.
dotnet_tests() { # PROJECT NAME FILTER [ARGUMENTS...]
  local trx=$results/$2.trx status
  nice -n "$yielding" dotnet test "$1" --configuration Release --no-build --filter "$3" --results-directory "$results" \
    --logger "trx;LogFileName=$2.trx" --blame-hang-dump-type none "${@:4}"
  status=$?
  outcomes() { grep -oE '<UnitTestResult [^>]*outcome="[A-Za-z]+"' "$trx" 2>/dev/null | grep -cE "outcome=\"($1)\"$"; }
  echo "$(outcomes Passed) passed, $(outcomes 'Failed|Error|Timeout|Aborted') failed, $(outcomes NotExecuted) skipped"
  return "$status"
}

# Jobs are moved on a real Slurm, which waits most of the time: beside the suites that only compute, and these give way to it.
slurm_tests() {
  FOREWARN_BESIDE_OTHERS=yes yielding=0 dotnet_tests tests/EndToEnd.Tests slurm Category=Slurm --blame-hang-timeout 10m --logger "console;verbosity=detailed"
}

told_by_slurm() {
  cat "$results/slurm.out"
  return "$slurm_status"
}

package_tests() {
  [[ $EUID -eq 0 ]] || { echo "a Debian can be booted by root alone: 0 passed, 0 failed, 1 skipped"; return 0; }
  make --no-print-directory packages && timeout 20m tests/packaging/nspawn.sh artifacts/packages/*.deb
}

# The last lines are what a build server shows: which tests failed stands there.
finish() {
  cat "$results/failed" 2>/dev/null
  echo "$passed passed, $failed failed, $skipped skipped" | tee "$results/sum"
  [[ $failed -eq 0 ]]
  exit
}

if ! make --no-print-directory build || ! dotnet build Telemetry.sln --configuration Release --verbosity quiet -nodeReuse:false; then
  echo "The build failed: counted as a failure"
  failed=1
  finish
fi

# In a group of its own, which hears signals and ends with us.
set -m
slurm_tests >"$results/slurm.out" 2>&1 &
slurm=$!
set +m
trap 'kill -TERM -- "-$slurm" 2>/dev/null' EXIT
yielding=10
suite native nice -n "$yielding" timeout 10m make --no-print-directory -C native test OUT="$PWD/artifacts/native"
suite native-asan nice -n "$yielding" timeout 20m make --no-print-directory -C native test-asan OUT="$PWD/artifacts/native"
for project in tests/*.Tests; do
  name=$(basename "$project")
  [[ $name == EndToEnd.Tests ]] || suite "$name" dotnet_tests "$project" "$name" "$usual" --blame-hang-timeout 3m
done
wait "$slurm"
slurm_status=$?
trap - EXIT
suite slurm told_by_slurm
yielding=0
suite EndToEnd.Tests dotnet_tests tests/EndToEnd.Tests EndToEnd.Tests "$usual" --blame-hang-timeout 3m
[[ ${1:-} != packages ]] || suite packaging package_tests
finish
