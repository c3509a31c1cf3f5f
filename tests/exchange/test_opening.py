"""Files as they come, plain, packed, in archives: what is in them, and what is too much of it."""

import gzip
import io
import tarfile

import pytest

from exchange.files import opening
from tests.exchange.hostile import an_archive_that_tells_much, of_holes, packed


def read(folder, data, endings=(".csv",), name="file"):
    """The names and bytes of what a file holds."""
    path = folder / name
    path.write_bytes(data)
    return [(member.name, member.stream.read()) for member in opening.members(path, endings)]


def an_archive(*entries):
    """An archive of these entries, each a name, a type and its bytes or what it links to."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, kind, data in entries:
            entry = tarfile.TarInfo(name)
            entry.type = kind
            if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
                entry.linkname, data = data.decode(), b""
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return target.getvalue()


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
def test_a_file_is_itself_and_is_unpacked_if_need_be(tmp_path, pack):
    assert read(tmp_path, pack(b"A,B\n")) == [("file", b"A,B\n")]


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
def test_an_archive_holds_the_files_that_end_as_told_wherever_they_lie(tmp_path, pack):
    archive = an_archive(
        ("README.md", tarfile.REGTYPE, b"no"),
        ("deep/in/a.csv", tarfile.REGTYPE, b"1"),
        ("../../b.csv", tarfile.REGTYPE, gzip.compress(b"2")),
    )

    assert read(tmp_path, pack(archive)) == [("a.csv", b"1"), ("b.csv", b"2")]


def test_only_plain_files_of_an_archive_are_opened(tmp_path):
    archive = an_archive(
        ("folder.csv", tarfile.DIRTYPE, b""),
        ("link.csv", tarfile.SYMTYPE, b"/etc/passwd"),
        ("pipe.csv", tarfile.FIFOTYPE, b""),
        ("a.csv", tarfile.REGTYPE, b"1"),
    )

    assert read(tmp_path, archive) == [("a.csv", b"1")]


def test_an_archive_without_such_a_file_says_so(tmp_path):
    with pytest.raises(opening.UnreadableFile, match=r"no files that end in \.csv"):
        read(tmp_path, packed(("a.json", b"[]")))


def test_an_archive_has_so_many_files_and_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MOST_MEMBERS", 3)
    files = [(f"{number}.csv", b"x") for number in range(4)]
    assert len(read(tmp_path, packed(*files[:3]))) == 3

    with pytest.raises(opening.UnreadableFile, match="more than 3 files"):
        read(tmp_path, packed(*files))


@pytest.mark.parametrize(
    "data",
    [
        an_archive_that_tells_much(tarfile.XHDTYPE, size=opening.MOST_ABOUT_A_MEMBER + 1),
        an_archive_that_tells_much(tarfile.GNUTYPE_LONGNAME, size=opening.MOST_ABOUT_A_MEMBER + 1),
        an_archive_that_tells_much(tarfile.GNUTYPE_SPARSE, size=1),
        an_archive_that_tells_much(tarfile.REGTYPE, size=-1024),
        of_holes(),
    ],
    ids=["a long header", "a long name", "a map of holes", "a negative size", "holes as tar writes them"],
)
def test_an_archive_that_is_not_one_of_plain_files_is_refused(tmp_path, data):
    with pytest.raises(opening.UnreadableFile, match="pack it anew"):
        read(tmp_path, data)


def test_what_an_archive_says_about_a_file_may_be_long(tmp_path):
    assert read(tmp_path, packed((f"{'x' * 5000}.csv", b"1")))[0][1] == b"1"


def test_what_is_unpacked_has_a_size_at_which_it_ends_and_one_from_which_its_growth_counts(tmp_path, monkeypatch):
    data = bytes(range(256)) * 1000
    monkeypatch.setattr(opening, "MOST_BYTES", 256_000)
    assert len(read(tmp_path, gzip.compress(data))[0][1]) == 256_000
    with pytest.raises(opening.UnreadableFile, match="far too large"):
        read(tmp_path, gzip.compress(data + b"x"))

    zeros = gzip.compress(b"0" * 200_000)
    assert len(zeros) * opening.MOST_EXPANSION < 200_000
    assert len(read(tmp_path, zeros)[0][1]) == 200_000
    monkeypatch.setattr(opening, "EXPANSION_COUNTS_FROM", 199_999)
    with pytest.raises(opening.UnreadableFile, match="far too large"):
        read(tmp_path, zeros)


def test_a_message_can_be_stored_whatever_stands_in_the_file():
    assert str(opening.UnreadableFile("a\x00b\udc80")) == "a�b�"
