"""Money that several sources tell of: every figure is kept, one of them counts, none counts twice.

The written precedence of figures:
- rows of one line (the same money, such as a grant) and one stage: the first figure of the source believed first
  is the headline; the others name it in `counted_in`;
- rows of no line: those of the first source that tells of the stage count, each by itself; those of a later source
  are another account of the same stage, and name the first figure of the earlier one.
Planned, committed and disbursed are stages of one flow and are never held against each other.
"""

from collections.abc import Iterable, Mapping, Sequence

from formats.groups import MOST_ROWS

Told = tuple[Sequence[dict], Mapping[str, str]]  # the rows of one source, and the lines that they speak of, by row id


def merged(told: Iterable[Told]) -> list[dict]:
    """The rows of all sources, the source believed first at the beginning. Pure."""
    ledger = Ledger()
    rows = [row for number, (given, lines) in enumerate(told) for row in ledger.entered(number, given, lines)]
    # Beyond what a document holds, figures that count stand before those that only tell the same again.
    return sorted(rows, key=lambda row: "counted_in" in row)[:MOST_ROWS] if len(rows) > MOST_ROWS else rows


class Ledger:
    """Which figure stands for which money: filled source by source, in the order of belief."""

    def __init__(self) -> None:
        self.of_lines: dict[tuple[str, str], str] = {}
        self.of_stages: dict[str, tuple[int, str, bool]] = {}  # the first figure: whose, its id, whether of no line

    def entered(self, source: int, rows: Sequence[dict], lines: Mapping[str, str]) -> list[dict]:
        """The rows of one source, each with the headline that it is counted in, if another is."""
        return [self._entered(source, row, lines.get(row["id"], "")) for row in rows]

    def _entered(self, source: int, row: dict, line: str) -> dict:
        if not row.get("amount"):
            return row
        stage = row.get("stage", "")
        headline = self._headline(source, stage, line)
        if headline:
            return {**row, "counted_in": headline}
        self.of_stages.setdefault(stage, (source, row["id"], not line))
        if line:
            self.of_lines[line, stage] = row["id"]
        return row

    def _headline(self, source: int, stage: str, line: str) -> str:
        first, identifier, is_of_no_line = self.of_stages.get(stage, (source, "", False))
        if line and (line, stage) in self.of_lines:
            return self.of_lines[line, stage]
        # An account without lines is the whole stage: what another source tells of it is in it, and the reverse.
        return identifier if first != source and (not line or is_of_no_line) else ""
