"""Where and when an event was, as another mention of it says: "X met Y. The talks, held in Geneva on Monday, …".

An event noun that names nobody who took part tells nothing by itself, but its place and time belong to the event that it resumes ("the talks
took place in Geneva") or announces ("after meetings in Seoul today", whose partners follow). Both are taken over where the event's own clause has none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from graphbuild.catalogue import Catalogue
from graphbuild.records import Statement
from graphbuild.relations.arguments import Argument, Arguments
from graphbuild.relations.candidates import Candidate
from graphbuild.relations.qualifiers import FoundTime, is_question, place_of, time_of
from graphbuild.syntax import clause_subjects, is_negated, light_verb, modifiers, subjects_of_noun

Told = tuple[Candidate, Statement]
"""A candidate, and the statement that was made of it."""
_PLACES = ("Country", "City", "Region", "Facility", "Place")
_REACH = 3
"""Sentences between an event and another mention of it, at most."""
_DEFINITE = frozenset("the this that these those their its his her our".split())
_HAPPENS = frozenset("take hold occur happen begin start open end conclude last convene follow come".split())
"""Verbs that say of an event that it was, and of nobody that they did anything."""
_PARTAKING = ("attended", "hosted")
"""Relations to an event of those who were where it was, and when."""
_RESULTS = {"attacked": frozenset(("killed",))}
"""What else is told of an event: those killed in "the attack" were killed there and then."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event noun without partners: the relations that it may stand for, whether it resumes, who is in its clause, its place and time."""

    noun: Token
    sentence: int
    relations: frozenset[str]
    resumes: bool
    present: frozenset[str]
    place: Argument | None
    time: FoundTime | None


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when an event was."""

    place: Argument | None
    time: FoundTime | None


def completed(told: Iterable[Told], arguments: Arguments, catalogue: Catalogue, times: Sequence[FoundTime]) -> Iterator[Statement]:
    """Yield the statements, with place and time of their event where only another mention of it has them.

    Parameters:
        told: what was found, with the candidates that it was found by.
        arguments: the entities behind the words.
        catalogue: which nouns name which events.
        times: time expressions with their values, resolved.
    """
    every = list(told)
    sentences = {token.i: number for number, sentence in enumerate(arguments.doc.sents) for token in sentence}
    taken = {candidate.trigger.i for candidate, _ in every}
    filled: dict[int, Statement] = {}
    for occasion in _occasions(arguments, catalogue, times, sentences, taken):
        for number in _meant(occasion, every, sentences):
            filled[number] = _with(occasion, filled.get(number, every[number][1]), every[number][0], arguments)
    for number, earlier in _resumed(every, catalogue, sentences):
        filled[number] = _as(every[earlier][1], filled.get(number, every[number][1]))
    settings = _settings(arguments, times) if any(statement.relation in _PARTAKING for _, statement in every) else {}
    for number, (candidate, statement) in enumerate(every):
        setting = settings.get(statement.object) if statement.relation in _PARTAKING and isinstance(statement.object, str) else None
        known = filled.get(number, statement)
        yield _set(known, setting, candidate, arguments) if setting is not None else known


def _resumed(told: Sequence[Told], catalogue: Catalogue, sentences: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield who did what by a deed told before, with that deed: "conducted an airstrike near Jilib on Sunday. The strike killed two fighters"."""
    nouns = catalogue.evoked_by["noun"]
    for number, (candidate, statement) in enumerate(told):
        deed = next((c for c in candidate.predicate.children if c.dep_ == "nsubj" and c.pos_ == "NOUN"), None)
        if deed is None or statement.polarity != "positive" or not any(c.lower_ in _DEFINITE for c in deed.children):
            continue
        relations = {relation.name for relation, _ in nouns.get(deed.lemma_.lower(), ()) if relation.shape == "event"}
        near = (
            (n, other)
            for n, (other, s) in enumerate(told)
            if s.relation in relations and s.subject == statement.subject and s.polarity == "positive" and other.trigger.i < deed.i
        )
        last = max((n for n, other in near if sentences[deed.i] - sentences[other.trigger.i] <= _REACH), default=None)
        if last is not None:
            yield number, last


def _as(earlier: Statement, statement: Statement) -> Statement:
    """Return a statement with the place and the time of the deed that did it, where it has none."""
    place = earlier.place if earlier.place not in (statement.subject, statement.object) else None
    return replace(statement, place=statement.place or place, time=statement.time or earlier.time)


def _settings(arguments: Arguments, times: Sequence[FoundTime]) -> dict[str, Setting]:
    """Return where and when each event was that the text names, as far as it tells: "the summit, held in Oslo on Monday"."""
    out: dict[str, Setting] = {}
    for index, mention in enumerate(arguments.reading.mentions):
        if mention.label != "Event" or index not in arguments.reading.of_mention:
            continue
        noun = arguments.doc[mention.root]
        predicate = _predicate(noun)
        if predicate.i == noun.i or is_question(predicate) or is_negated(predicate):
            continue
        place, time = place_of(predicate, noun, arguments, set()), time_of(predicate, noun, times)
        for event in arguments.reading.of_mention[index]:
            known = out.get(event, Setting(None, None))
            out[event] = Setting(known.place or place, known.time or (time.beside(predicate, "actual") if time is not None else None))
    return out


def _set(statement: Statement, setting: Setting, candidate: Candidate, arguments: Arguments) -> Statement:
    """Return who took part in an event with the place and the time of the event."""
    place = setting.place if setting.place is not None and setting.place.entity not in (statement.subject, statement.object) else None
    return _dated(statement, place, setting.time, candidate, arguments)


def _occasions(
    arguments: Arguments, catalogue: Catalogue, times: Sequence[FoundTime], sentences: dict[int, int], taken: set[int]
) -> Iterator[Occasion]:
    """Yield the event nouns that tell a place or a time, but none of the facts found."""
    nouns = catalogue.evoked_by["noun"]
    for noun in arguments.doc:
        if noun.pos_ != "NOUN" or noun.i in taken or noun.lemma_.lower() not in nouns or modifiers(noun, "with") or modifiers(noun, "between"):
            continue
        named = frozenset(relation.name for relation, _ in nouns[noun.lemma_.lower()] if relation.shape == "event")
        relations = named.union(*(_RESULTS.get(name, ()) for name in named))
        predicate = _predicate(noun)
        if not relations or is_question(predicate) or _is_actor(noun, arguments, catalogue):
            continue
        resumes = any(c.dep_ in ("det", "nmod:poss") and c.lower_ in _DEFINITE for c in noun.children)
        if predicate.i == noun.i if resumes else noun.tag_ != "NNS":
            continue  # "the attack near Gao" is as often another attack; only several events are announced before they are told
        place, time = place_of(predicate, noun, arguments, set()), time_of(predicate, noun, times)
        if place is None and time is None:
            continue
        present = arguments.of_phrases((*clause_subjects(noun), *subjects_of_noun(noun)))
        yield Occasion(noun, sentences[noun.i], relations, resumes, frozenset(a.entity for a in present), place, time)


def _predicate(noun: Token) -> Token:
    """Return the verb that says where and when an event was: "the talks took place in Geneva"; the noun if there is none."""
    is_subject = noun.dep_ in ("nsubj", "nsubj:pass")
    participles = [c for c in noun.children if c.dep_ == "acl"] + [c for c in noun.head.lefts if c.dep_ == "advcl" and is_subject and c.i > noun.i]
    participles += [c for c in noun.head.rights if c.dep_ == "advcl" and not is_subject and noun.i < c.left_edge.i <= noun.i + 2]
    held = next((c for c in participles if c.tag_ in ("VBN", "VBD") and c.lemma_.lower() in _HAPPENS), None)
    return held or light_verb(noun) or (noun.head if is_subject and noun.head.lemma_.lower() in _HAPPENS else noun)


def _is_actor(noun: Token, arguments: Arguments, catalogue: Catalogue) -> bool:
    """Tell whether a noun names who acts: "the donors", "the force in Gao"."""
    return any(catalogue.admits(("actor",), arguments.reading.mentions[index].label) for index in arguments.by_root.get(noun.i, ()))


def _meant(occasion: Occasion, told: Sequence[Told], sentences: dict[int, int]) -> list[int]:
    """Return which statements tell of the occasion: the nearest event before it, or what those present do after it is announced."""
    near = [
        number
        for number, (candidate, statement) in enumerate(told)
        if statement.relation in occasion.relations and statement.polarity == "positive" and 0 <= _gap(occasion, candidate, sentences) <= _REACH
    ]
    if occasion.resumes:
        last = max((told[number][0].trigger.i for number in near), default=None)
        return [number for number in near if told[number][0].trigger.i == last]
    return [number for number in near if {told[number][1].subject, told[number][1].object} & occasion.present]


def _gap(occasion: Occasion, candidate: Candidate, sentences: dict[int, int]) -> int:
    """Count the sentences from an event to the mention that resumes it, or from the one that announces it to the event; -1 if in the other order."""
    first, last = (candidate.trigger.i, occasion.noun.i) if occasion.resumes else (occasion.noun.i, candidate.trigger.i)
    return sentences[last] - sentences[first] if first < last else -1


def _with(occasion: Occasion, statement: Statement, candidate: Candidate, arguments: Arguments) -> Statement:
    """Return a statement with the place and the time of an occasion, where it has none, and the words that tell them."""
    target = None if candidate.relation.symmetric else candidate.object  # who "exercised with Japan" did so somewhere
    somewhere = target is not None and arguments.reading.label(target.entity) in _PLACES  # "attacked Syria" was not in Iraq
    elsewhere = occasion.place is None or occasion.place.entity in (statement.subject, statement.object)
    return _dated(statement, None if somewhere or elsewhere else occasion.place, occasion.time, candidate, arguments)


def _dated(statement: Statement, where: Argument | None, when: FoundTime | None, candidate: Candidate, arguments: Arguments) -> Statement:
    """Return a statement with a place and a time, where it has none, and the words that tell them."""
    first, *others = statement.evidence
    cues = list(first.cues)
    place, time = statement.place, statement.time
    if place is None and where is not None:
        place = where.entity
        cues.append(("place", arguments.span(where.mention)))
    if time is None and when is not None:
        time = when.beside(candidate.predicate, statement.modality).time
        cues.append(("time", arguments.reading.raw(when.start, when.end)))
    return replace(statement, place=place, time=time, evidence=(replace(first, cues=tuple(cues)), *others))
