#!/usr/bin/python3 -B
"""test_published_index - entente composite against an index that others publish: the Human Development Index of 2021.

Components, index and rank of 14 countries as the United Nations Development Programme publishes them (Human Development
Report 2021/2022, composite indices, complete time series; CC BY 3.0 IGO), from both ends of the list and its middle,
with all three that lie beyond a goalpost. Goalposts and formula: the report's technical note 1: health from 20 to 85
years, expected schooling to 18 and mean schooling to 15 years, their mean is education, the logarithm of income from
ln 100 to ln 75,000; the index is the geometric mean of the three. It is published with three decimals."""
import csv
import math
import os

import tap
from tap import answer, folder, is_, none_of

PUBLISHED = os.path.join(os.path.dirname(__file__), "..", "composite", "hdi-2021.csv")
PLACE = folder("hdi")
INDICATORS = (("life_expectancy", "health", 20, 85), ("expected_schooling", "education", 0, 18),
              ("mean_schooling", "education", 0, 15), ("income", "living", math.log(100), math.log(75000)))


def write(name, rows):
    path = os.path.join(PLACE, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


with open(PUBLISHED, encoding="utf-8", newline="") as file:
    countries = list(csv.DictReader(file))
codes = [indicator[0] for indicator in INDICATORS]
data = [["uCode", "uName", *codes]]
for c in countries:
    data.append([c["uCode"], c["uName"], *(c[code] for code in codes[:3]), repr(math.log(float(c["income"])))])
meta = [["iCode", "Type", "Parent", "GoalpostLow", "GoalpostHigh"]]
meta += [[code, "Indicator", parent, repr(float(low)), repr(float(high))] for code, parent, low, high in INDICATORS]
meta += [[code, "Aggregate", "hdi", "", ""] for code in ("health", "education", "living")]
meta += [["hdi", "Aggregate", "", "", ""]]

got = answer("composite", write("data.csv", data), write("meta.csv", meta), "--normalise", "goalposts", "--to", "1",
             "--aggregate", "arithmetic,geometric", "--vary", "none")
scores = {unit["code"]: unit["score"] for unit in got["units"]}
none_of([(c["uCode"], c["hdi"], scores[c["uCode"]]) for c in countries if round(scores[c["uCode"]], 3) != float(c["hdi"])],
        "each index has the three decimals that are published")
is_([c["uCode"] for c in sorted(countries, key=lambda c: -scores[c["uCode"]]) if c["hdi"] != "0.925"],
    [c["uCode"] for c in countries if c["hdi"] != "0.925"], "and the order is the published one")
of = {unit["code"]: unit["scores"] for unit in got["units"]}
is_((of["HKG"]["life_expectancy"], of["AUS"]["expected_schooling"], of["LIE"]["income"]), (1, 1, 1),
    "what lies beyond a goalpost counts as at it")
is_(of["DEU"]["education"], round((of["DEU"]["expected_schooling"] + of["DEU"]["mean_schooling"]) / 2, 6),
    "schooling is a mean, not a product")
tap.done()
