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
    # The budget is what a node pays for a sweep: agent and probe together.
    return [
        Row(f"CPU per fast sweep of 8 GPUs, agent and probe, {rate}", microseconds(cpu["both"]), bare, cpu["both ratio"],
            "2× the bare loop", cpu["both ratio"] / 2),
        Row(f"CPU per fast sweep of 8 GPUs, probe alone, {rate}", microseconds(cpu["probe"]), bare, cpu["probe ratio"]),
        Row(f"CPU per fast sweep of 8 GPUs, agent alone, {rate}", microseconds(cpu["agent"]), bare, cpu["agent ratio"]),
    ]


def share_rows(full_speed, steady):
    """What a core is kept from at one sweep a second: measured so, and as the faster run would have it."""
    allowed = 0.005
    ours, bare = steady["spent"]["agent"] + steady["spent"]["probe"], steady["spent"]["bare"]
    above = (ours - bare) / steady["seconds"]
    rows = [Row("share of one core at 1 s, agent and probe", f"{ours / steady['seconds']:.3%}",
                f"{bare / steady['seconds']:.3%} bare C loop", ours / bare, f"{allowed:.1%} above the library's own", above / allowed)]
    if full_speed:
        rows.append(Row("the same, extrapolated from 20 sweeps a second", f"{full_speed['both']:.3%}", f"{full_speed['bare']:.3%} bare C loop",
                        full_speed["both ratio"]))
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
    # "Flat over hours" cannot be seen in ten minutes; less than a hundredth of the budget in them is called so.
    drift, allowed = pss["slope"] * 600, 64 * MIB / 100
    over = f"{pss['minutes']:.0f} min"
    return [
        Row(f"PSS of agent and probe, largest in {over}",
            f"{mebibytes(pss['max'])} (median {mebibytes(pss['agent'])} + {mebibytes(pss['probe'])})",
            f"{mebibytes(pss['bare'])} bare C loop", pss["max"] / pss["bare"], "64 MiB", pss["max"] / (64 * MIB)),
        Row(f"PSS of one probe of 8 GPUs, median in {over}", mebibytes(pss["probe"]),
            f"{mebibytes(pss['bare'])} bare C loop", pss["probe"] / pss["bare"], "12 MiB for each further probe", pss["probe"] / (12 * MIB)),
        Row(f"slope of PSS of agent and probe over {over}, by ten minutes", f"{drift / KIB:+.0f} KiB ({mebibytes(pss['start'])} → {mebibytes(pss['end'])})",
            budget="flat: below 1% of 64 MiB", of_budget=max(drift, 0) / allowed),
    ]


def flood_rows(flood):
    rate = flood["records"] // flood["seconds"]
    return [Row(f"PSS of agent and probe, largest in a flood of {rate:,} kernel records a second, {flood['seconds']} s long", mebibytes(flood["most"]),
                f"{mebibytes(flood['before'])} before it", flood["most"] / flood["before"], "64 MiB", flood["most"] / (64 * MIB))]


def start_rows(starts, count):
    return [Row(f"exec → first scrape with all 8 devices, median of {count}", f"{starts['agent']:.2f} s (slowest {starts['slowest']:.2f} s)",
                f"{milliseconds(starts['bare'])} bare C loop's first sweep", starts["agent"] / starts["bare"], "2 s", starts["agent"] / 2)]


OTHERS = {"node_exporter": ("node_exporter, textfile collector", 2), "python": ("Python client", 10)}  # design: how many times as fast


def serving_rows(serving):
    figures, sizes, rows = serving["figures"], serving["sizes"], []
    for what in ("plain", "gzip"):
        ours, health = figures["ours", what, 1], figures["ours", "health", 1]
        size = f"{serving['series']} series, {sizes['ours', what] / 1000:.0f} kB"
        for quantile in ("p50", "p99"):
            budget = {"budget": "1 ms", "of_budget": ours[quantile] / 0.001} if (what, quantile) == ("plain", "p99") else {}
            rows.append(Row(f"/metrics, {what}, {quantile} ({size})", milliseconds(ours[quantile]),
                            f"{milliseconds(health[quantile])} /healthz", ours[quantile] / health[quantile], **budget))
    for quantile in ("p50", "p99"):
        ours, bare = figures["ours", "plain", 1][quantile], figures["bare", "plain", 1][quantile]
        rows.append(Row(f"the bytes of /metrics, plain, {quantile}, beside a server that renders nothing", milliseconds(ours), f"{milliseconds(bare)} bare C server, the same bytes", ours / bare))
    for clients in (1, 4):
        for what in ("plain", "gzip"):
            for name, (label, wanted) in OTHERS.items():
                ours, other = figures["ours", what, clients], figures[name, what, clients]
                ratio = ours["rate"] / other["rate"]
                connections = "1 client" if clients == 1 else f"{clients} clients"
                rows.append(Row(f"scrapes a second, {what}, {connections}, beside {label}", _speed(ours),
                                f"{_speed(other)}, {sizes[name, what] / 1000:.0f} kB", ratio, f"at least {wanted}×", wanted / ratio))
    return rows


def _speed(figures):
    return f"{figures['rate']:.0f}/s, p50 {milliseconds(figures['p50'])}, p99 {milliseconds(figures['p99'])}"


def influx_rows(influx):
    request = f"{influx['points']} points and {influx['body'] / 1000:.0f} kB in a request"
    return [
        Row(f"points a second to InfluxDB 1, from the spool ({request})", f"{influx['influxd']:.0f}/s",
            f"{influx['bare']:.0f}/s the same server, one body sent over and over by a client in C", influx["influxd"] / influx["bare"]),
        Row("points a second to a sink that takes everything at once, from the spool", f"{influx['sink']:.0f}/s"),
    ]


def event_rows(told):
    return [
        Row(f"event → stored and streamed, {quantile} of {told['count']}", milliseconds(told[f"ours {quantile}"]),
            f"{milliseconds(told[f'bare {quantile}'])} bare fdatasync on the same disk", told[f"ours {quantile}"] / told[f"bare {quantile}"],
            **({"budget": "50 ms", "of_budget": told["ours p99"] / 0.05} if quantile == "p99" else {}))
        for quantile in ("p50", "p99")
    ]


def placement_rows(lines):
    rows = []
    for line in lines:
        budget = {"budget": "50 ms", "of_budget": line["p99_ms"] / 50} if line["nodes"] == 10_000 else {}
        rows.append(Row(f"plan p99, {_lost(line)}, {line['plans']} plans",
                        f"{line['p99_ms']:.1f} ms (p50 {line['p50_ms']:.1f} ms, {line['bytes'] / MIB:.1f} MiB allocated)", **budget))
    for line in lines:
        if line["nodes"] == 10_000 and line["compared"]:
            others = "; ".join(f"{name} {_outcome(outcome)}" for name, outcome in line["outcomes"].items() if name != "ours")
            rows.append(Row(f"ranks moved, span by that before, blocks broken, groups too far apart; {_lost(line)}, "
                            f"mean of {line['compared']} of {line['of']} plans that are feasible", _outcome(line["outcomes"]["ours"]), others))
    return rows


def _lost(line):
    return f"{line['failure']} lost of {line['nodes']:,} nodes, {line['fill']:.0%} at work"


def _outcome(outcome):
    return f"{outcome['ranks']:.0f}, {outcome['span']:.2f}×, {outcome['broken']:.1f}, {outcome['too_far']:.1f}"


def fleet_rows(fleet):
    def quantile(values, share):
        return values[int(share * (len(values) - 1))]

    single, at_once = fleet["single"], fleet["at once"]
    (by_rate, rate), (by_share, share) = fleet["drained"]
    refused = ", ".join(f"{guard} kept {count}" for guard, count in fleet["refused"].most_common())
    return [
        Row(f"controller's CPU with {fleet['nodes']:,} agents at rest", f"{fleet['cpu']:.2f} s/s ({fleet['reports']:.0f} reports a second)", budget="1 s/s", of_budget=fleet["cpu"]),
        Row(f"controller's PSS with {fleet['nodes']:,} agents", f"{mebibytes(fleet['pss'])} ({mebibytes(fleet['pss ill'])} with {len(single) + len(at_once):,} of them in trouble)",
            budget="1 GiB", of_budget=fleet["pss ill"] / 1024 / MIB),
        Row(f"restart of the controller → all {fleet['nodes']:,} heard", f"{fleet['again']:.0f} s ({fleet['first']:.0f} s at the first start of all)", budget="60 s", of_budget=fleet["again"] / 60),
        Row(f"fault → decision in the journal, p99 of {len(single)} one after the other", f"{quantile(single, 0.99):.2f} s (p50 {quantile(single, 0.5):.2f} s)", budget="1 s",
            of_budget=quantile(single, 0.99)),
        Row(f"{len(at_once):,} faults at once, mode auto → all decided", f"{at_once[-1]:.1f} s (p50 {quantile(at_once, 0.5):.1f} s)", budget="60 s", of_budget=at_once[-1] / 60),
        Row("drains ordered for them with the default settings", f"drains ordered {by_rate}, guards allow {rate} (of the other nodes {refused})",
            budget=f"at most {rate}", of_budget=by_rate / rate),
        Row(f"the same without a limit to their rate, {share / fleet['nodes']:.1%} of the nodes may be out", f"drains ordered {by_share}, guards allow {share}",
            budget=f"at most {share}", of_budget=by_share / share),
    ]


def size_rows(published, framework):
    return [Row("size of the installed program", mebibytes(published), f"{mebibytes(framework)} the untrimmed framework", published / framework)]


def render(rows, facts):
    lines = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    lines += ["| " + " | ".join(row.cells()) + " |" for row in rows]
    return "\n".join([*lines, "", notes(facts)])


def notes(facts):
    return "\n".join([*(f"- {name}: {value}" for name, value in facts.items()), ""])
