#!/bin/bash
# Publishes the program.
#   publish.sh DIRECTORY [OPTION OF DOTNET PUBLISH]...
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/environment.sh

out=$1
shift
rm -rf "$out"
dotnet publish src/Daemon --configuration Release --output "$out" --verbosity quiet -nodeReuse:false "$@"
