#!/usr/bin/python3 -B
"""test_help - the help of every command and of its parts: it fits a terminal, and its head names the command in full.
And what a failed load says: what is wrong, by a path that people can read, and nothing of coders."""
import os
import re
import shutil

from tap import BUNDLED, RIVER, ROOT, copy_of, done, folder, none_of, ok, run, table, write


def commands_in(page):
    block = re.search(r"^Commands:\n((?:  .*\n)+)", page, flags=re.M)
    return [line.split()[0] for line in block.group(1).splitlines()] if block else []


def main():
    program = run("--help")
    names = [[name] for name in commands_in(program.out) if name != "help"]
    names += [[name, part] for name, in list(names) for part in commands_in(run("help", name).out)]
    ok(program.code == 0 and len(names) > 18, "the program lists its commands", program)
    wide, heads, differ = [line for line in program.out.splitlines() if len(line) > 80], [], []
    for name in names:
        page, same = run("help", *name), run(*name, "--help")
        wide += [f"{' '.join(name)}: {line}" for line in page.out.splitlines() if len(line) > 80]
        if page.code or not page.out.startswith(" ".join(name) + ": "):
            heads.append(page)
        if page.out != same.out or same.code:
            differ.append(same)
    none_of(wide, "no line of any help is wider than 80 columns")
    none_of(heads, "each help is headed by the command, of a part with what it is a part of")
    none_of(differ, "help NAME and NAME --help say the same")


def test_failed_load():
    """The alphas of a check, which says more than that nothing was loaded, stand in `study check` alone."""
    package = copy_of(RIVER, "river")
    fields, rows = table(package, "observations")
    write(package, "observations", fields, [dict(rows[0], value="many"), *rows[1:]])
    check, load = run("study", "check", package), run("study", "load", package)
    ok(check.code == 4 and "alpha" in check.out, "a check prints how far coders agree", check)
    ok(load.code == 4 and "many" in load.out + load.err and "alpha" not in load.out, "a load that fails does not", load)

    place = folder("tree")  # a tree of its own: the study there has an error
    shutil.copytree(os.path.join(ROOT, "share"), os.path.join(place, "share"))
    bundled = os.path.join(place, "studies", os.path.basename(BUNDLED))
    os.makedirs(bundled)
    with open(os.path.join(bundled, "datapackage.json"), "w", encoding="utf-8") as file:
        file.write("{}")
    got = run("assess", env={"ENTENTE_SHARE": os.path.join(place, "share")})
    ok(got.code == 4 and f"loading {bundled}," in got.err and "/../" not in got.err,
       "the path of the bundled study goes by no ..", got)


main()
test_failed_load()
done()
