"""Judges the figures against the budgets and writes the one table."""
import dataclasses

MIB, KIB = 1024 * 1024, 1024


@dataclasses.dataclass
class Row:
    what: str
    figure: str
    beside: str = "–"
    ratio: float | None = None         # to what stands beside it
    budget: str = "–"
    of_budget: float | None = None     # 1 is the budget itself
    failed: bool = False

    def cells(self):
        verdict = "not measured" if self.failed else "" if self.of_budget is None else "met" if self.of_budget <= 1 else "**missed**"
        share = "–" if self.of_budget is None else f"{self.of_budget:.0%}"
        return ["–" if self.ratio is None else f"{self.ratio:.2f}×", share, verdict, self.what, self.figure, self.beside, self.budget]


HEAD = ["ratio", "of budget", "", "what", "measured", "beside it", "budget"]


def not_measured(what, why):
    return Row(what, f"not measured: {why}", failed=True)


def microseconds(seconds):
    return f"{seconds * 1e6:.0f} µs"


def milliseconds(seconds):
    return f"{seconds * 1e3:.2f} ms"


def mebibytes(size):
    return f"{size / MIB:.1f} MiB"


def cpu_rows(cpu, rate):
    bare = f"{microseconds(cpu['bare'])} bare C loop"
    return [
        Row(f"CPU per sweep of 8 GPUs, probe, {rate}", microseconds(cpu["probe"]), bare, cpu["probe"] / cpu["bare"],
            "2× the bare loop", cpu["probe"] / cpu["bare"] / 2),
        Row(f"CPU per sweep of 8 GPUs, agent, {rate}", microseconds(cpu["agent"]), bare, cpu["agent"] / cpu["bare"]),
    ]


def share_rows(full_speed, steady):
    """What a core is kept from at one sweep a second: measured so, and as the faster run would have it."""
    allowed = 0.005
    ours, bare = steady["spent"]["agent"] + steady["spent"]["probe"], steady["spent"]["bare"]
    above = (ours - bare) / steady["seconds"]
    rows = [Row("share of one core at 1 s, agent and probe", f"{ours / steady['seconds']:.3%}",
                f"{bare / steady['seconds']:.3%} bare C loop", ours / bare, f"{allowed:.1%} above the library's own", above / allowed)]
    if full_speed:
        sweep = full_speed["probe"] + full_speed["agent"]
        rows.append(Row("the same, extrapolated from 20 sweeps a second", f"{sweep:.3%}", f"{full_speed['bare']:.3%} bare C loop",
                        sweep / full_speed["bare"]))
    return rows


def allocation_rows(allocated):
    over = f"over {allocated['seconds']} sweeps without a scrape"
    # A budget of 0 has no share: one byte a sweep is already too much.
    return [
        Row(f"bytes allocated per sweep, probe, {over}", f"{allocated['probe']:.1f} B", "0 B bare C loop", budget="0 B",
            of_budget=0 if allocated["probe"] < 0.5 else allocated["probe"]),
        Row(f"bytes allocated per sweep, agent, {over}", f"{allocated['agent']:.0f} B", "0 B bare C loop", budget="1 KiB",
            of_budget=allocated["agent"] / KIB),
        Row("bytes allocated per scrape, gzip, on a connection of its own", f"{allocated['scrape'] / KIB:.1f} KiB"),
    ]


def memory_rows(pss):
    both = pss["agent"] + pss["probe"]
    return [Row("PSS of agent and probe", f"{mebibytes(both)} = {mebibytes(pss['agent'])} + {mebibytes(pss['probe'])}",
                f"{mebibytes(pss['bare'])} bare C loop", both / pss["bare"], "64 MiB", both / (64 * MIB))]


def start_rows(starts, count):
    return [Row(f"exec → first scrape with all 8 devices, median of {count}", f"{starts['agent']:.2f} s (slowest {starts['slowest']:.2f} s)",
                f"{milliseconds(starts['bare'])} bare C loop's first sweep", starts["agent"] / starts["bare"], "2 s", starts["agent"] / 2)]


def scrape_rows(times, bodies, count):
    rows = []
    for name, label in (("metrics", "/metrics, plain"), ("gzip", "/metrics, gzip")):
        for quantile, which in ((0, "p50"), (1, "p99")):
            figure, health = times[name][quantile], times["health"][quantile]
            budget = {"budget": "1 ms", "of_budget": figure / 0.001} if (name, which) == ("metrics", "p99") else {}
            rows.append(Row(f"{label}, {which} of {count} ({bodies[name] / 1000:.0f} kB)", milliseconds(figure),
                            f"{milliseconds(health)} /healthz", figure / health, **budget))
    return rows


def size_rows(published, framework):
    return [Row("size of the publish", mebibytes(published), f"{mebibytes(framework)} the untrimmed framework", published / framework)]


def render(rows, facts):
    lines = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    lines += ["| " + " | ".join(row.cells()) + " |" for row in rows]
    return "\n".join([*lines, "", *(f"- {name}: {value}" for name, value in facts.items()), ""])
