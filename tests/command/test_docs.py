#!/usr/bin/python3 -B
"""The documents hold what they say: each table and column of the package format stands in docs/evidence.md, each field
of a model in docs/model.md, the outputs in README.md are the program's own, and its commands run."""
import json
import os
import re
import subprocess

from tap import PROGRAM, ROOT, SCRATCH, done, is_, none_of, ok


def read(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def sections(text):
    """Heading of the third level -> what stands below it."""
    parts = re.split(r"^### `?([a-z_]+)`?.*$", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def test_evidence():
    written = sections(read("docs", "evidence.md"))
    resources = json.loads(read("share", "schemas", "package.json"))["resources"]
    none_of([r["name"] for r in resources if r["name"] not in written], "docs/evidence.md has a section for every table")
    missing = []
    for resource in resources:
        for field in resource.get("schema", {}).get("fields", []):
            name = field["name"]
            short = re.sub(r"_(en|de)$", "", name)
            text = written.get(resource["name"], "")
            if not re.search(r"`%s`|`%s_en`|`%s_de`" % (re.escape(name), short, short), text):
                missing.append(f"{resource['name']}.{name}")
    none_of(missing, "and names every column of it")


def keys_of(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def test_model():
    model = json.loads(read("share", "models", "alliance-resilience.json"))
    text = read("docs", "model.md")
    # what an author chooses, and languages, are no fields
    for free in ("qualifiers", "classes"):
        model.pop(free)
    for part in model["office_weights"].values():
        if isinstance(part, dict):
            part.clear()
    none_of([key for key in sorted(set(keys_of(model)) - {"en", "de", "default", "presidential", "consultation",
                                                           "support", "defence"})
             if f"`{key}`" not in text and f'"{key}"' not in text], "docs/model.md names every field of a model")


def test_readme():
    run = subprocess.run(["tools/refresh-readme", "--check"], cwd=ROOT, capture_output=True, text=True,
                         env=dict(os.environ, ENTENTE=PROGRAM, XDG_DATA_HOME=SCRATCH, HOME=SCRATCH))
    is_((run.returncode, run.stderr), (0, ""), "the outputs in README.md are what the program says today")


def test_commands():
    """Every line of a shell block that begins with build/entente; make and what writes a new study stand apart."""
    blocks = re.findall(r"^```sh\n(.*?)^```", read("README.md"), flags=re.M | re.S)
    lines = [re.sub(r"\s+#.*$", "", line) for block in blocks for line in block.splitlines()]
    programs = [line for line in lines if line.startswith("build/entente") and "my-study" not in line]
    ok(len(programs) > 8, "README.md shows commands", len(programs))
    failed = []
    for line in programs:
        run = subprocess.run(["sh", "-c", line.replace("build/entente", PROGRAM, 1)], cwd=ROOT, capture_output=True,
                             env=dict(os.environ, XDG_DATA_HOME=SCRATCH, HOME=SCRATCH))
        if run.returncode or run.stderr:
            failed.append(f"{line}: {run.returncode} {run.stderr[:200]!r}")
    none_of(failed, "and each of them runs")
    study = [line for block in blocks for line in block.splitlines() if "my-study" in line]
    script = "\n".join(["set -e", *study]).replace("build/entente", PROGRAM).replace(
        "tools/make-descriptor", os.path.join(ROOT, "tools", "make-descriptor"))
    run = subprocess.run(["sh", "-c", script], cwd=SCRATCH, capture_output=True, text=True,
                         env=dict(os.environ, XDG_DATA_HOME=SCRATCH, HOME=SCRATCH))
    is_(run.returncode, 0, "a new study is made as README.md says", run.stdout, run.stderr)


test_evidence()
test_model()
test_readme()
test_commands()
done()
