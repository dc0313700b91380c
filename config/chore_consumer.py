"""Celery's consumer without delayed deliveries: hints are never for later, and those take 28 queues."""

from celery.worker.consumer import Consumer


class ChoreConsumer(Consumer):  # type: ignore[misc]  # Celery tells no types
    """What a worker reads hints with; a worker that finds quorum queues would set the delays up."""

    class Blueprint(Consumer.Blueprint):  # type: ignore[misc]  # as above
        """Every step of Celery's own but that one."""

        default_steps = tuple(
            step
            for step in Consumer.Blueprint.default_steps
            if not step.endswith(":DelayedDelivery")
        )
