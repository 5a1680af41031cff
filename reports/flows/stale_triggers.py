"""The triggers that say which days have to be counted again: one for each statement that changes what is counted.

What did not change is found by EXCEPT and not by a join of old and new rows: a trigger's plan is kept for the session,
and a join planned for one row is slow for ten thousand. The matter of a contact is looked up one by one for the same
reason (OFFSET 0 keeps it from being joined in another way).
"""

from typing import Final

DAY_OF_APPOINTMENT: Final = "(a.at AT TIME ZONE 'Europe/Helsinki')::date"

_MATTER: Final = "SELECT municipality_id, 'arrived', arrived FROM {rows} r"
_DEADLINE: Final = "SELECT municipality_id, 'due', due FROM {rows} r"
_APPOINTMENT: Final = f"SELECT municipality_id, 'met', {DAY_OF_APPOINTMENT} FROM {{rows}} a"  # noqa: S608
_ITS_MATTER: Final = """
    SELECT m.municipality_id, 'arrived', m.arrived
    FROM {rows} r, LATERAL (SELECT municipality_id, arrived FROM cases_matter WHERE id = r.matter_id OFFSET 0) m
"""
_ITS_APPOINTMENTS: Final = f"""
    SELECT a.municipality_id, 'met', {DAY_OF_APPOINTMENT}
    FROM {{rows}} r, LATERAL (SELECT municipality_id, at FROM cases_appointment WHERE matter_id = r.id OFFSET 0) a
"""  # noqa: S608 - only words of this module
_OF_CLIENT: Final = f"""
    SELECT m.municipality_id, 'arrived', m.arrived
    FROM {{rows}} r, LATERAL (SELECT municipality_id, arrived FROM cases_matter WHERE client_id = r.id OFFSET 0) m
    UNION SELECT d.municipality_id, 'due', d.due
    FROM {{rows}} r, LATERAL (SELECT id FROM cases_matter WHERE client_id = r.id OFFSET 0) m,
        LATERAL (SELECT municipality_id, due FROM cases_deadline WHERE matter_id = m.id OFFSET 0) d
    UNION SELECT a.municipality_id, 'met', {DAY_OF_APPOINTMENT}
    FROM {{rows}} r, LATERAL (SELECT municipality_id, at FROM cases_appointment WHERE client_id = r.id OFFSET 0) a
"""  # noqa: S608 - only words of this module

# For each table what of a row is counted, and the days that the changed {rows} touch.
COUNTED: Final[dict[str, tuple[str, str]]] = {
    "cases_matter": ("id, municipality_id, client_id, kind, source, arrived, urgent, outcome", _MATTER),
    "cases_deadline": ('id, municipality_id, matter_id, duty, due, "outer", met_on', _DEADLINE),
    "cases_contact": ("id, municipality_id, matter_id, outcome, at", _ITS_MATTER),
    "cases_appointment": ("id, municipality_id, client_id, matter_id, state, at", _APPOINTMENT),
}
# Those that change what is counted of other rows: only their updates matter.
CHANGING: Final[dict[str, tuple[str, str]]] = {
    "cases_client": ("id, municipality_id, restricted, birth_date", _OF_CLIENT),
    "etotu_notice": ("matter_id, content -> 'application' ->> 'decision_date' AS decided", _ITS_MATTER),
}
VERBS: Final = ("insert", "delete", "update")
# The kind of a matter is also that of its appointments.
OF_KIND: Final = ("id, municipality_id, kind", _ITS_APPOINTMENTS)

# A transfer that was returned or revoked takes the receiver's deadlines out of the count.
OF_TRANSFER: Final = """
    SELECT d.municipality_id, 'due', d.due
    FROM {rows} r, LATERAL (SELECT municipality_id, due FROM cases_deadline WHERE matter_id = r.matter_id OFFSET 0) d
    WHERE r.incoming AND r.state IN ('returned', 'revoked')
"""


def create() -> str:
    parts = []
    for table, (_columns, days) in COUNTED.items():
        parts += [_one(table, "insert", _marks("new_rows", days)), _one(table, "delete", _marks("old_rows", days))]
    for table, (columns, days) in (COUNTED | CHANGING).items():
        parts.append(_one(table, "update", _changed(columns, days)))
    parts.append(_one("cases_matter", "update", _changed(*OF_KIND), "kind"))
    return "\n".join(parts)


def drop() -> str:
    names = [(table, verb, "") for table in COUNTED for verb in ("insert", "delete")]
    names += [(table, "update", "") for table in COUNTED | CHANGING] + [("cases_matter", "update", "kind")]
    return "\n".join(f"DROP FUNCTION {_name(*name)}() CASCADE;" for name in names)


def create_of_transfers() -> str:
    """Made later than the others, by a migration of its own."""
    return "\n".join(
        (
            _one("cases_transfer", "insert", _marks("new_rows", OF_TRANSFER)),
            _one("cases_transfer", "delete", _marks("old_rows", OF_TRANSFER)),
            _one("cases_transfer", "update", _changed("id, municipality_id, matter_id, incoming, state", OF_TRANSFER)),
        )
    )


def drop_of_transfers() -> str:
    return "\n".join(f"DROP FUNCTION {_name('cases_transfer', verb)}() CASCADE;" for verb in VERBS)


def _name(table: str, verb: str, what: str = "") -> str:
    return f"stale_{table}_{verb}{'_' + what if what else ''}"


def _marks(rows: str, days: str) -> str:
    return (
        "INSERT INTO reports_staleday (municipality_id, flow, day) "  # noqa: S608
        f"SELECT DISTINCT * FROM ({days.format(rows=rows)}) AS touched (municipality_id, flow, day);"
    )


def _changed(columns: str, days: str) -> str:
    new, old = f"SELECT {columns} FROM new_rows", f"SELECT {columns} FROM old_rows"  # noqa: S608 - words of this module
    return _marks(f"(({new} EXCEPT {old}) UNION ALL ({old} EXCEPT {new}))", days)


def _one(table: str, verb: str, body: str, what: str = "") -> str:
    name = _name(table, verb, what)
    rows = {
        "insert": "NEW TABLE AS new_rows",
        "delete": "OLD TABLE AS old_rows",
        "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    }[verb]
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$;\n"
        f"CREATE TRIGGER {name} AFTER {verb.upper()} ON {table} REFERENCING {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}();"
    )
