"""What those who speak do by saying it: ask of others what these must do, blame who they say is responsible, condemn what they call barbaric."""

from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Token

from graphbuild.classes import DEEDS
from graphbuild.entities import Reading
from graphbuild.language.index import spelled
from graphbuild.mentions import TokenMention
from graphbuild.relations.arguments import Argument, Arguments
from graphbuild.relations.conditions import BLAME, CLAIMED, FALSE
from graphbuild.relations.deeds import Deeds, cruel
from graphbuild.speech import SAY, Speech, is_to_blame, reported_by, speech_at
from graphbuild.syntax import case_of, conjuncts, has_copula, is_negated, is_passive, marker_of, modifiers, obliques, surface_subjects
from graphbuild.voice import FIRST_PLURAL

_POINTING = frozenset("this that it these those".split())
"""Subjects that take up what was told before."""
_ACTS = frozenset(
    "act attack crime violence atrocity deed bombing strike outrage massacre murder slaughter killing tragedy behaviour behavior terrorism".split()
)
"""What a deed is called."""
_NEEDED = frozenset("imperative vital essential crucial critical incumbent".split())
_WRONGS = frozenset(
    "death attack killing murder massacre violence atrocity crime violation abuse suffering bloodshed destruction torture war aggression bombing strike"
    " airstrike offensive crisis catastrophe famine displacement terrorism brutality treatment shelling escalation casualty offence rape".split()
)
"""What one is blamed for who is called responsible for it."""
_SPEAKERS = frozenset(("Person", "Country", "Organization", "GovernmentBody", "Alliance", "PoliticalParty", "MilitaryForce"))
_CHARGED = _SPEAKERS | {"ArmedGroup"}

_VILE = frozenset("brutal murderous barbaric evil vile despicable bloodthirsty barbarous savage genocidal tyrannical loathsome despotic".split())
"""Adjectives that condemn whom they are said of."""

_HARSH = (
    BLAME
    | _VILE
    | frozenset("appalling deplorable inexcusable unforgivable inhumane reprehensible unconscionable repugnant senseless callous depraved monstrous".split())
)
"""What nobody calls a deed but to condemn it."""
_GUILT = ("responsibility", "responsibilities", "responsible", "blame", "blames", "blamed", "blaming")
_BINDING = frozenset(("must", "need", "needs", "have", "has", "'ve", "’ve", "'s", "’s")) | _NEEDED
"""Words that may say what somebody has to do."""
_TITLE = 6
"""How far from a name, in tokens, stands what its bearer speaks for."""

Act = tuple[str, Argument, Argument, Token, tuple[Token, ...]]
"""Relation, who speaks, to or of whom, the word that says it, and what is asked or told."""


class SpeechActs:
    """Finds them in one document."""

    def __init__(self, reading: Reading, arguments: Arguments, deeds: Deeds, speeches: tuple[Speech, ...]) -> None:
        self.reading, self.doc, self.arguments, self.deeds, self.speeches = reading, reading.doc, arguments, deeds, speeches

    def facts(self) -> Iterator[Act]:
        """Yield them in text order, each kind for itself."""
        for token in spelled(self.doc, _BINDING):
            yield from self._obligation(token)
        behind = {case.head.i for case in spelled(self.doc, ("behind",))}
        for place in sorted({t.i for t in spelled(self.doc, _GUILT)} | behind):
            yield from self._charge(self.doc[place])
        for token in spelled(self.doc, _VILE):
            yield from self._epithet(token)
        for token in spelled(self.doc, FALSE):
            yield from self._refutation(token)
        for kind in (self._judgement, self._cruelty):
            for token in self.doc:
                yield from kind(token)

    def _obligation(self, must: Token) -> Iterator[Act]:
        """Match what a speaker says that others must do."""
        deed = _must(must)
        if deed is None:
            return
        bound = deed if must.dep_ == "aux" or must.lower_ in _NEEDED else must
        for speaker in self._speakers(bound):
            for addressee in self.arguments.of_phrases(surface_subjects(bound)):
                named = self.reading.mentions[addressee.mention].form != "pronoun"
                if named and addressee.entity != speaker.entity and not self._is_own(speaker, addressee, must):
                    yield "requested", speaker, addressee, must, (deed,)

    def _is_own(self, speaker: Argument, other: Argument, at: Token) -> bool:
        """Tell whether somebody speaks for what they speak of: "Kenya must act, said President Lind of Kenya" asks nobody else."""
        mentions, told = self.reading.mentions, speech_at(self.speeches, at.i)
        own = self.reading.entity(other.entity).mentions
        ours = [mentions[i].start for i in own if self.doc[mentions[i].root].lower_ in FIRST_PLURAL]
        if any(speech_at(self.speeches, start) == told for start in ours):
            return True
        names = [mentions[i] for i in self.reading.entity(speaker.entity).mentions if mentions[i].form == "name"]
        return any(self._is_beside(name, mentions[i]) for name in names for i in own)

    def _is_beside(self, name: TokenMention, other: TokenMention) -> bool:
        """Tell whether no clause goes on between a name and what stands before it, or behind it after a comma."""
        before = name.start - _TITLE <= other.start < name.start
        behind = name.end < other.start <= name.end + _TITLE and self.doc[name.end].text == ","
        between = self.doc[other.end : name.start] if before else self.doc[name.end : other.start]
        return (before or behind) and not any(t.pos_ in ("VERB", "AUX") or t.text in ('"', "”", ".") for t in between)

    def _charge(self, token: Token) -> Iterator[Act]:
        """Match who a speaker says is responsible, or to blame, for a deed: "the regime bears responsibility for this attack"."""
        guilt, charged = _guilty(token)
        if not charged or is_negated(guilt) or any(c.dep_ == "aux" and c.tag_ == "MD" for c in guilt.children):
            return
        behind = [token] if case_of(token) == "behind" and has_copula(token) else []
        deeds = [m for m in (*modifiers(token, "for"), *obliques(guilt, "for"), *behind) if _is_wrong(m)]
        for speaker in self._speakers(guilt) if deeds else ():
            for accused in self.arguments.of_phrases(charged):
                if accused.entity != speaker.entity and self.reading.label(accused.entity) in _CHARGED:
                    yield "accused", speaker, accused, token, (deeds[0],)

    def _judgement(self, word: Token) -> Iterator[Act]:
        """Match what a speaker calls barbaric, cowardly, a crime: "the attack was a barbaric act of terror"; its doer where one is named."""
        noun = _called(word) if word.lemma_.lower() in _HARSH else None
        if noun is None or is_negated(noun) or marker_of(noun) == "if" or any(c.dep_ == "aux" and c.tag_ == "MD" for c in noun.children):
            return
        subjects = surface_subjects(noun)
        named = [s for s in subjects if _is_deed(s) or (word.lower_ in _VILE and self._is_charged(s))]
        if not named and not (any(s.lower_ in _POINTING for s in subjects) and noun.lemma_.lower() in _ACTS):
            return
        for speaker in self._speakers(noun):
            judged = self.deeds.meant_by(c for s in named for c in conjuncts(s)) or tuple(self.deeds.actors(self.deeds.doers(noun)))
            for object_ in judged:
                if object_.entity != speaker.entity:
                    yield "condemned", speaker, object_, word, ()

    def _refutation(self, word: Token) -> Iterator[Act]:
        """Match whose claim a speaker calls false: "the Kenyan statement about this mission is false", "Novak's allegation is baseless"."""
        noun = _called(word)
        if noun is None or is_negated(noun) or marker_of(noun) == "if" or any(c.dep_ == "aux" and c.tag_ == "MD" for c in noun.children):
            return
        claims = [s for s in surface_subjects(noun) if s.lemma_.lower() in CLAIMED]
        for speaker in self._speakers(noun) if claims else ():
            for object_ in (a for c in claims for a in self.deeds.agents_of(c)):
                if object_.entity != speaker.entity and self.reading.label(object_.entity) in _CHARGED | {"MediaOrganization"}:
                    yield "rejected", speaker, object_, word, ()

    def _cruelty(self, verb: Token) -> Iterator[Act]:
        """Match whom a speaker condemns by what a deed shows of them: "it demonstrates the barbarity of Boko Haram"."""
        shown = cruel(verb) if verb.pos_ == "VERB" and not is_negated(verb) else []
        for speaker in self._speakers(verb) if shown else ():
            for object_ in self.deeds.meant_by(shown):
                if object_.entity != speaker.entity:
                    yield "condemned", speaker, object_, verb, ()

    def _epithet(self, adjective: Token) -> Iterator[Act]:
        """Match whom a speaker condemns in passing: "Novak's murderous regime cannot stay"."""
        if adjective.dep_ != "amod" or adjective.lower_ not in _VILE:
            return
        for speaker in self._speakers(adjective.head):
            for object_ in self.arguments.of_head(adjective.head):
                if object_.entity != speaker.entity and self.reading.label(object_.entity) in _CHARGED:
                    yield "condemned", speaker, object_, adjective, ()

    def _is_charged(self, noun: Token) -> bool:
        """Tell whether a noun stands for somebody of whom something can be said, and not for who says it."""
        found = self.arguments.of_head(noun)
        return bool(found) and all(self.reading.label(a.entity) in _CHARGED for a in found)

    def _speakers(self, token: Token) -> tuple[Argument, ...]:
        """Return who says what a clause tells: the nearest of who is said to say it, the speaker of the speech, those whose text it is."""
        told, speech = reported_by(token), speech_at(self.speeches, token.i)
        found: tuple[Argument, ...] = ()
        if told is not None and told[1].pos_ == "VERB" and told[1].lemma_ in SAY:
            found = self._able(self.arguments.of_head(told[0])[:1])
        if not found and speech is not None and speech.speaker is not None:
            found = self._able(self.arguments.of_head(self.doc[speech.speaker])[:1])
        return self._able(self._authors) if told is None and speech is None else found

    def _able(self, found: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """Keep who can speak."""
        return tuple(a for a in found if self.reading.label(a.entity) in _SPEAKERS)

    @cached_property
    def _authors(self) -> tuple[Argument, ...]:
        """Return the country or body that says "we" outside of any speech, or those that do together; nobody if "we" are now some, now others."""
        own = {
            self.reading.of_mention[i]: i
            for i, m in enumerate(self.reading.mentions)
            if m.form == "pronoun" and self.doc[m.root].lower_ in FIRST_PLURAL and i in self.reading.of_mention and speech_at(self.speeches, m.start) is None
        }
        return tuple(Argument(entity, i) for entities, i in own.items() for entity in entities) if len(own) == 1 else ()


def _must(token: Token) -> Token | None:
    """Return what somebody must do, by the word that says so: "must", "needs to", "has to"; "they must be allowed to go on" asks nothing of them."""
    if token.lower_ == "must" and token.dep_ == "aux":
        known = any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.head.children)  # "must have known"
        return token.head if token.head.pos_ == "VERB" and not is_passive(token.head) and not known else None
    if token.lower_ in _NEEDED:
        return _needed(token)
    if token.lemma_ not in ("need", "have") or token.tag_ not in ("VBZ", "VBP") or is_negated(token):
        return None
    deed = next((c for c in token.children if c.dep_ == "xcomp" and c.tag_ == "VB" and c.pos_ == "VERB" and c.i <= token.i + 3), None)
    return deed if deed is not None and marker_of(deed) == "to" and not is_passive(deed) else None


def _needed(adjective: Token) -> Token | None:
    """Return the verb of what is said to be needed: "it is imperative for all sides to withdraw", "it is vital that Russia withdraw"."""
    if not has_copula(adjective) or not any(c.lower_ == "it" for c in adjective.children):
        return None
    clauses = [c for c in adjective.children if c.dep_ in ("ccomp", "xcomp", "csubj", "advcl", "acl") and c.i > adjective.i and c.pos_ == "VERB"]
    return next((c for c in clauses if any(g.dep_ == "nsubj" for g in c.children) and c.tag_ in ("VB", "VBP")), None)


def _is_deed(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in _ACTS | DEEDS


def _is_wrong(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and any(n.lemma_.lower() in _ACTS | DEEDS | _WRONGS for n in conjuncts(noun))


def _guilty(token: Token) -> tuple[Token, list[Token]]:
    """Return the predicate that a word for guilt belongs to, and who it says is guilty: "bears responsibility", "is responsible", "are to blame"."""
    if token.lemma_ == "responsibility" and token.dep_ == "obj" and token.head.lemma_ in ("bear", "share", "carry"):
        return token.head, surface_subjects(token.head)
    if (token.lower_ == "responsible" and has_copula(token)) or is_to_blame(token):
        return token, surface_subjects(token)
    if case_of(token) == "behind" and has_copula(token):
        return token, surface_subjects(token)  # "was behind the attack"
    if token.lemma_ in ("responsibility", "blame") and token.dep_ == "nsubj" and token.head.lemma_ in ("lie", "rest", "fall"):
        return token.head, obliques(token.head, "with") or obliques(token.head, "on")  # "responsibility for the attack rests with"
    return token, []


def _called(word: Token) -> Token | None:
    """Return the predicate by which something is called what a word says: "was an outrage", "is a cowardly and barbaric act", "was an act of terrorism"."""
    node = word
    while node.head.i != node.i and not has_copula(node) and node.dep_ in ("amod", "conj", "nmod"):
        node = node.head
    return node if has_copula(node) else None
