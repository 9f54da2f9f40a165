"""GUM: a treebank with nested entities and coreference in `Entity=` (annotations CC BY 4.0)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.countries import is_country
from training.examples import Example, SpanTarget
from training.sources.conllu import Document, parse_layer, read_documents

_TOKEN = re.compile(r"\((?P<open>[^()]+)(?P<single>\))?|(?P<close>[^()]+)\)")
_COARSE = {
    "person": "PERSONS", "organization": "ORGANIZATIONS", "place": "LOC", "event": "EVENT", "object": "OBJECT",
    "abstract": "ABSTRACT", "time": "OTHER", "animal": "OTHER", "plant": "OTHER", "substance": "OTHER",
}  # fmt: skip
_NAME = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT"}


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of GUM: words, type and chain."""

    start: int
    end: int
    type: str
    chain: str


def mentions(entity: list[str]) -> list[Mention]:
    """The mentions that the bracketed `Entity=` values of a document spell, sorted; a part of a split mention is left out."""
    found: list[Mention] = []
    open_: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for index, value in enumerate(entity):
        for match in _TOKEN.finditer(value):
            if match["open"]:
                chain, kind, *_ = match["open"].split("-")
                if match["single"]:
                    found.append(Mention(index, index + 1, kind, chain))
                else:
                    open_[chain].append((index, kind))
            else:
                chain = match["close"].split("-")[0]
                if open_[chain]:
                    start, kind = open_[chain].pop()
                    found.append(Mention(start, index + 1, kind, chain))
    return sorted(set(_whole(found)), key=lambda m: (m.start, -m.end, m.chain, m.type))


def _whole(found: list[Mention]) -> list[Mention]:
    return [mention for mention in found if "[" not in mention.chain]


_LINKS = frozenset({"of", "the", "and", "&", "for", "-", "'s", "’s", "de", "la", "del", "von", "van", "bin", "al", "in", "on", "to", "/"})


def name_core(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """The name inside a mention: its proper-noun head with what is joined to it, without determiner, title and possessive.

    The name begins at the first capitalised word after determiners, possessors and titles (`nmod:desc`), reaches the head, and
    goes on behind it as long as capitalised words follow, joined by the small words that names are joined with. A mention whose
    words before the head are not all capitalised ("former Senator Dole") begins behind the last small word.
    """
    head = _head(document, start, end)
    if head is None or document.upos[head] != "PROPN":
        return None
    first = head
    while first > start and _in_name(document, first - 1, head):
        first -= 1
    while not document.forms[first][0].isalnum():
        first += 1
    last = head + 1
    ahead = last
    while ahead < end and (_capital(document, ahead) or document.forms[ahead].lower() in _LINKS):
        ahead += 1
        if _capital(document, ahead - 1):
            last = ahead
    return first, last


def _capital(document: Document, index: int) -> bool:
    form = document.forms[index]
    return (form[0].isupper() or (form[0].isdigit() and document.upos[index] != "PUNCT")) and document.upos[index] not in {"PRON", "DET"}


def _in_name(document: Document, index: int, head: int) -> bool:
    if document.deprels[index] in {"det", "nmod:desc", "nmod:poss", "conj"} and document.heads[index] == head:
        return False
    joined = document.forms[index] in {"-", "&", "'s", "’s", "and", "of", "the", "."} and index > 0 and _capital(document, index - 1)
    return joined or _capital(document, index)


def _head(document: Document, start: int, end: int) -> int | None:
    for index in range(start, end):
        if not start <= document.heads[index] < end or document.heads[index] == index:
            return index
    return None


def read_gum(folder: Path, split: str) -> Iterator[Example]:
    """The documents of one split, as examples with treebank, entity and coreference layers."""
    for path in sorted((folder / split / "dep").glob("*.conllu")):
        for document in read_documents(path):
            yield _example(document)


def _example(document: Document) -> Example:
    spans: list[SpanTarget] = []
    chains: dict[str, list[int]] = defaultdict(list)
    taken: set[tuple[int, int]] = set()
    for mention in mentions(document.entity):
        if (mention.start, mention.end) in taken:
            continue
        for target in _targets(document, mention):
            if (target.start, target.end) not in taken:
                taken.add((target.start, target.end))
                chains[mention.chain].append(len(spans))
                spans.append(target)
    return Example(
        name=f"gum/{document.name}",
        source="gum",
        words=tuple(document.forms),
        breaks=tuple(document.breaks),
        starts=tuple(document.starts),
        trusted_starts=True,
        parse=parse_layer(document),
        spans=tuple(spans),
        rest="rest:gum",
        clusters=tuple(tuple(chain) for chain in chains.values()),
    )


def _targets(document: Document, mention: Mention) -> list[SpanTarget]:
    """The mention itself, and the bare name inside it where it is more than its name."""
    coarse = _COARSE[mention.type]
    words = document.forms[mention.start : mention.end]
    if len(words) == 1 and document.xpos[mention.start] in {"PRP", "PRP$", "WP", "WP$", "DT", "WDT", "EX"}:
        return [SpanTarget(mention.start, mention.end, f"pronoun:{coarse}")]
    core = name_core(document, mention.start, mention.end)
    if core is None or mention.type not in _NAME:
        return [SpanTarget(mention.start, mention.end, f"noun:{coarse}")]
    name = "COUNTRY" if mention.type == "place" and is_country(" ".join(document.forms[slice(*core)])) else _NAME[mention.type]
    target = SpanTarget(*core, f"name:{name}")
    if core == (mention.start, mention.end):
        return [target]
    return [SpanTarget(mention.start, mention.end, "phrase"), target]
