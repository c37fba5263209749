# shellcheck shell=bash
# shellcheck disable=SC2046,SC2154  # a list of pids is words; variables of nspawn.sh
# For nspawn.sh: the part that stays outside the machine's namespaces, makes its cgroups and takes everything away again.

# mount_of TYPE OPTION: where a cgroup tree is mounted here.
mount_of() {
    awk -v type="$1" -v option="$2" '
        { for (i = 7; $i != "-"; i++); }
        $(i + 1) == type && (option == "" || index("," $(i + 3) ",", "," option ",")) { print $5; exit }' /proc/self/mountinfo
}

take_away() {
    trap - EXIT INT TERM
    echo THAWED 2>/dev/null >"$freezer/freezer.state"
    # The first process of the pid namespace takes all others with it; unshare reaps it.
    [[ -z $child ]] || kill -KILL $(cat "/proc/$child/task/$child/children") 2>/dev/null
    wait 2>/dev/null
    local tree try
    for tree in "$freezer" "${trees[@]/%//$name}"; do
        for ((try = 0; try < 50; try++)); do
            [[ -d $tree ]] || break
            find "$tree" -depth -type d -exec rmdir {} + 2>/dev/null
            [[ ! -d $tree ]] || sleep 0.1
        done
        [[ ! -d $tree ]] || echo "nspawn.sh: cannot remove $tree" >&2
    done
    ! mountpoint -q "$scratch/freezer" || umount "$scratch/freezer"
    rm -rf "$scratch"
}

# run_inside SCRIPT DEB...: runs `SCRIPT --inside …` in a mount and pid namespace of its own, in cgroups of its own.
run_inside() {
    local script=$1 cache=${FOREWARN_TEST_CACHE:-$here/../../artifacts/cache} status
    shift
    mkdir -p "$cache"
    name=forewarn-test-$$ child=''
    scratch=$(mktemp -d)
    local unified systemd freezer_tree
    unified=$(mount_of cgroup2 "")
    systemd=$(mount_of cgroup name=systemd)
    freezer_tree=$(mount_of cgroup freezer)
    if [[ -z $freezer_tree ]]; then
        freezer_tree=$scratch/freezer
        mkdir "$freezer_tree" && mount -t cgroup -o freezer cgroup "$freezer_tree"
    fi
    freezer=$freezer_tree/$name
    trees=("$unified" ${systemd:+"$systemd"})
    trap take_away EXIT
    trap 'exit 130' INT TERM
    mkdir "$freezer" "${trees[@]/%//$name}"
    (
        for tree in "${trees[@]}"; do echo $BASHPID >"$tree/$name/cgroup.procs"; done
        exec unshare --mount --pid --fork --kill-child --mount-proc --propagation private -- "$script" --inside \
            "$scratch" "$unified" "$name" "$freezer" "$(realpath "$cache")" "$@"
    ) &
    child=$!
    wait "$child"
    status=$?
    child=''
    return "$status"
}
