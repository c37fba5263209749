#!/bin/sh
# Writes the linker version script of each driver generation from sim/functions.def: a driver exports what was first
# declared for it or for an older one. Run after adding a function; a test compares the result with the library.
set -eu
cd "$(dirname "$0")"
for driver in 470 535 550; do
    {
        echo "/* Made by versions/generate.sh from sim/functions.def: what driver $driver exports. */"
        echo "{"
        echo "    global:"
        sed -n 's/^FUNCTION(\([A-Za-z0-9_]*\), \([0-9]*\)).*/\2 \1/p' ../sim/functions.def | sort -k2 |
            awk -v driver="$driver" '$1 <= driver { print "        " $2 ";" }'
        echo "        forewarn_sim_layout;"
        echo "        forewarn_sim_set_root;"
        echo "    local: *;"
        echo "};"
    } > "r$driver.map"
done
