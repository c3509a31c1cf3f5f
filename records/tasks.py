"""The desk's scheduled work, once a day."""

from celery import shared_task

from records import deadlines


@shared_task
def keep_time(**_kwargs):
    """Reminders, expiry, confirmation and consent; the counts are the task's result."""
    return {
        "reminded": deadlines.remind_moderators(),
        "expired": deadlines.expire_requests(),
        "asked": deadlines.ask_for_confirmation(),
        "consent_ended": deadlines.end_consent(),
    }
