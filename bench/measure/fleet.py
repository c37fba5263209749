"""
A controller with ten thousand agents: what it costs, how soon it hears them, how soon it decides, and that it drains no more than its guards allow. bench/fleet is
the agents and the scheduler.
"""
import collections
import http.client
import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import time

from processes import Child, NotMeasured, cpu_seconds, free_port, pss_bytes, wait_for

NODES, AT_WORK, NODES_OF_JOB = 10_000, 8_000, 16
HEARD_WITHIN = 180    # s: far above the budget of 60, so that a slow return is a figure
DECIDED_WITHIN = 120  # s
SETTLE = 30           # s after all are heard: connections are made, methods compiled, the first times are written
SINGLE, APART = 60, 2  # faults one after the other, and s between them
AT_ONCE, FIRST, STEP = 1000, NODES // 2, 4  # three quarters of them on nodes with jobs, four to a job; the others on free ones
# The defaults of [Recovery]; docs/moving-work.md.
MOST_OUT, DRAINS, WINDOW = 0.05, 10, 300
FEW_OUT = 0.005       # of 10,000: fewer than fail, so that the share stops what the rate lets
SETTLED = 20          # s without another drain, which is some looks: what was to be drained is
FURTHER_FILES = 500   # that a process has open beside its connections


def measure(setup, window):
    """Seconds of CPU a second, PSS, and seconds until all are heard and all is decided."""
    if (allowed := resource.getrlimit(resource.RLIMIT_NOFILE)[1]) < NODES + FURTHER_FILES:  # .NET takes as many as it is allowed
        raise NotMeasured(f"{allowed} open files are allowed; {NODES} connections need more")
    folder = setup.run / "fleet"
    folder.mkdir(parents=True)
    subprocess.run(["dotnet", setup.fleet, "site", str(folder), str(NODES), str(AT_WORK), str(NODES_OF_JOB)], check=True, timeout=120)
    return _measured(setup, folder, window)


def _measured(setup, folder, window):
    with Controller(setup, folder) as controller, Agents(setup, folder, controller.port) as agents:
        _, first = wait_for(lambda: controller.heard() == NODES, HEARD_WITHIN, "the first report of every agent", 0.5)
        time.sleep(SETTLE)
        steady = _steady(controller, window)
        controller.restart()
        _, again = wait_for(lambda: controller.heard() == NODES, HEARD_WITHIN, "a report of every agent after the restart", 0.5)
        time.sleep(SETTLE)
        single = _one_by_one(controller, agents)
        controller.reload(mode="auto")
        at_once, refused, drained = _all_at_once(controller, agents)
        return {**steady, "nodes": NODES, "first": first, "again": again, "single": single, "at once": at_once, "refused": refused, "drained": drained,
                "pss ill": pss_bytes(controller.pid)}


def _steady(controller, window):
    reports, busy, began, most = controller.reports(), cpu_seconds(controller.pid), time.monotonic(), 0
    while time.monotonic() - began < window:
        time.sleep(5)
        most = max(most, pss_bytes(controller.pid))
    took = time.monotonic() - began
    return {"cpu": (cpu_seconds(controller.pid) - busy) / took, "pss": most, "reports": (controller.reports() - reports) / took}


def _one_by_one(controller, agents):
    """Seconds from each fault until the journal had what was decided, in order. The controller observes; afterwards all are well again."""
    seconds = []
    for number in range(SINGLE):
        seconds += _decided(controller, *_fail(agents, number * NODES_OF_JOB, 1, 1))
        time.sleep(APART)
    agents.ask(f"heal 0 {SINGLE} {NODES_OF_JOB}")
    wait_for(lambda: controller.open() == 0, DECIDED_WITHIN, "the end of every trouble", 0.5)
    return sorted(seconds)


def _all_at_once(controller, agents):
    """The same of all at once, in auto; who refused what, by guard; and (drained, allowed) by each of two limits: first the rate, and without it the share."""
    began = time.monotonic()
    nodes, asked = _fail(agents, FIRST, AT_ONCE, STEP)
    seconds = _decided(controller, nodes, asked)
    by_rate = _settled(controller)
    windows = 1 + int((time.monotonic() - began) / WINDOW)
    refused = collections.Counter(guard for node, guard in controller.journal.guards.items() if node in nodes and guard)
    controller.reload(mode="auto", share=FEW_OUT, drains=NODES)
    limits = [(by_rate, min(int(NODES * MOST_OUT), DRAINS * windows)), (_settled(controller), int(NODES * FEW_OUT))]
    for drained, allowed in limits:
        if drained > allowed:
            raise NotMeasured(f"{drained} nodes were drained, and the guards allow {allowed}")
    return seconds, refused, limits


def _settled(controller):
    """How many nodes are drained when no further one follows."""
    drained, since = controller.drained(), time.monotonic()
    while time.monotonic() - since < SETTLED:
        time.sleep(0.5)
        if (now := controller.drained()) != drained:
            drained, since = now, time.monotonic()
    return drained


def _fail(agents, first, count, step):
    """The nodes, and when it was asked for; returns after the controller has stored all of it."""
    asked = time.time()
    stored = agents.ask(f"fail {first} {count} {step}")
    if stored["stored"] != count:
        raise NotMeasured(f"{stored['stored']} of {count} faults were taken")
    return {f"n{first + number * step}" for number in range(count)}, asked


def _decided(controller, nodes, asked):
    """Seconds from the faults until the journal has a decision about each of these nodes, in order."""
    def all_decided():
        controller.journal.look()
        return controller.journal.decided.keys() >= nodes

    wait_for(all_decided, DECIDED_WITHIN, f"decisions about {len(nodes)} nodes", 0.02)
    return sorted(controller.journal.decided[node] - asked for node in nodes)


class Journal:
    """The controller's decisions, read from its file as they are written."""

    def __init__(self, path):
        self._lines = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self._last = 0
        self.decided, self.guards = {}, {}  # by node: when its first decision was seen; who refused in the last

    def look(self):
        fresh, now = self._lines.execute("SELECT id, kind, line FROM lines WHERE id > ? ORDER BY id", (self._last,)).fetchall(), time.time()
        for number, kind, line in fresh:
            self._last = number
            if kind != "decision":
                continue
            decision = json.loads(line)["decision"]
            for node in decision["nodes"]:
                self.decided.setdefault(node, now)
                self.guards[node] = decision["guard"]


class Controller(Child):
    """The packaged controller, with the environment that its unit gives it."""

    def __init__(self, setup, folder):
        self.port = port = free_port()
        self._path, self._setup, self._folder = str(folder / "controller.sock"), setup, folder
        self._configuration = folder / "forewarn.conf"
        self._configure("observe", MOST_OUT, DRAINS)
        self._start()
        self.journal = Journal(folder / "state" / "journal.db")

    def environment(self):
        unit = self._setup.program.parents[1] / "systemd/system/forewarn-controller.service"
        return {**os.environ, **dict(line.removeprefix("Environment=").split("=", 1) for line in unit.read_text().splitlines() if line.startswith("Environment="))}

    # What is told to owners stands with the jobs, which this scheduler does not change.
    def _configure(self, mode, share, drains):
        folder = self._folder
        self._configuration.write_text(
            f"[Fleet]\nListen=127.0.0.1:{self.port}\nSocket={self._path}\nStateDir={folder / 'state'}\nSiteKeyFile={folder / 'site.key'}\n"
            f"CertFile={folder / 'controller.pem'}\nKeyFile={folder / 'controller.key'}\nLogLevel=warning\n"
            f"[Recovery]\nScheduler=slurm\nMode={mode}\nMaxDrainedShare={share}\nDrainsPerWindow={drains}\nRateWindow={WINDOW}s\nTellOwners=no\n"
            f"[Topology]\nSlurm=no\nSiteFile={folder / 'topology'}\n[Slurm]\nPrograms={folder / 'slurm'}\n")

    def reload(self, mode, share=MOST_OUT, drains=DRAINS):
        self._configure(mode, share, drains)
        self._process.send_signal(signal.SIGHUP)
        wait_for(lambda: self._partition() == (mode, int(NODES * share)), 30, "the other settings", 0.1)

    def _partition(self):
        told = json.loads(self._get("/v1/status"))["work"]["partitions"][0]
        return told["mode"].lower(), told["most"]

    def _start(self):
        super().__init__([str(self._setup.program), "controller", "--config", str(self._configuration)], self._folder / "controller.log")
        wait_for(self._answers, 30, "an answer of the controller")

    def restart(self):
        super().__exit__()
        self._start()

    def _answers(self):
        self.require_alive()
        try:
            return self._get("/healthz") is not None
        except OSError:
            return False

    def _get(self, path):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel:
            channel.settimeout(30)
            channel.connect(self._path)
            connection = http.client.HTTPConnection("controller")
            connection.sock = channel
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise NotMeasured(f"{path}: {answer.status} {body[:200]}")
            return body

    def _metric(self, name):
        return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in self._get("/metrics").decode().splitlines() if line.startswith(name)}

    def heard(self):
        self.require_alive()
        return sum(count for series, count in self._metric("forewarn_fleet_nodes{").items() if "unknown" not in series.lower())

    def reports(self):
        return sum(self._metric("forewarn_fleet_reports_total").values())

    def open(self):
        return self._metric("forewarn_recovery_incidents_open")["forewarn_recovery_incidents_open"]

    def drained(self):
        self.require_alive()
        return len({line.partition("|")[0] for line in (self._folder / "slurm" / "drained").read_text().splitlines()})


class Agents(Child):
    """All agents in one process; orders go in a line each, and a line comes back."""

    def __init__(self, setup, folder, port):
        self._log = open(folder / "agents.log", "ab")
        self._process = subprocess.Popen(["dotnet", setup.fleet, "agents", str(folder), str(port), str(NODES)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True)
        self.pid, self._name = self._process.pid, f"the agents ({folder / 'agents.log'})"

    def ask(self, order):
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise NotMeasured(f"no answer to {order!r}: {self._name}")
        return json.loads(answer)
