"""Why the office gives no appointment, by the keys of booking.Refusal."""

from chalicelib.words.catalogues import N_

REFUSALS: dict[str, str] = {
    # NOTE: reason why the office gives no appointment, said to the resident: in a letter and on their own page
    "session_first": N_(
        "As far as we know, you have not taken part in an information session yet. "
        "Once you have, you can ask for an appointment."
    ),
    # NOTE: reason why the office gives no appointment, said to the resident: in a letter and on their own page
    "conditions": N_("As far as we can see, you do not meet the conditions for signing the contract."),
    # NOTE: reason why the office gives no appointment, said to the resident: in a letter and on their own page
    "signed_before": N_("You have signed a contract already."),
    # NOTE: reason why the office gives no appointment, said to the resident: in a letter and on their own page
    "not_reached": N_("We have tried several times to agree on a date with you, and could not reach you."),
}
