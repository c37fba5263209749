"""The processes that are measured, and what the kernel knows of them."""
import os
import pathlib
import signal
import socket
import struct
import subprocess
import time

import scrape

START_DEADLINE = 60  # s; far above the budget of 2 s, so that a slow start is a figure and not an error
STOP_DEADLINE = 15   # s; what systemd gives the unit, too
POLL = 0.005         # s between two looks at something that is starting


class NotMeasured(Exception):
    """Something could not be measured; the message says what and why."""


def cpu_seconds(pid):
    """CPU time of all threads of a process, in nanosecond steps: the kernel's CPUCLOCK_SCHED of another process (clock_getcpuclockid(3))."""
    return time.clock_gettime((~pid << 3) | 2)


def pss_bytes(pid):
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise NotMeasured(f"no Pss in /proc/{pid}/smaps_rollup")


def wait_for(condition, deadline, what, every=POLL):
    """Looks until the condition gives something true; returns that and the seconds it took."""
    start = time.monotonic()
    while time.monotonic() - start < deadline:
        if result := condition():
            return result, time.monotonic() - start
        time.sleep(every)
    raise NotMeasured(f"{what} did not come within {deadline} s")


def children(pid):
    """(pid, command line) of each direct child."""
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            if parent == pid:
                found.append((int(stat.parent.name), (stat.parent / "cmdline").read_bytes().split(b"\0")))
        except OSError:
            continue  # it ended meanwhile
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Child:
    """A process that we started and end by its own pid."""

    def __init__(self, command, log):
        self._log = open(log, "ab")
        self.started = time.monotonic()
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log, env=self.environment())
        self.pid = self._process.pid
        self._name = f"{os.path.basename(command[0])} ({log})"

    def environment(self):
        return {**os.environ}

    def require_alive(self):
        if self._process.poll() is not None:
            raise NotMeasured(f"{self._name} ended with code {self._process.returncode}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_DEADLINE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()


class Agent(Child):
    """The packaged agent on a simulated node of eight H100."""

    def __init__(self, setup, settings=(), node=None, environment=None):
        run = setup.run
        self._environment = environment or {}
        (run / "state").mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.root = run / "simulated"
        options = [option for name, value in settings for option in ("--set", f"{name}={value}")]
        super().__init__(
            [str(setup.program), "agent", "--simulate", "h100-8", "--listen", f"127.0.0.1:{self.port}",
             "--socket", str(run / "forewarn.sock"), "--state-dir", str(run / "state"), "--set", f"Agent.RuntimeDir={run}",
             "--set", f"Simulation.Directory={node or setup.native}", *options],
            run / "agent.log")

    def environment(self):
        return {**os.environ, **self._environment}

    def wait_complete(self):
        """Until a scrape shows all eight devices; returns the seconds since exec."""
        def look():
            self.require_alive()
            try:
                return scrape.is_complete(self.metrics())
            except OSError:
                return False
        wait_for(look, START_DEADLINE, "the first complete scrape")
        return time.monotonic() - self.started

    def metrics(self):
        with scrape.Connection(self.port) as connection:
            return scrape.Metrics(connection.get("/metrics", packed=True))

    @property
    def probe(self):
        probes = [pid for pid, words in children(self.pid) if b"probe" in words]
        if len(probes) != 1:
            raise NotMeasured(f"the agent has {len(probes)} probes where one is expected")
        return probes[0]


class BareLoop(Child):
    """The C loop on the agent's node."""

    def __init__(self, setup, agent, fast_ms, slow_ms):
        self._root = agent.root
        self._counter = setup.run / "bare_loop.sweeps"
        self._counter.unlink(missing_ok=True)
        super().__init__(
            [str(setup.bare_loop), str(agent.root / "lib" / "libnvidia-ml.so.1"), str(setup.calls), str(fast_ms), str(slow_ms), str(self._counter)],
            setup.run / "bare_loop.log")

    def environment(self):
        return {**os.environ, "FOREWARN_SIM_ROOT": str(self._root)}

    def sweeps(self):
        self.require_alive()
        try:
            data = self._counter.read_bytes()
        except FileNotFoundError:
            return 0
        return struct.unpack("=Q", data)[0] if len(data) == 8 else 0

    def wait_first_sweep(self):
        wait_for(self.sweeps, START_DEADLINE, "the bare loop's first sweep")
        return time.monotonic() - self.started
