"""A crowd wants thirty seats at once, over HTTP, on the running service.

Thirty sit, fifty wait in the order of their commits, the rest is told, and nobody is stored or told twice; then twenty
give up, and the first twenty of the line sit down.
"""

import random
import re
import shlex
from collections import Counter
from datetime import timedelta
from itertools import pairwise, product
from threading import Event, Thread

import boto3
import pytest

from chalicelib.domain.session import Place
from chalicelib.storage.sessions import DynamoSessions
from local.settings import TABLE
from tests.examples import NOW
from tests.local.crowd import Visitor, all_at_once, post, results
from tests.local.test_failed_letters import office
from tests.service import SITE, start_service
from tests.store.stores import rows

pytestmark = pytest.mark.engine

SEATS, LINE, GIVE_UP = 30, 50, 20
FIRST_WAVE, ANSWERED_FIRST = 60, 40  # whoever comes after an answer was read must stand behind its reader
SESSION = "rush"


@pytest.fixture
def running(tmp_path):
    with start_service(tmp_path / "data", site=SITE) as service:
        day = f"{NOW + timedelta(days=21):%Y-%m-%d}"
        columns = "id,kind,languages,capacity,waiting,published,start,end,place"
        row = f"{SESSION},information,fr,{SEATS},{LINE},yes,{day} 10:00,{day} 12:00,Hall of a test"
        (tmp_path / "sessions.csv").write_text(f"{columns}\n{row}\n")
        office(service.data_dir, "plan", str(tmp_path / "sessions.csv"))
        yield service


class Stored:
    """What the engine of a running service really holds."""

    def __init__(self, service):
        lines = (service.data_dir / "service.env").read_text().splitlines()
        settings = dict(shlex.split(line)[0].split("=", 1) for line in lines)
        self.client = boto3.client(
            "dynamodb",
            endpoint_url=settings["AWS_ENDPOINT_URL_DYNAMODB"],
            region_name="eu-central-1",
            aws_access_key_id="local",
            aws_secret_access_key="local",
        )
        self.sessions = DynamoSessions(self.client, TABLE)

    @property
    def session(self):
        return self.sessions.read(SESSION)

    def roster(self, place):
        return {seat.contact_id: seat.reference for seat in self.sessions.roster(SESSION) if seat.place is place}

    def kinds(self):
        """How many letters there are of each kind to or about people, and how many items."""
        items = rows(self.client, TABLE)
        to_people = [item for item in items if item["pk"]["S"].startswith("CONTACT#")]
        letters = Counter(item["kind"]["S"] for item in to_people if item["sk"]["S"].startswith("LETTER#"))
        return letters, Counter(item["sk"]["S"].split("#")[0] for item in items)

    def contacts(self):
        """The address of each contact by its id."""
        found = [item for item in rows(self.client, TABLE) if item["sk"]["S"] == "CONTACT"]
        return {item["pk"]["S"].removeprefix("CONTACT#"): item["email"]["S"] for item in found}


class Watch(Thread):
    """Looks at the line all the while, and remembers each way that it was."""

    def __init__(self, stored):
        super().__init__(daemon=True)
        self.stored, self.seen, self.over = stored, [stored.session.waiting], Event()

    def run(self):
        while not self.over.wait(0.01):
            line = self.stored.session.waiting
            if line != self.seen[-1]:
                self.seen.append(line)

    def end(self):
        self.over.set()
        self.join()
        return [*self.seen, self.stored.session.waiting]


def rush(service, people):
    """All sign up, each sixth twice at the same moment; the second wave comes once some of the first were answered."""
    visitors = [Visitor(number, SESSION) for number in range(people)]

    def sign_up(visitor):
        return visitor.sign_up(service, times=2 if visitor.number % 6 == 0 else 1)

    first = all_at_once(sign_up, visitors[:FIRST_WAVE], enough=ANSWERED_FIRST)
    return results([*first, *all_at_once(sign_up, visitors[FIRST_WAVE:])])


def sent(inbox, *kinds):
    """How many letters of these kinds went to each address."""
    return Counter((letter["kind"], letter["to"]) for letter in inbox if letter["kind"] in kinds)


def said(inbox, kind, pattern):
    """What the letters of a kind say where the pattern stands, by address."""
    letters = [letter for letter in inbox if letter["kind"] == kind]
    return {letter["to"]: re.search(pattern, letter["text"], re.MULTILINE)[1] for letter in letters}


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "people", [300, *(pytest.param(1000, marks=pytest.mark.full, id=f"1000-{turn}") for turn in (1, 2, 3))]
)
def test_a_crowd_gets_thirty_seats_and_a_line_in_order(running, people):
    visitors = rush(running, people)
    stored, inbox = Stored(running), running.inbox()

    placed = assert_everybody_was_answered_once(running, visitors, stored)
    assert_each_letter_is_there_once(stored, inbox)
    assert_the_line_is_in_order(stored, inbox, placed)
    give_up_twenty(running, stored, inbox)


def assert_everybody_was_answered_once(service, visitors, stored):
    """Gives who got a place, by address."""
    placed = {visitor.email: visitor for visitor in visitors if visitor.answers[0].status_code == 303}
    refused = [visitor for visitor in visitors if visitor.email not in placed]
    assert all(len({answer.status_code for answer in visitor.answers}) == 1 for visitor in visitors)
    assert {answer.status_code for visitor in refused for answer in visitor.answers} == {409}
    assert all("This session is full" in answer.text for visitor in refused for answer in visitor.answers)

    told = {email: visitor.references(service) for email, visitor in placed.items()}
    assert all(len(references) == 1 for references in told.values())
    seated, waiting = stored.roster(Place.SEAT), stored.roster(Place.WAITING)
    assert (len(seated), len(waiting), stored.session.taken) == (SEATS, LINE, SEATS)
    emails = stored.contacts()
    references = {emails[contact_id]: {reference} for contact_id, reference in (seated | waiting).items()}
    assert references == told
    assert len({reference for each in told.values() for reference in each}) == SEATS + LINE

    return placed


def assert_each_letter_is_there_once(stored, inbox):
    letters, items = stored.kinds()
    assert letters == {"reserved": SEATS, "reminder": SEATS, "waiting": LINE, "staff_request": SEATS + LINE}
    one_each = {name: items[name] for name in ("CONTACT", "BOOKING", "SEAT", "FIND", "WHO")}
    assert set(one_each.values()) == {SEATS + LINE}, one_each
    emails = stored.contacts()
    assert sent(inbox, "reserved", "waiting") == Counter(
        [("reserved", emails[who]) for who in stored.roster(Place.SEAT)]
        + [("waiting", emails[who]) for who in stored.roster(Place.WAITING)]
    )


def assert_the_line_is_in_order(stored, inbox, placed):
    """Each was told the position of their commit, and nobody stands behind somebody who came after their answer."""
    emails, waiting = stored.contacts(), stored.session.waiting
    assert set(waiting) == set(stored.roster(Place.WAITING))
    told = said(inbox, "waiting", r"position on the waiting list now: (\d+)")
    assert told == {emails[who]: str(at) for at, who in enumerate(waiting, start=1)}

    seated = [placed[emails[who]] for who in stored.roster(Place.SEAT)]
    line = [placed[emails[who]] for who in waiting]
    ranks = {visitor.email: 0 for visitor in seated} | {visitor.email: at for at, visitor in enumerate(line, start=1)}
    one_after_the_other = [
        (before, after) for before, after in product(placed.values(), repeat=2) if before.answered < after.began
    ]
    assert {after.email for _, after in one_after_the_other} & {visitor.email for visitor in line}
    assert all(ranks[before.email] <= ranks[after.email] for before, after in one_after_the_other)


def give_up_twenty(service, stored, inbox):
    """At the same moment, each on their own page; the first of the line sit down in order, and are told once."""
    emails, before, line = stored.contacts(), stored.roster(Place.SEAT), stored.session.waiting
    pages = said(inbox, "reserved", rf"^{service.url}(\S+/my/\S+)$")
    leaving = random.sample(sorted(before), GIVE_UP)
    watch = Watch(stored)
    watch.start()

    cancel = {"act": "cancel", "session": SESSION}
    answers = results(all_at_once(lambda who: post(service, pages[emails[who]], cancel), leaving))

    seen = watch.end()
    assert {answer.status_code for answer in answers} == {303}
    assert all(line[len(line) - len(each) :] == each for each in seen), "somebody was passed over"
    assert all(len(later) <= len(earlier) for earlier, later in pairwise(seen))
    assert len(seen) > 3, "nobody looked while the line moved"
    assert stored.session.waiting == line[GIVE_UP:]
    assert stored.session.taken == SEATS
    placed = line[:GIVE_UP]
    assert set(stored.roster(Place.SEAT)) == (set(before) - set(leaving)) | set(placed)
    assert sent(service.inbox(), "placed", "cancelled") == Counter(
        [("placed", emails[who]) for who in placed] + [("cancelled", emails[who]) for who in leaving]
    )
    letters, _ = stored.kinds()
    assert (letters["placed"], letters["cancelled"], letters["staff_cancelled"]) == (GIVE_UP, GIVE_UP, GIVE_UP)
    assert letters["reminder"] == SEATS + GIVE_UP

    service.advance("P20D")
    assert sent(service.inbox(), "reminder") == Counter(("reminder", emails[who]) for who in stored.roster(Place.SEAT))
