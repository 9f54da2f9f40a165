"""The corpus written for this project: its format, reader and validator."""

from training.corpus.reader import CorpusError, CorpusText, Fact, MentionMark, read_corpus, read_text

__all__ = ["CorpusError", "CorpusText", "Fact", "MentionMark", "read_corpus", "read_text"]
