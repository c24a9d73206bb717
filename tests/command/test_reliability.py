#!/usr/bin/python3 -B
"""test_reliability - how far coders agree: alpha against another way to compute it, for two coders and for three; the
items on which they part; that disagreement widens the intervals of an assessment."""
import json
import os

import tap
from schema import fits
from tap import BUNDLED, RIVER, answer, copy_of, is_, none_of, ok, rows_of, run, table, write


def reliability(package, *arguments):
    return answer("study", "reliability", package, *arguments)


def units_of(package, scale):
    """Values by item of one scale, those of each coder's last coding."""
    units = {}
    for row in rows_of(package, "codings"):
        if row["aspect"] == scale:
            units.setdefault(row["item"], {})[row["coder"]] = float(row["value"])
    return units


def alpha(units, levels, ordinal):
    """Krippendorff's alpha from the pairs of values themselves, not from a matrix of coincidences."""
    units = [list(values.values()) for values in units.values() if len(values) > 1]
    every = [value for unit in units for value in unit]

    def distance(a, b):
        if not ordinal:
            return (a - b) ** 2
        low, high = min(a, b), max(a, b)
        between = sum(every.count(level) for level in levels if low <= level <= high)
        return (between - (every.count(low) + every.count(high)) / 2) ** 2 if low != high else 0

    observed = sum(distance(a, b) / (len(unit) - 1) for unit in units for i, a in enumerate(unit)
                   for j, b in enumerate(unit) if i != j)
    expected = sum(distance(a, b) for i, a in enumerate(every) for j, b in enumerate(every) if i != j)
    return 1 - (len(every) - 1) * observed / expected if expected else None


def points(scale):
    return [float(n) for n in range(int(scale["minimum"]), int(scale["maximum"]) + 1)]


def holds_alphas(package, name):
    scales = {row["id"]: row for row in rows_of(package, "scales")}
    found = {entry["scale"]: entry for entry in reliability(package)["agreement"]}
    wrong = []
    for scale, row in scales.items():
        units = units_of(package, scale)
        twice = {item: values for item, values in units.items() if len(values) > 1}
        if not twice:
            continue
        entry = found.pop(scale, None)
        wanted = alpha(units, points(row), row["measurement"] == "ordinal")
        if not entry or (entry["alpha"] is None) != (wanted is None) or \
                (wanted is not None and abs(entry["alpha"] - wanted) > 1e-6):
            wrong.append(f"{scale}: {entry and entry['alpha']}, not {wanted}")
        elif entry["items"] != len(twice) or entry["alone"] != len(units) - len(twice) or \
                entry["equal"] != sum(len(set(values.values())) == 1 for values in twice.values()):
            wrong.append(f"{scale}: {entry}")
        elif entry["alpha"] is not None and not entry["low"] <= entry["high"]:
            wrong.append(f"{scale}: no interval")
    none_of(wrong + sorted(found), f"{name}: alphas are those of another way to compute them")


def with_third_coder():
    """A third coder who is one point off now and then, and of whom an item has two codings."""
    package = copy_of(BUNDLED, "third")
    fields, rows = table(package, "coders")
    write(package, "coders", fields, rows + [{**rows[0], "id": "third"}])
    scales = {row["id"]: row for row in rows_of(package, "scales")}
    fields, rows = table(package, "codings")
    more = []
    for n, row in enumerate(row for row in rows if row["coder"] == rows[0]["coder"]):
        if n % 3 == 2:
            continue
        ends = scales[row["aspect"]]
        step = 1 if float(row["value"]) < float(ends["maximum"]) else -1
        value = int(float(row["value"])) + (step if n % 4 == 0 else 0)
        more.append({**row, "id": f"{row['id']}-third", "coder": "third", "value": value, "low": "", "high": ""})
    write(package, "codings", fields, rows + more)
    return package


def test_alphas():
    holds_alphas(BUNDLED, "the bundled study")
    third = with_third_coder()
    holds_alphas(third, "three coders")
    document = reliability(third)
    is_([coder["id"] for coder in document["coders"]], [row["id"] for row in rows_of(third, "coders")],
        "coders stand as in the package")
    ok(any(len(item["values"]) == 3 for item in document["disagreements"]), "an item has the values of three coders")
    check = answer("study", "check", third)["agreement"]
    is_(check, document["agreement"], "the check says the same")


def test_disagreements():
    third = with_third_coder()
    scales = {row["id"]: row for row in rows_of(third, "scales")}
    wanted = {}
    for scale, row in scales.items():
        for item, values in units_of(third, scale).items():
            distance = max(values.values()) - min(values.values())
            if distance:
                wanted[item, scale] = distance / (float(row["maximum"]) - float(row["minimum"]))
    document = reliability(third)
    fits(document, "reliability", "the answer")
    found = {(item["key"], item["scale"]): item["apart"] for item in document["disagreements"]}
    is_(found, wanted, "all items on which coders part are listed")
    distances = [item["apart"] for item in document["disagreements"]]
    is_(distances, sorted(distances, reverse=True), "the largest distance stands first")
    none_of([item["key"] for item in document["disagreements"]
             if any(not value["rationale"] for value in item["values"])], "each value has its reason")
    page, every = run("study", "reliability", third), run("study", "reliability", third, "--all")
    ok(page.code == 0 and len(every.out) > 2 * len(page.out), "--all lists more", page)
    one = reliability(third, "--scale", "stance")
    is_({item["scale"] for item in one["disagreements"]} | {entry["scale"] for entry in one["agreement"]}, {"stance"},
        "one scale can be asked for")
    unknown = run("study", "reliability", "--scale", "stanze")
    ok(unknown.code == 3 and "stance" in unknown.err, "an unknown scale is refused with the nearest", unknown)
    german = run("study", "reliability", "--lang", "de")
    ok(german.code == 0 and "Wo Codierer auseinanderliegen" in german.out, "in German too", german)


def test_one_coder():
    package = copy_of(BUNDLED, "one")
    fields, rows = table(package, "codings")
    first = rows[0]["coder"]
    write(package, "codings", fields, [row for row in rows if row["coder"] == first])
    write(package, "statements", table(package, "statements")[0], [])  # some speak of the other's codings
    document = reliability(package)
    is_((document["agreement"], document["disagreements"]), ([], []), "one coder alone agrees with nobody")
    fits(document, "reliability", "the answer about one coder")


def confidential(package):
    path = os.path.join(package, "sources.json")
    with open(path, encoding="utf-8") as file:
        sources = json.load(file)
    for source in sources:
        source["custom"] = {"handling": "confidential"}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(sources, file, ensure_ascii=False)


def test_confidential():
    package = copy_of(BUNDLED, "secret")
    confidential(package)
    open_one, secret = reliability(BUNDLED), reliability(package)
    is_(secret["agreement"], open_one["agreement"], "what is confidential counts")
    is_((len(secret["disagreements"]), secret["withheld_disagreements"]), (0, len(open_one["disagreements"])),
        "and is not listed")


def width(package, key):
    figure = answer("explain", package, key, "--draws", "4000")["root"]["score"]
    return figure["high"] - figure["low"]


def test_draws():
    """The first coder of an item against one who gives the other end of the scale."""
    key = "us-japan/agreement/third_power/third_threat"
    packages = {}
    for name in ("agree", "part"):
        package = copy_of(BUNDLED, name)
        fields, rows = table(package, "codings")
        threats = {row["id"] for row in rows_of(package, "threats") if row["issue"] == "third_threat"}
        for row in rows:
            if row["item"].split(":")[1] in threats and row["aspect"] == "severity":
                row.update(value=4 if name == "part" and row["coder"] == "b" else 1, low="", high="")
        write(package, "codings", fields, rows)
        packages[name] = width(package, key)
    ok(packages["part"] > packages["agree"] + 10, "disagreement of coders widens the interval", packages)


test_alphas()
test_disagreements()
test_one_coder()
test_confidential()
test_draws()
is_(reliability(RIVER)["program"], answer("study", "check", RIVER)["program"], "a second package is answered too")
tap.done()
