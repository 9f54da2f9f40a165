"""Checks every annotated text: known classes and relations, ends that fit, no templates, enough of everything."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import graphbuild.language
from graphbuild.catalogue import Catalogue
from graphbuild.language.inflection import regular_stem, uninflected
from graphbuild.language.lemmas import Lexicon, read_lexicon
from training.corpus.reader import _VALUE_RELATIONS, CorpusText, Fact

KINDS = frozenset(
    "wire-report readout press-statement communique local-news op-ed court-news business-news speech qa-transcript brief profile obituary history"
    " social-post military-release parliament-report sport-culture".split()
)
_STATUSES = frozenset("asserted denied planned reported".split())
_MODALITIES = frozenset("actual planned possible conditional".split())
_TIME = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?|--\d\d(-\d\d)?|\.\.)?(/(\d{4}(-\d\d(-\d\d)?)?|--\d\d(-\d\d)?|\.\.)?)?")

_WORD = re.compile(r"(?<!['’])\b[^\W\d_]+")
_DESCRIBED = frozenset(("Position", "Group"))  # classes whose mentions are ordinary words
_LEXICON = Path(graphbuild.language.__file__).parent / "model" / "lexicon.json"
_LITTLE = frozenset("the of and for in to s".split())
LEMMAS = 5000
FACTS_PER_RELATION = 25
NOT_ASSERTED = 0.25


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Numbers of distinct lemmas: of all words, and of the words outside names."""

    lemmas: int
    outside_names: int


def problems(text: CorpusText, catalogue: Catalogue) -> Iterator[str]:
    """Yield what is wrong with one text, a line each."""
    if text.meta.get("kind") not in KINDS:
        yield f"kind {text.meta.get('kind')!r} is none of {', '.join(sorted(KINDS))}"
    if not text.meta.get("region"):
        yield "no region"
    yield from _mention_problems(text)
    for identifier, (label, _) in text.entities.items():
        if label not in catalogue.classes:
            yield f"entity {identifier}: class {label!r} is not in the catalogue"
    for fact in text.facts:
        yield from (f"{fact.subject} | {fact.relation} | {fact.object}: {line}" for line in _fact_problems(fact, text, catalogue))


def _mention_problems(text: CorpusText) -> Iterator[str]:
    named = {identifier for mark in text.mentions for identifier in mark.ids}
    for mark in text.mentions:
        words = text.text[mark.start : mark.end]
        for identifier in mark.ids:
            if identifier not in text.entities:
                yield f"mention {words!r}: no entity {identifier!r}"
        if not words.strip() or words != words.strip():
            yield f"mention {words!r} is empty or has space at its border"
    for identifier in text.entities.keys() - named:
        yield f"entity {identifier} is never mentioned"
    for one, other in zip(text.mentions, text.mentions[1:], strict=False):
        if (one.start, one.end, one.refers) == (other.start, other.end, other.refers):
            yield f"mention {text.text[one.start : one.end]!r} is marked twice: put the ids together"


def _fact_problems(fact: Fact, text: CorpusText, catalogue: Catalogue) -> Iterator[str]:
    relation = catalogue.relations.get(fact.relation)
    if relation is None:
        yield "no such relation"
        return
    if fact.subject not in text.entities:
        yield f"no entity {fact.subject!r}"
    elif not catalogue.admits(relation.subject, text.entities[fact.subject][0]):
        yield f"subject class {text.entities[fact.subject][0]} is not admitted"
    if fact.relation not in _VALUE_RELATIONS:
        if fact.object not in text.entities:
            yield f"no entity {fact.object!r}"
        elif not catalogue.admits(relation.object, text.entities[fact.object][0]):
            yield f"object class {text.entities[fact.object][0]} is not admitted"
    if fact.subject == fact.object:
        yield "both ends are the same"
    yield from _qualifier_problems(fact, text)


def _qualifier_problems(fact: Fact, text: CorpusText) -> Iterator[str]:
    if fact.status not in _STATUSES or fact.modality not in _MODALITIES:
        yield f"status {fact.status!r} or modality {fact.modality!r} unknown"
    if fact.status == "reported" and not fact.speaker:
        yield "reported needs a speaker"
    for role in ("speaker", "place"):
        value = getattr(fact, role)
        if value and value not in text.entities:
            yield f"no entity {value!r} ({role})"
    if fact.time and not _TIME.fullmatch(fact.time):
        yield f"time {fact.time!r} is no date or interval"
    if fact.theme and fact.theme not in text.entities and fact.theme not in text.text:
        yield f"theme {fact.theme!r} is neither an entity nor words of the text"


def template_problems(texts: Iterable[CorpusText]) -> Iterator[str]:
    """Yield six-word runs that stand in more than three texts, and texts that share over 15 % of their four-word runs with another.

    A run of names and little words, four of the six inside names ("the Ministry of Foreign Affairs of"), is a name and no template.
    """
    sixes: dict[tuple[str, ...], set[str]] = defaultdict(set)
    fours: dict[str, set[tuple[str, ...]]] = {}
    for text in texts:
        words, named = _words(text)
        for start in range(len(words) - 5):
            outside = [word for word, inside in zip(words[start : start + 6], named[start : start + 6], strict=True) if not inside]
            if len(outside) > 2 or not _LITTLE.issuperset(outside):
                sixes[tuple(words[start : start + 6])].add(text.id)
        fours[text.id] = set(zip(*(words[i:] for i in range(4)), strict=False))
    yield from (f"{' '.join(run)!r} stands in {len(ids)} texts: {', '.join(sorted(ids))}" for run, ids in sorted(sixes.items()) if len(ids) > 3)
    yield from _shared(fours)


def _words(text: CorpusText) -> tuple[list[str], list[bool]]:
    """Return the lower-cased words of a text, and of each whether it stands inside a name: a mention that introduces, with a capital."""
    names = [m for m in text.mentions if not m.refers and text.text[m.start].isupper()]
    found = list(re.finditer(r"\w+", text.text))
    return [w[0].lower() for w in found], [any(m.start <= w.start() and w.end() <= m.end for m in names) for w in found]


def _shared(fours: dict[str, set[tuple[str, ...]]]) -> Iterator[str]:
    where: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for identifier, runs in fours.items():
        for run in runs:
            where[run].append(identifier)
    together: Counter[tuple[str, str]] = Counter()
    for ids in where.values():
        together.update((a, b) for a in ids for b in ids if a != b)
    for (one, other), count in sorted(together.items()):
        if count > 0.15 * len(fours[one]):
            yield f"{one} shares {count} of {len(fours[one])} four-word runs with {other}"


def counts(texts: Iterable[CorpusText]) -> dict[str, Counter[str]]:
    """Count words, relations, classes, statuses, kinds and regions."""
    out: dict[str, Counter[str]] = {name: Counter() for name in ("total", "relation", "class", "status", "kind", "region")}
    for text in texts:
        facts = [fact for fact in text.facts if not fact.weak]
        out["total"].update(texts=1, words=len(text.text.split()), mentions=len(text.mentions), facts=len(facts))
        out["relation"].update(fact.relation for fact in facts)
        out["class"].update(label for label, _ in text.entities.values())
        out["status"].update(fact.status for fact in facts)
        out["kind"][text.meta.get("kind", "?")] += 1
        out["region"][text.meta.get("region", "?")] += 1
    return out


def corpus_problems(texts: Iterable[CorpusText], catalogue: Catalogue, words: Vocabulary) -> Iterator[str]:
    """Yield what the corpus as a whole has too little of: words, facts of a relation, facts that are not asserted."""
    counted = counts(texts)
    if words.lemmas < LEMMAS:
        yield f"{words.lemmas} distinct lemmas; at least {LEMMAS} are wanted"
    for relation in sorted(catalogue.relations.keys() - {"said"}):
        if counted["relation"][relation] < FACTS_PER_RELATION:
            yield f"{relation} has {counted['relation'][relation]} facts; at least {FACTS_PER_RELATION} are wanted"
    facts, asserted = counted["total"]["facts"], counted["status"]["asserted"]
    if facts - asserted < NOT_ASSERTED * facts:
        yield f"{facts - asserted} of {facts} facts are not asserted; at least {NOT_ASSERTED:.0%} are wanted"


def vocabulary(texts: Iterable[CorpusText]) -> Vocabulary:
    """Count distinct lemmas, by the shipped lexicon and regular inflection, without a model.

    Parts of speech are not known, so that a form counts once, as what it can be an inflection of first: verb, then noun ("meetings"
    is meeting, "meeting" is meet). Parts of hyphenated words count by themselves; figures, and what follows an apostrophe, do not.
    """
    lexicon = read_lexicon(_LEXICON)
    everywhere: set[str] = set()
    outside: set[str] = set()
    for text in texts:
        named = [m for m in text.mentions if not m.refers and {text.entities.get(i, ("", ""))[0] for i in m.ids} - _DESCRIBED]
        for word in _WORD.finditer(text.text):
            everywhere.add(word[0].lower())
            if not any(m.start <= word.start() < m.end for m in named):
                outside.add(word[0].lower())
    return Vocabulary(len({_lemma(form, lexicon) for form in everywhere}), len({_lemma(form, lexicon) for form in outside}))


def _lemma(form: str, lexicon: Lexicon) -> str:
    listed = next((forms[form] for _, forms in sorted(lexicon.lemma_of.items(), key=lambda kv: kv[0] != "VERB") if form in forms), None)
    return (listed or uninflected(form, "VERB", lexicon.words.__contains__) or regular_stem(form, "NOUN")).lower()
