"""What can go wrong, in the words of the service; each error carries facts, never a sentence."""

from collections.abc import Collection, Sequence
from datetime import timedelta


class ConfigurationError(Exception):
    """A setting, fact or built file is missing or malformed; the message names it, for operators."""


class IntakeClosedError(Exception):
    """This kind of form takes no requests any more."""


class TakenError(Exception):
    """A condition of a write did not hold: somebody was quicker. Reading again and deciding anew helps."""

    def __init__(self, what: str = "", refused: Collection[int] = ()) -> None:
        """`refused` are the places in the transaction of what was refused."""
        super().__init__(what)
        self.refused = refused


class ReferenceTakenError(TakenError):
    """By chance another form has this reference already; the next candidate will do."""


class StoreBusyError(Exception):
    """The store did not do what was asked, or did not say; nothing is half done and asking again may help."""


class UnknownReferenceError(Exception):
    """No contact has this reference, or not any more."""


class ChangedMeanwhileError(Exception):
    """What somebody wants to change is not as their page showed it any more; nothing was done."""


class ImpossibleDayError(Exception):
    """A day that staff chose does not fit; nothing was done."""


class LinkOverError(Exception):
    """A sign-in link was used, is too old, or is none of ours; a new one can be asked for."""


class ImpossibleSessionError(Exception):
    """A session that staff describe cannot take place so; `why` is a key such as `order`, `course` or `taken`."""

    def __init__(self, session_id: str, why: str) -> None:
        super().__init__(f"{session_id}: {why}")
        self.session_id, self.why = session_id, why


class ImpossiblePlanError(Exception):
    """Sessions that staff describe cannot take place so; nothing was stored."""

    def __init__(self, mistakes: Sequence[ImpossibleSessionError]) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes


class SessionClosedError(Exception):
    """Nobody can sign up for this session: it does not exist, is not published, was cancelled, or has begun."""


class SessionFullError(Exception):
    """No seat and no place in the line is left; another session may have one."""


class DateGoneError(Exception):
    """The date that was chosen cannot be had: somebody was quicker, or staff changed it. All stays as it was."""


class TooManyBookingsError(Exception):
    """This person has as many open bookings as anyone may; staff can help."""


class DeletionComesFirstError(Exception):
    """The session or appointment would end on or after the day on which the person's contact is deleted."""


class AgainstRulesError(Exception):
    """The programme's rules do not allow a step; `why` is a key of `contract.Reason`.

    With `office_decides` the rules leave it open, and nobody has said yet that the office decided for it.
    """

    def __init__(self, why: str, *, office_decides: bool = False) -> None:
        super().__init__(why)
        self.why, self.office_decides = why, office_decides


class UnreadableItemError(Exception):
    """A stored item is not as we store them; the others can still be served."""


class TooManyRequestsError(Exception):
    """A limit was reached; asking again after `retry_after` is welcome."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__("too many requests")
        self.retry_after = retry_after


class TooManyLinksError(TooManyRequestsError):
    """Somebody asked for their link many times; the letters are on their way, or another day helps."""


class CannotMergeError(Exception):
    """Two contacts cannot be put together; `why` is a key of `merging.Obstacle`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class CannotConfirmError(Exception):
    """What a further form said cannot be taken over without staff: it is somebody else's, or ends the data too soon."""


class LeftUndoneError(Exception):
    """A run could not do all that was due; the counts are in the log, and the next run tries again."""


class RunFailedError(Exception):
    """A function failed in a way that nobody has foreseen; the message is the class of what was raised, and no more."""


class MailLaterError(Exception):
    """The mail service did not take the letter now; a later try may succeed."""


class MailRefusedError(Exception):
    """This letter or its address is refused for good; another try would fail likewise."""


class MailStoppedError(Exception):
    """Our own account or configuration is refused: every letter would fail, so sending stops until it is mended."""
