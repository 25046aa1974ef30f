"""The answers that a form offers and a letter repeats: each key with its words."""

from chalicelib.words.catalogues import N_

HALF_DAYS: dict[str, str] = {
    # NOTE: a half-day on which somebody is free for an appointment, as within a sentence: also in the form
    "mon-am": N_("Monday morning"),
    # NOTE: a half-day on which somebody is free for an appointment, as within a sentence
    "mon-pm": N_("Monday afternoon"),
    # NOTE: a half-day on which somebody is free for an appointment, as within a sentence
    "tue-am": N_("Tuesday morning"),
    # NOTE: a half-day on which somebody is free for an appointment, as within a sentence
    "tue-pm": N_("Tuesday afternoon"),
    # NOTE: a half-day on which somebody is free for an appointment, as within a sentence
    "wed-am": N_("Wednesday morning"),
    # NOTE: a half-day on which somebody is free for an appointment, as within a sentence
    "wed-pm": N_("Wednesday afternoon"),
    # NOTE: a half-day on which somebody is free for an appointment, as within a sentence
    "thu-am": N_("Thursday morning"),
    # NOTE: a half-day on which somebody is free for an appointment, as within a sentence
    "thu-pm": N_("Thursday afternoon"),
    # NOTE: a half-day on which somebody is free for an appointment, as within a sentence
    "fri-am": N_("Friday morning"),
    # NOTE: a half-day on which somebody is free for an appointment, as within a sentence
    "fri-pm": N_("Friday afternoon"),
}

LANGUAGES: dict[str, str] = {
    # NOTE: the name of the language as within a sentence: in brackets, after a label, in the form
    "en": N_("English"),
    # NOTE: the name of the language as within a sentence: in brackets, after a label, in the form
    "fr": N_("French"),
    # NOTE: the name of the language as within a sentence: in brackets, after a label, in the form
    "de": N_("German"),
    # NOTE: the name of the language as within a sentence: in brackets, after a label, in the form
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
