#!/usr/bin/python3 -B
"""test_stale - what an editor has to renew: figures by the limits of the model, reviews and plans, rows that nobody has
reviewed, addresses, what is taken to go on."""
import datetime
import json
import os

import tap
from schema import fits
from tap import BUNDLED, RIVER, answer, copy_of, is_, none_of, ok, rows_of, run, table, write

LATER = ("--as-of", "2026-11")
DAY = datetime.date(2026, 11, 30)


def lists(*arguments, **more):
    document = answer("study", "stale", *arguments, **more)
    return {entry["kind"]: entry["entries"] for entry in document["lists"]}


def keys(entries):
    return {entry["key"] for entry in entries}


def altered(name, resource, changes, package=RIVER):
    """A copy of a package in which cells of some rows differ; new columns stand at the end."""
    copy = copy_of(package, name)
    fields, rows = table(copy, resource)
    for key, cells in changes.items():
        fields += [column for column in cells if column not in fields]
        next(row for row in rows if row["id"] == key).update(cells)
    write(copy, resource, fields, [{field: row.get(field, "") for field in fields} for row in rows])
    return copy


def limits(package_model):
    with open(package_model, encoding="utf-8") as file:
        model = json.load(file)
    return {f"{c['id']}/{d['id']}/{i['id']}": i for c in model["criteria"] for d in c["dimensions"]
            for i in d["indicators"]}


def inputs(*arguments):
    """Rows that an assessment rests on, by the trees of explain."""
    found = set()

    def walk(node):
        if node["kind"] == "row":
            found.add(node["key"])
        for child in node["children"]:
            walk(child)
    for alliance in ("us-japan", "us-korea"):
        walk(answer("explain", BUNDLED, alliance, "--draws", "50", *arguments)["root"])
    return found


def test_whole():
    for package in (BUNDLED, RIVER):
        for arguments in ((), ("--as-of", "2036"), ("--as-of", "2036", "--years", "2", "--all")):
            name = f"{os.path.basename(package)} {' '.join(arguments)}"
            document = answer("study", "stale", package, *arguments)
            fits(document, "stale", f"what is stale in {name}")
            none_of([e["kind"] for e in document["lists"] if e["count"] != len(e["entries"])],
                    "the JSON has every entry")
            for entry in document["lists"]:
                ages = [e["age_years"] for e in entry["entries"]]
                dated = [age for age in ages if age is not None]
                if ages != sorted(dated, reverse=True) + [None] * (len(ages) - len(dated)):
                    ok(False, f"{entry['kind']}: the oldest stand first", ages)


def test_figures():
    found = lists(BUNDLED, *LATER)
    every = limits(os.path.join(tap.ROOT, "share", "models", "alliance-resilience.json"))
    figures = {row["id"]: row for row in rows_of(BUNDLED, "observations")}
    used = {key for key in inputs() if key.startswith("observations:")}
    ok(len(used) > 8, "the assessment rests on figures", used)
    aged = found["figure"] + found["soon"]
    none_of(sorted(keys(aged) - used), "listed as figures of the model are those that it uses")
    wrong = []
    for entry in aged:
        row = figures[entry["key"].split(":")[1]]
        date = row["data_year"] or row["period"]
        if entry["date"] != date or entry["limit_years"] != every[entry["indicator"]]["age_limit_years"]:
            wrong.append(entry)
        if len(date) == 4 and abs(entry["age_years"] - (DAY - datetime.date(int(date), 12, 31)).days / 365.25) > 1e-3:
            wrong.append(entry)
    none_of(wrong, "each with its date, its age from the last day, and the limit of its indicator")
    none_of([e for e in found["figure"] if not e["passed"] or e["age_years"] <= e["limit_years"]],
            "those older than the limit")
    none_of([e for e in found["soon"] if e["passed"] or e["age_years"] <= e["limit_years"] - 1],
            "and those that will be within a year")
    gone = used - {key for key in inputs(*LATER) if key.startswith("observations:")}
    ok(gone and not gone - keys(found["figure"]), "what an assessment of that day drops as too old is listed", gone)
    soon = lists(BUNDLED)["soon"]
    is_(keys(soon), {"observations:active-usa-2016-nmc"}, "at the study's date one figure is about to be too old")


def test_years():
    own, four = lists(BUNDLED, *LATER), lists(BUNDLED, *LATER, "--years", "4")
    ok(keys(own["figure"]) < keys(four["figure"]), "a stricter limit lists more figures")
    none_of([e for kind in ("figure", "other", "unvisited", "carried") for e in four[kind]
             if (e["limit_years"], e["indicator"]) != (4, None)], "and holds for all")
    is_(own["unvisited"], [], "addresses have a limit only with --years")
    ok(four["unvisited"] and all(e["age_years"] > 4 and e["url"] for e in four["unvisited"]), "then the old are listed")
    document = answer("study", "stale", BUNDLED, *LATER)
    ok(document["without_limit"] > 10, "figures that no indicator reads have no limit", document["without_limit"])
    is_(answer("study", "stale", BUNDLED, *LATER, "--years", "4")["without_limit"], 0, "but with --years")
    page, whole = run("study", "stale", BUNDLED, *LATER), run("study", "stale", BUNDLED, *LATER, "--all")
    ok("--all lists the other figures" in page.flat and "trade-jpn-usa-1995" not in page.out,
       "the page leaves them out")
    ok("--all lists the other figures" not in whole.flat and own["other"][0]["key"] in whole.out, "--all shows them",
       whole)
    open_end = altered("open", "observations", {"boats-brk": {"period": "2029/.."}})
    is_(keys(lists(open_end, "--as-of", "2033")["undated"]), {"observations:boats-brk"},
        "a figure whose period has no end is listed as undated")


def test_statuses():
    found = lists(BUNDLED, *LATER)
    is_([(e["key"], e["date"], e["code"]) for e in found["overdue"]],
        [("statuses:st-withdrawal-threat", "2021-01-19", "threatened"),
         ("statuses:st-opcon-transfer", "2022-05", "planned"),
         ("statuses:st-reform-korea", "2025", "planned")], "plans and threats whose date has passed")
    is_(keys(lists(BUNDLED, "--as-of", "2021-02")["overdue"]), {"statuses:st-withdrawal-threat"},
        "a plan whose date has not come is not overdue")
    ok("statuses:st-gsomia-threat" not in keys(found["overdue"]), "nor is what another row says the end of")
    review = altered("review", "statuses", {"st-ice": {"status": "under_review", "start": "2028", "end": ".."}})
    got = lists(review)["review"]
    is_([(e["key"], e["date"], round(e["age_years"], 1)) for e in got], [("statuses:st-ice", "2028", 2.5)],
        "a policy under review is listed, by its beginning")
    is_(lists(review, "--as-of", "2027")["review"], [], "once it has begun")


def test_unreviewed():
    package = altered("draft", "events", {"ev-accession": {"review": "draft", "reviewer": "A. Quill"}})
    package = altered("disputed", "holders", {"h-brk-warden": {"review": "disputed", "reviewer": ""},
                                              "h-alv-steward": {"review": "reviewed", "reviewer": ""}}, package)
    checked = run("study", "check", package)
    is_(checked.code, 0, "the package is in order", checked)
    is_([(e["key"], e["code"], e["reviewer"]) for e in lists(package)["unreviewed"]],
        [("holders:h-brk-warden", "disputed", None), ("events:ev-accession", "draft", "A. Quill")],
        "drafts and disputed rows of any table, with who reviewed them")
    ok("A. Quill" in run("study", "stale", package, "--lang", "de").out, "the page names them")
    is_(lists(RIVER)["unreviewed"], [], "what says nothing is not listed")


def test_addresses():
    package = copy_of(RIVER, "addresses")
    path = os.path.join(package, "sources.json")
    with open(path, encoding="utf-8") as file:
        sources = json.load(file)
    by_id = {source["id"]: source for source in sources}
    by_id["office"]["custom"] = {"archived": "https://example.org/copy"}
    by_id["office"]["accessed"] = {"date-parts": [[2029, 5]]}
    by_id["poll"]["URL"] = "https://example.org/poll"
    by_id["annals"].update(URL="https://example.org/annals", custom={"handling": "confidential"})
    with open(path, "w", encoding="utf-8") as file:
        json.dump(sources, file)
    found = lists(package, "--as-of", "2034-01", "--years", "4")
    is_(keys(found["unarchived"]), {"sources:census", "sources:poll"},
        "addresses without a copy; a confidential source leaves by no list")
    is_({e["key"]: e["date"] for e in found["unarchived"]}["sources:poll"], "2030-04",
        "without an access date the age is that of the publication")
    accessed = {row["accessed"] for row in rows_of(RIVER, "citations") if row["source"] == "office"}
    ok("2030-02-11" in accessed, "a citation of it says when it was read", accessed)
    is_({e["key"]: e["date"] for e in found["unvisited"]}, {}, "the latest reading counts: not yet four years ago")
    found = lists(package, "--as-of", "2034-01", "--years", "3")
    is_({e["key"]: e["date"] for e in found["unvisited"]},
        {"sources:office": "2030-02-11", "sources:census": "2030-03"}, "and what has a copy may still have moved")


    hidden = {"figure": {"observations:boats-crd"}, "carried": {"institutions:ice-drill"},
              "unarchived": {"sources:annals"}}
    secret, shown = lists(package, "--as-of", "2033"), lists(package, "--as-of", "2033", "--reveal", "annals")
    none_of([key for kind, wanted in hidden.items() for key in wanted & keys(secret[kind])],
            "nor do rows that rest on it alone")
    none_of([key for kind, wanted in hidden.items() for key in wanted - keys(shown[kind])],
            "asked for by name they are listed")
    document = answer("study", "stale", package, "--as-of", "2033")
    fits(document, "stale", "a list that withholds")
    ok(document["withheld"] > 3, "what is withheld is counted", document["withheld"])
    page = run("study", "stale", package, "--as-of", "2033", "--lang", "de")
    ok("Flussannalen" not in page.out and "--reveal" in page.flat, "the page says how to see it", page)


def test_carried():
    is_(lists(BUNDLED)["carried"], [], "at the study's date it vouches for what has no end")
    found = lists(BUNDLED, *LATER)["carried"]
    tables = {key.split(":")[0] for key in keys(found)}
    is_(tables, {"positions", "threats", "support", "institutions", "provisions"}, "later it is taken to go on")
    none_of([e for e in found if abs(e["age_years"] - (DAY - datetime.date(2021, 5, 31)).days / 365.25) > 1e-3],
            "its age counts from the study's date")
    passed = {e["key"] for e in found if e["passed"]}
    rests = {key for key in inputs("--as-of", "2021-05-31") if not key.startswith(("observations:", "codings:"))}
    still = inputs(*LATER)
    # an institution feeds several indicators: past the strictest of their limits, it still feeds the others
    none_of(sorted(key for key in passed & still if not key.startswith("institutions:")),
            "what is past its limit carries no figure")
    ok(passed & rests and not (rests - still) - passed, "and what an assessment of that day drops is past its limit",
       sorted((rests - still) - passed))
    none_of([e for e in found if (e["limit_years"] is None) != (e["indicator"] is None)],
            "each limit names its indicator")


def test_page():
    for language in ("en", "de"):
        for package, arguments in ((BUNDLED, LATER), (RIVER, ("--as-of", "2036", "--years", "3", "--all"))):
            page = run("study", "stale", package, "--lang", language, *arguments, "--store", ":memory:")
            is_((page.code, page.err), (0, ""), f"the page in {language}", page)
            none_of([line for line in page.out.splitlines() if len(line) > 80 and "://" not in line],
                    "no line but an address is wider than 80 columns")
    page = run("study", "stale", BUNDLED, *LATER)
    count = len(lists(BUNDLED, *LATER)["carried"])
    ok(f"and {count - 10} more, in the JSON output" in page.flat, "ten of a kind are shown, the others counted")
    is_(page.raw, run("study", "stale", BUNDLED, *LATER).raw, "the same bytes twice")


def test_known():
    known = answer("study", "stale", BUNDLED, *LATER, "--known-at", "2019")
    fits(known, "stale", "what is stale of what was known")
    ok(known["left_out"]["published_later"] > 100, "what was published later is counted", known["left_out"])
    later = {e["key"] for entry in known["lists"] for e in entry["entries"]}
    ok("observations:forces-usa-jpn-2020" not in later and "statuses:st-sma-jpn" not in later, "and left out")


def test_refusals():
    for arguments, code, sentence in ((("--years", "0"), 2, "from 1 to 1000"), (("--years", "x"), 2, "from 1 to 1000"),
                                      (("--as-of", "soon"), 2, "--as-of"), (("--model", "no-such"), 3, "no-such")):
        got = run("study", "stale", BUNDLED, *arguments)
        ok((got.code, got.out) == (code, "") and sentence in got.err, f"{' '.join(arguments)} is refused", got)


test_whole()
test_figures()
test_years()
test_statuses()
test_unreviewed()
test_addresses()
test_carried()
test_page()
test_known()
test_refusals()
tap.done()
