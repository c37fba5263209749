"""The calls of the probe's sweeps, as it makes them: what bench/native/record.c wrote down, cut into sweeps for the bare loop."""
import pathlib
import shutil
import time

from processes import Agent, NotMeasured

FAST_MS, SLOW_MS = 500, 2000
KEPT = {"fast": 4, "slow": 2}   # sweeps that are replayed in turn where they differ in their calls
SKIPPED = 2                     # first sweeps: what is read only once is no part of the steady state
GAP = {"fast": FAST_MS / 2 * 1e6, "slow": SLOW_MS / 2 * 1e6}  # ns of silence between two sweeps of a lane
# ProbeProgram names its threads; the fast lane runs on the first, which has the program's name: forewarn-probe in the packages.
LANES = {"forewarn": "fast", "forewarn-probe": "fast", "slow": "slow", "events": "events"}
WAIT, REGISTER = "nvmlEventSetWait_v2", "nvmlDeviceRegisterEvents"


def recording_node(setup):
    """The folder of the simulated node, with recording libraries in the place of the drivers' own."""
    folder = setup.run / "recording"
    shutil.copytree(setup.native, folder, symlinks=True, ignore=lambda *_: ["obj", "asan", "tests", "drivers"])
    shutil.copytree(setup.recorders, folder / "drivers")
    return folder


def record(setup):
    """Runs the agent in front of a recording library for a few sweeps; returns the file that bare_loop replays, and the calls in it."""
    trace = setup.run / "calls.trace"
    environment = {"FOREWARN_BENCH_TRACE": str(trace), "FOREWARN_BENCH_DRIVERS": str(setup.native / "drivers")}
    settings = [("Sampling.Fast", f"{FAST_MS}ms"), ("Sampling.Slow", f"{SLOW_MS}ms")]
    with Agent(setup, settings, node=recording_node(setup), environment=environment) as agent:
        agent.wait_complete()
        time.sleep((SKIPPED + KEPT["slow"] + 1) * SLOW_MS / 1000)
    sweeps, events = cut(trace.read_text().splitlines())
    calls = setup.run / "calls"
    with calls.open("w") as file:
        print("events", *events, file=file)
        for lane, kept in KEPT.items():
            if len(sweeps[lane]) < SKIPPED + kept:
                raise NotMeasured(f"{len(sweeps[lane])} recorded sweeps of the {lane} lane")
            for sweep in different(sweeps[lane][SKIPPED:SKIPPED + kept]):
                print(lane, *sweep, sep="\n", file=file)
    trace.unlink()
    return calls, {lane: len(sweeps[lane][SKIPPED]) for lane in KEPT}


def different(sweeps):
    """All of them, or one when they make the same calls: the replay then stays as small as the probe's own code."""
    kinds = {tuple(tuple(call.split(" ")[:3]) for call in sweep) for sweep in sweeps}  # function, code, device
    return sweeps[:1] if len(kinds) == 1 else sweeps


def cut(lines):
    """({lane: [[call]]}, (mask, milliseconds) of the events that are waited for)"""
    sweeps, last, mask, wait = {"fast": [], "slow": []}, {}, None, None
    for line in lines:
        thread, at, call = line.split(" ", 2)
        function, _, *arguments = call.split(" ")
        lane = LANES.get(thread)
        if function == REGISTER:
            mask = arguments[1]
        elif lane is None or (lane == "events") != (function == WAIT):
            raise NotMeasured(f"the bare loop knows no {function} on a thread {thread}")
        elif lane == "events":
            wait = arguments[2]
        else:
            if lane not in last or int(at) - last[lane] > GAP[lane]:
                sweeps[lane].append([])
            sweeps[lane][-1].append(call)
            last[lane] = int(at)
    if mask is None or wait is None:
        raise NotMeasured("the probe waits for no events")
    return {lane: each[:-1] for lane, each in sweeps.items()}, (mask, wait)  # the last may be half a sweep
