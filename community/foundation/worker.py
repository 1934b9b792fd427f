"""Does what the house does by itself: pages, errands every second, upkeep every minute, tasks as they come."""

import logging
import threading
import time
from datetime import timedelta

from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as Tasks
from django_tasks_db.models import DBTaskResult

from community.foundation.registers import errands, upkeep, urgent
from community.foundation.upkeep import keep_up

log = logging.getLogger(__name__)
ERRANDS, UPKEEP = 1.0, 60.0  # seconds between two rounds
REST = 5.0  # seconds after something failed: not to ask a store that is away in a tight circle
LAST = 20.0  # seconds for the task under way when asked to stop
LEASE = timedelta(minutes=15)  # no task takes so long; one that does was left by a worker that is gone
TRIES_MOST = 5
KEPT = timedelta(days=14)


class Worker:
    """Runs until it is told to stop, then finishes what is under way."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._tasks: Tasks | None = None

    def stop(self, *_signal: object) -> None:
        self._stopping.set()
        if self._tasks is not None:
            self._tasks.running = False

    def run(self) -> None:
        tasks = threading.Thread(target=self._do_tasks, name="tasks", daemon=True)
        tasks.start()
        pages = threading.Thread(target=self._do_urgent, name="urgent", daemon=True)
        pages.start()
        pause, next_upkeep = 0.0, 0.0
        while not self._stopping.wait(pause):
            close_old_connections()
            due = time.monotonic() >= next_upkeep
            done = keep_up(errands, upkeep) if due else keep_up(errands)
            next_upkeep = time.monotonic() + UPKEEP if due else next_upkeep
            pause = REST if None in done.values() else ERRANDS
        tasks.join(LAST)
        pages.join(LAST)
        connection.close()

    def _do_urgent(self) -> None:
        """What cannot wait waits for nothing else: a mail server that is slow holds up mail alone."""
        pause = 0.0
        while not self._stopping.wait(pause):
            close_old_connections()
            pause = REST if None in keep_up(urgent).values() else ERRANDS
        connection.close()

    def _do_tasks(self) -> None:
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        while not self._stopping.is_set():
            self._tasks = Tasks(
                queue_names=["default"],
                interval=ERRANDS,
                batch=False,
                backend_name="default",
                startup_delay=False,
                max_tasks=None,
                worker_id=threading.current_thread().name,
                excluded_queue_names=[],
            )
            try:
                self._tasks.run()
            except Exception:
                log.exception("the worker stumbled")
                self._stopping.wait(REST)
        connection.close()


@transaction.atomic
def free_tasks() -> int:
    """Let tasks run again whose worker was killed: they stand as running for ever. Returns how many.

    So a task may run twice, and must bear it. One that was begun five times is given up.
    """
    left = DBTaskResult.objects.running().filter(started_at__lte=timezone.now() - LEASE)
    found = list(left.select_for_update(no_key=True, skip_locked=True))
    for row in found:
        if len(row.worker_ids) >= TRIES_MOST:
            row.set_failed(TimeoutError())
        else:
            row.status = "READY"
            row.save(update_fields=["status"])
    return len(found)


def waiting_tasks() -> int:
    return DBTaskResult.objects.ready().count()


def forget_tasks() -> int:
    """Drop what is known of tasks that ended 14 days ago. Returns how many."""
    gone, _kinds = DBTaskResult.objects.finished().filter(finished_at__lte=timezone.now() - KEPT).delete()
    return gone
