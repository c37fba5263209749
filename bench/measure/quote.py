"""
Writes the figures of the newest results file into the marked blocks of README.md and README.zh-CN.md: no figure there is typed by hand.
The bench starts it after a full run; by itself: quote.py, or quote.py --check, which says what is not as it should be and changes nothing.
"""
import dataclasses
import pathlib
import re
import sys

BEGIN, END = "<!-- figures of make bench: written by bench/measure/quote.py -->", "<!-- end of the figures -->"
HEADS = {
    "README.md": ("what | ratio | measured | beside it | budget |  ", "From [{name}]({path}): {machine}; load {load}."),
    "README.zh-CN.md": ("项目 | 比值 | 实测 | 对照 | 预算 |  ", "出自 [{name}]({path})：{machine}；负载 {load}。"),
}
# How a row of the results begins, and what it is called in the two READMEs.
QUOTED = [
    ("CPU per fast sweep of 8 GPUs, agent and probe, 20", "CPU per fast sweep, agent and probe, 20 sweeps a second", "每次快速扫描的 CPU，agent 加探针，每秒 20 次"),
    ("CPU per fast sweep of 8 GPUs, agent and probe, 1 ", "the same at 1 sweep a second", "同上，每秒 1 次"),
    ("share of one core at 1 s", "agent and probe at 1 s, share of one core", "agent 与探针按 1 s 采样占一个核的比例"),
    ("bytes allocated per sweep, probe", "bytes allocated per sweep, probe", "每次扫描分配的字节，探针"),
    ("bytes allocated per sweep, agent", "bytes allocated per sweep, agent", "每次扫描分配的字节，agent"),
    ("PSS of agent and probe, largest in 1", "memory (PSS), agent and probe", "内存（PSS），agent 加探针"),
    ("PSS of one probe", "memory (PSS), one probe", "内存（PSS），一个探针"),
    ("slope of ", "growth of agent and probe in ten minutes", "agent 加探针十分钟内的增长"),
    ("PSS of agent and probe, largest in a flood", "memory (PSS), agent and probe, in a flood of the kernel log", "内存（PSS），agent 加探针，内核日志洪水中"),
    ("exec → first scrape", "start to the first complete scrape", "启动到第一次完整抓取"),
    ("/metrics, plain, p50", "`/metrics`, p50", "`/metrics`，p50"),
    ("/metrics, plain, p99", "`/metrics`, p99", "`/metrics`，p99"),
    ("the bytes of /metrics, plain, p99", "`/metrics`, p99, beside a server that renders nothing", "`/metrics`，p99，对照不生成文本的服务器"),
    ("scrapes a second, plain, 1 client, beside node_exporter", "scrapes a second, beside node_exporter's textfile collector",
     "每秒抓取次数，对照 node_exporter 的 textfile"),
    ("scrapes a second, plain, 1 client, beside Python", "scrapes a second, beside the Python client", "每秒抓取次数，对照 Python 客户端"),
    ("points a second to InfluxDB", "points a second to InfluxDB, from the spool", "从积压写入 InfluxDB 的点数每秒"),
    ("event → stored and streamed, p99", "event to stored and streamed, p99", "事件到落盘并推送，p99"),
    ("plan p99, a node, fat tree lost of 10,000 nodes, 90%", "new place for a job that lost a node of 10,000, p99", "万节点中为失去一个节点的作业选位，p99"),
    ("plan p99, a rack of 18 lost of 10,000 nodes, 90%", "the same for a rack of 18", "同上，失去 18 节点的一个机柜"),
    ("controller's CPU with 10,000 agents at rest", "controller's CPU with 10,000 agents", "万个 agent 时控制器的 CPU"),
    ("controller's PSS with 10,000 agents", "its memory (PSS)", "其内存（PSS）"),
    ("restart of the controller → all 10,000 heard", "after its restart all are heard", "重启后全部重新上报"),
    ("fault → decision in the journal, p99", "fault to decision, p99", "故障到决策，p99"),
    ("1,000 faults at once, mode auto → all decided", "1,000 faults at once, all decided", "千个故障同时发生，全部决策"),
]
VERDICTS = {"README.md": {}, "README.zh-CN.md": {"met": "达到", "**missed**": "**未达到**", "not measured": "未测"}}


@dataclasses.dataclass
class Results:
    path: pathlib.Path
    rows: list
    facts: dict


def newest(folder):
    """By the date that stands in the file: the name has the day alone."""
    return max(map(read, folder.glob("*.md")), key=lambda results: results.facts["date"])


def read(path):
    lines = path.read_text().splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    facts = dict(line[2:].split(": ", 1) for line in lines if line.startswith("- "))
    return Results(path, [dict(zip(("ratio", "share", "verdict", "what", "figure", "beside", "budget"), row)) for row in table[2:]], facts)


def block(results, readme, root):
    head, origin = HEADS[readme]
    path = results.path.relative_to(root)
    lines = [BEGIN, "", origin.format(name=path, path=path, **{name: results.facts[name].replace("**", "") for name in ("machine", "load")}), ""]
    lines += [f"| {head.strip()} |", "|---|---|---|---|---|---|"]
    for begins, english, chinese in QUOTED:
        for row in (row for row in results.rows if row["what"].startswith(begins)):
            verdict = VERDICTS[readme].get(row["verdict"], row["verdict"])
            label = english if readme == "README.md" else chinese
            lines.append(f"| {label} | {row['ratio']} | {row['figure']} | {row['beside']} | {row['budget']} | {verdict} |")
    return "\n".join([*lines, "", END])


def quote(root, check=False):
    """The READMEs that were not as the newest results have them. What was to be quoted and is not in the results is said: a row with another name would vanish unseen."""
    results, stale = newest(root / "bench/results"), []
    for begins, english, _ in QUOTED:
        if not any(row["what"].startswith(begins) for row in results.rows):
            print(f"{results.path.name} has no {begins!r} ({english})", file=sys.stderr)
    for readme in HEADS:
        path = root / readme
        text = path.read_text()
        wanted = re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: block(results, readme, root), text, flags=re.DOTALL)
        if BEGIN not in text or wanted != text:
            stale.append(readme)
        if not check:
            path.write_text(wanted)
    return stale


if __name__ == "__main__":
    check = sys.argv[1:] == ["--check"]
    stale = quote(pathlib.Path(__file__).resolve().parents[2], check)
    if check and stale:
        sys.exit(f"{' and '.join(stale)}: not the figures of the newest file in bench/results; run python3 bench/measure/quote.py")
