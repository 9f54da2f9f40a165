"""Turns matched frames into statements with status, place, time and evidence; keeps what was refused, with the reason."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from spacy.tokens import Doc, Token

from graphbuild.catalogue import Catalogue, Relation
from graphbuild.entities import Reading
from graphbuild.mentions import TokenMention
from graphbuild.records import Entity, Evidence, Rejected, Span, Statement, Time, Value
from graphbuild.relations.arguments import Argument
from graphbuild.relations.candidates import Candidate, Refused
from graphbuild.relations.classifier import Vote, believed, describing_clause, has_votes, meeting_point, thresholds, told_clause, votes
from graphbuild.relations.conditions import CONDITIONS
from graphbuild.relations.deeds import disowning
from graphbuild.relations.denials import denials
from graphbuild.relations.events import assign_events
from graphbuild.relations.frames import FrameMatcher
from graphbuild.relations.lifespans import Lifespan, lifespans
from graphbuild.relations.occasions import completed
from graphbuild.relations.offices import put_into_office
from graphbuild.relations.presence import TRAVEL, dated_alike, implied
from graphbuild.relations.qualifiers import (
    CALLED,
    CUTTING,
    LIFT,
    MEASURES,
    Claim,
    FoundTime,
    Qualified,
    is_averted,
    is_question,
    is_scheduled,
    place_of,
    qualify,
    says_how_far,
    time_of,
)
from graphbuild.relations.scoring import TITLES, noted
from graphbuild.speech import ALLEGE, Speech, is_alleged, speaker_of, speech_at
from graphbuild.syntax import (
    ANSWERING,
    agents,
    case_of,
    clause_of,
    conjuncts,
    first_of_list,
    has_copula,
    is_alternative,
    objects,
    obliques,
    possessors,
    subjects,
)

Beliefs = Mapping[tuple[str, str, str], float]
"""(relation, subject, object) → probability by the relation head."""
_SURE = 0.6
_FIRST_PERSON = frozenset("we us our ours ourselves i me my mine".split())
_WORTH_TELLING = 0.3
"""Least probability by the relation head of what is kept as found, but not sure enough."""
_QUOTED = 0.85
_DENIABLE = ("conflict", "cooperation", "diplomacy", "force")
"""Families of acts that somebody may deny with a bare "it"."""
_ON_AGENDAS = frozenset(
    "met spokeWith visited hosted attended signed agreedWith deployedTo withdrewFrom exercisedWith tested released appointed resignedFrom published".split()
)
"""Acts that are told in the present tense before they happen, with their day: "meets her on Monday"."""
_SAID = frozenset("condemned praised supported requested accused rejected threatened condoledWith".split())
"""What is done by saying it: where and when that was of which it speaks is another matter."""
_OF_THEMSELVES = ("City", "Region", "Country")
"""What says by itself where it is."""
_HELD_AGAINST = ("memberOf", "leads", "commands", "employedBy", "acquired", "investedIn", "published", "wrote", "founded")
"""What somebody may deny with a bare "it" where others say it of them."""
_LIFTING = LIFT | frozenset("suspend drop end scrap terminate".split())
_SIGN = frozenset("sign conclude finalise finalize ratify initial adopt".split())
"""Verbs for what makes an agreement one of whoever does it."""
_AGAINST = frozenset("oppose reject dismiss criticise criticize condemn denounce".split())
_BUILD = frozenset("build open establish construct have set host create operate".split())
_MARKS = frozenset(", ; : – — -".split())
_RAISING = frozenset("double triple quadruple increase raise boost expand widen".split())
_ACCOMPANYING = frozenset("accompany flank join escort".split())
_LED_IN_OTHERWISE = {
    "attended": ("object", ("after", "before", "since", "until", "ahead of", "following")),
    "visited": ("object", ("from",)),
    "acquired": ("subject", ("from",)),
    "deployedTo": ("object", ("from",)),
    "seized": ("subject", ("from",)),
    "controls": ("subject", ("from",)),
}
"""Ends, and prepositions that say that it is another: "met her after the election", "arrived from Oslo", "bought it from Norfund"."""
_TERMS = ("since", "until", "from", "between")
"""Prepositions for how long somebody has an office."""
_CHARGING = ("accused", "condemned", "charged", "sued")
"""Relations of those who charge others: what is denied is the deed, not that somebody charges it."""
_OFFICES = ("officialOf", "leads", "commands", "employedBy", "memberOf", "partOf")
_BECOME = frozenset("become remain stay name appoint elect make declare call serve".split())
"""Verbs whose object may be what somebody is: their tense and negation are those of the office."""
_SERVING = frozenset(
    "serve soldier deputy spokesman spokeswoman spokesperson member sergeant corporal private fighter veteran join fight enlist"
    " assign attach second".split()
)
_TOLD_INSTEAD = {"memberOf": "withdrewFrom", "investedIn": "acquired", "deployedTo": "aided", "diedIn": "livesIn", "bornIn": "livesIn"}
"""What a frame tells of two, and the relation model mistakes."""
_BORN = frozenset("born birth birthplace native hometown".split())
_LIVES = ("citizenOf", "employedBy", "livesIn")
"""States of persons that the head may read off a phrase; of a clause it takes whom somebody meets for an employer, and where they go for a home."""
_OFFICIAL = frozenset(
    "presidency government ministry army military navy palace cabinet parliament command office police spokesman spokeswoman spokesperson".split()
)
"""Nouns for who speaks for a country without naming it."""
_NAMING_SLOTS = frozenset("nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss nmod:desc appos conj compound flat".split())
"""Places in a clause where a noun says who or what is meant, and not what is said of them."""
_KIN = ("spouseOf", "childOf", "familyOf")


def find_statements(
    reading: Reading, catalogue: Catalogue, speeches: tuple[Speech, ...], times: Sequence[FoundTime], document: str, text: str
) -> tuple[tuple[Statement, ...], tuple[Rejected, ...]]:
    """Return the statements of a document, in text order and without scores, and what frames matched but was refused.

    Parameters:
        reading: the document with its entities.
        speeches: who speaks where.
        times: time expressions with their values, resolved.
        document: id of the document.
        text: the raw text, of which every quote is a part.
    """
    matcher = FrameMatcher(reading, catalogue, speeches)
    writer = _Writer(reading, matcher, speeches, times, document, text)
    candidates = [*matcher.candidates(), *writer.lived()]
    offices = _affiliations(candidates)
    every = list(votes(reading, catalogue)) if has_votes(reading.doc) else []
    believed_ = believed(every, catalogue)
    trusted = [c for c in candidates if writer.trusts(c, believed_, bool(every))]
    told = [(c, s) for c in trusted for s in writer.statements(c, offices, believed_)]
    told += [(c, s) for c, vote in writer.voted(every, [s for _, s in told]) for s in writer.statements(c, offices, believed_, vote)]
    known = [s for _, s in told]
    for candidate in implied([c for c, _ in told], matcher.arguments, catalogue, offices):
        told += [(candidate, dated_alike(s, known)) for s in writer.statements(candidate, offices, believed_) if s.polarity == "positive"]
    statements = list(completed(told, matcher.arguments, catalogue, times))
    deeds = [s for s in statements if catalogue.relations[s.relation].family in _DENIABLE or _is_held_against(s, text)]
    acts = [s for s in deeds if s.relation not in _CHARGING]
    statements += list(denials(acts, matcher.arguments, offices, text, speeches, catalogue))
    statements += writer.quotations()
    merged = noted(_without_weaker(_merged(statements), catalogue))
    refused = tuple(writer.rejections())
    return assign_events(merged, catalogue), refused


def _affiliations(candidates: Iterable[Candidate]) -> dict[str, set[str]]:
    """Collect which countries and bodies each person serves, as titles in the text say."""
    out: dict[str, set[str]] = {}
    for candidate in candidates:
        if candidate.relation.name in _OFFICES and candidate.object is not None:
            out.setdefault(candidate.subject.entity, set()).add(candidate.object.entity)
    return out


class _Writer:
    def __init__(self, reading: Reading, matcher: FrameMatcher, speeches: tuple[Speech, ...], times: Sequence[FoundTime], document: str, text: str) -> None:
        self.reading, self.matcher, self.speeches, self.times, self.document, self.text = reading, matcher, speeches, times, document, text
        self.found = {(s.start, s.end) for s in reading.doc.spans["mentions"]}
        self.told: dict[frozenset[tuple[int, int]], list[tuple[str, float]]] = defaultdict(list)
        for subject_, object_, relation, probability, *_ in reading.doc._.relations if has_votes(reading.doc) else ():
            self.told[frozenset((subject_, object_))].append((relation, probability))
        self.arcs: list[float] | None = reading.doc._.arcs.tolist() if Doc.has_extension("arcs") and reading.doc._.arcs is not None else None
        self.chains: dict[int, frozenset[int]] = {}

    def trusts(self, candidate: Candidate, believed_: Beliefs, voted: bool) -> bool:
        """Tell whether the relation head finds a frame's fact possible; one that it does not is recorded as refused."""
        if not voted or candidate.object is None or candidate.relation.name in TITLES:
            return True
        probability = believed_.get((candidate.relation.name, candidate.subject.entity, candidate.object.entity), 0.0)
        if thresholds().refuses(candidate.relation.name, probability):
            self.matcher.refused.append(Refused(candidate.relation.name, candidate.subject, candidate.object, candidate.trigger, "model"))
            return False
        return True

    def voted(self, every: list[Vote], known: list[Statement]) -> Iterator[tuple[Candidate, Vote]]:
        """Yield what the relation head finds by itself."""
        told = {(s.relation, s.subject, s.object) for s in known} | {
            (s.relation, s.object, s.subject) for s in known if self.matcher.catalogue.relations[s.relation].symmetric
        }
        for vote in every:
            if vote.probability < _WORTH_TELLING or (vote.relation, self._named(vote.subject), self._named(vote.object)) in told:
                continue
            relation, point = self.matcher.catalogue.relations[vote.relation], self._point(vote)
            stage = "threshold" if not thresholds().accepts(vote) else "wordless" if not self._has_word(vote, relation, point) else None
            if stage is not None:
                self.matcher.refused.append(Refused(vote.relation, vote.subject, vote.object, point, stage))
                continue
            settled = self._is_settled(vote, told) or self._is_told_of_owners(vote, told)
            if not (settled or self._is_misled(vote, relation, point) or self._says_otherwise(vote, relation, known)):
                yield Candidate(relation, vote.subject, vote.object, point, point, "model"), vote

    def _point(self, vote: Vote) -> Token:
        """Return the word that says, if any does, what a vote holds of its ends."""
        roots = self.reading.mentions[vote.subject.mention].root, self.reading.mentions[vote.object.mention].root
        point = told_clause(meeting_point(self.reading.doc, *roots), reversed(roots))
        return describing_clause(point, roots)

    def _is_misled(self, vote: Vote, relation: Relation, point: Token) -> bool:
        """Tell whether the sentence only plays, nobody acts in it, or something stands there that is mistaken for what a vote says."""
        return self.matcher.plays(point, relation) or self.matcher.lacks_actor(relation, vote.subject) or self._is_mistaken(vote, point)

    def _is_mistaken(self, vote: Vote, point: Token) -> bool:
        """Tell whether something else stands there: the end of a sanction, a journey, who goes along, the other name of a place."""
        match vote.relation:
            case "bornIn":
                return not any(t.lower_ in _BORN for t in point.sent)
            case "memberOf" if point.lemma_ == "partner":
                return has_copula(point) and "coalition" not in {t.lower_ for t in point.sent}  # "Georgia is a partner of NATO"
            case "sanctioned":
                return any(_lifts(t) for t in (point, *self._root(vote.object).ancestors))  # "voted to lift sanctions on"
            case "met" | "spokeWith":
                return self._goes_along(vote, point)
            case "requested" if point.lemma_ == "call":
                return CONDITIONS["courtesy"](point)  # "called on the president" asks nothing of her
            case "attended" | "visited" | "acquired" | "deployedTo" | "seized" | "controls":
                end, cases = _LED_IN_OTHERWISE[vote.relation]
                return self._case_of(vote.subject if end == "subject" else vote.object) in cases
            case "locatedIn":
                bracketed = self.reading.doc[max(0, self.reading.mentions[vote.object.mention].start - 1)].text == "("  # "SEOUL, July 2 (Yonhap)"
                return bracketed or self._renames(self.reading.mentions[vote.subject.mention].end) or self._dies_between(vote)
            case _:
                return vote.relation in _LIVES and point.pos_ in ("VERB", "AUX")

    def _root(self, end: Argument) -> Token:
        """Return the head of the phrase that an end is."""
        return self.reading.doc[self.reading.mentions[end.mention].root]

    def _between(self, vote: Vote) -> list[Token]:
        """Return the words between the ends of a vote."""
        one, other = sorted((self.reading.mentions[vote.subject.mention], self.reading.mentions[vote.object.mention]), key=lambda m: m.start)
        return list(self.reading.doc[one.end : other.start])

    def _case_of(self, end: Argument) -> str | None:
        """Return the preposition before an end."""
        return case_of(self._root(end))

    def _goes_along(self, vote: Vote, point: Token) -> bool:
        """Tell whether one end only goes along with the other: "Lind, accompanied by Berg, met Novak", "visited Gao with Berg"."""
        roots = [self._root(end) for end in (vote.subject, vote.object)]
        beside = any(case_of(root) in ("with", "alongside") and root.head.i == point.i for root in roots)
        below = any(root.dep_ == "obl:agent" and root.head.lemma_ in _ACCOMPANYING for root in roots)
        return (beside and point.lemma_ in TRAVEL) or below or point.lemma_ in _ACCOMPANYING

    def _dies_between(self, vote: Vote) -> bool:
        """Tell whether a place where somebody died follows the one where they lived: "of Helena, Montana, died at Bagram"."""
        one, other = self.reading.mentions[vote.object.mention], self.reading.mentions[vote.subject.mention]
        return any(t.lemma_ == "die" for t in self.reading.doc[one.end : max(one.end, other.start)])

    def _serves_elsewhere(self, vote: Vote) -> bool:
        """Tell whether the country of a vote is another than the one that somebody serves by their title."""
        countries = self.matcher.offices.countries.get(vote.subject.entity, ())
        return bool(countries) and vote.object.entity not in countries and self.reading.label(vote.object.entity) == "Country"

    def _is_settled(self, vote: Vote, told: Collection[tuple[str, str | Value, str | Value]]) -> bool:
        """Tell whether frames read what a vote is about more surely: copulas, former titles, lists of offices, "Geneva-based", kinship."""
        if vote.relation in TITLES and has_copula(self._root(vote.object)):
            return True  # with their negation and tense
        if vote.relation in TITLES and self.matcher.offices.is_unfit(vote.subject.mention, vote.object.mention):
            return True
        if vote.relation in _OFFICES and vote.subject.entity in self.matcher.offices.rosters | self.matcher.affiliations.delegates:
            return True
        if vote.relation == "basedIn" and vote.object.mention in self.matcher.affiliations.seats:
            return True
        if (_TOLD_INSTEAD.get(vote.relation), vote.subject.entity, vote.object.entity) in told:
            return True  # "took a majority stake"; "Ana Lind, 20, of Austin, died in Kabul"
        if vote.relation in _OFFICES and (self._is_over(vote) or self._serves_elsewhere(vote)):
            return True
        if vote.relation == "commands" and (self._serves(vote) or self.matcher.offices.is_lesser(vote.subject.mention)):
            return True
        ends = {vote.subject.entity, vote.object.entity}
        return vote.relation in _KIN and any(relation in _KIN and {one, other} == ends for relation, one, other in told)

    def _is_told_of_owners(self, vote: Vote, told: Collection[tuple[str, str | Value, str | Value]]) -> bool:
        """Tell whether a frame has said the same of those whose the ends are: of Kenya, not of "Kenyan jets"; of the militia, not of its trucks."""
        arguments = self.matcher.arguments
        root = self.reading.mentions[vote.subject.mention].root
        whole = arguments.covering.get(root)  # of the force, not of "Iraqi" within "Iraqi security forces"
        actors = {vote.subject.entity, *(self.reading.of_mention[whole] if whole is not None else ())} | {a.entity for a in arguments.acting((vote.subject,))}
        hit = {vote.object.entity} | {a.entity for a in arguments.owners(self._root(vote.object))}
        return any((vote.relation, actor, one) in told for actor in actors for one in hit)

    def _is_told_of_owned(self, vote: Vote, known: list[Statement]) -> bool:
        """Tell whether frames say of what belongs to the object what a vote says of the object: "attacked Karachi's airport"."""
        owner = self.reading.doc[self.reading.mentions[vote.object.mention].root]
        owned = self.matcher.arguments.of_head(owner.head) if owner.dep_ == "nmod:poss" else ()
        ends = {(vote.relation, vote.subject.entity, a.entity) for a in owned}
        return bool(ends) and any((s.relation, s.subject, s.object) in ends for s in known)

    def _serves(self, vote: Vote) -> bool:
        """Tell whether words between a person and a force say that they do not command it: "a soldier in the 3rd Brigade", "served in the army"."""
        return any(t.lemma_.lower() in _SERVING for t in self._between(vote))

    def _is_over(self, vote: Vote) -> bool:
        """Tell whether words between a person and a body say that it is over: "Ana Lind, a former member of the party"."""
        return any(t.lower_ in ("former", "ex", "onetime", "one-time") for t in self._between(vote))

    def _named(self, end: Argument) -> str:
        """Return the entity that is named beside a mere description: "the ship Galaxy Leader"."""
        found = self.matcher.arguments.of_head(self._root(end))
        named = found[0].entity if len(found) == 1 and found[0].hops == 1 else end.entity
        return named if self.reading.mentions[end.mention].form == "noun" else end.entity

    def _are_met_apart(self, vote: Vote, relation: Relation) -> bool:
        """Tell whether the ends of a vote meet others, each by a verb of its own: "Lind met Andrade, while Berg met Novak"."""
        lemmas = {lemma for frame in relation.verbs for lemma in frame.lemmas}
        verbs = {clause_of(self._root(end)) for end in (vote.subject, vote.object)} if relation.name in ("met", "spokeWith") else set()
        return len(verbs) > 1 and all(verb.lemma_ in lemmas for verb in verbs)

    def _says_otherwise(self, vote: Vote, relation: Relation, known: list[Statement]) -> bool:
        """Tell whether the grammar around a vote's ends gives the deed or the office to somebody else."""
        if self._are_met_apart(vote, relation):
            return True
        if self._is_of_themselves(vote) or self._was_done(vote, relation) or self._is_in_text_of_others(vote) or self._is_of_whom(vote, relation):
            return True
        if vote.relation in ("bornIn", "diedIn") and self._is_told_of_another(vote, known):
            return True
        ends = "supported", vote.subject.entity, vote.object.entity
        if vote.relation == "protestedAgainst" and any((s.relation, s.subject, s.object) == ends for s in known):
            return True  # "rallied outside the embassy in support of Togo"
        return self._is_headed(vote, known) or self._is_official_elsewhere(vote, known) or self._is_told_of_owned(vote, known)

    def _is_in_text_of_others(self, vote: Vote) -> bool:
        """Tell whether the subject of a vote only has to do with a text that says it: "police found a letter accusing Kenya"."""
        subject, object_ = (self._root(end) for end in (vote.subject, vote.object))
        return subject.dep_ == "nsubj" and self.matcher.arguments.is_of_others(subject.head, object_)

    def _has_word(self, vote: Vote, relation: Relation, point: Token) -> bool:
        """Tell whether a word of the relation stands with the ends of a vote: without one, nobody could trace an event to the words that say it."""
        if relation.shape != "event":
            return True
        words = {word for frame in (*relation.verbs, *relation.nouns, *relation.adjectives) for word in frame.lemmas | frame.noun}
        mentions = self.reading.mentions[vote.subject.mention], self.reading.mentions[vote.object.mention]
        first, last = min(point.i, *(m.start for m in mentions)), max(point.i + 1, *(m.end for m in mentions))
        near = (*self.reading.doc[first:last], point.head)
        return not words or any(token.lemma_.lower() in words for token in near)

    def _is_official_elsewhere(self, vote: Vote, known: list[Statement]) -> bool:
        """Tell whether the text gives an official another country, or a member another party, than a vote does."""
        party = vote.relation == "memberOf" and self.reading.label(vote.object.entity) == "PoliticalParty"
        return (party or vote.relation == "officialOf") and any(
            s.relation in (vote.relation, "leads" if party else vote.relation)
            and s.subject == vote.subject.entity
            and s.object != vote.object.entity
            and s.polarity == "positive"
            and (not party or (isinstance(s.object, str) and self.reading.label(s.object) == "PoliticalParty"))
            for s in known
        )

    def _is_of_themselves(self, vote: Vote) -> bool:
        """Tell whether both ends stand for the same several: "they instructed their ministers" is done by none of them to another."""
        ends = [set(self.reading.of_mention[end.mention]) for end in (vote.subject, vote.object)]
        return (len(ends[0]) > 1 and ends[0] == ends[1]) or (vote.relation in ("met", "spokeWith") and self._are_listed(vote))

    def _is_one_of_several(self, candidate: Candidate) -> bool:
        """Tell whether an end is only one of those of whom the fact may be true: "either Norway or Chad"."""
        return any(is_alternative(self._root(end)) for end in candidate.ends)

    def _is_few(self, end: Argument) -> bool:
        """Tell whether a phrase says how few there are, if any: "few ministers", but "a few ministers", "the few ministers"."""
        few = self._root(end).left_edge
        return few.lower_ == "few" and few.dep_ in ("amod", "det", "nummod")

    def _is_of_whom(self, vote: Vote, relation: Relation) -> bool:
        """Tell whether an end of a deed is a person who only stands beside whoever did it, or had it done: "met aides of Berg", "Berg's brother met"."""
        words = {word for frame in relation.nouns for word in frame.lemmas}
        done: tuple[str, ...] = ("obj", "obl", "nsubj:pass")
        doing: tuple[str, ...] = ("nsubj", "obl:agent")
        if relation.symmetric:
            done = doing = (*done, *doing)
        for end, labels in ((vote.object, done), (vote.subject, doing)):
            person = self.reading.doc[self.reading.mentions[end.mention].root]
            beside = person.head
            of = person.dep_ == "nmod:poss" or (person.dep_ == "nmod" and case_of(person) == "of")
            meant = self.reading.label(end.entity) == "Person" and relation.shape == "event" and beside.pos_ == "NOUN"
            if of and meant and beside.dep_ in labels and beside.lemma_.lower() not in words:
                return True
        return False

    def _is_told_of_another(self, vote: Vote, known: list[Statement]) -> bool:
        """Tell whether a frame says of somebody else, by the same word, what a vote says: "Lind, whose wife Vera Holm was born in Oslo"."""
        word = self._raw(self._point(vote))
        same = (s for s in known if (s.relation, s.object) == (vote.relation, vote.object.entity) and s.subject != vote.subject.entity)
        return any(dict(e.roles).get("trigger") == word for s in same for e in s.evidence)

    def _are_listed(self, vote: Vote) -> bool:
        """Tell whether both ends of a vote are listed as those whom somebody else met: "will meet with Reed and Sato"."""
        tops = {self._top_of_list(self._root(end)) for end in (vote.subject, vote.object)}
        top = tops.pop()
        if top.dep_ == "nsubj":  # "Lind and Berg met with the king"
            return not tops and bool(objects(top.head) or obliques(top.head, "with"))
        return not tops and top.dep_ in ("obj", "obl") and case_of(top) not in ("between", "among") and bool(subjects(top.head))

    def _top_of_list(self, node: Token) -> Token:
        """Return the first of the phrases that one is coordinated with."""
        while node.dep_ in ("conj", "appos", "flat", "nmod:desc") and node.head.i != node.i:
            node = node.head
        return node

    def _is_headed(self, vote: Vote, known: list[Statement]) -> bool:
        """Tell whether a title says already who heads what is named there: in "the commander, Ana Lind, and the Army chief, Rui Andrade" not she."""
        named = ("object", self.matcher.arguments.span(vote.object.mention))
        between = self._between(vote)
        title = any(m.label == "Position" and between and between[0].i <= m.start <= between[-1].i for m in self.reading.mentions)
        parted = vote.relation == "officialOf" and (title or any(t.pos_ == "VERB" for t in between))  # "Lind, the envoy of Peru, met Berg"
        heads = ("leads", "commands", "officialOf") if parted else ("leads", "commands")
        return vote.relation in heads and any(s.relation in heads and s.subject != vote.subject.entity and named in e.roles for s in known for e in s.evidence)

    def _was_done(self, vote: Vote, relation: Relation) -> bool:
        """Tell whether a participle behind the object says that it was done by somebody else, or nobody named: "welcomed the agreement signed in Pretoria"."""
        done = self._root(vote.object).children
        lemmas = {lemma for frame in relation.verbs for lemma in frame.lemmas}
        doer = self.reading.mentions[vote.subject.mention].root
        return any(c.dep_ == "acl" and c.tag_ == "VBN" and c.lemma_ in lemmas and doer not in {a.i for a in agents(c)} for c in done)

    def _renames(self, end: int) -> bool:
        """Tell whether what follows a place is its other name, in brackets or behind a slash: "Chatham Islands (Rekohu)"."""
        return end < len(self.reading.doc) and self.reading.doc[end].text in ("(", "/", "[")

    def statements(self, candidate: Candidate, offices: dict[str, set[str]], believed_: Beliefs, vote: Vote | None = None) -> Iterator[Statement]:
        """Qualify a candidate; nothing for a dated fact without a date, and for what is only asked; two where one denies what another claims."""
        arguments = self.matcher.arguments
        if (stage := self._refusal(candidate)) is not None:
            if candidate.object is not None:
                self.matcher.refused.append(Refused(candidate.relation.name, candidate.subject, candidate.object, candidate.trigger, stage))
            return
        qualified = self._qualified(candidate, vote)
        if qualified.modality != "actual" and any(name == "polarity" and self.reading.doc[i].lemma_.lower() in CUTTING for name, i in qualified.cues):
            return  # "threatened to suspend aid" neither gives nor denies it
        if qualified.polarity == "negative" and self._is_of_partner(candidate, qualified):
            return
        said = candidate.relation.name in _SAID
        found = self._when(candidate, said)
        if candidate.relation.name in _ON_AGENDAS and qualified.modality == "actual" and is_scheduled(candidate.predicate, found):
            qualified = replace(qualified, modality="planned", cues=(*qualified.cues, ("modality", candidate.predicate.i)))
        found = found.beside(candidate.predicate, qualified.modality) if found is not None else None
        if candidate.relation.datatype and (found is None or found.time.start is None):
            return
        object_ = _date_value(found.time) if candidate.relation.datatype and found else candidate.object.entity if candidate.object else ""
        taken = {candidate.subject.entity, object_ if isinstance(object_, str) else ""}
        placed = candidate.object is not None and self.reading.label(candidate.object.entity) in _OF_THEMSELVES
        place = place_of(candidate.predicate, candidate.trigger, arguments, taken, said or placed) if candidate.relation.shape == "event" else None
        place = None if place is not None and place.mention in {end.mention for end in candidate.ends} else place  # "called on both sides"
        speaker = qualified.speaker.entity if qualified.speaker else None
        own = qualified.vouched or self._is_voice(candidate) or self._is_of_home(candidate, qualified)
        statement = Statement(
            relation=candidate.relation.name,
            subject=candidate.subject.entity,
            object=object_,
            theme=self._theme(candidate),
            place=place.entity if place else None,
            time=found.time if found and not candidate.relation.datatype else None,
            polarity=qualified.polarity,
            modality=qualified.modality,
            speaker=speaker,
            own_side=speaker is not None and (own or self._own_side(candidate, speaker, offices)),
            hearsay=qualified.hearsay and not own,
            evidence=(self._evidence(candidate, qualified, found, place, believed_),),
        )
        yield statement
        if qualified.claimed is not None:
            yield self._as_claimed(statement, qualified.claimed)

    def _is_of_partner(self, candidate: Candidate, qualified: Qualified) -> bool:
        """Tell whether one side's refusal says nothing of the other: who "refused to sign a treaty with Chad", or "opposes the deal with Iran"."""
        if candidate.relation.name not in ("signed", "agreedWith"):
            return False
        against = any(name == "polarity" and self.reading.doc[i].lemma_ in _AGAINST for name, i in qualified.cues)
        return against or (candidate.relation.name == "signed" and self._case_of(candidate.subject) == "with")

    def _refusal(self, candidate: Candidate) -> str | None:
        """Return why nothing is said of a candidate: it is only asked, averted, or of few, if any."""
        if not _is_presupposed(candidate) and is_question(candidate.predicate):
            return "question"
        if candidate.relation.shape == "event" and candidate.object is not None and is_averted(candidate.predicate):
            return "register"
        return "register" if any(self._is_few(end) for end in candidate.ends) else None

    def _when(self, candidate: Candidate, said: bool) -> FoundTime | None:
        """Return the time of a candidate; of an office only the years that stand with it: "its head since 2019", "was prime minister from 2009 to 2018"."""
        if candidate.relation.name not in TITLES:
            return candidate.dated or time_of(candidate.predicate, candidate.trigger, self._times(candidate), said)
        roots = ((found, self.reading.doc[found.start : found.end].root) for found in self._told_times)
        return next((found for found, root in roots if root.head.i == candidate.trigger.i and case_of(root) in _TERMS), None)

    def _times(self, candidate: Candidate) -> Sequence[FoundTime]:
        """Return the times that may be those of a candidate: of a state that a noun only names in passing, those beside the noun: "its frigate Dart"."""
        trigger = candidate.trigger
        if candidate.relation.shape == "event" and candidate.object is not None and (each := self._times_of_each(candidate.object)) is not None:
            return each
        if candidate.relation.shape != "state" or trigger.pos_ in ("VERB", "AUX") or candidate.construction not in ("noun", "model") or has_copula(trigger):
            return self._told_times
        if trigger.dep_ not in _NAMING_SLOTS or (trigger.dep_ == "obj" and trigger.head.lemma_ in _BECOME):
            return self._told_times
        below = {t.i for t in trigger.subtree}
        return [found for found in self._told_times if found.start in below]

    def _times_of_each(self, end: Argument) -> Sequence[FoundTime] | None:
        """Return the times of one of several that have times of their own: "invaded Peru in 2021 and Chad in 2022"; None where they have none."""
        member = self._root(end)
        own = self._times_by_head.get(member.i, [])
        gapped = member.dep_ == "conj" and member.head.pos_ == "VERB" and bool(own)
        return own if gapped or sum(m.i in self._times_by_head for m in conjuncts(first_of_list(member))) > 1 else None

    @cached_property
    def _times_by_head(self) -> dict[int, list[FoundTime]]:
        """The times of the text by the word that each hangs on."""
        out: dict[int, list[FoundTime]] = {}
        for found in self._told_times:
            out.setdefault(self.reading.doc[found.start : found.end].root.head.i, []).append(found)
        return out

    @cached_property
    def _told_times(self) -> Sequence[FoundTime]:
        """The times of the text, without what is the name of a ship, "Unaizah May 4", and when people lived: "Lind (1901–1977)"."""
        ships = {i for m in self.reading.mentions if m.form == "name" and m.label == "Vehicle" for i in range(m.start, m.end)}
        beside = {found.start for span in self._lifespans for found in span.within}
        return [found for found in self.times if found.start not in ships | beside]

    @cached_property
    def _lifespans(self) -> tuple[Lifespan, ...]:
        return tuple(lifespans(self.reading, self.times))

    def lived(self) -> Iterator[Candidate]:
        """Yield births and deaths that brackets behind names tell."""
        for span in self._lifespans:
            for name, day in span.days:
                trigger = self.reading.doc[day.start]
                yield Candidate(self.matcher.catalogue.relations[name], span.person, None, trigger, trigger, "lifespan", dated=day)

    def _qualified(self, candidate: Candidate, vote: Vote | None) -> Qualified:
        """Read what qualifies a candidate off its clause, its frame and the vote for it."""
        arguments = self.matcher.arguments
        given = _is_presupposed(candidate) or _is_in_passing(candidate)
        installing = _installing(candidate)
        predicate, trigger = (installing, installing) if installing is not None else (candidate.predicate, candidate.trigger)
        qualified = Qualified() if given else qualify(predicate, trigger, arguments, self.speeches)
        qualified = _as_worded(qualified, candidate) if vote is None else _with_vote(qualified, vote)
        if _is_named_in_passing(candidate, qualified):
            return Qualified()
        if qualified.modality == "actual" and candidate.relation.name == "memberOf" and _is_wished_for(candidate.trigger):
            qualified = replace(qualified, modality="planned", cues=(*qualified.cues, ("modality", candidate.trigger.head.i)))
        if qualified.modality == "actual" and (signing := self._still_to_sign(candidate)) is not None:
            qualified = replace(qualified, modality="planned", cues=(*qualified.cues, ("modality", signing.i)))
        if qualified.polarity == "positive" and qualified.modality == "actual" and self._is_one_of_several(candidate):
            qualified = replace(qualified, modality="possible")
        if candidate.status == "reported" and qualified.speaker is None:
            who = next(iter(arguments.of_phrases(subjects(candidate.trigger))), None)
            qualified = replace(qualified, speaker=who, hearsay=who is None, cues=(*qualified.cues, ("attribution", candidate.trigger.i)))
        disowner = disowning(candidate.trigger)
        if disowner is not None and all(a.entity != candidate.subject.entity for a in arguments.of_phrases(subjects(disowner))):
            return replace(qualified, polarity="positive")  # who "denied any role in the killing of Lind in Oslo" does not deny that she died there
        return qualified

    def _still_to_sign(self, candidate: Candidate) -> Token | None:
        """Return the verb that says that an agreement is still to be signed: "a deal between Chad and Mali, which will be signed in May"."""
        open_ = candidate.relation.name == "partyTo" or (candidate.relation.name == "signed" and candidate.construction == "model")
        pact = self._root(candidate.object) if open_ and candidate.object is not None else None
        around = () if pact is None else (pact.head,) if pact.tag_ == "WDT" else pact.children
        clauses = (c for c in around if c.dep_ in ("acl", "acl:relcl") and c.lemma_ in _SIGN)
        return next((c for c in clauses if qualify(c, c, self.matcher.arguments, self.speeches).modality != "actual"), None)

    def _as_claimed(self, denied: Statement, claim: Claim) -> Statement:
        """Return what somebody claims and the text denies, as told by them."""
        evidence = denied.evidence[0]
        cues = (*(c for c in evidence.cues if c[0] in ("time", "place")), ("attribution", self._raw(self.reading.doc[claim.cue])))
        speaker = claim.speaker.entity if claim.speaker is not None else None
        return replace(
            denied, polarity="positive", speaker=speaker, own_side=False, hearsay=speaker is None, evidence=(replace(evidence, cues=tuple(sorted(cues))),)
        )

    def quotations(self) -> Iterator[Statement]:
        """Yield what is quoted in direct speech of a known speaker: `said`."""
        for speech in self.speeches:
            speakers = self.matcher.arguments.of_head(self.reading.doc[speech.speaker]) if speech.speaker is not None and speech.end > speech.start else ()
            if len(speakers) != 1 or speech.verb is None or not self.matcher.catalogue.admits(("actor",), self.reading.label(speakers[0].entity)):
                continue
            words, verb = self._inner(speech), self._raw(self.reading.doc[speech.verb])
            roles = (("subject", self.matcher.arguments.span(speakers[0].mention)), ("object", words), ("trigger", verb))
            evidence = Evidence(self.document, words, self.text[words.start : words.end], "said.quotation", roles, (("attribution", verb),), (), _QUOTED)
            yield Statement("said", speakers[0].entity, Value(" ".join(evidence.quote.split())), evidence=(evidence,))

    def _inner(self, speech: Speech) -> Span:
        tokens = [t for t in self.reading.doc[speech.start : speech.end] if not t.is_space]
        return self.reading.raw(tokens[0].i, tokens[-1].i + 1) if tokens else self.reading.raw(speech.start, speech.end)

    def _own_side(self, candidate: Candidate, speaker: str, offices: dict[str, set[str]]) -> bool:
        """Tell whether a speaker tells of their own acts or those of the country or body that they serve."""
        mention = self.reading.mentions[candidate.subject.mention]
        if candidate.subject.entity == speaker or self.reading.doc[mention.root].lower_ in _FIRST_PERSON:
            return True
        return candidate.subject.entity in offices.get(speaker, set())

    def _is_voice(self, candidate: Candidate) -> bool:
        """Tell whether who acts is who says "we" in the answer that tells of it: "MINISTER LEGENDRE: … France and Germany have trained thousands"."""
        speech = speech_at(self.speeches, candidate.trigger.i)
        return speech is not None and speech.verb is None and candidate.subject.entity == self.matcher.offices.homes.speaking(candidate.trigger.i)

    def _is_of_home(self, candidate: Candidate, qualified: Qualified) -> bool:
        """Tell whether a body that is not said to be another country's tells of the acts of its own: "Algeria has shut its airspace, the presidency said"."""
        told = next((self.reading.doc[i] for name, i in qualified.cues if name == "attribution"), None)
        who = speaker_of(told) if told is not None and told.pos_ == "VERB" else None
        if who is None or who.lemma_.lower() not in _OFFICIAL or any(c.dep_ in ("nmod:poss", "amod") for c in who.children):
            return False
        return candidate.subject.entity == self.matcher.offices.homes.home(candidate.trigger.i)

    def _theme(self, candidate: Candidate) -> str | Value | None:
        if not candidate.theme:
            return None
        found = self.matcher.arguments.of_head(candidate.theme[0])
        if len(found) == 1 and found[0].entity not in (candidate.subject.entity, candidate.object.entity if candidate.object else ""):
            return found[0].entity
        must = candidate.trigger.i if candidate.trigger.lower_ == "must" else -1  # what must be done stands behind it
        tokens = [t.i for t in candidate.theme[0].subtree if t.i > must]
        while len(tokens) > 1 and must >= 0 and (self.reading.doc[tokens[-1]].is_punct or self.reading.doc[tokens[-1]].is_space):
            tokens.pop()
        while len(tokens) > 1 and self.reading.doc[min(tokens)].text in _MARKS:
            tokens.remove(min(tokens))  # "urged Chad, in line with the accord, to free her"
        span = self.reading.raw(min(tokens), max(tokens) + 1)
        return Value(" ".join(self.text[span.start : span.end].split()))

    def _evidence(self, candidate: Candidate, qualified: Qualified, found: FoundTime | None, place: Argument | None, believed_: Beliefs) -> Evidence:
        mentions = [("subject", candidate.subject.mention)] + ([("object", candidate.object.mention)] if candidate.object else [])
        roles = [(role, self.matcher.arguments.span(index)) for role, index in mentions]
        roles.append(("trigger", self._raw(candidate.trigger)))
        cues = [(name, self._raw(self.reading.doc[i])) for name, i in qualified.cues]
        if found is not None:
            cues.append(("time", self.reading.raw(found.start, found.end)))
        if place is not None:
            cues.append(("place", self.matcher.arguments.span(place.mention)))
        dated = [self.reading.raw(found.start, found.end)] if found is not None and candidate.relation.datatype else []
        span = self._sentence_part(candidate, [*(s for _, s in roles), *dated])
        features = self._features(candidate)
        if candidate.object is not None and believed_:
            features["model"] = round(believed_.get((candidate.relation.name, candidate.subject.entity, candidate.object.entity), 0.0), 3)
        return Evidence(
            self.document,
            span,
            self.text[span.start : span.end],
            candidate.rule,
            tuple(roles),
            tuple(cues),
            tuple(sorted(features.items())),
        )

    def _raw(self, token: Token) -> Span:
        return self.reading.raw(token.i, token.i + 1)

    def _sentence_part(self, candidate: Candidate, spans: list[Span]) -> Span:
        """Return the stretch from the first to the last role; whole sentences where a role stands outside the trigger's."""
        whole = candidate.trigger.sent
        sentence = self.reading.raw(whole.start, whole.end)
        inside = [s for s in spans if s in sentence]
        return Span(min(s.start for s in inside), max(s.end for s in inside)) if inside else sentence

    def _features(self, candidate: Candidate) -> dict[str, float]:
        """Return what tells how surely a fact was read; counts of none are left out."""
        ends = [candidate.subject, *([candidate.object] if candidate.object else [])]
        mentions = [self.reading.mentions[e.mention] for e in ends]
        entities = [self.reading.entity(e.entity) for e in ends]
        counts = {
            "names": sum(m.form == "name" for m in mentions),
            "pronouns": sum(m.form == "pronoun" for m in mentions),
            "nouns": sum(m.form == "noun" for m in mentions),
            "hops": sum(e.hops for e in ends),
            "distance": abs(mentions[0].root - mentions[-1].root),
            "corrected": sum((m.start, m.end) not in self.found for m in mentions),
            "reclassed": sum(m.label != e.type for m, e in zip(mentions, entities, strict=True)),
            "first_person": sum(self.reading.doc[m.root].lower_ in _FIRST_PERSON for m in mentions),
            "heading": not any(t.text in (".", "!", "?") for t in islice((t for t in reversed(candidate.trigger.sent) if not t.is_space), 2)),
            "quoted": speech_at(self.speeches, candidate.trigger.i) is not None,
            "main": candidate.trigger.dep_ == "ROOT",
            "back": max(self._back(mention, entity) for mention, entity in zip(mentions, entities, strict=True)),
            "country": candidate.relation.shape == "event" and entities[-1].type == "Country",
        }
        features = {name: float(count) for name, count in counts.items() if count}
        if rival := self._rival(candidate.relation.name, mentions):
            features["rival"] = round(rival, 3)
        return features | {"entity": round(min(m.score for m in mentions), 3), "arcs": round(self._parsed(candidate.trigger, mentions), 3)}

    def _back(self, mention: TokenMention, entity: Entity) -> int:
        """Return how many words a pronoun or description stands behind the last mention of what it is read as; 0 for names, and where there is none."""
        if mention.form == "name":
            return 0
        before = [other.end for i in entity.mentions if (other := self.reading.mentions[i]).start < mention.start]
        return max(0, mention.start - max(before)) if before else 0

    def _rival(self, relation: str, mentions: Sequence[TokenMention]) -> float:
        """Return how probable the relation head finds another relation between the same two mentions, whichever way."""
        told = self.told.get(frozenset((m.start, m.end) for m in mentions), ())
        supers = self.matcher.catalogue.supers
        return max((p for other, p in told if relation not in (other, *supers(other)) and other not in supers(relation)), default=0.0)

    def _parsed(self, trigger: Token, mentions: Sequence[TokenMention]) -> float:
        """Return the parser's probability of the arcs that join a trigger with the ends in its sentence."""
        if self.arcs is None:
            return 1.0
        own, *chains = (self._chain(word) for word in (trigger.i, *(m.root for m in mentions)))
        words = {word for chain in chains if not chain.isdisjoint(own) for word in chain ^ own}
        return math.prod(self.arcs[word] for word in sorted(words))

    def _chain(self, word: int) -> frozenset[int]:
        """Return a word with all that stand above it."""
        if word not in self.chains:
            token = self.reading.doc[word]
            self.chains[word] = frozenset((word,)) | (self._chain(token.head.i) if token.head.i != word else frozenset())
        return self.chains[word]

    def rejections(self) -> Iterator[Rejected]:
        """Yield what matched a frame but was refused, by class or register."""
        for refused in self.matcher.refused:
            ends = [self.reading.entity(a.entity) for a in (refused.subject, refused.object)]
            reason = f"{refused.relation} does not admit {ends[0].type} and {ends[1].type}" if refused.stage == "class" else _REASONS[refused.stage]
            yield Rejected(refused.stage, reason, f"{ends[0].name} {refused.relation} {ends[1].name}", self._raw(refused.trigger), ends[0].id, ends[1].id)


_REASONS = {
    "register": "the sentence tells of a game, a work or a supposition, or nobody acts in it",
    "question": "the sentence only asks",
    "model": "the relation model finds it improbable",
    "wordless": "the relation model alone finds it, and no word that says so",
    "threshold": "the relation model alone is not sure enough of it",
}


_TAKEN_FOR_GRANTED = ("holdsPosition.model", "bornOn.lifespan", "diedOn.lifespan")
"""Rules that read a phrase which says nothing by itself: a title, years in brackets."""


def _is_presupposed(candidate: Candidate) -> bool:
    """Tell whether a phrase takes a fact for granted, so that nothing around it qualifies it: a title, "the U.S.-South Korean alliance"."""
    if candidate.construction in ("model", "lifespan"):
        return candidate.rule in _TAKEN_FOR_GRANTED
    trigger = candidate.trigger
    charged = candidate.relation.name == "accused"  # "Kyiv's claim that Minsk bombed it is false": it has claimed it
    if candidate.construction == "noun" and (charged or (candidate.relation.name == "requested" and _is_answered(trigger))):
        return True
    if says_how_far(trigger) or any(c.lower_ in ("not", "never") and c.dep_ == "advmod" for c in trigger.children):
        return False  # "Switzerland, not a member of NATO"
    if candidate.relation.family == "life" and trigger.pos_ == "NOUN" and trigger.dep_ in ("nsubj", "nsubj:pass", "iobj", "obl", "appos", "nmod"):
        return True  # "his brother Zakaria was not allowed to attend"
    if _is_charge(trigger):
        return False
    lasting = candidate.relation.family == "life" or (candidate.relation.name in ("subsidiaryOf", "alliedWith") and candidate.construction == "noun")
    if lasting and trigger.dep_ == "obj" and any(c.dep_ in ("appos", "flat") and c.pos_ == "PROPN" for c in trigger.children):
        return True  # "decided to free the Polish journalist Ana Lind", "will not sell its subsidiary, Volta Ltd"
    if _is_up_to_verb(candidate):
        return False
    named = candidate.relation.name == "basedIn" and trigger.pos_ == "PROPN"  # "may petition the Appeal Court in London"
    return candidate.relation.name in TITLES or named or (
        candidate.relation.shape == "state" and candidate.construction == "noun" and candidate.trigger.dep_ in ("nmod", "nmod:poss", "obl", "appos")
    )


def _installing(candidate: Candidate) -> Token | None:
    """Return the verb by which somebody comes into, or is in, the office that a candidate is of: "will serve as minister"."""
    return put_into_office(candidate.trigger) if candidate.relation.name in TITLES and candidate.construction == "noun" else None


def _is_up_to_verb(candidate: Candidate) -> bool:
    """Tell whether a verb, and what it says of itself, decides whether a fact holds: it tells it, or puts somebody or something there."""
    trigger = candidate.trigger
    predicated = trigger.dep_ == "xcomp" or (trigger.dep_ == "obj" and trigger.head.lemma_ in _BECOME)
    told = trigger.pos_ == "VERB" or has_copula(trigger) or (predicated and trigger.head.pos_ == "VERB")
    return told or _installing(candidate) is not None or _is_to_be_built(candidate)


def _is_to_be_built(candidate: Candidate) -> bool:
    """Tell whether a place lies somewhere only if what a verb says is so: "denied building a base in Chad", "supports their membership of the union"."""
    noun = candidate.trigger
    indefinite = any(c.dep_ == "det" and c.lower_ in ("a", "an", "any", "no") for c in noun.children)
    built = candidate.relation.name == "locatedIn" and noun.dep_ in ("obj", "nsubj:pass") and noun.head.lemma_ in _BUILD and indefinite
    return built or (candidate.relation.name == "memberOf" and _is_wished_for(noun))


def _is_wished_for(membership: Token) -> bool:
    """Recognise a membership that somebody wants for others: "supports Georgia's membership of NATO", "Brazil's bid for membership"."""
    head = membership.head
    backed = membership.dep_ == "obj" and head.lemma_ in ("support", "back", "oppose", "favour", "favor", "seek", "want", "propose", "block", "veto", "offer")
    sought = head.lemma_ in ("support", "bid", "application", "request", "opposition", "backing", "push") and case_of(membership) in ("for", "to")
    return membership.lemma_ == "membership" and (backed or sought)


def _is_answered(request: Token) -> bool:
    """Tell whether somebody answers what another has asked, whatever they answer: "rejected Norway's request to free her"."""
    return request.dep_ in ("obj", "nsubj:pass") and request.head.lemma_ in ANSWERING and bool(possessors(request))


def _is_held_against(statement: Statement, text: str) -> bool:
    """Tell whether others say something of somebody that a bare "it" may deny; a word before a noun, "the alleged leader", only says who is meant."""
    if statement.relation not in _HELD_AGAINST or statement.status != "reported":
        return False
    said_by = (span for evidence in statement.evidence for name, span in evidence.cues if name == "attribution")
    return not any(text[span.start : span.end].lower() in CALLED for span in said_by)


def _is_charge(noun: Token) -> bool:
    """Recognise what somebody is charged with: "charged with membership of al-Shabaab"."""
    return noun.head.lemma_ in ALLEGE and is_alleged(noun)


def _is_in_passing(candidate: Candidate) -> bool:
    """Tell whether the relation head reads a state off a phrase, not off a predicate that says it: "Germany may send its frigate Bonn" operates it."""
    if candidate.construction != "model" or candidate.relation.shape != "state":
        return False
    return not any(candidate.trigger.lemma_.lower() in frame.lemmas for frame in candidate.relation.verbs)


def _is_named_in_passing(candidate: Candidate, qualified: Qualified) -> bool:
    """Tell whether a phrase only names by a lasting state somebody of whom something else is said: "Prairie Foods said it had sued Gruber, its founder"."""
    trigger = candidate.trigger
    if qualified.polarity == "negative" or qualified.modality != "actual" or candidate.construction != "noun" or has_copula(trigger):
        return False
    if _is_charge(trigger) or says_how_far(trigger) or _installing(candidate) is not None or _is_to_be_built(candidate):
        return False
    lasting = candidate.relation.shape == "state" and candidate.relation.name != "partyTo"  # nor an agreement that is welcomed
    return trigger.dep_ in _NAMING_SLOTS and (lasting or candidate.relation.name in ("bornIn", "diedIn", "founded"))


def _as_worded(qualified: Qualified, candidate: Candidate) -> Qualified:
    """Add what the words of a frame themselves say: "pledged two jets" is still to come, "skipped the summit" did not happen."""
    cues = (*qualified.cues, ("polarity" if candidate.status == "denied" else "modality", candidate.trigger.i))
    if candidate.status == "denied":
        return replace(qualified, polarity="negative" if qualified.polarity == "positive" else "positive", cues=cues)
    if candidate.status == "planned" and qualified.modality == "actual":
        return replace(qualified, modality="planned", cues=cues)
    return qualified


def _with_vote(qualified: Qualified, vote: Vote) -> Qualified:
    """Let the relation head's status decide where the parse shows nothing and the head is sure."""
    if vote.certainty < _SURE or qualified.polarity == "negative" or qualified.modality != "actual":
        return qualified
    if vote.status == "denied":
        return replace(qualified, polarity="negative")
    return replace(qualified, modality="planned") if vote.status == "planned" else qualified


def _lifts(verb: Token) -> bool:
    """Tell whether a verb, or that of which a noun is the object, says the reverse of a sanction: "lifted sanctions on Mali", "will double its aid to Mali"."""
    lifted = verb.lemma_ in _LIFTING and any(o.lemma_.lower() in MEASURES for o in objects(verb))
    return lifted or (verb.head if verb.pos_ == "NOUN" else verb).lemma_ in _RAISING


def _date_value(time: Time) -> Value:
    datatype = {"year": "xsd:gYear", "month": "xsd:gYearMonth", "day": "xsd:date"}.get(time.precision, "xsd:string")
    return Value(time.start or "", datatype)


def _merged(statements: Iterable[Statement]) -> list[Statement]:
    """Join statements that say the same: same ends, stance and no conflict of place and time."""
    out: list[Statement] = []
    for statement in statements:
        for number, other in enumerate(out):
            if _same_claim(statement, other):
                out[number] = _joined(other, statement)
                break
        else:
            out.append(statement)
    return out


def _same_claim(one: Statement, other: Statement) -> bool:
    stance = ("relation", "subject", "object", "polarity", "modality", "speaker", "hearsay")
    return all(getattr(one, name) == getattr(other, name) for name in stance) and all(
        getattr(one, name) is None or getattr(other, name) is None or getattr(one, name) == getattr(other, name) for name in ("place", "time")
    )


def _joined(one: Statement, other: Statement) -> Statement:
    known = {e.span for e in one.evidence}
    evidence = one.evidence + tuple(e for e in other.evidence if e.span not in known)
    return replace(
        one,
        place=one.place or other.place,
        time=one.time or other.time,
        theme=one.theme or other.theme,
        own_side=one.own_side or other.own_side,
        evidence=evidence,
    )


def _without_weaker(statements: list[Statement], catalogue: Catalogue) -> list[Statement]:
    """Drop what a stronger statement of the same ends and stance implies."""
    implied = {(upper, s.subject, s.object, s.polarity) for s in statements for upper in catalogue.supers(s.relation)}
    return [s for s in statements if (s.relation, s.subject, s.object, s.polarity) not in implied]
