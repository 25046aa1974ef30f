"""The words of the data protection page for what is stored, what for, and until when, by the keys of the programme."""

from chalicelib.words.catalogues import N_

# By the purposes of stored.toml: what an answer of the form is asked for.
ASKED: dict[str, str] = {
    # NOTE: data protection page, table: what the names are asked for
    "who": N_("To know who is asking"),
    # NOTE: data protection page, table: what phone number and e-mail address are asked for
    "reach": N_("To answer you"),
    # NOTE: data protection page, table: what the social security number is asked for; “it” is the number
    "prepare": N_("To prepare your appointment. It is stored sealed, that is, encrypted."),
    # NOTE: data protection page, table: what the day of the information session is asked for
    "session": N_("To know whether you have to take part again, and to work out the day of deletion"),
    # NOTE: data protection page, table: what the half-days are asked for
    "day": N_("To find a day that suits you"),
    # NOTE: data protection page, table: what the language of the meeting is asked for
    "speaker": N_("To find a person who speaks that language"),
    # NOTE: data protection page, table: what the message is asked for
    "question": N_("To understand your question"),
    # NOTE: data protection page, table: what the date that somebody chose is asked for
    "place": N_("To keep your place, and to tell you when something changes"),
    # NOTE: data protection page, table: what the needs are asked for; "it" is what the person needs
    "needs": N_("To prepare the session for you. We delete it the day after the session."),
}

# By the purposes of stored.toml: what else is stored, and what for.
NOTED: dict[str, tuple[str, str]] = {
    "language": (
        # NOTE: data protection page, table: something that is stored
        N_("Language of the form"),
        # NOTE: data protection page, table: what the language of the form is stored for
        N_("To write to you in that language"),
    ),
    "request": (
        # NOTE: data protection page, table: something that is stored
        N_("The reference of each form, when it came, and how far your request has got"),
        # NOTE: data protection page, table: what the reference is stored for
        N_("To find your request when you phone or write"),
    ),
    "counted": (
        # NOTE: data protection page, table: something that is stored
        N_("In which month each form came, and what it was about"),
        # NOTE: data protection page, table: what the month of a form is stored for
        N_("To count how many forms come in a month"),
    ),
    "found": (
        # NOTE: data protection page, table: something that is stored; the CAI team looks people up in these lists
        N_("Your surname and your phone number, each in a list of its own"),
        # NOTE: data protection page, table: what the reference is stored for
        N_("To find your request when you phone or write"),
    ),
    "deletion": (
        # NOTE: data protection page, table: something that is stored
        N_("The days of your last request, participation and signature, of your first course, and of the deletion"),
        # NOTE: data protection page, table: what these days are stored for
        N_("To warn you of the deletion, and to delete your data on that day"),
    ),
    "contract": (
        # NOTE: data protection page, table: something that is stored; the courses are language courses
        N_("Your vouchers, the courses you used them for, how much of a course you attended, and your certificates"),
        # NOTE: data protection page, table: what vouchers and certificates are stored for
        N_("To issue your vouchers, and to validate your contract"),
    ),
    "letters": (
        # NOTE: data protection page, table: something that is stored
        N_("Which e-mails or calls you are to get, and which you have got. The text of an e-mail is not stored."),
        # NOTE: data protection page, table: what the states of the e-mails are stored for
        N_("To make sure that each one reaches you"),
    ),
    "place": (
        # NOTE: data protection page, table: something that is stored
        N_("The session for which you have a place or wait, and what we have told you of it"),
        # NOTE: data protection page, table: what the place in a session is stored for
        N_("To keep your place, and to tell you when something changes"),
    ),
    "needs": (
        # NOTE: data protection page, table: something that is stored
        N_("What you need at a session, such as step-free access"),
        # NOTE: data protection page, table: what the needs are stored for; "it" is what the person needs
        N_("To prepare the session for you. We delete it the day after the session."),
    ),
    "invitation": (
        # NOTE: data protection page, table: something that is stored
        N_("That you have signed the contract, and to which orientation days we have invited you"),
        # NOTE: data protection page, table: what this is stored for
        N_("To invite you to the orientation day"),
    ),
    "same_person": (
        # NOTE: data protection page, table: something that is stored; one for the phone number, one for the address
        N_("Codes made with a secret key from your name and your phone number or e-mail address"),
        # NOTE: data protection page, table: what these codes are stored for
        N_("To notice when the same person sends another form"),
    ),
    "link": (
        # NOTE: data protection page, table: something that is stored
        N_("A code made with a secret key from your e-mail address"),
        # NOTE: data protection page, table: what this code is stored for
        N_("To send you the link to your page again when you ask for it"),
    ),
    "doubt": (
        # NOTE: data protection page, table: something that is stored
        N_("A mark, if the form was filled in the way robots do"),
        # NOTE: data protection page, table: what this mark is stored for
        N_("So that the CAI team checks first whether a person wrote it"),
    ),
    "together": (
        # NOTE: data protection page, table: something that is stored
        N_("A random number that stands for you, and a count of the changes"),
        # NOTE: data protection page, table: what the random number is stored for
        N_("To keep your data together, and to lose no change"),
    ),
    "staff": (
        # NOTE: data protection page, table: something that is stored, of the people of the CAI team
        N_("Of the CAI team: who signs in with which e-mail address, and who did what to which reference"),
        # NOTE: data protection page, table: what the data of the CAI team are stored for
        N_("So that only the CAI team sees your data, and to find out later what was done with them"),
    ),
    "abuse": (
        # NOTE: data protection page, table: something that is stored
        N_(
            "A count of forms for each network address, each person and each e-mail address. "
            "It contains only codes made with a secret key, no addresses and no names."
        ),
        # NOTE: data protection page, table: what this count is stored for
        N_("To prevent abuse"),
    ),
}

# NOTE: data protection page, table: yes, this answer has to be given
NEEDED = N_("Yes")
# NOTE: data protection page, table: no, this answer does not have to be given
FREE = N_("No")

# By the fields of the form: what may be given in place of a needed answer.
INSTEAD: dict[str, str] = {
    # NOTE: data protection page, table: whether the phone number has to be given
    "phone": N_("Yes, or an e-mail address"),
    # NOTE: data protection page, table: whether the e-mail address has to be given
    "email": N_("Yes, or a phone number"),
    # NOTE: data protection page, table: whether the day of the session has to be given; “I am not sure” is a box there
    "attended_on": N_("Yes, or tick “I am not sure”"),
}

# By the rules of retention.toml.
RULES: dict[str, str] = {
    # NOTE: data protection page, list of periods; %(kept)s is a period such as "1 year"
    "never_took_part": N_(
        "You have not taken part in an information session: we delete your data %(kept)s after your last request."
    ),
    # NOTE: data protection page, list of periods; %(kept)s is a period such as "1 year"
    "took_part": N_(
        "You have taken part in an information session and have not signed: "
        "we delete your data %(kept)s after your participation."
    ),
    # NOTE: data protection page, list of periods; %(kept)s and %(contract)s are periods such as "1 year", "2 years"
    "signed": N_(
        "You have signed the contract: we delete your data %(kept)s after the contract ends. "
        "It lasts %(contract)s, from your first course or orientation day, or from your signature if you began none."
    ),
}
