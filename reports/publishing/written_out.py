"""The audit of one edition, written out so that a reader can check it by hand."""

from collections.abc import Iterator, Sequence

from core.suppression import smallest_cell
from municipalities.models import Municipality
from reports.models import Edition
from reports.publishing.audit import Audit, Proof, audit
from reports.publishing.earlier import Earlier
from reports.publishing.files import words_of
from reports.publishing.hiding import intervals
from reports.publishing.leaves import CellName, Leaf
from reports.publishing.periods import EditionPeriod
from reports.publishing.tables import Table, here, trait_tables


def written_out(
    municipality: Municipality, period: EditionPeriod, tables: Sequence[Table], edition: Edition | None = None
) -> str:
    """Markdown: what is told, what is hidden, and for each hidden number why it cannot be computed."""
    earlier = Earlier(municipality, period).tables
    smallest = edition.smallest if edition else smallest_cell()
    own = edition.pk if edition else 0
    others = {number: one for number, one in earlier.items() if number != own}
    found = audit(tables, smallest, others)
    lines = [f"# Audit: {municipality.name}, {period.label}", "", *_summary(found, tables, len(others))]
    for table in trait_tables(tables):
        lines += ["", *_of_table(table, found, smallest)]
    return "\n".join(lines) + "\n"


def _summary(found: Audit, tables: Sequence[Table], others: int) -> Iterator[str]:
    work = [table for table in tables if not list(trait_tables([table]))]
    numbers = sum(len(table.rows) * (1 if all(row.base is None for row in table.rows) else 2) for table in work)
    yield f"- counts of work: {len(work)} tables, {numbers} numbers in their rows, all told"
    yield f"- overlapping editions that are public already: {others}"
    yield f"- numbers told that share leaves with a number by traits: {found.shown}, of {found.leaves} leaves"
    yield f"- rank of what is told: {found.rank}"
    yield f"- hidden numbers, in this edition and those: {len(found.proofs) + len(found.computable)}"
    yield f"- of these computable: {len(found.computable)}; told by their limits: {len(found.telling)}"
    yield f"- new tables in which the rule of hiding leaves one fewer than three candidates: {len(found.guessed)}"
    yield f"- outcome: {'passed' if found.passed else 'NOT passed'}"


def _of_table(table: Table, found: Audit, smallest: int) -> Iterator[str]:
    least = table.smallest or smallest
    yield f"## {here(table.title)}, {table.period.label}"
    if table.withheld:
        yield "Withheld as a whole."
        return
    yield ""
    yield "| row | count | of |"
    yield "|---|---|---|"
    for row in (*table.rows, *([table.total] if table.total else [])):
        base = "" if row.base is None else words_of(row.base, least)
        yield f"| {here(row.label)} | {words_of(row.count, least)} | {base} |"
    limits = {(one.key, one.column): one for one in intervals(table, least)}
    for proof in found.proofs:
        name = proof.cell
        if name.edition == 0 and (name.table, name.period) == table.id:
            limit = limits.get((name.key, name.column))
            yield from ("", f"**{_cell(name)}** is no combination of what is told. {_proof(proof)}")
            if limit:
                most = limit.most if limit.most < 10**9 else "any number"
                yield f"By its column it is from {limit.least} to {most}."


def _proof(proof: Proof) -> str:
    changes = "; ".join(f"{n:+} {_leaf(leaf)}" for leaf, n in sorted(proof.change.items()))
    return f"With these others every number told stays as it is and this one changes: {changes}."


def _cell(name: CellName) -> str:
    return f"{name.key or 'total'}, {name.column}"


def _leaf(leaf: Leaf) -> str:
    return f"{leaf[0]} ({', '.join(leaf[1:])})"
