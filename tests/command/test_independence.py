#!/usr/bin/python3 -B
"""test_independence - an unrelated row, or another order of rows, changes no other draw; a changed coding changes what
rests on it and nothing else. Figures are compared exactly."""
import json
import os
import random

import tap
import tree
from tap import BUNDLED, RIVER, answer, none_of, ok, table, write

DRAWS = ("--draws", "700")  # more than one block of draws


def ask(command, folder, *options):
    document = answer(command, folder, "--store", ":memory:", *DRAWS, *options)
    document.pop("inputs_sha256")  # the hash of the files themselves
    if "alliances" in document:  # they stand as in the file, and their order is no figure
        document["alliances"].sort(key=lambda alliance: alliance["id"])
    return document


def shuffle(folder, seed):
    order = random.Random(seed)
    names = sorted(name[:-4] for name in os.listdir(folder) if name.endswith(".csv"))
    for name in names:
        fields, rows = table(folder, name)
        order.shuffle(rows)
        write(folder, name, fields, rows)
    path = os.path.join(folder, "sources.json")
    with open(path, encoding="utf-8") as file:
        sources = json.load(file)
    order.shuffle(sources)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(sources, file, ensure_ascii=False)


def differences(a, b, at=""):
    """Places where two documents differ."""
    if isinstance(a, dict) and isinstance(b, dict):
        for name in sorted(set(a) | set(b)):
            yield from differences(a.get(name), b.get(name), f"{at}/{name}")
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for i, (x, y) in enumerate(zip(a, b)):
            yield from differences(x, y, f"{at}/{i}")
    elif a != b:
        yield f"{at}: {str(a)[:80]} / {str(b)[:80]}"


def by_id(document):
    """Expectations by id: they may stand in another order."""
    return {e["id"]: {**e, "parts": {p["id"]: p for p in e["parts"]}} for e in document["expectations"]}


def test_order(package, name, *options):
    before = ask("assess", package, *options)
    expected = ask("expect", package, *options)
    for seed in (1, 2):
        copy = tap.copy_of(package, "shuffled")
        shuffle(copy, seed)
        ok(any(table(copy, t)[1] != table(package, t)[1] for t in ("codings", "members", "observations")),
           f"{name}: the rows stand in another order ({seed})")
        none_of(list(differences(before, ask("assess", copy, *options))),
                f"{name}: another order of rows changes nothing in the answer ({seed})")
        after = ask("expect", copy, *options)
        none_of(list(differences(by_id(expected), by_id(after))),
                f"{name}: nor in the shares of draws of expectations ({seed})")
        ok(len(after["expectations"]) == len(expected["expectations"]),
           f"{name}: parts of one expectation stay together ({seed})")


def test_unrelated(package, name, actor, citation):
    before = ask("assess", package)
    copy = tap.copy_of(package, "unrelated")
    fields, rows = table(copy, "indicators")
    rows.insert(0, dict.fromkeys(fields, "") | {
        "id": "lighthouses", "label_en": "Lighthouses", "label_de": "Leuchttürme", "description_en": "Lights in service",
        "description_de": "Leuchtfeuer im Dienst", "unit": "pieces", "subjects": "actor"})
    write(copy, "indicators", fields, rows)
    fields, rows = table(copy, "observations")
    rows.insert(0, dict.fromkeys(fields, "") | {
        "id": "lighthouses-one", "indicator": "lighthouses", "actor": actor, "period": before["as_of"][:4],
        "value": "7", "low": "5", "high": "9", "unit": "pieces", "status": "reported", "citations": citation})
    write(copy, "observations", fields, rows)
    none_of(list(differences(before, ask("assess", copy))), f"{name}: an unrelated observation changes nothing")
    node = answer("explain", copy, "observations:lighthouses-one", "--store", ":memory:", *DRAWS)["root"]
    ok(node["kind"] == "row", f"{name}: the row was read")


def scores(document):
    """Key -> score of everything but the forces, whose effects are differences of the score as a whole."""
    found = {}
    for alliance in document["alliances"]:
        for entry in tree.keyed({k: v for k, v in alliance.items() if k not in ("strengths", "fault_lines")}):
            found[entry["key"]] = tree.score_of(entry)
    found.update({a["key"]: (a["score"], a["aggregations"], a["class"]) for a in document["alliances"]})
    return found


def test_one_coding(package, name, coding, value, rests, must):
    """rests: keys that rest on the coding; must: those of them that have to move."""
    before = ask("assess", package)
    copy = tap.copy_of(package, "coding")
    fields, rows = table(copy, "codings")
    changed = [row for row in rows if row["id"] == coding]
    ok(len(changed) == 1 and changed[0]["value"] != value, f"{name}: the coding {coding} is there with another value")
    for row in changed:
        row.update(value=value, low="", high="")
    write(copy, "codings", fields, rows)
    after = ask("assess", copy)
    old, new = scores(before), scores(after)
    moved = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    none_of(sorted(moved - rests), f"{name}: nothing else moves with {coding}")
    none_of(sorted(must - moved), f"{name}: what rests on {coding} moves")
    for old_alliance, new_alliance in zip(before["alliances"], after["alliances"]):
        if old_alliance["key"] not in rests:
            none_of(list(differences(old_alliance, new_alliance)),
                    f"{name}: {old_alliance['key']} is as it was, effects and all")


def ancestors(key):
    """A key and what stands above it: a/b/c, a/b, a."""
    parts = key.split("/")
    return {"/".join(parts[:i + 1]) for i in range(len(parts))}


test_order(BUNDLED, "bundled")
test_order(RIVER, "river", "--as-of", "2031-06-30")
test_unrelated(BUNDLED, "bundled", "JPN", "fn1")
test_unrelated(RIVER, "river", "ALV", "fn1")

POSITION = ancestors("us-korea/agreement/rival/rival_policy")
test_one_coding(BUNDLED, "position", "cod-a-pos-rival_policy-kor-moon-stance", "2", POSITION, POSITION)
SUPPORT = (ancestors("us-korea/support/government/support_head") |
           ancestors("us-korea:KOR>USA/support/government/support_head"))
test_one_coding(BUNDLED, "support", "cod-a-sup-alliance-kor-moon-korea-support", "-2",
                SUPPORT | {"us-korea:KOR/readings/alliance_split"}, SUPPORT)
RIVER_SUPPORT = ancestors("river-pact/backing/capital/assembly_backing") | {
    key for other in ("ALV", "BRK") for key in ancestors(f"river-pact:CRD>{other}/backing/capital/assembly_backing")}
test_one_coding(RIVER, "river", "k1-pact-hillmen-support", "5",
                RIVER_SUPPORT | {"river-pact:CRD/readings/pact_rift"}, RIVER_SUPPORT)
tap.done()
