"""What the staff desk says of sessions: why one cannot be planned so, and what came of noting who was there."""

from chalicelib.words.catalogues import N_

# Of each reason of ImpossibleSessionError, the field of forms/session.py and what is wrong there.
IMPOSSIBLE: dict[str, tuple[str, str]] = {
    # NOTE: error of the desk above a form for a session
    "id": ("kind", N_("Open the form for a new session again")),
    # NOTE: error of the desk at the meetings of a session
    "order": ("meeting_1", N_("Enter a meeting. Each one ends after it starts, and before the next one starts")),
    # NOTE: error of the desk at the boxes with languages
    "languages": ("languages", N_("Choose at least one language")),
    # NOTE: error of the desk at the number of places
    "capacity": ("capacity", N_("At least one place is needed")),
    # NOTE: error of the desk at a field for a number of places
    "waiting": ("waiting", N_("Enter a number, such as 20")),
    # NOTE: error of the desk at the meetings of a citizenship course
    "course": ("meeting_1", N_("The meetings do not have the number and the hours of a citizenship course")),
    # NOTE: error of the desk at the number of places of an individual appointment
    "slot": ("capacity", N_("An individual appointment has one place and no waiting list: enter 1 and 0")),
    # NOTE: error of the desk at the number of places
    "taken": ("capacity", N_("More places than that are taken already")),
    # NOTE: error of the desk at the meetings of a session
    "past": ("meeting_1", N_("The session must not have begun")),
    # NOTE: error of the desk above a form for a session
    "cancelled": ("kind", N_("This session was cancelled. Plan a new one")),
}

# Of each outcome of usecases/mark_attendance.py what it is called, before a number.
NOTED: dict[str, str] = {
    # NOTE: before a number of people, once staff have noted who came to a session; keep the colon
    "attended": N_("Took part:"),
    # NOTE: before a number of people, once staff have noted who came to a session; keep the colon
    "missed": N_("Did not come:"),
    # NOTE: before a number of people: who was there was noted, and a further meeting is to come; keep the colon
    "confirmed": N_("Noted so far:"),
    # NOTE: before a number of people, of whom the same was noted before; keep the colon
    "unchanged": N_("As it was noted before:"),
    # NOTE: before a number of people; keep the colon
    "changed": N_("Not noted, because it has changed meanwhile; please look again:"),
    # NOTE: before a number of people, who gave up their place or whose data were deleted; keep the colon
    "gone": N_("Not noted, because the person has no place any more:"),
    # NOTE: before a number of people, of whom nothing could be stored now; keep the colon
    "busy": N_("Not noted yet, because the service is busy; please send it again:"),
    # NOTE: before a number of people, of whom what is stored is damaged; keep the colon
    "unreadable": N_("Not noted, because the entry is damaged; please tell the operator:"),
}
