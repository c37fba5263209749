# shellcheck shell=bash
# Sourced by every script that calls dotnet.
# Nothing stays behind after a build: no MSBuild node, no compiler server. A build server would not miss them, and
# whoever stops `make run` expects that nothing is left.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# The SDK refuses to start where libicu is missing, as on a fresh Debian, unless it is told to do without.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

if ! command -v dotnet >/dev/null; then
  echo "The .NET SDK $(sed -n 's/.*"version": "\(.*\)".*/\1/p' global.json) or a later 10.0 is needed: https://learn.microsoft.com/dotnet/core/install/linux" >&2
  exit 1
fi
# The program that we publish finds its runtime in the usual places only; an SDK in a home directory is none of them.
if [ -z "${DOTNET_ROOT:-}" ]; then
  DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
  export DOTNET_ROOT
fi
