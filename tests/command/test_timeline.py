#!/usr/bin/python3 -B
"""test_timeline - dated rows in the order of time: what was written, what holds at a day, gaps and overlaps of
offices."""
import json
import os
import re

import tap
from schema import fits
from secret import secret_package
from tap import BUNDLED, RIVER, ROOT, answer, copy_of, is_, none_of, ok, rows_of, run, table, write

TABLES = {"event": "events", "status": "statuses", "office": "holders", "institution": "institutions",
          "provision": "provisions", "member": "members"}


def entries(*arguments, **more):
    return answer("timeline", *arguments, **more)["entries"]


def with_holder(name, key, **cells):
    """A copy of the second package in which cells of one holder differ."""
    copy = copy_of(RIVER, name)
    fields, rows = table(copy, "holders")
    next(row for row in rows if row["id"] == key).update(cells)
    write(copy, "holders", fields, rows)
    return copy


def test_whole():
    for package in (BUNDLED, RIVER):
        name = os.path.basename(package)
        whole = answer("timeline", package)
        fits(whole, "timeline", f"the timeline of {name}")
        got = whole["entries"]
        kinds = list(TABLES)
        order = [(e["day"], kinds.index(e["kind"]), e["key"]) for e in got]
        is_(order, sorted(order), "entries stand by day, kind and id")
        begun = {e["key"]: e for e in got if e["moment"] == "begins"}
        wrong, missing, undated = [], [], 0
        for kind, resource in TABLES.items():
            for row in rows_of(package, resource):
                key = f"{resource}:{row['id']}"
                if row["start"] not in ("", ".."):
                    entry = begun.get(key)
                    if not entry:
                        missing.append(key)
                    elif (entry["date"], entry["end"], entry["goes_on"], entry["kind"]) != (
                            row["start"], row["end"] if row["end"] not in ("", "..") else None, row["end"] == "..",
                            kind):
                        wrong.append(entry)
                elif row["end"] in ("", ".."):
                    undated += 1
        none_of(missing, "every row with a beginning stands in it")
        none_of(wrong, "with its dates as they are written")
        is_(whole["without_date"], undated, "rows without any date are counted")
        none_of([e for e in got if e["moment"] in ("begins", "ends") and not e["date"].startswith(e["day"][:2])],
                "a day is the first of its date")


def test_ends():
    got = {(e["key"], e["moment"]): e for e in entries(BUNDLED)}
    mission = got["events:ev-indian-ocean", "ends"]
    is_((mission["date"], mission["day"], mission["end"]), ("2010", "2010-01-01", "2010"),
        "what ends in a later year has an entry there")
    ok(("provisions:prv-korea-sma-2019", "ends") not in got, "what ends in the year of its beginning has none")
    ok(not [k for k in got if k[0].startswith("holders:") and k[1] == "ends"],
       "the end of a holder is told by what comes after")
    plan = got["statuses:st-opcon-transfer", "ends"]
    is_((plan["day"], plan["code"]), ("2022-05-01", "planned"), "a row without a beginning stands at its end")
    page = run("timeline", BUNDLED, "--kind", "status", "--from", "2022")
    ok("Due: Command in war" in page.flat, "the end of a plan is when it is due", page)


def test_range():
    whole = entries(BUNDLED)
    part = entries(BUNDLED, "--from", "2018-06", "--to", "2019")
    ok([e for e in part if e["date"] == "2018"], "a coarse date stands in a range that holds some of its days")
    none_of([e for e in part if not "2018-01-01" <= e["day"] <= "2019-12-31" or e["date"] in ("2018-01", "2018-03")],
            "and nothing outside stands there")
    is_(part, [e for e in whole if e in part], "the range leaves entries as they are")
    is_([e["kind"] for e in entries(BUNDLED, "--kind", "office,member") if e["kind"] not in ("office", "member")], [],
        "--kind takes several")
    is_(len(entries(BUNDLED, "--kind", "event")) + len(entries(BUNDLED, "--kind",
                                                               "status,office,institution,provision,member")),
        len(whole), "the kinds make up the whole")
    ours = entries(BUNDLED, "--alliance", "us-korea")
    none_of([e for e in ours if e["alliance"] and e["alliance"]["id"] != "us-korea"],
            "--alliance leaves out what names another")
    none_of([e for e in ours if not e["alliance"] and not {"USA", "KOR"} & {s["id"] for s in e["states"]}],
            "and of what names none keeps what concerns a member")
    none_of([e["key"] for e in whole if e["alliance"] and e["alliance"]["id"] == "us-korea" and e not in ours],
            "all that names it is there")
    page = run("timeline", BUNDLED, "--kind", "member", "--from", "2030")
    ok(page.code == 0 and "Nothing that was asked for" in page.flat, "an empty range says so", page)


def test_day():
    held = answer("timeline", BUNDLED, "--as-of", "2018-06-30")
    fits(held, "timeline", "what held on a day")
    heads = {e["key"] for e in held["entries"] if e["kind"] == "office" and e["code"] == "head"}
    is_(heads, {"holders:hld-usa-president-usa-trump", "holders:hld-jpn-cabinet-jpn-abe",
                "holders:hld-kor-presidency-kor-moon"}, "each head of that day, and no other")
    keys = {e["key"] for e in held["entries"]}
    ok("events:ev-exercises-off-2018" in keys and "events:ev-cptpp" in keys and "events:ev-icbm" not in keys,
       "an event without an end is over with its date")
    ok("statuses:st-opcon-now" in keys, "what has no dates holds, as everywhere in the format")
    is_([e["moment"] for e in held["entries"] if e["moment"] == "ends"], [], "each row stands once")
    later = run("timeline", BUNDLED, "--as-of", "2024")
    ok("taken to go on" in later.flat, "after the study's date the page says what that rests on", later)


def test_offices():
    gaps = [(e["key"], e["date"], e["end"]) for e in entries(BUNDLED) if e["moment"] == "vacant"]
    is_(gaps, [("offices:jpn-opposition", "2016-03-27", "2017-10-21")], "the gap of the bundled study")
    is_([e for e in entries(BUNDLED) if e["moment"] == "shared"], [], "and two parties in one office are no overlap")
    gap = with_holder("gap", "h-alv-steward", start="2029-05-03")
    got = [e for e in entries(gap, "--kind", "office") if e["moment"] == "vacant"]
    is_([(e["key"], e["date"], e["end"]) for e in got], [("offices:alv-stewardship", "2029-03-01", "2029-05-02")],
        "a head that nobody is for two months is marked")
    ok("nobody is named" in run("timeline", gap).flat, "and the page says so")
    is_([e["moment"] for e in entries(gap, "--as-of", "2029-04-01") if e["key"] == "offices:alv-stewardship"],
        ["vacant"], "it is what held on such a day")
    both = with_holder("both", "h-alv-steward", start="2028-07-01")
    got = [e for e in entries(both) if e["moment"] == "shared"]
    is_([(e["key"], e["date"], e["end"]) for e in got], [("offices:alv-stewardship", "2028-07-01", "2029-02-01")],
        "two heads at once are marked, for the days that are certain")
    ok("Two at once:" in run("timeline", both).flat, "and the page says so")
    last = with_holder("last", "h-alv-steward", end="2030-02")
    got = [e for e in entries(last) if e["moment"] == "vacant"]
    is_([(e["date"], e["end"], e["goes_on"]) for e in got], [("2030-03-01", None, True)],
        "after the last holder the office is vacant")


def test_known():
    all_rows = answer("timeline", BUNDLED)
    known = answer("timeline", BUNDLED, "--known-at", "2019")
    fits(known, "timeline", "what was known at a day")
    is_(all_rows["left_out"], None, "without --known-at nothing is left out")
    ok(known["left_out"]["published_later"] > 20, "what was published later is counted", known["left_out"])
    keys = {e["key"] for e in known["entries"]}
    ok("events:ev-sma-kor-2021" not in keys and "events:ev-icbm" in keys, "and left out")
    is_({k for k in keys if k.startswith("holders:")},
        {e["key"] for e in all_rows["entries"] if e["key"].startswith("holders:")},
        "who held an office is the frame, as for an assessment")
    is_((all_rows["options"]["known_at"], known["options"]["known_at"]), (None, "2019-12-31"), "the options say so")


def test_confidential():
    package = secret_package({"events": "ev-accession", "statuses": "st-ice", "offices": "brk-wardenship",
                              "holders": "h-alv-steward"})
    for arguments in ((), ("--as-of", "2030-05-02")):
        document = answer("timeline", package, *arguments)
        fits(document, "timeline", "a timeline that withholds")
        keys = {e["key"] for e in document["entries"]}
        none_of(sorted(keys & {"events:ev-accession", "statuses:st-ice", "holders:h-alv-steward"}),
                "what is confidential does not stand in it")
        is_([e for e in document["entries"] if e["moment"] == "vacant"], [], "and leaves no gap that would tell of it")
        is_(document["withheld"], 2, "rows of evidence that are withheld are counted")
    holder = [e for e in answer("timeline", package)["entries"] if e["key"] == "holders:h-brk-warden"]
    is_([(e["code"], e["label"].split(":")[0]) for e in holder], [(None, "brk-wardenship")],
        "of an office that is confidential its id alone is said")
    for language in ("en", "de"):
        page = run("timeline", package, "--lang", language)
        ok(page.code == 0 and "weir" not in page.out and "--reveal" in page.flat, "the page says how to see it", page)
    shown = answer("timeline", package, "--reveal", "weir-talk")
    is_((len(shown["entries"]), shown["withheld"], shown["options"]["reveal"]), (len(entries(RIVER)), 0, ["weir-talk"]),
        "asked for by name all is shown")


def test_words():
    """Each code of the format that an entry can have has words."""
    with open(os.path.join(ROOT, "share", "schemas", "package.json"), encoding="utf-8") as file:
        form = json.load(file)
    with open(os.path.join(ROOT, "share", "words", "de.json"), encoding="utf-8") as file:
        words = json.load(file)
    columns = {"event": ("events", "kind"), "status": ("statuses", "status"), "office": ("offices", "weight_class"),
               "institution": ("institutions", "kind"), "provision": ("provisions", "obligation"),
               "member": ("members", "role")}
    missing = []
    for kind, (resource, column) in columns.items():
        fields = next(r for r in form["resources"] if r["name"] == resource)["schema"]["fields"]
        codes = next(f for f in fields if f["name"] == column)["constraints"]["enum"]
        missing += [f"code.{kind}.{code}" for code in codes if f"code.{kind}.{code}" not in words]
    none_of(missing, "every code has a word")


def test_page():
    for language in ("en", "de"):
        page = run("timeline", BUNDLED, "--lang", language)
        is_((page.code, page.err), (0, ""), f"the page in {language}")
        none_of([line for line in page.out.splitlines() if len(line) > 80], "no line is wider than 80 columns")
        years = [line for line in page.out.splitlines() if re.fullmatch("[0-9]{4}", line)]
        is_(years, sorted(set(years)), "the years stand once and in order")
    ok(run("timeline", BUNDLED, "--lang", "de").out != run("timeline", BUNDLED).out, "the languages differ")
    is_(run("timeline", BUNDLED).raw, run("timeline", BUNDLED).raw, "the same bytes twice")


def test_refusals():
    for arguments, code, sentence in ((("--kind", "offices"), 2, 'did you mean "office"'),
                                      (("--kind", "event,"), 2, "there is no kind"),
                                      (("--from", "soon"), 2, "--from"), (("--to", "2020/2021"), 2, "--to"),
                                      (("--as-of", "x"), 2, "--as-of"),
                                      (("--from", "2020", "--to", "2019"), 2, "earlier"),
                                      (("--alliance", "us-japn"), 3, 'did you mean "us-japan"')):
        got = run("timeline", BUNDLED, *arguments)
        ok((got.code, got.out) == (code, "") and sentence in got.err, f"{' '.join(arguments)} is refused", got)


test_whole()
test_ends()
test_range()
test_day()
test_offices()
test_known()
test_confidential()
test_words()
test_page()
test_refusals()
tap.done()
