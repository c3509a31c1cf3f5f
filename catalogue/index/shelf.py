"""Where the indexes of this host lie, which of them is read, and which are no longer needed."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from catalogue.index import schema


class Shelf:
    """The folders of this host's indexes: `<schema>-<reference>-<log>`, and which log is read at present.

    The follower names the log in the file `<schema>-<reference>.log` once an index is whole;
    a process keeps a shared lock in the folder it reads, so that nobody removes it meanwhile.
    """

    def __init__(self, place: Path | None = None) -> None:
        self.place = place or Path(settings.PORTAL_DATA) / "index"

    @property
    def pointer(self) -> Path:
        return self.place / f"{schema.folder_prefix()}.log"

    def folder(self, log: str) -> Path:
        return self.place / f"{schema.folder_prefix()}-{log}"

    def current(self) -> str | None:
        """The log whose index is whole, or None."""
        try:
            return self.pointer.read_text()
        except FileNotFoundError:
            return None

    def mark(self, log: str) -> None:
        """Make the index of this log the one that is read, in one step."""
        fresh = self.pointer.with_suffix(".new")
        fresh.write_text(log)
        fresh.replace(self.pointer)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether this process is the only follower; the lock ends with the process, however it ends."""
        self.place.mkdir(parents=True, exist_ok=True)
        with locked(self.place / "follower.lock", fcntl.LOCK_EX | fcntl.LOCK_NB) as mine:
            yield mine

    def tidy(self, log: str) -> list[str]:
        """Remove the indexes that nobody reads any more; return their names."""
        kept = {self.folder(log).name}
        others = [folder for folder in self.place.iterdir() if folder.is_dir() and folder.name not in kept]
        return [folder.name for folder in others if self._remove(folder)]

    def _remove(self, folder: Path) -> bool:
        with locked(folder / "in-use", fcntl.LOCK_EX | fcntl.LOCK_NB) as unused:
            if unused:
                shutil.rmtree(folder)
        made_by = "-".join(folder.name.split("-")[:2])
        if not list(self.place.glob(f"{made_by}-*")):
            (self.place / f"{made_by}.log").unlink(missing_ok=True)
        return unused


@contextmanager
def locked(path: Path, how: int) -> Iterator[bool]:
    """Whether the lock on a file could be had; it is held until the block ends."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, how)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)
