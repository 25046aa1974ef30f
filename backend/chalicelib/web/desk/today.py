"""What is to be done today: calls, new requests, corrections, failed letters, and what will be deleted this week."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.errors import ChangedMeanwhileError, ImpossibleDayError
from chalicelib.domain.letter import Letter
from chalicelib.letters.told import language_in_words, phone_in_words
from chalicelib.programme import facts
from chalicelib.usecases.look_at_today import look_at_today
from chalicelib.usecases.see_to_call import AGAIN_WITHIN, call_later, record_not_reached, record_told
from chalicelib.usecases.send_again import send_again
from chalicelib.web.answer import Answer
from chalicelib.web.desk import ways
from chalicelib.web.desk.visit import Page, Visit
from chalicelib.web.pages import render
from chalicelib.words.answers import ANSWERS
from chalicelib.words.catalogues import N_, words
from chalicelib.words.desk import LETTERS

# NOTE: error above the lists of the desk: somebody else of the staff was quicker
CHANGED = N_("This has changed meanwhile, so nothing was done. Below you see how things stand now.")
# NOTE: error above the lists of the desk; the day is one for another call
WRONG_DAY = N_("Choose tomorrow or a later day, but none that is too late for this call.")


def show(visit: Visit) -> Answer:
    return _page(visit)


def told(visit: Visit) -> Answer:
    """The person was called and told."""
    return _seen_to(visit, record_told)


def not_reached(visit: Visit) -> Answer:
    """Nobody answered the call."""
    return _seen_to(visit, record_not_reached)


def later(visit: Visit) -> Answer:
    """The call is to be made another day."""
    try:
        day = date.fromisoformat(visit.posted("day"))
        call_later(visit.posted("reference"), _seen(visit), day, visit.user, visit.office, visit.now)
    except (ValueError, ImpossibleDayError):
        return _page(visit, 422, WRONG_DAY)
    except ChangedMeanwhileError:
        return _page(visit, 409, CHANGED)
    return visit.again()


def again(visit: Visit) -> Answer:
    """The failed letters of a reference are to be sent again."""
    reference = visit.posted("reference")
    if ways.is_reference(reference):
        visit.office.audit.note(Deed(visit.now, visit.user, Act.SENT_AGAIN, reference))
        send_again(reference, visit.office.outbox, visit.now)
    return visit.again()


ACTS: Mapping[str, Page] = {"told": told, "not-reached": not_reached, "later": later, "send-again": again}


def _seen_to(visit: Visit, record: Callable[..., None]) -> Answer:
    try:
        record(visit.posted("reference"), _seen(visit), visit.user, visit.office, visit.now)
    except ChangedMeanwhileError:
        return _page(visit, 409, CHANGED)
    return visit.again()


def _seen(visit: Visit) -> frozenset[str]:
    return frozenset(visit.form.getlist("seen"))


def _page(visit: Visit, status: int = 200, wrong: str = "") -> Answer:
    today, language = day_in_luxembourg(visit.now), visit.language
    long = timedelta(days=facts.load().number("staff.waits_long_days"))
    content = render(
        "desk/today.html",
        language,
        list=look_at_today(visit.office, visit.now),
        today=today,
        action=visit.address(language),
        path_of=ways.path_of,
        is_late=lambda since: today - day_in_luxembourg(since) > long,
        day_of=day_in_luxembourg,
        phone=phone_in_words,
        speaks=lambda code: language_in_words(code, language),
        news=_news,
        tomorrow=(today + timedelta(days=1)).isoformat(),
        latest=(today + AGAIN_WITHIN).isoformat(),
    )
    return visit.page(words(language).gettext("Today"), content, status, visit.wrong(wrong))


def _news(letter: Letter) -> str:
    """What a letter says, or the one that a call stands for."""
    return ANSWERS[letter.answer] if letter.answer else LETTERS[letter.news or letter.kind]
