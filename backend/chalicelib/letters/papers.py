"""What comes with a voucher or a certificate: the news of it, and the sheet that its holder shows."""

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.booking import Person
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.news import Matter
from chalicelib.domain.papers import Certificate, Voucher
from chalicelib.letters.font import load
from chalicelib.letters.layout import one_line
from chalicelib.letters.outline import Outline, outline

KINDS = frozenset({LetterKind.VOUCHER, LetterKind.CERTIFICATE})


@dataclass(frozen=True)
class PaperNews:
    """Days in Luxembourg: nothing that anyone typed.

    `paper` is what is sent, of the `kind` voucher or certificate; `session` is what a certificate is about.
    `courses_at` is the page on which one finds a course.
    """

    reference: str
    kind: str
    paper: Voucher | Certificate
    session: Outline | None
    delete_on: date
    rule: str
    own_page: str
    courses_at: str

    @property
    def file_name(self) -> str:
        which = str(self.paper.number) if isinstance(self.paper, Voucher) else self.paper.kind.value
        return f"CAI-{self.reference}-{self.kind}-{which}.pdf"


@dataclass(frozen=True)
class Sheet:
    """`holder` is empty where our font cannot write the name: then it is written by hand."""

    news: PaperNews
    holder: str


def paper_news(letter: Letter, matter: Matter, own_page: str, courses_at: str) -> PaperNews:
    """The news of a letter about a paper. Raises StopIteration where there is no such paper."""
    file, language = matter.file, matter.file.contact.person.language
    papers: tuple[Voucher | Certificate, ...] = (*file.vouchers, *file.certificates)
    return PaperNews(
        reference=letter.reference,
        kind=letter.kind.value,
        paper=next(each for each in papers if _is_about(letter, each)),
        session=outline(matter.session, language) if matter.session else None,
        delete_on=file.contact.delete_on,
        rule=file.contact.rule,
        own_page=own_page,
        courses_at=courses_at,
    )


def sheet(news: PaperNews, person: Person) -> Sheet:
    name = one_line(f"{person.first_name} {person.surname}")
    return Sheet(news, name if load().knows(name) else "")


def _is_about(letter: Letter, paper: Voucher | Certificate) -> bool:
    if isinstance(paper, Voucher):
        return letter.kind is LetterKind.VOUCHER and paper.number == letter.revision
    return letter.kind is LetterKind.CERTIFICATE and paper.kind.value == letter.start
