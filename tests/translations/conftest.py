"""The published records of the catalogue's tests, read in other languages."""

from tests.catalogue.conftest import _one_of_each, reader, records

__all__ = ["_one_of_each", "reader", "records"]
