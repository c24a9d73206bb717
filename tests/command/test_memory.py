#!/usr/bin/python3 -B
"""test_memory - memory gives out at any allocation: an answer is then the same to the byte, or the program says that
memory is short, and ends with 5. No signal, no altered figure, no half of a study in the store.

A library (tests/faults.c) counts the allocations of a run, and lets the n-th give nothing, or it and all later ones.
Points lie closest where documents in JSON are read and written (their library, jansson, once lost a byte of a text
there), and are spread by chance over the rest; the first and the last are among them. ENTENTE_MEMORY=4 tries four times
as many.

Of one build only: sanitizers and LD_PRELOAD do not go together."""
import concurrent.futures
import json
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile

import tap
from stores import dump, edition, old_store
from tap import PROGRAM, RIVER, ROOT, none_of, note, ok, run

FAULTS = os.path.join(os.path.dirname(PROGRAM), "t", "faults.so")
MORE = int(os.environ.get("ENTENTE_MEMORY") or 1)
PLACE = tempfile.mkdtemp(prefix="entente-memory-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else tap.SCRATCH)
POOL = concurrent.futures.ThreadPoolExecutor(max(2, os.cpu_count() or 2))
COMPOSED = os.path.join(ROOT, "tests", "composite")
COMPOSITE = [os.path.join(COMPOSED, name + ".csv") for name in ("data", "meta")]
NAME, DRAWS = "store.sqlite", "draws.csv"
NOT_COMPACT = ("The file keeps its size, since another program was using the store, or memory or room was short: what was "
               "removed may be legible in it until later loads have written over it.")
COUNTS = {"runs": 0, "same": 0, "refused": 0}


class Case:
    """store: the one that stands in the folder before, or None. command: what is done there, with {f} for the folder.
    changes: stores that it changes, with a state between, if there is one; others must stay as they were. instead: a
    sentence of the answer, and what may be said in its place."""

    def __init__(self, name, command, store=None, changes=(), points=36, backup=None, between=None, instead=None):
        self.name, self.command, self.points = name, command, points * MORE
        self.template = tempfile.mkdtemp(prefix="template-", dir=PLACE)
        for source, file in ((store, NAME), (backup, "backup.sqlite")):
            if source:
                shutil.copy(source, os.path.join(self.template, file))
        work, log = self.work(), os.path.join(PLACE, "log")
        got = self.run(work, FAULTS_LOG=log)
        if got.returncode:
            ok(False, f"{name}: works while there is memory", got.stderr)
        self.wholes = [self.said(got, work)]
        if instead:
            self.wholes.append(self.wholes[0].replace(*instead))
        self.draws = bytes_of(os.path.join(work, DRAWS))
        before, after = self.held(self.template), self.held(work)
        self.states = {file: [before[file], after[file]] if file in changes else [before[file]] for file in before}
        if between:
            self.states[NAME].insert(1, between)
        shutil.rmtree(work)
        self.count, self.json = 0, []
        with open(log, encoding="utf-8") as file:
            for line in file:
                words = line.split()
                if words[0] == "json":
                    self.json.append((int(words[1]), int(words[2])))
                if words[0] == "memory":
                    self.count = int(words[1])

    @staticmethod
    def said(got, work):
        """Without regard to line breaks, which depend on the length of the folder's name."""
        return " ".join(got.stdout.decode().replace(work, "{f}").split())

    @staticmethod
    def held(place):
        return {file: held_by(os.path.join(place, file)) for file in (NAME, "backup.sqlite")}

    def work(self):
        made = tempfile.mkdtemp(prefix="work-", dir=PLACE)
        for name in os.listdir(self.template):
            shutil.copy(os.path.join(self.template, name), made)
        return made

    def run(self, work, **faults):
        env = tap.environment(home=work + ".home", **faults)
        if faults:
            env["LD_PRELOAD"] = FAULTS
        got = subprocess.run([PROGRAM, *[a.format(f=work) for a in self.command]], stdin=subprocess.DEVNULL,
                             capture_output=True, env=env, cwd=work, timeout=120, check=False)
        shutil.rmtree(work + ".home", ignore_errors=True)
        return got

    def chosen(self):
        """Numbers of allocations: a third one after the other within JSON, a third spread there, a third anywhere."""
        chance, found = random.Random(self.name), {1, 2, self.count - 1, self.count}
        within = [n for first, last in self.json for n in range(first, last + 1)] or [1]
        at = chance.randrange(len(within))
        found.update((within + within)[at:at + self.points // 3])
        found.update(chance.choice(within) for _ in range(self.points // 3))
        step = self.count / max(1, self.points // 3)
        found.update(int(i * step + chance.random() * step) + 1 for i in range(self.points // 3))
        return sorted(n for n in found if 1 <= n <= self.count)


def bytes_of(path):
    """None where there is no such file."""
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return file.read()


def spread_model():
    """The package's model with every setting that says how values are drawn, and with earlier dates."""
    with open(os.path.join(RIVER, "model.json"), encoding="utf-8") as file:
        model = json.load(file)
    model.update(ranges={"distribution": "pert", "reason": "r"}, trend={"years": [1, 4], "least": 0.5, "reason": "r"},
                 grades={"reliability": {"B": 0.1}, "credibility": {"2": 0.1}, "reason": "r"})
    path = os.path.join(PLACE, "spread.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(model, file)
    return path


def held_by(store):
    """What a store holds, None where there is none or it is empty; its WAL is folded in, as the next opening does."""
    if not os.path.exists(store) or os.path.getsize(store) == 0:
        return None
    db = sqlite3.connect(store)
    try:
        if db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
            return None
        found = db.execute("PRAGMA integrity_check").fetchall() + db.execute("PRAGMA foreign_key_check").fetchall()
        if found != [("ok",)]:
            raise sqlite3.DatabaseError(f"damaged: {found[:3]}")
    finally:
        db.close()
    return dump(store)


def short(case, n, for_good):
    work = case.work()
    got = case.run(work, FAULTS_MEMORY=str(n), **({"FAULTS_ON": "1"} if for_good else {}))
    said, wrong = got.stderr.decode(errors="replace"), None
    COUNTS["runs"] += 1
    COUNTS["same" if got.returncode == 0 else "refused"] += 1
    if got.returncode == 0:
        if case.said(got, work) not in case.wholes:
            wrong = "it says that it is done, but its answer is another"
    elif got.returncode != 5 or not said.startswith("entente: ") or "memory" not in said:
        wrong = f"exit {got.returncode}: {said}"
    try:
        held = case.held(work)
        for file, states in case.states.items():
            if held[file] not in (states[-1:] if got.returncode == 0 else states):
                wrong = wrong or f"exit {got.returncode}, and {file} holds neither the old nor the new"
    except sqlite3.Error as error:
        wrong = wrong or f"the store: {error}"
    begun = [name for name in os.listdir(work) if name.startswith(f"{DRAWS}.part")]
    if bytes_of(os.path.join(work, DRAWS)) not in (None, case.draws) or begun:
        wrong = wrong or f"exit {got.returncode}, and half a file of draws"
    shutil.rmtree(work)
    return wrong and f"{n} of {case.count}{' and all later ones' if for_good else ''}: {wrong}"


def try_case(case):
    jobs = [(case, n, for_good) for n in case.chosen() for for_good in (False, True)]
    wrong = [found for found in POOL.map(lambda job: short(*job), jobs) if found]
    none_of(wrong, f"{case.name}: {len(jobs)} times without memory")


def made(name, *packages):
    store = os.path.join(PLACE, name)
    run("study", "load", "--store", store, "/nowhere")  # makes an empty store
    for package in packages:
        got = run("study", "load", "--store", store, package)
        if got.code:
            ok(False, f"{name} can be made", got)
    return store


def main():
    one, two = edition(1, small=True), edition(2, small=True)
    first, both, full = made("first.sqlite", one), made("both.sqlite", one, two), made("full.sqlite", RIVER)
    old, kept = os.path.join(PLACE, "old.sqlite"), os.path.join(PLACE, "kept.sqlite")
    old_store(old, both)
    run("store", "backup", "--store", both, kept)
    ours, study, few = ("--store", "{f}/" + NAME), "river-pact-2030", ("--draws", "200")
    spread = ("--model", spread_model())
    load, dates = ("study", "load", *ours), ("--as-of", "2028", "--as-of", "2030-06")
    for case in (
            Case("making a store and loading a study", (*load, one), changes=[NAME], between=held_by(made("empty.sqlite"))),
            Case("loading edition 2 over edition 1", (*load, two), first, [NAME]),
            Case("migrating an old store", ("store", "info", *ours), old, [NAME]),
            Case("removing a study", ("study", "remove", study, "--yes", *ours), both, [NAME], instead=(
                "The file was made smaller; nothing of the study is left in it.", NOT_COMPACT)),
            Case("writing a backup", ("store", "backup", *ours, "{f}/backup.sqlite"), both, ["backup.sqlite"]),
            Case("bringing back a store", ("store", "restore", *ours, "{f}/backup.sqlite"), first, [NAME], backup=kept),
            Case("looking a store through", ("store", "check", *ours), both, points=240),
            Case("checking a package", ("study", "check", RIVER), points=150),
            Case("checking a package, JSON", ("study", "check", RIVER, "--format", "json"), points=60),
            Case("making a composite", ("composite", *COMPOSITE, "--experts", os.path.join(COMPOSED, "experts.csv"),
                                        "--weights", "budget/given", "--indices", "--threads", "1", *few,
                                        "--export", "{f}/calculation"), points=150),
            Case("making a composite, JSON", ("composite", *COMPOSITE, "--threads", "1", *few, "--format", "json"), points=60),
            Case("assessing a folder", ("assess", RIVER, "--store", ":memory:", *few), points=60),
            Case("assessing", ("assess", study, *ours, *few), full),
            Case("assessing, JSON", ("assess", study, *ours, *few, "--format", "json"), full, points=60),
            Case("assessing, CSV", ("assess", study, *ours, *few, "--format", "csv"), full),
            Case("assessing, German, Markdown", ("assess", study, *ours, *few, "--lang", "de", "--format", "md"), full),
            Case("assessing with distributions and trends", ("assess", study, *ours, *few, *spread), full),
            Case("explaining with distributions and trends", (
                "explain", study, "river-pact:ALV>BRK/burdens", "--format", "json", *ours, *few, *spread), full),
            Case("writing the draws", ("assess", study, *ours, *few, *spread, "--draw-log", "{f}/" + DRAWS, "--draw-all"),
                 full),
            Case("what drives a score", ("sensitivity", study, *ours, *few, "--points", "256", "--threads", "1"), full),
            Case("what drives a score, JSON, with distributions", (
                "sensitivity", study, *ours, *few, *spread, "--points", "256", "--threads", "1", "--format", "json"), full,
                 points=60),
            Case("comparing two dates", ("compare", study, *ours, *few, *dates), full),
            Case("comparing two dates, JSON", ("compare", study, *ours, *few, *dates, "--format", "json"), full),
            Case("explaining", ("explain", study, "river-pact/views/course/course_distance", *ours, *few), full),
            Case("the ledger", ("ledger", study, *ours), full),
            Case("the ledger, JSON", ("ledger", study, *ours, "--format", "json"), full),
            Case("what changed between editions", ("study", "diff", study, "--edition", "1", "--edition", "2", *ours),
                 both),
            Case("the balance of partners", ("gap", study, *ours, *few), full),
            Case("positions by states", ("matrix", study, *ours), full),
            Case("expectations", ("expect", study, *ours, *few), full),
            Case("what is stale", ("study", "stale", study, *ours), full),
            Case("how far coders agree", ("study", "reliability", study, *ours), full),
            Case("what a study holds", ("study", "show", study, *ours), full)):
        try_case(case)
    note(f"{COUNTS['runs']} allocation failures: {COUNTS['refused']} runs ended with the message, {COUNTS['same']} with "
         "the same answer")


if not os.path.exists(FAULTS) or b"__asan_init" in open(PROGRAM, "rb").read() or "/clang/" in PROGRAM:
    tap.skip("short memory", "looked at in another build")
else:
    try:
        main()
    finally:
        shutil.rmtree(PLACE, ignore_errors=True)
tap.done()
