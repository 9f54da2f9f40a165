"""Measures the pair heads: coreference with predicted mentions, and relations between gold entities."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from graphbuild.language.components import LanguageModel
from graphbuild.language.spans import Mention
from training.coreference_scores import CoreferenceScores, chains_of
from training.evaluate import Score, given_doc
from training.examples import Example
from training.relation_head import SYMMETRIC

THRESHOLD = 0.5
Link = tuple[int, str, int]


def component_of(nlp: Language) -> LanguageModel:
    """The language model inside the pipeline."""
    component = nlp.get_pipe("graphbuild")
    if not isinstance(component, LanguageModel):
        raise TypeError("the pipeline's component 'graphbuild' is not the language model")
    return component


def gold_mentions(example: Example) -> list[Mention]:
    """The annotated mentions, sorted; their form as the converters tell it."""
    forms = {"noun": "noun", "pronoun": "pronoun"}
    found = [Mention(s.start, s.end, forms.get(s.admits.partition(":")[0], "name"), "", 1.0) for s in example.spans]
    return sorted(found, key=lambda m: (m.start, -m.end))


def best_links(antecedents: dict[tuple[int, int], list[tuple[tuple[int, int], float]]]) -> dict[Hashable, Hashable]:
    """Every mention's best antecedent, where it is likelier than none."""
    links: dict[Hashable, Hashable] = {}
    for key, found in antecedents.items():
        antecedent, probability = found[0]
        if probability > 1 - sum(p for _, p in found):
            links[key] = antecedent
    return links


def coreference_scores(nlp: Language, examples: Iterable[Example], *, predicted: bool) -> dict[str, float]:
    """CoNLL average without singletons, with gold or with predicted mentions; tokens given."""
    scores = CoreferenceScores()
    for example in examples:
        if example.clusters is None:
            raise ValueError(f"{example.name} has no coreference layer")
        gold = [frozenset((example.spans[i].start, example.spans[i].end) for i in cluster) for cluster in example.clusters]
        chains = _predicted_chains(nlp, example) if predicted else _gold_mention_chains(nlp, example)
        scores.add([chain for chain in map(_outermost, gold) if len(chain) > 1], [chain for chain in map(_outermost, chains) if len(chain) > 1])
    measures = {"muc": scores.muc, "b_cubed": scores.b_cubed, "ceaf_e": scores.ceaf_e}
    return {"conll": round(100 * scores.conll(), 1), **{name: round(100 * measure.f1(), 1) for name, measure in measures.items()}}


def _outermost(chain: frozenset[Hashable]) -> frozenset[Hashable]:
    """A chain without the bare names that our converter marks inside its own longer mentions."""
    spans = [span for span in chain if isinstance(span, tuple)]
    return frozenset(s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans))


def _gold_mention_chains(nlp: Language, example: Example) -> list[frozenset[Hashable]]:
    found, _ = component_of(nlp).judge(example.words, example.breaks, [0] * len(example.words), gold_mentions(example))
    return chains_of(best_links(found))


def _predicted_chains(nlp: Language, example: Example) -> list[frozenset[Hashable]]:
    doc = given_doc(nlp, example.words, None)
    chains = chains_of(best_links(doc._.antecedents))
    return [frozenset(_noun_phrase(doc, *span) for span in chain if isinstance(span, tuple)) for chain in chains]


def _noun_phrase(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The noun phrase around a name, since GUM marks whole phrases; other mentions are whole already."""
    span = Span(doc, start, end)
    root = span.root
    if root.pos_ == "PRON":
        return start, end
    kept = [child for child in root.children if child.dep_ not in {"case", "cc", "conj", "punct", "appos", "parataxis", "mark", "cop", "nsubj", "advmod"}]
    return min([start, *(c.left_edge.i for c in kept)]), max([end, *(c.right_edge.i + 1 for c in kept)])


def relation_scores(nlp: Language, examples: Iterable[Example], threshold: float = THRESHOLD) -> dict[str, float]:
    """Micro and macro F1 of relations between gold entities; a relation between two entities holds if one pair of mentions says so."""
    total, by_relation = Score(), defaultdict[str, Score](Score)
    for example in examples:
        ours, gold = _found(nlp, example, threshold), {_ordered(f.subject, f.relation, f.object) for f in example.facts or ()}
        total.add(ours, gold)
        for relation in {link[1] for link in (*ours, *gold)}:
            by_relation[relation].add([o for o in ours if o[1] == relation], [g for g in gold if g[1] == relation])
    wanted = {name: score for name, score in by_relation.items() if score.wanted}
    macro = sum(score.f1() for score in wanted.values()) / max(1, len(wanted))
    precision, recall = (round(100 * total.right / max(1, whole), 1) for whole in (total.given, total.wanted))
    return {"micro": total.f1(), "precision": precision, "recall": recall, "macro": round(macro, 1), **{name: wanted[name].f1() for name in sorted(wanted)}}


def _found(nlp: Language, example: Example, threshold: float) -> set[Link]:
    owner = {(example.spans[i].start, example.spans[i].end): number for number, entity in enumerate(example.entities) for i in entity}
    mentions = [m for m in gold_mentions(example) if (m.start, m.end) in owner]
    _, relations = component_of(nlp).judge(example.words, example.breaks, _given_starts(example), mentions)
    links = {(owner[r.subject], r.relation, owner[r.object]) for r in relations if r.probability >= threshold and r.relation in example.relations}
    return {_ordered(*link) for link in links if link[0] != link[2]}


def _given_starts(example: Example) -> Sequence[int]:
    starts = set(example.starts)
    return [1 if number in starts else -1 for number in range(len(example.words))]


def _ordered(subject: int, relation: str, object_: int) -> Link:
    """A symmetric relation in one order."""
    if relation in SYMMETRIC and subject > object_:
        return object_, relation, subject
    return subject, relation, object_
