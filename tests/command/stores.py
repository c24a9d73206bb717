"""stores - what tests of the store have in common: small packages in several editions, and all that a store holds."""
import json
import os
import sqlite3

from tap import RIVER, copy_of, rows_of, table, write


def edition(number, released="2030-06-01", name="river", study=None):
    """A copy of the small package. Edition 2 has a row less, a row more, a row changed, and all others moved by a line;
    the third changes another one."""
    package = copy_of(RIVER, name)
    place = os.path.join(package, "datapackage.json")
    with open(place, encoding="utf-8") as file:
        descriptor = json.load(file)
    descriptor["entente"].update(edition=number, released=released)
    descriptor["name"] = study or descriptor["name"]
    with open(place, "w", encoding="utf-8") as file:
        json.dump(descriptor, file, indent=2)
    if number > 1:
        fields, rows = table(package, "codings")
        extra = dict(rows[0], id="added-in-2", note="", coder=rows_of(package, "coders")[-1]["id"], aspect=rows[0]["aspect"])
        rows[3]["note"] = f"changed in edition {number}"
        taken = [row for row in rows if (row["item"], row["aspect"], row["coder"]) ==
                 (extra["item"], extra["aspect"], extra["coder"])]
        write(package, "codings", fields, ([] if taken else [extra]) + rows[1:] if not taken else rows[1:])
        fields, rows = table(package, "terms")
        rows.insert(0, dict(rows[0], id="first-term", abbreviation="FT"))
        write(package, "terms", fields, rows)
    return package


def dump(store, leave_out=("rows_sha256",)):
    """All that a store holds, in an order of its own: {table: sorted rows as text}. Row numbers of versions and items are
    no content: rows are named by what they mean."""
    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        studies = dict(db.execute("SELECT study, id FROM study"))
        items = {item: (studies.get(study), resource, name)
                 for item, study, resource, name in db.execute("SELECT item, study, resource, id FROM item")}
        held = {"version": [str(db.execute("PRAGMA user_version").fetchone()[0])], "studies": sorted(studies.values())}
        tables = [name for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
                  if not name.startswith("sqlite_") and name not in ("study", "item", "link")]
        for name in tables:
            columns = [row[1] for row in db.execute(f'PRAGMA table_info("{name}")')]
            points = {row[3] for row in db.execute(f'PRAGMA foreign_key_list("{name}")') if row[2] == "item"}
            rows = []
            for row in db.execute(f'SELECT * FROM "{name}"'):
                cells = {c: items.get(v, v) if c in points and v is not None else v for c, v in zip(columns, row)}
                cells.pop("version", None)
                for column in leave_out:
                    cells.pop(column, None)
                if "study" in cells:
                    cells["study"] = studies.get(cells["study"])
                rows.append(json.dumps({c: v for c, v in cells.items() if v is not None}, sort_keys=True))
            held[name] = sorted(rows)
        held["links"] = [str(db.execute("SELECT count(*) FROM link").fetchone()[0])]
        return held
    finally:
        db.close()
