#!/usr/bin/python3 -B
"""test_profile - an alliance's fact sheet: each row in the field that its codes say, as of a day, with its statuses."""
import json
from collections import Counter

import tap
from edtf import holds
from schema import fits
from secret import secret_package
from tap import BUNDLED, RIVER, answer, copy_of, is_, none_of, ok, rows_of, run, table, write

FIELDS = ["basis", "obligations", "command", "consultation", "military", "nuclear"]
BY_FUNCTION = {"consultation": "consultation", "format": "consultation", "command": "command", "planning": "command",
               "exercise": "military", "missile_defence": "military", "technology": "military",
               "nuclear_consultation": "nuclear"}


def profile(package, alliance, *arguments, **more):
    return answer("profile", package, alliance, *arguments, **more)


def placed(document):
    """(key, field, group) of every item but the lines of instruments."""
    return [(item["key"], field["id"], group["id"]) for field in document["fields"] for group in field["groups"]
            if group["id"] != "instruments" for item in group["items"]]


def items(document):
    return {item["key"]: item for field in document["fields"] for group in field["groups"]
            if group["id"] != "instruments" for item in group["items"]}


def listed(package):
    found = {}
    for row in rows_of(package, "fields"):
        found.setdefault(row["item"], []).append(row["field"])
    return found


def statuses(package, day):
    found = {}
    for row in rows_of(package, "statuses"):
        if holds(row, day):
            found.setdefault(row["item"], set()).add((f"statuses:{row['id']}", row["status"]))
    return found


def test_every_alliance():
    for package, day in ((BUNDLED, "2021-05-31"), (RIVER, "2030-06-30")):
        wrong, sheets = [], 0
        for alliance in rows_of(package, "alliances"):
            document = profile(package, alliance["id"])
            sheets += 1
            fits(document, "profile", f"the sheet of {alliance['id']}")
            if [f["id"] for f in document["fields"]] != FIELDS or document["as_of"] != day:
                wrong.append(alliance["id"])
            if document["alliance"]["reference"] != (alliance["reference"] == "true"):
                wrong.append(alliance["id"] + " reference")
            wrong += [key for key, count in Counter(k for k, f, g in placed(document)).items() if count > 1]
        none_of(wrong, "each has six fields and each row once, reference points too")
        ok(sheets > 1, "there are several", sheets)


def test_provisions():
    for package, alliance, days in ((BUNDLED, "us-japan", ("1955-06-30", "1970-01-01", "2013-06-30", "2021-05-31")),
                                    (BUNDLED, "us-korea", ("2019-06-30", "2021-05-31")),
                                    (RIVER, "river-pact", ("2030-06-30", "2031-06-30"))):
        lists = listed(package)
        for day in days:
            document = profile(package, alliance, "--as-of", day)
            got = {(key, field) for key, field, _ in placed(document) if key.startswith("provisions:")}
            held = statuses(package, day)
            wanted = set()
            for row in rows_of(package, "provisions"):
                key = f"provisions:{row['id']}"
                if row["alliance"] != alliance or not (holds(row, day) or key in held):
                    continue
                by_code = "basis" if row["instrument"] == "domestic_law" else "obligations"
                wanted |= {(key, field) for field in lists.get(key, [by_code])}
            own = {row["id"] for row in rows_of(package, "provisions") if row["alliance"] == alliance}
            is_(sorted((k, f) for k, f in got if k.split(":")[1] in own), sorted(wanted),
                f"the duties of {alliance} on {day} stand where their instrument says")
            others = {row["id"] for row in rows_of(package, "provisions") if row["alliance"] not in ("", alliance)}
            none_of([k for k, _ in got if k.split(":")[1] in others], "and none of another alliance")
    sheet = items(profile(BUNDLED, "us-japan"))
    article = sheet["provisions:prv-japan-1960-art5"]
    is_((article["from"], article["to"], article["details"]["article"], article["details"]["trigger"]),
        ("United States", "Japan", "V", "Armed attack"), "who owes whom, by which article, in which case")
    ok("area" in article["details"] and article["citations"], "with area and citations", article)


def test_basis():
    document = profile(BUNDLED, "us-japan")
    basis = document["fields"][0]
    lines = next(g for g in basis["groups"] if g["id"] == "instruments")["items"]
    treaty = next(line for line in lines if line["code"] == "treaty" and line["start"] == "1960-01")
    is_(sorted(child["key"] for child in treaty["children"]),
        sorted(f"provisions:{row['id']}" for row in rows_of(BUNDLED, "provisions")
               if row["alliance"] == "us-japan" and row["instrument"] == "treaty" and row["start"] == "1960-01"),
        "a treaty is one line with all that it obliges to")
    is_([(m["label"], m["code"]) for m in next(g for g in basis["groups"] if g["id"] == "members")["items"]],
        [("United States", "guarantor"), ("Japan", "ally")], "the members of the day stand in it")
    later = items(profile(RIVER, "river-pact", "--as-of", "2031-06"))
    ok("members:m-dor" in later and "members:m-dor" not in items(profile(RIVER, "river-pact")),
       "a member that joins later stands there later")


def test_readings():
    def read(day):
        children = items(profile(BUNDLED, "us-japan", "--as-of", day))["provisions:prv-japan-1960-art5"]["children"]
        return {child["key"] for child in children}
    is_(read("2015"), {"readings:rdg-senkaku-obama"}, "readings up to the day")
    ok(read("2021-05") > {"readings:rdg-senkaku-obama", "readings:rdg-senkaku-trump", "readings:rdg-senkaku-biden",
                          "readings:rdg-unfair-abe"}, "and all of them later")
    reading = next(c for c in items(profile(BUNDLED, "us-japan"))["provisions:prv-japan-1960-art5"]["children"]
                   if c["key"] == "readings:rdg-senkaku-trump")
    ok(reading["code"] == "written" and reading["start"] == "2017-02" and reading["citations"] and
       reading["from"].startswith("Trump"), "by whom, when, in which form", reading)


def test_institutions():
    for package, alliance in ((BUNDLED, "us-japan"), (BUNDLED, "us-korea"), (RIVER, "river-pact")):
        lists = listed(package)
        day = "2030-06-30" if package == RIVER else "2021-05-31"
        held = statuses(package, day)
        got = {key: field for key, field, _ in placed(profile(package, alliance)) if key.startswith("institutions:")}
        wrong, seen = [], 0
        for row in rows_of(package, "institutions"):
            key = f"institutions:{row['id']}"
            if row["alliance"] != alliance:
                wrong += [key] if row["alliance"] and key in got else []
                continue
            if not (holds(row, day) or key in held):
                wrong += [key] if key in got else []
                continue
            field = lists.get(key, [BY_FUNCTION.get(row["function"])])[0]
            if row["function"] == "other" and row["kind"] == "command" and key not in lists:
                field = "command"
            seen += 1
            if field and got.get(key) != field:
                wrong.append((key, field, got.get(key)))
        none_of(wrong, f"bodies of {alliance} stand by their function")
        ok(seen > 4, "there are some", seen)
    none_of([k for k in items(profile(BUNDLED, "us-japan")) if k in ("institutions:inst-cptpp", "institutions:inst-bri")],
            "what is no format of security stands nowhere, though members take part in it")
    body = items(profile(BUNDLED, "us-japan"))["institutions:inst-japan-scc"]
    ok({a["aspect"] for a in body["coded"]} == {"level", "use"} and "latest" in body["details"] and
       body["start"] == "1995" and "Japan" in body["details"]["participants"], "with level, use, since when, by whom")


def test_codes_not_names():
    """The field follows the code of a row, whatever its name; the table fields goes before it."""
    package = copy_of(RIVER, "codes")
    fields, rows = table(package, "institutions")
    talks = next(row for row in rows if row["id"] == "ferry-talks")
    talks["function"] = "nuclear_consultation"
    next(row for row in rows if row["id"] == "council")["label_en"] = "Nuclear command exercise"
    write(package, "institutions", fields, rows)
    fields, rows = table(package, "fields")
    write(package, "fields", fields, rows + [{"id": "f-ice", "item": "institutions:ice-drill", "field": "command",
                                              "note": ""},
                                             {"id": "f-ev", "item": "events:ev-accession", "field": "basis",
                                              "note": ""}])
    before = {k: f for k, f, _ in placed(profile(RIVER, "river-pact"))}
    after = {k: f for k, f, _ in placed(profile(package, "river-pact"))}
    is_((before["institutions:ferry-talks"], after["institutions:ferry-talks"]), ("consultation", "nuclear"),
        "another function is another field")
    is_(after["institutions:council"], "consultation", "another name is none")
    is_((before["institutions:ice-drill"], after["institutions:ice-drill"]), ("military", "command"),
        "what the package lists goes before the code")
    is_((before.get("events:ev-accession"), after.get("events:ev-accession")), (None, "basis"),
        "and shows a row that no code places")


def test_statuses():
    for package, alliance, day in ((BUNDLED, "us-korea", "2018-12-31"), (BUNDLED, "us-korea", "2021-05-31"),
                                   (BUNDLED, "us-japan", "2021-05-31"), (RIVER, "river-pact", "2028-06-30")):
        held = statuses(package, day)
        wrong, shown = [], 0
        for key, item in items(profile(package, alliance, "--as-of", day)).items():
            got = {(s["key"], s["status"]) for s in item["statuses"]}
            shown += len(got)
            if got != held.get(key, set()):
                wrong.append((key, got))
        none_of(wrong, f"beside each row of {alliance} stand its statuses of {day}")
        ok(shown, "there are some", shown)
    off = items(profile(BUNDLED, "us-korea", "--as-of", "2018-12"))["institutions:inst-korea-ulchi"]
    is_((off["holds"], [s["status"] for s in off["statuses"]]), (False, ["cancelled"]),
        "what is over is shown where a status says what became of it")
    ok("institutions:inst-korea-ulchi" in items(profile(BUNDLED, "us-korea", "--as-of", "2017")),
       "before, it stood there")
    paused = run("profile", RIVER, "river-pact", "--as-of", "2028-06")
    ok("paused" in paused.flat, "the page says so", paused)
    ok("paused" not in run("profile", RIVER, "river-pact").flat, "and on another day does not")


def test_figures():
    sheet = items(profile(RIVER, "river-pact"))
    ok("observations:boats-alv-annals" in sheet and "observations:boats-alv-office" in sheet,
       "two sources of one day stand both")
    none_of([k for k in ("boats-alv-old", "boats-crd-plan", "boats-crd-fewer", "people-alv", "boats-dor")
             if f"observations:{k}" in sheet],
            "an older figure, a later one, a comparison, an indicator of no field and a state that is no member do not")
    is_(sheet["observations:boats-alv-heavy"]["figure"]["part_of"], "observations:boats-alv-annals", "a part says so")
    earlier = items(profile(RIVER, "river-pact", "--as-of", "2025"))
    ok("observations:boats-alv-old" in earlier and "observations:boats-alv-annals" not in earlier,
       "on an earlier day the older one stands")
    ours = profile(BUNDLED, "us-japan")
    forces = items(ours)["observations:forces-usa-jpn-2020"]
    is_((forces["figure"]["value"], forces["figure"]["unit"], forces["figure"]["qualifier"]), (55300, "persons", "about"),
        "a figure with unit and qualifier")
    none_of([k for k in items(ours) if k.startswith("observations:") and "-kor-" in k],
            "no figure of another alliance's ally")
    trade = {row["id"] for row in rows_of(BUNDLED, "observations") if row["indicator"].startswith("trade_")}
    none_of([k for k in items(ours) if k.split(":")[1] in trade], "no figure that the package puts in no field")


def test_views():
    now = items(profile(BUNDLED, "us-japan"))
    then = items(profile(BUNDLED, "us-japan", "--as-of", "2019-06"))
    ok("positions:pos-nuclear_guarantee-usa-biden-jpn" in now and "positions:pos-nuclear_guarantee-usa-trump-jpn" in then
       and "positions:pos-nuclear_guarantee-usa-trump-jpn" not in now, "views of those in office on the day")
    none_of([k for k in now if k.startswith(("positions:", "support:")) and k.endswith(("-kor", "-korea"))],
            "none towards another ally")


def test_confidential():
    secret = {"provisions": "pact-2-alv", "institutions": "council", "statuses": "st-ice", "readings": "reading-consul",
              "observations": "boats-brk", "capabilities": "cap-barges"}
    package = secret_package(secret)
    text = json.dumps(profile(package, "river-pact", "--as-of", "2028-06")) + json.dumps(profile(package, "river-pact"))
    none_of([f"{t}:{k}" for t, k in secret.items() if f'"{t}:{k}"' in text], "what is confidential stands nowhere")
    shown = json.dumps(profile(package, "river-pact", "--as-of", "2030-06", "--reveal", "weir-talk"))
    none_of([f"{t}:{k}" for t, k in secret.items() if t != "statuses" and f'"{t}:{k}"' not in shown],
            "asked for by name it is shown")


def test_known():
    known = profile(BUNDLED, "us-korea", "--known-at", "2018")
    fits(known, "profile", "what was known")
    ok(known["left_out"]["published_later"] > 0, "what was published later is left out", known["left_out"])
    ok("provisions:prv-korea-sma-2021" not in items(known), "and stands nowhere")


def test_page():
    for language in ("en", "de"):
        for arguments in ((BUNDLED, "us-japan"), (BUNDLED, "us-korea", "--as-of", "2018-12"), (BUNDLED, "nato"),
                          (RIVER, "river-pact"), (RIVER, "hill-league")):
            page = run("profile", *arguments, "--lang", language)
            ok(page.code == 0, f"the page of {arguments[1]} in {language}", page)
            none_of([line for line in page.out.splitlines() if len(line) > 80], "no line is wider than 80 columns")
    ok("no evidence in this study" in run("profile", RIVER, "hill-league").flat, "what has no evidence says so")
    is_(run("profile", BUNDLED, "us-japan").raw, run("profile", "us-japan").raw, "the bundled study needs no name")


def test_refusals():
    for arguments, code, sentence in (((), 2, "alliance is missing"), ((BUNDLED, "us-japn"), 3, 'did you mean "us-japan"'),
                                      ((BUNDLED, "us-japan", "--as-of", "x"), 2, "--as-of")):
        got = run("profile", *arguments)
        ok((got.code, got.out) == (code, "") and sentence in got.err, f"{' '.join(arguments[1:])} is refused", got)


test_every_alliance()
test_provisions()
test_basis()
test_readings()
test_institutions()
test_codes_not_names()
test_statuses()
test_figures()
test_views()
test_confidential()
test_known()
test_page()
test_refusals()
tap.done()
