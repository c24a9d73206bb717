#!/usr/bin/python3 -B
"""test_layers - the walls of the house: which room may include which, which library is seen where, and that the rooms
that think neither read, write, print nor look at the clock.

ENTENTE_OBJECTS names the folder with the rooms' objects (default build/obj/src)."""
import os
import re
import subprocess

import tap
from tap import ROOT, is_, none_of, ok

SRC = os.path.join(ROOT, "src")
OBJECTS = os.path.abspath(os.environ.get("ENTENTE_OBJECTS") or os.path.join(ROOT, "build", "obj", "src"))
PUBLIC = "entente/entente.h"
NUMERICS_FACE = "entente/composite.h"  # numerics on plain arrays: public too, but without handles
FACES = (PUBLIC, NUMERICS_FACE)

# What of base/ the thinking rooms may see.
PURE = {"base/arena.h", "base/context.h", "base/text.h", "base/hash.h", "base/date.h", "base/unit.h"}

# Room -> what it may include beside its own headers: rooms, or single headers. The table of record.
ARROWS = {
    "base": {PUBLIC},  # the statuses that the chain of errors carries
    "records": {"base"},
    "files": {"base", "records"},
    "table": {"files", "base", "records"},
    "store": {"table", "files", "base", "records", PUBLIC},
    "evidence": {"store", "table", "files", "base", "records"},
    "num": PURE | {"records"},
    "measures": {"num", "base/hash.h", "records"},
    "expression": PURE | {"records"},
    "composite": PURE | {"num", "measures", NUMERICS_FACE},
    "assess": PURE | {"records", "num", "measures", "composite", NUMERICS_FACE},
    "study": {"base", "records", "files", "table", "store", "evidence", "num", "measures", "expression",
              "composite", "assess", PUBLIC, NUMERICS_FACE},
    "report": {"study", "records", "base", "files"},
    "cli": {PUBLIC},
}
THINKING = ("num", "measures", "expression", "composite", "assess")

# Library header -> files that may include it (a folder ends in "/").
LIBRARIES = {
    "sqlite3.h": ("store/",),
    "jansson.h": ("base/json.c", "base/json_read.c", "base/json_load.c", "base/json_load.h"),
    "csv.h": ("table/",),
    "nettle/": ("base/hash.c",),
    "unistr.h": ("base/text.c",),
    "uniwidth.h": ("base/text.c",),
    "gsl/": ("num/",),
    "Random123/": ("num/",),
}
# Headers of the C language that any room may include, and those of the system that only some may.
LANGUAGE = {"assert.h", "ctype.h", "errno.h", "float.h", "inttypes.h", "limits.h", "math.h", "stdarg.h", "stdbool.h",
            "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "string.h"}
SYSTEM = {
    "unistd.h": ("files/", "store/", "cli/"),
    "fcntl.h": ("files/", "store/"),
    "dirent.h": ("files/",),
    "sys/stat.h": ("files/", "store/"),
    "sys/ioctl.h": ("cli/",),
    "signal.h": ("cli/",),
    "time.h": ("cli/progress.c", "cli/progress.h"),  # how long someone has been waiting
    "sys/mman.h": ("base/arena.c",),  # advice on the pages of large blocks
    "setjmp.h": ("base/json_load.c",),     # out of a library that goes on where memory is short
    "stdatomic.h": ("base/json_load.c", "num/parallel.c"),
    "pthread.h": ("num/parallel.c",),
    "emmintrin.h": ("num/columns.c",),       # vectors of two, which every x86-64 has
    "immintrin.h": ("num/random_block.c",),  # wide vectors, where the processor has them
    "locale.h": ("base/text.c",),     # to read and write numbers without regard to it
    "langinfo.h": ("base/text.c",),
}
# The thinking rooms need no more of the language than this.
THINKING_LANGUAGE = {"math.h", "stdbool.h", "stddef.h", "stdint.h", "stdlib.h", "string.h", "float.h", "limits.h",
                     "assert.h"}

# Symbols that the thinking rooms may take from outside.
MATHEMATICS = {name + suffix for suffix in ("", "f") for name in (
    "acos", "asin", "atan", "atan2", "ceil", "cos", "cosh", "erf", "erfc", "exp", "exp2", "expm1", "fabs", "floor",
    "fma", "fmax", "fmin", "fmod", "frexp", "hypot", "ldexp", "lgamma", "log", "log10", "log1p", "log2", "modf", "pow",
    "remainder", "rint", "round", "sin", "sinh", "sqrt", "tan", "tanh", "tgamma", "trunc")}
MEMORY = {"memcpy", "memset", "memmove", "memcmp", "memchr", "strcmp", "strncmp", "strlen", "bcmp",
          "__memcpy_chk", "__memset_chk", "__memmove_chk"}
# The one file that knows of threads, and those that ask what the processor can do: no result depends on it.
MACHINE = {"num/parallel.o": {"pthread_create", "pthread_join"}, "num/random_block.o": {"__cpu_model"},
           "num/sobol.o": {"__cpu_model"}, "num/quantile.o": {"__cpu_model"}, "num/triangular.o": {"__cpu_model"},
           "assess/operate.o": {"__cpu_model"}}
NUMERICS = re.compile(r"gsl_(ran|cdf|stats|sf|sort|vector|matrix|blas|linalg|math|pow|finite|isnan|eigen|min)_?\w*")
INSTRUMENTS = re.compile(r"__(asan|ubsan|sanitizer|tsan|lsan|gcov|llvm)_\w*|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|"
                         r"__sancov\w*|__start___sancov\w*|__stop___sancov\w*|__tls_get_addr|__assert_fail")


def sources():
    for place, _, names in os.walk(SRC):
        for name in sorted(names):
            if name.endswith((".c", ".h")):
                path = os.path.join(place, name)
                yield os.path.relpath(path, SRC), path


def includes():
    """(file, line, "quoted" or "system", header)"""
    for name, path in sources():
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                found = re.match(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', line)
                if found:
                    yield name, number, "quoted" if found.group(1) else "system", found.group(1) or found.group(2)


def may_include(name, header):
    room, other = name.split("/")[0], header.split("/")[0]
    return other == room or header in ARROWS.get(room, ()) or (header not in FACES and other in ARROWS.get(room, ()))


def fits_one(name, places):
    return any(name == place or (place.endswith("/") and name.startswith(place)) for place in places)


def wrong_system(name, header):
    for library, places in LIBRARIES.items():
        if header == library or (library.endswith("/") and header.startswith(library)):
            return not fits_one(name, places)
    if header in SYSTEM:
        return not fits_one(name, SYSTEM[header])
    if name.split("/")[0] in THINKING:
        return header not in THINKING_LANGUAGE
    return header not in LANGUAGE


def test_includes():
    rooms = {name.split("/")[0] for name, _ in sources()}
    is_(sorted(rooms - set(ARROWS)), [], "every room has its place in the table")
    found = list(includes())
    ok(len(found) > 300, "there are includes to look at", len(found))
    none_of([f"src/{n}:{i}: {h}" for n, i, kind, h in found if kind == "quoted" and not may_include(n, h)],
            "each room includes only what it may")
    none_of([f"src/{n}:{i}: {h}" for n, i, kind, h in found if kind == "quoted" and h not in FACES and
             not os.path.exists(os.path.join(SRC, h))], "includes are written room/file.h")
    none_of([f"src/{n}:{i}: {h}" for n, i, kind, h in found if kind == "system" and wrong_system(n, h)],
            "each library is seen only where it may be")
    for face in FACES:
        with open(os.path.join(ROOT, "include", face), encoding="utf-8") as file:
            none_of([h for h in re.findall(r'#\s*include\s*["<]([^">]+)', file.read()) if h not in LANGUAGE],
                    f"the public header {face} needs nothing but the language")


def test_table():
    """The arrows go one way."""
    rooms = {room: {a.split("/")[0] for a in arrows} & set(ARROWS) for room, arrows in ARROWS.items()}

    def reaches(room, seen=()):
        for other in rooms[room]:
            if other in seen:
                yield f"{' > '.join(seen)} > {other}"
            else:
                yield from reaches(other, (*seen, other))

    none_of([way for room in rooms for way in reaches(room, (room,))], "no arrow leads back")
    keeping = {"files", "table", "store", "evidence"}
    none_of([f"{a} > {b}" for a in THINKING for b in rooms[a] & keeping] +
            [f"{a} > {b}" for a in keeping for b in rooms[a] & set(THINKING)], "the two wings do not see each other")


def symbols(folder, *options):
    """(object, symbol) of all objects of a room."""
    for name in sorted(os.listdir(folder)):
        if name.endswith(".o"):
            listed = subprocess.run(["nm", "-P", *options, os.path.join(folder, name)], stdout=subprocess.PIPE,
                                    check=True, text=True).stdout
            for line in listed.splitlines():
                if line and not line.endswith(":"):
                    yield name, line.split()[0]


def defined():
    """Symbols of our own that a thinking room may use: its wing's, and of base/ what PURE names."""
    found = set()
    for room in (*THINKING, "records", "base"):
        folder = os.path.join(OBJECTS, room)
        if os.path.isdir(folder):
            found |= {symbol for name, symbol in symbols(folder, "--defined-only", "-g")
                      if room != "base" or f"base/{name[:-2]}.h" in PURE}
    made = os.path.join(os.path.dirname(OBJECTS), "gen")  # tables of constants that the build writes
    return found | {symbol for name, symbol in symbols(made, "--defined-only", "-g") if name == "sobol.o"}


def test_objects():
    if not ok(os.path.isdir(os.path.join(OBJECTS, "assess")), f"there are objects in {OBJECTS}"):
        return
    own = defined()
    seen, wrong = set(), []
    for room in THINKING:
        for name, symbol in symbols(os.path.join(OBJECTS, room), "-u"):
            seen.add(symbol)
            if symbol in own or symbol in MATHEMATICS or symbol in MEMORY or NUMERICS.fullmatch(symbol) or \
                    INSTRUMENTS.fullmatch(symbol) or symbol in MACHINE.get(f"{room}/{name}", ()):
                continue
            wrong.append(f"{room}/{name}: {symbol}")
    ok(len(seen) > 20, "the objects need symbols to look at", sorted(seen))
    none_of(wrong, "the rooms that think reach nothing outside: no files, clock, environment, printing or heap")


def variables(path):
    """Names of what is writable at file level: in .data or .bss, but not in .data.rel.ro, where constant tables of
    addresses stand."""
    listed = subprocess.run(["nm", "--format=sysv", "--defined-only", path], stdout=subprocess.PIPE, check=True,
                            text=True).stdout
    for line in listed.splitlines():
        columns = [column.strip() for column in line.split("|")]
        if len(columns) == 7 and re.fullmatch(r"\.(t?data|t?bss)(?!\.rel\.ro)(\..*)?|\*COM\*", columns[6]):
            yield columns[0]


def test_globals():
    """No room of the library keeps anything between calls. One file hooks into a library that has no context of its own:
    it keeps which functions stood there, and what its thread reads just now."""
    wrong, looked_at = [], 0
    for room in sorted(set(ARROWS) - {"cli"}):
        folder = os.path.join(OBJECTS, room)
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            if name.endswith(".o") and (room, name) != ("base", "json_load.o"):
                looked_at += 1
                wrong += [f"{room}/{name}: {symbol}" for symbol in variables(os.path.join(folder, name))
                          if not re.match(r"_*(asan|ubsan|odr|gcov|llvm|sancov|profc|profd|covrec|unnamed)|\.L", symbol)]
    ok(looked_at > 40, "there are objects to look at", looked_at)
    none_of(wrong, "no room of the library has a variable of its own")


test_includes()
test_table()
test_objects()
test_globals()
tap.done()
