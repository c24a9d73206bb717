#!/usr/bin/python3 -B
"""test_assess - the main command on the bundled study: the page in both languages, the JSON, options and their
mistakes, terminals and pipes."""
import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import unicodedata

import tap
from schema import fits
from tap import BUNDLED, answer, is_, none_of, ok, rows_of, run
from tree import nodes

ESCAPE = "\x1b"
ALLIANCES = {row["id"]: row for row in rows_of(BUNDLED, "alliances") if row["reference"] != "true"}
REFERENCES = {row["id"]: row for row in rows_of(BUNDLED, "alliances") if row["reference"] == "true"}


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fits_width(page, columns, name):
    lines = [line for line in page.splitlines() if width(line) > columns and "://" not in line]
    none_of(lines, f"{name}: no line is wider than {columns} columns")


def test_page():
    page = run("assess")
    is_(page.code, 0, "assess of the bundled study", page)
    is_(page.err, "", "nothing on stderr")
    fits_width(page.out, 80, "assess")
    for row in ALLIANCES.values():
        ok(row["label_en"] in page.out, f"the page has {row['label_en']}")
    for row in REFERENCES.values():
        ok(f"\n{row['label_en']}\n" not in page.out, f"the page leaves out the reference point {row['label_en']}")
    for text in ("Verdict The alliance is ", "Strengths", "Fault lines", "What each ally can expect of the other",
                 "The verdict is about how the allies stand to each other; how well the alliance meets threats from "
                 "outside is not examined.",
                 "Codings and scores are this project's reading of the text, not the authors'.",
                 "The verdict depends on how the criteria are aggregated", "seed 1, 10,000 draws"):
        ok(text in page.flat, f"the page says: {text}")
    is_(page.flat.count("The verdict is about how the allies"), len(ALLIANCES), "each verdict has its scope beside it")
    none_of([word for word in ("nan", "inf", "null", "(null)", "None") if re.search(rf"\b{word}\b", page.out)],
            "no word of a machine stands for a missing figure")
    is_(run("assess").raw, page.raw, "the same page twice")
    is_(run("assess", BUNDLED).raw, page.raw, "the bundled study is the default")


def test_german_page():
    page = run("assess", "--lang", "de")
    is_((page.code, page.err), (0, ""), "assess --lang de")
    fits_width(page.out, 80, "assess --lang de")
    for row in ALLIANCES.values():
        ok(row["label_de"] in page.out, f"the German page has {row['label_de']}")
    for text in ("Urteil Das Bündnis ist ", "Stärken", "Bruchlinien",
                 "Das Urteil gilt dem Verhältnis der Verbündeten zueinander; wie gut das Bündnis Bedrohungen von außen "
                 "begegnet, ist nicht untersucht.",
                 "Codierungen und Werte sind die Lesart dieses Projekts, nicht die der Autoren.",
                 "10.000 Ziehungen"):
        ok(text in page.flat, f"the German page says: {text}")
    ok(re.search(r"[+−]\d+,\d", page.out), "effects have a decimal comma")
    none_of(re.findall(r"[+−]\d+\.\d", page.out), "no effect has a decimal point")
    none_of([text for text in ("Verdict", "Strengths", "Score", "Draws", "no data") if text in page.out],
            "no English heading is left")


def test_json():
    english = answer("assess")
    fits(english, "assess", "assess")
    german = answer("assess", "--lang", "de")
    fits(german, "assess", "assess --lang de")
    is_(german["options"]["lang"], "de", "the JSON says its language")
    is_([a["score"] for a in german["alliances"]], [a["score"] for a in english["alliances"]],
        "the language changes no figure")
    ok(german["alliances"][0]["label"] != english["alliances"][0]["label"], "the language changes labels")
    is_({a["id"] for a in english["alliances"]}, set(ALLIANCES), "the JSON has all alliances")
    for key in ("us-japan", "us-korea:USA>KOR", "us-japan:JPN/readings/alliance_split", "citations:fn1"):
        fits(answer("explain", key, "--draws", "200"), "explain", f"explain {key}")
    fits(answer("explain", "us-japan", "--draws", "200", "--lang", "de"), "explain", "explain --lang de")
    fits(answer("expect", "--draws", "200"), "expect", "expect")
    fits(answer("study", "check", BUNDLED), "check", "study check")
    fits(answer("study", "load", BUNDLED), "load", "study load")
    for alliance in english["alliances"]:
        is_(len(alliance["directed"]), 2, f"{alliance['id']}: what each gives the other")
        ok(1 <= alliance["score"]["low"] <= alliance["score"]["median"] <= alliance["score"]["high"] <= 100,
           f"{alliance['id']}: the score lies in its interval", alliance["score"])
        shares = alliance["class"]["shares"].values()
        ok(abs(sum(shares) - 1) < 1e-6, f"{alliance['id']}: shares of draws add up to 1", alliance["class"])
        ranks = [f["expected"] for f in alliance["strengths"]]
        is_(ranks, sorted(ranks, reverse=True), f"{alliance['id']}: strengths stand by rank")
        none_of([f for f in alliance["strengths"] if f["effect"]["median"] <= 0], "no strength takes away")
        none_of([f for f in alliance["fault_lines"] if f["effect"]["median"] >= 0], "no fault line gives")


def figures(assessment):
    return [(a["id"], a["score"], a["aggregations"], a["criteria"]) for a in assessment["alliances"]]


def test_seed_and_draws():
    first, again = run("assess", "--format", "json", "--seed", "7"), run("assess", "--format", "json", "--seed", "7")
    is_(first.raw, again.raw, "the same seed gives the same bytes")
    other = answer("assess", "--seed", "8")
    ok(figures(other) != figures(first.json()), "another seed gives other numbers")
    is_(other["seed"], 8, "the JSON says the seed")
    is_(figures(answer("assess", "--seed=1")), figures(answer("assess")), "the seed is 1 by default")
    few = answer("assess", "--draws", "100")
    is_(few["draws"], 100, "the JSON says the draws")
    one = answer("assess", "--draws", "1")["alliances"][0]["score"]
    ok(one["low"] == one["median"] == one["high"], "one draw has no spread", one)


def test_most_draws():
    """The help names the most draws: so many work, one more does not, and the message says so."""
    found = re.search(r"--draws.*1 to ([0-9]+)", run("assess", "--help").out)
    if not ok(found, "the help says how many draws there may be"):
        return
    most = int(found.group(1))
    got = run("assess", "--alliance", "us-japan", "--draws", most)
    ok(got.code == 0, f"as many draws as the help allows, {most}, can be had", got.err)
    got = run("assess", "--draws", most + 1)
    ok(got.code == 2 and str(most) in got.err.replace(",", ""), "one more is refused with that limit", got)


def test_alliance():
    both = answer("assess")
    for wanted in both["alliances"]:
        alone = answer("assess", "--alliance", wanted["id"])
        is_([a["id"] for a in alone["alliances"]], [wanted["id"]], f"--alliance {wanted['id']}: only this one")
        ok(alone["alliances"][0] == wanted, f"--alliance {wanted['id']}: the figures are those among all")
    got = run("assess", "--alliance", "us-japann")
    is_((got.code, got.out), (3, ""), "an unknown alliance", got)
    ok("us-japann" in got.err and '"us-japan"' in got.err, "the message names it and the nearest", got.err)


def test_as_of():
    earlier = answer("assess", "--as-of", "2019-06-30")
    fits(earlier, "assess", "assess --as-of 2019-06-30")
    is_(earlier["as_of"], "2019-06-30", "the JSON says the date")
    for alliance in earlier["alliances"]:
        ok(alliance["score"]["median"] is not None, f"{alliance['id']} has a score in mid 2019")
    is_(answer("assess", "--as-of", "2019-06")["alliances"], earlier["alliances"], "a month means its last day")
    ok(figures(earlier) != figures(answer("assess")), "mid 2019 has other figures than the study's date")
    actors = set()
    for node in nodes(answer("explain", "us-japan", "--as-of", "2019-06-30", "--draws", "50")["root"]):
        actors |= {f["value"] for f in node["fields"] if f["name"] == "actor"}
    ok("usa-trump" in actors, "in mid 2019 the figures rest on the president of that time", sorted(actors))
    none_of(sorted(actors & {"usa-biden", "usa-obama", "jpn-suga"}), "and on none who held no office then")
    before = run("assess", "--as-of", "1900")
    is_((before.code, before.out), (3, ""), "a date before all alliances", before)


def mistake(arguments, code, *texts):
    got = run(*arguments)
    is_((got.code, got.out), (code, ""), f"{got.command}: exit {code} and an empty page", got)
    ok(got.err.startswith("entente: ") and got.err.count("\n") == 1, f"{got.command}: one line of message", got.err)
    for text in texts:
        ok(text in got.err, f"{got.command}: the message says {text}", got.err)


def test_mistakes():
    mistake(["assess", "--as-of", "2021-02-31"], 2, "2021-02-31", "--as-of", "28")
    mistake(["assess", "--as-of", "yesterday"], 2, "yesterday", "2021-05-31")
    mistake(["assess", "--dras", "5"], 2, "--dras", "--draws")
    mistake(["assess", "--draws", "0"], 2, "--draws")
    mistake(["assess", "--draws", "many"], 2, "many")
    mistake(["assess", "--draws"], 2, "--draws")
    mistake(["assess", "--seed", "-1"], 2, "--seed")
    mistake(["assess", "--format", "xml"], 2, "xml", "json")
    mistake(["assess", "--lang", "fr"], 2, "fr", "de")
    mistake(["assess", "studies/us-japan-korea-2021", "surplus"], 2, "surplus")
    mistake(["asses"], 2, "asses", "assess")
    mistake(["study", "chek"], 2, "chek", "check")
    mistake(["study"], 2, "check")
    mistake([], 2, "--help")
    mistake(["explain"], 2, "KEY")
    mistake(["assess", "no-such-study"], 3, "no-such-study")
    mistake(["assess", "./no-such-folder"], 3, "no-such-folder")
    mistake(["assess", "--model", "no-such-model"], 3, "no-such-model")
    mistake(["study", "check", "/no/such/folder"], 3, "/no/such/folder")


def test_help():
    page = run("--help")
    is_((page.code, page.err), (0, ""), "--help")
    for command in ("assess", "explain", "expect", "study"):
        ok(re.search(rf"^  {command}\b", page.out, re.M), f"the help has the command {command}")
        own = run(command, "--help")
        ok(own.code == 0 and "Examples:" in own.out and "Exit codes:" in own.out, f"{command} --help", own)
        is_(run("help", command).out, own.out, f"help {command} is the same")
        fits_width(own.out, 100, f"{command} --help")
    ok(re.fullmatch(r"entente \d+\.\d+\.\d+\n", run("--version").out), "--version")


def on_terminal(columns, *arguments, **env):
    """What the program writes to a terminal of so many columns."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    child = subprocess.Popen([tap.PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=follower,
                             stderr=subprocess.DEVNULL, env=tap.environment(**env), cwd=tap.SCRATCH)
    os.close(follower)
    pieces = []
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        pieces.append(piece)
    os.close(leader)
    child.wait(timeout=300)
    return b"".join(pieces).decode("utf-8").replace("\r\n", "\n")


def test_colour():
    ok(ESCAPE not in run("assess").out, "a pipe gets no escape codes")
    coloured = on_terminal(80, "assess", "--draws", "200")
    ok(ESCAPE in coloured, "a terminal gets them")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    ok(ESCAPE not in plain, "they are codes of colour and weight only")
    ok(plain == run("assess", "--draws", "200").out, "without them the page is the one of a pipe")
    ok(ESCAPE not in on_terminal(80, "assess", "--draws", "200", NO_COLOR="1"), "none with NO_COLOR")
    ok(ESCAPE not in on_terminal(80, "assess", "--draws", "200", TERM="dumb"), "none on a dumb terminal")
    for columns in (60, 100):
        page = on_terminal(columns, "assess", "--draws", "200", NO_COLOR="1")
        ok("Alliance" in page, f"a page of {columns} columns")
        fits_width(page, columns, "on a terminal")


def test_other_pages():
    for arguments in (["explain", "us-japan"], ["explain", "us-korea/agreement", "--lang", "de"], ["expect"],
                      ["expect", "--lang", "de"], ["study", "check", BUNDLED], ["study", "check", BUNDLED, "--lang", "de"]):
        page = run(*arguments)
        is_((page.code, page.err), (0, ""), page.command)
        fits_width(page.out, 80, page.command)


def test_full_disk():
    if not os.path.exists("/dev/full"):
        tap.skip("a full disk", "there is no /dev/full")
        return
    with open("/dev/full", "wb") as full:
        got = run("assess", stdout=full)
    is_(got.code, 5, "a page that can not be written", got)
    ok("written" in got.err, "is said on stderr", got.err)


test_page()
test_german_page()
test_json()
test_seed_and_draws()
test_most_draws()
test_alliance()
test_as_of()
test_mistakes()
test_help()
test_colour()
test_other_pages()
test_full_disk()
tap.done()
