"""Who is who, measured: entities of annotated documents, and what pronouns and descriptions refer to.

    python -m benchmarks.entities --gold GOLD --data DATA

GOLD is a folder with `*_docs.jsonl` and `*_gold.jsonl`: entities found, class right, split and merged as by `graphbuild eval`,
and how many nodes are none (a pronoun, a quotation mark, a date, a doubled word). DATA is the folder that holds gum_open: of every
pronoun and description that GUM chains to something before it, whether we choose an antecedent, and whether the nearest member of the
chosen chain belongs to GUM's chain. Beside it, on the same mentions, the nearest antecedent ("nearest": for a description that with its head
word, else that which agrees; "agreeing": that which agrees in number and kind, whatever it is called). Descriptions are noun phrases
that may point back: with the, this or a possessor ("definite"), or without an article; what GUM chains besides (numbers and dates,
clauses, predicates, appositions, phrases with "a" or "every") is counted by itself, as "other phrases". Of the phrases that GUM chains
to nothing before them it is counted how many we link all the same. GUM's train documents are left out: the model is trained on them.
Figures by GUM's class of what is meant ("it: LOC") stand in the file
only, which is `benchmarks/results/entities.json`.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from spacy.language import Language
from spacy.tokens import Doc, Span

from benchmarks.gold import Gold, annotated, built, compared
from graphbuild.coref import resolve
from graphbuild.dates import find_times
from graphbuild.gazetteer import Gazetteer
from graphbuild.language import load_model
from graphbuild.language.spans import Mention
from graphbuild.mentions import PERSONAL, TokenMention, find_mentions
from graphbuild.names import BODIES
from graphbuild.senses import read_senses
from graphbuild.speech import find_speech
from training.evaluate import given_doc
from training.evaluate_pairs import component_of
from training.examples import Example, SpanTarget
from training.sources.gum import read_gum

FAULTS = ("pronoun", "quotation mark", "date", "doubled word")
RESULTS = Path(__file__).resolve().parent / "results" / "entities.json"
GROUPS = {
    "I, you, we": "i me my mine myself you your yours yourself we us our ours ourselves".split(),
    "he, she": "he him his himself she her hers herself".split(),
    "it": "it its itself".split(),
    "they": "they them their theirs themselves".split(),
}
DEFINITE, BARE, OTHER = "descriptions, definite", "descriptions, bare", "other phrases"
_SUMS = {DEFINITE: "descriptions", BARE: "descriptions", OTHER: OTHER}
_POINTING = frozenset("the this that these those my our your his her its their whose both".split())
_INTRODUCING = frozenset("a an another some any every each all no".split())
_GROUP_OF = {word: name for name, words in GROUPS.items() for word in words}
_LABELS = {"PERSONS": "Person", "ORGANIZATIONS": "Organization", "LOC": "Place", "EVENT": "Event", "PER": "Person", "ORG": "Organization", "COUNTRY": "Country"}
_KINDS = {"Person": "PERSONS", "Group": "PERSONS", "Country": "LOC", "City": "LOC", "Region": "LOC", "Place": "LOC", "Facility": "LOC", "Event": "EVENT"}
THING = "THING"
"""What we have no class of GUM's for: neither people, bodies, places nor events."""
_QUOTES = re.compile("[\"“”«»„]|(?<!\\w)['‘’]|['‘’]$")


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun or description that GUM chains to something before it: `first` to `last` (exclusive), its head word, chain and kind."""

    start: int
    end: int
    head: int
    chain: int
    group: str
    kind: str


def main() -> None:
    """Measure what is asked for, print it, and write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="folder with *_docs.jsonl and *_gold.jsonl")
    parser.add_argument("--data", type=Path, help="folder with gum_open/")
    options = parser.parse_args()
    if not (options.gold or options.data):
        parser.error("give --gold, --data, or both")
    nlp, gazetteer = load_model(), Gazetteer.load()
    found: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    if options.gold:
        found["entities"] = {name: node_scores(gold, nlp) for name, gold in annotated(options.gold)}
    if options.data:
        found["coreference"] = {
            f"{part}, {which} mentions": antecedent_scores(examples, nlp, gazetteer, given=which == "gold")
            for part, examples in held_out(options.data / "gum_open").items()
            for which in ("gold", "predicted")
        }
    RESULTS.write_text(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    show(found)


# --- nodes --------------------------------------------------------------------------------------------------------------------------


def node_scores(gold: Gold, nlp: Language) -> dict[str, float]:
    """Score the entities of annotated documents, and count the nodes that are none."""
    graph = built(gold[0], nlp)
    found = compared(graph, gold)
    entities = found.scores["entities"]
    kept = {name: round(value, 3) for name, value in (("P", entities.precision), ("R", entities.recall), ("F1", entities.f1))}
    wrong = {"class right": found.scores["class"].right, "split": found.tallies["split"], "merged": found.tallies["merged"]}
    shares = {f"{name} %": round(100 * count / entities.right, 1) for name, count in wrong.items()}
    nodes = list(graph.entities())
    counted = Counter(fault for n in nodes for fault in faults(n["name"]))
    return {**kept, **shares, "nodes": len(nodes), **{fault: counted[fault] for fault in FAULTS}}


def faults(name: str) -> Iterator[str]:
    """Say why a node's name is none: a pronoun, a quotation mark in it, a date, a doubled word.

    >>> list(faults("it")), list(faults("“Ceasefire")), list(faults("3 May 2016")), list(faults("South South Sudan"))
    (['pronoun'], ['quotation mark'], ['date'], ['doubled word'])
    """
    words = name.split()
    if name.lower() in PERSONAL:
        yield "pronoun"
    if _QUOTES.search(name):
        yield "quotation mark"
    if any(found.span.start == 0 and found.span.end == len(name) and found.time is not None for found in find_times(name, None)):
        yield "date"
    if any(one == other and one[:1].isalpha() for one, other in pairwise(words)):
        yield "doubled word"


# --- antecedents --------------------------------------------------------------------------------------------------------------------


def held_out(folder: Path) -> dict[str, list[Example]]:
    """Return the documents that the model was not trained on: news, and all genres."""
    every = [example for split in ("dev", "test") for example in read_gum(folder, split)]
    return {"GUM news": [e for e in every if "_news_" in e.name], "GUM, eight genres": every}


def antecedent_scores(examples: Iterable[Example], nlp: Language, gazetteer: Gazetteer, *, given: bool) -> dict[str, dict[str, float]]:
    """Count, by group of anaphor, how many there are, how many we decide, how many of those rightly, and the baseline's right ones."""
    counts: dict[str, Counter[str]] = {}
    for example in examples:
        chain_of = chains_by_place(example)
        doc = read(example, nlp, given=given)
        mentions = read_senses(doc, find_mentions(doc, gazetteer), gazetteer)
        chains = resolve(doc, mentions, find_speech(doc, paragraphs(example)), gazetteer)
        for anaphor in anaphors(example):
            chosen = choice(anaphor, mentions, chains.of, chains.members)
            nearest, agreeing = nearest_compatible(anaphor, example, doc, None if given else mentions)
            for group in {anaphor.group, _SUMS.get(anaphor.group, "pronouns"), f"{anaphor.group}: {anaphor.kind}"}:
                tally = counts.setdefault(group, Counter())
                tally["all"] += 1
                tally["baseline right of all"] += place(nearest, chain_of) == anaphor.chain
                if chosen is not None:
                    tally["decided"] += 1
                    tally["right"] += place(chosen, chain_of) == anaphor.chain
                    tally["baseline right of decided"] += place(nearest, chain_of) == anaphor.chain
                    tally["agreeing right of decided"] += place(agreeing, chain_of) == anaphor.chain
        for first in described(example, first=True):
            linked = choice(first, mentions, chains.of, chains.members) is not None
            for group in {first.group, _SUMS[first.group]}:
                counts.setdefault(group, Counter()).update({"new": 1, "new linked": linked})
    return {group: _shares(tally) for group, tally in sorted(counts.items()) if ":" not in group or tally["all"] >= 10}


def _shares(tally: Counter[str]) -> dict[str, float]:
    decided = max(1, tally["decided"])
    new = {"of new ones linked %": round(100 * tally["new linked"] / tally["new"], 1)} if tally["new"] else {}
    return {
        "all": tally["all"], "decided %": round(100 * tally["decided"] / tally["all"], 1), "right of decided %": round(100 * tally["right"] / decided, 1),
        "nearest, of the same %": round(100 * tally["baseline right of decided"] / decided, 1),
        "agreeing, of the same %": round(100 * tally["agreeing right of decided"] / decided, 1),
        "nearest, of all %": round(100 * tally["baseline right of all"] / tally["all"], 1), **new,
    }  # fmt: skip


def read(example: Example, nlp: Language, *, given: bool) -> Doc:
    """Annotate a document's words; with `given` mentions, those of GUM stand in place of the model's."""
    doc = given_doc(nlp, example.words, set(example.starts) if given else None)
    if not given:
        return doc
    own = {(s.start, s.end): s.label_ for s in doc.spans["mentions"]}
    spans = sorted({(s.start, s.end): s for s in example.spans if s.admits != "phrase"}.values(), key=lambda s: (s.start, -s.end))
    mentions = [Mention(s.start, s.end, s.admits.partition(":")[0], "", 1.0) for s in spans]
    doc.spans["mentions"] = [
        _span(doc, s.start, s.end, *_form_and_label(s.admits, own.get((s.start, s.end)))) for s in spans if not s.admits.startswith("pronoun")
    ]
    doc._.antecedents, _ = component_of(nlp).judge(example.words, example.breaks, [0] * len(example.words), mentions)
    return doc


def _form_and_label(admits: str, own: str | None) -> tuple[str, str]:
    form, _, kind = admits.partition(":")
    return form, own or _LABELS.get(kind, "Other")


def _span(doc: Doc, start: int, end: int, form: str, label: str) -> Span:
    span = Span(doc, start, end, label=label)
    span._.form, span._.score = form, 1.0
    return span


def paragraphs(example: Example) -> tuple[tuple[int, int], ...]:
    """Return the paragraphs as ranges of words."""
    starts = [i for i, new in enumerate(example.breaks) if new or i == 0]
    return tuple(pairwise([*starts, len(example.words)]))


def head_of(example: Example, start: int, end: int) -> int:
    """Return the head word of a span by GUM's own tree."""
    heads = example.parse.heads if example.parse else ()
    return next((i for i in range(start, end) if not start <= heads[i] < end or heads[i] == i), end - 1)


def chains_by_place(example: Example) -> dict[tuple[int, ...], int]:
    """Return GUM's chain of every span, and of every head word (that of the smallest span with this head)."""
    found: dict[tuple[int, ...], int] = {}
    spans = [(example.spans[i], number) for number, cluster in enumerate(example.clusters or ()) for i in cluster]
    for span, number in sorted(spans, key=lambda pair: pair[0].start - pair[0].end):
        found[span.start, span.end] = found[(head_of(example, span.start, span.end),)] = number
    return found


def place(mention: tuple[int, int, int] | None, chain_of: Mapping[tuple[int, ...], int]) -> int | None:
    """Return GUM's chain of a mention (start, end, head)."""
    if mention is None:
        return None
    return chain_of.get(mention[:2], chain_of.get(mention[2:]))


def anaphors(example: Example) -> Iterator[Anaphor]:
    """Yield the personal pronouns and the phrases with something of their chain wholly before them."""
    for number, span, chained in _in_chains(example):
        word = example.words[span.start].lower()
        if chained and span.admits.startswith("pronoun") and word in _GROUP_OF:
            yield _anaphor(example, span, number, _GROUP_OF[word])
    yield from described(example, first=False)


def described(example: Example, *, first: bool) -> Iterator[Anaphor]:
    """Yield the noun phrases that are the first of their chain, or the others."""
    for number, span, chained in _in_chains(example):
        if chained != first and span.admits.startswith("noun"):
            yield _anaphor(example, span, number, kind_of_phrase(example, span))


def _in_chains(example: Example) -> Iterator[tuple[int, SpanTarget, bool]]:
    """Yield the spans of every chain with its number, and whether one of them stands wholly before it."""
    for number, cluster in enumerate(example.clusters or ()):
        spans = sorted((example.spans[i] for i in cluster), key=lambda s: (s.start, -s.end))
        yield from ((number, span, any(other.end <= span.start for other in spans)) for span in spans)


def _anaphor(example: Example, span: SpanTarget, chain: int, group: str) -> Anaphor:
    return Anaphor(span.start, span.end, head_of(example, span.start, span.end), chain, group, span.admits.partition(":")[2])


def kind_of_phrase(example: Example, span: SpanTarget) -> str:
    """Tell what sort of noun phrase a span is, by GUM's own tags and tree."""
    parse, head = example.parse, head_of(example, span.start, span.end)
    words = [word.lower() for word in example.words[span.start : span.end]]
    predicate = parse is None or any(h == head and label == "cop" for h, label in zip(parse.heads, parse.deprels, strict=True))
    if parse is None or predicate or not parse.xpos[head].startswith("NN") or parse.deprels[head] == "appos" or words[0] in _INTRODUCING:
        return OTHER
    return DEFINITE if words[0] in _POINTING or {"'s", "’s"} & set(words[:-1]) else BARE


def choice(
    anaphor: Anaphor, mentions: tuple[TokenMention, ...], of: Mapping[int, tuple[int, ...]], members: list[list[int]]
) -> tuple[int, int, int] | None:
    """Return the nearest mention before an anaphor in the chain that we put it in; None where we decide nothing, or chose several.

    What GUM counts among the phrases and we among the names ("Chrome", "the Senate") is decided by its name, if by nothing else.
    """
    ours = [i for i, m in enumerate(mentions) if m.root == anaphor.head or (m.start, m.end) == (anaphor.start, anaphor.end)]
    for index in sorted(ours, key=lambda i: mentions[i].form == "name"):
        clusters = of.get(index, ())
        before = [mentions[i] for c in clusters for i in members[c] if mentions[i].end <= anaphor.start] if len(clusters) == 1 else []
        if before:
            nearest = max(before, key=lambda m: (m.end, m.start))
            return nearest.start, nearest.end, nearest.root
    return None


def nearest_compatible(
    anaphor: Anaphor, example: Example, doc: Doc, mentions: Iterable[TokenMention] | None = None
) -> tuple[tuple[int, int, int] | None, tuple[int, int, int] | None]:
    """Return the nearest mentions before an anaphor that are compatible.

    The first has its head word, if it is a description and there is one; the second agrees in number and kind, whatever it is called.
    """
    if mentions is None:
        every = [(s.start, s.end, head_of(example, s.start, s.end), _kind(s.admits)) for s in example.spans if s.admits != "phrase"]
    else:
        every = [(m.start, m.end, m.root, _KINDS.get(m.label, "ORGANIZATIONS" if m.label in BODIES else THING)) for m in mentions]
    before = sorted((m for m in every if m[1] <= anaphor.start), key=lambda m: (m[1], m[0]))
    lemma = doc[anaphor.head].lemma_.lower()
    same_word = [m for m in before if doc[m[2]].lemma_.lower() == lemma] if anaphor.group not in GROUPS else []
    agreeing = [m for m in before if _agrees(anaphor, m, doc)]
    last = next((m[:3] for m in reversed(agreeing)), None)
    return (same_word[-1][:3] if same_word else last), last


def _kind(admits: str) -> str:
    kind = admits.partition(":")[2]
    return {"PER": "PERSONS", "ORG": "ORGANIZATIONS", "COUNTRY": "LOC"}.get(kind, kind)


def _agrees(anaphor: Anaphor, mention: tuple[int, int, int, str], doc: Doc) -> bool:
    head = doc[mention[2]]
    plural = head.tag_ in ("NNS", "NNPS") or head.lower_ in GROUPS["they"] or head.lower_ in ("we", "us", "our")
    tests: dict[str, Callable[[], bool]] = {
        "I, you, we": lambda: head.lower_ in GROUPS["I, you, we"] or mention[3] == "PERSONS",
        "he, she": lambda: mention[3] == "PERSONS" and not plural and head.lower_ not in GROUPS["I, you, we"],
        "it": lambda: mention[3] != "PERSONS" and not plural,
        "they": lambda: plural,
    }
    same_number = (head.tag_ in ("NNS", "NNPS")) == (doc[anaphor.head].tag_ in ("NNS", "NNPS"))
    same_kind = mention[3] == anaphor.kind or (mention[3] == THING and anaphor.kind not in ("PERSONS", "ORGANIZATIONS", "LOC", "EVENT"))
    return tests[anaphor.group]() if anaphor.group in tests else same_kind and same_number


def show(found: Mapping[str, Mapping[str, Any]]) -> None:
    """Print the results as tables of at most 100 columns."""
    console = Console(width=100)
    if "entities" in found:
        measures = next(iter(found["entities"].values()))
        console.print(_table("entities", {name: {which: row[name] for which, row in found["entities"].items()} for name in measures}))
    for name, rows in sorted(found.get("coreference", {}).items()):
        console.print(_table(name, {group: row for group, row in rows.items() if ":" not in group}))


def _table(title: str, rows: Mapping[str, Mapping[str, Any]]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("measured on")
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    for column in columns:
        table.add_column(column, justify="right")
    for name, row in rows.items():
        table.add_row(name, *(str(row.get(column, 0)) for column in columns))
    return table


if __name__ == "__main__":
    main()
