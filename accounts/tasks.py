"""What the clock does about people and roles."""

from celery import shared_task
from django.core.management import call_command

from accounts import actions


@shared_task(ignore_result=True)
def watch_the_clock(**kwargs) -> None:
    """Remind those who have not decided, close what nobody decided, mark roles whose last day is over."""
    actions.remind_deciders()
    actions.expire_applications()
    actions.close_roles_that_ran_out()


@shared_task(ignore_result=True)
def forget_old_sessions(**kwargs) -> None:
    call_command("clearsessions")
