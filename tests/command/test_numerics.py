#!/usr/bin/python3 -B
"""test_numerics - the public numerics on plain arrays, called from Python as docs/composite.md shows, give what the command
gives; and the document shows what they give."""
import contextlib
import io
import os
import re

import tap
from tap import PROGRAM, ROOT, SCRATCH, answer, folder, is_, none_of, ok

LIBRARY = os.path.join(os.path.dirname(PROGRAM), "libentente-numerics.so")


def example():
    """The document's example, run: what it defines, and what it prints."""
    with open(os.path.join(ROOT, "docs", "composite.md"), encoding="utf-8") as file:
        text = file.read()
    code, printed = re.search(r"^```python\n(.*?)^```\n.*?^```\n(.*?)^```", text, re.M | re.S).groups()
    space = {}
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code.replace("build/libentente-numerics.so", LIBRARY), "docs/composite.md", "exec"), space)
    is_(out.getvalue(), printed, "the example prints what the document says")
    return space


def written(name, text):
    path = os.path.join(folder("numerics"), name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def test_same(space):
    """The same data as files."""
    columns = ["a", "b", "c"]
    lines = [",".join(["uCode", *columns])]
    for unit in range(4):
        cells = space["values"][unit * 3:unit * 3 + 3]
        lines.append(",".join([f"u{unit}", *("" if cell != cell else repr(cell) for cell in cells)]))
    meta = ("iCode,Type,Parent,Direction,Weight\na,Indicator,P,1,2\nb,Indicator,P,1,1\nc,Indicator,T,-1,1\n"
            "P,Aggregate,T,1,3\nT,Aggregate,,1,1\n")
    units = answer("composite", written("data.csv", "\n".join(lines) + "\n"), written("meta.csv", meta), "--normalise",
                   "min_max", "--from", "1", "--aggregate", "geometric", "--vary", "none")["units"]
    wrong = []
    for unit in units:
        at = int(unit["code"][1:])
        own = [space["score"][at * 5 + n] for n in range(5)]
        theirs = [unit["scores"][code] for code in ("a", "b", "c", "P", "T")]
        wrong += [(at, a, b) for a, b in zip(own, theirs) if (b is None) != (a != a) or b is not None and abs(a - b) > 1e-4]
        if unit["rank"] != space["rank"][at]:
            wrong.append((at, "rank"))
    none_of(wrong, "arrays and files give the same scores and ranks")


def test_refused(space):
    """A fault comes back with its place; nothing is printed and nothing ends the program."""
    methods = space["Methods"](normalisation=space["MIN_MAX"], level_count=1)  # from 0: no geometric mean
    methods.aggregation[0] = space["GEOMETRIC"]
    reason = space["library"].ent_composite_evaluate(*[space["byref"](space[n]) for n in ("data", "tree")],
                                                     space["byref"](methods), space["byref"](space["scores"]),
                                                     space["byref"](space["fault"]))
    text = space["library"].ent_composite_reason_text(reason).decode()
    ok(reason > 0 and "geometric" in text, "a geometric mean with a 0 is refused", reason, text)
    ok(0 <= space["fault"].unit < 4 and 0 <= space["fault"].node < 5, "with its place", space["fault"].unit)


if ok(os.path.exists(LIBRARY), f"there is {os.path.basename(LIBRARY)}"):
    os.chdir(SCRATCH)
    made = example()
    test_same(made)
    test_refused(made)
tap.done()
