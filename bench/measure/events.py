"""From the moment at which the agent sees an event until a reader of the stream has it, and what the disk alone takes of that."""
import datetime
import http.client
import json
import os
import socket
import threading
import time
import urllib.request

from processes import START_DEADLINE, Agent, NotMeasured, wait_for

CODES = range(200, 330)  # Xids that nobody has given a meaning: each code on each card is an event of its own
GPUS = 8
PAUSE = 0.02             # s between two: each is a commit of its own
APPENDED = 8192          # bytes: an event is a page or two of SQLite's log
DEADLINE = 60


class Injector(http.client.HTTPConnection):
    """The agent's socket, kept open."""

    def __init__(self, path):
        super().__init__("agent", timeout=START_DEADLINE)
        self._path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self._path)

    def inject(self, fault):
        self.request("POST", "/v1/simulation/inject", fault)
        answer = self.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise NotMeasured(f"{fault}: {body.decode()}")


class Reader(threading.Thread):
    """Notes how old each event is when it has it; both clocks are this machine's."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self._answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/events/stream", timeout=DEADLINE)
        self.ages, self.held = {}, 0

    def run(self):
        for line in self._answer:
            now = time.time()
            if not line.startswith(b"data: "):
                continue
            event = json.loads(line[6:])
            if event["kind"] == "DriverError" and event["count"] == 1:
                seen = datetime.datetime.fromisoformat(event["first_seen"]).timestamp()
                self.ages.setdefault((event["index"], event["code"]), now - seen)
                self.held += not event["durable"]


def measure(setup, count):
    """Quantiles in seconds; the two are measured one after the other, on the disk with the state directory."""
    with Agent(setup) as agent:
        agent.wait_complete()
        reader, injector = Reader(agent.port), Injector(setup.run / "forewarn.sock")
        reader.start()
        for number in range(count):
            gpu, code = number % GPUS, CODES[number // GPUS]
            injector.inject(f'gpu {gpu} xid {code} "bench"')
            time.sleep(PAUSE)
        wait_for(lambda: len(reader.ages) >= count, DEADLINE, f"the last of {count} events", 0.1)
        if reader.held:
            raise NotMeasured(f"{reader.held} events were told before they were stored")
        bare = _bare(setup.run / "state" / "bare", count)
    return {"count": count, **_quantiles("ours", list(reader.ages.values())), **_quantiles("bare", bare)}


def _bare(path, count):
    """Append and fdatasync, as a commit does."""
    times, page = [], os.urandom(APPENDED)
    with open(path, "wb", buffering=0) as file:
        for _ in range(count):
            began = time.perf_counter()
            file.write(page)
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - began)
            time.sleep(PAUSE)
    os.unlink(path)
    return times


def _quantiles(name, times):
    ordered = sorted(times)
    return {f"{name} {what}": ordered[min(len(ordered) - 1, int(len(ordered) * share))] for what, share in (("p50", 0.5), ("p99", 0.99))}
