#!/usr/bin/python3 -B
"""test_crash - nothing may be lost: whatever call that changes a file is the last one, or fails, the store holds what it
held before or what it should hold then, whole, and the next run works.

A library (tests/faults.c) counts the calls that change files, keeps what they wrote, and makes the n-th one the last
(before it, or after half of its bytes), or lets it fail for want of space or by an error of the device.

From what was written, the files are made again as they were before each call, and after half of each write: SQLite must
find each sound, with the old content or the new (every row of every table, and the hashes of the editions: from these
`store check` judges). So must it where the power fails and what was not synced is lost, all of it or any part. The
program itself is killed at each call that is no write, and at every eighth write; then the next run, without faults,
must succeed. Errors come at the same calls. ENTENTE_CRASH=all kills at every call, and tries each error.

Of one build only: sanitizers and LD_PRELOAD do not go together."""
import concurrent.futures
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile

import tap
from stores import dump, edition, old_store
from tap import PROGRAM, none_of, note, ok, run

FAULTS = os.path.join(os.path.dirname(PROGRAM), "t", "faults.so")
ALL = os.environ.get("ENTENTE_CRASH") == "all"
# Where there is one, a place in memory: the disk is made up here.
PLACE = tempfile.mkdtemp(prefix="entente-crash-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else tap.SCRATCH)
POOL = concurrent.futures.ThreadPoolExecutor(max(2, os.cpu_count() or 2))
ERRORS = ("ENOSPC", "EIO", "EDQUOT", "short")
COUNTS = {"states": 0, "power": 0, "kills": 0, "errors": 0}


class Disk:
    """Files as a program's calls leave them. A file is what stands in it now, what was synced, and the writes since."""

    def __init__(self, template):
        self.names = {}
        for name in os.listdir(template):
            with open(os.path.join(template, name), "rb") as file:
                content = file.read()
            self.names[name] = {"now": bytearray(content), "synced": bytes(content), "since": []}
        self.kept = dict(self.names)  # the names that a power cut leaves

    @staticmethod
    def put(content, offset, data):
        content.extend(bytes(max(0, offset - len(content))))
        content[offset:offset + len(data)] = data

    def change(self, file, offset, data):
        """data None: the file ends at offset."""
        file["since"].append((offset, data))
        self.replay(file["now"], [(offset, data)])

    def replay(self, content, changes):
        for offset, data in changes:
            if data is None:
                del content[offset:]
                content.extend(bytes(offset - len(content)))
            else:
                self.put(content, offset, data)

    def call(self, name, path, other, offset, length, data):
        at, to = os.path.basename(path), os.path.basename(other)
        if name in ("create", "open-empty") and at not in self.names:
            self.names[at] = {"now": bytearray(), "synced": b"", "since": []}
        elif name == "open-empty":
            self.change(self.names[at], 0, None)
        elif name == "write" and at in self.names:
            self.change(self.names[at], offset, data)
        elif name == "truncate" and at in self.names:
            self.change(self.names[at], length, None)
        elif name == "sync" and at in self.names:
            self.names[at]["synced"], self.names[at]["since"] = bytes(self.names[at]["now"]), []
        elif name == "sync":
            self.kept = dict(self.names)
        elif name == "rename":
            self.names[to] = self.names.pop(at)
        elif name == "link":
            self.names[to] = self.names[at]
        elif name == "unlink":
            self.names.pop(at, None)

    def after_crash(self, place):
        self.lay_out(place, self.names, lambda file: file["now"])

    def after_power_cut(self, place, how, chance):
        """how: what of the changes since the last sync is lost: all, or any part; names: those of the last sync."""
        def content(file):
            found = bytearray(file["synced"])
            self.replay(found, [] if how == "all" else [change for change in file["since"] if chance.random() < 0.5])
            return found
        self.lay_out(place, self.kept if how == "names" or chance.random() < 0.5 else self.names, content)

    @staticmethod
    def lay_out(place, names, content):
        for name in os.listdir(place):
            os.unlink(os.path.join(place, name))
        for name, file in names.items():
            if not name.endswith("-shm"):
                with open(os.path.join(place, name), "wb") as out:
                    out.write(content(file))


class Case:
    """files: what stands in the folder before. command: what is done there, with {f} for the folder. looked_at: names of
    stores that are then in one of their states, each a dump, or None where there may be none yet; the first is the old
    one, the last the new. again: how a run ends after one that was done."""

    def __init__(self, name, command, looked_at, files=(), states=None, again=0):
        self.name, self.command, self.again = name, command, again
        self.template = tempfile.mkdtemp(prefix="template-", dir=PLACE)
        for file, source in files:
            shutil.copy(source, os.path.join(self.template, file))
        work, trace = self.work(), os.path.join(PLACE, "trace")
        got = self.run(work, FAULTS_TRACE=trace)
        if got.returncode:
            ok(False, f"{name}: works without faults", got.stderr)
        self.calls = list(calls_in(trace))
        self.states = {}
        for store in looked_at:
            before, after = os.path.join(self.template, store), os.path.join(work, store)
            self.states[store] = [dump(before) if os.path.exists(before) else None, dump(after)]
        self.states.update(states or {})
        shutil.rmtree(work)

    def work(self):
        made = tempfile.mkdtemp(prefix="work-", dir=PLACE)
        for name in os.listdir(self.template):
            shutil.copy(os.path.join(self.template, name), made)
        return made

    def run(self, work, **faults):
        env = tap.environment(**faults)
        if faults:
            env["LD_PRELOAD"] = FAULTS
        return subprocess.run([PROGRAM, *[a.format(f=work) for a in self.command]], stdin=subprocess.DEVNULL,
                              capture_output=True, env=env, cwd=work, timeout=120, check=False)

    def wrong(self, place, final=False):
        """What is wrong with the stores of a folder; SQLite repairs them in passing."""
        for store, states in self.states.items():
            try:
                held = sound(os.path.join(place, store))
            except sqlite3.Error as error:
                return f"{store}: {error}"
            if held not in (states[-1:] if final else states):
                return f"{store} holds neither the old nor the new: {different(held, states)}"
        return None

    def wrong_of_copy(self, work, final=False):
        """The same of a copy, so that the program does the repair itself."""
        copy = tempfile.mkdtemp(prefix="copy-", dir=PLACE)
        for name in os.listdir(work):
            if not name.endswith("-shm"):
                shutil.copy(os.path.join(work, name), copy)
        found = self.wrong(copy, final)
        shutil.rmtree(copy)
        return found

    def after(self, work):
        """The next run, without faults."""
        got = self.run(work)
        if got.returncode not in (0, self.again):
            return f"the next run fails: {got.stderr.decode()}"
        wrong = self.wrong(work, final=True)
        return wrong and f"after the next run: {wrong}"

    def looked_into(self):
        """Numbers of calls at which the program itself is killed."""
        writes = 0
        for n, call in enumerate(self.calls, 1):
            writes += call[0] == "write"
            if ALL or call[0] != "write" or writes % 8 == 0:
                yield n


def calls_in(trace):
    with open(trace, "rb") as file:
        while True:
            line = file.readline().decode().rstrip("\n").split("\t")
            if len(line) != 5:
                return
            name, path, other, offset, length = line[0], line[1], line[2], int(line[3]), int(line[4])
            yield name, path, other, offset, length, file.read(length) if name == "write" else None


def sound(store):
    """What a store holds, None where there is none or it is empty."""
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


def different(held, states):
    if held is None:
        return "nothing"
    return [[table for table in held if held[table] != state.get(table)] if state else "all" for state in states]


def crashes(case):
    """Each state in which a kill leaves the files, by the calls before it."""
    disk, place, found = Disk(case.template), tempfile.mkdtemp(prefix="disk-", dir=PLACE), []
    before = 0
    for n, (name, path, other, offset, length, data) in enumerate(case.calls, 1):
        halves = [data[:len(data) // 2]] if name == "write" and len(data) > 1 else []
        for half in [None, *halves]:
            if half:
                torn = Disk.__new__(Disk)
                torn.names = {at: dict(file, now=bytearray(file["now"]), since=[]) for at, file in disk.names.items()}
                torn.call(name, path, other, offset, len(half), half)
            (torn if half else disk).after_crash(place)
            wrong = case.wrong(place)
            before += 1
            if wrong:
                found.append(f"{'torn' if half else 'killed'} at {n} ({name} {os.path.basename(path)}): {wrong}")
        disk.call(name, path, other, offset, length, data)
    disk.after_crash(place)
    wrong = case.wrong(place, final=True)
    shutil.rmtree(place)
    COUNTS["states"] += before
    return found + ([f"after all: {wrong}"] if wrong else []), before


def power_cuts(case):
    disk, place, found, count = Disk(case.template), tempfile.mkdtemp(prefix="disk-", dir=PLACE), [], 0
    chance, points = random.Random(case.name), set(case.looked_into())
    for n, call in enumerate([*case.calls, None], 1):
        for how in ("all", "names", "part") if call is None or n in points else ():
            disk.after_power_cut(place, how, chance)
            wrong = case.wrong(place, final=call is None)
            count += 1
            if wrong:
                found.append(f"power cut at {n} ({call and call[:2]}), lost: {how}: {wrong}")
        if call:
            disk.call(*call)
    shutil.rmtree(place)
    COUNTS["power"] += count
    return found, count


def kill(case, n):
    work = case.work()
    got = case.run(work, FAULTS_AT=str(n), FAULTS_HOW="torn" if case.calls[n - 1][0] == "write" and n % 16 else "kill")
    wrong = None
    if got.returncode != -9:
        wrong = f"it was not killed: {got.returncode} {got.stderr.decode()}"
    wrong = wrong or case.wrong_of_copy(work) or case.after(work)
    shutil.rmtree(work)
    return wrong and f"at {n} ({case.calls[n - 1][:2]}): {wrong}"


def fail(case, n, how, for_good):
    work = case.work()
    more = {"FAULTS_ON": "1"} if for_good else {}
    got = case.run(work, FAULTS_AT=str(n), FAULTS_HOW=how, **more)
    said, wrong = got.stderr.decode(), None
    if got.returncode == 0:
        wrong = case.wrong_of_copy(work, final=True)
        wrong = wrong and f"it says that it is done, but {wrong}"
    elif got.returncode != 5 or not said.startswith("entente: "):
        wrong = f"exit {got.returncode}: {said}"
    elif work not in said.splitlines()[0] or ";" not in said.splitlines()[0]:
        wrong = f"the message names no place or no remedy: {said}"
    wrong = wrong or case.wrong_of_copy(work) or case.after(work)
    shutil.rmtree(work)
    return wrong and f"{how}{' for good' if for_good else ''} at {n} ({case.calls[n - 1][:2]}): {wrong}"


def all_of(jobs):
    return [wrong for wrong in POOL.map(lambda job: job[0](*job[1:]), jobs) if wrong]


def try_case(case):
    wrong, count = crashes(case)
    none_of(wrong, f"{case.name}: {count} states in which a kill leaves the files")
    wrong, count = power_cuts(case)
    none_of(wrong, f"{case.name}: {count} power cuts")
    points = list(case.looked_into())
    none_of(all_of([(kill, case, n) for n in points]), f"{case.name}: killed at {len(points)} calls, then run again")
    jobs = [(fail, case, n, how, for_good) for i, n in enumerate(points) for j, how in enumerate(ERRORS)
            for for_good in (False, True) if ALL or (i % 4 == j and for_good == bool(i // 4 % 2))]
    none_of(all_of(jobs), f"{case.name}: {len(jobs)} errors of the file system")
    COUNTS["kills"] += len(points)
    COUNTS["errors"] += len(jobs)


def load(package, store="{f}/store.sqlite"):
    return ("study", "load", "--store", store, package)


def made(name, *packages):
    store = os.path.join(PLACE, name)
    run("study", "load", "--store", store, "/nowhere")  # makes an empty store
    for package in packages:
        got = run(*load(package, store))
        if got.code:
            ok(False, f"{name} can be made", got)
    return store


def main():
    one, two, working = edition(1, small=True), edition(2, small=True), edition(2, "", small=True)
    changed = edition(2, "", small=True)
    with open(os.path.join(changed, "terms.csv"), "a", encoding="utf-8") as file:
        file.write("last-term,LT,Last,Letzter,Last,Letzter,,\n")
    empty, first = made("empty.sqlite"), made("first.sqlite", one)
    both, copied = made("both.sqlite", one, two), made("with-copy.sqlite", one, working)
    old = os.path.join(PLACE, "old.sqlite")
    old_store(old, both)
    kept, older = os.path.join(PLACE, "kept.sqlite"), os.path.join(PLACE, "older.sqlite")
    for store, backup in ((both, kept), (first, older)):
        run("store", "backup", "--store", store, backup)
    name = "store.sqlite"
    backup = ("store", "backup", "--store", "{f}/store.sqlite", "{f}/backup.sqlite")
    restore = ("store", "restore", "--store", "{f}/store.sqlite", "{f}/backup.sqlite")
    loaded = dump(first)
    for case in (
            Case("making a store and loading a study", load(one), [name], states={name: [None, dump(empty), loaded]}),
            Case("loading a study into an empty store", load(one), [name], [(name, empty)]),
            Case("loading edition 2 over edition 1", load(two), [name], [(name, first)]),
            Case("replacing a working copy", load(changed), [name], [(name, copied)]),
            Case("migrating an old store", ("store", "info", "--store", "{f}/store.sqlite"), [name], [(name, old)]),
            Case("removing a study", ("study", "remove", "--yes", "--store", "{f}/store.sqlite", "river-pact-2030"), [name],
                 [(name, both)], again=3),
            Case("writing a backup", backup, [name, "backup.sqlite"], [(name, both)]),
            Case("replacing a backup", backup, [name, "backup.sqlite"], [(name, both), ("backup.sqlite", older)]),
            Case("bringing back a store", restore, [name, "backup.sqlite"], [(name, first), ("backup.sqlite", kept)])):
        try_case(case)
    note(f"{COUNTS['states']} states after a kill, {COUNTS['power']} power cuts, {COUNTS['kills']} kills, "
         f"{COUNTS['errors']} I/O errors")


if not os.path.exists(FAULTS) or b"__asan_init" in open(PROGRAM, "rb").read() or "/clang/" in PROGRAM:
    tap.skip("crashes", "looked at in another build")
else:
    try:
        main()
    finally:
        shutil.rmtree(PLACE, ignore_errors=True)
tap.done()
