"""The line that says that this journal is a sample."""

from textual.content import Content
from textual.widgets import Static

SAMPLE_NOTICE = "Sample journal · thrown away on leaving"


class SampleNotice(Static):
    """Always there on a sample journal, and never on one's own: the stylesheet goes by the app's class `-sample`."""

    def __init__(self) -> None:
        super().__init__(Content(SAMPLE_NOTICE))
