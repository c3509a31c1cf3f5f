"""The one stylesheet: the CSS files joined in layer order, as a static file among the others."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/portal.css"
LAYERS = "@layer tokens, base, layout, components, print;"


def sources():
    folder = Path(settings.BASE_DIR) / "static" / "css"
    first = [folder / f"{name}.css" for name in ("tokens", "base", "layout")]
    return [path for path in [*first, *sorted(folder.glob("components/*.css")), folder / "print.css"] if path.exists()]


def joined():
    """All files in order, without comments and without the blanks that only people need."""
    text = "\n".join([LAYERS, *(path.read_text() for path in sources())])
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"(?<=[\w-]):\s+", ":", " ".join(text.split()))
    return re.sub(r"\s*([{};,])\s*", r"\1", text)


class StylesheetFinder(BaseFinder):
    """Gives `css/portal.css` to collectstatic and to the development server alike."""

    def __init__(self, app_names=None):
        self.storage = FileSystemStorage(location=settings.PORTAL_DATA / "joined")

    def find(self, path, find_all=False, **kwargs):
        if path != NAME:
            return []
        self.write()
        return [self.storage.path(NAME)] if find_all else self.storage.path(NAME)

    def list(self, ignore_patterns):
        self.write()
        yield NAME, self.storage

    def write(self):
        place = Path(self.storage.path(NAME))
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.exists() or place.read_text() != joined():
            place.write_text(joined())
