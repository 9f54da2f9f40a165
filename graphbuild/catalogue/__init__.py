"""The catalogue: what the graph can say, as data. One TOML entry a relation; a user adds relations without code."""

import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from graphbuild.errors import CatalogueError

_HERE = Path(__file__).parent
_SHAPES = ("event", "state")
_STATUSES = ("planned", "denied")
_RELATION_FIELDS: Mapping[str, str] = {
    **dict.fromkeys("label gloss shape plover mode datatype subPropertyOf inverse".split(), "text"),
    **dict.fromkeys("subject object implies".split(), "list of texts"),
    **dict.fromkeys("recurs symmetric".split(), "truth value"),
    **dict.fromkeys("verbs nouns adjectives".split(), "list of inline tables"),
}
_FRAME_FIELDS: Mapping[str, str] = {
    **dict.fromkeys("lemma particle noun class subject object theme members when requires status".split(), "text"),
    **dict.fromkeys("among by".split(), "list of texts"),
}
"""What each field holds, by its name."""
_IS: Mapping[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "truth value": lambda value: isinstance(value, bool),
    "list of texts": lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    "list of inline tables": lambda value: isinstance(value, list) and all(isinstance(item, dict) for item in value),
}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
"""Relations, PLOVER categories and datatypes become parts of IRIs."""


@dataclass(frozen=True, slots=True)
class EntityClass:
    """One class of entities; `term` is the standard term it is aligned with, as a CURIE."""

    name: str
    label: str
    gloss: str
    parent: str | None = None
    term: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an argument is found: a path of UD relations; `case` is the lemma of the preposition, or None for any.

    >>> Slot.parse("obj>nmod:with")
    Slot(path=(('obj', None), ('nmod', 'with')))
    """

    path: tuple[tuple[str, str | None], ...]

    @classmethod
    def parse(cls, text: str) -> "Slot":
        """Parse `rel`, `rel:case` or a chain of them joined by `>`; subtypes such as `poss` and `agent` belong to the relation."""
        return cls(tuple(_step(step.strip()) for step in text.split(">")))


def _step(text: str) -> tuple[str, str | None]:
    relation, _, case = text.partition(":")
    if case in ("poss", "agent", "pass", "unmarked"):
        return text, None
    return relation, case.replace("_", " ") or None


@dataclass(frozen=True, slots=True)
class Frame:
    """How words evoke a relation: lemmas of a verb, noun or adjective, and the slots of their arguments.

    `particle` is a required verb particle, `noun` a required object noun ("hold talks"), `label` a required class of the
    trigger's own mention (a Position), `members` a slot whose entities are all ends of a symmetric relation,
    `requires` slots of which one must be filled, `when` a named condition of frames.py,
    `among` and `by` classes that the object and the subject must have besides those of the relation,
    `status` what the words themselves say of the deed: planned ("pledged two jets"), denied ("skipped the summit").
    """

    lemmas: frozenset[str]
    subject: tuple[Slot, ...]
    object: tuple[Slot, ...]
    theme: tuple[Slot, ...] = ()
    members: tuple[Slot, ...] = ()
    particle: str | None = None
    noun: frozenset[str] = frozenset()
    label: str | None = None
    requires: tuple[Slot, ...] = ()
    when: str | None = None
    among: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of the catalogue; `subject` and `object` are admitted classes or names of unions."""

    name: str
    label: str
    gloss: str
    shape: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    family: str
    recurs: bool = False
    symmetric: bool = False
    plover: str | None = None
    mode: str | None = None
    datatype: str | None = None
    super_property: str | None = None
    implies: tuple[str, ...] = ()
    inverse: str | None = None
    verbs: tuple[Frame, ...] = ()
    nouns: tuple[Frame, ...] = ()
    adjectives: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """Classes, unions and relations, checked against each other."""

    classes: Mapping[str, EntityClass]
    unions: Mapping[str, tuple[str, ...]]
    relations: Mapping[str, Relation]
    sources: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def admits(self, classes: Iterable[str], label: str) -> bool:
        """Tell whether an entity of class `label` may stand where `classes` (or unions) are asked for."""
        return not self._stands_for(label).isdisjoint(classes)

    def _stands_for(self, label: str) -> frozenset[str]:
        """Return the classes and unions that an entity of class `label` belongs to."""
        if label not in self._belongings:
            line = {label, *self.ancestors(label)}
            self._belongings[label] = frozenset(line | {name for name, union in self.unions.items() if not line.isdisjoint(union)})
        return self._belongings[label]

    @cached_property
    def _belongings(self) -> dict[str, frozenset[str]]:
        return {}

    def ancestors(self, label: str) -> tuple[str, ...]:
        """Return the classes above `label`, nearest first; none for an unknown class."""
        out: list[str] = []
        known = self.classes.get(label)
        while known and known.parent:
            out.append(known.parent)
            known = self.classes[known.parent]
        return tuple(out)

    def supers(self, relation: str) -> tuple[str, ...]:
        """Return all relations that follow from `relation`: super-properties and implied ones, nearest first."""
        out: list[str] = []
        queue = [relation]
        while queue:
            entry = self.relations[queue.pop(0)]
            for name in filter(None, (entry.super_property, *entry.implies)):
                if name not in out and name != relation:
                    out.append(name)
                    queue.append(name)
        return tuple(out)

    @cached_property
    def of_offices(self) -> tuple[tuple[Relation, Frame], ...]:
        """The frames that mentions of offices evoke: any mention, where a frame names no lemmas, else those of the offices that it names."""
        every = ((relation, frame) for relation in self.relations.values() for frame in relation.nouns if frame.label in (None, "Position"))
        named = [(r, f) for r, f in every if any(step[0] == "self" for slot in f.subject for step in slot.path) or not f.lemmas]
        return tuple((relation, frame) for relation, frame in named if frame.lemmas or frame.label)

    @cached_property
    def of_classes(self) -> Mapping[str, list[tuple[Relation, Frame]]]:
        """Index the frames that mentions of a class evoke, but those of offices, by that class."""
        out: dict[str, list[tuple[Relation, Frame]]] = defaultdict(list)
        for relation in self.relations.values():
            for frame in relation.nouns:
                if frame.label not in (None, "Position"):
                    out[str(frame.label)].append((relation, frame))
        return dict(out)

    @cached_property
    def evoked_by(self) -> Mapping[str, Mapping[str, list[tuple[Relation, Frame]]]]:
        """Index the frames by what evokes them: verb, noun or adjective, then lemma; those of any mention of a class are left out."""
        out: dict[str, dict[str, list[tuple[Relation, Frame]]]] = {kind: defaultdict(list) for kind in ("verb", "noun", "adjective")}
        for relation in self.relations.values():
            for kind, frames in (("verb", relation.verbs), ("noun", relation.nouns), ("adjective", relation.adjectives)):
                for frame in frames:
                    if frame.label is None or (frame.label == "Position" and frame.lemmas):
                        for lemma in sorted(frame.lemmas):
                            out[kind][lemma].append((relation, frame))
        return out

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(repr(self.sources).encode()).hexdigest()[:16]

    def digest(self) -> str:
        """Return a digest of the files that the catalogue was made from."""
        return self._digest


@lru_cache(maxsize=8)
def _load(extra: tuple[Path, ...]) -> Catalogue:
    classes_path = _HERE / "classes.toml"
    data = _toml(classes_path)
    unions = {name: tuple(members) for name, members in data.pop("unions").items()}
    classes = {name: _entity_class(name, entry, classes_path) for name, entry in data.items()}
    relations: dict[str, Relation] = {}
    paths = (*sorted((_HERE / "relations").glob("*.toml")), *extra)
    where: dict[str, Path] = {}
    conditions: set[str] = set()
    for path in paths:
        for name, entry in _toml(path).items():
            relations[name], where[name] = _relation(name, entry, path, {*classes, *unions}), path
            conditions |= set() if path in extra else _conditions(relations[name])
    _check_links(relations, where)
    _check_conditions(relations, where, conditions)
    _check_tree(classes, classes_path)
    sources = tuple((path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in (classes_path, *paths))
    return Catalogue(classes, unions, relations, sources)


def load_catalogue(extra: Sequence[Path] = ()) -> Catalogue:
    """Load the shipped catalogue and the user's files; a later entry of the same name replaces an earlier one.

    Raises:
        CatalogueError: a file is unreadable or malformed; names file, entry and field.
    """
    return _load(tuple(map(Path, extra)))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:  # bad UTF-8 and bad TOML are both ValueErrors
        raise CatalogueError(f"{path}: cannot be read as a TOML catalogue: {error}") from error


def _entity_class(name: str, entry: Mapping[str, Any], path: Path) -> EntityClass:
    try:
        return EntityClass(name=name, **entry)
    except TypeError as error:
        raise CatalogueError(f"{path}: class {name}: {error}") from error


def _relation(name: str, entry: Mapping[str, Any], path: Path, known: set[str]) -> Relation:
    where = f"{path}: relation {name if name.isprintable() else repr(name)}"
    if not isinstance(entry, dict):
        raise CatalogueError(f"{where}: must be a table [{name}]")
    _check_relation(name, entry, where, known)
    return Relation(
        name=name,
        label=entry.get("label", name),
        gloss=entry["gloss"],
        shape=entry["shape"],
        subject=tuple(entry["subject"]),
        object=tuple(entry.get("object", ())),
        family=path.stem,
        recurs=bool(entry.get("recurs", entry["shape"] == "event")),
        symmetric=bool(entry.get("symmetric", False)),
        plover=entry.get("plover"),
        mode=entry.get("mode"),
        datatype=entry.get("datatype"),
        super_property=entry.get("subPropertyOf"),
        implies=tuple(entry.get("implies", ())),
        inverse=entry.get("inverse"),
        verbs=_frames(entry.get("verbs", ()), "nsubj", f"{where}: verbs", known),
        nouns=_frames(entry.get("nouns", ()), "nmod:poss | agent", f"{where}: nouns", known),
        adjectives=_frames(entry.get("adjectives", ()), "nsubj", f"{where}: adjectives", known),
    )


def _check_relation(name: str, entry: Mapping[str, Any], where: str, known: set[str]) -> None:
    if not _NAME.fullmatch(name):
        raise CatalogueError(f"{where}: the name of a relation is letters, digits and _, as in holdsPosition")
    _check_fields(entry, _RELATION_FIELDS, where)
    for missing in sorted({"gloss", "shape", "subject"} - entry.keys()):
        raise CatalogueError(f"{where}: field {missing!r} is missing")
    if entry["shape"] not in _SHAPES:
        raise CatalogueError(f"{where}: field 'shape' must be one of {_SHAPES}, not {entry['shape']!r}")
    _check_classes(entry, ("subject", "object"), where, known)
    if not entry.get("object") and not entry.get("datatype"):
        raise CatalogueError(f"{where}: needs 'object' (classes) or 'datatype'")
    if "plover" in entry and not _NAME.fullmatch(entry["plover"]):
        raise CatalogueError(f"{where}: field 'plover' must be a category such as CONSULT, not {entry['plover']!r}")
    prefix, _, datatype = entry.get("datatype", "xsd:string").partition(":")
    if prefix != "xsd" or not _NAME.fullmatch(datatype):
        raise CatalogueError(f"{where}: field 'datatype' must be a type such as xsd:date, not {entry['datatype']!r}")


def _check_fields(entry: Mapping[str, Any], fields: Mapping[str, str], where: str) -> None:
    for name, value in entry.items():
        if name not in fields:
            raise CatalogueError(f"{where}: unknown field {name!r}; known are {', '.join(sorted(fields))}")
        if not _IS[fields[name]](value):
            raise CatalogueError(f"{where}: field {name!r} must be a {fields[name]}, not {value!r}")


def _check_classes(entry: Mapping[str, Any], fields: Iterable[str], where: str, known: set[str]) -> None:
    for field_ in fields:
        for label in entry.get(field_, ()):
            if label not in known:
                raise CatalogueError(f"{where}: field {field_!r} names the unknown class {label!r}")


def _frames(entries: Iterable[Any], subject: str, where: str, known: set[str]) -> tuple[Frame, ...]:
    return tuple(_frame(entry, subject, f"{where}[{number}]", known) for number, entry in enumerate(entries))


def _frame(entry: Mapping[str, Any], subject: str, where: str, known: set[str]) -> Frame:
    _check_fields(entry, _FRAME_FIELDS, where)
    _check_classes(entry, ("among", "by"), where, known)
    if not entry.get("lemma") and not entry.get("class"):
        raise CatalogueError(f"{where}: needs 'lemma' or 'class'")
    if entry.get("status") not in (None, *_STATUSES):
        raise CatalogueError(f"{where}: field 'status' must be one of {_STATUSES}, not {entry['status']!r}")
    return Frame(
        lemmas=_words(entry.get("lemma", "")),
        subject=_slots(entry.get("subject", subject)),
        object=_slots(entry.get("object", "")),
        theme=_slots(entry.get("theme", "")),
        members=_slots(entry.get("members", "")),
        particle=entry.get("particle"),
        noun=_words(entry.get("noun", "")),
        label=entry.get("class"),
        requires=_slots(entry.get("requires", "")),
        when=entry.get("when"),
        among=tuple(entry.get("among", ())),
        by=tuple(entry.get("by", ())),
        status=entry.get("status"),
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split("|") if word.strip())


def _slots(text: str) -> tuple[Slot, ...]:
    return tuple(Slot.parse(part) for part in text.split("|") if part.strip())


def _check_links(relations: Mapping[str, Relation], paths: Mapping[str, Path]) -> None:
    for name, relation in relations.items():
        for target in filter(None, (relation.super_property, relation.inverse, *relation.implies)):
            if target not in relations:
                raise CatalogueError(f"{paths[name]}: relation {name}: names the unknown relation {target!r}")
        seen, above = {name}, relation.super_property
        while above:
            if above in seen:
                raise CatalogueError(f"{paths[name]}: relation {name}: field 'subPropertyOf' runs in a circle")
            seen.add(above)
            above = relations[above].super_property


def _conditions(relation: Relation) -> set[str]:
    return {frame.when for frame in (*relation.verbs, *relation.nouns, *relation.adjectives) if frame.when is not None}


def _check_conditions(relations: Mapping[str, Relation], paths: Mapping[str, Path], known: set[str]) -> None:
    """Refuse a condition that no shipped entry uses: one that nobody wrote would end the reading of each text with the word."""
    for name, relation in relations.items():
        for unknown in sorted(_conditions(relation) - known):
            raise CatalogueError(f"{paths[name]}: relation {name}: field 'when' names the unknown condition {unknown!r}; known are {', '.join(sorted(known))}")


def _check_tree(classes: Mapping[str, EntityClass], path: Path) -> None:
    for name, entry in classes.items():
        seen, above = {name}, entry.parent
        while above:
            if above not in classes or above in seen:
                raise CatalogueError(f"{path}: class {name}: field 'parent' names an unknown class or runs in a circle: {above!r}")
            seen.add(above)
            above = classes[above].parent
