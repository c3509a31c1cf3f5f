"""The formats of this portal. A database app registers its own when it starts."""

from formats.format import CommonFormat

_formats: dict[str, CommonFormat] = {}


def register(declaration: type[CommonFormat]) -> None:
    """Add a format; its one instance serves every reader from now on."""
    if declaration.code in _formats and type(_formats[declaration.code]) is not declaration:
        raise ValueError(f"two formats have the code {declaration.code}")
    _formats[declaration.code] = declaration()


def all_formats() -> list[CommonFormat]:
    """Every format, those of the databases first."""
    made = [one for one in _formats.values() if one.option("made_by_the_portal")]
    return databases() + made


def databases() -> list[CommonFormat]:
    """The formats of the databases, whose records people write."""
    return [one for one in _formats.values() if not one.option("made_by_the_portal")]


def by_code(code: str) -> CommonFormat:
    """The format of a code such as `PRJ`; KeyError if there is none."""
    return _formats[code]


def by_slug(slug: str) -> CommonFormat:
    """The format of a database such as `projects`; KeyError if there is none."""
    return next((item for item in _formats.values() if item.slug == slug), None) or _formats[slug]


def of_uid(uid: str) -> CommonFormat:
    """The format of the record that `uid` names."""
    return by_code(uid.split("-")[1])
