"""A search that cannot be answered as it was asked."""


class BadQuery(Exception):
    """The parameter that is wrong, and why, fit for people. The API answers 400; a page keeps the form."""

    def __init__(self, parameter: str, message) -> None:
        super().__init__(message)
        self.parameter, self.message = parameter, message
