"""Why the service cannot start, in one sentence for the person at the keyboard."""


class CannotStartError(Exception):
    """The message is the whole explanation: no traceback is shown."""
