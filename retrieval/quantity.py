"""Quantities people state about a project, as typed values."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, model_validator

Period = Literal["once", "month", "year"]
Skill = Literal["machine_learning", "prompting", "software"]


class Range(BaseModel):
    """A number, or the two ends of one that was left open; equal ends where it was not."""

    model_config = ConfigDict(frozen=True)

    low: NonNegativeFloat
    high: NonNegativeFloat

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low must not be above high: {self.low} > {self.high}")
        return self


class Stated(BaseModel):
    """What every quantity has: the words that state it, and where they stand."""

    model_config = ConfigDict(frozen=True)

    words: str
    """Word for word."""
    start: int
    end: int
    """Characters of the text: `text[start:end] == words`."""
    corrects: str | None = None
    """The words of an earlier statement that this one takes the place of."""


class Examples(Stated):
    """Examples, documents, messages: what there is to learn from."""

    kind: Literal["examples"] = "examples"
    count: Range
    labelled: bool | None
    """Whether what is to be learnt is given with them; None where that is not said."""


class Money(Stated):
    """An amount of money; prices of single things (per call, per hour) are none."""

    kind: Literal["money"] = "money"
    amount: Range
    """In units of the currency; per day or week is turned into per month."""
    currency: str | None
    """ISO 4217 code; None where it is not said."""
    period: Period | None
    """None where it is not said."""


class Duration(Stated):
    """A stretch of time that something takes, or that there is for it."""

    kind: Literal["duration"] = "duration"
    days: Range


class Deadline(Stated):
    """When something has to be there."""

    kind: Literal["deadline"] = "deadline"
    days: Range | None
    """From now; None where a day is named and it depends on today how far that is."""


class Gpus(Stated):
    """Graphics cards."""

    kind: Literal["gpus"] = "gpus"
    count: Range | None
    """None where it is not said."""
    model: str | None
    """Word for word; None where it is not said."""


class Requests(Stated):
    """How often something is asked of the model."""

    kind: Literal["requests"] = "requests"
    per_day: Range


class People(Stated):
    """People with a skill that counts."""

    kind: Literal["people"] = "people"
    count: Range
    skill: Skill


Quantity = Annotated[
    Examples | Money | Duration | Deadline | Gpus | Requests | People,
    Field(discriminator="kind"),
]
