#!/usr/bin/python3 -B
"""test_store - the command store: what it says, what it copies and brings back, what it refuses, and that a check finds
what is wrong."""
import os
import shutil
import sqlite3

import tap
from schema import fits
from stores import dump, edition
from tap import answer, folder, is_, none_of, ok, run

PLACE = folder("store")


def path(name):
    return os.path.join(PLACE, name)


def said(got, code, *words):
    return got.code == code and all(word in got.err for word in words)


def filled(name, *packages):
    store = path(name)
    for package in packages:
        got = run("study", "load", "--store", store, package)
        if got.code:
            ok(False, "a store is filled", got)
            tap.done()
    return store


ONE, TWO, WORKING = edition(1), edition(2), edition(3, "")
OTHER = edition(1, study="lake-pact-2030")


def test_info():
    none = run("store", "info", "--store", path("none.sqlite"))
    ok(said(none, 3, "there is no store here", "study load"), "no store: exit 3, and what would make one", none)
    ok(not os.path.exists(path("none.sqlite")), "and none is made")
    scratch = run("store", "info", "--store", ":memory:")
    ok(said(scratch, 2, "scratch store"), "a scratch store holds nothing to look at", scratch)
    store = filled("info.sqlite", ONE, TWO, WORKING, OTHER)
    got = answer("store", "info", "--store", store)
    fits(got, "store-info", "info")
    is_([(e["study"], e["edition"], e["released"], e["hashed"]) for e in got["editions"]],
        [("lake-pact-2030", 1, "2030-06-01", True), ("river-pact-2030", 1, "2030-06-01", True),
         ("river-pact-2030", 2, "2030-06-01", True), ("river-pact-2030", 3, None, True)], "all editions are listed")
    is_(got["version"], got["newest"], "the store is of the newest version")
    is_(got["bytes"], os.path.getsize(store), "and as large as its file")
    rows = [e["rows"] for e in got["editions"]]
    is_([n - rows[0] for n in rows], [0, 0, 1, 1], "rows are counted by edition", rows)
    page = run("store", "info", "--store", store, "--lang", "de")
    ok(page.code == 0 and "Arbeitskopie" in page.out, "info speaks German", page)


def test_backup():
    store, copy = filled("backup.sqlite", ONE, TWO), path("copy.sqlite")
    os.chmod(store, 0o600)
    got = answer("store", "backup", "--store", store, copy)
    fits(got, "store-copy", "backup")
    is_(dump(copy), dump(store), "a backup holds what the store holds")
    is_(os.stat(copy).st_mode & 0o777, 0o600, "and is as private")
    with open(copy, "rb") as file:
        is_(file.read(20)[18:], b"\1\1", "and needs no log beside it")
    filled("backup.sqlite", OTHER)
    again = run("store", "backup", "--store", store, copy)
    ok(again.code == 0 and dump(copy) == dump(store), "an older backup is replaced", again)
    less = run("store", "backup", "--store", filled("less.sqlite", ONE), copy)
    ok(said(less, 5, copy, "does not hold", "another file") and dump(copy) == dump(store),
       "but not by a store that lacks an edition", less)
    with open(path("text"), "w", encoding="utf-8") as file:
        file.write("not a store " * 100)
    for name, what in ((path("text"), "a text"), (PLACE, "a folder"), (store, "the store itself"),
                       (path("none/copy.sqlite"), "a folder that is not there")):
        refused = run("store", "backup", "--store", store, name)
        ok(said(refused, 5, "while writing the backup"), f"no backup to {what}", refused)
    with open(path("text"), encoding="utf-8") as file:
        ok(file.read().startswith("not a store"), "a file that is no store is left alone")
    os.symlink(copy, path("link.sqlite"))
    linked = run("store", "backup", "--store", store, path("link.sqlite"))
    ok(linked.code == 0 and os.path.islink(path("link.sqlite")), "a link to a backup stays a link", linked)
    writer = sqlite3.connect(store, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE edition SET date = '1900'")
    during = run("store", "backup", "--store", store, path("during.sqlite"))
    writer.execute("ROLLBACK")
    writer.close()
    ok(during.code == 0 and dump(path("during.sqlite")) == dump(store), "a backup while another writes", during)
    none_of([n for n in os.listdir(PLACE) if ".part" in n], "nothing is left beside")


def test_restore():
    store, copy = filled("restore.sqlite", ONE), path("kept.sqlite")
    os.chmod(store, 0o640)
    run("store", "backup", "--store", store, copy)
    wanted = dump(store)
    filled("restore.sqlite", TWO)
    newer = dump(store)
    got = answer("store", "restore", "--store", store, copy)
    fits(got, "store-copy", "restore")
    is_(dump(store), wanted, "the store is what the backup was")
    is_(os.stat(store).st_mode & 0o777, 0o640, "and as private as it was")
    is_((got["kept"], dump(got["kept"])), (store + ".before-restore", newer), "what it was is kept")
    got = answer("store", "restore", "--store", store, copy)
    is_(got["kept"], store + ".before-restore-2", "again, under another name")
    new = run("store", "restore", "--store", path("new.sqlite"), copy)
    ok(new.code == 0 and dump(path("new.sqlite")) == wanted and "before-restore" not in new.out,
       "where there is no store, one is made", new)
    home = folder("home")
    new = run("store", "restore", copy, home=home)
    ok(new.code == 0 and dump(os.path.join(home, "data", "entente", "store.sqlite")) == wanted,
       "also in the default place", new)
    reader = sqlite3.connect(store, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM edition").fetchall()
    busy = run("store", "restore", "--store", store, copy)
    reader.close()
    ok(said(busy, 5, store, "another program uses the store"), "not while another program has it open", busy)
    with open(copy, "r+b") as file:
        file.seek(0, 2)
        file.truncate(file.tell() // 2)
    broken = run("store", "restore", "--store", store, copy)
    ok(said(broken, 5, "damaged") and dump(store) == wanted, "not from a damaged backup", broken)
    for name, code in ((path("missing"), 3), (store, 2)):
        refused = run("store", "restore", "--store", store, name)
        ok(said(refused, code, "while bringing back"), f"not from {name}", refused)
    shutil.copy(__file__, path("mine"))
    foreign = run("store", "restore", "--store", path("mine"), path("new.sqlite"))
    ok(said(foreign, 5, "no entente store", "move it away"), "not over a file that is no store", foreign)
    # A damaged store is what a backup is for.
    run("store", "backup", "--store", path("new.sqlite"), path("good.sqlite"))
    with open(store, "r+b") as file:
        file.seek(100)
        file.write(b"\x55" * 3000)
    ok(said(run("store", "check", "--store", store), 5, "damaged", "restore"), "a store that can not be opened: exit 5")
    back = run("store", "restore", "--store", store, path("good.sqlite"))
    ok(back.code == 0 and dump(store) == wanted, "a damaged store is brought back", back)
    none_of([n for n in os.listdir(PLACE) if ".part" in n], "nothing is left beside")


def test_check():
    store = filled("check.sqlite", ONE, TWO, edition(3, ""), OTHER)
    got = answer("store", "check", "--store", store)
    fits(got, "store-check", "check")
    is_((got["errors"], got["notes"]), (0, 0), "a store with moved lines and a working copy is sound", got["findings"])
    changed = edition(3, "")
    with open(os.path.join(changed, "terms.csv"), "a", encoding="utf-8") as file:
        file.write("last-term,LT,Last,Letzter,Last,Letzter,,\n")
    filled("check.sqlite", changed)
    is_(answer("store", "check", "--store", store)["findings"], [], "and after the working copy was replaced")
    damages = (
        ("other-rows", "UPDATE codings SET value = value + 1 WHERE version = (SELECT min(version) FROM codings)"),
        ("other-rows", "UPDATE terms SET line = line + 1 WHERE version = 1"),
        ("other-rows", "UPDATE observations SET published = '1999' WHERE version = 3"),
        ("other-rows", "UPDATE edition SET date = '2031' WHERE number = 2"),
        ("other-rows", "UPDATE edition SET model_text = model_text || ' ' WHERE number = 1"),
        ("other-rows", "UPDATE edition SET rows_sha256 = replace(rows_sha256, 'a', 'b') WHERE number = 2"),
        ("other-rows", "UPDATE study SET id = 'sea-pact' WHERE study = 1"),
        ("other-rows", "UPDATE item SET id = 'another' WHERE item = 1"),
        ("other-rows", "DELETE FROM checks"),
        ("edition-span", "UPDATE codings SET last_edition = 2 WHERE version = (SELECT max(version) FROM codings)"),
        ("lost-reference", "DELETE FROM item WHERE resource = 'scales'"),
        ("two-versions", "UPDATE terms SET first_edition = 1, last_edition = NULL, self = (SELECT min(self) FROM terms)"),
        ("edition-span", "UPDATE terms SET first_edition = 9"),
        ("edition-span", "UPDATE terms SET last_edition = 9"),
        ("edition-span", "UPDATE terms SET first_edition = 0"),
        ("other-item", "UPDATE terms SET self = (SELECT item FROM item WHERE resource = 'actors' LIMIT 1)"),
        ("edition-descriptor", "UPDATE edition SET descriptor = '{' || descriptor"),
        ("edition-date", "UPDATE edition SET date = 'someday'"),
        ("other-tables", "CREATE TABLE more (x)"),
        ("other-tables", "ALTER TABLE terms RENAME COLUMN note TO notes"),
        ("other-tables", "DROP INDEX terms_self"),
    )
    for number, (code, sql) in enumerate(damages):
        copy = path("damage.sqlite")
        shutil.copy(store, copy)
        db = sqlite3.connect(copy)
        db.executescript(sql)
        db.close()
        found = run("store", "check", "--store", copy, "--format", "json")
        if ok(found.code == 5 and found.out, f"damage {number + 1} makes the check exit with 5: {sql[:60]}", found):
            findings = found.json()["findings"]
            ok(code in [f["code"] for f in findings] and all(f["remedy"] for f in findings),
               f"damage {number + 1} is found as {code}", findings[:3])
    refused = run("store", "backup", "--store", copy, path("damaged-copy.sqlite"))
    ok(said(refused, 5, "damaged", "store check") and not os.path.exists(path("damaged-copy.sqlite")),
       "a damaged store is not copied", refused)


def test_what_a_load_would_refuse():
    """Whoever computes rests on what the check demanded; a store may have been changed since."""
    store, copy = filled("changed.sqlite", ONE), path("changed-copy.sqlite")
    is_(run("assess", "river-pact-2030", "--store", store, "--draws", "200").code, 0, "the store is assessed")
    changes = (
        ("codings", "value", "missing", "value = NULL"),
        ("codings", "value", "not a finite", "value = 9e999"),
        ("codings", "value", "point", "value = 99, low = NULL, high = NULL"),
        ("codings", "value", "point", "value = 0.5, low = NULL, high = NULL WHERE aspect = 'integration'"),
        ("codings", "low", "above the high", "low = 2, high = 1"),
        ("codings", "value", "outside its own range", "value = 4, low = 1, high = 2"),
        ("codings", "high", "point", "high = 1e308"),
        ("scales", "minimum", "missing", "minimum = NULL"),
        ("scales", "minimum", "not below", "minimum = 9"),
        ("scales", "minimum", "not below", "minimum = maximum"),
        ("holders", "share", "bounds", "share = -1"),
        ("holders", "start", "no date", "start = 'someday'"),
        ("holders", "end", "before the start", "start = '2021', end = '2020'"),
        ("observations", "low", "above the high", "low = 2, high = 1"),
        ("observations", "standard_error", "bounds", "standard_error = -1"),
        ("observations", "data_year", "whole", "data_year = -9223372036854775807"),
        ("observations", "data_year", "bounds", "data_year = 1"),
        ("observations", "period", "missing", "period = NULL"),
    )
    for table, column, why, change in changes:
        shutil.copy(store, copy)
        db = sqlite3.connect(copy)
        db.executescript(f"UPDATE {table} SET {change}")
        db.close()
        got = run("assess", "river-pact-2030", "--store", copy, "--draws", "200")
        ok(said(got, 5, f"{table}:", f"column {column}", "the store is damaged", why, "store check") and not got.out,
           f"{table} with {change} is refused", got)


test_info()
test_backup()
test_restore()
test_check()
test_what_a_load_would_refuse()
tap.done()
