# What the node says of itself is what all others are held against: it must say enough, or every check of a card would vanish.
check_status() {
    local cards instances
    cards=$(grep -c '^gpu ' "$work/node/profile.conf" || true)
    instances=$(instances_of_profile)
    expect "status: a card" '^gpu 0 ' "$work/status"
    same "status: number of cards" "$(grep -c '^gpu ' "$work/status" || true)" "$cards"
    expect "status: a process" '^process ' "$work/status"
    same "status: number of MIG devices" "$(grep -c '^mig ' "$work/status" || true)" "$instances"
}

# MIG devices that the `mig gpu` lines lay out: one for a word, one for each compute instance where they are named.
instances_of_profile() {
    sed 's/#.*//' "$work/node/profile.conf" | awk '$1 == "mig" && $2 == "gpu" {
        for (i = 4; i <= NF; i++) { parts = split($i, names, "/"); count += $i == "-" ? 0 : parts > 1 ? parts - 1 : 1 }
    } END { print count + 0 }'
}
