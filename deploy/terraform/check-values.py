"""The values that Terraform hands over, as helm sees them: on top of the example, and against the chart's schema.

check-values.py <folder of the chart> <values file>
"""

import json
import pathlib
import sys

import jsonschema
import yaml

chart, given = pathlib.Path(sys.argv[1]), yaml.safe_load(pathlib.Path(sys.argv[2]).read_text())


def merged(below, above):
    """As helm lays one file over another: maps key by key, everything else whole."""
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return {key: merged(below[key], above[key]) if key in below and key in above else above.get(key, below.get(key))
            for key in below | above}


def placeholders(value, path=""):
    """Where the example still says <something>."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from placeholders(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from placeholders(inner, path)
    elif isinstance(value, str) and "<" in value:
        yield path


values = yaml.safe_load((chart / "values.yaml").read_text())
for file in (yaml.safe_load((chart / "values-eks.yaml").read_text()), given):
    values = merged(values, file)
jsonschema.validate(values, json.loads((chart / "values.schema.json").read_text()))
# The registry is the reader's own; all else of the example has to be known.
left = sorted(set(placeholders(values)) - {".images.registry"})
if left:
    sys.exit(f"not filled in: {left}")
print(f"{len(given)} keys, valid")
