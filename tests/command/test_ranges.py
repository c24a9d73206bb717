#!/usr/bin/python3 -B
"""test_ranges - how a value is drawn: from a standard error, between two ends as the model says, widened by grades; told
by data, assess and explain."""
import json
import os

import schema
import tap
from tap import RIVER, answer, copy_of, is_, none_of, ok, run, table, write

KEY = "river-pact:ALV/burdens/means/watch"
ASKED = ("--as-of", "2030-06", "--draws", "4000")


def model(name, **settings):
    with open(os.path.join(RIVER, "model.json"), encoding="utf-8") as file:
        document = {**json.load(file), **settings}
    path = os.path.join(tap.SCRATCH, name)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)
    return path


def package(name, change):
    """The river package with observations as change(row) leaves them; row["standard_error"] may be set."""
    folder = copy_of(RIVER, name)
    fields, rows = table(folder, "observations")
    for row in rows:
        row["standard_error"] = ""
        change(row)
    write(folder, "observations", fields + ["standard_error"], rows)
    return folder


def score(folder, path, key=KEY, **more):
    document = answer("assess", folder, *ASKED, "--model", path, **more)
    schema.fits(document, "assess", "the answer")
    for alliance in document["alliances"]:
        for direction in alliance["directed"]:
            for criterion in direction["criteria"]:
                for dimension in criterion["dimensions"]:
                    for indicator in dimension["indicators"]:
                        if indicator["key"] == key:
                            return indicator["score"], document
    return None, document


def watch(row, **cells):
    if row["indicator"] == "watch_share" and row["actor"] == "ALV":
        row.update({"value": "", "low": "", "high": "", "qualifier": "", "low_strict": "", "high_strict": "", **cells})


def test_standard_error():
    plain = model("plain.json")
    key = next(d["key"] for a in answer("assess", RIVER, *ASKED)["alliances"] for p in a["directed"]
               for c in p["criteria"] for m in c["dimensions"] for d in m["indicators"]
               if "/watch" in d["key"] and ":ALV>" in d["key"] and d["score"]["median"] and "integration" not in d["key"])
    with open(plain, encoding="utf-8") as file:
        posts = next(i["goalposts"] for c in json.load(file)["criteria"] for d in c["dimensions"]
                     for i in d["indicators"] if i["id"] == "watch")
    slope = 99 / (posts["high"] - posts["low"])
    middle = (posts["low"] + posts["high"]) / 2
    error = abs(posts["high"] - posts["low"]) / 20
    folder = package("normal", lambda row: watch(row, value=f"{middle:.12g}", standard_error=f"{error:.12g}"))
    got, document = score(folder, plain, key)
    half = 1.6449 * error * abs(slope)
    ok(abs(got["median"] - 50.5) < 0.5 and abs(got["high"] - got["median"] - half) < 0.7
       and abs(got["median"] - got["low"] - half) < 0.7, "the score has the quantiles of a normal distribution", got, half)
    is_((document["ranges"], document["grades"]), ({"distribution": "triangular", "reason": None}, None),
        "a model that says nothing draws triangular and leaves grades alone")
    fixed, _ = score(package("exact", lambda row: watch(row, value=f"{middle:.12g}", standard_error="0")), plain, key)
    ok(abs(fixed["low"] - 50.5) < 1e-3 and abs(fixed["high"] - 50.5) < 1e-3, "an error of nothing is the value itself", fixed)
    page = " ".join(run("explain", folder, key, *ASKED, "--lang", "de").out.replace("│", " ").split())
    ok("Standardfehler" in page and "Normalverteilung" in page and "standard_error" in page,
       "explain says how it is drawn", page[:1500])
    figures = answer("data", folder, "--indicator", "watch_share", "--actor", "ALV")
    schema.fits(figures, "data", "data")
    ok(any(f.get("standard_error") and abs(f["standard_error"] - error) < 1e-9 for f in figures["figures"]),
       "data has the error", [f.get("standard_error") for f in figures["figures"]])
    ok("standard error" in " ".join(run("data", folder, "--indicator", "watch_share", "--actor", "ALV").out.split()),
       "and its page shows it")
    store = os.path.join(tap.SCRATCH, "store.sqlite")
    loaded = run("study", "load", folder, "--store", store)
    is_(loaded.code, 0, "a store takes it", loaded)
    with open(os.path.join(folder, "datapackage.json"), encoding="utf-8") as file:
        name = json.load(file)["name"]
    kept = answer("data", name, "--store", store, "--indicator", "watch_share", "--actor", "ALV")
    is_(kept["figures"][0]["standard_error"], figures["figures"][0]["standard_error"], "and gives it back")
    return key, middle, error


def test_check():
    for name, cells, code in (("negative", {"value": "0.01", "standard_error": "-1"}, "out-of-bounds"),
                              ("lonely", {"high": "0.01", "standard_error": "0.1"}, "error-without-value"),
                              ("ranged", {"value": "0.01", "low": "0.005", "standard_error": "0.1"}, "error-and-range"),
                              ("sided", {"value": "0.01", "qualifier": "at_least", "standard_error": "0.1"},
                               "error-and-range"),
                              ("words", {"value": "0.01", "standard_error": "small"}, "number")):
        got = run("study", "check", package(name, lambda row, c=cells: watch(row, **c)), "--format", "json")
        findings = json.loads(got.out)["findings"]
        ok(got.code and any(f["code"] == code and f["column"] == "standard_error" and f["line"] for f in findings),
           f"refused: {cells}", [f for f in findings if f["severity"] == "error"])
    fine = run("study", "check", package("fine", lambda row: watch(row, value="0.01", qualifier="about",
                                                                   standard_error="0.001")))
    is_(fine.code, 0, "about and a standard error go together", fine)
    is_(run("study", "check", RIVER).code, 0, "a table without the column is whole")


def test_model(key, middle, error):
    folder = package("ranged", lambda row: watch(row, value=f"{middle + error:.12g}", low=f"{middle - 2 * error:.12g}",
                                                 high=f"{middle + 2 * error:.12g}", grade="C4"))
    triangular, _ = score(folder, model("tri.json", ranges={"distribution": "triangular", "reason": "t"}), key)
    plain, _ = score(folder, model("plain.json"), key)
    is_(triangular, plain, "triangular is what a model draws that says nothing")
    uniform, document = score(folder, model("uni.json", ranges={"distribution": "uniform", "reason": "Evenly"}), key)
    is_(document["ranges"], {"distribution": "uniform", "reason": "Evenly"}, "the answer names the distribution")
    pert, document = score(folder, model("pert.json", ranges={"distribution": "pert", "reason": "Nearer"}), key)
    is_(document["ranges"]["distribution"], "pert", "or PERT")
    ok(triangular["high"] - triangular["low"] > pert["high"] - pert["low"] > 1, "which is narrower", pert, triangular)
    page = " ".join(run("assess", folder, *ASKED, "--model", os.path.join(tap.SCRATCH, "pert.json"), "--lang", "de").out.split())
    ok("PERT-Verteilung" in page, "as the page says")
    ok(abs(uniform["median"] - 50.5) < 1 and uniform["high"] - uniform["low"] > triangular["high"] - triangular["low"],
       "drawn evenly the value itself does not count, and the interval is wider", uniform, triangular)
    page = " ".join(run("assess", folder, *ASKED, "--model", os.path.join(tap.SCRATCH, "uni.json")).out.split())
    ok("evenly between its low and high end" in page, "the page says so")

    share = 0.5
    graded = model("graded.json", grades={"reliability": {"C": share, "F": 0}, "credibility": {"4": 0.25}, "reason": "Seen"})
    wide, document = score(folder, graded, key)
    is_(document["grades"], {"reliability": {"C": 0.5}, "credibility": {"4": 0.25}, "reason": "Seen"},
        "the answer has what grades do")
    ok(wide["high"] - wide["low"] > triangular["high"] - triangular["low"] + 1, "and the interval is wider", wide, triangular)
    ungraded = package("ungraded", lambda row: watch(row, value=f"{middle:.12g}", grade=""))
    is_(score(ungraded, graded, key)[0], score(ungraded, model("plain.json"), key)[0], "a figure without a grade is as it was")
    judged = package("judged", lambda row: watch(row, value=f"{middle:.12g}", grade="F6"))
    is_(score(judged, graded, key)[0], score(ungraded, model("plain.json"), key)[0], "so is one that can not be judged")
    page = " ".join(run("explain", folder, key, *ASKED, "--model", graded).out.replace("│", " ").split())
    ok("what grades do to ranges" in page and "grade C4" in page and "below 0.75" in page and "Seen" in page,
       "explain shows it under the figure", page[:2500])
    page = " ".join(run("assess", folder, *ASKED, "--model", graded, "--lang", "de").out.split())
    ok("verbreitert die Spannen von Zahlen nach ihrer Güte" in page, "and the page of assess in German")
    for settings, place, words in (({"ranges": {"distribution": "normal", "reason": "r"}}, "/ranges/distribution", "triangular"),
                                   ({"ranges": {"distribution": "uniform"}}, "/ranges/reason", "missing"),
                                   ({"ranges": {"kind": "uniform"}}, "/ranges/kind", "unknown"),
                                   ({"grades": {"reliability": {"G": 0.1}, "reason": "r"}}, "/grades/reliability/G", "A to F"),
                                   ({"grades": {"credibility": {"A": 0.1}, "reason": "r"}}, "/grades/credibility/A", "1 to 6"),
                                   ({"grades": {"reliability": {"A": 2}, "reason": "r"}}, "/grades/reliability/A", "0 to 1"),
                                   ({"grades": {"reliability": 3, "reason": "r"}}, "/grades/reliability", "no object"),
                                   ({"grades": {"reliability": {"A": 0}}}, "/grades/reason", "missing")):
        got = run("assess", RIVER, "--model", model("bad.json", **settings))
        ok(got.code == 4 and place in got.err and words in got.err, f"refused: {json.dumps(settings)}", got)


key, middle, error = test_standard_error()
test_check()
test_model(key, middle, error)
tap.done()
