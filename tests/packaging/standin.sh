#!/bin/sh
# Makes packages around the stand-in program (standin.c) and prints their paths:  standin.sh OUT_DIR
# For working on packaging/ and on nspawn.sh without a full build of the program.
set -eu
here=$(realpath "$(dirname "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/publish" "$work/native"
gcc -Wall -Wextra -Werror -O1 -s -o "$work/publish/forewarn" "$here/standin.c"
cp "$work/publish/forewarn" "$work/publish/forewarn-probe"
cp "$work/publish/forewarn" "$work/native/forewarn-simnode"
"$here/../../packaging/deb/build.sh" "$work/publish" "$work/native" "$1" 0.0.1
