#!/usr/bin/python3 -B
"""test_sources - which rows feed an indicator, and the reason where they cannot: figures that measure against nothing,
that mix currencies, that come too early; one actor with two views; a member listed twice."""
import tap
import tree
from tap import RIVER, answer, is_, none_of, ok, table, write

BOATS = "river-pact:ALV/burdens/means/boats_a_head"
CREWS = "river-pact:ALV>BRK/burdens/means/crews_abroad"
RELIEF = "river-pact:ALV/burdens/means/watch"
COURSE = "river-pact/views/course/course_distance"


def changed(name, change):
    """A copy of the invented package in which a table was changed."""
    copy = tap.copy_of(RIVER, "sources")
    fields, rows = table(copy, name)
    change(rows, fields)
    write(copy, name, fields, rows)
    return copy


def assess(package, *options):
    got = answer("assess", package, "--store", ":memory:", "--draws", "700", *options)
    return got, {entry["key"]: entry for entry in tree.keyed(got["alliances"]) if "indicator" not in entry}


def row(rows, id):
    return next(r for r in rows if r["id"] == id)


def explained(package, key, *options):
    return answer("explain", package, key, "--store", ":memory:", "--draws", "700", *options)["root"]


def reason(node):
    return node["missing"] and node["missing"]["code"]


def test_as_it_is():
    ok(explained(RIVER, BOATS)["score"]["median"] is not None, "boats by people are known")
    ok(explained(RIVER, CREWS)["score"]["median"] is not None, "the crews lent in the year of the day count")
    is_(reason(explained(RIVER, CREWS, "--as-of", "2029-12-31")), "no_evidence", "a year that has not begun does not")


def test_denominator():
    for text, value, low in (("zero", "0", ""), ("possibly zero", "4000000", "0")):
        def change(rows, _):
            row(rows, "people-alv").update(value=value, low=low, high="5000000" if low else "", qualifier="")
        node = explained(changed("observations", change), BOATS)
        is_(reason(node), "no_denominator", f"people: {text}; a reason instead of a figure")
        ok(" " in node["missing"]["text"], "and in words", node["missing"])


def test_currency():
    def two_currencies(rows, fields):
        for number, currency in (("1", "EUR"), ("2", "USD")):
            rows.append(dict.fromkeys(fields, "") | {
                "id": "watch-alv-" + number, "indicator": "toll_relief", "actor": "ALV", "period": "2030",
                "value": "20", "unit": "currency", "currency": currency, "price_basis": "current",
                "definition": "pact-office", "status": "reported", "citations": "fn4"})
    copy = changed("observations", two_currencies)
    path = copy + "/model.json"
    with open(path, encoding="utf-8") as file:
        model = file.read()
    ok(model.count('"indicator": "watch_share"') == 1, "the model names the indicator once")
    with open(path, "w", encoding="utf-8") as file:
        file.write(model.replace('"indicator": "watch_share"', '"indicator": "toll_relief"'))
    is_(reason(explained(copy, RELIEF)), "other_unit", "euros and dollars of one day make no figure")


def test_two_views():
    """One actor who says a thing twice weighs no more than one who says it once."""
    copy = changed("positions", lambda rows, _: rows.append(dict(row(rows, "course-vasko")) | {"id": "course-vasko-again"}))
    fields, rows = table(copy, "codings")
    for coding in [r for r in rows if r["item"] == "positions:course-vasko"]:
        rows.append(dict(coding) | {"id": coding["id"] + "-again", "item": "positions:course-vasko-again"})
    write(copy, "codings", fields, rows)
    before, after = assess(RIVER)[1][COURSE]["score"], assess(copy)[1][COURSE]["score"]
    # drawn twice, it is somewhat surer; counted twice, it would move the middle by 1.6
    ok(abs(before["median"] - after["median"]) < 0.6, "the same view twice leaves the middle where it was", before, after)


def test_member_twice():
    copy = changed("members", lambda rows, _: rows.append(dict(row(rows, "m-brk")) | {"id": "m-brk-again"}))
    got, entries = assess(copy)
    pact = next(a for a in got["alliances"] if a["id"] == "river-pact")
    is_(len(pact["members"]), len({m["id"] if isinstance(m, dict) else m for m in pact["members"]}),
        "a member listed twice is one member")
    before, old = assess(RIVER)
    none_of([key for key in old if tree.score_of(old[key]) != tree.score_of(entries[key])], "and no figure moves")


test_as_it_is()
test_denominator()
test_currency()
test_two_views()
test_member_twice()
tap.done()
