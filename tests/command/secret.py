"""secret - the small package with rows that rest on a confidential source alone."""
import json
import os

from tap import RIVER, copy_of, table, write

SOURCE = "weir-talk"


def secret_package(rows):
    """A copy of river-pact in which these rows, a table's name each with an id, cite the source SOURCE and nothing
    else."""
    package = copy_of(RIVER, "secret")
    path = os.path.join(package, "sources.json")
    with open(path, encoding="utf-8") as file:
        sources = json.load(file)
    sources.append({"id": SOURCE, "type": "interview", "title": "Talk at the weir", "issued": "2030-01",
                    "custom": {"handling": "confidential"}})
    with open(path, "w", encoding="utf-8") as file:
        json.dump(sources, file)
    fields, citations = table(package, "citations")
    write(package, "citations", fields, citations + [{**dict.fromkeys(fields, ""), "id": "weir-1", "source": SOURCE,
                                                      "anchor": "outside", "kind": "interview", "stance": "supports"}])
    for name, key in rows.items():
        fields, found = table(package, name)
        next(row for row in found if row["id"] == key)["citations"] = "weir-1"
        write(package, name, fields, found)
    return package
