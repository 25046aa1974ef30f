"""The whole service: its parts in the order in which they start, and in which they stop."""

import logging
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import boto3
from waitress.server import create_server

from chalicelib.storage import keys, table
from chalicelib.web.pages import has_shells
from chalicelib.wiring import parts, runs
from chalicelib.wiring.settings import mode, now
from local import permissions
from local.address import listen
from local.clock import Clock
from local.datafolder import claimed
from local.engine import Engine
from local.errors import CannotStartError
from local.examples import publish_examples
from local.front import Front
from local.functions import Functions
from local.inbox import Inbox
from local.jobs import ClockThread, Jobs
from local.settings import TABLE, Settings, enter, environment, write_service_env
from local.site import Site
from local.trial import Trial

_LARGEST_BODY = 10 * 1024 * 1024  # as the gateway of AWS; the functions answer from 32 kB on
_THREADS = 8  # with the clock thread fewer than the connections that the SDK keeps to the engine


def serve(settings: Settings) -> None:
    """Serves until SIGINT or SIGTERM. Raises CannotStartError."""
    stopping: SimpleQueue[int] = SimpleQueue()  # an Event that is set while it begins to wait, waits for ever
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda signalled, _: stopping.put(signalled))
    _log_to_the_terminal()
    if not (settings.site / "index.html").is_file():
        raise CannotStartError(f"There is no built site in {settings.site}: make run builds it first.")
    served = os.environ.get("CAI_MODE") or "demonstration"
    if not has_shells(served):
        raise CannotStartError(f"No site was built for the mode {served}: make site MODE={served} builds it.")
    with ExitStack() as stack:
        note = stack.enter_context(claimed(settings.data_dir))
        listener = stack.enter_context(listen(settings.host, settings.port))
        settings = replace(settings, port=listener.getsockname()[1])
        note(settings.url)
        stack.enter_context(_store(settings))
        stack.enter_context(_answering(settings, listener))
        print(_welcome(settings), end="", flush=True)
        stopping.get()


@contextmanager
def _store(settings: Settings) -> Iterator[None]:
    """The engine with its table, and the environment that leads the functions there."""
    engine = Engine(settings.data_dir)
    engine.start()
    try:
        wanted = environment(settings, engine.url, os.environ)
        enter(wanted)
        write_service_env(settings.service_env, wanted)
        permissions.enforce()
        table.create(boto3.client("dynamodb"), TABLE)
        _begin(settings)
        yield
    finally:
        engine.stop()


@contextmanager
def _answering(settings: Settings, listener: socket.socket) -> Iterator[None]:
    """Clock thread and server; both end first, while the store is still there for what they are about."""
    parts.office(), parts.pages()  # built before there are threads: the SDK's own session is not made for them
    jobs = Jobs(runs.jobs())
    clock_thread = ClockThread(jobs)
    functions = Functions()
    clock, staff = Clock(_clock_file(), now), os.environ["CAI_DESK_USERS"].split(",")
    trial = Trial(_inbox(), clock, jobs, lambda event: functions.invoke("take_back", event), staff)
    site = Site(settings.site, settings.listing)
    front = Front(settings.host, site=site, functions=functions, trial=trial, nudge=clock_thread.nudge)
    server = create_server(front, sockets=[listener], threads=_THREADS, max_request_body_size=_LARGEST_BODY, ident=None)
    clock_thread.start()
    Thread(target=server.run, name="server", daemon=True).start()
    try:
        yield
    finally:
        server.task_dispatcher.shutdown(timeout=1)
        clock_thread.stop()


def _begin(settings: Settings) -> None:
    """What an empty folder gets: examples to try in a demonstration, and keys, which say that it is empty no more.

    A folder of an older version gets the keys that it lacks.
    """
    if not settings.keys.exists() and mode() == "demonstration":
        publish_examples(parts.sessions(), now())
    new = settings.keys.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(keys.make_keys(settings.keys.read_text() if settings.keys.exists() else "{}"))
    new.replace(settings.keys)


def _inbox() -> Inbox:
    kind, _, place = os.environ["CAI_MAIL"].partition(":")
    return Inbox(Path(place) if kind == "maildir" else None)


def _clock_file() -> Path | None:
    return Path(os.environ["CAI_CLOCK"]) if "CAI_CLOCK" in os.environ else None


def _log_to_the_terminal() -> None:
    logging.basicConfig(format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("local").setLevel(logging.INFO)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # warns of each moment of waiting


def _welcome(settings: Settings) -> str:
    return (
        f"\nForum CAI is at            {settings.url}/\n"
        f"Its inbox, clock and jobs  {settings.url}/_local/\n"
        f"The desk of the CAI team   {settings.url}/api/desk/en/today\n"
        f"Everything is kept in      {settings.data_dir}\n"
        "Stop it with Ctrl-C.\n\n"
    )
