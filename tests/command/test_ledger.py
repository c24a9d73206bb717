#!/usr/bin/python3 -B
"""test_ledger - statements of the text computed anew: verdicts, sums, findings, readings of others, notes; what is asked
for; and that each input of each statement matters: a change of it alone alters what is computed or the verdict."""
import json
import os
import re

import tap
from schema import fits
from tap import BUNDLED, RIVER, ROOT, answer, copy_of, is_, none_of, ok, rows_of, run, table, write

FIELDS = ("id,label_en,label_de,kind,conclusion,expression,relation,stated,unit,tolerance,finding,accounts_for,"
          "missing_en,missing_de,citations,note").split(",")
LEAST_COUNTED = 150  # statements of the bundled study that combine evidence
LEAST_ORDERINGS = 15  # of them orderings and conclusions

with open(os.path.join(ROOT, "share", "schemas", "package.json"), encoding="utf-8") as file:
    FORMAT = {resource["name"]: {field["name"]: field for field in resource.get("schema", {}).get("fields", [])}
              for resource in json.load(file)["resources"]}


# ---- a ledger of the invented study ----

def statement(name, expression, relation, stated="", unit="", **more):
    row = dict.fromkeys(FIELDS, "")
    row.update(id=name, label_en=name, label_de=name + " (de)", kind="arithmetic", expression=expression,
               relation=relation, stated=stated, unit=unit, citations=CITED)
    row.update(more)
    return row


CITED = rows_of(RIVER, "observations")[0]["citations"].split()[0].split(":")[0]


def with_statements(name, *rows):
    package = copy_of(RIVER, name)
    write(package, "statements", FIELDS, list(rows))
    return package


def by_id(document):
    return {s["id"]: s for s in document["statements"]}


def two_figures():
    """Two figures of one indicator with different values, each with its key."""
    rows = [r for r in rows_of(RIVER, "observations") if r["value"] and not r["qualifier"] and r["unit"] != "currency"]
    for i, a in enumerate(rows):
        for b in rows[i + 1:]:
            if a["indicator"] == b["indicator"] and float(a["value"]) != float(b["value"]):
                return (a, b) if float(a["value"]) < float(b["value"]) else (b, a)
    raise AssertionError("the invented study has no two figures to compare")


SMALL, LARGE = two_figures()
SMALL_KEY, LARGE_KEY = "observations:" + SMALL["id"], "observations:" + LARGE["id"]


def test_verdicts():
    total = float(SMALL["value"]) + float(LARGE["value"])
    unit = SMALL["unit"]
    package = with_statements(
        "verdicts",
        statement("right", f"{SMALL_KEY} + {LARGE_KEY}", "equal", f"{total:g}", unit, kind="arithmetic", conclusion="2"),
        statement("wrong", f"{SMALL_KEY} + {LARGE_KEY}", "equal", f"{2 * total:g}", unit, conclusion="2",
                  finding="difference"),
        statement("order", f"{SMALL_KEY} < {LARGE_KEY}", "holds", kind="ordering"),
        statement("turned", f"{SMALL_KEY} > {LARGE_KEY}", "holds", kind="ordering", finding="order"),
        statement("growth", f"growth({SMALL_KEY}, {LARGE_KEY})", "above", "0", "share", kind="rate"),
        statement("rank", f"rank({SMALL_KEY}, {LARGE_KEY})", "equal", "2", "rank", kind="rank"),
        statement("nothing", "", "equal", "3", unit, missing_en="The year", missing_de="Das Jahr", conclusion="2"),
        statement("look-up", LARGE_KEY, "equal", LARGE["value"], unit))
    whole = answer("ledger", package)
    fits(whole, "ledger", "a ledger")
    got = by_id(whole)
    is_({i: s["verdict"] for i, s in got.items()},
        {"right": "reproduced", "wrong": "differs", "order": "reproduced", "turned": "differs", "growth": "reproduced",
         "rank": "reproduced", "nothing": "no_data", "look-up": "reproduced"}, "each statement has its verdict")
    is_(got["wrong"]["difference"]["point"], -total, "a difference says by how much", got["wrong"])
    is_(got["turned"]["difference"]["point"], float(SMALL["value"]) - float(LARGE["value"]),
        "and so does a comparison that is false")
    is_([i for i, s in got.items() if s["found"]], ["wrong", "turned"], "what differs where it should not is found")
    is_([i for i, s in got.items() if not s["counts"]], ["nothing", "look-up"], "a look-up does not count")
    is_(got["nothing"]["missing"], "The year", "what is missing is said")
    is_([i["key"] for i in got["right"]["inputs"]], [SMALL_KEY, LARGE_KEY], "what it rests on is named")
    summary = whole["summary"]
    is_((summary["all"], summary["counted"], summary["reproduced"], summary["differs"], summary["no_data"]),
        (8, 6, 5, 2, 1), "the sums are right")
    is_([(c["number"], c["all"], round(c["checked"], 3)) for c in summary["conclusions"]], [(2, 3, 0.667)],
        "of each conclusion it is said what share can be checked")
    is_([(k["name"], k["all"]) for k in summary["kinds"]], [("arithmetic", 4), ("rate", 1), ("rank", 1), ("ordering", 2)],
        "and of each kind how many there are")
    for arguments, wanted in ((("--verdict", "differs"), ["wrong", "turned"]), (("--kind", "rate"), ["growth"]),
                              (("--conclusion", "2", "--verdict", "no_data"), ["nothing"]),
                              (("--find", "RANK("), ["rank"]), (("--find", "(de)"), list(got)), (("--find", "zz"), [])):
        part = answer("ledger", package, *arguments)
        is_(list(by_id(part)), wanted, f"{' '.join(arguments)} shows its part")
        is_(part["summary"], summary, "and the sums stay those of all")
    german = answer("ledger", package, "--lang", "de")
    ok(by_id(german)["right"]["label"] == "right (de)" and by_id(german)["nothing"]["missing"] == "Das Jahr",
       "it speaks German")


def test_ranges():
    """Figures with ranges, dates that ask for less, and what is not known."""
    year = SMALL["period"][:4]
    package = with_statements(
        "ranges",
        statement("both", f"{SMALL_KEY} < {LARGE_KEY}", "holds"),
        statement("counted", 'count(events, from="1000")', "at_least", "1", "events", kind="count"),
        statement("lasting", f'years("{int(year) - 10}", {SMALL_KEY}.period)', "about", "10", "years", kind="duration"))
    got = by_id(answer("ledger", package))
    is_([s["verdict"] for s in got.values()], ["reproduced"] * 3, "counts and durations are computed", got)
    ok(got["lasting"]["computed"]["low"] < 10 < got["lasting"]["computed"]["high"], "coarse dates give a range")
    events = [r for r in rows_of(RIVER, "events") if r["start"]]
    is_(got["counted"]["computed"]["point"], len(events), "the rows that begin in the time are counted")
    is_(sorted(i["key"] for i in got["counted"]["inputs"]), sorted("events:" + r["id"] for r in events), "and named")
    early = by_id(answer("ledger", package, "--as-of", str(int(year) - 20)))
    is_(early["both"]["gaps"][0]["code"], "begins_later", "what had not begun is not there", early["both"])
    none = by_id(answer("ledger", package, "--known-at", "1000"))
    ok(none["both"]["verdict"] == "no_data" and none["both"]["gaps"][0]["code"] in ("later", "undated"),
       "what was not published is not there", none["both"])


def test_works():
    with open(os.path.join(RIVER, "sources.json"), encoding="utf-8") as handle:
        issued = {s["id"]: s["issued"]["date-parts"][0] for s in json.load(handle) if "issued" in s}
    citation = next(c for c in rows_of(RIVER, "citations") if c["source"] in issued)
    year = issued[citation["source"]][0]
    package = with_statements("works", statement("s", f'citations:{citation["id"]}.issued < "{year + 1}"', "holds"))
    got = by_id(answer("ledger", package))["s"]
    ok(got["verdict"] == "reproduced" and got["comparisons"][0]["left"]["text"].startswith(str(year)),
       "when a work was published can be asked", got)


def test_notes():
    document = answer("ledger", RIVER)
    codes = [(n["code"], n["id"]) for n in document["notes"]]
    checked = [(f["code"], f["id"]) for f in answer("study", "check", RIVER)["findings"] if f["severity"] == "note"]
    is_(codes, checked, "the notes are those of the check")
    is_(document["notes_unaccounted"], len(codes), "nothing accounts for them")
    code, name = next((c, i) for c, i in codes if i)
    key = next(f["file"] for f in document["notes"] if f["id"] == name).split(".")[0]
    for word in (code, f"{code}:{key}", f"{code}:{key}:{name}"):
        package = with_statements("notes", statement("x", f"{SMALL_KEY} < {LARGE_KEY}", "holds", accounts_for=word))
        got = answer("ledger", package)
        is_(got["notes_unaccounted"], len(codes) - sum(1 for c, _ in codes if c == code), f"{word} accounts for a note")
        ok(any(n["accounted_by"] == ["x"] for n in got["notes"]), "and stands beside it")
    got = run("study", "check", with_statements(
        "nothing", statement("x", f"{SMALL_KEY} < {LARGE_KEY}", "holds", accounts_for="nonsense")), "--format", "json")
    ok(any(f["code"] == "accounts-for-nothing" for f in got.json()["findings"]), "a note that is not there is noted")


def test_readings():
    package = copy_of(RIVER, "readings")
    fields, citations = table(package, "citations")
    outside = dict.fromkeys(fields, "")
    outside.update(id="out-x", source=citations[0]["source"], anchor="outside", kind="source", stance="supports",
                   accessed="2031-02-03")
    write(package, "citations", fields, citations + [outside])
    fields, observations = table(package, "observations")
    other = dict(SMALL, id="other", value=str(2 * float(SMALL["value"])), citations="out-x", definition="", parent="")
    write(package, "observations", fields, observations + [other])
    readings = [r for r in answer("ledger", package)["readings"] if r["outside"]["key"] == "observations:other"]
    ours = [r for r in readings if r["study"]["key"] == SMALL_KEY]
    is_(len(ours), 1, "a figure of another source stands beside the study's")
    if ours:
        is_((ours[0]["relative"], ours[0]["same_definition"], ours[0]["outside"]["outside"]), (1, False, True),
            "with the difference, and whether they count the same")
        ok(ours[0]["study"]["vintage"] and ours[0]["outside"]["vintage"]["period"] == SMALL["period"],
           "and both vintages", ours[0])


def test_refusals():
    """What can not be computed never loads."""
    cases = (("grwth(x:y, x:y)", "holds", "", "expression-form", "did you mean"),
             (SMALL_KEY + "x > " + LARGE_KEY, "holds", "", "expression-key", "did you mean"),
             (SMALL_KEY + " > 0.5 USD", "holds", "", "expression-unit", "units do not fit"),
             (SMALL_KEY + " + ", "holds", "", "expression-form", "the end stands where"),
             (SMALL_KEY + ".colour = \"x\"", "holds", "", "expression-key", "no column"),
             ("count(evnts) > 1", "holds", "", "expression-key", "did you mean \"events\""),
             ("count(events, kind=\"agrement\") > 1", "holds", "", "expression-key", "did you mean \"agreement\""),
             ("coded(observations:x, stance) > 1", "holds", "", "expression-key", "no row"),
             (SMALL_KEY, "holds", "", "statement-form", "is a comparison"),
             (f"{SMALL_KEY} < {LARGE_KEY}", "equal", "1", "statement-form", "no number"),
             (f"{SMALL_KEY} + {LARGE_KEY}", "equal", "", "statement-form", "states nothing"),
             (f"{SMALL_KEY} + {LARGE_KEY}", "equal", "many", "statement-form", "neither a number"),
             (f"{SMALL_KEY} + {LARGE_KEY}", "equal", "1", "expression-unit", "plain number"),
             ("", "holds", "", "statement-form", "what is missing"),
             ("1 > " + "(" * 50 + "1" + ")" * 50, "holds", "", "expression-form", "deeper than 40"),
             ("1 + " * 1100 + "1 > 2", "holds", "", "expression-form", "longer than 4000"))
    package = with_statements("refused", *[statement(f"s{i}", e, r, s) for i, (e, r, s, _, _) in enumerate(cases)])
    got = run("study", "check", package, "--format", "json")
    found = {f["id"]: f for f in got.json()["findings"] if f["severity"] == "error"}
    wrong = []
    for i, (expression, _, _, code, words) in enumerate(cases):
        f = found.get(f"s{i}")
        if not f or f["code"] != code or words not in f["what"] + (f["remedy"] or "") or f["line"] != i + 2:
            wrong.append((expression[:60], f))
        elif code.startswith("expression") and f["column"] == "expression" and "at character" not in f["what"]:
            wrong.append(("without its place", f))
    none_of(wrong, "each is refused with file, row, column, place and remedy")
    loaded = run("ledger", package)
    ok(loaded.code == 4 and "statements.csv:2" in loaded.err and not loaded.out, "and the package does not load", loaded)
    for arguments, sentence in ((("--verdict", "wrong"), "--verdict"), (("--verdict", "difers"), 'did you mean "differs"'),
                                (("--kind", "rates"), 'did you mean "rate"'), (("--conclusion", "x"), "--conclusion"),
                                (("--as-of", "soon"), "--as-of")):
        refused = run("ledger", RIVER, *arguments)
        ok((refused.code, refused.out) == (2, "") and sentence in refused.err, f"{' '.join(arguments)} is refused",
           refused)


def test_confidential():
    package = with_statements("secret", statement("s", f"{SMALL_KEY} < {LARGE_KEY}", "holds"))
    path = os.path.join(package, "sources.json")
    with open(path, encoding="utf-8") as handle:
        sources = json.load(handle)
    cited = {c["id"]: c["source"] for c in rows_of(package, "citations")}
    secret = {cited[word.split(":")[0]] for word in SMALL["citations"].split()}
    for source in sources:
        if source["id"] in secret:
            source.setdefault("custom", {})["handling"] = "confidential"
    with open(path, "w", encoding="utf-8") as handle:
        json.dump(sources, handle)
    fields, rows = table(package, "statements")
    open_cite = next(c for c, s in cited.items() if s not in secret)
    rows[0]["citations"] = open_cite
    write(package, "statements", fields, rows)
    got = by_id(answer("ledger", package))["s"]
    ok(got["verdict"] == "no_data" and got["gaps"][0]["code"] == "confidential" and
       all(i["value"] is None for i in got["inputs"] if i["key"] == SMALL_KEY), "what is confidential leaves by no output",
       got)
    shown = by_id(answer("ledger", package, *[a for s in sorted(secret) for a in ("--reveal", s)]))["s"]
    is_(shown["verdict"], "reproduced", "asked for by name it is computed")


def test_pages():
    for language in ("en", "de"):
        page = run("ledger", BUNDLED, "--lang", language)
        is_((page.code, page.err), (0, ""), f"the page in {language}")
        none_of([line for line in page.out.splitlines() if len(line) > 80 and "http" not in line],
                "no line is wider than 80 columns")
    is_(run("ledger", BUNDLED).raw, run("ledger", BUNDLED).raw, "the same bytes twice")
    words = json.loads(open(os.path.join(ROOT, "share", "words", "de.json"), encoding="utf-8").read())
    fields = FORMAT["statements"]
    none_of([w for column in ("kind", "finding") for w in fields[column]["constraints"]["enum"]
             if f"ledger.{column}.{w}" not in words], "every kind has a word")


# ---- the bundled study ----

def test_study():
    whole = answer("ledger", BUNDLED)
    fits(whole, "ledger", "the ledger of the bundled study")
    counted = [s for s in whole["statements"] if s["counts"]]
    ok(len(counted) >= LEAST_COUNTED, f"at least {LEAST_COUNTED} statements combine evidence", len(counted))
    orderings = [s for s in counted if s["kind"] in ("ordering", "conclusion")]
    ok(len(orderings) >= LEAST_ORDERINGS, f"at least {LEAST_ORDERINGS} are orderings or conclusions", len(orderings))
    kinds = {k["name"] for k in whole["summary"]["kinds"]}
    ok(len(kinds) >= 8, "they are of many kinds", kinds)
    none_of([s["id"] for s in whole["statements"] if s["verdict"] == "no_data" and not s["gaps"] and not s["missing"]],
            "each without data says what is missing")
    none_of([s["id"] for s in whole["statements"] if not s["citations"]], "each has its citations")
    none_of([(n["code"], n["id"], n["what"]) for n in whole["notes"] if not n["accounted_by"]],
            "each note of the check is accounted for")
    is_([c["number"] for c in whole["summary"]["conclusions"]], list(range(1, 8)), "each conclusion has statements")
    return whole


# ---- that each input matters ----

def number(text):
    return float(text) if text else None


class Changes:
    """The tables of a package in memory, with what one change after another does to them."""

    def __init__(self, tables):
        self.tables = {name: (fields, [dict(row) for row in rows]) for name, (fields, rows) in tables.items()}
        self.touched = set()

    def ids(self, name):
        if name == "sources":
            with open(os.path.join(BUNDLED, "sources.json"), encoding="utf-8") as handle:
                return [source["id"] for source in json.load(handle)]
        return [row["id"] for row in self.tables[name][1]]

    def row(self, key):
        name, identity = key.split(":", 1)
        self.touched.add(name)
        return name, next(row for row in self.tables[name][1] if row["id"] == identity)

    def figure(self, row, up, factor=1000):
        if row["value"] or row["low"] or row["high"]:
            indicator = next(i for i in self.tables["indicators"][1] if i["id"] == row["indicator"])
            least, most = number(indicator["minimum"]), number(indicator["maximum"])
            value = number(row["value"] or row["low"] or row["high"])
            value = factor * abs(value) + (factor == 1000) if up else value / factor
            if most is not None:
                value = min(value, most)
            if least is not None:
                value = max(value, least)
            row.update(value=repr(value), low="", high="", low_strict="", high_strict="", qualifier="")
        elif row["rank"]:
            row.update(rank="1" if up and row["rank"] != "1" else str(int(row["rank"]) + 7), rank_of="")

    def date(self, row, column, up):
        def moved(match):
            if match.group(0)[2:] == "XX":
                return f"{int(match.group(0)[:2]) + (1 if up else -1)}XX"
            if match.group(0)[3] == "X":
                return f"{int(match.group(0)[:3]) + (6 if up else -6)}X"
            return str(int(match.group(0)) + (60 if up else -60))
        row[column] = re.sub(r"(?<![\d-])[12]\d[\dX][\dX]", moved, row[column]).replace("-02-29", "-02-28")
        if row.get("start") and row.get("end") not in (None, "", "..") and row["start"] > row["end"]:
            row["end" if column == "start" else "start"] = row[column]

    def word(self, name, row, column, up, expression=""):
        """Another word that the column can hold; one that the expression asks for, where it can."""
        field = FORMAT[name][column]
        asked = [w for w in re.findall(r'"([^"]*)"', expression) if w != row[column]]
        words = field.get("constraints", {}).get("enum")
        if field["kind"] == "boolean":
            row[column] = "false" if row[column] == "true" else "true"
        elif words:
            others = [w for w in words if w != row[column]]
            row[column] = next((w for w in asked if up and w in others), others[0])
        elif field["kind"] in ("integer", "number"):
            row[column] = str(int(float(row[column])) + (3 if up else 5))
        elif field["kind"] in ("reference", "list"):
            others = [i for i in self.ids(field["references"]) if i != row[column]]
            row[column] = next((w for w in asked if up and w in others), others[0 if up else -1])
        elif field["kind"] == "item":
            target, own = row[column].split(":", 1)
            row[column] = target + ":" + next(i for i in self.ids(target) if i != own)
        else:
            row[column] += " x"

    def column(self, name, row, column, up, expression):
        if column == "issued":  # of the work that is cited
            column = "source"
        kind = FORMAT[name].get(column, {}).get("kind")
        if name == "observations" and column in ("value", "low", "high"):
            self.figure(row, up)
        elif column == "converted":
            row["converted_value"] = repr(float(row["converted_value"]) * (1000 if up else 0.001))
        elif kind is None and column == "date":
            self.date(row, next(c for c in ("start", "period") if row.get(c)), up)
        elif kind in ("edtf", "period"):
            self.date(row, column, up)
        elif column == "rank":
            self.figure(dict(row), up)
            row.update(rank="1" if up and row["rank"] != "1" else str(int(row["rank"]) + 7), rank_of="")
        else:
            self.word(name, row, column, up, expression)

    def coding(self, key, aspect, up, only=None):
        self.touched.add("codings")
        codings = [c for c in self.tables["codings"][1]
                   if (c["item"] == key and c["aspect"] == aspect if only is None else c is only)]
        name, row = self.row(key)
        scale = aspect
        if name in ("positions", "threats", "support") and aspect != "salience":
            scale = next(i for i in self.tables["issues"][1] if i["id"] == row["issue"])["scale"]
        limits = next(s for s in self.tables["scales"][1] if s["id"] == scale)
        for coding in codings:
            coding.update(value=limits["maximum" if up else "minimum"], low="", high="")
        return codings, limits

    def rename(self, key):
        """The row bears another name, and all that refer to it follow: under its old one it is gone."""
        name, identity = key.split(":", 1)
        named = re.compile(r"(?<!exists\()" + re.escape(key) + r"(?![A-Za-z0-9_-])")
        for other, (fields, rows) in self.tables.items():
            if other == "statements":  # but for those that ask whether it is there
                for row in rows:
                    for column in ("expression", "stated"):
                        row[column] = named.sub(key + "-gone", row[column])
                self.touched.add(other)
                continue
            for row in rows:
                for column in fields:
                    field = FORMAT[other].get(column, {})
                    own = other == name and column == "id"
                    refers = field.get("references") == name or field.get("kind") == "item"
                    if not row[column] or not (own or refers):
                        continue
                    wanted = key if field.get("kind") == "item" else identity
                    words = [w + "-gone" if w.split(":")[0 if field.get("kind") == "citations" else -1] ==
                             (identity) and (field.get("kind") != "item" or w == wanted) else w
                             for w in row[column].split(" ")]
                    if words != row[column].split(" "):
                        row[column] = " ".join(words)
                        self.touched.add(other)

    def uncount(self, key, expression, up, backwards=False):
        """The row no longer fits the first count that it fits."""
        name, row = self.row(key)
        for table_name, filters in re.findall(r"count\(\s*(\w+)((?:\s*,\s*\w+\s*(?:!=|=|~)\s*\"[^\"]*\")*)\s*\)", expression):
            if table_name != name:
                continue
            parts = re.findall(r"(\w+)\s*(!=|=|~)\s*\"([^\"]*)\"", filters)
            if not all(self.passes(row, *part) for part in parts if part[0] not in ("from", "to")):
                continue
            for column, sign, value in parts:
                if column == "from":
                    return self.date(row, "start" if row.get("start") else "period", False)
                if column == "to":
                    return self.date(row, "start" if row.get("start") else "period", True)
            for column, sign, value in reversed(parts) if backwards else parts:
                if sign == "~":
                    words = [w for w in row[column].split(" ") if w != value]
                    row[column] = " ".join(words)
                    if not words and FORMAT[name][column].get("constraints", {}).get("required"):
                        row[column] = next(r["id"] for r in self.tables[FORMAT[name][column]["references"]][1]
                                           if r["id"] != value)
                    return None
                if sign == "=":
                    return self.word(name, row, column, up)
                row[column] = value
                return None
            copied = dict(row, id=row["id"] + "-again")  # nothing to filter by: one row more
            self.tables[name][1].append(copied)
            return None
        return None

    @staticmethod
    def passes(row, column, sign, value):
        if sign == "~":
            return value in row[column].split(" ")
        return (row[column] == value) == (sign == "=")

    @staticmethod
    def alike(name, column, other, field):
        a, b = FORMAT[name].get(column, {}), FORMAT[other].get(field, {})
        return all(a.get(k) == b.get(k) for k in ("kind", "references", "constraints"))

    def make_otherwise(self, action, statement):
        """What the far ends do not show: a moderate change, the middle of a scale, the same cell as another input has."""
        kind, key, field = action
        if kind == "counted":
            self.uncount(key, statement["expression"], True, True)
            return
        if kind == "coding":
            codings, limits = self.coding(key, field, True)
            named = " ".join(r["expression"] + r["stated"] for r in self.tables["statements"][1])
            for coding in codings:  # nobody coded it; or, where a statement names the coding itself, in the middle
                if "codings:" + coding["id"] in named:
                    coding["value"] = str((int(limits["minimum"]) + int(limits["maximum"])) // 2)
                else:
                    self.tables["codings"][1].remove(coding)
            return
        name, row = self.row(key)
        if kind == "figure" and name == "observations":
            self.figure(row, True, 4.5)
        elif kind == "figure" and name == "codings":
            before = dict(row)
            codings, _ = self.coding(row["item"], row["aspect"], True, row)
            others = [i["value"]["point"] for i in statement["inputs"] if i["key"] != key and i["kind"] == "figure"]
            codings[0]["value"] = next((str(int(o)) for o in others if str(int(o)) != before["value"]), before["value"])
        elif kind == "column":
            others = [i["value"]["text"] for i in statement["inputs"]
                      if i["kind"] == "column" and i["key"] != key and i["value"] and "text" in i["value"] and
                      self.alike(name, field, i["key"].split(":")[0], i["field"])]
            if others and field in row:
                row[field] = others[0]

    def make(self, action, expression, up):
        kind, key, field = action
        if kind == "coding":
            self.coding(key, field, up)
        elif kind == "row":
            self.rename(key)
        elif kind == "counted":
            self.uncount(key, expression, up)
        else:
            name, row = self.row(key)
            if kind in ("column", "period"):
                self.column(name, row, field, up, expression)
            elif name == "observations":
                self.figure(row, up)
            elif name == "codings":
                self.coding(row["item"], row["aspect"], up, row)
            else:
                column = "quantity" if name == "capabilities" else "value"
                row[column] = repr(float(row[column]) * (1000 if up else 0.001))


def said(statement):
    """What a change of an input should alter."""
    return [statement[part] for part in ("computed", "comparisons", "verdict", "difference", "stated")]


def action_of(one):
    return one["kind"], one["key"], one["field"]


def rows_behind(one, codings):
    """Keys of the rows that an input rests on: of a coded aspect, the codings."""
    if one["kind"] != "coding":
        return {one["key"]}
    return {"codings:" + c["id"] for c in codings if c["item"] == one["key"] and c["aspect"] == one["field"]}


def rounds_of(statements):
    """Actions in groups of which no statement feels two, so that each group is one change for every statement."""
    codings = rows_of(BUNDLED, "codings")
    users, behind, feel = {}, {}, {}
    for s in statements:
        for one in s["inputs"]:
            users.setdefault(action_of(one), set()).add(s["id"])
            behind.setdefault(action_of(one), rows_behind(one, codings))
            for row in behind[action_of(one)]:
                feel.setdefault(row, set()).add(s["id"])
    felt = {action: set().union(*[feel[row] for row in rows]) if rows else users[action]
            for action, rows in behind.items()}
    groups = []
    for action in sorted(users, key=lambda a: (-len(felt[a]), str(a))):
        for group in groups:
            if not group["statements"] & felt[action]:
                break
        else:
            group = {"actions": [], "statements": set()}
            groups.append(group)
        group["actions"].append(action)
        group["statements"] |= felt[action]
    return groups, users


def test_inputs(whole):
    statements = [s for s in whole["statements"] if s["verdict"] != "no_data"]
    before = {s["id"]: s for s in statements}
    tables = {name: table(BUNDLED, name) for name in FORMAT if os.path.exists(os.path.join(BUNDLED, name + ".csv"))}
    package = copy_of(BUNDLED, "inputs")
    groups, users = rounds_of(statements)
    ok(len(users) > 100, "there are inputs to change", len(users))
    open_pairs = {(name, action) for action, names in users.items() for name in names}
    failed = []
    for way in ("up", "down", "otherwise"):
        for group in groups:
            actions = [a for a in group["actions"] if any((name, a) in open_pairs for name in users[a])]
            if not actions:
                continue
            changes = Changes(tables)
            for action in actions:
                name = sorted(n for n in users[action] if (n, action) in open_pairs)[0]
                if way == "otherwise":
                    changes.make_otherwise(action, before[name])
                else:
                    changes.make(action, before[name]["expression"], way == "up")
            for name in changes.touched:
                write(package, name, *changes.tables[name])
            got = run("ledger", package, "--store", ":memory:", "--format", "json")
            for name in changes.touched:
                write(package, name, *tables[name])
            if got.code != 0:
                failed.append((actions[:3], got.err[:300]))
                continue
            after = by_id(got.json())
            open_pairs -= {(name, action) for action in actions for name in users[action]
                           if (name, action) in open_pairs and said(after[name]) != said(before[name])}
    none_of(failed, "each change can be loaded")
    none_of(sorted(open_pairs, key=str), "for each input of each statement a change of it alters what comes of it")


test_verdicts()
test_ranges()
test_works()
test_notes()
test_readings()
test_refusals()
test_confidential()
test_pages()
test_inputs(test_study())
tap.done()
