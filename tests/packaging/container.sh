# shellcheck shell=bash
# shellcheck disable=SC2013,SC2154  # lists of pids are words; variables of nspawn.sh
# A throw-away Debian that boots systemd, for nspawn.sh: sourced there, as root, in a mount and pid namespace of its own.
#
# - The root is debootstrap's minbase plus systemd and dbus, cached, with an overlay in memory on top.
# - systemd inside gets the unified cgroup tree, also on a host that mounts the old controllers: it enforces DeviceAllow
#   with BPF programs there. nspawn's own system call filter would deny it bpf(), hence SYSTEMD_SECCOMP=0.
# - A process is put into uninterruptible sleep with the version 1 freezer, which holds back even SIGKILL until thawed.

suite=bookworm

# prepare_root CACHE_DIR: makes the cached root unless it is there.
prepare_root() {
    local cache=$1/$suite-minbase-systemd
    if [[ ! -d $cache ]]; then
        rm -rf "$cache.part"
        debootstrap --variant=minbase --include=systemd,dbus "$suite" "$cache.part" >"$1/debootstrap.log" 2>&1 || {
            tail -n 20 "$1/debootstrap.log"
            return 1
        }
        rm -f "$cache.part"/var/cache/apt/archives/*.deb
        mv "$cache.part" "$cache"
    fi
    echo "$cache"
}

# mount_root LOWER NAME: a fresh writable view of the cached root; prints its path.
mount_root() {
    local place=$scratch/$2
    mkdir -p "$place/upper" "$place/work" "$place/root"
    mount -t overlay overlay -o "lowerdir=$1,upperdir=$place/upper,workdir=$place/work" "$place/root"
    echo "$place/root"
}

# boot ROOT: starts the machine and waits until systemd has settled; sets `leader` to its first process.
boot() {
    SYSTEMD_SECCOMP=0 SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 systemd-nspawn --quiet --register=no --keep-unit \
        --private-network --capability=all --bind=/dev/kmsg --machine=forewarn-test --directory="$1" --boot \
        </dev/null >"$scratch/boot.log" 2>&1 &
    nspawn=$!
    local try
    for ((try = 0; try < 300; try++)); do
        leader=$(cat "/proc/$nspawn/task/$nspawn/children" 2>/dev/null) || break
        leader=${leader%% *}
        case $([[ -n $leader ]] && inside systemctl is-system-running 2>/dev/null) in running | degraded) return ;; esac
        sleep 0.1
    done
    cat "$scratch/boot.log"
    return 1
}

# shut_down: ends the machine and everything in it at once.
shut_down() {
    thaw
    [[ -z ${leader:-} ]] || kill -KILL "$leader" 2>/dev/null || true
    [[ -z ${nspawn:-} ]] || wait "$nspawn" 2>/dev/null || true
    leader='' nspawn=''
}

# inside COMMAND...: runs it in the machine's namespaces, outside every unit.
inside() { nsenter --target "$leader" --all -- "$@"; }

# The unit that is looked at. A check of another one says `local unit=NAME`, and all that it calls looks at that.
unit=forewarn

# unit_property NAME
unit_property() { inside systemctl show --property="$1" --value "$unit.service"; }

# host_pid PID_IN_MACHINE: the same process as seen from here (no other machine runs in our pid namespace).
host_pid() {
    local status
    # grep answers 2 when any other process ended while it looked: what it found counts, not how it ended.
    status=$(grep -lP "^NSpid:\t\d+\t$1\$" /proc/[0-9]*/status 2>/dev/null)
    [[ -n $status ]] || { echo "no process $1 in the machine" >&2; return 1; }
    echo "${status//[!0-9]/}"
}

# main_pid: the unit's main process, as seen from here. agent_pid: the agent's.
main_pid() { host_pid "$(unit_property MainPID)"; }
agent_pid() { local unit=forewarn; main_pid; }

# probe_pid: the agent's child that is a probe, as seen from here.
probe_pid() {
    local child
    for child in $(cat "/proc/$(agent_pid)"/task/*/children 2>/dev/null); do
        [[ $(tr '\0' ' ' 2>/dev/null <"/proc/$child/cmdline") == *' probe '* ]] && { echo "$child"; return; }
    done
    return 1
}

# unit_cgroup: the unit's cgroup directory, as seen from here.
unit_cgroup() { echo "$cgroup_unified/$cgroup_name/payload$(unit_property ControlGroup)"; }

# in_sandbox COMMAND...: runs it as the unit runs: its user (which bears the unit's name), capabilities, cgroup and mounts.
in_sandbox() {
    local main
    main=$(main_pid) || return 125
    (
        echo $BASHPID >"$(unit_cgroup)/cgroup.procs" || exit 125
        exec nsenter --target "$main" --mount --pid --net -- setpriv --reuid="$unit" --regid="$unit" --init-groups \
            --inh-caps=-all --bounding-set=-all --no-new-privs -- "$@"
    )
}

# freeze PID: puts the process into uninterruptible sleep, where even SIGKILL waits.
freeze() {
    echo "$1" >"$freezer/cgroup.procs"
    echo FROZEN >"$freezer/freezer.state"
    local try
    for ((try = 0; try < 50; try++)); do
        grep -q '^State:.D' "/proc/$1/status" && return
        sleep 0.05
    done
    echo "process $1 cannot be frozen"
    return 1
}

thaw() { echo THAWED >"$freezer/freezer.state"; }
