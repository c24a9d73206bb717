#!/usr/bin/python3 -B
"""test_sensitivity - what drives a score: indices whose truth is known, ends, changes that are really made in a copy of
the package, leaving one out against an assessment without it, ranks; the same bytes from any number of threads."""
import json
import os
import re

import tap
from schema import fits
from tap import BUNDLED, RIVER, ROOT, answer, copy_of, folder, is_, none_of, ok, rows_of, run, table, write

MODEL = os.path.join(ROOT, "share", "models", "alliance-resilience.json")
POINTS = ("--points", "256")


def sensitivity(*arguments, **more):
    return answer("sensitivity", *arguments, *POINTS, **more)


def at(entry, output):
    return next(o for o in entry["outputs"] if o["output"] == output)


def value(index):
    return index["value"]


def half(index):
    """Half of its interval, and a little: what an estimate may be off."""
    return (index["high"] - index["low"]) / 2 + 1e-9


def bounds(got):
    """What holds for indices whatever the study."""
    wrong = []
    for output in got["outputs"]:
        if output["no_indices"]:
            continue
        name = output["id"]
        entries = [(e.get("key") or e["id"], at(e, name)) for e in got["inputs"] + got["groups"]]
        for key, of in entries:
            first, total = of["first"], of["total"]
            if not (first["low"] <= value(first) <= first["high"] and total["low"] <= value(total) <= total["high"]):
                wrong.append((name, key, "lies outside its interval"))
            if value(total) < 0 or value(first) < -3 * half(first) or value(total) > 1 + 3 * half(total):
                wrong.append((name, key, "is no share", of))
            if value(first) > value(total) + 3 * (half(first) + half(total)):
                wrong.append((name, key, "does more alone than in all", of))
        if not 0.3 < output["sum_first"] < 1.05:
            wrong.append((name, "sum", output["sum_first"]))
        parts = [at(g, name) for g in got["groups"] if g["kind"] == "part"]
        first, total = sum(value(p["first"]) for p in parts), sum(value(p["total"]) for p in parts)
        error = sum(half(p["first"]) + half(p["total"]) for p in parts)
        if not (first < 1 + error and total > 1 - error):
            wrong.append((name, "parts", first, total))
    return wrong


def members_below_groups(got):
    """A group's total is at least that of each of its members."""
    wrong = []
    weights = [i for i in got["inputs"] if i["kind"] == "weight"]
    group = next(g for g in got["groups"] if g["id"] == "weights")
    for output in [o["id"] for o in got["outputs"] if not o["no_indices"]]:
        whole = at(group, output)["total"]
        for weight in weights:
            one = at(weight, output)["total"]
            if value(one) > value(whole) + half(one) + half(whole):
                wrong.append((output, weight["key"], value(one), value(whole)))
    return wrong


def test_bounds():
    for package in (BUNDLED, RIVER):
        got = sensitivity(package)
        fits(got, "sensitivity", "what drives the scores")
        none_of(bounds(got), "indices are shares, and parts share out all that varies")
        none_of(members_below_groups(got), "a group matters at least as much as each of its members")
        is_(got["design"]["scramblings"], 16, "intervals are over 16 scramblings")
        ok(len(got["inputs"]) > 50, "every input stands in it", len(got["inputs"]))


def test_keys():
    """Keys lead to explain; rows are those of the package; weights add up."""
    got = sensitivity(RIVER)
    wrong, shares = [], {}
    codings = {"codings:" + r["id"]: r for r in rows_of(RIVER, "codings")}
    figures = {"observations:" + r["id"] for r in rows_of(RIVER, "observations")}
    for entry in got["inputs"]:
        if entry["kind"] == "code":
            rows = [codings.get(row) for row in entry["rows"]]
            if not rows or any(r is None or (r["item"], r["aspect"]) != (entry["key"], entry["aspect"]) for r in rows):
                wrong.append(entry["key"])
            elif abs(sum(float(r["value"]) for r in rows) / len(rows) - entry["nominal"]) > 1e-6:
                wrong.append((entry["key"], "nominal"))
            if not entry["citations"] or not entry["feeds"]:
                wrong.append((entry["key"], "cites or feeds nothing"))
        elif entry["kind"] == "figure":
            if not set(entry["rows"]) <= figures or not entry["citations"]:
                wrong.append(entry["key"])
        else:
            shares.setdefault(entry["key"].rsplit("/", 1)[0], []).append(entry["nominal"])
        if not entry["low"] <= entry["high"]:
            wrong.append((entry["key"], "ends"))
    none_of(wrong, "inputs are the rows of the package, with what is stated in them")
    none_of([s for s in shares.items() if sum(s[1]) > 1 + 1e-5], "weights are shares of their group")
    bundled = {}
    for entry in sensitivity(BUNDLED)["inputs"]:
        if entry["kind"] == "weight":
            bundled.setdefault(entry["key"].rsplit("/", 1)[0].count("/"), []).append(entry["nominal"])
    ok(abs(sum(bundled[0]) - 1) < 1e-5, "of which all add up to 1", bundled[0])
    failed = []
    for key in [got["inputs"][0]["key"], next(i["key"] for i in got["inputs"] if i["kind"] == "figure"),
                next(i["key"] for i in got["inputs"] if i["kind"] == "weight"),
                next(g["key"] for g in got["groups"] if g["kind"] == "source"),
                next(g["key"] for g in got["groups"] if g["kind"] == "coder")]:
        if run("explain", RIVER, key).code:
            failed.append(key)
    none_of(failed, "and explain takes their keys")


# ---- a model whose indices are known ----

def simple_model(indicators, level="alliance"):
    """One criterion, arithmetic means, weights that hardly vary."""
    with open(os.path.join(RIVER, "model.json"), encoding="utf-8") as file:
        model = json.load(file)
    known = {i["id"]: i for c in model["criteria"] for d in c["dimensions"] for i in d["indicators"]}
    model["weights"]["concentration"] = 1000000
    criterion = dict(model["criteria"][0], level=level)
    dimension = dict(criterion["dimensions"][0])
    dimension["indicators"] = [dict(known[name], weight=weight) for name, weight in indicators]
    criterion["dimensions"] = [dimension]
    model["criteria"] = [criterion]
    path = os.path.join(folder("model"), "model.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(model, file)
    return path


DRILLS = (("drills", 2), ("watch_integration", 1))  # score = 1 + 11 (ice + flood + watch), weights apart


def test_truth():
    """By hand, of the codings of the package: ice is 0 or 1 (1/3, 2/3), flood 2 or 3 (1/3, 2/3; where the second coder
    counts 2/3, 1/3, and 3 where the first), watch 1, 2, 3 (1/4, 1/2, 1/4). Variances 2/9, 2/9, 1/2; of 17/18 in all."""
    got = answer("sensitivity", RIVER, "--model", simple_model(DRILLS), "--points", "4096")
    output = got["outputs"][0]
    ok(abs(output["variance"] / 121 - 17 / 18) < 0.01, "the variance is that of its parts", output["variance"])
    truth = {"institutions:ice-drill": (4 / 17, 4 / 17), "institutions:flood-drill": (4 / 17, 4 / 17),
             "institutions:joint-watch": (9 / 17, 9 / 17),
             "coders": (2 / 17, 3 / 17), "codes": (14 / 17, 15 / 17)}
    wrong = []
    for entry in got["inputs"] + got["groups"]:
        known = truth.pop(entry["key"] or entry["id"], None)
        of = at(entry, "river-pact")
        if known and (abs(value(of["first"]) - known[0]) > 0.005 or abs(value(of["total"]) - known[1]) > 0.005):
            wrong.append((entry["key"] or entry["id"], known, of))
        if not known and entry["kind"] == "weight" and value(of["total"]) > 0.001:
            wrong.append((entry["key"], of))
    none_of(wrong, "indices are those that can be computed by hand")
    is_(truth, {}, "and all of them stand there")
    ok(abs(output["sum_first"] - 1) < 0.01, "what is added up has no combinations", output["sum_first"])
    ok(abs(output["nominal"] - 61.5) < 1e-3, "all nominal: 1 + 11 (1 + 2.5 + 2)", output["nominal"])
    ends = {e["key"]: at(e, "river-pact") for e in got["inputs"] if e["kind"] == "code"}
    wanted = {"institutions:ice-drill": (50.5, 61.5), "institutions:flood-drill": (56, 67),
              "institutions:joint-watch": (50.5, 72.5)}
    none_of([(k, ends[k]) for k, (low, high) in wanted.items()
             if abs(ends[k]["at_low"] - low) > 1e-3 or abs(ends[k]["at_high"] - high) > 1e-3],
            "each input's ends take the score where they must")


def coded(package, item, number):
    """Sets all codings of an item to a number without a range."""
    fields, rows = table(package, "codings")
    for row in rows:
        if row["item"] == item:
            row.update(value=number, low="", high="")
    write(package, "codings", fields, rows)


def without_ranges(package, but=()):
    """Every coder says the same and no figure has a range, but those of one item."""
    fields, rows = table(package, "codings")
    first = {}
    for row in rows:
        if row["item"] not in but:
            row.update(low="", high="", value=first.setdefault((row["item"], row["aspect"]), row["value"]))
    write(package, "codings", fields, rows)
    fields, rows = table(package, "observations")
    for row in rows:
        if row["id"] not in but:
            row["qualifier"] = ""
            if row["value"]:
                row.update(low="", high="")
    write(package, "observations", fields, [r for r in rows if r["id"] != "boats-alv-office"])


def verdict(package, model):
    got = answer("assess", package, "--model", model, "--store", ":memory:")["alliances"][0]
    return got["class"]["id"], got["score"]["median"]


def test_change_of_a_code():
    """What is said to change the verdict is made in a copy of the package, and one point less is made too."""
    model = simple_model(DRILLS)
    package = copy_of(RIVER, "flip")
    without_ranges(package, but=("institutions:joint-watch", "institutions:ice-drill"))
    got = sensitivity(package, "--model", model)
    before = got["outputs"][0]["nominal_class"]["id"]
    is_(got["outputs"][0]["inputs_that_flip"], 2, "the two that vary can do it, weights can not")
    wrong = []
    for entry in got["inputs"]:
        flip = at(entry, "river-pact")["flip"]
        if not flip:
            continue
        scale = entry["scale_high"] - entry["scale_low"]
        if abs(abs(flip["value"] - entry["nominal"]) / scale - flip["change"]) > 1e-5:
            wrong.append((entry["key"], "change", flip))
        for number, wanted in ((flip["value"], flip["class"]["id"]), (entry["nominal"], before)):
            changed = copy_of(package, "changed")
            coded(changed, "institutions:joint-watch", "2")
            coded(changed, "institutions:ice-drill", "1")
            coded(changed, entry["key"], str(int(number)))
            if verdict(changed, model)[0] != wanted:
                wrong.append((entry["key"], number, wanted, verdict(changed, model)))
        towards = flip["value"] + (1 if flip["value"] < entry["nominal"] else -1)
        if abs(towards - entry["nominal"]) > 0.5:
            changed = copy_of(package, "nearly")
            coded(changed, entry["key"], str(int(towards)))
            if verdict(changed, model)[0] != before:
                wrong.append((entry["key"], "a nearer point does it too", towards))
    none_of(wrong, "a code that is changed as stated changes the verdict, and nothing nearer does")


def test_change_of_a_figure():
    model = simple_model((("watch", 1), ("boats_a_head", 1)), level="member")
    package = copy_of(RIVER, "figure")
    without_ranges(package)
    fields, rows = table(package, "observations")
    watched = [r for r in rows if r["indicator"] == "river_boats" and r["value"]]
    for row in watched:
        row.update(low=str(float(row["value"]) * 0.8), high=str(float(row["value"]) * 1.2))
    write(package, "observations", fields, rows)
    got = sensitivity(package, "--model", model)
    flips = [(e, at(e, "river-pact")["flip"]) for e in got["inputs"]
             if e["kind"] == "figure" and at(e, "river-pact")["flip"]]
    ok(flips, "a figure can change the verdict", got["outputs"][0])
    before, wrong = got["outputs"][0]["nominal_class"]["id"], []
    for entry, flip in flips:
        if abs(abs(flip["value"] - entry["nominal"]) / abs(entry["nominal"]) - flip["change"]) > 1e-5:
            wrong.append((entry["key"], "change", flip))
        away = flip["value"] - entry["nominal"]
        for factor, wanted in ((1.002, flip["class"]["id"]), (0.998, before)):
            changed = copy_of(package, "changed")
            fields, rows = table(changed, "observations")
            for row in rows:
                row.update(low="", high="") if row["value"] else None
                if "observations:" + row["id"] == entry["key"]:
                    row["value"] = repr(entry["nominal"] + away * factor)
            write(changed, "observations", fields, rows)
            if verdict(changed, model)[0] != wanted:
                wrong.append((entry["key"], factor, wanted, verdict(changed, model), flip))
    none_of(wrong, "a figure that is changed as stated changes the verdict, and one that is changed by less does not")


# ---- leaving one out ----

def scores(assessed):
    return {a["id"]: a["score"] for a in assessed["alliances"]}


def same(a, b, by):
    return all(abs(a[k] - b[k]) <= by for k in ("median", "low", "high"))


def left_out(got, kind, name):
    return next(o for o in got["left_out_one"] if (o["kind"], o["id"]) == (kind, name))


def test_left_out_coder():
    draws = ("--draws", "2048")
    got = sensitivity(RIVER, *draws)
    package = copy_of(RIVER, "coder")
    fields, rows = table(package, "codings")
    write(package, "codings", fields, [r for r in rows if r["coder"] != "k2"])
    wanted = answer("assess", package, *draws)["alliances"][0]
    of = at(left_out(got, "coder", "k2"), "river-pact")
    ok(same(of["score"], wanted["score"], 0.35), "without a coder: as a package without what he coded",
       of["score"], wanted["score"])
    is_(of["class"]["id"], wanted["class"]["id"], "and its class")
    package = copy_of(RIVER, "source")
    source = next(o for o in got["left_out_one"] if o["kind"] == "source")
    ok(source["rows"] > 0, "a source takes rows along", source)


def test_left_out_indicator():
    model = simple_model(DRILLS)
    got = sensitivity(RIVER, "--model", model)
    for name, kept in (("drills", DRILLS[1:]), ("watch_integration", DRILLS[:1])):
        wanted = answer("assess", RIVER, "--model", simple_model(kept))["alliances"][0]["score"]
        of = at(left_out(got, "indicator", name), "river-pact")
        ok(same(of["score"], wanted, 0.05), f"without {name}: as a model without it", of["score"], wanted)
        ok(of["change"]["low"] <= of["change"]["median"] <= of["change"]["high"], "with its change", of["change"])
    gone = at(left_out(got, "criterion", "views"), "river-pact")
    is_((gone["score"]["median"], gone["class"], gone["class_changes"]), (None, None, True),
        "without all that there is there is no score")


def test_ranks():
    got = sensitivity(BUNDLED)
    ranks = {r["alliance"]: r for r in got["ranks"]}
    is_(len(ranks), 2, "both alliances stand in the ranks")
    (a, b) = ranks.values()
    ok(abs(a["above"][0]["share"] + b["above"][0]["share"] - 1) < 1e-5, "one of the two is above")
    none_of([r for r in ranks.values() if abs(sum(s["share"] for s in r["ranks"]) - 1) > 1e-5],
            "an alliance holds some rank in every draw")
    difference = next(o for o in got["outputs"] if o["is_difference"])
    ok((a["above"][0]["share"] > 0.5) == (difference["score"]["median"] > 0), "the more frequent way is the median's")
    groups = {}
    for weight in a["central_weights"]:
        groups.setdefault(weight["key"].rsplit("/", 1)[0], []).append(weight["share"])
    none_of([g for g in groups.items() if abs(sum(g[1]) - 1) > 1e-4], "central weights are shares of their group")
    ok("2" in got["coherence"]["text"] and got["coherence"]["units"] == 2, "two alliances make no correlation")
    alone = sensitivity(BUNDLED, "--alliance", got["outputs"][0]["id"])
    is_((alone["ranks"], len(alone["outputs"])), ([], 1), "one alone has no order")


# ---- how it is asked and written ----

def test_threads():
    one = run("sensitivity", *POINTS, "--format", "json", "--threads", "1")
    for threads in ("2", "3"):
        more = run("sensitivity", *POINTS, "--format", "json", "--threads", threads)
        ok(one.code == 0 and one.raw == more.raw, f"{threads} threads write the same bytes")
    other = run("sensitivity", *POINTS, "--format", "json", "--seed", "2")
    ok(other.code == 0 and other.raw != one.raw, "another seed writes others")


def test_outputs():
    for language, words in (("en", ("What drives the score", "Leaving one out", "How robust the order is")),
                            ("de", ("Was den Wert treibt", "Eines weggelassen", "Wie robust die Reihenfolge ist"))):
        got = run("sensitivity", *POINTS, "--lang", language, "--top", "3")
        ok(got.code == 0 and all(w in got.out for w in words), f"a page in {language}", got)
        none_of([line for line in got.out.splitlines() if len(line) > 80], "of 80 columns")
        difference = got.out[got.out.index("Japan − " if language == "en" else "Japan − "):]
        ok(re.search(r"\+\d+[.,]\d \[(−|\+)\d+[.,]\d (to|bis) \+\d", difference[:700]),
           "the ends of a difference have their signs", difference[:700])
    more = run("sensitivity", RIVER, *POINTS, "--top", "1000")
    ok(more.code == 0 and "in the JSON output" not in more.out, "--top has more rows", more)
    comma = run("sensitivity", RIVER, *POINTS, "--format", "csv")
    ok(comma.code == 0 and comma.out.count("\ninputs,") > 50, "a row for each input", comma)
    mark = run("sensitivity", RIVER, *POINTS, "--format", "md")
    ok(mark.code == 0 and "### What drives the score" in mark.out, "Markdown", mark)


def test_refusals():
    for points in ("255", "1000", "2097152", "many"):
        got = run("sensitivity", RIVER, "--points", points)
        ok(got.code == 2 and "power of two" in got.err, f"{points} points are refused", got)
    is_(run("sensitivity", RIVER, "--top", "0").code, 2, "no rows are refused")
    is_(run("sensitivity", RIVER, "--alliance", "none").code, 3, "an unknown alliance")
    got = run("sensitivity", RIVER, *POINTS, "--vary", "values,methods", "--model", simple_model(DRILLS))
    ok((got.code, got.out) == (2, "") and "names no methods" in got.err, "methods of a model that names none", got)


ALL = ("--vary", "values,coders,weights,methods")


def changed_model(headline, equal=False):
    """The bundled model with another headline, or with all weights alike."""
    with open(MODEL, encoding="utf-8") as file:
        model = json.load(file)
    model["headline"] = headline
    for criterion in model["criteria"] if equal else ():
        for node in [criterion] + criterion["dimensions"] + [i for d in criterion["dimensions"] for i in d["indicators"]]:
            if node["weight"] != 0:
                node["weight"] = 1
    path = os.path.join(folder("headline"), "model.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(model, file)
    return path


def nominals(got):
    return {o["id"]: (o["nominal"], o["nominal_class"]) for o in got["outputs"]}


def test_methods():
    """Each choice gives the score of a model that makes it; what flips is what such a model says."""
    got = sensitivity(*ALL)
    fits(got, "sensitivity", "with methods that vary")
    none_of(bounds(got), "indices are shares, and six parts share out all that varies")
    methods = {i["key"]: i for i in got["inputs"] if i["kind"] == "method"}
    is_(sorted(methods), ["methods:aggregation", "methods:weights"], "a choice each")
    group = [g for g in got["groups"] if g["id"] == "methods"]
    is_([(g["kind"], g["label"], g["inputs"]) for g in group], [("part", "Methods", 2)], "and a group of both")
    wrong = []
    for output in [o["id"] for o in got["outputs"]]:
        whole = at(group[0], output)["total"]
        wrong += [(output, key) for key, i in methods.items()
                  if value(at(i, output)["total"]) > value(whole) + half(whole) + half(at(i, output)["total"])]
    none_of(wrong, "which matters at least as much as each")
    ways = methods["methods:aggregation"]
    is_([c["id"] for c in ways["choices"] if c["stated"]], ["geometric"], "the headline counts where they do not vary")
    models = {c["id"]: changed_model(c["id"]) for c in ways["choices"]}
    models["equal"] = changed_model("geometric", equal=True)
    models["stated"] = models["geometric"]
    own = {name: nominals(sensitivity("--model", model, "--draws", "100")) for name, model in models.items()}
    stated = nominals(got)
    wrong, flips = [], 0
    for key, method in methods.items():
        for of in method["outputs"]:
            name = of["output"]
            scores = {c["choice"]: c["score"] for c in of["at_choices"]}
            wrong += [(key, name, c, s, own[c][name]) for c, s in scores.items() if abs(s - own[c][name][0]) > 1e-3]
            if (of["at_low"], of["at_high"]) != (min(scores.values()), max(scores.values())):
                wrong.append((key, name, "ends"))
            if name == "difference":
                other = [c for c in scores if (own[c][name][0] < 0) != (stated[name][0] < 0)]
            else:
                other = [c for c in scores if own[c][name][1]["id"] != stated[name][1]["id"]]
            flips += len(other)
            flip = of["flip"]
            if (flip["choice"] if flip else None) != (other[0] if other else None):
                wrong.append((key, name, flip, other))
            elif flip and abs(flip["score"] - scores[flip["choice"]]) > 1e-9:
                wrong.append((key, name, flip))
    none_of(wrong, "each choice gives what a model with it gives")
    ok(flips > 0, "and one of them changes a verdict")
    is_(nominals(sensitivity("--draws", "100")), stated, "as stated no method varies")
    scores = {a["id"]: a["score"] for a in answer("assess", *ALL)["alliances"]}
    wrong = [o["id"] for o in got["outputs"] if o["id"] in scores and o["score"] != scores[o["id"]]]
    none_of(wrong, "the scores are those of the assessment")
    page = run("sensitivity", *POINTS, *ALL, "--format", "md")
    for text in ("| How criteria are aggregated | geometric | **weakest link** | other method |", "Methods vary: each draw"):
        ok(text in page.out, f"the page says: {text}", page.out[:6000])
    german = run("sensitivity", *POINTS, *ALL, "--lang", "de")
    ok("Methoden variieren:" in german.out and "schwächstes Glied" in german.out, "in German too", german)
    two = [run("sensitivity", *POINTS, *ALL, "--threads", n, "--format", "json").raw for n in (1, 2)]
    is_(two[0], two[1], "and threads change no byte")
    alone = sensitivity("--vary", "methods")
    is_([i["kind"] for i in alone["inputs"]], ["method"] * 2, "methods can vary alone")
    none_of([i["key"] for i in sensitivity()["inputs"] if i["kind"] == "method"], "and do not where nobody asks")


def test_nothing_varies():
    package = copy_of(RIVER, "constant")
    without_ranges(package)
    model = simple_model(DRILLS[1:])
    got = sensitivity(package, "--model", model)
    is_((got["inputs"], got["outputs"][0]["no_indices"]["code"]), ([], "constant"),
        "where nothing varies there is nothing to share out")
    page = run("sensitivity", package, "--model", model, *POINTS)
    ok(page.code == 0 and "no variance to share out" in page.flat, "and the page says so", page)


test_bounds()
test_keys()
test_truth()
test_change_of_a_code()
test_change_of_a_figure()
test_left_out_coder()
test_left_out_indicator()
test_ranks()
test_threads()
test_outputs()
test_refusals()
test_methods()
test_nothing_varies()
tap.done()
