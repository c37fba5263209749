#!/bin/bash
# Writes the generated pages of docs/ anew. Each page has a test that compares it with its catalogue; with this variable
# set the test writes the page instead.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/environment.sh

FOREWARN_WRITE_DOCS=1 dotnet test Telemetry.sln --configuration Release --filter Category=GeneratedDocs --verbosity quiet -nodeReuse:false
git --no-pager diff --stat -- docs
