"""Cases: what is said to the assistant, and what a reader would accept as the right reply. One JSON object a line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from bot.errors import CaseError
from bot.reply import ReplyKind
from knowledge.comparison import Method
from knowledge.signals import Leaning, Need
from retrieval.answer import Opening

Label = Literal["fine_tuning", "prompt_engineering", "both", "ask"]
"""A verdict, or that too little is known for one."""
Stem: TypeAlias = Annotated[str, StringConstraints(to_lower=True, min_length=1)]
LONGEST_INPUT = 80
"""Characters of what breaks a rule that are repeated in an error."""


class Shape(BaseModel):
    """A part of a case; fields it does not know are for its readers."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Expected(Shape):
    """What a reader would accept as the right answer to a question; what is empty is not scored."""

    topics: tuple[str, ...] = ()
    """The nearest first."""
    methods: tuple[Method, ...] = ()
    facts: tuple[Annotated[tuple[Stem, ...], Field(min_length=1)], ...] = ()
    """What the answer must mention: of each entry at least one word stem."""
    openings: tuple[Opening, ...] = ()
    """How it may begin, the best first."""

    @model_validator(mode="after")
    def _require_expectation(self) -> Self:
        if not (self.topics or self.methods or self.facts):
            raise ValueError("at least one of topics, methods and facts must be expected")
        return self


class QuestionCase(Expected):
    """A question by itself."""

    text: str
    style: str | None = None


class OutsideCase(Shape):
    """A message the lesson does not answer, and the kinds of reply that are right."""

    text: str
    kinds: Annotated[tuple[ReplyKind, ...], Field(min_length=1)]
    kind: str = "outside"
    """What sort of message it is; scores are told by it, too."""


class DialogueCase(Shape):
    """A conversation, with what is expected of each turn; a turn that expects nothing only leads on."""

    turns: Annotated[tuple[str, ...], Field(min_length=1)]
    expect: tuple[Expected | None, ...]

    @model_validator(mode="after")
    def _match_turns(self) -> Self:
        if len(self.expect) != len(self.turns):
            raise ValueError(f"expect must have one entry for each of the {len(self.turns)} turns, null for none")
        return self


class FindingCase(Shape):
    """What a reader finds in a description."""

    need: Need
    leaning: Leaning


class ProjectCase(Shape):
    """A described project, the right outcome and what shows it."""

    text: str
    label: Label
    findings: tuple[FindingCase, ...] | None = None
    """All there is to be found; None where nobody has looked, which is not scored."""


CaseKind = Literal["question", "outside", "dialogue", "project"]
SHAPES: dict[CaseKind, str] = {
    "question": "a question has text, at least one of topics, methods and facts, and maybe style",
    "outside": "a message from outside has text and kinds",
    "dialogue": "a dialogue has turns and expect",
    "project": "a project has text, label and maybe findings",
}
TELLING: dict[str, CaseKind] = {"turns": "dialogue", "kinds": "outside", "label": "project"}
"""Fields that tell what a case is that does not say it."""


def infer_kind(line: object) -> CaseKind | None:
    """Return the kind that a parsed line names in `kind`, or else its fields tell; None where it is no object."""
    if not isinstance(line, dict):
        return None
    named = next((kind for kind in SHAPES if kind == line.get("kind")), None)
    return named or next((kind for field, kind in TELLING.items() if field in line), "question")


Case: TypeAlias = QuestionCase | OutsideCase | DialogueCase | ProjectCase
CASE: TypeAdapter[Case] = TypeAdapter(
    Annotated[
        Annotated[QuestionCase, Tag("question")]
        | Annotated[OutsideCase, Tag("outside")]
        | Annotated[DialogueCase, Tag("dialogue")]
        | Annotated[ProjectCase, Tag("project")],
        Discriminator(infer_kind, custom_error_type="no_object", custom_error_message="a line must be a JSON object"),
    ]
)


@dataclass(frozen=True)
class DataSet:
    """The cases of a file, or of files of the same name."""

    name: str
    cases: tuple[Case, ...]


def read_data_sets(paths: Iterable[Path]) -> tuple[DataSet, ...]:
    """Return the cases of JSON Lines files by the files' names; CaseError where one of their lines breaks a rule."""
    cases: dict[str, list[Case]] = {}
    for path in paths:
        cases.setdefault(path.stem, []).extend(read_cases(path))
    return tuple(DataSet(name, tuple(listed)) for name, listed in cases.items())


def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a file, at least one; blank lines do not count."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CaseError(path, 1, f"the file must be readable ({error.strerror})") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CaseError(path, line, f"a case must be UTF-8 text ({error.reason})") from error
    cases = tuple(_read_lines(path, text))
    if not cases:
        raise CaseError(path, 1, "a file must hold at least one case, as one JSON object a line")
    return cases


def _read_lines(path: Path, text: str) -> Iterator[Case]:
    # Not splitlines: JSON strings may hold other line separators as they are.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield CASE.validate_json(line)
            except ValidationError as error:
                raise CaseError(path, number, _name_rule(error)) from error


def _name_rule(error: ValidationError) -> str:
    first = error.errors()[0]
    kind, *where = first["loc"] or (None,)
    rule = first["msg"].removeprefix("Value error, ").replace(" at line 1 column", " at column")
    place = ".".join(map(str, where))
    remedy = next((shape for name, shape in SHAPES.items() if name == kind), "a case is one JSON object a line")
    return f"{place + ': ' if place else ''}{rule}{_show_input(first)} ({remedy})"


def _show_input(error: ErrorDetails) -> str:
    """Return what broke the rule, where that is one value and not the line it stands in."""
    value = error["input"]
    whole = isinstance(value, dict | list) or error["type"] == "json_invalid"
    return "" if whole else f", not {textwrap.shorten(repr(value), LONGEST_INPUT, placeholder=' …')}"
