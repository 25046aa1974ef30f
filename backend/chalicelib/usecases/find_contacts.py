"""Finds somebody by reference, mail address, phone number, or the beginning of the surname; nothing is scanned."""

from collections.abc import Sequence

from chalicelib.domain.desk import Sought
from chalicelib.domain.identity import name_as_sought
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.desk_ports import Listed

MOST = 50


def find_contacts(sought: Sought, desk: BackOffice) -> Sequence[Listed]:
    """At most MOST, by surname where they were sought so; what could be a reference and is none may be a surname.

    The index may lag a moment behind. Raises StoreBusyError.
    """
    file = desk.office.contacts.find_reference(sought.reference) if sought.reference else None
    if file:
        return (Listed(file.contact, sought.reference),)
    return desk.worklist.listed(_ids(sought, desk)[:MOST])


def _ids(sought: Sought, desk: BackOffice) -> Sequence[str]:
    if sought.email:
        return desk.worklist.mailed(desk.office.identity.known_mail_marks(sought.email))
    if sought.phone:
        return desk.worklist.phoned(sought.phone)
    return desk.worklist.named(name_as_sought(sought.surname), MOST) if sought.surname else ()
