"""How fast /metrics is served, beside others that serve the same series in the same run."""
import contextlib
import os
import pathlib
import statistics
import subprocess
import time
import urllib.request

import samples
import scrape
from processes import START_DEADLINE, Agent, Child, NotMeasured, free_port, wait_for

CLIENTS = (1, 4)
SETTLE = 5  # s after the first complete scrape: what the agent says of itself is complete, too
# What an exporter says of itself cannot be switched off altogether; it is a handful of lines beside ours.
OF_NODE_EXPORTER = ("node_", "promhttp_")


class NodeExporter(Child):
    """Debian's prometheus-node-exporter with the textfile collector alone."""

    def __init__(self, run, folder):
        self.port = free_port()
        super().__init__(
            # Debian's build keeps itself to one processor unless it is told otherwise; we do not.
            ["/usr/bin/prometheus-node-exporter", f"--runtime.gomaxprocs={os.cpu_count()}", f"--web.listen-address=127.0.0.1:{self.port}", "--web.disable-exporter-metrics",
             "--collector.disable-defaults", "--collector.textfile", f"--collector.textfile.directory={folder}"],
            run / "node_exporter.log")


class PythonClient(Child):
    """Debian's python3-prometheus-client: python_client.py says how."""

    def __init__(self, run, saved):
        self.port = free_port()
        # Debian's own interpreter: another one does not see Debian's packages.
        super().__init__(["/usr/bin/python3", "-B", str(pathlib.Path(__file__).with_name("python_client.py")), str(self.port), str(saved)],
                         run / "python_client.log")


class BareServer(Child):
    """native/serve.c: the same bytes, and nothing done for them. One connection at a time."""

    def __init__(self, setup, saved):
        self.port = free_port()
        super().__init__([str(setup.load.with_name("serve")), str(self.port), str(saved)], setup.run / "serve.log")


def measure(setup, rounds, seconds):
    """{(who, what, connections): {rate, p50, p99}}, the size of each answer, and how many series there are."""
    with contextlib.ExitStack() as stack:
        agent = stack.enter_context(Agent(setup))
        agent.wait_complete()
        time.sleep(SETTLE)
        folder = setup.run / "textfile"
        folder.mkdir()
        saved = folder / "forewarn.prom"
        text = _get(agent.port)
        saved.write_text(text)
        others = {"node_exporter": stack.enter_context(NodeExporter(setup.run, folder)),
                  "python": stack.enter_context(PythonClient(setup.run, saved))}
        wanted = samples.parse(text)
        for name, child in others.items():
            _require_same(name, wanted, samples.parse(_first(child)))
        others["bare"] = stack.enter_context(BareServer(setup, saved))
        _require_same("bare", wanted, samples.parse(_first(others["bare"])))
        # Ours goes on measuring; its values move, its series do not.
        if missing := wanted.keys() ^ samples.parse(_get(agent.port)).keys():
            raise NotMeasured(f"series came or went between two scrapes: {sorted(missing)[:3]}")
        ports = {"ours": agent.port, **{name: child.port for name, child in others.items()}}
        return {**_in_turn(setup, ports, rounds, seconds), "series": len(wanted)}


def _in_turn(setup, ports, rounds, seconds):
    """One after the other in each round, so that what else the machine does meets all of them; the median of the rounds."""
    targets = [(who, what, clients) for clients in CLIENTS for what in ("plain", "gzip") for who in ports if who != "bare"]
    targets += [("bare", "plain", 1)]
    targets += [("ours", "health", clients) for clients in CLIENTS]
    heard = {target: [] for target in targets}
    for turn in range(-1, rounds):  # the first so that all is loaded
        for target in targets:
            who, what, clients = target
            figures = _load(setup, ports[who], what, clients, seconds)
            if turn >= 0:
                heard[target].append(figures)
    return {
        "figures": {target: {name: statistics.median(each[name] for each in all_) for name in ("rate", "p50", "p99")}
                    for target, all_ in heard.items()},
        "sizes": {target[:2]: all_[-1]["size"] for target, all_ in heard.items()},
    }


def _load(setup, port, what, clients, seconds):
    request = setup.run / f"{what}.request"
    request.write_bytes(scrape.Connection.request("/healthz" if what == "health" else "/metrics", packed=what == "gzip"))
    done = subprocess.run([str(setup.load), str(port), str(clients), str(seconds), str(request)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotMeasured(done.stderr.strip())
    answers, took, p50, p99, size = map(float, done.stdout.split())
    return {"rate": answers / took, "p50": p50, "p99": p99, "size": size}


def _require_same(name, wanted, found):
    if said := samples.differences(wanted, found, OF_NODE_EXPORTER):
        raise NotMeasured(f"{name} serves other samples: {'; '.join(said[:3])} and {len(said)} in all")


def _first(child):
    def look():
        child.require_alive()
        try:
            return _get(child.port)
        except OSError:
            return None
    return wait_for(look, START_DEADLINE, "the first answer")[0]


def _get(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=START_DEADLINE) as answer:
        return answer.read().decode()
