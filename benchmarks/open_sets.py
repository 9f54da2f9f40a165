"""What is found in KnowledgeNet and Re-DocRED, from raw text, beside published figures.

`python -m benchmarks.open_sets DATA` (DATA as in training/README.md) measures and writes `benchmarks/results/open_sets.json`.

KnowledgeNet, fold 3, which nothing is trained on, each passage read alone. As the benchmark defines it: a fact found counts if the passage is annotated
for its property; text F1 asks for the property and for subject and object words that overlap those of an annotated fact; link F1 asks for the Wikidata
ids of both ends instead, of facts that have them, each once a passage, without dates. Published figures are on fold 5, which is not published.

Re-DocRED, last 100 documents, which nothing is trained on, end to end: names, their coreference and relations from the running text. An entity of ours stands
for the annotated one with most of whose mentions its own overlap; a fact counts if relation and both ends are right. Only the properties that
the catalogue can say are asked for (training/relation_map.py), which is what sets it apart from published end-to-end figures.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from spacy.language import Language

from benchmarks.gold import RESULTS as FOLDER
from graphbuild.evaluate import Score
from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document, Entity, Extraction, Span, Statement
from training.relation_map import KNOWLEDGENET, REDOCRED_RELATIONS, SYMMETRIC
from training.sources.redocred import read_redocred

RESULTS = FOLDER / "open_sets.json"
FOLD = 3
LAST = 100
DATES = {"bornOn": "DATE_OF_BIRTH", "diedOn": "DATE_OF_DEATH", "foundedOn": "DATE_FOUNDED"}
_WORK = ("employedBy", "officialOf", "memberOf", "leads", "commands")
_PEOPLE = ("spouseOf",)
PUBLISHED = {
    "KnowledgeNet, fold 5": {
        "human": {"text F1": 0.878, "link F1": 0.822},
        "Diffbot joint model": {"text F1": 0.810, "link F1": 0.726},
        "BERT baseline": {"text F1": 0.688, "link F1": 0.504},
        "spaCy + BiLSTM baseline": {"text F1": 0.518, "link F1": 0.281},
    },
    "DocRED, end to end": {"JEREX": {"F1": 0.404}},
}
"""Mesquita et al. 2019 and the benchmark's leaderboard; Eberts and Ulges 2021. Not measured here."""


@dataclass(frozen=True, slots=True)
class Found:
    """A fact in the terms of KnowledgeNet: property, words and Wikidata ids of its ends."""

    property: str
    subject: Span
    object: Span
    subject_id: str | None
    object_id: str | None


def found_facts(extraction: Extraction) -> Iterator[Found]:
    """Yield what an extraction holds in the terms of KnowledgeNet; what is denied or planned is none."""
    entities = {e.id: e for e in extraction.entities}
    bosses = {s.subject for s in extraction.statements if s.relation == "holdsPosition" and _is_chief(entities[str(s.object)].name)}
    for statement in extraction.statements:
        if statement.status in ("asserted", "reported"):
            for name, swapped in _properties(statement, entities, bosses):
                yield from _facts(name, statement, entities, swapped=swapped)


def _is_chief(title: str) -> bool:
    return "ceo" in title.lower().split() or "chief executive" in title.lower()


def _properties(statement: Statement, entities: Mapping[str, Entity], bosses: set[str]) -> Iterator[tuple[str, bool]]:
    """Yield the properties that a statement tells, with whether its ends change places."""
    relation = statement.relation
    if relation in DATES:
        yield DATES[relation], False
        return
    target = entities.get(str(statement.object))
    if relation in _WORK and entities[statement.subject].type == "Person" and target is not None:
        yield "POLITICAL_AFFILIATION" if target.type == "PoliticalParty" else "EMPLOYEE_OR_MEMBER_OF", False
        if relation == "leads" and (target.type == "Company" or statement.subject in bosses):
            yield "CEO", True
        return
    yield from ((name, swapped) for name, (one, swapped) in KNOWLEDGENET.items() if one == relation and one not in _WORK)


def _facts(name: str, statement: Statement, entities: Mapping[str, Entity], *, swapped: bool) -> Iterator[Found]:
    for evidence in statement.evidence:
        roles, cues = dict(evidence.roles), dict(evidence.cues)
        subject, target = roles.get("subject"), roles.get("object") or cues.get("time")
        if subject is None or target is None:
            continue
        ends = [(subject, _wikidata(entities.get(statement.subject))), (target, _wikidata(entities.get(str(statement.object))))]
        for one, other in (ends, ends[::-1]) if statement.relation in _PEOPLE else (ends[::-1] if swapped else ends,):
            yield Found(name, one[0], other[0], one[1], other[1])


def _wikidata(entity: Entity | None) -> str | None:
    return next((link.rsplit("/", 1)[-1] for link in (entity.links if entity else ()) if "wikidata" in link), None)


def knowledgenet(path: Path, nlp: Language) -> dict[str, Any]:
    """Measure text F1 and link F1."""
    counts: dict[str, Counter[str]] = {"text": Counter(), "link": Counter()}
    by_property: dict[str, Counter[str]] = defaultdict(Counter)
    for number, row in enumerate(map(json.loads, path.read_text(encoding="utf-8").splitlines())):
        if row["fold"] == FOLD:
            extraction = extract(Document(str(number), str(number), row["passageText"]), nlp)
            ours = [fact for fact in dict.fromkeys(found_facts(extraction)) if fact.property in row["properties"]]
            gold = [_annotated(fact, row["passageStart"]) for fact in row["facts"]]
            for name, (right, found, wanted) in _text_counts(ours, gold).items():
                by_property[name].update(right=right, found=found, wanted=wanted)
                counts["text"].update(right=right, found=found, wanted=wanted)
            mine, theirs = _links(ours), _links(gold)
            counts["link"].update(right=len(mine & theirs), found=len(mine), wanted=len(theirs))
    overall = {f"{name} F1": Score(c["right"], c["found"], c["wanted"]).to_json() for name, c in counts.items()}
    return overall | {"properties": {name: Score(c["right"], c["found"], c["wanted"]).to_json() for name, c in sorted(by_property.items())}}


def _annotated(fact: Mapping[str, Any], offset: int) -> Found:
    subject, target = (Span(fact[f"{end}Start"] - offset, fact[f"{end}End"] - offset) for end in ("subject", "object"))
    ids = ((fact[f"{end}Uri"] or "").rstrip("/").rsplit("/", 1)[-1] or None for end in ("subject", "object"))
    return Found(fact["property"], subject, target, *ids)


def _text_counts(ours: Sequence[Found], gold: Sequence[Found]) -> dict[str, tuple[int, int, int]]:
    """Count by property: annotated facts that one of ours overlaps are right, ours that overlap none are wrong."""
    out = {}
    for name in sorted({fact.property for fact in (*ours, *gold)}):
        mine, theirs = ([fact for fact in side if fact.property == name] for side in (ours, gold))
        right = sum(any(_overlap(one, other) for one in mine) for other in theirs)
        wrong = sum(not any(_overlap(one, other) for other in theirs) for one in mine)
        out[name] = right, right + wrong, len(theirs)
    return out


def _overlap(one: Found, other: Found) -> bool:
    return one.subject.overlaps(other.subject) and one.object.overlaps(other.object)


def _links(facts: Sequence[Found]) -> set[tuple[str, str | None, str | None]]:
    return {(f.property, f.subject_id, f.object_id) for f in facts if f.subject_id and f.object_id and not f.property.startswith("DATE")}


def redocred(path: Path, nlp: Language) -> dict[str, Any]:
    """Measure relations end to end."""
    counts: Counter[str] = Counter()
    by_relation: dict[str, Counter[str]] = defaultdict(Counter)
    for example in list(read_redocred(path))[-LAST:]:
        text, spans = _spaced(example.words)
        extraction = extract(Document(example.name, example.name, text), nlp)
        chains = [[Span(spans[example.spans[i].start][0], spans[example.spans[i].end - 1][1]) for i in chain] for chain in example.entities]
        owner = {e.id: _owner([extraction.mentions[n].span for n in e.mentions], chains) for e in extraction.entities}
        gold = {_ordered(str(f.subject), f.relation, str(f.object)) for f in example.facts or ()}
        ours = {
            _ordered(_end(owner, s.subject), s.relation, _end(owner, s.object))
            for s in extraction.statements
            if s.relation in REDOCRED_RELATIONS and isinstance(s.object, str) and s.status in ("asserted", "reported")
        }
        for relation in {fact[1] for fact in ours | gold}:
            mine, theirs = ({fact for fact in side if fact[1] == relation} for side in (ours, gold))
            by_relation[relation].update(right=len(mine & theirs), found=len(mine), wanted=len(theirs))
        counts.update(right=len(ours & gold), found=len(ours), wanted=len(gold))
    relations = {name: Score(c["right"], c["found"], c["wanted"]).to_json() for name, c in sorted(by_relation.items())}
    return {"F1": Score(counts["right"], counts["found"], counts["wanted"]).to_json(), "relations": relations}


def _spaced(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Join words to a text, punctuation to the word before it, with the place of each."""
    text, places = "", []
    for word in words:
        text += "" if not text or word in (",", ".", ";", ":", ")", "'s", "%", "?", "!") or text.endswith("(") else " "
        places.append((len(text), len(text) + len(word)))
        text += word
    return text, places


def _owner(mentions: Sequence[Span], chains: Sequence[Sequence[Span]]) -> int | None:
    """Return the annotated entity that most of the mentions overlap."""
    shared = [sum(any(m.overlaps(g) for g in chain) for m in mentions) for chain in chains]
    best = max(range(len(chains)), key=lambda n: shared[n], default=None)
    return best if best is not None and shared[best] else None


def _end(owner: Mapping[str, int | None], local: str | Any) -> str:
    number = owner[str(local)]
    return str(number) if number is not None else f"none:{local}"


def _ordered(subject: str, relation: str, target: str) -> tuple[str, str, str]:
    """Give a symmetric relation one order."""
    return (target, relation, subject) if relation in SYMMETRIC and subject > target else (subject, relation, target)


def main() -> None:
    """Measure both, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    nlp = load_model()
    found = {
        "KnowledgeNet, fold 3": knowledgenet(options.data / "knowledgenet" / "folds123.jsonl", nlp),
        "Re-DocRED, last 100": redocred(options.data / "redocred" / "dev_revised.json", nlp),
        "published": PUBLISHED,
    }
    RESULTS.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    table = Table("set", "measure", "P", "R", "F1")
    for name, measures in found.items():
        for measure, row in measures.items():
            if "F1" in row and "P" in row:
                table.add_row(name, measure, *(f"{row[share]:.3f}" for share in ("P", "R", "F1")))
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
