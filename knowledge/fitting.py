"""Fits the heads to our authored sentences, with scikit-learn. Nothing that answers may import this module."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array
from sklearn.linear_model import LogisticRegression

from knowledge.embedder import Embedder
from knowledge.heads import Head, Heads, describe_texts
from knowledge.lesson import Lesson
from knowledge.signals import CHATTER, Sentence, load_messages, load_statements

QUESTION = "question"
UPDATE = "update"

SOFTNESS = 10.0
"""Inverse strength of the regularisation; 3 to 30 score alike in cross-validation."""
STEPS = 400


def fit_heads(lesson: Lesson, embedder: Embedder) -> Heads:
    """Fit all heads: topic and method to how people ask for the passages of `lesson`, the others to signals."""
    passages = [passage for passage in lesson.passages if passage.kind == "topic"]
    statements = load_statements()
    asked = [Sentence(QUESTION, text) for passage in lesson.passages for text in passage.asked_as]
    # A statement by itself is how people add to a project; whole projects lie in `inside/`.
    updates = [Sentence(UPDATE, text) for label, text in statements if label != CHATTER]
    return Heads(
        kind=_fit_head([*asked, *updates, *load_messages()], embedder),
        topic=_fit_head([Sentence(p.topic, text) for p in passages for text in p.asked_as], embedder),
        method=_fit_head([Sentence(p.method, text) for p in passages for text in p.asked_as], embedder),
        signal=_fit_head(statements, embedder),
    )


def _fit_head(sentences: Sequence[Sentence], embedder: Embedder) -> Head:
    features = csr_array(describe_texts([text for _, text in sentences], embedder))
    fitted = LogisticRegression(C=SOFTNESS, max_iter=STEPS, class_weight="balanced")
    fitted.fit(features, [label for label, _ in sentences])
    labels = tuple(str(label) for label in fitted.classes_)
    return Head(labels, fitted.coef_.astype(np.float32), fitted.intercept_.astype(np.float32))
