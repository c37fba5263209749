"""Points a second that the agent brings to a server from its spool, and what the same server takes from a client in C."""
import gzip
import os
import struct
import subprocess
import time
import urllib.request

from processes import START_DEADLINE, Agent, Child, NotMeasured, free_port, wait_for

DATABASE = "bench"
# The agent collects while its server is away: the shortest interval there is, so that the spool holds much after little time.
INTERVAL_MS = 50
LOOK = 0.2              # s between two scrapes that say how far it is: each takes time from what is measured
DRAINED_DEADLINE = 120  # s; the longest pause between two attempts is one of them


class Sink(Child):
    """Takes every body at once and keeps it: native/sink.c."""

    def __init__(self, setup, port):
        self._bodies = setup.run / "bodies"
        super().__init__([str(setup.sink), str(port), str(self._bodies)], setup.run / "sink.log")

    def bodies(self):
        """(arrival in ns, body) of each request."""
        data, at, found = self._bodies.read_bytes(), 0, []
        while at < len(data):
            arrival, size = struct.unpack_from("=QQ", data, at)
            found.append((arrival, data[at + 16:at + 16 + size]))
            at += 16 + size
        return found


class Influxd(Child):
    """Debian's influxdb, version 1."""

    def __init__(self, setup, port):
        self._folder, self._port, self._rpc = setup.run / "influxdb", port, free_port()
        super().__init__(["/usr/bin/influxd"], setup.run / "influxd.log")

    def environment(self):
        return {**os.environ, "HOME": str(self._folder), "INFLUXDB_REPORTING_DISABLED": "true", "INFLUXDB_HTTP_LOG_ENABLED": "false",
                "INFLUXDB_BIND_ADDRESS": f"127.0.0.1:{self._rpc}", "INFLUXDB_HTTP_BIND_ADDRESS": f"127.0.0.1:{self._port}",
                "INFLUXDB_META_DIR": str(self._folder / "meta"), "INFLUXDB_DATA_DIR": str(self._folder / "data"),
                "INFLUXDB_DATA_WAL_DIR": str(self._folder / "wal")}

    def create_database(self):
        def ask():
            self.require_alive()
            try:
                request = urllib.request.Request(f"http://127.0.0.1:{self._port}/query?q=CREATE+DATABASE+{DATABASE}", method="POST")
                with urllib.request.urlopen(request, timeout=START_DEADLINE) as answer:
                    return answer.status == 200
            except OSError:
                return False
        wait_for(ask, START_DEADLINE, "influxd's first answer")


def measure(setup, collect, seconds):
    """Points a second from the agent to a sink, to influxd, and from native/load.c to influxd with one of the same bodies."""
    port = free_port()
    with Influxd(setup, port) as server:
        server.create_database()
    to_sink, points, body = _drain_to_sink(setup, port, collect)
    to_influxd = _drain_to_influxd(setup, port, collect)
    with Influxd(setup, port) as server:
        server.create_database()
        bare = _load(setup, port, body, seconds)
    return {"sink": to_sink, "influxd": to_influxd, "bare": bare * points, "points": points, "body": len(body)}


def _agent(setup, port):
    settings = {"Sampling.Fast": f"{INTERVAL_MS}ms", "Influx.Enabled": "true", "Influx.Url": f"http://127.0.0.1:{port}",
                "Influx.Database": DATABASE, "Influx.Interval": f"{INTERVAL_MS}ms", "Influx.SpoolDir": setup.run / "spool"}
    return Agent(setup, settings.items())


def _drain_to_sink(setup, port, collect):
    """By the sink's own clock and by what lies in the bodies; the first comes alone, as an attempt, and does not count."""
    with _agent(setup, port) as agent:
        agent.wait_complete()
        time.sleep(collect)
        with Sink(setup, port) as sink:
            _drained(agent)
        bodies = sink.bodies()
    # What was collected while the spool was emptied came at the pace of sampling, not of sending.
    counts = [gzip.decompress(body).count(b"\n") for _, body in bodies]
    full = _backlog(counts, collect)
    took = (bodies[full - 1][0] - bodies[0][0]) / 1e9
    usual = sorted(range(full), key=counts.__getitem__)[full // 2]
    return sum(counts[1:full]) / took, counts[usual], bodies[usual][1]


def _backlog(counts, collect):
    """How many of the bodies were waiting when the server came back."""
    full = min(len(counts), int(collect * 1000 / INTERVAL_MS))
    if full < 10:
        raise NotMeasured(f"{len(counts)} bodies came from the spool")
    return full


def _drain_to_influxd(setup, port, collect):
    """By the agent's own counter: influxd does not say when it took what."""
    with _agent(setup, port) as agent:
        agent.wait_complete()
        time.sleep(collect)
        held = agent.metrics().value("forewarn_exporter_points_held", exporter="influx")
        with Influxd(setup, port) as server:
            wait_for(lambda: server.require_alive() or _written(agent) > 0, DRAINED_DEADLINE, "the first point to influxd", LOOK)
            began, first = time.monotonic(), _written(agent)
            wait_for(lambda: _written(agent) >= held, DRAINED_DEADLINE, "the last point of the spool", LOOK)
            return (_written(agent) - first) / (time.monotonic() - began)


def _drained(agent):
    def look():
        return agent.metrics().value("forewarn_exporter_spool_batches", exporter="influx") == 0 and _written(agent) > 0
    wait_for(look, DRAINED_DEADLINE, "the end of the spool", LOOK)


def _written(agent):
    return agent.metrics().value("forewarn_exporter_points_written_total", exporter="influx")


def _load(setup, port, body, seconds):
    """Requests a second."""
    request = setup.run / "write.request"
    head = (f"POST /write?db={DATABASE}&precision=ns HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\n"
            f"Content-Length: {len(body)}\r\n\r\n")
    request.write_bytes(head.encode() + body)
    done = subprocess.run([str(setup.load), str(port), "1", str(seconds), str(request)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotMeasured(done.stderr.strip())
    answers, took, *_ = map(float, done.stdout.split())
    return answers / took
