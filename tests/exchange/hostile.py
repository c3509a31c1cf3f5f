"""Files that are not what they seem, made for a source, with what the command has to say of them."""

import gzip
import io
import tarfile
import zipfile

from tests.exchange.every_source import ELEMENTS, ENDINGS, FEEDS, ITEMS, TABLES, a_text

HTML = b"<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><p>nginx<br></body></html>"


def a_workbook():
    """The first bytes of what a spreadsheet saves."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    return target.getvalue()


def packed(*files):
    """A gzipped archive of these files: pairs of a name and bytes."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        for name, data in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return target.getvalue()


def an_archive_that_tells_much(kind=tarfile.XHDTYPE, size=2**30, told=512 * 1024, **header):
    """An archive whose first entry says something about the next, of a length that it only declares."""
    entry = tarfile.TarInfo("././@PaxHeader")
    entry.type, entry.size = kind, size
    for name, value in header.items():
        setattr(entry, name, value)
    return entry.tobuf(tarfile.GNU_FORMAT) + b"\0" * told


def of_holes():
    """An archive with a file that is nearly all holes, as `tar --sparse` writes it: four digits of map, no end."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        entry = tarfile.TarInfo("a.csv")
        entry.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "9" * 18}
        entry.size = 1024
        archive.addfile(entry, io.BytesIO(b"1\n0\n0\n".ljust(1024, b"\0")))
    return target.getvalue()


def wrong_files(source):
    """What no source writes: each by name, as bytes. All end with code 3 and without a single record."""
    sound = a_text(source, "A title").encode()
    whole = gzip.compress(sound)
    yield "empty", b""
    yield "blanks", b" \r\n\t " * 10
    yield "an error page", HTML
    yield "a workbook", a_workbook()
    yield "an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    yield "a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"
    yield "zeros", b"\0" * 5000
    yield "noise", bytes(range(256)) * 20
    yield "a cut gzip", whole[: len(whole) // 2]
    yield "a gzip of nothing", gzip.compress(b"")
    yield "the head of a gzip", whole[:5]
    yield "a gzip in a gzip", gzip.compress(whole)
    yield "a cut archive", gzip.compress(gzip.decompress(packed((f"a{ENDINGS[source]}", sound)))[:600])
    yield "an archive of others", packed(("README.md", b"x"), ("../../etc/passwd", b"root"))
    yield "an archive of nothing", packed()
    yield "an archive in an archive", packed(("a.tar.gz", packed((f"a{ENDINGS[source]}", sound))))
    for kind in (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_SPARSE):
        yield f"an archive that tells a gigabyte ({kind!r})", an_archive_that_tells_much(kind)
    yield "an archive that leads back", an_archive_that_tells_much(tarfile.REGTYPE, size=-1024)
    yield "an archive of holes", of_holes()
    if source not in FEEDS:  # which have no columns to miss: an empty list of changes is one
        yield "another source", a_text("grants-gov" if source == "iati" else "iati", "A title").encode()
    if source not in ELEMENTS:
        yield "UTF-16", sound.decode().encode("utf-16")
        yield "UTF-16 without a mark", sound.decode().encode("utf-16-le")
    yield from {TABLES: tables, ITEMS: items, FEEDS: items, ELEMENTS: elements}[form(source)](source)


def form(source):
    return next(one for one in (TABLES, ITEMS, FEEDS, ELEMENTS) if source in one)


def tables(source):
    header = a_text(source).strip()
    yield "other separators", header.replace(",", "|").encode()
    yield "no header", a_text(source, "A title").split("\n", 1)[1].encode()
    yield "a column twice", f"{header},Title\n".encode()
    yield "ten thousand columns", f"{header}{',x' * 10_000}\n".encode()
    yield "one huge cell", f'{header}\n"{"x" * 3_000_000}"\n'.encode()
    yield "a quotation mark that is never closed", f'{header}\n"{"x,1" * 500_000}'.encode()
    yield "a header of a megabyte", b"x" * 1_100_000


def items(source):
    yield "an array that ends early", b"["
    yield "nothing but a key", b'{"'
    yield "a number", b"5"
    yield "deep nesting", b"[" * 200_000
    yield "deep objects", b'{"a":' * 200_000
    yield "one huge cell", b'[{"title": "%s"}]' % (b"x" * 3_000_000)
    yield "a huge number", b'[{"id": %s}]' % (b"9" * 100_000)
    yield "lines of objects", b'{"id": 1}\n{"id": 2}\n'
    yield "no JSON any more", b"{'id': 1}"
    yield "Latin letters of one byte", b'{"t\xefle": []}'
    yield "half a sign as a key", b'{"\\udc80": []}'


def elements(source):
    root = {"iati": "iati-activities", "oai-dc": "OAI-PMH"}[source]
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    yield "not closed", f"<{root}>".encode()
    yield "an attribute twice", f"<{root} a='1' a='2'/>".encode()
    yield "a billion laughs", f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><{root}>&a11;</{root}>'.encode()
    yield "parameters", f"<!DOCTYPE x [<!ENTITY % a 'b'><!ENTITY % c '{'%a;' * 9999}'>%c;]><{root}/>".encode()
    yield "a file of ours", f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><{root}>&a;</{root}>'.encode()
    yield "a page elsewhere", f'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><{root}/>'.encode()
    yield "deep nesting", (f"<{root}>" + "<a>" * 100_000).encode()
    yield "one huge cell", f"<{root}>{'x' * 12_000_000}".encode()
    yield "one huge attribute", f"<{root} a='{'x' * 12_000_000}'/>".encode()
    yield "an encoding that is none", f'<?xml version="1.0" encoding="klingon"?><{root}/>'.encode()
    yield "said to be UTF-16", f'<?xml version="1.0" encoding="UTF-16"?><{root}></{root}'.encode()
    yield "a name without a space", f"<x:{root}>".encode()
