#!/usr/bin/python3 -B
"""test_threads - any number of threads gives the same bytes, also where the last block of draws is not full; a run that
the user stops writes nothing; memory grows with the draws as documented."""
import os
import signal
import subprocess
import sys
import time

import tap
from tap import BUNDLED, PROGRAM, is_, ok, run

PER_DRAW = 1400  # bytes: docs/model.md states 1.2 kB for the bundled study, and a child's memory is counted roughly


def test_same_bytes():
    for draws in (1, 255, 256, 257, 4999):
        one = run("assess", "--format", "json", "--draws", draws, "--threads", 1)
        is_((one.code, one.err), (0, ""), f"{draws} draws in one thread")
        for threads in (2, 3):
            is_(run("assess", "--format", "json", "--draws", draws, "--threads", threads).raw, one.raw,
                f"{draws} draws: {threads} threads give the bytes of one")
        is_(run("assess", "--format", "json", "--draws", draws).raw, one.raw, f"{draws} draws: so do all processors")
    for command in (("expect",), ("gap", "--at", "2018,2021"), ("compare", "--as-of", "2019", "--as-of", "2021"),
                    ("explain", "us-korea", "--format", "json")):
        is_(run(*command, "--threads", 2).raw, run(*command, "--threads", 1).raw,
            f"{' '.join(command)}: 2 threads give the bytes of one")


def test_limits():
    for value in ("0", "257", "-1", "two", "1.5"):
        wrong = run("assess", "--threads", value)
        is_(wrong.code, 2, f"--threads {value} is refused", wrong)
        ok("use a whole number from 1 to 256" in wrong.err, "and what would be right is said", wrong.err)
    wrong = run("assess", "--draws", 1000001)
    is_((wrong.code, wrong.out), (2, ""), "a draw more than a million is refused")
    ok("from 1 to 1000000" in wrong.err, "with the limit", wrong.err)


def command(*arguments):
    return [PROGRAM, *(str(a) for a in arguments), "--store", ":memory:"]


def waits_for_interrupt(process):
    """Whether the program listens to Ctrl-C between two pieces of its work."""
    with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
        mask = next(line.split()[1] for line in file if line.startswith("SigBlk:"))
    return int(mask, 16) >> (signal.SIGINT - 1) & 1


def test_interrupt():
    if not os.path.exists("/proc/self/status"):
        return
    for what in (("assess",), ("compare", "--as-of", "2019", "--as-of", "2021"), ("expect",)):
        process = subprocess.Popen(command(*what, "--draws", 1000000, "--threads", 1), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        until = time.monotonic() + 60
        while process.poll() is None and not waits_for_interrupt(process) and time.monotonic() < until:
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
        is_((process.returncode, out), (130, b""), f"{what[0]}: Ctrl-C ends with 130, and nothing is written", err)


def peak(draws):
    """Bytes of memory that an assessment takes at most."""
    process = subprocess.Popen(command("assess", "--draws", draws, "--threads", 1), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    is_(process.returncode, 0, f"{draws} draws")
    return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def watches_threads():
    """Whether the program was built to look for races, which takes memory of its own."""
    with open(PROGRAM, "rb") as file:
        return b"__tsan_init" in file.read()


def test_memory():
    if watches_threads():
        return
    few, many = 20000, 220000
    taken = (peak(many) - peak(few)) / (many - few)
    ok(taken < PER_DRAW, "a draw takes no more memory than documented", taken)


ok(os.path.isdir(BUNDLED), "the bundled study is there")
test_same_bytes()
test_limits()
test_interrupt()
test_memory()
tap.done()
