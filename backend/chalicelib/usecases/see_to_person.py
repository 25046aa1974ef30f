"""What staff do on the page of a request beside the appointment: further forms, ready answers, letters once more.

Each is given the page as it was seen, and raises what its methods raise.
"""

from chalicelib.domain.answers import ReadyText, answer_letters
from chalicelib.domain.desk import Act
from chalicelib.domain.errors import ChangedMeanwhileError
from chalicelib.domain.letter import LetterState
from chalicelib.usecases.confirm_correction import confirm_correction
from chalicelib.usecases.erase_contact import erase_contact
from chalicelib.usecases.see_to_request import RequestDesk
from chalicelib.usecases.settle import settle

_TO_SEND_AGAIN = (LetterState.FAILED, LetterState.BOUNCED)


def confirm_form(at: RequestDesk, form: str) -> None:
    """Takes over what the further form of that reference said. Raises CannotConfirmError as its owner would read."""
    file = at.read()
    if form in file.contact.confirmed:
        return
    at.refuse_stale(file)
    if file.correction(form) is None:
        raise ChangedMeanwhileError
    at.note(Act.CONFIRMED_FORM)
    confirm_correction(file.contact.id, form, at.desk.office, at.now, file.contact.version)


def discard_form(at: RequestDesk, form: str) -> None:
    """Has the further form of that reference removed; what is stored stays. One that is gone does no harm."""
    file = at.read()
    if form in file.contact.confirmed:
        raise ChangedMeanwhileError
    if file.correction(form):
        at.note(Act.DISCARDED_FORM)
        erase_contact(file.contact.id, form, at.desk.office.contacts, at.now)


def send_answer(at: RequestDesk, text: ReadyText) -> None:
    """Tells the person one of the ready texts, once a day: by a letter in their language, or by a call to make."""
    file, contacts = at.read(), at.desk.office.contacts
    letters = answer_letters(text, file.contact, at.reference, at.now)
    if letters[0].id in {each.id for each in contacts.letters(file.contact.id)}:
        return
    at.note(Act.ANSWERED)
    settle(lambda: contacts.promise(file.contact.id, letters))


def send_letter_again(at: RequestDesk, letter_id: str) -> None:
    """Lets a letter that failed or came back be sent once more; what is on its way already stays so."""
    letters = {each.id: each for each in at.desk.office.contacts.letters(at.read().contact.id)}
    letter = letters.get(letter_id)
    if letter is None:
        raise ChangedMeanwhileError
    if letter.state in _TO_SEND_AGAIN:
        at.note(Act.SENT_AGAIN)
        at.desk.outbox.resend(letter, at.now)
