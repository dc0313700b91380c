"""Celery tells workers where to look, and is the record of nothing: every chore is a row (bus.chores).

Run by `manage.py work`. A hint that is lost is given again by the sweep; hints live for a minute.
"""

import logging
import time
from uuid import UUID

from celery import Celery
from django.conf import settings
from kombu.exceptions import KombuError

log = logging.getLogger(__name__)
QUEUE = "tongban.chores"
WORK, SWEEP = "tongban.work_chore", "tongban.sweep_chores"
SWEEP_SECONDS = 15
QUIET_SECONDS = 10.0  # after a hint that failed, no others are tried for so long
HINT_ARGUMENTS = {"x-queue-type": "quorum", "x-delivery-limit": 20, "x-message-ttl": 60_000}

app = Celery("tongban", broker=settings.BROKER_URL)
app.conf.update(
    imports=["config.tasks"],
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_publish_retry=False,
    task_default_queue=QUEUE,
    task_default_queue_type="quorum",
    task_queues={QUEUE: {"routing_key": QUEUE, "queue_arguments": HINT_ARGUMENTS}},
    task_default_routing_key=QUEUE,
    worker_consumer="config.chore_consumer:ChoreConsumer",
    worker_prefetch_multiplier=1,
    worker_detect_quorum_queues=True,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_timeout=2,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={"confirm_publish": True},
    beat_schedule={"sweep": {"task": SWEEP, "schedule": SWEEP_SECONDS}},
)


class _Hints:
    """Gives hints, and stays away from a broker that has just failed, so that no one waits for it."""

    def __init__(self) -> None:
        self.quiet_until = 0.0

    def give(self, chore_id: UUID) -> None:
        if time.monotonic() < self.quiet_until:
            return
        try:
            app.send_task(WORK, (str(chore_id),), retry=False, confirm_timeout=2)
        except (KombuError, OSError) as fault:
            self.quiet_until = time.monotonic() + QUIET_SECONDS
            log.warning("chore.hint_lost %s", type(fault).__name__)


_hints = _Hints()


def hint_chore(chore_id: UUID) -> None:
    """Tells a worker to look at a chore; never fails, never waits long (`settings.CHORE_HINT`)."""
    _hints.give(chore_id)
