"""Measures an exported model, through the spaCy pipeline that users load, on texts that it never saw."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Token

from training.examples import Example
from training.labels import ORGANIZATIONS, OTHER, PLACES, admitted
from training.sources.conllu import Document, morph_label, raw_text


@dataclass(slots=True)
class Score:
    """Right answers among those given and those wanted."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def add(self, given: Iterable[Hashable], wanted: Iterable[Hashable]) -> None:
        """Count two multisets against each other."""
        ours, theirs = Counter(given), Counter(wanted)
        self.right += (ours & theirs).total()
        self.given += ours.total()
        self.wanted += theirs.total()

    def f1(self) -> float:
        """Per cent, one digit."""
        return round(200 * self.right / max(1, self.given + self.wanted), 1)


@dataclass(slots=True)
class ParseScores:
    """The measures of the CoNLL 2018 shared task (labels without subtypes), and LAS with subtypes."""

    by_name: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))

    def add(self, doc: Doc, document: Document, places: Sequence[tuple[int, int]]) -> None:
        """Compare by the character spans of words."""
        ours = [token for token in doc if not token.is_space]
        spot = [(token.idx, token.idx + len(token)) for token in ours]
        place_of = {token.i: place for token, place in zip(ours, spot, strict=True)}
        heads = [(0, 0) if token.head.i == token.i else place_of[token.head.i] for token in ours]
        gold_heads = [(0, 0) if head == number else places[head] for number, head in enumerate(document.heads)]
        columns: dict[str, tuple[Iterable[Hashable], Iterable[Hashable]]] = {
            "words": ((), ()),
            "upos": ([t.pos_ for t in ours], document.upos),
            "xpos": ([t.tag_ for t in ours], document.xpos),
            "feats": ([morph_label(t.pos_, str(t.morph) or "_") for t in ours], list(map(morph_label, document.upos, document.feats))),
            "lemma": ([t.lemma_ for t in ours], document.lemmas),
            "uas": (heads, gold_heads),
            "las": (zip(heads, (_plain(_label(t)) for t in ours), strict=True), zip(gold_heads, map(_plain, document.deprels), strict=True)),
            "las_subtypes": (zip(heads, (_label(t) for t in ours), strict=True), zip(gold_heads, document.deprels, strict=True)),
        }
        for name, (given, wanted) in columns.items():
            if name == "words":
                self.by_name[name].add(spot, places)
            else:
                self.by_name[name].add(zip(spot, given, strict=True), zip(places, wanted, strict=True))
        self.by_name["sentences"].add(_sentences(doc), _gold_sentences(document, places))

    def results(self) -> dict[str, float]:
        """F1 in per cent by name."""
        return {name: score.f1() for name, score in self.by_name.items()}


def _label(token: Token) -> str:
    return "root" if token.dep_ == "ROOT" else token.dep_


def _plain(label: str) -> str:
    return label.partition(":")[0]


def _sentences(doc: Doc) -> Iterator[tuple[int, int]]:
    for sentence in doc.sents:
        tokens = [token for token in sentence if not token.is_space]
        if tokens:
            yield tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def _gold_sentences(document: Document, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in zip(document.starts, [*document.starts[1:], len(places)], strict=True):
        yield places[start][0], places[end - 1][1]


def parse_scores(nlp: Language, documents: Iterable[Document], *, gold_tokens: bool) -> dict[str, float]:
    """Scores of a treebank from raw text, or with its tokens and sentences given."""
    scores = ParseScores()
    for document in documents:
        if gold_tokens:
            doc = given_doc(nlp, document.forms, set(document.starts))
            places = [(token.idx, token.idx + len(token)) for token in doc]
        else:
            text, places = raw_text(document)
            doc = nlp(text)
        scores.add(doc, document, places)
    return scores.results()


def given_doc(nlp: Language, words: Sequence[str], starts: set[int] | None) -> Doc:
    """A Doc of given tokens, and given sentences if `starts` is not None, annotated."""
    marks = None if starts is None else [number in starts for number in range(len(words))]
    doc = Doc(nlp.vocab, words=list(words), spaces=[True] * len(words), sent_starts=marks)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def entity_scores(nlp: Language, examples: Iterable[Example], coarse: Callable[[str], str | None]) -> dict[str, float]:
    """Strict F1 of names on given tokens, both sides mapped by `coarse` (None: not counted); by class and in all."""
    total, by_class = Score(), defaultdict[str, Score](Score)
    for example in examples:
        doc = given_doc(nlp, example.words, None)
        ours = [(s.start, s.end, label) for s in doc.ents if (label := coarse(s.label_))]
        gold = [(s.start, s.end, label) for s in example.spans if s.admits.startswith("name:") and (label := _gold_class(s.admits, coarse))]
        total.add(ours, gold)
        for label in {item[2] for item in (*ours, *gold)}:
            by_class[label].add([o for o in ours if o[2] == label], [g for g in gold if g[2] == label])
    return {"f1": total.f1(), **{label: by_class[label].f1() for label in sorted(by_class)}}


def _gold_class(admits: str, coarse: Callable[[str], str | None]) -> str | None:
    """The coarse class of a gold span, if all the labels that it admits share one."""
    classes = {coarse(label.partition(":")[2]) for label in admitted(admits) if label != "none"}
    return classes.pop() if len(classes) == 1 else coarse({"name:ORG": "Organization", "name:BODY": "Organization", "name:LOC": "Place"}.get(admits, ""))


def project_scores(nlp: Language, examples: Iterable[Example]) -> dict[str, float]:
    """Strict F1 of the project's corpus, all classes, nested names counted: names by class, and mentions of every form."""
    names, mentions, by_class = Score(), Score(), defaultdict[str, Score](Score)
    for example in examples:
        doc = given_doc(nlp, example.words, None)
        ours = [(s.start, s.end, s._.form, s.label_) for s in doc.spans["mentions"] if s.label_ != OTHER]
        gold = [(s.start, s.end, *s.admits.split(":")) for s in example.spans]
        mentions.add([(o[0], o[1], o[3]) for o in ours], [(g[0], g[1], g[3]) for g in gold])
        own_names, gold_names = ([span for span in spans if span[2] == "name"] for spans in (ours, gold))
        names.add(own_names, gold_names)
        for label in {span[3] for span in (*own_names, *gold_names)}:
            by_class[label].add([o for o in own_names if o[3] == label], [g for g in gold_names if g[3] == label])
    return {"names": names.f1(), "mentions": mentions.f1(), **{label: by_class[label].f1() for label in sorted(by_class)}}


def three_classes(label: str) -> str | None:
    """PER, ORG, LOC."""
    if label == "Person":
        return "PER"
    return "ORG" if label in ORGANIZATIONS else "LOC" if label in PLACES else None


def politics_classes(label: str) -> str | None:
    """Person, organisation, party, country, location, event."""
    table = {"Person": "person", "PoliticalParty": "party", "Country": "country", "Event": "event"}
    if label in table:
        return table[label]
    return "organisation" if label in ORGANIZATIONS else "location" if label in PLACES else None
