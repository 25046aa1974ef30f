"""What further forms said differently, for the resident to confirm or discard by a fresh link."""

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.booking import Correction
from chalicelib.domain.correcting import corrected
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.letters.told import Line, as_stored
from chalicelib.usecases.confirm_correction import confirm_correction
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.web.answer import Answer
from chalicelib.web.visit import Visit


@dataclass(frozen=True)
class OwnChange:
    """One further form: the lines in which confirming it changes something, whether a number or a message changes."""

    reference: str
    received_on: date
    lines: tuple[Line, ...]
    number_given: bool
    message: tuple[str, str] | None


def own_changes(visit: Visit) -> tuple[OwnChange, ...]:
    """Each in the order in which they came; none where the link does not show personal data."""
    return tuple(_change(each, visit) for each in visit.file.corrections) if visit.sees_all else ()


def confirm(visit: Visit) -> Answer:
    """Confirms the form that the post names. Raises CannotConfirmError."""
    if visit.sees_all:
        confirm_correction(visit.link.contact_id, visit.posted("form"), visit.office, visit.now)
    return visit.again()


def discard(visit: Visit) -> Answer:
    """Has the form that the post names removed; what is stored stays as it is."""
    reference = visit.posted("form")
    if visit.sees_all and visit.file.correction(reference):
        erase_contact(visit.link.contact_id, reference, visit.office.contacts, visit.now)
    return visit.again()


def _change(correction: Correction, visit: Visit) -> OwnChange:
    file, language = visit.file, visit.language
    contact, changed = corrected(file, correction, visit.office.retention)
    appointment = changed or file.appointment
    old_wish, new_wish = (each.wish if each else None for each in (file.appointment, appointment))
    pairs = zip(as_stored(file.contact, old_wish, language), as_stored(contact, new_wish, language), strict=True)
    said = (old_wish.message, new_wish.message) if old_wish and new_wish else ("", "")
    return OwnChange(
        correction.reference,
        day_in_luxembourg(correction.received_at),
        tuple(Line(old.label, old.value, new.value) for old, new in pairs if old.value != new.value),
        number_given=correction.sealed_matricule is not None,
        message=said if said[0] != said[1] else None,
    )
