#!/usr/bin/python3 -B
"""compare_coinr PROGRAM FOLDER: what coinr.R wrote into FOLDER beside what `entente composite` makes of the same tables
with the same choices: every normalised value, the score of every node and every rank; for the example correlations and
Cronbach's alpha too. Prints the largest difference of each; exit code 1 where one is above 1e-10 (alpha, of which an
answer has six decimals: 1e-6)."""
import csv
import json
import math
import os
import shutil
import subprocess
import sys

PROGRAM, FOLDER = sys.argv[1], sys.argv[2]
LIMIT = 1e-10
LIMITS = {"alpha": 1e-6}
GROUP = ["--impute", "group_mean", "--group", "EurAsia_group"]
MIN_MAX = ["--normalise", "min_max"]

# The choices of each case, and where the two differ by definition, why, and by what the comparison accounts for it.
CASES = {
    "example": ["--order", "impute_screen_treat", *GROUP, "--screen", "0.9", "--treat", "as_coin_tool", *MIN_MAX],
    "missing": MIN_MAX,
    "present": [*MIN_MAX, "--present", "0.9"],
    "mean": [*MIN_MAX, "--impute", "mean"],
    "median": [*MIN_MAX, "--impute", "median"],
    "group_mean": [*MIN_MAX, *GROUP],
    "screen": [*MIN_MAX, "--screen", "0.95"],
    "as_coin_tool": [*MIN_MAX, "--treat", "as_coin_tool"],
    "winsorise": [*MIN_MAX, "--treat", "winsorise"],
    "shifted_log": [*MIN_MAX, "--treat", "shifted_log"],
    "z_score": ["--normalise", "z_score"],
    "rank": ["--normalise", "rank"],
    "percentile_rank": ["--normalise", "percentile_rank", "--from", "0", "--to", "1"],
    "borda": ["--normalise", "borda"],
    "goalposts": ["--normalise", "goalposts"],
    "weights": MIN_MAX,
    "geometric": [*MIN_MAX, *GROUP, "--from", "1", "--aggregate", "geometric"],
    "harmonic": [*MIN_MAX, *GROUP, "--from", "1", "--aggregate", "harmonic"],
    "power": [*MIN_MAX, *GROUP, "--from", "1", "--aggregate", "power:2"],
    "mixed": [*MIN_MAX, *GROUP, "--from", "1", "--aggregate", "geometric,arithmetic,harmonic"],
    "principal": [*MIN_MAX, *GROUP, "--weights", "principal"],
    "copeland": [*MIN_MAX, *GROUP, "--aggregate", "copeland"],
    "panel": MIN_MAX,
    "carry_forward": [*MIN_MAX, "--impute", "carry_forward"],
    "rank_least": ["--normalise", "rank"],
}
NOTES = {
    "copeland": "COINr counts pairs won less pairs lost; here they are divided by n - 1, so that a score does not hang on n",
    "principal": "COINr's weights are the loadings with their signs; here, as in the handbook, they are squared (so in both)",
    "rank_least": "COINr gives ties the least of their ranks, here they share the mean: this case differs by definition",
    "panel": "COINr ranks each year by itself, here all rows: ranks are not compared",
}
DIFFERS = {"rank_least"}
PANELS = {"panel", "carry_forward"}


def read(path, keys):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    number = lambda cell: float(cell) if cell not in ("", "NA") else math.nan
    names = ("uCode", "uName", "Time", "iCode")
    return {tuple(row[k] for k in keys): {c: number(v) for c, v in row.items() if c not in names} for row in rows}


def gap(ours, theirs):
    """The largest difference, and how many cells were compared. What is missing must be missing in both."""
    most, count = 0.0, 0
    for key, row in theirs.items():
        for column, value in row.items():
            mine = ours.get(key, {}).get(column, math.nan)
            count += 1
            if math.isnan(value) != math.isnan(mine):
                return math.inf, count
            if not math.isnan(value):
                most = max(most, abs(value - mine))
    return most, count


def shared(ranks):
    """Ranks of which ties share their mean, from ranks of which ties have the least."""
    values = [row["Index"] for row in ranks.values()]
    return {key: {"rank": row["Index"] + (values.count(row["Index"]) - 1) / 2} for key, row in ranks.items()}


def compare(case, options):
    place, out = os.path.join(FOLDER, case), os.path.join(FOLDER, case, "entente")
    shutil.rmtree(out, ignore_errors=True)
    tables = [os.path.join(place, name) for name in ("iData.csv", "iMeta.csv")]
    answer = subprocess.run([PROGRAM, "composite", *tables, "--vary", "none", "--export", out, "--format", "json", *options],
                            check=True, stdout=subprocess.PIPE).stdout
    keys = ["uCode", "Time"] if case in PANELS else ["uCode"]
    units = read(os.path.join(out, "7_ranks.csv"), keys)
    kept = [key for key, row in units.items() if row["kept"]]
    scale = len(units) - 1 if case == "copeland" else 1
    scores = {}
    for name in sorted(os.listdir(out)):
        if name.startswith("6_level_"):
            for key, row in read(os.path.join(out, name), keys).items():
                scores.setdefault(key, {}).update({c: v * scale for c, v in row.items()})
    normalised = read(os.path.join(place, "normalised.csv"), keys)
    their_scores = read(os.path.join(place, "scores.csv"), keys)
    gaps = {"normalised": gap(read(os.path.join(out, "4_normalised.csv"), keys), normalised),
            "scores": gap(scores, their_scores)}
    if sorted(kept) != sorted(normalised):
        gaps["units"] = (math.inf, len(kept))
    if case not in PANELS:
        gaps["ranks"] = gap(units, shared(read(os.path.join(place, "ranks.csv"), keys)))
    if os.path.exists(os.path.join(place, "correlations.csv")):
        gaps["correlations"] = gap(read(os.path.join(out, "8_correlations.csv"), ["iCode"]),
                                   read(os.path.join(place, "correlations.csv"), ["iCode"]))
        alpha = {(n["code"],): {"alpha": (n["coherence"] or {}).get("alpha")} for n in json.loads(answer)["nodes"]}
        gaps["alpha"] = gap(alpha, read(os.path.join(place, "alpha.csv"), ["iCode"]))
    return gaps


def main():
    failed, cells = [], 0
    print("%-16s %-13s %6s  %s" % ("case", "what", "cells", "largest difference"))
    for case, options in CASES.items():
        gaps = compare(case, options)
        for what, (most, count) in gaps.items():
            cells += count
            print("%-16s %-13s %6d  %.1e" % (case, what, count, most))
        if case not in DIFFERS and any(most > LIMITS.get(what, LIMIT) for what, (most, _) in gaps.items()):
            failed.append(case)
        if case in NOTES:
            print("%-16s %s" % ("", NOTES[case]))
    print("compared %d figures of %d cases with COINr; above %g: %s" %
          (cells, len(CASES), LIMIT, ", ".join(failed) if failed else "none"))
    return 1 if failed else 0


sys.exit(main())
