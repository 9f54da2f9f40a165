"""Writes corpus texts in the format of annotated documents, so that they can be scored like any gold."""

import json
import re
from collections.abc import Iterable
from typing import Any

from graphbuild.records import Document
from training.corpus.reader import CorpusText


def gold_record(text: CorpusText) -> dict[str, Any]:
    """Return one text as a gold record: entities with aliases, facts with spans, optional facts apart."""
    facts = [_fact(fact) for fact in text.facts if not fact.weak]
    optional = [_fact(fact) for fact in text.facts if fact.weak]
    return {"doc": text.id, "entities": [_entity(text, name) for name in text.entities], "facts": facts, "optional": optional}


def _entity(text: CorpusText, identifier: str) -> dict[str, Any]:
    label, name = text.entities[identifier]
    forms = {text.text[m.start : m.end] for m in text.mentions if m.ids == (identifier,) and not m.refers}
    return {"id": identifier, "type": label, "name": name, "aliases": sorted(forms - {name})}


def _fact(fact: Any) -> dict[str, Any]:
    record = {"s": fact.subject, "r": fact.relation, "o": fact.object, "status": fact.status, "span": list(fact.by)}
    record |= {name: value for name in ("place", "speaker", "theme") if (value := getattr(fact, name))}
    return record | ({"date": _open_ended(fact.time)} if fact.time else {})


def _open_ended(time: str) -> str:
    """Write the open end of an interval as EDTF does: since 2015 is 2015/.. there, and 2015/ in the corpus."""
    return f"..{time}" if time.startswith("/") else f"{time}.." if time.endswith("/") else time


def gold_lines(texts: Iterable[CorpusText]) -> Iterable[str]:
    """Yield one JSON line a text."""
    return (json.dumps(gold_record(text), ensure_ascii=False) for text in texts)


def document(text: CorpusText) -> Document:
    """Return one text as a document to be read, without its annotation."""
    date = text.meta.get("date", "")
    return Document(text.id, f"{text.id}.txt", text.text, published=date if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else None)


def document_lines(texts: Iterable[CorpusText]) -> Iterable[str]:
    """Yield one JSON line a text, as `graphbuild build` reads them."""
    for one in map(document, texts):
        yield json.dumps({"id": one.id, "text": one.text} | ({"published": one.published} if one.published else {}), ensure_ascii=False)
