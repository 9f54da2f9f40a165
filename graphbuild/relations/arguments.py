"""From the head of a phrase to the entities that it stands for: coordination, apposition, titles, parts and wholes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from graphbuild.datelines import dateline_end
from graphbuild.entities import Reading
from graphbuild.language.index import spelled
from graphbuild.mentions import TokenMention
from graphbuild.names import BODIES
from graphbuild.records import Span
from graphbuild.syntax import (
    EVILS,
    agents,
    antecedent,
    case_of,
    conjuncts,
    has_copula,
    is_excluded,
    is_negated,
    items_below,
    marker_of,
    modifiers,
    obliques,
    possessors,
    subjects,
    surface_subjects,
)  # fmt: skip

_GOVERNMENT = frozenset(
    "government administration authority authorities side people public leadership officials official diplomat diplomats spokesman spokeswoman"
    " spokesperson regime nation republic junta military cabinet".split()
)
"""Nouns that stand for the country that modifies them: "the Iraqi government", "the people of Turkey"."""
_FIGHTERS = frozenset("terrorist extremist militant fighter insurgent jihadist gunman guerrilla operative unit cell squad".split())
"""Nouns for those who fight for an armed group."""
_JOINED = frozenset("associate affiliate link loyal connect ally".split())
_SEEING = frozenset("see regard view consider describe treat recognise recognize define".split())
"""Verbs that say of their object, not of their subject, what it is."""
_PARTNERS = frozenset("partners allies friends".split())
"""Nouns whose plural, owned and with a nationality before it, stands for that country: "our Iraqi partners"."""
_BODIES_OF_MANY = frozenset("group militia organization organisation country nation state government body faction ally partner member".split())
"""Nouns whose examples do what they do: "militias like Hezbollah"."""
_CABINETS = frozenset("government cabinet".split())
"""Those of them that are the country even where they are spoken of again."""
_FORCES = frozenset(
    "troop soldier serviceman aircraft plane jet warplane helicopter drone fighter bomber artillery gunner warship vessel boat gunboat destroyer"
    " frigate tank missile"
    " marine commando paratrooper airman sailor policeman serviceperson navy army air-force gunman militant militiaman rebel jihadist guerrilla"
    " mercenary insurgent terrorist extremist operative"
    " combatant rocket guard police forces special-forces agent shell fire bomb mortar gun cannon unit brigade battalion pilot crew ship"
    " troops force peacekeeper auxiliary proxy personnel trainer instructor carabinieri".split()
)
"""Nouns for what a country acts with: "French troops fired" is France."""
_IRREGULARS = frozenset("gunman militant militiaman rebel jihadist guerrilla mercenary pirate insurgent terrorist extremist combatant bandit".split())
"""Those of them who fight for no country whose nationality they have: "Somali gunmen" are not Somalia."""
PARTISAN = frozenset(
    "business cartel church civic community cult dissident extremist gang guerrilla independence insurgent jihadist labor labour mafia majority"
    " militant militia minority opposition protest protester rebel religious resistance separatist spiritual strike student tribal union youth".split()
)
"""What a leader may lead within a country, which they then neither head nor serve."""
_OF_CAMPS = frozenset(
    "protest opposition rebel militia separatist coup business church community civil-society society union student party tribal religious clan gang"
    " resistance guerrilla independence rights labour labor faith spiritual Muslim Christian Shiite Sunni Jewish indigenous exile exiled".split()
)
"""Words that say of which camp those are who then act for no country: "a Sudanese opposition official"."""
_SPOKESMEN = frozenset("leader official diplomat negotiator envoy government representative delegate".split())
"""Nouns for those who act for a country: "American and South Korean leaders signed"."""
_HOLDERS = frozenset("minister president head representative delegate ambassador counterpart colleague".split())
"""Nouns that stand for several countries: "the foreign ministers of Kenya and Chad met"."""
_PEERS = frozenset("counterparts colleagues homologues".split())
_SENT = frozenset("delegation contingent envoy official diplomat troop troops soldier detachment".split())
"""Nouns for those whom a country sends: "a delegation from Vietnam"."""
_VISITORS = frozenset(("delegation", "mission"))
"""Nouns for those whom a body sends: "a delegation of the Taliban"."""
_TEXTS = frozenset(
    "report statement letter study document communique communiqué declaration memo note message tweet post article audit dossier petition resolution"
    " appeal speech video op-ed editorial release motion verdict ruling decree".split()
)
"""Nouns for what speaks for those who wrote it."""
_ISSUE = frozenset(
    "issue release publish adopt pass sign send write launch deliver give make approve post circulate file hand submit present produce start"
    " tweet address broadcast co-sign ratify endorse draft hold".split()
)
"""Verbs whose subject speaks in the text that is their object."""
_VESSELS = frozenset("group carrier ship warship vessel frigate destroyer cruiser corvette submarine tanker freighter trawler ferry boat cutter".split())
"""Nouns behind the name of a ship, for itself or for those that sail with it: "the USS Nimitz strike group"."""
_STAFF = frozenset(
    "staff staffer investigator judge prosecutor inspector officer official agent worker employee team crew member personnel detective lawyer magistrate"
    " representative expert engineer scientist diplomat spokesman spokeswoman spokesperson observer monitor deputy lawmaker legislator delegate"
    " rescuer medic doctor negotiator policeman leader".split()
)
"""Nouns for those through whom a body acts: "judges at the tribunal", "Red Cross staff", "a boarding team of the frigate"."""
_KINDS_OF_BODIES = frozenset("group bloc grouping alliance party movement organisation organization coalition".split())
"""Nouns that may stand behind the name of what they name: "the BRICS group"."""
_BODIES_OF_MEN = frozenset("contingent detachment column convoy batch wave".split())
_LED = frozenset("delegation mission party team group".split())
"""Nouns for those who come with somebody at their head: "a delegation led by Ana Lind"."""
_LAWYERS = frozenset("prosecutor investigator detective inspector".split())
PLACE_NOUNS = frozenset("region area peninsula province city town village district island sea strait suburb port governorate county".split())
_PLACES = ("City", "Region", "Facility", "Place")
_LAND = frozenset(
    "hill village strip metre meter mile kilometre kilometer inch ground outskirt suburb part town settlement area position height quarter neighbourhood"
    " neighborhood peak ridge sector territory swath swathe land district north south east west half edge foothold"
    " crossing field hamlet farmland bank soil water target site location".split()
)
"""Nouns for a piece of land, which stands for the place that it lies in: "two hills near Lachin"."""
_GROUND = frozenset("soil territory land water ground".split())
"""Those of them that a country has: "Congolese soil", "our waters"."""
_LAUNCH = frozenset("launch fire drop operate fly send plant lay detonate".split())
_STRETCHES = frozenset("swath swathe part much most chunk tract stretch".split())
"""Words for how much of a place: "swathes of Blue Nile state", "much of Darfur"."""
_WITHIN = frozenset("in near of at outside beyond around along inside on above off".split())
_OWNERS = ("Country", "ArmedGroup", "MilitaryForce", "Alliance", "GovernmentBody")
_ASSETS = frozenset(
    "position target base camp barracks outpost post depot airfield trench territory jet plane aircraft warplane helicopter drone tank convoy warehouse"
    " stronghold hideout bunker checkpoint battery vehicle truck soil airspace line column headquarters site installation facility"
    " bomber fighter boat vessel ship fleet gun artillery website web homepage server network computer"
    " team factory cache building tunnel mortar weapon bomb truck-bomb car-bomb machine-gun launcher rocket piece compound sniper supply infrastructure"
    " emplacement fortification stockpile weaponry equipment hardware capability fortress lair refinery unit cell element".split()
)
"""Nouns for what is attacked in place of its owner."""
_ONLINE = frozenset("website web homepage server network computer".split())
"""Those of them that firms and parties have, too."""
_HELD = frozenset("held controlled run operated occupied owned affiliated used".split())
_BACKING = frozenset("back support train equip arm fund finance sponsor".split())
_PREDICATED = ("nsubj", "nsubj:outer")
_BECOME = frozenset("become remain stay".split())
_PART_OF = frozenset(
    "member dozen hundred thousand million number majority group some many most several one two three part rest lot couple pair all none each"
    " series range bulk score percent half third quarter round element remainder".split()
)
_SHARES = _PART_OF | {"last", "first"}
_FELLOWS = frozenset("member country nation state ally partner".split())
"""Nouns for those who are in a body together."""
_PARTS = _PART_OF | _BODIES_OF_MEN
_ACTING, _SPEAKING, _COMING, _THROUGH = _FORCES | _SPOKESMEN, _FORCES | _SPOKESMEN | _STAFF, _SENT | _STAFF | _FORCES | _HOLDERS, _FORCES | _STAFF | _VISITORS
_OF_BODIES_ONLY = (_STAFF - _FORCES - _SENT - _SPOKESMEN - _GOVERNMENT - _LAWYERS) | _IRREGULARS
"""Nouns for those through whom bodies act, but no country does."""
_SINGLING = frozenset("notably especially particularly chiefly mainly primarily".split())
"""Adverbs before those of several who are named."""
_LONGEST_OWNER = 8
"""How many words before fighters say whose they are, at most."""
_REACH = 15
"""How many words behind a group those may stand who are named "among them"."""
_PREMODIFIER = frozenset(("ADJ", "NOUN", "PROPN", "NUM", "VERB", "ADV", "X", "CCONJ"))


@dataclass(frozen=True, slots=True)
class Argument:
    """An entity at the end of a fact, with the mention that fills it and how many steps it took to get there."""

    entity: str
    mention: int
    hops: int = 0


def _listed(head: Token) -> Iterator[Token]:
    """Yield what a phrase lists: its conjuncts, whom it includes, and a list that the parser took for an apposition: "the groups, the Union and NATO"."""
    for conjunct in conjuncts(head):
        below = items_below(conjunct) if conjunct.tag_ in ("NNS", "NNPS") or conjunct.lower_ == "following" else ()
        if below:
            yield from below  # and not "three persons:" whom they are
            continue
        included = _included(conjunct)
        if not (included and conjunct.lemma_ in _PART_OF):
            yield conjunct  # of "three members of the council, including Ana Lind" only she is known
        for one in (*included, *_accompanying(conjunct), *_together_with(conjunct), *_with_same_case(conjunct)):
            yield from conjuncts(one)
        for child in conjunct.children:
            if child.dep_ == "appos" and any(c.dep_ == "conj" for c in child.children):
                yield from conjuncts(child)


def _with_same_case(phrase: Token) -> list[Token]:
    """Return who is added with the preposition said again, where the parser hung them below: "to the families of the dead, as well as to Chad"."""
    case = case_of(phrase)
    if case not in ("to", "with", "on") or phrase.dep_ not in ("obl", "nmod"):
        return []
    return [c for c in phrase.children if c.dep_ == "nmod" and case_of(c) == case and c.i > phrase.i and _is_added(c)]


def _is_added(phrase: Token) -> bool:
    """Recognise "as well as to Chad", "and to Chad", ", to Chad"."""
    return any(c.dep_ == "cc" for c in phrase.children) or (phrase.left_edge.text == "," and any(c.dep_ == "conj" for c in phrase.children))


def _accompanying(subject: Token) -> list[Token]:
    """Return who stands beside a subject between commas, and does the same: "France, along with Germany, has called"."""
    verb = subject.head
    if subject.dep_ not in ("nsubj", "nsubj:pass") or subject.i > verb.i:
        return []
    beside = [c for c in (*subject.children, *verb.children) if c.dep_ in ("nmod", "obl") and subject.i < c.i < verb.i]
    right = [c for c in verb.rights if c.dep_ in ("nmod", "obl")]
    behind = [c for c in right if c.left_edge.i == verb.i + 1 + (verb.nbor().text == ",")]
    return [c for c in (*beside, *behind) if _is_together(c)]  # "has pledged, together with Oman, to send"


def companions(verb: Token) -> list[Token]:
    """Return who does a second thing with the subject of the first: "Latvia spends more and has pledged, together with Oman, to send drones"."""
    while verb.dep_ == "xcomp" and verb.head.i < verb.i and not any(c.dep_ in ("obj", "iobj") for c in verb.head.children):
        verb = verb.head
    if verb.dep_ != "conj" or verb.head.i > verb.i or any(c.dep_.startswith("nsubj") for c in verb.children):
        return []
    return [one for c in verb.children if c.dep_ in ("nmod", "obl") and _is_together(c) for one in conjuncts(c)]


def _together_with(pronoun: Token) -> list[Token]:
    """Return who else "together we" means: "Norway is united with Kenya and together we condemn the attack"."""
    verb = pronoun.head
    both = pronoun.lower_ in ("we", "they") and pronoun.dep_ == "nsubj" and verb.dep_ == "conj" and verb.head.i < pronoun.i
    if not both or not any(c.lower_ == "together" and abs(c.i - pronoun.i) == 1 for c in verb.children):
        return []
    return [c for c in verb.head.children if c.dep_ in ("obl", "nmod") and case_of(c) == "with"]


def _is_together(phrase: Token) -> bool:
    """Recognise ", along with Germany", ", together with Oman", ", alongside Peru"."""
    first = next(t for t in phrase.subtree if not t.is_punct)
    if first.i and first.nbor(-1).lower_ == "together" and first.lower_ == "with":
        first = first.nbor(-1)  # hung on the noun before
    words = (first.lower_, first.nbor().lower_ if first.i + 1 < len(first.doc) else "")
    together = words in (("along", "with"), ("together", "with")) or words[0] == "alongside"
    return together and first.i > 1 and first.nbor(-1).text == ","


def _is_another(noun: Token) -> bool:
    """Tell whether a coordinated noun means somebody else: it has a possessor or article of its own behind a name: "her husband, Rui, and their sons"."""
    named = any(c.dep_ == "appos" and c.i < noun.i for c in noun.head.children)
    return named and any(c.dep_ in ("det", "nmod:poss", "nummod") for c in noun.children)


def _names_member(phrase: Token, group: Token) -> bool:
    """Recognise who is named of several: "parties, including Chad", "militias like Hezbollah", "groups such as Hamas"."""
    case = case_of(phrase)
    return case == "including" or (case in ("like", "such as") and group.lemma_.lower() in _BODIES_OF_MANY and phrase.pos_ == "PROPN")


def _included(group: Token) -> list[Token]:
    """Return who is named as belonging to several: "killed twelve people, including the mayor, Ana Lind", "…, among them Tomas Novak"."""
    if group.tag_ not in ("NNS", "NNPS") and group.pos_ != "NUM" and group.lower_ != "community":
        return []
    named = [c for c in group.children if c.dep_ in ("nmod", "obl") and _names_member(c, group)]
    ahead = group.doc[group.i + 1 : min(group.i + _REACH, group.sent.end)]
    named += [t.head for t in ahead if _singles_out(t) and t.head.i > t.i and t.head.pos_ == "PROPN"][:1]
    among = next((t for t in ahead if t.lower_ == "among" and t.i + 2 < group.sent.end and t.nbor().lower_ in ("them", "whom")), None)
    if named or among is None or any(t.tag_ in ("NNS", "NNPS") for t in group.doc[group.i + 1 : among.i]):
        return named
    head = among.nbor(2)
    while head.dep_ in ("det", "amod", "compound", "flat", "nmod:desc", "nmod:poss", "nummod") and head.head.i != head.i:
        head = head.head
    return [head] if head.tag_ != "NNPS" else []


def _singles_out(word: Token) -> bool:
    """Recognise what leads in one of several behind a mark: ", notably Chad", "(especially Peru)", ", in particular Ana Lind"."""
    first = word.nbor(-1) if word.lower_ == "particular" and word.nbor(-1).lower_ == "in" else word
    return (word.lower_ in _SINGLING or first.i < word.i) and first.nbor(-1).text in (",", "(", "–", "—")


def are_of_others(reading: Reading, one: int, other: int) -> bool:
    """Tell whether two mentions stand at different places of two lists told in order: "Lind and Roe met Costa and Silva respectively"."""
    in_turn = spelled(reading.doc, ("respectively",))
    if not in_turn:
        return False
    roots = [reading.doc[reading.mentions[index].root] for index in (one, other)]
    if not any(t.sent.start == roots[0].sent.start for t in in_turn):
        return False
    lists = [_listed_with(root) for root in roots]
    in_order = len(lists[0]) == len(lists[1]) > 1 and not set(lists[0]) & set(lists[1])
    return in_order and lists[0].index(roots[0].i) != lists[1].index(roots[1].i)


def _listed_with(word: Token) -> list[int]:
    """Return the words that are listed with one, itself included; none if it is set against the others."""
    first = word
    while first.dep_ == "conj" and first.head.pos_ in ("NOUN", "PROPN", "PRON"):
        first = first.head
    found = [t.i for t in conjuncts(first)]
    return found if word.i in found else []


def _are_others(noun: Token) -> bool:
    """Recognise "other NATO members" and "former members of the party", who are not the whole of it."""
    return noun.lemma_ in _FELLOWS and any(c.lower_ in ("other", "fellow", "former", "onetime", "ex") for c in noun.children)


def renamed_together(noun: Token) -> list[Token]:
    """Return whom an apposition renames: of a plural all who are listed before it, "Ana Lind and Rui Andrade, members of the party"."""
    first = noun.head
    while first.dep_ == "conj" and first.head.pos_ == "PROPN":
        first = first.head
    together = [c for c in conjuncts(first) if c.pos_ == "PROPN" and c.i < noun.i]
    apposed = noun.dep_ == "appos" and noun.tag_ in ("NNS", "NNPS") and noun.head in together
    return together if apposed and len(together) > 1 else [noun.head]


def _is_before_its_head(premodifier: Token) -> bool:
    """Tell whether a word, or the first of its list, stands before what it modifies: each of "Spanish, Danish and Dutch soldiers"."""
    first = premodifier
    while first.dep_ == "conj" and first.head.i < first.i:
        first = first.head
    return first.head.i > premodifier.i


def _acting_as(role: Token) -> list[Token]:
    """Return who acts as what a noun names: "as a party to the treaty, Finland must …", "sent troops as part of the alliance"."""
    if "as" not in (case_of(role), marker_of(role)):
        return []
    verb = role.head
    if role.dep_ in ("obl", "advcl") and verb.pos_ == "VERB" and (role.i < verb.i or (role.lower_ == "part" and verb.lemma_ not in _SEEING)):
        return surface_subjects(verb)
    beside = role.dep_ == "nmod" and role.head.dep_ in _PREDICATED and role.left_edge.nbor(-1).text == ","
    return [role.head] if beside else []  # "Kenya, as the largest contributor to the mission, has …"


def _is_of_camp(noun: Token) -> bool:
    """Recognise those who act for some of a country's people, and not for it: "Sudanese protest leaders"."""
    before = [c for c in noun.children if c.dep_ in ("compound", "amod")]
    partisan = noun.lemma_ == "leader" and any(c.lower_ in PARTISAN for c in before)
    return partisan or (noun.lemma_.lower() in _SPOKESMEN and any(c.text in _OF_CAMPS for c in before))


class Arguments:
    """Finds the entities behind phrase heads of one document."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc = reading.doc
        self._of_listed: dict[int, tuple[Argument, ...]] = {}
        self._of_head: dict[tuple[int, int], tuple[Argument, ...]] = {}

    @cached_property
    def by_root(self) -> dict[int, list[int]]:
        """Mentions by head word, longest first."""
        out: dict[int, list[int]] = defaultdict(list)
        for index, mention in enumerate(self.reading.mentions):
            if index in self.reading.of_mention:
                out[mention.root].append(index)
        for indexes in out.values():
            indexes.sort(key=lambda i: self.reading.mentions[i].start - self.reading.mentions[i].end)
        return dict(out)

    @cached_property
    def covering(self) -> dict[int, int]:
        """Token → the longest resolved name mention that covers it."""
        out: dict[int, int] = {}
        for index, mention in enumerate(self.reading.mentions):
            if index in self.reading.of_mention and mention.form == "name":
                for token in range(mention.start, mention.end):
                    out.setdefault(token, index)
        return out

    @cached_property
    def innermost(self) -> dict[int, int]:
        """Token → the shortest resolved name mention that covers it."""
        named = [(i, m) for i, m in enumerate(self.reading.mentions) if i in self.reading.of_mention and m.form == "name"]
        out: dict[int, int] = {}
        for index, mention in sorted(named, key=lambda im: im[1].start - im[1].end):
            out.update(dict.fromkeys(range(mention.start, mention.end), index))
        return out

    def of_phrases(self, heads: Iterable[Token]) -> tuple[Argument, ...]:
        """Return the entities of several phrases, coordination expanded, without repetition."""
        found: dict[str, Argument] = {}
        for head in heads:
            if head.i not in self._of_listed:  # many frames ask for the same phrases
                self._of_listed[head.i] = tuple(argument for conjunct in _listed(head) for argument in self.of_head(conjunct))
            for argument in self._of_listed[head.i]:
                found.setdefault(argument.entity, argument)
        return tuple(found.values())

    def acting(self, found: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """Replace described forces by the country that acts with them: "Kenyan helicopters", "its troops"."""
        out: dict[str, Argument] = {}
        for argument in found:
            described = self._description(argument)
            head = self._counted(self.doc[described.root])
            named_person = self.reading.label(argument.entity) == "Person" and not self.is_nameless(argument)  # "the Bolivian leader", who has a name
            speaks = head.lemma_.lower() in _SPEAKING and not named_person
            behind = self._country_before(head, argument.hops, within=described.form == "name") if speaks else ()
            if described.form == "name":  # "Taliban fighters" may be read as a name, but "Kyrgyz guards" are not their country
                named = described.label in ("Group", "ArmedGroup") and head.pos_ == "NOUN"
                joined = {t.i for t in self.doc[: described.start][-_LONGEST_OWNER:] if t.pos_ == "CCONJ"}  # not the Corps of "the Corps and Malian soldiers"
                nearest = (a for a in behind if not any(self.reading.mentions[a.mention].end <= i for i in joined))
                behind = tuple(a for a in nearest if named and self.reading.label(a.entity) in BODIES) or self._flown_by(head, described)
            if not behind and described.label in ("Vehicle", "Weapon") and self.is_nameless(argument):
                behind = self._launched_by(head)
            for actor in behind or (argument,):
                own = actor if described is self.reading.mentions[argument.mention] else Argument(actor.entity, argument.mention, actor.hops)
                out.setdefault(own.entity, own)
        return tuple(out.values())

    def _counted(self, head: Token) -> Token:
        """Return the noun for those of whom a phrase counts a part: "most of the French soldiers", "the last of the Kenyan troops"."""
        whole = modifiers(head, "of") if head.lemma_.lower() in _SHARES and not self.before(head, head.i) else []
        return whole[0] if whole and whole[0].lemma_.lower() in _FORCES else head

    def enlisted(self, found: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """Replace described fighters by the armed group that they fight for: whoever defeats "these ISIL terrorists" defeats ISIL."""
        out: dict[str, Argument] = {}
        for argument in found:
            own = self.reading.mentions[argument.mention]
            first = self.reading.mentions[min(self.reading.entity(argument.entity).mentions, default=argument.mention)]
            heads = [self.doc[m.root] for m in ((own,) if own.form == "name" else (own, first))]
            fighting = [h for h in heads if self.reading.label(argument.entity) == "Group" and h.lemma_.lower() in _FIGHTERS]
            owners = [b for h in fighting for b in self._country_before(h, argument.hops, within=True) or self._joined(h)]
            behind = [b for b in owners if self.reading.label(b.entity) == "ArmedGroup"]
            for one in behind[:1] or [argument]:
                out.setdefault(one.entity, Argument(one.entity, argument.mention, one.hops))
        return tuple(out.values())

    def _joined(self, fighters: Token) -> tuple[Argument, ...]:
        """Return the group that fighters belong to, as a participle says: "the terrorists associated with ISIL"."""
        joined = [c for c in fighters.children if c.dep_ in ("acl", "amod") and c.i > fighters.i and c.lemma_.lower() in _JOINED]
        return self.of_phrases(t for c in joined for case in ("with", "to") for t in obliques(c, case))

    def _flown_by(self, head: Token, described: TokenMention) -> tuple[Argument, ...]:
        """Return whose aircraft or ships act that have no name but their owner's or a type's: "Kenyan jets", "Danish F-16s", "Rafales of the air force"."""
        last = self.doc[described.end - 1].lower_
        several = (head.tag_ in ("NNS", "NNPS") and head.lower_.endswith("s")) or (last.endswith("s") and last[:-1].isdigit())  # "F-16s"
        if described.label != "Vehicle" or not several:
            return ()
        owners = self.before(head, head.i, within=True)[-1:] or self.of_phrases(modifiers(head, "of"))
        return tuple(a for a in owners if self.reading.label(a.entity) in ("Country", "MilitaryForce", "Alliance", "ArmedGroup"))

    def _launched_by(self, weapon: Token) -> tuple[Argument, ...]:
        """Return who launched what hits others: "killed by a drone launched by the militia"."""
        launched = [c for c in weapon.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.lemma_ in _LAUNCH]
        return tuple(a for c in launched for a in self.of_phrases(agents(c)) if self.reading.label(a.entity) in (*BODIES, "Country", "Person", "Group"))

    def authors(self, text: Token) -> tuple[Argument, ...]:
        """Return who speaks in a text: "a report by a U.N. panel accused the army", "the minister's letter praised her"."""
        if text.lemma_.lower() not in _TEXTS:
            return ()
        made = [a for c in text.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.lemma_ in _ISSUE for a in agents(c)]
        found = self.of_phrases((*possessors(text), *modifiers(text, "by"), *modifiers(text, "from"), *made))
        if not found and text.dep_ in ("obj", "nsubj:pass") and text.head.lemma_ in _ISSUE and not is_negated(text.head):
            found = self.of_phrases(subjects(text.head))  # "issued a statement condemning Kenya"
        return tuple(a for a in found if self.reading.label(a.entity) in (*BODIES, "Person", "Country"))

    @staticmethod
    def is_of_others(verb: Token, end: Token) -> bool:
        """Tell whether a word stands in what a text says that the subject of a verb did not write: "found a letter accusing Togo"."""
        for clause in (end, *end.ancestors):
            text = clause.head
            if clause.dep_ in ("acl", "acl:relcl") and text.lemma_.lower() in _TEXTS and text.dep_ == "obj" and text.head.i == verb.i:
                return verb.lemma_ not in _ISSUE
        return False

    def _description(self, argument: Argument) -> TokenMention:
        """Return the mention of an argument, or what a pronoun takes up."""
        mention = self.reading.mentions[argument.mention]
        if mention.form != "pronoun":
            return mention
        return self.reading.mentions[min(self.reading.entity(argument.entity).mentions, default=argument.mention)]

    def of_head(self, head: Token, hops: int = 0) -> tuple[Argument, ...]:
        """Return the entities that one phrase stands for, by its head word."""
        key = head.i, hops
        if key not in self._of_head:
            self._of_head[key] = self._read_head(head, hops)
        return self._of_head[key]

    def _read_head(self, head: Token, hops: int) -> tuple[Argument, ...]:
        direct = self._direct(head, hops)
        apart = has_copula(head) or head.dep_ == "appos"  # "Seleka is a group led by Ana Lind"
        if head.pos_ == "NOUN" and head.lemma_.lower() in _LED and hops <= 3 and not apart and (leader := self._leader(head, hops)):
            return leader
        if direct and hops <= 3:
            direct = self._named_instead(head, direct, hops)
        if direct or hops > 3:
            return direct
        return (
            self._place_named(head, hops)
            or self._named_by(head, ("appos", "flat", "nmod:desc"), hops)
            or self._renamed(head, hops)
            or self._predicated_of(head, hops)
            or self._country_of_body(head, hops)
            or self._vessel_named(head, hops)
            or self._squadron_of(head, hops)
            or self._evil_named(head, hops)
            or self._body_named(head, hops)
            or self._whole(head, hops)
            or self._described(head, hops)
        )

    def _leader(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Return who leads those that a phrase describes: whoever meets "a delegation headed by Ana Lind" meets her."""
        led = [c for c in head.children if c.dep_ in ("acl", "acl:relcl") and c.lemma_ in ("lead", "head") and c.tag_ == "VBN"]
        found = tuple(a for c in led for t in agents(c) for a in self.of_head(t, hops + 1))
        return tuple(a for a in found if self.reading.label(a.entity) == "Person")

    def _named_instead(self, head: Token, direct: tuple[Argument, ...], hops: int) -> tuple[Argument, ...]:
        """Prefer a name to the description that it stands beside: "an elderly priest, Abbé Bwanalonga"; "the village of Somoniyon"."""
        if len(direct) != 1 or self.doc[head.i].pos_ != "NOUN" or not self.is_nameless(direct[0]):
            return direct
        label = self.reading.label(direct[0].entity)
        if label in _PLACES:
            return self._place_named(head, hops) or direct
        if head.lemma_.lower() in _CABINETS:
            return self._country_before(head, hops, within=True) or direct
        if partners := self._partners(head, hops):
            return partners
        wanted = ("Person", "ArmedGroup", "Organization", "Company") if label == "Group" else (label,) if label in ("Vehicle", "Weapon", "Work") else ()
        named = self._named_by(head, ("appos", "flat", "nmod:desc"), hops) or self._vessel_named(head, hops) if wanted else ()
        return tuple(a for a in named if self.reading.label(a.entity) in wanted and not self.is_nameless(a)) or direct

    def is_nameless(self, argument: Argument) -> bool:
        """Tell whether an entity is only described, never named."""
        name = self.reading.entity(argument.entity).name
        described = bool(name) and (name[0].islower() or name[0].isdigit() or name.split()[-1].islower())
        return described and self.reading.mentions[argument.mention].form != "pronoun"

    def _renamed(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Take the person or body that a noun in the singular renames: "Lind, the Finnish diplomat who led the talks", and not Finland."""
        found = self._described(head, hops) if head.tag_ == "NN" and head.head.tag_ == "NNP" else ()
        bodies = BODIES if any(c.lower_ in ("a", "an") for c in head.children) else ()  # "the Halun, a brigade of the Army based in Nakuru"
        return tuple(a for a in found if self.reading.label(a.entity) in ("Person", *bodies))

    def _described(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Take the name that a phrase without an entity of its own describes in apposition: "ICE, a component headed by Morton"."""
        return self._direct(head.head, hops + 1) if head.dep_ == "appos" and head.head.i != head.i and head.i > head.head.i else ()

    def _predicated_of(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Take whom a predicate noun is said of, where something behind it goes on about it: "Ahrar is a militia led by Ana Lind"."""
        goes_on = any(c.i > head.i and c.dep_ in ("acl", "acl:relcl", "amod") for c in head.children)
        own = [c for c in head.children if c.dep_ in _PREDICATED]
        expletive = any(c.lower_ in ("there", "this", "that", "it") for c in own)
        if hops > 1 or not has_copula(head) or not goes_on or is_negated(head) or expletive:
            return ()
        return tuple(Argument(a.entity, a.mention, hops + 1) for a in self._predicated(head))

    def owners(self, noun: Token) -> tuple[Argument, ...]:
        """Return whose a thing is that stands for its owner as a target: "a FARC camp", "Indian jets", "its positions"."""
        if noun.pos_ == "NUM" or noun.lemma_ in _PART_OF:  # "one of its boats"
            return tuple(a for t in modifiers(noun, "of") for a in self.owners(t))
        direct = self.of_head(noun)
        if noun.lemma_.lower() not in _ASSETS or any(not self.is_nameless(a) and self.reading.mentions[a.mention].root == noun.i for a in direct):
            return ()
        held = self._holders(noun)
        inner = [a for a in self.before(noun, noun.i, within=True) if self.reading.label(a.entity) == "ArmedGroup"]  # "two ISIL vehicles"
        found = [*held, *(inner or self.before(noun, noun.i)), *self.of_phrases(possessors(noun)), *self.of_phrases(modifiers(noun, "of"))]
        owners = (*BODIES, "Country") if noun.lemma_.lower() in _ONLINE else _OWNERS
        return tuple(a for a in found if self.reading.label(a.entity) in owners)

    def _holders(self, noun: Token) -> list[Argument]:
        """Return who holds something, or the land that it lies in: "Houthi-held facilities", "targets in areas controlled by X", "boats belonging to X"."""
        within = [noun, *(m for m in modifiers(noun, "in") if m.lemma_.lower() in _LAND)]
        within += [m for land in within[1:] for m in modifiers(land, "of")]
        below = [c for n in within for c in n.children]
        prefixed = [a for c in below if c.dep_ == "amod" and c.lower_ in _HELD for a in self.prefixed(c)]
        behind = [c for c in below if c.dep_ == "acl"]
        owning = [t for c in behind for t in (agents(c) if c.lower_ in _HELD else obliques(c, "to") if c.lemma_ == "belong" else ())]
        return [*prefixed, *self.of_phrases(owning)]

    def _direct(self, head: Token, hops: int) -> tuple[Argument, ...]:
        indexes = self._torn_off(head) or self.by_root.get(head.i, [])
        person = [i for i in indexes if self.reading.mentions[i].label != "Position"]
        for index in person or indexes:
            if self.reading.mentions[index].label == "Position":
                return self._holder(head, hops) or tuple(Argument(e, index, hops) for e in self.reading.of_mention[index])
            return tuple(Argument(e, self._name_behind(index), hops) for e in self.reading.of_mention[index])
        cover = self.covering.get(head.i)
        around = self.reading.mentions[cover] if cover is not None else None
        others = around is not None and around.label == "Group" and head.i > around.root and head.pos_ in ("NOUN", "PRON", "DET")
        if around is not None and cover is not None and around.label != "Position" and not others:  # not "those" of "the families of those killed"
            return tuple(Argument(e, cover, hops) for e in self.reading.of_mention[cover])
        return ()

    def _torn_off(self, head: Token) -> list[int]:
        """Return the longer name at whose end the parser hung a country outside of it: "Tehrik-i-Taliban Pakistan claimed it"."""
        cover = self.covering.get(head.i)
        if cover is None or head.pos_ != "PROPN":
            return []
        longer = self.reading.mentions[cover]
        torn = longer.label == "ArmedGroup" and longer.end == head.i + 1 and longer.start < head.i and not longer.start <= head.head.i < longer.end
        return [cover] if torn else []

    def _name_behind(self, index: int) -> int:
        """Return the name right behind a description that it renames, so that the evidence shows it: "the novelist Ana Lind"."""
        own, entities = self.reading.mentions[index], self.reading.of_mention[index]
        if own.form != "noun":
            return index
        behind = (i for i, m in enumerate(self.reading.mentions) if m.form == "name" and 0 <= m.start - own.end <= 1)
        return next((i for i in behind if self.reading.of_mention.get(i) == entities), index)

    def _holder(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Return who is named beside an office: "the minister of state, Ana Lind"; "Ana Lind, its chief executive, who …"."""
        below = (head, *(m for m in modifiers(head, "of") if m.i > head.i))
        beside = ("appos", "flat", "nmod:desc")
        named = next((found for h in below if (found := self._named_by(h, beside if h.i == head.i or h.pos_ == "NOUN" else ("appos",), hops))), ())
        named = named or (self._described(head, hops) if hops <= 3 else ())
        return tuple(a for a in named if self.reading.label(a.entity) == "Person")

    def _named_by(self, head: Token, labels: tuple[str, ...], hops: int) -> tuple[Argument, ...]:
        """Take the name in apposition: "a rebel group, the M23"."""
        for child in head.children:
            if child.dep_ in labels:
                named = conjuncts(child) if head.tag_ == "NNS" else [child]  # "the two ministers, Ana Lind and Tomas Berg"
                found = tuple(a for n in named for a in self._direct(n, hops + 1) or self._beyond(n, hops + 1)) if child.i != head.i else ()
                found = tuple(a for a in found if self.reading.mentions[a.mention].label != "Position")
                if found:
                    return found
        return ()

    def _beyond(self, noun: Token, hops: int) -> tuple[Argument, ...]:
        """Take the person whom a noun in apposition names in turn: "his deputy, the lawyer Vera Holm, met"."""
        beside = noun.pos_ == "NOUN" and not any(c.dep_ == "conj" for c in (*noun.children, *noun.head.children))
        behind = [c for c in noun.children if c.dep_ in ("appos", "flat") and c.pos_ == "PROPN" and c.i > noun.i] if beside else []
        return tuple(a for c in behind[:1] for a in self._direct(c, hops) if self.reading.label(a.entity) == "Person")

    def _country_of_body(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Take the country that a word for its government, people or forces is modified by."""
        lemma = head.lemma_.lower()
        plural = head.tag_ in ("NNS", "NNPS")
        if lemma in ("republic", "nation") and any(c.lower_ in ("former", "ex") for c in head.children):
            return ()  # "a former Soviet republic"
        if lemma == "man" and plural:  # "its men", but not "three Syrian men"
            owners = self.of_phrases(possessors(head))
            return tuple(Argument(a.entity, a.mention, hops + 1) for a in owners if self.reading.label(a.entity) in (*BODIES, "Country"))
        if partners := self._partners(head, hops):
            return partners
        acting = (plural and lemma in _SPOKESMEN) or lemma in _GOVERNMENT or lemma in _FORCES or lemma in _SENT or lemma in _STAFF
        if acting or not (plural and lemma in _HOLDERS):
            return self._country_before(head, hops) if acting else ()
        if head.lower_ in _PEERS and (named := self._named_after(head, hops)):
            return named
        found = self._country_before(head, hops)
        allied = [a for a in found if self.reading.label(a.entity) == "Alliance"]  # "EU foreign ministers"
        return found if len(found) > 1 or len(list(conjuncts(head))) > 1 or allied else ()

    def _named_after(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Return the persons named right behind a noun, whatever the parse makes of them: "his Estonian and Finnish counterparts, Ana Lind and Tomas Berg"."""
        start = head.i + 1 + (head.i + 1 < len(self.doc) and self.doc[head.i + 1].text == ",")
        first = next((m for i, m in enumerate(self.reading.mentions) if m.start == start and m.label == "Person" and i in self.reading.of_mention), None)
        found = [a for t in conjuncts(self.doc[first.root]) for a in self._direct(t, hops + 1)] if first is not None else []
        persons = tuple(a for a in found if self.reading.label(a.entity) == "Person")
        return persons if len(persons) > 1 else ()

    def _partners(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Return the countries that somebody's partners are said to be of: "our Iraqi partners", "their Swedish allies", "our friends in Latvia"."""
        owned = any(c.dep_ == "nmod:poss" and c.tag_ == "PRP$" for c in head.children)
        if head.lower_ not in _PARTNERS or not owned or head.dep_ == "conj":  # "Hezbollah and its Iraqi allies" are no countries
            return ()
        behind = [c for c in (*head.children, *head.head.children) if case_of(c) == "in" and c.left_edge.i == head.i + 1]
        named = [*self.before(head, head.i, within=True), *self.of_phrases(behind)]
        countries = [a for a in named if self.reading.label(a.entity) == "Country"]
        return tuple(Argument(self._force_so_called(a, head) or a.entity, a.mention, hops + 1) for a in countries)

    def _force_so_called(self, nationality: Argument, head: Token) -> str | None:
        """Return the force that has the same nationality in its name, of which the text spoke before: "the Syrian Democratic Forces … our Syrian partners"."""
        word = self.doc[self.reading.mentions[nationality.mention].start].lower_
        named = (i for i, m in enumerate(self.reading.mentions) if m.end <= head.i and m.form == "name" and self.doc[m.start].lower_ == word)
        forces = (e for i in named for e in self.reading.of_mention.get(i, ()) if self.reading.label(e) in ("ArmedGroup", "Alliance"))
        return next(forces, None)

    def _country_before(self, head: Token, hops: int, within: bool = False) -> tuple[Argument, ...]:
        if _are_others(head):
            return ()
        countries = [a for a in self.before(head, head.i, within) if self._commands(a, head)]
        if countries:
            listed = any(t.lower_ == "and" for t in self.doc[self.reading.mentions[countries[0].mention].end : head.i])
            return tuple(Argument(a.entity, a.mention, hops + 1) for a in (countries if listed else countries[-1:]))
        lemma = head.lemma_.lower()
        around = (
            *possessors(head),
            *modifiers(head, "of"),
            *(modifiers(head, "from") if lemma in _COMING else ()),
            *(modifiers(head, "at") if lemma in _STAFF else ()),
            *(modifiers(head, "with") if lemma in _FORCES else ()),
            *(o for c in head.children if c.dep_ == "acl" and c.lower_ in ("assigned", "attached") for o in obliques(c, "to")),
        )
        found = (a for t in around for c in conjuncts(t) for a in self.of_head(c, hops + 1) if self._commands(a, head))
        # "Pilots from the 3rd Squadron" are that, but "militants from Chad" are not Chad.
        sent = lemma in _SENT | _STAFF | _HOLDERS or not any(modifiers(head, case) for case in ("from", "with"))
        return tuple(a for a in found if sent or self.reading.label(a.entity) == "MilitaryForce")

    def _commands(self, owner: Argument, head: Token) -> bool:
        """Tell whether an owner acts through what a noun names: a country through its people and forces, a body through its staff and fighters."""
        label, lemma = self.reading.label(owner.entity), head.lemma_.lower()
        if label == "Country":
            return lemma not in _OF_BODIES_ONLY and not _is_of_camp(head)
        through = lemma in _THROUGH or (label == "Alliance" and lemma == "minister")
        return (label in BODIES and through) or (label == "Vehicle" and lemma in ("team", "crew", "sailor", "marine"))

    def side_of(self, noun: Token) -> tuple[Argument, ...]:
        """Return the country or group whose forces or officials a phrase describes: "10,000 Ukrainian soldiers"."""
        if noun.pos_ == "NUM" or noun.lemma_ in _PARTS:
            return tuple(a for t in modifiers(noun, "of") for a in self.side_of(t))
        direct = self._direct(noun, 0)
        if flown := tuple(o for a in direct for o in self._flown_by(noun, self.reading.mentions[a.mention])):
            return flown
        named = any((self.reading.label(a.entity) != "Group" and not self.is_nameless(a)) or self._is_force_of_kind(a) for a in direct)
        if named or noun.lemma_.lower() not in _ACTING:
            return ()
        nations = modifiers(noun, "from")
        included = modifiers(noun, "including") if nations else []  # "troops from six nations, including Norway": the parse hangs it on the troops
        sent = [a for a in self.of_phrases([*nations, *included]) if self.reading.label(a.entity) == "Country"]
        return self._country_before(noun, 1, within=True) or tuple(sent)  # "troops from Spain, Italy and Poland"

    def _is_force_of_kind(self, argument: Argument) -> bool:
        """Tell whether an entity is a force that is called by its country and kind: "Afghan security forces", not "Afghan forces"."""
        words = self.reading.entity(argument.entity).name.split()
        return self.reading.label(argument.entity) == "MilitaryForce" and len(words) > 2 and words[-1].lower() == "forces"

    def _place_named(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Take the name of a place after the word for what it is: "the province of Latakia", "the Karrada district", "the towns of Bam and Rayan"."""
        if head.lemma_ not in PLACE_NOUNS:
            return ()
        listed = [c for t in modifiers(head, "of") for c in conjuncts(t)] if head.tag_ == "NNS" else []
        if len(listed) > 1:
            return tuple(a for t in listed for a in self._direct(t, hops + 1) if self.reading.label(a.entity) in _PLACES)
        named = [a for t in modifiers(head, "of") for a in self._direct(t, hops + 1)] or self.before(head, head.i)
        return tuple(a for a in named[-1:] if self.reading.label(a.entity) in _PLACES)

    def _vessel_named(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Take the ship that a word for ships has before it: "the Galaxy Leader cargo ship"."""
        named = self.before(head, head.i)[-1:] if head.lemma_ in _VESSELS else []
        return tuple(Argument(a.entity, a.mention, hops + 1) for a in named if self.reading.label(a.entity) == "Vehicle")

    def _evil_named(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Take the armed group that a word for an evil has with it: "the scourge of ISIL", "the threat posed by ISIL", "the Boko Haram threat"."""
        if head.lemma_.lower() not in EVILS:
            return ()
        posed = [a for c in head.children if c.dep_ in ("acl", "acl:relcl") and c.lemma_ in ("pose", "present") for a in (*agents(c), *modifiers(c, "by"))]
        below = [*modifiers(head, "of"), *modifiers(head, "from"), *posed]
        named = [a for t in below for a in self.of_head(t, hops + 1)] or self.before(head, head.i)[-1:]
        return tuple(Argument(a.entity, a.mention, hops + 1) for a in named if self.reading.label(a.entity) == "ArmedGroup")

    def _squadron_of(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Take the force before the type of its aircraft, which is no mention of its own: "two RAF Tornado GR4s"."""
        several = head.tag_ in ("NNPS", "NNS") or (head.lower_.endswith("s") and head.lower_[-2:-1].isdigit())
        named = self.before(head, head.i)[-1:] if head.pos_ == "PROPN" and several else []
        return tuple(Argument(a.entity, a.mention, hops + 1) for a in named if self.reading.label(a.entity) == "MilitaryForce")

    def _body_named(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Take the body that a word for such bodies has before it: "the BRICS group", "the Labour party"."""
        definite = head.lemma_.lower() in _KINDS_OF_BODIES and any(c.lower_ == "the" for c in head.children)
        named = self.before(head, head.i)[-1:] if definite else []
        return tuple(Argument(a.entity, a.mention, hops + 1) for a in named if self.reading.label(a.entity) in BODIES)

    def _whole(self, head: Token, hops: int) -> tuple[Argument, ...]:
        """Take the whole for a counted part: "dozens of civilians", "members of the Security Council"."""
        if (head.lemma_ not in _SHARES and head.pos_ != "NUM") or _are_others(head):
            return ()
        found = tuple(a for t in modifiers(head, "of") for c in conjuncts(t) for a in self.of_head(c, hops + 1))
        return found or (tuple(Argument(a.entity, a.mention, hops + 1) for a in self.before(head, head.i)[-1:]) if head.lemma_ == "member" else ())

    def before(self, noun: Token, start: int, within: bool = False) -> list[Argument]:
        """Return the entities named among the words right before a noun, in the same noun phrase: "U.S.-South Korean alliance".

        Parameters:
            within: look into the mention that the noun itself heads, too.
        """
        out: list[Argument] = []
        position, joined = start - 1, 0
        while position >= 0 and self._is_premodifier(position):
            joined = position if self.doc[position].pos_ == "CCONJ" else joined
            index = self.covering.get(position)
            around = self.reading.mentions[index] if index is not None and self.reading.mentions[index].end > start else None
            if around is not None and (within or around.label in ("Event", "Agreement")):
                index = self.innermost.get(position)  # "Ukrainian" within "10,000 Ukrainian soldiers", "Russian" within "Russian missile strike"
            if index is not None and self.reading.mentions[index].end <= start:
                mention = self.reading.mentions[index]
                root = self.doc[mention.root]
                person = mention.label == "Person" and root.dep_ in ("nsubj", "nsubj:pass", "obl", "obj", "obl:agent")
                if mention.label == "Position" or is_excluded(root):
                    break
                of_first = bool(out) and root.head.pos_ == "NOUN" and mention.end <= root.head.i < joined
                apart = joined and (person or not _is_before_its_head(root) or of_first)
                if self.is_in_participle(mention.end) or apart:
                    break  # "Moon of South Korea and Japanese Prime Minister Abe", "Omani officials and Houthi envoy" join two phrases
                out[:0] = [Argument(e, index) for e in self.reading.of_mention[index]]
                position = mention.start
            position -= 1
        return out

    def within(self, noun: Token) -> tuple[Argument, ...]:
        """Return the place that a piece of land lies in: "four villages in Gazakh", "the outskirts of Bakhmut", "swathes of Darfur"."""
        lemma = noun.lemma_.lower()
        if lemma not in _LAND | _STRETCHES or self._direct(noun, 0):
            return ()
        if lemma in _STRETCHES and (whole := self.of_phrases(modifiers(noun, "of"))):
            return tuple(a for a in whole if self.reading.label(a.entity) in _PLACES and not self.is_nameless(a))
        behind = [c for c in noun.head.children if c.dep_ == "obl" and c.left_edge.i == noun.i + 1]  # parsers hang "near Lachin" on the verb
        phrases = [c for c in (*modifiers(noun, None), *behind) if case_of(c) in _WITHIN]
        found = [a for c in phrases[:1] for a in self.of_phrases([c]) or self.within(c)]
        owned = [] if phrases or noun.lemma_.lower() not in _GROUND else [*self.before(noun, noun.i), *self.of_phrases(possessors(noun))]
        return tuple(a for a in (*found, *owned) if self.reading.label(a.entity) in (*_PLACES, "Country") and not self.is_nameless(a))

    def there(self, verb: Token) -> tuple[Argument, ...]:
        """Return the place that "there" beside a verb points back to: the last one named in its sentence before it, or in the sentence before."""
        beside = (verb, *(c for c in verb.children if c.dep_ == "nsubj"))  # "troops there clashed with"
        if not any(c.lower_ in ("there", "thither") and c.dep_ == "advmod" for word in beside for c in word.children):
            return ()
        start = self.doc[max(0, verb.sent.start - 1)].sent.start
        named = [(i, m) for i, m in enumerate(self.reading.mentions) if start <= m.start and m.end <= verb.i and m.label in (*_PLACES, "Country")]
        acting = {i for i, m in named if self.doc[m.root].dep_ in ("nsubj", "nsubj:pass", "amod", "nmod:poss")}
        last = next((i for i, _ in reversed(named) if i in self.reading.of_mention and i not in acting), None)
        return tuple(Argument(e, last, 2) for e in self.reading.of_mention[last]) if last is not None else ()

    @cached_property
    def _dateline(self) -> tuple[Argument, ...]:
        """The place that a report opens with: "LIMA, Aug 17 –"."""
        first = ((i, m) for i, m in enumerate(self.reading.mentions) if m.form == "name" and m.label == "City" and i in self.reading.of_mention)
        return next((tuple(Argument(e, i, 2) for e in self.reading.of_mention[i]) for i, m in first if dateline_end(self.doc, m.start) is not None), ())

    def here(self, verb: Token) -> tuple[Argument, ...]:
        """Return the place that "here" beside a verb means where a report itself says it: that of its date line."""
        word = next((c for c in verb.children if c.lower_ == "here" and c.dep_ == "advmod"), None)
        quoted = word is not None and any(t.text in ("“", '"', "‘") for t in word.doc[word.sent.start : word.i])
        return self._dateline if word is not None and not quoted else ()

    def prefixed(self, participle: Token) -> tuple[Argument, ...]:
        """Return who is joined to a participle by a hyphen, and so does what it says: "Houthi-held Hodeidah"."""
        start = participle.i
        if participle.tag_ not in ("VBN", "VBD") or start < 2 or self.doc[start - 1].text not in ("-", "–"):
            return ()
        index = self.covering.get(start - 2)
        return tuple(Argument(e, index) for e in self.reading.of_mention[index]) if index is not None else ()

    def is_in_participle(self, end: int) -> bool:
        """Tell whether a name goes on in a participle or a class, and so does not own what follows: "UAE-backed forces", "Guardian-class boats"."""
        if end + 1 < len(self.doc) and self.doc[end].text in ("-", "–") and self.doc[end + 1].lower_ == "class":
            return True
        if end + 1 < len(self.doc) and self.doc[end].tag_ == "VBN" and self.doc[end].lemma_ in _BACKING and end not in self.covering:
            return True
        return end + 1 < len(self.doc) and self.doc[end].text == "-" and self.doc[end + 1].tag_ in ("VBN", "VBD") and end + 1 not in self.covering

    def _is_premodifier(self, position: int) -> bool:
        token = self.doc[position]
        if token.text == "," and 0 < position < len(self.doc) - 1:  # "Spanish, Danish and Dutch soldiers"
            listed = self.doc[position + 1].dep_ == "conj" and self.doc[position + 1].head.i < position
            return listed and all(self.doc[i].ent_type_ == "Country" for i in (position - 1, position + 1))
        if token.text == "–" and token.i and token.nbor(-1).whitespace_:
            return False  # "LAGOS, Nigeria – Brazilian frigate …"
        if token.tag_ == "VBG" and token.dep_ in ("acl", "advcl") and any(c.dep_ == "obj" for c in token.children):
            return False  # "NATO countries conducting airstrikes"
        if token.pos_ == "VERB" and token.head.i <= token.i:
            return False  # "Norway condemned last night's attack", read as "condemned attack"
        return (token.pos_ in _PREMODIFIER and token.lower_ not in ("the", "a", "an") and token.tag_ not in ("VBZ", "VBP", "VBD")) or token.text in (
            "-",
            "–",
            "'s",
            "’s",
            "/",
        )

    def denoted(self, noun: Token) -> tuple[Argument, ...]:
        """Return the entities that a role noun is said of: by copula, apposition, title before a name, or reference."""
        found: dict[str, Argument] = {}
        for argument in self._denoted(noun):
            if self.reading.mentions[argument.mention].label != "Position" or self.reading.label(argument.entity) != "Position":
                found.setdefault(argument.entity, argument)
        return tuple(found.values())

    def named(self, noun: Token) -> tuple[Argument, ...]:
        """Return those of the entities that a noun is said of which have a name: "the frigate Liberal"."""
        return tuple(a for a in self.denoted(noun) if not self.is_nameless(a))

    def _denoted(self, noun: Token) -> Iterable[Argument]:
        if has_copula(noun) or (noun.dep_ in ("xcomp", "obj") and noun.head.lemma_ in _BECOME):
            yield from self._predicated(noun)
            return
        yield from self._denoted_above(noun)
        beside = noun.dep_ in ("appos", "nmod:desc", "compound", "flat", "nmod:unmarked") and noun.head.i != noun.i
        if beside and not (case_of(noun) and noun.head.i < noun.i):  # "Ana Lind, spokeswoman for the minister"
            yield from (a for name in renamed_together(noun) for a in self._direct(name, 0))
        if noun.dep_ == "conj":
            yield from self._denoted_with(noun)
        for child in noun.children:
            if child.dep_ in ("appos", "flat", "nmod:desc"):
                several = conjuncts(child) if noun.tag_ == "NNS" and child.i > noun.i else iter([child])  # "NATO members Norway and Denmark"
                yield from (a for c in several for a in self._direct(c, 0) or self._described_as(c))
        yield from (a for included in _included(noun) for c in conjuncts(included) for a in self._direct(c, 0))
        described = [i for i in self.by_root.get(noun.i, ()) if self.reading.mentions[i].form == "noun"]
        yield from (Argument(e, i) for i in described for e in self.reading.of_mention[i])

    def _denoted_above(self, noun: Token) -> Iterable[Argument]:
        """Return whom a role is said of by the word that it hangs on."""
        yield from self.of_phrases(_acting_as(noun))
        if noun.dep_ == "nmod" and noun.head.lemma_ == "one" and case_of(noun) == "of":  # "is one of the founders of the union"
            yield from self._denoted(noun.head)
        if noun.dep_ in _PREDICATED and has_copula(noun.head):  # "its rector is Professor Moyo"
            yield from self.of_phrases([noun.head])

    def _denoted_with(self, noun: Token) -> Iterable[Argument]:
        """Return whom a role coordinated with another is said of."""
        another = _is_another(noun) or any(self._direct(c, 0) for c in noun.children if c.dep_ == "appos")
        if not self._names_somebody(noun.head) and not another:
            yield from self._denoted(noun.head)
        if self._goes_on(noun):
            yield from self._direct(noun.head, 0)

    def _goes_on(self, noun: Token) -> bool:
        """Tell whether a noun without article goes on with what an apposition says: "Ana Lind, president of the union and wife of Rui Andrade"."""
        bare = noun.pos_ == "NOUN" and not any(c.dep_ in ("det", "nmod:poss", "nummod", "appos", "flat") for c in noun.children)
        return bare and any(c.dep_ == "appos" and c.pos_ == "NOUN" and noun.head.i < c.i < noun.i for c in noun.head.children)

    def _described_as(self, noun: Token) -> tuple[Argument, ...]:
        """Return the person named behind a noun that renames another: "her husband, the Swiss jurist Reto Mathis"."""
        found = self._named_by(noun, ("appos", "flat", "nmod:desc"), 0) if noun.pos_ == "NOUN" and noun.dep_ == "appos" else ()
        return tuple(a for a in found if self.reading.label(a.entity) == "Person")

    def _predicated(self, noun: Token) -> tuple[Argument, ...]:
        """Return the subject of a predicate noun: "Okoye is minister", "Okoye became minister"."""
        if not has_copula(noun):
            return self.of_phrases(subjects(noun.head))
        own = [antecedent(c, noun) for c in noun.children if c.dep_ in _PREDICATED]
        if not own and noun.dep_ == "xcomp" and noun.head.lemma_ == "continue":
            return self.of_phrases(subjects(noun.head))  # "continues to be the largest donor"
        if not own and noun.dep_ == "conj":
            return self.of_phrases(subjects(noun.head)) or self._predicated(noun.head)  # "was captain of the ship and was later attaché"
        return self.of_phrases(own) if own or noun.dep_ != "appos" else self._direct(noun.head, 0)  # hung on its subject by the parser

    def _names_somebody(self, head: Token) -> bool:
        """Tell whether a phrase is itself a name, so that what is coordinated with it is somebody else."""
        return any(self.reading.mentions[i].label != "Position" for i in self.by_root.get(head.i, ()))

    def span(self, mention: int) -> Span:
        """Return the raw span of a mention."""
        found = self.reading.mentions[mention]
        return self.reading.raw(found.start, found.end)
