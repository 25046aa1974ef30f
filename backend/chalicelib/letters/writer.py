"""Writes each kind of letter: the one place that knows to whom it goes and in which language."""

from dataclasses import dataclass

from chalicelib.domain.booking import ContactFile
from chalicelib.domain.errors import MailRefusedError
from chalicelib.domain.letter import Letter
from chalicelib.letters.layout import one_line, wrap
from chalicelib.letters.message import Message
from chalicelib.letters.received import received
from chalicelib.letters.rendering import Templates
from chalicelib.letters.staff_request import staff_request
from chalicelib.programme.facts import Facts


@dataclass(frozen=True)
class Writer:
    """Writes under one set of facts, for the site at `site_url` in one mode (demonstration, closed or open)."""

    facts: Facts
    site_url: str
    mode: str
    staff_address: str

    def compose(self, letter: Letter, file: ContactFile) -> Message:
        """The message that was promised, as things stand now; its id is the letter's.

        A resident's letter holds nothing that anyone typed. Raises MailRefusedError for a letter to a resident who
        has no mail address: staff phone instead.
        """
        return self._to_staff(letter, file) if letter.kind.for_staff else self._to_resident(letter, file)

    def _to_resident(self, letter: Letter, file: ContactFile) -> Message:
        person = file.contact.person
        if not person.email:
            raise MailRefusedError("no mail address")
        told = received(letter, file, self.facts)
        return self._message(letter, person.language, person.email, self.facts.text("contact.email"), told)

    def _to_staff(self, letter: Letter, file: ContactFile) -> Message:
        told = staff_request(letter, file, self.facts)
        answer_to = file.contact.person.email if told.names_person else None
        reply_to = answer_to or self.facts.text("contact.email")
        return self._message(letter, self.facts.text("staff.language"), self.staff_address, reply_to, told)

    def _message(self, letter: Letter, language: str, to: str, reply_to: str, told: object) -> Message:
        templates = Templates(language, self.facts, self.site_url, self.mode)
        kind = letter.kind.value
        subject = one_line(templates.render(f"{kind}/subject.txt", told))
        text = wrap(templates.render(f"{kind}/body.txt", told))
        html = templates.render(f"{kind}/body.html", told, title=subject)
        return Message(letter.id, kind, language, to, reply_to, subject, text, html)
