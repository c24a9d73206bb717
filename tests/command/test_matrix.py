#!/usr/bin/python3 -B
"""test_matrix - the comparison table: who in office holds which view, what coders gave, what was before, who dissents."""
import json
from collections import defaultdict

import tap
from edtf import holds, last_day
from schema import fits
from secret import secret_package
from tap import BUNDLED, RIVER, answer, copy_of, is_, none_of, ok, rows_of, run, table, write

TABLES = {"position": "positions", "threat": "threats", "object": "support"}


def matrix(*arguments, **more):
    return answer("matrix", *arguments, **more)


def cells(document):
    """(issue, state) -> cell"""
    return {(issue["id"], cell["state"]): cell for group in document["groups"] for issue in group["issues"]
            for cell in issue["cells"]}


def views(document):
    return {view["key"]: view for cell in cells(document).values() for view in cell["views"]}


def expected(package, day):
    """The views that the rows give for a day, read here without the program."""
    actors = {row["id"]: row for row in rows_of(package, "actors")}
    heads = {row["state"] for row in rows_of(package, "offices") if row["weight_class"] == "head"}
    in_office = {row["actor"] for row in rows_of(package, "holders") if holds(row, day)}
    issues = {row["id"] for row in rows_of(package, "issues") if row["kind"] != "object"}
    found = set()
    for name in ("positions", "threats"):
        for row in rows_of(package, name):
            actor = actors[row["actor"]]
            state = row["actor"] if actor["kind"] == "state" else actor["state"]
            if row["issue"] in issues and state and holds(row, day) and (
                    row["actor"] in in_office or actor["kind"] == "state" and state in heads):
                found.add((f"{name}:{row['id']}", state))
    return found


def test_day():
    for package, days in ((BUNDLED, ("2012-06-30", "2016-12-31", "2019-06-30", "2021-05-31")),
                          (RIVER, ("2028-06-30", "2030-06-30"))):
        for day in days:
            document = matrix(package, "--as-of", day)
            fits(document, "matrix", f"the matrix of {day}")
            shown = {(view["key"], cell["state"]) for cell in cells(document).values() for view in cell["views"]}
            is_(sorted(shown), sorted(expected(package, day)), f"the views of those in office on {day}, and no other")
    document = matrix(BUNDLED)
    is_(document["as_of"], "2021-05-31", "without a date it speaks of the study's own")
    is_(len(cells(document)), len(document["states"]) * len([r for r in rows_of(BUNDLED, "issues")
                                                             if r["kind"] != "object"]),
        "every issue has a cell for every state")
    is_([s["id"] for s in document["states"]][:3], ["USA", "JPN", "KOR"], "the members stand in it")


def test_groups():
    """Issues stand in the dimensions of the model, under the names that the package gives to its roles."""
    document = matrix(BUNDLED)
    groups = {g["label"]: [i["id"] for i in g["issues"]] for g in document["groups"]}
    is_(groups["China"], ["rival_threat", "rival_policy", "rival_economy"], "what the model reads together")
    is_(groups["North Korea"], ["adversary_threat", "adversary_policy"], "under the study's names")
    is_(document["groups"][0]["id"], "agreement/order", "groups have ids of the model")
    named = [i for g in document["groups"] for i in g["issues"]]
    is_(len({i["id"] for i in named}), len(named), "each issue stands once")
    none_of([i["id"] for g in document["groups"] if g["id"] is None for i in g["issues"] if i["role"] in
             ("rival_policy", "commitment")], "what the model reads is no other issue")
    river = {g["label"]: [i["id"] for i in g["issues"]] for g in matrix(RIVER)["groups"]}
    ok("The river itself" in river and river["The river itself"] == ["course", "trade"],
       "a package's own model groups its own issues", river)


def test_coded():
    coded = defaultdict(list)
    for row in rows_of(BUNDLED, "codings"):
        coded[row["item"], row["aspect"]].append(row)
    wrong, several = [], 0
    for key, view in views(matrix(BUNDLED, "--from", "2009")).items():
        for aspect in view["coded"]:
            rows = coded[key, aspect["aspect"]]
            values = [float(r["value"]) for r in rows]
            low = min(float(r["low"] or r["value"]) for r in rows)
            high = max(float(r["high"] or r["value"]) for r in rows)
            several += len(rows) > 1
            if abs(aspect["value"] - sum(values) / len(values)) > 1e-5 or (aspect["low"], aspect["high"]) != (low, high):
                wrong.append(key)
            if [c["coder"] for c in aspect["coders"]] != [r["coder"] for r in rows]:
                wrong.append(key + " coders")
            if [c["rationale"] for c in aspect["coders"]] != [r["rationale_en"] for r in rows]:
                wrong.append(key + " rationales")
        missing = {a for (item, a) in coded if item == key} - {a["aspect"] for a in view["coded"]}
        wrong += [f"{key} {a}" for a in missing]
    none_of(wrong, "value, range and reasons are those of the codings")
    ok(several > 50, "of several coders", several)


def test_change():
    now = views(matrix(BUNDLED))
    biden = now["positions:pos-order_policy-usa-biden"]
    before = biden["before"]
    is_((before["key"], before["actor"]["id"], before["end"]),
        ("positions:pos-order_policy-usa-trump", "usa-trump", "2021-01-19"), "what was before is the predecessor's view")
    change = before["change"]
    then = before["coded"][0]
    is_((round(change["value"], 4), change["low"], change["high"]),
        (round(biden["coded"][0]["value"] - then["value"], 4), biden["coded"][0]["low"] - then["high"],
         biden["coded"][0]["high"] - then["low"]), "with the change between the two")
    partners = [(v["key"], v["partner"], v["before"]["partner"]) for v in now.values() if v["before"]]
    none_of([p for p in partners if p[1] != p[2]], "towards one partner it is compared with the same")
    none_of([v["key"] for v in now.values() if v["before"] and v["offices"][0]["weight_class"] == "head" and
             last_day(v["before"]["end"] or "") >= v["held_from"]], "what was before a head's view had ended")
    period = matrix(BUNDLED, "--from", "2009-01-20", "--to", "2021-05", "--issue", "order_policy", "--actor", "USA")
    fits(period, "matrix", "the matrix of a period")
    cell = cells(period)["order_policy", "USA"]
    heads = [v for v in cell["views"] if v["offices"][0]["weight_class"] == "head"]
    actors = [v["actor"]["id"] for v in heads]
    ok("usa-trump" in actors and actors.index("usa-trump") < actors.index("usa-biden"),
       "a period has all holders in the order of time", actors)
    is_((period["as_of"], period["options"]["from"], [s["id"] for s in period["states"]]), (None, "2009-01-20", ["USA"]),
        "and only the state that was asked for")
    elder = views(matrix(RIVER, "--from", "2022", "--to", "2030", "--issue", "course"))
    is_(elder["positions:course-vasko"]["before"]["key"], "positions:course-denn", "in a second package the same")
    is_((elder["positions:course-denn"]["held_from"], elder["positions:course-denn"]["held_until"]),
        ("2022-03-01", "2029-02-28"), "with the days of view and office")


def test_dissent():
    then = cells(matrix(BUNDLED, "--as-of", "2019-06"))
    found = {(d["leading"], d["other"]) for cell in then.values() for d in cell["dissents"]}
    ok(any("usa-trump" in a and "usa-administration" in b for a, b in found),
       "the president stands against part of his administration", sorted(found))
    wrong = []
    for cell in then.values():
        by_key = {v["key"]: v for v in cell["views"]}
        for d in cell["dissents"]:
            x, y = by_key[d["leading"]]["coded"][0], by_key[d["other"]]["coded"][0]
            if not (x["high"] < y["low"] or y["high"] < x["low"]) or abs(y["value"] - x["value"] - d["distance"]) > 1e-4:
                wrong.append(d)
    none_of(wrong, "only where no coder's range brings both together")
    package = copy_of(RIVER, "agree")
    fields, rows = table(package, "codings")
    before = [d for c in cells(matrix(package, "--as-of", "2030-06")).values() for d in c["dissents"]]
    ok(("positions:course-vasko", "positions:course-reeds") in {(d["leading"], d["other"]) for d in before},
       "an opposition dissents", before)
    for row in rows:
        if row["item"] == "positions:course-reeds":
            row["high"] = "2"
    write(package, "codings", fields, rows)
    after = [d for c in cells(matrix(package, "--as-of", "2030-06")).values() for d in c["dissents"]]
    is_(len(after), len(before) - 1, "a coder who holds the other for possible ends it")
    marked = [line for line in run("matrix", BUNDLED, "--as-of", "2019-06").out.splitlines() if line.endswith("≠")]
    ok(marked and "Dissent: " in run("matrix", BUNDLED, "--as-of", "2019-06").flat, "and the page marks it", marked)


def test_filters():
    whole = matrix(BUNDLED)
    part = matrix(BUNDLED, "--issue", "rival_threat,commitment")
    is_(sorted(i["id"] for g in part["groups"] for i in g["issues"]), ["commitment", "rival_threat"],
        "--issue takes several")
    is_(cells(part)["commitment", "USA"], cells(whole)["commitment", "USA"], "and leaves cells as they are")
    support = matrix(BUNDLED, "--issue", "presence")
    ok(any(v["key"].startswith("support:") for v in views(support).values()), "support is shown where it is named")
    one = views(matrix(BUNDLED, "--actor", "usa-biden,KOR"))
    is_({v["actor"]["id"] for v in one.values() if v["actor"]["id"].startswith("usa")}, {"usa-biden"},
        "--actor takes a single actor")
    ok({v["actor"]["id"] for v in one.values()} > {"usa-biden", "kor-moon"}, "beside a whole state")
    known = matrix(BUNDLED, "--known-at", "2019")
    fits(known, "matrix", "what was known")
    ok(known["left_out"]["published_later"] > 10, "what was published later is left out", known["left_out"])
    none_of([k for k in views(known) if "biden" in k], "and stands nowhere")


def test_bound():
    """Views and holders of one actor multiply."""
    package = copy_of(RIVER, "many")
    fields, rows = table(package, "positions")
    views = [dict(rows[0], id=f"many-{n}", start="2020", end="..") for n in range(500)]
    write(package, "positions", fields, rows + views)
    held, holders = table(package, "holders")
    office = holders[0]["office"]
    write(package, "holders", held, holders + [dict(holders[0], id=f"hold-{n}", office=office, actor=rows[0]["actor"],
                                                    start="2020", end="..") for n in range(500)])
    refused = run("matrix", package, "--from", "2019")
    ok(refused.code == 4 and "holders.csv" in refused.err and "--issue" in refused.err,
       "more than can be shown is refused with what to do", refused)


def test_confidential():
    package = secret_package({"positions": "course-vasko"})
    document = matrix(package, "--as-of", "2030-06")
    ok("positions:course-vasko" not in views(document) and "Vasko wants" not in json.dumps(document),
       "a confidential view stands nowhere")
    ok(document["withheld"] > 0, "but is counted")
    shown = matrix(package, "--as-of", "2030-06", "--reveal", "weir-talk")
    ok("positions:course-vasko" in views(shown), "asked for by name it is shown")


def test_page():
    for language in ("en", "de"):
        for arguments in ((BUNDLED,), (BUNDLED, "--from", "2009", "--to", "2021-05"), (RIVER,)):
            page = run("matrix", *arguments, "--lang", language)
            ok(page.code == 0, f"the page in {language}", page)
            none_of([line for line in page.out.splitlines() if len(line) > 80], "no line is wider than 80 columns")
    page = run("matrix", BUNDLED)
    ok("before: Trump" in page.flat and "no view in the evidence" in page.flat, "changes and empty cells are said")
    is_(run("matrix", BUNDLED).raw, page.raw, "the same bytes twice")


def test_refusals():
    for arguments, code, sentence in ((("--issue", "rival_polcy"), 3, 'did you mean "rival_policy"'),
                                      (("--actor", "usa-bidn"), 3, 'did you mean "usa-biden"'),
                                      (("--as-of", "x"), 2, "--as-of"), (("--from", "soon"), 2, "--from"),
                                      (("--from", "2020", "--to", "2019"), 2, "earlier"),
                                      (("--from", "2019", "--as-of", "2020"), 2, "together")):
        got = run("matrix", BUNDLED, *arguments)
        ok((got.code, got.out) == (code, "") and sentence in got.err, f"{' '.join(arguments)} is refused", got)


test_day()
test_groups()
test_coded()
test_change()
test_dissent()
test_filters()
test_bound()
test_confidential()
test_page()
test_refusals()
tap.done()
