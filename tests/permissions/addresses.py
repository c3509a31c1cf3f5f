"""Every address of the portal by its name, and the class it belongs to. A new address must be classified here."""

from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = "anybody, in the public chain: the same answer whoever asks"
DOOR = "anybody: signing in, signing up, getting a password back"
OWN = "whoever is signed in, about themselves"
PEOPLE = "people and roles: tests/accounts/test_pages.py asks each kind of person"
SOURCES = "sources and their harvests, the Secretariat's: tests/exchange/test_desk.py asks each kind of person"
LISTS = "the desk's lists: whoever is signed in, each with their own"
RECORD = "a record's desk page, form, steps and working copy: test_records.py asks role x owner x state"

CLASSIFIED = {
    PUBLIC: """
        front_door health ready gallery api
        api:api api:openapi api:records api:record api:versions api:version api:changes
        api:vocabularies api:vocabulary api:countries api:schemas api:schema
        catalogue:home catalogue:search catalogue:feed catalogue:database catalogue:record
        catalogue:about catalogue:help catalogue:contact catalogue:terms catalogue:privacy catalogue:accessibility
        plain:persistent plain:robots plain:sitemap plain:sitemap_part
    """,
    DOOR: """
        account_login account_logout account_inactive account_signup account_email_verification_sent
        account_reset_password account_confirm_login_code account_confirm_email
        account_reset_password_from_key_done account_reset_password_from_key account_reset_password_done
        accounts:accept_invitation mfa_authenticate desk:message
    """,
    OWN: """
        accounts:profile accounts:roles accounts:apply accounts:withdraw_application
        account_reauthenticate account_email account_change_password account_set_password
        mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes
        mfa_generate_recovery_codes mfa_download_recovery_codes mfa_list_webauthn mfa_add_webauthn
        mfa_reauthenticate_webauthn mfa_remove_webauthn mfa_edit_webauthn delivery:mails
    """,
    PEOPLE: """
        accounts:people accounts:person accounts:grant accounts:end_role accounts:close accounts:invitations
        accounts:invite accounts:withdraw_invitation accounts:applications accounts:application
    """,
    SOURCES: """
        sources:sources sources:new sources:source sources:edit sources:step sources:run sources:report sources:notes
    """,
    LISTS: "desk:mine desk:queue desk:new desk:start drafts",
    RECORD: "desk:record desk:edit desk:move draft draft_steps",
}
BY_NAME = {name: kind for kind, names in CLASSIFIED.items() for name in names.split()}


def every_address(resolver=None, prefix="", namespace=""):
    """Yield (name, path) for each pattern of the resolver; the unnamed front door is called by its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace) if part)
            yield from every_address(pattern, path, inner)
        elif isinstance(pattern, URLPattern):
            name = pattern.name or pattern.callback.__name__
            yield (f"{namespace}:{name}" if namespace else name), path
