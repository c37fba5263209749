"""A controller with ten thousand agents: what it costs, how soon it hears them, and how soon it decides. bench/fleet is the agents and the scheduler's answers."""
import datetime
import http.client
import json
import resource
import socket
import subprocess
import time

from processes import Child, NotMeasured, cpu_seconds, free_port, pss_bytes, wait_for

NODES, NODES_OF_JOB = 10_000, 16
HEARD_WITHIN = 180    # s: far above the budget of 60, so that a slow return is a figure
DECIDED_WITHIN = 120  # s
SETTLE = 30           # s after all are heard: connections are made, methods compiled, the first times are written
SINGLE, APART = 60, 2  # faults one after the other, and s between them
AT_ONCE = 1000
FURTHER_FILES = 500   # that a process has open beside its connections


def measure(setup, window):
    """Seconds of CPU a second, PSS, and seconds until all are heard and all is decided."""
    if (allowed := resource.getrlimit(resource.RLIMIT_NOFILE)[1]) < NODES + FURTHER_FILES:  # .NET takes as many as it is allowed
        raise NotMeasured(f"{allowed} open files are allowed; {NODES} connections need more")
    folder = setup.run / "fleet"
    folder.mkdir(parents=True)
    subprocess.run(["dotnet", setup.fleet, "site", str(folder), str(NODES), str(NODES_OF_JOB)], check=True, timeout=120)
    return _measured(setup, folder, window)


def _measured(setup, folder, window):
    with Controller(setup, folder) as controller, Agents(setup, folder, controller.port) as agents:
        _, first = wait_for(lambda: controller.heard() == NODES, HEARD_WITHIN, "the first report of every agent", 0.5)
        time.sleep(SETTLE)
        steady = _steady(controller, window)
        controller.restart()
        _, again = wait_for(lambda: controller.heard() == NODES, HEARD_WITHIN, "a report of every agent after the restart", 0.5)
        time.sleep(SETTLE)
        single = _decided(controller, {f"n{node}": _fail(agents, node, 1, 1, APART) for node in range(0, SINGLE * NODES_OF_JOB, NODES_OF_JOB)})
        # Four of each job's sixteen nodes.
        first_node, step = NODES // 2, 4
        asked = _fail(agents, first_node, AT_ONCE, step, 0)
        at_once = _decided(controller, {f"n{first_node + number * step}": asked for number in range(AT_ONCE)})
        return {**steady, "nodes": NODES, "first": first, "again": again, "single": single, "at once": at_once, "pss ill": pss_bytes(controller.pid)}


def _steady(controller, window):
    reports, busy, began, most = controller.reports(), cpu_seconds(controller.pid), time.monotonic(), 0
    while time.monotonic() - began < window:
        time.sleep(5)
        most = max(most, pss_bytes(controller.pid))
    took = time.monotonic() - began
    return {"cpu": (cpu_seconds(controller.pid) - busy) / took, "pss": most, "reports": (controller.reports() - reports) / took}


def _fail(agents, first, count, step, pause):
    """When it was asked for; returns after the controller has stored all of it, and the pause."""
    asked = time.time()
    stored = agents.ask(f"fail {first} {count} {step}")
    if stored["stored"] != count:
        raise NotMeasured(f"{stored['stored']} of {count} faults were taken")
    time.sleep(pause)
    return asked


def _decided(controller, asked):
    """Seconds from each fault until the journal has what was decided for it, in order."""
    def all_decided():
        fresh = [one for one in controller.incidents() if one["node"] in asked]
        return fresh if len(fresh) >= len(asked) and all(one.get("verdict") for one in fresh) else None

    fresh, _ = wait_for(all_decided, DECIDED_WITHIN, f"{len(asked)} decisions", 1)
    return sorted(controller.decided(one["id"]) - asked[one["node"]] for one in fresh)


class Controller(Child):
    def __init__(self, setup, folder):
        self.port = port = free_port()
        self._path, self._setup, self._folder = str(folder / "controller.sock"), setup, folder
        self._configuration = folder / "forewarn.conf"
        self._configuration.write_text(
            f"[Fleet]\nListen=127.0.0.1:{port}\nSocket={self._path}\nStateDir={folder / 'state'}\nSiteKeyFile={folder / 'site.key'}\n"
            f"CertFile={folder / 'controller.pem'}\nKeyFile={folder / 'controller.key'}\nLogLevel=warning\n"
            f"[Recovery]\nScheduler=slurm\nMode=observe\n[Topology]\nSlurm=no\n[Slurm]\nPrograms={folder / 'slurm'}\n")
        self._start()

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

    def incidents(self):
        return json.loads(self._get("/v1/incidents"))["incidents"]

    def decided(self, incident):
        told = json.loads(self._get(f"/v1/incidents/{incident}"))
        return next(datetime.datetime.fromisoformat(one["at"]).timestamp() for one in told["timeline"] if one["what"] == "decided")


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
