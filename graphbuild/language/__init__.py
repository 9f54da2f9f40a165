"""The language model: a spaCy pipeline of our own training."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


def load_model(path: Path | None = None, *, threads: int = 1) -> "Language":
    """The shipped language model as a spaCy pipeline, or the one in the folder `path`.

    Args:
        path: folder with `words.onnx`, `labels.onnx`, `antecedents.onnx`, `relations.onnx`, `tokenizer.json`, `labels.json`.
        threads: threads that one run of the network may use. The annotation does not depend on it.

    Raises:
        ModelError: a file of the model is missing or broken.
    """
    import spacy

    from graphbuild.language import components
    from graphbuild.language.tokenizer import set_tokenizer

    nlp = spacy.blank("en")
    set_tokenizer(nlp)
    nlp.max_length = 10**8
    nlp.add_pipe("graphbuild", config={"path": str(path or components.MODEL), "threads": threads})
    return nlp
