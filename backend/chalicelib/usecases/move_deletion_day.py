"""Stores what happened with a contact and moves its deletion day, which its owner is told."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain.booking import Contact, ContactFile
from chalicelib.domain.days import day_in_luxembourg
from chalicelib.domain.deletion import change_letters, with_history, with_warning
from chalicelib.domain.letter import Letter, about_paper
from chalicelib.domain.papers import Paper
from chalicelib.domain.retention import History, Retention
from chalicelib.usecases.contact_ports import Contacts


def move_deletion_day(
    known: ContactFile,
    history: History,
    contacts: Contacts,
    retention: Retention,
    now: datetime,
    papers: Sequence[Paper] = (),
) -> None:
    """Each letter is promised once, in the same transaction; `papers` are what else happened: see `Contacts.amend`.

    What is issued or given brings its letter.

    Raises TakenError when the contact changed meanwhile.
    """
    after, letters = moved(known, history, retention, now)
    given = (letter for paper in papers for letter in about_paper(paper, after, known.reference, now))
    contacts.amend(after, (*letters, *given), day_in_luxembourg(now), papers)


def moved(
    known: ContactFile, history: History, retention: Retention, now: datetime
) -> tuple[Contact, tuple[Letter, ...]]:
    """The next version of a contact with that history, and what tells its owner of the deletion day."""
    reference = known.reference
    after = with_history(known.contact, history, retention)
    letters = change_letters(known.contact, after, reference, now)
    after, warning = with_warning(after, reference, retention, now)
    return after, (*letters, *warning)
