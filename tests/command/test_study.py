#!/usr/bin/python3 -B
"""test_study - study list, show and remove: what the store holds is counted rightly, and a removal takes one study, all
of it, and only when it was confirmed."""
import atexit
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile

import schema
import tap
from tap import BUNDLED, RIVER, answer, copy_of, is_, none_of, ok, rows_of, run, table, write

RIVER_ID = "river-pact-2030"


def store_of(home):
    return os.path.join(home, "data", "entente", "store.sqlite")


def descriptor(folder, **own):
    path = os.path.join(folder, "datapackage.json")
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    document["entente"].update({k: v for k, v in own.items() if k not in ("name", "title")})
    document.update({k: v for k, v in own.items() if k in ("name", "title")})
    for resource in document["resources"]:
        resource.pop("schema", None)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False)


def edit(folder, name, change):
    fields, rows = table(folder, name)
    rows = change(rows) or rows
    write(folder, name, fields + [f for f in rows[0] if f not in fields], rows)


def test_list():
    home = tap.folder("home")
    got = run("study", "list", home=home)
    ok(got.code == 0 and "study load" in got.flat, "an empty store says how to go on", got)
    empty = answer("study", "list", home=home)
    schema.fits(empty, "list", "an empty list")
    is_(empty["studies"], [], "and has no study")
    package = copy_of(RIVER, "river")
    descriptor(package, released="2030-07")
    run("study", "load", BUNDLED, home=home)
    run("study", "load", package, home=home)
    descriptor(package, edition=3, released="", date="2030-09", title="The River Pact, again", title_de="Noch einmal")
    run("study", "load", package, home=home)
    listed = answer("study", "list", home=home)
    schema.fits(listed, "list", "a list")
    is_([s["id"] for s in listed["studies"]], [RIVER_ID, os.path.basename(BUNDLED)], "studies stand by their ids")
    is_({k: v for k, v in listed["studies"][0].items() if k != "id"},
        {"title": {"en": "The River Pact, again", "de": "Noch einmal"}, "date": "2030-09", "editions": 2, "highest": 3,
         "released": None}, "a study is as its highest edition has it")
    is_(listed["store"], store_of(home), "the store is named")
    page = run("study", "list", "--lang", "de", home=home)
    ok("Noch einmal" in page.out and "Arbeitsfassung" in page.out and "Die US-Bündnisse" in page.out,
       "the page has titles in its language", page)


def test_show():
    home = tap.folder("home")
    package = copy_of(RIVER, "river")
    descriptor(package, released="2030-07-01")
    run("study", "load", package, home=home)
    descriptor(package, edition=2, released="", date="2030-09")

    def reviewed(rows):
        for i, row in enumerate(rows):
            row["review"] = ["reviewed", "disputed", "draft", ""][min(i, 3)]
    edit(package, "positions", reviewed)
    edit(package, "observations", lambda rows: rows[:-1])       # one is gone
    edit(package, "terms", lambda rows: rows + [{**rows[0], "id": "anew"}])
    path = os.path.join(package, "sources.json")
    with open(path, encoding="utf-8") as file:
        sources = json.load(file)
    sources[1]["custom"] = {"handling": "interview"}
    sources[2]["custom"] = {"handling": "confidential"}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(sources, file)
    shown = answer("study", "show", package, home=home)
    schema.fits(shown, "show", "a study of two editions")
    is_((shown["edition"], shown["released"], shown["date"], shown["model"]), (2, None, "2030-09", "model.json"),
        "the folder's edition is shown")
    is_([(e["edition"], e["released"], e["changes"]) for e in shown["editions"]],
        [(1, "2030-07-01", None), (2, None, {"added": 1, "changed": 5, "gone": 1})],
        "each edition says what it changed: three reviews and two sources")
    is_([e["rows"] for e in shown["editions"]], [268, 268], "and how many rows it has")
    is_(shown["review"], {"none": 268 - 7 - 3, "draft": 1, "reviewed": 1, "disputed": 1}, "reviews are counted")
    is_(shown["sources"], {"public": 5, "interview": 1, "confidential": 1}, "sources by who may see them")
    by_name = {t["table"]: t for t in shown["tables"]}
    is_(by_name["positions"]["review"], {"none": 16, "draft": 1, "reviewed": 1, "disputed": 1}, "by table, too")
    is_(by_name["sources"]["review"], None, "the source register has no review")
    is_({name: t["rows"] for name, t in by_name.items() if name != "sources"},
        {name: len(rows_of(package, name)) for name in by_name if name != "sources"}, "rows of each table")
    is_(shown["periods"][1], {"table": "observations", "first": "2021-01-01", "last": "2032-12-31"},
        "the days that figures speak of")
    first = answer("study", "show", RIVER_ID, "--edition", "1", home=home)
    is_((first["edition"], first["review"]["reviewed"], first["sources"]["interview"]), (1, 0, 0),
        "--edition shows the study as it was")
    is_(first["editions"], shown["editions"], "with the same editions")
    known = answer("study", "show", RIVER_ID, "--known-at", "2029", home=home)
    ok(known["left_out"]["published_later"] > 10 and known["known_at"] == "2029-12-31" and known["rows"] == 268,
       "--known-at says what assessments leave out", known["left_out"])
    schema.fits(known, "show", "a study known at a day")
    page = run("study", "show", RIVER_ID, home=home)
    ok(all(word in page.out for word in ("Disputed", "working copy", "released 1 July 2030", "Confidential")),
       "the page has them all", page)
    page = run("study", "show", home=home)
    ok("No row says that it was reviewed" in page.flat and "Disputed" not in page.out,
       "the bundled study is the default; without reviews there are no columns for them", page)
    got = run("study", "show", "river-pact-2031", home=home)
    ok(got.code == 3 and RIVER_ID in got.err, "an unknown study: the nearest is named", got)


def rows_left(path):
    """Rows of each table, and those without what they refer to."""
    with sqlite3.connect(path) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        counts = {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
        broken = list(db.execute("PRAGMA foreign_key_check"))
    return counts, broken


def fingerprint(folder):
    return {name: hashlib.sha256(open(os.path.join(folder, name), "rb").read()).hexdigest()
            for name in sorted(os.listdir(folder)) if os.path.isfile(os.path.join(folder, name))}


def test_remove():
    home, alone = tap.folder("home"), tap.folder("home")
    other = copy_of(RIVER, "other")
    descriptor(other, name="other-river")
    run("study", "load", other, home=alone)
    run("study", "load", other, home=home)
    package = copy_of(RIVER, "river")
    descriptor(package, released="2030-07-01")
    run("study", "load", package, home=home)
    descriptor(package, edition=2, released="")
    edit(package, "observations", lambda rows: rows[:-1])
    edit(package, "terms", lambda rows: rows + [{**rows[0], "id": "anew", "note": "a-word-that-goes"}])
    run("study", "load", package, home=home)
    before, files = rows_left(store_of(home)), fingerprint(package)
    kept = run("assess", "other-river", "--draws", "200", "--format", "json", home=home).out

    got = run("study", "remove", RIVER_ID, "--format", "json", home=home)
    ok(got.code == 2 and "--yes" in got.err and "nothing was removed" in got.err, "without --yes nothing is removed", got)
    would = got.json()
    schema.fits(would, "remove", "what would be removed")
    is_((would["removed"], would["editions"], would["released"], would["versions"]), (False, 2, 1, 269),
        "but it says what would be")
    is_(rows_left(store_of(home)), before, "and the store is as it was")
    page = run("study", "remove", RIVER_ID, home=home)
    ok(page.code == 2 and "would remove" in page.flat and "2 editions (1 released)" in page.flat, "as a page, too", page)
    for wrong, code in ((None, 2), (package, 3), ("RIVER-PACT-2030", 3), ("", 3)):
        got = run("study", "remove", *([] if wrong is None else [wrong]), "--yes", home=home)
        is_(got.code, code, f"remove {'' if wrong is None else os.path.basename(wrong)!r} --yes removes nothing", got)
    got = run("study", "remove", "river-pact-2031", "--yes", home=home)
    ok(got.code == 3 and f'"{RIVER_ID}"' in got.err, "an unknown id: the nearest is named", got)
    is_(rows_left(store_of(home)), before, "the store is as it was")

    gone = answer("study", "remove", RIVER_ID, "--yes", home=home)
    schema.fits(gone, "remove", "what was removed")
    is_({**gone, "removed": False, "compact": False}, would, "what was removed is what was said")
    ok(gone["removed"] and gone["compact"], "the file was made smaller")
    is_(rows_left(store_of(home)), rows_left(store_of(alone)), "the store holds what it held without the study")
    is_([s["id"] for s in answer("study", "list", home=home)["studies"]], ["other-river"], "the other study is there")
    is_(run("assess", "other-river", "--draws", "200", "--format", "json", home=home).out, kept, "and answers as before")
    place = os.path.dirname(store_of(home))
    none_of([name for name in os.listdir(place)
             if b"a-word-that-goes" in open(os.path.join(place, name), "rb").read()],
            "no file of the store has its words any more")
    is_(fingerprint(package), files, "the package folder is untouched")
    got = run("study", "remove", RIVER_ID, "--yes", home=home)
    is_(got.code, 3, "a second time it is not there", got)
    got = run("study", "load", package, home=home)
    is_(got.code, 0, "it can be loaded again", got)


def test_used_store():
    """Somebody else reads the store: the study goes all the same, and what that means for the file is said."""
    home = tap.folder("home")
    run("study", "load", RIVER, home=home)
    reader = sqlite3.connect(store_of(home), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM item").fetchone()
    page = run("study", "remove", RIVER_ID, "--yes", home=home)
    reader.close()
    ok(page.code == 0 and "keeps its size" in page.flat, "a reader in the way does not stop a removal", page)
    is_(answer("study", "list", home=home)["studies"], [], "and the study is gone")


NOBODY = 65534


def run_as_nobody(*arguments):
    """Root may write everywhere, so another user asks."""
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    return subprocess.run([tap.PROGRAM, *arguments], capture_output=True, text=True, cwd="/", check=False,
                          env=tap.environment(), **user)


def test_read_only():
    place = tempfile.mkdtemp(prefix="entente-test-read-only-")  # not in the scratch folder, which is our own alone
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    store = os.path.join(place, "store.sqlite")
    run("study", "load", RIVER, "--store", store)
    os.chmod(store, 0o444)
    os.chmod(place, 0o555)
    try:
        listed = run_as_nobody("study", "list", "--format", "json", "--store", store)
    except PermissionError as error:
        tap.skip("a store that can only be read refuses a removal", f"nobody may run the program: {error}")
        return
    is_([s["id"] for s in json.loads(listed.stdout or "{}").get("studies", [])], [RIVER_ID],
        "a store that can only be read can be listed", listed.stderr)
    for yes in ((), ("--yes",)):
        got = run_as_nobody("study", "remove", RIVER_ID, *yes, "--store", store)
        ok(got.returncode == 5 and "can only be read" in got.stderr and "--store" in got.stderr,
           f"and refuses a removal {' '.join(yes)}", got)
    os.chmod(place, 0o755)


test_list()
test_show()
test_remove()
test_used_store()
test_read_only()
tap.done()
