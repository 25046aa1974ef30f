"""What a forgetful office does in ten years: plans, changes, sets dates and records, late or never."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from chalicelib.domain.booking import BookingState, Refusal
from chalicelib.domain.errors import DeletionComesFirstError, SessionFullError
from chalicelib.domain.session import Meeting, Session, SessionKind
from chalicelib.programme import rules
from chalicelib.usecases.answer_invitation import accept_invitation, decline_invitation
from chalicelib.usecases.invite_signatories import go_on_inviting, invite_signatories
from chalicelib.usecases.mark_attendance import Mark, mark_attendance, standing
from chalicelib.usecases.move_booking import appointment_mark
from chalicelib.usecases.plan_sessions import cancel_session, plan_sessions
from chalicelib.usecases.record_contract import ContractRecords, Seen
from chalicelib.usecases.record_for_contact import Records
from chalicelib.usecases.see_to_request import RequestDesk
from tests.days import day_of
from tests.years.promises import APPOINTMENT, Gathering, Promises, Somebody
from tests.years.residents import Residents
from tests.years.service import Service

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
WHO = "office@example.org"
MEASURES = ("citizenship", "orientation")


@dataclass(eq=False)
class Office:
    """`seats` in each session; `later` has something done after a while."""

    service: Service
    chance: Random
    residents: Residents
    seats: int
    later: Callable[[timedelta, Callable[[], None]], None]

    def __post_init__(self) -> None:
        self.promises: Promises = self.service.promises
        self.names = count(1)
        retention = self.service.retention
        self.records = Records(self.service.office.contacts, retention, lambda: self.now)
        self.contracts = ContractRecords(
            self.service.office.contacts,
            self.service.office.sessions,
            replace(rules.rules(), retention=retention),
            lambda: self.now,
        )

    @property
    def now(self) -> datetime:
        return self.service.now

    @property
    def today(self) -> date:
        return day_of(self.now)

    # Sessions

    def plans_a_month(self) -> None:
        kinds = ["information", "information", "citizenship"] + ["slot"] * self.seats
        kinds += ["orientation"] if self.today.month % 3 == 0 else []
        for kind in kinds:
            self.plans(kind)

    def plans(self, kind: str) -> None:
        start = self.now.replace(minute=next(self.names) % 60) + self.chance.randint(8, 60) * DAY + self._hours()
        seats, longest = (1, 0) if kind == "slot" else (self.seats, self.seats)
        gathering = Gathering(f"{kind}-{next(self.names)}", kind, seats, longest, start, int(kind == "citizenship"))
        self.service.mortally(lambda: plan_sessions([described(gathering)], self.service.office.sessions, self.now))
        self.promises.gatherings[gathering.name] = gathering
        self.service.open_sessions.append(gathering)
        if kind == "orientation":
            self.invites(gathering)
        if self.chance.random() < 0.15:
            self.later(self.chance.randint(1, 20) * DAY, lambda: self.changes(gathering))
        if self.chance.random() < 0.06:
            self.later(self.chance.randint(1, 20) * DAY, lambda: self.cancels(gathering))
        self.later(gathering.start - self.now + 8 * DAY, lambda: self.looks_back(gathering))

    def changes(self, gathering: Gathering) -> None:
        if not gathering.is_ahead(self.now + HOUR) or self.service.is_away:
            return
        moved = self.chance.random() < 0.7
        start = gathering.start + timedelta(days=self.chance.randint(0, 6), minutes=7) if moved else gathering.start
        seats = 1 if gathering.kind == "slot" else gathering.seats + 1
        after = replace(gathering, start=start, seats=seats)
        if (start, seats) == (gathering.start, gathering.seats):
            return
        self.service.mortally(lambda: plan_sessions([described(after)], self.service.office.sessions, self.now))
        self.service.counts["sessions changed"] += 1
        self.service.tell()
        self.promises.moved(gathering, start, seats, self.now)

    def cancels(self, gathering: Gathering) -> None:
        if gathering.is_ahead(self.now + HOUR) and not self.service.is_away:
            self.service.mortally(lambda: cancel_session(gathering.name, self.service.office.sessions))
            self.service.counts["sessions cancelled"] += 1
            self.service.tell()
            self.promises.called_off(gathering, self.now)

    def looks_back(self, gathering: Gathering) -> None:
        """Who came; some sessions are forgotten, some marks are wrong and mended later."""
        if gathering.start + 8 * DAY > self.now:  # it was put off
            self.later(gathering.start + 8 * DAY - self.now, lambda: self.looks_back(gathering))
            return
        self.service.open_sessions.remove(gathering)
        if gathering.kind == "slot" or gathering.cancelled or self.chance.random() < 0.15:
            return
        self.later(self.chance.randint(0, 60) * DAY, lambda: self.marks(gathering, 0.8))
        if self.chance.random() < 0.1:
            self.later(self.chance.randint(61, 90) * DAY, lambda: self.marks(gathering, 0.5))

    def marks(self, gathering: Gathering, share: float) -> None:
        here = [who for who in gathering.sitting if who.contact_id in self.promises.people and not who.leaving]
        bookings = {who: self._file(who).booking(gathering.about) for who in here}
        came = {who: self.chance.random() < share for who in here}
        meetings = frozenset(range(1, gathering.weeks + 2))
        marks = [
            Mark(booking.reference, meetings if came[who] else frozenset(), standing(booking))
            for who, booking in bookings.items()
        ]
        self.service.mortally(lambda: mark_attendance(gathering.name, marks, WHO, self.service.desk, self.now), 40)
        for who in here:
            self._marked(who, gathering, came[who])

    def _marked(self, who: Somebody, gathering: Gathering, came: bool) -> None:
        was = who.bookings[gathering.name] == "attended"
        who.bookings[gathering.name] = "attended" if came else "missed"
        if gathering in who.places:
            who.places.remove(gathering)
        if came != was:
            if gathering.kind == "information":
                self._informed(who, gathering.last_day, came)
            elif came:
                self._began(who, gathering.name, day_of(gathering.start))
            else:
                self._did_not_begin(who, gathering.name)
        self.promises.day_told(who, self.now)

    def _informed(self, who: Somebody, day: date, came: bool) -> None:
        """What staff record overrides what was said, and the latest counts."""
        if came and not (who.recorded and who.attended and who.attended > day):
            who.attended, who.recorded = day, True
        elif not came and who.attended == day:
            who.attended, who.recorded = None, False

    def _began(self, who: Somebody, name: str, day: date) -> None:
        who.measures.append((name, day))
        if who.signed and day >= who.signed:
            who.measure = min(day, who.measure or day)

    def _did_not_begin(self, who: Somebody, name: str) -> None:
        day = dict(who.measures)[name]
        who.measures = [each for each in who.measures if each[0] != name]
        if who.measure == day:
            left = [each for _, each in who.measures if who.signed and each >= who.signed]
            who.measure = min(left, default=None)

    # Orientation days

    def invites(self, gathering: Gathering) -> None:
        self.service.mortally(lambda: invite_signatories(gathering.name, self.service.office, self.now), 60)
        self.service.until_done(lambda: go_on_inviting(self.service.office, self.now))
        for who in list(self.promises.people.values()):
            if self._may_be_invited(who, gathering):
                who.bookings[gathering.name] = "invited"
                gathering.invited.append(who)
                self.promises.told(who, gathering.name, "invitation", self.now)
                remind_at = gathering.start - 2 * WEEK
                if self.now + 3 * DAY <= remind_at:
                    self.promises.told(who, gathering.name, "invitation_reminder", remind_at)
                self.later(self.chance.randint(0, 20) * DAY, lambda who=who: self.is_answered(who, gathering))

    def _may_be_invited(self, who: Somebody, gathering: Gathering) -> bool:
        ends = who.contract_ends
        if who.leaving or ends is None or not gathering.last_day < min(ends, who.day):
            return False
        others = [each for each in self.promises.gatherings.values() if each.kind == "orientation"]
        states = [(each, who.bookings.get(each.name)) for each in others]
        return not any(
            state in ("attended", "confirmed") or (state == "waiting" and each.start > self.now)
            for each, state in states
        )

    def is_answered(self, who: Somebody, gathering: Gathering) -> None:
        gone = self.promises.people.get(who.contact_id) is not who or who.leaving
        if gone or not gathering.is_ahead(self.now) or who not in gathering.invited:
            return
        if self.chance.random() < 0.3:
            self.service.mortally(
                lambda: decline_invitation(who.contact_id, gathering.name, self.service.office, self.now)
            )
            self._answered(who, gathering, "declined")
        elif self.chance.random() < 0.7:
            self._accepts(who, gathering)

    def _accepts(self, who: Somebody, gathering: Gathering) -> None:
        try:
            self.service.mortally(
                lambda: accept_invitation(who.contact_id, gathering.name, (), self.service.office, self.now)
            )
        except SessionFullError:
            self.promises.check(gathering.is_full, f"{self.now:%F %R}: {who.name} was told that a day is full")
            return
        self._answered(who, gathering, "accepted")
        who.asked_on = self.today
        who.session_on = max(gathering.last_day, who.session_on or gathering.last_day)
        who.settle(self.now)
        self.promises.takes_place(who, gathering, self.now)

    def _answered(self, who: Somebody, gathering: Gathering, answer: str) -> None:
        self.promises.drop(who, gathering.name)
        gathering.invited.remove(who)
        who.bookings[gathering.name] = answer

    # Requests

    def sees_to_requests(self) -> None:
        """Some wait for weeks."""
        for who in [each for each in self.promises.people.values() if not each.leaving]:
            state = who.bookings.get(APPOINTMENT)
            if state == "requested" and self.chance.random() < 0.3:
                self.chance.choices((self.sets_date, self.refuses), (9, 1))[0](who)
            elif state == "confirmed" and who.slot.start < self.now and self.chance.random() < 0.6:
                self.says_who_came(who)
            elif state == "attended" and not who.signed and self.chance.random() < 0.5:
                self.signs(who)
            elif who.signed and not who.measure and self.chance.random() < 0.05:
                self.begins(who)

    def sets_date(self, who: Somebody) -> None:
        free = [each for each in self.service.open_sessions if each.kind == "slot" and each.has_seat]
        free = [each for each in free if each.is_ahead(self.now)]
        if not free:
            return
        slot, at = self.chance.choice(free), self._at(who)
        try:
            self.service.mortally(lambda: at.set_date(slot.name), 15)
        except DeletionComesFirstError:
            self.promises.check(who.day <= slot.last_day, f"{self.now:%F %R}: {who.name} was refused a date")
            return
        self.promises.check(slot.last_day < who.day, f"{self.now:%F %R}: {who.name} has a date after the deletion")
        self.service.counts["dates set"] += 1
        self.promises.drop(who, slot.name)
        self.promises.told(who, slot.name, "appointment", self.now)
        self.promises.sit(who, slot, self.now)

    def refuses(self, who: Somebody) -> None:
        at = self._at(who)
        self.service.mortally(lambda: at.refuse(Refusal.CONDITIONS))
        who.bookings[APPOINTMENT] = "cancelled"
        self.promises.told(who, APPOINTMENT, "refused", self.now)

    def says_who_came(self, who: Somebody) -> None:
        came = self.chance.choice((BookingState.ATTENDED, BookingState.ATTENDED, BookingState.MISSED))
        at = self._at(who)
        self.service.mortally(lambda: at.record(came))
        who.bookings[APPOINTMENT] = came.value
        if who.slot in who.places:
            who.places.remove(who.slot)

    # Contracts

    def signs(self, who: Somebody) -> None:
        """On the day of the appointment, recorded days or weeks later, at the desk or by command."""
        day = day_of(who.slot.start) if who.slot else self.today
        if self.chance.random() < 0.5:
            self.service.mortally(lambda: self.records.signature(who.references[-1], day))
            known = []
        else:
            seen = self._seen(who)
            self.service.mortally(lambda: self.contracts.record_signature(seen, day))
            known = [each for _, each in who.measures if each >= day]
        self.service.counts["contracts signed"] += 1
        who.signed, who.measure = day, min((*known, who.measure or date.max), default=None)
        who.measure = None if who.measure == date.max else who.measure
        self.promises.day_told(who, self.now)

    def begins(self, who: Somebody) -> None:
        day = self.today - timedelta(days=self.chance.randint(0, (self.today - who.signed).days))
        seen = self._seen(who)
        self.service.mortally(lambda: self.contracts.record_first_measure(seen, day))
        who.measure = day
        self.promises.day_told(who, self.now)

    # How

    def _file(self, who: Somebody):
        return self.service.calm.contacts.read(who.contact_id)

    def _seen(self, who: Somebody) -> Seen:
        return Seen(who.references[-1], self._file(who).contact.version)

    def _at(self, who: Somebody) -> RequestDesk:
        return RequestDesk(who.references[-1], appointment_mark(self._file(who)), WHO, self.service.desk, self.now)

    def _hours(self) -> timedelta:
        return timedelta(hours=self.chance.randint(0, 8))


def described(gathering: Gathering) -> Session:
    hours = 3 * HOUR
    starts = [gathering.start + each * WEEK for each in range(gathering.weeks + 1)]
    meetings = tuple(Meeting(start, start + hours, "Hall") for start in starts)
    kind = SessionKind(gathering.kind)
    return Session(gathering.name, kind, ("fr",), meetings, gathering.seats, gathering.longest, published=True)
