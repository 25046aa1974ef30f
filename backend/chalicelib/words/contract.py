"""The words of a contract, by the keys of the domain. Numbers and periods come in as %(places)s, each from a fact."""

from chalicelib.words.catalogues import N_

# The fact that fills each place of a reason.
PLACES: dict[str, str] = {
    "most": "language_course.most",
    "attendance": "language_course.attendance",
    "valid": "language_course.voucher_valid",
    "languages": "language_course.levels_languages",
}

# By the verdicts of contract.Verdict: what stands before the reason.
VERDICTS: dict[str, str] = {
    # NOTE: staff desk, before something that staff may record; alone
    "allowed": N_("Allowed"),
    # NOTE: staff desk, before the reason why something may not be recorded; a dash and the reason follow
    "not_allowed": N_("Not allowed"),
    # NOTE: staff desk, before the reason why the rules say neither yes nor no; a dash and the reason follow
    "office_decides": N_("The CAI team decides"),
}

# By the keys of contract.Reason.
REASONS: dict[str, str] = {
    # NOTE: staff desk, reason
    "unsigned": N_("The contract was not signed by that day."),
    # NOTE: staff desk, reason
    "ended": N_("The contract has ended."),
    # NOTE: staff desk, reason: what is recorded must have happened
    "future": N_("This day is still to come."),
    # NOTE: staff desk, reason: such as a course that was completed before it began
    "order": N_("These days cannot follow each other."),
    # NOTE: staff desk, reason; %(most)s is a number, now 3
    "most": N_("Courses possible: at most %(most)s."),
    # NOTE: staff desk, reason; the meeting is the appointment where the contract is signed
    "after_meeting": N_(
        "The first voucher is issued at the meeting for signing. The fact sheet does not say what holds on another day."
    ),
    # NOTE: staff desk, reason
    "expired": N_("The voucher expired without a course. The fact sheet does not say whether there is another one."),
    # NOTE: staff desk, reason: all conditions are met; the quotation is from the fact sheet
    "additional": N_("The conditions for another voucher are met. The fact sheet says that it “may be issued”."),
    # NOTE: staff desk, reason; %(valid)s is a period such as "6 months"
    "validity": N_(
        "The last day of a voucher must come after the day of its issue. Validity of the first one: %(valid)s."
    ),
    # NOTE: staff desk, reason
    "no_voucher": N_("There is no such voucher."),
    # NOTE: staff desk, reason
    "not_valid": N_("The voucher is not valid on that day."),
    # NOTE: staff desk, reason
    "used": N_("The voucher has been used already."),
    # NOTE: staff desk, reason
    "unused": N_("The voucher has not been used for a course."),
    # NOTE: staff desk, reason; %(languages)s are names of languages, such as "Luxembourgish, French and/or German"
    "language": N_("Vouchers are for courses in these languages: %(languages)s."),
    # NOTE: staff desk, reason: how much of a course somebody attended
    "percent": N_("Attendance is a percentage of the course."),
    # NOTE: staff desk, reason
    "completed": N_("The course has been recorded as completed already."),
    # NOTE: staff desk, reason: why there is no further voucher
    "first_course": N_("The first course is not completed."),
    # NOTE: staff desk, reason
    "course": N_("The language course is not completed."),
    # NOTE: staff desk, reason; %(attendance)s is a percentage, now "70 %"
    "attendance": N_("The course was completed with less than the compulsory attendance: %(attendance)s."),
    # NOTE: staff desk, reason: the provider's certificate of the language course
    "copy": N_("There is no copy of the certificate of the language course."),
    # NOTE: staff desk, reason
    "citizenship": N_("The citizenship course is not complete: it takes every meeting of the same course."),
    # NOTE: staff desk, reason
    "orientation": N_("No orientation day was attended since the contract was signed."),
    # NOTE: staff desk, reason
    "recorded": N_("This has been recorded already."),
    # NOTE: staff desk, reason why the day of signing cannot be changed so
    "papers": N_("This contract has vouchers or certificates that would be older than it."),
}

# By the keys of contract_state.Done.
DONE: dict[str, str] = {
    # NOTE: resident's own page, list of what is done; %(day)s is a day
    "signed": N_("Contract signed: %(day)s"),
    # NOTE: resident's own page, list of what is done; %(day)s is a day
    "begun": N_("First course or orientation day begun: %(day)s"),
    # NOTE: resident's own page, list of what is done; %(day)s is a day
    "course": N_("Language course completed: %(day)s"),
    # NOTE: resident's own page, list of what is done; %(day)s is a day
    "copy": N_("Copy of the certificate of your language course received: %(day)s"),
    # NOTE: resident's own page, list of what is done; %(day)s is a day
    "citizenship": N_("Citizenship course completed: %(day)s"),
    # NOTE: resident's own page, list of what is done; %(day)s is a day
    "citizenship_certificate": N_("Certificate of the citizenship course: %(day)s"),
    # NOTE: resident's own page, list of what is done; %(day)s is a day
    "orientation": N_("Orientation day attended: %(day)s"),
    # NOTE: resident's own page, list of what is done; %(day)s is a day
    "orientation_certificate": N_("Certificate of the orientation day: %(day)s"),
    # NOTE: resident's own page, list of what is done; %(day)s is a day
    "validated": N_("Contract validated: %(day)s"),
}

# By the keys of contract_state.Missing.
MISSING: dict[str, str] = {
    # NOTE: resident's own page, list of what is not there yet
    "course": N_("Complete a language course."),
    # NOTE: resident's own page, list of what is not there yet
    "copy": N_("Send the CAI team a copy of the certificate of your language course."),
    # NOTE: resident's own page, list of what is not there yet
    "citizenship": N_("Attend every meeting of the same citizenship course."),
    # NOTE: resident's own page, list of what is not there yet
    "orientation": N_("Attend an orientation day. You get a personal invitation."),
}

# By the keys of contract_state.Ends.
ENDS: dict[str, str] = {
    # NOTE: resident's own page, list of what ends when; %(day)s is a day
    "contract": N_("Your contract ends: %(day)s"),
    # NOTE: resident's own page, list of what ends when; %(day)s is a day in the past
    "contract_over": N_("Your contract ended: %(day)s"),
    # NOTE: resident's own page, list of what ends when; %(day)s is a day
    "voucher": N_("Last day to use your voucher: %(day)s"),
}

# By the kinds of papers.CertificateKind.
CERTIFICATES: dict[str, str] = {
    # NOTE: staff desk, something to record
    "course": N_("Copy of the certificate of a language course"),
    # NOTE: staff desk, something to record
    "citizenship": N_("Certificate of the citizenship course"),
    # NOTE: staff desk, something to record
    "orientation": N_("Certificate of the orientation day"),
    # NOTE: staff desk, something to record
    "validation": N_("Validation of the contract"),
}
