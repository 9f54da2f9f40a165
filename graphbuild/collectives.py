"""Whom "both sides", "the two leaders", "they" stand for together: the last who were named together, met, or are at odds."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from itertools import pairwise

from spacy.tokens import Doc, Token

from graphbuild.chains import Chains, acting_on, phrase_head, sentence_before
from graphbuild.language.inflection import uninflected
from graphbuild.mentions import TokenMention
from graphbuild.names import family
from graphbuild.syntax import case_of, conjuncts

COUNTRY_NOUNS = frozenset("country nation state".split())
_STATE_NOUNS = frozenset("neighbour neighbor capital government republic power".split())
"""Nouns that stand for countries where several are meant: both capitals."""
_STATES_FIRST = frozenset("ally foe enemy signatory".split())
"""Nouns for countries rather than for others, where several are meant."""
_ANY = frozenset("both neither either".split())
"""Words that may stand for whatever two were named last."""
_VEHICLE_NOUNS = frozenset("ship vessel frigate destroyer warship boat submarine aircraft plane".split())
_FIRM_NOUNS = frozenset(
    "company firm bank airline organisation organization union club university college school institute foundation charity association federation"
    " lender insurer carrier operator manufacturer maker retailer brewer producer supplier supermarket chain utility newspaper broadcaster publisher"
    " party hospital museum team agency authority council commission court corporation business conglomerate cooperative co-operative".split()
)
_BODY_NOUNS = frozenset("group body ministry bloc force army".split())
OFFICE_NOUNS = frozenset(
    "leader minister president official man woman diplomat general counterpart chief commander premier brother sister candidate prisoner hostage envoy"
    " negotiator suspect defendant author colleague guest visitor officer ambassador director husband wife couple foreigner chancellor king"
    " secretary governor mayor senator lawmaker politician judge lawyer prosecutor journalist soldier admiral colonel businessman spokesman founder"
    " bishop priest scientist writer engineer friend son daughter nominee laureate".split()
)
_SIDE_NOUNS = (
    frozenset("side government team army force capital neighbour neighbor ally partner rival republic power foe enemy signatory brother-in-law".split())
    | COUNTRY_NOUNS | _VEHICLE_NOUNS | _FIRM_NOUNS | _BODY_NOUNS | OFFICE_NOUNS
)  # fmt: skip
PARTIES = frozenset("side party".split())
_JOINT = PARTIES | COUNTRY_NOUNS | frozenset("leader government company firm".split())
"""Nouns whose plural alone takes up those of whom the text spoke as one."""
_PRINCIPALS = frozenset("leader president minister secretary premier chancellor king".split())
"""Nouns whose plural alone takes up two who met."""
_COUNTS = {"two": 2, "both": 2, "pair": 2, "duo": 2, "neither": 2, "either": 2, "three": 3, "trio": 3, "four": 4, "five": 5, "six": 6}
"""Words that say how many a collective stands for."""
_DEFINITE = frozenset("the both all neither either these those our their its his her pair duo trio such".split())
_CROSSED = frozenset(
    "border frontier river street road line frontline divide strait sea ocean coast canal bridge valley mountain wall fence barrier gulf aisle atlantic"
    " channel bay lake town city".split()
)
"""What has sides that are places."""
_AND = frozenset("and or nor & plus".split())
_SENTENCES_BACK = 4
_MEETING_VERBS = frozenset("meet host receive welcome greet join see call telephone phone speak talk confer visit".split())
_MEETING_NOUNS = frozenset("meeting talk talks discussion call conversation phone consultation".split())
_ACTING = ("nsubj", "nsubj:pass", "nsubj:outer")
_MODIFYING = frozenset(("amod", "compound", "nmod:poss"))
_SINGULAR = frozenset(("person", "country", "vehicle", "place"))
"""Families of which one alone is hardly "they"."""
ACTORS = frozenset(("person", "country", "organization"))

_Spoken = tuple[TokenMention, tuple[int, ...]]
"""A mention, and the clusters that it stands for."""


class Collectives:
    """Finds the clusters that a mention stands for together."""

    def __init__(self, doc: Doc, chains: Chains) -> None:
        self.doc, self.chains = doc, chains

    def of(self, mention: TokenMention) -> tuple[int, ...]:
        """Resolve "the two countries", "both sides", "the three" to the last so many that were named together."""
        head, words = self.doc[mention.root], {t.lower_ for t in self.doc[mention.start : mention.end]}
        count = next((number for word, number in _COUNTS.items() if word in words), None)
        if count is None:
            return self._uncounted(mention)
        if not words & _DEFINITE or self._is_told_behind(head):
            return ()
        bare = head.lower_ in _COUNTS
        noun = head.lemma_.lower() if bare or head.lemma_.lower() in _SIDE_NOUNS else uninflected(head.lower_, "NOUN", _SIDE_NOUNS.__contains__)
        if noun == "side" and any(c.dep_ == "nmod" and case_of(c) == "of" and c.lemma_.lower() in _CROSSED for c in head.children):
            return ()  # "on both sides of the border"
        if noun is None or not (bare or "neither" in words or "either" in words or head.lower_.endswith("s") or head.tag_ in ("NNS", "NNPS")):
            return ()
        people = bare and noun not in _ANY and mention.label == "Person" and self._named(mention, "person".__eq__)  # "the two discussed", "the pair"
        kinds = ("person".__eq__,) if people else _kinds_in_turn(noun, count)
        outsiders = acting_on(self.doc, self.chains, mention)
        named = next((found for kind in kinds if (found := self._so_many(mention, kind, count, outsiders))), ())
        telling = named or next((found for kind in kinds if (found := self._telling(mention, kind, count))), ())
        return telling or self._paired(mention, noun, outsiders)

    def _is_told_behind(self, head: Token) -> bool:
        """Tell whether a clause without a comma says who they are: "the pair whom Chad has charged"."""
        clause = next((c for c in head.children if c.dep_ == "acl:relcl"), None)
        first = next((t for t in clause.subtree if not t.is_punct), None) if clause is not None else None
        return first is not None and not self.doc[first.i - 1].is_punct

    def _paired(self, mention: TokenMention, noun: str, outsiders: Collection[int]) -> tuple[int, ...]:
        """Take two persons for both sides only where nobody else can be meant, and the two are named together or met."""
        people = [(i, m) for i, m in self._named(mention, lambda kind: kind == "person") if self.chains.of[i][0] not in outsiders] if noun in PARTIES else []
        pairs = {tuple(sorted((self.chains.of[i][0], self.chains.of[j][0]))) for (i, one), (j, other) in pairwise(people) if self._together(one, other)}
        pair = pairs.pop() if len(pairs) == 1 else ()
        return pair if len(set(pair)) == 2 else ()

    def _telling(self, mention: TokenMention, kind: Callable[[str], bool], count: int) -> tuple[int, ...]:
        """Take those who say or do together what is told of them: "Chad and Mali said that a raid would be an attack on both countries"."""
        clause = next((t for t in self.doc[mention.root].ancestors if t.dep_ in ("ccomp", "advcl") and t.pos_ in ("VERB", "AUX", "ADJ", "NOUN")), None)
        above = clause.head if clause is not None else None
        acting = [s for c in above.children if c.dep_ in _ACTING and c.i < clause.i for s in conjuncts(c)] if above is not None and clause is not None else []
        found = {c for i, m in self._named(mention, kind) for c in self.chains.of[i] if any(phrase_head(self.doc[m.root]).i == s.i for s in acting)}
        return tuple(sorted(found)) if len(found) == count == len(acting) else ()

    def is_counted(self, mention: TokenMention) -> bool:
        """Tell whether a plural says how many it stands for: "the two firms", "these three ministers"."""
        counted = any(t.lower_ in _COUNTS for t in self.doc[mention.start : mention.root])
        return counted and self.doc[mention.root].tag_ in ("NNS", "NNPS") and self.doc[mention.start].lower_ in _DEFINITE

    def are_principals(self, mention: TokenMention) -> bool:
        """Tell whether a plural stands, without more words, for those who issue a joint statement: "the ministers"."""
        words = [t.lower_ for t in self.doc[mention.start : mention.end]]
        return len(words) == 2 and words[0] == "the" and self.doc[mention.root].lemma_.lower() in _PRINCIPALS and words[1].endswith("s")

    def _so_many(self, mention: TokenMention, kind: Callable[[str], bool], count: int, outsiders: Collection[int]) -> tuple[int, ...]:
        """Find the last so many of a kind: spoken of as one, or listed; else, of two, the foremost of the text; else the only so many near by."""
        named = [(i, m) for i, m in self._named(mention, kind) if self.chains.of[i][0] not in outsiders]
        if count != 2:
            return self._again(mention, kind, count) or self._last_list(named, count) or self._only(mention, named, count)
        spoken = self._spoken_of(mention, kind, outsiders)
        pair, foremost = self._last_pair(mention, spoken), self._foremost(mention, named)
        if not pair and self.doc[mention.root].lemma_.lower() in PARTIES and (met := self._only_pair_met(mention)):
            return met
        pair = pair or _only_two(spoken)
        if pair and foremost and self._is_passing(pair, foremost, named):
            return foremost
        tails = {m.start for (_, one), (_, other) in pairwise(named) if self._are_of_more(one, other) for m in (one, other)}
        return pair or foremost or self._last_list([n for n in named if n[1].start not in tails], count) or self._only(mention, named, count)

    def _is_passing(self, pair: tuple[int, ...], foremost: tuple[int, ...], named: list[tuple[int, TokenMention]]) -> bool:
        """Tell whether two who are named together are only touched on, in a text that speaks of two others again and again."""
        counts = Counter(self.chains.of[i][0] for i, _ in named)
        return not set(pair) & set(foremost) and all(counts[c] <= 1 for c in pair) and all(counts[c] > 1 for c in foremost)

    def _uncounted(self, mention: TokenMention) -> tuple[int, ...]:
        """Resolve "the sides", "the leaders" to those of whom the sentences just before spoke as one."""
        head = self.doc[mention.root]
        noun = head.lemma_.lower()
        definite = mention.end - mention.start == 2 and self.doc[mention.start].lower_ in ("the", "these")
        if noun not in _JOINT | _PRINCIPALS or head.tag_ not in ("NNS", "NNPS") or not definite:
            return ()
        found = self._again(mention, _kind_of(noun), None) if noun in _JOINT else ()
        return found or ((self._only_pair_met(mention) or self._only_assembly(mention)) if noun in _PRINCIPALS else ())

    def _only_assembly(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the persons who alone are listed as acting together in the text so far, else the countries of "the ministers of Peru, Chad and Mali"."""
        lists: dict[int, list[int]] = defaultdict(list)
        offices: dict[int, list[int]] = defaultdict(list)
        for i, m in self._named(mention, lambda kind: kind in ("person", "country")):
            top = self.doc[self._top_of_list(m)]
            if m.label == "Person" and top.dep_ in _ACTING:
                lists[top.i].append(self.chains.of[i][0])
            elif m.label == "Country" and top.dep_ == "nmod" and top.head.lemma_.lower() in _PRINCIPALS and top.head.tag_ in ("NNS", "NNPS"):
                offices[top.i].append(self.chains.of[i][0])
        return _only_of_several(lists.values()) or _only_of_several(offices.values())

    def _only_pair_met(self, mention: TokenMention) -> tuple[int, ...]:
        """Return the two persons who met or spoke with each other in the text so far, if no others did: a readout says "the leaders" ever after."""
        people = [(i, m) for i, m in self._named(mention, lambda kind: kind == "person") if m.label == "Person"]
        met = {tuple(sorted((self.chains.of[i][0], self.chains.of[j][0]))) for (i, one), (j, other) in pairwise(people) if self._meet(one, other)}
        pair = met.pop() if len(met) == 1 else ()
        return pair if len(set(pair)) == 2 else ()

    def _again(self, mention: TokenMention, kind: Callable[[str], bool], count: int | None) -> tuple[int, ...]:
        """Take up the last collective of a kind in this sentence and the two before."""
        first = sentence_before(self.doc, mention.start, 2)
        for i in range(len(self.chains.mentions) - 1, -1, -1):
            other, clusters = self.chains.mentions[i], self.chains.of.get(i, ())
            if first <= other.start and other.end <= mention.start and len(clusters) > 1 and count in (None, len(clusters)):
                return clusters if all(kind(family(self.chains.label(c))) for c in clusters) else ()
        return ()

    def last_several(self, mention: TokenMention) -> tuple[int, ...]:
        """Take up the last who were spoken of as one just before."""
        return self._again(mention, ACTORS.__contains__, None)

    def _named(self, mention: TokenMention, kind: Callable[[str], bool]) -> list[tuple[int, TokenMention]]:
        """Return the names of a kind before a mention."""
        return [
            (i, m)
            for i, m in enumerate(self.chains.mentions)
            if m.end <= mention.start and m.form == "name" and len(self.chains.of.get(i, ())) == 1 and kind(family(m.label))
        ]

    def _foremost(self, mention: TokenMention, named: list[tuple[int, TokenMention]]) -> tuple[int, ...]:
        """Take the two of whom the text speaks most, if it speaks of no third as often and has named the two in one sentence; "both" alone is too vague."""
        if self.doc[mention.root].lower_ in _COUNTS:
            return ()
        counts = Counter(self.chains.of[i][0] for i, _ in named)
        ranked = sorted(counts, key=lambda c: (-counts[c], c))
        if len(ranked) < 3 or counts[ranked[1]] < 2 or counts[ranked[2]] == counts[ranked[1]]:
            return ()
        sentences = [{self.doc[m.start].sent.start for i, m in named if self.chains.of[i][0] == cluster} for cluster in ranked[:2]]
        return tuple(sorted(ranked[:2])) if sentences[0] & sentences[1] else ()

    def _last_list(self, named: list[tuple[int, TokenMention]], count: int) -> tuple[int, ...]:
        """Find the last so many of one kind that are listed together."""
        listed: list[tuple[int, TokenMention]] = []
        for i, one in reversed(named):
            if listed and not (family(one.label) == family(listed[-1][1].label) and self._together(one, listed[-1][1])):
                if len({self.chains.of[j][0] for j, _ in listed}) == count:
                    break
                listed = []
            listed.append((i, one))
        found = {self.chains.of[i][0] for i, _ in listed}
        return tuple(sorted(found)) if len(found) == count else ()

    def _only(self, mention: TokenMention, named: list[tuple[int, TokenMention]], count: int) -> tuple[int, ...]:
        """Take the names of the sentence so far and of those before it, at most three, if at some border there are just so many of one family."""
        start = self.doc[mention.start].sent.start
        of_talks = self.doc[mention.root].lemma_.lower() in PARTIES
        for _ in range(_SENTENCES_BACK):
            near = [(i, m) for i, m in named if m.start >= start and self.doc[m.root].dep_ not in _MODIFYING]
            for kind in dict.fromkeys(family(m.label) for _, m in reversed(near)):
                found = {self.chains.of[i][0] for i, m in near if family(m.label) == kind}
                if len(found) == count and not (of_talks and all(self._is_beside(m) for _, m in near if family(m.label) == kind)):
                    return tuple(sorted(found))
            if not start:
                break
            start = self.doc[start - 1].sent.start
        return ()

    def _is_beside(self, mention: TokenMention) -> bool:
        """Tell whether a name only says by whom, of what or where something was: "the attack of 7 October by Hamas"."""
        return phrase_head(self.doc[mention.root]).dep_ in ("obl:agent", "nmod")

    def listed_with(self, clusters: tuple[int, ...], mention: TokenMention) -> tuple[int, ...]:
        """Widen the one that "they" would be to all that were listed with it just before: "Sweden and Finland … their"."""
        if len(clusters) != 1 or family(self.chains.label(clusters[0])) not in _SINGULAR:
            return clusters
        first = sentence_before(self.doc, mention.start)
        near = [(i, m) for i, m in enumerate(self.chains.mentions) if first <= m.start and m.end <= mention.start and len(self.chains.of.get(i, ())) == 1]
        for _, own in reversed([(i, m) for i, m in near if self.chains.of[i] == clusters]):
            top = self._top_of_list(own)
            listed = {self.chains.of[i][0] for i, m in near if m.form == "name" and family(m.label) == family(own.label) and self._top_of_list(m) == top}
            if len(listed) > 1:
                return tuple(sorted(listed))
        return clusters

    def _top_of_list(self, mention: TokenMention) -> int:
        """Return the first head of the coordination in which a mention stands."""
        head = phrase_head(self.doc[mention.root])
        while head.dep_ == "conj" and head.head.i < head.i:
            head = phrase_head(head.head)
        return head.i

    def pair_before(self, mention: TokenMention) -> tuple[int, ...]:
        """Resolve "they" to the two that are the coordinated subject of this sentence or the one before, or met in it."""
        first = sentence_before(self.doc, mention.start)
        near = [
            (i, m)
            for i, m in enumerate(self.chains.mentions)
            if first <= m.start and m.end <= mention.start and m.form == "name" and len(self.chains.of.get(i, ())) == 1
        ]
        acting = [(i, m) for i, m in near if family(m.label) in ACTORS and (m.label == "Person" or self.doc[m.root].dep_ not in _MODIFYING)]
        kinds = dict.fromkeys(family(m.label) for _, m in acting)  # a country may be named between two who meet
        alike = [[(i, m) for i, m in acting if family(m.label) == kind] for kind in kinds]
        likes = [(a, b) for named in alike for a, b in pairwise(named) if self._act_together(a[1], b[1])]
        pairs = [(self.chains.of[i][0], self.chains.of[j][0]) for (i, _), (j, _) in likes]
        found = {tuple(sorted(pair)) for pair in pairs if pair[0] != pair[1]}
        return found.pop() if len(found) == 1 else ()

    def _last_pair(self, mention: TokenMention, spoken: list[_Spoken]) -> tuple[int, ...]:
        """Find the last two that are named together or spoken of as one."""
        for (one, left), (other, right) in reversed(list(pairwise([(mention, ()), *spoken]))):
            if len(right) == 2:
                return right
            if len(left) == len(right) == 1 and left != right and self._together(one, other) and not self._are_of_more(one, other):
                return left + right
            if len(left) == len(right) == 1 and left != right and self._oppose(one, other) and one.start >= sentence_before(self.doc, mention.start):
                return left + right
        return ()

    def _spoken_of(self, mention: TokenMention, kind: Callable[[str], bool], outsiders: Collection[int]) -> list[_Spoken]:
        """Return the mentions of a kind before another, and whom they stand for."""
        return [
            (m, self.chains.of[i])
            for i, m in enumerate(self.chains.mentions)
            if m.end <= mention.start and i in self.chains.of and all(kind(family(self._label(i, c))) and c not in outsiders for c in self.chains.of[i])
        ]

    def _label(self, index: int, cluster: int) -> str:
        """Return the class of a mention of one, of one that stands for several that of the cluster."""
        return self.chains.mentions[index].label if len(self.chains.of[index]) == 1 else self.chains.label(cluster)

    def _together(self, one: TokenMention, other: TokenMention) -> bool:
        """Tell whether two mentions are coordinated, hyphenated, or subject and object of one meeting-like clause."""
        between = [t.lower_ for t in self.doc[one.end : other.start]]
        return between in (["-"], ["–"], ["and"], ["with"], ["and", "the"], ["with", "the"]) or self._are_conjuncts(one, other) or self._meet(one, other)

    def _are_of_more(self, one: TokenMention, other: TokenMention) -> bool:
        """Tell whether two stand in a list of more than two: of "the United States, Britain and Germany" no two are both sides."""
        if not any(t.lower_ in _AND for t in self.doc[one.end : other.start]) and self._are_conjuncts(one, other):
            return True
        comma = one.start - 1 - (one.start > 0 and self.doc[one.start - 1].lower_ == "the")
        if comma < 1 or self.doc[comma].text != "," or not any(t.lower_ in _AND for t in self.doc[one.end : other.start]):
            return False
        return any(m.end == comma and m.form == "name" and family(m.label) == family(one.label) for m in self.chains.mentions)

    def _act_together(self, one: TokenMention, other: TokenMention) -> bool:
        top = phrase_head(self.doc[one.root])
        return (self._are_conjuncts(one, other) and top.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer")) or self._meet(one, other)

    def _are_conjuncts(self, one: TokenMention, other: TokenMention) -> bool:
        left, right = phrase_head(self.doc[one.root]), phrase_head(self.doc[other.root])
        return right.dep_ == "conj" and (right.head.i == left.i or (left.dep_ == "conj" and right.head.i == left.head.i))  # both listed with a third

    def _oppose(self, one: TokenMention, other: TokenMention) -> bool:
        """Tell whether one country does something to the other in a clause: "Rwanda attacked Congo. The two countries …"."""
        left, right = phrase_head(self.doc[one.root]), phrase_head(self.doc[other.root])
        countries = one.label == other.label == "Country" and one.form == other.form == "name"
        return countries and left.dep_ == "nsubj" and right.dep_ in ("obj", "iobj") and left.head.i == right.head.i

    def _meet(self, one: TokenMention, other: TokenMention) -> bool:
        """Tell whether one meets the other in a clause: "Okoye met Lindqvist", "held talks with"."""
        left, right = phrase_head(self.doc[one.root]), phrase_head(self.doc[other.root])
        if left.dep_ not in ("nsubj", "nsubj:pass"):
            return False
        verb = left.head
        direct = right.head.i == verb.i and right.dep_ in ("obj", "obl") and verb.lemma_ in _MEETING_VERBS
        direct = direct or (right.head.i == verb.i and right.dep_ == "obl" and case_of(right) in ("with", "alongside"))  # "flew to Oslo with Ana Lind"
        return direct or (right.dep_ in ("nmod", "obl") and right.head.head.i == verb.i and right.head.lemma_ in _MEETING_NOUNS)


def _only_of_several(lists: Iterable[list[int]]) -> tuple[int, ...]:
    """Return the only list of more than one among some lists, however often it is repeated."""
    found = {tuple(sorted(set(one))) for one in lists if len(set(one)) > 1}
    return found.pop() if len(found) == 1 else ()


def _kinds_in_turn(noun: str, count: int) -> tuple[Callable[[str], bool], ...]:
    """Return which families of entities a collective noun may stand for, the likeliest first."""
    if noun in PARTIES:
        sides: tuple[Callable[[str], bool], ...] = (lambda kind: kind in ("country", "organization"),)
        return sides if count == 2 else (lambda kind: kind == "country", *sides)  # three sides are rather those of talks
    return (lambda kind: kind == "country", _kind_of(noun)) if noun in _STATES_FIRST else (_kind_of(noun),)


def _kind_of(noun: str) -> Callable[[str], bool]:
    """Return which families of entities a collective noun may stand for."""
    if noun in COUNTRY_NOUNS | _STATE_NOUNS:
        return lambda kind: kind == "country"
    if noun in OFFICE_NOUNS:
        return lambda kind: kind == "person"
    if noun in _VEHICLE_NOUNS:
        return lambda kind: kind == "vehicle"
    if noun in _FIRM_NOUNS:
        return lambda kind: kind == "organization"
    if noun in _BODY_NOUNS:
        return lambda kind: kind in ("organization", "country")
    return lambda kind: kind in ACTORS


def _only_two(spoken: list[_Spoken]) -> tuple[int, ...]:
    """Return the only two that were named."""
    distinct = list(dict.fromkeys(clusters[0] for _, clusters in reversed(spoken) if len(clusters) == 1))
    return tuple(sorted(distinct)) if len(distinct) == 2 else ()
