"""Puts two contacts of one person together: the other is looked up, both are compared, and a press does it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.booking import Booking, ContactFile
from chalicelib.domain.errors import CannotMergeError, ChangedMeanwhileError, UnknownReferenceError
from chalicelib.domain.session import Session
from chalicelib.letters.told import person_in_words
from chalicelib.usecases.desk_ports import Listed
from chalicelib.usecases.find_contacts import find_contacts
from chalicelib.usecases.merge_contacts import BothContacts, Shown, look_at_both, mark_of, merge_contacts
from chalicelib.web.answer import Answer, see_other
from chalicelib.web.desk import ways
from chalicelib.web.desk.changed import contact_changes, contact_mark, day_or_month
from chalicelib.web.desk.request import find as find_file
from chalicelib.web.desk.request import nothing_stored
from chalicelib.web.desk.request_acts import CHANGED
from chalicelib.web.desk.session import title_of
from chalicelib.web.desk.visit import Page, Visit
from chalicelib.web.pages import render
from chalicelib.words.catalogues import N_, words
from chalicelib.words.choices import SESSIONS
from chalicelib.words.desk import STATES
from chalicelib.words.formats import write_day
from chalicelib.words.merging import OBSTACLES
from chalicelib.words.own_data import LABELS, SEALED

if TYPE_CHECKING:
    from chalicelib.forms.find import FindForm

# NOTE: error on a page of the desk: staff look for another contact of a person, and there is none
NOBODY_ELSE = N_("No other contact was found. It may be written in another way, or be deleted already.")


@dataclass(frozen=True)
class Row:
    """What each of two contacts holds of one thing, line by line, and what is held once they are one."""

    label: str
    kept: Sequence[str]
    gone: Sequence[str]
    after: Sequence[str]


def show(visit: Visit, reference: str) -> Answer:
    """The field for the other contact; 404 where there is none to start from, or not any more."""
    return _search(visit, reference)


def find(visit: Visit, reference: str) -> Answer:
    """Who is found beside this contact; just one is compared at once."""
    from chalicelib.forms.find import FindForm  # noqa: PLC0415 - only this post needs it

    form = FindForm.read(visit.form, visit.setting)
    file = find_file(visit, reference)
    if file is None or not form.validate():
        return _search(visit, reference, form)
    found = find_contacts(form.sought.sought(), visit.office)
    others = [each for each in found if each.contact.id != file.contact.id]
    if not others:
        return _search(visit, reference, form, wrong=NOBODY_ELSE)
    return (
        _compared(visit, reference, others[0].reference)
        if len(others) == 1
        else _search(visit, reference, form, others)
    )


def compare(visit: Visit, reference: str) -> Answer:
    """Both contacts, and what becomes of them."""
    return _compared(visit, reference, visit.posted("other"))


def merge(visit: Visit, reference: str) -> Answer:
    """Does it, and leads to the contact that stays; says what has changed, or what stands against it."""
    other = visit.posted("other")
    shown = Shown(reference, visit.posted("mark")), Shown(other, visit.posted("other_mark"))
    try:
        merge_contacts(*shown, visit.user, visit.office, visit.now)
    except ChangedMeanwhileError:
        return _compared(visit, reference, other, 409, stale=True)
    except CannotMergeError as impossible:
        return _compared(visit, reference, other, 409, why=impossible.why)
    except UnknownReferenceError:
        return _search(visit, reference, wrong=NOBODY_ELSE)
    return see_other(ways.path_of(ways.of_contact(reference), visit.language))


ACTS: Mapping[str, Page] = {"find": find, "compare": compare, "merge": merge}


def _search(
    visit: Visit, reference: str, form: "FindForm | None" = None, found: Sequence[Listed] = (), wrong: str = ""
) -> Answer:
    from chalicelib.forms.find import FindForm  # noqa: PLC0415 - only this page needs it

    file = find_file(visit, reference)
    if file is None:
        return nothing_stored(visit)
    form = form or FindForm.blank(visit.setting)
    summary = render("summary.html", visit.language, form=form) if form.errors else ""
    summary = summary or visit.wrong(words(visit.language).gettext(wrong) if wrong else "")
    content = render("desk/merge_search.html", visit.language, form=form, found=found, **_ways(visit, reference))
    return visit.page(_title(visit), content, 422 if summary else 200, summary)


def _compared(
    visit: Visit, reference: str, other: str, status: int = 200, why: str = "", stale: bool = False
) -> Answer:
    if not (ways.is_reference(reference) and ways.is_reference(other)):
        return _search(visit, reference, wrong=NOBODY_ELSE)
    try:
        both = look_at_both(reference, other, visit.office, visit.now)
    except UnknownReferenceError:
        return _search(visit, reference, wrong=NOBODY_ELSE)
    why = why or both.why
    content = render(
        "desk/merge.html",
        visit.language,
        both=both,
        other=other,
        why=OBSTACLES[why] if why else "",
        rows=_rows(both, visit.language),
        mark=mark_of,
        seen=contact_mark,
        **_ways(visit, reference),
    )
    changed = visit.wrong(words(visit.language).gettext(CHANGED), tuple(_changes(visit, both))) if stale else ""
    return visit.page(_title(visit), content, status, changed)


def _title(visit: Visit) -> str:
    # NOTE: title of a page of the desk: one person is stored as two contacts, which become one
    return words(visit.language).gettext("Put two contacts of a person together")


def _ways(visit: Visit, reference: str) -> dict[str, object]:
    return {
        "reference": reference,
        "action": visit.address(visit.language),
        "path_of": lambda way: ways.path_of(way, visit.language),
        "of_contact": ways.of_contact,
    }


def _changes(visit: Visit, both: BothContacts) -> Iterator[str]:
    for file, mark, seen in ((both.kept, "mark", "seen"), (both.gone, "other_mark", "other_seen")):
        if visit.posted(mark) != mark_of(file):
            lines = contact_changes(visit.posted(seen), file, visit.language)
            yield from (f"{file.reference}: {line}" for line in lines)


def _rows(both: BothContacts, language: str) -> list[Row]:
    after = both.merger.file if both.merger else None
    files = (both.kept, both.gone, after)
    columns = [dict(_told(file, both.sessions, language)) if file else {} for file in files]
    return [Row(label, *(column.get(label, ()) for column in columns)) for label in columns[0]]


def _told(file: ContactFile, sessions: Mapping[str, Session], language: str) -> Iterator[tuple[str, Sequence[str]]]:
    gettext, contact, history = words(language).gettext, file.contact, file.contact.history
    said = {name: gettext(label) for name, label in LABELS.items()}
    for line in person_in_words(contact.person, language):
        yield line.label.rstrip(":\u00a0 "), [line.value]
    yield said["sealed_matricule"], [gettext(SEALED) if contact.sealed_matricule else gettext("not given")]
    yield said["attended"], [day_or_month(str(history.attended or ""), language)]
    for name in ("signed_on", "first_measure_on"):
        day = getattr(history, name)
        yield said[name], [write_day(day, language) if day else "–"]
    yield gettext("What was asked for"), [_booking(each, sessions, language) for each in file.bookings]
    yield gettext("Changes to confirm"), [str(len(file.corrections))]
    yield gettext("Vouchers"), [str(len(file.vouchers))]
    yield gettext("Certificates"), [str(len(file.certificates))]
    yield said["delete_on"], [write_day(contact.delete_on, language)]


def _booking(booking: Booking, sessions: Mapping[str, Session], language: str) -> str:
    gettext, session = words(language).gettext, sessions.get(booking.session_id or "")
    kind, state = SESSIONS["slot"], STATES[booking.state]
    what = title_of(session, language) if session else gettext(kind)
    return f"{booking.reference} – {what} – {gettext(state)}"
