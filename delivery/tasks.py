"""The worker's part of delivery: started by the clock, and by a NOTIFY from the database."""

from celery import shared_task
from celery.signals import worker_ready, worker_shutting_down

from delivery import outbox
from delivery.listening import Listener


@shared_task(ignore_result=True, expires=60)
def send_due_messages(**kwargs) -> None:
    outbox.send_due()


@shared_task(ignore_result=True)
def forget_old_texts(**kwargs) -> None:
    outbox.forget_texts()


_listener = Listener(channel=outbox.CHANNEL, wake=send_due_messages.delay)


@worker_ready.connect
def start_listening(**kwargs):
    _listener.start()


@worker_shutting_down.connect
def stop_listening(**kwargs):
    _listener.stop()
