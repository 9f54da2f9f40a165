"""The language model: a spaCy pipeline of our own training, or any other with a parser and entities."""

from pathlib import Path
from typing import TYPE_CHECKING

from graphbuild.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

_ANY_LENGTH = 10**8


def load_model(model: str | Path | None = None, *, threads: int = 1) -> "Language":
    """The shipped language model as a spaCy pipeline, or another one made ready for graphbuild.

    Args:
        model: the name of an installed spaCy pipeline, or the folder of one, with a parser and entities; or a folder with
            `words.onnx`, `labels.onnx`, `antecedents.onnx`, `relations.onnx`, `tokenizer.json`, `labels.json`, `lexicon.json`.
        threads: threads that one run of the network may use. The annotation does not depend on it.

    Raises:
        ModelError: there is no such pipeline, it cannot be loaded, or a file of the model is missing or broken.
    """
    from spacy.util import is_package

    if model is None or (Path(model).is_dir() and not (Path(model) / "config.cfg").is_file()):
        return _ours(None if model is None else Path(model), threads)
    if Path(model).is_dir() or is_package(str(model)):
        return _adapted(str(model), threads)
    raise ModelError(f"{model}: is neither a folder nor an installed spaCy pipeline; install it with pip, or give the folder that nlp.to_disk wrote")


def _ours(path: Path | None, threads: int) -> "Language":
    import spacy

    from graphbuild.language.components import FACTORY
    from graphbuild.language.tokenizer import set_tokenizer

    nlp = spacy.blank("en")
    set_tokenizer(nlp)
    nlp.max_length = _ANY_LENGTH
    nlp.add_pipe(FACTORY, config={"path": str(path) if path else None, "threads": threads})
    return nlp


def _adapted(name: str, threads: int) -> "Language":
    import spacy

    from graphbuild.language.adapter import ADAPTER
    from graphbuild.language.components import FACTORY

    try:
        nlp = spacy.load(name)
    except (OSError, ImportError, ValueError, KeyError, TypeError) as error:
        reason = " ".join(str(error).split())
        raise ModelError(f"{name}: the spaCy pipeline cannot be loaded: {reason}; install it anew, in a version made for this spaCy") from error
    nlp.max_length = _ANY_LENGTH
    if not {ADAPTER, FACTORY} & set(nlp.pipe_names):
        nlp.add_pipe(ADAPTER, config={"threads": threads})
    return nlp
