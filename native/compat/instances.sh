# nvidia-smi mig: the instances, of what profile, where; and the MIG devices of the lists.
check_instances() {
    if [ "$(instances_of_profile)" = 0 ]; then
        skip "nvidia-smi mig" "no card of this profile is cut up"
        return 0
    fi
    capture "$work/lgi" "$smi" mig -lgi
    capture "$work/lci" "$smi" mig -lci
    capture "$work/lgip" "$smi" mig -lgip
    local gpu index uuid name gi ci kind id number=0
    while read -r _ gpu index uuid name gi ci; do
        gi=${gi#gi=} ci=${ci#ci=} kind=${name#*c.}
        id=$(instance_fact "$kind" id)
        # nvidia-smi numbers the devices of a card by itself, without the holes; its table has the numbers with them.
        expect "nvidia-smi -L: $uuid" "^  MIG $(literal "$name") +Device +[0-9]+: \\(UUID: $uuid\\)" "$work/list"
        expect "nvidia-smi: MIG device $gpu/$index" "^\\| +$gpu +$gi +$ci +$index +\\|" "$work/table"
        expect "nvidia-smi mig -lgi: gpu $gpu, instance $gi" "^\\| +$gpu +MIG $(literal "$kind") +$id +$gi +[0-7]:$(instance_fact "$kind" size) " "$work/lgi"
        expect "nvidia-smi mig -lci: gpu $gpu, instance $gi/$ci" "^\\| +$gpu +$gi +MIG $(literal "$name") +[0-9] +$ci " "$work/lci"
        number=$((number + 1))
    done < <(grep '^mig ' "$work/status")
    same "nvidia-smi -L: number of MIG devices" "$(grep -c 'UUID: MIG-' "$work/list")" "$number"
    while read -r _ _ _ _ id kind _; do
        kind=${kind//\"/}
        expect "nvidia-smi mig -lgip: $kind" "^\\| +0 +MIG $(literal "$kind") +$id +[0-7]/$(instance_fact "$kind" count) .* $(instance_fact "$kind" sm) " "$work/lgip"
    done < <(grep '^mig profile ' "$work/node/profile.conf")
}

# A number of the profile's line about a kind of instance.
instance_fact() { # KIND KEY
    awk -v kind="\"$1\"" -v key="$2" '$1 == "mig" && $2 == "profile" && $6 == kind { for (i = 4; i < NF; i++) if ($i == key) print $(i + 1) }' \
        "$work/node/profile.conf"
}
