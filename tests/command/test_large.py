#!/usr/bin/python3 -B
"""test_large - a package of many rows: all of them arrive, a later edition keeps what did not change, memory is bounded.

How long it takes is no test; make bench prints it."""
import os
import resource
import sqlite3
import subprocess
import sys

import tap
from tap import PROGRAM, ROOT, answer, folder, is_, ok, run

# Sanitizers keep freed memory and are slow: there the rows are fewer, and the bound says nothing.
IS_SANITIZED = b"__asan_init" in open(PROGRAM, "rb").read()
ROWS = 3000 if IS_SANITIZED else 50000
MOST_MB = 110  # what 50,000 rows take, and a half more


def make(name, *arguments):
    package = os.path.join(folder("large"), name)
    subprocess.run([sys.executable, os.path.join(ROOT, "tools", "make-large-package"), package,
                    *[str(argument) for argument in arguments]], check=True)
    return package


def most_memory():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def versions(store):
    database = sqlite3.connect(store)
    rows = database.execute("SELECT first_edition, last_edition, count(*) FROM observations GROUP BY 1, 2 ORDER BY 1, 2")
    return [tuple(row) for row in rows]


def test_load_and_assess():
    store = os.path.join(folder("store"), "store.sqlite")
    first = make("first", "--observations", ROWS, "--codings", ROWS // 10)
    base = len(tap.rows_of(tap.RIVER, "observations"))
    document = answer("study", "load", "--store", store, first)
    ok(document["rows"] > ROWS + ROWS // 10, "all rows arrive", document)
    is_(versions(store), [(1, None, ROWS + base)], "each figure stands once in the store")
    alliances = answer("assess", "--store", store, "large", "--draws", "200")["alliances"]
    is_([alliance["id"] for alliance in alliances], ["river-pact"], "the large study is assessed")
    got = run("explain", "--store", store, "large", "observations:i07-s019-1980-d0", "--draws", "10")
    ok(got.code == 0 and "yearbook" not in got.out and "i07" in got.out, "a row among many is explained", got)
    if not IS_SANITIZED:
        ok(most_memory() < MOST_MB, f"{ROWS} rows take less than {MOST_MB} MB", f"{most_memory():.0f} MB")

    second = make("second", "--observations", ROWS, "--codings", ROWS // 10, "--edition", 2, "--change", 10)
    answer("study", "load", "--store", store, second)
    is_(versions(store), [(1, None, ROWS + base - 20), (1, 1, 20), (2, None, 20)],
        "a later edition opens versions of what changed or is new, and closes those of what changed or is gone")
    third = make("third", "--observations", ROWS, "--edition", 2, "--change", 5)
    answer("study", "load", "--store", store, third)
    is_(versions(store), [(1, None, ROWS + base - 10), (1, 1, 10), (2, None, 10)], "a working copy is replaced whole")


def test_mistakes():
    package = make("mistakes", "--observations", ROWS // 2, "--mistakes")
    got = run("study", "check", package, "--format", "json")
    document = got.json()
    ok(document["errors"] >= 3 * (ROWS // 2), "every mistake is counted", document["errors"])
    ok(len(document["findings"]) <= 10000, "not every mistake is told", len(document["findings"]))
    if not IS_SANITIZED:
        ok(most_memory() < MOST_MB, f"a package full of mistakes takes less than {MOST_MB} MB", f"{most_memory():.0f} MB")


test_load_and_assess()
test_mistakes()
tap.done()
