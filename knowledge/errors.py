"""What can go wrong with what we know.

KnowledgeError
├── LessonError   a page breaks a rule
├── ModelError    the embedding model is missing or not the one expected
└── StoreError    the store cannot be built or opened
"""

from __future__ import annotations

from pathlib import Path


class KnowledgeError(Exception):
    """The lesson, the embedding model or the store cannot be used as asked."""


class LessonError(KnowledgeError):
    """A page of a lesson breaks a rule.

    The message names the file, the line (from 1) and the rule.
    """

    def __init__(self, path: Path, line: int, rule: str) -> None:
        super().__init__(f"{path}, line {line}: {rule}")
        self.path = path
        self.line = line
        self.rule = rule


class ModelError(KnowledgeError):
    """The embedding model is missing, or its files are not the ones expected."""


class StoreError(KnowledgeError):
    """The store cannot be built or opened."""
