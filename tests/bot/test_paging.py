"""A text is read page by page, and no page breaks where nobody would."""

from __future__ import annotations

import pytest

from bot.paging import PAGE, TextSection, page_section


def test_a_section_that_fits_is_one_page_as_it_stands() -> None:
    section = TextSection("Kettles", ("Iron.", "Copper."))

    assert page_section(section) == [section.text] == ["Kettles\n\nIron.\n\nCopper."]


def test_a_longer_section_breaks_between_blocks_below_the_title_with_its_number() -> None:
    blocks = tuple(f"{number}: {'kettle ' * 100}".strip() for number in range(8))

    pages = page_section(TextSection("Kettles", blocks))

    assert [page.partition("\n")[0] for page in pages] == [
        f"Kettles ({number} of {len(pages)})" for number in range(1, len(pages) + 1)
    ]
    bodies = [page.split("\n\n")[1:] for page in pages]
    assert tuple(block for body in bodies for block in body) == blocks


def test_a_block_longer_than_a_page_breaks_after_a_sentence() -> None:
    block = " ".join(f"This is sentence number {number} about kettles." for number in range(200))

    pages = page_section(TextSection("Kettles", (block,)))

    assert len(pages) > 1
    assert all(page.endswith("kettles.") for page in pages)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("title", ["Kettles", "kettle " * 1_000])
def test_no_page_is_longer_than_it_may_be_and_nothing_is_lost(title: str, gap: str) -> None:
    blocks = ("short", "x" * 10_000, "many words " * 1_000, "short again")

    pages = page_section(TextSection(title, blocks, gap))

    assert max(map(len, pages)) <= PAGE
    assert "".join(pages).count("x") == 10_000
    assert "".join(pages).count("many words") == 1_000
