"""The shape of a session and of a place in it, and what is read back from them."""

import json
from datetime import datetime

from chalicelib.domain.booking import BookingState
from chalicelib.domain.session import Meeting, Place, Session, SessionKind
from chalicelib.storage import places
from chalicelib.storage.values import Values, write_moment
from chalicelib.usecases.session_ports import Invited, Seat, Taking


def of_session(session: Session) -> Values:
    return {
        **places.of_session(session.id),
        **plan_of_session(session),
        "taken": session.taken,
        "waiting": session.waiting,
        "full_told": session.full_told,
    }


def plan_of_session(session: Session) -> Values:
    """What staff decide, with its place in the index; a cancelled session is listed with the others that are off."""
    listed = places.CANCELLED_SESSIONS if session.cancelled else places.listed_sessions(session.kind)
    return {
        "kind": session.kind.value,
        "languages": session.languages,
        "meetings": tuple(json.dumps(_written(meeting), ensure_ascii=False) for meeting in session.meetings),
        "dropped": tuple(json.dumps(_written(meeting), ensure_ascii=False) for meeting in session.dropped),
        "capacity": session.capacity,
        "waiting_max": session.waiting_max,
        "published": session.published,
        "cancelled": session.cancelled,
        "example": session.example,
        "version": session.version,
        "due_key": listed,
        "due_at": write_moment(session.start),
    }


def to_session(values: Values) -> Session:
    return Session(
        id=places.session_id_in(values),
        kind=SessionKind(values["kind"]),
        languages=values["languages"],
        meetings=tuple(_read(json.loads(meeting)) for meeting in values["meetings"]),
        capacity=values["capacity"],
        waiting_max=values["waiting_max"],
        published=values["published"],
        cancelled=values["cancelled"],
        example=values["example"],
        taken=values["taken"],
        waiting=values["waiting"],
        full_told=values.get("full_told", 0),
        version=values["version"],
        dropped=tuple(_read(json.loads(meeting)) for meeting in values.get("dropped", ())),
    )


def of_seat(contact_id: str, reference: str, taking: Taking) -> Values:
    """One line of the roster; listed by the day after the session for as long as it holds needs."""
    due = places.due_for_needs(taking.session.last_day) if taking.needs else None
    return {
        **places.of_seat(taking.session.id, contact_id),
        "reference": reference,
        "place": taking.place.value,
        "needs": taking.needs,
        **known_of(taking.session),
        "due_key": due,
        "due_at": write_moment(taking.session.start) if due else None,
    }


def known_of(session: Session) -> Values:
    """What the person on a seat was told of the session."""
    return {"told": session.version, "start": write_moment(session.start)}


def to_seat(values: Values) -> Seat:
    return Seat(
        places.holder_in(values),
        values["reference"],
        Place(values["place"]),
        values.get("needs", ()),
        values["told"],
        datetime.fromisoformat(values["start"]),
    )


def to_invited(values: Values) -> Invited:
    return Invited(places.contact_id_in(values) or "", values["reference"], BookingState(values["state"]))


def _written(meeting: Meeting) -> Values:
    return {"start": write_moment(meeting.start), "end": write_moment(meeting.end), "place": meeting.place}


def _read(meeting: Values) -> Meeting:
    return Meeting(datetime.fromisoformat(meeting["start"]), datetime.fromisoformat(meeting["end"]), meeting["place"])
