"""What staff call the ready texts of domain/answers.py; what a resident reads is in the letter."""

from chalicelib.words.catalogues import N_

ANSWERS: dict[str, str] = {
    # NOTE: name of a ready text, from which staff choose what to answer somebody
    "documents": N_("documents are missing"),
    # NOTE: name of a ready text, from which staff choose what to answer somebody
    "question": N_("we have a question, please phone"),
    # NOTE: name of a ready text, from which staff choose what to answer somebody
    "not_ours": N_("not our task, whom to ask"),
    # NOTE: name of a ready text, from which staff choose what to answer somebody
    "closed": N_("no new contracts are signed"),
}
