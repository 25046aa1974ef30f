"""The page of a personal invitation to an orientation day: opening it changes nothing, a press accepts or declines."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_hex
from typing import TYPE_CHECKING

from chalicelib.domain.booking import Booking, BookingState, ContactFile
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.errors import (
    DeletionComesFirstError,
    IntakeClosedError,
    SessionClosedError,
    SessionFullError,
    StoreBusyError,
    TooManyBookingsError,
    TooManyRequestsError,
)
from chalicelib.domain.invitation import answer_by
from chalicelib.domain.link import InvitationLink, read_invitation
from chalicelib.domain.session import PLACED_UNTIL, Session, SessionKind
from chalicelib.programme.intake import is_closed
from chalicelib.usecases.admit import FORMS_A_DAY, Office
from chalicelib.usecases.answer_invitation import accept_invitation, decline_invitation
from chalicelib.web.answer import Answer, see_other
from chalicelib.web.invitation_state import Standing, standing
from chalicelib.web.pages import Pages, render, setting
from chalicelib.web.posts import count_post, refuse_forged
from chalicelib.web.problems import NotFoundError, keep_answers
from chalicelib.web.request import FormData, Request
from chalicelib.words.catalogues import words

if TYPE_CHECKING:
    from chalicelib.forms.invitation import InvitationForm

# What the page itself says, once it is shown anew.
_SAID_BY_THE_PAGE = (DeletionComesFirstError, SessionClosedError, SessionFullError)
_WITH_ANSWERS_KEPT = (StoreBusyError, TooManyBookingsError, TooManyRequestsError)


@dataclass(frozen=True)
class Invitations:
    """Shows and takes answers in every mode, unless this kind is closed alone; `keys` are the link keys, newest first.

    All raise NotFoundError for a token that is not ours, or whose contact is gone, and StoreBusyError.
    """

    site_url: str
    pages: Pages
    office: Callable[[], Office]
    keys: Sequence[bytes]

    def show(self, token: str, language: str, now: datetime) -> Answer:
        """What, when and where, and how the answer stands."""
        return Answer(200, self._visit(token, FormData({}), language, now).page())

    def post(self, request: Request, token: str, language: str, now: datetime) -> Answer:
        """Does what the field `act` names, and shows the page again; what could not be done is said there.

        Raises ForgedError for a post of another site, and IntakeClosedError.
        """
        refuse_forged(request, self.site_url)
        visit = self._visit(token, request.form(), language, now)
        try:
            return visit.answer(request.sender)
        except _WITH_ANSWERS_KEPT as refused:
            return keep_answers(refused, language, visit.page)

    def _visit(self, token: str, posted: FormData, language: str, now: datetime) -> "_Visit":
        from chalicelib.forms.invitation import InvitationForm  # noqa: PLC0415 - only this page needs it

        link, office = read_invitation(token), self.office()
        file = office.contacts.read(link.contact_id) if link else None
        if link is None or file is None or not link.is_true(file.contact.link_version, self.keys):
            raise NotFoundError
        booking, session = file.booking(link.session_id), office.sessions.read(link.session_id)
        if booking is None or session is None or session.kind is not SessionKind.ORIENTATION:
            raise NotFoundError
        form = InvitationForm.read(posted, setting(language, day_in_luxembourg(now)))
        return _Visit(token, link, file, booking, session, form, posted.first("act"), office, self.pages, language, now)


@dataclass(frozen=True)
class _Visit:
    """One reader, whose link is proven."""

    token: str
    link: InvitationLink
    file: ContactFile
    booking: Booking
    session: Session
    form: "InvitationForm"
    act: str
    office: Office
    pages: Pages
    language: str
    now: datetime

    def answer(self, sender: str | None) -> Answer:
        if self.act == "accept" and not self.form.validate():
            return Answer(422, self.page(render("summary.html", self.language, form=self.form)))
        if self.act in ("accept", "decline"):
            self._count(sender)
            with suppress(*_SAID_BY_THE_PAGE):
                self._accept() if self.act == "accept" else self._decline()
        return see_other(self._address(self.language))

    def page(self, summary: str = "") -> str:
        """How things stand, with what is wrong above it, if anything is."""
        stands = standing(self.file.contact, self.booking, self.session, self.pages.mode, self.now)
        content = render("invitation.html", self.language, **self._values(stands))
        # NOTE: title of the page on which one accepts or declines the invitation to an orientation day
        title = words(self.language).gettext("Your invitation")
        return self.pages.page(self.language, title, content, self._address, summary)

    def _accept(self) -> None:
        if is_closed("orientation", self.pages.mode):
            raise IntakeClosedError
        accept_invitation(self.link.contact_id, self.link.session_id, self.form.said(), self.office, self.now)

    def _decline(self) -> None:
        decline_invitation(self.link.contact_id, self.link.session_id, self.office, self.now)

    def _count(self, sender: str | None) -> None:
        """Each answer may write letters to the person and to staff."""
        count_post(self.office, sender, self.now)
        mark = f"invitation#{self.link.contact_id}"
        self.office.limits.admit(mark, token_hex(8), FORMS_A_DAY, timedelta(days=1), self.now)

    def _values(self, stands: Standing) -> dict[str, object]:
        return {
            **vars(stands),
            "form": self.form,
            "address": self._address(self.language),
            "booking": self.booking,
            "session": self.session,
            "reference": self.booking.reference,
            "one_form": None,
            "answer_by": self._answer_by(),
            "by_phone": self.file.contact.person.email is None,
            "delete_on": self.file.contact.delete_on,
            "hours": int(PLACED_UNTIL.total_seconds() // 3600),
            "mode": self.pages.mode,
        }

    def _answer_by(self) -> date | None:
        if self.booking.state is not BookingState.INVITED:
            return None
        return answer_by(self.session, day_in_luxembourg(self.booking.requested_at))

    def _address(self, language: str) -> str:
        return invitation_path(self.token, language)


def invitation_path(token: str, language: str) -> str:
    """Where the page of an invitation is in a language."""
    return f"/api/{language}/invitations/{token}"
