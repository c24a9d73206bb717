#!/usr/bin/python3 -B
"""test_cite - sources for reference lists, their licences and permissions, and that what is confidential stays inside."""
import csv
import io
import json
import os
import re
import subprocess

import schema
import tap
from tap import BUNDLED, RIVER, answer, copy_of, is_, none_of, ok, rows_of, run, table, write

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


def register(package):
    with open(os.path.join(package, "sources.json"), encoding="utf-8") as file:
        return {source["id"]: source for source in json.load(file)}


def balanced(text):
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def test_bundled():
    sources = register(BUNDLED)
    document = answer("cite")
    schema.fits(document, "cite", "the bundled study")
    works = document["works"]
    is_([works[0]["role"], works[1]["role"]], ["package", "study"], "the package comes first, then the text that it encodes")
    places = {row["source"] for row in rows_of(BUNDLED, "citations") if row["anchor"] == "place"}
    is_({w["id"] for w in works if w["role"] == "study"}, places, "which is what citations of places name")
    is_(sorted(w["id"] for w in works[1:]), sorted(sources), "each source of the register once")
    ok("edition 1" in works[0]["entry"].lower() and "CC-BY-4.0" not in works[0]["entry"] and
       "Creative Commons Attribution 4.0" in works[0]["licence"], "the package has its edition and licence", works[0])
    source_of = {row["id"]: row["source"] for row in rows_of(BUNDLED, "citations")}
    cited = {}
    for name in sorted(os.listdir(BUNDLED)):
        if name.endswith(".csv") and name != "citations.csv":
            for row in rows_of(BUNDLED, name[:-4]):
                for source in {source_of[word.split(":")[0]] for word in (row.get("citations") or "").split()}:
                    cited[source] = cited.get(source, 0) + 1
    none_of([(w["id"], w["rows"], cited.get(w["id"], 0)) for w in works[1:] if w["rows"] != cited.get(w["id"], 0)],
            "with how many rows cite it")
    none_of([w["id"] for w in works[1:] if w["licence"] != sources[w["id"]].get("custom", {}).get("licence")],
            "and its licence, null where none is stated")
    names = [(sources[w["id"]].get("author") or sources[w["id"]].get("editor") or [{}])[0] for w in works[2:]]
    plain = [n.get("family", "").lower() for n in names if n.get("family", "").isascii() and n.get("family")]
    is_(plain, sorted(plain), "by author")
    text = run("cite", "--format", "text")
    is_(text.out.strip().split("\n\n"), [w["entry"] for w in works], "text is the entries alone")
    german = run("cite", "--lang", "de")
    ok("keine Lizenz angegeben" in german.flat and "in 1 Zeile zitiert" in german.flat or "Zeilen zitiert" in german.flat,
       "the page is there in German", german)
    for style, words in (("apa", "(1997). Alliance Politics"), ("chicago", "1997. Alliance Politics.")):
        got = run("cite", "--style", style, "--format", "text")
        ok(words in got.out, f"style {style}", got)
    got = run("cite", "--style", "harvard")
    ok(got.code == 2 and "swp, apa or chicago" in got.err, "a style that is none is refused", got)
    sheet = list(csv.DictReader(io.StringIO(run("cite", "--format", "csv").out)))
    is_([row["id"] for row in sheet], [w["id"] for w in works], "CSV has a row for each work")
    ok(run("cite", "--format", "md").out.startswith("# "), "Markdown is there")


def test_lists():
    sources = register(BUNDLED)
    csl = json.loads(run("cite", "--format", "csl").out)
    is_({w["id"]: w for w in csl[1:]}, sources, "CSL-JSON is what the register has")
    bib = run("cite", "--format", "bibtex").out
    keys = re.findall(r"^@[a-z]+\{([^,\s]+),$", bib, flags=re.M)
    is_((len(keys), len({k.lower() for k in keys})), (len(csl), len(csl)), "BibTeX has an entry and a key of its own for each")
    ok(balanced(bib), "its braces are balanced")
    alone = run("cite", csl[5]["id"], "--format", "bibtex").out
    ok(alone.strip() in bib, "an entry and its key do not hang on the rest of the list", alone)
    ris = run("cite", "--format", "ris").out
    lines = ris.splitlines()
    is_((sum(l.startswith("TY  - ") for l in lines), lines.count("ER  - ")), (len(csl), len(csl)), "RIS has a record for each")
    none_of([line for line in lines if not re.match(r"[A-Z][A-Z0-9]  - ", line)], "each of its lines begins with a tag")
    for form in ("bibtex", "ris", "csl", "text"):
        got = run("assess", RIVER, *DRAWS, "--format", form)
        ok(got.code == 2 and not got.out and "no reference list" in got.err, f"assess has no {form}", got)
    got = run("cite", RIVER, "--format", "rtf")
    ok(got.code == 2 and "bibtex, ris, csl" in got.err, "a format that is none is refused", got)


def test_choice():
    works = answer("cite", RIVER, "annals", "office")["works"]
    is_([w["id"] for w in works], ["annals", "office"], "sources by id, in the order asked for")
    row = next(r for r in rows_of(RIVER, "observations") if len(r["citations"].split()) > 0)
    source_of = {r["id"]: r["source"] for r in rows_of(RIVER, "citations")}
    works = answer("cite", RIVER, "observations:" + row["id"], "observations:" + row["id"])["works"]
    is_({w["id"] for w in works}, {source_of[c.split(":")[0]] for c in row["citations"].split()},
        "what a row cites, each work once")
    package = answer("cite", RIVER)["works"][0]["id"]
    is_([w["role"] for w in answer("cite", RIVER, package)["works"]], ["package"], "the package alone")
    got = run("cite", RIVER, "package:other")
    ok(got.code == 3 and package in got.err, "another package is refused with the name of this one", got)
    is_([w["id"] for w in answer("cite", "troopdata")["works"]], ["troopdata"],
        "a first name that is no study is a source of the bundled one")
    got = run("cite", RIVER, "anals")
    ok(got.code == 3 and "annals" in got.err, "an unknown source, with the nearest", got)
    got = run("cite", RIVER, "observations:none-such")
    is_(got.code, 3, "an unknown row", got)
    got = run("cite", os.path.join(tap.SCRATCH, "no-such-folder"))
    is_(got.code, 3, "an unknown folder", got)
    kept = answer("cite", RIVER, "--known-at", "2029-12-31")
    is_({w["id"] for w in kept["works"] if w["role"] == "source"},
        {i for i, s in register(RIVER).items() if s["issued"]["date-parts"][0][0] < 2030},
        "of sources only what had come out by --known-at")


def test_confidential():
    package = copy_of(RIVER, "river")
    edit_sources(package, lambda by_id, _: by_id["office"].update(
        custom={"handling": "confidential", "licence": "Secret terms"}, title="Hidden accounts"))
    cited = [r["id"] for r in rows_of(package, "citations") if r["source"] == "office"]
    rows = [r["id"] for r in rows_of(package, "observations")
            if any(word.split(":")[0] in cited for word in r["citations"].split())]
    for form in ("table", "json", "csv", "md", "bibtex", "ris", "csl", "text"):
        for chosen in ((), ("observations:" + rows[0],)):
            got = run("cite", package, *chosen, "--format", form)
            ok(got.code == 0 and not [w for w in ("Hidden", "Secret", "example.org/accounts") if w in got.out],
               f"{form}{' of a row' if chosen else ''} shows nothing confidential", got)
    document = answer("cite", package)
    is_(document["withheld_sources"], 1, "that there is one is said")
    ok("1 confidential source" in run("cite", package).flat, "also on the page")
    document = answer("cite", package, "--reveal", "office")
    ok([w for w in document["works"] if w["id"] == "office" and w["handling"] == "confidential"] and
       document["withheld_sources"] == 0, "--reveal lists it")
    schema.fits(document, "cite", "such an answer")


def test_hostile():
    package = copy_of(RIVER, "river")
    evil = "} \\ % {\nER  - \nTY  - BOOK\n@book{x, \"#$&_^~"
    edit_sources(package, lambda by_id, _: by_id["annals"].update(title=evil, publisher=evil, URL="https://x.org/" + evil,
                                                                author=[{"literal": evil}, {"family": evil}]))
    bib = run("cite", package, "--format", "bibtex")
    ok(bib.code == 0 and balanced(bib.out) and len(re.findall(r"^@", bib.out, flags=re.M)) == 8,
       "harmful texts break no BibTeX", bib)
    ris = run("cite", package, "--format", "ris")
    is_([sum(line.startswith(tag) for line in ris.out.splitlines()) for tag in ("TY  - ", "ER  - ")], [8, 8],
        "and no RIS", ris)
    is_(len(json.loads(run("cite", package, "--format", "csl").out)), 8, "and no CSL-JSON")


def test_contrary():
    package = copy_of(RIVER, "river")
    fields, rows = table(package, "citations")
    rows[0]["stance"] = "contrary"
    write(package, "citations", fields, rows)
    page = run("assess", package, *DRAWS)
    ok("(contrary view)" in page.flat, "a contrary view is marked where it is cited", page)


def groups(node, kind):
    return [child for group in node["children"] if group["kind"] == kind for child in group["children"]]


def test_contradicts():
    package = copy_of(RIVER, "river")
    fields, rows = table(package, "claims")
    first = rows[0]
    other = {**first, "id": "claim-against", "statement_en": "The pact never meets", "citations": "fn1"}
    write(package, "claims", fields + ["contradicts"],
          [{**first, "contradicts": ""}, {**other, "contradicts": f"claims:{first['id']} positions:course-vasko"}])
    subprocess.run([os.path.join(tap.ROOT, "tools", "make-descriptor"), package], check=True)
    got = run("study", "check", package)
    is_(got.code, 0, "a column that says what a claim contradicts", got)
    for key in ("claims:" + first["id"], "positions:course-vasko"):
        document = answer("explain", package, key)
        beside = groups(document["root"], "contrary")
        ok([row["key"] for row in beside] == ["claims:claim-against"] and
           [c["key"] for c in beside[0]["children"]] == ["citations:fn1"],
           f"explain shows the contrary view beside {key}, with its place", beside)
        schema.fits(document, "explain", "such an answer")
    root = answer("explain", package, "claims:claim-against")["root"]
    is_([row["key"] for row in groups(root, "contradicted")], ["claims:" + first["id"], "positions:course-vasko"],
        "and of the claim what it contradicts")
    page = run("explain", package, "positions:course-vasko")
    ok("Contrary view" in page.flat and "claims:claim-against" in page.flat, "also on the page", page, page.out[600:])
    write(package, "claims", fields + ["contradicts"],
          [{**first, "contradicts": ""}, {**other, "contradicts": "claims:none-such"}])
    got = run("study", "check", package)
    ok(got.code == 4 and "none-such" in got.out, "a row that is not there is an error", got)


def test_quotations():
    document = answer("explain", RIVER, "positions:course-vasko")
    row = rows_of(RIVER, "quotations")[0]
    is_([n["key"] for n in groups(document["root"], "quotation")], ["quotations:" + row["id"]],
        "explain shows the words of a document with their row")
    ok(row["text"] in run("explain", RIVER, "quotations:" + row["id"]).flat, "and by themselves")
    package = copy_of(RIVER, "river")
    fields, rows = table(package, "quotations")
    write(package, "quotations", fields, [{**rows[0], "citations": "fn1", "text": "Hidden words"}])
    sources = {r["id"]: r["source"] for r in rows_of(package, "citations")}
    edit_sources(package, lambda by_id, _: by_id[sources["fn1"]].update(custom={"handling": "confidential"}))
    ok("Hidden words" not in run("explain", package, "positions:course-vasko").out +
       run("explain", package, "quotations:" + row["id"]).out, "not where they rest on a confidential source alone")
    bundled = rows_of(BUNDLED, "quotations")
    ok(len(bundled) >= 15, "the bundled study has quotations", len(bundled))
    none_of([r["id"] for r in bundled if r["language"] != r["original_language"] and not r["translator"]],
            "each says who translated it")


test_terms()
test_custom_keys()
test_contradicts()
test_quotations()
test_bundled()
test_lists()
test_choice()
test_confidential()
test_hostile()
test_contrary()
tap.done()
