"""What must hold of a request before anybody reads it: its address is text, and what it carries arrived whole."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent

from bch_portal import errors

CARRYING = ("POST", "PUT", "PATCH")


class KeptByNobody:
    """A page behind sign-in belongs to one person: no cache between keeps it, and the browser asks for it anew.

    The browser itself may keep it, so that going back finds what was typed.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "no-store" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "private, no-cache"
        return response


class AddressIsText:
    """No address of ours holds a NUL, and no database could look for one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return errors.page_not_found(request) if "\x00" in request.path_info else self.get_response(request)


class BodyIsWhole:
    """Refuses what is too large, or was cut off on its way: half of a form must not replace the whole of a draft."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return (request.method in CARRYING and refusal(request)) or self.get_response(request)


def refusal(request):
    """The answer to a body that cannot be used; None for one that can."""
    try:
        if len(request.body) < int(request.META.get("CONTENT_LENGTH") or 0):
            return errors.cut_off(request)
        request._load_post_and_files()  # counts the fields here, where a refusal can be said
    except (RequestDataTooBig, TooManyFieldsSent):
        return errors.too_large(request)
    return None
