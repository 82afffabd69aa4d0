"""The pages of content/learn keep the house rules as they are shipped, and are refused by their line when damaged."""

import re
import shutil
from pathlib import Path

import pytest

from kneejournal.domain.learn import find_page, said
from kneejournal.domain.profile import Thresholds
from kneejournal.domain.programme import Block, LearnPage, Words
from kneejournal.domain.reasons import RULES
from kneejournal.errors import BadData, Unreadable
from kneejournal.learn_pages import load_pages
from kneejournal.library import load_programme, open_programme
from tests.support import CONTENT, programme

PAGES = [
    "knee", "causes", "kneecap", "symptoms", "rest", "shoes", "exercises", "how-often", "clear-days", "symptom-free",
    "running-again", "setback", "prevention", "see-somebody", "about",
]  # fmt: skip
NEVER = r"\bsafe\b|safely|cleared|http|guarantee|\bcure|\bheals?\b"
FROM_RESEARCH = "From research, not from the article:"
OWN_DEFAULT = "journal's own default"
SOURCES = r"\b(19|20)\d\d\b|PMC\d+|\bNHS\b|\bTREK\b|\bAAOS\b|PhysioAdvisor"

# What one page is made of, and what the error says of it.
REFUSED = {
    "a page without a title": ("Shoes\n\nWear them.", "line 1: the first line is not the title"),
    "a title too long for the list": (f"# {'x' * 25}\n\nWords.", "line 1: the first line is not the title"),
    "a page without words": ("# Shoes\n", "line 1: the page has nothing below its title"),
    "an empty page": ("", "line 1: the first line is not the title"),
    "a link to no page": ("# Shoes\n\nWear\n[these](boots).", 'line 4: there is no page "boots"; links go to '),
    "a link out into the world": ("# Shoes\n\n[these](https://boots.test)", 'line 3: there is no page "https://'),
    "a bare address": ("# Shoes\n\nSee https://boots.test now.", "line 3: https: stands alone, or is not shown"),
    "emphasis without an end": ("# Shoes\n\nOne.\n\n- Wear *these\n  and those*.", "line 5: * stands alone"),
    "a key without an end": ("# Shoes\n\nPress `s.", "line 3: ` stands alone"),
    "a picture": ("# Shoes\n\n![them](shoes.png)", "line 3: there is no page"),
    "HTML": ("# Shoes\n\n<b>Wear them.</b>", "line 3: < stands alone"),
    "a deeper heading": ("# Shoes\n\n### Deep", "line 3: only headings (##), paragraphs and lists"),
    "a second title": ("# Shoes\n\nWords.\n\n# More", "line 5: only headings (##), paragraphs and lists"),
    "a numbered list": ("# Shoes\n\n1. One", "line 3: only headings (##), paragraphs and lists"),
    "words right below a heading": ("# Shoes\n\n## More\nWords.", "line 4: an empty line is missing above it"),
    "an item that goes on without its indent": ("# Shoes\n\n- One\ntwo", "line 4: an empty line is missing above it"),
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of content/ that a test may damage."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def texts(page: LearnPage) -> list[str]:
    return [said(block) for block in page.blocks]


def words_of(page: LearnPage) -> str:
    return " ".join([page.title, *texts(page)])


def of(page_id: str) -> str:
    return words_of(find_page(page_id, programme()))


def test_the_pages_come_in_the_order_of_their_files() -> None:
    assert [page.id for page in programme().learn] == PAGES


@pytest.mark.parametrize("page", programme().learn, ids=lambda page: page.id)
def test_a_page_is_short(page: LearnPage) -> None:
    assert 80 <= len(words_of(page).split()) <= 240


@pytest.mark.parametrize("page", programme().learn, ids=lambda page: page.id)
def test_a_page_ends_with_what_the_journal_does_and_the_key_for_it(page: LearnPage) -> None:
    headings = [block for block in page.blocks if block.kind == "heading"]
    assert said(headings[-1]) == "In this journal"
    after = page.blocks[page.blocks.index(headings[-1]) + 1 :]
    assert any(words.look == "key" for block in after for words in block.words)


@pytest.mark.parametrize("page", programme().learn, ids=lambda page: page.id)
def test_no_page_clears_anybody_or_leads_out_of_the_journal(page: LearnPage) -> None:
    assert not re.search(NEVER, words_of(page), re.IGNORECASE)


@pytest.mark.parametrize("page", programme().learn, ids=lambda page: page.id)
def test_what_comes_from_research_says_so_and_names_its_source(page: LearnPage) -> None:
    for text in texts(page):
        if page.id == "about":
            continue
        if re.search(r"[(;] ?[A-Z][^()]*\d{4}|PMC\d|studies|reviews", text):
            assert text.startswith(FROM_RESEARCH), text
        if text.startswith(FROM_RESEARCH):
            assert re.search(SOURCES, text), text


def test_the_caveat_about_the_causes_stands_once_and_names_load() -> None:
    found = [page.id for page in programme().learn if "Esculier" in words_of(page)]
    assert found == ["causes"]
    assert "put load first" in of("causes")


def test_the_disclaimer_has_its_place() -> None:
    assert "They are not medical advice" in of("about")
    assert "information and education" in of("about")


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_has_a_page_that_explains_it(rule_id: str) -> None:
    shipped = programme()
    page = shipped.page(shipped.rule(rule_id).learn)
    assert page is not None
    if shipped.rule(rule_id).source == "default":
        assert OWN_DEFAULT in words_of(page)


def test_the_numbers_are_those_of_the_rules() -> None:
    usual = Thresholds()
    assert "500 miles or 6 months" in of("shoes")
    assert (usual.shoe_limit_months, round(usual.shoe_limit_m / 1609.344)) == (6, 500)
    assert f"{usual.minor_days} clear days in a row and {usual.minor_days} full days" in of("setback")
    assert f"{usual.major_days} and {usual.major_days}, and you begin at stage 1" in of("setback")
    assert f"major from pain {usual.major_pain} on" in of("setback")
    assert f"second within {usual.second_setback_days} days" in of("setback")
    assert f"A break of {usual.break_days} days costs a stage" in of("running-again")
    assert f"over {usual.longer_run_percent} % longer" in of("prevention")
    assert f"written at {usual.closes_at}:00 or later" in of("clear-days")
    assert f"At least {usual.exercise_days} times a week" in of("how-often")
    assert f"pain of {usual.therapist_pain} or more" in of("see-somebody")
    assert ("eight stages" in of("running-again"), len(programme().stages)) == (True, 8)


def test_every_exercise_is_named() -> None:
    page = of("exercises").lower()
    for words in ("clamshell", "side-lying leg lift", "straight leg lift", "toes turned out", "bridge", "plank",
                  "side plank", "hamstring stretch", "standing quad stretch", "itb stretch"):  # fmt: skip
        assert words in page


def test_every_page_is_reached_from_another_or_is_the_first_or_the_last() -> None:
    shipped = programme()
    reached = {page for other in shipped.learn for page in other.leads_to} | {rule.learn for rule in shipped.rules}
    assert {page.id for page in shipped.learn} - reached == {"knee", "about"}


def test_a_page_is_headings_paragraphs_and_items_with_their_looks(content: Path) -> None:
    (content / "learn" / "06-shoes.md").write_text(
        "# Shoes\n\nWear *good* ones,\nsee [rest](rest).\n\n## More\n\n- One\n  and on\n- `s`\n", encoding="utf-8"
    )
    page = next(page for page in load_pages(content) if page.id == "shoes")
    assert page.title == "Shoes"
    assert texts(page) == ["Wear good ones, see rest.", "More", "One and on", '"s"']
    assert [block.kind for block in page.blocks] == ["paragraph", "heading", "item", "item"]
    assert Words("good", "emphasis") in page.blocks[0].words
    assert Words("rest", "link", "rest") in page.blocks[0].words
    assert page.blocks[3] == Block("item", (Words("s", "key"),))
    assert page.leads_to == ("rest",)


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_damaged_page_is_refused_by_file_and_line(text: str, why: str, content: Path) -> None:
    (content / "learn" / "06-shoes.md").write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        load_programme(content)
    assert str(caught.value).startswith(f"content/learn/06-shoes.md, {why}")
    assert str(caught.value).endswith("Correct the file or install kneejournal again.")


@pytest.mark.parametrize("name", ["shoes.md", "6-shoes.md", "06-Shoes.md", "06-shoes-.md", "06 shoes.md"])
def test_a_file_with_another_name_is_refused(name: str, content: Path) -> None:
    (content / "learn" / "06-shoes.md").rename(content / "learn" / name)
    with pytest.raises(Unreadable, match=rf"^content/learn/{name}: the name is not two digits"):
        load_pages(content)


def test_two_files_of_one_page_are_refused(content: Path) -> None:
    shutil.copy(content / "learn" / "06-shoes.md", content / "learn" / "16-shoes.md")
    with pytest.raises(Unreadable, match=r'^content/learn/16-shoes.md: the page "shoes" is content/learn/06-shoes.md'):
        load_pages(content)


def test_a_folder_without_pages_is_refused(content: Path) -> None:
    shutil.rmtree(content / "learn")
    with pytest.raises(Unreadable, match=r"^content/learn: there is no page in it"):
        load_programme(content)


def test_a_page_that_cannot_be_read_is_named(content: Path) -> None:
    (content / "learn" / "06-shoes.md").write_bytes("# Schuhe für alle".encode("latin-1"))
    with pytest.raises(Unreadable, match=r"^content/learn/06-shoes.md: the file is not UTF-8 text"):
        load_pages(content)


def test_a_page_saved_by_a_windows_editor_loads(content: Path) -> None:
    file = content / "learn" / "06-shoes.md"
    before = load_pages(content)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_pages(content) == before


def test_a_page_reaches_the_terminal_without_control_characters(content: Path) -> None:
    (content / "learn" / "06-shoes.md").write_text("# Sho\x1b[2Jes\n\nWear\x07 them.", encoding="utf-8")
    page = next(page for page in load_pages(content) if page.id == "shoes")
    assert (page.title, texts(page)) == ("Sho␛[2Jes", ["Wear␇ them."])


def test_a_page_is_read_when_it_is_asked_for_and_its_fault_said_then(content: Path) -> None:
    (content / "learn" / "06-shoes.md").write_text("no title", encoding="utf-8")
    programme = open_programme(content)
    assert programme.rule("setback").learn == "setback"
    for _ in range(2):
        with pytest.raises(Unreadable, match=r"^content/learn/06-shoes.md, line 1: "):
            programme.page("shoes")
    shutil.copy(CONTENT / "learn" / "06-shoes.md", content / "learn")
    assert programme.learn == load_pages(CONTENT)
    shutil.rmtree(content)
    assert programme.page("shoes") in load_pages(CONTENT)


def test_a_rule_without_its_page_is_refused(content: Path) -> None:
    file = content / "rules.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('learn = "setback"', 'learn = "relapse"', 1), "utf-8")
    with pytest.raises(Unreadable) as caught:
        load_programme(content)
    said_first = (
        'content/rules.toml, rule 7 ("setback"): field `learn`: there is no page "relapse"; the pages are knee, '
    )
    assert str(caught.value).startswith(said_first)


def test_a_page_is_found_by_its_id_or_a_unique_beginning() -> None:
    shipped = programme()
    assert find_page("shoes", shipped).id == find_page(" SHO ", shipped).id == "shoes"
    assert find_page("knee", shipped).id == "knee"
    with pytest.raises(BadData, match="“sym” could be any of symptoms, symptom-free"):
        find_page("sym", shipped)
    for word in ("boots", "", " "):
        with pytest.raises(BadData, match=r"is not a page\. The pages are: knee, causes"):
            find_page(word, shipped)
