#!/usr/bin/python3 -B
"""test_names - no source names a state, an alliance or an indicator of a study, and the documents keep step with the
data and the commands."""
import json
import os
import re

import tap
from tap import BUNDLED, RIVER, ROOT, none_of, ok, rows_of, run, skip

# Searched for are codes and names of states, and ids with "_" or "-": an id such as "alliance" is a word of English, and
# a role of the models. Words of the package format (format_words) are the program's own language. Ids that must stand in
# a source for another reason go here, with that reason.
EXCLUDED = {}
SOURCES = (".c", ".h", ".sql")


def files_below(*folders, endings):
    for folder in folders:
        for place, _, names in os.walk(os.path.join(ROOT, folder)):
            for name in sorted(names):
                if name.endswith(endings):
                    yield os.path.join(place, name)


def format_words():
    """Names of the package format: tables, columns, codes. They are the program's own language."""
    with open(os.path.join(ROOT, "share", "schemas", "package.json"), encoding="utf-8") as file:
        form = json.load(file)
    words = set()
    for resource in form["resources"]:
        words.add(resource["name"])
        for field in resource.get("schema", {}).get("fields", []):
            words.add(field["name"])
            words.update(field.get("constraints", {}).get("enum", []))
    return words


def names_of(package):
    """Ids and names that belong to one study alone."""
    own = format_words()
    states = [row for row in rows_of(package, "actors") if row["kind"] == "state"]
    names = {row["id"] for row in states} | {row["label_en"] for row in states} | {row["label_de"] for row in states}
    for table in ("alliances", "indicators", "issues", "definitions", "institutions", "actors", "offices"):
        names |= {row["id"] for row in rows_of(package, table) if "_" in row["id"] or "-" in row["id"]}
    names.add(os.path.basename(package))
    return {name for name in names if name not in own and name not in EXCLUDED}


def found_in(paths, names):
    pattern = re.compile(r"(?<![A-Za-z0-9_-])(" + "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)) +
                         r")(?![A-Za-z0-9_-])")
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                for word in pattern.findall(line):
                    yield f"{os.path.relpath(path, ROOT)}:{number}: {word}"


def test_sources():
    paths = list(files_below("src", "include", endings=SOURCES))
    ok(len(paths) > 60, "there are sources to search", len(paths))
    for package in (BUNDLED, RIVER):
        names = names_of(package)
        ok(len(names) > 20, f"{os.path.basename(package)} has names to search for", len(names))
        none_of(list(found_in(paths, names)), f"no source has a name of {os.path.basename(package)}")
    ok(list(found_in([os.path.join(BUNDLED, "actors.csv")], names_of(BUNDLED))), "the search finds what is there")


def test_share():
    """Models and words name roles, not states."""
    paths = list(files_below(os.path.join("share", "models"), os.path.join("share", "words"), endings=(".json",)))
    ok(len(paths) >= 3, "there are models and words to search", paths)
    for package in (BUNDLED, RIVER):
        states = [row for row in rows_of(package, "actors") if row["kind"] == "state"]
        names = {row[column] for row in states for column in ("id", "label_en", "label_de")}
        names |= {row["id"] for row in rows_of(package, "alliances")}
        names -= format_words()  # a code such as an accounting rule's is also the id of an alliance
        none_of(list(found_in(paths, names)), f"no model and no word names a state of {os.path.basename(package)}")


def test_words():
    """A reason why a figure is missing has words."""
    with open(os.path.join(ROOT, "share", "words", "en.json"), encoding="utf-8") as file:
        words = json.load(file)
    used = set()
    for path in files_below("src", endings=(".c",)):
        with open(path, encoding="utf-8") as file:
            used |= set(re.findall(r'"(missing\.[a-z_]+)"', file.read()))
    ok(len(used) > 5, "sources give reasons for what is missing", used)
    none_of(sorted(used - set(words)), "every reason has words")


def test_codebook():
    """Each anchor stands in the codebook, in the table of its scale."""
    with open(os.path.join(ROOT, "docs", "codebook.md"), encoding="utf-8") as file:
        sections = re.split(r"^## ", file.read(), flags=re.M)[1:]
    tables = {section.split()[0].lower(): set(re.findall(r"^\| *(-?\d+) *\| *([^|]+?) *\|", section, re.M))
              for section in sections}
    anchors = rows_of(BUNDLED, "anchors")
    ok(len(anchors) > 30, "there are anchors", len(anchors))
    none_of([f"{row['scale']} {row['value']}: {row['label_en']}" for row in anchors
             if (row["value"], row["label_en"]) not in tables.get(row["scale"], set())],
            "the codebook has every anchor")
    in_data = {(row["scale"], row["value"]) for row in anchors}
    none_of([f"{scale} {value}" for scale, table in tables.items() for value, _ in table
             if (scale, value) not in in_data], "the codebook has no other anchor")
    scales = {row["id"]: row for row in rows_of(BUNDLED, "scales")}
    none_of([scale for scale in scales if scale not in tables], "the codebook has a section for every scale")
    none_of([f"{row['scale']} {row['value']}" for row in anchors
             if not float(scales[row["scale"]]["minimum"]) <= float(row["value"]) <=
             float(scales[row["scale"]]["maximum"])], "no anchor is off its scale")


def commands():
    """The commands and their parts, as the program's own help has them."""
    def listed(page):
        block = re.search(r"^Commands:\n((?:  .*\n)+)", page, re.M)
        return [name for name in re.findall(r"^  ([a-z]+) ", block.group(1), re.M) if name != "help"] if block else []
    for command in listed(run("--help").out):
        yield command
        for part in listed(run(command, "--help").out):
            yield f"{command} {part}"


def test_documents():
    readme = os.path.join(ROOT, "README.md")
    if not os.path.exists(readme):
        skip("the documents name every command", "there is no README.md")
        return
    text = ""
    for path in [readme, *files_below("docs", "man", endings=(".md", ".1", ".txt"))]:
        with open(path, encoding="utf-8") as file:
            text += file.read()
    all_commands = list(commands())
    ok(len(all_commands) >= 5, "the help lists the commands", all_commands)
    none_of([c for c in all_commands if not re.search(rf"\bentente {c}\b", text)], "the documents name every command")


test_sources()
test_share()
test_words()
test_codebook()
test_documents()
tap.done()
