"""Measures the packaged build beside a bare C loop and writes one table. bench/run.sh starts this."""
import argparse
import dataclasses
import datetime
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import calls
import events
import fleet
import flood
import influx
import phases
import placement
import quote
import serving
import soak
import table


@dataclasses.dataclass
class Setup:
    program: pathlib.Path
    native: pathlib.Path      # the simulated node
    bare_loop: pathlib.Path
    load: pathlib.Path        # the HTTP client
    sink: pathlib.Path        # an HTTP server that takes everything
    placement: pathlib.Path   # a program that plans
    fleet: pathlib.Path       # agents by the thousand
    recorders: pathlib.Path   # libraries that write down what the probe calls
    framework: pathlib.Path
    run: pathlib.Path
    calls: pathlib.Path | None = None  # what the probe calls in its sweeps, for the bare loop


@dataclasses.dataclass
class Extent:
    """How much is measured. The full one is what a figure that is shown to others must come from."""
    fast_sweeps: int = 1200      # a minute at 20 a second
    settle: int = 20             # s: what is set up on first use has been used
    before: int = 60             # s until PSS is read
    sweeps: int = 600            # at one a second
    rounds: int = 5              # of which the median counts
    starts: int = 5
    scrape_seconds: float = 2    # for each of those who serve, in each round
    collect: int = 30            # s of points in the spool
    events: int = 1000
    plans: int = 200             # of each kind
    fleet_seconds: int = 60      # of ten thousand agents at rest

    @staticmethod
    def quick():
        return Extent(fast_sweeps=300, settle=10, before=10, sweeps=60, rounds=3, starts=2, scrape_seconds=0.5, collect=8, events=200, plans=20, fleet_seconds=20)


def size_of(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def framework_size(framework, version):
    parts = [framework / name / version for name in ("Microsoft.NETCore.App", "Microsoft.AspNetCore.App")]
    if missing := [str(part) for part in parts if not part.is_dir()]:
        raise FileNotFoundError(f"no {missing[0]} to compare with")
    return sum(map(size_of, parts))


class Bench:
    def __init__(self, setup, extent, only):
        self._setup, self._extent, self._only, self.rows, self.counted = setup, extent, only, [], {}

    def run(self):
        extent, setup = self._extent, self._setup
        if not self._phase("the calls of the probe", self._record) and not self._only:
            return  # nothing to stand beside
        full_speed = self._phase("CPU per sweep",
                                 lambda: phases.cpu_at_full_speed(setup, extent.fast_sweeps, extent.settle, extent.rounds))
        if full_speed:
            self.rows += table.cpu_rows(full_speed, "20 sweeps a second")
        if steady := self._phase("the agent with its default settings", lambda: phases.steady(setup, extent.sweeps, extent.before)):
            self.rows += table.cpu_rows(steady["cpu"], "1 sweep a second") + table.share_rows(full_speed, steady["cpu"])
            self.rows += table.allocation_rows(steady["allocated"]) + table.memory_rows(steady["pss"])
        if flooded := self._phase("a flood of the kernel log", lambda: flood.measure(setup, extent.settle)):
            self.rows += table.flood_rows(flooded)
        if starts := self._phase("start-up", lambda: phases.starts(setup, extent.starts)):
            self.rows += table.start_rows(starts, extent.starts)
        if served := self._phase("scrapes, beside others", lambda: serving.measure(setup, extent.rounds, extent.scrape_seconds)):
            self.rows += table.serving_rows(served)
        if written := self._phase("points to InfluxDB", lambda: influx.measure(setup, extent.collect, extent.scrape_seconds)):
            self.rows += table.influx_rows(written)
        if told := self._phase("events to the disk and to a reader", lambda: events.measure(setup, extent.events)):
            self.rows += table.event_rows(told)
        if planned := self._phase("plans of re-placement", lambda: placement.measure(setup, extent.plans)):
            self.rows += table.placement_rows(planned)
        if reported := self._phase("ten thousand agents", lambda: fleet.measure(setup, extent.fleet_seconds)):
            self.rows += table.fleet_rows(reported)
        if size := self._phase("size of the program", self._sizes):
            self.rows += table.size_rows(*size)

    def _record(self):
        self._setup.calls, self.counted = calls.record(self._setup)
        return self.counted

    def _sizes(self):
        folder = self._setup.program.parent  # the simulated node is another package
        versions = sorted(path.name for path in (self._setup.framework / "Microsoft.NETCore.App").iterdir() if path.name.startswith("10."))
        return size_of(folder) - size_of(self._setup.native), framework_size(self._setup.framework, versions[-1])

    def _phase(self, name, measure):
        if self._only and self._only not in name:
            return None
        print(f"bench: {name} …", file=sys.stderr, flush=True)
        began = time.monotonic()
        try:
            return measure()
        except Exception as problem:  # the other figures are worth having, and the exit code tells of this one
            print(f"bench: {name}: {problem!r}", file=sys.stderr)
            self.rows.append(table.not_measured(name, problem))
            return None
        finally:
            print(f"bench: {name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


def facts(commit, load_before, extent, counted):
    model = next((line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
    cores, now = os.cpu_count(), datetime.datetime.now(datetime.UTC)
    return {
        "date": now.strftime("%Y-%m-%d %H:%M UTC"),
        "commit": commit,
        "machine": f"{model}, {cores} cores, Linux {os.uname().release.split('-')[0]}",
        "load": f"{load_before:.1f} before, {os.getloadavg()[0]:.1f} after, on {cores} cores"
                + ("" if max(load_before, os.getloadavg()[0]) < cores else "; **others were at work: times and p99 are upper bounds**"),
        "calls": ", ".join(f"{count} in a sweep of the {lane} lane" for lane, count in counted.items()) + ", as recorded from the probe",
        "extent": extent,
    }


def commit_of(folder):
    name = subprocess.run(["git", "describe", "--always", "--dirty", "--abbrev=9"], cwd=folder, capture_output=True, text=True, check=False)
    return name.stdout.strip() or "unknown"


def remember(setup, hours, commit, load, root):
    setup.calls, counted = calls.record(setup)
    looks = soak.measure(setup, hours)
    about = facts(commit, load, f"{hours:g} h", counted)
    text = f"# Memory over {hours:g} hours\n\n{soak.render(looks)}\n{table.notes(about)}"
    print(text)
    if commit.endswith("-dirty"):
        print("bench: not published: the tree has changes that are not committed", file=sys.stderr)
    else:
        path = root / "bench/results/soak" / f"{about['date'][:10]}-{about['commit']}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    shutil.rmtree(setup.run)
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few minutes less, for development")
    parser.add_argument("--only", metavar="WORDS", help="the phases whose names have these words, for development: 'ten thousand agents'")
    parser.add_argument("--framework", type=pathlib.Path, required=True, help="the SDK's shared/ folder, for the size")
    parser.add_argument("--soak", type=float, metavar="HOURS", help="memory over hours, and nothing else")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what we started is ended
    root = pathlib.Path(__file__).resolve().parents[2]
    commit = commit_of(root)  # of what is measured: somebody may go on working
    load, run = os.getloadavg()[0], pathlib.Path(tempfile.mkdtemp(prefix="forewarn-bench-"))
    built = root / "artifacts/bench"
    program = built / "installed/usr/lib/forewarn"
    setup = Setup(program / "forewarn", program / "simulated", built / "bare_loop", built / "load", built / "sink",
                  built / "placement/Forewarn.Bench.Placement.dll", built / "fleet/Forewarn.Bench.Fleet.dll", built / "recorders", options.framework, run)
    if options.soak:
        return remember(setup, options.soak, commit, load, root)
    bench = Bench(setup, Extent.quick() if options.quick else Extent(), options.only)
    bench.run()
    about = facts(commit, load, "for development, not to be shown" if options.quick or options.only else "full", bench.counted)
    text = table.render(bench.rows, about)
    print(text)
    failed = any(row.failed for row in bench.rows)
    # A row that failed, or a tree that nobody can check out again, is for whoever runs it and not for the READMEs.
    if not (options.quick or options.only) and (failed or commit.endswith("-dirty")):
        print("bench: not published: " + ("a phase failed" if failed else "the tree has changes that are not committed"), file=sys.stderr)
    elif not (options.quick or options.only):
        name = f"{about['date'][:10]}-{about['commit']}.md"
        (root / "bench/results" / name).write_text(f"# Bench of {about['date'][:10]}\n\n{text}")
        quote.quote(root)
        print(f"bench: written to bench/results/{name} and quoted in the READMEs", file=sys.stderr)
    if failed:
        print(f"bench: what the agent said is in {run}", file=sys.stderr)
        return 1
    shutil.rmtree(run)
    return 0


sys.exit(main())
