"""The shape of vouchers and certificates in the table, and what is read back from them."""

from dataclasses import asdict, fields
from datetime import date

from chalicelib.domain.papers import Certificate, CertificateKind, Course, Paper, Voucher
from chalicelib.storage import places
from chalicelib.storage.values import Values


def of_paper(contact_id: str, paper: Paper) -> Values:
    """A voucher with the course that it was used for; number and kind stand in the key."""
    key = places.of_paper(contact_id, paper)
    if not isinstance(paper, Voucher):
        return {**key, "recorded_on": paper.recorded_on.isoformat()}
    course = asdict(paper.course) if paper.course else {field.name: None for field in fields(Course)}
    days = {"issued_on": paper.issued_on, "valid_until": paper.valid_until}
    return {**key, **{name: _written(value) for name, value in (days | course).items()}}


def to_voucher(values: Values) -> Voucher:
    number = int(values["sk"].removeprefix(places.VOUCHER))
    days = {name: date.fromisoformat(value) for name, value in values.items() if name.endswith(("_on", "_until"))}
    return Voucher(number, days["issued_on"], days["valid_until"], _to_course(values, days))


def to_certificate(values: Values) -> Certificate:
    kind, _, voucher = values["sk"].removeprefix(places.CERTIFICATE).partition("#")
    recorded_on = date.fromisoformat(values["recorded_on"])
    return Certificate(CertificateKind(kind), recorded_on, int(voucher) if voucher else None)


def _to_course(values: Values, days: dict[str, date]) -> Course | None:
    if "language" not in values:
        return None
    given = (days["registered_on"], days["begins_on"], days.get("completed_on"))
    return Course(values["language"], *given, values.get("attendance"))


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
