#!/bin/sh
# Writes the linker version script of each driver generation from sim/functions.def: a driver exports what was first
# declared for it or for an older one. Run after adding a function; a test compares the result with the library.
set -eu
cd "$(dirname "$0")"
sed -n 's/^DRIVER([0-9_]*, \([0-9]*\), \([0-9]*\), "\(r[0-9-]*\)".*/\1 \2 \3/p' ../nvml/drivers.def | while read -r branch minor name; do
    {
        echo "/* Made by versions/generate.sh from sim/functions.def: what driver $branch.$minor exports. */"
        echo "{"
        echo "    global:"
        sed -n 's/^FUNCTION(\([A-Za-z0-9_]*\), \([0-9.]*\)).*/\2 \1/p' ../sim/functions.def | LC_ALL=C sort -k2 |
            awk -v release="$((branch * 1000 + minor))" \
                '{ split($1, first, "."); if (first[1] * 1000 + first[2] <= release) print "        " $2 ";" }'
        echo "        forewarn_sim_layout;"
        echo "        forewarn_sim_set_root;"
        echo "    local: *;"
        echo "};"
    } > "$name.map"
done
