"""graphbuild beside what people would use instead: on the same texts, on the same machine, scored by the same rules.

`python -m benchmarks.peers [--data DATA]` (needs `pip install -e '.[bench]'`) measures on the project's own gold, each tool in a process of its own,
and writes `benchmarks/results/peers.json`. DATA is the folder that holds gum_open: what the tools find there on gold trees and on ours, as a check that it
is not our parse that holds them back.

All are given our parse and our names, rewritten with the labels of spaCy's English models (clear.py), since no model of those comes with a package
index. A triple counts like a fact of ours, with everything in doubt decided for the tool: its verb, with the verbs and nouns of its words, may stand for
any relation of the catalogue that they evoke, and the one is taken that is right; a phrase stands for the name that it ends with; passives are turned round;
negation makes a denial; triples whose words evoke nothing in the catalogue, with an end that is no annotated thing (a pronoun, a phrase), and said
twice, are left out rather than wrong. Places, times and statuses, which they do not give, are not asked for.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from benchmarks.clear import clear_style
from benchmarks.gold import RESULTS as FOLDER
from benchmarks.gold import as_gold, built, checked, compared, own_gold
from graphbuild.catalogue import Catalogue, load_catalogue
from graphbuild.evaluate import Evaluation, GoldDocument, Outputs, evaluate
from graphbuild.evaluate.definitions import Relations
from graphbuild.evaluate.matching import FoundFact, Judge
from graphbuild.language import load_model

RESULTS = FOLDER / "peers.json"
OURS = "graphbuild"
PUBLISHED = (
    {"tool": "KGGen", "needs": "an LLM service", "set": "MINE, share of facts kept", "score": 0.6607, "source": "Mo et al. 2025, arXiv:2502.09956"},
    {"tool": "GraphRAG", "needs": "an LLM service", "set": "MINE, share of facts kept", "score": 0.4780, "source": "Mo et al. 2025, arXiv:2502.09956"},
    {"tool": "Stanford OpenIE", "needs": "Java", "set": "MINE, share of facts kept", "score": 0.2984, "source": "Mo et al. 2025, arXiv:2502.09956"},
    {"tool": "REBEL", "needs": "a model to download", "set": "CoNLL04, macro F1", "score": 0.7665, "source": "model card of Babelscape/rebel-large"},
    {"tool": "JEREX", "needs": "a model to download", "set": "DocRED end to end, F1", "score": 0.404, "source": "Eberts and Ulges 2021, arXiv:2102.05980"},
)
"""Builders that cannot run without a service or a download: what their authors, or who compared them, published. Not measured here, on other texts."""
_NEGATIONS = frozenset(("not", "n't", "n’t", "never"))


@dataclass(frozen=True, slots=True)
class Triple:
    """What a tool found: phrases, the lemmas of the words between them, whether they are negated, and where."""

    subject: str
    lemmas: tuple[str, ...]
    object: str
    denied: bool
    start: int
    end: int


Peer = Callable[[Doc], Iterable[Triple]]


def textacy_triples(nlp: Language) -> Peer:
    """Subject-verb-object triples of textacy; conjuncts that it puts into one list are taken apart."""
    from textacy.extract.triples import subject_verb_object_triples

    def found(doc: Doc) -> Iterator[Triple]:
        for subject, verb, target in subject_verb_object_triples(doc):
            ends = [(s, o) for s in _phrases(doc, subject) for o in _phrases(doc, target)]
            passive = any(token.dep_ == "auxpass" for token in verb)
            for one, other in ends:
                yield _triple(doc, *((other, one) if passive else (one, other)), verb)

    return found


def chunk_triples(nlp: Language) -> Peer:
    """What tutorials do with noun chunks and a Matcher: first subject, last object, and the root of each sentence with the preposition behind it."""
    matcher: list[Matcher] = []

    def found(doc: Doc) -> Iterator[Triple]:
        if not matcher:
            matcher.append(Matcher(doc.vocab))
            matcher[0].add("relation", [[{"DEP": "ROOT"}, {"DEP": "prep", "OP": "?"}, {"DEP": "agent", "OP": "?"}, {"POS": "ADJ", "OP": "?"}]])
        for sentence in doc.sents:
            chunks = list(sentence.noun_chunks)
            subjects = [chunk for chunk in chunks if "subj" in chunk.root.dep_]
            targets = [chunk for chunk in chunks if "obj" in chunk.root.dep_]
            spans = [doc[sentence.start + start : sentence.start + end] for _, start, end in matcher[0](sentence.as_doc())]
            if subjects and targets and spans:
                yield _triple(doc, subjects[0], targets[-1], list(max(spans, key=len)))

    return found


def openie_triples(nlp: Language) -> Peer:
    """Triples of triplet-extract, a port of Stanford OpenIE, whose calls for a spaCy model are answered with our parse."""
    from triplet_extract import OpenIEExtractor

    given = _Clear(nlp)
    with patch("spacy.load", lambda *_, **__: given):
        extractor = OpenIEExtractor(nlp=given)

    def found(doc: Doc) -> Iterator[Triple]:
        lemma_of = {token.lower_: token.lemma_ for token in doc if token.pos_ in ("VERB", "NOUN", "ADJ", "AUX")}
        for sentence in doc.sents:
            for triplet in extractor.extract_triplet_objects(sentence.text.strip()):
                words = triplet.relation.lower().split()
                lemmas = tuple(lemma_of.get(word, word) for word in words)
                yield Triple(triplet.subject, lemmas, triplet.object, bool(_NEGATIONS.intersection(words)), sentence.start_char, sentence.end_char)

    return found


class _Clear:
    """A pipeline that gives our parse with the labels of spaCy's models; all else is our pipeline's."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def __call__(self, text: str | Doc, **_: Any) -> Doc:
        return clear_style(self.nlp(text.text if isinstance(text, Doc) else text))

    def pipe(self, texts: Iterable[Any], **_: Any) -> Iterator[Doc]:
        return map(self, texts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.nlp, name)


PEERS: dict[str, tuple[Callable[[Language], Peer], str]] = {
    "textacy": (textacy_triples, "subject_verb_object_triples; our parse, labels rewritten"),
    "triplet-extract": (openie_triples, "Stanford OpenIE in Python; our parse, labels rewritten, in place of en_core_web_sm"),
    "noun chunks + Matcher": (chunk_triples, "as tutorials do it; our parse, labels rewritten"),
}


def _phrases(doc: Doc, tokens: Iterable[Any]) -> Iterator[Span]:
    """Yield the runs of a list of tokens that stand together, which textacy gives for conjuncts."""
    run: list[int] = []
    for number in [token.i for token in tokens]:
        if run and number != run[-1] + 1:
            yield doc[run[0] : run[-1] + 1]
            run = []
        run.append(number)
    if run:
        yield doc[run[0] : run[-1] + 1]


def _triple(doc: Doc, subject: Span, target: Span, verb: list[Any]) -> Triple:
    sentence = verb[0].sent
    denied = any(token.lower_ in _NEGATIONS for token in (*verb, *verb[-1].children))
    return Triple(subject.text, tuple(token.lemma_ for token in verb), target.text, denied, sentence.start_char, sentence.end_char)


# --- triples as facts


def as_facts(doc: Doc, triples: Iterable[Triple], gold: GoldDocument, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Turn the triples between annotated things into rows of facts, each with the relation that is right if its words evoke such a one."""
    names = [ent.text for ent in doc.ents]
    judge = Judge(gold, (), (), Relations(catalogue))
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for triple in triples:
        for relation in _best(triple, judge, names, catalogue):
            row = _row(triple, relation, names, gold.doc)
            rows.setdefault(FoundFact.of(row).said(), row)
    return list(rows.values())


def _best(triple: Triple, judge: Judge, names: list[str], catalogue: Catalogue) -> list[str]:
    """Return the relation to take, or none where the words evoke none that is scored, or an end is nothing annotated."""
    evoked = [name for name in _evoked(triple, catalogue) if judge.relations.counts(name)]
    for relation in evoked:
        one = Judge(judge.gold, [_row(triple, relation, names, judge.gold.doc)], (), judge.relations)
        if None in one.ends(one.facts[0]):
            return []
        if any(one.same(one.facts[0], fact, strict=False) for fact in (*judge.scored, *judge.gold.optional)):
            return [relation]
    return evoked[:1]


def _evoked(triple: Triple, catalogue: Catalogue) -> list[str]:
    found = (relation.name for kind in ("verb", "noun", "adjective") for lemma in triple.lemmas for relation, _ in catalogue.evoked_by[kind].get(lemma, ()))
    return list(dict.fromkeys(found))


def _row(triple: Triple, relation: str, names: list[str], doc: str) -> dict[str, Any]:
    return {
        "subject": _end(triple.subject, names, doc),
        "relation": relation,
        "object": _end(triple.object, names, doc),
        "status": "denied" if triple.denied else "asserted",
        "evidence": [{"document": doc, "start": triple.start, "end": triple.end}],
    }


def _end(phrase: str, names: list[str], doc: str) -> dict[str, Any]:
    last = max((name for name in names if phrase.endswith(name)), key=len, default=None)
    return {"id": f"{doc} {last or phrase.lower()}", "type": None, "name": phrase, "aliases": [last] if last else []}


# --- one run


def run(name: str) -> dict[str, Any]:
    """Measure one tool on our gold, in this process: what it finds, how fast, in how much memory."""
    gold, catalogue, nlp = as_gold(own_gold()), load_catalogue(), load_model()
    documents = checked(gold)
    words = sum(len(one.text.split()) for one in gold[0])
    nlp("The first call of all takes longer.")
    if name == OURS:
        begun = time.process_time()
        graph = built(gold[0], nlp)
        seconds = time.process_time() - begun
        return _result(compared(graph, gold), words, seconds, len(graph.listed), "nothing")
    make, given = PEERS[name]
    peer = make(nlp)
    begun = time.process_time()
    found = [(doc, list(peer(doc))) for doc in (clear_style(nlp(one.text)) for one in gold[0])]
    seconds = time.process_time() - begun
    rows = [row for (doc, triples), one in zip(found, documents, strict=True) for row in as_facts(doc, triples, one, catalogue)]
    evaluation = evaluate(documents, Outputs.of(rows, (), {}), Relations(catalogue))
    return _result(evaluation, words, seconds, sum(len(triples) for _, triples in found), given)


def _result(evaluation: Evaluation, words: int, seconds: float, triples: int, given: str) -> dict[str, Any]:
    if not evaluation.scores["lenient"].right:
        raise SystemExit("a run in which a tool finds nothing is invalid: see what it was given")
    return {
        "given": given,
        "triples": triples,
        "lenient": evaluation.scores["lenient"].to_json(),
        "strict": evaluation.scores["strict"].to_json(),
        "words / CPU s": round(words / seconds),
        "memory MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def on_gold_trees(data: Path) -> dict[str, dict[str, float]]:
    """Count the triples that those tools that take a parse find in GUM's news, by 1,000 words, on gold trees and on ours."""
    from training.sources.conllu import raw_text, read_documents

    nlp = load_model()
    documents = [d for path in sorted((data / "gum_open" / "test" / "dep").glob("GUM_news_*.conllu")) for d in read_documents(path)]
    words = sum(len(d.forms) for d in documents)
    gold = [clear_style(_gold_doc(nlp, d)) for d in documents]
    ours = [clear_style(nlp(raw_text(d)[0])) for d in documents]
    out = {}
    for name in ("textacy", "noun chunks + Matcher"):
        peer = PEERS[name][0](nlp)
        counts = {trees: sum(len(list(peer(doc))) for doc in docs) for trees, docs in (("gold trees", gold), ("our trees", ours))}
        out[name] = {f"triples / 1,000 words, {trees}": round(1000 * count / words, 1) for trees, count in counts.items()}
    return out


def _gold_doc(nlp: Language, document: Any) -> Doc:
    labels = ["ROOT" if head == n else label for n, (head, label) in enumerate(zip(document.heads, document.deprels, strict=True))]
    columns = {"pos": document.upos, "tags": document.xpos, "lemmas": document.lemmas, "heads": document.heads, "deps": labels}
    return Doc(nlp.vocab, words=document.forms, spaces=document.space_after, **columns)


def main() -> None:
    """Run every tool in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with gum_open")
    parser.add_argument("--one", choices=(OURS, *PEERS), help="run one tool and print its figures as JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(run(options.one)))
        return
    found: dict[str, Any] = {"tools": {}, "published": PUBLISHED}
    for name in (OURS, *PEERS):
        done = subprocess.run([sys.executable, "-m", "benchmarks.peers", "--one", name], check=True, capture_output=True, text=True)
        found["tools"][name] = json.loads(done.stdout.splitlines()[-1])
    if options.data:
        found["gold trees"] = on_gold_trees(options.data)
    RESULTS.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    show(found)


def show(found: dict[str, Any]) -> None:
    """Print what was found as a table."""
    table = Table("tool", "given", "triples", "P", "R", "F1 (lenient)", "words / CPU s", "MiB")
    for name, row in found["tools"].items():
        shares = [f"{row['lenient'][share]:.3f}" for share in ("P", "R", "F1")]
        table.add_row(name, row["given"], str(row["triples"]), *shares, str(row["words / CPU s"]), str(row["memory MiB"]))
    Console(width=100).print(table)
    for name, counts in found.get("gold trees", {}).items():
        print(name, counts)


if __name__ == "__main__":
    main()
