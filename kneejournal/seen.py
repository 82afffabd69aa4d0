"""What a machine remembers of the newest version of a journal that it wrote."""

from msgspec import Struct

from kneejournal.journal_format import Header


class Seen(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The newest version this machine wrote; kept outside the journal, so that an older file is recognised."""

    revision: int = 0
    journal: str = ""
    sha256: str = ""
    ahead: int = 0
    """The revision that was written ahead of it, to come into the journal later; 0 when none was."""

    @classmethod
    def of(cls, header: Header, ahead: int = 0) -> "Seen":
        """What is to be remembered once the version of `header` was written, or something ahead of it."""
        return cls(revision=header.revision, journal=header.journal, sha256=header.sha256, ahead=ahead)

    def is_of(self, header: Header) -> bool:
        """Whether the version of `header` is the one that this machine wrote last."""
        return (self.journal, self.revision, self.sha256) == (header.journal, header.revision, header.sha256)

    def is_later(self, header: Header) -> bool:
        """Whether this machine has written a newer version than that of `header`, or another of the same revision."""
        if self.journal and header.journal != self.journal:
            return True
        if header.revision == self.revision:
            return header.sha256 != self.sha256
        return header.revision < self.revision

    def is_to_confirm(self, header: Header, ahead: Header | None = None) -> bool:
        """Whether the last days are to be gone through: after a restore, or when something may be lost.

        `ahead` is the header of what was written ahead. Of what is in the journal already it says nothing new.
        """
        if header.to_confirm or self.is_later(header):
            return True
        is_taken_in = ahead is not None and self.is_of(header) and ahead.revision <= header.revision
        if ahead is not None and ahead.to_confirm and not is_taken_in:
            return True
        return self.ahead > max(header.revision, ahead.revision if ahead else 0)
