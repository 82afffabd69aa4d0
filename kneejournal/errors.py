"""What can go wrong, as one or two plain lines and an exit status."""

OWN_FAULT = 70
"""The exit status of an error of the program's own (EX_SOFTWARE of sysexits.h)."""
INTERRUPTED = 130
PIPE_CLOSED = 141
"""What a shell reports of a program that a closed pipe ended."""


class KneejournalError(Exception):
    """An error the user can act on: what is wrong, where, and what to do. Never a traceback.

    `status` is the command's exit status; `hint` is what to do on the command line, where the app has keys for it.
    """

    status = 4

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.hint = hint


class BadData(KneejournalError):
    """A value that the journal does not allow; nothing was changed."""

    status = 4


class UnitUnknown(BadData):
    """A file does not tell whether its distances are miles or kilometres, and nobody said it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} Nothing was changed.", hint="Say it: --units mi or --units km.")


class WrongUsage(KneejournalError):
    """A command called in a way that it does not have."""

    status = 2


class Unreadable(KneejournalError):
    """The journal or a file cannot be read or written."""

    status = 3
