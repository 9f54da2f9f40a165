"""Who was where, as the text lets no doubt of it: a foreign minister who spoke to reporters abroad was there.

What frames find tells presence by the way. Who spoke to reporters in a city abroad, or after talks there, was in it; who accompanied a visitor
went where the visitor did. Where somebody may be at home only those visit who are told to be of another country.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Token

from graphbuild.catalogue import Catalogue
from graphbuild.language.index import spelled
from graphbuild.records import Statement
from graphbuild.relations.arguments import Argument, Arguments
from graphbuild.relations.candidates import Candidate
from graphbuild.relations.qualifiers import is_question
from graphbuild.speech import SAY
from graphbuild.syntax import agents, case_of, conjuncts, is_negated, modifiers, objects, obliques, subjects

Offices = Mapping[str, set[str]]
"""Which countries and bodies each entity serves or belongs to."""
_SPEAKING = SAY | frozenset("speak talk address brief".split())
_LISTENERS = frozenset("reporter reporters journalist press media audience crowd conference briefing interview gathering rally".split())
"""Those whom one speaks to where one is."""
_TALKS = frozenset("meeting talk talks consultation discussion negotiation".split())
_RESIDENT = frozenset("ambassador consul chargé attaché embassy consulate correspondent resident".split())
"""Words of offices and of bodies that are abroad."""
_AFTER = frozenset("following after before during".split())
_ESCORTS = frozenset("accompanied accompanying".split())
_LED = frozenset("include comprise".split())
TRAVEL = frozenset("visit tour inspect travel fly journey go come sail drive arrive return head leave depart".split())
"""Verbs of journeys that one makes with others."""
_REACH = 2
"""Sentences between a visit and who is said to accompany the visitor, at most."""


def implied(candidates: Iterable[Candidate], arguments: Arguments, catalogue: Catalogue, offices: Offices) -> Iterator[Candidate]:
    """Yield the visits that speeches, talks and other visits imply, none that a frame has found itself."""
    every = list(candidates)
    told = {(c.subject.entity, c.object.entity) for c in every if c.relation.name == "visited" and c.object is not None}
    visited = catalogue.relations["visited"]
    residents = _residents(every, arguments)
    offices = {entity: served for entity, served in offices.items() if entity not in residents}
    found = [*_of_speeches(arguments, offices), *_of_talks(arguments, offices), *_of_meetings(every, arguments, offices)]
    for who, place, trigger in (*found, *_of_companions(every, arguments), *_of_fellow_travellers(every, arguments)):
        if who.entity != place.entity and (who.entity, place.entity) not in told and arguments.reading.label(who.entity) in ("Person", "Group"):
            told.add((who.entity, place.entity))
            yield Candidate(visited, who, place, trigger, trigger, "implied")


def _residents(candidates: Iterable[Candidate], arguments: Arguments) -> set[str]:
    """Return who lives abroad by their office, and so is no visitor there: ambassadors, consuls, those at an embassy."""
    posts = (c for c in candidates if c.object is not None and c.relation.name in ("holdsPosition", "officialOf", "leads", "employedBy"))
    named = ((c.subject.entity, arguments.reading.entity(c.object.entity).name) for c in posts if c.object is not None)
    return {entity for entity, name in named if not _RESIDENT.isdisjoint(name.lower().split())}


_Visit = tuple[Argument, Argument, Token]


def _of_speeches(arguments: Arguments, offices: Offices) -> Iterator[_Visit]:
    """Yield who speaks in a place abroad: "the Swedish premier said in Riga", "told reporters in Kyiv", "speaking in Oslo"."""
    for verb in arguments.doc:
        if verb.pos_ != "VERB" or verb.lemma_ not in _SPEAKING or is_question(verb):
            continue
        heard = [c for c in verb.children if c.dep_ in ("obj", "iobj", "obl") and c.lemma_.lower() in _LISTENERS and c.i > verb.i]
        phrases = [c for head in (verb, *heard) for c in head.children if c.dep_ in ("obl", "nmod") and case_of(c) == "in" and c.pos_ == "PROPN"]
        for place in (p for phrase in phrases for p in _towns(phrase, arguments)):
            for who in arguments.of_phrases(subjects(verb)):
                if _is_abroad(who.entity, place.entity, arguments, offices):
                    yield who, place, verb


def _of_talks(arguments: Arguments, offices: Offices) -> Iterator[_Visit]:
    """Yield who speaks or acts after talks in a place that is not their home: "she said following meetings in Seoul"."""
    for case in spelled(arguments.doc, sorted(_AFTER)):
        noun = case.head
        if noun.lemma_.lower() not in _TALKS or noun.pos_ != "NOUN" or noun.dep_ not in ("obl", "nmod"):
            continue
        verb = next((t for t in noun.ancestors if t.pos_ == "VERB" and t.lemma_ in _SPEAKING and t.dep_ != "conj"), None)
        for place in (p for m in modifiers(noun, "in") for p in _towns(m, arguments)) if verb is not None else ():
            for who in arguments.of_phrases(subjects(verb)) if verb is not None else ():
                if verb is not None and not _is_at_home(who.entity, place.entity, arguments, offices):
                    yield who, place, verb


def _of_meetings(candidates: Iterable[Candidate], arguments: Arguments, offices: Offices) -> Iterator[_Visit]:
    """Yield who meets somebody where they are not at home and the other is: "Jordan's foreign minister, Rami Haddad, met Lavrov in Moscow"."""
    for met in (c for c in candidates if c.relation.name == "met" and c.trigger.pos_ == "VERB" and not is_question(c.trigger)):
        ends = [end for end in (met.subject, met.object) if end is not None]
        for place in (p for phrase in obliques(met.trigger, "in") if phrase.pos_ == "PROPN" for p in _towns(phrase, arguments)):
            guests = [a for a in ends if _is_abroad(a.entity, place.entity, arguments, offices)]
            if len(guests) == 1:
                yield guests[0], place, met.trigger


def _towns(phrase: Token, arguments: Arguments) -> list[Argument]:
    found = arguments.of_head(phrase)
    return [a for a in found if arguments.reading.label(a.entity) in ("City", "Country") and not arguments.is_nameless(a)]


def _of_companions(candidates: Iterable[Candidate], arguments: Arguments) -> Iterator[_Visit]:
    """Yield who went with a visitor: "is on a visit to Kenya. She is accompanied by Trade Minister Olga Brandt"."""
    visits = [c for c in candidates if c.relation.name == "visited" and c.object is not None]
    for verb in spelled(arguments.doc, sorted(_ESCORTS)) if visits else ():
        if verb.tag_ != "VBN" or is_negated(verb):
            continue
        visitors = {a.entity for a in arguments.of_phrases(objects(verb))}
        visitors |= {a.entity for a in arguments.of_phrases(subjects(verb.head))} if verb.dep_ in ("advcl", "acl", "conj") else set()
        near = [c for c in visits if c.subject.entity in visitors and _is_near(c.trigger, verb)]
        for visit in near[-1:]:
            for who in arguments.of_phrases(t for a in agents(verb) for t in _members(a)):
                if visit.object is not None and who.entity not in visitors:
                    yield who, visit.object, verb


def _of_fellow_travellers(candidates: Iterable[Candidate], arguments: Arguments) -> Iterator[_Visit]:
    """Yield who travels with a visitor: "flew to Oslo with the bank's chairman, Ana Lind", "toured the port in the company of Mayor Novak"."""
    for visit in (c for c in candidates if c.relation.name == "visited" and c.object is not None and c.trigger.pos_ == "VERB"):
        if visit.trigger.lemma_ not in TRAVEL:
            continue
        along = [*obliques(visit.trigger, "with"), *obliques(visit.trigger, "alongside")]
        along += [m for o in obliques(visit.trigger, "in") if o.lemma_ == "company" for m in modifiers(o, "of")]
        for who in arguments.of_phrases(along):
            if visit.object is not None and who.entity != visit.subject.entity and arguments.reading.label(who.entity) == "Person":
                yield who, visit.object, visit.trigger


def _members(delegation: Token) -> Iterator[Token]:
    """Yield who is of a delegation, as far as they are named: "a delegation comprising Ana Lind and Rui Andrade"; else who goes along."""
    named = [c for c in delegation.children if case_of(c) == "including" or (c.dep_ == "appos" and c.i > delegation.i)]
    named += [o for c in delegation.children if c.dep_ == "acl" and c.lemma_ in _LED for o in objects(c)]
    for first in named or [delegation]:
        yield from conjuncts(first)


def _is_near(visit: Token, verb: Token) -> bool:
    """Tell whether a visit is told in the sentence of a verb or shortly before it."""
    return _gap(visit, verb) <= _REACH and (visit.i < verb.i or (visit.sent.start == verb.sent.start and verb.dep_ in ("acl", "advcl")))


def _gap(one: Token, other: Token) -> int:
    """Count the sentences between two words, as far as they count."""
    sentence, gap = other.sent, 0
    while one.i < sentence.start and gap <= _REACH:
        sentence, gap = other.doc[sentence.start - 1].sent, gap + 1
    return gap


def _homes(entity: str, arguments: Arguments, offices: Offices) -> set[str]:
    """Return the countries that an entity is of, as titles in the text say: those it serves, and those of the bodies and cities that it serves."""
    served = offices.get(entity, set())
    further = {o for body in served for o in offices.get(body, set())}
    cities = {arguments.reading.country_of.get(place, "") for place in served}
    return {e for e in served | further | cities if e and arguments.reading.label(e) == "Country"}


def _country(place: str, arguments: Arguments) -> str | None:
    """Return the country that a place is or lies in; "" if it is one that the text does not name, None if nobody knows."""
    return place if arguments.reading.label(place) == "Country" else arguments.reading.country_of.get(place)


def _is_abroad(entity: str, place: str, arguments: Arguments, offices: Offices) -> bool:
    """Tell whether a person is told to be of another country than the one that a place is or lies in."""
    homes, country = _homes(entity, arguments, offices), _country(place, arguments)
    return bool(homes) and country is not None and country not in homes


def _is_at_home(entity: str, place: str, arguments: Arguments, offices: Offices) -> bool:
    country = _country(place, arguments)
    return country is None or country in _homes(entity, arguments, offices)


def dated_alike(visit: Statement, told: Iterable[Statement]) -> Statement:
    """Return an undated visit with the time of another to the same place that is told with it: that of whom somebody accompanies."""
    if visit.time is not None or visit.evidence[0].quote.lower().find("accompan") < 0:
        return visit
    other = next((s for s in told if s.relation == "visited" and s.object == visit.object and s.time is not None and s.status == visit.status), None)
    return replace(visit, time=other.time) if other is not None else visit


