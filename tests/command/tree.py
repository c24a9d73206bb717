"""tree - walks what explain answers, down to citations, and holds it against what assess answers."""
from tap import answer, is_, none_of, ok

FIGURES = ("alliance", "criterion", "dimension", "indicator", "pair", "own", "reading")
MOST_RUNS = 120


def has_score(score):
    return score is not None and score["median"] is not None


def nodes(root):
    """All nodes of a tree, the root first."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node["children"])


def keyed(value):
    """Every object with a key in a part of an assessment, in order."""
    if isinstance(value, dict):
        if "key" in value:
            yield value
        for part in value.values():
            yield from keyed(part)
    elif isinstance(value, list):
        for part in value:
            yield from keyed(part)


def score_of(entry):
    return entry["value"] if "value" in entry else entry.get("score")


def rests_on_something(node):
    """Whether a citation or an assumption that gives its reason stands somewhere below the node."""
    for below in nodes(node):
        if below is node:
            continue
        if below["kind"] == "citation" or (below["kind"] == "assumption" and below["detail"]):
            return True
    return False


def rests_on_a_source(node):
    return any(below["kind"] == "source" and below["label"] for below in nodes(node))


def explain_all(assessment, *options):
    """Explains every key of an assessment with few runs: what a tree holds is not asked for again. Returns key -> node
    of figures, and the trees."""
    entries = [entry for alliance in assessment["alliances"] for entry in keyed(alliance)]
    wanted = list(dict.fromkeys(entry["key"] for entry in entries))
    # The tops of the trees first: an alliance, what one gives another, a reading.
    wanted.sort(key=lambda key: (key.count("/"), ":" in key))
    found, trees = {}, []
    for key in wanted:
        if key in found:
            continue
        if len(trees) == MOST_RUNS:
            ok(False, f"at most {MOST_RUNS} runs explain every key", key)
            break
        tree = answer("explain", *options, key)
        trees.append(tree)
        is_(tree["root"]["key"], key, f"explain {key} stands at that key")
        for node in nodes(tree["root"]):
            if node["kind"] in FIGURES and node["key"]:
                found.setdefault(node["key"], node)
    return entries, found, trees


def check(assessment, *options):
    """The tests of a walk through everything that an assessment has a key for. Returns the trees."""
    entries, found, trees = explain_all(assessment, *options)
    none_of([e["key"] for e in entries if e["key"] not in found], "every key of the assessment can be explained")
    none_of([e["key"] for e in entries if e["key"] in found and score_of(e) != found[e["key"]]["score"]
             and not (score_of(e) is None and not has_score(found[e["key"]]["score"]))],
            "explain shows the figures that assess shows")
    check_ways([node for tree in trees for node in nodes(tree["root"])])
    forces = [f for a in assessment["alliances"] for f in a["strengths"] + a["fault_lines"]]
    none_of([f["key"] for f in forces if f["key"] in found and not any(
        child["kind"] == "assumption" and child["score"] == f["effect"] for child in nodes(found[f["key"]]))],
        "below each strength and fault line stands its effect")
    none_of([f["key"] for f in forces if not f["citations"]], "each strength and fault line has citations")
    return trees


def check_ways(all_nodes):
    """That nodes lead to what they rest on."""
    figures = [n for n in all_nodes if n["kind"] in FIGURES]
    scored = [n for n in figures if has_score(n["score"])]
    ok(len(scored) > 20, "there are figures to hold to it", len(scored))
    none_of([n["key"] for n in scored if not rests_on_something(n)],
            "every figure leads to a citation or to an assumption with its reason")
    none_of([n["key"] for n in scored if not rests_on_a_source(n)], "every figure leads to a source")
    none_of([n["key"] for n in scored if n["kind"] in ("indicator", "own", "reading")
             and not any(b["kind"] == "row" for b in nodes(n))],
            "every indicator, own value and reading with a figure leads to rows of the package")
    none_of([n["key"] for n in figures if not has_score(n["score"]) and not n["missing"]],
            "every figure that is missing says why")
    # a coding stands under the row that it codes and repeats nothing of what that cites
    rows = [n for n in all_nodes if n["kind"] == "row" and not n["key"].startswith("codings:")]
    none_of([n["key"] for n in rows if not any(c["kind"] == "citation" for c in n["children"])],
            "every row below a figure has a citation")
    citations = [n for n in all_nodes if n["kind"] == "citation"]
    none_of([n["key"] for n in citations if not n["label"] or [c["kind"] for c in n["children"]] != ["source"]],
            "every citation has a place in words and one source")
    none_of([n["label"] for n in all_nodes if n["kind"] == "assumption" and not n["label"]],
            "every assumption has a name")


def check_rows(trees, per_table=2, *options):
    """Keys of rows, citations and sources that the trees name can be asked for themselves."""
    seen = {}
    for tree in trees:
        for node in nodes(tree["root"]):
            if node["kind"] in ("row", "citation", "source") and node["key"]:
                keys = seen.setdefault(node["key"].split(":")[0], [])
                if node["key"] not in keys and len(keys) < per_table:
                    keys.append(node["key"])
    for table in ("codings", "citations", "sources", "observations", "positions", "support", "institutions"):
        ok(table in seen, f"some figure leads to a row of {table}")
    for key in [key for keys in seen.values() for key in keys]:
        root = answer("explain", *options, key)["root"]
        is_((root["kind"], root["key"]), ("row", key), f"explain {key} shows the row")
        table = key.split(":")[0]
        if table not in ("sources", "citations"):
            ok(any(b["kind"] == "citation" for b in nodes(root)), f"{key} leads to a citation")
        if table == "citations":
            ok(any(b["kind"] == "source" for b in nodes(root)), f"{key} leads to a source")
        if table in ("positions", "threats", "support", "institutions") and any(
                b["key"] and b["key"].startswith("codings:") for b in nodes(root)):
            ok(all(b["detail"] for b in nodes(root) if (b["key"] or "").startswith("codings:")),
               f"the codings of {key} give their rationale")
