"""Import records from the files of a named source."""

import os
import time
from datetime import date
from pathlib import Path

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange import readers
from exchange.files.opening import HIDDEN, UnreadableFile
from exchange.importing import run as importing
from exchange.importing.findings import ReportUnwritten
from exchange.importing.sources import SourceRefused, reader_of, source_of
from exchange.mapped.mapping import MappingError
from exchange.models import ImportRun, Source
from exchange.reading.report import Report
from exchange.reading.row import readable
from publishing.log import LogBusy

INCOMPLETE = 3  # exit code: what was read is in, but not all of it could be read
SECONDS_BETWEEN_LINES = 2
MOST_NAMES = 20


class Command(BaseCommand):
    help = (
        "Read the files of a source into harvested records. What is refused is told, row by row, in a report. "
        "The last line printed is JSON: read, created, updated, unchanged, refused. "
        "Ends with 0 when all was read, 1 when nothing was begun, 3 when a file could not be read to its end."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "source", help=f"How they are written: {', '.join(readers.names())}; or a source by its key."
        )
        parser.add_argument(
            "files", nargs="+", type=Path, help="Plain, gzipped or in a tar archive; or folders of them."
        )
        parser.add_argument("--report", type=Path, help="Where to tell what was refused (a CSV file).")
        parser.add_argument("--as", dest="key", help="The key of the source, if it is one of several that write so.")
        parser.add_argument("--name", default="", help="Who says it, for readers.")
        parser.add_argument(
            "--licence", help="Under which it may be shown; without one it is kept, and not published."
        )
        extent = parser.add_mutually_exclusive_group()
        extent.add_argument("--part", action="store_true", help="The files are a part: what is missing is not gone.")
        extent.add_argument("--whole", action="store_true", help="They are all, even where most of it is missing.")
        parser.add_argument(
            "--retrieved-on",
            type=date.fromisoformat,
            default=None,
            help="The day on which the files were taken from the source (2026-05-31); today if not given.",
        )

    def handle(self, *, source, files, report, retrieved_on, part, whole, **options):
        key, name = _named(source, options["key"])
        endings = readers.reader(name).endings if name in readers.names() else (".csv", ".json", ".gz", ".tgz")
        paths = [path for given in files for path in self.files(given, endings)]
        if report and {*map(os.path.realpath, paths)} & {*map(os.path.realpath, (report, _notes_beside(report)))}:
            raise CommandError(_("The report would overwrite the file that is read: name another."))
        today = timezone.now().date()
        day = retrieved_on or today
        if day > today:
            raise CommandError(_("The files cannot have been retrieved after today."))
        self.said_at = time.monotonic()
        try:
            with importing.one_at_a_time(key):
                told = source_of(key, name, name=options["name"], licence=options["licence"])
                self.run_import(told, paths, report, day, is_whole=not part, is_sure=whole)
        except (importing.ImportBusy, MappingError, SourceRefused, LogBusy) as error:
            raise CommandError(str(error)) from error

    def files(self, given, endings):
        """The files that an argument stands for: itself, or those of a folder in the order of their names."""
        if not given.is_dir():
            if not given.is_file():
                raise CommandError(_("There is no file %(path)s.") % {"path": given})
            return [given]
        inside = sorted(path for path in given.iterdir() if not path.name.startswith(HIDDEN))
        found = [path for path in inside if path.name.lower().endswith(endings) and path.is_file()]
        if not found:
            said = _("The folder %(path)s holds no files that end in %(endings)s.")
            raise CommandError(said % {"path": given, "endings": ", ".join(endings)})
        taken = set(found)
        if passed_over := [readable(path.name) for path in inside if path not in taken]:
            said = _("In the folder %(path)s these were not read: %(names)s.")
            self.stderr.write(said % {"path": readable(str(given)), "names": _some(passed_over)})
        return found

    def run_import(self, source, paths, report, day, *, is_whole, is_sure):
        reader = reader_of(source)
        run = importing.start(source, [readable(path.name) for path in paths])
        report = report or settings.PORTAL_DATA / "imports" / f"{run.pk}.refused.csv"
        with Report(report, reader.columns) as refused, Report(_notes_beside(report), reader.columns) as notes:
            importer = importing.Importer(
                run,
                reader,
                refused=refused,
                notes=notes,
                retrieved_on=day,
                progress=self.progress,
                is_sure=is_sure,
            )
            try:
                importer.finish(self.read(importer, paths), is_whole=is_whole)
            except (OperationalError, InterfaceError) as error:
                run.message = _("The database does not answer: %(error)s") % {"error": error}
        self.conclude(run, refused, notes)

    def read(self, importer, paths):
        """Read file after file: one that cannot be read does not stop the next. The messages of what was stopped."""
        stopped = []
        for path in paths:
            try:
                importer.read(path)
            except ReportUnwritten as error:
                stopped.append(str(error))
                break
            except UnreadableFile as error:
                stopped.append(f"{readable(path.name)}: {error}")
            except LogBusy as error:
                stopped.append(str(error))
                break
            except KeyboardInterrupt:
                stopped.append(_("It was stopped by hand."))
                break
        return "\n".join(dict.fromkeys(stopped))

    def progress(self, counts):
        """A line now and then: the counts so far."""
        if time.monotonic() - self.said_at >= SECONDS_BETWEEN_LINES:
            self.said_at = time.monotonic()
            self.stderr.write(_("%(read)d rows read, %(refused)d refused …") % counts)

    def conclude(self, run, refused, notes):
        """Say where the reports are and what went wrong; the last line is JSON."""
        if refused.findings:
            self.stderr.write(_("What was refused, and why: %(path)s") % {"path": refused.path})
        if notes.findings:
            self.stderr.write(_("What was kept as the source gives it: %(path)s") % {"path": notes.path})
        if cut := [report for report in (refused, notes) if report.is_full and report.written < report.findings]:
            said = _(
                "A report holds the first %(most)d findings only: mend those, and import the file again for the rest."
            )
            self.stderr.write(said % {"most": cut[0].written})
        stopped = run.state != ImportRun.State.FINISHED
        if run.message:
            self.stderr.write(run.message)
            if stopped and run.read:
                self.stderr.write(_("What was read before that is in. Mend what is wrong and import it again."))
        if run.withheld:
            said = _("%(count)d are kept and not published: the source names no licence (--licence says one).")
            self.stderr.write(said % {"count": run.withheld})
        if run.gone:
            self.stderr.write(_("%(count)d are not in the source any more: they are marked.") % {"count": run.gone})
        self.stdout.write(orjson.dumps(run.counts).decode())
        if stopped:
            raise SystemExit(INCOMPLETE)


def _named(name, key):
    """The key and the reader that the arguments name: a way of writing, or a source that is known by its key."""
    known = {source.key: source.reader for source in Source.objects.all()}
    if name not in readers.names() and name not in known:
        said = _("There is no source “%(name)s”. Known are: %(known)s.")
        raise CommandError(said % {"name": name, "known": ", ".join(dict.fromkeys([*readers.names(), *known]))})
    key, reader = key or name, name if name in readers.names() else known[name]
    if known.get(key, reader) != reader:
        said = _("The source “%(key)s” is written as %(reader)s, not as %(other)s.")
        raise CommandError(said % {"key": key, "reader": known[key], "other": reader})
    if name not in readers.names() and key != name:
        raise CommandError(_("“%(name)s” is a source already: leave --as away.") % {"name": name})
    return key, reader


def _some(names):
    """The first of many names."""
    return ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")


def _notes_beside(report):
    """`12.refused.csv` has its notes in `12.notes.csv`."""
    return report.with_name(f"{report.name.removesuffix('.csv').removesuffix('.refused')}.notes.csv")
