#!/usr/bin/python3 -B
"""test_spreadsheet - packages as German Excel saves them: read rightly and with a note, or refused with what to do."""
import csv
import io
import json
import os
import re
import shutil

import tap
from tap import BUNDLED, RIVER, is_, none_of, ok, run

DRAWS = ("--draws", "200", "--format", "json")


def schemas(folder):
    with open(os.path.join(folder, "datapackage.json"), encoding="utf-8") as file:
        resources = json.load(file)["resources"]
    return {r["path"]: {f["name"]: f["kind"] for f in r["schema"]["fields"]} for r in resources if "schema" in r}


def german(kind, cell):
    """A cell as Excel writes it that took the column for numbers, days and truth values."""
    if kind in ("number", "integer"):
        return cell.replace(".", ",")
    day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell)
    if kind in ("edtf", "period") and day:
        return f"{day[3]}.{day[2]}.{day[1]}"
    if kind == "boolean":
        return {"true": "WAHR", "false": "FALSCH"}.get(cell, cell)
    return cell


def save(folder, path, rows, delimiter=";", empty_row=True, codec="utf-8-sig"):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    if empty_row:
        text.write(delimiter * (len(rows[0]) - 1) + "\r\n")
    with open(os.path.join(folder, path), "wb") as file:
        file.write(text.getvalue().encode(codec))


def as_saved(package, name, delimiter=";"):
    folder = tap.copy_of(package, name)
    for path, kinds in schemas(folder).items():
        rows = rows_of(folder, path)
        columns = rows[0]
        changed = [[german(kinds[c], cell) for c, cell in zip(columns, row)] for row in rows[1:]]
        save(folder, path, [columns] + changed, delimiter)
    return folder


def rows_of(folder, path):
    with open(os.path.join(folder, path), encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def without_hashes(text):
    def drop(value):
        if isinstance(value, dict):
            return {k: drop(v) for k, v in value.items() if "sha256" not in k and k != "folder"}
        return [drop(v) for v in value] if isinstance(value, list) else value
    return json.dumps(drop(json.loads(text)), indent=1)


def test_package(package, name, delimiter):
    saved = as_saved(package, name, delimiter)
    before, after = (run("assess", folder, "--store", ":memory:", *DRAWS) for folder in (package, saved))
    is_((before.code, after.code), (0, 0), f"{name}: both are assessed", after)
    if after.code == 0:
        ok(without_hashes(before.out) == without_hashes(after.out), f"{name}: the answer is the same but for its hashes")
    found, plain = (run("study", "check", folder, "--format", "json").json() for folder in (saved, package))
    notes = [f for f in found["findings"] if f["code"] == "spreadsheet"]
    tables = [path for path, kinds in schemas(package).items()]
    is_(sorted(n["file"] for n in notes), sorted(tables), f"{name}: each file has one note that it was rewritten")
    is_(sorted(f["file"] for f in found["findings"] if f["code"] == "empty-row"), sorted(tables),
        f"{name}: and one for the row of delimiters that was skipped")
    rest = [f for f in found["findings"] if f["code"] not in ("spreadsheet", "empty-row")]
    is_(rest, plain["findings"], f"{name}: the other findings are those of the package with commas")
    is_(found["agreement"] if "agreement" in found else None, plain["agreement"] if "agreement" in plain else None,
        f"{name}: coders agree as before")
    shutil.rmtree(saved)


def finding(table, column, row, cell, delimiter=";"):
    """What the check of River Pact says of one cell in a file that was saved so."""
    folder = tap.copy_of(RIVER, "cell")
    rows = rows_of(folder, table)
    kinds = schemas(folder)[table]
    if delimiter != ",":
        rows = [rows[0]] + [[german(kinds[c], old) for c, old in zip(rows[0], line)] for line in rows[1:]]
    rows[row][rows[0].index(column)] = cell
    save(folder, table, rows, delimiter, empty_row=False)
    got = run("study", "check", folder, "--format", "json")
    line = 1 + sum(1 + sum(c.count("\n") for c in r) for r in rows[:row])
    errors = [f for f in got.json()["findings"] if f["severity"] == "error"]
    shutil.rmtree(folder)
    return got.code, [f"{e['what']}; {e['remedy']}" for e in errors
                      if (e["file"], e["line"], e["column"]) == (table, line, column)], errors


def test_cells():
    figure, day = ("observations.csv", "value", 1), ("holders.csv", "start", 1)
    read = [(figure, "120,5"), (figure, "-0,0"), (figure, "1,5E+09"), (figure, "0.745"), (figure, "1.5"), (figure, "120"),
            (day, "1.5.2021"), (day, "01.05.2021"), (day, "1.5.2021~"), (day, "2021-05"), (day, ".."),
            (("observations.csv", "period", 1), "1.5.2021/31.12.2021"), (("observations.csv", "period", 1), "2020/31.12.2021"),
            (("alliances.csv", "reference", 1), "FALSCH"), (("actors.csv", "label_en", 1), "zwei\nZeilen; mit 1,5 und \"WAHR\"")]
    for place, cell in read:
        for delimiter in (";", "\t"):
            is_(finding(*place, cell, delimiter)[1:], ([], []), f"{cell!r} is read in a file with {delimiter!r}")
    refused = [(figure, "1.234", "thousand or a fraction.*no separators of thousands"),
               (("places.csv", "latitude", 1), "-12.345", "thousand or a fraction.*no separators"), (figure, "1.234,5", "no separators of thousands"),
               (figure, "1 234,5", "no separators of thousands"), (figure, "1.234.567", "no separators of thousands"),
               (figure, "5 %", "0.05"), (figure, "1,2,3", "no separators"), (day, "Mai 21", "as text.*2021-05"),
               (day, "01.05.21", "as text.*2021-05"), (day, "44317", "number of a day.*as text"),
               (day, "31.02.2021", "28 days"), (day, "5.13.2021", "month"), (day, "1.5.21021", "as text"),
               (("observations.csv", "period", 1), "44317", "as text"), (("alliances.csv", "reference", 1), "JA", "true or false")]
    for place, cell, wanted in refused:
        code, said, errors = finding(*place, cell)
        ok(code == 4 and len(said) == 1 and re.search(wanted, said[0], re.S), f"{cell!r} is refused once, with a remedy", said,
           errors)
    for place, cell in ((figure, "120,5"), (figure, "1,5E+09"), (day, "01.05.2021"), (("alliances.csv", "reference", 1), "WAHR")):
        code, said, errors = finding(*place, cell, ",")
        ok(code == 4 and len(said) == 1, f"in a file with commas {cell!r} stays an error", said, errors)


def test_files():
    for codec, name in (("cp1252", "Windows-1252"), ("utf-16", "UTF-16")):
        folder = tap.copy_of(RIVER, "codec")
        save(folder, "actors.csv", rows_of(folder, "actors.csv"), "\t" if codec == "utf-16" else ";", codec=codec)
        got = run("study", "check", folder)
        ok(got.code == 4 and "actors.csv:" in got.flat and "CSV UTF-8 (durch Trennzeichen getrennt)" in got.flat,
           f"a file in {name} is refused with what to choose in Excel", got)
    folder = tap.copy_of(RIVER, "rounded")
    rows = rows_of(folder, "observations.csv")
    rows[1][rows[0].index("value")] = "5,07123E+12"
    save(folder, "observations.csv", rows)
    found = run("study", "check", folder, "--format", "json").json()["findings"]
    ok([f for f in found if f["code"] == "spreadsheet-rounded"], "a number that lost digits in the sheet is noted", found)
    page = run("study", "check", as_saved(RIVER, "page"))
    ok("was read with semicolons between its cells" in page.flat, "the page says that the file was rewritten", page)


for study, delimiter in ((RIVER, ";"), (BUNDLED, ";"), (RIVER, "\t")):
    test_package(study, os.path.basename(study) + (" with tabs" if delimiter == "\t" else ""), delimiter)
test_cells()
test_files()
tap.done()
