"""The checker for people without JavaScript: posted answers in, the same page with the answer out; nothing is kept."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.days import day_in_luxembourg
from chalicelib.web.answer import Answer
from chalicelib.web.checking import answered
from chalicelib.web.pages import Pages
from chalicelib.web.posts import refuse_forged
from chalicelib.web.request import Request


@dataclass(frozen=True)
class CheckerDesk:
    """Answers in every mode, closed too."""

    site_url: str
    pages: Pages

    def post(self, request: Request, language: str, now: datetime) -> Answer:
        """The page with the answer above the form. Raises ForgedError and what reading a form may raise."""
        refuse_forged(request, self.site_url)
        given = {question: values[-1] for question, values in request.form().fields.items()}
        return Answer(
            200, self.pages.checker(answered(given, language, self.pages.mode, day_in_luxembourg(now)), language)
        )
