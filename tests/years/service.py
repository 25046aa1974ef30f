"""The service under test at a clock of its own: its jobs, a mail service that may be away, and trouble on the way."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from chalicelib.domain.errors import MailLaterError, MailRefusedError, StoreBusyError
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.retention import Retention
from chalicelib.letters.digest import Section
from chalicelib.usecases.admit import Office
from chalicelib.usecases.delete_contacts import delete_contacts
from chalicelib.usecases.deliver_letters import deliver_letters
from chalicelib.usecases.desk import BackOffice
from chalicelib.usecases.limit_staff_mail import StaffMail
from chalicelib.usecases.post_room import PostRoom
from chalicelib.usecases.remind_of_deletion import remind_of_deletion
from chalicelib.usecases.report_month import report_month
from chalicelib.usecases.take_back_letter import take_back_letter
from chalicelib.usecases.tell_rosters import tell_rosters
from tests.days import day_of
from tests.fakes.deletions import FakeLedger
from tests.store.boundaries import DiedError
from tests.store.stores import Store
from tests.store.trouble import Trouble, troubled
from tests.years.promises import DELETION, Gathering, Promises, Somebody

KINDS = ("busy", "silent", "dies before", "dies after")
SELDOM = 0.03
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass
class Noted(Trouble):
    """Trouble that is counted when it comes; the letters on their way then may come once more."""

    came: Counter[str] = field(default_factory=Counter)
    on_the_way: Callable[[], None] = lambda: None

    def meet(self, call: Callable[[], Any]) -> Any:
        if self.at == 1:
            self.came[self.kind] += 1
            self.on_the_way()
        return super().meet(call)


@dataclass
class Service:
    """`store` is asked without trouble, `office` and the jobs meet it; `now` is the clock of all of them."""

    store: Store
    promises: Promises
    chance: Random
    now: datetime
    retention: Retention
    later: Callable[[timedelta, Callable[[], None]], None]
    trouble: Noted = field(default_factory=Noted)
    ledger: FakeLedger = field(default_factory=FakeLedger)
    counts: Counter[str] = field(default_factory=Counter)
    mail_back: datetime = LONG_AGO
    calm_since: datetime = LONG_AGO
    jobs_back: datetime = LONG_AGO
    open_sessions: list[Gathering] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mortal = troubled(self.store, self.trouble)
        self.office: Office = replace(self.mortal.office, retention=self.retention)
        self.calm: Office = replace(self.store.office, retention=self.retention)
        mortal, rosters, staff_mail = self.mortal, self.mortal.rosters, StaffMail(self.mortal.limits)
        self.desk = BackOffice(self.office, mortal.outbox, mortal.worklist, mortal.audit, mortal.months)
        self.room = PostRoom(mortal.outbox, rosters, mortal.months, lambda letter, _: letter, self, staff_mail, self)
        self.sent: set[tuple[str | None, str]] = set()
        self.copies: set[tuple[str | None, str]] = set()
        self.mail: list[Letter] = []
        self.trouble.on_the_way = lambda: self.copies.update((each.contact_id, each.id) for each in self.mail)

    # Trouble

    @property
    def is_away(self) -> bool:
        """Whether no job runs."""
        return self.now < self.jobs_back

    def jobs_are_away(self, how_long: timedelta) -> None:
        self.jobs_back = self.calm_since = self.now + how_long
        self.trouble.came["weeks without a job"] += 1

    def mail_is_away(self, how_long: timedelta) -> None:
        self.mail_back = self.calm_since = self.now + how_long
        self.trouble.came["days without mail"] += 1

    def mortally(self, step: Callable[[], Any], longest: int = 9) -> Any:
        """Does a step as its user would: whoever sees no answer, or that of a busy service, tries again."""
        self.seldom(longest)
        try:
            return step()
        except (DiedError, StoreBusyError):
            self.trouble.at = 0
            return step()
        finally:
            self.trouble.at = 0

    def seldom(self, longest: int) -> None:
        if self.chance.random() < SELDOM:
            self.trouble.at, self.trouble.kind = self.chance.randint(1, longest), self.chance.choice(KINDS)

    def until_done(self, run: Callable[[], Any]) -> None:
        """A run that was cut off is followed by another."""
        done = False
        while not done:
            self.seldom(40)
            with suppress(DiedError, StoreBusyError):
                counts = run()
                done = not isinstance(counts, dict) or not any(
                    count for what, count in counts.items() if what in ("busy", "overtaken", "failed") or "left" in what
                )
            self.trouble.at = 0

    # The jobs

    def remind(self) -> None:
        self.until_done(lambda: remind_of_deletion(self.office.contacts, self.retention, self.now))
        self.until_done(lambda: report_month(self.mortal.months, self.now))

    def tell(self) -> None:
        self.until_done(lambda: tell_rosters(self.mortal.rosters, self.now))

    def delete(self) -> None:
        """Once it has run all are gone who are due, and nobody else."""
        today, before = day_of(self.now), set(self.ledger.noted)
        self.until_done(lambda: delete_contacts(self.mortal.deletions, self.mortal.rosters, self.ledger, self.now))
        due, check = self.promises.due(today), self.promises.check
        gone, wanted = set(self.ledger.noted) - before, {who.contact_id for who in due}
        for who in [each for each in self.promises.people.values() if each.contact_id in gone - wanted]:
            check(False, f"{today}: {who.name} was deleted, promised was {who.day}")
        for who in [each for each in due if each.contact_id not in gone]:
            check(False, f"{today}: {who.name} was not deleted, promised was {who.day}")
        reasons = {who.contact_id: "asked" if who.leaving else who.rule for who in due}
        for who in due:
            who.leaving = True
        for who in due:
            self.promises.forget(who, reasons[who.contact_id], self.now)
            check(not list(self.store.contacts.letters(who.contact_id)), f"{today}: letters of {who.name} are left")
        self.counts["deletions"] += len(gone)

    def deliver(self) -> None:
        self.seldom(60)
        before = self.trouble.came.total()
        with suppress(DiedError, StoreBusyError):
            counts = deliver_letters(self.room, lambda: self.now)
            self.promises.check(not counts.get("taken"), f"{self.now:%F %R}: a letter is held by nobody")
        self.trouble.at, self.mail = 0, []
        if self.trouble.came.total() > before:
            self.calm_since = self.now

    def mail_comes_back(self, letter: Letter, person: Somebody) -> None:
        """Staff are asked to call instead."""
        self.mortally(lambda: take_back_letter(letter.tag, self.office.contacts, self.mortal.outbox, self.now))
        if self.promises.people.get(person.contact_id) is person and not person.leaving:
            self.counts["letters that came back"] += 1
            about = letter.about.partition("#")[0]
            if about == DELETION and letter.start != str(person.day):
                return
            self.promises.staff_told(person, about, f"call after the return of {letter.kind.value}", self.now)

    # The post, which also writes digests: a mail is the letters that it tells

    def section(self, letter: Letter, _: object) -> Section:
        return Section(letter, "", "", "", None)

    def digest(self, _: str, sections: list[Section]) -> list[Letter]:
        return [section.letter for section in sections]

    def send(self, mail: Letter | list[Letter]) -> None:
        if self.now < self.mail_back:
            raise MailLaterError
        letters = mail if isinstance(mail, list) else [mail]
        person = self.promises.people.get(letters[0].contact_id or "")
        if person and person.refused and not letters[0].kind.for_staff:
            raise MailRefusedError
        self.mail = letters
        for letter in letters:
            self._arrives(letter)

    def _arrives(self, letter: Letter) -> None:
        key = (letter.contact_id, letter.id)
        if key in self.sent and key in self.copies:
            self.copies.remove(key)
            self.counts["letters that came again after trouble, with the same id"] += 1
            return
        if key in self.sent:
            self.promises.check(False, f"{self.now:%F %R}: {what_of(letter)} came twice")
        self.sent.add(key)
        self.counts["letters"] += 1
        if letter.kind in (LetterKind.STAFF_FULL, LetterKind.DPO_MONTH):
            self._about_nobody(letter)
            return
        about, _, more = letter.about.partition("#")
        if about == "CORRECTION":
            about = f"{about}#{more.partition('#')[0]}"
        person = self.promises.people.get(letter.contact_id or "")
        self.promises.arrived(person, about, what_of(letter), self.now)
        may_bounce = person and not letter.kind.for_staff and about in ("APPOINTMENT", "DELETION", "LINK")
        if may_bounce and self.chance.random() < SELDOM / 3 and letter.kind is not LetterKind.REFUSED:
            self.later(self.chance.random() * timedelta(days=2), lambda: self.mail_comes_back(letter, person))

    def _about_nobody(self, letter: Letter) -> None:
        if letter.kind is LetterKind.STAFF_FULL:
            told = (letter.about, letter.revision)
            self.promises.check(told in self.promises.full, f"{self.now:%F %R}: staff were told in vain of {told}")
        else:
            self.promises.months.append(letter.start)


def what_of(letter: Letter) -> str:
    """In the words of the promises."""
    if letter.kind is LetterKind.STAFF_FAILED:
        return f"failure of {letter.news}"
    if letter.kind is LetterKind.STAFF_CALL:
        return f"call after the return of {letter.news}" if letter.came_back else f"call about {letter.news}"
    return letter.kind.value
