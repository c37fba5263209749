#!/bin/bash
# Makes the Debian packages: the program with its own runtime, trimmed and compiled ahead where that is possible.
set -euo pipefail
cd "$(dirname "$0")/.."
. eng/environment.sh

eng/publish.sh artifacts/publish --runtime linux-x64 --self-contained \
  -p:PublishTrimmed=true -p:TrimMode=full -p:PublishReadyToRun=true
version=$(dotnet msbuild src/Daemon -getProperty:Version)
# What is installed of the simulated node; its folder also holds object files and test programs.
rm -rf artifacts/packages artifacts/simulated
mkdir -p artifacts/simulated
cp -R artifacts/native/{forewarn-simnode,drivers,profiles,scenarios} artifacts/simulated
packaging/deb/build.sh artifacts/publish artifacts/simulated artifacts/packages "$version"
