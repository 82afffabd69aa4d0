"""Every page of the app; the one it opens with is loaded at once, these with the first that is wanted after it."""

from kneejournal.journal import Journal
from kneejournal.screens.follow_along import FollowAlong
from kneejournal.screens.learn import LearnScreen
from kneejournal.screens.page import Page
from kneejournal.screens.pain_journal import PainJournalScreen
from kneejournal.screens.ready import ReadyScreen
from kneejournal.screens.shoes import ShoesScreen
from kneejournal.screens.today import TodayScreen

PAGES: tuple[type[Page], ...] = (TodayScreen, PainJournalScreen, ReadyScreen, ShoesScreen, LearnScreen)


def make_page(name: str, journal: Journal, follow: FollowAlong) -> Page:
    """The page of that name. Raises StopIteration when there is none."""
    page = next(page for page in PAGES if name == page.NAME)
    if issubclass(page, TodayScreen | ReadyScreen):
        return page(journal, follow)
    return page(journal)
