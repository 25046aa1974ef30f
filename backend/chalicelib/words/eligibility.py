"""The words of the checker, by the ids of eligibility.toml. Ages, days and names come in as %(places)s."""

from chalicelib.words.catalogues import N_

QUESTIONS: dict[str, str] = {
    # NOTE: checker, question
    "nationality": N_("Do you have Luxembourg nationality?"),
    # NOTE: checker, question; %(age)s is a number, now 16
    "age": N_("Are you %(age)s or older?"),
    # NOTE: checker, question
    "residence": N_("Do you legally live in Luxembourg?"),
    # NOTE: checker, question
    "work": N_("Do you work in Luxembourg?"),
    # NOTE: checker, question; a temporary residence permit is a “titre de séjour temporaire”
    "permit": N_("Do you hold a temporary residence permit?"),
    # NOTE: checker, question: somebody has asked for international protection and has no decision yet
    "protection": N_("Is your application for international protection still being decided?"),
    # NOTE: checker, question
    "settle": N_("Do you want to settle in Luxembourg permanently?"),
    # NOTE: checker, question: strong authentication
    "identify": N_("Can you prove online who you are?"),
}

HINTS: dict[str, str] = {
    # NOTE: checker, hint under “Do you legally live in Luxembourg?”
    "residence": N_("For example with a registration certificate, a residence permit or protection that was granted."),
    # NOTE: checker, hint under “Do you work in Luxembourg?”
    "work": N_("It also counts if you live in another country."),
    # NOTE: checker, hint under “Is your application for international protection still being decided?”
    "protection": N_("Protection has been granted to you? Then answer “No”: you count as a resident."),
    # NOTE: checker, hint under “Can you prove online who you are?”; LuxTrust is a name
    "identify": N_("For example with LuxTrust or with an electronic identity card."),
}

# NOTE: checker, answer that each question has
UNKNOWN = N_("I do not know")
# NOTE: checker, answer, alone
_YES = N_("Yes")
# NOTE: checker, answer, alone
_NO = N_("No")

ANSWERS: dict[str, dict[str, str]] = {
    "nationality": {
        "foreign": _NO,
        # NOTE: checker, answer to “Do you have Luxembourg nationality?”
        "luxembourgish": N_("Yes, alone or beside another one"),
    },
    "age": {
        # NOTE: checker, answer to “Are you 16 or older?”; %(adult)s is a number, now 18
        "adult": N_("Yes, I am %(adult)s or older"),
        # NOTE: checker, answer to “Are you 16 or older?”; %(adult)s is a number, now 18
        "young": N_("Yes, but I am not %(adult)s yet"),
        # NOTE: checker, answer to “Are you 16 or older?”; %(age)s is a number, now 16
        "child": N_("No, I am under %(age)s"),
    },
    "residence": {
        "legal": _YES,
        # NOTE: checker, answer to “Do you legally live in Luxembourg?”
        "without_right": N_("I live in Luxembourg, but I have no right of residence"),
        # NOTE: checker, answer to “Do you legally live in Luxembourg?”
        "elsewhere": N_("No, I live in another country"),
    },
    "work": {"yes": _YES, "no": _NO},
    "permit": {
        "temporary": _YES,
        # NOTE: checker, answer to “Do you hold a temporary residence permit?”: somebody who only sees a day on the card
        "end_date": N_("My card has an end date, that is all I know"),
        # NOTE: checker, answer to “Do you hold a temporary residence permit?”
        "other": N_("No, or I need no residence permit"),
    },
    "protection": {
        "pending": _YES,
        # NOTE: checker, answer to “Is your application for international protection still being decided?”
        "none": N_("No, or I have made no such application"),
    },
    "settle": {"yes": _YES, "no": _NO},
    "identify": {"yes": _YES, "no": _NO},
}

# Of each criterion, the reason it gives: no, not known, yes.
REASONS: dict[str, tuple[str, str, str]] = {
    "biergerpakt.adult": (
        # NOTE: checker, reason; %(adult)s is a number, now 18
        N_("You are not %(adult)s yet."),
        # NOTE: checker, reason: not known; %(adult)s is a number, now 18
        N_("We do not know whether you are %(adult)s or older."),
        # NOTE: checker, reason; %(adult)s is a number, now 18
        N_("You are %(adult)s or older."),
    ),
    "biergerpakt.lives_or_works": (
        # NOTE: checker, reason
        N_("You neither live nor work in Luxembourg."),
        # NOTE: checker, reason: not known, also for people without a right of residence
        N_("We do not know whether you count as a person who lives or works in Luxembourg."),
        # NOTE: checker, reason
        N_("You live or work in Luxembourg."),
    ),
    "cai.foreign": (
        # NOTE: checker, reason
        N_("You have Luxembourg nationality."),
        # NOTE: checker, reason: not known
        N_("We do not know whether you have Luxembourg nationality."),
        # NOTE: checker, reason
        N_("You do not have Luxembourg nationality."),
    ),
    "cai.old_enough": (
        # NOTE: checker, reason; %(age)s is a number, now 16
        N_("You are not %(age)s yet."),
        # NOTE: checker, reason: not known; %(age)s is a number, now 16
        N_("We do not know whether you are %(age)s or older."),
        # NOTE: checker, reason; %(age)s is a number, now 16
        N_("You are %(age)s or older."),
    ),
    "cai.legal_resident": (
        # NOTE: checker, reason
        N_("You do not legally live in Luxembourg."),
        # NOTE: checker, reason: not known
        N_("We do not know whether you legally live in Luxembourg."),
        # NOTE: checker, reason
        N_("You legally live in Luxembourg."),
    ),
    "cai.not_temporary": (
        # NOTE: checker, reason
        N_("You hold a temporary residence permit."),
        # NOTE: checker, reason: not known; somebody may have given an end date
        N_("We do not know whether your residence permit is temporary. An end date does not say so. Ask the CAI team."),
        # NOTE: checker, reason
        N_("You do not hold a temporary residence permit."),
    ),
    "cai.no_applicant": (
        # NOTE: checker, reason
        N_("Your application for international protection is still being decided."),
        # NOTE: checker, reason: not known
        N_("We do not know whether an application of yours for international protection is still being decided."),
        # NOTE: checker, reason
        N_("You are not waiting for a decision on international protection."),
    ),
    "cai.settling": (
        # NOTE: checker, reason
        N_("You do not want to settle in Luxembourg permanently."),
        # NOTE: checker, reason: not known
        N_("We do not know whether you want to settle in Luxembourg permanently."),
        # NOTE: checker, reason
        N_("You want to settle in Luxembourg permanently."),
    ),
}

# Of each programme, the verdict: no, not known, yes.
VERDICTS: dict[str, tuple[str, str, str]] = {
    "biergerpakt": (
        # NOTE: checker, answer; %(pact)s is the name Biergerpakt
        N_("The %(pact)s is not open to you."),
        # NOTE: checker, answer; %(pact)s is the name Biergerpakt
        N_("We do not know enough to say whether the %(pact)s is open to you."),
        # NOTE: checker, answer; %(pact)s is the name Biergerpakt
        N_("The %(pact)s is open to you."),
    ),
    "cai": (
        # NOTE: checker, answer, about the rules of the CAI as they were
        N_("Under these rules, you would not have qualified."),
        # NOTE: checker, answer, about the rules of the CAI as they were
        N_("Under these rules, you may have qualified. We do not know enough to say."),
        # NOTE: checker, answer, about the rules of the CAI as they were
        N_("Under these rules, you would have qualified."),
    ),
}

# The same while contracts can be signed.
WHILE_OPEN: tuple[str, str, str] = (
    # NOTE: checker, answer, while the CAI can be signed
    N_("Under these rules, you do not qualify."),
    # NOTE: checker, answer, while the CAI can be signed
    N_("Under these rules, you may qualify. We do not know enough to say."),
    # NOTE: checker, answer, while the CAI can be signed
    N_("Under these rules, you qualify."),
)

# What is said before the answer that keeps a verdict from yes.
DECIDED: dict[str, str] = {
    # NOTE: checker, before the reason that decides
    "no": N_("This one answer decides:"),
    # NOTE: checker, before the only reason that is not known
    "unknown": N_("This one answer decides, and it is missing:"),
    # NOTE: checker, before the first of several reasons that are not known
    "unknowns": N_("More than one answer is missing. Begin with this one:"),
}

NOTES: dict[str, str] = {
    # NOTE: checker, for people who are old enough for the CAI and still minors
    "young": N_("You are a minor: by the rules of the CAI, a legal representative signs as well. Talk to us first."),
    # NOTE: checker, for people who cannot prove online who they are; %(pact)s is the name Biergerpakt
    "identify": N_("People join the %(pact)s online and prove there who they are. You cannot do that? Talk to us."),
}


def wordless(checks: dict[str, set[str]]) -> list[str]:
    """What has no words, or words that nothing says, by kind: questions, answers, reasons, verdicts and notes."""
    known = {
        "question": set(QUESTIONS),
        "answer": {f"{question}.{answer}" for question, answers in ANSWERS.items() for answer in answers},
        "criterion": set(REASONS),
        "programme": set(VERDICTS),
        "note": set(NOTES),
    }
    return sorted(f"{kind} {name}" for kind, names in checks.items() for name in names ^ known[kind])
