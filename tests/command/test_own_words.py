#!/usr/bin/python3 -B
"""test_own_words - no sentence of the study's authors stands in the project: no text file that git tracks has eight
words in a row of the study's text, outside titles, container titles and addresses of the source register, the marked
quotations of primary documents, and the official names in tests/study/official-names.txt.

The study's text is not part of the project; ENTENTE_TEST_TEXT names it."""
import csv
import json
import os
import re
import subprocess

import tap
from tap import BUNDLED, ROOT, none_of, ok, skip

RUN = 8
LEAST_NAME = 3  # words of a name or title: a shorter one excuses no run
NAMES = os.path.join(ROOT, "tests", "study", "official-names.txt")
TITLES = ("title", "container-title", "collection-title", "translated_title")
ADDRESS = re.compile(r"https?://\S+")
BROKEN = re.compile(r"(?<=\w)[-\u00ad\u2010\u2011][ \t]*\n[ \t]*(?=\w)")  # a word that a line end divides
MARK = re.compile(r"(?<=[^\W\d])\d{1,3}\b|(?<=[.,;:!?)»«\]])\d{1,3}\b")  # the mark of a footnote
WORD = re.compile(r"\w+")


def words_of(text):
    """Words case-folded and without hyphens, so that a divided word is the same as a whole one."""
    text = BROKEN.sub("", ADDRESS.sub(" ", text))
    return WORD.findall(re.sub(r"(?<=\w)[-\u00ad\u2010\u2011](?=\w)", "", text).casefold())


def runs_of(words):
    return (tuple(words[i:i + RUN]) for i in range(len(words) - RUN + 1))


def text_runs(text):
    """The runs of the study: marks of footnotes and numbers of pages are no words of it."""
    lines = [line for line in text.splitlines() if not re.fullmatch(r"\s*\d+\s*", line)]
    return set(runs_of(words_of(MARK.sub("", "\n".join(lines)))))


class Names:
    """What may stand anywhere: titles and official names, found by their first words."""

    def __init__(self, names):
        self.by_first = {}
        for words in (words_of(name) for name in names):
            if len(words) >= LEAST_NAME:
                self.by_first.setdefault(tuple(words[:LEAST_NAME]), []).append(words)

    def cover(self, words):
        """Which of the words belong to a name."""
        covered = [False] * len(words)
        for i in range(len(words) - LEAST_NAME + 1):
            for name in self.by_first.get(tuple(words[i:i + LEAST_NAME]), ()):
                if words[i:i + len(name)] == name:
                    covered[i:i + len(name)] = [True] * len(name)
        return covered


def faults_in(piece, runs, names):
    """Runs of the study in a piece of text that no name interrupts."""
    words = words_of(piece)
    found = [i for i, run in enumerate(runs_of(words)) if run in runs]
    covered = names.cover(words) if found else []
    return [" ".join(words[i:i + RUN]) for i in found if not any(covered[i:i + RUN])]


def strings_of(value, key=""):
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings_of(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_of(inner, key)


def pieces_of(path, text):
    """A cell of a table and a text of a JSON file stand by themselves; any other file is one piece."""
    name = os.path.basename(path)
    if name.endswith(".csv"):
        for row in csv.DictReader(text.splitlines(keepends=True)):
            for column, cell in row.items():
                cells = cell if isinstance(cell, list) else [cell or ""]
                if name != "quotations.csv" or column != "text":
                    yield from cells
    elif name == "sources.json":
        yield from (value for key, value in strings_of(json.loads(text)) if key not in TITLES)
    else:
        yield text


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    return [name for name in listed.stdout.decode("utf-8").split("\0") if name] if listed.returncode == 0 else None


def read(path):
    """The text of a file, or None for one that is no text."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
        return None
    return None if "\0" in text else text


def known_names():
    with open(os.path.join(BUNDLED, "sources.json"), encoding="utf-8") as file:
        titles = [value for key, value in strings_of(json.load(file)) if key in TITLES]
    with open(NAMES, encoding="utf-8") as file:
        official = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    return titles, official


def test_finder(runs, text):
    """What is planted is found, whole, divided, in other letters; what a title interrupts is not."""
    words = next(w for w in (words_of(p) for p in re.split(r"(?<=[a-zäöüß]\.)\s", MARK.sub("", text)))
                 if len(w) > 12 and all(r in runs for r in runs_of(w)))
    none = Names([])
    ok(faults_in("Before it. " + " ".join(words) + " And after.", runs, none), "a planted sentence is found")
    ok(len(faults_in(" ".join(words[:RUN]), runs, none)) == 1, "eight words are enough")
    ok(not faults_in(" ".join(words[:RUN - 1]), runs, none), "seven are not")
    long = max(words[:RUN], key=len)
    divided = " ".join(words[:RUN]).replace(long, long[:3] + "-\n  " + long[3:])
    ok(faults_in(divided.upper() if long.upper().casefold() == long else divided, runs, none),
       "also in other letters and where a line end divides a word")
    ok(not faults_in(" ".join(words[:RUN]), runs, Names([" ".join(words[2:6])])), "but not where a name stands in it")
    planted = "id,label\nx,\"" + " ".join(words[:RUN]) + "\"\n"
    ok([p for p in pieces_of("claims.csv", planted) if faults_in(p, runs, none)], "a cell of a table is searched")
    planted = "id,text,note\nx,\"" + " ".join(words) + "\",\n"
    ok(not [p for p in pieces_of("quotations.csv", planted) if faults_in(p, runs, none)],
       "the text of a marked quotation is not")
    ok([p for p in pieces_of("quotations.csv", planted.replace("text,note", "note,text")) if faults_in(p, runs, none)],
       "its note is")
    planted = json.dumps([{"id": "x", "title": " ".join(words), "note": "none"}])
    ok(not [p for p in pieces_of("sources.json", planted) if faults_in(p, runs, none)], "nor is a title")
    planted = json.dumps([{"id": "x", "title": "none", "note": " ".join(words)}])
    ok([p for p in pieces_of("sources.json", planted) if faults_in(p, runs, none)], "the note of a source is")


def test_project(runs):
    titles, official = known_names()
    names, faults, read_files, files = Names(titles + official), [], 0, tracked()
    if files is None:
        skip("no run of the study in a tracked file", "git lists no files here")
        return
    for name in files:
        text = read(os.path.join(ROOT, name))
        if text is None or os.path.join(ROOT, name) == NAMES:
            continue
        read_files += 1
        faults += [f"{name}: {run}" for piece in pieces_of(name, text) for run in faults_in(piece, runs, names)]
    ok(read_files > 100, "the files that git tracks are read", read_files)
    none_of(faults, "none has eight words in a row of the study, outside titles, quotations and official names")
    needless = [name for name in official if len(words_of(name)) < LEAST_NAME]
    none_of(needless, f"each official name has {LEAST_NAME} words at least")


path = os.environ.get("ENTENTE_TEST_TEXT")
if not path:
    skip("own words", "ENTENTE_TEST_TEXT names no file: the study's text")
else:
    with open(path, encoding="utf-8") as study:
        whole = study.read()
    all_runs = text_runs(whole)
    ok(len(all_runs) > 10000, "the study's text has its runs", len(all_runs))
    test_finder(all_runs, whole)
    test_project(all_runs)
tap.done()
