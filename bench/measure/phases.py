"""What is measured, phase by phase. Each returns plain figures in base units; table.py judges them."""
import statistics
import time

import memory
from processes import Agent, BareLoop, cpu_seconds

METER_FIRST, METER_PERIOD = 1, 15  # s; UsageMeter: when the agent measures its own processes
METER_MARGIN = 5                   # s after the meter's turn at which we scrape: far from the turn before and the one after


class CpuWindow:
    """CPU time of agent, probe and bare loop over one stretch of time; whatever they spent before it does not count."""

    def __init__(self, agent, loop, counted):
        self._loop, self._pids = loop, {"agent": agent.pid, "probe": agent.probe, "bare": loop.pid}
        self._counted = counted
        self._cpu, self._bare_sweeps = self._read(), loop.sweeps()
        self._start = time.monotonic()

    def _read(self):
        return {name: cpu_seconds(pid) for name, pid in self._pids.items()}

    def stop(self):
        self._end_cpu, self._end_bare, self._end = self._read(), self._loop.sweeps(), time.monotonic()

    def figures(self, counted):
        """With the agent's own count of sweeps, taken just before the window and just after: its rate is the window's."""
        cpu, bare_sweeps, seconds = self._end_cpu, self._end_bare, self._end - self._start
        probe_sweeps = (counted["sweeps"] - self._counted["sweeps"]) * seconds / (counted["at"] - self._counted["at"])
        spent = {name: cpu[name] - self._cpu[name] for name in cpu}
        bare = spent["bare"] / (bare_sweeps - self._bare_sweeps)
        probe, agent = spent["probe"] / probe_sweeps, spent["agent"] / probe_sweeps
        return {"seconds": seconds, "spent": spent, "probe": probe, "agent": agent, "both": probe + agent, "bare": bare,
                "probe ratio": probe / bare, "agent ratio": agent / bare, "both ratio": (probe + agent) / bare}


def cpu_at_full_speed(setup, sweeps, settle, rounds):
    """Twenty sweeps a second, so that what is spent per sweep stands out from what is spent per second; the median of several windows."""
    period_ms = 50
    with Agent(setup, [("Sampling.Fast", f"{period_ms}ms"), ("Sampling.Slow", "1h")]) as agent:
        agent.wait_complete()
        with BareLoop(setup, agent, period_ms, 3600 * 1000) as loop:
            loop.wait_first_sweep()
            time.sleep(settle)
            heard = []
            for _ in range(rounds):
                window = CpuWindow(agent, loop, _count(agent))
                time.sleep(sweeps * period_ms / 1000 / rounds)
                window.stop()
                heard.append(window.figures(_count(agent)))
    figures = ("probe", "agent", "both", "bare", "probe ratio", "agent ratio", "both ratio")
    return {name: statistics.median(each[name] for each in heard) for name in figures}


def steady(setup, sweeps, before):
    """An agent with its default settings: memory from the first minute on, CPU and allocation over many sweeps."""
    with Agent(setup) as agent:
        agent.wait_complete()
        with BareLoop(setup, agent, 1000, 60 * 1000) as loop:
            loop.wait_first_sweep()
            time.sleep(before)
            turns = -(-sweeps // METER_PERIOD)
            first = _after_meter(agent)
            watch = memory.Watch({"agent": agent.pid, "probe": agent.probe, "bare": loop.pid})
            window = CpuWindow(agent, loop, first)
            watch.run(turns * METER_PERIOD - 1)
            window.stop()
            last = _after_meter(agent)
            cpu = window.figures(last)
        return {"pss": watch.figures(), "cpu": cpu, "allocated": _allocated(first, last, _after_meter(agent))}


def _count(agent):
    at, metrics = time.monotonic(), agent.metrics()
    return {"at": at, "sweeps": metrics.sweeps(), "agent": metrics.allocated("agent"), "probe": metrics.allocated("probe-nvml")}


def _after_meter(agent):
    """What the agent's meter says next, read well after its turn."""
    since = time.monotonic() - agent.started - METER_FIRST
    time.sleep((METER_MARGIN - since) % METER_PERIOD)
    return _count(agent)


def _allocated(first, last, after):
    """
    Bytes per second, which is per sweep, without the scrape that read them. Between two turns of the meter lies the one scrape that told
    of the first of them; so the long stretch and the short one behind it have one each, and their difference has none.
    """
    long, short = (round((end["at"] - begin["at"]) / METER_PERIOD) * METER_PERIOD for begin, end in ((first, last), (last, after)))
    per_second = (last["agent"] - first["agent"] - (after["agent"] - last["agent"])) / (long - short)
    return {
        "seconds": long, "agent": per_second, "scrape": after["agent"] - last["agent"] - per_second * short,
        "probe": (last["probe"] - first["probe"]) / long,
    }


def starts(setup, count):
    """exec → first scrape with all devices, and the bare loop's exec → first sweep on the same node."""
    agents, loops = [], []
    for _ in range(count):
        with Agent(setup) as agent:
            agents.append(agent.wait_complete())
            with BareLoop(setup, agent, 1000, 60 * 1000) as loop:
                loops.append(loop.wait_first_sweep())
    return {"agent": statistics.median(agents), "slowest": max(agents), "bare": statistics.median(loops)}
