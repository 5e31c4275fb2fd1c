"""A Markdown page → sections and blocks, and the rules of the format."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from knowledge.errors import LessonError
from knowledge.pages import find_line, read_page

PATH = Path("kettles.md")


def read(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(section.heading, section.texts) for section in read_page(PATH, dedent(text)).sections]


def test_a_page_without_front_matter_or_headings_is_one_section_named_by_its_file() -> None:
    assert read("Only a sentence.\n\nAnd one more.") == [("kettles", ("Only a sentence.", "And one more."))]


def test_text_above_the_first_heading_belongs_to_the_title() -> None:
    page = """\
        ---
        title: Kettles
        ---
        Above all.

        # Copper

        Below.
        """

    assert read(page) == [("Kettles", ("Above all.",)), ("Copper", ("Below.",))]


def test_a_section_knows_the_headings_above_it() -> None:
    page = read_page(PATH, "# One\n\na\n\n## Two\n\nb\n\n### Three\n\nc\n\n## Four\n\nd\n")

    assert [section.path for section in page.sections] == [
        ("One",),
        ("One", "Two"),
        ("One", "Two", "Three"),
        ("One", "Four"),
    ]


def test_a_heading_without_text_of_its_own_is_no_section() -> None:
    assert read("# One\n\n## Two\n\ntext") == [("Two", ("text",))]


def test_blocks_keep_their_markdown_source_word_for_word() -> None:
    page = """\
        # Copper

        With *stress* and `code`.

        - one
        - two

        > a quotation

        ```
        # no heading
        ```
        """

    assert read(page) == [
        ("Copper", ("With *stress* and `code`.", "- one\n- two", "> a quotation", "```\n# no heading\n```")),
    ]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x0b", "\x0c", "\x85"])
def test_marks_that_end_no_line_of_markdown_shift_nothing(mark: str) -> None:
    assert read(f"One{mark}half.\n\n# Copper\n\nBelow.") == [("kettles", (f"One{mark}half.",)), ("Copper", ("Below.",))]


def test_a_table_is_read_into_cells_and_kept_as_source() -> None:
    page = read_page(PATH, "# T\n\n| a | b |\n| - | - |\n| 1 | 2 |\n| 3 |\n")

    (table,) = page.sections[0].tables
    assert table.header == ("a", "b")
    assert table.rows == (("1", "2"), ("3", ""))
    assert table.source.startswith("| a | b |")


def test_the_anchor_is_the_named_one_or_the_slug_of_the_heading() -> None:
    page = read_page(PATH, "{#spout method=both}\n# The spout\n\na\n\n# The lid!\n\nb\n")

    assert [section.anchor for section in page.sections] == ["spout", "the-lid"]
    assert page.sections[0].attributes == {"id": "spout", "method": "both"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        pytest.param("---\ntitle: [open\n---\n# A\n\ntext", 3, "front matter must be YAML", id="YAML"),
        pytest.param("---\ntitle: A\nkind: \x07\n---\n# A\n\ntext", 3, "control characters", id="control character"),
        pytest.param("---\ntitle: 2024-02-30\n---\n# A\n\ntext", 2, "front matter must be YAML", id="no such day"),
        pytest.param("---\ntitle: A\ncolour: red\n---\n# A\n\ntext", 3, "colour", id="unknown key"),
        pytest.param("---\ntitle: A\n\nkind: poem\n---\n# A\n\ntext", 4, "kind", id="unknown kind"),
        pytest.param("---\n- a\n- b\n---\n# A\n\ntext", 2, "front matter", id="front matter is a list"),
        pytest.param(
            "---\ntitle: A\nasked_as:\n  lid:\n    - so\n---\n# Spout\n\ntext",
            4,
            "'lid'",
            id="asked_as without section",
        ),
        pytest.param("# A\n\ntext\n\n{#b}\n## B\n\n## C\n\ntext", 6, "must not be empty", id="empty section"),
        pytest.param("# A\n\ntext\n\n{#b colour=red}\n## B\n\ntext", 6, "'colour'", id="unknown attribute"),
        pytest.param("{#a}\n# A\n\ntext\n\n{#a}\n# B\n\ntext", 2, "'a' must stand once", id="anchor twice"),
    ],
)
def test_a_broken_page_names_file_line_and_rule(text: str, line: int, words: str) -> None:
    with pytest.raises(LessonError) as caught:
        read_page(PATH, text)

    assert caught.value.path == PATH
    assert caught.value.line == line
    assert words in caught.value.rule
    assert str(caught.value) == f"kettles.md, line {line}: {caught.value.rule}"


def test_two_headings_alike_are_no_mistake_where_no_anchor_is_named() -> None:
    assert [heading for heading, _ in read("# A\n\n## Pros\n\na\n\n# B\n\n## Pros\n\nb")] == ["Pros", "Pros"]


def test_the_line_of_words_is_counted_from_one_and_is_one_where_they_are_missing() -> None:
    assert find_line("a\nb c\n", "c") == 2
    assert find_line("a\nb c\n", "d") == 1
