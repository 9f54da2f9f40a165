"""Runs the exported network over the words of a document, window by window, and decides about words and spans.

A window holds whole sentences. It is cut from the document alone: it begins some words of context before the first sentence that the
window before could not show whole, and is never padded or batched, because 8-bit arithmetic scales by what a run holds: so the
annotation of a text depends on that text only.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from graphbuild.errors import ModelError
from graphbuild.language.pieces import WordPieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MAX_WORDS = 180
MAX_PIECES = 250
"""As in training."""
CONTEXT = 30
"""Words before the first new sentence that a window shows again, at most."""
START = 0.5

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labels:
    """Label lists, in the order of the outputs of the heads."""

    xpos: tuple[str, ...]
    morph: tuple[str, ...]
    lemma: tuple[str, ...]
    deprel: tuple[str, ...]
    span: tuple[str, ...]
    relation: tuple[str, ...]
    status: tuple[str, ...]

    def classes(self, form: str) -> tuple[str, ...]:
        """The entity classes that the span head tells apart for a form, in its order."""
        return _classes(self.span, form)


@dataclass(frozen=True, slots=True)
class Window:
    """What the network says of the words `begin` to `begin + N` of a document; only those from `own_from` to `own_to` count.

    Attributes:
        vectors: (N, 384).
        sentences: number of the sentence of every word, (N).
        xpos, morph, lemma: indexes of labels, (N).
        arcs: [dependent, head], the root on the diagonal, (N, N).
        forms: share of none, phrase, name, noun, pronoun for the span of w + 1 words that begins at a word, (N, W, 5).
        classes: index of the best class as name, noun, pronoun, (N, W, 3), and its share, `class_shares`.
    """

    begin: int
    own_from: int
    own_to: int
    sentences: Ints
    vectors: Floats
    xpos: Ints
    morph: Ints
    lemma: Ints
    arcs: Floats
    forms: Floats
    classes: Ints
    class_shares: Floats


class Encoder:
    """The network's sessions and labels."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.labels = _labels(folder)
        self.pieces = WordPieces(folder / "tokenizer.json")
        self._words = open_session(folder / "words.onnx", threads)

    def windows(self, words: Sequence[str], cases: Sequence[int], breaks: Sequence[bool], given: Sequence[int]) -> Iterator[Window]:
        """Windows whose own parts, put together, are the whole document.

        Args:
            words: tokens without white space.
            cases: of every word, from `casing`, and
            breaks: whether a line or paragraph begins at it (the network is told both).
            given: 1 where a sentence begins, -1 where none does, whatever the network says; 0 elsewhere.
        """
        begin, own = 0, 0
        while own < len(words):
            end = self._reach(words, begin)
            if end <= own:  # so many pieces before it, as in web addresses, that no window reaches from there to the next word
                begin, end = own, self._reach(words, own)
            outputs = self._run(words[begin:end], cases[begin:end], breaks[begin:end])
            known = np.asarray(given[begin:end])
            starts = np.where(known == 0, outputs[1] > START, known > 0)
            starts[0] = True
            starts[own - begin] = True
            until = len(words) if end == len(words) else own_end(starts, own - begin, end - begin) + begin
            yield Window(begin, own, until, np.cumsum(starts), outputs[0], *outputs[2:])
            begin, own = _next_begin(starts, begin, until), until

    def _reach(self, words: Sequence[str], begin: int) -> int:
        """End of the longest window that may begin at `begin`: at least one word."""
        end, pieces = begin, 0
        while end < len(words) and end - begin < MAX_WORDS:
            pieces += len(self.pieces.ids(words[end]))
            if pieces > MAX_PIECES and end > begin:
                break
            end += 1
        return end

    def _run(self, words: Sequence[str], cases: Sequence[int], breaks: Sequence[bool]) -> list[Any]:
        ids, types, firsts = self.pieces.encode(words, cases, breaks)
        inputs = {"ids": np.array([ids]), "types": np.array([types]), "firsts": np.array(firsts)}
        outputs: list[Any] = self._words.run(None, inputs)
        return outputs


@cache
def _classes(spans: tuple[str, ...], form: str) -> tuple[str, ...]:
    return tuple(label.partition(":")[2] for label in spans if label.startswith(f"{form}:"))


def own_end(starts: npt.NDArray[np.bool_], own: int, end: int) -> int:
    """Where the last whole sentence of a window ends that is not the document's last; its end if one sentence fills it all.

    The last sentence may go on outside, so it is left to the next window.
    """
    later = np.flatnonzero(starts[own + 1 : end])
    return int(own + 1 + later[-1]) if len(later) else end


def _next_begin(starts: npt.NDArray[np.bool_], begin: int, own: int) -> int:
    """First sentence start that is at most `CONTEXT` words before the word `own`."""
    earliest = max(0, own - begin - CONTEXT)
    found = np.flatnonzero(starts[earliest : own - begin])
    return begin + earliest + int(found[0]) if len(found) else own


def open_session(path: Path, threads: int) -> "InferenceSession":
    """Open an ONNX file on the CPU.

    Raises:
        ModelError: the file is missing or is no ONNX file.
    """
    import onnxruntime  # here, as spaCy imports this module for every pipeline, wherever graphbuild is installed

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (onnxruntime.capi.onnxruntime_pybind11_state.NoSuchFile, onnxruntime.capi.onnxruntime_pybind11_state.InvalidProtobuf) as error:
        raise ModelError(f"{path}: the language model is missing or broken ({error}); install graphbuild again, or give another folder") from error


def _labels(folder: Path) -> Labels:
    path = folder / "labels.json"
    try:
        lists = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise ModelError(f"{path}: the labels of the language model cannot be read ({error}); install graphbuild again, or give another folder") from error
    return Labels(**{name: tuple(labels) for name, labels in lists.items()})
