# nvtop draws on a terminal: look for names and one card's reading in what it drew.
check_nvtop() {
    if ! command -v script >/dev/null; then
        skip "nvtop" "there is no script(1) to give it a terminal"
        return 0
    fi
    TERM=xterm COLUMNS=200 LINES=60 timeout -s INT 5 script -qec "stty rows 60 cols 200; $work/root/usr/bin/nvtop -C" "$work/screen" >/dev/null 2>&1 </dev/null || true
    expect "nvtop: name" "$(literal "$product")" "$work/screen"
    # Colours and cursor moves away, then what stands in one line of the drawing.
    sed 's/\x1b\[[0-9;?]*[a-zA-Z]/ /g; s/\x1b(./ /g' "$work/screen" | tr -s ' ' >"$work/text"
    expect "nvtop: temperature of gpu 0" "TEMP *$(sed -n 's/^gpu 0 .* temperature=\([0-9]*\) .*/\1/p' "$work/status")" "$work/text"
}
