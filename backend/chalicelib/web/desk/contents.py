"""The pages of the desk, by the names that app.py gives them."""

from collections.abc import Mapping

from chalicelib.web.desk import audit, request, today
from chalicelib.web.desk.visit import DeskPage

CONTENTS: Mapping[str, DeskPage] = {
    "today": DeskPage(today.show, today.ACTS),
    "request": DeskPage(request.show, {}),
    "audit": DeskPage(audit.show, {}),
}
