#!/usr/bin/python3 -B
"""test_time - evidence that is carried or too old, what was known at a day, what an edition said."""
import json
import os

import tap
from tap import BUNDLED, RIVER, answer, copy_of, is_, none_of, ok, run, table, write

DRAWS = ("--draws", "300")


def descriptor(folder, **own):
    path = os.path.join(folder, "datapackage.json")
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    document["entente"].update(own)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False)


def indicators(document, alliance):
    """Indicators of an alliance's own tree and of its directed ones, by key."""
    found = {}
    for entry in document["alliances"]:
        if entry["id"] != alliance:
            continue
        for criteria in [entry["criteria"], *[d["criteria"] for d in entry["directed"]]]:
            for criterion in criteria:
                for dimension in criterion["dimensions"]:
                    for indicator in dimension["indicators"]:
                        found[indicator["key"]] = indicator
    return found


def test_carried():
    at_home = indicators(answer("assess", BUNDLED, *DRAWS), "us-korea")
    later = indicators(answer("assess", BUNDLED, "--as-of", "2024-05", *DRAWS), "us-korea")
    after = indicators(answer("assess", BUNDLED, "--as-of", "2026-06", *DRAWS), "us-korea")
    key = "us-korea/agreement/rival/rival_policy"
    ok(not at_home[key]["carried"], "at the study's date a view with an open end is no older evidence", at_home[key])
    ok(later[key]["carried"] and later[key]["missing"] is None, "three years later it is carried, and marked",
       later[key])
    ok(after[key]["missing"] and after[key]["missing"]["code"] == "too_old", "beyond its limit it is missing",
       after[key])
    before = indicators(answer("assess", BUNDLED, "--as-of", "2019-06", *DRAWS), "us-korea")
    ok(before[key]["missing"] is None and not before[key]["carried"], "before the study's date it holds by its own end",
       before[key])
    page = run("assess", BUNDLED, "--as-of", "2026-06", "--draws", "100")
    ok("taken to go on" in page.flat and "too old" in page.flat, "the page says so", page)


def test_known_at():
    whole = answer("assess", BUNDLED, *DRAWS)
    now = answer("assess", BUNDLED, "--known-at", "2030", *DRAWS)
    before = answer("assess", BUNDLED, "--known-at", "2020-06", *DRAWS)
    is_((whole["known_at"], whole["left_out"]), (None, None), "without --known-at nothing is left out")
    is_(now["left_out"]["published_later"], 0, "nothing of the study was published after 2030")
    is_(before["known_at"], "2020-06-30", "a coarse date means its last day")
    ok(before["left_out"]["published_later"] > 100, "what came later is left out and counted", before["left_out"])
    coverage = {a["id"]: a["coverage"]["share"] for a in whole["alliances"]}
    none_of([a["id"] for a in before["alliances"] if a["coverage"]["share"] >= coverage[a["id"]]],
            "and coverage falls")
    got = run("explain", BUNDLED, "us-korea", "--known-at", "2020-06", *DRAWS)
    ok(got.code == 0 and "what was published by 30 June 2020" in got.flat, "explain takes it too", got)
    got = run("assess", BUNDLED, "--known-at", "soon")
    ok(got.code == 2 and "--known-at" in got.err and "2021-05-31" in got.err, "a date that is none is refused", got)
    got = run("assess", BUNDLED, "--known-at", "2020", "--known-at", "2021")
    ok(got.code == 2 and "give it once" in got.err, "and so is a second one", got)


def test_edition():
    """A figure is corrected in edition 2: edition 1 stays what it was."""
    home = tap.folder("home")
    package = copy_of(RIVER, "river")
    descriptor(package, released="2030-07-01")
    first = answer("assess", package, *DRAWS, home=home)
    descriptor(package, edition=2, released="")
    fields, rows = table(package, "observations")
    for row in rows:
        if row["id"] == "boats-alv-annals":
            row["value"] = "20"
    write(package, "observations", fields, rows)
    second = answer("assess", package, *DRAWS, home=home)
    is_((first["edition"], second["edition"]), (1, 2), "each answer names its edition")
    study = first["study"]
    ok(first["alliances"] != second["alliances"], "the correction changes a figure")
    is_(answer("assess", study, "--edition", "1", *DRAWS, home=home), first, "--edition 1 answers as edition 1 did")
    is_(answer("assess", study, *DRAWS, home=home), second, "the highest is the default of an id")
    is_(answer("assess", package, "--edition", "1", *DRAWS, home=home), first,
        "a folder is loaded, and another edition of its study opened")
    row = answer("explain", "--edition", "1", study, "observations:boats-alv-annals", home=home)
    ok("120" in json.dumps(row["root"]), "explain shows the row as it stood", row["root"])
    got = run("assess", study, "--edition", "7", home=home)
    ok(got.code == 3 and "highest is 2" in got.err, "an edition that is not there is named", got)
    got = run("assess", study, "--edition", "0", home=home)
    ok(got.code == 2 and "whole number" in got.err, "editions count from 1", got)


test_carried()
test_known_at()
test_edition()
tap.done()
