#!/usr/bin/python3 -B
"""test_data - figures and rows of a study: what is listed, found, nested, counted, converted, and which two figures can
be compared."""
import json
import os
import re

import tap
from schema import fits
from secret import secret_package
from tap import BUNDLED, RIVER, ROOT, answer, copy_of, is_, none_of, ok, rows_of, run, table, write

NAMES = {package: os.path.basename(package) for package in (BUNDLED, RIVER)}


def changed(name, resource, *rows, package=RIVER):
    """A copy of a package in which rows of a table are added, or cells of those that are there differ."""
    copy = copy_of(package, name)
    fields, there = table(copy, resource)
    for row in rows:
        old = next((r for r in there if r["id"] == row["id"]), None)
        if old:
            old.update(row)
        else:
            there.append({**dict.fromkeys(fields, ""), **row})
    write(copy, resource, fields, there)
    return copy


def number(cell):
    return float(cell) if cell else None


def near(a, b):
    return a == b or (a is not None and b is not None and abs(a - b) <= 1e-5 * abs(b))


def alike(got, wanted):
    """The same cells; the store writes numbers its own way ("43.20" as "43.2")."""
    def same(a, b):
        try:
            return a == b or float(a) == float(b)
        except ValueError:
            return False
    return sorted(got) == sorted(wanted) and all(same(got[name], wanted[name]) for name in got)


def test_figures():
    for package, name in NAMES.items():
        whole = answer("data", package)
        fits(whole, "data", f"the figures of {name}")
        rows = {f"observations:{row['id']}": row for row in rows_of(package, "observations")}
        got = {figure["key"]: figure for figure in whole["figures"]}
        is_((sorted(got), whole["total"]), (sorted(rows), len(rows)), "every figure stands there once")
        wrong = []
        for key, row in rows.items():
            figure = got[key]
            for cell in ("value", "low", "high", "rank", "rank_of"):
                if not near(figure[cell], number(row[cell])):
                    wrong.append(f"{key} {cell}: {figure[cell]}")
            for cell in ("period", "unit", "status", "currency", "qualifier", "comparison", "price_basis", "nesting",
                         "data_year", "grade", "note"):
                if (figure[cell] or "") != row[cell]:
                    wrong.append(f"{key} {cell}: {figure[cell]}")
            for cell in ("indicator", "actor", "partner", "alliance", "place", "institution", "definition", "stated_by",
                         "addressed_to"):
                if ((figure[cell] or {}).get("id") or "") != row[cell]:
                    wrong.append(f"{key} {cell}: {figure[cell]}")
            if [c["id"] for c in figure["citations"]] != [c.split(":")[0] for c in row["citations"].split()]:
                wrong.append(f"{key} citations")
            if not near((figure["converted"] or {}).get("value"), number(row["converted_value"])):
                wrong.append(f"{key} converted")
        none_of(wrong, "with its cells and citations as the package has them")
        order = [row["id"] for row in rows_of(package, "indicators")]
        places = [order.index(figure["indicator"]["id"]) for figure in whole["figures"]]
        is_(places, sorted(places), "in the order of the indicators")


def test_words_of_figures():
    texts = {f["key"]: f["text"] for f in answer("data", RIVER)["figures"]}
    wanted = {"boats-alv-annals": "about 120 pieces", "boats-brk": "60 pieces (55 pieces to 70 pieces)",
              "boats-dor": "at least 8 pieces", "people-alv": "more than 4,000,000 persons",
              "people-dor": "700,000 persons to 900,000 persons", "watch-brk": "nearly 3.4%",
              "watch-dor": "at most 1.2%", "lent-alv-crd": "less than 150 persons",
              "relief-alv": "XDR 1.5 million, rank 1 of 3", "boats-crd-fewer": "below: River boats (Braka)"}
    labels = {row["id"]: row["label_en"] for row in rows_of(RIVER, "actors")}
    wanted["boats-crd-fewer"] = f"below: River boats ({labels['BRK']})"
    is_({key: texts[f"observations:{key}"] for key in wanted}, wanted, "figures read as the text has them")
    strict = changed("strict", "observations", {"id": "boats-dor", "low_strict": "true"})
    got = [f["text"] for f in answer("data", strict)["figures"] if f["key"] == "observations:boats-dor"]
    is_(got, ["more than 8 pieces"], "a bound that is excluded is not at least")
    german = {f["key"]: f["text"] for f in answer("data", RIVER, "--lang", "de")["figures"]}
    is_((german["observations:watch-brk"], german["observations:relief-alv"]),
        ("knapp 3,4\u00a0%", "1,5 Mio. XDR, Rang 1 von 3"), "in German too")
    one = changed("one", "observations", {"id": "boats-dor", "low": "1"})
    got = [f["text"] for f in answer("data", one)["figures"] if f["key"] == "observations:boats-dor"]
    is_(got, ["at least 1 piece"], "one is not many")


def test_filters():
    rows = rows_of(BUNDLED, "observations")
    for option, column, value in (("--indicator", "indicator", "trade_share"), ("--actor", "actor", "JPN"),
                                  ("--partner", "partner", "USA"), ("--status", "status", "demanded"),
                                  ("--definition", "definition", "dod-2004")):
        got = answer("data", BUNDLED, option, value)
        is_(sorted(f["key"] for f in got["figures"]),
            sorted(f"observations:{row['id']}" for row in rows if row[column] == value),
            f"{option} chooses its figures")
        is_(got["options"][option[2:]], value, "and the answer says so")
    both = answer("data", BUNDLED, "--indicator", "trade_share", "--actor", "JPN")["figures"]
    is_(len(both), len([r for r in rows if (r["indicator"], r["actor"]) == ("trade_share", "JPN")]),
        "filters hold together")
    years = [f for f in answer("data", BUNDLED, "--from", "2015", "--to", "2016")["figures"]]
    ok(years and all(f["period"][:4] <= "2016" for f in years), "--from and --to choose a time", len(years))
    ok(any(f["period"] == "2010/2019" for f in years), "a period that overlaps it is in")
    day = {f["key"] for f in answer("data", BUNDLED, "--as-of", "2003-06-01")["figures"]}
    ok("observations:stationing-share-jpn-2003" in day and "observations:trade-jpn-usa-2020" not in day,
       "--as-of chooses what is about a day")
    korea = answer("data", BUNDLED, "--alliance", "us-korea")["figures"]
    none_of([f["key"] for f in korea if f["alliance"] and f["alliance"]["id"] != "us-korea"],
            "--alliance leaves out what names another")
    ok({"observations:forces-usa-kor-2020"} <= {f["key"] for f in korea}, "and keeps what concerns a member")
    known = answer("data", BUNDLED, "--known-at", "2015")
    ok(known["total"] < len(rows) and known["left_out"]["published_later"] > 50,
       "--known-at leaves out what came later", known["left_out"])


def test_find():
    found = {f["key"] for f in answer("data", BUNDLED, "--find", "SMALLER EXERCISES")["figures"]}
    notes = {f"observations:{row['id']}" for row in rows_of(BUNDLED, "observations")
             if "smaller exercises" in row["note"].lower()}
    ok(notes and found >= notes, "--find looks into notes without regard to case", found)
    found = answer("data", BUNDLED, "--find", "openness-kor")
    is_([f["key"] for f in found["figures"]], ["observations:openness-kor-2019"], "and into ids")
    found = [f["indicator"]["id"] for f in answer("data", BUNDLED, "--find", "Außenhandelsquote")["figures"]]
    ok(found and set(found) == {"openness"}, "and into labels of both languages", found)
    upper = {f["key"] for f in answer("data", BUNDLED, "--find", "STREITKRÄFTE")["figures"]}
    ok(upper and upper == {f["key"] for f in answer("data", BUNDLED, "--find", "streitkräfte")["figures"]},
       "a capital umlaut is the small one")
    nothing = run("data", BUNDLED, "--find", "no such words stand here")
    ok(nothing.code == 0 and "Nothing that was asked for is there" in nothing.flat, "nothing found says so", nothing)


def test_pages():
    total = len(rows_of(BUNDLED, "observations"))
    ids = [f["key"].split(":")[1] for f in answer("data", BUNDLED)["figures"]]
    seen, pages = [], answer("data", BUNDLED, "--page", "1")["pages"]
    is_(pages, -(-total // 50), "a page has 50 figures")
    for page in range(1, pages + 1):
        part = answer("data", BUNDLED, "--page", page)
        is_((part["first"], part["total"]), (50 * (page - 1) + 1, total), f"page {page} says where it begins")
        seen += [f["key"].split(":")[1] for f in part["figures"]]
    is_(seen, ids, "the pages make up the whole")
    many = changed("many", "terms", *[{"id": f"term-{n}", "label_en": "A word", "label_de": "Ein Wort",
                                       "definition_en": "What it means", "definition_de": "Was es bedeutet"}
                                      for n in range(10001)])
    rows = len(rows_of(many, "terms"))
    first, last = (answer("data", many, "--table", "terms", *more) for more in ((), ("--all", "--page", "2")))
    is_([(len(d["rows"]), d["first"], d["pages"], d["total"]) for d in (first, last)],
        [(10000, 1, 2, rows), (rows - 10000, 10001, 2, rows)], "what is asked for as a whole is bounded too")
    page = run("data", BUNDLED)
    ok(f"1 to 50 of {total}" in page.flat and "--all" in page.flat, "a page of the terminal says that it is one", page)
    whole = run("data", BUNDLED, "--all")
    none_of([key for key in ids if not re.search(rf"(?<![\w.-]){re.escape(key)}(?![\w.-])", whole.out)],
            "--all shows all, with the id of each")


def test_tree():
    for package, name in NAMES.items():
        whole = answer("data", package, "--tree")
        fits(whole, "data", f"the trees of {name}")
        rows = {row["id"]: row for row in rows_of(package, "observations")}
        links, seen = [], []

        def walk(node, above):
            key = node["figure"]["key"].split(":")[1]
            seen.append(key)
            links.append((key, above, node["figure"]["nesting"] or ""))
            for part in node["parts"]:
                walk(part, key)
        for tree in whole["trees"]:
            walk(tree, "")
        is_(sorted(links), sorted((key, rows[key]["parent"], rows[key]["nesting"]) for key in seen),
            "links are those of the rows, stated or inferred")
        nested = {key for key, row in rows.items() if row["parent"]} | {row["parent"] for row in rows.values()} - {""}
        is_((sorted(seen), whole["alone"]), (sorted(nested), len(rows) - len(nested)),
            "each part and whole stands once, the rest is counted")
    page = run("data", BUNDLED, "--tree")
    ok("Part (inferred):" in page.flat and "Part (stated):" in page.flat, "the page marks what is inferred", page)
    one = answer("data", BUNDLED, "--tree", "--find", "stationing-hns-jpn-2020")
    tree = one["trees"][0]
    is_((one["total"], tree["figure"]["key"], tree["asked"]), (1, "observations:stationing-budget-jpn-2020", False),
        "a part that is asked for brings its wholes")
    is_((tree["sum"]["added"], tree["sum"]["low"]), (1, 200500000000.0),
        "what is a part of a part is not added to its whole")
    ok(near(tree["sum"]["share_low"], 200.5 / 746.9), "the share of the parts is that of the direct ones", tree["sum"])


def test_sums():
    part = {"indicator": "river_boats", "actor": "ALV", "period": "2029", "unit": "pieces",
            "parent": "boats-alv-annals", "nesting": "inferred", "status": "reported", "citations": "fn3"}

    def sum_of(name, *parts):
        package = changed(name, "observations", *[{**part, **p} for p in parts])
        trees = answer("data", package, "--tree")["trees"]
        return next(t for t in trees if t["figure"]["key"] == "observations:boats-alv-annals")["sum"]
    got = sum_of("two", {"id": "boats-alv-light", "value": "60", "definition": "own-count"})
    is_((got["low"], got["high"], got["added"], got["twice"]), (90, 90, 2, 0), "two parts are added")
    ok(near(got["share_low"], 0.75), "and held against their whole", got)
    got = sum_of("again", {"id": "boats-alv-heavy-2", "value": "34"})
    is_((got["low"], got["high"], got["added"], got["twice"]), (30, 34, 1, 1), "what is said twice is added once")
    got = sum_of("inside", {"id": "boats-alv-heavy", "definition": "pact-office"},
                 {"id": "boats-alv-own", "value": "10", "definition": "own-count"})
    is_((got["low"], got["added"], got["not_added"]), (30, 1, 1), "a part inside another by its rule is not added")
    for name, cells in (("plan", {"status": "planned"}), ("year", {"period": "2028"}),
                        ("bound", {"value": "", "low": "3"})):
        got = sum_of(name, {"id": "boats-alv-x", "value": "60", "definition": "own-count", **cells})
        is_((got["low"], got["added"], got["not_added"]), (30, 1, 1), f"another {name} is not added")


def test_deep():
    row = {"indicator": "river_boats", "actor": "ALV", "period": "2029", "unit": "pieces", "value": "1",
           "nesting": "stated", "status": "planned", "citations": "fn3"}
    for depth, code in ((60, 0), (61, 4)):
        parents = ["boats-alv-heavy", *(f"deep-{i}" for i in range(depth - 1))]
        package = changed(f"deep-{depth}", "observations",
                          *[{**row, "id": f"deep-{i}", "parent": parent} for i, parent in enumerate(parents[:depth - 1])])
        for asked in ((), ("--status", "reported")):
            got = run("data", package, "--tree", *asked)
            ok(got.code == code, f"{depth} levels of parts {asked}: exit code {code}", got)
    ok("observations.parent" in got.err and "nested deeper than 60" in got.err,
       "also where only the whole above them is asked for", got)


def test_tables():
    for package, name in NAMES.items():
        counts = answer("data", package, "--count")
        fits(counts, "data", f"the counts of {name}")
        with open(os.path.join(package, "datapackage.json"), encoding="utf-8") as file:
            resources = [r["name"] for r in json.load(file)["resources"]]
        with open(os.path.join(package, "sources.json"), encoding="utf-8") as file:
            sources = json.load(file)
        wanted = {r: len(sources) if r == "sources" else len(rows_of(package, r)) for r in resources}
        is_({c["table"]: c["rows"] for c in counts["counts"]}, wanted, "rows by table are those of the files")
        is_(counts["total"], sum(wanted.values()), "and their sum is all")
        for resource in resources:
            got = answer("data", package, "--table", resource)
            if resource in ("sources", "positions"):
                fits(got, "data", f"{resource} of {name}")
            ids = [s["id"] for s in sources] if resource == "sources" else [r["id"] for r in rows_of(package, resource)]
            if sorted(row["key"] for row in got["rows"]) != sorted(f"{resource}:{i}" for i in ids):
                ok(False, f"--table {resource} lists every row", got["total"], len(ids))
            if resource not in ("sources",):
                cells = {f"{resource}:{r['id']}": {k: v for k, v in r.items() if v and k not in ("id", "citations")}
                         for r in rows_of(package, resource)}
                none_of([row["key"] for row in got["rows"]
                         if not alike({f["name"]: f["value"] for f in row["fields"]}, cells[row["key"]])],
                        f"rows of {resource} have their cells")
    footnotes = answer("data", BUNDLED, "--count")["footnotes"]
    numbers = {int(row["footnote"]) for row in rows_of(BUNDLED, "citations") if row["footnote"]}
    is_((footnotes["cited"], footnotes["highest"], footnotes["missing"]),
        (len(numbers), max(numbers), sorted(set(range(1, max(numbers))) - numbers)),
        "footnotes with and without citation")
    found = answer("data", BUNDLED, "--table", "events", "--find", "keen sword")["rows"]
    ok("events:ev-keen-sword" in [row["key"] for row in found], "--find chooses rows of a table", found)


def pair(package, a, b, *more):
    return answer("data", package, "--compare", a, b, *more)


def points(document):
    return {p["aspect"]: (p["effect"], p["code"]) for p in document["points"]}


def test_refused():
    """The pair that the study is known for: an official share against one that SIPRI counted."""
    got = pair(BUNDLED, "defence-share-jpn-official-2019", "observations:defence-share-kor-sipri-decade")
    fits(got, "data-compare", "two shares by two rules")
    is_(got["comparable"], "no", "an official share and one of SIPRI can not be compared")
    found = points(got)
    is_((found["definition"], found["accounting"], found["period"]),
        (("forbids", "differs"), ("limits", "differs"), ("limits", "overlaps")), "and it says in what they differ")
    definition = next(p for p in got["points"] if p["aspect"] == "definition")
    ok(definition["a"]["citations"] and definition["b"]["citations"], "each with the places that say so", definition)
    is_([s["key"] for s in got["said"]], ["comparability:share-jpn-kor"], "what is said of the two stands there")
    same = pair(BUNDLED, "stationing-share-jpn-2003", "stationing-share-kor-2003")
    is_((same["comparable"], [p for p in same["points"] if p["effect"] != "none"]), ("yes", []),
        "two shares by one rule and of one year can be")
    turned = pair(BUNDLED, "defence-share-kor-sipri-decade", "defence-share-jpn-official-2019")
    is_(points(turned), found, "the order of the two does not matter")


def test_inherited():
    got = pair(BUNDLED, "stationing-budget-jpn-2020", "stationing-budget-kor-2015")
    is_(got["comparable"], "no", "an author's objection forbids")
    is_({s["through"] for s in got["said"] if s["stated_by"]}, {"figure", "definition"},
        "about figures and definitions")
    parts = pair(BUNDLED, "stationing-hns-jpn-2020", "stationing-sma-kor-2015")
    is_(points(parts)["objection"], ("forbids", "author_no"), "what is below them inherits it")
    ok({s["through"] for s in parts["said"]} & {"wider_definition", "whole"}, "and the answer says so", parts["said"])
    lifted = pair(BUNDLED, "stationing-share-jpn-2019", "stationing-share-jpn-2003")
    is_((lifted["comparable"], points(lifted)["definition"]), ("limited", ("limits", "allowed")),
        "an author who sets two definitions side by side lifts the prohibition to a limit")
    own = changed("own", "comparability", {"id": "cmp-watch", "stated_by": ""})
    ours, theirs = (pair(p, "watch-brk", "watch-crd") for p in (own, RIVER))
    is_((points(ours)["definition"], points(theirs)["definition"]), (("forbids", "wider"), ("limits", "allowed")),
        "our own judgement does not")


def test_part():
    got = pair(BUNDLED, "stationing-hns-jpn-2020", "stationing-budget-jpn-2020")
    is_((got["comparable"], got["part"]["part"], got["part"]["inferred"], got["part"]["links"]), ("no", "a", True, 2),
        "a part of a part is a part; one inferred link makes it inferred")
    ok(near(got["part"]["share_low"], 152 / 746.9), "its share of the whole is given", got["part"])
    got = pair(BUNDLED, "stationing-direct-jpn-2020", "stationing-hns-jpn-2020")
    is_((got["part"]["part"], got["part"]["inferred"]), ("b", False), "a stated link stays stated")
    page = run("data", BUNDLED, "--compare", "stationing-hns-jpn-2020", "stationing-budget-jpn-2020")
    ok("A is a part of B; that is inferred" in page.flat and "never added" in page.flat, "the page says so", page)


def test_each_aspect():
    """One cell of a figure is changed at a time; the answer names its aspect."""
    base = {"indicator": "river_boats", "actor": "BRK", "period": "2029", "unit": "pieces", "value": "99",
            "status": "reported", "citations": "fn3"}
    for aspect, cells in (("status", {"status": "planned"}), ("period", {"period": "2028"}),
                          ("period", {"period": "2029", "data_year": "2027"}),
                          ("number", {"value": "", "low": "9"}),
                          ("indicator", {"indicator": "boat_crews", "unit": "persons"}),
                          ("unit", {"indicator": "boat_crews", "unit": "persons"}),
                          ("definition", {"definition": "own-count"}),
                          ("nesting", {"actor": "ALV", "parent": "boats-alv-office", "nesting": "stated"})):
        package = changed("aspect", "observations", {"id": "boats-new", **base, **cells})
        found = points(pair(package, "boats-alv-office", "boats-new"))
        ok(found[aspect][0] != "none", f"{aspect} is named where {sorted(cells)} differs", found)
    package = changed("aspect", "observations", {"id": "boats-new", **base})
    got = pair(package, "boats-alv-office", "boats-new")
    is_((got["comparable"], points(got)["definition"]), ("yes", ("none", "of_indicator")),
        "where no figure of an indicator has a definition, none is missing")
    got = pair(RIVER, "boats-alv-annals", "boats-alv-office")
    ok(got["same_thing"] and got["comparable"] == "yes", "two figures of one thing say so", got["points"])
    got = pair(RIVER, "boats-crd-fewer", "boats-brk")
    is_(points(got)["number"], ("forbids", "none"), "what states no number can not be compared")


def test_money():
    got = answer("data", RIVER, "--in", "EUR")
    fits(got, "data", "figures with conversions")
    by_key = {f["key"]: f for f in got["figures"]}
    relief = by_key["observations:relief-alv"]["conversion"]
    way = relief["ways"][0]
    is_((relief["value"], relief["stated"], way["rate"], way["date"], way["difference"], way["same_place"]),
        (1800000, 1800000, 1.2, "2029-12", 0, True),
        "money is converted by the rate of its year, beside the text's own")
    ok(way["citations"] and way["key"] == "rates:rate-xdr-eur", "with the rate and its places", way)
    is_(by_key["observations:boats-brk"]["conversion"]["missing"]["code"], "no_money", "boats are no money")
    other = changed("rate", "rates", {"id": "rate-july", "from_currency": "EUR", "to_currency": "XDR",
                                      "date": "2029-07-01", "value": "0.8", "citations": "fn3"})
    relief = next(f for f in answer("data", other, "--in", "EUR")["figures"] if f["key"].endswith("relief-alv"))
    ways = relief["conversion"]["ways"]
    is_([(w["key"], w["inverted"], w["value"], w["same_place"]) for w in ways],
        [("rates:rate-july", True, 1875000, False), ("rates:rate-xdr-eur", False, 1800000, True)],
        "the rate nearest to 1 July comes first, for either direction")
    is_((ways[0]["difference"], relief["conversion"]["value"]), (75000, 1875000), "and how far the text is from it")
    for name, change, code in (("late", ("rates", {"id": "rate-xdr-eur", "date": "2030"}), "no_rate"),
                               ("years", ("observations", {"id": "relief-alv", "period": "2028/2029"}),
                                "several_years"),
                               ("blank", ("observations", {"id": "relief-alv", "value": ""}), "no_number")):
        package = changed(name, *change)
        figure = next(f for f in answer("data", package, "--in", "EUR")["figures"] if f["key"].endswith("relief-alv"))
        is_((figure["conversion"]["missing"] or {}).get("code"), code, f"without that there is none: {code}")
    second = {**rows_of(RIVER, "observations")[-1], "id": "relief-brk", "actor": "BRK", "currency": "EUR", "rank": "",
              "rank_of": "", "converted_value": "", "converted_unit": "", "converted_currency": ""}
    package = changed("pair", "observations", second)
    got = pair(package, "relief-alv", "relief-brk")
    fits(got, "data-compare", "two currencies")
    is_((points(got)["currency"][0], points(got)["conversion"], got["currency"], got["a"]["conversion"]["value"]),
        ("limits", ("limits", "rate"), "EUR", 1800000),
        "two currencies become one by a rate, and the answer says by which")
    late = changed("pair-late", "rates", {"id": "rate-xdr-eur", "date": "2031"}, package=package)
    got = pair(late, "relief-alv", "relief-brk")
    is_((points(got)["conversion"], got["comparable"]), (("forbids", "none"), "no"),
        "without a rate of the year they stay apart")


def test_elsewhere():
    """Where the program sets two figures side by side, it says whether they can be compared."""
    def beside(package, key):
        tree = answer("explain", package, f"observations:{key}")
        fits(tree, "explain", f"explain {key}")
        return {n["key"].split(":")[1]: n["comparison"] for n in tree["root"]["children"] if n["kind"] == "comparison"}
    got = beside(BUNDLED, "defence-share-kor-sipri-decade")["defence-share-jpn-official-2019"]
    whole = pair(BUNDLED, "defence-share-kor-sipri-decade", "defence-share-jpn-official-2019")
    is_((got["comparable"], [(d["aspect"], d["effect"], d["code"]) for d in got["differs"]]),
        ("no", [(p["aspect"], p["effect"], p["code"]) for p in whole["points"] if p["effect"] != "none"]),
        "explain says it of figures that somebody compares, as data does")
    is_(beside(RIVER, "boats-crd-fewer")["boats-brk"]["comparable"], "no", "and of figures that a row compares")
    page = run("explain", RIVER, "observations:boats-crd-fewer")
    ok("can not be compared: Number" in page.flat, "in words too", page)
    sides = answer("compare", BUNDLED, "--alliance", "us-japan", "--alliance", "us-korea")
    fits(sides, "compare", "two alliances")
    drivers = [d for a in sides["alliances"] for d in a["drivers"] if d["comparison"]]
    ok(drivers and all(d["comparison"]["differs"] for d in drivers), "compare says it of figures behind a difference")
    for driver in drivers:
        ids = [driver[side].split(":")[1] for side in ("figure_from", "figure_to")]
        is_(driver["comparison"]["comparable"], pair(BUNDLED, *ids)["comparable"], "as data does: " + " ".join(ids))
    dates = answer("compare", BUNDLED, "--as-of", "2016", "--as-of", "2021")
    none_of([d["key"] for a in dates["alliances"] for d in a["drivers"] if d["comparison"] and
             {p["code"] for p in d["comparison"]["differs"]} <= {"change", "nominal"}],
            "of two dates it does not say that time has passed")
    readings = answer("ledger", BUNDLED)["readings"]
    ok(readings, "the ledger has readings of others")
    for reading in readings[:3]:
        ids = [reading[side]["key"].split(":")[1] for side in ("study", "outside")]
        is_(reading["comparison"]["comparable"], pair(BUNDLED, *ids)["comparable"],
            "the ledger says it of a reading: " + " ".join(ids))


def test_confidential():
    package = secret_package({"observations": "boats-alv-annals", "comparability": "cmp-watch",
                              "rates": "rate-xdr-eur"})
    got = answer("data", package)
    fits(got, "data", "figures of which one is withheld")
    ok("observations:boats-alv-annals" not in [f["key"] for f in got["figures"]] and got["withheld"] == 1,
       "what is confidential is not listed", got["withheld"])
    trees = answer("data", package, "--tree")
    is_((trees["trees"], "boats-alv-annals" in json.dumps(trees["trees"])), ([], False),
        "and holds no part together that would tell of it")
    rows = answer("data", package, "--table", "observations")
    is_((rows["rows_withheld"], [r for r in rows["rows"] if r["key"].endswith("annals")]), (1, []), "nor in a table")
    is_(pair(package, "watch-brk", "watch-crd")["said"], [], "nor is a judgement that rests on it")
    figure = next(f for f in answer("data", package, "--in", "EUR")["figures"] if f["key"].endswith("relief-alv"))
    is_(figure["conversion"]["missing"]["code"], "no_rate", "nor a rate")
    refused = run("data", package, "--compare", "boats-alv-annals", "boats-alv-office")
    ok((refused.code, refused.out) == (3, "") and "--reveal" in refused.err, "nor is it compared", refused)
    none_of([" ".join(a) for a in ((), ("--tree",), ("--count",), ("--table", "sources"), ("--table", "citations"),
                                   ("--find", "weir")) if "weir" in run("data", package, *a).out.replace("--find", "")
             and a != ("--find", "weir")], "no page names the source")
    said = {"id": "cmp-boats", "item_a": "observations:boats-alv-office", "item_b": "observations:boats-alv-old",
            "comparable": "no", "reason_en": "Other boats", "reason_de": "Andere Boote"}
    for citation, count in (("fn3", 1), ("weir-1", 0)):
        fields, rows = table(package, "comparability")
        write(package, "comparability", fields, [r for r in rows if r["id"] != "cmp-boats"] +
              [{**dict.fromkeys(fields, ""), **said, "citations": citation}])
        tree = answer("explain", package, "observations:boats-alv-old")["root"]
        is_(len([n for n in tree["children"] if n["kind"] == "comparison"]), count,
            f"explain tells of {count} comparisons, where one rests on {citation}")
    shown = answer("data", package, "--reveal", "weir-talk")
    is_(shown["total"], len(rows_of(RIVER, "observations")), "asked for by name all is shown")


def test_pages_of_text():
    home = tap.folder("home")
    for language in ("en", "de"):
        for arguments in ((BUNDLED, "--all", "--in", "USD"), (BUNDLED, "--tree"), (BUNDLED, "--count"),
                          (BUNDLED, "--table", "observations"), (RIVER,),
                          (BUNDLED, "--compare", "defence-budget-jpn-2020", "defence-budget-kor-2020", "--in", "USD"),
                          (BUNDLED, "--compare", "stationing-hns-jpn-2020", "stationing-budget-jpn-2020")):
            page = run("data", *arguments, "--lang", language, home=home)
            is_((page.code, page.err), (0, ""), f"{' '.join(arguments[1:])} in {language}")
            none_of([line for line in page.out.splitlines() if len(line) > 80 and "http" not in line],
                    "no line is wider than 80 columns")
    is_(run("data", BUNDLED, "--tree").raw, run("data", BUNDLED, "--tree").raw, "the same bytes twice")


def test_words():
    """Each code of the format that an answer shows has words, and each code of a judgement."""
    with open(os.path.join(ROOT, "share", "schemas", "package.json"), encoding="utf-8") as file:
        form = json.load(file)
    with open(os.path.join(ROOT, "share", "words", "de.json"), encoding="utf-8") as file:
        words = json.load(file)

    def codes(resource, column):
        fields = next(r for r in form["resources"] if r["name"] == resource)["schema"]["fields"]
        return next(f for f in fields if f["name"] == column)["constraints"]["enum"]
    wanted = [f"figure.status.{c}" for c in codes("observations", "status")]
    wanted += [f"figure.prices.{c}" for c in codes("observations", "price_basis")]
    wanted += [f"figure.accounting.{c}" for c in codes("definitions", "accounting")]
    wanted += [f"quantity.qualifier.{c}" for c in codes("observations", "qualifier")]
    wanted += [f"quantity.{c}" for c in codes("observations", "comparison")]
    with open(os.path.join(ROOT, "src", "base", "unit.c"), encoding="utf-8") as file:
        units = re.findall(r'"(\w+)"', re.search(r"units\[\] = \{(.*?)\};", file.read(), re.S).group(1))
    ok(len(units) > 10, "there are units", units)
    wanted += [f"figure.unit.{u}" for u in units]
    wanted += [f"quantity.unit.{u}" for u in units if u not in ("currency", "share")]
    with open(os.path.join(ROOT, "src", "measures", "comparability.c"), encoding="utf-8") as file:
        source = file.read()
    for aspect, rest in re.findall(r"find\(&?c, ENT_ASPECT_(\w+), (.*?)\);", source, re.S):
        for code in re.findall(r'"(\w+)"', rest):
            wanted.append(f"pair.{aspect.lower()}.{code}")
    ok(len(wanted) > 70, "there are codes", len(wanted))
    none_of([w for w in wanted if w not in words], "every code has a word")


def test_refusals():
    for arguments, code, sentence in ((("--indicator", "trade_shares"), 3, 'did you mean "indicators:trade_share"'),
                                      (("--actor", "JPNN"), 3, "did you mean"), (("--status", "report"), 2, "reported"),
                                      (("--from", "soon"), 2, "--from"),
                                      (("--as-of", "2020", "--from", "2019"), 2, "--as-of"),
                                      (("--from", "2020", "--to", "2019"), 2, "earlier"),
                                      (("--alliance", "us-japn"), 3, 'did you mean "us-japan"'),
                                      (("--table", "event"), 3, 'did you mean "events"'),
                                      (("--in", "usd"), 2, "ISO 4217"),
                                      (("--page", "0"), 2, "--page"), (("--page", "999"), 2, "no page 999"),
                                      (("--tree", "--count"), 2, "choose one"),
                                      (("--table", "events", "--actor", "JPN"), 2, "--find"),
                                      (("--compare", "forces-usa-jpn-2020", "forces-usa-jpn-2021"), 3, "did you mean"),
                                      (("--compare", "forces-usa-jpn-2020", "forces-usa-jpn-2020"), 2, "named twice"),
                                      (("--compare", "forces-usa-jpn-2020", "forces-usa-kor-2020", "--tree"), 2,
                                       "--compare"),
                                      (("another-folder",), 2, "too many")):
        got = run("data", BUNDLED, *arguments)
        ok((got.code, got.out) == (code, "") and sentence in got.err, f"{' '.join(arguments)} is refused", got)
    got = run("data", "--compare", "forces-usa-jpn-2020")
    ok((got.code, got.out) == (2, "") and "two figures" in got.err, "one figure is not compared", got)


test_figures()
test_words_of_figures()
test_filters()
test_find()
test_pages()
test_tree()
test_sums()
test_deep()
test_tables()
test_refused()
test_inherited()
test_part()
test_each_aspect()
test_money()
test_elsewhere()
test_confidential()
test_pages_of_text()
test_words()
test_refusals()
tap.done()
