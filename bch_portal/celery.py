"""The queue: what runs in the worker, and when. The schedule is code, reviewed like code."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bch_portal.settings")

app = Celery("bch_portal")
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 3600},
    task_ignore_result=True,
    task_acks_late=True,  # a killed worker's task runs again: every task may run twice
    task_reject_on_worker_lost=True,
    # Harvests wait for other sites: they have a worker of their own, so that mails never wait for them.
    task_routes={
        f"exchange.tasks.{name}": {"queue": "harvest"}
        for name in ("harvest", "try_source", "take_up_waiting", "forget_old_reports", "hold_back_unlicensed")
    },
    task_soft_time_limit=240,
    task_time_limit=300,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    timezone="UTC",
    beat_schedule={
        "send-due-messages": {"task": "delivery.tasks.send_due_messages", "schedule": 30.0},
        "forget-old-texts": {"task": "delivery.tasks.forget_old_texts", "schedule": 24 * 3600.0},
        "start-due-harvests": {"task": "exchange.tasks.start_due_harvests", "schedule": 60.0},
        "forget-old-reports": {"task": "exchange.tasks.forget_old_reports", "schedule": 24 * 3600.0},
        "keep-time-of-records": {"task": "records.tasks.keep_time", "schedule": 24 * 3600.0},
        "watch-the-clock": {"task": "accounts.tasks.watch_the_clock", "schedule": 3600.0},
        "forget-old-sessions": {"task": "accounts.tasks.forget_old_sessions", "schedule": 24 * 3600.0},
    },
)
app.autodiscover_tasks()
