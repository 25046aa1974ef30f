"""The pages of the desk, by the ways to them with a place for each variable part; one to a reference is it alone."""

from collections.abc import Mapping

from chalicelib.web.desk import (
    audit,
    callers,
    contact,
    contact_acts,
    contact_person,
    find,
    merge,
    month,
    request,
    request_acts,
    session,
    session_pages,
    sessions,
    today,
)
from chalicelib.web.desk.visit import DeskPage

CONTENTS: Mapping[str, DeskPage] = {
    "today": DeskPage(today.show, today.ACTS),
    "{}": DeskPage(request.show, request_acts.ACTS),
    "find": DeskPage(find.show, find.ACTS),
    "months/{}": DeskPage(month.show, {}),
    "requests/new": DeskPage(callers.show_request, callers.REQUEST),
    "contacts/{}": DeskPage(contact.show, {**contact_acts.ACTS, **contact_person.ACTS}),
    "contacts/{}/merge": DeskPage(merge.show, merge.ACTS),
    "sessions": DeskPage(sessions.show, {}),
    "sessions/new": DeskPage(session_pages.show_new, session_pages.NEW),
    "sessions/{}": DeskPage(session.show, session.ACTS),
    "sessions/{}/change": DeskPage(session_pages.show_change, session_pages.CHANGE),
    "sessions/{}/cancel": DeskPage(session_pages.show_cancel, session_pages.CANCEL),
    "sessions/{}/sheet": DeskPage(session_pages.show_sheet, {}),
    "sessions/{}/sign-up": DeskPage(callers.show_sign_up, callers.SIGN_UP),
    "audit": DeskPage(audit.show, {}),
}
