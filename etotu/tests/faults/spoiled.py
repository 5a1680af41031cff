"""A corpus of spoiled files, and what the parser makes of each: run in a process of its own, with a watchdog.

Prints a line for each file: name, what came of it, peak memory in MiB. The watchdog counts the time of the processor,
not of the clock: it is against hangs, on whatever machine.
"""

import json
import random
import signal
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import repeat
from pathlib import Path

from etotu.faults import FileFault
from etotu.generator import generate
from etotu.parsing import open_batch
from etotu.tests.notices import checked

WATCHDOG_SECONDS = 10
MIB = 1024 * 1024
ENTITIES = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
DOCTYPES = {
    "laughs": f"<!DOCTYPE x [{ENTITIES}]>",
    "external entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "external subset": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>',
}


def repeated(head: bytes, piece: bytes, times: int, tail: bytes = b"") -> Iterator[bytes]:
    """`head`, then `piece` as many times, then `tail`, without ever holding them together."""
    yield head
    yield from repeat(piece, times)
    yield tail


def one(data: bytes) -> list[bytes]:
    return [data]


def good(form: str = "xml", count: int = 12) -> bytes:
    return b"".join(generate(["297", "837"], count, date(2018, 10, 11), seed=3, form=form))  # type: ignore[arg-type]


def corpus(step: int, flips: int) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Cut at every `step` per cent, `flips` files with flipped bytes, and one of each kind of malice."""
    for form in ("xml", "csv"):
        whole = good(form)
        for percent in range(0, 100, step):
            yield f"{form} cut at {percent} %", one(whole[: len(whole) * percent // 100])
        source = random.Random(7)
        for n in range(flips):
            data = bytearray(whole)
            for _ in range(source.randint(1, 5)):
                data[source.randrange(len(data))] ^= 1 << source.randrange(8)
            yield f"{form} flipped {n}", one(bytes(data))
        yield from encodings(form, whole)
    yield from malice(good())


def encodings(form: str, whole: bytes) -> Iterator[tuple[str, Iterable[bytes]]]:
    text = whole.decode()
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037", "utf-7"):
        yield f"{form} in {name}", one(text.encode(name, "replace"))
    boms = {"utf-8": b"\xef\xbb\xbf", "twice": b"\xef\xbb\xbf" * 2, "utf-16": b"\xff\xfe", "utf-32": b"\0\0\xfe\xff"}
    for name, bom in boms.items():
        yield f"{form} with a BOM, {name}", one(bom + whole)
    for place in (0, len(whole) // 2, len(whole) - 1):
        yield f"{form} with NUL at {place}", one(whole[:place] + b"\0" + whole[place:])
    yield f"{form} that lies of its encoding", one(whole.replace(b"UTF-8", b"ISO-2022-JP"))
    yield f"{form} of random bytes", one(random.Random(1).randbytes(MIB))


def malice(whole: bytes) -> Iterator[tuple[str, Iterable[bytes]]]:
    declaration, _, root = whole.partition(b"?>")
    for name, doctype in DOCTYPES.items():
        yield name, one(declaration + b"?>" + doctype.encode() + root)
    head, end = whole.removesuffix(b"</etotuEra>\n").removesuffix(b"</etotuEra>"), b"</etotuEra>"
    inside = head + b"<ilmoitus>"
    done = b"</ilmoitus>" + end
    space, letters, csv = b" " * MIB, b"a" * MIB, good("csv")
    comment, attributes = b"<!--" + b"c" * (MIB - 7) + b"-->", b"".join(b'a%d="" ' % n for n in range(9999))
    names = b"".join(b'<a xmlns:n%d="x"/>' % n for n in range(999))
    yield "200 MB of white space before", repeated(b"", space, 200, whole)
    yield "200 MB of white space inside", repeated(head, space, 200, end)
    yield "200 MB of white space after", repeated(whole, space, 200)
    yield "200 MB of line ends in CSV", repeated(csv, b"\n" * MIB, 200)
    yield "200 MB of one CSV row", repeated(csv, letters, 200)
    yield "200 MB of one quoted CSV field", repeated(csv + b'"', letters, 200)
    yield "200 MB of one attribute", repeated(head + b'<ilmoitus tunnus="', letters, 200, b'"/>' + end)
    yield "200 MB of one text", repeated(inside + b"<lisatieto>", letters, 200, b"</lisatieto>" + done)
    yield "200 MB of one attachment", repeated(inside + b'<liite nimi="a" mime="x">', b"QUJD" * 262_144, 200, end)
    yield "200 MB of comments", repeated(head, comment, 200, end)
    yield "a million elements inside each other", repeated(head, b"<a>" * 1000, 1000)
    yield "a hundred thousand unknown elements", repeated(inside, b"<a/>" * 1000, 100, done)
    yield "a million attributes", repeated(head + b"<ilmoitus ", attributes, 100, end)
    yield "many namespaces", repeated(head, names, 100, end)


def outcome(name: str, chunks: Iterable[bytes]) -> str:
    """ "read", or the code of the fault that rejects the file. Anything else is a crash, and is raised."""
    try:
        for raw in open_batch(chunks, file_name="era.csv" if "csv" in name.lower() else "era.xml"):
            checked(raw)
    except FileFault as fault:
        return str(fault.code.value)
    return "read"


def hang(_number: int, _frame: object) -> None:
    raise TimeoutError("the parser hangs")


def peak_memory() -> int:
    """MiB that this process held at most. Its `ru_maxrss` would begin with what the process that started it held."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) // 1024


def main() -> None:
    signal.signal(signal.SIGPROF, hang)
    for name, chunks in corpus(int(sys.argv[1]), int(sys.argv[2])):
        signal.setitimer(signal.ITIMER_PROF, WATCHDOG_SECONDS)
        try:
            found = outcome(name, chunks)
        except BaseException as error:
            found = f"crash: {type(error).__name__}: {error}"
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        sys.stdout.write(json.dumps([name, found, peak_memory()]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
