"""stores - what tests of the store have in common: small packages in several editions, and all that a store holds."""
import json
import os
import sqlite3

from tap import RIVER, ROOT, copy_of, table, write

# Of the small package, what a smaller one keeps: stores of it are written in few pages.
KEPT = {"actors", "alliances", "members", "terms", "citations", "definitions", "indicators", "observations", "offices",
        "holders", "scales", "coders", "issues", "institutions", "places"}


def edition(number, released="2030-06-01", study=None, small=False):
    """A copy of the package river-pact as an edition. Those after the first have a row less, a row more, a row changed,
    and rows that moved by a line."""
    package = copy_of(RIVER, "edition")
    place = os.path.join(package, "datapackage.json")
    with open(place, encoding="utf-8") as file:
        descriptor = json.load(file)
    descriptor["entente"].update(edition=number, released=released)
    descriptor["name"] = study or descriptor["name"]
    if small:
        descriptor["entente"]["model"] = "alliance-resilience"
        for resource in descriptor["resources"]:
            if resource["name"] not in KEPT | {"sources"}:
                write(package, resource["name"], table(package, resource["name"])[0], [])
    with open(place, "w", encoding="utf-8") as file:
        json.dump(descriptor, file, separators=(",", ":"))
    if number > 1:
        fields, rows = table(package, "terms")
        write(package, "terms", fields, [dict(rows[0], id="another-term", abbreviation="AT")])
        fields, rows = table(package, "observations")
        rows[3]["note"] = f"changed in edition {number}"
        write(package, "observations", fields, [dict(rows[5], id="added-later"), *rows])
    return package


def dump(store, leave_out=()):
    """All that a store holds, in an order of its own: {table: sorted rows as text}. Row numbers of versions and items are
    no content: rows are named by what they mean."""
    db = sqlite3.connect(store)
    try:
        studies = dict(db.execute("SELECT study, id FROM study"))
        items = {item: (studies.get(study), resource, name)
                 for item, study, resource, name in db.execute("SELECT item, study, resource, id FROM item")}
        held = {"version": [str(db.execute("PRAGMA user_version").fetchone()[0])], "studies": sorted(studies.values())}
        tables = [name for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
                  if not name.startswith("sqlite_") and name not in ("study", "item")]
        for name in tables:
            found = db.execute(f'SELECT * FROM "{name}"')
            rows = found.fetchall()
            if not rows:
                continue
            columns = [column[0] for column in found.description]
            points = {row[3] for row in db.execute(f'PRAGMA foreign_key_list("{name}")') if row[2] == "item"}
            held[name] = sorted(
                repr([(c, studies.get(v) if c == "study" else items.get(v, v) if c in points else v)
                      for c, v in zip(columns, row) if v is not None and c != "version" and c not in leave_out])
                for row in rows)
        return held
    finally:
        db.close()


def old_store(made, of):
    """A store as the first version left it, from one of today: its tables and columns alone."""
    with open(os.path.join(ROOT, "src", "store", "sql", "001_evidence.sql"), encoding="utf-8") as file:
        schema = file.read()
    db = sqlite3.connect(made)
    db.executescript(schema)
    db.execute("ATTACH ? AS now", (of,))
    both = "SELECT name FROM main.sqlite_schema WHERE type = 'table' INTERSECT SELECT name FROM now.sqlite_schema"
    for name, in db.execute(both).fetchall():  # a table of then that is gone by now stays empty
        columns = ", ".join('"' + row[1] + '"' for row in db.execute(f'PRAGMA main.table_info("{name}")'))
        db.execute(f'INSERT INTO main."{name}" ({columns}) SELECT {columns} FROM now."{name}"')
    db.commit()
    db.executescript("PRAGMA main.application_id = 0x656e7465; PRAGMA main.user_version = 1; "
                     "PRAGMA main.journal_mode = WAL")
    db.close()
