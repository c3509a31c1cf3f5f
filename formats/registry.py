"""The formats of this portal. A database app registers its own when it starts."""

from formats.format import CommonFormat

_formats: dict[str, CommonFormat] = {}


def register(declaration: type[CommonFormat]) -> None:
    """Add a format; its one instance serves every reader from now on."""
    if declaration.code in _formats and type(_formats[declaration.code]) is not declaration:
        raise ValueError(f"two formats have the code {declaration.code}")
    _formats[declaration.code] = declaration()


def all_formats() -> list[CommonFormat]:
    return list(_formats.values())


def by_code(code: str) -> CommonFormat:
    """The format of a code such as `PRJ`; KeyError if there is none."""
    return _formats[code]


def by_slug(slug: str) -> CommonFormat:
    """The format of a database such as `projects`; KeyError if there is none."""
    return next((item for item in _formats.values() if item.slug == slug), None) or _formats[slug]


def of_uid(uid: str) -> CommonFormat:
    """The format of the record that `uid` names."""
    return by_code(uid.split("-")[1])
