#!/usr/bin/python3 -B
"""test_trend - what strengths gain and fault lines lose, and how that changed since earlier dates: the interval of a
loss, the verdict of a trend against what compare says of the same two dates, evidence that one date lacks."""
import json
import os

import schema
import tap
from tap import BUNDLED, RIVER, answer, is_, none_of, ok, run

DRAWS = ("--draws", "500")
NOW = "2030-12-31"


def river_model(name="model.json", trend=None):
    """The package's model with a setting of trends, in a file of its own."""
    with open(os.path.join(RIVER, "model.json"), encoding="utf-8") as file:
        model = json.load(file)
    model.pop("trend", None)
    if trend is not None:
        model["trend"] = {"reason": "Asked by a test", **trend}
    path = os.path.join(tap.SCRATCH, name)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(model, file)
    return path


def assess(*arguments, **more):
    document = answer("assess", *arguments, **more)
    schema.fits(document, "assess", "the answer")
    return document


def forces(alliance):
    return alliance["strengths"] + alliance["fault_lines"]


def found(document, key):
    return next((f for a in document["alliances"] for f in forces(a) if f["key"] == key), None)


def test_expected():
    document = assess(BUNDLED, *DRAWS)
    faults = []
    for alliance in document["alliances"]:
        for sign, name in ((1, "strengths"), (-1, "fault_lines")):
            for force in alliance[name]:
                effect, part = force["effect"], force["gain_or_loss"]
                ends = sorted(max(0, sign * effect[end]) for end in ("low", "high"))
                if not (part["low"] >= 0 and part["low"] <= part["median"] <= part["high"]
                        and abs(part["median"] - max(0, sign * effect["median"])) < 0.05
                        and abs(part["low"] - ends[0]) < 0.1 and abs(part["high"] - ends[1]) < 0.1
                        and part["low"] <= force["expected"] <= part["high"] and 0 <= force["expected_error"] < 0.1):
                    faults.append(force)
            is_([f["key"] for f in alliance[name]],
                [f["key"] for f in sorted(alliance[name], key=lambda f: (-f["expected"], f["key"]))],
                f"{alliance['id']}: {name} stand by what is expected")
    none_of(faults, "a gain or loss is the effect on its side of zero, with mean, error and interval")
    both = [f for a in document["alliances"] for f in a["fault_lines"] if f["effect"]["high"] > 0]
    ok(both and all(f["gain_or_loss"]["low"] == 0 for f in both), "a loss that may be none begins at zero", both)
    ok(any(f["expected"] > -f["effect"]["median"] for f in both),
       "and is expected to be more than the median effect says", both)
    one = assess(BUNDLED, "--draws", "1")
    none_of([f for a in one["alliances"] for f in forces(a)
             if f["expected_error"] is not None or abs(f["expected"] - abs(f["effect"]["median"])) > 1e-5],
            "one draw: the effect itself, without an error")
    few, many = (sum(f["expected_error"] for a in d["alliances"] for f in forces(a)) for d in
                 (document, assess(BUNDLED, "--draws", "8000")))
    ok(3.2 < few / many < 5, "sixteen times the draws have a fourth of the error", few, many)


def test_against_compare():
    """compare has its own way to the same difference, where the indicator's score changed."""
    document = assess(BUNDLED, *DRAWS)
    is_(document["trend"]["dates"], ["2020-05-31", "2017-05-31"], "the model's years before the study's date")
    for i, date in enumerate(document["trend"]["dates"]):
        compared = answer("compare", BUNDLED, "--as-of", date, "--as-of", "2021-05-31", *DRAWS)
        drivers = {d["key"]: d for a in compared["alliances"] for d in a["drivers"]}
        trends = {f["key"]: f["trends"][i] for a in document["alliances"] for f in forces(a)}
        shared = sorted(set(drivers) & set(trends))
        ok(len(shared) > 10, f"{date}: drivers among the forces", len(shared))
        none_of([(key, trends[key], drivers[key]["effect"]) for key in shared
                 if (trends[key]["difference"], trends[key]["then"], trends[key]["now"]) !=
                 tuple(drivers[key]["effect"][part] for part in ("difference", "from", "to"))],
                f"{date}: the difference, and both effects, are those of compare")
        faults = []
        for key, trend in trends.items():
            low, high = trend["difference"]["low"], trend["difference"]["high"]
            wanted = "none" if low is None else "steady" if -0.5 <= low and high <= 0.5 else \
                "worsens" if high < 0 else "improves" if low > 0 else "unclear"
            if trend["verdict"] != wanted or (wanted == "none") != (trend["missing"] is not None):
                faults.append((key, wanted, trend))
        none_of(faults, f"{date}: the verdict is what the interval says")


def test_constructed():
    """The river package: Denn, to whom the pact was a burden, gave way to Vasko in 2029."""
    model = river_model(trend={"years": [1, 4], "least": 0.2})
    document = assess(RIVER, "--as-of", NOW, "--model", model)
    is_(document["trend"], {"dates": ["2029-12-31", "2026-12-31"], "least": 0.2, "draws": 2000,
                            "reason": "Asked by a test"}, "dates and draws are said")
    force = found(document, "river-pact:ALV/backing/capital/head_backing")
    ok(force, "the head's backing is a force", [f["key"] for a in document["alliances"] for f in forces(a)])
    recent, old = force["trends"]
    is_((recent["verdict"], recent["same_rows"]), ("steady", True), "it is steady over a year with the same head")
    is_((old["verdict"], old["same_rows"], old["years"], old["missing"]), ("improves", False, 4, None),
        "and better than under the head before", old)
    ok(old["difference"]["low"] > 0, "by a difference whose interval lies above zero", old)
    back = assess(RIVER, "--as-of", "2028-06-30", "--model", model)
    ok(found(back, "river-pact:ALV/backing/capital/head_backing")["effect"]["median"] < 0, "which then was a fault line")

    swapped = tap.copy_of(RIVER, "swapped")
    path = os.path.join(swapped, "holders.csv")
    with open(path, encoding="utf-8") as file:
        rows = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(rows.replace("alv-stewardship,alv-steward-elder", "alv-stewardship,alv-nobody")
                   .replace("alv-stewardship,alv-steward,", "alv-stewardship,alv-steward-elder,")
                   .replace("alv-nobody", "alv-steward"))
    path = os.path.join(swapped, "support.csv")
    with open(path, encoding="utf-8") as file:
        rows = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(rows.replace("2029-03,..,Vasko", "2022-03,2029-02,Vasko").replace("2022-03,2029-02,Denn",
                                                                                    "2029-03,..,Denn"))
    worse = found(assess(swapped, "--as-of", NOW, "--model", model), "river-pact:ALV/backing/capital/head_backing")
    is_([t["verdict"] for t in worse["trends"]], ["steady", "worsens"], "the other way round it worsens", worse)


def test_not_common():
    model = river_model("far.json", trend={"years": [1, 6, 30], "least": 0.2})
    document = assess(RIVER, "--as-of", NOW, "--model", model, *DRAWS)
    is_(document["trend"]["draws"], 500, "a run of few draws has no more for trends")
    every = [f for a in document["alliances"] for f in forces(a)]
    is_({f["trends"][2]["missing"]["code"] for f in every}, {"no_alliance"}, "before the alliance stood there is none")
    none_of([f for f in every if f["trends"][2]["verdict"] != "none"
             or f["trends"][2]["difference"] != {"median": None, "low": None, "high": None}], "nor a difference")
    gone = [f for f in every if f["trends"][1]["verdict"] == "none"]
    ok(gone and len(gone) < len(every), "six years ago some of them had no evidence", len(gone), len(every))
    none_of([f for f in gone if not f["trends"][1]["missing"]["text"]], "and each says why")
    early = assess(RIVER, "--as-of", "2024-12-31", "--model", river_model("plain.json"), *DRAWS)
    had = {f["key"] for a in early["alliances"] for f in forces(a)}
    none_of([f["key"] for f in gone if f["key"] in had], "none of which is a force in an assessment of that day")
    far = river_model("first.json", trend={"years": [1000], "least": 0})
    is_(assess(RIVER, "--as-of", NOW, "--model", far, *DRAWS)["trend"]["dates"], ["1030-12-31"], "a thousand years ago")
    leap = river_model("leap.json", trend={"years": [1, 4], "least": 0})
    is_(assess(RIVER, "--as-of", "2032-02-29", "--model", leap, *DRAWS)["trend"]["dates"],
        ["2031-02-28", "2028-02-29"], "a year without a 29 February has its 28th")


def test_settings():
    plain = assess(RIVER, "--as-of", NOW, "--model", river_model("plain.json"), *DRAWS)
    is_(plain["trend"], None, "a model without the setting has no trends")
    none_of([f for a in plain["alliances"] for f in forces(a) if f["trends"]], "nor has a force")
    with_trend = assess(RIVER, "--as-of", NOW, "--model", river_model("t.json", {"years": [4], "least": 0}), *DRAWS)
    none_of([a["key"] for a, b in zip((f for x in plain["alliances"] for f in forces(x)),
                                      (f for x in with_trend["alliances"] for f in forces(x)))
             if {**a, "trends": 0} != {**b, "trends": 0}], "and the setting moves no other figure")
    for setting, place, words in (({"years": [], "least": 0}, "/trend/years", "at least one"),
                                  ({"years": [1, 1], "least": 0}, "/trend/years/1", "not more than"),
                                  ({"years": [0], "least": 0}, "/trend/years/0", "whole number"),
                                  ({"years": [1.5], "least": 0}, "/trend/years/0", "whole number"),
                                  ({"years": [1, 2, 3, 4, 5], "least": 0}, "/trend/years", "at most four"),
                                  ({"years": [1], "least": -1}, "/trend/least", "out of its range"),
                                  ({"years": [1]}, "/trend/least", "missing"),
                                  ({"years": [1], "least": 0, "reason": ""}, "/trend/reason", "missing"),
                                  ({"year": [1], "least": 0}, "/trend/year", "unknown")):
        result = run("assess", RIVER, "--model", river_model("bad.json", setting))
        ok(result.code == 4 and place in result.err and words in result.err,
           f"refused: {json.dumps(setting)}", result.code, result.err)


def test_pages():
    model = river_model("page.json", trend={"years": [1, 4], "least": 0.2})
    key = "river-pact:ALV/backing/capital/head_backing"
    asked = (RIVER, "--as-of", NOW, "--model", model)
    page = " ".join(run("assess", *asked).out.split())
    ok("expected gain" in page and "steady since 31 December 2029" in page and "improves since 31 December 2026: +" in page,
       "the page tells gain and trends", page[:3000])
    ok("since 31 December 2029 and 31 December 2026, on the same rows" in page,
       "dates that have the same to say are named together", page[:3000])
    german = " ".join(run("assess", *asked, "--lang", "de", "--format", "md").out.split())
    ok("erwarteter Gewinn" in german and "beständig seit 31. Dezember 2029" in german and
       "verbessert seit 31. Dezember 2026" in german, "in German and Markdown too", german[:3000])
    node = answer("explain", *asked[:1], key, *asked[1:])
    schema.fits(node, "explain", "the answer of explain")
    nodes = []

    def walk(one):
        nodes.append(one)
        for child in one["children"]:
            walk(child)

    walk(node["root"])
    listed = found(assess(*asked), key)
    force = next((n for n in nodes if n["kind"] == "force"), None)
    is_({k: force["force"][k] for k in ("expected", "expected_error", "gain_or_loss")},
        {k: listed[k] for k in ("expected", "expected_error", "gain_or_loss")}, "explain has the same gain")
    ok("Mean over the draws of max(0, effect)" in force["detail"], "with its definition", force["detail"])
    is_([n["trend"] for n in force["children"]], listed["trends"], "and the same trends")
    text = " ".join(run("explain", RIVER, key, *asked[1:], "--lang", "de").out.replace("│", " ").split())
    ok("erwarteter Gewinn" in text and "Mittel von max(0, Effekt)" in text and "verbessert seit" in text,
       "the page of explain in German", text[:2000])
    whole = answer("explain", *asked[:1], "river-pact", *asked[1:])
    ok(any(c["kind"] == "assumption" and c["detail"] == "Asked by a test" for c in whole["root"]["children"]),
       "the setting stands among those that hold for all of it")


for test in (test_expected, test_against_compare, test_constructed, test_not_common, test_settings, test_pages):
    test()
tap.done()
