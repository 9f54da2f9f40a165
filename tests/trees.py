"""Builds Docs with hand-written trees, so that rules are tested without a model.

A tree is one token a line: `form TAG head label [mention…]`, head 1-based (0 is the root). A mention is `Class` on a one-word name,
`Class/n` on the first of n words; `noun:Class/n` and `pronoun:Class` give its form; a lemma is added as `=lemma`.
"""

import spacy
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from graphbuild.catalogue import load_catalogue
from graphbuild.coref import resolve
from graphbuild.entities import Reading, read_entities
from graphbuild.gazetteer import Gazetteer
from graphbuild.mentions import find_mentions
from graphbuild.records import Span, Statement
from graphbuild.relations import find_statements
from graphbuild.speech import find_speech

_NLP = spacy.blank("en")
_POS = {
    "NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "IN": "ADP", "TO": "PART", "DT": "DET", "JJ": "ADJ", "RB": "ADV", "CC": "CCONJ",
    "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WDT": "PRON", "MD": "AUX", "POS": "PART", "CD": "NUM", "HYPH": "PUNCT", "RP": "ADP",
}  # fmt: skip
for _name, _default in (("form", "name"), ("score", 1.0)):
    if not DocSpan.has_extension(_name):
        DocSpan.set_extension(_name, default=_default)


def tree(table: str) -> Doc:
    """Build a Doc from a table of tokens; sentences begin after a root's full stop."""
    rows = [line.split() for line in table.strip().splitlines()]
    heads = [int(row[2]) - 1 if row[2] != "0" else number for number, row in enumerate(rows)]
    lemmas = [next((extra[1:] for extra in row[4:] if extra.startswith("=")), row[0].lower() if row[1] not in ("NNP", "NNPS") else row[0]) for row in rows]
    doc = Doc(
        _NLP.vocab,
        words=[row[0] for row in rows],
        tags=[row[1] for row in rows],
        pos=[_pos(row[1], row[3]) for row in rows],
        lemmas=lemmas,
        heads=heads,
        deps=[row[3] for row in rows],
    )
    doc.spans["mentions"] = [
        span for number, row in enumerate(rows) for extra in row[4:] if not extra.startswith("=") for span in [_mention(doc, number, extra)]
    ]
    return doc


def _pos(tag: str, label: str) -> str:
    if label in ("cop", "aux", "aux:pass"):
        return "AUX"
    return _POS.get(tag, "VERB" if tag.startswith("V") else "PUNCT" if not tag.isalpha() else "X")


def _mention(doc: Doc, start: int, text: str) -> DocSpan:
    form, _, rest = text.rpartition(":")
    label, _, length = rest.partition("/")
    span = DocSpan(doc, start, start + int(length or 1), label=label)
    span._.form = form or "name"
    return span


def read(doc: Doc) -> tuple[Reading, tuple[Statement, ...]]:
    """Run everything after the model on a Doc."""
    gazetteer = Gazetteer.load()
    mentions = find_mentions(doc, gazetteer)
    speeches = find_speech(doc, ((0, len(doc)),))
    chains = resolve(doc, mentions, speeches, gazetteer)
    reading = read_entities(doc, chains, gazetteer, lambda start, end: Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1])))
    return reading, find_statements(reading, load_catalogue(), speeches, (), "d", doc.text)[0]


def facts(table: str) -> set[str]:
    """Return the facts of a tree, as readable lines: `Ann met Bob [planned]`."""
    reading, statements = read(tree(table))
    return {_line(reading, s) for s in statements}


def _line(reading: Reading, statement: Statement) -> str:
    end = reading.entity(statement.object).name if isinstance(statement.object, str) else statement.object.value
    status = "" if statement.status == "asserted" else f" [{statement.status}]"
    return f"{reading.entity(statement.subject).name} {statement.relation} {end}{status}"
