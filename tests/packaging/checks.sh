# shellcheck shell=bash
# shellcheck disable=SC2015,SC2016,SC2154  # a || fail … || return; text for other shells; variables of nspawn.sh
# The checks of nspawn.sh. Each prints a measured fact when it holds, the reason when it does not (status 1; 77 skips).

fail() { echo "$*"; return 1; }
seconds_since() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", to - from }'; }
# quietly COMMAND...: what it says is shown only when it fails.
quietly() {
    local said
    said=$("$@" 2>&1) || fail "$said"
}
# within SECONDS COMMAND...: tries it until it holds.
within() {
    local deadline=$((SECONDS + $1 + 1))
    shift
    until "$@"; do ((SECONDS < deadline)) || return 1; sleep 0.1; done
}
# has PATTERN: grep that reads to the end, so that the command before it is not ended by SIGPIPE (pipefail).
has() { grep "$@" >/dev/null; }
active() { [[ $(unit_property ActiveState) == active ]]; }
restarted_after() { (($(unit_property NRestarts) > $1)) && active; }

# accounts ROOT_COMMAND...: the user and group databases. packages: what is installed, fully or in part.
accounts() { "$@" cat /etc/passwd /etc/group /etc/shadow /etc/gshadow; }
packages() { "$@" dpkg-query -W -f '${Package} ${db:Status-Abbrev}\n'; }
# Every file of the root with what dpkg and the journal keep by nature left out.
files() {
    "$@" find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /var/log \
        -o -path '/var/lib/dpkg/*-old' -o -path '/etc/*-' \) -prune -o -printf '%y %m %U:%G %p\n' | sort
}
inventory() { files inside && accounts inside && packages inside && inside systemctl list-unit-files --no-legend; }

our_packages() { for deb in "${debs[@]}"; do dpkg-deb -f "$deb" Package; done; }

installs_offline() {
    local before after
    before=$(files chroot "$offline" && accounts chroot "$offline")
    quietly chroot "$offline" sh -c 'dpkg -i /var/tmp/debs/*.deb' || return 1
    chroot "$offline" systemctl is-enabled --quiet forewarn.service || fail "not enabled for the next boot" || return 1
    # shellcheck disable=SC2046
    quietly chroot "$offline" dpkg -P $(our_packages) || return 1
    after=$(files chroot "$offline" && accounts chroot "$offline")
    diff <(echo "$before") <(echo "$after")
}

installs() {
    local before
    before=$(packages inside)
    quietly inside sh -c 'dpkg -i /var/tmp/debs/*.deb' || return 1
    diff <(our_packages | sort | sed 's/$/ ii /') <(diff <(echo "$before") <(packages inside) | sed -n 's/^[<>] //p' | sort)
}

becomes_active() {
    within 5 active || { inside systemctl status --no-pager "$unit.service"; return 1; }
    echo "start took $(($(unit_property ActiveEnterTimestampMonotonic) / 1000 - \
        $(unit_property InactiveExitTimestampMonotonic) / 1000)) ms"
}

unit_verifies() {
    local said
    said=$(inside systemd-analyze verify --man=no "$unit.service" 2>&1) && [[ -z $said ]] || fail "$said"
}

# Byte for byte what is in the repository: those are the files that promtool and the tests of the dashboards have read.
alerts_are_there() {
    local file name
    for file in "$here"/../../packaging/{alerts,grafana}/*; do
        name=${file##*/packaging/}
        inside cat "/usr/share/forewarn/$name" | cmp -s - "$file" || fail "/usr/share/forewarn/$name is not $file" || return 1
        quietly inside setpriv --reuid=nobody --regid=nogroup --clear-groups head -c 1 "/usr/share/forewarn/$name" || return 1
    done
    inside test -s /usr/share/doc/forewarn/alerts.md || fail "the page that runbook_url names is missing"
}

status_answers() {
    quietly inside forewarn status || fail "(as root)" || return 1
    quietly inside setpriv --reuid=nobody --regid=nogroup --clear-groups forewarn status || fail "(as nobody)"
}

# On this machine there is no card, and whether its clock is kept right is not the package's matter: hence 0 or 3.
doctor_answers() {
    local said status line
    [[ $(http_get /metrics) != *stand-in* ]] || { echo "the stand-in has no doctor"; return 77; }
    said=$(inside forewarn doctor) status=$?
    [[ $status == 0 || $status == 3 ]] || fail "exit $status: $said" || return 1
    for line in 'ok +agent +ready at /run/forewarn/forewarn.sock, pid [0-9]+, user' "ok +port +9797 is the agent's" \
        'ok +state +/var/lib/forewarn on ' "ok +kernel log +/dev/kmsg is the agent's" \
        'ok +systemd +2[0-9]+' '^[0-9]+ ok, [0-9]+ notes, [0-9]+ warnings, 0 problems$'; do
        grep -Eq "$line" <<<"$said" || fail "no line like '$line' in: $said" || return 1
    done
    said=$(inside setpriv --reuid=nobody --regid=nogroup --clear-groups forewarn doctor) status=$?
    [[ $status == 0 || $status == 3 ]] || fail "exit $status as nobody: $said" || return 1
    grep -Eq 'do: sudo forewarn doctor' <<<"$said" || fail "nobody is not told who would see more: $said" || return 1
    tail -n 1 <<<"$said"
}

# http_get PATH [PORT]
http_get() {
    nsenter --target "$leader" --net timeout 5 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1" &&
        printf "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n" "$0" >&3 && cat <&3' "$1" "${2:-9797}"
}
metrics_answer() {
    local answer
    answer=$(http_get /metrics) || fail "no answer" || return 1
    [[ $answer == HTTP/1.?\ 200* && $answer == *forewarn_build_info* ]] || fail "${answer:0:600}"
}

# The rest runs on a simulated node, so that there is a probe with something to do.
simulated_node_is_served() {
    local drop_in=/run/systemd/system/forewarn.service.d
    our_packages | has -x forewarn-simulator || { echo "no forewarn-simulator among the packages"; return 77; }
    quietly inside sh -c "mkdir -p $drop_in && printf '%s\n' '[Service]' ExecStart= \
        'ExecStart=/usr/bin/forewarn agent --simulate h100-8' >$drop_in/simulate.conf &&
        systemctl daemon-reload && systemctl restart forewarn.service" || return 1
    [[ $(http_get /metrics) != *stand-in* ]] || { echo "the stand-in has no simulated node"; return 77; }
    within 15 eight_devices || fail "after 15 s: $(http_get /metrics | grep -a '^forewarn_devices')"
}
eight_devices() { http_get /metrics | has -E '^forewarn_devices_found(\{.*\})? 8$'; }

exposure() { inside systemd-analyze security --no-pager "$unit.service" | sed -n 's/.*exposure level.*: \([0-9.]*\) .*/\1/p'; }
exposure_is_low() {
    echo "exposure $(exposure)"
    local said
    said=$(inside systemd-analyze security --no-pager --threshold=20 "$unit.service") && return
    fail "$(grep '^✗' <<<"$said")"
}

# capability_sets: effective, permitted and bounding of the unit's main process.
capability_sets() { sed -n 's/^Cap\(Eff\|Prm\|Bnd\):\t//p' "/proc/$(main_pid)/status" | sort -u; }
privileged_drop_in() {
    local link=/etc/systemd/system/forewarn.service.d/privileged.conf measured sets said
    inside sh -c "mkdir -p ${link%/*} && ln -s /usr/lib/forewarn/privileged.conf $link && systemctl daemon-reload &&
        systemctl restart forewarn.service" && within 5 active || fail "does not start with it" || return 1
    measured=$(exposure) sets=$(capability_sets)
    inside sh -c "rm $link && rmdir ${link%/*} && systemctl daemon-reload && systemctl restart forewarn.service" || return 1
    # CAP_SYS_ADMIN is bit 21 (linux/capability.h).
    [[ $sets == 0000000000200000 ]] || fail "capabilities $sets" || return 1
    said=$(inside sed -n 's/.*exposure \([0-9.]*\).*/\1/p' /usr/lib/forewarn/privileged.conf)
    [[ $said == "$measured" ]] || fail "its comment says exposure $said, measured $measured" || return 1
    echo "exposure $measured"
}

runs_unprivileged() {
    local user sets
    user=$(inside ps -o user= -p "$(unit_property MainPID)" 2>/dev/null || stat -c %u "/proc/$(main_pid)")
    [[ $user == "$(inside id -u "$unit")" || $user == "$unit" ]] || fail "runs as $user" || return 1
    sets=$(capability_sets)
    [[ $sets == 0000000000000000 ]] || fail "capabilities $sets" || return 1
    grep -q '^NoNewPrivs:.1' "/proc/$(main_pid)/status" && grep -q '^Seccomp:.2' "/proc/$(main_pid)/status"
}

# opening MAJOR MINOR IN: makes the node and prints what opening it says; IN is `inside` or `in_sandbox`.
opening() {
    inside sh -c "rm -f /dev/forewarn-test && mknod -m 0666 /dev/forewarn-test c $1 $2"
    "$3" sh -c ': </dev/forewarn-test' 2>&1 | sed 's/.*: //'
    inside rm -f /dev/forewarn-test
}
listed() { grep -q "^ *$1 " /proc/devices; }

nvidia_major_is_let_through() {
    ! listed 195 || { echo "this machine has the NVIDIA driver"; return 77; }
    local said
    said=$(opening 195 0 in_sandbox)
    [[ $said == "No such device or address" ]] || fail "$said"
}

unlisted_devices_are_refused() {
    local major said
    # A major of the range for local use (240-254) without a driver here, a misc device, physical memory.
    for major in {240..254}; do listed "$major" || break; done
    said=$(opening "$major" 0 inside)
    [[ $said == "No such device or address" ]] || fail "outside the unit $major:0 says: $said" || return 1
    for node in "$major 0" "10 999" "1 1"; do
        # shellcheck disable=SC2086
        said=$(opening $node in_sandbox)
        [[ $said == "Operation not permitted" ]] || fail "$node: $said" || return 1
    done
}

# A reader in the agent's place, so that the very descriptor is used which systemd hands over.
kernel_log_is_readable() {
    local from=${EPOCHREALTIME%.*} drop_in=/run/systemd/system/forewarn.service.d
    [[ $(stat -L -c %t:%T "/proc/$(agent_pid)/fd/0") == 1:b ]] || fail "standard input is not 1:11" || return 1
    ! in_sandbox dd if=/dev/kmsg bs=8192 count=1 iflag=nonblock status=none of=/dev/null 2>/dev/null || fail "opens anew"
    inside sh -c "mkdir -p $drop_in && printf '%s\n' '[Service]' Type=exec WatchdogSec=0 Restart=no ExecStart= \
        'ExecStart=/bin/sh -c \"dd bs=8192 count=1 status=none >/dev/null && echo has read the kernel log\"' \
        >$drop_in/reader.conf && systemctl daemon-reload && systemctl restart forewarn.service"
    within 5 said_since "$from" ": has read the kernel log" || fail "the descriptor cannot be read"
    local status=$?
    quietly inside sh -c "rm -r $drop_in && systemctl daemon-reload && systemctl restart forewarn.service" && return $status
}

file_system_is_read_only() {
    local path
    quietly in_sandbox sh -c 'echo >/var/lib/forewarn/.written && rm /var/lib/forewarn/.written' || return 1
    for path in /etc/forewarn/x /usr/x /opt/x /proc/sys/kernel/x /sys/x; do
        ! in_sandbox sh -c "echo >$path" 2>/dev/null || fail "could write $path" || return 1
    done
}

probe_memory_is_readable() {
    local probe
    probe=$(probe_pid) || fail "the agent has no probe" || return 1
    # Only the real program knows of the small one.
    [[ $(http_get /metrics) == *stand-in* || $(readlink "/proc/$probe/exe") == */forewarn-probe ]] || fail "the probe is $(readlink "/proc/$probe/exe")" || return 1
    in_sandbox cat "/proc/$(sed -n 's/^NSpid:.*\t//p' "/proc/$probe/status")/smaps_rollup" | has '^Pss:'
}

# said_since SECONDS_OF_EPOCH PATTERN: in the unit's journal, which includes systemd's own lines about it.
said_since() { inside journalctl --quiet --no-pager -u "$unit.service" --since "@$1" | has "$2"; }

reloads() {
    local before since
    before=$(unit_property MainPID) since=$(date +%s)
    inside systemctl log-level debug
    inside systemctl reload forewarn.service
    within 5 said_since "$since" "notification message.*RELOADING=1" && within 5 said_since "$since" "READY=1" && within 5 active
    local status=$?
    inside systemctl log-level info
    [[ $status -eq 0 ]] || fail "no RELOADING and READY within 5 s" || return 1
    [[ $(unit_property MainPID) == "$before" ]] || fail "another process"
}

late_driver_is_let_in() {
    local major from status
    for major in {240..254}; do listed "$major" || break; done
    [[ $(opening "$major" 0 in_sandbox) == "Operation not permitted" ]] || fail "$major:0 was let in before" || return 1
    inside systemctl log-level debug
    from=$EPOCHREALTIME
    # The unit has a /proc of its own: both it and systemd are shown the loaded driver.
    inside sh -c "sed '/^Character/a $major nvidia' /proc/devices >/run/devices && mount --bind /run/devices /proc/devices &&
        mknod -m 0666 /dev/nvidia0 c $major 0 && mknod -m 0666 /dev/nvidiactl c $major 255" &&
        nsenter --target "$(agent_pid)" --mount mount --bind /run/devices /proc/devices &&
        let_in_after "$major" "$from"
    status=$?
    inside sh -c 'systemctl log-level info; rm -f /dev/nvidia0 /dev/nvidiactl; umount /proc/devices'
    quietly inside systemctl restart forewarn.service
    return "$status"
}
let_in_after() { # MAJOR EPOCH_SECONDS
    local said
    within 30 said_since "${2%.*}" "status=75" || fail "no exit 75 within 30 s" || return 1
    within 10 active || fail "not restarted" || return 1
    said=$(opening "$1" 0 in_sandbox)
    [[ $said == "No such device or address" ]] || fail "afterwards: $said" || return 1
    echo "$(seconds_since "$2") s"
}

wrong_configuration_ends_it() {
    [[ $(http_get /metrics) != *stand-in* ]] || { echo "the stand-in has no configuration"; return 77; }
    local file=/etc/forewarn/forewarn.conf.d/wrong.conf status=0
    inside sh -c "printf '[Sampling]\nFast=never\n' >$file; systemctl restart forewarn.service" 2>/dev/null && status=1 && fail "it starts"
    # Longer than RestartSec: a restart would have come.
    sleep 3
    [[ $(unit_property ActiveState) == failed && $(unit_property ExecMainStatus) == 2 ]] ||
        fail "state $(unit_property ActiveState), exit $(unit_property ExecMainStatus)" || status=1
    quietly inside sh -c "rm $file; systemctl restart forewarn.service" && within 5 active && return $status
}

watchdog_restarts() {
    local restarts from old
    restarts=$(unit_property NRestarts) from=$EPOCHREALTIME old=$(agent_pid)
    kill -STOP "$old"
    # WatchdogSec, the time to abort, RestartSec, and the start.
    within 50 restarted_after "$restarts" || { kill -CONT "$old"; fail "not restarted within 50 s"; return 1; }
    said_since "${from%.*}" "Watchdog timeout" || fail "restarted, but not by the watchdog" || return 1
    echo "$(seconds_since "$from") s"
}

restarts_beside_stuck_probe() {
    local probe status
    probe=$(probe_pid) || fail "the agent has no probe" || return 1
    freeze "$probe" && restarts_in_time "$probe"
    status=$?
    thaw
    [[ $status -eq 0 ]] || return 1
    within 5 eval "! [[ -e /proc/$probe ]]" || fail "the stuck probe outlives its thaw"
}
restarts_in_time() { # STUCK_PROBE
    local probe=$1 old from took
    old=$(agent_pid)
    from=$EPOCHREALTIME
    inside systemctl restart forewarn.service || return 1
    took=$(seconds_since "$from")
    active && [[ $(agent_pid) != "$old" ]] || fail "not active after the restart" || return 1
    grep -q '^State:.D' "/proc/$probe/status" || fail "the probe did not stay in uninterruptible sleep" || return 1
    awk -v took="$took" 'BEGIN { exit !(took <= 15) }' || fail "took $took s" || return 1
    within 5 quietly probe_pid && [[ $(probe_pid) != "$probe" ]] || fail "no new probe" || return 1
    echo "$took s"
}

# What was judged may tell of users and jobs: nobody else reads the database. The socket is everybody's; who may change what is asked by SO_PEERCRED.
modes_are_tight() {
    [[ $(http_get /metrics) != *stand-in* ]] || { echo "the stand-in has no store"; return 77; }
    local said
    said=$(inside stat -c '%a %U:%G %n' /var/lib/forewarn /run/forewarn /run/forewarn/forewarn.sock /var/lib/forewarn/events.db)
    diff <(printf '%s\n' '750 forewarn:forewarn /var/lib/forewarn' '755 forewarn:forewarn /run/forewarn' \
        '666 forewarn:forewarn /run/forewarn/forewarn.sock' '600 forewarn:forewarn /var/lib/forewarn/events.db') <(echo "$said") || return 1
    ! inside setpriv --reuid=nobody --regid=nogroup --clear-groups cat /var/lib/forewarn/events.db >/dev/null 2>&1 || fail "nobody reads the events"
}

reinstalls() {
    local events
    events=$(inside stat -c %i /var/lib/forewarn/events.db 2>/dev/null)
    quietly inside sh -c 'echo "# kept" >>/etc/forewarn/forewarn.conf && systemctl disable --now forewarn.service &&
        dpkg --force-confold -i /var/tmp/debs/*.deb' || return 1
    [[ $(inside systemctl is-enabled forewarn.service) == disabled ]] || fail "enabled again" || return 1
    ! active || fail "started although disabled" || return 1
    [[ $(inside stat -c %i /var/lib/forewarn/events.db 2>/dev/null) == "$events" ]] || fail "another event database" || return 1
    inside grep -q '^# kept' /etc/forewarn/forewarn.conf || fail "configuration overwritten" || return 1
    quietly inside systemctl enable --now forewarn.service && within 5 active
}

purge_leaves_nothing() {
    local uids uid unit
    uids=$(inside id -u forewarn && inside id -u forewarn-controller)
    inside rm -rf /run/systemd/system/forewarn.service.d
    # shellcheck disable=SC2046
    quietly inside dpkg -P $(our_packages) || return 1
    inventory >"$scratch/after"
    diff "$scratch/before" "$scratch/after" || return 1
    for unit in forewarn forewarn-controller; do
        [[ ! -e /proc/$leader/root/run/$unit ]] || fail "/run/$unit is left" || return 1
        [[ $(unit_property LoadState) == not-found && $(unit_property ActiveState) == inactive ]] || fail "$unit.service is left" || return 1
    done
    for uid in $uids; do [[ -z $(inside find /proc -maxdepth 1 -uid "$uid" 2>/dev/null) ]] || fail "a process of $uid is left" || return 1; done
}
