#!/usr/bin/python3 -B
"""test_figures - of the figures of the bundled study's text none is missing: tests/study/figures.csv accounts for each line
of the text with a digit or a number word (found through ENTENTE_TEST_TEXT), and each figure that it names stands in the
rows that it names.

The file says for each line what its figure is: figure (the rows that hold it), date, or what counts nothing: footnote
marks, names, apparatus of footnotes, page headings, number words that count the partners."""
import csv
import os
import re

import tap
from tap import BUNDLED, ROOT, none_of, ok, skip

TEXT = os.environ.get("ENTENTE_TEST_TEXT")
KINDS = {"figure", "date", "mark", "name", "apparatus", "page", "word"}
FIRST = 12  # line of the text on which the study begins, after its title page
NUMBER = re.compile(r"\d|[Dd]rei|\b[Vv]ier(?!t)|[Vv]iertel|fünf|sechs|\bsieben|\bacht(?!et|en|ung)|\bneun\b|zehn|zwölf|"
                    r"zwanzig|dreißig|hundert|tausend|Dutzend|Drittel|Hälfte|[Dd]ritt|doppel|halb\b|[Mm]ehrfach|Prozent|"
                    r"Million|Milliard|Billion")
WORDS = {"half": .5, "hälfte": .5, "quarter": .25, "viertel": .25, "third": 1 / 3, "drittel": 1 / 3, "one": 1, "ein": 1,
         "eine": 1, "einem": 1, "einer": 1, "erste": 1, "forty": 40, "vierzig": 40, "verdreifach": 3, "vervierfach": 4,
         "verfünffach": 5, "größte": 1,
         "single": 1, "first": 1, "two": 2, "zwei": 2, "zweier": 2, "second": 2, "twice": 2, "doppel": 2, "double": 2,
         "three": 3, "drei": 3, "dreier": 3, "dritt": 3, "four": 4, "vier": 4, "fourth": 4, "five": 5, "fünf": 5,
         "fifth": 5, "six": 6, "sechs": 6, "seven": 7, "sieben": 7, "eight": 8, "acht": 8, "nine": 9, "neun": 9, "ten": 10,
         "zehn": 10, "eleven": 11, "elf": 11, "twelve": 12, "zwölf": 12, "fifteen": 15, "twenty": 20, "zwanzig": 20,
         "thirty": 30, "dreißig": 30, "ninety": 90}
TIMES = {"prozent": .01, "percent": .01, "%": .01, "millionen": 1e6, "million": 1e6, "mio": 1e6, "milliarden": 1e9,
         "milliarde": 1e9, "billion": 1e9, "bn": 1e9, "billionen": 1e12, "trillion": 1e12}


def accounts():
    with open(os.path.join(ROOT, "tests", "study", "figures.csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def evidence():
    found = {}
    for name in os.listdir(BUNDLED):
        if name.endswith(".csv"):
            found.update({f"{name[:-4]}:{row['id']}": row for row in tap.rows_of(BUNDLED, name[:-4])})
    return found


def lines_of(row):
    first, _, last = row["line"].partition("-")
    return range(int(first), int(last or first) + 1)


def values_of(text):
    """The numbers that a text states in digits or words, each also with the multiples that its words name."""
    text = re.sub(r"(?<=\d)[ \u00a0.](?=\d{3}\b)", "", text.lower())
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    plain = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", text)]
    words = re.findall(r"[a-zäöüß]+|%", text)
    for n, word in enumerate(words):
        known = [v for w, v in WORDS.items() if word == w or (len(w) > 3 and word.startswith(w))]
        for value in known:
            fraction = 0 < value < 1 and n and WORDS.get(words[n - 1], 1) or 1
            plain += [value, value * fraction]
    times = [TIMES[word] for word in words if word in TIMES]
    return set(plain) | {value * by for value in plain for by in times}


def printed(figure):
    """What a printed figure may stand for: its unit often stands in the next line."""
    values = values_of(figure)
    return values | {value * by for value in values for by in set(TIMES.values())}


def in_row(values, row):
    held = set()
    for cell in row.values():
        held |= values_of(cell or "")
        try:
            held.add(float(cell))
        except (TypeError, ValueError):
            pass
    return any(abs(value - other) <= 2e-3 * abs(value) for value in values for other in held)


def test_rows():
    rows, held = accounts(), evidence()
    none_of([row for row in rows if row["kind"] not in KINDS or not re.fullmatch(r"\d+(-\d+)?", row["line"])],
            "each row has a kind and a line")
    none_of([f"{row['line']}: {key}" for row in rows for key in row["keys"].split() if key not in held],
            "each row that is named is there")
    none_of([row for row in rows if not row["keys"] and not row["why"]], "what has no row says why")
    figures = [row for row in rows if row["kind"] == "figure"]
    ok(len(figures) > 100, f"{len(figures)} figures are accounted for")
    none_of([row for row in figures if not row["figure"] or not row["keys"]], "each figure has its rows")
    none_of([f"{row['line']}: {row['figure']} is not in {row['keys']}" for row in figures
             if not any(in_row(printed(row["figure"]), held[key]) for key in row["keys"].split() if key in held)],
            "and stands in one of them")


def test_text():
    if not TEXT:
        skip("each line of the text with a figure is accounted for", "ENTENTE_TEST_TEXT is not set")
        return
    with open(TEXT, encoding="utf-8") as file:
        text = file.read().split("\n")
    rows = accounts()
    covered = {line for row in rows for line in lines_of(row)}
    wanted = [n for n in range(FIRST, len(text) + 1) if NUMBER.search(text[n - 1])]
    ok(len(wanted) > 1000, f"{len(wanted)} lines of the text have a digit or a number word")
    none_of([n for n in wanted if n not in covered], "each of them is accounted for")
    wrong = []
    for row in rows:
        if row["kind"] == "figure":
            there = " ".join(text[n - 1] for n in range(lines_of(row)[0], min(lines_of(row)[-1] + 1, len(text)) + 1))
            joined = re.sub(r"\W", "", re.sub(r"- ", "", there)).lower()
            parts = [re.sub(r"\W", "", part).lower() for part in row["figure"].split()]
            if not any(part in joined for part in parts if part):
                wrong.append(f"{row['line']}: {row['figure']}")
    none_of(wrong, "each figure stands in its line")


test_rows()
test_text()
tap.done()
