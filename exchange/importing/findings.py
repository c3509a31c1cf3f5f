"""What an import found in its rows: kept until the batch is written, then told in the reports."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exchange.files.opening import UnreadableFile
from exchange.importing import statements
from exchange.models import Source
from exchange.reading.mapped import Mapped
from exchange.reading.report import Finding, Report
from exchange.reading.row import Row


@dataclass(frozen=True)
class Taken:
    """A row that was mapped, and where it stands: for the report, if it turns out to be refused."""

    file: str
    row: Row
    mapped: Mapped


class ReportUnwritten(UnreadableFile):
    """There is no room for the report, or no way to write it: nothing more is read. Safe to show."""

    def __init__(self, error: OSError):
        super().__init__(_("The report cannot be written: %(error)s.") % {"error": error.strerror})


class Findings:
    """The findings of a batch, and the two reports that they go into."""

    def __init__(self, source: Source, refused: Report, notes: Report):
        self.source, self.refused, self.notes = source, refused, notes
        self.waiting: list[tuple[Report, Taken, Finding]] = []

    def refuse(self, taken: Taken, finding: Finding) -> None:
        self.waiting.append((self.refused, taken, finding))

    def note(self, taken: Taken, findings: Iterable[Finding]) -> None:
        self.waiting += [(self.notes, taken, finding) for finding in findings]

    def tell(self) -> None:
        """Write what waits, but for rows whose records were erased; ReportUnwritten where it cannot be written."""
        waiting, self.waiting = self.waiting, []
        if not waiting:
            return
        erased = statements.erased(self.source, (taken.mapped.identifier for _report, taken, _finding in waiting))
        try:
            for report, taken, finding in waiting:
                if taken.mapped.identifier not in erased:
                    report.add(taken.file, taken.row.number, taken.row.cells, finding)
        except OSError as error:
            raise ReportUnwritten(error) from error

    def close(self) -> str:
        """End the reports; why not all of it could be written, if so."""
        faults = []
        for report in (self.refused, self.notes):
            try:
                report.close()
            except OSError as error:
                faults.append(str(ReportUnwritten(error)))
        return "\n".join(dict.fromkeys(faults))
