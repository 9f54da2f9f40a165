"""Who speaks where: quotations, also across sentences and paragraphs, and speeches introduced by "X said:"."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from graphbuild.language.repairs.moves import RELATIVE
from graphbuild.syntax import case_of, is_cleft, marker_of, modifiers, obliques, possessors, subjects

SAY = frozenset(
    "say tell add state declare announce note stress warn claim allege argue explain insist reiterate emphasize emphasise assert report reveal write"
    " comment remark respond reply confirm acknowledge believe think recall underline underscore maintain suggest conclude continue quote ask"
    " pledge vow promise deny testify estimate predict caution contend affirm observe point tweet post according complain protest counter boast repeat"
    " answer joke suspect rumour rumor understand presume hint signal concede admit inform".split()
)
"""Verbs that introduce what somebody says or writes."""

ALLEGE = frozenset("accuse blame charge suspect criticize criticise condemn denounce fault".split())
"""Verbs whose object, they say, did what follows: accuse X of attacking."""

_ASCRIBE = frozenset("attribute ascribe blame pin".split())
VOUCHING = frozenset("announce inform confirm concede admit acknowledge recall disclose".split())
"""Verbs of saying that take what they say for known, or make it so."""

REPORTS = frozenset("report claim rumour rumor allegation accusation suggestion story assertion message charge suspicion complaint account statement".split())
"""Nouns whose that-clause somebody only says."""
_RUMOURS = frozenset("report rumour rumor allegation accusation claim suspicion".split())
"""Nouns for what is told of deeds that may not have been done."""
UNTRUE = frozenset(
    "false untrue unfounded baseless groundless fabricated invented absurd nonsense fabrication invention lie fiction myth hoax tale disinformation"
    " slander".split()
)
"""Predicates that say of a told thing that it is not so."""
SHARES = frozenset("hand part role share involvement responsibility complicity link".split())
"""Nouns for what somebody has in a deed."""
_SPEAKERS = ("Person", "GovernmentBody", "MediaOrganization", "Alliance", "MilitaryForce")
"""Classes of those whom a headline names before or behind a colon for what they say."""
_SOURCES = frozenset("report source police official ministry minister army military media witness lawyer prosecutor study survey poll spokesman envoy".split())
_LANDS = frozenset(("Country", "City", "Region", "Place"))
_SHORT = 5
"""Words that such a name has at most."""
_DEFINED = 12
"""Words that a bracket with defined names has on either side of one, at most."""
_JUDGING = frozenset("condemn criticise criticize denounce warn urge demand praise welcome reject".split())
"""Verbs of which a new subject speaks for itself."""
_PARTING = frozenset("while whereas and but though although".split())
_HOLD = frozenset("hold consider deem call declare".split())
"""Verbs that call somebody responsible for something."""
_NAME_AS = frozenset("call describe term label deem see regard".split())
_DISPUTE = frozenset("deny reject dismiss refute dispute rebut".split())
"""Verbs that say of what their object tells that it is not so."""

_WHEN = frozenset("after before when since until while once".split())
"""Openings of a clause that says when something else happened."""
_ISSUE = frozenset("issue make release give deliver publish provide post".split())
_ISSUED = frozenset("statement remark comment message declaration address".split())
"""What is issued in words that follow."""
_ASKING = frozenset("question q host interviewer reporter moderator".split())
"""Labels of those who ask in a transcript."""
_CONVERSE = frozenset("speak talk sit tell answer discuss chat meet".split())
"""Verbs with which an interview is introduced."""
_OFFICES = frozenset("minister secretary under-secretary undersecretary chancellor president commissioner lord advocate attorney solicitor".split())
"""Words of offices whose holder a record of debates names in brackets."""
_CONTINUED = 3
"""How many sentences reported speech goes on for without a new attribution."""
_TELLING_TIMES = frozenset("earlier previously already before ago last since until after when".split())
"""Words of times that a text gives for what had happened before what it tells."""
_LABEL = 20
"""Longest label of a speaker in a transcript, in tokens, the office included."""
_NAME = 9
"""Longest such label that is a name alone."""
_FIRST_PERSON = frozenset("i we my our".split())
_OPEN = {"“": "”", "„": "”", "«": "»", "‘": "’"}
_STRAIGHT = '"'


@dataclass(frozen=True, slots=True)
class Speech:
    """Tokens `start:end` are said by the noun phrase headed by token `speaker` (None: a quotation of unknown source)."""

    start: int
    end: int
    speaker: int | None
    verb: int | None = None

    def __contains__(self, token: int) -> bool:
        return self.start <= token < self.end


def find_speech(doc: Doc, paragraphs: tuple[tuple[int, int], ...]) -> tuple[Speech, ...]:
    """Find all stretches of direct speech, in text order; `paragraphs` are token ranges."""
    out: list[Speech] = []
    introduced: Speech | None = None
    answering = _interviewed(doc, paragraphs)
    for start, end in paragraphs:
        labelled = _labelled(doc, start, end, answering)
        if labelled is not None:
            out.append(labelled)
            introduced = None
            continue
        quotes = [quote for quote in _quotes(doc, start, end) if not _defines(doc, *quote)]
        for quote in quotes:
            out.append(_attribute(doc, quote, (start, end), introduced or (out[-1] if out else None)))
        colon = _introduction(doc, start, end)
        if introduced and not quotes and not colon and not _attributes_elsewhere(doc, start, end):
            out.append(Speech(start, end, introduced.speaker, introduced.verb))
        introduced = colon or (introduced if not quotes else None)
    return tuple(out)


def speech_at(speeches: tuple[Speech, ...], token: int) -> Speech | None:
    """Return the innermost speech that holds the token."""
    return next((s for s in reversed(speeches) if token in s), None)


def _quotes(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield quoted stretches of a paragraph; a quotation that is never closed runs to the paragraph's end."""
    opened: tuple[int, str] | None = None
    for i in range(start, end):
        word = doc[i].text
        if opened and word == opened[1]:
            yield opened[0], i
            opened = None
        elif opened is None and word == _STRAIGHT:
            opened = (i + 1, _STRAIGHT)
        elif opened is None and word in _OPEN and not (word == "‘" and doc[i].tag_ == "POS"):
            opened = (i + 1, _OPEN[word])
    if opened and opened[0] < end and (opened[1] != "’"):
        yield opened[0], end


def _defines(doc: Doc, start: int, end: int) -> bool:
    """Tell whether words in quotation marks are a name that brackets give: "Volta Energy PLC ("Volta" or the "Company")"."""
    opening = next((i for i in range(start - 1, max(start - _DEFINED, -1), -1) if doc[i].text in ("(", ")")), None)
    bracketed = opening is not None and doc[opening].text == "(" and opening > 0 and doc[opening - 1].pos_ in ("PROPN", "NOUN")
    return bracketed and end - start <= _SHORT and any(t.text == ")" for t in doc[end : end + _DEFINED])


def _attribute(doc: Doc, quote: tuple[int, int], paragraph: tuple[int, int], before: Speech | None) -> Speech:
    """Return a quotation with its speaker: who says it beside it, else who spoke before in the paragraph, or was to speak in those that follow."""
    start, end = quote
    verb = _calling(doc, start) or _nearest_say(doc, start, end, paragraph)
    if verb is not None and (who := speaker_of(verb)) is not None:
        return Speech(start, end, who.i, verb.i)
    alone = all(not t.is_alpha for t in doc[paragraph[0] : start]) and all(not t.is_alpha for t in doc[end : paragraph[1]])
    if before and before.speaker is not None and (before.start >= paragraph[0] or alone):
        return Speech(start, end, before.speaker, before.verb)
    return Speech(start, end, None)


def _calling(doc: Doc, start: int) -> Token | None:
    """Return the verb right before a quotation by which its own subject calls something so: "a move that Tripoli called "absurd""."""
    verb = doc[start - 2] if start > 1 else None
    verb = verb.nbor(-1) if verb is not None and verb.lower_ == "as" and verb.i else verb
    named = verb is not None and verb.pos_ == "VERB" and verb.lemma_ in _NAME_AS
    return verb if verb is not None and named and any(c.dep_ == "nsubj" and c.lower_ not in RELATIVE for c in verb.children) else None


def _nearest_say(doc: Doc, start: int, end: int, paragraph: tuple[int, int]) -> Token | None:
    """Find the verb of saying outside the quotation that stands nearest to it, in the sentences that it touches."""
    low = max(paragraph[0], doc[start].sent.start if start < len(doc) else start)
    high = min(paragraph[1], doc[min(end, len(doc) - 1)].sent.end)
    if end + 1 < paragraph[1] and doc[end - 1].text in (",", "?", "!"):
        high = max(high, doc[end + 1].sent.end)  # a sentence that parsers end with the quotation
    around = [doc[i] for i in (*range(low, start), *range(end, high)) if _is_say(doc[i]) and not _inside_quote(doc, i, low, high)]
    return min(around, key=lambda t: min(abs(t.i - start), abs(t.i - end)), default=None)


def _inside_quote(doc: Doc, i: int, low: int, high: int) -> bool:
    opened = sum(1 for t in doc[low:i] if t.text in _OPEN and t.text != "‘") - sum(1 for t in doc[low:i] if t.text in ("”", "»"))
    return opened > 0


def _is_say(token: Token) -> bool:
    going_on = token.lemma_ == "continue" and any(c.dep_ in ("xcomp", "obj") for c in token.children)  # "continues to support"
    return token.pos_ == "VERB" and token.lemma_ in SAY and token.dep_ not in ("amod",) and not going_on


def speaker_of(verb: Token) -> Token | None:
    """Return the head of the noun phrase that speaks; parsers take one behind its verb for an object: "…, claimed the rebels"."""
    return next(iter(subjects(verb)), None) or _speaker_behind(verb)


def _speaker_behind(verb: Token) -> Token | None:
    told = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None)
    if told is None or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    behind = verb.doc[verb.i + 1 : verb.sent.end]
    return next((t for t in behind if t.dep_ == "obj" and t.head.i in (verb.i, told.i) and t.left_edge.i == verb.i + 1), None)


def _introduction(doc: Doc, start: int, end: int) -> Speech | None:
    """Recognise a paragraph that ends in "X said:" or "X issued the following statement:" and so introduces those that follow."""
    last = end - 1
    while last > start and doc[last].is_space:
        last -= 1
    if doc[last].text != ":":
        return None
    verbs = [t for t in doc[doc[last].sent.start : last] if _is_say(t) or _issues(t)]
    verb = next((v for v in reversed(verbs) if speaker_of(v) is not None), None)
    return Speech(last, last, speaker_of(verb).i, verb.i) if verb is not None else None  # type: ignore[union-attr]


def _issues(verb: Token) -> bool:
    """Recognise "issued the following statement", "made these remarks"."""
    return verb.pos_ == "VERB" and verb.lemma_ in _ISSUE and any(c.dep_ == "obj" and c.lemma_.lower() in _ISSUED for c in verb.children)


def _interviewed(doc: Doc, paragraphs: tuple[tuple[int, int], ...]) -> Token | None:
    """Return who answers in an interview, as the words before the first question say: "the minister, Ana Lind, spoke to the Herald's Rui Andrade"."""
    questions = [start for start, end in paragraphs if end - start > 2 and doc[start].lower_ in _ASKING and doc[start + 1].text == ":"]
    if not questions:
        return None
    offices = {t.i for e in doc.ents if e.label_ == "Position" for t in e}
    for verb in (t for t in doc[: questions[0]] if t.pos_ == "VERB" and t.lemma_ in _CONVERSE):
        speaking = subjects(verb)[:1]
        others = [c for c in verb.children if c.dep_ == "obl" and case_of(c) in ("to", "with")]
        titled = [t for t in (*speaking, *others) if any(w.i in offices for w in t.subtree)]
        if titled or speaking:
            return (titled or speaking)[0]
    return None


def _labelled(doc: Doc, start: int, end: int, answering: Token | None) -> Speech | None:
    """Recognise a turn of a transcript: a paragraph that begins with who speaks, "MR. PRICE: …", "QUESTION: …"."""
    colon = next((i for i in range(start + 1, min(start + _LABEL, end)) if doc[i].text in (":", "):")), None)
    if colon is None or colon + 1 >= end:
        return None
    name_end = next((i for i in range(start + 1, colon) if doc[i].text in (",", "(")), colon)
    if name_end < colon and _is_described_speaker(doc[start:name_end], doc[name_end:colon]):
        return Speech(colon + 1, end, doc[start:name_end].root.i)
    if (holder := _bracketed_holder(doc[start:name_end], doc[name_end:colon])) is not None:
        return Speech(colon + 1, end, holder)
    if colon - start >= _NAME:
        return None
    words = [t for t in doc[start:colon] if t.is_alpha]
    if not words or not all(t.is_upper or (t.is_title and t.pos_ == "PROPN") for t in words) or not (words[-1].is_upper or len(words) == 1):
        return None
    if words[-1].lower_ in ("answer", "a"):
        return Speech(colon + 1, end, answering.i) if answering is not None else None
    asks = words[-1].lower_ in _ASKING
    if not asks and not _takes_turn(doc, start, colon, end):
        return None
    return Speech(colon + 1, end, None if asks else doc[start:colon].root.i)


def _takes_turn(doc: Doc, start: int, colon: int, end: int) -> bool:
    """Tell whether what stands before a colon is who speaks, and not what the news is of: "Peru: The interior minister resigned", "UPDATE: Chad has left"."""
    label = doc[start:colon]
    if any(t.lower_ in _FIRST_PERSON for t in doc[colon:end]):
        return True
    kinds = {e.label_ for e in doc.ents if e.start < colon and start < e.end}
    if kinds & _LANDS:
        return False
    words = [t.lower_ for t in label]
    again = (t.i for t in doc if t.lower_ == words[0] and t.i != start and (t.i == 0 or "\n" in doc[t.i - 1].text))
    return len(words) > 1 or "Person" in kinds or any([t.lower_ for t in doc[i : i + len(words)]] == words for i in again)


def _is_described_speaker(name: Span, description: Span) -> bool:
    """Recognise "MR. OKAFOR, SPOKESPERSON:", "Mr Ben Wallace (the Secretary of State for Defence):"."""
    words = [t for t in name if t.is_alpha]
    named = bool(words) and all(t.is_upper or t.is_title for t in words) and (words[-1].is_upper or any(e.label_ == "Person" for e in name.ents))
    return named and not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in description)


def _bracketed_holder(office: Span, bracket: Span) -> int | None:
    """Return the head of the name behind an office: "The Minister for Defence (Ana Lind):", "The Minister of State (Mr Lind):"."""
    inside = [t for t in bracket if t.text not in ("(", ")")]
    named = bool(inside) and bracket[0].text == "(" and all(t.is_title or t.is_upper for t in inside)
    titled = named and any(t.lower_ in _OFFICES for t in office) and not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in office)
    return bracket.doc[inside[0].i : inside[-1].i + 1].root.i if titled else None


def _attributes_elsewhere(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a paragraph has a third-person attribution of its own, so that it is the reporter's again; who speaks says "I" or "we"."""
    if any(t.lower_ in _FIRST_PERSON for t in doc[start:end]):
        return False
    return any(_is_say(t) and t.tag_ in ("VBD", "VBZ") and (who := speaker_of(t)) is not None and who.pos_ == "PROPN" for t in doc[start:end])


def reported_by(token: Token) -> tuple[Token, Token] | None:
    """Return (speaker, cue) of the indirect speech that a token stands in: "X said that …", "according to X"."""
    node = token
    opening = _opening_source(token) or _closing_source(token) if _says_according(token.doc) else None
    opening = opening or _continued_source(token.doc, token.sent.start) or _headline_source(token)
    for _ in range(40):
        if (source := _according(node) or _added(node) or _between(node)) is not None and source[0].i != token.i:
            return source
        head = node.head
        if head.i == node.i:
            return opening
        if (source := _governing_source(node, token)) is not None:
            return source
        if _is_background(node):
            return _inserted(node)
        node = head
    return opening


def _inserted(clause: Token) -> tuple[Token, Token] | None:
    """Return the attribution within a clause: "which, its delegate said, had provoked Moscow", "who witnesses say shot him"."""
    before = clause.doc[clause.left_edge.i + 1 : clause.i]
    said = (t for t in before if _is_say(t) and t.tag_ in ("VBD", "VBZ", "VBP") and (t.nbor().text == "," or t.dep_ == "parataxis"))
    spoken = ((next((c for c in verb.lefts if c.dep_ == "nsubj" and c.i > clause.left_edge.i), None), verb) for verb in said)
    return next(((who, verb) for who, verb in spoken if who is not None), None)


def _is_background(clause: Token) -> bool:
    """Recognise a clause that the text adds to what somebody says: "Lind, who was born in Bergen, will appeal, her lawyer said"; "after they left".

    When a deed happened that is itself only told is told with it: "said that rebels had fired before troops came".
    """
    if clause.dep_ == "acl:relcl":
        return not is_cleft(clause.head)
    finite = clause.tag_ in ("VBD", "VBZ", "VBP") or (clause.tag_ == "VBN" and any(c.dep_ in ("aux", "aux:pass") for c in clause.children))
    told = clause.head.dep_ == "ccomp" and clause.head.head.i < clause.head.i and clause.i > clause.head.i and clause.head.tag_ in ("VBD", "VBN")
    return clause.dep_ == "advcl" and finite and not told and any(c.lower_ in _WHEN for c in clause.children if c.dep_ in ("mark", "advmod"))


def _governing_source(node: Token, token: Token) -> tuple[Token, Token] | None:
    """Return (speaker, cue) of what the head of a node says of it: said that it, accused of it, reported it, a claim that it."""
    head = node.head
    told = (node.dep_ == "ccomp" and not _is_parted(node, head)) or (node.dep_ == "parataxis" and not _is_apart(node, head))
    charged = head.lemma_ == "charge" and node.dep_ == "ccomp" and marker_of(node) == "that"
    alleged = head.lemma_ in ALLEGE and (is_alleged(node) or charged) and not is_to_blame(head) and not _is_accused(head)
    held = node.lower_ == "responsible" and node.dep_ in ("xcomp", "ccomp") and head.lemma_ in _HOLD
    named = head.dep_ == "acl:relcl" and head.head.lower_ == "what" and head.lemma_ in _NAME_AS  # "condemned what he called Turkey's attack"
    claimed = node.dep_ == "xcomp" and head.lemma_ in ("claim", "allege", "profess") and marker_of(node) == "to"  # "claims to have been attacked"
    named = named or (node.dep_ == "obl" and head.lemma_ in _NAME_AS and case_of(node) == "as")  # "described it as an attack by Chad"
    who = speaker_of(head) if ((told or claimed) and _is_say(head)) or alleged or held or named or _is_told_noun(node) else None
    if who is not None and (who.i != token.i or not told):
        return who, head
    source = source_of(head) if is_reported(node) or _is_rumoured(node) else None
    return source if source is not None and source[0].i != token.i else None


def _is_parted(clause: Token, verb: Token) -> bool:
    """Tell whether a verb of saying opens a clause of its own behind what hangs on it: "Chad left, while Lind said that"."""
    return any(c.lower_ in _PARTING and c.dep_ in ("mark", "cc") and clause.i < c.i < verb.i for c in verb.children)


def _is_accused(verb: Token) -> bool:
    """Tell whether a verb is of those whom somebody accuses, not of who accuses: "was accused of", "stands accused of"."""
    standing = verb.i > 0 and verb.tag_ in ("VBN", "JJ") and verb.nbor(-1).lemma_ in ("stand", "remain")
    headline = verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "obj", "iobj", "ccomp") for c in verb.children)  # "Chad accused of bombing Mali"
    return standing or headline or any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children)


def _is_told_noun(node: Token) -> bool:
    """Recognise a deed that a noun names and its verb tells of: "reported an attack on", "spoke of a raid", "blamed the raid on X"."""
    if node.pos_ != "NOUN" or node.head.pos_ != "VERB":
        return False
    told = node.dep_ in ("obj", "nsubj:pass") and node.head.lemma_ in ("report", "allege")
    told = told or (node.dep_ == "obj" and bool(blamed_on(node)))
    return told or (node.dep_ in ("obl", "nmod") and case_of(node) in ("of", "about") and node.head.lemma_ in ("speak", "complain", "talk", "tell"))


def _is_rumoured(node: Token) -> bool:
    """Recognise a deed of which there are only reports: "rumours of a raid by Chad"; "a report of the raid" tells of one that is known."""
    told = node.pos_ == "NOUN" and node.dep_ == "nmod" and case_of(node) == "of" and node.head.lemma_.lower() in _RUMOURS
    return told and not any(c.dep_ == "det" and c.lower_ in ("the", "this", "these", "that", "those") for c in node.children)


def is_to_blame(verb: Token) -> bool:
    """Recognise "is to blame", whose subject is who is blamed."""
    return verb.lemma_ == "blame" and marker_of(verb) == "to" and any(c.lemma_ == "be" for c in verb.children)


def is_alleged(node: Token) -> bool:
    """Tell whether a phrase names the deed that its verb alleges: accuse of shelling, blame for the attack, charge with murder."""
    if node.dep_ in ("advcl", "ccomp", "acl", "xcomp") and marker_of(node) in ("of", "for", "with"):
        return True
    return node.dep_ in ("obl", "nmod", "ccomp") and node.pos_ == "NOUN" and case_of(node) in ("of", "for", "with")


def blamed_on(deed: Token) -> list[Token]:
    """Return whom a verb says to have done what its object names: "blamed the attack on X", "attributed the attack on the bridge to X"."""
    verb = deed.head
    if deed.dep_ not in ("obj", "nsubj:pass") or deed.pos_ != "NOUN" or verb.lemma_ not in _ASCRIBE:
        return []
    case = "on" if verb.lemma_ in ("blame", "pin") else "to"
    return obliques(verb, case)[-1:] or [m for m in modifiers(deed, case) if case == "to" or m.i > modifiers(deed, case)[0].i][-1:]


def is_reported(node: Token) -> bool:
    """Tell whether a clause is what a noun only reports: "a claim that they bombed it"; parsers hang it there under several labels."""
    hung = node.dep_ in ("acl", "ccomp", "appos", "acl:relcl", "advcl") and node.head.i < node.i
    return hung and marker_of(node) in ("that", "of") and node.head.lemma_.lower() in REPORTS


def disputed(noun: Token) -> Token | None:
    """Return the verb that says of what a noun tells that it is not so: "denied reports that …"."""
    return noun.head if (noun.dep_ in ("obj", "nsubj:pass") and noun.head.lemma_ in _DISPUTE) or called_untrue(noun) is not None else None


def called_untrue(noun: Token) -> Token | None:
    """Return the word for what somebody calls a report: "described as groundless a claim that", "called the report that … a lie"."""
    verb = noun.head
    if noun.lemma_.lower() not in REPORTS or noun.dep_ not in ("obj", "obl", "nsubj:pass"):
        return None
    if verb.lemma_ in _DISPUTE and case_of(noun) == "as":  # "dismissed as false reports that", which parsers read as "as reports"
        return next((c for c in noun.children if c.lower_ in UNTRUE and c.dep_ == "amod"), None)
    if verb.lemma_ not in _NAME_AS or case_of(noun) is not None:
        return None
    last = noun.right_edge  # parsers hang "false" in the clause: "called the claim that it had shelled the camp false"
    return next((c for c in verb.children if c.lower_ in UNTRUE and c.i != noun.i), last if last.lower_ in UNTRUE and last.tag_ in ("RB", "JJ") else None)


def source_of(noun: Token) -> tuple[Token, Token] | None:
    """Return (speaker, cue) of what a noun reports: its owner, or who disputes it; the noun itself, which is nobody, if no one is named."""
    verb = disputed(noun)
    if verb is not None and (who := speaker_of(verb)) is not None:
        return who, verb
    return next(iter((*possessors(noun), *modifiers(noun, "by"))), noun), noun


def _is_apart(node: Token, head: Token) -> bool:
    """Tell whether a semicolon stands between a verb of saying and what is beside it, which then is told by nobody."""
    return any(t.text == ";" for t in node.doc[min(node.i, head.i) : max(node.i, head.i)])


@lru_cache(maxsize=2)
def _says_according(doc: Doc) -> bool:
    """Tell whether a text has the word at all, by which a sentence opens or closes with its source."""
    return "according" in doc.text.lower()


def _headline_source(token: Token) -> tuple[Token, Token] | None:
    """Return who is named before or behind the colon of a headline for having said it: "Lind: Peru has left", "Peru has left: report"."""
    headline = _headline(token.doc, token.sent.start)
    if headline is None:
        return None
    before, colon, behind = headline
    source = before if token.i > colon.i else behind
    return (source, colon) if source is not None else None


@lru_cache(maxsize=512)
def _headline(doc: Doc, start: int) -> tuple[Token | None, Token, Token | None] | None:
    """Return who is named before the colon of a line that ends without a stop, the colon, and who is named behind it."""
    begin = doc[start - 1].sent.start if start and doc[start - 1].text == ":" else start  # a sentence that the model ends with the colon
    line = [t for t in doc[begin : doc[start].sent.end] if not t.is_space]
    colons = [number for number, t in enumerate(line) if t.text == ":"]
    if len(colons) != 1 or not 0 < colons[0] < len(line) - 1 or line[-1].is_punct:
        return None
    return _source_among(line[: colons[0]]), line[colons[0]], _source_among(line[colons[0] + 1 :])


def _source_among(words: list[Token]) -> Token | None:
    """Return who is named as a source by a few words without a verb."""
    if len(words) > _SHORT or any(t.pos_ in ("VERB", "AUX", "ADP") for t in words):
        return None
    named = (t for t in words if t.ent_type_ in _SPEAKERS or t.lemma_.lower() in _SOURCES)
    return next((t for t in named if t.dep_ not in ("flat", "compound")), None)


@lru_cache(maxsize=512)
def _continued_source(doc: Doc, start: int, back: int = 0) -> tuple[Token, Token] | None:
    """Return who goes on speaking in a sentence that stands in the tense of reported speech behind one: "Lind said Peru had left. The army had shelled it."."""
    if back >= _CONTINUED or start == 0 or "\n" in doc[start - 1].text or not _is_shifted(doc[start].sent):
        return None
    before = doc[start - 1].sent
    root = before.root
    told = next((c for c in root.children if c.dep_ in ("ccomp", "parataxis") and _shifts(c)), None)
    if told is not None and _is_say(root) and root.tag_ == "VBD" and (who := speaker_of(root)) is not None:
        return who, root
    if _shifts(root) and (added := _added(root)) is not None:
        return added
    return _continued_source(doc, before.start, back + 1)


def _is_shifted(sentence: Span) -> bool:
    """Tell whether the main verb of a sentence is in the pluperfect or after "would", not of "he" or "she" and at no time that the text itself gives."""
    root = sentence.root
    told_apart = root.lemma_ in ALLEGE | _JUDGING and any(c.dep_ == "nsubj" and c.pos_ == "PROPN" for c in root.children)  # "Amnesty had accused Kenya"
    if not _shifts(root) or told_apart or any(c.dep_ in ("nsubj", "nsubj:pass") and c.lower_ in ("he", "she", "i", "we", "who") for c in root.children):
        return False
    return not any(t.lower_ in _TELLING_TIMES or (t.pos_ == "NUM" and len(t) == 4 and t.is_digit) for t in sentence)


def _shifts(verb: Token) -> bool:
    helping = [c.lower_ for c in verb.children if c.dep_ in ("aux", "aux:pass")]
    return verb.pos_ in ("VERB", "ADJ", "NOUN") and (("had" in helping and verb.tag_ in ("VBN", "VBD")) or "would" in helping)


def _opening_source(token: Token) -> tuple[Token, Token] | None:
    """Return the source with which a sentence opens, wherever the parse hangs it: "According to Le Monde, …"."""
    for word in token.sent[:3]:
        if word.lower_ == "according":
            end = next((t.i for t in token.sent if t.text == ","), None)
            source = next(
                (t for t in token.sent if t.i > word.i + 1 and (end is None or t.i < end) and t.head.i not in range(word.i + 2, end or len(token.doc))), None
            )
            return (source, word) if source is not None and source.i != token.i else None
    return None


def _closing_source(token: Token) -> tuple[Token, Token] | None:
    """Return the source with which a sentence closes, wherever the parse hangs it: "…, according to the U.N."."""
    word = next((t for t in reversed(token.sent) if t.lower_ == "according"), None)
    if word is None or word.i == token.sent.start or word.nbor(-1).text != ",":
        return None
    source = word.head if word.dep_ == "case" else None
    rest = token.doc[source.right_edge.i + 1 : token.sent.end] if source is not None else ()
    return (source, word) if source is not None and token.i < word.i and all(t.is_punct or t.is_space for t in rest) else None


def _added(node: Token) -> tuple[Token, Token] | None:
    """Recognise an attribution that the parse hangs below what is said: "Greece supports Cyprus, officials said"."""
    for child in node.children:
        finite = _is_say(child) and child.tag_ in ("VBD", "VBZ", "VBP")
        added = child.dep_ == "parataxis" and child.i > node.i and not _is_apart(child, node)
        if finite and (added or is_as(child)) and (who := speaker_of(child)) is not None and who.head.i == child.i:
            return who, child
    return None


def _between(node: Token) -> tuple[Token, Token] | None:
    """Recognise an attribution between commas that the parse hangs on the subject: "the villagers, locals say, were killed"."""
    for noun in (c for c in node.children if c.dep_ in ("nsubj", "nsubj:pass")):
        for clause in noun.children:
            said = clause.dep_ in ("acl:relcl", "acl", "parataxis", "appos") and _is_say(clause) and clause.tag_ in ("VBD", "VBZ", "VBP")
            first = clause.left_edge
            bare = said and first.i and "," in (first.text, first.nbor(-1).text) and not any(c.lower_ in ("who", "which", "that") for c in clause.subtree)
            if bare and not any(c.dep_ in ("obj", "ccomp", "xcomp") for c in clause.children) and (who := _own_speaker(clause)) is not None:
                return who, clause
    return None


def _own_speaker(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)


def is_as(clause: Token) -> bool:
    """Recognise "as Egypt alleges": the clause beside it is what is alleged."""
    return clause.dep_ == "advcl" and marker_of(clause) == "as" and not any(c.dep_ in ("obj", "ccomp", "xcomp") for c in clause.children)


def _according(node: Token) -> tuple[Token, Token] | None:
    for child in node.children:
        if child.dep_ in ("obl", "nmod") and case_of(child) == "according to":
            return child, next(c for c in child.children if c.dep_ == "case")
    return None
