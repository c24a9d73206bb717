#!/usr/bin/python3 -B
"""test_cite - sources for reference lists, their licences and permissions, and that what is confidential stays inside."""
import csv
import io
import json
import os

import tap
from tap import RIVER, answer, copy_of, is_, none_of, ok, run

DRAWS = ("--draws", "200")


def edit_sources(package, change):
    path = os.path.join(package, "sources.json")
    with open(path, encoding="utf-8") as file:
        sources = json.load(file)
    change({source["id"]: source for source in sources}, sources)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(sources, file, ensure_ascii=False)


def licensed():
    """River Pact with terms for two of its sources."""
    package = copy_of(RIVER, "river")

    def change(by_id, _):
        by_id["office"]["custom"] = {"licence": "CC BY 4.0", "permission": "For tests, by letter"}
        by_id["annals"]["custom"] = {"licence": "All rights reserved"}
    edit_sources(package, change)
    return package


def citations_in(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "citations" and isinstance(inner, list):
                yield from (entry for entry in inner if isinstance(entry, dict))
            else:
                yield from citations_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from citations_in(inner)


def test_terms():
    package = licensed()
    with open(os.path.join(package, "citations.csv"), encoding="utf-8") as file:
        source_of = {row["id"]: row["source"] for row in csv.DictReader(file)}
    terms = {"office": "CC BY 4.0", "annals": "All rights reserved"}
    cited = list(citations_in(answer("assess", package, *DRAWS)))
    ok(len(cited) > 10 and {c["licence"] for c in cited} >= {"CC BY 4.0", None}, "citations in JSON have a licence",
       {c["licence"] for c in cited})
    none_of([c for c in cited if c["licence"] != terms.get(source_of[c["id"]])],
            "that of their source, and null where none is stated")
    node = answer("explain", package, "sources:office")["root"]
    source = next(child for child in node["children"] if child["kind"] == "source")
    is_(source["fields"], [{"name": "licence", "value": "CC BY 4.0"},
                           {"name": "permission", "value": "For tests, by letter"}], "explain of a source shows both")
    page = run("explain", package, "sources:office")
    ok("CC BY 4.0" in page.flat and "For tests, by letter" in page.flat, "also on the page", page)
    sheet = list(csv.DictReader(io.StringIO(run("assess", package, *DRAWS, "--format", "csv").out)))
    rows = [row for row in sheet if row.get("citations")]
    ok(rows and any(row.get("licences") for row in rows), "CSV has a column of licences beside citations", list(sheet[0]))
    none_of([row for row in rows if row["licences"] != "; ".join(dict.fromkeys(
        terms[source_of[c]] for c in row["citations"].split() if source_of[c] in terms))], "each licence once")


def test_custom_keys():
    package = copy_of(RIVER, "river")
    edit_sources(package, lambda by_id, _: by_id["office"].update(custom={"licenze": "CC BY 4.0"}))
    got = run("study", "check", package)
    ok(got.code == 0 and "unknown-key" in run("study", "check", package, "--format", "json").out and
       "licence" in got.flat, "a key that is none is noted, with the nearest", got)
    edit_sources(package, lambda by_id, _: by_id["office"].update(custom={"licence": 4}))
    got = run("study", "check", package)
    ok(got.code == 4 and "custom.licence" in got.flat, "a licence that is no text is an error", got)
    edit_sources(package, lambda by_id, _: by_id["office"].update(custom=["CC BY 4.0"]))
    got = run("study", "check", package)
    is_(got.code, 4, "custom that is no object is an error", got)


test_terms()
test_custom_keys()
tap.done()
