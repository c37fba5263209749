"""How memory goes over hours: an agent with its default settings, scraped as a Prometheus scrapes it, and what its pages are."""
import collections
import pathlib
import re
import statistics
import sys
import time

from phases import BareLoop
from processes import Agent

SCRAPE_PERIOD = 15  # s; four times as often as Prometheus does unless it is told otherwise
LOOK_PERIOD = 60    # s between two looks at the pages
PARTS = 12          # rows of the table
MAPPING = re.compile(r"^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \S+\s*(?P<name>.*)$")
KINDS = ("objects and runtime", "malloc", "code written at run time", "files")


def kind_of(name):
    if name == "[heap]":
        return "malloc"
    if "doublemapper" in name:  # the runtime's own name for the memory that it may write or execute, never both
        return "code written at run time"
    return "files" if name.startswith("/") else "objects and runtime"


def pages(pid):
    """Bytes of PSS by what the pages are."""
    held, kind = collections.Counter(), None
    for line in pathlib.Path(f"/proc/{pid}/smaps").read_text().splitlines():
        if line.startswith("Pss:"):
            held[kind] += int(line.split()[1]) * 1024
        elif mapping := MAPPING.match(line):
            kind = kind_of(mapping["name"])
    return held


def measure(setup, hours):
    with Agent(setup) as agent:
        agent.wait_complete()
        with BareLoop(setup, agent, 1000, 60 * 1000) as loop:
            loop.wait_first_sweep()
            start, looks, next_look = time.monotonic(), [], 0
            while (at := time.monotonic() - start) < hours * 3600:
                agent.require_alive()
                agent.metrics()
                if at >= next_look:
                    looks.append((at, pages(agent.pid), pages(agent.probe), sum(pages(loop.pid).values())))
                    next_look += LOOK_PERIOD
                    if len(looks) % 30 == 0:
                        print(f"soak: {at / 3600:.1f} of {hours:g} h", file=sys.stderr, flush=True)
                time.sleep(max(0, SCRAPE_PERIOD - (time.monotonic() - start) % SCRAPE_PERIOD))
            return looks


def render(looks):
    """Medians of equal stretches of time, and how PSS grew over the second half, when all that is used once has been used."""
    lines = ["| hours | PSS, agent and probe | " + " | ".join(f"agent: {kind}" for kind in KINDS) + " | probe | bare C loop |", "|---" * (len(KINDS) + 4) + "|"]
    length = looks[-1][0] / PARTS
    for part in range(PARTS):
        those = [look for look in looks if int(min(look[0] / length, PARTS - 1)) == part]
        if not those:
            continue
        middle = lambda of: f"{statistics.median(of(look) for look in those) / 2**20:.1f} MiB"  # noqa: E731
        cells = [middle(lambda look: sum(look[1].values()) + sum(look[2].values()))]
        cells += [middle(lambda look, kind=kind: look[1][kind]) for kind in KINDS]
        cells += [middle(lambda look: sum(look[2].values())), middle(lambda look: look[3])]
        lines.append(f"| {part * length / 3600:.2f}–{(part + 1) * length / 3600:.2f} | " + " | ".join(cells) + " |")
    half = [look for look in looks if look[0] >= looks[-1][0] / 2]
    slope = lambda of: statistics.linear_regression([look[0] for look in half], [of(look) for look in half]).slope * 3600 / 1024  # noqa: E731
    grown = ", ".join(f"{kind} {slope(lambda look, kind=kind: look[1][kind]):+.0f} KiB" for kind in KINDS)
    lines += ["", f"Growth an hour, least squares over the second half: {slope(lambda look: sum(look[1].values()) + sum(look[2].values())):+.0f} KiB"
              f" (agent: {grown}; probe {slope(lambda look: sum(look[2].values())):+.0f} KiB)."]
    return "\n".join(lines) + "\n"
