#!/usr/bin/python3 -B
"""test_compare - two sides on the evidence that both have: dates, editions, days of knowledge, models, alliances,
studies; what is missing on a side; what changed, the world or the evidence."""
import json
import os

import schema
import tap
from tap import BUNDLED, RIVER, answer, copy_of, is_, none_of, ok, run, table, write

DRAWS = ("--draws", "500")
DATES = ("--as-of", "2020-12-31", "--as-of", "2021-02-01")


def compare(*arguments, **more):
    document = answer("compare", *arguments, *DRAWS, **more)
    schema.fits(document, "compare", "the answer")
    return document


def alliance(document, name):
    return next(a for a in document["alliances"] if a["from"]["id"] == name)


def indicators(entry):
    """All indicators of an alliance by key: its own, and what members give each other."""
    found = {}
    for criterion in [*entry["criteria"], *entry["giving"]]:
        for dimension in criterion["dimensions"]:
            for indicator in dimension["indicators"]:
                found[indicator["key"]] = indicator
    return found


def near(a, b, slack=1e-3):
    return a is not None and b is not None and abs(a - b) <= slack


def test_dates():
    """What the study says of Washington: the president's support rises with the change of office, as does nothing of
    those who held the same office before and after."""
    document = compare(BUNDLED, *DATES)
    is_(sorted(a["from"]["id"] for a in document["alliances"]), ["us-japan", "us-korea"], "both alliances are compared")
    for name, giver in (("us-japan", "JPN"), ("us-korea", "KOR")):
        found = indicators(alliance(document, name))
        president = found[f"{name}:USA>{giver}/support/government/support_head"]
        ok(president["score"]["difference"]["low"] > 0, f"{name}: the president's support in Washington rises",
           president)
        ok(president["changed"] == {"world": True, "evidence": False, "model": False}, "for the world changed",
           president["changed"])
        ok(not president["same_rows"], "with other rows on either side")
        officials = found[f"{name}:USA>{giver}/support/government/support_services"]
        ok(officials["same_rows"] and officials["score"]["difference"]["median"] == 0,
           "Pentagon and military rest on the same rows and do not change", officials)
        drivers = alliance(document, name)["drivers"]
        ok(any("support_head" in d["key"] and d["citations_from"] and d["citations_to"] for d in drivers),
           f"{name}: it drives the change, with citations of both sides", [d["key"] for d in drivers])
        is_(sorted(drivers, key=lambda d: -abs(d["expected"])), drivers, "drivers stand by their size")
        none_of([d["key"] for d in drivers if not d["changed"]["world"]], "each says that the world changed")
    page = run("compare", BUNDLED, *DATES, *DRAWS)
    ok("On both sides, other rows" in page.out and "Head of government and circle (United States →" in page.flat,
       "the page lists the indicators with evidence on both dates", page)
    none_of([line for line in page.out.splitlines() if len(line) > 80], "no line is longer than 80 columns")
    german = run("compare", BUNDLED, *DATES, *DRAWS, "--lang", "de")
    ok("Von 31. Dezember 2020 bis 1. Februar 2021" in german.out, "in German too", german)


def test_difference():
    """The difference over common draws is that of the two assessments, and its interval is narrower than theirs."""
    document = compare(BUNDLED, *DATES)
    scores = [{a["id"]: a["score"] for a in answer("assess", BUNDLED, "--as-of", day, *DRAWS)["alliances"]}
              for day in ("2020-12-31", "2021-02-01")]
    for entry in document["alliances"]:
        name = entry["from"]["id"]
        is_([entry["from"]["score"], entry["to"]["score"]], [s[name] for s in scores],
            f"{name}: each side's score is what assess says")
        if entry["parts"]["one_sided_evidence"]["median"] == 0:
            ok(near(entry["difference"]["median"], entry["common"]["difference"]["median"]),
               "without one-sided evidence both differences are one", entry["difference"])
    same = run("compare", BUNDLED, "--as-of", "2021-02-01")
    ok(same.code == 2 and "the same" in same.err, "sides that are the same are refused", same)
    turned = compare(BUNDLED, "--as-of", "2021-02-01", "--as-of", "2020-12-31")
    for entry in turned["alliances"]:
        other = alliance(document, entry["from"]["id"])
        ok(near(entry["common"]["difference"]["low"], -other["common"]["difference"]["high"], 0.2),
           "turned round, the difference has the other sign", entry["common"], other["common"])


def test_missing():
    """A figure that one date alone has is left out on both and listed with the reason."""
    document = compare(BUNDLED, "--as-of", "1995", "--as-of", "2021-05")
    found = indicators(alliance(document, "us-japan"))
    lost = {key: i for key, i in found.items() if i["missing_from"] and i["missing_to"] and
            i["missing_to"]["code"] == "not_common"}
    ok(lost, "what 1995 does not know is listed")
    none_of([k for k, i in lost.items() if i["score"]["difference"]["median"] is not None],
            "and has no figure on either side")
    none_of([k for k, i in found.items() if not i["missing_from"] and not i["missing_to"] and
             (i["score"]["from"]["median"] is None or i["score"]["to"]["median"] is None)],
            "what is missing on no side has a figure on both")
    ok(alliance(document, "us-japan")["common_coverage"] < alliance(document, "us-japan")["to"]["coverage"],
       "the common evidence covers less than the later date's")
    page = run("compare", BUNDLED, "--as-of", "1995", "--as-of", "2021-05", *DRAWS)
    ok("Missing on the side from" in page.out and "no evidence for this date" in page.flat, "the page names them", page)


def descriptor(folder, **own):
    path = os.path.join(folder, "datapackage.json")
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    document["entente"].update(own)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False)


def test_editions():
    """A corrected figure is a change of the evidence, not of the world; with other dates both are told apart."""
    home = tap.folder("home")
    package = copy_of(RIVER, "river")
    descriptor(package, released="2030-07-01")
    answer("assess", package, *DRAWS, home=home)
    descriptor(package, edition=2, released="")
    fields, rows = table(package, "observations")
    for row in rows:
        if row["id"] == "boats-alv-annals":
            row["value"] = "20"
    write(package, "observations", fields, rows)
    study = answer("assess", package, *DRAWS, home=home)["study"]
    document = compare(study, "--edition", "1", "--edition", "2", home=home)
    entry = document["alliances"][0]
    is_((document["from"]["edition"], document["to"]["edition"]), (1, 2), "each side names its edition")
    ok(entry["drivers"], "the correction drives the score")
    none_of([d for d in entry["drivers"] if d["changed"] != {"world": False, "evidence": True, "model": False}],
            "and every driver is a change of the evidence")
    ok(entry["parts"]["world"]["median"] is None and
       near(entry["parts"]["evidence"]["median"], entry["common"]["difference"]["median"]),
       "all of the difference is the evidence's", entry["parts"])
    both = compare(study, "--edition", "1", "--edition", "2", "--as-of", "2028-06", "--as-of", "2030-06", home=home)
    parts = both["alliances"][0]["parts"]
    ok(parts["world"]["median"] is not None and parts["evidence"]["median"] is not None,
       "with two dates as well, the two parts are told apart", parts)
    whole = both["alliances"][0]["common"]["difference"]
    ok(parts["world"]["low"] + parts["evidence"]["low"] <= whole["median"] <=
       parts["world"]["high"] + parts["evidence"]["high"], "and lie about the whole", parts, whole)


def test_other_sides():
    document = compare(BUNDLED, "--alliance", "us-japan", "--alliance", "us-korea")
    entry = document["alliances"][0]
    is_((entry["from"]["id"], entry["to"]["id"]), ("us-japan", "us-korea"), "two alliances are compared")
    ok(entry["parts"]["world"]["median"] is None, "such a difference has no part of the world", entry["parts"])
    pair = next(c for c in entry["giving"] if c["key"].startswith("us-japan:JPN>USA/contributions"))
    ok(any(i["score"]["to"]["median"] is not None for d in pair["dimensions"] for i in d["indicators"]),
       "the weaker ally of one stands for that of the other", pair["label"])
    model = copy_of(RIVER, "river")
    with open(os.path.join(tap.ROOT, "share", "models", "alliance-resilience.json"), encoding="utf-8") as file:
        other = json.load(file)
    other["headline"] = "arithmetic"
    path = os.path.join(model, "other.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(other, file)
    document = compare(BUNDLED, "--model", "alliance-resilience", "--model", path)
    entry = document["alliances"][0]
    ok(entry["parts"]["model"]["median"] is not None and entry["parts"]["world"]["median"] is None,
       "two models on the same evidence: the model makes the difference", entry["parts"])
    for criterion in other["criteria"]:
        for dimension in criterion["dimensions"]:
            for indicator in dimension["indicators"]:
                indicator["id"] += "_of_another"
    with open(path, "w", encoding="utf-8") as file:
        json.dump(other, file)
    strangers = ("--model", "alliance-resilience", "--model", path)
    entry = compare(BUNDLED, *strangers)["alliances"][0]
    figures = [entry["common"]["difference"], *entry["parts"].values(), *[c["score"]["to"] for c in entry["criteria"]]]
    ok(not entry["drivers"] and entry["common_coverage"] == 0 and all(f["median"] is None for f in figures)
       and entry["from"]["score"]["median"] is not None, "models without a common indicator: nothing is compared", figures)
    page = run("compare", BUNDLED, *strangers, *DRAWS)
    ok(page.code == 0 and "The two models share no indicator" in page.flat and "Common" not in page.out
       and "no indicator changed" not in page.flat, "and the page says that in one sentence", page)
    known = compare(BUNDLED, "--known-at", "2019", "--known-at", "2021-06", "--as-of", "2019")
    entry = known["alliances"][0]
    ok(entry["from"]["coverage"] < entry["to"]["coverage"], "what was known then covers less", entry["from"])
    ok(entry["parts"]["world"]["median"] is None, "and the world is the same", entry["parts"])
    home = tap.folder("home")
    changed = copy_of(RIVER, "river")
    fields, rows = table(changed, "support")
    write(changed, "support", fields, [row for row in rows if row["id"] != rows[0]["id"]])
    fields, codings = table(changed, "codings")
    write(changed, "codings", fields, [row for row in codings if row["item"] != "support:" + rows[0]["id"]])
    document = compare(RIVER, changed, home=home)
    ok(document["alliances"], "two folders of one study, the second beside the store")
    is_(answer("assess", document["from"]["study"], *DRAWS, home=home)["inputs_sha256"], document["from"]["inputs_sha256"],
        "the store holds the first as before")
    got = run("compare", BUNDLED, RIVER, *DRAWS)
    ok(got.code == 3 and "no alliance" in got.err, "studies without a common alliance are refused with a remedy", got)


test_dates()
test_difference()
test_missing()
test_editions()
test_other_sides()
tap.done()
