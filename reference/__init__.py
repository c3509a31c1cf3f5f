"""Countries, groups, vocabularies and framework texts: data files, loaded once in memory."""

from reference.store import version

__all__ = ["version"]
