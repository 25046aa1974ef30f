"""The answers that a form offers and a letter repeats: each key with its words."""

from chalicelib.words.catalogues import N_

HALF_DAYS: dict[str, str] = {
    # NOTE: A half-day on which somebody is free for an appointment: an answer of the form, also listed in letters.
    "mon-am": N_("Monday morning"),
    # NOTE: A half-day on which somebody is free for an appointment.
    "mon-pm": N_("Monday afternoon"),
    # NOTE: A half-day on which somebody is free for an appointment.
    "tue-am": N_("Tuesday morning"),
    # NOTE: A half-day on which somebody is free for an appointment.
    "tue-pm": N_("Tuesday afternoon"),
    # NOTE: A half-day on which somebody is free for an appointment.
    "wed-am": N_("Wednesday morning"),
    # NOTE: A half-day on which somebody is free for an appointment.
    "wed-pm": N_("Wednesday afternoon"),
    # NOTE: A half-day on which somebody is free for an appointment.
    "thu-am": N_("Thursday morning"),
    # NOTE: A half-day on which somebody is free for an appointment.
    "thu-pm": N_("Thursday afternoon"),
    # NOTE: A half-day on which somebody is free for an appointment.
    "fri-am": N_("Friday morning"),
    # NOTE: A half-day on which somebody is free for an appointment.
    "fri-pm": N_("Friday afternoon"),
}

LANGUAGES: dict[str, str] = {
    # NOTE: The name of the language, alone: an answer of the form, and after "Label:" in letters.
    "en": N_("English"),
    # NOTE: The name of the language, alone: an answer of the form, and after "Label:" in letters.
    "fr": N_("French"),
    # NOTE: The name of the language, alone: an answer of the form, and after "Label:" in letters.
    "de": N_("German"),
    # NOTE: The name of the language, alone: an answer of the form, and after "Label:" in letters.
    "lb": N_("Luxembourgish"),
}

SESSIONS: dict[str, str] = {
    # NOTE: a kind of session, alone: on lists and after "What:" in letters
    "information": N_("Information session"),
    # NOTE: a kind of session, alone: on lists and after "What:" in letters
    "citizenship": N_("Citizenship course"),
    # NOTE: a kind of session, alone: on lists and after "What:" in letters
    "orientation": N_("Orientation day"),
    # NOTE: a kind of session, alone: on lists and after "What:" in letters
    "slot": N_("Individual appointment"),
}

# By the kinds that are listed for everybody.
DATES: dict[str, str] = {
    # NOTE: title of the page with the dates and the form to sign up
    "information": N_("Dates of the information session"),
    # NOTE: title of the page with the dates and the form to sign up
    "citizenship": N_("Dates of the citizenship course"),
}

NEEDS: dict[str, str] = {
    # NOTE: what somebody needs at a session: a box to tick, also on the list of a session
    "step-free": N_("Access without steps"),
    # NOTE: what somebody needs at a session: an induction loop for hearing aids
    "hearing-loop": N_("A hearing loop"),
    # NOTE: what somebody needs at a session
    "sign-language": N_("A sign language interpreter"),
    # NOTE: what somebody needs at a session: a place for somebody who comes along, or for the dog
    "companion": N_("Room for a companion or a guide dog"),
    # NOTE: what somebody needs at a session: documents in large letters
    "large-print": N_("Documents in large print"),
}

IN_LANGUAGE: dict[str, str] = {
    # NOTE: In brackets after a link: the language of the page that opens.
    "en": N_("in English"),
    # NOTE: In brackets after a link: the language of the page that opens.
    "fr": N_("in French"),
    # NOTE: In brackets after a link: the language of the page that opens.
    "de": N_("in German"),
    # NOTE: In brackets after a link: the language of the page that opens.
    "lb": N_("in Luxembourgish"),
}
