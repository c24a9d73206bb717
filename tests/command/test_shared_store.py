#!/usr/bin/python3 -B
"""test_shared_store - a store that others write to at the same time, that is damaged, or that lies where there is no
memory to share: nothing is lost, nothing crashes, and `store check` finds what would alter an answer.

Damage is random but seeded: single bits, and ends cut off."""
import os
import random
import shutil
import sqlite3
import subprocess

import tap
from stores import dump, edition
from tap import PROGRAM, folder, none_of, ok, run

FAULTS = os.path.join(os.path.dirname(PROGRAM), "t", "faults.so")
PLACE = folder("shared")
STUDY = "river-pact-2030"


def path(name):
    return os.path.join(PLACE, name)


def load(store, package):
    return run("study", "load", "--store", store, package)


def filled(name, *packages):
    for package in packages:
        got = load(path(name), package)
        if got.code:
            ok(False, f"{name} can be made", got)
            tap.done()
    return path(name)


def at_once(store, packages):
    """The program runs for all packages at the same time; returns what went wrong."""
    runs = [subprocess.Popen([PROGRAM, "study", "load", "--store", store, package], stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=tap.environment())
            for package in packages]
    return [(one.args, one.returncode, err.decode()) for one, (_, err) in [(one, one.communicate()) for one in runs]
            if one.returncode]


def test_writers():
    one, two, other = edition(1), edition(2), edition(1, study="lake-pact-2030")
    alone, both = dump(filled("alone.sqlite", one)), dump(filled("both.sqlite", one, other))
    faults = []
    for i in range(6):
        store = path(f"equal-{i}.sqlite")
        faults += at_once(store, [one] * 3)
        if dump(store) != alone:
            faults.append("three equal loads are not one")
    none_of(faults, "equal loads at once into a new store: each ends well, and the study stands there once")
    faults = []
    for i in range(6):
        store = path(f"other-{i}.sqlite")
        faults += at_once(store, [one, other] if i % 2 else [other, one])
        if dump(store) != both:
            faults.append("two studies are not as if loaded one after the other")
    none_of(faults, "two studies at once: the store is as if they had been loaded one after the other")
    history = dump(filled("history.sqlite", one, two))
    store = filled("later.sqlite", one)
    faults = at_once(store, [two, two, one])
    ok(not faults and dump(store) == history, "an edition loaded twice while the one before is loaded again", faults)

    db = sqlite3.connect(store, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    held = load(store, edition(3))
    ok(held.code == 5 and "another program is writing to the store" in held.err and "try again" in held.err,
       "a lock that is held: exit 5, and what to do", held)
    seen = run("assess", STUDY, "--store", store, "--draws", "200")
    ok(seen.code == 0, "meanwhile the store can be read", seen)
    db.execute("ROLLBACK")
    ok(dump(store) == history, "and holds what it held")
    ok(load(store, edition(3)).code == 0, "when the lock is gone, the load succeeds")
    db.close()


def answers(store):
    """What people would be told, on a copy each: opening may mend or migrate."""
    told = []
    for arguments in (("assess", STUDY, "--draws", "200", "--format", "json"), ("study", "show", STUDY, "--format", "json"),
                      ("study", "list", "--format", "json"), ("store", "check")):
        shutil.copy(store, path("looked-at.sqlite"))
        told.append(run(*arguments, "--store", path("looked-at.sqlite")))
        for ending in ("", "-wal", "-shm", "-journal"):
            if os.path.exists(path("looked-at.sqlite" + ending)):
                os.unlink(path("looked-at.sqlite" + ending))
    return told


def test_damage():
    filled("sound.sqlite", edition(1), edition(2))
    sound = path("sound-copy.sqlite")
    run("store", "backup", "--store", path("sound.sqlite"), sound)
    with open(sound, "rb") as file:
        content = file.read()
    whole = [got.raw for got in answers(sound)[:-1]]
    chance, faults, changed, found = random.Random(4), [], 0, 0
    damaged = path("damaged.sqlite")
    for i in range(160):
        broken = bytearray(content)
        if i % 4 == 3:
            what = f"cut at {chance.randrange(len(broken))}"
            del broken[int(what.split()[-1]):]
        else:
            at = chance.randrange(100 if i % 16 == 0 else len(broken))
            broken[at] ^= 1 << chance.randrange(8)
            what = f"bit in byte {at}"
        with open(damaged, "wb") as file:
            file.write(broken)
        *told, check = answers(damaged)
        for got in (*told, check):
            if got.code not in (0, 3, 4, 5) or (got.code and not got.err.startswith("entente: ") and got is not check):
                faults.append(f"{what}: {got}")
        altered = [got.command for got, wanted in zip(told, whole) if got.code or got.raw != wanted]
        changed += bool(altered)
        found += check.code != 0
        if altered and not check.code:
            faults.append(f"{what}: store check finds nothing, though another answer comes from {altered}")
    none_of(faults, f"160 damaged stores: no crash, and the {changed} that answer otherwise are among the {found} that "
                    "store check finds")
    ok(changed >= 20, "damage does alter answers, so that the test looks at something", changed)


def test_no_shared_memory():
    """As on a file system without shared memory, after a copy of a store that was made elsewhere."""
    if not os.path.exists(FAULTS) or b"__asan_init" in open(PROGRAM, "rb").read() or "/clang/" in PROGRAM:
        tap.skip("a store where there is no shared memory", "looked at in another build")
        return
    denied = {"FAULTS_DENY": "-shm", "LD_PRELOAD": FAULTS}
    source = filled("elsewhere.sqlite", edition(1))
    held = dump(source)
    db = sqlite3.connect(source)
    ok(db.execute("PRAGMA journal_mode").fetchone()[0] == "wal", "a store is in WAL mode where it can be")
    db.close()
    whole = run("assess", STUDY, "--draws", "200", "--store", source)
    for arguments in (("store", "check"), ("store", "backup", path("of-copy.sqlite")), ("assess", STUDY, "--draws", "200"),
                      ("study", "load", edition(2))):
        store = path("copied.sqlite")
        shutil.copy(source, store)
        got = run(*arguments, "--store", store, env=denied)
        name = " ".join(arguments[:2])
        ok(got.code == 0, f"{name}: works without shared memory", got)
        if arguments[0] == "assess":
            ok(got.raw == whole.raw, "with the same answer")
            ok(got.err.count("\n") == 1 and "rollback journal" in got.err, "and one line that says so", got.err)
        if arguments[1] != "load":
            ok(dump(store) == held, f"{name}: the store holds what it held")
    os.unlink(store)
    shutil.copy(source, store)
    reader = sqlite3.connect(store, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM study").fetchone()
    got = run("study", "load", edition(2), "--store", store, env=denied)
    ok(got.code == 5 and "another program" in got.err, "while another program has it open: exit 5, with the cause", got)
    reader.execute("ROLLBACK")
    reader.close()
    ok(dump(store) == held, "and the store holds what it held")


test_writers()
test_damage()
test_no_shared_memory()
tap.done()
