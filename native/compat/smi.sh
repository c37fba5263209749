# nvidia-smi: its table, lists, queries and monitors.
check_smi() {
    capture "$work/table" "$smi"
    capture "$work/list" "$smi" -L
    capture "$work/query" "$smi" --query-gpu=pci.bus_id,uuid,serial,temperature.gpu,power.draw --format=csv,noheader,nounits
    capture "$work/dmon" "$smi" dmon -c 1
    capture "$work/pmon" "$smi" pmon -c 1
    expect "nvidia-smi: versions" "NVIDIA-SMI 535[0-9.]+ +Driver Version: 535.261.03 +CUDA Version: 12.2" "$work/table"
    local index bdf uuid serial temperature power bus
    while read -r _ index bdf uuid serial _ temperature power _; do
        power=${power#power=} temperature=${temperature#temperature=} serial=${serial#serial=}
        bus=$(echo "0000$bdf" | tr a-f A-F)
        expect "nvidia-smi -L: gpu $index" "^GPU $index: $(literal "$product") \\(UUID: $uuid\\)" "$work/list"
        expect "nvidia-smi --query-gpu: gpu $index" "^$bus, $uuid, $serial, $temperature, ${power%.*}\\.[0-9]+\$" "$work/query"
        expect "nvidia-smi dmon: gpu $index" "^ +$index +${power%.*} +$temperature " "$work/dmon"
    done < <(grep '^gpu ' "$work/status")
    check_smi_processes
}

# The table names the instances of each process, pmon does not.
check_smi_processes() {
    local gpu pid memory rest gi ci rows=0
    while read -r _ gpu pid memory rest; do
        memory=$((${memory#memory=} / 1048576)) gi=N/A ci=N/A
        case "$rest" in gi=*) gi=${rest#gi=} ci=${rest#*ci=} gi=${gi%% *} ci=${ci%% *} ;; esac
        expect "nvidia-smi: process $pid" "^\\| +$gpu +$gi +$ci +$pid +C +/usr/bin/python3 +${memory}MiB" "$work/table"
        expect "nvidia-smi pmon: process $pid" "^ +$gpu +$pid +C .* python3" "$work/pmon"
        rows=$((rows + 1))
    done < <(grep '^process ' "$work/status")
    same "nvidia-smi: number of processes" "$(grep -c '/usr/bin/python3' "$work/table")" "$rows"
}
