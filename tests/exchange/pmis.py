"""Small rows in the shape of the GEF's project management sheet, and what a reader sees of the documents."""

from decimal import Decimal

from exchange.mapped.mapping import mapping
from exchange.reading.row import Row

PMIS = mapping("gef-pmis")
CODES = "Countries listed by Code (ISO 3166-1 alpha-2)"
LISTED = "List of participating countries"
CATEGORY = "Category (empty: standalone, parent, child)"
STARTED, ENDED = "Actual date of implementation start", "Actual date of closure"
TO_START, TO_END = "Expected date of implementation start", "Expected date of closure"
CO_FINANCED = {
    "Cofinance PIF stage": "5",
    "Cofinance CEO approve stage": "6",
    "Cofinance CEO endorse stage": "7",
}

ROW = {
    "GEF_ID": "4207",
    "Title": "Supporting the development of a biosafety framework",
    "Country": "Kenya",
    CODES: "KE",
    "Type": "Medium Size Project",
    "Status": "Under Implmentation",
    "Lead agency": "UNEP",
    "(Sum of all) Approved PPG(s)": "0",
}


def read(**cells):
    """A sound row, read; names of columns that are no words come as `**{name: cell}`."""
    return PMIS.apply(Row(2, dict.fromkeys(PMIS.columns, "") | ROW | cells))


def told(mapped):
    """The lines of the other information, by label."""
    lines = mapped.document["other_information"]["en"].splitlines()
    return dict(line.removeprefix("- ").split(": ", 1) for line in lines)


def figures(mapped):
    """The funding: line, which figure, stage, amount."""
    rows = mapped.document.get("funding", [])
    return [
        (mapped.lines[row["id"]], row["source"].removeprefix("PMIS: "), row.get("stage"), Decimal(row["amount"]))
        for row in rows
    ]
