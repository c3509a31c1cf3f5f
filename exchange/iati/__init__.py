"""Activity files of the International Aid Transparency Initiative, of all versions, as projects."""

from exchange.iati.reader import reader

__all__ = ["reader"]
