"""Pages in the site's own shell: the build leaves a shell for each language, and forms and answers are put into it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from chalicelib.domain.errors import ConfigurationError
from chalicelib.domain.language import DESK_LANGUAGES, LANGUAGES
from chalicelib.domain.session import PLACED_UNTIL
from chalicelib.programme import facts, periods
from chalicelib.words.catalogues import words
from chalicelib.words.choices import DATES
from chalicelib.words.formats import write, write_language, write_meeting, write_weekday
from chalicelib.words.joints import jointed, with_joints
from chalicelib.words.names import with_names_kept
from chalicelib.words.templates import site_path, templates

if TYPE_CHECKING:
    from chalicelib.domain.session import Session, SessionKind
    from chalicelib.forms.appointment import AppointmentForm
    from chalicelib.forms.sign_up import SignUpForm

Address = Callable[[str], str]


def has_shells(mode: str) -> bool:
    """Whether the site was built for a mode, so that the API can answer in it."""
    return files("chalicelib.web").joinpath("shell", mode, "en", "page.html").is_file()


@dataclass(frozen=True)
class Pages:
    """The pages of one mode (demonstration, closed or open), in all languages."""

    mode: str

    def page(self, language: str, title: str, content: str, elsewhere: Address, summary: str = "") -> str:
        """A page of its own; `elsewhere` gives the address of the same page in another language.

        A `summary` says what is wrong, above the title and in it.
        """
        links = {f"elsewhere_{each}": elsewhere(each) for each in LANGUAGES}
        plain = _escape(title)
        prefix = _error(language) if summary else ""
        return _shell(self.mode, language, "page").substitute(
            title=plain, heading=jointed(plain, language), content=content, prefix=prefix, summary=summary, **links
        )

    def sign_up(
        self,
        kind: "SessionKind",
        sessions: "Sequence[Session] | None",
        language: str,
        form: "SignUpForm | None" = None,
        notice: str = "",
    ) -> str:
        """The dates of a kind with the form to sign up: blank, or as it was read, with its errors or a `notice`.

        Where the dates are not known, `sessions` is None and the form keeps the one that was chosen.
        """
        summary = notice or (render("summary.html", language, form=form) if form else "")
        content = render(
            "sign_up.html",
            language,
            kind=kind.value,
            sessions=sessions,
            form=form or _blank_sign_up(language),
            hours=int(PLACED_UNTIL.total_seconds() // 3600),
        )
        title = words(language).gettext(DATES[kind.value])
        return self.page(language, title, content, lambda other: dates_path(kind, other), summary)

    def appointment(
        self,
        language: str,
        form: "AppointmentForm | None" = None,
        slots: "Sequence[Session] | None" = None,
        notice: str = "",
    ) -> str:
        """The page of the appointment form: blank, or as it was read, with its errors, or a `notice` in their place.

        It offers the `slots`; where they are not known, they are None and the form keeps the one that was chosen.
        """
        summary = notice or (render("summary.html", language, form=form) if form else "")
        return _shell(self.mode, language, "appointment").substitute(
            content=render("appointment.html", language, form=form or _blank_appointment(language), slots=slots),
            summary=summary,
            prefix=_error(language) if summary else "",
        )

    def checker(self, values: dict[str, Any], language: str) -> str:
        """The page of the checker with an answer; `values` are those of web/checking.py."""
        return _shell(self.mode, language, "eligibility").substitute(
            content=render("eligibility.html", language, **values),
            summary="",
            # NOTE: before the title of the page of the checker, once it shows an answer
            prefix=words(language).gettext("Your answer:") + " ",
        )

    def desk(self, language: str, title: str, content: str, elsewhere: Address, menu: str, summary: str = "") -> str:
        """A page of the staff desk; `elsewhere` as in `page`, `menu` is empty for who is not signed in."""
        links = {f"elsewhere_{each}": elsewhere(each) for each in DESK_LANGUAGES}
        plain = _escape(title)
        prefix = _error(language) if summary else ""
        return _shell(self.mode, language, "desk").substitute(
            title=plain, heading=plain, content=content, menu=menu, prefix=prefix, summary=summary, **links
        )


def blank_form(name: str, language: str, mode: str, today: date) -> str:
    """The form as the site's page shows it before anyone has answered; `name` is `appointment` or `eligibility`."""
    from chalicelib.web.checking import blank  # noqa: PLC0415 - needed by the build and by posts only

    if name == "eligibility":
        return render("eligibility.html", language, **blank(language, mode, today))
    return render(f"{name}.html", language, form=_blank_appointment(language), slots=None)


def _blank_appointment(language: str) -> "AppointmentForm":
    from chalicelib.forms.appointment import AppointmentForm  # noqa: PLC0415 - as above

    return AppointmentForm.blank(setting(language, date.min))


def _blank_sign_up(language: str) -> "SignUpForm":
    from chalicelib.forms.sign_up import SignUpForm  # noqa: PLC0415 - as above

    return SignUpForm.blank(setting(language, date.min))


def dates_path(kind: "SessionKind", language: str) -> str:
    """Where the dates of a kind of session are listed."""
    return f"/api/{language}/sessions?kind={kind.value}"


def setting(language: str, today: date) -> Any:
    """What the checks of a form depend on; `today` is a day in Luxembourg."""
    from chalicelib.forms.person import Setting  # noqa: PLC0415 - as above

    rule = facts.load().text("appointment.matricule")
    return Setting(language, words(language), today, periods.retention(), rule)


def render(template: str, language: str, **values: Any) -> str:
    """A template of ours in the words of `language`, everything in it escaped."""
    said = facts.load().said(language, lambda value: write(value, language), words(language).gettext)
    html = (
        templates("chalicelib.web", language)
        .get_template(template)
        .render(
            language=language,
            facts=said,
            day=lambda day: write_weekday(day, language),
            hours_of=lambda meeting: write_meeting(meeting, language),
            spoken=lambda code: write_language(code, language),
            path=site_path,
            **values,
        )
    )
    return finished(html, language)


def finished(html: str, language: str) -> str:
    """Part of a page with the joints of long words and the names that nobody translates."""
    return with_names_kept(with_joints(html, language), facts.load().names())


@cache
def _shell(mode: str, language: str, name: str) -> Template:
    shell = files("chalicelib.web").joinpath("shell", mode, language, f"{name}.html")
    try:
        return Template(shell.read_text("utf-8"))
    except FileNotFoundError as missing:
        raise ConfigurationError(
            f"The site has not been built for the mode {mode}: run make site MODE={mode}"
        ) from missing


def _error(language: str) -> str:
    # NOTE: before the title of a page with errors
    return words(language).gettext("Error:") + " "


def _escape(text: str) -> str:
    from markupsafe import escape  # noqa: PLC0415 - comes with Jinja

    return str(escape(text))
