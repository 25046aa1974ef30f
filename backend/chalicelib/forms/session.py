"""The form by which staff plan a session: what it is, for how many, and up to three meetings."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from wtforms import Field, Form
from wtforms.validators import ValidationError

from chalicelib.domain.days import LUXEMBOURG, moment_in_luxembourg
from chalicelib.domain.session import LONGEST_PLACE, Meeting, Session, SessionKind
from chalicelib.forms.fields import LineField, ManyField, OneField, listed
from chalicelib.forms.normal import one_line, part_of_date
from chalicelib.forms.person import Setting, WordedForm
from chalicelib.words.catalogues import N_
from chalicelib.words.choices import LANGUAGES, SESSIONS
from chalicelib.words.planning import IMPOSSIBLE

PLANNED_WITHIN = timedelta(days=2 * 365)  # a slip of the pen must not keep people's data for a century
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"),
    re.compile(r"(?P<day>\d\d?)[./ ]+(?P<month>\d\d?)[./ ]+(?P<year>\d{4})"),
)
_INPUTS = {
    "day": ("date", re.compile(r"(\d{4}-\d\d-\d\d)?")),
    "start": ("time", re.compile(r"(\d\d:\d\d)?")),
    "end": ("time", re.compile(r"(\d\d:\d\d)?")),
}
_TIME = re.compile(r"(\d\d?)[:.hH](\d\d)")


class CountField(LineField):
    """A number of places; `data` stays what was typed, `count` is the number once it is valid."""

    count = 0

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        written = part_of_date(self.data)
        if not re.fullmatch(r"\d{1,4}", written):
            # NOTE: error of the desk at a field for a number of places
            raise ValidationError(self.gettext("Enter a number, such as 20"))
        self.count = int(written)


class MeetingField(Field):
    """One meeting: day, start and end as clocks in Luxembourg show them, and place; `data` is Meeting or None."""

    PARTS = ("day", "start", "end", "place")

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.parts: Mapping[str, str] = dict.fromkeys(self.PARTS, "")

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors: list[str] = []
        self.data: Meeting | None = data if isinstance(data, Meeting) else None
        if formdata is not None:
            given = (formdata.getlist(f"{self.name}-{part}") for part in self.PARTS)
            self.parts = dict(zip(self.PARTS, (one_line(next(iter(each), "")) for each in given), strict=True))
        elif self.data:
            start, end = (each.astimezone(LUXEMBOURG) for each in (self.data.start, self.data.end))
            shown = (start.date().isoformat(), f"{start:%H:%M}", f"{end:%H:%M}", self.data.place)
            self.parts = dict(zip(self.PARTS, shown, strict=True))

    def kind_of(self, part: str) -> str:
        """The type of its input: one that a browser knows would lose an answer that is written otherwise."""
        kind, written = _INPUTS.get(part, ("text", re.compile("")))
        return kind if written.fullmatch(self.parts[part]) else "text"

    def pre_validate(self, form: Form) -> None:
        self.data = self._read(form.meta.today) if any(self.parts.values()) else None

    def _read(self, today: date) -> Meeting:
        day = self._day()
        if not today <= day <= today + PLANNED_WITHIN:
            # NOTE: error of the desk at a meeting of a session
            raise ValidationError(self.gettext("Choose a day from today on, not too far ahead"))
        # NOTE: error of the desk at a meeting of a session
        start = self._moment(day, "start", N_("Enter when the meeting starts, such as 10:00"))
        # NOTE: error of the desk at a meeting of a session
        end = self._moment(day, "end", N_("Enter when the meeting ends, such as 12:00"))
        place = self.parts["place"]
        if not 0 < len(place) <= LONGEST_PLACE:
            # NOTE: error of the desk at a meeting of a session; %(most)s is a number
            wrong = self.gettext("Enter where the meeting takes place, in at most %(most)s characters")
            raise ValidationError(wrong % {"most": LONGEST_PLACE})
        return Meeting(start, end, place)

    def _day(self) -> date:
        found = next((found for each in _DAYS if (found := each.fullmatch(self.parts["day"]))), None)
        try:
            return date(**{part: int(number) for part, number in found.groupdict().items()} if found else {})
        except (TypeError, ValueError) as wrong:
            # NOTE: error of the desk at a meeting of a session; the example is day month year
            raise ValidationError(self.gettext("Enter the day of the meeting, such as 5.12.2026")) from wrong

    def _moment(self, day: date, part: str, needed: str) -> datetime:
        found = _TIME.fullmatch(self.parts[part])
        try:
            shown = datetime.combine(day, time(int(found[1]), int(found[2]))) if found else None
        except ValueError:
            shown = None
        if shown is None:
            raise ValidationError(self.gettext(needed))
        try:
            return moment_in_luxembourg(shown)
        except ValueError as wrong:
            # NOTE: error of the desk at a meeting of a session, in the night in which clocks are put forward
            raise ValidationError(self.gettext("No clock shows this time on that day. Choose another")) from wrong


class SessionForm(WordedForm):
    """Every field of the form; what a session as a whole cannot be is for the use case to say."""

    # NOTE: label of a list of kinds, such as "Information session", in a form of the desk
    kind = OneField(N_("Kind of session"), choices=listed(SESSIONS))
    # NOTE: heading of boxes with languages, in a form of the desk
    languages = ManyField(N_("Languages of the session"), choices=listed(LANGUAGES), default=())
    # NOTE: label of a number in a form of the desk
    capacity = CountField(N_("Number of places"))
    # NOTE: label of a number in a form of the desk
    waiting = CountField(N_("Number of places on the waiting list"))
    published = ManyField(
        # NOTE: heading of a box in a form of the desk: whether residents can see the session
        N_("On the site"),
        # NOTE: label of a box in a form of the desk: the session is not a draft any more
        choices=listed({"yes": N_("This session is published")}),
        default=(),
    )
    # NOTE: heading of the fields for one meeting of a session, in a form of the desk
    meeting_1 = MeetingField(N_("First meeting"))
    # NOTE: heading of the fields for one meeting of a session, in a form of the desk
    meeting_2 = MeetingField(N_("Second meeting"))
    # NOTE: heading of the fields for one meeting of a session, in a form of the desk
    meeting_3 = MeetingField(N_("Third meeting"))

    def validate_languages(self, field: ManyField) -> None:
        _needed(field, "languages")

    def validate_meeting_1(self, field: MeetingField) -> None:
        _needed(field, "order")

    @property
    def meetings(self) -> tuple[MeetingField, ...]:
        return (self.meeting_1, self.meeting_2, self.meeting_3)

    @classmethod
    def of(cls, session: Session, setting: Setting) -> Self:
        """The form as a session is."""
        meetings = {f"meeting_{number}": each for number, each in enumerate(session.meetings, 1)}
        said = {
            "kind": session.kind.value,
            "languages": list(session.languages),
            "capacity": str(session.capacity),
            "waiting": str(session.waiting_max),
            "published": ["yes"] if session.published else [],
        }
        form = cls(None, meta=vars(setting), data=said | meetings)
        form.know(session)
        return form

    def know(self, session: Session) -> None:
        """Offers the languages of a session before the others, so that sent as it is the form changes nothing."""
        self.languages.choices = listed({code: LANGUAGES.get(code, code) for code in (*session.languages, *LANGUAGES)})

    def session(self, session_id: str) -> Session:
        """What a valid form describes, its meetings by their start."""
        meetings = [each.data for each in self.meetings if each.data]
        return Session(
            session_id,
            SessionKind(self.kind.data),
            tuple(self.languages.data),
            tuple(sorted(meetings, key=lambda each: each.start)),
            self.capacity.count,
            self.waiting.count,
            bool(self.published.data),
        )


def _needed(field: Any, why: str) -> None:
    """Said with the other mistakes, and not only once the session as a whole is looked at."""
    if not field.data:
        raise ValidationError(field.gettext(IMPOSSIBLE[why][1]))
