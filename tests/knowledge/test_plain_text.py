"""Plain text, as copied from a web page → Markdown."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.lesson import Lesson, read_lesson
from knowledge.plain_text import mark_up

LINES = st.lists(
    st.one_of(
        st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=40),
        st.sampled_from(
            ["", "-", "- one", "•", "Feature | Tuning | Prompting |", "---|---|---|", "a | b | c |", "Pros", "So,"]
        ),
        st.from_regex(r"[A-Za-z ,.:|*-]{1,30}", fullmatch=True),
    ),
    max_size=8,
)


def mark(text: str) -> list[str]:
    return [line for line in mark_up(dedent(text)).splitlines() if line]


def find_words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@given(LINES)
@example(["a sentence that ends in a *", "word"])
@example(["one -", "two", "-", "- three"])
def test_no_word_is_lost_added_or_moved(lines: list[str]) -> None:
    text = "\n".join(lines)

    assert find_words(mark_up(text)) == find_words(text)


def test_a_line_that_goes_on_in_the_next_one_is_joined() -> None:
    text = """\
        The kettle is of Copper
        and of Tin
        .
        """

    assert mark(text) == ["The kettle is of Copper and of Tin."]


def test_a_bullet_alone_on_its_line_belongs_to_what_follows() -> None:
    text = """\
        So,
        -
        Copper
        is for tea. -
        Tin
        is for soup.
        """

    assert mark(text) == ["So,", "- Copper is for tea.", "- Tin is for soup."]


@pytest.mark.parametrize("broken", ["Copper is well-\nknown.", "Take the pre-\ntrained one."])
def test_a_hyphen_at_the_end_of_a_line_is_no_bullet(broken: str) -> None:
    assert not any(line.startswith("- ") for line in mark(broken))


def test_a_dash_as_the_last_cell_of_a_row_is_no_bullet() -> None:
    text = """\
        Feature | Tuning | Prompting
        ---|---|---
        Price | high | -
        Speed | low | high
        """

    assert mark(text) == dedent(text).splitlines()


@pytest.mark.parametrize("bullet", ["- one", "* one", "• one", "1. one", "2) one"])
def test_a_line_with_a_bullet_is_never_joined_to_the_line_before(bullet: str) -> None:
    assert mark(f"copper and\n{bullet}") == ["copper and", bullet]


def test_a_short_capitalised_line_with_something_below_is_a_heading() -> None:
    text = """\
        Kettles and Pans of the Village
        They are made of copper.
        When Should You Choose Which?
        It depends.
        """

    assert mark(text) == [
        "## Kettles and Pans of the Village",
        "They are made of copper.",
        "## When Should You Choose Which?",
        "It depends.",
    ]


@pytest.mark.parametrize("line", ["Copper Kettles Shine.", "the lower case line", "Therefore,", "Copper Kettles:"])
def test_a_sentence_is_no_heading(line: str) -> None:
    assert mark(f"{line}\nMore below.")[0] == line


def test_the_last_line_is_no_heading() -> None:
    assert mark("Below.\n\nCopper Kettles") == ["Below.", "Copper Kettles"]


def test_a_heading_made_of_words_of_the_one_above_stands_below_it() -> None:
    text = """\
        Pros and Cons of Copper
        Pros
        - It shines.
        Cons
        - It is dear.
        Brass
        It is cheap.
        """

    assert [line for line in mark(text) if line.startswith("#")] == [
        "## Pros and Cons of Copper",
        "### Pros",
        "### Cons",
        "## Brass",
    ]


def read_text(folder: Path, text: str) -> Lesson:
    path = folder / "kettles.txt"
    path.write_text(text, "utf-8")
    return read_lesson([path])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A kettle\n\n[spout]: https://kettles.example/spout\n\nand a lid.", id="link definition"),
        pytest.param("Set the spout so:\n\n{lid=on}\n\nand it boils.", id="braces"),
        pytest.param("Set the spout so:\n{lid=on}\nAll About Copper\nIt boils.", id="braces above a heading"),
        pytest.param("Copper shines\n===\nand tin does not.", id="underlined"),
        pytest.param("<b>Copper</b>\n<!-- tin -->\nshines", id="HTML"),
        pytest.param("```\nnever closed", id="open fence"),
        pytest.param("kettle\n---\ncopper: tin\n---\nlid", id="rules"),
        pytest.param("1) copper\n2) tin\n\n> lid", id="lists"),
        pytest.param("copper \\| tin & lid &amp; spout *lid*", id="signs"),
    ],
)
def test_text_that_looks_like_markdown_is_kept_word_for_word_in_the_lesson(tmp_path: Path, text: str) -> None:
    lesson = read_text(tmp_path, text)
    said = " ".join(f"{passage.heading} {passage.text}" for passage in lesson.passages)

    assert set(find_words(text)) <= set(find_words(said))
