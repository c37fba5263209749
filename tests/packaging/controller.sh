# shellcheck shell=bash
# shellcheck disable=SC2016,SC2034,SC2154  # text for other shells; `unit` is read by what is called; variables of nspawn.sh
# The checks of the controller's unit, for nspawn.sh: it and an agent on one machine, as docs/fleet.md and docs/reports.md set them up.

# Only the real program has a controller.
controller_is_there() { [[ $(http_get /metrics) != *stand-in* ]] || { echo "the stand-in has no controller"; return 77; }; }

controller_waits() {
    local unit=forewarn-controller
    [[ $(inside systemctl is-enabled "$unit.service") == disabled ]] || fail "it is enabled" || return 1
    [[ $(unit_property ActiveState) == inactive ]] || fail "it is $(unit_property ActiveState)" || return 1
    inside test ! -e /var/lib/forewarn-controller || fail "it has run: /var/lib/forewarn-controller is there"
}

controller_starts() {
    local unit=forewarn-controller
    controller_is_there || return
    # No openssl in a minimal root: another program for the same 64 letters.
    quietly inside sh -c 'umask 027; od -An -N32 -tx1 /dev/urandom | tr -d " \n" >/etc/forewarn/site.key &&
        chgrp forewarn-controller /etc/forewarn/site.key && systemctl enable --now forewarn-controller' || return 1
    becomes_active
}

controller_unit_verifies() { local unit=forewarn-controller; unit_verifies; }
controller_exposure_is_low() { local unit=forewarn-controller; exposure_is_low; }
controller_runs_unprivileged() {
    local unit=forewarn-controller
    controller_is_there && runs_unprivileged
}

controller_is_shut_in() {
    local unit=forewarn-controller path
    controller_is_there || return
    quietly in_sandbox sh -c 'echo >/var/lib/forewarn-controller/.written && rm /var/lib/forewarn-controller/.written' || return 1
    for path in /etc/forewarn/x /var/lib/forewarn/x /run/forewarn/x /usr/x /opt/x /proc/sys/kernel/x /sys/x; do
        ! in_sandbox sh -c "echo >$path" 2>/dev/null || fail "could write $path" || return 1
    done
    for path in /dev/kmsg /dev/nvidiactl /dev/mem; do in_sandbox test ! -e "$path" || fail "sees $path" || return 1; done
    ! in_sandbox cat /var/lib/forewarn/events.db >/dev/null 2>&1 || fail "reads the agent's events"
}

controller_drop_in=/etc/systemd/system/forewarn-controller.service.d
checkpoints_drop_in() {
    local unit=forewarn-controller measured sets said
    controller_is_there || return
    inside sh -c "mkdir -p $controller_drop_in && ln -s /usr/lib/forewarn/checkpoints.conf $controller_drop_in/ && systemctl daemon-reload &&
        systemctl restart $unit.service" && within 10 active || fail "does not start with it" || return 1
    measured=$(exposure) sets=$(capability_sets)
    inside sh -c "rm $controller_drop_in/checkpoints.conf && rmdir $controller_drop_in && systemctl daemon-reload && systemctl restart $unit.service" || return 1
    # CAP_SETGID and CAP_SETUID are bits 6 and 7 (linux/capability.h).
    [[ $sets == 00000000000000c0 ]] || fail "capabilities $sets" || return 1
    said=$(inside sed -n 's/.*exposure \([0-9.]*\).*/\1/p' /usr/lib/forewarn/checkpoints.conf)
    [[ $said == "$measured" ]] || fail "its comment says exposure $said, measured $measured" || return 1
    echo "exposure $measured"
}

# examine_as_unit UNIT: what the controller's child says of the folder of user games, in a service that is the controller's but for what it runs.
examine_as_unit() {
    local unit=$1
    inside sh -c "sed -e 's/^Type=.*/Type=oneshot/' -e 's#^ExecStart=.*#ExecStart=/bin/sh /srv/look#' \
        -e '/^\(NotifyAccess\|ExecReload\|Watchdog\|Restart\|RuntimeDirectory\|StateDirectory\)/d' \
        /usr/lib/systemd/system/forewarn-controller.service >/run/systemd/system/$unit.service && systemctl daemon-reload && systemctl start $unit.service;
        journalctl --no-pager --output=cat --unit=$unit.service"
}
checkpoints_are_read() {
    local without with
    controller_is_there || return
    # It ends with its standard input, and a service has none.
    quietly inside sh -c "mkdir -p /srv/ckpt/step-100 && echo x >/srv/ckpt/step-100/model.pt && chown -R games:games /srv/ckpt && chmod 0700 /srv/ckpt &&
        echo '{\"Root\":\"/srv/ckpt\",\"Now\":\"2026-11-22T12:00:00Z\",\"User\":\"games\"}' >/srv/order &&
        echo 'sleep 5 | forewarn examine-checkpoint \"\$(cat /srv/order)\"' >/srv/look && chmod 0644 /srv/order /srv/look" || return 1
    without=$(examine_as_unit forewarn-looks-without)
    quietly inside sh -c "mkdir -p /run/systemd/system/forewarn-looks-with.service.d &&
        ln -s /usr/lib/forewarn/checkpoints.conf /run/systemd/system/forewarn-looks-with.service.d/" || return 1
    with=$(examine_as_unit forewarn-looks-with)
    quietly inside sh -c "rm -r /srv/ckpt /srv/order /srv/look /run/systemd/system/forewarn-looks-* && systemctl daemon-reload" || return 1
    has 'can look as somebody else' <<<"$without" || fail "without it: $without" || return 1
    has '"At":"step-100"' <<<"$with" || fail "with it: $with"
}

agent_reports() {
    local drop_in=/run/systemd/system/forewarn.service.d from=$EPOCHREALTIME
    controller_is_there || return
    quietly inside sh -c "umask 077; forewarn fleet token machine-under-test >/etc/forewarn/controller-token &&
        printf '%s\n' '[Reports]' Url=http://127.0.0.1:9798 Node=machine-under-test \
            TokenFile=/run/credentials/forewarn.service/controller-token >/etc/forewarn/forewarn.conf.d/reports.conf &&
        chmod 0644 /etc/forewarn/forewarn.conf.d/reports.conf && mkdir -p -m 0755 $drop_in &&
        printf '%s\n' '[Service]' LoadCredential=controller-token:/etc/forewarn/controller-token >$drop_in/token.conf &&
        chmod 0644 $drop_in/token.conf && systemctl daemon-reload && systemctl restart forewarn.service" || return 1
    within 20 fleet_shows_node || fail "after 20 s: $(inside forewarn fleet; inside forewarn status)" || return 1
    quietly inside forewarn fleet node machine-under-test || return 1
    [[ $(http_get /healthz 9798) == HTTP/1.?\ 200* ]] || fail "no answer on its port" || return 1
    [[ $(http_get /v1/fleet 9798) == HTTP/1.?\ 401* ]] || fail "its port tells of the nodes to whoever asks" || return 1
    echo "$(seconds_since "$from") s after the agent's restart"
}
# As an ordinary user sees it: the agent is heard, and eight cards are told of where a simulated node is served.
fleet_shows_node() {
    local devices=0
    ! our_packages | has -x forewarn-simulator || devices=8
    inside setpriv --reuid=nobody --regid=nogroup --clear-groups forewarn fleet --json |
        tr -d ' \n' | has -E "\"name\":\"machine-under-test\".*\"current\":true.*\"device_count\":${devices}[,}]"
}

controller_modes_are_tight() {
    local said state=/var/lib/forewarn-controller run=/run/forewarn-controller
    controller_is_there || return
    said=$(inside stat -c '%a %U:%G %n' $state $state/fleet.db $run $run/controller.sock /etc/forewarn/site.key)
    diff <(printf '%s\n' "750 forewarn-controller:forewarn-controller $state" "600 forewarn-controller:forewarn-controller $state/fleet.db" \
        "755 forewarn-controller:forewarn-controller $run" "666 forewarn-controller:forewarn-controller $run/controller.sock" \
        '640 root:forewarn-controller /etc/forewarn/site.key') <(echo "$said") || return 1
    ! in_sandbox cat /etc/forewarn/site.key >/dev/null 2>&1 || fail "the agent reads the site's key"
}

controller_restarts() {
    local unit=forewarn-controller restarts from old
    controller_is_there || return
    restarts=$(unit_property NRestarts) old=$(main_pid) from=$EPOCHREALTIME
    kill -KILL "$old"
    within 10 restarted_after "$restarts" || fail "not restarted within 10 s" || return 1
    # The agent tries again after 30 s at most.
    within 40 fleet_shows_node || fail "the node is not heard again: $(inside forewarn fleet)" || return 1
    echo "heard again after $(seconds_since "$from") s"
}

controller_outlives_upgrade() {
    local unit=forewarn-controller old
    controller_is_there || return
    old=$(unit_property MainPID)
    quietly inside sh -c 'dpkg --force-confold -i /var/tmp/debs/*.deb' || return 1
    [[ $(inside systemctl is-enabled "$unit.service") == enabled ]] || fail "not enabled any more" || return 1
    within 5 active && [[ $(unit_property MainPID) != "$old" ]] || fail "it runs from the old files, or not at all" || return 1
    within 40 fleet_shows_node || fail "the node is not heard again: $(inside forewarn fleet)"
}
