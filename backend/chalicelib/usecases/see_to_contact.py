"""What staff change of a person beside the contract: who they are and how they are reached, or that all is deleted."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.booking import ContactFile, Person
from chalicelib.domain.desk import Act, Deed
from chalicelib.domain.errors import CannotConfirmError, ChangedMeanwhileError, UnknownReferenceError
from chalicelib.domain.letter import about_link
from chalicelib.usecases.confirm_correction import is_somebody_else
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.record_contract import Seen
from chalicelib.usecases.settle import settle


@dataclass(frozen=True)
class ContactDesk:
    """Somebody of the staff, `who`, at the page of a contact as it was `seen`, at the aware `now`.

    All raise UnknownReferenceError where no contact has the reference, ChangedMeanwhileError where it was changed since
    the page was made, and StoreBusyError.
    """

    seen: Seen
    who: str
    desk: BackOffice
    now: datetime

    def correct(self, person: Person) -> None:
        """Stores who the person is and how they are reached, with all that leads to them; the same twice does no harm.

        With another mail address the links in earlier letters lead nowhere any more, since somebody else may have got
        them, and the new one is sent a link. Raises CannotConfirmError where somebody else goes by that already.
        """
        settle(lambda: self._correct(person))

    def erase(self) -> None:
        """Has everything deleted, as its owner can."""
        settle(self._erase)

    def _correct(self, person: Person) -> None:
        office, known = self.desk.office, self._known()
        before = known.contact
        if before.person == person:
            return
        self._refuse_stale(known)
        if is_somebody_else(person, {before.id}, office):
            raise CannotConfirmError
        moved = before.person.email != person.email
        after = replace(
            before,
            person=person,
            mail_mark=office.identity.mail_mark(person.email),
            link_version=before.link_version + moved,
            version=before.version + 1,
        )
        self._note(Act.CORRECTED)
        letters = about_link(after, known.reference, self.now) if moved and person.email else ()
        office.contacts.confirm(after, None, office.identity.marks(person), None, letters)

    def _erase(self) -> None:
        known = self._known()
        self._refuse_stale(known)
        self._note(Act.ERASED)
        erase_contact(known.contact.id, None, self.desk.office.contacts, self.now)

    def _known(self) -> ContactFile:
        known = self.desk.office.contacts.find_reference(self.seen.reference)
        if known is None:
            raise UnknownReferenceError(self.seen.reference)
        return known

    def _refuse_stale(self, known: ContactFile) -> None:
        if known.contact.version != self.seen.version:
            raise ChangedMeanwhileError

    def _note(self, act: Act) -> None:
        self.desk.audit.note(Deed(self.now, self.who, act, self.seen.reference))
