"""The web form of a common format: controls to show, and what was posted made into a document."""
