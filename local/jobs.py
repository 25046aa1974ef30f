"""The timed jobs: one a second by the clock thread, or at once by hand."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Event, Lock, Thread

from local.permissions import acting_as

log = logging.getLogger("local.jobs")

Run = Callable[[], dict[str, int]]


class JobFailedError(Exception):
    """The job raised; the message is the name of what it raised."""


class Jobs:
    """The jobs of the functions by name, one run at a time: after a run by hand, nothing that was due is left."""

    def __init__(self, runs: Mapping[str, Run]) -> None:
        self._runs = runs
        self._lock = Lock()

    @property
    def names(self) -> list[str]:
        return list(self._runs)

    def run(self, name: str) -> dict[str, int]:
        """The counts. Raises JobFailedError, and KeyError for a job that is not there."""
        job = self._runs[name]
        with self._lock, acting_as(name):
            try:
                return job()
            except Exception as failure:  # the outermost report; a text may name a person, a class does not
                log.error("job %s failed: %s", name, type(failure).__name__)
                raise JobFailedError(type(failure).__name__) from failure


_EACH_MINUTE = 60


class ClockThread(Thread):
    """Delivers letters each second; runs every job each minute and when nudged, as AWS does by stream and schedule."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(name="clock", daemon=True)
        self._jobs = jobs
        self._nudged, self._stopping = Event(), False

    def nudge(self) -> None:
        self._nudged.set()

    def stop(self) -> None:
        self._stopping = True
        self.nudge()
        self.join(timeout=0.5)  # a longer run is cut off; what it claimed is delivered after the next start

    def run(self) -> None:
        seconds = 0
        while not self._stopping:
            for name in self._jobs.names if seconds % _EACH_MINUTE == 0 else ["deliver"]:
                with suppress(JobFailedError):  # logged; the next second is another chance
                    self._jobs.run(name)
            seconds = 0 if self._nudged.wait(1) else seconds + 1
            self._nudged.clear()
