"""Who did what a noun names: the attacker behind "the attack", the giver behind "this assistance"."""

from collections.abc import Iterable

from spacy.tokens import Token

from graphbuild.catalogue import Catalogue
from graphbuild.relations.arguments import PLACE_NOUNS, Argument, Arguments
from graphbuild.speech import ALLEGE, SHARES, blamed_on, is_alleged, is_to_blame
from graphbuild.syntax import (
    HELPING,
    LIGHT,
    ROWS,
    agents,
    case_of,
    conjuncts,
    has_copula,
    holders,
    is_negated,
    is_passive,
    light_verb,
    modifiers,
    movers,
    objects,
    obliques,
    possessors,
    recipients,
    subjects,
    surface_subjects,
)

_DEEDS = frozenset(
    "action act attack provocation violation strike airstrike atrocity aggression bombing shelling assault move step launch test incursion"
    " invasion killing crime"
    " threat raid offensive behaviour behavior conduct campaign massacre murder crackdown outrage deed violence bombardment explosion blast"
    " ambush abuse".split()
)
"""Nouns for what somebody does to others, which later sentences take up: "these actions"."""
_STRIKES = frozenset("strike airstrike".split())
"""Nouns for what air forces do again and again, and releases count."""
_STEPS = frozenset(
    "drill exercise manoeuvre maneuver deployment flight overflight firing landing transit patrol shot blockade occupation annexation seizure arrest"
    " detention storming burning crossing build-up buildup".split()
)
"""Nouns for what else somebody may be blamed for."""
_MOVES = frozenset(
    "drill exercise manoeuvre maneuver deployment flight overflight firing landing transit patrol crossing build-up buildup movement launch test"
    " incursion".split()
)
"""Nouns for what forces do themselves: of "the arrest of Kenyan soldiers" these are the victims."""
_PROJECTILES = frozenset("missile rocket drone shell mortar torpedo".split())
_GIFTS = frozenset(
    "assistance aid support help contribution funding effort programme program policy money grant donation mission operation patrol training".split()
)
"""Nouns for what somebody does for others."""
_HELP = HELPING | {"assistance", "backing"}
_GIVE = frozenset("provide give offer send announce contribute extend pledge deliver supply grant commit allocate".split())
_WILLS = frozenset("plan threat preparation promise proposal decision offer pledge talk bid vow".split())
"""Nouns whose owner would do what they are of or for."""
ABSOLVE = frozenset("acquit clear absolve exonerate".split())
_SENTENCE = frozenset("convict sentence jail imprison".split())
"""Verbs of courts whose object, they find, did what follows."""
_TERMS = frozenset("death life year month decade prison jail imprisonment term".split())
"""What a court sentences somebody to; parsers hang the deed on it."""
_BYSTANDING = frozenset(
    "back support endorse champion oppose condemn criticise criticize denounce deplore reject welcome praise approve describe call brand demand request"
    " want urge need fear see view know watch witness follow receive face suffer accompany ban block thwart foil delay sign"
    " announce report confirm broker mediate negotiate monitor investigate document record".split()
)
"""Verbs for what others than its doer do about a deed: "a plan backed by the bank" is not the bank's."""
_PURSUE = frozenset("pursue maintain adopt follow implement introduce impose take announce launch order conduct commit pass enact keep continue".split())
"""Verbs whose object is what their subject does."""
_SHOWING = frozenset("show demonstrate display reveal underline underscore highlight expose illustrate prove reflect exemplify".split())
_CRUELTY = frozenset(
    "cruelty barbarity barbarism brutality savagery depravity inhumanity callousness cowardice ruthlessness wickedness evil disregard contempt disdain"
    " bankruptcy hypocrisy lawlessness".split()
)
"""What a deed shows of whoever did it."""
_CONDUCT = frozenset("action act behaviour behavior conduct activity policy manoeuvre maneuver".split())
"""Nouns for what somebody does, who stands behind "of"."""
_RESOLVES = frozenset("decision refusal failure attempt plan threat bid intention move readiness willingness".split())
"""Nouns whose of-phrase says who is to do what their infinitive tells: "the decision of Chad to expel them"."""
_DEVICES = frozenset("bomb device mine explosive landmine ied car-bomb".split())
_PLANT = frozenset("plant lay place detonate bury rig".split())
_EXPLODE = frozenset("explode detonate go".split())
_RAIDS = frozenset("raid airstrike strike assault ambush bombing shelling operation bombardment".split())
_RAIDING = frozenset("kill wound injure murder arrest detain capture abduct kidnap destroy free rescue seize".split())
_ATTACKERS = frozenset("attacker assailant gunman bomber raider".split())
_BOMBING = frozenset("bomb shell strike attack raid storm rocket ambush hit strafe bombard".split())
_UNDER = frozenset("fire gunfire attack shelling bombardment assault".split())
"""What those come under who are attacked."""
_PRAISING = frozenset("praise commend thank congratulate applaud laud salute credit hail".split())
_GUILT = frozenset("responsibility credit".split())
_CLAIMS = frozenset("claim commit perpetrate carry launch conduct mount stage inflict".split())


def _giver(gift: Token) -> list[Token]:
    """Return who gives what a noun names, as the verb above it says: "X will provide $5 million in assistance"."""
    verb = gift
    while verb.dep_ in ("nmod", "obj", "obl", "conj", "nsubj:pass") and verb.pos_ in ("NOUN", "SYM", "NUM") and verb.head.i != verb.i:
        verb = verb.head
    return subjects(verb) if gift.lemma_.lower() in _GIFTS and verb.lemma_ in _GIVE else []


def _doing(noun: Token) -> list[Token]:
    """Return who launched or owned up to what a noun names: "the attack that the army launched", "claimed the bombing", "took credit for the strike"."""
    clauses = [c for c in noun.children if c.dep_ == "acl:relcl" and c.lemma_ in LIGHT | _CLAIMS and not any(g.dep_ == "obj" and g.i > c.i for g in c.children)]
    claimed = [c for c in noun.children if c.dep_ == "acl:relcl" and _owns_up(c)]
    if clauses or claimed:
        return [s for c in (*clauses, *claimed) for s in subjects(c) if s.i != noun.i]
    verb = noun.head if noun.dep_ in ("obj", "obl") else noun.head.head if noun.dep_ == "nmod" and noun.head.lemma_ in _GUILT else noun
    if verb.i == noun.i or verb.pos_ != "VERB":
        return []
    owned = (noun.dep_ == "obj" and verb.lemma_ == "claim") or (case_of(noun) == "for" and _owns_up(verb))
    if is_negated(verb):
        return []  # who has not claimed an attack may have made it
    return subjects(verb) if owned else []


def _taking_part(noun: Token) -> list[Token]:
    """Return who takes part in what a noun names: "joined the talks with"; more verbs are light."""
    verb = noun.head
    if noun.dep_ == "obl" and verb.lower_ == "involved" and case_of(noun) == "in":
        return surface_subjects(verb)
    if noun.dep_ == "nmod" and verb.lemma_ == "part" and verb.dep_ == "obj":
        return subjects(verb.head) if verb.head.lemma_ == "take" else []
    return subjects(verb) if noun.dep_ == "obj" and verb.lemma_ == "join" else []


def _pursuing(step: Token) -> list[Token]:
    """Return who takes a step that a relative clause judges: "Peru has adopted measures which Chile condemned"."""
    above = step.head
    taken = step.dep_ == "obj" and above.pos_ == "VERB" and above.lemma_ in _PURSUE
    return subjects(above) if taken and not is_negated(above) else []


def is_projectile(noun: Token) -> bool:
    """Recognise a weapon that is fired, or some of several: "the missile", "one of the drones"."""
    every = [noun, *(modifiers(noun, "of") if noun.pos_ == "NUM" or noun.lemma_.lower() in ROWS else [])]
    return any(n.lemma_.lower() in _PROJECTILES for n in every)


def _firing(weapon: Token) -> Token | None:
    """Return the verb that says that a weapon was fired: "fired a missile", "a missile launched by the militia"."""
    verbs = [weapon.head] if weapon.dep_ in ("obj", "nsubj:pass") else []
    verbs += [c for c in weapon.children if c.dep_ in ("acl", "acl:relcl")]
    return next((v for v in verbs if v.lemma_ in ("fire", "launch") and not is_negated(v)), None)


def _owns_up(verb: Token) -> bool:
    return verb.lemma_ in ("claim", "take", "accept", "admit") and any(o.lemma_ in _GUILT for o in objects(verb))


def _killing_in(raid: Token) -> list[Token]:
    """Return who killed or took others in what a noun names: "killed four rebels in a raid on the village"; those killed may be who made it."""
    verb = raid.head
    if raid.dep_ != "obl" or case_of(raid) not in ("in", "during") or verb.lemma_ not in _RAIDING or raid.lemma_.lower() not in _RAIDS:
        return []
    return [] if is_negated(verb) or any(o.lemma_.lower() in _ATTACKERS for o in objects(verb)) else subjects(verb)


def credited(deed: Token) -> list[Token]:
    """Return who is thanked or praised for what a noun names, and so did it: "commended the police for the swift arrest of the gang"."""
    verb = deed.head
    praised = deed.dep_ == "obl" and case_of(deed) == "for" and verb.lemma_ in _PRAISING and verb.pos_ == "VERB"
    own = any(c.dep_ == "nmod:poss" for c in deed.children)
    return [] if not praised or own else objects(verb) or recipients(verb)


def _is_dying(verb: Token) -> bool:
    """Tell whether a verb says that some died or were hurt, not by whom."""
    return (is_passive(verb) and not agents(verb)) or verb.lemma_ in ("die", "perish")


def _fire_over(verb: Token) -> list[Token]:
    """Return the fire under which those came who died or were hurt: "were killed when their car came under Kenyan fire"."""
    if not _is_dying(verb):
        return []
    clauses = [c for c in verb.children if c.dep_ == "advcl" and c.i > verb.i and _is_when(c) and c.lemma_ == "come"]
    return [o for c in clauses for o in obliques(c, "under") if o.lemma_.lower() in _UNDER]


def assailants(verb: Token) -> list[Token]:
    """Return who did what a clause says some died of: "eight people died when the air force bombed Bam", "were hurt when rebels opened fire on them"."""
    if not _is_dying(verb):
        return []
    clauses = [c for c in verb.children if c.dep_ == "advcl" and c.i > verb.i and _is_when(c) and not is_passive(c) and not is_negated(c)]
    hostile = [c for c in clauses if c.lemma_ in _BOMBING or any(o.lemma_ in ("fire", "bomb", "missile", "rocket") for o in objects(c))]
    blasts = [s for c in clauses if c.lemma_ in _EXPLODE for s in subjects(c)]
    return [*(s for c in hostile for s in c.children if s.dep_ == "nsubj" and s.pos_ != "PRON"), *(p for s in blasts for p in _planting(s))]


def _planting(device: Token) -> list[Token]:
    """Return who planted what blew up: "a bomb planted by the militia"."""
    laid = [c for c in device.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.lemma_ in _PLANT] if device.lemma_.lower() in _DEVICES else []
    return [a for c in laid for a in agents(c)]


def _is_when(clause: Token) -> bool:
    return any(c.lower_ in ("when", "as") and c.dep_ in ("mark", "advmod") for c in clause.children)


def _same_deed(lemma: str) -> frozenset[str]:
    """Return the nouns that may have named the same deed before: "the strikes" after "airstrikes"."""
    return frozenset(d for d in _DEEDS if d.endswith(lemma) or lemma.endswith(d))


def _culprits(noun: Token) -> list[Token]:
    """Return who is said to have done what a noun names: "blamed Togo for the attack", "is responsible for the raid", "was behind the blast"."""
    return blamed_on(noun) or _charged(noun)


def _charged(noun: Token) -> list[Token]:
    """Return who is accused or convicted of what a noun names, or answers for it."""
    head = noun.head
    if head.i != noun.i and head.pos_ == "VERB" and (head.lemma_ in ALLEGE or _is_wanted(head)) and is_alleged(noun):
        return subjects(head) if is_to_blame(head) else objects(head)
    if (disowner := disowning(noun)) is not None:
        return subjects(disowner)
    if noun.dep_ == "obl" and head.lemma_ in ABSOLVE and case_of(noun) == "of":
        return objects(head)
    judge = head.head if head.lemma_ in _TERMS and head.dep_ in ("obl", "obj", "xcomp") else head
    if judge.lemma_ in _SENTENCE and case_of(noun) in ("of", "for", "over"):
        return objects(judge)
    if head.lower_ == "guilty" and case_of(noun) == "of":
        return subjects(head) or objects(head.head)  # "found him guilty of the murder"
    if noun.dep_ in ("obl", "nmod") and head.lower_ == "responsible" and case_of(noun) == "for":
        return subjects(head) or objects(head.head)  # "holds Iran responsible for the attack"
    if has_copula(noun) and case_of(noun) == "behind":
        return subjects(noun)
    return cruel(head) if noun.dep_ == "nsubj" else []


def _is_wanted(verb: Token) -> bool:
    """Recognise "is wanted for the murder of"."""
    return verb.lower_ == "wanted" and is_passive(verb)


def cruel(verb: Token) -> list[Token]:
    """Return whose cruelty a clause says that something shows: "the attack demonstrates the barbarity of X", "shows X's contempt for life"."""
    shown = objects(verb) if verb.lemma_ in _SHOWING else []
    return [t for o in shown if o.lemma_.lower() in _CRUELTY for t in possessors(o) or modifiers(o, "of")]


def disowning(noun: Token) -> Token | None:
    """Return the verb that says that somebody had no share in what a noun names: "had nothing to do with the attack", "denied any role in the raid"."""
    share = noun.head
    if noun.dep_ not in ("obl", "nmod") or case_of(noun) not in ("with", "in"):
        return None
    if share.lemma_ == "do" and share.head.lower_ == "nothing":
        share = share.head
    elif share.lemma_.lower() not in SHARES:
        return None
    verb = share.head
    none = share.lower_ == "nothing" or any(c.lower_ == "no" for c in share.children)
    disowned = (none and verb.lemma_ in ("have", "play", "take", "bear")) or verb.lemma_ in ("deny", "disavow", "disclaim")
    return verb if disowned and share.dep_ == "obj" and verb.pos_ in ("VERB", "AUX") else None


def _is_itemised(strike: Token) -> bool:
    """Recognise the strikes of an item of a list: "Near Raqqah, ten strikes engaged …", "near Kisik, a strike destroyed …"."""
    counted = any(c.dep_ == "nummod" or c.lower_ in ("a", "one") for c in strike.children)
    placed = [c for c in strike.head.children if c.dep_ == "obl" and case_of(c) in ("near", "in") and c.i < strike.i]
    return strike.lemma_.lower() in _STRIKES and counted and bool(placed) and strike.dep_ == "nsubj"


class Deeds:
    """Finds the actors behind nouns of one document."""

    def __init__(self, arguments: Arguments, catalogue: Catalogue) -> None:
        self.arguments, self.catalogue = arguments, catalogue

    def actors(self, found: list[Argument] | tuple[Argument, ...]) -> list[Argument]:
        """Keep what can act."""
        return [a for a in found if self.catalogue.admits(("actor",), self.arguments.reading.label(a.entity))]

    def named_with(self, noun: Token) -> tuple[Argument, ...]:
        """Return who is named with a noun as the one who does it: X's visit, a visit by X, support provided by X, an X-led raid, the X visit."""
        participles = [a for c in noun.children if c.dep_ == "acl" and is_passive(c) and c.lemma_ not in _BYSTANDING for a in agents(c)]
        participles += [n for c in noun.children if c.lower_ == "led" and c.i < noun.i for n in c.children if n.i < c.i and n.pos_ in ("PROPN", "ADJ", "NOUN")]
        below = [
            a for m in modifiers(noun, None) if not possessors(noun) for a in modifiers(m, "by")
        ]  # "the hanging of four activists by the army": the parse hangs it on the inner noun
        # What "its occupation by the army" has before it suffers it.
        by = self.arguments.of_phrases([*modifiers(noun, "by"), *agents(noun), *participles, *below])
        owned = by or self.arguments.of_phrases([*possessors(noun), *movers(noun), *(modifiers(noun, "of") if noun.lemma_.lower() in _CONDUCT else ())])
        return owned or tuple(self.arguments.before(noun, noun.i, within=noun.lemma_.lower() in _DEEDS))

    def agents_of(self, noun: Token) -> tuple[Argument, ...]:
        """Return who does what a noun names, the subject of its light verb too: X paid a visit."""
        return self.performers(noun) or self.arguments.of_phrases(_doing(noun) or _taking_part(noun) or _killing_in(noun))

    def culprits_of(self, noun: Token) -> tuple[Argument, ...]:
        """Return who is said to have caused what a noun names: "ISIL is responsible for the deaths of thousands"."""
        return self.arguments.of_phrases(_culprits(noun) if noun.head.lower_ == "responsible" else [])

    def performers(self, noun: Token) -> tuple[Argument, ...]:
        """Return who is named with a noun, or is the subject of its light verb, but not who only claims what it names."""
        light = light_verb(noun)
        if noun.dep_ == "nmod" and noun.head.lemma_ in _WILLS and case_of(noun) in ("of", "for", "on") and not self.named_with(noun):
            return self.performers(noun.head) or self.arguments.of_phrases(holders(noun.head))  # "Israeli plans for an attack", "its threat of sanctions"
        return self.named_with(noun) or self.arguments.of_phrases(_culprits(noun) or (subjects(light) if light is not None else []))

    def _fired_by(self, weapon: Token) -> list[Argument]:
        """Return who fired "the missile", "the drones": what was last said to have been fired, at most two sentences up."""
        if not any(c.dep_ == "det" and c.lower_ in ("the", "these", "this") for c in weapon.children) or modifiers(weapon, None):
            return []
        doc, first = weapon.doc, weapon.sent.start
        for _ in range(2):
            first = doc[max(0, first - 1)].sent.start
        for token in reversed(list(doc[first : weapon.sent.start])):
            if token.lemma_.lower() == weapon.lemma_.lower() and (fired := _firing(token)) is not None:
                return self.actors(self.arguments.acting(self.arguments.of_phrases(subjects(fired))))
        return []

    def backed(self, noun: Token) -> tuple[Argument, ...]:
        """Return who fights the fight that others help them in: "supports Iraq in the fight against ISIL", "support for Iraq in its fight against ISIL"."""
        if noun.dep_ not in ("obl", "nmod") or case_of(noun) != "in" or self.named_with(noun):
            return ()
        verb = noun.head if noun.head.pos_ == "VERB" else None
        helping = list(objects(verb)) if verb is not None else [noun.head]
        sides = [m for o in helping if o.lemma_.lower() in _HELP for case in ("for", "to", "of") for m in modifiers(o, case) if m.i < noun.i]
        return self.arguments.of_phrases(sides or (helping if verb is not None and verb.lemma_ in _HELP else []))

    def assailing(self, verb: Token) -> tuple[Argument, ...]:
        """Return who attacked those who died, as a clause with "when" says, or whose the aircraft or shells were; no bus that "hit a tree"."""
        told = [a for fire in _fire_over(verb) for a in self.arguments.before(fire, fire.i, within=True) or self.arguments.of_phrases(modifiers(fire, "from"))]
        found = self.arguments.acting((*self.arguments.of_phrases(assailants(verb)), *told))
        return tuple(a for a in found if not (self.arguments.reading.label(a.entity) == "Vehicle" and self.arguments.is_nameless(a)))

    def blamed(self, verb: Token) -> tuple[Argument, ...]:
        """Return who is meant by the object of blame: the object if it acts, else who did it, as the phrase says, else the deed."""
        return self.meant_by(c for o in objects(verb) for c in conjuncts(o))

    def meant_by(self, heads: Iterable[Token]) -> tuple[Argument, ...]:
        """Return who is meant by what is judged: each that acts, else who did it, else the deed."""
        out: list[Argument] = []
        for head in heads:
            direct = self.arguments.of_head(head)
            named = self.actors(direct) or self._doers_beside(head, direct) or self._sent(head) or self.actors(list(self.arguments.of_phrases(_pursuing(head))))
            out.extend(named or self._doers_before(head) or self._same_step_before(head) or direct)
        return tuple({a.entity: a for a in out}.values())

    def _doers_beside(self, head: Token, direct: tuple[Argument, ...]) -> list[Argument]:
        """Return who did what a noun names; of an office not whose it is: "criticised Lind's foreign minister"."""
        label = self.arguments.reading.label
        office = any(label(a.entity) == "Position" for a in direct)
        return [a for a in self.doers(head) if not office or label(a.entity) != "Person"]

    def doers(self, deed: Token) -> list[Argument]:
        """Return who did what a noun names: "the ISIL attack", "bombings by X", "attacks for which X has claimed responsibility"."""
        said = (c for t in deed.subtree for c in t.children if c.dep_ in ("acl", "acl:relcl") and c.lemma_ in _CLAIMS)
        claims = [c for c in said if c.i > c.head.i + 1 or c.head.lemma_.lower() not in PLACE_NOUNS]  # not "in a region claimed by Chad"
        claims += [deed.head] if deed.dep_ == "nsubj:pass" and deed.head.lemma_ in _CLAIMS else []
        claims += [deed.head] if deed.dep_ == "obj" and deed.head.lemma_ in _CLAIMS and not is_negated(deed.head) else []
        below = [a for m in modifiers(deed, "of") for a in modifiers(m, "by")]  # "the launch of a missile by North Korea"
        owning = [s for c in claims for s in (agents(c) if is_passive(c) else subjects(c))]
        deciding = modifiers(deed, "of") if deed.lemma_.lower() in _RESOLVES and any(c.dep_ == "acl" and c.tag_ == "VB" for c in deed.children) else []
        behaving = modifiers(deed, "of") if deed.lemma_.lower() in _CONDUCT else []
        phrases = [*possessors(deed), *modifiers(deed, "by"), *agents(deed), *below, *owning, *deciding, *behaving]
        named = list(self.arguments.of_phrases(phrases)) or self.arguments.before(deed, deed.i, within=True)
        return self.actors(named or list(self.arguments.of_phrases(_giver(deed))))

    def _sent(self, deed: Token) -> list[Argument]:
        """Return whose forces a deed sets in motion, or who holds it, as its clause says: "the deployment of American ships", "the drill that X is holding"."""
        moved = [a for t in modifiers(deed, "of") for a in self.arguments.side_of(t)] if deed.lemma_.lower() in _MOVES else []
        return self.actors(moved or list(self.arguments.of_phrases(_doing(deed)))) if deed.lemma_.lower() in _DEEDS | _STEPS else []

    def _same_step_before(self, deed: Token) -> list[Argument]:
        """Return who did what "the drill", "this decision" points back to: the last one so called, at most two sentences up."""
        lemma = deed.lemma_.lower()
        pointing = any(c.dep_ == "det" and c.lower_ in ("this", "these", "such", "the") for c in deed.children)
        if lemma not in _STEPS or not pointing or modifiers(deed, None):
            return []
        doc, first = deed.doc, deed.sent.start
        for _ in range(2):
            first = doc[max(0, first - 1)].sent.start
        for token in reversed(list(doc[first : deed.i])):
            if token.lemma_.lower() != lemma:
                continue
            told = self.arguments.of_phrases(subjects(token)) if token.pos_ == "VERB" else self.doers(token) or self.performers(token) or self._sent(token)
            if found := self.actors(list(told)):
                return found
        return []

    def _doers_before(self, deed: Token) -> list[Argument]:
        """Return who did what "these actions", "this attack" point back to: the last deed named with its doer, at most two sentences up."""
        pointing = {c.lower_ for c in deed.children if c.dep_ == "det"} & {"this", "these", "such", "the"}
        if deed.lemma_.lower() not in _DEEDS or not pointing or (pointing == {"the"} and modifiers(deed, None)):
            return []  # "the attack on a bakery" is told here first
        return self._last_named(deed, frozenset((deed.lemma_.lower(),)) if modifiers(deed, None) else _DEEDS)

    def _last_named(self, noun: Token, kind: frozenset[str]) -> list[Argument]:
        doc, first = noun.doc, noun.sent.start
        for _ in range(2):
            first = doc[max(0, first - 1)].sent.start
        for token in reversed(list(doc[first : noun.sent.start])):
            if token.lemma_.lower() in kind and token.pos_ == "NOUN" and (found := self.doers(token) or self.actors(self.performers(token))):
                return found
        return []

    def _only_striker(self, strikes: Token) -> list[Argument]:
        """Return the only one who has struck in the text so far, where strikes are counted on: "It conducted nine strikes. Near Bam, two strikes hit …"."""
        counted = strikes.tag_ == "NNS" or any(c.dep_ == "nummod" for c in strikes.children)
        if strikes.lemma_.lower() not in _STRIKES or not counted or any(c.dep_ in ("det", "amod", "compound", "nmod:poss") for c in strikes.children):
            return []
        before = [t for t in strikes.doc[: strikes.sent.start] if t.lemma_.lower() in _STRIKES and t.pos_ == "NOUN"]
        told = {a.entity: a for t in before for a in self.doers(t) or self.actors(self.performers(t))}
        return list(told.values()) if len(told) == 1 else []

    def _listed_above(self, strike: Token) -> list[Argument]:
        """Return who carried out the strikes that a list counts out, one place after the other: "The coalition conducted ten strikes: Near Mosul, two …"."""
        for token in reversed(list(strike.doc[: strike.sent.start])):
            if token.lemma_.lower() in _STRIKES and token.pos_ == "NOUN" and (found := self.actors(self.performers(token))):
                return found
        return []

    def standing_for(self, noun: Token) -> list[Argument]:
        """Return the actor that a deed or gift stands for as a subject: "the strike killed", "U.S. assistance supports", "this aid will help"."""
        row = noun.lemma_.lower() in ROWS or noun.pos_ == "NUM"
        noun = next((m for m in modifiers(noun, "of") if m.lemma_.lower() in _DEEDS | _PROJECTILES), noun) if row else noun
        lemma = noun.lemma_.lower()
        kind = next((k for k in (_DEEDS, _GIFTS) if lemma in k), None)
        if lemma in _PROJECTILES:
            return self._fired_by(noun)
        if planting := _planting(noun):
            return self.actors(self.arguments.of_phrases(planting))
        if kind is None or noun.pos_ != "NOUN":
            return []
        light = light_verb(noun) if kind is _DEEDS else None
        if light is not None and is_negated(light):
            return []
        struck = self.actors(self.arguments.acting(self.arguments.of_phrases(subjects(light)))) if light is not None else []
        if found := self.doers(noun) or struck or self._only_striker(noun):
            return found
        pointing = {c.lower_ for c in noun.children if c.dep_ == "det"}
        if pointing & {"this", "these", "such"}:
            return self._last_named(noun, kind)
        if _is_itemised(noun):
            return self._listed_above(noun)
        return self._last_named(noun, _same_deed(lemma)) if "the" in pointing and kind is _DEEDS else []
