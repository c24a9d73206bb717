"""tap - what the command tests share: TAP lines, and runs of the program as a person runs it.

ENTENTE names the program (default build/entente). Every run has a home and a data folder of its own making, below one
temporary folder that goes when the test ends; the user's own store is never opened.
"""
import atexit
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUNDLED = os.path.join(ROOT, "studies", "us-japan-korea-2021")
RIVER = os.path.join(ROOT, "tests", "packages", "river-pact")
PROGRAM = os.path.abspath(os.environ.get("ENTENTE") or os.path.join(ROOT, "build", "entente"))
SCRATCH = tempfile.mkdtemp(prefix="entente-test-")
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

# What builds under test need; nothing else of the user's environment reaches the program.
PASSED_ON = ("PATH", "TMPDIR", "ENTENTE_SHARE", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS",
             "LLVM_PROFILE_FILE", "GCOV_PREFIX", "GCOV_PREFIX_STRIP", "LD_LIBRARY_PATH")

_count = 0
_failed = 0


def note(text):
    for line in str(text).splitlines()[:40]:
        print("#   " + line[:400])


def ok(holds, name, *details):
    """One test. The details are shown when it fails."""
    global _count, _failed
    _count += 1
    print(f"{'ok' if holds else 'not ok'} {_count} - {name.replace('#', 'no. ')}")
    if not holds:
        _failed += 1
        for detail in details:
            note(detail)
    sys.stdout.flush()
    return bool(holds)


def is_(got, wanted, name, *details):
    return ok(got == wanted, name, f"got:    {got!r}", f"wanted: {wanted!r}", *details)


def none_of(faults, name):
    """Holds where the list of faults is empty; shows the first of them."""
    return ok(not faults, name, f"{len(faults)} of them:", *[str(fault) for fault in faults[:12]])


def skip(name, reason):
    global _count
    _count += 1
    print(f"ok {_count} - {name} # SKIP {reason}")


def done():
    print(f"1..{_count}")
    sys.stdout.flush()
    sys.exit(1 if _failed or not _count else 0)


class Answer:
    def __init__(self, arguments, code, out, err):
        self.command = "entente " + " ".join(arguments)
        self.code = code
        self.raw = out
        self.out = out.decode("utf-8")  # a page that is no UTF-8 fails here
        self.err = err.decode("utf-8")
        self.flat = " ".join(self.out.split())  # sentences without the line breaks of the page

    def json(self):
        return json.loads(self.out)

    def __str__(self):
        return f"{self.command}\nexit {self.code}\nstdout: {self.out[:600]}\nstderr: {self.err[:600]}"


def folder(name):
    """A new folder in the scratch place."""
    return tempfile.mkdtemp(prefix=name + "-", dir=SCRATCH)


def environment(home=None, **more):
    home = home or os.path.join(SCRATCH, "home")
    os.makedirs(os.path.join(home, "data"), exist_ok=True)
    env = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    env.update(HOME=home, XDG_DATA_HOME=os.path.join(home, "data"), LC_ALL="C.UTF-8", TERM="xterm")
    env.update(more)
    return env


def run(*arguments, home=None, env=None, stdout=subprocess.PIPE):
    """Runs the program. home: a folder whose store is kept between runs (default one for the whole test)."""
    arguments = [str(a) for a in arguments]
    finished = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE,
                              env=environment(home, **(env or {})), cwd=SCRATCH, timeout=300, check=False)
    return Answer(arguments, finished.returncode, finished.stdout or b"", finished.stderr)


def answer(*arguments, **more):
    """The JSON of a run that must succeed; a test file can not go on without it."""
    got = run(*arguments, "--format", "json", **more)
    if got.code != 0:
        ok(False, f"{got.command} succeeds", got)
        done()
    return got.json()


def table(package, name):
    """The columns of a table, and its rows."""
    with open(os.path.join(package, name + ".csv"), encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return reader.fieldnames, list(reader)


def rows_of(package, name):
    return table(package, name)[1]


def write(package, name, fields, rows):
    with open(os.path.join(package, name + ".csv"), "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def copy_of(package, name):
    target = os.path.join(folder(name), "package")
    shutil.copytree(package, target)
    return target
