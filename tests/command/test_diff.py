#!/usr/bin/python3 -B
"""test_diff - what changed between two editions: rows added, corrected and withdrawn, the package's own words, and what
that does to the scores."""
import json
import os

import schema
import tap
from tap import RIVER, answer, copy_of, is_, ok, run, table, write

DRAWS = ("--draws", "300")
TITLE = json.load(open(os.path.join(RIVER, "datapackage.json"), encoding="utf-8"))["title"]


def descriptor(folder, title=None, **own):
    path = os.path.join(folder, "datapackage.json")
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    document["entente"].update(own)
    if title:
        document["title"] = title
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False)


def diff(*arguments, home):
    document = answer("study", "diff", *arguments, *DRAWS, home=home)
    schema.fits(document, "diff", "the answer")
    return document


def test_diff():
    home = tap.folder("home")
    package = copy_of(RIVER, "river")
    descriptor(package, released="2030-07-01")
    study = answer("assess", package, *DRAWS, home=home)["study"]
    got = run("study", "diff", study, home=home)
    ok(got.code == 3 and "no edition before edition 1" in got.err and "--edition" in got.err,
       "with one edition there is nothing to hold it against", got)

    descriptor(package, edition=2, released="", title="The river pact, revised")
    fields, rows = table(package, "observations")
    gone = next(row for row in rows if row["id"] != "boats-alv-annals" and
                not any(other["parent"] == row["id"] or other["compared_with"] == row["id"] for other in rows))
    for row in rows:
        if row["id"] == "boats-alv-annals":
            row["value"] = "20"
    write(package, "observations", fields, [row for row in rows if row is not gone])
    fields, rows = table(package, "terms")
    new = {**rows[0], "id": "new-term"} if rows else {**{f: "" for f in fields}, "id": "new-term", "label_en": "x",
                                                      "label_de": "x"}
    write(package, "terms", fields, [*rows, new])
    answer("assess", package, *DRAWS, home=home)
    document = diff(study, home=home)
    is_((document["from"], document["to"]), ({"edition": 1, "released": "2030-07-01"},
                                             {"edition": 2, "released": None}), "the last two editions are the default")
    is_(document["package"], [{"name": "title", "from": TITLE,
                               "to": "The river pact, revised"}], "the package's own words are compared")
    tables = {t["name"]: t for t in document["tables"]}
    is_(sorted(tables), ["observations", "terms"], "tables without a change are left out")
    is_([(r["change"], r["id"]) for r in tables["observations"]["rows"]],
        [("corrected", "boats-alv-annals"), ("withdrawn", gone["id"])], "rows corrected and withdrawn")
    is_([r["label"] == r["id"] for r in tables["observations"]["rows"]], [False, False],
        "rows without a label of their own are called by what they are of", tables["observations"]["rows"])
    corrected = tables["observations"]["rows"][0]
    is_(corrected["fields"], [{"name": "value", "from": "120", "to": "20"}], "the cells that differ, before and after")
    ok(corrected["citations"] and corrected["key"] == "observations:boats-alv-annals", "with citation and key", corrected)
    is_([(r["change"], r["id"]) for r in tables["terms"]["rows"]], [("added", "new-term")], "rows added")
    is_(document["scores"]["from"]["as_of"], document["scores"]["to"]["as_of"], "scores are of one date")
    drivers = [d for a in document["scores"]["alliances"] for d in a["drivers"]]
    ok(drivers and all(d["changed"] == {"world": False, "evidence": True, "model": False} for d in drivers),
       "what drives them is a change of the evidence", drivers)

    is_(diff(study, "--edition", "1", home=home), document, "--edition 1 alone holds the highest against it")
    back = diff(study, "--edition", "2", "--edition", "1", home=home)
    is_([(r["change"], r["id"]) for t in back["tables"] for r in t["rows"] if t["name"] == "terms"],
        [("withdrawn", "new-term")], "the other way round, what was added is withdrawn")
    same = diff(study, "--edition", "1", "--edition", "1", home=home)
    is_((same["tables"], same["scores"]), ([], None), "an edition does not differ from itself")
    page = run("study", "diff", study, *DRAWS, home=home)
    ok("value: 120 → 20" in page.flat and "released 1 July 2030" in page.flat, "the page says it", page)
    german = run("study", "diff", study, *DRAWS, "--lang", "de", home=home)
    ok("Arbeitsfassung" in german.flat and "zurückgezogen" in german.flat, "in German too", german)


test_diff()
tap.done()
