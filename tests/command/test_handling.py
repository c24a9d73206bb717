#!/usr/bin/python3 -B
"""test_handling - who may see a source: what is confidential counts, and leaves by no output unless it is asked for by
name; interviews are marked; the review of rows."""
import json
import os
import subprocess

import schema
import tap
from tap import RIVER, answer, copy_of, is_, none_of, ok, rows_of, run, table, write

DRAWS = ("--draws", "200")
SECRET = "Conversation behind the weir"
CELLS = "What was said behind the weir"


def edit_sources(package, **custom):
    path = os.path.join(package, "sources.json")
    with open(path, encoding="utf-8") as file:
        sources = json.load(file)
    for source in sources:
        if source["id"] in custom:
            source["custom"] = custom[source["id"]]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(sources, file, ensure_ascii=False)


def secret_package():
    """River Pact with a figure and a view that rest on a confidential source alone, and a view that also cites a public
    one."""
    package = copy_of(RIVER, "river")
    path = os.path.join(package, "sources.json")
    with open(path, encoding="utf-8") as file:
        sources = json.load(file)
    sources.append({"id": "weir-talk", "type": "interview", "title": SECRET, "URL": "https://example.org/weir-secret",
                    "author": [{"family": "Weirmann", "given": "Ada"}], "issued": {"date-parts": [[2030, 1]]},
                    "custom": {"handling": "confidential"}})
    with open(path, "w", encoding="utf-8") as file:
        json.dump(sources, file, ensure_ascii=False)
    fields, rows = table(package, "citations")
    write(package, "citations", fields, rows + [{**{f: "" for f in fields}, "id": "weir-1", "source": "weir-talk",
                                                 "anchor": "outside", "locator": "minute 4 at the weir",
                                                 "kind": "interview", "stance": "supports",
                                                 "note": "noted at the weir"}])
    fields, rows = table(package, "observations")
    for row in rows:
        if row["id"] == "boats-alv-annals":
            row.update(citations="weir-1", note=CELLS)
    write(package, "observations", fields, rows)
    fields, rows = table(package, "support")
    rows[0].update(citations="weir-1", label_en=CELLS, label_de=CELLS)
    rows[1].update(citations=rows[1]["citations"] + " weir-1")
    write(package, "support", fields, rows)
    return package, rows[0]["id"], rows[1]["id"]


LEAKS = (SECRET, CELLS, "weir-secret", "Weirmann", "minute 4", "noted at", "weir-talk")


def leaks(got):
    return [word for word in LEAKS if word in got.out]


def test_confidential():
    package, alone, also = secret_package()
    check = run("study", "check", package)
    is_(check.code, 0, "the package is in order", check)
    home = tap.folder("home")
    document = answer("assess", package, *DRAWS, home=home)
    study = document["study"]
    codings = [row for row in rows_of(package, "codings") if row["item"] == "support:" + alone]
    is_(document["withheld"], 2 + len(codings), "the rows that rest on it alone, and their codings, are counted")
    public = answer("assess", RIVER, *DRAWS)
    is_([a["score"] for a in document["alliances"]], [a["score"] for a in public["alliances"]],
        "they count as any other evidence")
    asked = [("assess", package), ("assess", package, "--lang", "de"), ("explain", package, "river-pact"),
             ("explain", package, "observations:boats-alv-annals"), ("explain", package, "support:" + alone),
             ("explain", package, "support:" + also), ("explain", package, "sources:weir-talk"),
             ("explain", package, "citations:weir-1"), ("explain", package, "codings:" + codings[0]["id"]),
             ("expect", package), ("compare", package, "--as-of", "2028", "--as-of", "2030-06"),
             ("compare", package, RIVER), ("compare", package, "--alliance", "river-pact", "--as-of", "2028", "--as-of",
                                           "2030")]
    for arguments in asked:
        for form in ("table", "json"):
            got = run(*arguments, "--format", form, *(() if arguments[0] == "study" else DRAWS), home=home)
            found = leaks(got)
            if "sources:weir-talk" in arguments:  # who names the id knows it
                found = [word for word in found if word != "weir-talk"]
            none_of(found, " ".join(["entente", *[os.path.basename(a) for a in arguments], form]) + " shows none of it")
    page = run("explain", package, "support:" + also, home=home)
    ok("confidential source" in page.out, "that there is a confidential source is said", page)
    page = run("assess", package, *DRAWS, home=home)
    ok("rest on confidential sources alone" in page.flat and "--reveal" in page.flat, "and how to see it", page)
    shown = run("explain", package, "support:" + alone, "--reveal", "weir-talk", home=home)
    ok(SECRET in shown.flat and CELLS in shown.flat, "asked for by name it is shown", shown)
    document = answer("explain", package, "support:" + alone, "--reveal", "weir-talk", home=home)
    is_((document["withheld"], document["options"]["reveal"]), (0, ["weir-talk"]), "and the answer says that it was")
    schema.fits(document, "explain", "such an answer")
    got = run("explain", package, "support:" + alone, "--reveal", "wier-talk", home=home)
    ok(got.code == 3 and "weir-talk" in got.err, "a name that is none is refused", got)
    schema.fits(answer("explain", study, "river-pact", home=home), "explain", "an answer that withholds")


def test_diff():
    """A correction of a confidential row is told, not what it was or is."""
    home = tap.folder("home")
    package, alone, _ = secret_package()
    path = os.path.join(package, "datapackage.json")
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    document["entente"]["released"] = "2030-07-01"
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)
    study = answer("assess", package, *DRAWS, home=home)["study"]
    document["entente"].update(edition=2, released="")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)
    fields, rows = table(package, "support")
    for row in rows:
        if row["id"] == alone:
            row["label_en"] = CELLS + " again"
    write(package, "support", fields, rows)
    answer("assess", package, *DRAWS, home=home)
    for form in ("table", "json"):
        got = run("study", "diff", study, "--format", form, *DRAWS, home=home)
        none_of(leaks(got), f"study diff, {form}, shows none of it")
        ok(alone in got.out, "but names the row", got)


def test_interview():
    package = copy_of(RIVER, "river")
    sources = [row["source"] for row in rows_of(package, "citations") if row["id"] == "fn1"]
    edit_sources(package, **{sources[0]: {"handling": "interview"}})
    page = run("assess", package, *DRAWS)
    ok("(interview)" in page.out, "an interview is marked", page)
    edit_sources(package, **{sources[0]: {"handling": "top secret"}})
    got = run("study", "check", package)
    ok(got.code == 4 and "public, interview or confidential" in got.flat, "a word that is none is an error", got)


def test_review():
    package = copy_of(RIVER, "river")
    fields, rows = table(package, "observations")
    write(package, "observations", fields + ["review", "reviewer"],
          [{**row, "review": "disputed" if i == 0 else "", "reviewer": "A. Reader" if i == 0 else ""}
           for i, row in enumerate(rows)])
    got = run("study", "check", package)
    ok(got.code == 4 or "missing-column" not in got.out, "columns that are optional may be there", got)
    subprocess.run([os.path.join(tap.ROOT, "tools", "make-descriptor"), package], check=True)
    got = run("study", "check", package)
    is_(got.code, 0, "with the descriptor made anew the package is in order", got)
    row = answer("explain", package, "observations:" + rows[0]["id"])["root"]
    ok({"name": "review", "value": "disputed"} in row["fields"], "explain shows the review of a row", row)
    write(package, "observations", fields + ["review", "reviewer"],
          [{**row, "review": "fine", "reviewer": ""} for row in rows])
    got = run("study", "check", package)
    ok(got.code == 4 and "reviewed" in got.flat, "a status that is none is an error", got)


test_confidential()
test_diff()
test_interview()
test_review()
tap.done()
