#!/usr/bin/python3 -B
"""test_composite - a composite indicator of any units: a small one of our own, computed here a second time; every format,
the export and its way back, and what is refused."""
import csv
import glob
import itertools
import json
import math
import os
import re
import shutil
import signal
import subprocess
import time

import tap
from schema import fits
from tap import PROGRAM, ROOT, SCRATCH, answer, environment, folder, is_, none_of, ok, run

PLACE = os.path.join(ROOT, "tests", "composite")
DATA, META, EXPERTS = (os.path.join(PLACE, name + ".csv") for name in ("data", "meta", "experts"))


def composite(*options, data=DATA, meta=META):
    return answer("composite", data, meta, *options)


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(name, text):
    path = os.path.join(folder(name), name + ".csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return path


def changed(path, name, before, after):
    """A copy with some text replaced."""
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    assert before in text, before
    return written(name, text.replace(before, after, 1))


def near(a, b, within=1e-4):
    return a is not None and b is not None and abs(a - b) <= within * max(1, abs(b))


# ---- computed a second time ----

def number(cell):
    return None if cell in ("", "NA") else float(cell)


def goalposts(meta, value):
    low, high = float(meta["GoalpostLow"]), float(meta["GoalpostHigh"])
    share = min(1, max(0, (value - low) / (high - low)))
    return 100 * (1 - share if meta["Direction"] == "-1" else share)


def values():
    meta = rows(META)
    indicators = [m for m in meta if m["Type"] == "Indicator"]
    return meta, indicators, {row["uCode"]: {
        m["iCode"]: None if number(row[m["iCode"]]) is None else number(row[m["iCode"]]) /
        (number(row[m["Denominator"]]) if m["Denominator"] != "NA" else 1) for m in indicators} for row in rows(DATA)}


def by_hand():
    """Goalposts, given weights, arithmetic means, no imputation."""
    meta, indicators, units = values()
    scores = {}
    for code, own in units.items():
        score = {m["iCode"]: goalposts(m, own[m["iCode"]]) for m in indicators if own[m["iCode"]] is not None}
        for aggregate in (m["iCode"] for m in meta if m["Type"] == "Aggregate"):
            parts = [(float(m["Weight"]), score[m["iCode"]]) for m in meta
                     if m["Parent"] == aggregate and m["iCode"] in score]
            score[aggregate] = sum(w * s for w, s in parts) / sum(w for w, _ in parts)
        scores[code] = score
    return scores


def test_scores():
    document = composite("--draws", "2000")
    fits(document, "composite", "the answer")
    hand = by_hand()
    wrong = [f"{u['code']} {k}: {u['scores'][k]} for {v}" for u in document["units"]
             for k, v in hand[u["code"]].items() if not near(u["scores"][k], v)]
    none_of(wrong, "every score of every node is the one that is computed by hand")
    order = sorted(hand, key=lambda code: -hand[code]["Index"])
    is_([(u["code"], u["rank"]) for u in document["units"]], [(c, i + 1) for i, c in enumerate(order)],
        "units stand by their rank")
    is_({u["code"]: u["missing"] for u in document["units"] if u["missing"]}, {"BRE": 1, "ELM": 1},
        "what is missing is counted")
    coverage = {u["code"]: u["coverage"] for u in document["units"]}
    ok(near(coverage["BRE"], 0.8) and near(coverage["ELM"], 0.85) and coverage["ALD"] == 1,
       "coverage is the weight that has values", coverage)
    weights = {n["code"]: (n["weight"], n["weight_of_whole"]) for n in document["nodes"]}
    ok(near(weights["Ferries"][0], 0.5) and near(weights["Ferries"][1], 0.3) and weights["Index"][1] == 1,
       "weights sum to 1 in a group, and multiply down the tree", weights)
    is_([s["step"] for s in document["steps"]],
        ["order", "screen", "treat", "impute", "normalise", "weights", "aggregate"], "every step is named")
    is_({s["step"]: s["method"] for s in document["steps"]}["normalise"], "goalposts", "goalposts are the default")
    none_of([s for s in document["steps"] if s["chosen"]], "and nothing was chosen")


def test_draws():
    document = composite("--draws", "2000")
    drawn = document["drawn"]
    is_((drawn["values"], drawn["weights"], drawn["methods"], drawn["draws"]), (True, True, False, 2000),
        "values with ranges and weights vary")
    is_(drawn["uncertain_values"], sum(number(r[c]) is not None for r in rows(DATA) for c in ("Markets_high", "Tolls_se"))
        + sum(number(r["Delay"]) is not None for r in rows(DATA)), "each of them is counted")
    wrong = [u["code"] for u in document["units"]
             if not u["drawn_score"]["low"] <= u["drawn_score"]["median"] <= u["drawn_score"]["high"] or
             not u["drawn_score"]["low"] <= u["score"] <= u["drawn_score"]["high"]]
    none_of(wrong, "each score lies in its interval")
    shares = [u["acceptability"] for u in document["units"]]
    ok(all(near(sum(row), 1) for row in shares) and all(near(sum(c), 1) for c in zip(*shares)),
       "rank acceptability sums to 1 by units and by ranks", shares)
    better = [u["better"] for u in document["units"]]
    none_of([(i, k) for i, k in itertools.combinations(range(len(better)), 2)
             if not near(better[i][k] + better[k][i], 1)], "of two units one scores above the other")
    still = composite("--vary", "none")
    is_((still["drawn"]["draws"], still["units"][0]["drawn_score"]["median"], still["units"][0]["acceptability"]),
        (0, None, None), "--vary none draws nothing")
    wide = composite("--concentration", "5", "--vary", "weights", "--draws", "2000")["units"]
    narrow = composite("--concentration", "5000", "--vary", "weights", "--draws", "2000")["units"]
    width = [sum(u["drawn_score"]["high"] - u["drawn_score"]["low"] for u in units) for units in (wide, narrow)]
    ok(width[0] > 10 * width[1] > 0, "the higher the concentration, the less weights move", width)
    one, two = (run("composite", DATA, META, "--draws", "3000", "--threads", n, "--format", "json") for n in "12")
    is_(one.raw, two.raw, "one thread and two give the same bytes")
    other = run("composite", DATA, META, "--draws", "3000", "--seed", "2", "--format", "json")
    ok(other.raw != one.raw, "another seed gives others")
    methods = composite("--normalise", "min_max/percentile_rank/goalposts", "--draws", "500")
    is_([a["method"] for a in methods["alternatives"]], ["percentile_rank", "goalposts"], "alternatives are named")
    ok(methods["drawn"]["methods"], "and vary")
    usual = composite("--vary", "methods", "--draws", "500")
    ok({"min_max", "percentile_rank", "equal", "mean", "median"} <= {a["method"] for a in usual["alternatives"]},
       "--vary methods has alternatives of its own", usual["alternatives"])


def test_methods():
    """Every name is taken, and does something else."""
    _, indicators, units = values()
    complete = ("--impute", "mean", "--vary", "none")
    seen = {}
    for option, names in (("--treat", "none winsorise log shifted_log box_cox as_needed as_coin_tool"),
                          ("--impute", "none mean median group_mean worst best"),
                          ("--normalise", "goalposts min_max z_score rank percentile_rank reference borda"),
                          ("--weights", "given equal budget principal correlation"),
                          ("--aggregate", "arithmetic geometric harmonic power:0.5 weakest copeland condorcet")):
        for name in names.split():
            more = ("--from", "1") if option == "--aggregate" else ()
            more += ("--experts", EXPERTS) if name == "budget" else ()
            more += ("--normalise", "min_max") if option == "--treat" else ()  # goalposts of 0 have no logarithm
            options = (*(complete if option != "--impute" else ("--vary", "none")), *more, option, name)
            document = composite(*options)
            step = [s for s in document["steps"] if s["step"] == option[2:]][0]
            if (step["method"], step["chosen"]) != (name.split(":")[0], True):
                ok(False, f"{option} {name} is named", step)
            seen.setdefault(option, {})[name] = json.dumps([u["scores"] for u in document["units"]], sort_keys=True)
    for option, answers in seen.items():
        count = len(set(answers.values()))
        # six even units need no treatment: winsorising them is none
        least = len(answers) - (3 if option == "--treat" else 0)
        ok(count >= least, f"{option}: each of its methods gives other scores", count, list(answers))
    document = composite("--normalise", "min_max", "--impute", "mean", "--vary", "none")
    wrong = []
    for m in indicators:
        column = {c: v[m["iCode"]] for c, v in units.items()}
        known = [v for v in column.values() if v is not None]
        mean = sum(known) / len(known)
        for unit in document["units"]:
            value = column[unit["code"]]
            share = ((mean if value is None else value) - min(known)) / (max(known) - min(known))
            share = 1 - share if m["Direction"] == "-1" else share
            if not near(unit["scores"][m["iCode"]], 100 * share):
                wrong.append((unit["code"], m["iCode"]))
    none_of(wrong, "min-max of filled values is the one that is computed by hand")
    levels = composite("--from", "1", "--aggregate", "geometric,arithmetic", "--vary", "none")["units"][0]["scores"]
    by_weights = math.exp((2 * math.log(levels["Ferries"]) + math.log(levels["Bridges"]) + math.log(levels["Delay"])) / 4)
    ok(near(levels["Ways"], by_weights) and near(levels["Index"], 0.6 * levels["Ways"] + 0.4 * levels["Trade"]),
       "each level has its own mean", levels)
    budget = {n["code"]: n["weight"] for n in composite("--weights", "budget", "--experts", EXPERTS)["nodes"]}
    ok(near(budget["Ferries"], 0.4) and near(budget["Trade"], 0.4), "a budget is the mean of what experts give", budget)
    screened = composite("--screen", "0.9", "--vary", "none")["units"]
    is_([(u["code"], u["kept"], u["score"]) for u in screened[-2:]], [("BRE", False, None), ("ELM", False, None)],
        "screening leaves out who has too few values")


def test_drivers():
    document = composite("--indices", "--draws", "200", "--normalise", "goalposts/min_max")
    fits(document, "composite", "an answer with indices")
    is_(sorted((i["input"], i["node"]) for i in document["inputs"]),
        sorted([("values", "Delay"), ("values", "Markets"), ("values", "Tolls"), ("weights", "Ways"), ("weights", "Trade"),
                ("weights", "Index"), ("normalise", None)]), "each uncertain input has its indices")
    totals = [i["total"]["index"] for i in document["inputs"]]
    is_(totals, sorted(totals, reverse=True), "the largest first")
    none_of([i for i in document["inputs"] if not i["total"]["low"] <= i["total"]["index"] <= i["total"]["high"] or
             i["first"]["index"] > i["total"]["high"]], "first order is at most the total, both in their intervals")
    ok(sum(i["first"]["index"] for i in document["inputs"]) < 1.05, "first orders sum to at most 1", totals)
    hand, without = by_hand(), {n["code"]: n["rank_change_without"] for n in document["nodes"]}
    order = sorted(hand, key=lambda c: -hand[c]["Index"])
    alone = sorted(hand, key=lambda c: -hand[c]["Ways"])  # what is left without Trade
    moved = sum(abs(order.index(c) - alone.index(c)) for c in hand) / len(hand)
    ok(near(without["Trade"], moved) and without["Index"] is None, "without Trade ranks are those of Ways", without, moved)
    one = [run("composite", DATA, META, "--indices", "--draws", "200", "--format", "json", "--threads", n).raw for n in "12"]
    is_(one[0], one[1], "one thread and two give the same bytes")
    none = run("composite", DATA, META, "--indices", "--vary", "none")
    ok((none.code, none.out) == (2, "") and "nothing is uncertain" in none.err, "where nothing varies there are none", none)
    place = os.path.join(folder("indices"), "out")
    run("composite", DATA, META, "--indices", "--draws", "200", "--export", place)
    indices = rows(os.path.join(place, "8_indices.csv"))
    is_({(r["input"], r["iCode"]) for r in indices}, {("values", "Delay"), ("values", "Markets"), ("values", "Tolls"),
                                                      ("weights", "Ways"), ("weights", "Trade"), ("weights", "Index")},
        "the export has them")
    is_({r["output"] for r in indices}, set(hand) | {"ranks"}, "for each unit, and for ranks")
    page = run("composite", DATA, META, "--indices", "--draws", "200", "--lang", "de")
    ok("Was die Ränge bewegt" in page.out and "Gewichte in Trade" in page.out, "the page has them", page)
    none_of([line for line in page.out.splitlines() if len(line) > 80], "in 80 columns")


# ---- the files ----

def test_forms():
    """The same content in other forms is the same answer."""
    wanted = run("composite", DATA, META, "--format", "json", "--draws", "200")
    text = open(DATA, encoding="utf-8").read()
    german = re.sub(r'"[^"\n]*(""[^"\n]*)*"', lambda m: m.group(0).replace(",", "\0"), text)
    german = german.replace(",", ";").replace("\0", ",").replace("3.5", "3,5").replace("1.5", "1,5").replace("0.5", "0,5")
    for name, form in (("german", "\ufeff" + german), ("crlf", text.replace("\n", "\r\n")),
                       ("na", text.replace(",,", ",NA,").replace(",,", ",NA,")),
                       ("points", german.replace("3,5", "3.5").replace("1,5", "1.5").replace("0,5", "0.5"))):
        got = run("composite", written(name, form), META, "--format", "json", "--draws", "200")
        if not ok(got.raw == wanted.raw, f"{name}: the same answer", got.err):
            tap.note(got.out[:300])
    table = [line.split(",") for line in open(META, encoding="utf-8").read().splitlines()]
    order = [2, 0, 5, 6, 1, 3, 4, 7, 8, 9, 10, 11, 12]
    shuffled = written("columns", "\n".join(",".join(row[i] for i in order) for row in table) + "\n")
    is_(run("composite", DATA, shuffled, "--format", "json", "--draws", "200").raw, wanted.raw,
        "columns of META may stand in any order")


def test_export():
    place = os.path.join(folder("export"), "calculation")
    options = ("--experts", EXPERTS, "--weights", "budget", "--impute", "group_mean", "--draws", "300")
    first = run("composite", DATA, META, *options, "--format", "json", "--export", place)
    names = sorted(os.listdir(place))
    ok(first.code == 0 and {"README.txt", "iData.csv", "iMeta.csv", "experts.csv", "1_values.csv", "2_treated.csv",
                            "3_imputed.csv", "4_normalised.csv", "5_weights.csv", "6_level_2.csv", "6_level_3.csv",
                            "7_ranks.csv", "8_acceptability.csv", "9_draws.csv"} <= set(names), "the files are there", names)
    again = os.path.join(folder("again"), "calculation")
    back = [os.path.join(place, name) for name in ("iData.csv", "iMeta.csv", "experts.csv")]
    second = run("composite", back[0], back[1], "--experts", back[2], *options[2:], "--format", "json", "--export", again)
    is_(second.raw, first.raw, "what was exported and is read again gives the same answer, byte for byte")
    none_of([n for n in names if open(os.path.join(place, n), "rb").read() != open(os.path.join(again, n), "rb").read()],
            "and the same files")
    # cell by cell: from what stands in the files alone
    step = {name: {r["uCode"]: r for r in rows(os.path.join(place, name + ".csv"))}
            for name in ("1_values", "3_imputed", "4_normalised", "6_level_2", "6_level_3", "7_ranks")}
    weights = {r["iCode"]: r for r in rows(os.path.join(place, "5_weights.csv"))}
    meta = {m["iCode"]: m for m in rows(META)}
    wrong = []
    for code, unit in step["4_normalised"].items():
        for indicator in ("Ferries", "Bridges", "Delay", "Markets", "Tolls"):
            if abs(goalposts(meta[indicator], float(step["3_imputed"][code][indicator])) - float(unit[indicator])) > 1e-12:
                wrong.append((code, indicator))
        for aggregate, source in (("Ways", unit), ("Trade", unit), ("Index", step["6_level_2"][code])):
            total = sum(float(w["used"]) * float(source[c]) for c, w in weights.items() if w["Parent"] == aggregate)
            have = step["6_level_3" if aggregate == "Index" else "6_level_2"][code][aggregate]
            if abs(total - float(have)) > 1e-12:
                wrong.append((code, aggregate))
        if step["7_ranks"][code]["score"] != step["6_level_3"][code]["Index"]:
            wrong.append((code, "score"))
    none_of(wrong, "each step follows from the one before, to 1e-12")
    draws = rows(os.path.join(place, "9_draws.csv"))
    ranks = {r["uCode"]: r for r in rows(os.path.join(place, "7_ranks.csv"))}
    median = {c: sorted(float(d[c]) for d in draws)[149] for c in ranks}
    is_(len(draws), 300, "the log has each draw")
    none_of([c for c in ranks if abs(median[c] - float(ranks[c]["median"])) > 1e-9], "and the medians are those of it")
    readme = open(os.path.join(place, "README.txt"), encoding="utf-8").read()
    none_of([w for w in ("impute: group_mean", "normalise: goalposts", "weights: budget", "aggregate: arithmetic",
                         "--impute group_mean") if w not in readme], "README.txt names each method")
    full = run("composite", DATA, META, "--export", place)
    ok((full.code, full.out) == (5, "") and "not empty" in full.err, "a folder that holds something is left alone", full)
    is_(sorted(os.listdir(place)), names, "and is as it was")
    is_(glob.glob(place + ".*"), [], "nothing is left beside it")
    empty = folder("empty")
    is_(run("composite", DATA, META, "--vary", "none", "--export", empty).code, 0, "an empty folder will do")
    nowhere = run("composite", DATA, META, "--export", os.path.join(SCRATCH, "no", "such", "folder"))
    is_((nowhere.code, nowhere.out), (5, ""), "a folder that can not be made is said", nowhere.err)
    formula = changed(DATA, "formula", "Alderford", "=cmd()")
    target = os.path.join(folder("formula"), "out")
    run("composite", formula, META, "--vary", "none", "--export", target)
    ok("'=cmd()" in open(os.path.join(target, "7_ranks.csv")).read(), "a name is no formula")


def test_strange_round():
    """Names that need quotes, unused denominators, a unit without a group, a tree whose branches differ in height."""
    meta = written("meta", 'iCode,Type,Parent,Target,iName\n" a",Indicator,T,3,"A, ""b"""\nb,Indicator,P,,x\nP,Aggregate,T,,\n'
                           'T,Aggregate,,,\nd,Denominator,,,\nG,Group,,4,\n')
    data = written("data", 'uCode;Time;" a";b;G;d;b_low;b_high\nX;1,0;1,5;2;n;"1,25 ";1;3\nY;1;2,5;1;;many;;\n'
                           '" Z";1;0,5;3; NA ;;;\nW;1;;5;;;4,5;6\n')
    place = os.path.join(folder("strange"), "out")
    options = ("--impute", "group_mean", "--draws", "100", "--format", "json")
    first = run("composite", data, meta, *options, "--export", place)
    ok(first.code == 0, "strange tables are read", first)
    second = run("composite", os.path.join(place, "iData.csv"), os.path.join(place, "iMeta.csv"), *options)
    is_(second.raw, first.raw, "written and read again they give the same answer, byte for byte")
    alone = {u["code"]: u["scores"] for u in first.json()["units"]}
    is_(alone["W"][" a"], None, "a unit without a group has no mean of a group")
    header = open(os.path.join(place, "iMeta.csv"), encoding="utf-8").readline()
    ok("Level" not in header and "Target" not in header, "COINr's columns are whole or absent", header)


def test_export_of_treatment():
    """From the values to the scores of indicators, by what stands in the files alone."""
    def read(place, name):
        return {r["uCode"]: r for r in rows(os.path.join(place, name + ".csv"))}
    data = written("skewed", "uCode,a,b\n" + "".join(f"U{i},{2 ** i / 7},{i + 1}\n" for i in range(12)))
    meta = written("meta", "iCode,Type,Parent,GoalpostLow,GoalpostHigh,Direction\na,Indicator,T,0.1,400,-1\n"
                           "b,Indicator,T,0.5,12,1\nT,Aggregate,,,,\n")
    for method, wanted in (("box_cox", ["box_cox", "box_cox"]), ("log", ["log", "log"]), ("none", ["none", "none"]),
                           ("as_needed", None)):
        place = os.path.join(folder("treatment"), method)
        got = run("composite", data, meta, "--treat", method, "--vary", "none", "--export", place)
        how = {r["iCode"]: r for r in rows(os.path.join(place, "2_treatment.csv"))}
        note = open(os.path.join(place, "README.txt"), encoding="utf-8").read()
        ok("4_normalised.csv: of 3_imputed.csv" in note, "the note says what was normalised", note)
        ok(got.code == 0 and wanted in (None, [r["treatment"] for r in how.values()]), f"{method} is named", how, got)
        values, treated, shares = (read(place, name) for name in ("1_values", "2_treated", "4_normalised"))
        wrong = []
        for code in values:
            for indicator, change in how.items():
                x = float(values[code][indicator])
                if change["treatment"] in ("log", "shifted_log"):
                    x = math.log(x - float(change["origin"]) + float(change["shift"]))
                elif change["treatment"] == "box_cox":
                    x = (x ** float(change["lambda"]) - 1) / float(change["lambda"])
                else:
                    x = float(treated[code][indicator])
                low, high = float(change["goalpost_low"]), float(change["goalpost_high"])
                share = min(1, max(0, (x - low) / (high - low)))
                share = 100 * (1 - share if indicator == "a" else share)
                if abs(x - float(treated[code][indicator])) > 1e-12 or abs(share - float(shares[code][indicator])) > 1e-9:
                    wrong.append((code, indicator, x, share))
        none_of(wrong, f"{method} is followed cell by cell")
    place = os.path.join(folder("treatment"), "last")
    run("composite", data, meta, "--order", "screen_impute_treat", "--vary", "none", "--export", place)
    note = open(os.path.join(place, "README.txt"), encoding="utf-8").read()
    ok("4_normalised.csv: of 2_treated.csv" in note, "in another order too", note)


def test_panel():
    data = written("panel", "uCode,Time,a,b\nX,2001,1,5\nX,2002,,6\nY,2001,3,7\nY,2002,4,\nZ,2002,5,9\n")
    meta = written("meta", "iCode,Type,Parent\na,Indicator,T\nb,Indicator,T\nT,Aggregate,\n")
    document = composite("--impute", "carry_forward", "--vary", "none", data=data, meta=meta)
    fits(document, "composite", "a panel")
    units = {(u["code"], u["time"]): u for u in document["units"]}
    is_(document["periods"], 2, "periods are counted")
    ok(near(units["X", "2002"]["scores"]["a"], units["X", "2001"]["scores"]["a"]), "a value is carried forward")
    ok(near(units["Y", "2002"]["scores"]["b"], units["Y", "2001"]["scores"]["b"]), "in every indicator")
    page = run("composite", data, meta, "--impute", "carry_forward", "--draws", "100").out
    ok("3 periods" not in page and "2 periods" in page and "X 2001" in page and "All periods" in page,
       "with several periods each unit stands with its own", page)
    better = page[page.index("How often the unit of a row"):]
    ok(better.count("X 2001") == 2 and "Filled" in page and "Treated" not in page,
       "so do the columns; those that would be empty are left out", page)
    data = written("one", "uCode,Time,a,b\nX,2001,1,5\nY,2001,3,7\nZ,2001,5,9\n")
    page = run("composite", data, meta, "--draws", "100").out
    ok("2001" in page.splitlines()[2] and "X 2001" not in page and "All periods" not in page,
       "one period stands at the top alone", page)
    none = run("composite", DATA, META, "--impute", "carry_forward")
    ok((none.code, none.out) == (4, "") and "period" in none.err, "without periods nothing can be carried", none)


def test_ranges():
    base = "iCode,Type,Parent,GoalpostLow,GoalpostHigh\na,Indicator,T,0,10\nb,Indicator,T,0,10\nT,Aggregate,,,\n"
    meta = written("meta", base)
    data = written("data", "uCode,a,b,a_low,a_high\nX,5,5,4,6\nY,,5,0,10\nZ,5,5,,7\n")
    options = ("--vary", "values", "--draws", "4000")
    units = {u["code"]: u for u in composite(*options, data=data, meta=meta)["units"]}
    is_(units["Y"]["score"], 50, "a missing value with a range is missing in the score")
    spread = units["Y"]["drawn_score"]
    ok(near(spread["low"], 27.5, 0.03) and near(spread["high"], 72.5, 0.03), "and drawn from all of the range", spread)
    ok(units["Z"]["drawn_score"]["low"] >= 50 > 40, "one end alone is a range to one side", units["Z"])
    pert = {u["code"]: u for u in composite(*options, "--distribution", "pert", data=data, meta=meta)["units"]}
    flat = {u["code"]: u for u in composite(*options, "--distribution", "uniform", data=data, meta=meta)["units"]}
    width = [u["X"]["drawn_score"]["high"] - u["X"]["drawn_score"]["low"] for u in (pert, units, flat)]
    ok(width[0] < width[1] < width[2], "pert is narrower than triangular, and that than uniform", width)
    two = written("meta", "iCode,Type,Parent,Denominator,GoalpostLow,GoalpostHigh,Uncertainty\na,Indicator,T,d,0,10,0.2\n"
                          "T,Aggregate,,,,,\nd,Denominator,,,,,\n")
    shares = composite("--vary", "values", "--distribution", "uniform", "--draws", "4000", meta=two,
                       data=written("data", "uCode,a,d\nX,10,2\nY,8,-2\nW,8,NA\n"))["units"]
    by_code = {u["code"]: u for u in shares}
    ok(near(by_code["X"]["drawn_score"]["low"], 41, 0.02) and near(by_code["X"]["drawn_score"]["high"], 59, 0.02),
       "a share of the value is divided by the denominator too", by_code["X"])
    is_((by_code["W"]["score"], by_code["W"]["rank"]), (None, None), "without a denominator there is no value")


# ---- what is refused ----

REFUSED = [
    # file, what stands there, what is put there, place, sentence
    ("data", "BRE,Breckwater,north,8,9", "BRE,Breckwater,north,8,many", "data.csv:3: Ferries", '"many" is no number'),
    ("data", "COL,Colmouth", "ALD,Colmouth", "data.csv:4: uCode", "also stands in line 2"),
    ("data", "COL,Colmouth", ",Colmouth", "data.csv:4: uCode", "the code is missing"),
    ("data", "Bridges", "Brigdes", "data.csv:1: Brigdes", 'did you mean "Bridges"'),
    ("data", "north,12,30", "north,0,30", "data.csv:2: Town", 'the denominator of "Ferries" is 0'),
    ("data", "200,230,1", "215,230,1", "data.csv:2: Markets", "outside its range"),
    ("data", "200,230,1", "200,230,-1", "data.csv:2: Tolls", "negative"),
    ("data", "north,8,9,4,3.5,120,,NA,110,150,", "north,8,9,4,3.5,,,NA,110,,", "data.csv:3: Markets", "one end of a range"),
    ("data", "uCode", "code", "data.csv:1: uCode", "missing"),
    ("meta", "Type,Level", "Typ,Level", "meta.csv:1: Type", 'is "Typ" meant'),
    ("meta", "Bridges,Bridges,Indicator,1,Ways", "Bridges,Bridges,Indicator,1,Way", "meta.csv:3: Parent",
     'did you mean "Ways"'),
    ("meta", "Bridges,Bridges,Indicator,1,Ways", "Bridges,Bridges,Indicator,1,Tolls", "meta.csv:3: Parent", "no aggregate"),
    ("meta", "Bridges,Bridges,Indicator,1,Ways", "Bridges,Bridges,Indicator,1,", "meta.csv:3: Parent", "belongs nowhere"),
    ("meta", "Bridges,Bridges,Indicator,1,Ways,1,1", "Bridges,Bridges,Indicator,2,Ways,1,1", "meta.csv:3: Level",
     "level 1, not on 2"),
    ("meta", "Index,River index,Aggregate,3", "Index,River index,Aggregate,4", "meta.csv:7: Level", "parent on level 4"),
    ("meta", "Index,River index,Aggregate,3,NA", "Index,River index,Aggregate,3,Ways", "meta.csv:7: Parent",
     "its own ancestor"),
    ("meta", "Trade,Trade,Aggregate,2,Index", "Trade,Trade,Aggregate,2,", "meta.csv:9: Parent", "both have no parent"),
    ("meta", "Note,Note,Other,NA,NA", "Note,Note,Aggregate,2,Index", "meta.csv:12: Weight", "no weight"),
    ("meta", "Bridges,Bridges,Indicator,1,Ways,1,1", "Bridges,Bridges,Indicator,1,Ways,1,-1", "meta.csv:3: Weight",
     "negative"),
    ("meta", "Bridges,Bridges,Indicator,1,Ways,1,1", "Bridges,Bridges,Indicator,1,Ways,2,1", "meta.csv:3: Direction",
     "neither 1 nor -1"),
    ("meta", "Bridges,Bridges,Indicator", "Ferries,Bridges,Indicator", "meta.csv:3: iCode", "also stands in line 2"),
    ("meta", "Bridges,Bridges,Indicator", "Bridges,Bridges,Index", "meta.csv:3: Type", "unknown"),
    ("meta", "NA,0,12,6,NA", "NA,12,0,6,NA", "meta.csv:3: GoalpostLow", "reversed"),
    ("meta", "NA,0,12,6,NA", "NA,12,12,6,NA", "meta.csv:3: GoalpostLow", "equal"),
    ("meta", "NA,0,12,6,NA", "NA,0,NA,6,NA", "meta.csv:3: GoalpostHigh", "one goalpost alone"),
    ("meta", "NA,0,12,6,NA", "NA,0,12,6,-0.1", "meta.csv:3: Uncertainty", "negative"),
    ("meta", "NA,0,12,6,NA", "Towns,0,12,6,NA", "meta.csv:3: Denominator", "no code of this file"),
    ("meta", "NA,0,12,6,NA", "Bank,0,12,6,NA", "meta.csv:3: Denominator", "no denominator"),
    ("experts", "Ferries,50", "Ferry,50", "experts.csv:2: iCode", 'no indicator or aggregate "Ferry"'),
    ("experts", "Ferries,50", "Ferries,-50", "experts.csv:2: Anna", "negative"),
    ("experts", "Ferries,50", "Ferries,half", "experts.csv:2: Anna", "no number"),
    ("experts", "iCode", "Code", "experts.csv:1", "iCode"),
]


def test_bad_files():
    for name, before, after, place, sentence in REFUSED:
        files = {"data": DATA, "meta": META, "experts": EXPERTS}
        files[name] = changed(files[name], name, before, after)
        got = run("composite", files["data"], files["meta"], "--experts", files["experts"], "--vary", "none")
        flat = " ".join(got.err.split())
        ok((got.code, got.out) == (4, "") and place in flat and sentence in flat, f"{place}: {sentence}", got)
    zero = open(META, encoding="utf-8").read().replace("Ways,1,2", "Ways,1,0").replace("Ways,1,1", "Ways,1,0")
    zero = zero.replace("Ways,-1,1", "Ways,-1,0")
    got = run("composite", DATA, written("meta", zero))
    ok(got.code == 4 and 'all weights inside "Ways" are 0' in " ".join(got.err.split()), "weights that are all 0", got)
    both = run("composite", changed(DATA, "data", "north,12,30", "north,x,y"), META)
    ok('"x" is no number' in both.err and '"y" is no number' in both.err, "all problems are shown at once", both.err)
    dots = written("data", "uCode;a;b\nX;1.234;2\nY;2.345;3\nZ;4.567;1\n")
    meta = written("meta", "iCode,Type,Parent\na,Indicator,T\nb,Indicator,T\nT,Aggregate,\n")
    got = run("composite", dots, meta)
    ok(got.code == 4 and "may be a thousand or a fraction" in got.err, "what can be read in two ways is refused", got)
    for data, meta_file, code, sentence in ((written("empty", "uCode,a\n"), meta, 4, "column"),
                                            (os.path.join(SCRATCH, "none.csv"), META, 3, "no such file"),
                                            (DATA, os.path.join(SCRATCH, "none.csv"), 3, "no such file"),
                                            (SCRATCH, META, 5, "folder")):
        got = run("composite", data, meta_file)
        ok((got.code, got.out) == (code, "") and sentence in got.err, f"{sentence}: exit {code}", got)
    got = run("composite", written("none", "uCode,a,b\n"), meta)
    ok((got.code, got.out) == (4, "") and "no unit" in got.err, "no unit", got)


def test_bad_choices():
    for options, code, sentence in (
            (("--treat", "winsorize"), 2, 'did you mean "winsorise"'), (("--impute", "guess"), 2, '"guess" is unknown'),
            (("--normalise", "minmax"), 2, 'did you mean "min_max"'), (("--weights", "x"), 2, "use given, equal"),
            (("--aggregate", "power"), 2, "power:P"), (("--aggregate", "weakest:2"), 2, "no power"),
            (("--aggregate", "arithmetic,median"), 2, "unknown"), (("--order", "treat"), 2, "unknown"),
            (("--order", "screen_treat_impute/screen_impute_treat"), 2, "does not vary"),
            (("--vary", "all"), 2, "unknown"), (("--vary", "none", "--normalise", "min_max/rank"), 2, "add methods"),
            (("--normalise", "rank/rank"), 2, "twice"), (("--distribution", "normal"), 2, "unknown"),
            (("--screen", "2"), 2, "share"), (("--screen", "most"), 2, "number"), (("--present", "-1"), 2, "share"),
            (("--from", "5", "--to", "1"), 2, "--from"), (("--concentration", "-3"), 2, "concentration"),
            (("--normalise", "rank", "--from", "1"), 2, "a scale of its own"),
            (("--normalise", "reference", "--to", "10"), 2, "a scale of its own"),
            (("--draws", "0"), 2, "--draws"), (("--draws", "10000001"), 2, "--draws"), (("--threads", "0"), 2, "threads"),
            (("--group", "Town"), 4, "no such column of groups"), (("--weights", "budget"), 2, "--experts FILE"),
            (("--experts", EXPERTS), 2, "--weights budget"), (("--concentration", "0"), 2, "above 0"),
            (("--aggregate", "geometric", "--normalise", "min_max"), 4, "above"),
            (("--weights", "principal"), 4, "data.csv"), (("--treat", "log", "--normalise", "reference"), 4, "")):
        got = run("composite", DATA, META, *options)
        ok((got.code, got.out) == (code, "") and sentence in got.err and got.err.startswith("entente: ") or
           (code == 4 and got.code == 4 and got.out == "" and sentence in got.err),
           f"{' '.join(options)} is refused", got)
    two = written("two", "\n".join(open(DATA, encoding="utf-8").read().splitlines()[:3]) + "\n")
    for method in ("min_max", "z_score", "rank", "percentile_rank", "borda"):
        got = run("composite", two, META, "--normalise", method)
        ok((got.code, got.out) == (4, "") and "three" in got.err, f"{method} of two units is refused", got)
    is_(run("composite", two, META).code, 0, "goalposts of two units are not")
    for missing in ((), (DATA,)):
        got = run("composite", *missing)
        ok((got.code, got.out) == (2, "") and "missing" in got.err, "DATA and META are needed", got)


def test_scale():
    document = composite("--normalise", "z_score", "--vary", "none")
    fits(document, "composite", "z-scores")
    is_(document["scale"], {"from": None, "to": None}, "z-scores have a scale of their own")
    ok("Scale" not in run("composite", DATA, META, "--normalise", "z_score", "--vary", "none").out, "the page says none")
    is_(composite("--vary", "none")["scale"], {"from": 0, "to": 100}, "shares have the one that was chosen")


def test_causes():
    """What asks for values above 0 is named, with a remedy that helps."""
    data = written("zero", "uCode,a,b\nX,0,5\nY,3,7\nZ,5,9\nW,6,2\n")
    meta = written("meta", "iCode,Type,Parent,Direction,Reference\na,Indicator,T,-1,3\nb,Indicator,T,1,3\nT,Aggregate,,,\n")
    for options, cause, hint, remedy in (
            (("--treat", "log"), "a logarithm", "--treat shifted_log", ("--treat", "shifted_log")),
            (("--normalise", "reference"), "reference is divided", "another normalisation", ("--normalise", "min_max")),
            (("--aggregate", "geometric"), "a geometric", "--from 1", ("--aggregate", "geometric", "--from", "1"))):
        got = run("composite", data, meta, *options)
        ok(got.code == 4 and "zero.csv:" in got.err and cause in got.err and hint in got.err, f"{cause}: why", got)
        is_(run("composite", data, meta, *remedy).code, 0, "the remedy helps")


def test_no_data():
    with open(DATA, encoding="utf-8") as file:
        data = written("data", file.read() + "GAP,Gapton,south,3,,,,,,,,,\n")
    document = composite("--draws", "200", data=data)
    fits(document, "composite", "a unit without data")
    last = document["units"][-1]
    is_((last["code"], last["score"], last["rank"], last["coverage"], last["missing"]), ("GAP", None, None, 0, 5),
        "a unit without any value has no score and no rank")
    page = run("composite", data, META, "--draws", "200")
    ok("no value of any indicator" in page.flat and "1 unit has no value at all" in page.flat, "and the page says so", page)


# ---- the page ----

def test_pages():
    wide = written("wide", "uCode,a,b\n" + "".join(f"U{i},{i % 7},{(i * 5) % 11}\n" for i in range(260)))
    meta = written("meta", "iCode,Type,Parent\na,Indicator,T\nb,Indicator,T\nT,Aggregate,\n")
    for language, words in (("en", ("Scores and ranks", "Which weights make", "How it was made", "What was drawn", "goalposts:")),
                            ("de", ("Werte und Ränge", "Bei welchen Gewichten", "Wie es gerechnet ist", "Was gezogen wurde", "goalposts:"))):
        for data, meta_file in ((DATA, META), (wide, meta)):
            page = run("composite", data, meta_file, "--lang", language, "--draws", "200")
            ok(page.code == 0 and page.err == "", f"the page in {language}", page)
            none_of([line for line in page.out.splitlines() if len(line) > 80], "no line is wider than 80 columns")
        page = run("composite", DATA, META, "--lang", language, "--draws", "200")
        none_of([w for w in words if w not in page.out], "it has its parts")
        is_(run("composite", DATA, META, "--lang", language, "--draws", "200").raw, page.raw, "the same bytes twice")
    units = composite("--draws", "200")["units"]
    far = max(units, key=lambda u: abs(u["score"] - u["drawn_score"]["median"]))
    page = run("composite", DATA, META, "--draws", "200")
    ok(f"farthest from the score for {far['code']}: {far['drawn_score']['median']:.1f} for {far['score']:.1f}" in page.flat,
       "the page says that it shows the score, and how far the median of the draws is from it", page)
    ok("farthest from" not in run("composite", DATA, META, "--vary", "none").flat, "where there are draws")
    many = run("composite", wide, meta, "--draws", "200")
    ok("160 more units" in many.flat and "U259" in run("composite", wide, meta, "--format", "csv", "--draws", "200").out,
       "of many units the page has the best, and CSV all", many)
    few = run("composite", DATA, META, "--vary", "none")
    ok("correlations mean nothing" in few.flat and "How it was made" in few.out, "of few units there are no correlations")
    ok("Alpha" in many.out, "of many there are")
    table = list(csv.DictReader(run("composite", DATA, META, "--format", "csv", "--draws", "200").out.splitlines()))
    units = [row for row in table if row["part"] == "units"]
    is_([row["code"] for row in units], [u["code"] for u in composite("--draws", "200")["units"]], "CSV has the units")
    ok(all(row["scores.Ways"] and row["drawn_score.low"] for row in units), "with their scores", units[0])
    marked = run("composite", DATA, META, "--format", "md", "--draws", "200")
    ok(marked.out.startswith("# River index") and "| Colmouth (COL) |" in marked.out, "Markdown has a table", marked)


def test_small_shares():
    """A share is "0%" or "100%" only where it is none or all of the draws."""
    data = written("shares", "uCode,a,a_low,a_high\nA,9,5.0,10\nB,5,2,6\n")
    meta = written("meta", "iCode,Type,Parent,Direction,Low,High,GoalpostLow,GoalpostHigh\n"
                   "a,Indicator,T,1,a_low,a_high,0,10\nT,Aggregate,,,,,,\n")
    for number in range(1, 40):
        options = ("--draws", "400", "--vary", "values", "--seed", str(number))
        shares = [s for u in composite(*options, data=data, meta=meta)["units"] for s in u["better"] if s is not None]
        if min(shares) > 0 and min(shares) < 0.005:
            break
    else:
        ok(False, "some draws have a small share")
        return
    ok(0.995 < max(shares) < 1, "and its contrary is a large one", shares)
    for language, space in (("en", ""), ("de", "\u00a0")):
        for form in ("table", "md"):
            page = run("composite", data, meta, *options, "--lang", language, "--format", form).out.replace("\\", "")
            ok(f"<1{space}%" in page and f">99{space}%" in page and not re.search(rf"(?<![\d.,])0{space}%", page),
               f"{language}, {form}: neither none nor all", page)


def test_document():
    """docs/composite.md names every option, method, column and file, and its commands run."""
    with open(os.path.join(ROOT, "docs", "composite.md"), encoding="utf-8") as file:
        text = file.read()
    shown = run("help", "composite").out
    options = re.findall(r"^  --([a-z]+)", shown.split("Options:")[1], re.M)
    ok(len(options) > 15, "there are options", options)
    none_of([o for o in options if f"--{o}" not in text and o not in ("store", "lang", "seed")], "each option is there")
    lists = shown.split("with the reason:")[1].split("Methods with slashes")[0]
    methods = [m for m in re.findall(r"[a-z_]+(?::P)?", re.sub(r"--[a-z]+", "", lists))]
    ok(len(methods) > 35, "there are methods", methods)
    none_of([m for m in methods if f"`{m}`" not in text], "each method is there")
    none_of([c for c in rows(META)[0] if f"`{c}`" not in text], "each column of META is there")
    commands = [line.split()[1:] for line in re.search(r"```sh\n(.*?)```", text, re.S).group(1).splitlines()]
    failed = [c for c in commands if run(*[os.path.join(ROOT, a) if a.startswith("tests/") else a for a in c]).code]
    ok(len(commands) > 3, "there are commands")
    none_of(failed, "and each of them runs")
    place = os.path.join(folder("document"), "out")
    run("composite", DATA, META, "--indices", "--weights", "budget", "--experts", EXPERTS, "--draws", "50", "--export",
        place)
    none_of([n for n in os.listdir(place) if n not in text and not n.startswith("6_level_3")], "each file is there")


def test_large():
    """A hundred thousand units in a few seconds; a million in bounded memory is not for every run of the tests."""
    count = 100000
    data = written("large", "uCode,a,b,c\n" + "".join(f"U{i},{i % 997},{i * 7 % 1009},{i * 11 % 1013}\n"
                                                    for i in range(count)))
    meta = written("meta", "iCode,Type,Parent\na,Indicator,T\nb,Indicator,T\nc,Indicator,T\nT,Aggregate,\n")
    page = run("composite", data, meta)
    ok(page.code == 0 and "Only 200 draws" in page.flat, "as many draws as fit", page)
    ok("Not computed: with so many units" in page.flat, "the page says why there is no coherence", page)
    refused = run("composite", data, meta, "--draws", "10000")
    ok((refused.code, refused.out) == (2, "") and "--draws 1000 or fewer" in refused.err, "more are refused", refused)
    document = run("composite", data, meta, "--vary", "none", "--format", "json")
    ok(document.code in (0, 2), "a document of that size is whole or refused", document.err)
    target = os.path.join(folder("large"), "out")
    is_(run("composite", data, meta, "--vary", "none", "--export", target).code, 0, "an export is written")
    with open(os.path.join(target, "7_ranks.csv"), encoding="utf-8") as file:
        is_(sum(1 for _ in file), count + 1, "with all units")
    shutil.rmtree(target)
    wide = written("wide", "uCode," + ",".join(f"c{i}" for i in range(300)) + "\n" +
                   "".join(f"U{i}" + ",1" * 300 + "\n" for i in range(70000)))
    big = written("meta", "iCode,Type,Parent\n" + "".join(f"c{i},Indicator,T\n" for i in range(300)) + "T,Aggregate,\n")
    got = run("composite", wide, big)
    ok((got.code, got.out) == (4, "") and "more than 20000000 figures" in " ".join(got.err.split()),
       "what is too large is refused", got)


def test_coherence_limit():
    """Coherence is computed up to a stated size; beyond it the answer says that it was not."""
    meta = written("meta", "iCode,Type,Parent\na,Indicator,T\nb,Indicator,T\nc,Indicator,T\nT,Aggregate,\n")
    for count, is_there in ((8660, True), (8661, False)):
        data = written("limit", "uCode,a,b,c\n" + "".join(f"U{i},{i % 97},{i * 7 % 101},{i * 11 % 103}\n"
                                                        for i in range(count)))
        document = composite("--vary", "none", data=data, meta=meta)
        fits(document, "composite", f"the answer of {count} units")
        is_((document["few_to_correlate"], document["many_to_correlate"],
             all((n["coherence"] is not None) == is_there for n in document["nodes"])), (False, not is_there, True),
            f"of {count} units there is {'a' if is_there else 'no'} coherence, and the document says so")


def test_interrupt():
    place = folder("stopped")
    target = os.path.join(place, "out")
    data = written("data", "uCode,a,b,c\n" + "".join(f"U{i},{i % 97},{i * 7 % 109},{i * 11 % 113}\n" for i in range(400)))
    meta = written("meta", "iCode,Type,Parent\na,Indicator,T\nb,Indicator,T\nc,Indicator,T\nT,Aggregate,\n")
    child = subprocess.Popen([PROGRAM, "composite", data, meta, "--draws", "250000", "--export", target, "--threads", "2"],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=SCRATCH)
    began = time.monotonic()
    blocked = 0
    while child.poll() is None and not blocked and time.monotonic() - began < 60:
        with open(f"/proc/{child.pid}/status", encoding="ascii") as file:
            found = re.search(r"^SigBlk:\s*([0-9a-f]+)", file.read(), re.M)
            blocked = int(found.group(1), 16) >> (signal.SIGINT - 1) & 1 if found else 0
        time.sleep(0.002)
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=120)
    is_((child.returncode, out), (130, b""), "Ctrl-C stops a run with 130 and nothing on stdout")
    is_(os.listdir(place), [], "and leaves no folder, nor half of one")


test_scores()
test_draws()
test_methods()
test_drivers()
test_forms()
test_export()
test_strange_round()
test_export_of_treatment()
test_panel()
test_ranges()
test_bad_files()
test_bad_choices()
test_scale()
test_causes()
test_no_data()
test_pages()
test_small_shares()
test_document()
test_large()
test_coherence_limit()
test_interrupt()
tap.done()
