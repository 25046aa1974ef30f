"""All about one request: what was asked for, by whom, how far it has got, and what was written."""

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.letters.told import as_stored, differences
from chalicelib.web.answer import Answer
from chalicelib.web.desk import ways
from chalicelib.web.desk.visit import Visit
from chalicelib.web.pages import render
from chalicelib.words.catalogues import words
from chalicelib.words.choices import SESSIONS
from chalicelib.words.desk import LETTER_STATES, LETTERS, STATES


def show(visit: Visit, reference: str) -> Answer:
    """The contact to which the reference leads; 404 where there is none, or not any more."""
    contacts = visit.office.office.contacts
    file = contacts.find_reference(reference) if ways.is_reference(reference) else None
    if file is None:
        # NOTE: title of a page of the desk: no request has this reference
        title = words(visit.language).gettext("Nothing is stored under this reference")
        return visit.page(title, render("desk/no_request.html", visit.language), 404)
    wish = file.appointment.wish if file.appointment else None
    booked = [(each, each.session_id and visit.office.office.sessions.read(each.session_id)) for each in file.bookings]
    content = render(
        "desk/request.html",
        visit.language,
        file=file,
        person=as_stored(file.contact, wish, visit.language),
        booked=booked,
        differing=[(each, differences(file.contact, wish, each, visit.language)) for each in file.corrections],
        letters=sorted(contacts.letters(file.contact.id), key=lambda each: each.waiting_since),
        sessions=SESSIONS,
        states=STATES,
        kinds=LETTERS,
        letter_states=LETTER_STATES,
        day_of=day_in_luxembourg,
    )
    # NOTE: title of a page of the desk; %(reference)s is one such as 7KPX-2M4Q
    title = words(visit.language).gettext("Request %(reference)s") % {"reference": reference}
    return visit.page(title, content)
