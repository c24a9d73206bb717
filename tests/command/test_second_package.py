#!/usr/bin/python3 -B
"""test_second_package - an invented alliance without a guarantor: three members, later four, a model of its own, every
kind of source. What the bundled study can do, any package can."""
import itertools
import os

import tap
import tree
from schema import fits
from tap import RIVER, answer, is_, none_of, ok, rows_of, run

DRAWS = ("--draws", "400")
ID = "river-pact-2030"
LATER = ("--as-of", "2031-06-30")
EVERY_SOURCE = {"position_distance", "threat_distance", "stance", "support", "institution", "institution_count",
                "obligation", "observation", "support_split", "position_split"}


def near(got, wanted, name):
    ok(got is not None and abs(got - wanted) < 1e-3, name, f"got: {got}", f"wanted: {wanted}")


def entries_of(assessment):
    return {entry["key"]: entry for alliance in assessment["alliances"] for entry in tree.keyed(alliance)
            if "indicator" not in entry}  # not the forces, which stand at keys of scores


def test_package():
    """The package holds what it is there for."""
    with open(os.path.join(RIVER, "model.json"), encoding="utf-8") as file:
        model = file.read()
    none_of([kind for kind in sorted(EVERY_SOURCE) if f'"kind": "{kind}"' not in model], "its model has every source")
    is_({row["anchor"] for row in rows_of(RIVER, "citations")}, {"footnote", "place", "outside"}, "every anchor is used")
    is_({row["measurement"] for row in rows_of(RIVER, "scales")}, {"ordinal", "interval"}, "both measurements are used")
    bundled = {row["id"] for row in rows_of(tap.BUNDLED, "actors")}
    own = {row["id"] for row in rows_of(RIVER, "actors")}
    ok(not bundled & own, "it shares no actor with the bundled study")


def test_check_and_load():
    found = answer("study", "check", RIVER)
    fits(found, "check", "check of the second package")
    is_((found["study"], found["errors"]), (ID, 0), "it has no errors")
    is_([(f["code"], f["id"]) for f in found["findings"]], [("indicator-not-defined", None), ("figures-disagree", "boats-alv-office")],
        "the model asks for a figure that nobody defines, and two sources disagree; a part is no other figure of its whole")
    home = tap.folder("river")
    loaded = answer("study", "load", RIVER, home=home)
    fits(loaded, "load", "load of the second package")
    by_folder = run("assess", RIVER, "--format", "json", *DRAWS, home=home)
    by_id = run("assess", ID, "--format", "json", *DRAWS, home=home)
    is_((by_id.code, by_id.err), (0, ""), "opened by its id after the load", by_id)
    is_(by_id.raw, by_folder.raw, "the same answer by folder and by id")
    is_(run("assess", RIVER, "--format", "json", *DRAWS, "--store", ":memory:").raw, by_folder.raw,
        "and in a scratch store")
    moved = tap.copy_of(RIVER, "moved")
    is_(run("assess", moved, "--format", "json", *DRAWS, home=home).raw, by_folder.raw,
        "and from another folder")
    near_miss = run("assess", "river-pact-2031", home=home)
    is_((near_miss.code, near_miss.out), (3, ""), "an id that is not loaded", near_miss)
    ok(ID in near_miss.err, "the message names the nearest", near_miss.err)
    again = answer("study", "load", RIVER, home=home)
    is_(again["study"], ID, "loading again says the study")
    is_(run("assess", ID, "--format", "json", *DRAWS, home=home).raw, by_id.raw, "and changes nothing")
    is_(run("assess", *DRAWS, home=home).code, 0, "the bundled study stands beside it")


def test_members(assessment, members):
    alliance, = assessment["alliances"]
    is_(alliance["members"], members, f"{len(members)} members")
    is_([(d["from"], d["to"]) for d in alliance["directed"]], list(itertools.permutations(members, 2)),
        "the directed view has all ordered pairs")
    is_(alliance["headline"], "arithmetic", "the headline is the model's")
    is_(set(alliance["class"]["shares"]), {"ebb", "still", "flowing", "flood"}, "the classes are the model's")
    is_([c["id"] for c in alliance["criteria"]], ["views", "burdens", "backing"], "the criteria are the model's")
    is_(sorted({r["id"] for r in alliance["readings"]}), ["course_rift", "pact_rift"], "both readings")
    is_(len(alliance["readings"]), 2 * len(members), "a reading for each member")


def test_figures(assessment):
    """Figures that the package settles without a draw, worked out by hand from model.json: 1 + 99 (x - low) / (high -
    low)."""
    entries = entries_of(assessment)

    def median(key):
        return entries["river-pact" + key]["score"]["median"]

    near(median(":ALV>BRK/burdens/duty/duty_owed"), 100, "a duty to defend everybody is a duty to defend Brannock")
    near(median(":BRK>CRD/burdens/duty/duty_owed"), 1 + 99 * 2 / 4, "a duty to support")
    near(median(":CRD>ALV/burdens/duty/duty_owed"), 1 + 99 * 1 / 4, "a duty to consult")
    near(median("/views/councils/council_count"), 1 + 99 * 2 / 3, "two councils stand; the third has ended")
    near(median("/views/councils/council_level"), 100, "the highest of the councils")
    near(median(":ALV>BRK/burdens/duty/boats_promised"), 100, "what Alvenia promises Brannock")
    near(median(":ALV>CRD/burdens/duty/boats_promised"), 1 + 99 * 3 / 4, "what it promises Caradoc")
    boats = entries["river-pact:ALV>BRK/burdens/means/boats_a_head"]["score"]

    def score(count, people):
        return 1 + 99 * count / people / 5e-5

    ok(boats["low"] >= score(108, 4.8e6) and boats["high"] <= score(140, 4e6), "boats lie within both sources", boats)
    ok(boats["high"] > score(132, 4e6), "the two sources that disagree are both drawn from", boats)
    codes = {key: entry["missing"] and entry["missing"]["code"].split(".")[-1] for key, entry in entries.items()
             if "missing" in entry}
    for key, reason in (("/burdens/means/dredging", "no_evidence"), (":CRD>ALV/burdens/means/boats_a_head", "too_old"),
                        (":CRD>BRK/burdens/means/watch", "other_definition"),
                        (":BRK>CRD/burdens/means/crews_abroad", "no_evidence"),
                        (":BRK>ALV/burdens/means/boats_a_head", None)):
        is_(codes.get("river-pact" + key, "not there"), reason, f"{key}: {reason or 'there'}")
    ok(entries["river-pact:ALV>BRK/burdens/means/watch"]["carried"], "a figure of another data year is carried")
    is_(entries["river-pact/views/upstream/danger"]["label"], "Danger from Ergaz", "the role reads in a plain name")


def test_rows():
    """Parts, plans, older figures and comparisons feed nothing."""
    root = answer("explain", RIVER, "river-pact:ALV>BRK/burdens/means/boats_a_head", *DRAWS)["root"]
    keys = {n["key"] for n in tree.nodes(root) if n["key"] and n["key"].startswith("observations:")}
    is_(keys, {"observations:boats-alv-annals", "observations:boats-alv-office", "observations:people-alv"},
        "the boats rest on both sources of the latest year and on the population")
    root = answer("explain", RIVER, "river-pact:ALV>BRK/burdens/duty/boats_promised", *DRAWS)["root"]
    keys = {n["key"] for n in tree.nodes(root) if n["key"] and n["key"].startswith("positions:")}
    is_(keys, {"positions:boats-vasko-brk"}, "a promise to one partner is not one to the other")
    root = answer("explain", RIVER, "river-pact:ALV>BRK/backing/capital/head_backing", *DRAWS)["root"]
    keys = {n["key"] for n in tree.nodes(root) if n["key"] and n["key"].startswith("support:")}
    is_(keys, {"support:pact-vasko"}, "who left the office does not count")


def test_reference():
    """A reference point is assessed only when asked for; what is known of it is too little for a verdict."""
    alone = answer("assess", RIVER, "--alliance", "hill-league", *DRAWS)
    fits(alone, "assess", "an alliance of which little is known")
    league, = alone["alliances"]
    is_(league["class"]["id"], None, "no class without enough evidence")
    ok(league["coverage"]["share"] < league["coverage"]["least"], "its coverage is below the model's least")
    page = run("assess", RIVER, "--alliance", "hill-league", *DRAWS)
    ok(page.code == 0 and "No verdict" in page.out and "nan" not in page.out, "the page says that there is no verdict", page)


def test_expect():
    document = answer("expect", RIVER, *DRAWS)
    fits(document, "expect", "expect of the second package")
    share = {e["id"]: e["share"] for e in document["expectations"]}
    two = answer("compare", RIVER, "--as-of", "2028", "--as-of", "2030-06", *DRAWS)
    change, = [n["score"]["difference"] for a in two["alliances"] for d in a["drivers"]
               for n in [d] if "head_backing" in d["key"]]
    ok(share["x3"] == 1 and change["low"] > 0, "one that names two dates is computed, as compare does", share, change)
    page = run("expect", RIVER, *DRAWS)
    ok(page.code == 0 and "The Steward carries the pact" in page.out, "its expectations", page)


def test_pages():
    for lang, name, words in (("en", "River Pact", "Promise given"), ("de", "Flusspakt", "Gegebene Zusage")):
        page = run("assess", RIVER, "--lang", lang, *DRAWS)
        is_((page.code, page.err), (0, ""), f"its page in {lang}", page)
        ok(name in page.out and words in page.out, f"its page in {lang} has its own labels")
        none_of([word for word in ("Japan", "Korea", "United States", "USA", "SWP") if word in page.out],
                "and nothing of the bundled study")
    ok("Gefahr durch Ergaz" in run("explain", RIVER, "--lang", "de", "river-pact/views/upstream").out,
       "the role reads in a plain name in German too")


def test_two_dates():
    first = answer("assess", RIVER, *DRAWS)
    fits(first, "assess", "assess with three members")
    test_members(first, ["ALV", "BRK", "CRD"])
    test_figures(first)
    trees = tree.check(first, RIVER, *DRAWS)
    fits(trees[0], "explain", "explain of the second package")
    tree.check_rows(trees, 1, RIVER, *DRAWS)
    later = answer("assess", RIVER, *LATER, *DRAWS)
    fits(later, "assess", "assess with four members")
    test_members(later, ["ALV", "BRK", "CRD", "DOR"])
    near(entries_of(later)["river-pact:DOR>ALV/burdens/duty/duty_owed"]["score"]["median"], 1 + 99 * 2 / 4,
         "the fourth member has its duty")
    ok("river-pact:DOR>ALV/burdens/duty/boats_promised" not in entries_of(later), "a partner is no ally to this indicator")
    tree.check(later, RIVER, *LATER, *DRAWS)


test_package()
test_check_and_load()
test_two_dates()
test_rows()
test_reference()
test_expect()
test_pages()
tap.done()
