"""The one table from what went wrong to a status and words that a person can use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from chalicelib.domain.errors import (
    CannotConfirmError,
    DateGoneError,
    DeletionComesFirstError,
    IntakeClosedError,
    SessionClosedError,
    SessionFullError,
    StoreBusyError,
    TooManyBookingsError,
    TooManyLinksError,
    TooManyRequestsError,
)
from chalicelib.domain.language import LANGUAGES
from chalicelib.web.answer import Answer
from chalicelib.web.request import TooLargeError, UnreadableError
from chalicelib.words.catalogues import N_, words
from chalicelib.words.templates import site_path

if TYPE_CHECKING:
    from chalicelib.web.pages import Pages


class ForgedError(Exception):
    """A post that the page of another site sent."""


class NotFoundError(Exception):
    """Nothing is at this address, or not any more."""


class LinkGoneError(NotFoundError):
    """A link to somebody's own page that is not ours, or whose data are gone: we do not say which."""


@dataclass(frozen=True)
class Problem:
    """A status with a title, sentences, and a page that helps on: of the site, or of the API where it begins with /."""

    status: HTTPStatus
    title: str
    sentences: tuple[str, ...]
    link: str = "appointment/"
    # NOTE: link on an error page
    link_text: str = N_("To the appointment form")


PROBLEMS: Mapping[type[Exception] | HTTPStatus, Problem] = {
    UnreadableError: Problem(
        HTTPStatus.BAD_REQUEST,
        # NOTE: title of an error page
        N_("We could not read the form"),
        # NOTE: text of an error page
        (N_("Nothing was stored. Please open the form again and fill it in."),),
    ),
    ForgedError: Problem(
        HTTPStatus.FORBIDDEN,
        # NOTE: title of an error page, when another website sent our form
        N_("This form came from another website"),
        # NOTE: text of an error page
        (N_("To protect you, nothing was stored. Please fill in the form on this site."),),
    ),
    NotFoundError: Problem(
        HTTPStatus.NOT_FOUND,
        # NOTE: title of an error page
        N_("This page does not exist, or not any more"),
        (
            # NOTE: text of an error page
            N_(
                "A receipt can be read for a short time only. "
                "If you gave an e-mail address, you find the same in our e-mail."
            ),
        ),
        "",
        # NOTE: link on an error page
        N_("To the home page"),
    ),
    LinkGoneError: Problem(
        HTTPStatus.NOT_FOUND,
        N_("This page does not exist, or not any more"),
        (
            # NOTE: text of an error page; the link leads to a person's own page
            N_("A link from one of our e-mails works until your data is deleted."),
            # NOTE: text of an error page, behind "A link from one of our e-mails works until your data is deleted."
            N_("You have already pressed the button on your page? Then it worked."),
            # NOTE: text of an error page; a link to a form follows
            N_("Is the link broken? You can have it sent again."),
        ),
        "/link",
        N_("Send me my link again"),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: Problem(
        HTTPStatus.METHOD_NOT_ALLOWED,
        # NOTE: title of an error page, when somebody opened an address that only takes forms, or sent a form to a page
        N_("This address cannot be used like that"),
        # NOTE: text of an error page
        (N_("Nothing was stored. Please use the links and forms of this site."),),
    ),
    IntakeClosedError: Problem(
        HTTPStatus.GONE,
        # NOTE: title of an error page after the programme's end
        N_("Requests are no longer taken"),
        (
            # NOTE: text of an error page after the programme's end
            N_("No new Welcome and Integration Contracts are signed. Nothing was stored."),
            # NOTE: text of an error page after the programme's end; Biergerpakt is a name
            N_("Today there is the Biergerpakt, open to every adult who lives or works in Luxembourg."),
        ),
        "contract/#today",
        # NOTE: link on an error page after the programme's end
        N_("What there is today"),
    ),
    TooLargeError: Problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        # NOTE: title of an error page
        N_("The form is too large"),
        # NOTE: text of an error page
        (N_("Nothing was stored. Please shorten your answers and send the form again."),),
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Problem(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        # NOTE: title of an error page
        N_("We could not read the form"),
        # NOTE: text of an error page
        (N_("Nothing was stored. Please open the form again and fill it in."),),
    ),
    CannotConfirmError: Problem(
        HTTPStatus.CONFLICT,
        # NOTE: title of an error page, when somebody wants to confirm what a further form said
        N_("We could not take over these changes"),
        # NOTE: text of an error page, when somebody wants to confirm what a further form said
        (N_("Nothing has been changed. Please phone us, and say your reference: we look at it together."),),
        "",
    ),
    TooManyLinksError: Problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        # NOTE: title, when somebody had the link to the own page sent many times
        N_("We have sent the link several times today"),
        # NOTE: text, when somebody had the link to the own page sent many times
        (N_("Please look in your mailbox and in your spam folder. Is it not there? Then phone us."),),
        "",
    ),
    TooManyRequestsError: Problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        # NOTE: title of an error page
        N_("Too many forms in a short time"),
        # NOTE: text of an error page
        (N_("This form was not stored yet. Your answers are below. Please send it again later, or phone us."),),
    ),
    SessionFullError: Problem(
        HTTPStatus.CONFLICT,
        # NOTE: title above the form, when all places of the session were taken meanwhile
        N_("This session is full"),
        # NOTE: text above the form, whose other answers are kept
        (N_("Nothing was stored. Please choose another date below, or phone us."),),
    ),
    SessionClosedError: Problem(
        HTTPStatus.CONFLICT,
        # NOTE: title above the form, when the session was cancelled or has begun
        N_("This date can no longer be chosen"),
        (N_("Nothing was stored. Please choose another date below, or phone us."),),
    ),
    DateGoneError: Problem(
        HTTPStatus.CONFLICT,
        # NOTE: title above a list of dates, when somebody else has just taken the one that was chosen
        N_("This date is no longer free"),
        # NOTE: text above a list of dates
        (N_("Nothing was stored or changed. Please choose another date, or phone us."),),
    ),
    TooManyBookingsError: Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        # NOTE: title above the form, when somebody has ten requests and places already
        N_("You have signed up many times already"),
        # NOTE: text above the form
        (N_("This sign-up was not stored. Please phone us: we help you further."),),
    ),
    DeletionComesFirstError: Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        # NOTE: title above the form, when the date lies after the day on which we delete the person's data
        N_("This date is too late for you"),
        # NOTE: text above the form
        (N_("We delete your data before this date is over. Please choose an earlier date, or phone us."),),
    ),
    Exception: Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        # NOTE: title of an error page
        N_("Something went wrong here"),
        # NOTE: text of an error page
        (N_("Please go back and send the form again: sending twice does no harm."),),
    ),
    StoreBusyError: Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        # NOTE: title of an error page
        N_("The service is busy"),
        # NOTE: text of an error page
        (N_("Please try again in a few minutes: doing it twice does no harm."),),
        "",
    ),
}

# NOTE: text above a form that staff fill in for somebody, when the session that they chose cannot be had any more
_OTHER_SESSION = N_("Nothing was stored. Choose another session with this person.")
FOR_STAFF: Mapping[type[Exception] | HTTPStatus, Problem] = {
    DateGoneError: replace(
        PROBLEMS[DateGoneError],
        # NOTE: text above a form that staff fill in for somebody, when the date that they chose is taken
        sentences=(N_("Nothing was stored. Choose another date below."),),
    ),
    SessionClosedError: replace(PROBLEMS[SessionClosedError], sentences=(_OTHER_SESSION,)),
    SessionFullError: replace(PROBLEMS[SessionFullError], sentences=(_OTHER_SESSION,)),
    TooManyBookingsError: replace(
        PROBLEMS[TooManyBookingsError],
        # NOTE: title above a form that staff fill in for somebody who has ten requests and places already
        title=N_("This person has signed up many times already"),
        # NOTE: text above a form that staff fill in for somebody who has ten requests and places already
        sentences=(N_("Nothing was stored. First cancel what this person no longer needs."),),
    ),
    TooManyRequestsError: replace(
        PROBLEMS[TooManyRequestsError],
        # NOTE: text above a form that staff fill in for somebody, under "Too many forms in a short time"
        sentences=(N_("This form was not stored yet: many have come for this person. Send it again later."),),
    ),
    DeletionComesFirstError: replace(
        PROBLEMS[DeletionComesFirstError],
        # NOTE: title above a form that staff fill in for somebody whose data are deleted before that date
        title=N_("This date is too late for this person"),
        # NOTE: text above a form that staff fill in for somebody whose data are deleted before that date
        sentences=(N_("Nothing was stored. The data of this person is deleted before: choose an earlier date."),),
    ),
}

_ON_A_FORM: Mapping[type[Exception], tuple[str, ...]] = {
    # NOTE: text above a form that could not be taken now, with every answer still in it
    StoreBusyError: (N_("Your answers are below. Please send them again: sending twice does no harm."),),
}


def problem(cause: Exception | HTTPStatus, language: str, pages: "Pages") -> Answer:
    """The page for `cause`, an error or a status of the table, in `language`; what is not in it counts as Exception."""
    entry = PROBLEMS.get(cause if isinstance(cause, HTTPStatus) else type(cause), PROBLEMS[Exception])
    return Answer(entry.status, _page(entry, language, pages), retry_after(cause))


def keep_answers(
    cause: Exception,
    language: str,
    page: Callable[[str], str],
    said: Mapping[type[Exception] | HTTPStatus, Problem] = PROBLEMS,
) -> Answer:
    """The answer about a form that is good but could not be taken; `page` puts a notice above it, answers kept.

    What is `said` is for its owner, or FOR_STAFF who fill it in for somebody.
    """
    from chalicelib.web.pages import render  # noqa: PLC0415 - of answers only

    entry = said.get(type(cause), PROBLEMS[type(cause)])
    sentences = _ON_A_FORM.get(type(cause), entry.sentences)
    notice = render("notice.html", language, title=entry.title, sentences=sentences)
    return Answer(entry.status, page(notice), retry_after(cause))


def _page(entry: Problem, language: str, pages: "Pages") -> str:
    from chalicelib.web.pages import render  # noqa: PLC0415 - as above

    help_in = _same_help(entry.link)
    link = entry.link and help_in(language)
    content = render("problem.html", language, sentences=entry.sentences, link=link, link_text=entry.link_text)
    return pages.page(language, words(language).gettext(entry.title), content, help_in)


def _same_help(link: str) -> Callable[[str], str]:
    return lambda language: f"/api/{language}{link}" if link.startswith("/") else site_path(language, link)


def retry_after(cause: Exception | HTTPStatus) -> dict[str, str]:
    """The header that says when to come again; none where that would not help."""
    if isinstance(cause, TooManyRequestsError):
        return {"Retry-After": str(int(cause.retry_after.total_seconds()) + 1)}
    return {"Retry-After": "30"} if isinstance(cause, StoreBusyError) else {}


def language_of(path: str) -> str:
    """The language of an address below /api; English where it names none of ours."""
    first = path.strip("/").removeprefix("desk/").split("/")[0]
    return first if first in LANGUAGES else "en"
