#!/usr/bin/python3 -B
"""test_gap - the balance between partners: both directions as assess has them, differences on common draws, how allies
stand in a capital, the course over time on common evidence."""
import tap
from schema import fits
from tap import BUNDLED, RIVER, answer, copy_of, is_, none_of, ok, run, table, write

DRAWS = ("--draws", "2000")


def gap(*arguments, **more):
    return answer("gap", *arguments, *DRAWS, **more)


def directed(assessed):
    """(alliance, from, to) -> the directed figure, of all alliances."""
    return {(a["id"], d["from"], d["to"]): d for a in assessed["alliances"] for d in a["directed"]}


def triple(figure):
    return figure["median"], figure["low"], figure["high"]


def near(a, b, by=1e-4):
    return all(x is not None and y is not None and abs(x - y) <= by for x, y in zip(a, b))


def test_both_directions():
    for package in (BUNDLED, RIVER):
        got = gap(package)
        fits(got, "gap", "a balance")
        whole = directed(answer("assess", package, *DRAWS))
        wrong = []
        for pair in got["pairs"]:
            ids = pair["alliance"]["id"], pair["ally"]["id"], pair["other"]["id"]
            expects, gives = whole[ids[0], ids[2], ids[1]], whole[ids]
            if (pair["expects"], pair["gives"]) != (expects["score"], gives["score"]):
                wrong.append(ids)
            if pair["key_expects"] != expects["key"] or pair["key_gives"] != gives["key"]:
                wrong.append(pair["key_expects"])
            low, high = pair["difference"]["low"], pair["difference"]["high"]
            if not (expects["score"]["low"] - gives["score"]["high"] <= low <= pair["difference"]["median"] <= high
                    <= expects["score"]["high"] - gives["score"]["low"]):
                wrong.append((ids, pair["difference"]))
        none_of(wrong, "both directions are what assess says, with the difference between them")
        is_(2 * len(got["pairs"]), len(whole), "each pair of members stands once")
    bundled = gap(BUNDLED)
    none_of([p["other"]["id"] for p in bundled["pairs"] if p["other"]["id"] != "USA"],
            "the ally is the one that is no guarantor")


def test_common_draws():
    """What both directions share is drawn once: its difference is nothing at all, though it varies itself."""
    shared = []
    for pair in gap(BUNDLED)["pairs"]:
        for criterion in pair["criteria"]:
            for dimension in criterion["dimensions"]:
                if dimension["id"] == "command":
                    shared.append((triple(dimension["difference"]),
                                   dimension["expects"]["high"] - dimension["expects"]["low"] > 1))
    is_(shared, [((0, 0, 0), True)] * 2, "the difference of a shared figure is zero, not the difference of intervals")


def test_direction():
    """More of what one gives moves the difference its way."""
    package = copy_of(RIVER, "crews")
    fields, rows = table(package, "support")
    before = {(p["ally"]["id"], p["other"]["id"]): p for p in gap(RIVER)["pairs"]}
    fields, rows = table(package, "codings")
    changed = [row for row in rows if row["item"] == "support:pact-vasko"]
    for row in changed:
        row["value"], row["low"], row["high"] = "1", "", ""
    write(package, "codings", fields, rows)
    after = {(p["ally"]["id"], p["other"]["id"]): p for p in gap(package)["pairs"]}
    ok(changed, "there is a coding to change")
    moved = []
    for key in before:
        if "ALV" not in key:
            ok(before[key]["difference"] == after[key]["difference"], f"a pair of others stays as it was: {key}")
            continue
        sign = 1 if key[0] == "ALV" else -1  # it gives less: its own difference rises
        moved.append(sign * (after[key]["difference"]["median"] - before[key]["difference"]["median"]) > 0)
    is_(moved, [True, True], "a member that gives less can expect more than it gives")


def test_standing():
    """The same differences as of a comparison of the two alliances, where both have the evidence."""
    got = gap(BUNDLED)
    is_([(s["a"]["id"], s["b"]["id"], s["capital"]["id"]) for s in got["standing"]], [("JPN", "KOR", "USA")],
        "the two allies stand against each other in the guarantor's capital")
    rows = {row["id"]: row for row in got["standing"][0]["views"]}
    compared = answer("compare", BUNDLED, "--alliance", "us-korea", "--alliance", "us-japan", *DRAWS)["alliances"][0]
    others = {}
    for criterion in compared["criteria"] + [c for c in compared["giving"] if c["key"].split("/")[0] ==
                                             "us-korea:USA>KOR"]:
        for dimension in criterion["dimensions"]:
            for indicator in dimension["indicators"]:
                others[indicator["key"].split("/")[0], indicator["id"]] = indicator["score"]["difference"]
    checked = []
    for name, scope in (("standing", "us-korea"), ("reaffirmation", "us-korea"),
                        ("nuclear_guarantee", "us-korea:USA>KOR"), ("support_services", "us-korea:USA>KOR")):
        checked.append(near(triple(rows[name]["difference"]), triple(others[scope, name]), 1e-3))
    is_(checked, [True] * 4, "differences of views are those of a comparison",
        [(rows[n]["difference"]) for n in ("standing", "nuclear_guarantee")])
    ok(rows["standing"]["citations_a"] and rows["standing"]["citations_b"], "a view cites both sides")
    ok("obligation" not in rows and "forces_stationed" not in rows, "what an alliance has is no view")
    only = gap(BUNDLED, "--alliance", "us-korea")
    is_(([p["alliance"]["id"] for p in only["pairs"]], only["standing"], only["options"]["alliance"]),
        (["us-korea"], got["standing"], "us-korea"), "one alliance keeps its ally's standing against the other")
    river = gap(RIVER)
    is_(sorted(s["capital"]["id"] for s in river["standing"]), ["ALV", "BRK", "CRD"],
        "without a guarantor each capital has its view of the others")


def test_course():
    dates = ("--at", "2018-06,2021-05-30", "--at", "2020")
    got = gap(BUNDLED, *dates)
    fits(got, "gap", "a balance over time")
    is_(got["dates"], ["2018-06-30", "2020-12-31", "2021-05-30"], "dates stand in their order")
    wrong, listed = [], 0
    lacking = {}
    for day in got["dates"]:
        for (alliance, giver, receiver), figure in directed(answer("assess", BUNDLED, *DRAWS, "--as-of", day)).items():
            for criterion in figure["criteria"]:
                for dimension in criterion["dimensions"]:
                    for indicator in dimension["indicators"]:
                        if indicator["missing"]:
                            lacking.setdefault(indicator["key"], []).append((day, indicator["missing"]["code"]))
    for course in got["courses"]:
        said = {m["key"]: [(w["date"], w["reason"]["code"]) for w in m["where"]] for m in course["left_out"]}
        listed += len(said)
        wrong += [key for key in said if said[key] != lacking.get(key)]
        ids = course["alliance"]["id"]
        wrong += [key for key in lacking if key.startswith(ids + ":") and key not in said]
        coverage = {(m["coverage_expects"], m["coverage_gives"]) for m in course["moments"]}
        ok(len(coverage) == 1, "all dates rest on the same share of the weight", coverage)
    none_of(wrong, "what is left out is what one of the dates lacks, with its reason")
    ok(listed > 5, "there is something to leave out", listed)
    same = gap(BUNDLED, "--at", "2021-05-30,2021-05-31")
    is_([triple(c["change"]) for c in same["courses"]], [(0, 0, 0)] * 2, "from a day to the next nothing changes")
    for course, pair in zip(same["courses"], same["pairs"]):
        is_([course["moments"][1][k] for k in ("expects", "gives", "difference")],
            [pair[k] for k in ("expects", "gives", "difference")], "and with all evidence the course ends at the whole")
    before = gap(RIVER, "--at", "2030-06,2031-06")
    is_({c["ally"]["id"]: [m["stands"] for m in c["moments"]] for c in before["courses"]}.get("CRD"), [True, True],
        "the members of the study's date are followed")
    gone = gap(RIVER, "--as-of", "2031-06", "--at", "2030-06,2031-06")
    new = [c for c in gone["courses"] if "DOR" in (c["ally"]["id"], c["other"]["id"])]
    ok(new and all([m["stands"] for m in c["moments"]] == [False, True] for c in new),
       "a member that joins later does not stand before", new)
    ok("not both members" in run("gap", RIVER, "--as-of", "2031-06", "--at", "2030-06,2031-06").flat, "the page says so")


def test_page():
    for language in ("en", "de"):
        for package in (BUNDLED, RIVER):
            page = run("gap", package, "--lang", language, "--at", "2019,2021", *DRAWS) if package == BUNDLED else \
                run("gap", package, "--lang", language, *DRAWS)
            is_((page.code, page.err), (0, ""), f"the page in {language}")
            none_of([line for line in page.out.splitlines() if len(line) > 80], "no line is wider than 80 columns")
    first = run("gap", BUNDLED, *DRAWS)
    ok("All together" in first.flat and "Standing of the ally" in first.flat, "the page has both parts", first)
    is_(run("gap", BUNDLED, *DRAWS).raw, first.raw, "the same bytes twice")


def test_refusals():
    for arguments, code, sentence in ((("--at", "2019"), 2, "2 to 8 dates"), (("--at", "2019,soon"), 2, "--at"),
                                      (("--at", "2011,2012,2013,2014,2015,2016,2017,2018,2019"), 2, "2 to 8 dates"),
                                      (("--at", "2019,2019-12-31"), 2, "one date"),
                                      (("--alliance", "us-japn"), 3, 'did you mean "us-japan"'),
                                      (("--as-of", "1900"), 3, "--as-of")):
        got = run("gap", BUNDLED, *arguments)
        ok((got.code, got.out) == (code, "") and sentence in got.err, f"{' '.join(arguments)} is refused", got)


test_both_directions()
test_common_draws()
test_direction()
test_standing()
test_course()
test_page()
test_refusals()
tap.done()
