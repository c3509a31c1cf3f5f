"""Adding, removing and moving rows of a document: what the buttons of a form without scripts post."""

from formats.fields import ReferenceField
from formats.groups import Group, new_row_id


def is_repeatable(group: Group, path: str) -> bool:
    """Whether a path, names and row ids by turns, ends at rows that the declaration knows."""
    declared, is_rows = group, False
    for part in path.split("."):
        if is_rows:
            is_rows = False
            continue
        declared = getattr(declared, "fields", {}).get(part)
        is_rows = isinstance(declared, Group | ReferenceField) and declared.many
    return is_rows


def posted(group: Group, post) -> int:
    """How many rows a form posted: their ids stand under the names of their groups."""
    return sum(len(ids) for name, ids in post.lists() if is_repeatable(group, name))


def add(document: dict, path: str) -> str:
    """Add an empty row to the group at `path` (`funding`, `needs.k3f9w2ab.met_by`); return the row's id."""
    rows = _rows(document, path.split("."), make=True)
    row = {"id": new_row_id()}
    rows.append(row)
    return row["id"]


def remove(document: dict, path: str) -> None:
    """Remove the row at `path` (`funding.k3f9w2ab`)."""
    *parent, row_id = path.split(".")
    rows = _rows(document, parent)
    rows[:] = [row for row in rows if _id(row) != row_id]


def move_up(document: dict, path: str) -> None:
    """Put the row at `path` before the one above it."""
    *parent, row_id = path.split(".")
    rows = _rows(document, parent)
    place = next((index for index, row in enumerate(rows) if _id(row) == row_id), 0)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]


def at(document: dict, path: str):
    """The value at a path of keys and row ids, or None."""
    value = document
    for part in path.split("."):
        if isinstance(value, list):
            value = next((row for row in value if isinstance(row, dict) and row.get("id") == part), None)
        else:
            value = value.get(part) if isinstance(value, dict) else None
    return value


def put(document: dict, path: str, value) -> None:
    """Put a value at a path whose parents exist."""
    *parent, name = path.split(".")
    holder = at(document, ".".join(parent)) if parent else document
    if isinstance(holder, list):
        row = next((row for row in holder if row.get("id") == name), None)
        if row is not None:
            row |= value
    elif isinstance(holder, dict):
        holder[name] = value


def _id(row):
    return row.get("id") if isinstance(row, dict) else None


def _rows(document, parts, *, make=False) -> list:
    """The list of rows at a path; an empty list that belongs to nobody where there is none."""
    if not parts:
        return []
    holder = at(document, ".".join(parts[:-1])) if len(parts) > 1 else document
    if not isinstance(holder, dict):
        return []
    if make and not isinstance(holder.get(parts[-1]), list):
        holder[parts[-1]] = []
    rows = holder.get(parts[-1])
    return rows if isinstance(rows, list) else []
