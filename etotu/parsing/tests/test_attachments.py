from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etotu.parsing import Limits, RawNotice, safe_name
from etotu.parsing.attachments import AttachmentReader
from etotu.tests.notices import batch, faults, notice, read

PDF = b"%PDF-1.4\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20)


def read_attachment(
    data: bytes | str, mime: str = "text/plain", name: str = "lasku.txt", limits: Limits | None = None
) -> RawNotice:
    text = data if isinstance(data, str) else b64encode(data).decode()
    (raw,) = read(batch(notice(f'<liite nimi="{name}" mime="{mime}">{text}</liite>')), limits=limits)
    return raw


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        ("Lasku, eräpäivä 31.10.\r\n".encode(), "text/plain"),
        ("Lasku, eräpäivä".encode("cp1252"), "Text/Plain; charset=windows-1252"),
    ],
)
def test_a_good_attachment(data: bytes, mime: str) -> None:
    raw = read_attachment(data, mime)
    assert not faults(raw)
    (attachment,) = raw.content.attachments
    assert attachment.read() == data
    assert attachment.size == len(data)


@pytest.mark.parametrize(
    ("data", "mime", "field", "code"),
    [
        (PNG, "application/pdf", "liite.1", "attachment_mismatch"),
        (PDF, "text/plain", "liite.1", "attachment_mismatch"),
        (b"a\0b", "text/plain", "liite.1", "attachment_mismatch"),
        (b"MZ", "image/jpeg", "liite.1", "attachment_mismatch"),
        (b"<svg/>", "image/svg+xml", "liite.1", "attachment_type"),
        (b"x", "", "liite.1.mime", "missing"),
        ("TGFz*3U=", "text/plain", "liite.1", "unreadable"),
        ("TGFzä3U=", "text/plain", "liite.1", "unreadable"),
        ("TGFza3U", "text/plain", "liite.1", "unreadable"),
        ("TGFza3U=TGFza3U=", "text/plain", "liite.1", "unreadable"),
        ("", "text/plain", "liite.1", "missing"),
    ],
)
def test_a_faulty_attachment(data: bytes | str, mime: str, field: str, code: str) -> None:
    assert faults(read_attachment(data, mime)) == [(field, code)]


def test_a_name_must_be_there_and_not_too_long() -> None:
    assert faults(read_attachment(b"x", name="")) == [("liite.1.nimi", "missing")]
    assert faults(read_attachment(b"x", name="a" * 256)) == [("liite.1.nimi", "too_long")]


def test_ten_mebibytes_are_allowed_and_not_a_byte_more() -> None:
    limit = 10 * 1024 * 1024
    good = read_attachment(b"a" * limit)
    assert not faults(good)
    assert good.content.attachments[0].size == limit
    assert sum(len(piece) for piece in good.content.attachments[0].chunks()) == limit
    assert faults(read_attachment(b"a" * (limit + 1))) == [("liite.1", "attachment_too_large")]


def test_several_attachments_are_numbered() -> None:
    good, bad = (f'<liite nimi="a.txt" mime="text/plain">{text}</liite>' for text in ("TGFza3U=", "?"))
    (raw,) = read(batch(notice(good + bad + good)))
    assert faults(raw) == [("liite.2", "unreadable")]
    assert len(raw.content.attachments) == 3


def test_too_many_attachments() -> None:
    one = '<liite nimi="a.txt" mime="text/plain">TGFza3U=</liite>'
    (raw,) = read(batch(notice(one * 3)), limits=Limits(attachments=2))
    assert faults(raw) == [("liite", "too_many")]


@given(st.binary(max_size=200), st.lists(st.integers(1, 40), min_size=1, max_size=30))
def test_base64_may_come_in_any_pieces(data: bytes, cuts: list[int]) -> None:
    text = "\n".join(b64encode(data).decode()[at : at + 19] for at in range(0, 400, 19))
    reader = AttachmentReader("a.txt", "text/plain", Limits())
    for cut in cuts:
        reader.feed(text[:cut])
        text = text[cut:]
    reader.feed(text)
    attachment = reader.close()
    assert attachment.fault is None
    assert attachment.read() == data


@pytest.mark.parametrize(
    ("name", "mime", "safe"),
    [
        ("lasku.pdf", "application/pdf", "lasku.pdf"),
        ("KUVA.JPEG", "image/jpeg", "KUVA.JPEG"),
        ("lasku.exe", "application/pdf", "lasku.exe.pdf"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("C:\\Kela\\päätös 1.txt", "text/plain", "päätös_1.txt"),
        ("lasku\u202efdp.exe", "application/pdf", "laskufdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.txt", "text/plain", "aSet-Cookie_x.txt"),
        ('a";b.txt', "text/plain", "a_b.txt"),
        ("...", "image/png", "liite.png"),
        ("a" * 300, "image/png", "a" * 100 + ".png"),
    ],
)
def test_names_are_served_safely(name: str, mime: str, safe: str) -> None:
    assert safe_name(name, mime) == safe


@given(st.text(max_size=300), st.sampled_from(["application/pdf", "text/plain", "kummallinen/tyyppi"]))
def test_a_safe_name_is_always_a_plain_file_name(name: str, mime: str) -> None:
    safe = safe_name(name, mime)
    assert 0 < len(safe) <= 110
    assert safe.isprintable()
    assert not set(safe) & set('/\\:*?"<>|; ')
    assert not safe.startswith(".")
