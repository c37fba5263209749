#!/bin/bash
# Says what is not in form: C# by .editorconfig, white space everywhere, shell syntax.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
. eng/environment.sh

bad=0
dotnet format Telemetry.sln --verify-no-changes || bad=1

# Against the empty tree, so that every tracked line is looked at, not only what was changed last.
if git rev-parse --git-dir >/dev/null 2>&1; then
  empty=$(git hash-object -t tree /dev/null)
  git --no-pager diff --check "$empty" -- '*.c' '*.h' '*.cs' '*.sh' '*.def' '*.conf' '*.service' '*Makefile' '.ci/*' || bad=1
  while IFS= read -r -d '' script; do
    bash -n "$script" || bad=1
  done < <(git ls-files -z -- '*.sh' '.ci/run')
fi
[[ $bad -eq 0 ]] || echo "Not in form: see above; \`make format\` mends the C# files." >&2
exit "$bad"
