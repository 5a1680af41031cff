"""Rows of a notice that was transferred: judged by the municipality to which they are addressed, entered at the hop.

Counts, shares and quarantine stay with the addressed municipality. There are few such rows in any batch.
"""

from django.db import connection

from cases.models.client import identity_context
from core.encryption import blind_index, decrypt_text, encrypt_text

MOVED = """
    SELECT k.number, k.municipality_id, k.place, c.identity_code_cipher, c.identity_code_index
    FROM etotu_known k,
        LATERAL (SELECT client_id FROM cases_matter WHERE id = k.matter_id OFFSET 0) m,
        LATERAL (SELECT identity_code_cipher, identity_code_index FROM cases_client WHERE id = m.client_id OFFSET 0) c
    WHERE k.place <> k.municipality_id AND c.identity_code_cipher IS NOT NULL
"""
ADDRESS = "UPDATE etotu_known SET identity_index = %s WHERE number = %s"
APPLIED = """
    SELECT s.pos, s.municipality_id, k.place, s.identity_cipher, s.identity_index
    FROM etotu_known k JOIN etotu_handled h ON h.number = k.number AND h.applied JOIN etotu_staged s ON s.pos = h.pos
    WHERE k.place <> k.municipality_id
"""
MOVE = "UPDATE etotu_staged SET municipality_id = %s, identity_index = %s, identity_cipher = %s WHERE pos = %s"
MOVE_BACK = """
    UPDATE etotu_staged s SET municipality_id = k.municipality_id
    FROM etotu_known k, etotu_handled h
    WHERE k.place <> k.municipality_id AND h.number = k.number AND h.applied AND s.pos = h.pos
"""


def address_known() -> None:
    """Index the person of each moved notice as the municipality to which its rows are addressed does.

    In the whole scope, before the rows are classified.
    """
    with connection.cursor() as cursor:
        cursor.execute(MOVED)
        for number, addressed, place, cipher, index in cursor.fetchall():
            code = decrypt_text(bytes(cipher), identity_context(place, bytes(index)))
            cursor.execute(ADDRESS, [blind_index(code, addressed), number])


def move_applied() -> None:
    """The rows that will be applied stand in the municipality of their notice, under its keys."""
    with connection.cursor() as cursor:
        cursor.execute(APPLIED)
        for pos, addressed, place, cipher, index in cursor.fetchall():
            code = decrypt_text(bytes(cipher), identity_context(addressed, bytes(index)))
            there = blind_index(code, place)
            cursor.execute(MOVE, [place, there, encrypt_text(code, identity_context(place, there)), pos])


def move_back() -> None:
    """Afterwards they count where they were addressed."""
    with connection.cursor() as cursor:
        cursor.execute(MOVE_BACK)
