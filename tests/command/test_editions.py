#!/usr/bin/python3 -B
"""test_editions - the history of a store does not show: whatever was loaded, replaced and released on the way, every
edition answers, byte for byte, as it did when it was released, as its folder does alone, and as a new store does that
was given the final state of each edition in order. Edits are random, with fixed seeds."""
import json
import os
import random
import re
import shutil
import sqlite3

# Hundreds of loads would wait for a disk.
if os.access("/dev/shm", os.W_OK):
    os.environ.setdefault("TMPDIR", "/dev/shm")

import tap
from tap import RIVER, is_, none_of, ok, run, table, write

# Each run takes several times as long under sanitizers.
SLOW = f"{os.sep}san{os.sep}" in tap.PROGRAM
SEEDS = (1,) if SLOW else (1, 2)
EDITIONS = 2 if SLOW else 6
DRAWS = ("--draws", "60")
KEYS = ("river-pact", "observations:boats-alv-annals", "positions:course-vasko")

# Tables from which rows may go, and to which copies of rows may be added, without making the package wrong.
LOOSE = ("observations", "terms", "claims", "events", "capabilities", "places", "statuses", "ties", "codings",
         "provisions", "citations", "checks")


class Package:
    """A folder that is edited at random. A state that the check refuses is taken back."""

    def __init__(self, name, study, order):
        self.folder = os.path.join(tap.folder(name), "package")
        shutil.copytree(RIVER, self.folder)
        self.study, self.order, self.count = study, order, 0
        path = os.path.join(self.folder, "datapackage.json")
        document = self.json("datapackage.json")
        document["name"] = study
        for resource in document["resources"]:
            resource.pop("schema", None)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False)
        self.names = [r["name"] for r in document["resources"] if r["path"].endswith(".csv")]

    def json(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8") as file:
            return json.load(file)

    def put(self, name, document):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False)

    def describe(self, **own):
        document = self.json("datapackage.json")
        document["entente"].update(own)
        self.put("datapackage.json", document)

    def copy(self, name):
        target = os.path.join(tap.folder(name), "package")
        shutil.copytree(self.folder, target)
        return target

    def restore(self, folder):
        shutil.rmtree(self.folder)
        shutil.copytree(folder, self.folder)

    def fresh(self, word):
        self.count += 1
        return f"{word}{self.count}"

    # ---- edits ----

    def some_rows(self, names=None):
        """A table that has rows."""
        while True:
            name = self.order.choice(names or self.names)
            fields, rows = table(self.folder, name)
            if rows:
                return name, fields, rows

    def change(self):
        name, fields, rows = self.some_rows()
        row = self.order.choice(rows)
        if name == "observations" and row["value"] and self.order.random() < 0.7:
            row["value"] = repr(float(row["value"]) * self.order.choice((0.5, 0.8, 1.1)))
        elif name == "codings" and self.order.random() < 0.5:
            row["low"], row["high"] = row["value"], row["value"]
        else:
            field = self.order.choice([f for f in fields if f in ("note", "label_en", "label_de", "rationale_en")] or
                                      [None])
            if field:
                row[field] = self.fresh(self.order.choice(("words ", "a, \"quoted\" word ", "Wörter ")))
        write(self.folder, name, fields, rows)

    def review(self):
        """Columns that may be left out come and go."""
        name, fields, rows = self.some_rows()
        fields = [f for f in fields if f not in ("review", "reviewer")]
        for row in rows:
            row.pop("review", None)
            row.pop("reviewer", None)
        if self.order.random() < 0.7:
            fields.append("review")
            for row in rows:
                row["review"] = self.order.choice(("", "", "draft", "reviewed", "disputed"))
        write(self.folder, name, fields, rows)

    def add(self):
        name, fields, rows = self.some_rows(LOOSE)
        row = {**self.order.choice(rows)}
        row["id"] = self.fresh(f"{name}-new-")
        if "printed_target" in row:
            row["footnote"] = row["printed_target"] = row["resolved_target"] = ""
            row["anchor"] = "outside"
        if name == "codings":
            row["coder"] = "k2" if row["coder"] == "k1" else "k1"
        rows.insert(self.order.randrange(len(rows) + 1), row)
        write(self.folder, name, fields, rows)

    def delete(self):
        name, fields, rows = self.some_rows(LOOSE)
        rows.pop(self.order.randrange(len(rows)))
        write(self.folder, name, fields, rows)

    def reorder(self):
        name, fields, rows = self.some_rows(self.names + ["alliances", "members", "checks"] * 3)
        self.order.shuffle(rows)
        write(self.folder, name, fields, rows)

    def columns(self):
        """Columns may stand in any order: an edit of the file, not of the evidence."""
        name, fields, rows = self.some_rows()
        self.order.shuffle(fields)
        write(self.folder, name, fields, rows)

    def rename(self):
        """A row gets another id, and so does every reference to it."""
        name, _, rows = self.some_rows(("citations", "citations", "observations", "positions"))
        old, new = self.order.choice(rows)["id"], self.fresh("renamed-")
        whole = re.compile(r"(?<![A-Za-z0-9_.-])" + re.escape(old) + r"(?![A-Za-z0-9_.-])")
        for other in self.names:
            fields, rows = table(self.folder, other)
            for row in rows:
                for field in fields:
                    if other == name and field == "id" or field in ("citations", "item", "parent", "compared_with",
                                                                   "item_a", "item_b", "resolved_target"):
                        row[field] = whole.sub(new, row[field])
            write(self.folder, other, fields, rows)

    def source(self):
        sources = self.json("sources.json")
        entry = self.order.choice(sources)
        edit = self.order.randrange(4)
        if edit == 0:
            entry["issued"] = {"date-parts": [[self.order.randrange(2020, 2031)]]}
        elif edit == 1:
            entry["title"] = self.fresh("Title ")
        elif edit == 2:
            entry["custom"] = {"handling": self.order.choice(("public", "interview"))}
        else:
            self.order.shuffle(sources)
        self.put("sources.json", sources)

    def model(self):
        model = self.json("model.json")
        model["reference"]["score"] = self.order.randrange(35, 60)
        self.put("model.json", model)

    def describe_anew(self):
        document = self.json("datapackage.json")
        if self.order.random() < 0.5:
            document["title"] = self.fresh("The River Pact, state ")
        else:
            document["entente"]["date"] = self.order.choice(("2030-05", "2030-06", "2030-07-15", "2031"))
        self.put("datapackage.json", document)

    def edit(self, count):
        edits = [self.change, self.change, self.add, self.add, self.delete, self.delete, self.reorder, self.reorder,
                 self.columns, self.review, self.rename, self.rename, self.source, self.model, self.describe_anew]
        before = self.copy("before")
        for _ in range(count):
            self.order.choice(edits)()
        if run("study", "check", self.folder).code != 0:
            self.restore(before)
            return False
        return True


# ---- what a store says ----

def asked(home, study, edition):
    """What is asked of an edition, and the answers."""
    state = ("--edition", edition) if edition else ()
    questions = [("assess", study, *state, *DRAWS, "--format", "json"), ("expect", study, *state, *DRAWS)]
    questions += [("explain", study, key, *state, *DRAWS, "--format", "json") for key in KEYS]
    answers = []
    for question in questions:
        got = run(*question, *(() if home else ("--store", ":memory:")), home=home)
        answers.append((question[0], got.code, got.out, re.sub(r"entente: .* was read into memory.*", "", got.err)))
    return answers


def shown(home, study, edition):
    document = tap.answer("study", "show", study, "--edition", edition, home=home)
    document.pop("store")
    return document


def differences(one, other):
    """Answers that are not the same, with the place."""
    for (command, code, out, err), (_, other_code, other_out, other_err) in zip(one, other):
        if (code, err) != (other_code, other_err):
            yield f"{command}: {code} {err[:150]!r} / {other_code} {other_err[:150]!r}"
        elif out != other_out:
            at = next((i for i, (x, y) in enumerate(zip(out, other_out)) if x != y), 0)
            yield f"{command}: ...{out[max(0, at - 90):at + 60]!r} / ...{other_out[max(0, at - 90):at + 60]!r}"


def raw(home):
    """Every row of every table, with ids in place of the store's own numbers. Ids that no row bears are left out: a
    working copy may have had them."""
    path = os.path.join(home, "data", "entente", "store.sqlite")
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    studies = {row["study"]: row["id"] for row in db.execute("SELECT * FROM study")}
    items = {row["item"]: f"{studies[row['study']]}/{row['resource']}:{row['id']}"
             for row in db.execute("SELECT * FROM item")}
    names = [row["name"] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    found, versions = [], {}
    for name in names:
        refers = {row["from"]: items if row["table"] == "item" else studies
                  for row in db.execute(f'PRAGMA foreign_key_list("{name}")')}
        if name in ("study", "item") or name.startswith("sqlite_"):
            continue
        for row in db.execute(f'SELECT * FROM "{name}"'):
            cells = {key: refers[key][row[key]] if key in refers and row[key] is not None else row[key]
                     for key in row.keys()}
            if "self" in cells:
                versions[name, cells.pop("version")] = f"{cells['self']} since {cells['first_edition']}"
            found.append([name, cells])
    for name, cells in found:
        if "version" in cells:
            cells["version"] = versions[cells["resource"], cells["version"]]
    broken = [tuple(row) for row in db.execute("PRAGMA foreign_key_check")]
    db.close()
    return sorted(f"{name} {json.dumps(cells, sort_keys=True)}" for name, cells in found) + broken


def compare_raw(one, other, name):
    a, b = raw(one), raw(other)
    ok(a == b, name, f"{len(a)} and {len(b)} rows", *[f"- {row}" for row in sorted(set(a) - set(b))[:5]],
       *[f"+ {row}" for row in sorted(set(b) - set(a))[:5]])


# ---- tests ----

def load(home, package):
    got = run("study", "load", package.folder, home=home)
    if got.code != 0:
        ok(False, "a package that the check accepts is loaded", got)
        tap.done()


def live(home, packages, order):
    """Editions of both studies, as people make them. Returns the states as they were released, and the answers then."""
    history = []
    numbers = dict.fromkeys((p.study for p in packages), 0)
    for _ in range(EDITIONS):
        package = order.choice(packages) if history else packages[0]
        number = numbers[package.study] + order.choice((1, 1, 1, 1, 3))
        numbers[package.study] = number
        if order.random() < 0.3:
            states = [state for other, _, state, _ in history if other is package]
            if states:  # back to an earlier state
                package.restore(order.choice(states))
        package.describe(edition=number, released="")
        begin = package.copy("begin")
        for _ in range(order.randrange(1, 4)):
            if order.random() < 0.4:  # what a working copy had edited is taken back
                package.restore(begin)
            package.edit(order.randrange(1, 12))
            if order.random() < 0.8:
                load(home, package)
            if order.random() < 0.3:
                load(home, package)
        if order.random() < 0.3:
            package.edit(3)
        package.describe(released=order.choice(("2030-08", "2031-01-05")))
        load(home, package)
        history.append((package, number, package.copy("released"), asked(home, package.study, 0)))
    package.describe(edition=numbers[package.study] + 1, released="")  # and a working copy at the end
    package.edit(6)
    load(home, package)
    package.edit(6)
    load(home, package)
    history.append((package, numbers[package.study] + 1, package.copy("working"), asked(home, package.study, 0)))
    return history


def test_history(seed):
    order = random.Random(seed)
    home, anew = tap.folder("home"), tap.folder("home")
    packages = [Package("river", "river-one", order), Package("river", "river-two", order)]
    history = live(home, packages, order)
    for package, _, state, _ in history:
        got = run("study", "load", state, home=anew)
        if got.code != 0:
            ok(False, "the final states can be loaded in order", got)
            return
    compare_raw(home, anew, f"seed {seed}: a store of {len(history)} editions has the rows of a new one")
    for package, number, state, before in history:
        name = f"seed {seed}, {package.study}, edition {number}"
        now = asked(home, package.study, number)
        none_of(list(differences(before, now)), f"{name}: answers as when it was released")
        none_of(list(differences(now, asked(anew, package.study, number))), f"{name}: answers as in a new store")
        none_of(list(differences(now, asked(None, state, 0))), f"{name}: answers as its folder alone")
        is_(shown(home, package.study, number), shown(anew, package.study, number), f"{name}: shows the same")


def refused(home, package, words, name):
    before = raw(home)
    got = run("study", "load", package.folder, home=home)
    ok(got.code == 4 and all(word in got.err for word in words), f"{name} is refused, with a remedy", got)
    is_(raw(home), before, "and the store is as it was")


def test_refusals():
    order = random.Random(7)
    home = tap.folder("home")
    package = Package("river", "river-one", order)
    package.describe(released="2030-08")
    load(home, package)
    first = package.copy("first")
    package.describe(title_de="Anders")
    refused(home, package, ("released", "raise \"edition\" by one"), "other content for a released edition")
    package.restore(first)
    package.describe(released="")
    refused(home, package, ("released", "raise"), "taking back a release")
    package.describe(released="2030-08", edition=4)
    load(home, package)
    package.describe(edition=2)
    refused(home, package, ("higher edition", "in their order"), "an edition that comes too late")
    package.restore(first)
    got = run("study", "load", package.folder, home=home)
    ok(got.code == 0 and "already" in got.flat, "an edition below the highest, with its own content, is there", got)
    got = run("assess", package.folder, *DRAWS, home=home)
    is_(got.code, 0, "and is assessed", got)
    package.describe(title_de="Anders")
    before = raw(home)
    got = run("assess", package.folder, *DRAWS, home=home)
    ok(got.code == 0 and "read into memory" in got.err, "a folder that the store refuses is assessed all the same", got)
    is_(raw(home), before, "and the store is as it was")


def test_undo():
    """Edition 2 moves every row, changes, adds and drops; edition 3 takes all of it back."""
    order = random.Random(8)
    home = tap.folder("home")
    package = Package("river", "river-one", order)
    package.describe(released="2030-08")
    load(home, package)
    first, before = package.copy("first"), asked(home, "river-one", 0)
    package.describe(edition=2)
    for name in package.names:
        fields, rows = table(package.folder, name)
        rows.reverse()
        if name in ("alliances", "observations", "checks"):
            rows[0]["note"] = "edited"
        if name == "terms":
            rows = [{**rows[0], "id": "anew"}]
        write(package.folder, name, fields, rows)
    load(home, package)
    none_of(list(differences(before, asked(home, "river-one", 1))), "rows that move in edition 2 stay in edition 1")
    moved = asked(home, "river-one", 0)
    none_of(list(differences(moved, asked(None, package.folder, 0))), "edition 2 has the order of its own files")
    ok([a[2] for a in moved if a[0] == "explain"] != [a[2] for a in before if a[0] == "explain"], "which is another one")
    package.restore(first)
    package.describe(edition=3)
    load(home, package)
    is_([e["changes"] for e in shown(home, "river-one", 3)["editions"]],
        [None, {"added": 1, "changed": 3, "gone": 1}, {"added": 1, "changed": 3, "gone": 1}],
        "an edit that is undone is a change once more")

    def bare(edition):
        document = tap.answer("assess", "river-one", "--edition", edition, *DRAWS, home=home)
        return {key: document[key] for key in document if key not in ("edition", "inputs_sha256", "options")}
    is_(bare(3), bare(1), "edition 3 says what edition 1 says")


for chosen in SEEDS:
    test_history(chosen)
test_refusals()
test_undo()
tap.done()
