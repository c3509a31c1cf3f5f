"""Keeps the index of this host equal to the log: the one process that writes it."""

import time
from pathlib import Path

import structlog
from django.db import Error as DatabaseError
from django.db import connection

import publishing.log
from catalogue.index import schema
from catalogue.index.entry import entries, to_document
from catalogue.index.reader import Reader
from catalogue.index.shelf import Shelf
from publishing.listen import listen, wait_for_publication
from publishing.log import Head
from publishing.models import Publication

WINDOW = 500  # publications read at a time
MOST_UNCOMMITTED = 5_000
HEAP = 64_000_000
POLL = 2.0  # seconds; PostgreSQL wakes the follower before that
LONGEST_PAUSE = 10.0

logger = structlog.get_logger(__name__)


class Copy:
    """The index of one log on this host, open for writing. A position is in the same commit as what it stands for."""

    def __init__(self, folder: Path) -> None:
        index = schema.open_index(folder)
        self.folder = folder
        self.writer = index.writer(HEAP, 1)
        self.position = Reader("", index.searcher()).position
        self.uncommitted = 0
        self.rebuilding = False

    def take(self, publications: list[Publication]) -> None:
        """Put these in the place of what the index holds of them."""
        for publication in publications:
            self.writer.delete_documents_by_term("uid", publication.uid)
            for entry in entries(publication):
                self.writer.add_document(to_document(entry))
        self.uncommitted += len(publications)
        self.position = publications[-1].position

    def commit(self) -> None:
        """Show it to the readers. Killed before this ends, the commit before stays whole."""
        if self.uncommitted or self.rebuilding:
            self.writer.commit()
            self.uncommitted, self.rebuilding = 0, False

    def rebuild(self) -> None:
        """Forget everything; the readers see the old state until the new one is whole."""
        self.writer.delete_all_documents()
        self.position, self.rebuilding = 0, True

    def close(self) -> None:
        """Leave what is not committed, and let go of the writer's lock."""
        self.writer.rollback()
        del self.writer


class Follower:
    """Reads the log in windows and copies it; another log, or other code, gets another index beside the old one."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self.shelf = shelf or Shelf()
        self.copy: Copy | None = None

    def run(self) -> None:
        """Follow for ever, over failures of the database."""
        pause = 0.5
        while True:
            try:
                listen()
                pause = 0.5
                self._follow()
            except DatabaseError as problem:
                logger.error("follower_waits_for_the_database", problem=str(problem).strip(), seconds=pause)
                connection.close()
                time.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def catch_up(self) -> int:
        """Copy everything up to the head as it is now, show it, and return the position reached."""
        head = publishing.log.head()
        copy = self._copy_of(head)
        if copy.position > head.position:
            logger.error("log_went_back", log=head.log, head=head.position, index=copy.position)
            copy.rebuild()
        while copy.position < head.position and self._take_window(copy, head):
            if copy.uncommitted >= MOST_UNCOMMITTED and not copy.rebuilding:
                copy.commit()
        copy.commit()
        self._show(head)
        return copy.position

    def close(self) -> None:
        if self.copy is not None:
            self.copy.close()
            self.copy = None

    def _follow(self) -> None:
        while True:
            began = time.monotonic()
            before = self.copy.position if self.copy else None
            position = self.catch_up()
            if position != before:
                took = round((time.monotonic() - began) * 1000)
                logger.info("index_follows", position=position, milliseconds=took)
            wait_for_publication(POLL)

    def _take_window(self, copy: Copy, head: Head) -> bool:
        """Take the next window; False when nothing is left below the head (what stood there has moved beyond it)."""
        publications = publishing.log.changes_after(copy.position, WINDOW, upto=head.position)
        if publications:
            copy.take(publications)
        return bool(publications)

    def _copy_of(self, head: Head) -> Copy:
        """The copy of this log; a log with another name (a restored backup) gets another index."""
        folder = self.shelf.folder(head.log)
        if self.copy is None or self.copy.folder != folder or not folder.exists():
            self.close()
            self.copy = Copy(folder)
            logger.info("index_opened", folder=folder.name, position=self.copy.position, head=head.position)
        return self.copy

    def _show(self, head: Head) -> None:
        """Swap: from now on this is the index that is read; those that nobody reads any more go."""
        if self.shelf.current() != head.log:
            self.shelf.mark(head.log)
            logger.info("index_swapped", log=head.log)
        for name in self.shelf.tidy(head.log):
            logger.info("index_removed", folder=name)
