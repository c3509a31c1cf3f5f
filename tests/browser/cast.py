"""The people of the journeys: `python -m tests.browser.cast` makes them beside a running portal."""

PASSWORD = "maize at the border"
# Each run of the journeys has people, a country and an organization of its own.
RUNS = {"without scripts": "MW", "with scripts": "ZM"}
# A code of the second factor is good once, so those who look at the pages are other people.
EVERY_RUN = RUNS | {"looking": "RW"}
AUTHORITY = {"designated_by": "Ministry of Environment", "letter": "Letter of 5 January 2026"}


def address(role: str, run: str) -> str:
    return f"{role}.{run.partition(' ')[0]}@example.org"


def organization(run: str) -> str:
    return f"Institute for Seeds {run}"


def secret(email: str) -> str:
    """The shared secret of a person's second factor."""
    from base64 import b32encode

    return b32encode(email.ljust(40).encode()).decode()


def code(email: str) -> str:
    """What the person's telephone shows now."""
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret(email), int(time.time()) // 30))


def make():
    from accounts.identifiers import new_uid
    from accounts.models import Organization, Role

    for run, country in EVERY_RUN.items():
        institute = Organization.objects.create(uid=new_uid("ORG"), name=organization(run))
        person(address("author", run), kind=Role.Kind.COUNTRY_CONTRIBUTOR, country=country)
        person(address("focal", run), kind=Role.Kind.FOCAL_POINT, country=country)
        person(address("institute", run), kind=Role.Kind.ORGANIZATION_CONTRIBUTOR, organization=institute)
        person(address("secretariat", run), kind=Role.Kind.SECRETARIAT)


def person(email: str, **role):
    from allauth.account.models import EmailAddress
    from allauth.mfa.totp.internal.auth import TOTP

    from accounts import actions
    from accounts.models import User

    user = User.objects.create_user(email, PASSWORD, name=email.partition("@")[0].replace(".", " ").title())
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    actions.join(user=user)
    actions.grant_role(by=None, user=user, **role, **AUTHORITY)
    if user.is_secretariat:
        TOTP.activate(user, secret(email))


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bch_portal.settings")
    django.setup()
    make()
