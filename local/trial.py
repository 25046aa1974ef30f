"""/_local/: the inbox, the clock and the jobs, for the person who tries the service and for scripts."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from werkzeug.exceptions import BadRequest, HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from local import look
from local.clock import BadTimeError, Clock
from local.inbox import Inbox, Letter, as_json
from local.jobs import JobFailedError, Jobs
from local.returned import bounce

_ROUTES = Map(
    [
        Rule("/_local/", endpoint="home", methods=["GET"]),
        Rule("/_local/look.css", endpoint="stylesheet", methods=["GET"]),
        Rule("/_local/inbox.json", endpoint="inbox", methods=["GET"]),
        Rule("/_local/letters/<key>/", endpoint="letter", methods=["GET"]),
        Rule("/_local/letters/<key>/html", endpoint="letter_html", methods=["GET"]),
        Rule("/_local/letters/<key>/attachments/<int:number>", endpoint="attachment", methods=["GET"]),
        Rule("/_local/clock", endpoint="clock", methods=["GET"]),
        Rule("/_local/clock", endpoint="move_clock", methods=["POST"]),
        Rule("/_local/jobs/<name>", endpoint="run_job", methods=["POST"]),
        Rule("/_local/bounces", endpoint="return_letter", methods=["POST"]),
    ]
)


Event = Callable[[dict[str, Any]], dict[str, int]]  # what a function counts when it meets an event


class Trial:
    """Who asks for pages gets pages, everybody else JSON."""

    def __init__(self, inbox: Inbox, clock: Clock, jobs: Jobs, take_back: Event, staff: Sequence[str]) -> None:
        self._inbox, self._clock, self._jobs, self._take_back, self._staff = inbox, clock, jobs, take_back, staff

    def answer(self, request: Request) -> Response:
        if request.method == "POST" and _is_forged(request):
            return _json({"error": "Another site's page sent this."}, HTTPStatus.FORBIDDEN)
        visit = _Visit(request, self._inbox, self._clock, self._jobs, self._take_back, self._staff)
        routes = _ROUTES.bind_to_environ(request.environ)
        try:
            endpoint, values = routes.match()
            response: Response = getattr(visit, endpoint)(**values)
        except HTTPException as problem:
            return Response.force_type(problem.get_response(request.environ), request.environ)
        return response


@dataclass(frozen=True)
class _Visit:
    """One request; a method for each endpoint."""

    request: Request
    letters: Inbox
    time: Clock
    jobs: Jobs
    take_back: Event
    staff: Sequence[str]

    def home(self, message: str = "", status: int = 200) -> Response:
        return look.home(self.letters.all(), self.time.now(), self.jobs.names, self.staff, message, status)

    def stylesheet(self) -> Response:
        return look.stylesheet()

    def inbox(self) -> Response:
        return _json([as_json(letter) for letter in self.letters.all()])

    def letter(self, key: str) -> Response:
        return look.letter(self._find(key))

    def letter_html(self, key: str) -> Response:
        return look.letter_html(self._find(key))

    def attachment(self, key: str, number: int) -> Response:
        attachments = self._find(key).attachments
        if number >= len(attachments):
            raise NotFound
        return look.attachment(attachments[number])

    def clock(self) -> Response:
        return _json({"now": self.time.now().isoformat()})

    def move_clock(self) -> Response:
        try:
            _move(self.time, _fields(self.request))
        except BadTimeError as wrong:
            return self._refused(str(wrong), HTTPStatus.BAD_REQUEST)
        return redirect("/_local/", code=303) if self._wants_page else self.clock()

    def run_job(self, name: str) -> Response:
        if name not in self.jobs.names:
            return self._refused(f"There is no such job; there is: {', '.join(self.jobs.names)}.", HTTPStatus.NOT_FOUND)
        try:
            counts = self.jobs.run(name)
        except JobFailedError as failure:
            return self._refused(f"The job failed: {failure}.", HTTPStatus.INTERNAL_SERVER_ERROR)
        return self._counted(name, counts)

    def return_letter(self) -> Response:
        """The letter with the posted id comes back, and the function that takes note is called as AWS would."""
        wanted = _fields(self.request).get("id")
        letter = next((each for each in self.letters.all() if each.id == wanted), None)
        if letter is None:
            return self._refused("There is no such letter: id= takes the id of one in the inbox.", HTTPStatus.NOT_FOUND)
        return self._counted("take_back", self.take_back(bounce(letter, self.time.now())))

    def _counted(self, name: str, counts: Mapping[str, int]) -> Response:
        if not self._wants_page:
            return _json(counts)
        said = ", ".join(f"{count} {what}" for what, count in counts.items()) or "nothing was due"
        return self.home(f"{name}: {said}.")

    @property
    def _wants_page(self) -> bool:
        return self.request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"

    def _find(self, key: str) -> Letter:
        letter = self.letters.find(key)
        if letter is None:
            raise NotFound("There is no such letter.")
        return letter

    def _refused(self, sentence: str, status: HTTPStatus) -> Response:
        return self.home(sentence, status) if self._wants_page else _json({"error": sentence}, status)


def _is_forged(request: Request) -> bool:
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site:
        return site != "same-origin"
    return origin is not None and urlsplit(origin).netloc != request.host


def _move(clock: Clock, fields: Mapping[str, str]) -> None:
    match dict(fields):
        case {"now": moment, **others} if not others:
            clock.set(moment)
        case {"advance": duration, **others} if not others:
            clock.advance(duration)
        case _:
            raise BadTimeError("The clock takes either now= or advance=.")


def _fields(request: Request) -> Mapping[str, str]:
    if not request.is_json:
        return request.form
    try:
        posted = request.get_json()
    except BadRequest:
        posted = None
    if not isinstance(posted, dict):
        raise BadTimeError("The body is not a JSON object.")
    return {str(name): str(value) for name, value in posted.items()}


def _json(value: object, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False)
    return Response(body, status, {"Cache-Control": "no-store"}, content_type="application/json")
