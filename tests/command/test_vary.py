#!/usr/bin/python3 -B
"""test_vary - what is asked to vary does, and what is not stays as stated: each alone, together, and none."""
import itertools

import tap
from schema import fits
from tap import RIVER, answer, is_, none_of, ok, run
from tree import has_score, keyed, score_of

WHAT = ("values", "coders", "weights")
DRAWS = ("--draws", "4000")


def ask(words):
    return answer("assess", "--vary", ",".join(words) if words else "none", *DRAWS)


ANSWERS = {words: ask(words) for count in range(4) for words in itertools.combinations(WHAT, count)}


def widths(words):
    """How far the ends of each score lie apart, by key."""
    scores = ((entry["key"], score_of(entry)) for entry in keyed(ANSWERS[words]["alliances"]))
    return {key: score["high"] - score["low"] for key, score in scores if has_score(score)}


def medians(words):
    return {a["id"]: a["score"]["median"] for a in ANSWERS[words]["alliances"]}


def total(words):
    return sum(a["score"]["high"] - a["score"]["low"] for a in ANSWERS[words]["alliances"])


def test_none():
    wide = [f"{key}: {width}" for key, width in widths(()).items() if width]
    ok(len(widths(())) > 100, "there are figures to look at", len(widths(())))
    none_of(wide, "where nothing varies no figure has a spread")
    is_(answer("assess", "--vary", "none", "--seed", "7", *DRAWS)["alliances"], ANSWERS[()]["alliances"],
        "the seed is no matter then")
    ok("Nothing varies: all is as stated" in run("assess", "--vary", "none", *DRAWS).flat, "the page says so")


def test_each():
    for words, got in ANSWERS.items():
        fits(got, "assess", f"--vary {','.join(words) or 'none'}")
        is_(got["options"]["vary"], list(words), "the JSON says what varies")
    for word in WHAT:
        ok(total((word,)) > 0, f"{word} alone give scores a spread", total((word,)))
        for other in WHAT:
            if other != word:
                pair = tuple(w for w in WHAT if w in (word, other))
                ok(total(pair) > max(total((word,)), total((other,))) * 0.97, f"{word} and {other}: no less than each",
                   total(pair), total((word,)), total((other,)))
        for alliance, median in medians((word,)).items():
            ok(abs(median - medians(())[alliance]) < 2, f"{word}: the median lies near what is stated", median)
    flat = [key for key, width in widths(("weights",)).items() if width and key.count("/") == 3]
    none_of(flat, "where weights alone vary, no indicator does")


def test_default():
    is_(answer("assess", *DRAWS)["alliances"], ANSWERS[WHAT]["alliances"], "all three are the default")
    is_(answer("assess", "--vary", "weights,values,coders", *DRAWS), answer("assess", *DRAWS), "their order is no matter")
    ok("Draws vary values, coders, weights" in run("assess", *DRAWS).flat, "the page says what varies")
    ok("Ziehungen variieren Werte, Codierer" in run("assess", "--vary", "values,coders", "--lang", "de", *DRAWS).flat,
       "so does the German one")


def test_all_commands():
    for command in (("expect",), ("explain", "us-korea"), ("gap",), ("compare", "--as-of", "2019", "--as-of", "2021")):
        got = run(*command, "--vary", "none", "--draws", 300)
        is_((got.code, got.err), (0, ""), f"{command[0]} takes --vary")
        ok("Nothing varies" in got.flat, "and says what varies", got.out[-600:])


def test_methods():
    mixed = answer("assess", "--vary", "methods", *DRAWS)
    fits(mixed, "assess", "--vary methods")
    for alliance, plain in zip(mixed["alliances"], ANSWERS[()]["alliances"]):
        is_(alliance["headline"], "mixed", "the headline says that it mixes methods")
        ways = [way["median"] for way in plain["aggregations"].values()]
        score = alliance["score"]
        ok(min(ways) - 15 < score["low"] < score["median"] < score["high"] < max(ways) + 15,
           "a mix lies among what it mixes, and has a spread", score, ways)
        ok(score["low"] <= min(ways) + 0.01, "the weakest link is among the methods", score, ways)
    page = run("assess", "--vary", "values,methods", *DRAWS)
    ok("a mix of the methods that the model names" in page.flat, "the page says that the score is a mix", page.out[:3000])
    ok("Draws vary values, methods, of which each draw takes one" in page.flat, "and that methods vary")
    two = [run("assess", "--vary", "values,coders,weights,methods", "--threads", n, *DRAWS).raw for n in (1, 2)]
    is_(two[0], two[1], "threads do not matter")
    other = run("assess", RIVER, "--vary", "methods")
    if not ok(other.code in (0, 2), "a model that names none is refused", other):
        return
    if other.code == 2:
        ok("names no methods" in other.err, "with the reason", other.err)


def test_refused():
    for words in ("", "values,", ",", "value", "values,values", "none,values", "values,none", "values coders", "all"):
        wrong = run("assess", "--vary", words)
        is_((wrong.code, wrong.out), (2, ""), f"--vary \"{words}\" is refused")
        if words:
            ok("give some of values, coders, weights, methods, each once, with commas, or none" in wrong.err,
               "with what would be right", wrong.err)


test_none()
test_each()
test_default()
test_all_commands()
test_methods()
test_refused()
tap.done()
