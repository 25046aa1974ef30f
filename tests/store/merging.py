"""One person whom the store holds twice, once by mail and once by phone, and staff who put both together."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.booking import SignUp
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.usecases.delete_contacts import delete_contacts
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.merge_contacts import Shown, mark_of, merge_contacts
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.sign_up import sign_up
from tests.examples import PERSON, REQUEST
from tests.fakes.deletions import FakeLedger
from tests.store.stores import Store

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
TODAY = day_in_luxembourg(NOW)
WHO = "desk@forum-cai.example"
BY_MAIL = replace(REQUEST, person=replace(PERSON, phone=None))
BY_PHONE = replace(REQUEST, person=replace(PERSON, surname="Novella", email=None), matricule=None)


@dataclass
class Twice:
    """The same person under two names, with everybody else whom a test needs."""

    store: Store

    def ask(self, request=BY_MAIL, contact_id="kept", now=NOW):
        return request_appointment(request, self.store.office, contact_id, now).reference

    def sign_up(self, request, contact_id, session_id="info", needs=(), now=NOW):
        return sign_up(SignUp(session_id, request.person, needs), self.store.office, contact_id, now).reference

    @property
    def desk(self) -> BackOffice:
        store = self.store
        return BackOffice(store.office, store.outbox, store.worklist, store.audit, store.months)

    def shown(self, reference: str) -> Shown:
        return Shown(reference, mark_of(self.store.contacts.find_reference(reference)))

    def merge(self, kept: str, gone: str, now: datetime = NOW) -> Any:
        """The one contact that it is from now on."""
        self.merge_shown(self.shown(kept), self.shown(gone), now)
        return self.store.contacts.find_reference(kept)

    def merge_shown(self, kept: Shown, gone: Shown, now: datetime = NOW) -> None:
        merge_contacts(kept, gone, WHO, self.desk, now)

    def delete(self, now: datetime = NOW + timedelta(minutes=1)) -> tuple[dict[str, int], FakeLedger]:
        ledger = FakeLedger()
        return delete_contacts(self.store.deletions, self.store.rosters, ledger, now), ledger

    def letters(self, contact_id="kept"):
        return list(self.store.contacts.letters(contact_id))

    def kinds(self, contact_id="kept"):
        return sorted(each.kind.value for each in self.letters(contact_id))
