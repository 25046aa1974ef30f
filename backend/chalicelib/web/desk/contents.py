"""The pages of the desk, by their addresses below /desk/{lang}/ as app.py has them."""

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
    "requests/{reference}": DeskPage(request.show, request_acts.ACTS),
    "find": DeskPage(find.show, find.ACTS),
    "months/{month}": DeskPage(month.show, {}),
    "requests/new": DeskPage(callers.show_request, callers.REQUEST),
    "contacts/{reference}": DeskPage(contact.show, {**contact_acts.ACTS, **contact_person.ACTS}),
    "contacts/{reference}/merge": DeskPage(merge.show, merge.ACTS),
    "sessions": DeskPage(sessions.show, {}),
    "sessions/new": DeskPage(session_pages.show_new, session_pages.NEW),
    "sessions/{session_id}": DeskPage(session.show, session.ACTS),
    "sessions/{session_id}/change": DeskPage(session_pages.show_change, session_pages.CHANGE),
    "sessions/{session_id}/cancel": DeskPage(session_pages.show_cancel, session_pages.CANCEL),
    "sessions/{session_id}/sheet": DeskPage(session_pages.show_sheet, {}),
    "sessions/{session_id}/sign-up": DeskPage(callers.show_sign_up, callers.SIGN_UP),
    "audit": DeskPage(audit.show, {}),
}
