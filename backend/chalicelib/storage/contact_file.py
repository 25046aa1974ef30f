"""What is read back from the items of one contact."""

from collections.abc import Iterator, Sequence

from chalicelib.domain.booking import ContactFile
from chalicelib.domain.errors import StoreBusyError
from chalicelib.storage import items, paper_items, places
from chalicelib.storage.values import Item, from_item


def file_in(found: Sequence[Item]) -> ContactFile | None:
    """The contact with what belongs to it, or None when it is gone or being deleted.

    Raises StoreBusyError where its booking is still to come, and UnreadableItemError.
    """
    contact = next(_under(places.CONTACT, found), None)
    if contact is None or "deleting" in contact:
        return None
    bookings = list(_under(places.BOOKING, found))
    if not bookings:
        # A query may see a transaction half way through: it is isolated from each item, not from the whole.
        raise StoreBusyError("a contact is there and its booking is not yet")
    with items.readable(places.CONTACT):
        corrections = (
            items.to_correction(from_item(each)) for each in _under(places.CORRECTION, found) if "withdrawn" not in each
        )
        vouchers = (paper_items.to_voucher(from_item(each)) for each in _under(places.VOUCHER, found))
        certificates = (paper_items.to_certificate(from_item(each)) for each in _under(places.CERTIFICATE, found))
        return ContactFile(
            items.to_contact(from_item(contact)),
            bookings=tuple(items.to_booking(from_item(each)) for each in bookings),
            corrections=tuple(sorted(corrections, key=lambda each: each.received_at)),
            vouchers=tuple(sorted(vouchers, key=lambda each: each.number)),
            certificates=tuple(sorted(certificates, key=lambda each: (each.kind, each.voucher or 0))),
        )


def _under(place: str, found: Sequence[Item]) -> Iterator[Item]:
    return (item for item in found if item["sk"]["S"].startswith(place))
