# nvidia-smi topo: who is near whom, in its words.
check_topology() {
    capture "$work/topo" "$smi" topo -m
    capture "$work/p2p" "$smi" topo -p2p r
    local gpu numa first last other_numa other row words
    while read -r _ gpu _ _ _ _ numa _ first last _; do
        words=""
        while read -r _ other _ _ _ _ other_numa _; do
            if [ "$other" = "$gpu" ]; then words="$words X"
            elif [ "${links:-0}" -gt 0 ]; then words="$words NV$links"
            elif [ "$other_numa" = "$numa" ]; then words="$words NODE"
            else words="$words SYS"; fi
        done < <(grep '^gpu ' "$work/node/profile.conf")
        row=$(sed 's/\x1b\[[0-9;]*m//g' "$work/topo" | grep "^GPU$gpu" | tr -s '\t ' ' ' | cut -d' ' -f2-)
        same "nvidia-smi topo -m: gpu $gpu" "$row" "${words# } $first-$last $numa N/A"
    done < <(grep '^gpu ' "$work/node/profile.conf")
    if [ "${links:-0}" -gt 0 ]; then
        expect "nvidia-smi topo -p2p r" "GPU0.X.OK.OK" "$work/p2p"
    fi
}
