#!/usr/bin/python3 -B
"""test_explain - every figure of the bundled study's assessment leads down to citations and reasons."""
import tap
import tree
from tap import BUNDLED, answer, is_, none_of, ok, rows_of, run

DRAWS = ("--draws", "100")


def test_walk():
    assessment = answer("assess", *DRAWS)
    trees = tree.check(assessment, *DRAWS)
    tree.check_rows(trees, 2, *DRAWS)
    return trees


def test_owns():
    """A member's own value on an indicator of the alliance: it rests on that member's rows alone."""
    state_of = {row["id"]: row["state"] or row["id"] for row in rows_of(BUNDLED, "actors")}
    for key, member in (("us-japan:USA/agreement/rival/rival_threat", "USA"),
                        ("us-japan:JPN/agreement/rival/rival_threat", "JPN"),
                        ("us-korea:KOR/agreement/adversary/adversary_policy", "KOR")):
        root = answer("explain", key, *DRAWS)["root"]
        is_((root["kind"], root["key"]), ("own", key), f"explain {key} shows the member's own value")
        ok(tree.has_score(root["score"]) and tree.rests_on_a_source(root), f"{key} has a figure with a source")
        actors = {f["value"] for n in tree.nodes(root) for f in n["fields"] if f["name"] == "actor"}
        ok(actors, f"{key} rests on somebody's view")
        none_of(sorted(a for a in actors if state_of[a] != member), f"{key} rests on views of {member} alone")


def test_assumptions():
    """What the model settles stands with its reason below the alliance."""
    root = answer("explain", "us-japan", *DRAWS)["root"]
    own = [c for c in root["children"] if c["kind"] == "assumption"]
    ok(len(own) >= 6, "an alliance shows the settings of its model", len(own))
    none_of([c["label"] for c in own if not c["detail"]], "each of them with its reason")
    words = {c["label"] for c in own}
    is_(len(words), len(own), "each of them with a name of its own")
    german = answer("explain", "us-japan", *DRAWS, "--lang", "de")["root"]
    ok(not words & {c["label"] for c in german["children"] if c["kind"] == "assumption"}, "and in German with another")


def test_qualifier():
    """A figure that the text gives with "about" says what the model makes of it."""
    root = answer("explain", "us-japan:USA>JPN/contributions/forces/forces_stationed", *DRAWS)["root"]
    below = list(tree.nodes(root))
    ok(any(n["key"] == "observations:forces-usa-jpn-2020" for n in below), "stationed forces rest on their figure")
    ok(any(n["kind"] == "assumption" and {"name": "qualifier", "value": "about"} in n["fields"] for n in below),
       "and on what \"about\" means")


def test_page():
    page = run("explain", "us-japan/agreement/rival", *DRAWS)
    is_((page.code, page.err), (0, ""), "explain as a page")
    for text in ("weight 1", "rival_threat", "rows of evidence"):
        ok(text in page.out, f"the page has {text}")
    page = run("explain", "us-japan/agreement/rival/rival_threat", *DRAWS)
    for text in ("fn. ", "rival_threat", "codings:", "https://"):
        ok(text in page.out, f"the page of an indicator has {text}")
    same = run("explain", "us-japan/agreement/rival/rival_threat", *DRAWS)
    is_(same.raw, page.raw, "the same page twice")


def test_table_keys():
    footnote = answer("explain", "citations:fn103", *DRAWS)["root"]
    ok({"name": "footnote", "value": "103"} in footnote["fields"], "a citation shows its footnote", footnote["fields"])
    figure = answer("explain", "observations:forces-usa-jpn-2020", *DRAWS)["root"]
    ok({"name": "value", "value": "55300"} in figure["fields"], "an observation shows its value", figure["fields"])
    ok(any(n["kind"] == "citation" and n["label"].startswith("fn. 103") for n in tree.nodes(figure)),
       "and the footnote that states it")
    source = answer("explain", "sources:swp-2021-s05", *DRAWS)["root"]
    ok("Bündnisse mit Japan" in source["label"], "a source shows its title", source["label"])
    ok("Overhaus" in str(source) and "2021" in str(source), "and its authors and year", source)


def test_unknown():
    for key, near in (("us-japan/agreemnt", "us-japan/agreement"),
                      ("us-japan:USA>JPN/suport", "us-japan:USA>JPN/support"),
                      ("us-jpan", "us-japan"),
                      ("observations:forces-usa-jpn-2021", "forces-usa-jpn-2020"),
                      ("citations:fn9999", "fn"),
                      ("positions:pos-order_policy-usa-trmp", "pos-order_policy-usa-trump")):
        got = run("explain", key, *DRAWS)
        is_((got.code, got.out), (3, ""), f"explain {key}: not found", got)
        name = key.split(":")[1] if key.split(":")[0] in ("observations", "citations", "positions") else key
        ok(name in got.err and near in got.err.replace(name, "", 1), f"explain {key}: the message names {near}", got.err)
    for key in ("", "/", "us-japan/", "us-japan//", ":", "citations:", "us-japan:USA>", "x" * 5000):
        got = run("explain", key, *DRAWS)
        ok(got.code in (2, 3) and not got.out and got.err.startswith("entente: "), f"explain {key[:20]!r} is refused", got)


test_walk()
test_owns()
test_assumptions()
test_qualifier()
test_page()
test_table_keys()
test_unknown()
tap.done()
