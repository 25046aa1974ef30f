"""What the staff desk calls letters, states and acts, by their names in the domain."""

from chalicelib.domain.desk import Act
from chalicelib.words.catalogues import N_

LETTERS: dict[str, str] = {
    # NOTE: a kind of letter, on a list for staff
    "received": N_("The request has arrived"),
    # NOTE: a kind of letter, on a list for staff
    "deletion_warning": N_("The data will soon be deleted"),
    # NOTE: a kind of letter, on a list for staff
    "deletion_day_changed": N_("The day of deletion has changed"),
    # NOTE: a kind of letter, on a list for staff: they have put two contacts of the same person together
    "merged": N_("Two contacts were put together"),
    # NOTE: a kind of letter, on a list for staff
    "reserved": N_("A place is reserved"),
    # NOTE: a kind of letter, on a list for staff
    "waiting": N_("On the waiting list"),
    # NOTE: a kind of letter, on a list for staff
    "placed": N_("A place has come free"),
    # NOTE: a kind of letter, on a list for staff
    "cancelled": N_("The place is cancelled"),
    # NOTE: a kind of letter, on a list for staff
    "refused": N_("There is no appointment"),
    # NOTE: a kind of letter, on a list for staff: they have chosen a ready text, whose name follows in brackets
    "answer": N_("An answer of the CAI team"),
    # NOTE: a kind of letter, on a list for staff
    "appointment": N_("The appointment has a date"),
    # NOTE: a kind of letter, on a list for staff
    "moved": N_("The place was given up for another date"),
    # NOTE: a kind of letter, on a list for staff
    "invitation": N_("Invitation to an orientation day"),
    # NOTE: a kind of letter, on a list for staff
    "invitation_reminder": N_("Reminder of an invitation"),
    # NOTE: a kind of letter, on a list for staff
    "reminder": N_("Reminder"),
    # NOTE: a kind of letter, on a list for staff
    "course_confirmation": N_("Confirmation of the course"),
    # NOTE: a kind of letter, on a list for staff: one to the CAI team itself
    "staff_request": N_("To the CAI team: a form has arrived"),
    # NOTE: a kind of letter, on a list for staff: one to the CAI team itself
    "staff_full": N_("To the CAI team: a session is full"),
    # NOTE: a kind of letter, on a list for staff: one to the CAI team itself
    "staff_failed": N_("To the CAI team: an e-mail was not sent"),
    # NOTE: a kind of letter, on a list for staff: one to the CAI team itself
    "staff_cancelled": N_("To the CAI team: a place was given up"),
    # NOTE: a kind of letter, on a list for staff: one to the CAI team itself
    "staff_moved": N_("To the CAI team: somebody has moved to another date"),
    # NOTE: a kind of letter, on a list for staff: one to the CAI team itself
    "staff_confirmed": N_("To the CAI team: somebody has confirmed changes"),
    # NOTE: a kind of letter, on a list for staff: one to the CAI team itself
    "staff_call": N_("To the CAI team: somebody is to be called"),
    # NOTE: a kind of letter, on a list for staff: the link to a person's own page
    "link": N_("The link to the own page"),
    # NOTE: a kind of letter, on a list for staff: one with a voucher for a language course
    "voucher": N_("A voucher"),
    # NOTE: a kind of letter, on a list for staff
    "certificate": N_("A certificate"),
    # NOTE: a kind of letter, on a list for staff
    "dpo_month": N_("To the data protection officer: the month"),
    # NOTE: a kind of letter, on a list for staff
    "desk_link": N_("To the CAI team: a link to sign in"),
}

LETTER_STATES: dict[str, str] = {
    # NOTE: what became of a letter, on a list for staff
    "waiting": N_("is still to be sent"),
    # NOTE: what became of a letter, on a list for staff: it was sent, or said by phone
    "sent": N_("has been told"),
    # NOTE: what became of a letter, on a list for staff
    "failed": N_("could not be sent"),
    # NOTE: what became of a letter, on a list for staff
    "by_phone": N_("to be said by phone"),
    # NOTE: what became of a letter, on a list for staff
    "bounced": N_("came back"),
    # NOTE: what became of a letter, on a list for staff: its news were no longer true
    "void": N_("no longer true, not sent"),
}

# By the rules of retention.toml, about somebody; words/privacy.py says the same to them.
RULES: dict[str, str] = {
    # NOTE: on a page of the desk, after "Why on this day:", about a person; %(kept)s is a period such as "1 year"
    "never_took_part": N_(
        "Has not taken part in an information session: the data is deleted %(kept)s after the last request."
    ),
    # NOTE: on a page of the desk, after "Why on this day:", about a person; %(kept)s is a period such as "1 year"
    "took_part": N_(
        "Has taken part in an information session and has not signed: "
        "the data is deleted %(kept)s after the participation."
    ),
    # NOTE: on a page of the desk, after "Why on this day:", about a person; both are periods, as above
    "signed": N_(
        "Has signed the contract: the data is deleted %(kept)s after it ends. "
        "It lasts %(contract)s, from the first course or orientation day, or from the signature if none was begun."
    ),
}

STATES: dict[str, str] = {
    # NOTE: how far a request has got, on a page for staff
    "requested": N_("waits for an answer"),
    # NOTE: how far a request has got, on a page for staff
    "waiting": N_("on the waiting list"),
    # NOTE: how far a request has got, on a page for staff
    "confirmed": N_("has a date"),
    # NOTE: how far a request has got, on a page for staff: has not answered the invitation yet
    "invited": N_("has been invited"),
    # NOTE: how far a request has got, on a page for staff: does not want to come
    "declined": N_("declined the invitation"),
    # NOTE: how far a request has got, on a page for staff
    "cancelled": N_("was cancelled"),
    # NOTE: how far a request has got, on a page for staff
    "attended": N_("took part"),
    # NOTE: how far a request has got, on a page for staff
    "missed": N_("did not come"),
}

ACTS: dict[Act, str] = {
    # NOTE: what somebody of the staff did, on a list
    Act.SIGNED_IN: N_("signed in"),
    # NOTE: what somebody of the staff did, on a list
    Act.SIGNED_OUT: N_("signed out"),
    # NOTE: what somebody of the staff did, on a list
    Act.CALLED: N_("told by phone"),
    # NOTE: what somebody of the staff did, on a list
    Act.NOT_REACHED: N_("called and reached nobody"),
    # NOTE: what somebody of the staff did, on a list
    Act.CALL_LATER: N_("put off a call"),
    # NOTE: what somebody of the staff did, on a list
    Act.SENT_AGAIN: N_("let letters be sent again"),
    # NOTE: what somebody of the staff did, on a list: wrote down that a person came to a session
    Act.NOTED_ATTENDED: N_("noted who came: was there"),
    # NOTE: what somebody of the staff did, on a list: wrote down that a person did not come to a session
    Act.NOTED_MISSED: N_("noted who came: was not there"),
    # NOTE: what somebody of the staff did, on a list
    Act.PLANNED: N_("planned or changed a session"),
    # NOTE: what somebody of the staff did, on a list
    Act.CANCELLED_SESSION: N_("cancelled a session"),
    # NOTE: what somebody of the staff did, on a list
    Act.INVITED: N_("had who has signed invited to an orientation day"),
    # NOTE: what somebody of the staff did, on a list
    Act.GAVE_UP_PLACE: N_("gave up a place for somebody"),
    # NOTE: what somebody of the staff did, on a list
    Act.DATE_SET: N_("set the date of an appointment"),
    # NOTE: what somebody of the staff did, on a list
    Act.REFUSED: N_("refused an appointment"),
    # NOTE: what somebody of the staff did, on a list
    Act.TAKEN_UP: N_("took up a request"),
    # NOTE: what somebody of the staff did, on a list: took over what a further form of somebody said
    Act.CONFIRMED_FORM: N_("confirmed a correction"),
    # NOTE: what somebody of the staff did, on a list: had a further form of somebody removed
    Act.DISCARDED_FORM: N_("discarded a correction"),
    # NOTE: what somebody of the staff did, on a list: with a ready text
    Act.ANSWERED: N_("answered"),
    # NOTE: what somebody of the staff did, on a list: filled in the form for who phoned or wrote
    Act.TOOK_REQUEST: N_("took a request from a caller or a mail"),
    # NOTE: what somebody of the staff did, on a list: filled in the form for who phoned or wrote
    Act.SIGNED_UP: N_("signed somebody up for a session"),
    # NOTE: what somebody of the staff did, on a list: a person took part in the information session
    Act.TOOK_PART: N_("recorded a participation"),
    # NOTE: what somebody of the staff did, on a list
    Act.SIGNED: N_("recorded the signing of a contract"),
    # NOTE: what somebody of the staff did, on a list
    Act.FIRST_MEASURE: N_("recorded the beginning of the first course or service"),
    # NOTE: what somebody of the staff did, on a list
    Act.ISSUED_VOUCHER: N_("issued a voucher"),
    # NOTE: what somebody of the staff did, on a list
    Act.VOUCHER_USED: N_("recorded the course of a voucher"),
    # NOTE: what somebody of the staff did, on a list
    Act.COURSE_COMPLETED: N_("recorded that a course was completed"),
    # NOTE: what somebody of the staff did, on a list
    Act.CERTIFIED: N_("recorded a certificate or a validation"),
    # NOTE: what somebody of the staff did, on a list
    Act.CORRECTED: N_("corrected name, address, number or language"),
    # NOTE: what somebody of the staff did, on a list
    Act.MERGED: N_("put two contacts of a person together"),
    # NOTE: what somebody of the staff did, on a list
    Act.ERASED: N_("had all data of a person deleted"),
    # NOTE: what somebody of the staff did, on a list
    Act.UNSEALED: N_("looked at a social security number"),
}
