"""Stand-ins that keep the interfaces of the real thing, small and deterministic."""

from __future__ import annotations

import string
from collections.abc import Sequence
from pathlib import Path
from typing import get_args
from zlib import crc32

import numpy as np

from knowledge.context import NEW, Context
from knowledge.embedder import Vectors, normalize_rows
from knowledge.exports import Models
from knowledge.reader import Judgement, Labels, Likelihoods, Marked, Reader
from retrieval.answer import Opening

DIMENSION = 64


class WordEmbedder:
    """An Embedder by words alone: texts that share words have vectors that are near."""

    @property
    def fingerprint(self) -> str:
        return "words"

    def embed(self, texts: Sequence[str]) -> Vectors:
        return normalize_rows(np.array([self._add_words(text) for text in texts], dtype=np.float32))

    def _add_words(self, text: str) -> Vectors:
        words = [word.strip(string.punctuation) for word in text.lower().split()] or [""]
        directions = [np.random.default_rng(crc32(word.encode())).normal(size=DIMENSION) for word in words]
        added: Vectors = np.sum(directions, axis=0).astype(np.float32)
        return added


class UntaughtReader:
    """A Reader that finds every label equally likely, and no signal in anything."""

    @property
    def labels(self) -> Labels:
        return Labels(
            signals=("privacy:fine_tuning",),
            kinds=("question", "term", "follow_up", "project", "update", "near", "unrelated", "attack", "smalltalk"),
            topics=("definition", "examples"),
            methods=("fine_tuning", "prompt_engineering", "both"),
            openings=get_args(Opening),
        )

    @property
    def words(self) -> frozenset[str]:
        return frozenset({"tune", "prompt"})

    def judge_message(self, text: str, context: Context = NEW) -> Judgement:
        assert text or context == NEW
        return Judgement(*map(share_evenly, self.labels.choices))

    def mark_signals(self, text: str) -> list[Marked]:
        return [Marked(0, len(text), np.zeros(1, dtype=np.float32))]


class UntaughtModels(Models):
    """Models whose reader has learnt nothing, because opening the real one takes a while."""

    def open_reader(self) -> Reader:
        return UntaughtReader()


def share_evenly(labels: tuple[str, ...]) -> Likelihoods:
    return dict.fromkeys(labels, 1 / len(labels))


def write_tiny_model(folder: Path) -> None:
    """Save a sentence-transformers model of random weights, which reads letter by letter and at most 64 of them."""
    import torch  # noqa: PLC0415 - takes seconds, and few tests need it
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer  # noqa: PLC0415
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors  # noqa: PLC0415
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast  # noqa: PLC0415

    letters = string.ascii_lowercase + string.digits
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{letter}" for letter in letters), *".,?!-:'"]
    numbers = {piece: number for number, piece in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordPiece(numbers, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    ends = [(piece, numbers[piece]) for piece in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    special: dict[str, object] = {
        "unk_token": "[UNK]",
        "pad_token": "[PAD]",
        "cls_token": "[CLS]",
        "sep_token": "[SEP]",
    }
    bert = folder.with_name(f"{folder.name}-bert")
    options = special | {"tokenizer_object": tokenizer, "model_max_length": 64}
    fast = PreTrainedTokenizerFast(**options)
    fast.save_pretrained(bert)
    torch.manual_seed(7)
    shape = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    BertModel(shape).save_pretrained(bert)
    transformer = Transformer(str(bert))
    SentenceTransformer(modules=[transformer, Pooling(32)], device="cpu").save(str(folder))
