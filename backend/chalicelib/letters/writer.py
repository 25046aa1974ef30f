"""Writes each kind of letter: the one place that knows to whom it goes and in which language."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain import link
from chalicelib.domain.booking import Contact, ContactFile
from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.errors import MailRefusedError
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.letters.deletion_day import deletion_day
from chalicelib.letters.layout import one_line, wrap
from chalicelib.letters.message import Message
from chalicelib.letters.month import month
from chalicelib.letters.received import received
from chalicelib.letters.rendering import Templates
from chalicelib.letters.staff_call import staff_call
from chalicelib.letters.staff_request import staff_request
from chalicelib.programme.facts import Facts


@dataclass(frozen=True)
class Writer:
    """Writes under one set of facts, for the site at `site_url` in one mode (demonstration, closed or open).

    `link_keys`, newest first, sign the link to a resident's own page.
    """

    facts: Facts
    site_url: str
    mode: str
    staff_address: str
    dpo_address: str
    link_keys: Sequence[bytes]

    def compose(self, letter: Letter, subject: ContactFile | MonthReport) -> Message:
        """The message that was promised, as things stand now; its id is the letter's.

        A resident's letter holds nothing that anyone typed. Raises MailRefusedError for a letter to a resident who
        has no mail address: staff phone instead.
        """
        if isinstance(subject, MonthReport):
            return self._to_officer(letter, subject)
        return self._to_staff(letter, subject) if letter.kind.for_staff else self._to_resident(letter, subject)

    def _to_resident(self, letter: Letter, file: ContactFile) -> Message:
        person = file.contact.person
        if not person.email:
            raise MailRefusedError("no mail address")
        own_page = self._own_page(letter, file.contact)
        told = (
            received(letter, file, self.facts, own_page)
            if letter.kind is LetterKind.RECEIVED
            else deletion_day(file, own_page)
        )
        return self._message(letter, person.language, person.email, self.facts.text("contact.email"), told)

    def _to_staff(self, letter: Letter, file: ContactFile) -> Message:
        language, reply_to = self.facts.text("staff.language"), self.facts.text("contact.email")
        if letter.kind is LetterKind.STAFF_CALL:
            call = staff_call(letter, file, self.facts)
            return self._message(letter, language, self.staff_address, reply_to, call)
        request = staff_request(letter, file, self.facts)
        answer_to = file.contact.person.email if request.names_person else None
        return self._message(letter, language, self.staff_address, answer_to or reply_to, request)

    def _to_officer(self, letter: Letter, report: MonthReport) -> Message:
        language = self.facts.text("staff.language")
        reply_to = self.facts.text("contact.email")
        return self._message(letter, language, self.dpo_address, reply_to, month(report, language))

    def _own_page(self, letter: Letter, contact: Contact) -> str:
        """Where everything is removed, or by a letter about a further form that form alone."""
        form = letter.reference if letter.about.startswith("CORRECTION#") else None
        token = link.token(self.link_keys, contact.id, contact.link_version, form)
        return f"{self.site_url}/api/{contact.person.language}/my/{token}"

    def _message(self, letter: Letter, language: str, to: str, reply_to: str, told: object) -> Message:
        templates = Templates(language, self.facts, self.site_url, self.mode)
        kind = letter.kind.value
        subject = one_line(templates.render(f"{kind}/subject.txt", told))
        text = wrap(templates.render(f"{kind}/body.txt", told))
        html = templates.render(f"{kind}/body.html", told, title=subject)
        return Message(letter.id, kind, language, to, reply_to, subject, text, html)
