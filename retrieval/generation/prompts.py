"""The prompts of `prompts.yaml`: what a chat model is told, with data that it must not obey kept apart as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from langchain_core.prompts import ChatPromptTemplate
from pydantic import BaseModel, ConfigDict

PATH = Path(__file__).with_name("prompts.yaml")


class Instruction(BaseModel):
    """What a chat model is to do, and how it is given the data to do it with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    system: str
    human: str

    @property
    def template(self) -> ChatPromptTemplate:
        """The same for LangChain; its one variable is `data`."""
        return ChatPromptTemplate.from_messages([("system", self.system), ("human", self.human)])


class Prompts(BaseModel):
    """What `prompts.yaml` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answer: Instruction
    repair: str
    faults: dict[str, str]
    findings: Instruction
    question: Instruction
    summary: Instruction
    check: str
    """Asked to find out whether a chat model answers at all."""


@cache
def load_prompts() -> Prompts:
    return Prompts.model_validate(yaml.safe_load(PATH.read_text("utf-8")))


def give_data(instruction: Instruction, data: Mapping[str, object]) -> list[BaseMessage]:
    """Return the messages of an instruction with its data; within JSON, no text can pass for anything but text."""
    return instruction.template.format_messages(data=json.dumps(data, ensure_ascii=False, indent=1))


def ask_again(prompt: Sequence[BaseMessage], draft: str, faults: Sequence[str]) -> list[BaseMessage]:
    """Return the messages that ask for a draft without its faults."""
    listed = "\n".join(f"- {fault}" for fault in faults)
    return [*prompt, AIMessage(draft), HumanMessage(load_prompts().repair.format(faults=listed))]
