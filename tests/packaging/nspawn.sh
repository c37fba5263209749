#!/bin/bash
# Installs the given Debian packages in a freshly booted minimal Debian, puts the service through what a node does to it,
# and purges them again. As root; needs debootstrap and systemd-container.
#   nspawn.sh DEB...
# The Debian root is cached in $FOREWARN_TEST_CACHE (by default artifacts/cache). One line per check, a count at the end.
set -uo pipefail

here=$(dirname "$(realpath "$0")")

if [[ ${1:-} != --inside ]]; then
    [[ $# -gt 0 ]] || { sed -n '4s/^# *//p' "$0" >&2; exit 2; }
    [[ $EUID -eq 0 ]] || { echo "nspawn.sh: needs root" >&2; exit 2; }
    for tool in debootstrap systemd-nspawn nsenter unshare; do
        command -v "$tool" >/dev/null || { echo "nspawn.sh: needs $tool (Debian: debootstrap systemd-container)" >&2; exit 2; }
    done
    # shellcheck source=tests/packaging/outside.sh
    . "$here/outside.sh"
    run_inside "$0" "$@"
    exit
fi

scratch=$2 cgroup_unified=$3 cgroup_name=$4 freezer=$5 cache=$6
shift 6
debs=("$@")
# shellcheck source=tests/packaging/container.sh
. "$here/container.sh"
# shellcheck source=tests/packaging/checks.sh
. "$here/checks.sh"
# shellcheck source=tests/packaging/controller.sh
. "$here/controller.sh"

passed=0 failed=0 skipped=0
# check NAME FUNCTION: a function that prints why and returns 1 has failed, 77 is a skip.
check() {
    local text status
    text=$($2 2>&1)
    status=$?
    case $status in
    0) passed=$((passed + 1)) && echo "ok    $1${text:+ ($text)}" ;;
    77) skipped=$((skipped + 1)) && echo "skip  $1${text:+ ($text)}" ;;
    *) failed=$((failed + 1)) && printf 'FAIL  %s\n' "$1" && printf '%s\n' "$text" | tail -n 40 | sed 's/^/      /' ;;
    esac
}

lower=$(prepare_root "$cache") || { echo "$lower"; exit 1; }
offline=$(mount_root "$lower" offline)
root=$(mount_root "$lower" booted)
for target in "$offline" "$root"; do mkdir "$target/var/tmp/debs" && cp "${debs[@]}" "$target/var/tmp/debs"; done

check "installs and purges where systemd does not run" installs_offline
boot "$root" || { echo "FAIL  the machine does not boot"; exit 1; }
inventory >"$scratch/before"
check "installs with no package beyond the minimal root" installs
check "is active within 5 s of its installation" becomes_active
check "the unit file has no mistakes" unit_verifies
check "alerts and dashboards are there for everybody" alerts_are_there
check "status answers, also an ordinary user" status_answers
check "/metrics answers" metrics_answer
check "doctor finds no problem with the installation, also an ordinary user" doctor_answers
check "systemd-analyze security: at most 2.0" exposure_is_low
check "privileged.conf adds CAP_SYS_ADMIN and no more" privileged_drop_in
check "runs as its own user without any capability" runs_unprivileged
check "a device node of NVIDIA's major without a driver: ENXIO" nvidia_major_is_let_through
check "a device node that is not listed: EPERM" unlisted_devices_are_refused
check "standard input is the kernel log, readable without a capability" kernel_log_is_readable
check "nothing can be written but its own state" file_system_is_read_only
check "a driver that comes later is let in by exit 75" late_driver_is_let_in
check "a simulated node of eight cards is served" simulated_node_is_served
check "the agent may read its probe's memory account" probe_memory_is_readable
check "reload: same process, RELOADING and READY" reloads
check "a wrong configuration: exit 2, no restart" wrong_configuration_ends_it
check "SIGSTOP of the agent: restarted by the watchdog" watchdog_restarts
check "restart with a probe in uninterruptible sleep: at most 15 s" restarts_beside_stuck_probe
check "state and socket: who may read and write them" modes_are_tight
check "the controller is installed, and neither enabled nor started" controller_waits
check "the controller starts as the documentation sets it up" controller_starts
check "the controller's unit file has no mistakes" controller_unit_verifies
check "the controller, systemd-analyze security: at most 2.0" controller_exposure_is_low
check "the controller runs as its own user without any capability" controller_runs_unprivileged
check "the controller can write nothing but its own state, and sees no device" controller_is_shut_in
check "checkpoints.conf adds CAP_SETUID and CAP_SETGID and no more" checkpoints_drop_in
check "with it, and only with it, a job's checkpoints are read as the job's user" checkpoints_are_read
check "an agent reports with the token of its node, and the fleet shows it" agent_reports
check "the controller's files: who may read and write them" controller_modes_are_tight
check "kill -9 of the controller: restarted, and the node is heard again" controller_restarts
check "a second installation starts the controller again where it ran" controller_outlives_upgrade
check "a second installation keeps the administrator's choices and the events" reinstalls
check "purge leaves nothing" purge_leaves_nothing
shut_down
echo "$passed passed, $failed failed, $skipped skipped"
[[ $failed -eq 0 ]]
