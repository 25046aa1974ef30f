"""Staff plan, publish, change and cancel sessions at the desk, see who comes, and note who came."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest

import timetable
from chalicelib.domain.booking import BookingState
from chalicelib.domain.desk import Act, DeskSession, session_mark
from chalicelib.domain.session import SessionKind
from chalicelib.forms.session import SessionForm
from chalicelib.usecases.answer_invitation import accept_invitation, decline_invitation
from chalicelib.usecases.invite_signatories import go_on_inviting
from chalicelib.usecases.plan_sessions import cancel_session, plan_sessions
from chalicelib.usecases.sign_in import Door
from chalicelib.web.desk.contents import CONTENTS
from chalicelib.web.desk.desk import Desk
from chalicelib.web.pages import Pages
from chalicelib.web.request import Request
from chalicelib.words.catalogues import words
from chalicelib.words.planning import IMPOSSIBLE
from tests.examples import NOW
from tests.fakes.desk import FakeSignIns, never_unsealed
from tests.fakes.limits import FakeLimits
from tests.unit.test_mark_attendance import COURSE, INFORMATION, STAFF
from tests.unit.test_mark_attendance import Desk as Office
from tests.web import test_sign_ups

SECRET = "5" * 64
SITE = "https://forum-cai.example"
SESSION, CHANGE, CANCEL, SHEET = (
    "sessions/{session_id}",
    "sessions/{session_id}/change",
    "sessions/{session_id}/cancel",
    "sessions/{session_id}/sheet",
)
NEW = {
    "id": "abc123",
    "version": "0",
    "kind": "information",
    "languages": ["fr", "lb"],
    "capacity": "20",
    "waiting": "5",
    "meeting_1-day": "2026-12-12",
    "meeting_1-start": "10:00",
    "meeting_1-end": "12:00",
    "meeting_1-place": "Example hall",
}


def text(answer):
    return test_sign_ups.text(answer.body)


class Staff(Office):
    """Somebody signed in at the desk, over fakes."""

    def __init__(self, mode="demonstration"):
        super().__init__()
        sign_ins = FakeSignIns(self.store, self.audit)
        mark = session_mark(SECRET)
        sign_ins.sessions[mark] = DeskSession(mark, STAFF, datetime(2030, 1, 1, tzinfo=UTC))
        door = Door(frozenset({STAFF}), sign_ins, FakeLimits(), (b"k" * 32,))
        self.desk = Desk(SITE, Pages(mode), lambda: door, lambda: self.back, never_unsealed)

    def get(self, page, *named, language="en", **query):
        return self.desk.show(page, self._request(query=query), language, self.now, *named)

    def post(self, page, fields, *named, language="en"):
        request = self._request(body=urlencode(fields, doseq=True).encode())
        return self.desk.post(page, request, language, self.now, *named)

    def read(self, page, *named, **query):
        answer = self.get(page, *named, **query)
        assert answer.status == 200
        return text(answer)

    def plan(self, page="sessions/new", *named, **changes):
        fields = NEW | {name.replace("__", "-"): value for name, value in changes.items()}
        return self.post(
            page, {name: value for name, value in fields.items() if value is not None} | {"act": "plan"}, *named
        )

    def session(self, name="abc123"):
        return self.office.sessions.read(name)

    def send_marks(self, *present, name="info", page=None):
        """Sends the form for who came as the page shows it, or as an older one did, with these boxes."""
        listed = re.search(r'name="listed" value="([^"]*)"', page or self.get(SESSION, name).body)[1]
        return self.post(SESSION, {"act": "note", "listed": listed, "present": present}, name)

    def done(self, what):
        return [each.reference for each in self.audit.deeds if each.what is what]

    def _request(self, query=None, body=b""):
        headers = {"cookie": f"__Host-desk={SECRET}", "sec-fetch-site": "same-origin"}
        return Request(headers, body, "192.0.2.1", query or {})


@pytest.fixture
def staff():
    return Staff()


def fields_of(page):
    """What the inputs of a form hold that are not boxes."""
    inputs = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", page)]
    shown = {each["name"]: each.get("value", "") for each in inputs if each.get("type") not in ("checkbox", "radio")}
    boxes = re.findall(r'<input type="(?:checkbox|radio)" name="(\w+)"[^>]* value="([^"]*)" checked', page)
    for name, value in boxes:
        shown.setdefault(name, []).append(value)
    return shown


class TestList:
    def test_sessions_to_come_stand_by_kind_and_those_that_have_begun_apart(self, staff):
        staff.signed_up("ada")
        staff.now = INFORMATION.start + timedelta(days=1)

        page = staff.read("sessions")

        assert page.index("Information session") < page.index("note who came") < page.index("Citizenship course")
        assert "1 of 2" in page
        assert "/api/desk/en/sessions/info" in staff.get("sessions").body

    @pytest.mark.parametrize("state", ["Draft", "Published", "Cancelled"])
    def test_each_says_whether_residents_see_it(self, staff, state):
        if state == "Draft":
            staff.office.sessions.add(replace(INFORMATION, id="draft", published=False))
        if state == "Cancelled":
            cancel_session("info", staff.office.sessions)

        assert state in staff.read("sessions")

    def test_slots_have_a_page_of_their_own(self, staff):
        assert "sessions/slot" not in staff.get("sessions").body
        assert "sessions/slot" in staff.get("sessions", kind="slot").body
        assert "sessions/info" not in staff.get("sessions", kind="slot").body

    @pytest.mark.parametrize("page", [SESSION, CHANGE, CANCEL, SHEET])
    @pytest.mark.parametrize("name", ["nothing", "not an id", "x" * 41])
    def test_what_is_not_there_is_said_with_a_way_back(self, staff, page, name):
        answer = staff.get(page, name)

        assert answer.status == 404
        assert "There is no such session" in text(answer)
        assert "/api/desk/en/sessions" in answer.body


class TestForm:
    def test_a_new_session_is_stored_as_it_was_described(self, staff):
        answer = staff.plan(
            meeting_2__day="19.12.2026", meeting_2__start="9h30", meeting_2__end="11.45", meeting_2__place="B"
        )

        assert (answer.status, answer.extra["Location"]) == (303, "/api/desk/en/sessions/abc123")
        session = staff.session()
        assert (session.kind, session.languages, session.capacity, session.waiting_max, session.published) == (
            SessionKind.INFORMATION,
            ("fr", "lb"),
            20,
            5,
            False,
        )
        assert [each.start for each in session.meetings] == [
            datetime(2026, 12, 12, 9, tzinfo=UTC),
            datetime(2026, 12, 19, 8, 30, tzinfo=UTC),
        ]
        assert staff.done(Act.PLANNED) == ["abc123"]

    def test_a_form_that_is_sent_twice_stores_once(self, staff):
        staff.plan()
        again = staff.plan()

        assert again.status == 303
        assert staff.session().version == 1
        assert staff.done(Act.PLANNED) == ["abc123"]

    def test_each_blank_form_has_an_id_of_its_own(self, staff):
        ids = {fields_of(staff.get("sessions/new").body)["id"] for _ in range(3)}

        assert len(ids) == 3

    def test_a_form_may_begin_like_another_session_on_other_days(self, staff):
        shown = fields_of(staff.get("sessions/new", like="course").body)

        assert (shown["capacity"], shown["kind"], shown["languages"]) == ("2", ["citizenship"], ["fr"])
        assert (shown["meeting_2-day"], shown["meeting_2-start"]) == ("", "10:00")
        assert (shown["id"] == "course", shown["version"], "published" in shown) == (False, "0", False)

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            ({"kind": None}, "kind", "Choose from the list"),
            ({"kind": "party"}, "kind", "Choose from the list"),
            ({"languages": None}, "languages", "Choose at least one language"),
            ({"languages": ["xx"]}, "languages", "Choose from the list"),
            ({"capacity": "many"}, "capacity", "Enter a number, such as 20"),
            ({"capacity": "0"}, "capacity", "At least one place is needed"),
            ({"waiting": "-1"}, "waiting", "Enter a number, such as 20"),
            ({"meeting_1__day": "31.2.2027"}, "meeting_1", "Enter the day of the meeting"),
            ({"meeting_1__day": ""}, "meeting_1", "Enter the day of the meeting"),
            ({"meeting_1__day": "2206-12-12"}, "meeting_1", "Choose a day from today on"),
            ({"meeting_1__day": "2026-11-20"}, "meeting_1", "Choose a day from today on"),
            ({"meeting_1__day": "2026-11-21", "meeting_1__start": "08:00"}, "meeting_1", "must not have begun"),
            ({"meeting_1__start": "25:00"}, "meeting_1", "Enter when the meeting starts"),
            ({"meeting_1__end": "late"}, "meeting_1", "Enter when the meeting ends"),
            ({"meeting_1__end": "09:00"}, "meeting_1", "Each one ends after it starts"),
            ({"meeting_1__day": "2027-03-28", "meeting_1__start": "02:30"}, "meeting_1", "No clock shows this time"),
            ({"meeting_1__place": ""}, "meeting_1", "Enter where the meeting takes place"),
            ({"meeting_1__place": "x" * 201}, "meeting_1", "Enter where the meeting takes place"),
            ({"meeting_2__place": "Only a place"}, "meeting_2", "Enter the day of the meeting"),
            ({"kind": "citizenship"}, "meeting_1", "the number and the hours"),
            ({"kind": "slot"}, "capacity", "enter 1 and 0"),
        ],
    )
    def test_each_mistake_is_named_at_its_field_and_nothing_is_stored(self, staff, changes, field, sentence):
        answer = staff.plan(**changes)

        assert answer.status == 422
        assert sentence in text(answer)
        assert f'<a href="#{field}">' in answer.body
        assert re.search(rf'id="{field}(-error)?"', answer.body)
        assert "Error:" in re.search("<title>(.*?)</title>", answer.body)[1]
        assert staff.session() is None
        assert staff.done(Act.PLANNED) == []

    def test_every_answer_is_kept(self, staff):
        sent = {"meeting_1-day": "soon", "meeting_1-start": "10h", "meeting_1-place": "Hall <A>", "capacity": "many"}

        shown = fields_of(staff.post("sessions/new", NEW | sent | {"act": "plan"}).body)

        assert shown == {
            k: v if isinstance(v, list) else v.replace("<A>", "&lt;A&gt;")
            for k, v in (
                NEW
                | sent
                | {"kind": ["information"]}
                | {f"meeting_{n}-{p}": "" for n in (2, 3) for p in ("day", "start", "end", "place")}
            ).items()
        }

    def test_all_mistakes_are_named_at_once(self, staff):
        answer = staff.post("sessions/new", {"act": "plan"})

        wrong = re.findall(r'<li><a href="#(\w+)">', answer.body)
        assert wrong == ["kind", "languages", "capacity", "waiting", "meeting_1"]
        assert "Enter a meeting." in text(answer)

    def test_every_reason_why_a_session_cannot_be_has_its_words_and_a_field(self):
        assert set(IMPOSSIBLE) == set(timetable._IMPOSSIBLE)
        assert {field for field, _ in IMPOSSIBLE.values()} <= set(SessionForm.__dict__)


def changed(staff, name="info", **changes):
    """The form for a change as it is shown, with changes, sent."""
    shown = fields_of(staff.get(CHANGE, name).body)
    return staff.post(CHANGE, shown | changes | {"act": "plan"}, name)


class TestChange:
    def test_the_form_shows_the_session_as_it_is(self, staff):
        shown = fields_of(staff.get(CHANGE, "course").body)

        assert (shown["kind"], shown["version"], shown["capacity"], shown["languages"]) == (
            "citizenship",
            "1",
            "2",
            ["fr"],
        )
        assert (shown["meeting_1-day"], shown["meeting_1-start"], shown["meeting_1-end"]) == (
            "2026-12-12",
            "10:00",
            "13:00",
        )
        assert (shown["meeting_3-day"], shown["published"]) == ("", ["yes"])

    def test_a_change_is_stored_and_is_to_be_told(self, staff):
        answer = changed(staff, capacity="30")

        assert answer.status == 303
        assert (staff.session("info").capacity, staff.session("info").version) == (30, 2)
        assert list(staff.office.sessions.changed()) == ["info"]

    def test_sent_as_it_is_it_changes_nothing(self, staff):
        before = staff.session("info")

        assert changed(staff).status == 303
        assert staff.session("info") == before
        assert staff.audit.deeds == []

    def test_the_order_of_the_languages_is_no_change(self, staff):
        staff.office.sessions.replan(replace(INFORMATION, languages=("lb", "fr"), version=2))

        assert fields_of(staff.get(CHANGE, "info").body)["languages"] == ["lb", "fr"]
        assert changed(staff).status == 303
        assert staff.session("info").version == 2

    def test_a_language_that_is_none_of_ours_stays(self, staff):
        staff.office.sessions.replan(replace(INFORMATION, languages=("fr", "pt"), version=2))

        changed(staff, capacity="30")

        assert staff.session("info").languages == ("fr", "pt")

    def test_a_stale_form_is_refused_with_what_changed(self, staff):
        old = fields_of(staff.get(CHANGE, "info").body)
        changed(staff, capacity="30")

        answer = staff.post(CHANGE, old | {"act": "plan", "waiting": "7"}, "info")

        assert answer.status == 409
        assert "Number of places: stored now “30”, entered “2”" in text(answer)
        assert "Number of places on the waiting list: stored now “5”, entered “7”" in text(answer)
        assert (staff.session("info").capacity, staff.session("info").waiting_max) == (30, 5)
        assert staff.done(Act.PLANNED) == ["info"]

    def test_what_was_entered_is_stored_once_somebody_has_seen_what_changed(self, staff):
        old = fields_of(staff.get(CHANGE, "info").body)
        changed(staff, capacity="30")
        refused = staff.post(CHANGE, old | {"act": "plan"}, "info")

        staff.post(CHANGE, fields_of(refused.body) | {"act": "plan"}, "info")

        assert staff.session("info").capacity == 2

    def test_seats_that_are_taken_cannot_be_taken_away(self, staff):
        for who in ("ada", "ben"):
            staff.signed_up(who)

        answer = changed(staff, capacity="1")

        assert (answer.status, staff.session("info").capacity) == (422, 2)
        assert "More places than that are taken already" in text(answer)

    @pytest.mark.parametrize("why", ["begun", "cancelled"])
    def test_what_is_over_or_off_is_changed_no_more(self, staff, why):
        form = fields_of(staff.get(CHANGE, "info").body)
        if why == "begun":
            staff.now = INFORMATION.start
        else:
            cancel_session("info", staff.office.sessions)
        before = staff.session("info")

        assert staff.get(CHANGE, "info").extra["Location"] == "/api/desk/en/sessions/info"
        assert staff.post(CHANGE, form | {"act": "plan", "capacity": "30"}, "info").status == 409
        assert staff.session("info") == before

    @pytest.mark.parametrize("version", ["", "x", "-1", "9" * 12, "²"])
    def test_a_form_without_a_version_changes_nothing(self, staff, version):
        form = fields_of(staff.get(CHANGE, "info").body)

        answer = staff.post(CHANGE, form | {"version": version, "capacity": "30", "act": "plan"}, "info")

        assert (answer.status, staff.session("info").capacity) == (409, 2)

    def test_a_draft_is_published_by_one_press(self, staff):
        plan_sessions([replace(INFORMATION, id="draft", published=False)], staff.office.sessions, staff.now)
        form = fields_of(staff.get(SESSION, "draft").body)

        answers = [staff.post(SESSION, form | {"act": "publish"}, "draft").status for _ in range(2)]

        assert answers == [303, 303]
        assert (staff.session("draft").published, staff.done(Act.PLANNED)) == (True, ["draft"])
        assert "Publish</button>" not in staff.get(SESSION, "draft").body

    def test_a_stale_page_publishes_nothing(self, staff):
        plan_sessions([replace(INFORMATION, id="draft", published=False)], staff.office.sessions, staff.now)
        form = fields_of(staff.get(SESSION, "draft").body)
        changed(staff, "draft", capacity="30")

        answer = staff.post(SESSION, form | {"act": "publish"}, "draft")

        assert (answer.status, staff.session("draft").published) == (409, False)
        assert "This has changed meanwhile" in text(answer)


class TestCancel:
    def test_it_is_asked_once_more_and_says_how_many_are_told(self, staff):
        for who in ("ada", "ben", "cyd"):
            staff.signed_up(who)

        assert "are told: 3" in staff.read(CANCEL, "info")
        assert not staff.session("info").cancelled

    def test_a_press_cancels_once_and_the_roster_is_to_be_told(self, staff):
        form = fields_of(staff.get(CANCEL, "info").body) | {"act": "cancel"}

        answers = [staff.post(CANCEL, form, "info").status for _ in range(2)]

        assert (answers, staff.session("info").cancelled) == ([303, 303], True)
        assert staff.done(Act.CANCELLED_SESSION) == ["info"]
        assert list(staff.office.sessions.changed()) == ["info"]
        assert "This session is cancelled." in staff.read(CANCEL, "info")

    def test_a_stale_page_cancels_nothing(self, staff):
        form = fields_of(staff.get(CANCEL, "info").body) | {"act": "cancel"}
        changed(staff, capacity="30")

        assert staff.post(CANCEL, form, "info").status == 409
        assert not staff.session("info").cancelled
        assert staff.done(Act.CANCELLED_SESSION) == []

    def test_what_has_begun_is_cancelled_no_more(self, staff):
        form = fields_of(staff.get(CANCEL, "info").body) | {"act": "cancel"}
        staff.now = INFORMATION.start

        assert staff.get(CANCEL, "info").status == 404
        assert staff.post(CANCEL, form, "info").status == 404
        assert not staff.session("info").cancelled


class TestRoster:
    def test_who_has_a_seat_stands_by_name_and_who_waits_by_turn(self, staff):
        for who in ("Zora", "Ada", "Yves", "Ben"):
            staff.signed_up(who)

        page = staff.read(SESSION, "info")

        assert re.findall(r"(\w+) Fictiva", page) == ["Ada", "Zora", "Yves", "Ben"]
        assert f"/api/desk/en/requests/{staff.references['Yves']}" in staff.get(SESSION, "info").body
        assert "Ada@example.org" in page

    def test_a_place_is_given_up_for_somebody_and_the_next_one_sits_down(self, staff):
        for who in ("ada", "ben", "cyd"):
            staff.signed_up(who)
        form = {"act": "give-up", "reference": staff.references["ada"]}

        assert staff.post(SESSION, form, "info").status == 303
        assert staff.booking("ada").state is BookingState.CANCELLED
        assert staff.booking("cyd").state is BookingState.CONFIRMED
        assert staff.post(SESSION, form, "info").status == 409
        assert staff.done(Act.GAVE_UP_PLACE) == [staff.references["ada"]]

    @pytest.mark.parametrize("reference", ["", "7KPX-2M4Q", "x" * 3000])
    def test_a_reference_that_has_no_place_gives_nothing_up(self, staff, reference):
        staff.signed_up("ada")

        assert staff.post(SESSION, {"act": "give-up", "reference": reference}, "info").status == 409
        assert staff.booking("ada").state is BookingState.CONFIRMED

    def test_nobody_gives_up_what_has_begun(self, staff):
        staff.signed_up("ada")
        staff.now = INFORMATION.start

        assert staff.post(SESSION, {"act": "give-up", "reference": staff.references["ada"]}, "info").status == 409
        assert "Cannot come" not in staff.read(SESSION, "info")

    def test_who_is_being_deleted_is_nowhere(self, staff):
        staff.signed_up("Ada")
        staff.office.contacts.ask_deletion("Ada", date(2026, 11, 21))

        assert "Nobody at the moment." in staff.read(SESSION, "info")

    def test_an_unknown_act_changes_nothing(self, staff):
        assert staff.post(SESSION, {"act": "other"}, "info").extra["Location"] == "/api/desk/en/sessions/info"


class TestInvitations:
    def test_all_signatories_are_invited_by_the_next_run(self, staff):
        answers = [staff.post(SESSION, {"act": "invite"}, "day").status for _ in range(2)]

        assert answers == [303, 303]
        assert list(staff.office.sessions.inviting()) == ["day"]
        assert "Everybody who has signed is being invited." in staff.read(SESSION, "day")

    def test_who_has_not_answered_or_declined_is_listed_with_the_numbers(self, staff):
        for who in ("Ada", "Ben", "Cyd"):
            staff.records().signature(staff.signed_up(who, "course"), date(2026, 11, 20))
        staff.post(SESSION, {"act": "invite"}, "day")
        go_on_inviting(staff.office, staff.now)
        accept_invitation("Ada", "day", ("step-free",), staff.office, staff.now)
        decline_invitation("Ben", "day", staff.office, staff.now)

        page = staff.read(SESSION, "day")

        assert "Accepted: 1 No answer yet: 1 Declined: 1" in page
        assert re.findall(r"(\w+) Fictiva", page) == ["Ada", "Cyd", "Ben"]
        assert "Needs: Access without steps" in page

    def test_a_kind_that_takes_no_invitations_has_no_button(self, staff):
        assert 'value="invite"' not in staff.get(SESSION, "info").body
        assert staff.post(SESSION, {"act": "invite"}, "info").status == 409
        assert list(staff.office.sessions.inviting()) == []


class TestWhoCame:
    def test_boxes_are_shown_once_a_meeting_has_begun(self, staff):
        staff.signed_up("ada", "course")
        assert "Who came?" not in staff.read(SESSION, "course")

        staff.now = COURSE.start
        assert staff.get(SESSION, "course").body.count('name="present"') == 1
        staff.after(COURSE)
        assert staff.get(SESSION, "course").body.count('name="present"') == 2

    def test_all_are_noted_by_one_press_and_counted(self, staff):
        for who in ("ada", "ben"):
            staff.signed_up(who)
        staff.after(INFORMATION)

        answer = staff.send_marks(f"{staff.references['ada']}.1")

        assert answer.status == 200
        assert "Took part: 1" in text(answer)
        assert "Did not come: 1" in text(answer)
        assert [staff.booking(who).state.value for who in ("ada", "ben")] == ["attended", "missed"]
        assert answer.body.count(" checked") == 1

    def test_the_same_form_again_notes_nothing_twice(self, staff):
        staff.signed_up("ada")
        staff.after(INFORMATION)
        page = staff.get(SESSION, "info").body
        staff.send_marks(f"{staff.references['ada']}.1", page=page)

        again = staff.send_marks(f"{staff.references['ada']}.1", page=page)

        assert (again.status, "As it was noted before: 1" in text(again)) == (200, True)
        assert len(staff.done(Act.NOTED_ATTENDED)) == 1

    def test_what_somebody_else_noted_meanwhile_is_kept_and_said(self, staff):
        for who in ("ada", "ben"):
            staff.signed_up(who)
        staff.after(INFORMATION)
        page = staff.get(SESSION, "info").body
        staff.send_marks(f"{staff.references['ada']}.1", page=page)

        answer = staff.send_marks(f"{staff.references['ben']}.1", page=page)

        assert answer.status == 409
        assert "Not noted, because it has changed meanwhile; please look again: 2" in text(answer)
        assert [staff.booking(who).state.value for who in ("ada", "ben")] == ["attended", "missed"]

    def test_all_boxes_can_be_ticked_before_anything_is_noted(self, staff):
        for who in ("ada", "ben"):
            staff.signed_up(who)
        staff.after(INFORMATION)

        assert staff.get(SESSION, "info").body.count(" checked") == 0
        assert staff.get(SESSION, "info", tick="all").body.count(" checked") == 2
        assert staff.booking("ada").state is BookingState.CONFIRMED

    def test_who_sits_on_a_roster_of_hundreds_fits_into_one_form(self, staff):
        staff.office.sessions.replan(replace(INFORMATION, capacity=300, version=2))
        for number in range(300):
            staff.signed_up(f"guest{number}")
        staff.after(INFORMATION)
        present = [f"{reference}.1" for reference in staff.references.values()]

        assert "Took part: 300" in text(staff.send_marks(*present))

    @pytest.mark.parametrize("listed", ["", "nonsense", "7KPX-2M4Q", "7KPX-2M4Q:confirmed " * 3, ":::"])
    def test_what_no_page_of_ours_would_send_does_no_harm(self, staff, listed):
        staff.signed_up("ada")
        staff.after(INFORMATION)

        answer = staff.post(SESSION, {"act": "note", "listed": listed, "present": ["x", "x.y", "x.1.2"]}, "info")

        assert answer.status in (200, 409)
        assert staff.booking("ada").state is BookingState.CONFIRMED

    @pytest.mark.parametrize("why", ["not begun", "cancelled"])
    def test_nothing_is_noted_of_what_did_not_take_place(self, staff, why):
        staff.signed_up("ada")
        if why == "cancelled":
            cancel_session("info", staff.office.sessions)
            staff.now = INFORMATION.start

        answer = staff.post(SESSION, {"act": "note", "listed": f"{staff.references['ada']}:confirmed"}, "info")

        assert answer.status == 409
        assert staff.booking("ada").state is BookingState.CONFIRMED


class TestSheet:
    def test_it_has_a_line_for_each_seat_and_a_column_for_each_meeting(self, staff):
        for who in ("Zora", "Ada", "Yves"):
            staff.signed_up(who, "course")

        page = staff.get(SHEET, "course", language="fr")

        assert re.findall(r"Fictiva, (\w+)", page.body) == ["Ada", "Zora"]
        assert page.body.count("<tr>") == 3
        assert page.body.count("<th scope") == 4
        assert words("fr").gettext("No.") in page.body

    def test_it_names_people_and_says_nothing_else_of_them(self, staff):
        staff.signed_up("Ada")

        page = staff.get(SHEET, "info", language="fr").body

        assert "example.org" not in page
        assert staff.references["Ada"] not in page

    def test_the_session_links_to_it_in_french(self, staff):
        assert 'href="/api/desk/fr/sessions/info/sheet"' in staff.get(SESSION, "info").body


PAGES = [page for page in CONTENTS if page.startswith("sessions")]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_is_not_signed_in_is_led_to_the_door_and_back(staff, page, language):
    named = ("info",) * page.count("{")
    request = Request({"sec-fetch-site": "same-origin"}, b"", "192.0.2.1", {})

    answer = staff.desk.show(page, request, language, NOW, *named)

    assert answer.extra["Location"] == f"/api/desk/{language}/sign-in?next={page.replace('{session_id}', 'info')}"


def test_what_was_done_to_a_session_leads_to_it(staff):
    staff.plan()

    assert 'href="/api/desk/en/sessions/abc123"' in staff.get("audit").body


def test_somebody_who_signs_up_while_a_page_is_open_makes_it_not_stale(staff):
    form = fields_of(staff.get(CHANGE, "info").body)
    staff.signed_up("ada")

    assert staff.post(CHANGE, form | {"act": "plan", "capacity": "30"}, "info").status == 303
    assert staff.session("info").taken == 1
