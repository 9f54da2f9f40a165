"""News texts written for this project of which the facts that graphbuild found were read and judged, right or wrong: see README.md.

They are for fitting confidence: nothing else is trained on them, and what was not found in them is not annotated.
"""

from pathlib import Path

from graphbuild.evaluate.matching import Row
from graphbuild.read import read
from graphbuild.records import Document

FOLDER = Path(__file__).parent
TEXTS = FOLDER / "texts.jsonl"
VERDICTS = FOLDER / "verdicts.tsv"

Key = tuple[str, str, str, str, str]
"""Document, subject, relation, object and status of a fact, by their names."""


class VerdictError(ValueError):
    """A line of the verdicts is malformed, or judges a fact again; the message names file and line."""


def texts() -> list[Document]:
    """Read the texts."""
    return [one for one in read([TEXTS]) if isinstance(one, Document)]


_VERDICTS = {"right": True, "wrong": False, "open": None}


def verdicts(path: Path = VERDICTS) -> dict[Key, bool | None]:
    """Read which facts are right; None where readers may differ.

    Raises:
        VerdictError: a line has not six fields, or no verdict, or there is another one on its fact.
    """
    out: dict[Key, bool | None] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        *names, verdict = line.split("\t")
        if len(names) != 5 or verdict not in _VERDICTS:
            fields = 'document, subject, relation, object, status and "right", "wrong" or "open"'
            raise VerdictError(f"{path}, line {number}: write {fields}, with tabs between them")
        doc, subject, relation, object_, status = names
        if (key := (doc, subject, relation, object_, status)) in out:
            raise VerdictError(f"{path}, line {number}: this fact has a verdict already; leave one")
        out[key] = _VERDICTS[verdict]
    return out


def key_of(doc: str, row: Row) -> Key:
    """Return what identifies a row of facts.jsonl among the facts of a document."""
    object_ = row["object"].get("name") or row["object"].get("value")
    return doc, row["subject"]["name"], row["relation"], str(object_), row["status"]
