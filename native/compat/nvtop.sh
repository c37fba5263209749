# nvtop draws on a terminal: look for names and each card's readings in what it drew.
check_nvtop() {
    if ! command -v script >/dev/null; then
        skip "nvtop" "there is no script(1) to give it a terminal"
        return 0
    fi
    TERM=xterm COLUMNS=200 LINES=60 timeout -s INT 5 script -qec "stty rows 60 cols 200; $work/root/usr/bin/nvtop -C" "$work/screen" >/dev/null 2>&1 </dev/null || true
    expect "nvtop: name" "$(literal "$product")" "$work/screen"
    # Colours and cursor moves away, then the readings in the order of the drawing, which is that of the cards.
    sed 's/\x1b\[[0-9;?]*[a-zA-Z]/ /g; s/\x1b(./ /g' "$work/screen" | tr -s ' ' >"$work/text"
    grep -aoE 'TEMP *[0-9]+' "$work/text" | grep -oE '[0-9]+$' >"$work/celsius" || true
    grep -aoE 'MEM\[\|*[0-9.]+Gi' "$work/text" | grep -oE '[0-9.]+' >"$work/gibibytes" || true
    local index temperature memory reserved
    reserved=$(fact memory.reserved)
    while read -r _ index _ _ _ _ temperature _ _ memory; do
        same "nvtop: temperature of gpu $index" "$(sed -n "$((index + 1))p" "$work/celsius")" "${temperature#temperature=}"
        # It counts what is reserved as used, and prints three digits behind the point.
        same "nvtop: memory of gpu $index" "$(sed -n "$((index + 1))p" "$work/gibibytes" | awk '{ printf "%.3f", $1 }')" \
            "$(awk -v bytes="${memory#memory=}" -v mebibytes="$reserved" 'BEGIN { printf "%.3f", bytes / 2 ^ 30 + mebibytes / 1024 }')"
    done < <(grep '^gpu ' "$work/status")
}
