"""Why two contacts cannot be put together, by the keys of merging.Obstacle."""

from chalicelib.words.catalogues import N_

OBSTACLES: dict[str, str] = {
    # NOTE: on a page of the desk: why two contacts of a person cannot be put together
    "same": N_("Both references lead to the same contact."),
    # NOTE: on a page of the desk: why two contacts of a person cannot be put together
    "signed": N_("Two different days of signing are recorded. Correct the wrong one first."),
    # NOTE: on a page of the desk: why two contacts of a person cannot be put together
    "appointments": N_("Both have an open request for an appointment. Cancel one of the two first."),
    # NOTE: on a page of the desk: why two contacts of a person cannot be put together
    "papers": N_("Both have vouchers or certificates, with numbers of their own. Keep both contacts."),
    # NOTE: on a page of the desk: why two contacts of a person cannot be put together
    "too_soon": N_(
        "The data would be deleted at once, or before a date that the person has. "
        "Check the days of participation and signing first."
    ),
    # NOTE: on a page of the desk: why two contacts of a person cannot be put together
    "somebody_else": N_(
        "The name of one, with the address or number of the other, is that of a third contact. "
        "Put that contact together with one of these first."
    ),
    # NOTE: on a page of the desk: why two contacts of a person cannot be put together
    "too_much": N_("There is too much to put together at once. Cancel dates that are not needed any more first."),
}
