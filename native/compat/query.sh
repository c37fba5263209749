# nvidia-smi -q of every card, row by row, against the profile and what the node says of itself.

# The value of a row of a card; "missing" where it is not printed.
row() { # CARD PATH
    local line
    line=$(grep -F -m 1 -- "$1/$2=" "$work/rows") || { echo missing; return 0; }
    echo "${line#*=}"
}

# A fact of the profile without quotes and comment; sizes in MiB.
fact() { # KEY
    sed -n "s/^$(literal "$1") *= *\\(\"\\([^\"]*\\)\"\\|\\([^ #]*\\)\\).*/\\2\\3/p" "$work/node/profile.conf" | awk '
        /GiB$/ { print $0 * 1024; next } /MiB$/ { print $0 + 0; next } { print }'
}

watts() { printf '%.2f W' "$1"; }

check_query() {
    capture "$work/full" "$smi" -q
    awk -f "$here/compat/flatten.awk" "$work/full" >"$work/rows"
    local cards
    cards=$(grep -c '^gpu ' "$work/node/profile.conf")
    same "nvidia-smi -q: number of cards" "$(grep -c '/GPU UUID=' "$work/rows" || true)" "$cards"
    local index bdf uuid serial temperature power memory
    while read -r _ index bdf uuid serial _ temperature power _ memory; do
        check_card "$index" "$(echo "0000$bdf" | tr a-f A-F)" "$uuid" "${serial#serial=}" "${temperature#temperature=}" "${power#power=}" \
            "${memory#memory=}"
    done < <(grep '^gpu ' "$work/status")
}

# Not one answer may be an error of the library, but for the functions that are not simulated.
check_errors() { # CARD WHAT
    local errors
    errors=$(grep -F -- "$1/" "$work/rows" | grep -E '=(Unknown Error|Not Found|GPU is lost|Insufficient Size|Uninitialized)' || true)
    same "$2: rows in error" "$errors" ""
}

check_card() { # INDEX BUS UUID SERIAL CELSIUS WATTS BYTES
    local what="nvidia-smi -q: gpu $1" bus=$2 path value
    local expected=(
        "Product Name=$product" "Product Brand=$(fact brand)" "Persistence Mode=Enabled" "Accounting Mode=Disabled"
        "Serial Number=$4" "GPU UUID=$3" "Minor Number=$1" "VBIOS Version=$(fact vbios)" "Board Part Number=$(fact part_number)"
        "Module ID=$(awk -v n="$1" '$1 == "gpu" && $2 == n { print $5 }' "$work/node/profile.conf")"
        "Inforom Version/Image Version=$(fact inforom.image)" "Inforom Version/OEM Object=$(fact inforom.oem)"
        "Inforom Version/ECC Object=$(fact inforom.ecc)" "Inforom Version/Power Management Object=$(fact inforom.power)"
        "GSP Firmware Version=$version" "PCI/Device Id=$(fact pci.device_id)" "PCI/Sub System Id=$(fact pci.subsystem_id)" "PCI/Bus Id=$bus"
        "PCI/GPU Link Info/PCIe Generation/Max=$(fact pcie.generation)" "PCI/GPU Link Info/PCIe Generation/Current=$(fact pcie.generation)"
        "PCI/GPU Link Info/Link Width/Max=$(fact pcie.width)x" "PCI/GPU Link Info/Link Width/Current=$(fact pcie.width)x"
        "PCI/Replays Since Reset=$(($1 + 5))" "Performance State=P0" "Compute Mode=Default" "ECC Mode/Current=Enabled" "ECC Mode/Pending=Enabled"
        "FB Memory Usage/Total=$(fact memory.total) MiB" "FB Memory Usage/Reserved=$(fact memory.reserved) MiB"
        "FB Memory Usage/Used=$(($7 / 1048576)) MiB" "BAR1 Memory Usage/Total=$(fact bar1.total) MiB" "BAR1 Memory Usage/Used=$(fact bar1.used) MiB"
        "Temperature/GPU Current Temp=$5 C" "Temperature/GPU Shutdown Temp=$(fact temperature.shutdown) C"
        "Temperature/GPU Slowdown Temp=$(fact temperature.slowdown) C" "Temperature/GPU Max Operating Temp=$(fact temperature.gpu_max) C"
        "GPU Power Readings/Power Draw=$(watts "$6")" "GPU Power Readings/Current Power Limit=$(watts "$(fact power.limit.default)")"
        "GPU Power Readings/Default Power Limit=$(watts "$(fact power.limit.default)")"
        "GPU Power Readings/Min Power Limit=$(watts "$(fact power.limit.min)")" "GPU Power Readings/Max Power Limit=$(watts "$(fact power.limit.max)")"
        "Clocks/Memory=$(fact clock.memory) MHz" "Clocks/Video=$(fact clock.video.max) MHz" "Max Clocks/Graphics=$(fact clock.graphics.max) MHz"
        "Max Clocks/SM=$(fact clock.graphics.max) MHz" "Max Clocks/Memory=$(fact clock.memory) MHz" "Max Clocks/Video=$(fact clock.video.max) MHz"
        "Applications Clocks/Graphics=$(fact clock.graphics.max) MHz"
    )
    for path in "${expected[@]}"; do
        value=${path#*=} path=${path%%=*}
        same "$what, $path" "$(row "$bus" "$path")" "$value"
    done
    check_repairs "$1" "$bus" "$what"
    check_errors "$bus" "$what"
}

# The node was told of a different number of each for each card (start_node); cards that remap rows tell no pages, those cut up no rows.
check_repairs() { # INDEX BUS WHAT
    local cut mig memory
    cut=$(grep -c "^mig $1 " "$work/status" || true)
    memory=$(fact temperature.memory_max)
    same "$3, Temperature/Memory Max Operating Temp" "$(row "$2" "Temperature/Memory Max Operating Temp")" "${memory:-N/A}${memory:+ C}"
    if [ -z "$(fact row_remap.banks)" ]; then
        same "$3, Retired Pages/Single Bit ECC" "$(row "$2" "Retired Pages/Single Bit ECC")" "$(($1 + 1))"
        same "$3, Retired Pages/Double Bit ECC" "$(row "$2" "Retired Pages/Double Bit ECC")" "$(($1 + 11))"
        same "$3, Remapped Rows" "$(row "$2" "Remapped Rows")" "N/A"
        same "$3, MIG Mode/Current" "$(row "$2" "MIG Mode/Current")" "N/A"
        return 0
    fi
    same "$3, Retired Pages/Double Bit ECC" "$(row "$2" "Retired Pages/Double Bit ECC")" "N/A"
    mig=Disabled
    grep -q "^mig gpu $1\\b" "$work/node/profile.conf" && mig=Enabled
    same "$3, MIG Mode/Current" "$(row "$2" "MIG Mode/Current")" "$mig"
    if [ "$cut" != 0 ]; then
        same "$3, Remapped Rows" "$(row "$2" "Remapped Rows")" "N/A"
    else
        same "$3, Remapped Rows/Correctable Error" "$(row "$2" "Remapped Rows/Correctable Error")" "$(($1 + 1))"
        same "$3, Remapped Rows/Uncorrectable Error" "$(row "$2" "Remapped Rows/Uncorrectable Error")" "$(($1 + 11))"
    fi
}
