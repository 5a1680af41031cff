"""Whether a document is valid against the national schema of its version. Nothing that is not leaves the program."""

from functools import cache

import jsonschema

from records.out.national import Json
from records.structures.registry import schema


def faults(document: Json, oid: str) -> list[str]:
    """Where the document does not fit, as paths of keys; what was written in it is never part of them."""
    found = _validator(oid).iter_errors(document)
    return sorted("/".join(str(key) for key in (*error.absolute_path, error.validator)) for error in found)


@cache
def _validator(oid: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(schema(oid))
