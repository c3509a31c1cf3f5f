"""What the desk's frame shows on each of its pages."""

from django.utils.functional import SimpleLazyObject

from records.models import Record


def desk(request):
    """How many records wait for the person's decision; counted only where a page shows it."""
    return {"waiting": SimpleLazyObject(lambda: waiting_for(getattr(request, "user", None)))}


def waiting_for(user) -> int:
    if user is None or not (user.is_authenticated and (user.is_secretariat or user.focal_countries)):
        return 0
    return Record.objects.awaiting(user).count()
