#!/usr/bin/python3 -B
"""test_draw_log - the draws of an assessment as a file: its quantiles are those that are reported, scores can be
computed from what was drawn, nothing confidential is in it, and there is never half a file."""
import csv
import math
import os
import resource
import signal
import subprocess
import time

import schema
import secret
import tap
from tap import BUNDLED, PROGRAM, RIVER, answer, is_, none_of, ok, run, table

WORK = os.path.join(tap.SCRATCH, "logs")
os.mkdir(WORK)


def place(name):
    return os.path.join(WORK, name)


def read(path):
    with open(path, encoding="ascii", newline="") as file:
        rows = list(csv.reader(file))
    head = rows[0]
    return {name: [float(row[i]) if row[i] else None for row in rows[1:]] for i, name in enumerate(head)}, head


def rank(values, p):
    """The quantile by nearest rank, as the program has it."""
    return sorted(values)[max(1, math.ceil(p * len(values) - 1e-9)) - 1]


def same(values, figure):
    return all(abs(rank(values, p) - figure[name]) <= 1e-5 * max(1, abs(figure[name]))
               for p, name in ((0.05, "low"), (0.5, "median"), (0.95, "high")))


def nodes(entries):
    for entry in entries:
        yield entry
        for below in ("criteria", "dimensions", "indicators"):
            yield from nodes(entry.get(below, []))


def test_quantiles():
    path = place("scores.csv")
    document = answer("assess", BUNDLED, "--draws", 3000, "--seed", 5, "--draw-log", path)
    schema.fits(document, "assess", "the answer")
    columns, head = read(path)
    is_(document["draw_log"], {"file": path, "rows": 3000, "columns": len(head), "left_out": 0}, "the answer names it")
    is_(len(head), len(set(head)), "no column stands twice")
    is_((set(columns["seed"]), columns["draw"]), ({5.0}, [float(i) for i in range(1, 3001)]), "seed and number")
    wanted = 2
    for alliance in document["alliances"]:
        for name, score in alliance["aggregations"].items():
            ok(same(columns[f"{alliance['id']}/score/{name}"], score), f"{alliance['id']}: quantiles of the {name} score")
            wanted += 1
        for criterion in alliance["criteria"]:
            ok(same(columns[criterion["key"]], criterion["score"]), f"quantiles of {criterion['key']}")
            wanted += 1
    is_(len(head), wanted, "and nothing else is in it")
    plain = answer("assess", BUNDLED, "--draws", 3000, "--seed", 5)
    is_({**document, "draw_log": None}, plain, "the answer is the one without it")
    page = run("assess", BUNDLED, "--draws", 300, "--draw-log", place("page.csv"), "--lang", "de")
    ok("300 Zeilen" in page.flat, "the page says where it is", page)


def test_all():
    path = place("all.csv")
    document = answer("assess", BUNDLED, "--draws", 700, "--draw-log", path, "--draw-all", "--threads", 1)
    columns, head = read(path)
    is_(len(head), len(set(head)), "no column stands twice")
    keys = [node for alliance in document["alliances"]
            for node in [*nodes(alliance["criteria"]), *nodes(alliance["directed"])] if node["score"]["median"]]
    none_of([n["key"] for n in keys if n["key"] not in columns], "every score that is shown has a column under its key")
    none_of([n["key"] for n in keys if not same(columns[n["key"]], n["score"])], "with its quantiles")
    none_of([r["key"] for a in document["alliances"] for r in a["readings"] if r["value"]["median"] is not None
             and not same(columns[r["key"]], r["value"])], "so have readings")

    def mean(draw, parent, weights):
        """Weighted mean of what stands under a key: a group of one has no weight to draw."""
        below = [k for k in columns if k.startswith(parent + "/") and k.count("/") == parent.count("/") + 1]
        found = [(columns[f"{weights}{k[len(parent):]}"][draw] if f"{weights}{k[len(parent):]}" in columns else 1.0,
                  columns[k][draw]) for k in below]
        return sum(w * x for w, x in found) / sum(w for w, _ in found)

    faults = []
    for draw in range(700):
        for alliance in ("us-japan", "us-korea"):
            for key in [k for k in columns if k.startswith(f"{alliance}/agreement") and k.count("/") <= 2]:
                got = mean(draw, key, "weight:" + key.split("/", 1)[1])
                if any(k.startswith(key + "/") for k in columns) and abs(got - columns[key][draw]) > 1e-4:
                    faults.append((key, draw, got, columns[key][draw]))
            criteria = ("agreement", "contributions", "support")
            weight = [columns[f"weight:{c}"][draw] for c in criteria]
            got = math.exp(sum(w * math.log(columns[f"{alliance}/{c}"][draw]) for w, c in zip(weight, criteria)) / sum(weight))
            if abs(got - columns[f"{alliance}/score/geometric"][draw]) > 1e-4:
                faults.append((alliance, draw, got))
    none_of(faults, "the score and a criterion can be computed from the weights and scores of each draw")
    values = {name: column for name, column in columns.items() if name.startswith("value:")}
    fields, codings = table(BUNDLED, "codings")
    ranges = {}
    for row in codings:
        name = f"value:{row['item']}/{row['aspect']}"
        ends = [float(row[c]) for c in ("low", "value", "high") if row[c]]
        ranges[name] = (min(ends + list(ranges.get(name, ()))), max(ends + list(ranges.get(name, ()))))
    coded = [name for name in values if name in ranges]
    ok(len(coded) > 50, "coded values stand under the row and aspect that they are of", len(coded))
    none_of([name for name in coded if min(values[name]) < ranges[name][0] - 1e-9 or max(values[name]) > ranges[name][1] + 1e-9],
            "inside the range of their codings")
    none_of([name for name in values if len(set(values[name])) == 1], "what does not vary has no column")
    none_of([name for name in columns if name.startswith("weight:") and min(columns[name]) <= 0], "weights are positive")
    again = place("again.csv")
    answer("assess", BUNDLED, "--draws", 700, "--draw-log", again, "--draw-all", "--threads", 2)
    with open(path, "rb") as a, open(again, "rb") as b:
        ok(a.read() == b.read(), "two threads write the same bytes")
    fewer = place("fewer.csv")
    answer("assess", BUNDLED, "--draws", 300, "--draw-log", fewer, "--draw-all")
    with open(path, "rb") as a, open(fewer, "rb") as b:
        is_(a.readlines()[:301], b.readlines(), "fewer draws are the first of more")


def test_confidential():
    package = secret.secret_package({"observations": "watch-alv", "codings": "k1-course-vasko-stance"})
    path, shown = place("secret.csv"), place("shown.csv")
    document = answer("assess", package, "--as-of", "2030-06", "--draws", 50, "--draw-log", path, "--draw-all")
    _, head = read(path)
    none_of([name for name in head if "course-vasko/stance" in name or "watch-alv" in name],
            "values of confidential rows are left out")
    ok(document["draw_log"]["left_out"] >= 1, "and counted", document["draw_log"])
    page = run("assess", package, "--as-of", "2030-06", "--draws", 50, "--draw-log", path, "--draw-all")
    ok("confidential rows" in page.flat and "left out of it" in page.flat, "which the page says", page)
    document = answer("assess", package, "--as-of", "2030-06", "--draws", 50, "--draw-log", shown, "--draw-all",
                      "--reveal", secret.SOURCE)
    is_(document["draw_log"]["left_out"], 0, "unless the source is asked for by name")
    ok(any("course-vasko/stance" in name for name in read(shown)[1]), "then they are there")


def test_whole_or_not():
    path = place("kept.csv")
    with open(path, "w", encoding="ascii") as file:
        file.write("before")
    os.chmod(path, 0o640)
    got = run("assess", RIVER, "--draws", 50, "--draw-log", os.path.join(WORK, "none", "x.csv"))
    ok(got.code == 5 and not got.out and "x.csv" in got.err, "a folder that is not there", got)
    got = run("assess", RIVER, "--draws", 50, "--draw-log", WORK)
    ok(got.code == 5 and "regular file" in got.err, "a folder is not replaced", got)
    got = run("assess", RIVER, "--draws", 50, "--draw-log", "/dev/null")
    ok(got.code == 5 and "regular file" in got.err, "nor a device", got)
    got = run("assess", RIVER, "--alliance", "none", "--draws", 50, "--draw-log", path)
    is_((got.code, open(path, encoding="ascii").read()), (3, "before"), "a run that fails leaves the old file")

    def little_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))

    full = subprocess.run([PROGRAM, "assess", RIVER, "--store", ":memory:", "--draws", "5000", "--draw-log", path],
                          env=tap.environment(None), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, preexec_fn=little_room, check=False)
    ok(full.returncode == 5 and b"make room" in full.stderr, "no room is an error", full)
    is_(open(path, encoding="ascii").read(), "before", "and leaves the old file")
    none_of([name for name in os.listdir(WORK) if ".part" in name], "and no other")
    is_(run("assess", RIVER, "--draws", 50, "--draw-log", path).code, 0, "then it is replaced")
    is_(os.stat(path).st_mode & 0o777, 0o640, "with the permissions that it had")
    got = run("assess", RIVER, "--draw-all")
    ok(got.code == 2 and "--draw-log" in got.err, "--draw-all alone says what is missing", got)
    is_(run("expect", RIVER, "--draw-log", path).code, 2, "no other command takes it")


def test_interrupt():
    if not os.path.exists("/proc/self/status"):
        return
    path = place("interrupted.csv")
    process = subprocess.Popen([PROGRAM, "assess", BUNDLED, "--store", ":memory:", "--draws", "100000", "--draw-log", path,
                                "--draw-all"], env=tap.environment(None), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < until:
        if any(name.startswith("interrupted.csv.part") for name in os.listdir(WORK)):
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    is_((process.returncode, out), (130, b""), "Ctrl-C while the draws are written ends with 130", err)
    none_of([name for name in os.listdir(WORK) if name.startswith("interrupted")], "and leaves no file")


for test in (test_quantiles, test_all, test_confidential, test_whole_or_not, test_interrupt):
    test()
tap.done()
