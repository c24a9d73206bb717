#!/usr/bin/python3 -B
"""test_hostile - packages that mean harm: each is refused with its place and a remedy, or read rightly, in bounded
memory, and nothing in it reaches the terminal as a command. What does not end is stopped by the test runner.

The bound: each of these takes at most the size of the largest file and 64 MB (the manual promises 128). It is measured
in the release build; other builds run the same cases with smaller files.
"""
import csv
import io
import json
import multiprocessing
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time

import tap
from tap import RIVER, is_, none_of, ok, skip

MEASURED = "build/gcc" in tap.PROGRAM or tap.PROGRAM.endswith("build/entente")
BOUND_MB = 64
BIG = 200_000_000 if MEASURED else 20_000_000
MANY = 1_000_000 if MEASURED else 100_000
LONG = 100_000 if MEASURED else 20_000

# Large files stand in memory where the system has a place for that.
PLACE = tempfile.mkdtemp(prefix="entente-hostile-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else tap.SCRATCH)
tap.atexit.register(shutil.rmtree, PLACE, ignore_errors=True)
STORE = os.path.join(tap.SCRATCH, "store.sqlite")
STATES = {}

# What a terminal may obey, and what shows other text than is stored.
HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def launcher():
    """A process that runs the program and stays small: a child's peak of memory counts what its parent held."""
    ours, theirs = multiprocessing.Pipe()
    if os.fork() == 0:
        ours.close()
        while True:
            try:
                arguments = theirs.recv()
            except EOFError:
                os._exit(0)
            with open(OUT, "wb") as out, open(ERR, "wb") as err:
                started = time.monotonic()
                child = subprocess.Popen([tap.PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                         env=tap.environment(), cwd=tap.SCRATCH)
                _, status, usage = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(status)
                theirs.send((child.returncode, time.monotonic() - started, usage.ru_maxrss / 1024))
    theirs.close()
    return ours


OUT, ERR = (os.path.join(tap.SCRATCH, name) for name in ("out", "err"))
LAUNCHER = launcher()


class Run:
    def __init__(self, *arguments):
        LAUNCHER.send(arguments)
        self.code, self.seconds, self.mb = LAUNCHER.recv()
        with open(OUT, "rb") as out, open(ERR, "rb") as err:
            self.out, self.err = out.read().decode("utf-8"), err.read().decode("utf-8")

    def __str__(self):
        return f"exit {self.code}\nstdout: {self.out[:900]}\nstderr: {self.err[:900]}"


def path(folder, file):
    return os.path.join(folder, file)


def read(folder, file):
    with open(path(folder, file), "rb") as handle:
        return handle.read()


def write(folder, file, content):
    with open(path(folder, file), "wb") as handle:
        handle.write(content)


def append(file, *pieces):
    """Adds bytes to a file; a piece (bytes, n) is written n times. Returns the number of the first line added."""
    def spoil(folder):
        line = read(folder, file).count(b"\n") + 1
        with open(path(folder, file), "ab") as handle:
            for piece in pieces:
                once, times = piece if isinstance(piece, tuple) else (piece or b"\n", 1)
                batch = max(1, min(times, 1_000_000 // len(once)))
                for _ in range(times // batch):
                    handle.write(once * batch)
                handle.write(once * (times % batch))
        return line
    return spoil


def table(folder, file):
    with open(path(folder, file), encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


def write_table(folder, file, rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    write(folder, file, text.getvalue().encode("utf-8", "surrogatepass"))


def cell(file, row, column, value):
    """Changes one cell of a row (a number, from 1); value may be a function of what stood there."""
    def spoil(folder):
        rows = table(folder, file)
        at = rows[0].index(column)
        rows[row][at] = value(rows[row][at]) if callable(value) else value
        write_table(folder, file, rows)
        return 1 + sum(1 + sum(c.count("\n") for c in r) for r in rows[:row])
    return spoil


def header(file, column, name):
    def spoil(folder):
        rows = table(folder, file)
        rows[0][rows[0].index(column)] = name
        write_table(folder, file, rows)
        return 1
    return spoil


def rows_like_first(file, count, change):
    """Adds rows like the first one: change(i, cells by column) sets what differs."""
    def spoil(folder):
        rows = table(folder, file)
        columns = {name: i for i, name in enumerate(rows[0])}
        like = rows[1]
        for i in range(count):
            new = list(like)
            for name, value in change(i).items():
                new[columns[name]] = value
            rows.append(new)
        write_table(folder, file, rows)
    return spoil


def parents(file, count):
    """A circle of parents through count new rows."""
    return rows_like_first(file, count, lambda i: {"id": f"c{i}", "parent": f"c{(i + 1) % count}"})


def descriptor(change):
    def spoil(folder):
        content = json.loads(read(folder, "datapackage.json"))
        change(content)
        write(folder, "datapackage.json", json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8"))
    return spoil


def resource_path(name, new):
    def change(content):
        next(r for r in content["resources"] if r["name"] == name)["path"] = new
    return descriptor(change)


def swap(file, old, new):
    """Replaces bytes once; returns the line of the change."""
    def spoil(folder):
        content = read(folder, file)
        at = content.index(old)
        write(folder, file, content.replace(old, new, 1))
        return content[:at].count(b"\n") + 1
    return spoil


def whole(file, *pieces):
    def spoil(folder):
        write(folder, file, b"")
        append(file, *pieces)(folder)
    return spoil


def outside(folder, file):
    """Moves a file out of the package."""
    target = path(os.path.dirname(folder), "outside-" + file)
    shutil.move(path(folder, file), target)
    return target


def link_to(file):
    return lambda folder: os.symlink(outside(folder, file), path(folder, file))


def link_to_folder(folder):
    away = path(os.path.dirname(folder), "away")
    os.mkdir(away)
    shutil.move(path(folder, "actors.csv"), path(away, "actors.csv"))
    os.symlink(away, path(folder, "sub"))
    resource_path("actors", "sub/actors.csv")(folder)


def instead(make):
    def spoil(folder):
        os.remove(path(folder, "actors.csv"))
        make(path(folder, "actors.csv"))
    return spoil


def make_socket(name):
    here = os.getcwd()
    os.chdir(os.path.dirname(name))  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.basename(name))
    os.chdir(here)


def store_state():
    """The content of the store; as long as its bytes are the same, so is that."""
    with open(STORE, "rb") as file:
        content = file.read()
    if STATES.get("bytes") != content:
        with sqlite3.connect(STORE) as store:
            STATES.update(bytes=content, content="\n".join(store.iterdump()))
    return STATES["content"]


def largest_file(folder):
    names = [os.path.join(top, name) for top, _, files in os.walk(folder) for name in files]
    return max(os.lstat(name).st_size for name in names) / 1e6


def faults_of_run(run, what, largest):
    faults = []
    if MEASURED and run.mb > largest + BOUND_MB:
        faults.append(f"{what} took {run.mb:.0f} MB; the largest file has {largest:.0f}")
    harm = HARMFUL.search(run.out + run.err)
    if harm:
        faults.append(f"{what} wrote the character U+{ord(harm.group()):04X}")
    return faults


def measure(name, run, largest):
    if MEASURED and os.environ.get("SHOW_PEAKS"):
        print(f"# {run.mb:6.0f} MB {run.seconds:5.2f} s, largest file {largest:5.0f} MB: {name}")


def refused(name, spoil, file, wanted, code=None):
    """The check finds an error in file whose text fits wanted; a load changes nothing."""
    folder = os.path.join(tempfile.mkdtemp(dir=PLACE), "package")
    shutil.copytree(RIVER, folder)
    line = spoil(folder)
    largest = largest_file(folder)
    check = Run("study", "check", folder, "--format", "json")
    load = Run("study", "load", folder, "--store", STORE) if largest < 50 else None
    shutil.rmtree(os.path.dirname(folder))
    measure(name, check, largest)
    faults = faults_of_run(check, "check", largest) + (faults_of_run(load, "load", largest) if load else [])
    if (check.code, check.err) != (4, "") or (load and (load.code, load.out) != (4, "")):
        ok(False, name, *faults, check, load)
        return
    errors = [f for f in json.loads(check.out)["findings"] if f["severity"] == "error"]
    there = [e for e in errors if e["file"] == file and (line is None or e["line"] == line)
             and (code is None or e["code"] == code)
             and re.search(wanted, f"{e['column']}: {e['what']}; {e['remedy']}", re.S)]
    if not there:
        faults.append(f"no error at {file}:{line} fits {wanted}; the first: {errors[:3]}")
    if there and not there[0]["remedy"]:
        faults.append(f"no remedy: {there[0]}")
    if there and not (there[0]["line"] or there[0]["column"] or re.search("file|larger", there[0]["code"] + there[0]["what"])):
        faults.append(f"no place: {there[0]}")
    faults += [f"a message is too long: {len(e[key])}" for e in errors for key in ("what", "remedy", "column")
               if e[key] and len(e[key]) > 620]
    if load and file not in load.err:
        faults.append(f"the load does not name the file: {load.err[:300]}")
    if store_state() != BEFORE:
        faults.append("the store has changed")
    none_of(faults, name)


def taken(name, spoil, note=None, same=False):
    """The package is read; note: a code that the check notes; same: an assessment says what it said before."""
    folder = os.path.join(tempfile.mkdtemp(dir=PLACE), "package")
    shutil.copytree(RIVER, folder)
    spoil(folder)
    largest = largest_file(folder)
    check = Run("study", "check", folder, "--format", "json")
    assessed = Run("assess", folder, "--store", ":memory:", "--draws", "100", "--format", "json")
    page = Run("assess", folder, "--store", ":memory:", "--draws", "100")
    shutil.rmtree(os.path.dirname(folder))
    measure(name, check, largest)
    measure(name + " (assess)", assessed, largest)
    faults = faults_of_run(check, "check", largest) + faults_of_run(assessed, "assess", largest)
    faults += faults_of_run(page, "the page", largest)
    if (check.code, assessed.code, page.code) != (0, 0, 0):
        ok(False, name, *faults, check, assessed)
        return
    notes = [f["code"] for f in json.loads(check.out)["findings"]]
    if note and note not in notes:
        faults.append(f"no note {note} among {notes}")
    if same and figures(assessed.out) != FIGURES:
        faults.append("the figures are others than before")
    if "nan" in assessed.out.lower().replace("finance", "") or "inf" in re.sub(r'"[^"]*"', "", assessed.out):
        faults.append("a figure is not finite")
    none_of(faults, name)


def figures(text):
    return json.loads(text)["alliances"]


def characters():
    """Every kind of character in every kind of place."""
    harmful = [0x01, 0x08, 0x0C, 0x1B, 0x7F, 0x85, 0x9B, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    unseen = [0x200E, 0x200F, 0x061C, 0x200B, 0x200C, 0x200D, 0xFEFF, 0x2060, 0xAD, 0xE0041]
    for number in harmful:
        c, name = chr(number), f"U+{number:04X}"
        refused(f"{name} in a label", cell("actors.csv", 2, "label_en", lambda old: old[:2] + c + "[2J" + old[2:]),
                "actors.csv", f"label_en.*{re.escape(name)}.*take it out", "harmful-character")
    for number in (0x1B, 0x9B, 0x202E):
        c, name = chr(number), f"U+{number:04X}"
        escaped = f"\\u{number:04x}".encode()
        refused(f"{name} in an id", cell("actors.csv", 2, "id", "BR" + c + "K"), "actors.csv", "id.*take it out")
        refused(f"{name} in a reference", cell("members.csv", 1, "actor", "DO" + c + "R"), "members.csv", "take it out")
        refused(f"{name} in the name of a column", header("actors.csv", "note", "no" + c + "te"), "actors.csv",
                "no such column")
        for file, key in (("sources.json", b'"title": "'), ("datapackage.json", b'"title": "'),
                          ("model.json", b'"en": "')):
            raw = swap(file, key, key + c.encode())
            place = "datapackage.json" if file == "model.json" else file
            said = re.escape(name) if number != 0x1B else "U\\+001B|control character"
            wanted = f"({file}:[0-9]+:[0-9]+.*)?({said})"
            at = (lambda spoil: lambda folder: (spoil(folder), None)[1]) if file == "model.json" else (lambda spoil: spoil)
            refused(f"{name} in {file}", at(raw), place, wanted)
            refused(f"{name} as an escape in {file}", at(swap(file, key, key + escaped)), place, wanted)
    for number in unseen:
        c = chr(number)
        taken(f"U+{number:04X} in a label is noted", cell("actors.csv", 2, "label_en", lambda old: old[:2] + c + old[2:]),
              "unseen-character")
    for number in (0x200F, 0xFEFF):
        c = chr(number)
        refused(f"U+{number:04X} in an id", cell("actors.csv", 2, "id", "BR" + c + "K"), "actors.csv", "can not be an id")
        taken(f"U+{number:04X} in a source is noted", swap("sources.json", b'"title": "', b'"title": "' + c.encode()),
              "unseen-character")
    refused("a homoglyph in an id", cell("actors.csv", 2, "id", "B\u0420K"), "actors.csv", "can not be an id")
    refused("a homoglyph in a reference", cell("members.csv", 1, "actor", "D\u041eR"), "members.csv", "no id in actors")
    taken("homoglyphs in a label", cell("actors.csv", 2, "label_en", "Br\u0430nnock"))
    refused("a NUL in a cell", swap("actors.csv", b"Brannock", b"Bran\0nock"), "actors.csv", "NUL.*UTF-8", "encoding")
    taken("line ends and tabs in a quoted label", cell("actors.csv", 2, "label_en", "Bran\r\n\tnock"))


def encodings():
    bad = {"cut short": b"\xc3", "overlong": b"\xc0\xaf", "a surrogate": b"\xed\xa0\x80", "beyond Unicode": b"\xf4\x90\x80\x80",
           "a stray byte": b"\x80", "Windows-1252": "Südkorea".encode("cp1252")}
    for name, piece in bad.items():
        refused(f"UTF-8 that is {name}, in a table", swap("actors.csv", b"Brannock,", piece + b","), "actors.csv",
                "UTF-8.*CSV UTF-8 \\(durch Trennzeichen getrennt\\)", "encoding")
        refused(f"UTF-8 that is {name}, in the sources", swap("sources.json", b'"title": "', b'"title": "' + piece),
                "sources.json", "UTF-8|utf-8", "json-syntax")
    refused("UTF-8 that is cut short, in the descriptor", swap("datapackage.json", b'"title": "', b'"title": "\xc3'),
            "datapackage.json", "UTF-8", "json-syntax")
    for codec in ("utf-16", "utf-16-be", "utf-16-le"):
        refused(f"a table in {codec}", lambda folder: write(folder, "actors.csv", read(folder, "actors.csv").decode()
                                                            .encode(codec)), "actors.csv", "durch Trennzeichen", "encoding")


def sizes():
    refused("a field of 200 MB in one line", append("actors.csv", b"x,", (b"a", BIG), b",,\n"), "actors.csv", "8 MB", "limit")
    refused("a quote that never closes, 200 MB", append("actors.csv", b'x,"', (b"a" * 999 + b"\n", BIG // 1000)),
            "actors.csv", "quote", "quotes")
    refused("a quote that never closes, 200 MB in one line", append("actors.csv", b'x,"', (b"a", BIG)), "actors.csv",
            "8 MB|quote")
    refused("a quote that never closes over many short lines", append("actors.csv", b'x,"', (b"\n", BIG // 10)),
            "actors.csv", "quote", "quotes")
    refused("a header of a million columns", whole("actors.csv", b"id", (b",c", MANY), b"\n"), "actors.csv", "1000", "limit")
    refused("a row of a million fields", append("actors.csv", b"x", (b",c", MANY), b"\n"), "actors.csv",
            "fields", "ragged-row")
    refused("a million ragged rows", append("actors.csv", (b"x,y\n", MANY)), "actors.csv", "2 fields", "ragged-row")
    refused("a million rows with a stray quote", append("actors.csv", (b'x,y"z\n', MANY)), "actors.csv", "quote", "quotes")
    refused("a million rows with an open quote", append("actors.csv", (b'x,"z\n', MANY)), "actors.csv", "quote", "quotes")
    refused("a file without an end of line, 200 MB", whole("actors.csv", (b"a", BIG)), "actors.csv", "8 MB", "limit")
    refused("a field of 2 MB", append("actors.csv", b"x,", (b"a", 2_000_000), b",,\n"), "actors.csv", "1 MB", "limit")
    refused("an id of 1 MB", cell("actors.csv", 20, "id", "a" * 1_000_000), "actors.csv", "can not be an id.*200", "id-form")
    refused("a number of 1 MB", cell("observations.csv", 1, "value", "9" * 1_000_000), "observations.csv", "finite")
    refused("a file beyond 256 MB", lambda folder: os.truncate(path(folder, "actors.csv"), 300_000_000), "actors.csv",
            "larger", "unreadable-file")
    refused("a list of ids that nobody knows",
            cell("events.csv", 1, "actors", " ".join(f"x{i}" for i in range(LONG))), "events.csv", '"x0"', "unknown-reference")
    refused("one id 10,000 times in a cell", cell("observations.csv", 1, "citations", " ".join(["fn3"] * 10_000)),
            "observations.csv", "fn3.*twice", "repeated-id")
    refused("items of an unknown table", rows_like_first("codings.csv", LONG, lambda i: {"id": f"c{i}", "item": f"t{i}:x"}),
            "codings.csv", "no table", "unknown-item")
    refused("ids that are nearly right", rows_like_first(
        "members.csv", LONG, lambda i: {"id": "m" * 50 + str(i), "actor": "alv-steward-elde" + "x" * 40}), "members.csv",
            "no id in actors", "unknown-reference")
    refused("figures of an indicator with endless subjects", lambda folder: (
        cell("indicators.csv", 1, "subjects", "actor " + "place " * 100_000)(folder),
        rows_like_first("observations.csv", LONG // 5, lambda i: {"id": f"o{i}"})(folder))[1], "observations.csv", "place",
            "subject")
    taken("a list of 100,000 actors", lambda folder: (
        rows_like_first("actors.csv", LONG // 10, lambda i: {"id": f"x{i}"})(folder),
        cell("events.csv", 1, "actors", " ".join(f"x{i}" for i in range(LONG // 10)))(folder))[1], same=True)
    taken("a chain of parents", rows_like_first(
        "definitions.csv", LONG // 10, lambda i: {"id": f"x{i}", "parent": f"x{i - 1}" if i else ""}), same=True)
    taken("an office with many heads, one after the other", rows_like_first(
        "holders.csv", LONG // 10, lambda i: {"id": f"x{i}", "start": f"{1 + i // 12 % 1900:04}-{1 + i % 12:02}-02",
                                             "end": f"{1 + i // 12 % 1900:04}-{1 + i % 12:02}-03"}), same=True)
    taken("many coders", rows_like_first("coders.csv", LONG // 10, lambda i: {"id": f"x{i}"}), same=True)


def circles():
    for file in ("actors.csv", "places.csv", "definitions.csv", "observations.csv"):
        for count in (1, 2, LONG if file == "actors.csv" else LONG // 10):
            refused(f"a circle of {count} parents in {file}", parents(file, count), file, "parent", "circle")


def paths():
    for file in ("actors.csv", "sources.json", "datapackage.json", "model.json"):
        refused(f"a link in place of {file} that leads out", link_to(file), "datapackage.json", "out of the package")
    refused("a link in place of a folder that leads out", link_to_folder, "datapackage.json", "sub/actors.csv")
    refused("a FIFO", instead(os.mkfifo), "actors.csv", "regular file", "unreadable-file")
    refused("a socket", instead(make_socket), "actors.csv", "opened", "unreadable-file")
    refused("a folder in place of a file", instead(os.mkdir), "actors.csv", "folder", "unreadable-file")
    refused("a link to itself", instead(lambda name: os.symlink("actors.csv", name)), "actors.csv", ".")
    try:
        os.mknod(path(PLACE, "try"), 0o600 | 0o020000, os.makedev(1, 5))
        refused("a device", instead(lambda name: os.mknod(name, 0o600 | 0o020000, os.makedev(1, 5))), "actors.csv",
                "regular file", "unreadable-file")
    except OSError:
        skip("a device", "only root makes devices")
    for bad in ("../actors.csv", "x/../../actors.csv", "..", "/etc/passwd", "sub\\actors.csv", "..\\actors.csv"):
        refused(f"the path {bad}", resource_path("actors", bad), "datapackage.json", "out of the package", "path-outside")
    refused("no path at all", resource_path("actors", ""), "datapackage.json", "path")
    refused("the folder itself", resource_path("actors", "."), "datapackage.json", "out of the package", "path-outside")
    refused("the descriptor as a table", resource_path("actors", "datapackage.json"), "datapackage.json", "named before",
            "path-twice")
    refused("the descriptor as a table, by another name", resource_path("actors", "./datapackage.json"),
            "./datapackage.json", ".")
    refused("one file for two tables", resource_path("offices", "actors.csv"), "datapackage.json", "named before", "path-twice")
    refused("a model out of the package", descriptor(lambda c: c["entente"].update(model="../model.json")),
            "datapackage.json", "out of the package", "path-outside")
    refused("a file of a row out of the package", cell("models.csv", 1, "path", "../../../../../../etc/passwd"),
            "models.csv", "no file", "missing-file")
    taken("./ before a path", resource_path("actors", "./actors.csv"), same=True)
    taken("doubled slashes in a path", resource_path("actors", ".//actors.csv"), same=True)
    taken("a link that stays in the package", lambda folder: (
        os.rename(path(folder, "actors.csv"), path(folder, "x.csv")), os.symlink("x.csv", path(folder, "actors.csv")))[1],
          same=True)


def documents():
    for file in ("datapackage.json", "sources.json", "model.json"):
        place = "datapackage.json" if file == "model.json" else file
        refused(f"{file} nested 100,000 deep", whole(file, (b"[", 100_000), (b"]", 100_000)), place, "200 levels")
        refused(f"{file} nested 100,000 deep without an end", whole(file, (b'{"a":', 100_000)), place, "200 levels")
        refused(f"{file} with a million keys", lambda folder, f=file: write(folder, f, b'{"x":1' + b"".join(
            b',"k%d":%d' % (i, i) for i in range(1_000_000)) + b"}"), file, "too many values|larger than")
        refused(f"{file} with a million empty lists", whole(file, b"[", (b"[],", 1_000_000), b"1]"), place, "too many values")
        refused(f"{file} with one key a thousand times", whole(file, b'{"x":1', (b',"k":1', 1_000), b"}"), place, "once|dup")
        refused(f"{file} with 1e999", whole(file, b'{"x": 1e999}'), place, "number")
        refused(f"{file} with 400 digits", whole(file, b'{"x": ', (b"9", 400), b"}"), place, "integer|number")
        refused(f"{file} with a text of 2 MB", whole(file, b'{"x": "', (b"a", 2_000_000), b'"}'), place, "1 MB")
        refused(f"{file} with half a surrogate", whole(file, b'{"x": "\\ud800"}'), place, "Unicode|surrogate")
        refused(f"{file} with NUL", whole(file, b'{"x": "\\u0000"}'), place, "U\\+0000")
        refused(f"{file} that is empty", whole(file, b""), place, ".")
        refused(f"{file} with a bare NaN", whole(file, b'{"x": NaN}'), place, ".")
    refused("sources of 200 MB", whole("sources.json", b"[", (b'"aaaaaaa",\n', BIG // 11), b"1]"), "sources.json",
            "32 MB|too many values")
    refused("sources just under the limit", whole("sources.json", b"[{}", (b",{}", 120_000), b"]"), "sources.json", "no id")
    refused("a model with many qualifiers", lambda folder: write(folder, "model.json", json.dumps(dict(
        json.loads(read(folder, "model.json")), qualifiers={f"q{i}": 1 for i in range(100_000)})).encode()),
            "datapackage.json", "1000 entries")
    refused("an edition beyond all numbers", descriptor(lambda c: c["entente"].update(edition=10 ** 18)),
            "datapackage.json", "edition", "descriptor")
    refused("many unknown resources", descriptor(lambda c: c.update(resources=[{"name": f"r{i}"} for i in range(LONG)])),
            "datapackage.json", "missing")


def values():
    for value in ("nan", "inf", "-Infinity", "0x10", "--5", "1e999", "9" * 401, "1_000", "٣", "５", "1,5", "5 %", "1e", "+5"):
        refused(f"the number {value[:12]}", cell("observations.csv", 1, "value", value), "observations.csv",
                "value.*finite.*write", "number")
    for value in ("99999999999", "2021-13", "2021-00", "2021-02-30", "0000", "-2021", "2021-05-16T00:00", "10000",
                  "2021/2020/2019", "2021-5-1", "44317", "Mai 21", "01.05.21", "01.05.2021", "２０２１"):
        refused(f"the period {value}", cell("observations.csv", 1, "period", value), "observations.csv", "period.*write", "date")
        refused(f"the start {value}", cell("holders.csv", 1, "start", value), "holders.csv", "start.*write", "date")
    for value in ("1e308", "1e-320", "0.0000000000000000000000000001"):
        taken(f"the number {value}", cell("observations.csv", 1, "value", value))


def other_files():
    """A model that is named on the command line, and names of folders that are no UTF-8."""
    model = os.path.join(PLACE, "model.json")
    for content, wanted in ((read(RIVER, "model.json").replace(b'"en": "', b'"en": "\\u001b[2J', 1), r":\d+:\d+: .*U\+001B"),
                            (read(RIVER, "model.json").replace(b'"en": "', b'"en": "\xc2\x9b', 1), r":\d+:\d+: .*U\+009B"),
                            (b"[" * 100_000, "200 levels"), (b'{"a' + b"a" * 2_000_000, "1 MB")):
        write(PLACE, "model.json", content)
        got = Run("assess", RIVER, "--store", ":memory:", "--model", model)
        none_of(faults_of_run(got, "assess", len(content) / 1e6) + ([] if got.code == 4 and re.search(wanted, got.err) else
                                                                   [got]), f"a model that is refused: {wanted}")
    folder = os.fsencode(PLACE) + b"/B\xfcndnis\x1b[2J"
    shutil.copytree(os.fsencode(RIVER), folder)
    for form in ("json", "table"):
        got = Run("study", "check", os.fsdecode(folder), "--format", form)
        none_of(faults_of_run(got, "check", 0) + ([] if got.code == 0 else [got]), f"a folder that is named oddly, as {form}")
    os.remove(folder + b"/actors.csv")
    got = Run("assess", os.fsdecode(folder), "--store", ":memory:")
    none_of(faults_of_run(got, "assess", 0) + ([] if got.code == 4 else [got]), "a folder that is named oddly, in an error")


def alliances():
    refused("an alliance of 10,000 members", lambda folder: (
        rows_like_first("actors.csv", 10_000, lambda i: {"id": f"x{i}"})(folder),
        rows_like_first("members.csv", 10_000, lambda i: {"id": f"x{i}", "actor": f"x{i}", "start": "2021"})(folder))[1],
            "members.csv", "members", "too-many-members")


is_(Run("study", "load", RIVER, "--store", STORE).code, 0, "the good package is loaded")
BEFORE = store_state()
FIGURES = figures(Run("assess", RIVER, "--store", ":memory:", "--draws", "100", "--format", "json").out)
for group in (characters, encodings, values, circles, paths, documents, sizes, alliances, other_files):
    group()
tap.done()
