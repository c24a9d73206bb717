#!/usr/bin/python3 -B
"""test_bad_packages - packages that are broken in one place: the check names the place and a remedy, and a load leaves
the store as it was."""
import csv
import json
import os
import re

import tap
from schema import fits
from tap import BUNDLED, is_, none_of, ok, run

ID = "us-japan-korea-2021"
DRAWS = ("--draws", "100", "--format", "json")
FIGURE = "forces-usa-jpn-2020"
MONEY = next(row["id"] for row in tap.rows_of(BUNDLED, "observations") if row["currency"])


def read(folder, file):
    with open(os.path.join(folder, file), "rb") as handle:
        return handle.read()


def write(folder, file, content):
    with open(os.path.join(folder, file), "wb") as handle:
        handle.write(content)


def line_of(folder, file, row_id):
    """Where a row begins, as an editor counts lines."""
    with open(os.path.join(folder, file), encoding="utf-8", newline="") as handle:
        reader = csv.reader(handle)
        before = 0
        for row in reader:
            if row and row[0] == row_id:
                return before + 1
            before = reader.line_num
    raise KeyError(f"{file} has no row {row_id}")


def set_cell(folder, file, row_id, column, value):
    """Changes one cell; returns the row's line."""
    with open(os.path.join(folder, file), encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    at = rows[0].index(column)
    for row in rows:
        if row[0] == row_id:
            row[at] = value
    with open(os.path.join(folder, file), "w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(rows)
    return line_of(folder, file, row_id)


def cell(file, row_id, column, value):
    return lambda folder: set_cell(folder, file, row_id, column, value)


def append_row(folder):
    """One id twice."""
    content = read(folder, "places.csv")
    first = content.split(b"\n")[1]
    write(folder, "places.csv", content.rstrip(b"\n") + b"\n" + first + b"\n")
    return content.rstrip(b"\n").count(b"\n") + 2


def change_korea(folder, change):
    """Changes the bytes of one line of actors.csv; returns its number."""
    line = line_of(folder, "actors.csv", "KOR")
    lines = read(folder, "actors.csv").split(b"\n")
    lines[line - 1] = change(lines[line - 1])
    write(folder, "actors.csv", b"\n".join(lines))
    return line


def break_quotes(folder):
    return change_korea(folder, lambda line: line.replace(b"KOR,South Korea", b'KOR,"South" Korea'))


def open_quotes(folder):
    """A quote that is never closed swallows the rest of the file."""
    return change_korea(folder, lambda line: line.replace(b"KOR,South Korea", b'KOR,"South Korea'))


def add_cell(folder):
    return change_korea(folder, lambda line: line + b",surplus")


def latin1(folder):
    line = line_of(folder, "actors.csv", "KOR")
    write(folder, "actors.csv", read(folder, "actors.csv").replace("Südkorea".encode(), "Südkorea".encode("latin-1"), 1))
    return line


def nul_byte(folder):
    line = line_of(folder, "actors.csv", "KOR")
    write(folder, "actors.csv", read(folder, "actors.csv").replace(b"South Korea", b"South\0Korea", 1))
    return line


def without_file(folder):
    os.remove(os.path.join(folder, "threats.csv"))


def without_column(folder):
    content = read(folder, "terms.csv")
    write(folder, "terms.csv", content.replace(b"definition_en", b"definition_xx", 1))
    return 1


def cut_descriptor(folder):
    content = read(folder, "datapackage.json")
    write(folder, "datapackage.json", content[:len(content) // 2])
    return content[:len(content) // 2].count(b"\n") + 1


def key_twice(folder):
    content = read(folder, "datapackage.json").decode()
    at = content.index('"profile"')
    write(folder, "datapackage.json", (content[:at] + '"profile": "data-package",\n  ' + content[at:]).encode())
    return content[:at].count("\n") + 2


def outside_path(folder):
    content = json.loads(read(folder, "datapackage.json"))
    content["resources"][0]["path"] = "../actors.csv"
    write(folder, "datapackage.json", json.dumps(content, ensure_ascii=False, indent=1).encode())


def cut_sources(folder):
    content = read(folder, "sources.json")
    cut = content[:len(content) // 2]
    write(folder, "sources.json", cut)
    return cut.count(b"\n") + 1


def unknown_model(folder):
    content = json.loads(read(folder, "datapackage.json"))
    content["entente"]["model"] = "no-such-model"
    write(folder, "datapackage.json", json.dumps(content, ensure_ascii=False, indent=1).encode())


CODING = "cod-a-pos-rival_policy-kor-moon-stance"

# What is broken, how, in which file, and what the finding must say (what is wrong and the remedy, in one text).
CASES = [
    ("quotes inside a cell", break_quotes, "actors.csv", r"quote"),
    ("a quote that is never closed", open_quotes, "actors.csv", r"quote"),
    ("a row with a cell too many", add_cell, "actors.csv", r"13|cell"),
    ("bytes of Latin-1", latin1, "actors.csv", r"UTF-8"),
    ("a NUL byte", nul_byte, "actors.csv", r"NUL|zero"),
    ("a resource's file missing", without_file, "threats.csv|datapackage.json", r"threats\.csv"),
    ("a column with another name", without_column, "terms.csv", r"definition_en"),
    ("an unknown unit", cell("observations.csv", FIGURE, "unit", "person"), "observations.csv", r"persons"),
    ("one id twice", append_row, "places.csv", r"indo-pacific.*line 2"),
    ("the 31st of February", cell("events.csv", "ev-futenma", "start", "2021-02-31"), "events.csv", r"2021-02-31.*28"),
    ("an end before the start", cell("alliances.csv", "us-japan", "end", "1959"), "alliances.csv", r"1959.*1960"),
    ("a value that is no number", cell("observations.csv", FIGURE, "value", "NaN"), "observations.csv", r"NaN"),
    ("a value beyond all bounds", cell("observations.csv", FIGURE, "value", "1e999"), "observations.csv", r"1e999"),
    ("a value with a decimal comma", cell("observations.csv", FIGURE, "value", "55,3"), "observations.csv", r"point"),
    ("an unknown reference", cell("observations.csv", FIGURE, "partner", "JPM"), "observations.csv", r"JPM.*JPN"),
    ("an unknown indicator", cell("observations.csv", FIGURE, "indicator", "forces_stationd"), "observations.csv",
     r"forces_stationed"),
    ("an unknown citation", cell("observations.csv", FIGURE, "citations", "fn103x"), "observations.csv", r"fn103x.*fn103"),
    ("a figure without citation", cell("observations.csv", FIGURE, "citations", ""), "observations.csv", r"citation"),
    ("a figure whose citation gives no source", cell("observations.csv", FIGURE, "citations", "fn103:rate"),
     "observations.csv", r"source"),
    ("a range that excludes its value", cell("observations.csv", FIGURE, "high", "50000"), "observations.csv",
     r"55300.*range"),
    ("money without its currency", cell("observations.csv", MONEY, "currency", ""), "observations.csv", r"currency"),
    ("an unknown currency", cell("observations.csv", MONEY, "currency", "YEN"), "observations.csv", r"YEN"),
    ("an unknown code", cell("actors.csv", "KOR", "kind", "sate"), "actors.csv", r"sate.*state"),
    ("a coding off its scale", cell("codings.csv", CODING, "value", "3"), "codings.csv", r"scale.*-2.*2"),
    ("a coding between two points", cell("codings.csv", CODING, "value", "0.5"), "codings.csv", r"ordinal"),
    ("a coding without rationale", cell("codings.csv", CODING, "rationale_de", ""), "codings.csv", r"rationale"),
    ("a coding of nothing", cell("codings.csv", CODING, "item", "positions:pos-rival_policy-kor-mon"), "codings.csv",
     r"pos-rival_policy-kor-mon.*pos-rival_policy-kor-moon"),
    ("an actor that is its own parent", cell("actors.csv", "KOR", "parent", "KOR"), "actors.csv", r"parent"),
    ("a descriptor that is cut off", cut_descriptor, "datapackage.json", r"."),
    ("a key twice in the descriptor", key_twice, "datapackage.json", r"profile"),
    ("a path out of the package", outside_path, "datapackage.json", r"\.\./actors\.csv"),
    ("sources that are cut off", cut_sources, "sources.json", r"."),
    ("a model that is not there", unknown_model, "datapackage.json", r"no-such-model"),
]


def finding_for(found, file, wanted, line):
    """The errors that name the file, and among them one that names the place and says what is wanted."""
    errors = [f for f in found["findings"] if f["severity"] == "error"]
    there = [f for f in errors if re.fullmatch(file, f["file"] or "")]
    for error in there:
        text = f"{error['file']}: {error['what']}; {error['remedy'] or ''}"
        if re.search(wanted, text, re.S | re.I) and (line is None or error["line"] == line):
            return errors, error
    return errors, None


def test_case(name, spoil, file, wanted, home, before):
    broken = tap.copy_of(BUNDLED, "broken")
    line = spoil(broken)
    got = run("study", "check", broken, "--format", "json")
    if not is_(got.code, 4, f"{name}: study check exits with 4", got):
        return
    is_(got.err, "", f"{name}: the findings go to stdout alone")
    found = got.json()
    fits(found, "check", f"{name}: check")
    errors, error = finding_for(found, file, wanted, line)
    if ok(error, f"{name}: an error names the file, the line and what is wrong", f"wanted: {file}:{line}, {wanted}",
          *[str(e) for e in errors]):
        ok(error["remedy"], f"{name}: it has a remedy", error)
        ok(error["line"] or error["column"] or "file" in error["code"], f"{name}: it has a line or a pointer", error)
        page = run("study", "check", broken)
        is_(page.code, 4, f"{name}: as a page too")
        place = error["file"] + (f":{error['line']}" if error["line"] else "")
        ok(place in page.out, f"{name}: the page names {place}", page.out[:600])
        none_of([text for text in (":0:", "(null)") if text in page.out], f"{name}: the page names no line 0")
    load = run("study", "load", broken, home=home)
    is_((load.code, load.out), (4, ""), f"{name}: study load exits with 4", load)
    ok(re.search(file, load.err), f"{name}: its message names the file", load.err)
    none_of([text for text in (":0:", "(null)") if text in load.err], f"{name}: and no line 0")
    after = run("assess", ID, *DRAWS, home=home)
    ok((after.code, after.raw) == (0, before), f"{name}: the store answers as before", after)
    opened = run("assess", broken, *DRAWS, home=home)
    is_((opened.code, opened.out), (4, ""), f"{name}: nor can it be assessed", opened.err)


def test_no_package(home, before):
    """Folders that are no packages."""
    empty = tap.folder("empty")
    got = run("study", "check", empty)
    ok(got.code in (3, 4) and "datapackage.json" in got.out + got.err, "a folder without a descriptor", got)
    write(empty, "datapackage.json", b"")
    got = run("study", "load", empty, home=home)
    ok(got.code == 4 and "datapackage.json" in got.err, "an empty descriptor", got)
    write(empty, "datapackage.json", b"[" * 100000)
    got = run("study", "load", empty, home=home)
    ok(got.code == 4 and "datapackage.json" in got.err, "a descriptor that is nested without end", got)
    got = run("study", "load", os.path.join(BUNDLED, "actors.csv"), home=home)
    ok(got.code in (3, 4) and not got.out, "a file instead of a folder", got)
    after = run("assess", ID, *DRAWS, home=home)
    ok((after.code, after.raw) == (0, before), "the store answers as before", after)


def test_all():
    home = tap.folder("store")
    got = run("study", "load", BUNDLED, home=home)
    is_(got.code, 0, "the good package is loaded", got)
    before = run("assess", ID, *DRAWS, home=home)
    is_(before.code, 0, "and assessed by its id", before)
    for case in CASES:
        test_case(*case, home, before.raw)
    test_no_package(home, before.raw)
    is_(run("study", "check", tap.copy_of(BUNDLED, "good")).code, 0, "a copy that is not broken has no error")


test_all()
tap.done()
