"""What a person's own page calls what is stored of them: by the kinds and attributes of stored.toml."""

from chalicelib.words.catalogues import N_
from chalicelib.words.choices import HALF_DAYS, LANGUAGES, NEEDS
from chalicelib.words.desk import LETTER_STATES, LETTERS, STATES

# A kind without a heading of its own is named like the last.
KINDS: dict[str, str] = {
    # NOTE: heading above what is stored of a person, on the own page
    "contact": N_("About you"),
    # NOTE: heading above what is stored of a person, on the own page: an appointment, or a place in a session
    "booking": N_("What you have asked for"),
    # NOTE: heading above what is stored of a person, on the own page: what a form said differently
    "correction": N_("What another form said"),
    # NOTE: heading above what is stored of a person, on the own page
    "letter": N_("An e-mail or a call"),
    # NOTE: heading above what is stored of a person, on the own page
    "seat": N_("Your place in a session"),
    # NOTE: heading above what is stored of a person, on the own page
    "session": N_("Your position on a waiting list"),
    # NOTE: heading above what is stored of a person, on the own page: a voucher for a language course
    "voucher": N_("A voucher"),
    # NOTE: heading above what is stored of a person, on the own page
    "certificate": N_("A certificate"),
    # NOTE: heading above what is stored of a person, on the own page: codes and keys that find the rest
    "": N_("A code that leads to your data"),
}

# What is not here belongs to the inside of the service, and is shown as it lies there.
LABELS: dict[str, str] = {
    "first_name": N_("First name"),
    "surname": N_("Surname"),
    "email": N_("E-mail address"),
    "phone": N_("Phone number"),
    # NOTE: label on the own page: in which language the person writes to us, or the language of a course
    "language": N_("Language"),
    "sealed_matricule": N_("Social security number"),
    # NOTE: label on the own page: when the person took part
    "attended": N_("Took part in an information session"),
    # NOTE: label on the own page; yes or no follows
    "attended_recorded": N_("The CAI team has recorded this participation"),
    # NOTE: label on the own page; a date follows
    "last_request_on": N_("Last request"),
    # NOTE: label on the own page; a date follows
    "last_session_on": N_("Last session you signed up for"),
    # NOTE: label on the own page; a date follows
    "signed_on": N_("Contract signed"),
    # NOTE: label on the own page; a date follows
    "first_measure_on": N_("First course or orientation day"),
    # NOTE: label on the own page; a date follows
    "delete_on": N_("Day of deletion"),
    # NOTE: label on the own page; a date follows
    "warned_for": N_("Day of deletion of which we have warned you"),
    "reference": N_("Reference"),
    # NOTE: label on the own page, above several references
    "references": N_("References"),
    "state": N_("State"),
    # NOTE: label on the own page: when a form arrived; a date and a time follow
    "requested_at": N_("Received"),
    "received_at": N_("Received"),
    "slot": N_("The date that you chose"),
    "half_days": N_("When could you come?"),
    "meeting_language": N_("Which language shall we speak?"),
    # NOTE: label on the own page: what the person wrote to us
    "message": N_("Your message"),
    # NOTE: label on the own page: the form looks as if a robot had filled it in; yes or no follows
    "doubtful": N_("To be checked by the CAI team"),
    "needs": N_("What do you need there?"),
    # NOTE: label on the own page: a place in a session, or one on the waiting list
    "place": N_("Place"),
    # NOTE: label on the own page: which letter it is
    "kind": N_("What it says"),
    # NOTE: label on the own page: since when an e-mail was to be sent; a date and a time follow
    "waiting_since": N_("To be sent from"),
    # NOTE: label on the own page: how often we tried to send an e-mail; a number follows
    "attempts": N_("Attempts to send it"),
    # NOTE: label on the own page; a number follows
    "waiting": N_("Position"),
    # NOTE: label on the own page: a form that the person asked us to remove; yes or no follows
    "withdrawn": N_("Will be removed"),
    # NOTE: label on the own page, of a voucher; a date follows
    "issued_on": N_("Issued"),
    # NOTE: label on the own page, of a voucher; a date follows
    "valid_until": N_("Valid until"),
    # NOTE: label on the own page, of a voucher: when the person registered for the course; a date follows
    "registered_on": N_("Registered for the course"),
    # NOTE: label on the own page, of a voucher: when the course begins; a date follows
    "begins_on": N_("Course begins"),
    # NOTE: label on the own page, of a voucher: when the course was finished; a date follows
    "completed_on": N_("Course completed"),
    # NOTE: label on the own page, of a voucher: how much of the course the person attended; a number follows
    "attendance": N_("Attendance"),
    # NOTE: label on the own page, of a certificate; a date follows
    "recorded_on": N_("Recorded"),
}

_PLACES = {
    # NOTE: after "Place", on the own page
    "seat": N_("reserved"),
    "waiting": N_("on the waiting list"),
}

# By attribute, or by kind and attribute where attributes of the same name differ; "" is what an empty list means.
VALUES: dict[str, dict[str, str]] = {
    "language": LANGUAGES,
    "meeting_language": LANGUAGES,
    # NOTE: a person's own page, or a letter to staff: no half-day was ticked, so each suits
    "half_days": HALF_DAYS | {"": N_("at any time")},
    "needs": NEEDS,
    "place": _PLACES,
    "booking.state": STATES,
    "letter.kind": LETTERS,
    "letter.state": LETTER_STATES,
}

# NOTE: in place of the social security number, on the own page: it is stored encrypted, and nobody can read it here
SEALED = N_("stored, sealed")
YES, NO = N_("Yes"), N_("No")
