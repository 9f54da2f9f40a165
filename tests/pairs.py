"""Reads tests/data/identity_pairs.toml: cases of names that are one or two, made into extractions as documents give them."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

from graphbuild.gazetteer import Gazetteer
from graphbuild.gazetteer.names import name_key
from graphbuild.identity import Identities
from graphbuild.records import Document, Entity, Evidence, Extraction, Form, Mention, Span, Statement, Value
from graphbuild.spelling import fold
from tests.documents import WIKIDATA

PAIRS = Path(__file__).parent / "data" / "identity_pairs.toml"
LOCAL = "e1"
"""Local id of the entity that a case is about; the first of its document."""
_RELATIONS = {
    "leads": "leads", "official": "officialOf", "citizen": "citizenOf", "employer": "employedBy", "member": "memberOf", "part": "partOf",
    "in": "locatedIn", "based": "basedIn", "born": "bornOn", "died": "diedOn",
}  # fmt: skip
_PRONOUNS = frozenset({"he", "she"})


@dataclass(frozen=True)
class Case:
    """Documents of one group speak of one thing, those of different groups do not."""

    half: str
    label: str
    groups: tuple[tuple[Extraction, ...], ...]

    @property
    def documents(self) -> list[Extraction]:
        return [x for group in self.groups for x in group]

    @property
    def expected(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset(x.document.id for x in group) for group in self.groups)

    @property
    def name(self) -> str:
        return " | ".join(dict.fromkeys(x.entities[0].name for x in self.documents))

    @property
    def words(self) -> frozenset[str]:
        """Words by which the case's names could meet those of another case."""
        names = {form for x in self.documents for form in (x.entities[0].name, *x.entities[0].aliases)}
        return frozenset(fold(word) for name in names for word in name_key(name).split())


@cache
def read_cases() -> tuple[Case, ...]:
    """Read all cases; document ids tell half, class, number of the case, group and place in it."""
    halves = tomllib.loads(PAIRS.read_text(encoding="utf-8"))
    return tuple(
        _case(half, label, number, groups) for half, tables in halves.items() for label, cases in tables.items() for number, groups in enumerate(cases)
    )


def partition(identities: Identities) -> frozenset[frozenset[str]]:
    """Return the documents whose first entities are one node, as sets of their ids."""
    nodes = ({document for document, local in node.members if local == LOCAL} for node in identities.nodes)
    return frozenset(frozenset(documents) for documents in nodes if documents)


def pairs_of(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    """Return the pairs of documents that stand in one group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _case(half: str, label: str, number: int, groups: Sequence[Sequence[str]]) -> Case:
    made = (tuple(document(f"{half}-{label}-{number}-{g}-{n}", label, line) for n, line in enumerate(group)) for g, group in enumerate(groups))
    return Case(half, label, tuple(made))


def document(ident: str, label: str, line: str) -> Extraction:
    """Make the extraction of a document written as one line; the text is the line itself."""
    return _Line(ident, label, line).extraction()


class _Line:
    """Collects what one line tells."""

    def __init__(self, ident: str, label: str, line: str) -> None:
        self.ident, self.text, self.published = ident, line, ""
        self.mentions: list[Mention] = []
        self.entities: list[Entity] = []
        self.statements: list[Statement] = []
        names, *rest = [part.strip() for part in line.split(";")]
        self.link = ""
        self.notes = [tuple(p.strip() for p in part.partition(":")[::2]) for part in rest]
        self.position: str | None = None
        self.pronoun = next((key for key, _ in self.notes if key in _PRONOUNS), "")
        self.link = dict(self.notes).get("link", "")
        self._main(label, [n.strip() for n in names.split(" = ")])

    def extraction(self) -> Extraction:
        of = dict(self.notes).get("of")
        for key, value in self.notes:
            self._note(key, value, of)
        document = Document(self.ident, f"{self.ident}.txt", self.text, published=self.published or None)
        return Extraction(document, tuple(self.mentions), (), tuple(self.entities), tuple(self.statements))

    def _note(self, key: str, value: str, of: str | None) -> None:
        if key in _PRONOUNS or key in ("link", "of"):
            return
        if key == "on":
            self.published = value
        elif key == "mentions":
            self._other("Country", value)
        elif key == "position":
            theme = self._other(_class_of(of), of) if of else None
            self._say("holdsPosition", self._other("Position", value, "title"), theme)
        elif key in ("born", "died"):
            self._say(_RELATIONS[key], Value(value, "xsd:date"))
        elif key in _RELATIONS:
            self._say(_RELATIONS[key], self._other(_class_of(value), value))
        else:
            raise ValueError(f"{self.ident}: unknown key {key!r} in {self.text!r}")

    def _main(self, label: str, names: list[str]) -> None:
        numbers = [self._mention(name, label, "name") for name in names]
        if self.pronoun:
            numbers.append(self._mention(self.pronoun, label, "pronoun"))
        links = (WIKIDATA + self.link,) if self.link else _country_links(label, names[0])
        self.entities.append(Entity(LOCAL, label, names[0], tuple(sorted(names[1:])), tuple(numbers), links))

    def _other(self, label: str, name: str, form: Form = "name") -> str:
        local = f"e{len(self.entities) + 1}"
        self.entities.append(Entity(local, label, name, (), (self._mention(name, label, form),), _country_links(label, name)))
        return local

    def _mention(self, words: str, label: str, form: Form) -> int:
        start = self.text.index(words)
        self.mentions.append(Mention(Span(start, start + len(words)), form, label, words))
        return len(self.mentions) - 1

    def _say(self, relation: str, target: str | Value, theme: str | None = None) -> None:
        evidence = Evidence(self.ident, Span(0, len(self.text)), self.text, f"{relation}.test")
        self.statements.append(Statement(relation, LOCAL, target, theme=theme, evidence=(evidence,)))


def _class_of(name: str | None) -> str:
    if name and Gazetteer.load().country(name):
        return "Country"
    regions = {"Illinois", "Missouri", "Texas", "Florida", "Ontario", "Georgia", "Maine", "Oregon", "Alabama"}
    return "Region" if name in regions else "City" if name in {"Selby", "London", "Boston"} else "Organization"


def _country_links(label: str, name: str) -> tuple[str, ...]:
    country = Gazetteer.load().country(name) if label == "Country" else None
    return tuple(country.links) if country else ()


def score(found: Mapping[str, frozenset[frozenset[str]]], cases: Iterable[Case]) -> tuple[float, float]:
    """Return precision and recall of merging over the pairs of documents of each case; `found` is by the first document's id."""
    right = merged = due = 0
    for case in cases:
        ours, theirs = pairs_of(found[case.documents[0].document.id]), pairs_of(case.expected)
        right, merged, due = right + len(ours & theirs), merged + len(ours), due + len(theirs)
    return right / merged if merged else 1.0, right / due if due else 1.0


def shuffled_worlds(cases: Sequence[Case], order: Sequence[int]) -> Iterator[Case]:
    """Yield cases in the given order, leaving out those that share a word with an earlier one: they speak of different worlds."""
    taken: set[str] = set()
    for number in order:
        if not cases[number].words & taken:
            taken |= cases[number].words
            yield cases[number]
