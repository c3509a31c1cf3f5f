"""Searching the index: what was asked, what was found, counted and in what order."""
