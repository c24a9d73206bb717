"""schema - holds JSON answers to the schemas in share/schemas."""
import json
import os

import jsonschema

from tap import ROOT, ok


def _validator(name):
    with open(os.path.join(ROOT, "share", "schemas", name + ".json"), encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def fits(document, schema, name):
    """One test: the document is valid, and says that it is of this schema."""
    faults = [f"{'/'.join(str(p) for p in e.absolute_path)}: {e.message[:200]}"
              for e in _validator(schema).iter_errors(document)]
    if not str(document.get("schema", "")).startswith(f"entente.{schema}/"):
        faults.append(f"schema: {document.get('schema')!r}")
    return ok(not faults, f"{name} fits share/schemas/{schema}.json", *faults[:8])
