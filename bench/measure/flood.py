"""A flood of the kernel log, and the memory of agent and probe meanwhile."""
import time

from processes import Agent, pss_bytes, wait_for

SECONDS, TURNS = 10, 10        # s; batches in a second
A_TURN = 10_000                # records: 100,000 a second
UNKNOWN_EVERY = 1000           # one record in so many has a code that no other has: it must not be lost among the rest
READ_WITHIN = 60               # s until all has been read
RECORDS = "forewarn_kernel_log_records_total"
SAID = [  # errors of programs, as a crashed job leaves them in thousands
    (13, "Graphics SM Warp Exception on (GPC 7, TPC 7, SM 0): Illegal Instruction Parameter"),
    (31, "Ch 00000010, intr 10000000. MMU Fault: ENGINE GRAPHICS GPCCLIENT_T1_0 faulted @ 0x7f2a_c0000000."
         " Fault is of type FAULT_PDE ACCESS_TYPE_VIRT_READ"),
    (43, "Ch 0000000a"),
    (45, "Ch 0000000a"),
]


def measure(setup, settle):
    with Agent(setup) as agent:
        agent.wait_complete()
        time.sleep(settle)
        log, places = agent.root / "dev" / "kmsg", agent.metrics().labels("forewarn_device_info", "pci_address")
        began, pids = _records(agent), (agent.pid, agent.probe)
        before = most = sum(map(pss_bytes, pids))
        with log.open("a") as out:
            due = time.monotonic()
            for turn in range(SECONDS * TURNS):
                out.write("".join(_line(turn * A_TURN + number, places) for number in range(A_TURN)))
                out.flush()
                most = max(most, sum(map(pss_bytes, pids)))
                due += 1 / TURNS
                time.sleep(max(0, due - time.monotonic()))

        def read():
            nonlocal most
            most = max(most, sum(map(pss_bytes, pids)))
            return _records(agent) - began >= SECONDS * TURNS * A_TURN

        wait_for(read, READ_WITHIN, "the last record of the flood", 0.2)
        return {"before": before, "most": most, "records": SECONDS * TURNS * A_TURN, "seconds": SECONDS}


def _records(agent):
    return agent.metrics().value(RECORDS)


def _line(number, places):
    code, text = (1000 + number // UNKNOWN_EVERY, "Bench") if number % UNKNOWN_EVERY == 7 else SAID[number % len(SAID)]
    place = places[number % len(places)].removesuffix(".0")
    return f"3,{number},{number},-;NVRM: Xid (PCI:{place}): {code}, pid=1234, name=python, {text}\n"
