"""The table as pictures: everything is in them, in its box, at any length and in any script."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.image import imread

from bot.pictures.picture import LONGEST_ALT, WIDTH
from bot.pictures.table import COLUMN, LEFTS, TALLEST, draw_table, lay_page, lay_rows, split_rows
from bot.pictures.typeface import replace_missing
from bot.reply import FeatureShape
from bot.shapes import shape_feature
from bot.words import ENGLISH, load_words
from knowledge.lesson import Lesson
from tests.bot.pictures.seen import assert_nothing_overlaps, find_boxes, find_texts, holds, measure

WORDS = load_words()["pictures"]


def tell(feature: str = "Speed", fine_tuning: str = "slow", prompt_engineering: str = "quick") -> FeatureShape:
    return FeatureShape(feature=feature, fine_tuning=fine_tuning, prompt_engineering=prompt_engineering)


def check_layout(*features: FeatureShape) -> list[str]:
    """Check that every text lies in the one box it belongs to, and return all texts."""
    rows = [row for feature in features for row in lay_rows(feature)]
    sheets = [lay_page(page, ENGLISH) for page in split_rows(rows)]
    for sheet in sheets:
        boxes = find_boxes(sheet)
        held = {text: sum(holds(box, place) for box in boxes) for text, place in find_texts(sheet).items()}
        assert set(held.values()) == {1}, held
        assert not any(one is not other and one.overlaps(other) for one in boxes for other in boxes)
        assert_nothing_overlaps(sheet)
        assert sheet.figure.bbox.height <= TALLEST
    return [text.get_text() for sheet in sheets for text in sheet.figure.texts]


def squeeze(*texts: str) -> str:
    """Return all letters of texts, in no order and without spaces."""
    return "".join(sorted("".join(texts).replace(" ", "")))


@pytest.fixture
def features(lesson: Lesson) -> list[FeatureShape]:
    return [shape_feature(row) for row in lesson.comparison.features]


def test_a_table_is_a_png_as_wide_as_every_picture(features: list[FeatureShape]) -> None:
    pictures = draw_table(features)

    assert {measure(picture)[0] for picture in pictures} == {WIDTH}
    assert max(measure(picture)[1] for picture in pictures) <= TALLEST


def test_the_lessons_table_is_whole_in_its_pictures_and_in_their_words(features: list[FeatureShape]) -> None:
    texts, pictures = check_layout(*features), draw_table(features)

    for feature in features:
        for words in feature.model_dump().values():
            assert (
                not set(words.split()) - set(" ".join(texts).split()) - set(" ".join(texts).replace("- ", "-").split())
            )
            assert sum(words in picture.alt for picture in pictures) == 1
    assert not [picture for picture in pictures if WORDS["rest"] in picture.alt]


def test_the_columns_are_named_in_every_picture(features: list[FeatureShape]) -> None:
    texts, names = check_layout(*features), load_words()["methods"]

    assert (
        texts.count(names["fine_tuning"]) == texts.count(names["prompt_engineering"]) == len(draw_table(features)) > 1
    )


def test_one_row_is_a_picture_of_its_own() -> None:
    (picture,) = draw_table([tell()])

    assert picture.name == "table-1.png"
    assert picture.alt == f"{WORDS['table']['title']} Speed. Fine-tuning: slow; prompt engineering: quick."
    assert measure(picture)[1] < WIDTH / 2


def test_no_rows_are_no_picture() -> None:
    assert draw_table([]) == []


def test_a_script_that_the_fonts_lack_is_no_picture() -> None:
    assert draw_table([tell("السرعة", "بطيء", "سريع")]) == []


def test_rows_are_spread_evenly_over_as_few_pictures_as_it_takes() -> None:
    pictures = draw_table([tell()] * 12)

    heights = [measure(picture)[1] for picture in pictures]
    assert len(set(heights)) == 1
    assert len(pictures) == 2
    assert [picture.name for picture in pictures] == ["table-1.png", "table-2.png"]
    assert pictures[1].alt.startswith("Table, part 2 of 2")


def test_a_row_too_long_for_one_picture_goes_on_in_the_next_below_its_name() -> None:
    long = "a very long story " * 120

    texts = check_layout(tell("Story", long, "short"))

    assert texts.count("Story") == len(draw_table([tell("Story", long, "short")])) > 1
    assert " ".join(texts).count("story") == 120


def test_what_does_not_fit_into_the_words_of_a_picture_is_said_to_be_in_the_text() -> None:
    (picture,) = draw_table([tell("Story", "one two three " * 50, "four five six " * 50)])

    assert LONGEST_ALT - 20 < len(picture.alt) <= LONGEST_ALT
    assert picture.alt.endswith(f"… {WORDS['rest']}")
    assert picture.alt.removesuffix(f"… {WORDS['rest']}").endswith(("four", "five", "six"))


def test_words_of_a_script_without_spaces_are_cut_as_well() -> None:
    picture, *_ = draw_table([tell("话", "很长的故事" * 60, "很长的故事" * 200)])

    assert LONGEST_ALT - 20 < len(picture.alt) <= LONGEST_ALT
    assert picture.alt.endswith(f"… {WORDS['rest']}")


def test_nothing_is_drawn_between_the_columns_and_around_them(features: list[FeatureShape]) -> None:
    """Looked at in the picture itself: letters that left their box would leave a mark there."""
    long = tell("W" * 80, "W" * 200, "Ẫgjy" * 60)
    for picture in draw_table([*features, long]):
        pixels = imread(io.BytesIO(picture.png))[:, :, :3]
        margins = [pixels[:, : LEFTS[0]], pixels[:, LEFTS[1] + COLUMN :], pixels[: LEFTS[0]], pixels[-LEFTS[0] :]]
        assert all((margin == 1).all() for margin in margins)


@pytest.mark.parametrize(
    "text",
    [
        "데이터가 많이 필요합니다. " * 8,
        "再トレーニングには、かなりの時間と計算資源が必要です。" * 8,
        "生成专用模型：每个模型都针对特定任务进行了优化。" * 8,
        "Необходим большой объём данных. " * 8,
        "Rechtsschutzversicherungsgesellschaften " * 8,
        "✅ fast 🚀 | ❌ dear $5 & $6 \\frac{a}{b} <b>no</b> " * 5,
        "https://example.org/" + "a-long/path" * 20,
        "",
    ],
)
def test_texts_of_any_kind_stay_in_their_boxes_and_are_not_cut(text: str) -> None:
    texts = check_layout(tell(text or "x", text, text))

    drawn = replace_missing(text)
    names = load_words()["methods"]
    assert squeeze(*texts) == squeeze(
        names["fine_tuning"], names["prompt_engineering"], replace_missing(text or "x"), drawn, drawn
    )


@given(
    st.lists(
        st.builds(tell, st.text(max_size=80), st.text(max_size=400), st.text(max_size=400)), min_size=1, max_size=6
    )
)
@settings(max_examples=25, deadline=None)
def test_any_table_fits(features: list[FeatureShape]) -> None:
    check_layout(*features)


@given(st.lists(st.builds(tell, st.text(max_size=600), st.text(max_size=600), st.text(max_size=600)), max_size=3))
@settings(max_examples=10, deadline=None)
def test_any_table_can_be_drawn_and_described(features: list[FeatureShape]) -> None:
    for picture in draw_table(features):
        assert measure(picture)[1] <= TALLEST
        assert 0 < len(picture.alt.encode("utf-16-le")) // 2 <= LONGEST_ALT


def test_many_can_be_drawn_at_once(features: list[FeatureShape]) -> None:
    tables = [[feature] for feature in features[:5]]
    alone = [draw_table(table) for table in tables]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(draw_table, tables)) == alone
