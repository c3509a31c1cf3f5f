"""What every template may say about the site itself."""

from django.conf import settings


def site(request):
    return {
        "site_address": settings.SITE_ADDRESS,
        "demonstration": settings.DEMONSTRATION,
        "release": settings.RELEASE,
    }
