"""The store: built from the lesson when in doubt, and wholly one lesson or wholly another at any moment."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from knowledge.embedder import hash_file
from knowledge.errors import LessonError
from knowledge.index import list_records
from knowledge.lesson import Lesson, read_lesson
from knowledge.store import Knowledge, Store
from tests.fakes import UntaughtModels

OpenStore = Callable[[Path], Store]

MANY = 1_010
"""Ways of asking beyond which Chroma keeps vectors in files of its own."""


def write_kettles(folder: Path, metal: str, ways: int = 3) -> Path:
    """Write a page that is asked for in many ways."""
    folder.mkdir(parents=True, exist_ok=True)
    asked = "".join(f"    - {metal} kettle {number}\n" for number in range(ways))
    page = folder / f"{metal}.md"
    page.write_text(f"---\nasked_as:\n  {metal}:\n{asked}---\n# {metal}\n\nA kettle of {metal}.\n", "utf-8")
    return page


def assert_whole(knowledge: Knowledge, lesson: Lesson) -> None:
    """Every text of the lesson leads to its passage, and nothing else is there."""
    assert knowledge.lesson == lesson
    records = list(list_records(lesson))
    for record in records[:: max(1, len(records) // 20)]:
        hits = knowledge.index.search(knowledge.embedder.embed([record.text])[0], 3)
        assert record.passage in {hit.passage for hit in hits if hit.similarity > 0.999}
    known = {passage.id for passage in lesson.passages}
    assert {
        hit.passage for hit in knowledge.index.search(knowledge.embedder.embed(["kettle"])[0], len(records))
    } == known


def texts(lesson: Lesson) -> set[str]:
    return {passage.text for passage in lesson.passages}


def open_store(data: Path, models: Path, model: Path) -> Store:
    opened = UntaughtModels(models, ignore_progress)
    return Store(data, models=opened, embedding_model=str(model), report=ignore_progress)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders of pages: `old`, `new` and `large`."""
    folder = tmp_path_factory.mktemp("pages")
    write_kettles(folder / "old", "copper")
    write_kettles(folder / "new", "tin")
    write_kettles(folder / "large", "brass", MANY)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, open_tiny_store: OpenStore, pages: Path) -> Path:
    """Data folders with as many generations as are kept, by the lesson in use; to be copied, never opened."""
    folder = tmp_path_factory.mktemp("built")
    for lesson, before in {"old": "new", "large": "new"}.items():
        store = open_tiny_store(folder / lesson)
        store.replace_lesson([pages / before]).index.close()
        store.replace_lesson([pages / lesson]).index.close()
    return folder


@pytest.fixture
def small_data(built: Path, tmp_path: Path) -> Path:
    """A data folder in which `old` is in use."""
    return shutil.copytree(built / "old", tmp_path / "data")


@pytest.fixture
def large_data(built: Path, tmp_path: Path) -> Path:
    """A data folder in which `large` is in use, which has vectors in files of their own."""
    return shutil.copytree(built / "large", tmp_path / "data")


def find_generation(data: Path) -> Path:
    return data / "lessons" / (data / "lessons" / "CURRENT").read_text("utf-8")


def find_vectors(data: Path, name: str) -> Path:
    (path,) = (find_generation(data) / "index").glob(f"*/{name}")
    return path


def flip_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwrite(path: Path) -> None:
    path.write_bytes(b"garbage " * 1_000)


def change(path: Path, **values: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | values), "utf-8")


DAMAGE: dict[str, Callable[[Path], object]] = {
    "the database is garbage": lambda data: overwrite(find_generation(data) / "index" / "chroma.sqlite3"),
    "the database is cut short": lambda data: cut(find_generation(data) / "index" / "chroma.sqlite3"),
    "the database is empty": lambda data: (find_generation(data) / "index" / "chroma.sqlite3").write_bytes(b""),
    "the database is missing": lambda data: (find_generation(data) / "index" / "chroma.sqlite3").unlink(),
    "the index is missing": lambda data: shutil.rmtree(find_generation(data) / "index"),
    "lesson.json is cut short": lambda data: cut(find_generation(data) / "lesson.json"),
    "lesson.json is another thing": lambda data: (find_generation(data) / "lesson.json").write_text("[]", "utf-8"),
    "lesson.json is missing": lambda data: (find_generation(data) / "lesson.json").unlink(),
    "manifest.json is cut short": lambda data: cut(find_generation(data) / "manifest.json"),
    "manifest.json is garbage": lambda data: overwrite(find_generation(data) / "manifest.json"),
    "manifest.json is missing": lambda data: (find_generation(data) / "manifest.json").unlink(),
    "the format is another": lambda data: change(find_generation(data) / "manifest.json", format=0),
    "the model is another": lambda data: change(find_generation(data) / "manifest.json", embedder="0123456789abcdef"),
    "the records are others": lambda data: change(find_generation(data) / "manifest.json", ids="0" * 64),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_store_is_built_again_where(small_data: Path, open_tiny_store: OpenStore, pages: Path, damage: str) -> None:
    before = find_generation(small_data)
    DAMAGE[damage](small_data)

    knowledge = open_tiny_store(small_data).open()

    assert knowledge.generation != before.name
    assert find_generation(small_data).name == knowledge.generation
    assert_whole(knowledge, read_lesson([pages / "old" / "copper.md"]))
    knowledge.index.close()


@pytest.mark.parametrize("name", ["data_level0.bin", "link_lists.bin", "index_metadata.pickle"])
@pytest.mark.parametrize("damage", [flip_byte, Path.unlink], ids=["changed", "missing"])
def test_a_store_is_built_again_where_a_file_of_vectors_is(
    large_data: Path, open_tiny_store: OpenStore, pages: Path, damage: Callable[[Path], None], name: str
) -> None:
    before = find_generation(large_data)
    damage(find_vectors(large_data, name))

    knowledge = open_tiny_store(large_data).open()

    assert knowledge.generation != before.name
    assert_whole(knowledge, read_lesson([pages / "large" / "brass.md"]))
    knowledge.index.close()


@pytest.mark.parametrize("name", ["old", "large"])
def test_a_whole_store_is_opened_as_it_is(
    built: Path, tmp_path: Path, open_tiny_store: OpenStore, pages: Path, name: str
) -> None:
    """A small one, too, though Chroma rewrites the files of a small index whenever it is searched."""
    data = shutil.copytree(built / name, tmp_path / "data")
    before = find_generation(data).name

    for _ in range(2):
        knowledge = open_tiny_store(data).open()
        assert knowledge.generation == before
        assert_whole(knowledge, read_lesson([*(pages / name).iterdir()]))
        knowledge.index.close()


SMALL_VECTORS = ("data_level0.bin", "header.bin", "length.bin")


@pytest.mark.parametrize("name", SMALL_VECTORS)
def test_damage_to_the_files_of_a_small_index_does_no_harm(
    small_data: Path, open_tiny_store: OpenStore, pages: Path, name: str
) -> None:
    overwrite(find_vectors(small_data, name))

    knowledge = open_tiny_store(small_data).open()

    assert_whole(knowledge, read_lesson([pages / "old" / "copper.md"]))
    knowledge.index.close()


def test_a_store_whose_pages_were_edited_is_built_from_the_edited_pages(
    small_data: Path, open_tiny_store: OpenStore
) -> None:
    page = find_generation(small_data) / "own" / "copper.md"
    page.write_text("# Brass\n\nIt was edited.\n", "utf-8")

    knowledge = open_tiny_store(small_data).open()

    assert texts(knowledge.lesson) == {"It was edited."}
    knowledge.index.close()


def test_a_store_of_another_model_is_built_again(
    small_data: Path, pages: Path, tiny_model: Path, tiny_models: Path, tmp_path: Path
) -> None:
    models = shutil.copytree(tiny_models, tmp_path / "models")
    (folder,) = models.iterdir()
    tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    tokenizer["truncation"]["max_length"] = 32
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    hashes = {name: hash_file(folder / name) for name in ("model.onnx", "tokenizer.json")}
    change(folder / "card.json", files=hashes)
    before = find_generation(small_data).name

    knowledge = open_store(small_data, models, tiny_model).open()

    assert knowledge.generation != before
    assert_whole(knowledge, read_lesson([pages / "old" / "copper.md"]))
    knowledge.index.close()


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "card.json"])
def test_a_damaged_export_is_made_again(
    small_data: Path, pages: Path, tiny_model: Path, tiny_models: Path, tmp_path: Path, name: str
) -> None:
    models = shutil.copytree(tiny_models, tmp_path / "models")
    (folder,) = models.iterdir()
    cut(folder / name)

    knowledge = open_store(small_data, models, tiny_model).open()

    assert_whole(knowledge, read_lesson([pages / "old" / "copper.md"]))
    knowledge.index.close()


@pytest.mark.parametrize("current", [None, b"", b" \n", b"\xff\xfe"], ids=["missing", "empty", "blank", "no text"])
def test_where_the_lesson_in_use_is_not_named_there_is_none(
    small_data: Path, open_tiny_store: OpenStore, current: bytes | None
) -> None:
    path = small_data / "lessons" / "CURRENT"
    path.unlink()
    if current is not None:
        path.write_bytes(current)

    assert open_tiny_store(small_data).name_generation() == ""


def test_where_the_lesson_in_use_is_gone_it_is_ours_and_progress_is_told(
    small_data: Path, tiny_model: Path, tiny_models: Path, lesson: Lesson
) -> None:
    (small_data / "lessons" / "CURRENT").write_text("../gone\0", "utf-8")
    told: list[tuple[str, int, int]] = []
    report = lambda step, done, total: told.append((step, done, total))  # noqa: E731
    models = UntaughtModels(tiny_models, report)
    store = Store(small_data, models=models, embedding_model=str(tiny_model), report=report)

    knowledge = store.open()

    assert_whole(knowledge, lesson)
    assert store.name_generation() == knowledge.generation
    records = len(list(list_records(lesson)))
    assert told[-1] == ("store", records, records)
    knowledge.index.close()


def test_an_own_lesson_replaces_ours_default_brings_it_back_and_added_pages_stand_beside_it(
    open_tiny_store: OpenStore, tmp_path: Path, pages: Path, own_lesson: Path, lesson: Lesson
) -> None:
    store = open_tiny_store(tmp_path / "data")

    own = store.replace_lesson([own_lesson])
    assert_whole(own, read_lesson([own_lesson]))
    assert not texts(own.lesson) & texts(lesson)
    own.index.close()

    ours = store.restore_lesson()
    assert_whole(ours, lesson)
    ours.index.close()

    more = store.add_pages([pages / "old"])
    assert texts(more.lesson) == texts(lesson) | {"A kettle of copper."}
    assert more.lesson.comparison == lesson.comparison
    more.index.close()


def test_pages_are_added_to_an_own_lesson_and_take_the_place_of_those_of_their_name(
    open_tiny_store: OpenStore, tmp_path: Path, pages: Path
) -> None:
    store = open_tiny_store(tmp_path / "data")
    store.replace_lesson([pages / "old"]).index.close()

    both = store.add_pages([pages / "new"])
    assert texts(both.lesson) == {"A kettle of copper.", "A kettle of tin."}
    both.index.close()

    better = tmp_path / "tin.md"
    better.write_text("# Tin\n\nA better kettle.\n", "utf-8")
    changed = store.add_pages([better])
    assert texts(changed.lesson) == {"A kettle of copper.", "A better kettle."}
    changed.index.close()


def test_a_replaced_lesson_outlives_the_files_it_came_from(open_tiny_store: OpenStore, tmp_path: Path) -> None:
    page = write_kettles(tmp_path, "zinc")
    open_tiny_store(tmp_path / "data").replace_lesson([page]).index.close()
    page.unlink()

    knowledge = open_tiny_store(tmp_path / "data").open()

    assert texts(knowledge.lesson) == {"A kettle of zinc."}
    knowledge.index.close()


@pytest.mark.parametrize("add", [False, True], ids=["replacing", "adding"])
@pytest.mark.parametrize(
    "page",
    ["{#a method=guessing}\n# A\n\ntext", "---\ncolour: red\n---\ntext", "# Empty"],
    ids=["method", "front matter", "empty"],
)
def test_a_page_that_breaks_a_rule_leaves_the_lesson_in_use_untouched(
    small_data: Path, open_tiny_store: OpenStore, pages: Path, tmp_path: Path, page: str, *, add: bool
) -> None:
    before = sorted(path.name for path in (small_data / "lessons").iterdir())
    broken = tmp_path / "broken.md"
    broken.write_text(page, "utf-8")
    store = open_tiny_store(small_data)

    if not (add and page == "# Empty"):
        with pytest.raises(LessonError, match=r"broken\.md, line \d+: "):
            (store.add_pages if add else store.replace_lesson)([broken])
        assert before == sorted(path.name for path in (small_data / "lessons").iterdir())

    knowledge = store.open()
    assert_whole(knowledge, read_lesson([pages / "old" / "copper.md"]))
    knowledge.index.close()


def test_no_more_than_the_lesson_in_use_and_the_one_before_are_kept(
    open_tiny_store: OpenStore, tmp_path: Path, pages: Path
) -> None:
    store = open_tiny_store(tmp_path / "data")
    names = []
    for folder in ("old", "new", "old", "new"):
        knowledge = store.replace_lesson([pages / folder])
        names.append(knowledge.generation)
        knowledge.index.close()

    assert sorted(path.name for path in (tmp_path / "data" / "lessons").iterdir() if path.is_dir()) == sorted(
        names[-2:]
    )


def test_a_lesson_that_is_broken_off_leaves_nothing(
    small_data: Path, pages: Path, tiny_model: Path, tiny_models: Path
) -> None:
    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    before = sorted(path.name for path in (small_data / "lessons").iterdir())
    models = UntaughtModels(tiny_models, ignore_progress)
    store = Store(small_data, models=models, embedding_model=str(tiny_model), report=break_off)

    with pytest.raises(KeyboardInterrupt):
        store.replace_lesson([pages / "new"])

    assert before == sorted(path.name for path in (small_data / "lessons").iterdir())


def test_where_the_lesson_in_use_is_not_named_the_newest_is_kept_beside_the_next(
    small_data: Path, open_tiny_store: OpenStore, pages: Path
) -> None:
    before = find_generation(small_data).name
    (small_data / "lessons" / "CURRENT").unlink()

    knowledge = open_tiny_store(small_data).replace_lesson([pages / "new"])

    kept = {path.name for path in (small_data / "lessons").iterdir() if path.is_dir()}
    assert kept == {before, knowledge.generation}
    knowledge.index.close()


def test_whoever_reads_the_lesson_before_can_go_on_reading(
    small_data: Path, open_tiny_store: OpenStore, pages: Path
) -> None:
    reader = open_tiny_store(small_data).open()

    open_tiny_store(small_data).replace_lesson([pages / "new"]).index.close()

    assert_whole(reader, read_lesson([pages / "old" / "copper.md"]))
    reader.index.close()


def test_two_that_open_a_damaged_store_at_once_build_it_once(small_data: Path, open_tiny_store: OpenStore) -> None:
    (find_generation(small_data) / "manifest.json").unlink()
    stores = [open_tiny_store(small_data) for _ in range(3)]

    with ThreadPoolExecutor(3) as pool:
        opened = list(pool.map(Store.open, stores))

    assert len({knowledge.generation for knowledge in opened}) == 1
    for knowledge in opened:
        knowledge.index.close()


def test_a_name_of_a_page_cannot_lead_out_of_the_store(open_tiny_store: OpenStore, tmp_path: Path) -> None:
    page = write_kettles(tmp_path / "deep" / "down", "lead")
    (tmp_path / "deep" / "link.md").symlink_to(page)

    knowledge = open_tiny_store(tmp_path / "data").replace_lesson([tmp_path / "deep" / ".." / "deep"])

    assert texts(knowledge.lesson) == {"A kettle of lead."}
    assert {path.name for path in tmp_path.iterdir()} == {"deep", "data"}
    knowledge.index.close()


def ignore_progress(step: str, done: int, total: int) -> None:
    """Show nothing."""


# Ends its own process by SIGKILL at a moment: before an event of Python's audit hooks that concerns a certain path, or
# when a step of building is done up to a certain record.
KILLED = """
import os, signal, sys
from pathlib import Path
from knowledge.store import Store
from tests.fakes import UntaughtModels

data, models, model, pages, event, part = sys.argv[1:]

def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)

def watch(seen, arguments):
    if seen == event and arguments and part in str(arguments[0]) and str(arguments[0]).startswith(data):
        die()

def report(step, done, total):
    if step == event and done == int(part):
        die()

models = UntaughtModels(Path(models), report)
store = Store(Path(data), models=models, embedding_model=model, report=report)
sys.addaudithook(watch)
store.replace_lesson([Path(pages)])
"""
MOMENTS = {
    "while its pages are copied": ("new", "open", "own/tin.md"),
    "while its passages are written": ("new", "open", "lesson.json"),
    "while its index is made": ("large", "store", "128"),
    "before its manifest is put in place": ("new", "os.rename", "manifest.json"),
    "before it is put to use": ("new", "os.rename", "CURRENT"),
}


def kill_while_replacing(data: Path, models: Path, model: Path, pages: Path, event: str, part: str) -> None:
    """Let another process put pages to use and die at a moment."""
    command = [sys.executable, "-c", KILLED, *map(str, (data, models, model, pages)), event, part]
    ended = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, timeout=60, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_lesson_whose_writer_is_killed(
    small_data: Path, open_tiny_store: OpenStore, tiny_model: Path, tiny_models: Path, pages: Path, moment: str
) -> None:
    """The one before stays in use, whole, and for whoever reads it when the next is put to use; what is left goes."""
    name, event, part = MOMENTS[moment]
    before = find_generation(small_data).name

    kill_while_replacing(small_data, tiny_models, tiny_model, pages / name, event, part)

    store = open_tiny_store(small_data)
    knowledge = store.open()
    assert knowledge.generation == before
    assert_whole(knowledge, read_lesson([pages / "old" / "copper.md"]))
    knowledge.index.close()
    again = store.replace_lesson([pages / "new"])
    assert_whole(again, read_lesson([pages / "new" / "tin.md"]))
    again.index.close()
    assert {path.name for path in (small_data / "lessons").iterdir() if path.is_dir()} == {before, again.generation}


def test_a_lesson_whose_writer_is_killed_after_it_was_put_to_use_is_whole(
    small_data: Path, open_tiny_store: OpenStore, tiny_model: Path, tiny_models: Path, pages: Path
) -> None:
    kill_while_replacing(small_data, tiny_models, tiny_model, pages / "large", "shutil.rmtree", "lessons/")

    knowledge = open_tiny_store(small_data).open()

    assert_whole(knowledge, read_lesson([pages / "large" / "brass.md"]))
    knowledge.index.close()
