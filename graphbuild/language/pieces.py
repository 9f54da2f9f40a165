"""Words to word pieces: what the encoder reads."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

CLS, SEP, UNKNOWN, PAD = 101, 102, 100, 0
MAX_WORD_PIECES = 12
"""A longer word (a URL, a run of signs) is read up to here; its vector comes from its first piece anyway."""

BREAK = 4
"""Added to the case of a word that begins a paragraph."""


class WordPieces:
    """Looks words up in the vocabulary of the encoder; remembers recent ones."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer  # here, as spaCy imports this module for every pipeline, wherever graphbuild is installed

        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.ids = lru_cache(maxsize=50_000)(self._ids)

    def _ids(self, word: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(word, add_special_tokens=False).ids[:MAX_WORD_PIECES]) or (UNKNOWN,)

    def encode(self, words: Sequence[str], cases: Sequence[int], breaks: Sequence[bool]) -> tuple[list[int], list[int], list[int]]:
        """Piece ids with the encoder's end marks, their types (case and paragraph), and the index of each word's first piece."""
        ids, types, firsts = [CLS], [0], []
        for word, case, begins in zip(words, cases, breaks, strict=True):
            pieces = self.ids(word)
            firsts.append(len(ids))
            ids.extend(pieces)
            types.extend([case + BREAK * begins] * len(pieces))
        return [*ids, SEP], [*types, 0], firsts
