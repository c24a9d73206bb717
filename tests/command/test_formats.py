#!/usr/bin/python3 -B
"""test_formats - the same answer in every format: CSV holds what the JSON holds, row by row, and Markdown what the page
holds; both stay whole whatever the texts contain."""
import csv
import io
import os
import re

import tap
from tap import BUNDLED, RIVER, answer, copy_of, is_, none_of, ok, run, table, write

IN_CELL = ("citations", "states")
COMPOSITE = [os.path.join(tap.ROOT, "tests", "composite", name) for name in ("data.csv", "meta.csv")]
WHOLE = ("schema", "options", "title", "left_out", "notice")


def commands(package):
    """Every command that answers with data, about a package or a composite, as the program's own help lists them."""
    alliance = tap.rows_of(package, "alliances")[0]["id"]
    keyed = {"explain": (alliance,), "profile": (alliance,)}
    skipped = {"help", "study", "store"}
    names = re.findall(r"^  ([a-z]+) +\S", run("--help").out.split("Commands:")[1].split("entente COMMAND")[0], re.M)
    for name in names:
        if name in skipped:
            continue
        dates = ("--as-of", "2030", "--as-of", "2031") if name == "compare" else ()
        yield (name, *(COMPOSITE if name == "composite" else [package]), *keyed.get(name, ()), *dates)
    for part in ("check", "show", "stale", "reliability"):
        yield ("study", part, package)


def sheet(text):
    return list(csv.reader(io.StringIO(text)))


def is_list(member):
    return isinstance(member, list) or (isinstance(member, dict) and isinstance(member.get("key"), str))


def rows_in(document):
    """The objects of a JSON answer that are rows, with the names of their lists: first those of the answer's own lists,
    then those that lie deeper."""
    for wanted in (True, False):
        yield from lists_of({key: member for key, member in document.items()
                             if key not in WHOLE and is_list(member) == wanted})


def lists_of(value, name=""):
    if isinstance(value, dict):
        for key, member in value.items():
            if isinstance(member, list) and member and isinstance(member[0], dict) and key not in IN_CELL:
                for element in member:
                    yield key, element
                    yield from lists_of(element, key)
            elif isinstance(member, dict) and isinstance(member.get("key"), str):
                yield key, member
                yield from lists_of(member, key)
            elif isinstance(member, dict):
                yield from lists_of(member, key)


def cell_of(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)


def same(found, wanted):
    if found == wanted or found == "'" + wanted:
        return True
    try:
        return abs(float(found) - float(wanted)) <= 1e-9 * abs(float(wanted))
    except ValueError:
        return False


def faults_of_csv(text, document):
    rows = sheet(text)
    head, body = rows[0], rows[1:]
    faults = []
    if head[:2] != ["part", "parent"] or len(set(head)) != len(head):
        faults.append(f"header: {head}")
    faults += [f"line {n}: {len(row)} cells of {len(head)}" for n, row in enumerate(body, 2) if len(row) != len(head)]
    wanted = list(rows_in(document))
    if [part for part, _ in wanted] != [row[0] for row in body] and wanted:
        faults.append(f"rows: {len(body)}, not {len(wanted)}")
    for (part, element), row in zip(wanted, body):
        cells = dict(zip(head, row))
        for key, value in element.items():
            if not isinstance(value, (dict, list)) and not same(cells.get(key, "?"), cell_of(value)):
                faults.append(f"{part}: {key} is {cells.get(key)!r}, not {value!r}")
    for row in body:
        if dict(zip(head, row)).get("answer.program.version") != document["program"]["version"]:
            faults.append("a row does not say the version")
            break
    return faults


def faults_of_markdown(text, page):
    """Each table has one number of cells, and the figures and words of the page are all there."""
    faults, width = [], None
    for line in text.splitlines():
        if line.startswith("|"):
            cells = len(re.findall(r"(?<!\\)\|", line))
            if width not in (None, cells):
                faults.append(f"{cells} bars, not {width}: {line[:80]}")
            width = cells
        else:
            width = None
    plain = re.sub(r"\\(?=[^A-Za-z0-9 ])", "", re.sub(r"<br>|&emsp;|\*\*", " ", text))
    missing = [word for word in re.findall(r"[A-Za-zÄÖÜäöüß]{4,}|\d+", page) if word not in plain]
    return faults + ([f"missing: {missing[:5]}"] if missing else [])


def test_all():
    for package in (BUNDLED, RIVER):
        wrong = {"csv": [], "md": []}
        count = 0
        for arguments in commands(package):
            name = " ".join(arguments[:1] if arguments[0] != "study" else arguments[:2])
            page = run(*arguments)
            if page.code:
                ok(False, f"{page.command} succeeds", page)
                continue
            count += 1
            got = run(*arguments, "--format", "csv")
            wrong["csv"] += [f"{name}: {fault}" for fault in
                             ([str(got)] if got.code else faults_of_csv(got.out, answer(*arguments)))[:3]]
            got = run(*arguments, "--format", "md")
            wrong["md"] += [f"{name}: {fault}" for fault in
                            ([str(got)] if got.code else faults_of_markdown(got.out, page.out))[:3]]
        ok(count > 7, f"{os.path.basename(package)}: {count} commands answer")
        none_of(wrong["csv"], "CSV holds what the JSON holds")
        none_of(wrong["md"], "Markdown holds what the page holds")


def test_hostile_text():
    package = copy_of(RIVER, "signs")
    fields, rows = table(package, "events")
    label = '=1+1, "quoted" | *bar* _under_ <b> [a](b) `c`'
    rows[0].update(label_en=label, label_de=label)
    write(package, "events", fields, rows)
    entries = sheet(run("timeline", package, "--format", "csv").out)
    at = entries[0].index("label")
    ok("'" + label in [row[at] for row in entries], "a text that a spreadsheet would compute is guarded", entries[:3])
    markdown = run("timeline", package, "--format", "md").out
    ok(r"=1+1, " in markdown and r"\|" in markdown and r"\*bar\*" in markdown and r"\_under\_" in markdown
       and r"\<b\>" in markdown and r"[a\](b)" in markdown, "signs of Markdown are escaped", markdown)


def test_empty():
    entries = sheet(run("timeline", RIVER, "--from", "1700", "--to", "1701", "--format", "csv").out)
    ok(len(entries) == 1 and entries[0][:2] == ["part", "parent"], "an empty list is a header line", entries)
    refused = run("assess", "--format", "xml")
    ok(refused.code == 2 and "table, json, csv or md" in refused.err, "another format is refused", refused)


test_all()
test_hostile_text()
test_empty()
tap.done()
