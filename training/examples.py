"""The one record that every data set is turned into: a document with the layers it annotates."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Parse:
    """The treebank layers, one entry a word.

    Attributes:
        xpos: Penn tags.
        morph: UPOS and features in one label, `NOUN|Number=Sing`.
        lemmas: lemmas as the treebank writes them.
        heads: index of the head inside the document; a root is its own head.
        deprels: UD relations with subtypes.
    """

    xpos: tuple[str, ...]
    morph: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpanTarget:
    """An annotated span: words `start` to `end` (exclusive) and the name of the set of labels that it admits."""

    start: int
    end: int
    admits: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two entities (indexes into `Example.entities`), with its status and the words that say it."""

    subject: int
    relation: str
    object: int
    status: str = "asserted"
    cue: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A document as its data set annotates it; a layer that the set lacks is None.

    Attributes:
        name: `source/document`.
        source: short name of the data set.
        words: the tokens.
        breaks: whether a paragraph begins at the word.
        starts: indexes of the words that begin a sentence (windows are cut there).
        trusted_starts: whether the sentence starts are a gold layer.
        parse: the treebank layers.
        spans: annotated spans, nested allowed.
        rest: name of the label set that every other span admits; None if the spans are no complete layer.
        flat: whether the set annotates outermost spans only, so that nothing is known inside one.
        clusters: coreference, as indexes into `spans`; a singleton is a cluster.
        entities: entities for the relation layer, each the indexes of its spans.
        facts: relations between `entities`.
        relations: the relations that the set annotates completely; pairs without a fact are negatives of these.
    """

    name: str
    source: str
    words: tuple[str, ...]
    breaks: tuple[bool, ...]
    starts: tuple[int, ...]
    trusted_starts: bool = False
    parse: Parse | None = None
    spans: tuple[SpanTarget, ...] = ()
    rest: str | None = None
    flat: bool = False
    clusters: tuple[tuple[int, ...], ...] | None = None
    entities: tuple[tuple[int, ...], ...] = ()
    facts: tuple[Fact, ...] | None = None
    relations: frozenset[str] = field(default=frozenset())
