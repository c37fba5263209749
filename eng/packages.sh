#!/bin/bash
# Makes the Debian packages: the program compiled ahead into one native file, which gcc links, and its probe into another.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/environment.sh

case $(dpkg --print-architecture) in
  amd64) runtime=linux-x64 ;;
  arm64) runtime=linux-arm64 ;;
  *) echo "No runtime of .NET is known here for $(dpkg --print-architecture)." >&2; exit 1 ;;
esac
native=(--runtime "$runtime" -p:PublishAot=true -p:CppCompilerAndLinker=gcc)
eng/publish.sh artifacts/publish "${native[@]}"
eng/publish.sh artifacts/publish-probe "${native[@]}" -p:ProbeOnly=true
cp artifacts/publish-probe/forewarn artifacts/publish/forewarn-probe
version=$(dotnet msbuild src/Daemon -getProperty:Version)
# What is installed of the simulated node; its folder also holds object files and test programs.
rm -rf artifacts/packages artifacts/simulated
mkdir -p artifacts/simulated
cp -R artifacts/native/{forewarn-simnode,drivers,profiles,scenarios} artifacts/simulated
packaging/deb/build.sh artifacts/publish artifacts/simulated artifacts/packages "$version"
