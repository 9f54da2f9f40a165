"""What is only described: works, events, what is signed or held, and to whom something is done."""

from spacy.tokens import Doc, Token

from graphbuild.classes import ATTACKS, DEEDS
from graphbuild.language.index import spelled
from graphbuild.language.repairs.moves import CALENDAR
from graphbuild.mentions.base import CERTAIN, LONGEST_EVENT, QUOTES, TokenMention
from graphbuild.syntax import case_of

_WORKS = frozenset(
    "article report book film novel memoir series song poem essay documentary story paper study play album column piece volume biography".split()
)
_PIECES = frozenset("piece op-ed article book memoir editorial essay novel documentary".split())
_JUDGED = frozenset("condemn denounce deplore decry criticise criticize slam blast lament regret claim avow".split())
"""Verbs whose object is an event though nothing but its deed is named: "condemned the killing"."""
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
    " evacuate beat besiege strike displace".split()
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
    " edition commemoration inauguration".split()
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
_HOLD = frozenset("host chair attend convene organise organize boycott skip co-host co-chair".split())
_SIGN_OR_HOLD = _SIGN | _LEAVE | _HOLD
_SHIPS = frozenset("vessel ship tanker boat".split())
_VICTIMS_OR_SHIPS = _VICTIMS | _SHIPS
_NAMED_GATHERINGS = frozenset("dialogue consultations summit ministerial roundtable".split())
"""Nouns for meetings that are names in capitals, with what stands in capitals before them."""
_JOINING = frozenset("+ - – of".split())
_LANDFORMS = frozenset("peninsula archipelago islet".split())
_ADDRESSED = frozenset("parties sides factions states nations countries governments actors stakeholders".split())


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


def described_events(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find attacks that have no name: "the attack on the convoy"; of what somebody condemns or owns up to other deeds, too."""
    taken = {m.root for m in found.values() if m.form != "noun" or m.label != "Other" or not _is_judged(doc[m.root])}
    out = []
    for token in doc:
        if token.i in taken or token.pos_ != "NOUN":
            continue
        judged = _is_judged(token)
        if token.lemma_.lower() not in (DEEDS if judged else ATTACKS):
            continue
        left = min([token.i, *(c.i for c in token.children if c.dep_ in ("compound", "amod", "det"))])
        right = _end_of_event(token, left)
        if (judged or doc[left].dep_ == "det") and right - left > (1 if judged else 2):
            out.append(TokenMention(left, right, token.i, "noun", "Event", 0.6))
    return out


def victims(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find people without a name, or ships, to whom something is done: "attacks on civilians", "the killing of aid workers", "detained protesters"."""
    named = (m for m in found.values() if m.form == "name" and m.label in ("Group", "Vehicle"))
    taken = {m.root for m in found.values() if m.form == "name" or m.label != "Other"} | {i for m in named for i in range(m.start, m.end)}
    out = []
    for token in doc:
        if token.tag_ != "NNS" or not _suffers(token):
            continue
        own = token.i > 1 and token.nbor(-1).lower_ == "own" and token.nbor(-2).tag_ == "PRP$"
        if token.lemma_.lower() not in (_SUBJECTS_OF_STATES if own else _VICTIMS_OR_SHIPS):
            continue
        start = token.i - 2 if own else min([token.i, *(c.i for c in token.children if c.dep_ in ("amod", "compound", "nummod") and c.i < token.i)])
        if own or not taken & set(range(start, token.i + 1)):
            label = "Vehicle" if token.lemma_.lower() in _SHIPS else "Group"
            out.append(TokenMention(start, token.i + 1, token.i, "name" if own else "noun", label, 0.6))
    return out


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
        if token.i in taken or token.pos_ != "NOUN":
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
    if noun.lemma_.lower() in _SESSIONS and start == noun.i and body == noun.i + 1:
        return TokenMention(start, _end_of_event(noun, start), noun.i, "noun", label, 0.6)
    return TokenMention(start, max(end, body), noun.i, "name", label, 0.6)


def _signed_or_held(noun: Token, verb: str, *, paper: bool) -> str | None:
    """Return the class of what is signed or held by what a verb says of it; None if it is neither."""
    if verb in _SIGN | _LEAVE:
        return "Agreement" if paper else None
    lemma = noun.lemma_.lower()
    return "Event" if lemma in _GATHERINGS or (lemma in _SESSIONS and _is_told_apart(noun)) else None


def _is_told_apart(meeting: Token) -> bool:
    """Tell whether a phrase says which meeting is meant: "a ministerial meeting", "a meeting on Mali", not "a meeting with her"."""
    if any(c.dep_ == "nmod" and case_of(c) in ("with", "between") for c in meeting.children):
        return False
    before = any(c.dep_ in ("amod", "compound") and c.lower_ not in _PLAIN for c in meeting.children)
    return before or any(c.dep_ == "nmod" and case_of(c) in ("of", "on") and not c.like_num and c.lower_ not in CALENDAR for c in meeting.children)


def _end_of_body(gathering: Token) -> int:
    """Return where the name of those ends whose meeting a noun names: "a meeting of the Security Council"."""
    of = next((c for c in gathering.children if c.dep_ == "nmod" and case_of(c) == "of" and c.pos_ == "PROPN" and c.left_edge.i == gathering.i + 1), None)
    if of is None:
        return gathering.i + 1
    return max([of.i, *(c.i for c in of.children if c.dep_ in ("flat", "compound"))]) + 1


def _is_known(noun: Token) -> bool:
    """Tell whether a phrase takes up something told before: "the deal", "that accord", not "the memorandum that the two signed"."""
    pointed = any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in noun.children)
    return pointed and not any(c.dep_ in ("acl", "acl:relcl", "nmod") for c in noun.children) and noun.lemma_.lower() in _PAPERS


def _verb_above(noun: Token) -> str | None:
    """Return the lemma of the verb whose object a noun is, in the active, the passive or as a participle behind it."""
    if noun.dep_ in ("obj", "nsubj:pass") and noun.head.lemma_.lower() in _SIGN | _LEAVE | _HOLD:
        return noun.head.lemma_.lower()
    if noun.dep_ == "obl" and noun.head.lemma_ in _PARTAKING and case_of(noun) in ("in", "at", "for"):
        return "attend"
    return next((c.lemma_.lower() for c in noun.children if c.dep_ in ("acl", "acl:relcl") and c.lemma_.lower() in _SIGN_OR_HOLD), None)


def _end_of_event(noun: Token, left: int) -> int:
    """Return where the description of an event ends: with all that it is of, on and at, or with the first of it if that is too long."""
    phrases = [c for c in noun.children if c.dep_ == "nmod" and c.i > noun.i]
    whole = max([noun.i, *(t.i for c in phrases for t in c.subtree)]) + 1
    if whole - left <= LONGEST_EVENT or not phrases:
        return whole
    first = max(t.i for t in (phrases[0], *phrases[0].children) if t is phrases[0] or t.dep_ in ("flat", "compound"))
    return first + 1 if first < left + LONGEST_EVENT else noun.i + 1


def _is_judged(deed: Token) -> bool:
    while deed.dep_ == "conj":
        deed = deed.head
    if deed.dep_ in ("obl", "obl:agent"):
        return deed.head.lower_ in _SHAKEN and case_of(deed) in ("by", "at")
    return deed.dep_ in ("obj", "nsubj:pass") and deed.head.lemma_.lower() in _JUDGED


def all_of_them(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Describe those of whom something is asked together: "all parties", "all sides"."""
    known = {m.root for m in found.values() if m.label == "Group"}
    several = (t for t in doc[1:] if t.lower_ in _ADDRESSED and t.pos_ == "NOUN" and t.nbor(-1).lower_ == "all")
    return [TokenMention(t.i - 1, t.i + 1, t.i, "noun", "Group", CERTAIN) for t in several if t.i not in known]


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
