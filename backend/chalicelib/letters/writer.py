"""Writes each kind of letter: the one place that knows to whom it goes and in which language."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.domain import link
from chalicelib.domain.booking import Contact, Person
from chalicelib.domain.deletion import MonthReport
from chalicelib.domain.desk import SignInLink, link_token
from chalicelib.domain.errors import MailRefusedError
from chalicelib.domain.letter import CORRECTION, DIGEST, LEASE, Letter, LetterKind
from chalicelib.domain.news import Matter
from chalicelib.domain.session import Session
from chalicelib.letters.answer import answered
from chalicelib.letters.calendar import Calendars
from chalicelib.letters.deletion_day import deletion_day
from chalicelib.letters.desk_link import DeskLink
from chalicelib.letters.digest import Section, in_digest, lowered, staff_digest
from chalicelib.letters.invitation import KINDS as INVITATIONS
from chalicelib.letters.invitation import invitation
from chalicelib.letters.layout import one_line, wrap
from chalicelib.letters.message import Document, Message
from chalicelib.letters.month import month
from chalicelib.letters.papers import KINDS as PAPERS
from chalicelib.letters.papers import PaperNews, paper_news, sheet
from chalicelib.letters.pdf import as_pdf
from chalicelib.letters.place import KINDS as PLACES
from chalicelib.letters.place import place_news
from chalicelib.letters.received import received
from chalicelib.letters.refused import refused
from chalicelib.letters.rendering import Templates
from chalicelib.letters.staff_call import StaffCall, StaffFailed, staff_call, staff_failed
from chalicelib.letters.staff_request import StaffRequest, delete_mail_by, staff_request
from chalicelib.letters.staff_session import StaffFull, StaffSession, staff_full, staff_session
from chalicelib.programme.facts import Facts
from chalicelib.words.formats import write_time
from chalicelib.words.templates import site_path

# With a file for a calendar program; who waits has no date yet.
DATED = PLACES - {LetterKind.IN_LINE} | {LetterKind.REFUSED}


@dataclass(frozen=True)
class Head:
    """What stands above the words of a message."""

    id: str
    kind: str
    language: str
    to: str
    reply_to: str


Subject = Matter | MonthReport | SignInLink | Session
ToldToStaff = StaffRequest | StaffCall | StaffSession | StaffFailed

_SESSION_FOLDERS = {
    LetterKind.STAFF_REQUEST: "staff_sign_up",
    LetterKind.STAFF_CANCELLED: "staff_cancelled",
    LetterKind.STAFF_MOVED: "staff_moved",
    LetterKind.STAFF_CALL: "staff_session_call",
}


@dataclass(frozen=True)
class Writer:
    """Writes under one set of facts, for the site at `site_url` in one mode (demonstration, closed or open).

    `link_keys`, newest first, sign the link to a resident's own page, `sign_in_keys` one that opens the desk.
    """

    facts: Facts
    site_url: str
    mode: str
    staff_address: str
    dpo_address: str
    link_keys: Sequence[bytes]
    sign_in_keys: Sequence[bytes]

    def compose(self, letter: Letter, subject: Subject) -> Message:
        """The message that was promised, as things stand now; its id is the letter's.

        A resident's letter holds nothing that anyone typed. Raises MailRefusedError for a letter to a resident who
        has no mail address: staff phone instead.
        """
        if isinstance(subject, MonthReport):
            return self._to_officer(letter, subject)
        if isinstance(subject, SignInLink):
            return self._to_desk(letter, subject)
        if isinstance(subject, Session):
            told = staff_full(subject, self.facts)
            return self._message(letter, self._staff_language, self.staff_address, letter.kind.value, told)
        return self._to_staff(letter, subject) if letter.kind.for_staff else self._to_resident(letter, subject)

    def section(self, letter: Letter, subject: Subject) -> Section:
        """A letter to staff as a part of a digest, as things stand now. Raises TypeError for one to anybody else."""
        if isinstance(subject, (MonthReport, SignInLink)):
            raise TypeError(letter.kind)
        if isinstance(subject, Session):
            return self._section(letter, letter.kind.value, staff_full(subject, self.facts), None)
        folder, told = self._told_to_staff(letter, subject)
        section = self._section(letter, folder, told, delete_mail_by(letter, subject.file, self.facts))
        return replace(section, documents=self._papers(letter, subject, told))

    def _section(self, letter: Letter, folder: str, told: ToldToStaff | StaffFull, delete_by: date | None) -> Section:
        templates, part = self._in(self._staff_language), in_digest(told)
        return Section(
            letter,
            one_line(templates.render(f"{folder}/subject.txt", told)),
            templates.render(f"{folder}/body.txt", part, frame="staff_digest/section").strip(),
            lowered(templates.render(f"{folder}/body.html", part, frame="staff_digest/section")),
            delete_by,
        )

    def digest(self, mail_id: str, sections: Sequence[Section]) -> Message:
        """One mail to staff with all of these, whose id is given."""
        head = Head(mail_id, DIGEST, self._staff_language, self.staff_address, self.facts.text("contact.email"))
        papers = tuple(each for section in sections for each in section.documents)
        return replace(self._written(head, DIGEST, staff_digest(sections)), documents=papers)

    def _to_resident(self, letter: Letter, matter: Matter) -> Message:
        person = matter.file.contact.person
        if not person.email:
            raise MailRefusedError("no mail address")
        folder, told = self._told_to_resident(letter, matter)
        written = self._message(letter, person.language, person.email, folder, told)
        if isinstance(told, PaperNews):
            return replace(written, documents=(self.document(told, person),))
        if letter.kind not in DATED or matter.session is None:
            return written
        calendars = Calendars(self.facts, self.site_url, self.mode)
        return replace(written, calendars=calendars.of_letter(letter, matter, matter.session))

    def _told_to_resident(self, letter: Letter, matter: Matter) -> tuple[str, object]:
        """The folder of templates, and what they read."""
        own_page, language = self._own_page(letter, matter.file.contact), matter.file.contact.person.language
        if letter.kind in PAPERS:
            return "paper", paper_news(letter, matter, own_page, self._page(language, "language-courses/"))
        if letter.kind in PLACES and matter.session:
            return "place", place_news(letter, matter, matter.session, language, own_page)
        if letter.kind in INVITATIONS and matter.session:
            page = self._invitation_page(matter.file.contact, matter.session.id)
            return "invited", invitation(letter, matter, matter.session, language, page, own_page)
        return letter.kind.value, self._about_person(letter, matter, language, own_page)

    def _about_person(self, letter: Letter, matter: Matter, language: str, own_page: str) -> object:
        """What is told of forms and data, in a folder of its own for each kind."""
        if letter.kind is LetterKind.RECEIVED:
            whole_page = self._link(matter.file.contact)
            return received(letter, matter.file, self.facts, own_page, whole_page)
        if letter.kind is LetterKind.REFUSED:
            return refused(letter, matter, language, own_page)
        if letter.kind is LetterKind.ANSWER:
            return answered(letter, matter.file, own_page)
        return deletion_day(matter.file, own_page)

    def _to_staff(self, letter: Letter, matter: Matter) -> Message:
        folder, told = self._told_to_staff(letter, matter)
        is_answered = told.names_person and letter.kind not in (LetterKind.STAFF_CALL, LetterKind.STAFF_FAILED)
        reply_to = matter.file.contact.person.email if is_answered else None
        written = self._message(letter, self._staff_language, self.staff_address, folder, told, reply_to)
        return replace(written, documents=self._papers(letter, matter, told))

    def _papers(self, letter: Letter, matter: Matter, told: ToldToStaff) -> tuple[Document, ...]:
        """Who gets no e-mail gets a voucher or certificate on paper, from the office."""
        if letter.news not in PAPERS or not told.names_person or letter.kind is not LetterKind.STAFF_CALL:
            return ()
        news = paper_news(letter.original, matter, own_page="", courses_at="")
        return (self.document(news, matter.file.contact.person),)

    def _told_to_staff(self, letter: Letter, matter: Matter) -> tuple[str, ToldToStaff]:
        if letter.kind is LetterKind.STAFF_FAILED:
            subject = self._subject_for_staff(letter.original, matter)
            return letter.kind.value, staff_failed(letter, matter.file, subject, self.facts)
        if letter.session_id and matter.session:
            return _SESSION_FOLDERS[letter.kind], staff_session(letter, matter, matter.session, self.facts)
        if letter.kind is LetterKind.STAFF_CALL:
            return letter.kind.value, staff_call(letter, matter.file, self.facts)
        folder = "staff_withdrawn" if letter.kind is LetterKind.STAFF_CANCELLED else letter.kind.value
        return folder, staff_request(letter, matter.file, self.facts)

    def _subject_for_staff(self, letter: Letter, matter: Matter) -> str:
        """The subject of a letter to a resident, in the language of staff."""
        folder, told = self._told_to_resident(letter, matter)
        return one_line(self._in(self._staff_language).render(f"{folder}/subject.txt", told))

    def _to_officer(self, letter: Letter, report: MonthReport) -> Message:
        language = self._staff_language
        return self._message(letter, language, self.dpo_address, letter.kind.value, month(report, language))

    def _to_desk(self, letter: Letter, asked: SignInLink) -> Message:
        token = link_token(self.sign_in_keys, asked.nonce)
        address = f"{self.site_url}/api/desk/{asked.language}/sign-in/{token}"
        told = DeskLink(address, write_time(asked.expires_at, asked.language))
        return self._message(letter, asked.language, asked.user, letter.kind.value, told)

    def document(self, news: PaperNews, person: Person) -> Document:
        """What the person shows: the voucher or the certificate, with the name that its holder typed."""
        templates = self._in(person.language)
        text = templates.render(f"{news.kind}/sheet.txt", sheet(news, person))
        title = templates.render(f"{news.kind}/title.txt", news)
        return Document(news.file_name, as_pdf(one_line(title), person.language, text))

    def _page(self, language: str, page: str) -> str:
        return f"{self.site_url}{site_path(language, page)}"

    def _own_page(self, letter: Letter, contact: Contact) -> str:
        """Where everything is removed, or by a letter about a further form that form alone."""
        form = letter.reference if letter.about.startswith(f"{CORRECTION}#") else None
        # The time runs from the sending, and a claim moves `due_at` to the end of its lease.
        until = letter.due_at - LEASE + link.FRESH_FOR if letter.kind is LetterKind.LINK else None
        return self._link(contact, form, until)

    def _link(self, contact: Contact, form: str | None = None, until: datetime | None = None) -> str:
        token = link.token(self.link_keys, contact.id, contact.link_version, form, until)
        return f"{self.site_url}/api/{contact.person.language}/my/{token}"

    def _invitation_page(self, contact: Contact, session_id: str) -> str:
        token = link.invitation_token(self.link_keys, contact.id, contact.link_version, session_id)
        return f"{self.site_url}/api/{contact.person.language}/invitations/{token}"

    def _message(
        self, letter: Letter, language: str, to: str, folder: str, told: object, reply_to: str | None = None
    ) -> Message:
        head = Head(letter.id, letter.kind.value, language, to, reply_to or self.facts.text("contact.email"))
        return self._written(head, folder, told)

    def _written(self, head: Head, folder: str, told: object) -> Message:
        templates = self._in(head.language)
        subject = one_line(templates.render(f"{folder}/subject.txt", told))
        text = wrap(templates.render(f"{folder}/body.txt", told))
        html = templates.render(f"{folder}/body.html", told, title=subject)
        return Message(**vars(head), subject=subject, text=text, html=html)

    @property
    def _staff_language(self) -> str:
        return self.facts.text("staff.language")

    def _in(self, language: str) -> Templates:
        return Templates(language, self.facts, self.site_url, self.mode)
