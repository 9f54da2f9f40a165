"""What is only described: works, events, what is signed or held, and to whom something is done."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from graphbuild.classes import ATTACKS, DEEDS, class_of_described, classify_noun
from graphbuild.language.index import spelled
from graphbuild.language.repairs.moves import CALENDAR
from graphbuild.mentions.base import CERTAIN, FAINT, LONGEST_EVENT, QUOTES, TokenMention
from graphbuild.occupations import field_of
from graphbuild.syntax import agents, case_of, conjuncts, is_negated, is_passive, objects, obliques, possessors

_DESCRIBED_BY_CLAUSES = frozenset(("Group", "Agreement", "Event", "Work", "Vehicle", "Weapon", "Other"))
_WORKS = frozenset(
    "article report book film novel memoir series song poem essay documentary story paper study play album column piece volume biography".split()
)
_MESSAGES = frozenset(
    "statement communique communiqué video videotape audiotape footage message letter interview announcement cartoon commentary photograph".split()
)
"""Nouns for what media print or show."""
_CARRY = frozenset("carry publish air broadcast print release run".split())
"""Verbs for what media do with it."""
_PIECES = frozenset("piece op-ed article book memoir editorial essay novel documentary".split())
_CONDEMNED = frozenset("condemn denounce deplore decry criticise criticize slam blast lament regret".split())
_WELCOMED = frozenset("welcome hail praise applaud commend".split())
_JUDGED = _CONDEMNED | {"claim", "avow"} | _WELCOMED
"""Verbs whose object is an event though nothing but its deed is named: "condemned the killing"."""
_EVILS = frozenset(
    "violence terrorism piracy aggression escalation provocation violation atrocity bloodshed persecution torture oppression repression genocide act"
    " coup putsch mutiny uprising unrest annexation occupation blockade hostage-taking hostility death loss loot sabotage launch downing shootdown use firing"
    " ramming hacking theft landing harassment intimidation".split()
)
"""Nouns for what is condemned though nobody need have done it to others."""
_GOOD = frozenset("arrest release election referendum vote summit visit resumption normalisation normalization reopening ratification signing".split())
"""Nouns for what is welcomed and is no agreement."""
_MASS = frozenset("violence terrorism piracy aggression bloodshed persecution torture oppression repression genocide".split())
"""Those that need no article."""
_TAKING_SIDES = _CONDEMNED | _WELCOMED | frozenset("laud salute reject dismiss oppose veto repudiate endorse back support defend".split())
"""Verbs that say how somebody judges a text, a plan or an outcome."""
_CASTING = frozenset("vote campaign".split())
"""Verbs for being for or against it."""
_REFUSING = frozenset("refuse decline".split())
_LAWS = frozenset(
    "law bill amendment legislation statute decree reform constitution budget plan proposal motion resolution declaration"
    " initiative roadmap treaty accord agreement deal pact".split()
)
"""Nouns for what is passed or proposed."""
_PAPERS_JUDGED = frozenset("report study indictment audit dossier finding statement communique communiqué".split())
"""Nouns for what somebody has written, as others judge it."""
_OUTCOMES = frozenset(
    "result outcome verdict ruling judgment judgement sentence acquittal conviction pardon amnesty merger takeover acquisition buyout transaction sale"
    " privatisation privatization nationalisation nationalization appointment nomination dismissal sacking expulsion closure reopening release election"
    " vote ballot referendum".split()
)
"""Nouns for what has come about, as others judge it."""
_GUILT = frozenset("responsibility credit".split())
_SHAKEN = frozenset("appalled outraged horrified sickened disgusted revolted".split())
"""Participles that condemn what they are followed by: "appalled by the killing"."""
_VICTIMS = frozenset(
    "civilian protester demonstrator hostage villager refugee migrant detainee prisoner journalist mourner worshipper pilgrim peacekeeper activist"
    " passenger bystander noncombatant worker child woman student tourist resident settler seafarer sailor fisherman".split()
)
"""Nouns for people to whom others do something."""
_SUBJECTS_OF_STATES = frozenset("people citizen population".split())
"""Nouns for those whom a government has: "its own people"."""
_HARM = frozenset(
    "attack kill murder execute massacre slaughter shell bomb target shoot injure wound torture arrest detain abduct kidnap free release behead rescue"
    " evacuate beat besiege strike displace jail imprison sentence convict".split()
)
_TARGETING = frozenset("targeting bombing torture release abuse attack violence crime strike murder".split())
_PAPERS = frozenset(
    "agreement deal treaty pact accord memorandum memoranda protocol convention declaration charter communiqué communique statement arrangement truce"
    " ceasefire cease-fire armistice concordat covenant compact concession surrender resolution constitution".split()
)
"""Nouns for what is signed; of a letter or of terms only where they are "of intent" or "of reference"."""
_PAPER_OF = {"letter": ("intent", "understanding"), "term": ("reference",), "note": ("understanding",)}
_SIGN = frozenset("sign ink initial ratify countersign conclude seal".split())
_GATHERINGS = frozenset(
    "summit conference congress convention forum workshop seminar symposium colloquium ceremony parade funeral burial hearing reception exhibition fair"
    " edition commemoration inauguration festival concert tournament rally demonstration protest march vigil sit-in banquet gala negotiation round".split()
)
"""Nouns for what is held, where somebody hosts it or takes part in it."""
_SESSIONS = frozenset("meeting session roundtable dialogue talks consultation briefing event gathering".split())
"""The same, where the phrase says which one."""
_PLAIN = frozenset("first second last next new recent brief short long joint bilateral private separate regular further final main".split())
"""What does not tell one meeting from another."""
_PARTAKING = frozenset("participate partake take speak travel fly go come".split())
"""Verbs that lead to what somebody takes part in by a preposition: "travelled to Paris for a ministerial meeting"."""
_LEAVE = frozenset("terminate abrogate suspend scrap revoke cancel".split())
"""Verbs for what is done with agreements that one is bound by no longer."""
_HOLD = frozenset("host chair attend convene organise organize boycott skip co-host co-chair hold stage address tell call postpone".split())
_SIGN_OR_HOLD = _SIGN | _LEAVE | _HOLD
_SHIPS = frozenset("vessel ship tanker boat".split())
_VICTIMS_OR_SHIPS = _VICTIMS | _SHIPS
BETWEEN = frozenset("agreement deal treaty pact accord ceasefire truce mou memorandum protocol convention armistice".split())
"""Nouns for what two sides have made between them."""
_SEEKING = frozenset(
    "attempt await block broker call chance demand discuss draft effort encourage end envisage expect facilitate favor favour hope mediate need negotiate"
    " negotiation oppose plan possible prepare prevent propose prospect push seek talk urge want work".split()
)
"""Words for those who would have an agreement, or would not, which is none yet."""
_NAMED_GATHERINGS = frozenset("dialogue consultations summit ministerial roundtable".split())
"""Nouns for meetings that are names in capitals, with what stands in capitals before them."""
_JOINING = frozenset("+ - – of".split())
OWN_STATES = ("country", "nation", "homeland", "government")
"""Nouns for the state of somebody whose they are told to be."""
_LANDFORMS = frozenset("peninsula archipelago islet".split())
ADDRESSED = frozenset("parties sides factions states nations countries governments actors stakeholders".split())
"""Nouns for those of whom something is asked together."""

_BODIES_OF_MEN = ("MilitaryForce", "ArmedGroup", "GovernmentBody")
"""Classes of those who have a name unless they are called plainly: "the army", "rebels"."""
_HELD = frozenset("held controlled occupied run operated owned backed".split())
"""Participles that say whose a building is."""
_TELLING = frozenset("nsubj nsubj:pass obj iobj obl obl:agent nmod conj".split())
"""Labels of phrases of which a clause tells something."""


def titles_of_works(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find the title in quotation marks after the word for a work: the report "Hard Ground"."""
    out = []
    for token in doc:
        if token.lemma_.lower() not in _WORKS or token.i >= len(doc) - 3:
            continue
        opening = token.nbor(1)
        if opening.text not in QUOTES:
            continue
        end = next((i for i in range(opening.i + 1, min(opening.i + 12, len(doc))) if doc[i].text in QUOTES), None)
        if end is None:
            continue
        last = end - (doc[end - 1].text in (",", "."))
        words = [t for t in doc[opening.i + 1 : last] if t.is_alpha and len(t) > 3]
        if words and all(t.text[0].isupper() for t in words):
            out.append(TokenMention(opening.i + 1, last, doc[opening.i + 1 : last].root.i, "name", "Work", 0.9))
    return out


def described_works(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find what somebody publishes without a title: "an opinion piece"."""
    taken = {m.root for m in found.values()}
    out = []
    for token in doc:
        if token.i in taken or token.lemma_.lower() not in _PIECES or token.tag_ != "NN":
            continue
        start = min([token.i, *(c.i for c in token.children if c.dep_ in ("compound", "amod"))])
        if start and doc[start - 1].lower_ in ("a", "an", "his", "her", "their") and not any(m.start <= token.i < m.end for m in found.values()):
            out.append(TokenMention(start, token.i + 1, token.i, "noun", "Work", 0.6))
    return out


def works_carried(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find what a medium is told to have printed or shown, whatever it is taken for otherwise: "a statement carried by the news agency"."""
    out = []
    for noun in doc:
        if noun.lemma_.lower() not in _MESSAGES or not any(c.dep_ in ("acl", "acl:relcl") and c.lemma_ in _CARRY and agents(c) for c in noun.children):
            continue
        start = min([noun.i, *(c.i for c in noun.children if c.i < noun.i and c.dep_ in ("compound", "amod"))])
        out.append(TokenMention(start, noun.i + 1, noun.i, "name", "Work", CERTAIN))
    return out


def described_events(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find attacks that have no name: "the attack on the convoy"; of what somebody condemns or owns up to other deeds, too."""
    taken = {m.root for m in found.values() if m.form != "noun" or m.label != "Other" or not _is_judged(doc[m.root])}
    out = []
    for token in doc:
        if token.i in taken or not _is_common(token):
            continue
        judged = _is_judged(token)
        if token.lemma_.lower() not in _deeds_judged(token, judged=judged):
            continue
        left = min([token.i, *(c.i for c in token.children if c.dep_ in ("compound", "amod", "det"))])
        right = _end_of_event(token, left)
        enough = 0 if token.lemma_.lower() in _MASS else 1
        if (judged or doc[left].dep_ == "det") and right - left > (enough if judged else 2):
            out.append(TokenMention(left, right, token.i, "noun", "Event", 0.6))
    return out


def judged_things(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Find laws, texts and outcomes without a name that somebody takes sides on: "hailed the result", "a bill that the union opposes"."""
    taken = {i for m in found.values() if m.form == "name" for i in range(m.start, m.end)} | {m.root for m in found.values() if m.label != "Other"}
    for verb in doc:
        for noun in _sides_taken_on(verb):
            label = _class_of_judged(noun)
            if label is None or noun.i in taken or not _is_common(noun) or not _is_told_alone(noun):
                continue
            start = _start_of_phrase(noun)
            end = _end_of_event(noun, start)
            if taken.isdisjoint(range(start, end)):
                yield TokenMention(start, end, noun.i, "noun", label, 0.6)


def _sides_taken_on(verb: Token) -> list[Token]:
    """Return what a verb says that somebody is for or against, or will not accept."""
    if verb.pos_ != "VERB":
        return []
    refused = verb.lemma_ == "accept" and (is_negated(verb) or (verb.dep_ == "xcomp" and verb.head.lemma_ in _REFUSING))
    if verb.lemma_ in _TAKING_SIDES or refused:
        return [c for o in objects(verb) for c in conjuncts(o)]
    return [t for case in ("for", "against") for t in obliques(verb, case)] if verb.lemma_ in _CASTING and not is_passive(verb) else []


def _class_of_judged(noun: Token) -> str | None:
    """Return the class of what is judged by the noun for it; None if the noun is for nothing of the kind."""
    lemma = noun.lemma_.lower()
    return "Agreement" if lemma in _LAWS else "Work" if lemma in _PAPERS_JUDGED else "Event" if lemma in _OUTCOMES else None


def _is_told_alone(noun: Token) -> bool:
    """Tell whether a phrase means one thing that it calls by no name, and nobody whose it is: "the bill", not "the EU's bill", "any bill", "a ruling by"."""
    described = any(c.dep_ == "acl:relcl" for c in noun.children)
    pointed = any(c.dep_ == "det" and (c.lower_ in ("the", "this", "these", "those", "that") or (described and c.lower_ in ("a", "an"))) for c in noun.children)
    behind = (c for c in noun.children if c.dep_ == "nmod" and case_of(c) in ("of", "by", "from"))
    named = any(c.dep_ in ("compound", "amod") and c.text[0].isupper() for c in noun.children)
    return pointed and not named and not possessors(noun) and not agents(noun) and not any(t.pos_ == "PROPN" for c in behind for t in (c, *c.children))


def victims(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find people without a name, or ships, to whom something is done: "attacks on civilians", "the killing of aid workers", "detained protesters"."""
    named = (m for m in found.values() if m.form == "name" and m.label in ("Group", "Vehicle"))
    taken = {m.root for m in found.values() if m.form == "name" or m.label != "Other"} | {i for m in named for i in range(m.start, m.end)}
    out = []
    for token in doc:
        if token.tag_ not in ("NN", "NNS") or not _suffers(token):
            continue
        if (some := _some_members(token) or _some_workers(token)) is not None:
            out.append(some)
        if some is not None or token.tag_ == "NN":
            continue
        own = token.i > 1 and token.nbor(-1).lower_ == "own" and token.nbor(-2).tag_ == "PRP$"
        if token.lemma_.lower() not in (_SUBJECTS_OF_STATES if own else _VICTIMS_OR_SHIPS):
            continue
        start = token.i - 2 if own else min([token.i, *(c.i for c in token.children if c.dep_ in ("amod", "compound", "nummod") and c.i < token.i)])
        if own or not taken & set(range(start, token.i + 1)):
            label = "Vehicle" if token.lemma_.lower() in _SHIPS else "Group"
            out.append(TokenMention(start, token.i + 1, token.i, "name" if own else "noun", label, 0.6))
    return out


def _some_members(noun: Token) -> TokenMention | None:
    """Return one or so many of a body's members: "two members of Hamas", "a member of the party" are arrested, and not all of it."""
    count = next((c for c in noun.children if (c.dep_ == "nummod" or c.lower_ in ("a", "an")) and c.i < noun.i), None)
    body = next((c for c in noun.children if c.dep_ == "nmod" and case_of(c) == "of" and c.pos_ == "PROPN" and c.i > noun.i), None)
    if noun.lemma_.lower() != "member" or count is None or body is None:
        return None
    start = count.left_edge.i if count.dep_ == "nummod" else count.i + 1
    return TokenMention(start, _end_of_name(body), noun.i, "noun", "Group", 0.6)


def _some_workers(noun: Token) -> TokenMention | None:
    """Return so many people that are told by their trade: "released two engineers of the state oil company"."""
    count = next((c for c in noun.children if c.dep_ == "nummod" and c.i < noun.i), None)
    if noun.tag_ != "NNS" or count is None or field_of(noun.lemma_) is None:
        return None
    return TokenMention(count.left_edge.i, noun.i + 1, noun.i, "noun", "Group", 0.6)


def without_clause(doc: Doc, mention: TokenMention) -> TokenMention:
    """Cut the clause behind what is described off the words for it: "three farmers seized by border guards", "the summit that Egypt hosted"."""
    alone = mention.label == "Group" and mention.start == mention.root
    if mention.label not in _DESCRIBED_BY_CLAUSES or mention.form == "pronoun" or doc[mention.root].pos_ != "NOUN" or alone:
        return mention  # "others working there" are nobody without the clause
    below = [c for c in doc[mention.root].children if c.dep_ in ("acl", "acl:relcl") and mention.root < c.i < mention.end]
    clauses = [c.left_edge.i for c in below if (c.dep_ == "acl" if mention.label == "Group" else c.tag_ != "VB")]
    return replace(mention, end=min(clauses)) if clauses and min(clauses) > mention.root else mention


def without_time(doc: Doc, mention: TokenMention) -> TokenMention:
    """Cut when something was done with an agreement off its name: "left the Paris Agreement in 2019"."""
    if doc[mention.root].lemma_.lower() not in _PAPERS or mention.form == "pronoun":
        return mention
    cut = next((t.i for t in doc[mention.root + 1 : mention.end] if t.lower_ in ("in", "on", "since", "by")), None)
    dated = cut is not None and cut + 1 < mention.end and all(t.is_digit or t.lower_ in CALENDAR for t in doc[cut + 1 : mention.end])
    return replace(mention, end=cut) if cut is not None and dated else mention


def _suffers(noun: Token) -> bool:
    """Tell whether something is done to whom a noun names, by the verb or the noun for a deed above it."""
    while noun.dep_ == "conj":
        noun = noun.head
    if noun.dep_ in ("obj", "nsubj:pass"):
        return noun.head.lemma_.lower() in _HARM
    if noun.dep_ in ("obl", "nmod") and case_of(noun) == "against":
        return True  # "has used chemical weapons against its own people"
    above = noun.head
    while above.dep_ == "nmod" and case_of(above) in ("by", "of"):
        above = above.head  # "attacks by the militia on civilians"
    return noun.dep_ == "nmod" and case_of(noun) in ("on", "against", "of") and above.lemma_.lower() in DEEDS | _TARGETING


def described_objects(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find what is signed or held without a name of its own: "signed an arrangement on visas", "hosted a donors' conference"."""
    taken = {m.root for m in found.values() if m.form == "name"} | {i for m in found.values() if m.form == "name" for i in range(m.start, m.end)}
    out = []
    for token in doc:
        if token.i in taken or not _is_common(token):
            continue
        lemma, verb = token.lemma_.lower(), _verb_above(token)
        if verb not in _SIGN_OR_HOLD or any(c.lower_ in ("no", "any", "neither") for c in token.children if c.dep_ == "det"):
            continue
        of = next((c for c in token.children if c.dep_ == "nmod" and c.lemma_ in _PAPER_OF.get(lemma, ())), None)
        label = _signed_or_held(token, verb, paper=lemma in _PAPERS or of is not None)
        if label is None or _is_known(token):
            continue
        start = token.i
        while start and doc[start - 1].dep_ in ("compound", "amod", "nummod", "punct") and doc[start - 1].head.i in (token.i, start):
            start -= 1
        end = token.i + 1 if of is None else of.i + 1
        if taken.isdisjoint(range(start, end)):
            out.append(_signed_thing(token, start, end, label))
    return out


def _signed_thing(noun: Token, start: int, end: int, label: str) -> TokenMention:
    """Describe what is signed or held, a gathering with the body that gathers; of "a meeting" only what it is of or on tells which one is meant."""
    body = _end_of_body(noun) if label == "Event" else end
    told = any(c.dep_ == "nmod" and case_of(c) in ("of", "on") for c in noun.children)
    if noun.lemma_.lower() in _SESSIONS and start == noun.i and body == noun.i + 1 and told:
        return TokenMention(start, _end_of_event(noun, start), noun.i, "noun", label, 0.6)
    return TokenMention(start, max(end, body), noun.i, "name", label, 0.6)


def _signed_or_held(noun: Token, verb: str, *, paper: bool) -> str | None:
    """Return the class of what is signed or held by what a verb says of it; None if it is neither."""
    if verb in _SIGN | _LEAVE:
        return "Agreement" if paper else None
    lemma = noun.lemma_.lower()
    hosted = verb == "host" and _are_talks(noun)
    return "Event" if lemma in _GATHERINGS or hosted or (lemma in _SESSIONS and _is_told_apart(noun)) else None


def _are_talks(noun: Token) -> bool:
    """Recognise "the talks", which who hosts them need not have led: not "talks with her"."""
    beside = (c for c in (*noun.children, *noun.head.children) if c.dep_ in ("nmod", "obl"))
    return noun.lemma_.lower() in ("talk", "talks") and not any(case_of(c) == "with" for c in beside)


def _is_told_apart(meeting: Token) -> bool:
    """Tell whether a phrase says which meeting is meant: "a ministerial meeting", "a meeting on Mali", not "a meeting with her"."""
    if any(c.dep_ == "nmod" and case_of(c) in ("with", "between") for c in meeting.children):
        return False
    before = any(c.dep_ in ("amod", "compound") and c.lower_ not in _PLAIN for c in meeting.children)
    place = any(c.dep_ == "nmod" and case_of(c) in ("in", "at") and c.pos_ == "PROPN" for c in meeting.children)
    return before or place or any(c.dep_ == "nmod" and case_of(c) in ("of", "on") and not c.like_num and c.lower_ not in CALENDAR for c in meeting.children)


def _end_of_body(gathering: Token) -> int:
    """Return where the name of those ends whose meeting a noun names: "a meeting of the Security Council"."""
    of = next((c for c in gathering.children if c.dep_ == "nmod" and case_of(c) == "of" and c.pos_ == "PROPN" and c.left_edge.i == gathering.i + 1), None)
    if of is None:
        return gathering.i + 1
    several = of.tag_ == "NNPS"
    named = [c.i for c in of.children if c.dep_ in ("flat", "compound") or (several and c.dep_ == "nmod" and case_of(c) == "of" and c.pos_ == "PROPN")]
    return max([of.i, *named]) + 1  # "a meeting of the Friends of Peru"


def _is_known(noun: Token) -> bool:
    """Tell whether a phrase takes up something told before: "the deal", "that accord", not "the memorandum that the two signed"."""
    pointed = any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in noun.children)
    return pointed and not any(c.dep_ in ("acl", "acl:relcl", "nmod") for c in noun.children) and noun.lemma_.lower() in _PAPERS


def _verb_above(noun: Token) -> str | None:
    """Return the lemma of the verb whose object a noun is, in the active, the passive or as a participle behind it."""
    if noun.dep_ in ("obj", "nsubj:pass") and noun.head.lemma_.lower() in _SIGN | _LEAVE | _HOLD:
        return noun.head.lemma_.lower()
    if noun.dep_ == "iobj" and noun.head.lemma_ == "tell":
        return "tell"
    if noun.dep_ == "obl" and noun.head.lemma_ in _PARTAKING and case_of(noun) in ("in", "at", "for"):
        return "attend"
    if noun.dep_ == "nmod" and noun.head.lemma_ in ("sideline", "margin") and case_of(noun) == "of":
        return "attend"
    return next((c.lemma_.lower() for c in noun.children if c.dep_ in ("acl", "acl:relcl") and c.lemma_.lower() in _SIGN_OR_HOLD), None)


def _end_of_event(noun: Token, left: int) -> int:
    """Return where the description of an event ends: with all that it is of, on and at, or with the first of it if that is too long."""
    phrases = [c for c in noun.children if c.dep_ == "nmod" and c.i > noun.i]
    whole = max([noun.i, *(t.i for c in phrases for t in c.subtree)]) + 1
    if whole - left <= LONGEST_EVENT or not phrases:
        return whole
    named = [c for c in phrases if not (c.like_num or c.lower_ in CALENDAR)] or [noun]
    first = max(t.i for t in (named[0], *named[0].children) if t is named[0] or (t.dep_ in ("flat", "compound") and named[0] is not noun))
    return first + 1 if first < left + LONGEST_EVENT else noun.i + 1


def _deeds_judged(noun: Token, *, judged: bool) -> frozenset[str]:
    """Return the nouns for deeds that may be meant where a noun stands: more of them under a verb that judges."""
    if not judged:
        return ATTACKS
    while noun.dep_ == "conj":
        noun = noun.head
    return DEEDS | (_GOOD if noun.head.lemma_.lower() in _WELCOMED else _EVILS)


def _is_judged(deed: Token) -> bool:
    """Tell whether somebody condemns what a noun names, is shaken by it or owns up to it: "took responsibility for the killing of"."""
    while deed.dep_ == "conj":
        deed = deed.head
    if case_of(deed) == "for" and deed.dep_ in ("obl", "nmod"):
        return deed.head.lemma_ in _GUILT or any(c.dep_ == "obj" and c.lemma_ in _GUILT for c in deed.head.children)
    if deed.dep_ in ("obl", "obl:agent"):
        return deed.head.lower_ in _SHAKEN and case_of(deed) in ("by", "at")
    return deed.dep_ in ("obj", "nsubj:pass") and deed.head.lemma_.lower() in _JUDGED


def between_parties(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Find agreements without a name whose parties are told: "the ceasefire agreement between Ghana and Togo", "an MoU between Halden Ltd and Nord AS"."""
    taken = {i for m in found.values() if m.form == "name" and m.label != "Country" for i in range(m.start, m.end)}
    taken |= {m.root for m in found.values() if m.form == "name" or m.label == "Agreement"}
    starts = {m.start: m.end for m in found.values() if m.form == "name"}
    for case in spelled(doc, ("between",)):
        paper = doc[case.i - 1] if case.i else case
        behind = case.i + 1 + (doc[min(case.i + 1, len(doc) - 1)].lower_ == "the")
        if paper.lemma_.lower() not in BETWEEN or behind not in starts or paper.i in taken or is_sought(paper):
            continue
        if doc[min(starts[behind], len(doc) - 1)].lower_ not in ("and", ",", "("):
            continue
        start = paper.i
        while start and doc[start - 1].dep_ in ("compound", "amod", "punct") and doc[start - 1].head.i in (paper.i, start, start + 1):
            start -= 1
        if taken.isdisjoint(range(start, paper.i + 1)) and not doc[start].is_punct:
            yield TokenMention(start, paper.i + 1, paper.i, "name", "Agreement", 0.6)


def is_sought(paper: Token) -> bool:
    """Tell whether an agreement is only talked about, asked for or denied: "talks on a deal between", "no truce between", "a pact between X and Y would"."""
    bare = any(c.lower_ in ("no", "any", "possible", "potential", "proposed", "draft", "future", "new") for c in paper.children)
    would = any(c.lower_ in ("a", "an") for c in paper.children) and any(c.tag_ == "MD" for c in paper.head.children)
    above = {t.lemma_.lower() for t in (paper.head, paper.head.head) if t.i != paper.i}
    return bare or would or bool(above & _SEEKING)


def all_of_them(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Describe those of whom something is asked together: "all parties", "all sides"."""
    known = {m.root for m in found.values() if m.label == "Group"}
    several = (t for t in doc[1:] if t.lower_ in ADDRESSED and t.pos_ in ("NOUN", "PROPN") and t.nbor(-1).lower_ == "all")
    return [TokenMention(t.i - 1, t.i + 1, t.i, "noun", "Group", CERTAIN) for t in several if t.i not in known]


def people_and_things(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find people, vehicles, buildings and forces without a name of whom a clause says something: "pirates boarded", "a drone base at Agadez".

    The model passes over some of them, and leaves others without a class.
    """
    known = {m.root: m for m in found.values() if m.form == "noun"}
    named = {i for m in found.values() if m.form == "name" for i in range(m.start, m.end)}
    out = []
    for token in doc:
        label = _class_told(token) if token.i not in named else None
        mention = known.get(token.i)
        if label is None or (mention is not None and mention.label != "Other"):
            continue
        start = _start_of_phrase(token) if mention is None else mention.start
        end = token.i + 1 if label == "Vehicle" else _end_of_phrase(token, label)
        out.append(TokenMention(start, end, token.i, "noun", label, FAINT))
    return out


def _is_common(token: Token) -> bool:
    """Recognise a common noun, also one that is read as a name though nothing in it is a capital."""
    return token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.is_lower and token.is_alpha)


def _class_told(noun: Token) -> str | None:
    """Return the class of what has no name, by the noun that it is called by, where a clause says something of it; None if it is nothing of the kind."""
    if not _is_common(noun) or noun.dep_ not in _TELLING or any(c.lower_ == "no" for c in noun.children):
        return None
    before = noun.nbor(-1).lower_ if noun.i else ""
    label = class_of_described(noun.lemma_.lower(), before) or class_of_described(noun.lower_)
    if label is None and noun.lower_ in ("base", "bases") and noun.i and (noun.nbor(-1).pos_ in ("NUM", "PRON") or noun.nbor(-1).is_title):
        label = "Facility"
    if noun.lower_ == "police" and any(c.dep_ == "nummod" for c in noun.children):
        label = "Group"
    if label == "Vehicle" and (noun.dep_ not in ("nsubj", "nsubj:pass", "obj", "conj") or _comes_from(noun)):
        return None  # "trained with helicopters", "ships from Peru"
    if (label in _BODIES_OF_MEN and not _is_said_plainly(noun, label)) or _belongs_to_name(noun, label):
        return None
    return None if label == "Facility" and noun.dep_ == "conj" else label


def _comes_from(noun: Token) -> bool:
    """Tell whether a phrase says from where something or somebody comes, which then acts."""
    return any(c.dep_ == "nmod" and case_of(c) == "from" and c.pos_ == "PROPN" for c in noun.children)


def _belongs_to_name(noun: Token, label: str | None) -> bool:
    """Tell whether a noun only says what a name is or has: "the lawmaker Ana Lind", "Lind's supporters", "Houthi-controlled depots"."""
    titles = noun.i + 1 < len(noun.doc) and noun.nbor().pos_ == "PROPN" and noun.nbor().text[0].isupper()
    owned = noun.lemma_.lower() in ("supporter", "opponent") and any(c.dep_ == "nmod:poss" and c.pos_ == "PROPN" for c in noun.children)
    held = label == "Facility" and any(t.lower_ in _HELD and t.i < noun.i for t in noun.subtree)
    return titles or owned or held


def _is_said_plainly(noun: Token, label: str) -> bool:
    """Tell whether fighters or a body of a country are called so, and by no name: "the army", "rebels", not "Taliban militants"."""
    if label == "ArmedGroup":
        before = [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod:poss") and (c.pos_ == "PROPN" or c.text[0].isupper())]
        return noun.tag_ == "NNS" and all(c.dep_ == "amod" and c.ent_type_ == "Country" for c in before)  # "Somali militants" are called plainly, too
    if noun.lower_ in ("forces", "troops", "battlegroup") or noun.lemma_ == "commando":
        return True
    return noun.i > 0 and noun.nbor(-1).lower_ == "the"


def _end_of_phrase(noun: Token, label: str) -> int:
    """Return where the words end that say of whom or what somebody or something is: "supporters of the coup", "the headquarters of the party"."""
    behind = [c for c in noun.children if c.dep_ == "nmod" and c.left_edge.i == noun.i + 1]
    if label == "Facility" and not any(c.dep_ in ("amod", "compound", "nmod:poss", "nummod") for c in noun.children):
        within = next((c for c in behind if case_of(c) in ("in", "at") and c.pos_ == "PROPN" and c.left_edge.i >= c.i - 1), None)
        if within is not None:  # "a market in Jilib"
            return _end_of_name(within)
    of = next((c for c in behind if case_of(c) == "of"), None)
    if of is None or classify_noun(of.lemma_.lower(), "Place") != "Place":
        return noun.i + 1  # "the airport of the provincial capital"
    return _end_of_name(of, ("flat", "compound"))


def _end_of_name(head: Token, parts: Sequence[str] = ("flat",)) -> int:
    """Return where a name ends of which the parts hang on the first word, or on the last."""
    return max([head.i, *(c.i for c in head.children if c.dep_ in parts)]) + 1


def people_together(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Describe people of two kinds to whom a clause does one thing as one group: "patients and health workers", "22 police and soldiers"."""
    groups = {m.root: m for m in found.values() if m.label == "Group"}
    for mention in list(groups.values()):
        first = doc[mention.root]
        beside = [c for c in first.children if c.dep_ == "conj" and c.i > first.i]
        several = first.tag_ == "NNS" or first.lower_ == "police"
        other = beside[0] if beside and several and first.dep_ != "conj" else None
        if other is None or not _is_same_kind(other, mention):
            continue
        second = groups.get(other.i)
        people = class_of_described(other.lemma_.lower()) == "Group" if second is None else second.start == mention.end + 1
        people = people and not {class_of_described(t.lemma_.lower()) for t in (first, other)} & {"Facility", "Vehicle"}
        if people:
            found = {key: m for key, m in found.items() if m not in (mention, second)}
            end = _end_of_phrase(other, "Group") if second is None else second.end
            found[mention.start, end] = replace(mention, end=end, form="noun")
    return found


def _is_same_kind(other: Token, group: TokenMention) -> bool:
    """Tell whether a plural goes on with what a group is, as nobody known: "men and women", not "the children and their teachers"."""
    told = any(c.dep_ in ("det", "nmod:poss", "nummod") for c in other.children)
    return other.tag_ == "NNS" and not told and other.doc[group.end].lower_ == "and" and _start_of_phrase(other) == group.end + 1


def _start_of_phrase(noun: Token) -> int:
    """Return where the words begin that stand before a noun and belong to it."""
    before = [c for c in noun.children if c.i < noun.i and c.dep_ in ("det", "amod", "compound", "nummod", "nmod:poss")]
    return min([noun.i, *(t.i for c in before for t in c.subtree if t.i < noun.i)])


def landforms(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find where forces or people are that is only called by its kind: "troops on the peninsula", "the Korean peninsula"."""
    known = {i for m in found.values() if m.form == "name" and m.label in ("Place", "Region", "Country") for i in (m.root, m.end - 1)}
    out = []
    for token in spelled(doc, sorted(_LANDFORMS)):
        before = token.nbor(-1) if token.i else token
        if token.i in known or token.dep_ not in ("obl", "nmod") or case_of(token) not in ("on", "in", "to", "off"):
            continue
        named = before.dep_ in ("amod", "compound") and before.text[0].isupper()
        if named or before.lower_ == "the":
            out.append(TokenMention(before.i if named else token.i, token.i + 1, token.i, "name" if named else "noun", "Place", 0.6))
    return out


def own_states(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Find the state of somebody who is spoken of, or speaks: "said that her country would leave", "my government"."""
    taken = {m.root for m in found.values() if m.form != "noun" or m.label != "Other"}
    for noun in spelled(doc, OWN_STATES):
        owner = next((c for c in noun.children if c.dep_ == "nmod:poss" and c.tag_ == "PRP$" and c.lower_ in ("his", "her", "my")), None)
        if owner is not None and noun.tag_ == "NN" and noun.i not in taken and noun.dep_ in (*_TELLING, "nmod:poss"):
            yield TokenMention(owner.i, noun.i + 1, noun.i, "noun", "Country", 0.6)


def named_gatherings(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find meetings called by their kind in capitals: "the 2+2 Ministerial Dialogue", "the 33rd Australia-U.S. Ministerial Consultations"."""
    named = [m for m in found.values() if m.form == "name" and m.end - m.start > 1]
    out = []
    for token in spelled(doc, sorted(_NAMED_GATHERINGS)):
        start = token.i
        while start and (doc[start - 1].text in _JOINING or doc[start - 1].text[0].isupper() or doc[start - 1].text[0].isdigit()):
            start -= 1
        while start < token.i and (doc[start].text in _JOINING or doc[start].pos_ in ("PRON", "DET", "ADP")):
            start += 1
        behind = token.nbor() if token.i + 1 < len(doc) else None
        goes_on = behind is not None and behind.pos_ == "PROPN" and behind.text[0].isupper()
        opens = doc[start].is_sent_start
        taken = any(m.start < token.i + 1 and start < m.end and m.end > token.i for m in named)
        if token.text[0].isupper() and not taken and not goes_on and not opens and token.i - start >= 1 and doc[token.i - 1].text[0].isupper():
            out.append(TokenMention(start, token.i + 1, token.i, "name", "Event", 0.6))
    return out
