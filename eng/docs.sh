#!/bin/bash
# Writes the generated pages of docs/ anew: the test that compares a page with its catalogue writes it instead when the
# variable is set.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/environment.sh

FOREWARN_UPDATE_GOLDEN=1 dotnet test tests/Daemon.Tests --configuration Release --filter FullyQualifiedName~DocumentTests \
  --verbosity quiet -nodeReuse:false
git --no-pager diff --stat -- docs
