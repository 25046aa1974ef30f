"""What residents do in ten years, each step with what it makes the service promise."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from random import Random

from chalicelib.domain.booking import AppointmentRequest, Person, SignUp, Wish
from chalicelib.domain.days import Attended
from chalicelib.domain.errors import CannotConfirmError, DeletionComesFirstError, SessionFullError, TooManyBookingsError
from chalicelib.usecases.confirm_correction import confirm_correction
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.give_up_place import give_up_place, withdraw_request
from chalicelib.usecases.move_booking import move_booking
from chalicelib.usecases.request_appointment import request_appointment
from chalicelib.usecases.send_link import send_links
from chalicelib.usecases.sign_up import sign_up
from tests.days import day_of, years_on
from tests.years.promises import APPOINTMENT, OPEN, Gathering, Promises, Somebody
from tests.years.service import Service

PUBLIC = ("information", "citizenship")
MOST = 10  # open bookings of one person


@dataclass(eq=False)
class Resident:
    """Somebody who may come again after all was deleted; `here` is what is stored of them, or None."""

    number: int
    email: str | None
    phone: str | None
    refused: bool
    here: Somebody | None = None

    @property
    def person(self) -> Person:
        return Person(f"Numerus {self.number}", "Fictiva", self.email, self.phone, "en")


@dataclass(eq=False)
class Residents:
    service: Service
    chance: Random

    def __post_init__(self) -> None:
        self.promises: Promises = self.service.promises
        self.ids, self.words = count(1), count(1)

    @property
    def now(self):
        return self.service.now

    @property
    def today(self) -> date:
        return day_of(self.now)

    def living(self, resident: Resident) -> Somebody | None:
        """Who is stored and has not asked to be forgotten; who has, waits until that is done."""
        if resident.here and self.promises.people.get(resident.here.contact_id) is not resident.here:
            resident.here = None
        return resident.here

    def does_something(self, resident: Resident) -> None:
        who = self.living(resident)
        if who is None:
            self.chance.choice((self.signs_up, self.requests))(resident)
        elif who.leaving:
            return
        elif any(each.is_ahead(self.now) for each in who.places) and self.chance.random() < 0.4:
            self.chance.choice((self.cancels, self.moves))(resident)
        else:
            steps = {
                self.signs_up: 6,
                self.requests: 6,
                self.sends_again: 3,
                self.says_otherwise: 3,
                self.confirms: 2,
                self.discards: 1,
                self.cancels: 4,
                self.moves: 4,
                self.asks_for_links: 1,
                self.asks_to_be_forgotten: 1,
            }
            self.chance.choices(list(steps), list(steps.values()))[0](resident)

    # An appointment

    def requests(self, resident: Resident) -> None:
        who = self.living(resident)
        if who and who.bookings.get(APPOINTMENT) in OPEN:
            return
        slot = self._free("slot", who) if self.chance.random() < 0.3 else None
        form = self._form(resident, slot)
        if form:
            self.sends(resident, form, slot)

    def sends(self, resident: Resident, form: AppointmentRequest, slot: Gathering | None) -> None:
        who, claimed = self.living(resident), last_of(form.attended)
        asked = replace(who, asked_on=self.today) if who else self._new(resident, attended=claimed)
        said = years_on(claimed or self.today, 1)
        too_late = slot is not None and min(asked.last_day, said) <= slot.last_day
        try:
            accepted = self.service.mortally(
                lambda: request_appointment(form, self.service.office, self._id(), self.now)
            )
        except DeletionComesFirstError:
            self._check(too_late, "was refused a slot")
            return
        self._check(not too_late and accepted.delete_on == said, "was told another day by the receipt")
        self.service.counts["forms"] += 1
        if who:
            who.asked_on = self.today
            who.corrections[accepted.reference] = claimed
            who.awaited = [e for e in who.awaited if e.about != APPOINTMENT or not e.what.endswith(("refused", "led"))]
        else:
            who = self._stored(resident, asked, accepted.reference)
        who.references.append(accepted.reference)
        who.settle(self.now)
        who.form, who.slot, who.bookings[APPOINTMENT] = form, slot, "requested"
        if slot:
            self.promises.drop(who, slot.name)
            self.promises.received(who, slot.name, "appointment", self.now)
            self.promises.sit(who, slot, self.now)
        else:
            self.promises.received(who, APPOINTMENT, "received", self.now)

    def sends_again(self, resident: Resident) -> None:
        """The same form again stores nothing twice, and counts as the last request."""
        who = self.living(resident)
        if who.form is None or who.bookings.get(APPOINTMENT) not in OPEN or self._too_long_ago(who.form.attended):
            return
        accepted = self.service.mortally(
            lambda: request_appointment(who.form, self.service.office, self._id(), self.now)
        )
        self._check(accepted.reference in who.references, "got another reference for the same form")
        self.service.counts["forms sent again"] += 1
        who.asked_on = self.today
        self.promises.day_told(who, self.now)

    def says_otherwise(self, resident: Resident) -> None:
        """A form that differs is kept beside the first one until somebody confirms it."""
        who = self.living(resident)
        form = self._form(resident, None)
        if form is None or who.bookings.get(APPOINTMENT) not in OPEN:
            return
        accepted = self.service.mortally(lambda: request_appointment(form, self.service.office, self._id(), self.now))
        self.service.counts["forms"] += 1
        who.corrections[accepted.reference] = last_of(form.attended)
        self.promises.received(who, f"CORRECTION#{accepted.reference}", "received", self.now)

    def confirms(self, resident: Resident) -> None:
        who = self.living(resident)
        if not who.corrections:
            return
        reference = self.chance.choice(sorted(who.corrections))
        after = who if who.recorded else replace(who, attended=who.corrections[reference])
        days = [self.today, *(each.last_day for each in who.places if not each.cancelled)]
        too_soon = after.last_day <= max(days)
        try:
            self.service.mortally(lambda: confirm_correction(who.contact_id, reference, self.service.office, self.now))
        except CannotConfirmError:
            self._check(too_soon, "could not confirm a form")
            return
        self._check(not too_soon, "confirmed a form that ends the data too soon")
        self.service.counts["forms confirmed"] += 1
        who.attended = after.attended
        del who.corrections[reference]
        self.promises.staff_told(who, f"CORRECTION#{reference}", "staff_confirmed", self.now)
        self.promises.day_told(who, self.now)

    def discards(self, resident: Resident) -> None:
        who = self.living(resident)
        untold = {each.about for each in who.awaited}
        done = [each for each in sorted(who.corrections) if f"CORRECTION#{each}" not in untold]
        if done:
            self.service.mortally(
                lambda: erase_contact(who.contact_id, done[0], self.service.office.contacts, self.now)
            )
            del who.corrections[done[0]]

    # A session

    def signs_up(self, resident: Resident) -> None:
        who = self.living(resident)
        ahead = [each for each in self._ahead(PUBLIC) if who is None or not who.is_in(each)]
        if ahead:
            self.takes(resident, self.chance.choice(ahead))

    def takes(self, resident: Resident, gathering: Gathering) -> None:
        who = self.living(resident)
        asked = replace(who) if who else self._new(resident)
        asked.asked_on = self.today
        asked.session_on = max(gathering.last_day, asked.session_on or gathering.last_day)
        many = who is not None and sum(state in OPEN for state in who.bookings.values()) >= MOST
        too_late = asked.last_day <= gathering.last_day
        form = SignUp(gathering.name, resident.person, ("step-free",) if self.chance.random() < 0.1 else ())
        try:
            signed_up = self.service.mortally(lambda: sign_up(form, self.service.office, self._id(), self.now))
        except (SessionFullError, TooManyBookingsError, DeletionComesFirstError) as refused:
            so = {SessionFullError: gathering.is_full, TooManyBookingsError: many, DeletionComesFirstError: too_late}
            self._check(so[type(refused)], f"was refused a place: {type(refused).__name__}")
            self.service.counts["sign-ups refused"] += 1
            return
        self._check(not (gathering.is_full or many or too_late), "got a place that there is not")
        self.service.counts["forms"] += 1
        if who:
            who.asked_on, who.session_on = asked.asked_on, asked.session_on
        else:
            who = self._stored(resident, asked, signed_up.reference)
        who.references.append(signed_up.reference)
        who.settle(self.now)
        self.promises.drop(who, gathering.name)
        self.promises.takes_place(who, gathering, self.now)

    def cancels(self, resident: Resident) -> None:
        who = self.living(resident)
        places = [each for each in who.places if each.is_ahead(self.now)]
        if places:
            self.gives_up(who, self.chance.choice(places))
        elif who.bookings.get(APPOINTMENT) == "requested":
            self.service.mortally(lambda: withdraw_request(who.contact_id, self.service.office.contacts, self.now))
            who.bookings[APPOINTMENT] = "cancelled"
            self.promises.staff_told(who, APPOINTMENT, "staff_cancelled", self.now)

    def gives_up(self, who: Somebody, gathering: Gathering) -> None:
        rosters = self.service.mortal.rosters
        self.service.mortally(lambda: give_up_place(who.contact_id, gathering.name, rosters, self.now))
        self.service.counts["places given up"] += 1
        self.promises.leave(who, gathering, self.now)
        who.bookings[gathering.about] = "cancelled"
        self.promises.told(who, gathering.name, "cancelled", self.now)
        self.promises.staff_told(who, gathering.name, "staff_cancelled", self.now)

    def moves(self, resident: Resident) -> None:
        who = self.living(resident)
        places = [each for each in who.places if each.is_ahead(self.now)]
        if places:
            here = self.chance.choice(places)
            there = self._free(here.kind, who)
            if there:
                self.moves_to(who, here, there)
        elif who.bookings.get(APPOINTMENT) == "requested" and (there := self._free("slot", who)):
            self.moves_to(who, None, there)

    def moves_to(self, who: Somebody, here: Gathering | None, there: Gathering) -> None:
        slot = there.kind == "slot"
        later = who if slot else replace(who, session_on=max(there.last_day, who.session_on or there.last_day))
        too_late, about = later.last_day <= there.last_day, here.about if here else APPOINTMENT
        try:
            reference = self.service.mortally(
                lambda: move_booking(who.contact_id, about, there.name, self.service.office, self.now)
            )
        except DeletionComesFirstError:
            self._check(too_late, "could not move")
            return
        self._check(reference and not too_late, "moved beyond the deletion, or not at all")
        self.service.counts["places moved"] += 1
        who.session_on = later.session_on
        who.references.append(reference)
        who.settle(self.now)
        self.promises.drop(who, there.name)
        told = "appointment" if slot else "reserved"
        if here is None:
            self.promises.received(who, there.name, told, self.now)
        else:
            self.promises.leave(who, here, self.now)
            who.bookings[here.about] = "cancelled"
            self.promises.staff_told(who, there.name, "staff_moved", self.now)
            for about, what in ((there.name, told), (here.name, "moved")) if who.email else ():
                self.promises.told(who, about, what, self.now)
        self.promises.sit(who, there, self.now)
        self.promises.takes_last(there)

    # Everything

    def asks_for_links(self, resident: Resident) -> None:
        """The answer is the same for an address that nobody gave; two in a minute, as of a family, bring one letter."""
        address = resident.email or f"nobody-{resident.number}@example.org"
        self.service.mortally(lambda: send_links(address, self.service.office, self.now))
        minute = self.now.replace(second=0, microsecond=0)
        for who in [each for each in self.promises.people.values() if each.email == address and not each.leaving]:
            if who.asked_for_link != minute:
                who.asked_for_link = minute
                self.promises.told(who, "LINK", "link", self.now)

    def asks_to_be_forgotten(self, resident: Resident) -> None:
        who = self.living(resident)
        self.service.mortally(lambda: erase_contact(who.contact_id, None, self.service.office.contacts, self.now))
        self.service.counts["people who asked to be forgotten"] += 1
        who.leaving, who.awaited = True, []

    # How

    def _form(self, resident: Resident, slot: Gathering | None) -> AppointmentRequest | None:
        ago = timedelta(days=self.chance.randint(0, 360))
        day = self.today - ago if self.chance.random() < 0.6 else None
        attended = day and Attended(day.year, day.month, self.chance.choice((day.day, None)))
        if self._too_long_ago(attended):
            return None
        wish = Wish(("mon-am",), "fr", f"Wish {next(self.words)}")
        return AppointmentRequest(resident.person, None, attended, wish, slot=slot.name if slot else None)

    def _too_long_ago(self, attended: Attended | None) -> bool:
        return attended is not None and years_on(last_of(attended), 1) <= self.today

    def _new(self, resident: Resident, **more: object) -> Somebody:
        return Somebody(
            f"Numerus {resident.number}", resident.email, resident.phone, resident.refused, "", self.today, **more
        )

    def _stored(self, resident: Resident, who: Somebody, reference: str) -> Somebody:
        """Whoever got a reference is stored, and found by it."""
        file = self.service.calm.contacts.find_reference(reference)
        self._check(file, f"got the reference {reference} and is not stored")
        who.contact_id = file.contact.id if file else self._id()
        self.promises.people[who.contact_id] = resident.here = who
        self.service.counts["residents stored"] += 1
        return who

    def _id(self) -> str:
        return f"{next(self.ids):032}"

    def _ahead(self, kinds: tuple[str, ...]) -> list[Gathering]:
        return [each for each in self.service.open_sessions if each.kind in kinds and each.is_ahead(self.now)]

    def _free(self, kind: str, who: Somebody | None) -> Gathering | None:
        free = [each for each in self._ahead((kind,)) if each.has_seat and not (who and who.is_in(each))]
        return self.chance.choice(free) if free else None

    def _check(self, is_so: object, what: str) -> None:
        self.promises.check(is_so, f"{self.now:%F %R}: somebody {what}")


def last_of(attended: Attended | None) -> date | None:
    """A month counts to its last day."""
    if attended is None:
        return None
    return date(attended.year, attended.month, attended.day or monthrange(attended.year, attended.month)[1])
