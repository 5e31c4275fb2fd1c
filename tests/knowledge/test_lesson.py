"""Our own lesson, and lessons of the user's: what they hold, what is lost (nothing), and which rules they keep."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.comparison import Method
from knowledge.errors import LessonError
from knowledge.lesson import FOLDER, Lesson, list_pages, load_lesson, read_lesson
from knowledge.topics import load_topics

TUNED = Method.FINE_TUNING
PROMPTED = Method.PROMPT_ENGINEERING

# What the lesson claims, by topic and method; every word or one of its alternatives must stand in the passage.
CLAIMS: list[tuple[str, Method, str]] = [
    ("definition", TUNED, "pre-trained re-train specific task|dataset"),
    ("definition", PROMPTED, "optimiz input prompt output want|desired"),
    ("definition", Method.BOTH, "two most main|primary fine-tuning prompt compar advantages disadvantages"),
    ("data-requirement", TUNED, "large|lot data domain-specific"),
    ("data-requirement", PROMPTED, "less|little relativ data"),
    ("data-requirement", Method.BOTH, "more less domain-specific"),
    ("time-and-cost", TUNED, "significant time computation resources re-train"),
    ("time-and-cost", PROMPTED, "short optimiz timeframe|time"),
    ("time-and-cost", Method.BOTH, "faster|quicker short re-train resources"),
    ("flexibility", TUNED, "models optimized specific task"),
    ("flexibility", PROMPTED, "same model various task"),
    ("flexibility", Method.BOTH, "same various specific"),
    ("technical-requirements", TUNED, "deep learning model train understanding"),
    ("technical-requirements", PROMPTED, "prompt design experiment understanding"),
    ("technical-requirements", Method.BOTH, "deep experiment design"),
    ("output-consistency", TUNED, "high consistent|consistency output"),
    ("output-consistency", PROMPTED, "vary prompt design output|result"),
    ("output-consistency", Method.BOTH, "high vary design"),
    ("scalability", TUNED, "limited scalab specific task"),
    ("scalability", PROMPTED, "variety tasks flexib appl"),
    ("scalability", Method.BOTH, "limited variety specific"),
    ("examples", TUNED, "domain-specific customer support chatbot medical image analysis"),
    ("examples", PROMPTED, "natural language processing text generation summar translat"),
    ("examples", Method.BOTH, "chatbot medical generation summar translat"),
    (
        "advantages",
        TUNED,
        "custom specializ optimized field healthcare legal|law accura consisten re-train tailored data",
    ),
    ("advantages", PROMPTED, "rapid quick improv input prompt flexib same model various tasks"),
    ("advantages", Method.BOTH, "custom accura consisten rapid flexib"),
    (
        "disadvantages",
        TUNED,
        "cost time substantial|high comput resources re-train large|plenty specialized data skilled experience",
    ),
    ("disadvantages", PROMPTED, "inconsistent vary design limited performance specialized deep optimized domain"),
    ("disadvantages", Method.BOTH, "cost data skilled vary limited"),
    (
        "when-to-choose",
        TUNED,
        "high performance accura consisten specialized field time computation resources re-train",
    ),
    ("when-to-choose", PROMPTED, "quick|rapid flexib various tasks adjust input struggle consistent"),
    ("when-to-choose", Method.BOTH, "accura consisten specialized various flexib"),
]


@pytest.mark.parametrize(("topic", "method", "words"), CLAIMS, ids=[f"{topic}-{method}" for topic, method, _ in CLAIMS])
def test_nothing_that_the_lesson_claims_is_lost(lesson: Lesson, topic: str, method: Method, words: str) -> None:
    passage = lesson.find_passage(topic, method)

    assert passage is not None
    missing = [word for word in words.split() if not re.search(word, passage.text, re.IGNORECASE)]
    assert not missing


def test_the_pointer_to_further_reading_is_not_lost(lesson: Lesson) -> None:
    pointing = [passage for passage in lesson.passages if "Straightforward Prompt Engineering" in passage.text]

    assert [(passage.topic, passage.method, passage.addition) for passage in pointing] == [
        ("when-to-choose", PROMPTED, False)
    ]


ROWS: list[tuple[str, str, str]] = [
    ("definition", "pre-trained train again specific task dataset", "input prompt optimized output desired"),
    ("data-requirement", "large domain-specific data", "relatively little|less data"),
    ("time-and-cost", "re-train significant time computational resources", "prompts optimized short"),
    ("flexibility", "models optimized specific task", "same model various tasks"),
    ("technical-requirements", "deep learning model train understood", "prompt design understood experiment"),
    ("output-consistency", "high consistent output", "output vary prompt design"),
    ("scalability", "limited specific task", "variety tasks flexib"),
    (
        "examples",
        "domain-specific customer support chatbot medical image analysis",
        "natural language text generation summar translat",
    ),
]


def test_the_table_has_the_eight_rows_of_the_lesson_in_its_order(lesson: Lesson) -> None:
    assert [row.topic for row in lesson.comparison.features] == [topic for topic, _, _ in ROWS]


@pytest.mark.parametrize(("topic", "tuned", "prompted"), ROWS, ids=[topic for topic, _, _ in ROWS])
def test_both_cells_of_each_row_say_what_the_lesson_says(lesson: Lesson, topic: str, tuned: str, prompted: str) -> None:
    row = lesson.comparison.find_feature(topic)

    assert row is not None
    for cell, words in ((row.fine_tuning, tuned), (row.prompt_engineering, prompted)):
        assert not [word for word in words.split() if not re.search(word, cell, re.IGNORECASE)]


def test_every_passage_of_ours_has_a_topic_of_ours_and_a_method(lesson: Lesson) -> None:
    assert {passage.topic for passage in lesson.passages} == set(load_topics())
    assert {passage.method for passage in lesson.passages} == set(Method)


def test_every_passage_of_ours_is_asked_for_in_some_way(lesson: Lesson) -> None:
    assert not [passage.id for passage in lesson.passages if not passage.asked_as]


def test_every_passage_id_stands_once_and_names_its_page(lesson: Lesson) -> None:
    ids = [passage.id for passage in lesson.passages]
    pages = {path.stem for path in list_pages(FOLDER) if path.suffix == ".md"}

    assert len(set(ids)) == len(ids)
    assert {passage_id.split("/")[0] for passage_id in ids} <= pages


def test_every_addition_names_its_source_and_nothing_else_does(lesson: Lesson) -> None:
    pages = {path.name for path in list_pages(FOLDER)}

    for passage in lesson.passages:
        assert passage.source
        assert passage.addition == (passage.source not in pages)


def test_what_goes_beyond_the_lesson_is_marked_as_an_addition(lesson: Lesson) -> None:
    stated = [passage for passage in lesson.passages if not passage.addition]

    assert {passage.kind for passage in stated} == {"topic"}
    assert len(stated) == len(CLAIMS) + 1


def test_every_passage_of_a_topic_opens_with_a_sentence_that_can_stand_alone(lesson: Lesson) -> None:
    """Terms, questions and myths answer their heading, so they may point back to it."""
    pointing = re.compile(r"^(?:it|this|that|they|these|those|he|she)\b", re.IGNORECASE)
    topical = [passage for passage in lesson.passages if passage.kind == "topic"]

    assert len(topical) > len(CLAIMS)
    assert not [passage.id for passage in topical if pointing.match(passage.text)]


GROUPING = ("Advantages and Disadvantages of", "Prompt Engineering and Fine-Tuning at a Glance")


def test_an_own_lesson_in_plain_text_goes_in_word_for_word(own_lesson: Path) -> None:
    """A heading that only groups others, or stands above a table, is no text of its own."""
    lesson = read_lesson([own_lesson])

    said = [passage.heading for passage in lesson.passages] + [passage.text for passage in lesson.passages]
    said += [
        cell for row in lesson.comparison.features for cell in (row.feature, row.fine_tuning, row.prompt_engineering)
    ]
    joined = re.sub(r"\W+", " ", " ".join(said))
    lines = [line for line in own_lesson.read_text("utf-8").splitlines() if "|" not in line]
    lines = [line for line in lines if not line.startswith(GROUPING)]
    lost = [line for line in lines if re.sub(r"\W+", " ", line).strip() not in joined]
    assert lost == []


def test_the_table_of_an_own_lesson_keeps_its_rows_word_for_word(own_lesson: Path) -> None:
    written = [line.split(" | ") for line in own_lesson.read_text("utf-8").splitlines() if " | " in line][1:]
    rows = read_lesson([own_lesson]).comparison.features

    assert [[row.feature, row.fine_tuning, row.prompt_engineering] for row in rows] == [
        [cell.removesuffix(" |") for cell in line] for line in written
    ]
    assert [row.topic for row in rows] == [topic for topic, _, _ in ROWS]


def test_headings_of_an_own_lesson_mean_our_topics_where_they_match_and_else_their_own_slug(own_lesson: Path) -> None:
    lesson = read_lesson([own_lesson])
    own = {passage.topic for passage in lesson.passages} - set(load_topics())

    assert own == {"prompt-engineering-and-fine-tuning-two-ways-to-shape-a-model"}
    assert {passage.source for passage in lesson.passages} == {"lesson.txt"}
    pros = lesson.find_passage("advantages", PROMPTED)
    assert pros is not None
    assert "Suppleness" in pros.text
    cons = lesson.find_passage("disadvantages", TUNED)
    assert cons is not None
    assert "Hunger" in cons.text


def test_each_cell_of_an_own_table_can_be_cited_by_topic_and_method(own_lesson: Path) -> None:
    lesson = read_lesson([own_lesson])

    for row in lesson.comparison.features:
        tuned, prompted = lesson.find_passage(row.topic, TUNED), lesson.find_passage(row.topic, PROMPTED)
        both = lesson.find_passage(row.topic, Method.BOTH)
        assert tuned is not None
        assert prompted is not None
        assert both is not None
        assert (tuned.text, prompted.text) == (row.fine_tuning, row.prompt_engineering)
        assert row.fine_tuning in both.text
        assert row.prompt_engineering in both.text


def write(folder: Path, **pages: str) -> list[Path]:
    """Write pages named like `kettles_md`."""
    paths = []
    for name, text in pages.items():
        path = folder / name.replace("_", ".")
        path.write_text(text, "utf-8")
        paths.append(path)
    return paths


def test_the_columns_of_a_table_may_stand_in_either_order(tmp_path: Path) -> None:
    paths = write(tmp_path, t_md="| What | Prompting | Finetuning |\n|---|---|---|\n| Smell | coffee | dust |\n")

    (row,) = read_lesson(paths).comparison.features
    assert (row.topic, row.fine_tuning, row.prompt_engineering) == ("smell", "dust", "coffee")


def test_a_table_that_does_not_compare_the_two_methods_is_a_passage_and_no_comparison(tmp_path: Path) -> None:
    lesson = read_lesson(write(tmp_path, t_md="# Metals\n\n| Metal | Shine |\n|---|---|\n| Tin | dull |\n"))

    assert lesson.comparison.features == ()
    assert "| Tin | dull |" in lesson.passages[0].text


def test_a_table_of_both_methods_without_labels_is_a_passage_and_no_comparison(tmp_path: Path) -> None:
    lesson = read_lesson(write(tmp_path, t_md="# Price\n\n| Fine-tuning | Prompting |\n|---|---|\n| dear | cheap |\n"))

    assert lesson.comparison.features == ()
    (passage,) = lesson.passages
    assert passage.method is Method.BOTH
    assert "| dear | cheap |" in passage.text


def test_a_later_row_takes_the_place_of_an_earlier_one_with_its_label(tmp_path: Path) -> None:
    head = "| What | Fine-tuning | Prompting |\n|---|---|---|\n"
    lesson = read_lesson(
        write(tmp_path, a_md=f"{head}| Smell | a | b |\n| Cost | x | y |\n", b_md=f"{head}| smell | c | d |\n")
    )

    assert [(row.feature, row.fine_tuning) for row in lesson.comparison.features] == [("smell", "c"), ("Cost", "x")]


def test_two_passages_of_one_name_are_told_apart_by_number(tmp_path: Path) -> None:
    lesson = read_lesson(write(tmp_path, k_md="# Copper\n\n## Lid\n\na\n\n# Tin\n\n## Lid\n\nb\n"))

    assert [passage.id for passage in lesson.passages] == ["k/lid", "k/lid-2"]


def test_a_number_that_a_heading_bears_already_is_passed_over(tmp_path: Path) -> None:
    lesson = read_lesson(write(tmp_path, k_md="# Tin\n\n## Lid\n\na\n\n## Lid 2\n\nb\n\n# Brass\n\n## Lid\n\nc\n"))

    assert [passage.id for passage in lesson.passages] == ["k/lid", "k/lid-2", "k/lid-3"]


def test_a_heading_that_bears_a_number_given_already_is_numbered_in_turn(tmp_path: Path) -> None:
    lesson = read_lesson(write(tmp_path, k_md="# Tin\n\n## Lid\n\na\n\n# Brass\n\n## Lid\n\nb\n\n## Lid 2\n\nc\n"))

    assert [passage.id for passage in lesson.passages] == ["k/lid", "k/lid-2", "k/lid-2-2"]


def test_a_page_may_name_a_topic_a_section_may_name_another(tmp_path: Path) -> None:
    page = "---\ntopic: flexibility\n---\n# Copper\n\na\n\n{#lid topic=examples method=both}\n# Lid\n\nb\n"
    lesson = read_lesson(write(tmp_path, k_md=page))

    assert [(passage.topic, passage.method) for passage in lesson.passages] == [
        ("flexibility", Method.BOTH),
        ("examples", Method.BOTH),
    ]


def test_a_section_cites_the_sources_listed_beside_its_page(tmp_path: Path) -> None:
    page = '{#copper source="SMITH TIN"}\n# Copper\n\nIt shines.\n'
    smith = "SMITH: {title: On copper, authors: A. Smith, year: 1901, url: 'https://copper.example'}"
    listed = f"{smith}\nTIN: {{title: On tin}}\n"
    (passage,) = read_lesson(write(tmp_path, k_md=page, sources_yaml=listed)).passages

    assert passage.addition
    assert passage.source == "A. Smith, On copper (1901), https://copper.example; On tin"


def test_a_text_file_with_markdown_headings_or_front_matter_is_read_as_markdown(tmp_path: Path) -> None:
    headed, fronted = write(
        tmp_path, a_txt="# copper kettles\n\nshine\n", b_txt="---\ntitle: Of tin\n---\nIt is dull.\n"
    )

    assert read_lesson([headed]).passages[0].heading == "copper kettles"
    assert read_lesson([fronted]).passages[0].heading == "Of tin"


def test_a_byte_order_mark_and_windows_line_ends_do_not_show(tmp_path: Path) -> None:
    path = tmp_path / "k.md"
    path.write_bytes(b"\xef\xbb\xbf# Copper\r\n\r\nIt shines.\r\nAnd rings.\r\n")

    (passage,) = read_lesson([path]).passages
    assert (passage.heading, passage.text) == ("Copper", "It shines.\nAnd rings.")


@pytest.mark.parametrize(
    ("page", "line", "words"),
    [
        pytest.param(
            "---\ntopic: copper\n---\n# A\n\ntext", 4, "topic must be one of definition", id="unknown topic of a page"
        ),
        pytest.param("# A\n\na\n\n{#b topic=copper}\n# B\n\nb", 6, "not 'copper'", id="unknown topic of a section"),
        pytest.param(
            "# A\n\na\n\n{#b method=guessing}\n# B\n\nb", 6, "method must be one of fine_tuning", id="unknown method"
        ),
        pytest.param("# A\n\na\n\n{#b source=SMITH}\n# B\n\nb", 6, "'SMITH' must be listed", id="unknown source"),
        pytest.param("# A\n\n# B\n", 1, "at least one page with text", id="no text"),
        pytest.param("", 1, "at least one page with text", id="nothing"),
    ],
)
def test_a_page_that_breaks_a_rule_names_file_line_and_rule(tmp_path: Path, page: str, line: int, words: str) -> None:
    (path,) = write(tmp_path, k_md=page)

    with pytest.raises(LessonError) as caught:
        read_lesson([path])

    assert (caught.value.path, caught.value.line) == (path, line)
    assert words in caught.value.rule


@pytest.mark.parametrize(
    ("listed", "line", "words"),
    [
        pytest.param("A: {title: a}\nB: {title: [", 3, "must be YAML", id="no YAML"),
        pytest.param("A: {title: a}\nB: {title: \x07}", 2, "control characters", id="control character"),
        pytest.param("A: {title: 2024-02-30}", 1, "must be YAML", id="no such day"),
        pytest.param("A: {title: a}\nB: {authors: b}\n", 2, "source B", id="no title"),
        pytest.param("A: {title: a}\nB: {title: b, colour: red}\n", 2, "source B", id="unknown key"),
        pytest.param("- a\n- b\n", 1, "a source has title", id="a list"),
    ],
)
def test_a_broken_list_of_sources_names_file_line_and_rule(tmp_path: Path, listed: str, line: int, words: str) -> None:
    paths = write(tmp_path, k_md="# A\n\ntext", sources_yaml=listed)

    with pytest.raises(LessonError) as caught:
        read_lesson(paths)

    assert caught.value.path == tmp_path / "sources.yaml"
    assert caught.value.line in (line - 1, line)
    assert words in caught.value.rule


def test_a_page_that_is_no_text_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "k.md"
    path.write_bytes(b"# A\n\n\xff\xfe\x00")

    with pytest.raises(LessonError, match=r"k\.md, line 1: a page must be UTF-8 text .* byte 5"):
        read_lesson([path])


def test_no_page_at_all_is_a_lesson_error() -> None:
    with pytest.raises(LessonError, match="at least one page"):
        read_lesson([])


def test_our_lesson_is_read_alike_each_time(lesson: Lesson) -> None:
    assert load_lesson() == lesson
