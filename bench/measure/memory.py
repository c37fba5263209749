"""How the memory of processes goes over a stretch of time."""
import statistics
import time

from processes import pss_bytes

PERIOD = 10  # s between two looks


class Watch:
    """
    PSS, read from outside: the kernel walks the pages on the reader's time, so what is measured beside it (CPU, allocation) does not
    count it. A look takes about a millisecond.
    """

    def __init__(self, pids):
        self._pids, self._samples = pids, []

    def run(self, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._look()
            time.sleep(min(PERIOD, left))
        self._look()

    def _look(self):
        self._samples.append((time.monotonic(), {name: pss_bytes(pid) for name, pid in self._pids.items()}))

    def figures(self):
        at = [when for when, _ in self._samples]
        both = [each["agent"] + each["probe"] for _, each in self._samples]
        return {
            "start": both[0], "end": both[-1], "max": max(both), "minutes": (at[-1] - at[0]) / 60,
            "slope": statistics.linear_regression(at, both).slope,  # bytes per second
            **{name: statistics.median(each[name] for _, each in self._samples) for name in self._pids},
        }
