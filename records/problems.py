"""A refusal of the API for working copies: what is said, and the problems of the document."""

from rest_framework.exceptions import APIException


class Conflict(APIException):
    """The step or the save is not possible as things stand. `problems` go into the answer."""

    status_code = 409
    default_code = "conflict"

    def __init__(self, detail, problems=()):
        super().__init__(detail)
        self.problems = [problem.as_json() for problem in problems]
