"""Logical arguments on a UD parse: who acts, what is acted on, and what prepositions add, whatever the construction.

Active and passive, participles, relative clauses, control, coordination and nominalisations are dealt with here once, for
every entry of the catalogue. Labels are UD v2 as in the EWT and GUM treebanks.
"""

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from graphbuild.language.index import BULLETS
from graphbuild.language.repairs.moves import VOWING

LIGHT = frozenset(
    "hold have conduct pay make carry launch stage give take undertake mount start begin continue resume complete finish perform deliver convene"
    " commit lead host attend offer express issue receive provide plan schedule arrange keep maintain wage perpetrate seek cancel postpone end"
    " conclude cease halt stop".split()
)
"""Verbs that lend their subject to the noun that is their object: hold a meeting, pay a visit."""

_DATED = frozenset(
    "january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday yesterday today".split()
)
_RELATIVE = frozenset("who whom which that whose where when".split())
_OBJECT_CONTROL = frozenset("of for from into with against".split())
_DATIVE = frozenset("give send lend offer grant award hand pay promise pledge deny owe accord loan".split())
"""Verbs whose passive may keep an object."""
_SUSPICIONS = frozenset("suspicion charge allegation count accusation".split())
"""Nouns for what somebody is arrested or tried on."""
_OWN_WILL = frozenset(
    "decision plan promise offer pledge attempt effort refusal intention readiness willingness commitment vow bid move desire failure threat talk"
    " negotiation inability reluctance unwillingness ambition proposal agreement right duty mandate authority power permission chance opportunity position"
    " means capacity capability point verge brink idea pressure order wish dream quest drive push eagerness determination resolve".split()
)
"""Nouns whose of-phrase is the subject of their infinitive: the decision of Japan to send."""
_SHARES = frozenset("role part hand share lead progress success experience difficulty headway stride".split())
"""Nouns for what one has, plays or makes in what their gerund says: "played a role in defeating", "made progress in clearing"."""
_HAVING = frozenset("have play make take assume share deny lead enjoy see achieve gain".split())
_PROSPECTS = frozenset("danger risk prospect possibility likelihood chance threat fear".split())
"""Nouns whose gerund has a subject of its own: the danger of Uganda attacking."""
_WILLED = frozenset(
    "consider mull weigh contemplate propose prepare threaten promise pledge plan intend want announce rule exclude refuse deny avoid envisage"
    " oppose approve abandon scrap shelve drop".split()
)
"""Verbs whose subject would itself do what their object names: consider sanctions, rule out talks."""
_TOLD_DEEDS = frozenset("liberation capture recapture death killing arrest seizure defeat release".split())
"""Nouns for what somebody announces that others have done."""
_WILLED_PHRASES = frozenset(
    tuple(pair.split()) for pair in (
        "look to", "prepare for", "agree on", "agree to", "decide on", "refrain from", "insist on", "threaten with", "take in", "participate in", "engage in",
        "join in", "partake in", "share in", "involve in",
    )
)  # fmt: skip
"""The same, of a verb and the preposition of what it wills or shares: look forward to talks, agree on sanctions, take part in an attack."""
_SHARED_OCCASIONS = frozenset("talk talks meeting negotiation dialogue summit discussion consultation".split())
"""Nouns for what the subject of "welcome", "seek", "request" takes part in: would welcome talks."""
_WELCOMING = frozenset("welcome favour favor support request demand reject resist await".split())
_APPOINT = frozenset("appoint name elect choose pick nominate select install designate promote hire".split())
_CHOOSING = _APPOINT | frozenset("tap pay recruit commission".split())
"""Verbs whose object does what their infinitive tells."""
_ANOTHERS = frozenset("block veto thwart foil oppose condemn denounce criticise criticize welcome praise applaud back".split())
"""Verbs whose object is a plan that somebody else has."""
_TAKING_UP = frozenset("accept receive get decline reject refuse have turn".split())
"""Verbs of who is invited."""
_SUCCEED = frozenset(("succeed", "replace"))
_ALLEGATIONS = frozenset("accusation allegation charge claim suspicion report suggestion".split())
"""Nouns whose gerund says what the subject of the verb above is said to have done: rejected accusations of having."""
HELPING = frozenset("help support assist aid back train equip join".split())
"""Verbs whose object somebody is helped: "helps Iraq in its fight"."""
EVILS = frozenset("scourge evil menace threat cancer danger plague barbarity remnant terror cult poison tyranny".split())
"""Nouns for what an armed group is, which name it with "of": "the scourge of ISIL", "the threat posed by ISIL"."""
_TELLING = _ALLEGATIONS | frozenset(
    "fact news announcement statement belief hope fear idea rumour rumor demand condition assurance pledge promise threat decision view conclusion evidence"
    " sign warning complaint assertion contention insistence confirmation denial notion possibility chance risk danger proof impression understanding"
    " story argument proposal request message order concern doubt feeling signal word guarantee speculation premise ground reason way time day".split()
)
"""Nouns whose that-clause says what they are about."""
_SUBJECTS = frozenset(("nsubj", "nsubj:outer"))
_ANY_SUBJECT = _SUBJECTS | {"nsubj:pass"}
_CLAUSES = ("VERB", "AUX", "ADJ")
_MAX_DEPTH = 12
_DEMANDS = frozenset("call appeal request plea demand order ultimatum".split())
"""Nouns whose infinitive says what others are to do: "ignored Norway's demand to free her"; of a request it may be either."""
ANSWERING = frozenset("ignore reject refuse heed obey follow accept dismiss rebuff spurn defy resist deny grant turn decline answer".split())
"""Verbs of those to whom a demand was put."""
_APPEALS = frozenset("call appeal request plea".split())
_MOVES = frozenset("visit trip arrival departure return deployment withdrawal".split())
"""Nouns for moves of those whom "of" names behind them."""
_INDEBTED = frozenset("grateful thankful indebted obliged".split())
_ADVERBIAL_CASES = frozenset(("after", "following", "during", "before", "in", "at", "on", "ahead of", "for", "through", "as part of"))
"""Prepositions of what happens beside a clause, with the same people."""
_AFTERWARDS = frozenset(("after", "following", "ahead of"))
"""Those that no noun but one of time or order takes."""
SPELLS = frozenset("year month week day morning evening afternoon night hour minute decade century spring summer autumn winter".split())
_ITEMS = 60
"""How many items of a list may stand between a verb and who is named above it."""
_DESIGNATING = ("designate", "sanction")
_LONGEST_ITEM = 60
"""Words of a line in a list."""
_LEADING = frozenset("on upon to at with in from against into for".split())
"""Prepositions of a phrase that parsers take for an object: "took over from Novak"."""
_NOBODY = ("Country", "City", "Region", "Place", "Facility")
"""Classes of names that "who" does not take up."""
_IMPERSONAL = ("PoliticalParty", "Organization", "GovernmentBody", "Company", "Alliance", "MediaOrganization")
"""Classes of bodies that "which" takes up, and "who" hardly ever where a person is named before them."""
_BODIES = (*_IMPERSONAL, "MilitaryForce", "ArmedGroup")
"""Classes of what "which" means where a person is named before it."""
_WITHIN_NAMING = ("nmod", "appos", "conj", "flat", "compound", "nmod:desc")
"""Labels of what says who somebody is."""
_NAMING = frozenset("say be become remain".split())
"""Verbs whose complement may be a name."""
remembered = lru_cache(maxsize=512)
"""For what is asked of the same tokens again and again. Trees are mended before anything here is asked, by `language` and `phrases`, and never later."""


@remembered
def is_passive(verb: Token) -> bool:
    """Tell whether a verb is passive: by its subject or auxiliary, or as a bare past participle on a noun."""
    labels = {child.dep_ for child in verb.children}
    if _is_active_after_all(verb, labels):
        return False
    if labels & {"nsubj:pass", "aux:pass", "csubj:pass"} or _is_stranded(verb, labels):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not labels & (_SUBJECTS | {"aux"}) and verb.head.pos_ == "VERB":
        return is_passive(verb.head)
    return (
        verb.tag_ in ("VBN", "VBD")
        and verb.dep_ in ("acl", "amod", "advcl", "csubj")
        and not labels & (_SUBJECTS | {"aux"})
        and (verb.tag_ == "VBN" or "obj" not in labels)
    )


def _is_active_after_all(verb: Token, labels: set[str]) -> bool:
    """Recognise a slip of parsers: a passive subject with a finite past tense and an object, but no auxiliary: "forces, with help, killed him"."""
    perfect = verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    bare = verb.tag_ == "VBN" and "aux" not in labels and verb.dep_ in ("ROOT", "root", "ccomp", "parataxis")  # "The department also designated him"
    finite = (verb.tag_ == "VBD" and "aux" not in labels) or perfect or bare
    vowing = bare and verb.lemma_ in VOWING and "xcomp" in labels  # "the rebels, who are cornered, threatened through an envoy to burn it"
    return finite and "nsubj:pass" in labels and (bool(labels & {"obj", "ccomp"}) or vowing) and "aux:pass" not in labels


def _is_stranded(verb: Token, labels: set[str]) -> bool:
    """Recognise a participle with its agent that the parser took for a clause: "mourns its envoy, killed on Monday by armed men"."""
    bare = verb.tag_ in ("VBN", "VBD") and verb.dep_ in ("ccomp", "parataxis", "dep") and not labels & (_SUBJECTS | {"aux", "obj", "mark"})
    return bare and any(c.dep_ == "obl:agent" for c in verb.children) and _noun_before(verb) is not None


def _noun_before(participle: Token) -> Token | None:
    """Return the head of the noun phrase that a participle follows after a comma."""
    first = participle.left_edge.i
    if not first or "," not in (participle.doc[first - 1].text, participle.doc[first].text):
        return None
    noun = participle.doc[max(0, first - (2 if participle.doc[first - 1].text == "," else 1))]
    while noun.dep_ in ("flat", "compound") and noun.head.i != noun.i:
        noun = noun.head
    return noun if noun.pos_ in ("NOUN", "PROPN") else None


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Return the heads of the logical subject (the agent) of a verb or predicate."""
    if depth > _MAX_DEPTH:
        return []
    if is_passive(verb):
        return agents(verb)
    own = [child for child in verb.children if child.dep_ in _ANY_SUBJECT and not _is_stray(child, verb)]
    if own and (told_of := _objects_of_told(verb)):
        own = [child for child in own if child not in told_of]
    if len(own) > 1 and (told := _told_before(verb)) is not None:
        return own[1:] if not _own_subjects(told) else own
    if len(own) > 1 and any(c.dep_ == "ccomp" and own[0].i < c.i < own[-1].i and _own_subjects(c) for c in verb.children):
        return own[-1:]  # a date line: "NAIROBI - Kenya agreed to it, officials said"
    found = [_antecedent(child, verb) for child in own] or _shared_subjects(verb, depth)
    return [noun for one in found for noun in (_listed_of(one, verb) or [one])]


def _listed_of(group: Token, verb: Token) -> list[Token]:
    """Return whom a sentence lists of those whom a clause describes: "nations which sent ships include Peru", "nations sending ships are Peru and Chad"."""
    listing = group.head
    described = group.dep_ == "nsubj" and group.tag_ == "NNS" and listing.i > verb.i and verb in group.subtree
    if not described:
        return []
    if listing.lemma_ == "include" and listing.tag_ in ("VBP", "VBD", "VB"):
        return objects(listing)
    named = listing.pos_ == "PROPN" and any(c.dep_ == "cop" and c.lower_ in ("are", "were") for c in listing.children)
    return [listing] if named and any(c.dep_ == "conj" for c in listing.children) else []


def _own_subjects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in _ANY_SUBJECT]


def _lost_subject(verb: Token) -> Token | None:
    """Return the subject of a told clause that the parser hung on the verb that tells it: "Novak telephoned Siddiqui, the BBC reported"."""
    if verb.head.i < verb.i or len(_own_subjects(verb.head)) < 2:
        return None
    return next((c for c in _own_subjects(verb.head) if c.i < verb.i), None)


def _objects_of_told(verb: Token) -> list[Token]:
    """Return the objects of a told clause that the parser took for subjects of the verb that tells it: "Novak telephoned Siddiqui, the BBC reported"."""
    told = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None)
    return [] if told is None else [c for c in _own_subjects(verb) if c.pos_ == "PROPN" and c.i == told.i + 1]


def _told_before(verb: Token) -> Token | None:
    """Return the clause that a parenthesis interrupts: "King Salman, Iranian television claims, has invited him"."""
    return next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i and marker_of(c) is None), None)


def _is_stray(child: Token, verb: Token) -> bool:
    """Recognise slips of parsers: "which" beside the real subject, what is another clause's, the object of "accuse X of doing" hung on the doing."""
    second = child.lower_ in _RELATIVE and any(c.dep_ in _SUBJECTS and c.i != child.i for c in verb.children)
    return second or _is_controlled(child, verb) or _is_late(child, verb) or _robbed(child, verb) is not None


def _robbed(child: Token, verb: Token) -> Token | None:
    """Return the verb whose subject the parser hung on one further on: "demanded that Belarus free the pair and called for sanctions"."""
    if child.dep_ not in _SUBJECTS or verb.dep_ != "conj" or verb.head.i > child.i:
        return None
    clauses = (c for c in verb.head.children if c.dep_ == "ccomp" and child.i < c.i < verb.i and not _own_subjects(c))
    return next((c for c in clauses if any(m.dep_ == "mark" and m.i < child.i for m in c.children)), None)


def _lost_to_next(verb: Token) -> list[Token]:
    """Return the subject that the parser took from a clause and gave to a verb behind it."""
    following = [c for c in verb.head.children if c.dep_ == "conj" and c.i > verb.i] if verb.dep_ == "ccomp" else []
    return [s for c in following for s in c.children if (robbed := _robbed(s, c)) is not None and robbed.i == verb.i]


def _is_of_next_clause(child: Token, verb: Token) -> bool:
    """Recognise the subject of a coordinated clause that the parser took for an object: "asked Britain for missiles, and Lind agreed"."""
    if child.dep_ != "obj" or not any(c.dep_ in ("obj", "iobj") and c.i < child.i for c in verb.children):
        return False
    told = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > child.i), None)
    return told is not None and _is_preceded_by_and(child.left_edge)


def _is_preceded_by_and(first: Token) -> bool:
    """Tell whether a phrase is coordinated with what stands before it."""
    return first.lower_ in ("and", "but") or (first.i > 0 and first.nbor(-1).lower_ in ("and", "but"))


def _is_late(child: Token, verb: Token) -> bool:
    """Recognise an object that the parser took for a second subject: "the minister rang his counterpart"."""
    if child.dep_ not in _SUBJECTS or child.i < verb.i:
        return False
    fronted = verb.tag_ == "VBG" and verb.dep_ in ("advcl", "csubj") and child.i == verb.i + 1
    return fronted or any(c.dep_ in _SUBJECTS and c.i < verb.i for c in verb.children)


def _is_controlled(child: Token, verb: Token) -> bool:
    return verb.dep_ == "ccomp" and verb.tag_ == "VBG" and marker_of(verb) in _OBJECT_CONTROL and child.i < next(c.i for c in verb.children if c.dep_ == "mark")


def agents(verb: Token) -> list[Token]:
    """Return the by-phrases of a passive, and "at the hands of X"."""
    named = [c for c in verb.children if c.dep_ == "obl:agent" or (c.dep_ in ("obl", "nmod") and case_of(c) == "by")]
    own = [c for c in named if not (case_of(c) or "by").startswith("as")]  # "was elected, as was Rui Andrade"
    gerunds = [c for c in verb.children if c.dep_ == "advcl" and c.tag_ == "VBG" and marker_of(c) in _OBJECT_CONTROL]
    own = own or [g for c in gerunds for g in c.children if case_of(g) == "by" and g.i > c.i]  # "accused of lying by X"
    own = own or _agents_shared(verb) or _agents_before(verb)
    return own or [m for c in verb.children if c.dep_ == "obl" and c.lower_ in ("hands", "hand") and case_of(c) == "at" for m in modifiers(c, "of")]


def _agents_before(verb: Token) -> list[Token]:
    """Return who designates in the release that goes on with "X is being designated pursuant to …": the subject of that verb last before it."""
    if verb.lemma_ not in _DESIGNATING or not any(c.dep_ == "aux:pass" and c.lower_ == "being" for c in verb.children):
        return []
    before = (t for t in reversed(verb.doc[: verb.sent.start]) if t.lemma_ in _DESIGNATING and t.pos_ == "VERB" and _own_subjects(t))
    last = next((t for t in before if not is_passive(t)), None)
    return subjects(last) if last is not None else []


def _agents_shared(verb: Token) -> list[Token]:
    """Return the by-phrase behind two passives right beside each other, whichever the parser hung it on: "was struck and killed by a drone"."""
    beside = [verb.head] if verb.dep_ == "conj" else [c for c in verb.children if c.dep_ == "conj"]
    for other in beside:
        first, second = sorted((verb, other), key=lambda t: t.i)
        words = [t for t in verb.doc[first.i + 1 : second.i] if t.pos_ not in ("CCONJ", "ADV", "AUX") and t.text != ","]
        if first.tag_ == second.tag_ == "VBN" and not words and not _has_own_clause(second):
            return [c for c in other.children if c.dep_ == "obl:agent" and c.i > second.i]
    return []


def _has_own_clause(verb: Token) -> bool:
    """Tell whether a coordinated verb has a subject or an active auxiliary of its own."""
    return any(c.dep_ in _ANY_SUBJECT or (c.dep_ == "aux" and c.lemma_ == "have") for c in verb.children)


def _shared_subjects(verb: Token, depth: int) -> list[Token]:
    """Find the subject that a verb without one of its own shares: control, coordination, participles, relative clauses."""
    head = verb.head
    match verb.dep_:
        case "conj":
            return _coordinated_subject(verb, depth)
        case "csubj" if verb.tag_ == "VBG" and verb.i < head.i:
            return _own_subjects(head)
        case "acl:relcl" | "acl":
            return _described_subject(verb, depth)
        case "xcomp":
            return _controller(verb, depth)
        case "advcl" if not has_expletive(verb):
            return _adverbial_subject(verb, depth)
        case "ccomp":
            return _told_subject(verb, depth) or _swallowed_subject(verb)
        case "amod" if verb.pos_ == "ADJ" and verb.i > head.i:
            return [head]  # "troops loyal to the president"
        case _:
            return _swallowed_subject(verb) or _lead_subject(verb)


def _lead_subject(verb: Token) -> list[Token]:
    """Return who is named above a list whose items begin with a verb: "The ministers: 1. Condemn …; 2. Urge …", "The Council, Recalling …"."""
    sentence, first = verb.sent, _item_start(verb.sent)
    if first is None or (first.i != verb.i and not (_opens_item(verb) and first.i < verb.i)):
        return []
    for _ in range(_ITEMS):
        if sentence.start == 0:
            return []
        sentence = verb.doc[sentence.start - 1].sent
        if all(_is_mark(t) for t in sentence):
            continue  # "4." cut off from what follows
        if _item_start(sentence) is None and not _is_numbered(sentence):
            root = sentence.root
            lead = [root] if root.pos_ in ("NOUN", "PROPN") else _own_subjects(root)
            return lead if _words(sentence)[-1].text in (":", ",", ";") else []
    return []


@remembered
def items_below(noun: Token) -> tuple[Token, ...]:
    """Return what is listed line by line below a sentence that ends in a colon: "sanctioned the following persons:" above "- Ivan Petrov", "- Oleg Sidorov"."""
    sentence = noun.sent
    words = _words(sentence)
    if not words or words[-1].text != ":":
        return ()
    heads: list[Token] = []
    place = words[-1].i + 1
    while (line := _line_from(noun.doc, place)) and (head := _item_head(line)) is not None:
        heads.append(head)
        place = line[-1].i + 1
    return tuple(heads) if len(heads) > 1 else ()


def _line_from(doc: Doc, place: int) -> list[Token]:
    """Return the words of the next line from a token on."""
    while place < len(doc) and doc[place].is_space:
        place += 1
    line: list[Token] = []
    while place < len(doc) and "\n" not in doc[place].text and len(line) < _LONGEST_ITEM:
        line.append(doc[place])
        place += 1
    return line


def _item_head(line: list[Token]) -> Token | None:
    """Return the head of what a line with a bullet or number names; None if it is no such line, or a clause."""
    bullet = next((i for i, t in enumerate(line[:2]) if t.text in BULLETS or (t.text == "." and i and line[0].text.isdigit())), None)
    if bullet is None or (line[0].text not in BULLETS and not line[0].text.isdigit()):
        return None
    inside = {t.i for t in line[bullet + 1 :]}
    head = next((t for t in line[bullet + 1 :] if not t.is_punct and (t.head.i not in inside or t.head.i == t.i)), None)
    return head if head is not None and head.pos_ in ("NOUN", "PROPN") else None


def _is_numbered(sentence: Span) -> bool:
    """Tell whether a sentence opens with the number or letter of an item: "4. That the parties …", "A. whereas …"."""
    words = _words(sentence)[:2]
    return len(words) == 2 and (words[0].tag_ == "LS" or (words[0].text.isdigit() and words[1].text in (".", ")")))


def _words(sentence: Span) -> list[Token]:
    return [t for t in sentence if not t.is_space]


def _item_start(sentence: Span) -> Token | None:
    """Return the verb without a subject that an item of a list opens with, behind its number or dash; None if it is no such item."""
    opening = next((t for t in sentence if not _is_mark(t)), None)
    return opening if opening is not None and _opens_item(opening) else None


def _is_mark(token: Token) -> bool:
    """Tell whether a word stands before the verb of an item: its number, letter or dash, or an adverb: "2. Strongly condemns"."""
    return token.is_space or token.is_punct or token.pos_ in ("NUM", "X", "SYM", "ADV") or token.tag_ == "LS" or token.dep_ == "discourse"


def _opens_item(verb: Token) -> bool:
    """Tell whether a verb without a subject stands first in an item: behind a number, letter or dash, or where a line begins."""
    if verb.tag_ not in ("VB", "VBP", "VBZ", "VBD", "VBG") or verb.pos_ != "VERB" or any(c.dep_ in (*_SUBJECTS, "nsubj:pass", "expl") for c in verb.children):
        return False
    start = verb.i
    while start > 0 and _is_mark(verb.doc[start - 1]) and verb.doc[start - 1].text not in (";", ","):
        start -= 1
    before = [t for t in verb.doc[start : verb.i] if t.pos_ != "ADV" or t.tag_ == "LS" or t.dep_ == "discourse"]
    numbered = any(not t.is_space for t in before)
    return numbered or any("\n" in t.text for t in before)


def _swallowed_subject(verb: Token) -> list[Token]:
    """Return the subject that the parser gave to the relative clause behind it: "Orban, who met Putin, has opposed it"."""
    clauses = [c for c in verb.children if c.dep_ == "advcl" and c.i < verb.i and any(g.lower_ in ("who", "which") for g in c.children)]
    return [s for c in clauses for s in _own_subjects(c) if s.lower_ not in _RELATIVE][:1]


def _coordinated_subject(verb: Token, depth: int) -> list[Token]:
    head, new = verb.head, _new_subject(verb)
    if new is not None:
        return [new]
    return surface_subjects(head, depth + 1) if head.pos_ in _CLAUSES or has_copula(head) else subjects_of_noun(head, depth + 1)


def _described_subject(verb: Token, depth: int) -> list[Token]:
    """Return the subject of a clause that describes a noun: the noun, or for an infinitive who the noun says will do it."""
    head = verb.head
    if marker_of(verb) == "of" and _is_gerund(verb) and head.dep_ == "obj" and head.lemma_ in _ALLEGATIONS:
        return surface_subjects(head.head, depth + 1)  # "rejected accusations of having shelled it"
    if verb.tag_ == "VBG" and head.lower_ == "guilty":
        return _own_subjects(head) or objects(head.head, depth + 1)  # "found him guilty of killing"
    if marker_of(verb) == "of" and _is_gerund(verb) and head.dep_ == "obl" and case_of(head) == "on" and head.lemma_ in _SUSPICIONS:
        return objects(head.head, depth + 1)  # "arrested Lind on suspicion of killing her"
    if verb.tag_ == "VBG" and marker_of(verb) == "in" and head.lemma_ in _SHARES:
        taking = head.dep_ == "obj" and head.head.lemma_ in _HAVING
        return possessors(head) or (surface_subjects(head.head, depth + 1) if taking else modifiers(head, "of") or [head])
    if verb.tag_ == "VBG" and head.lemma_ in _OWN_WILL | _PROSPECTS:
        whose = [c for c in modifiers(head, "of") if head.i < c.i < verb.i]  # "the danger of Uganda attacking"
        return whose or subjects_of_noun(head, depth + 1) or holders(head, depth) or [head]
    if verb.dep_ == "acl:relcl" or verb.tag_ == "VBG":
        other = any((c.dep_ == "obj" and c.lower_ in _RELATIVE) or (c.dep_ == "advmod" and c.tag_ == "WRB") for c in verb.children)
        return [] if other else [head]  # "Ghana, where he is due to sign it"
    if head.lemma_ == "invitation" or (head.lemma_ in ("offer", "request") and _is_for_whom_it_is_made(verb)):
        return _invited(head, depth)
    demanded = _demanded(head, verb, depth)
    return demanded if demanded is not None else _willing(head, verb, depth)


def _willing(noun: Token, infinitive: Token, depth: int) -> list[Token]:
    """Return who is to do, by what a noun says, what its infinitive tells; the noun itself where it says nobody: "a man to trust"."""
    own_will = (modifiers(noun, "of") or holders(noun, depth)) if noun.lemma_ in _OWN_WILL else []
    return _appealed_to(noun, infinitive) or subjects_of_noun(noun, depth + 1) or own_will or _names_before(noun) or _what_becomes(noun, depth) or [noun]


def _what_becomes(noun: Token, depth: int) -> list[Token]:
    """Return what becomes what a noun names: "Chad became the first country to recognise it"."""
    return surface_subjects(noun.head, depth + 1) if noun.dep_ == "xcomp" and noun.head.lemma_ in ("become", "remain") else []


def _demanded(noun: Token, infinitive: Token, depth: int) -> list[Token] | None:
    """Return who is to do what somebody demands, nobody where a request may be for either; None of other nouns, and where they are named behind it."""
    if noun.lemma_ not in _DEMANDS or not possessors(noun) or _appealed_to(noun, infinitive):
        return None
    answered = noun.dep_ == "obj" and noun.head.lemma_ in ANSWERING
    if noun.lemma_ == "request":
        return [] if answered else possessors(noun)
    return surface_subjects(noun.head, depth + 1) if answered else []


def _appealed_to(noun: Token, infinitive: Token) -> list[Token]:
    """Return who is to do what somebody calls for: "reiterated their call on Russia to withdraw"."""
    if noun.lemma_ not in _APPEALS:
        return []
    return [c for case in ("on", "upon", "to", "for") for c in modifiers(noun, case) if noun.i < c.i < infinitive.i]


def _invited(invitation: Token, depth: int) -> list[Token]:
    """Return who is to do what an invitation is for: "accepted an invitation to visit Cairo", "sent Lind an invitation to", "the invitation to Lind to"."""
    verb = invitation.head
    if named := [m for m in modifiers(invitation, "to") if m.i > invitation.i]:
        return named
    if invitation.dep_ != "obj" or verb.pos_ != "VERB":
        return []
    given = [c for c in verb.children if c.dep_ == "iobj" or (c.dep_ == "obl" and case_of(c) == "to")]
    return given or (surface_subjects(verb, depth + 1) if verb.lemma_ in _TAKING_UP else [])


def _is_for_whom_it_is_made(verb: Token) -> bool:
    """Tell whether an offer is of something that whoever gets it may become: "an offer by Lind to become ambassador"."""
    return verb.lemma_ in ("serve", "join", "lead", "head", "stay", "remain") or any(c.dep_ == "cop" and c.lemma_ in ("be", "become") for c in verb.children)


def holders(noun: Token, depth: int = 0) -> list[Token]:
    """Return who has the will that a noun names: "is in talks to buy", "announced plans to send", "entered into negotiations to"."""
    if has_copula(noun):
        return _own_subjects(noun)
    verb = noun.head
    if noun.dep_ == "obj" and verb.lemma_ in _ANOTHERS:
        return []
    held = noun.dep_ == "obj" or (noun.dep_ == "obl" and case_of(noun) in ("in", "into", "with", "on", "at", "under"))
    return surface_subjects(verb, depth + 1) if held and verb.pos_ in ("VERB", "AUX") and not is_passive(verb) else []


def _told_subject(verb: Token, depth: int) -> list[Token]:
    """Return the subject that a told clause has lost to the clause that tells it, or that its infinitive or gerund shares with it."""
    head, lost = verb.head, _lost_subject(verb)
    if lost is not None:
        return [lost]
    if coordinated := [c for c in head.children if c.i < verb.i and _is_of_next_clause(c, head)] or _lost_to_next(verb):
        return coordinated
    if verb.tag_ not in ("VB", "VBG") and len(_own_subjects(head)) > 1 and _told_before(head) == verb:
        return _own_subjects(head)[:1]
    if _is_gerund(verb) and marker_of(verb) in _OBJECT_CONTROL and (blamed := [c for c in head.children if c.dep_ in ("obj", "iobj", "nsubj:pass")]):
        return [_antecedent(blamed[0], head)]  # "accused Rwanda on Tuesday of arming"
    told = [c for c in head.children if c.dep_ in ("iobj", "obj") and c.i < verb.i]
    if verb.tag_ == "VB" and told and head.lemma_ not in VOWING and any(c.dep_ == "mark" and c.lower_ == "to" for c in verb.children):
        return told[:1]  # "warned Uganda not to attack"
    if verb.tag_ == "VB" or _is_gerund(verb) or marker_of(verb) == "to":
        return _accused(verb) or surface_subjects(head, depth + 1)
    pronoun = next((c for c in head.children if c.lower_ in ("which", "who", "that") and c.i < min(head.i, verb.i)), None)
    if head.dep_ == "acl:relcl" and pronoun is not None and head.i < verb.i:
        return [head.head]  # "the group, which France says trained them"
    return []


def _is_gerund(verb: Token) -> bool:
    """Tell whether a verb form is a gerund, simple, perfect or passive: denied arming, having armed, being asked."""
    return verb.tag_ == "VBG" or (verb.tag_ == "VBN" and any(c.dep_ in ("aux", "aux:pass") and c.lower_ in ("having", "being") for c in verb.children))


def _new_subject(verb: Token) -> Token | None:
    """Return the subject of a second clause that the parser coordinated with that of the first: "Ana heads one and Tomas heads the other"."""
    crossing = [c for first in _own_subjects(verb.head) for c in first.children if c.dep_ == "conj" and _crosses_verb(c, first) and c.i < verb.i]
    return next((c for c in crossing if not any(t.pos_ in ("VERB", "AUX") for t in verb.doc[c.i : verb.i])), None)


def _crosses_verb(conjunct: Token, first: Token) -> bool:
    """Tell whether the verb of a subject stands between it and what the parser coordinated with it; not in "France left, as did Chad"."""
    if any(c.dep_ == "fixed" and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in conjunct.children):
        return False
    return first.dep_ in _ANY_SUBJECT and first.i < first.head.i < conjunct.i and first.head.pos_ == "VERB"


def _accused(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in _SUBJECTS and _is_controlled(c, verb)]


def _names_before(noun: Token) -> list[Token]:
    """Return the name that modifies a noun: "Coalition efforts to …"."""
    return [c for c in noun.children if c.dep_ == "compound" and c.pos_ == "PROPN" and c.i < noun.i][-1:]


def is_excluded(name: Token) -> bool:
    """Tell whether "non-" stands before a name: who is "a major non-NATO ally" is none of its members."""
    return name.lower_ == "non" or (name.i > 1 and name.nbor(-1).text in ("-", "‑") and name.nbor(-2).lower_ == "non")


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Return the grammatical subject: what a participle or a conjunct inherits, passive or not."""
    passive = [_antecedent(c, verb) for c in verb.children if c.dep_ == "nsubj:pass"]
    if passive:
        return passive
    if verb.dep_ == "acl" and is_passive(verb):
        return [verb.head]
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and depth <= _MAX_DEPTH and is_passive(verb):
        return surface_subjects(verb.head, depth + 1)  # "will fly to Oslo and is expected to ask"
    return subjects(verb, depth)


def _controller(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    passive = [_antecedent(c, head) for c in head.children if c.dep_ == "nsubj:pass"]
    if passive:
        return passive
    if head.lemma_ in ("ask", "petition") and any(c.dep_ in ("obl", "obj") and head.i < c.i < verb.i and case_of(c) == "for" for c in head.children):
        return surface_subjects(head, depth + 1)  # "asked the EU for money to fight the gangs"
    gap = ("that", "which") if _leaves_gap(head) else ()  # "the visit that she is to pay"
    objects_ = [c for c in head.children if c.dep_ in ("obj", "iobj") and c.lower_ not in gap]
    if given := [c for c in objects_ if c.dep_ == "iobj"]:
        return given if head.lemma_ not in VOWING else surface_subjects(head, depth + 1)  # "gave France a month to withdraw"
    if objects_ and head.lemma_ not in VOWING:
        return objects_[-1:] if head.lemma_ not in LIGHT else subjects(head, depth + 1)
    return _called_on(head) or surface_subjects(head, depth + 1)


def _noun_willed(infinitive: Token) -> Token | None:
    """Return the noun of an infinitive that the parser hung on the verb behind it: "an offer by Brazil to host him was declined"."""
    head = infinitive.head
    nouns = [c for c in head.children if c.dep_ in _ANY_SUBJECT and c.lemma_ in _OWN_WILL and c.i < infinitive.i < head.i]
    return nouns[0] if nouns else None


def _called_on(verb: Token) -> list[Token]:
    """Return who is called on to do something: the subject of what they are to do."""
    return [c for c in verb.children if c.dep_ == "obl" and case_of(c) in ("on", "upon", "for", "to") and verb.lemma_ in ("call", "appeal", "ask", "wait")]


def _chosen(verb: Token, depth: int) -> list[Token] | None:
    """Return who is chosen for what a clause tells: "nominated Lind to lead the command, succeeding Novak", "sent Lind to inspect it"."""
    head = verb.head
    if verb.lemma_ in _SUCCEED and head.lemma_ in _CHOOSING and verb.i > head.i and marker_of(verb) is None:
        return objects(head, depth + 1) or None
    if verb.tag_ != "VB" or marker_of(verb) != "to" or is_passive(head):
        return None
    named = [o for o in objects(head, depth + 1) if o.i < verb.i]
    person = any(o.ent_type_ == "Person" for o in named)
    return named if named and (head.lemma_ in _CHOOSING or (head.lemma_ in ("send", "dispatch") and person)) else None


def _adverbial_subject(verb: Token, depth: int) -> list[Token]:
    """Share the subject of the main clause, or its object after "accuse X of", "thank X for", "named X, replacing"; "used by X to"."""
    head = verb.head
    if marker_of(verb) == "to" and (called := _called_on(head)):
        return called
    if marker_of(verb) == "to" and (noun := _noun_willed(verb)) is not None:
        return subjects_of_noun(noun, depth + 1) or modifiers(noun, "of")
    marker = marker_of(verb)
    controls = marker in _OBJECT_CONTROL or (marker == "on" and head.lemma_ in ("congratulate", "compliment", "commend"))
    controls = controls or (marker == "in" and head.lemma_ in HELPING and head.lemma_ != "join")  # "helped them in seizing it"
    if marker == "for" and head.lower_ in _INDEBTED and (thanked := [c for c in head.children if c.dep_ == "obl" and case_of(c) == "to" and c.i < verb.i]):
        return thanked  # "is grateful to Jordan for hosting it"
    controlled = [o for o in objects(head, depth + 1) if o.i < verb.i or is_passive(head)] if controls else []
    if controlled:  # not "stopped short of naming it and praised Chad"
        return controlled
    if marker_of(verb) == "to" and head.lemma_ == "use" and is_passive(head) and (users := agents(head)):
        return users
    if (chosen := _chosen(verb, depth)) is not None:
        return chosen
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") and marker_of(verb) != "to"
    return [] if finite else surface_subjects(head, depth + 1)


def objects(verb: Token, depth: int = 0) -> list[Token]:
    """Return the heads of the logical object of a verb."""
    return list(_objects(verb, depth))


@remembered
def _objects(verb: Token, depth: int) -> list[Token]:
    if depth > _MAX_DEPTH:
        return []
    if is_passive(verb):
        return _passive_objects(verb, depth)
    own = _active_objects(verb)
    if own:
        return [*own[:1], *_gapped(verb, own[0])] if own[0].dep_ == "obj" else own
    if (described := _gap(verb) or _object_behind(verb)) is not None:
        return [described]
    for following in (c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB"):
        if any(c.dep_ in ("obl", "xcomp", "ccomp") for c in verb.children):
            break
        if shared := _objects(following, depth + 1):  # "have never supported, trained or armed the rebels"
            return shared
    announced = verb.i + 1 < len(verb.doc) and verb.nbor().text == ":" and verb.dep_ in ("ROOT", "root")
    return list(items_below(verb)) if announced else []


def _gapped(verb: Token, first: Token) -> list[Token]:
    """Return the objects of clauses that leave out the verb and say another day: "met Lind on Monday and Berg on Tuesday"."""
    times = [c for c in verb.children if c.dep_ == "obl" and c.i > first.i and _is_dated(c)]
    left = [n for t in (*times, *([verb] if times else ())) for n in t.children if n.dep_ == "conj" and n.pos_ == "PROPN" and n.i > times[0].i]
    cases = sorted(case_of(t) or "" for t in times)
    said = {n.i: n for n in left if not _has_preposition(n) and not has_copula(n) and not _is_dated(n) and not any(c.dep_ in _SUBJECTS for c in n.children)}
    return [n for n in said.values() if any(c.dep_ in ("obl", "nmod") and case_of(c) in cases and _is_dated(c) and c.i > n.i for c in n.children)]


def _is_dated(phrase: Token) -> bool:
    """Recognise "in 2019", "on May 3", "in June", "on Monday"."""
    return phrase.pos_ == "NUM" or phrase.lower_ in _DATED or any(c.lower_ in _DATED for c in phrase.children)


def _object_behind(verb: Token) -> Token | None:
    """Return the object behind two verbs that the parser gave to the first: "has signed, but never ratified, the pact"."""
    if verb.dep_ != "conj" or verb.head.pos_ != "VERB" or any(c.dep_ in ("obl", "xcomp", "ccomp", "obj", "iobj") for c in verb.children):
        return None
    behind = (c for c in verb.head.children if c.dep_ == "obj" and c.i > verb.i)
    return next((c for c in behind if not any(t.pos_ in ("VERB", "AUX") for t in verb.doc[verb.i + 1 : c.i])), None)


def _gap(verb: Token) -> Token | None:
    """Return the noun whose clause leaves out the object of a verb: "the town they attacked", "the pact that one signed and the other is yet to ratify"."""
    if _is_object_relative(verb):
        return verb.head
    if verb.dep_ == "xcomp" and _leaves_gap(verb.head):
        return verb.head.head
    above = verb.head
    if verb.dep_ == "xcomp" and above.dep_ == "conj" and not any(c.dep_ in ("obj", "iobj") for c in above.children):
        verb, above = above, above.head
    return above.head if verb.dep_ == "conj" and verb.pos_ in ("VERB", "AUX") and _is_object_relative(above) and _leaves_gap(above) else None


def _passive_objects(verb: Token, depth: int) -> list[Token]:
    return (_kept_object(verb) if verb.lemma_ in _DATIVE else []) or _promoted(verb, depth)


def _kept_object(verb: Token) -> list[Token]:
    """Return the object that a passive keeps beside the subject that was its recipient: "was given boats"."""
    return [c for c in verb.children if c.dep_ in ("obj", "iobj") and c.i > verb.i]


def _promoted(verb: Token, depth: int) -> list[Token]:
    """Return what a passive makes its subject."""
    own = [_antecedent(c, verb) for c in verb.children if c.dep_ == "nsubj:pass"]
    if own:
        return own
    if verb.dep_ in ("acl", "amod", "acl:relcl"):
        return (has_copula(verb.head) and verb.i < verb.head.i and _own_subjects(verb.head)) or [verb.head]
    if (stranded := _noun_before(verb)) is not None and verb.dep_ in ("ccomp", "parataxis", "dep"):
        return [stranded]
    return surface_subjects(verb.head, depth + 1) if verb.dep_ in ("conj", "advcl", "xcomp", "csubj") else []


def _active_objects(verb: Token) -> list[Token]:
    """Return the objects that a verb has as such, else what parsers take for something else."""
    children = list(verb.children)
    own = [_antecedent(c, verb) for label in ("obj", "iobj") for c in children if c.dep_ == label and _is_own_object(c, verb)]
    if len(own) > 1 and own[0].pos_ == "NOUN" and own[1].pos_ == "PROPN" and own[1].i == own[0].i + 1:
        return own[1:2]  # "detained journalist Leila Karimi"
    return (
        own
        or _misnamed_objects(verb)
        or [c for c in children if c.dep_ == "obl:unmarked" and c.i == verb.i + 1 and c.tag_ == "NNS"]
        or [c for c in children if _is_late(c, verb) or (c.dep_ == "dep" and c.i == verb.i + 1 and c.pos_ == "PROPN")]
        or [o for c in children if c.dep_ == "advcl" for o in c.children if _is_before_marker(o, c)]
        or [a for c in children if c.dep_ == "ccomp" for a in _accused(c)]
        or [s for c in children if c.dep_ == "xcomp" and c.pos_ in ("NOUN", "PROPN", "ADJ") and not has_copula(c) for s in c.children if _is_called(s, verb)]
        or [c for c in children if _is_bare_noun(c)]
    )


def _is_called(subject: Token, verb: Token) -> bool:
    """Recognise what the parser took for the subject of what it is called, or for a part of it: "called Lind a liar", "designated Boko Haram a threat"."""
    beside = subject.pos_ == "PROPN" and any(c.dep_ == "det" and c.i > subject.i for c in subject.head.children)
    return (subject.dep_ == "nsubj" or beside) and verb.i < subject.i < subject.head.i


def _is_own_object(child: Token, verb: Token) -> bool:
    return not (_has_preposition(child) or _is_before_marker(child, verb) or _is_of_next_clause(child, verb))


def _is_before_marker(child: Token, verb: Token) -> bool:
    """Recognise the object of the verb above that the parser hung on its gerund: "thanked Canada for sending tanks"."""
    if verb.tag_ != "VBG" or (child.dep_ != "obj" and child.dep_ not in _SUBJECTS):
        return False
    mark = next((c for c in verb.children if c.dep_ == "mark"), None)
    return mark is not None and mark.lower_ in _OBJECT_CONTROL and child.i < mark.i


def _misnamed_objects(verb: Token) -> list[Token]:
    """Return the name right behind a verb that the parser took for its complement, or for a subject of the clause around it."""
    if verb.i + 1 >= len(verb.doc) or verb.lemma_ in _NAMING:
        return []
    name = verb.nbor(1)
    complement = name.dep_ == "xcomp" and name.head.i == verb.i
    told = verb.dep_ == "ccomp" and len(_own_subjects(verb.head)) > 1
    lost = name.dep_ == "nsubj" and told and (name.head.i == verb.head.i or (name.head.i == verb.i and _lost_subject(verb) is not None))
    return [name] if name.pos_ == "PROPN" and (complement or lost) else []


def _is_object_relative(verb: Token) -> bool:
    """Tell whether a clause describes its own object: "the town (which) they attacked"."""
    relative = verb.dep_ == "acl:relcl" or _is_marked_relative(verb)
    if not relative or _is_subject_relative(verb) or not any(c.dep_ in _SUBJECTS for c in verb.children):
        return False
    if any(g.lower_ == "whose" for c in verb.children if c.dep_ in _SUBJECTS for g in c.children):
        return False  # "the men whose boat sank"
    return not any(c.lower_ in ("where", "when", "whose") or (c.lower_ in _RELATIVE and c.dep_ in ("obl", "nmod")) for c in verb.children)


def _is_marked_relative(verb: Token) -> bool:
    """Recognise a relative clause that the parser took for what a noun says: "the accord that it signed", not "the claim that it signed"."""
    finite = verb.tag_ in ("VBD", "VBZ", "VBP", "VBN")
    return verb.dep_ == "acl" and finite and marker_of(verb) == "that" and verb.head.lemma_.lower() not in _TELLING


def _leaves_gap(verb: Token) -> bool:
    """Tell whether a clause describes the object of its infinitive: "the pact that the two intend to conclude"."""
    return _is_object_relative(verb) and not any(c.dep_ in ("obj", "iobj") and c.lower_ not in _RELATIVE for c in verb.children)


def _is_bare_noun(child: Token) -> bool:
    """Recognise an object that the parser took for a clause: it is a noun without subject or copula."""
    return child.dep_ == "ccomp" and child.tag_ in ("NN", "NNS") and not any(c.dep_ in (*_SUBJECTS, "cop", "aux", "mark") for c in child.children)


def _is_subject_relative(verb: Token) -> bool:
    return any(c.dep_ in _ANY_SUBJECT and c.lower_ in _RELATIVE for c in verb.children)


def _antecedent(token: Token, verb: Token) -> Token:
    """Replace a relative pronoun by the noun that its clause describes."""
    if token.lower_ not in _RELATIVE:
        return token
    clause = verb
    while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ not in ("acl:relcl", "advcl:relcl"):
        if token.lower_ in ("that", "who", "which") and (cleft := _cleft(token)) is not None:
            return cleft
        misread = verb.dep_ in ("advcl", "ccomp", "parataxis", "dep", "xcomp") and token.head.i == verb.i and token.lower_ in ("who", "which", "whom")
        return (_noun_beside(token) or token) if misread else token
    single = token.lower_ in ("who", "whom") or (token.lower_ == "which" and clause.tag_ == "VBZ")  # "Oman and France, which operates it"
    if (body := _body_behind(clause.head, token)) is not None:
        return body
    return _of_its_kind(token, _name_before(token, clause.head) or clause.head if single else clause.head)


def _of_its_kind(pronoun: Token, noun: Token) -> Token:
    """Replace a person that "which" cannot mean, and a body that "who" cannot: "the army of Jan Lind, which", "Ana Lind, a member of the Union, who"."""
    while pronoun.lower_ == "which" and noun.ent_iob_ == "I" and noun.dep_ == "nmod" and noun.head.ent_type_ == noun.ent_type_ and noun.head.i < noun.i:
        noun = noun.head  # "the Movement of Walid Saab", a name of one body
    is_person = noun.ent_type_ == "Person"
    if not (pronoun.lower_ == "which" and is_person) and not (pronoun.lower_ == "who" and noun.ent_type_ in _IMPERSONAL):
        return noun
    above, wanted = noun, _BODIES if is_person else ("Person",)
    while above.dep_ in _WITHIN_NAMING and above.head.i < above.i:
        above = above.head
        if above.ent_type_ in wanted:
            return above
    below = [t for t in noun.subtree if noun.i < t.i < pronoun.i and t.ent_type_ in wanted and t.head.ent_type_ != t.ent_type_]
    return below[-1] if is_person and below else noun


def _body_behind(person: Token, pronoun: Token) -> Token | None:
    """Return the body behind a person of it that "that" or "which" describes, and not them: "a spokesman for the coalition that fought the rebels"."""
    if pronoun.lower_ not in ("that", "which") or not _is_person(person):
        return None
    body = _noun_beside(pronoun)
    within = body is not None and body.dep_ == "nmod" and person in body.ancestors and body.ent_type_ not in (*_NOBODY, "Person", "Position")
    return body if within else None


def _is_person(noun: Token) -> bool:
    """Tell whether a noun names somebody, or what somebody named is: "Ana Lind, the secretary", "Ana Lind was the secretary"."""
    said_of = [noun.head] if noun.dep_ == "appos" else [c for c in noun.children if c.dep_ in _SUBJECTS] if has_copula(noun) else []
    return noun.ent_type_ in ("Person", "Position") or any(t.ent_type_ == "Person" for t in said_of)


def _cleft(pronoun: Token) -> Token | None:
    """Return the noun that a cleft sentence singles out: "it was Hezbollah, Israel says, that struck the town"."""
    for noun in reversed(list(pronoun.doc[pronoun.sent.start : pronoun.i])):
        if noun.pos_ in ("NOUN", "PROPN") and has_copula(noun):
            return noun if is_cleft(noun) else None
    return None


def is_cleft(noun: Token) -> bool:
    """Tell whether a noun is what "it was …" singles out."""
    return has_copula(noun) and any(c.lower_ == "it" and c.dep_ in (*_SUBJECTS, "expl") for c in noun.children)


def antecedent(token: Token, predicate: Token) -> Token:
    """Replace the relative pronoun that is the subject of a predicate noun: "Japan, which is an ally"."""
    if token.lower_ not in _RELATIVE:
        return token
    return predicate.head if predicate.dep_ in ("acl:relcl", "appos", "acl") else _noun_beside(token) or token


def _noun_beside(pronoun: Token) -> Token | None:
    """Return the head of the noun phrase right before "which" or "who", if the parser took their clause for another: "Germany, which had pressed …"."""
    at = pronoun.i - (2 if pronoun.i > 1 and pronoun.nbor(-1).text == "," else 1)
    if at < pronoun.sent.start:
        return None
    noun = pronoun.doc[at]
    while noun.dep_ in ("flat", "compound") and noun.head.i != noun.i:
        noun = noun.head
    return noun if noun.pos_ in ("NOUN", "PROPN") else None


def _name_before(pronoun: Token, noun: Token) -> Token | None:
    """Return the name that "who" follows after a comma: parsers hang the clause on a noun further up too often, but not on "members of the party, who"."""
    if pronoun.i < 2 or pronoun.nbor(-1).text != "," or pronoun.nbor(-2).pos_ != "PROPN":
        return None
    name = pronoun.nbor(-2)
    while name.dep_ == "flat":
        name = name.head
    of_people = noun.tag_ == "NNS" and name.dep_ == "nmod" and name.head.i == noun.i and name.ent_type_ != "Person"
    nobody = pronoun.lower_ != "which" and (name.ent_type_ in _NOBODY or of_people)  # "General Rui Andrade of Portugal, who"
    return None if nobody else name


def _has_preposition(child: Token) -> bool:
    """Tell whether what the parser took for an object is a phrase with a preposition: "called on the premier"."""
    return any(c.dep_ == "case" and c.pos_ == "ADP" and c.lower_ in _LEADING for c in child.children)


_GIVING = frozenset("give send offer grant lend sell promise pledge award hand supply deny refuse owe pay".split())
"""Verbs that take a recipient before their object."""


def _is_swallowed(name: Token, noun: Token) -> bool:
    """Recognise a recipient that the parser drew into the object: "gave Nepal two helicopters", "sold Bolivia tanks"."""
    first = name.tag_ == "NNP" and name.left_edge.i == noun.head.i + 1
    if first and name.dep_ == "compound" and name.ent_type_ == "Country" and noun.tag_ == "NNS":
        return True
    if first and name.dep_ == "nmod:poss" and not any(c.dep_ == "case" for c in name.children) and noun.head.lemma_ in _GIVING:
        return True
    after = next((t for t in name.doc[name.i + 1 : noun.i] if t.dep_ not in ("flat", "punct")), None)
    return name.pos_ == "PROPN" and name.dep_ in ("amod", "compound") and after is not None and (after.pos_ in ("NUM", "DET") or after.tag_ == "PRP$")


def recipients(verb: Token) -> list[Token]:
    """Return who is given or told something: the indirect object, or the subject of the passive that keeps its object: "was given boats"."""
    own = [_antecedent(c, verb) for c in verb.children if c.dep_ == "iobj"]
    own = own or [c for o in verb.children if o.dep_ == "obj" for c in o.children if _is_swallowed(c, o)]
    if own or not is_passive(verb):
        return own
    return _promoted(verb, 0) if _kept_object(verb) else []


def obliques(verb: Token, case: str | None) -> list[Token]:
    """Return prepositional arguments of a verb (or, where the parser may have attached them there, of its object)."""
    own = [_antecedent(c, verb) for c, led_by, is_object in _led_below(verb) if (led_by == case if case else not is_object)]
    if own and case in ("on", "upon") and verb.lemma_ == "call":
        own += [t for t in _called_on_too(verb, case) if t not in own]
    if own or case in (None, "of"):
        return own
    if case == "in" and verb.dep_ == "acl:relcl" and any(c.lower_ == "where" for c in verb.children):
        return [verb.head]
    last = next((c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB" and not any(g.dep_ in ("obj",) for g in verb.children)), None)
    goes_on = last is not None and any(c.dep_ == "obj" for c in last.children) and any(c.dep_ == "obl" for c in verb.children)
    if last is not None and last.tag_ == verb.tag_ and not goes_on:  # "fled to Uganda and ran the party from Kampala"
        return [c for c in last.children if c.dep_ == "obl" and case_of(c) == case]
    if verb.dep_ == "conj" and verb.tag_ == "VBN" == verb.head.tag_ and is_passive(verb):  # hung on the first: "was targeted and killed in a raid"
        return [c for c in verb.head.children if c.dep_ == "obl" and c.i > verb.i and case_of(c) == case]
    return []


@remembered
def _led_below(verb: Token) -> list[tuple[Token, str | None, bool]]:
    """Return what hangs on a verb as a prepositional argument, each with its preposition; and what is taken for an object but has one (True)."""
    found = [(c, c.dep_ in ("obj", "dep")) for c in verb.children if c.dep_ in ("obl", "obl:agent", "obl:unmarked", "nmod", "obj", "dep")]
    return [(c, case_of(c), is_object) for c, is_object in found if not is_object or _has_preposition(c)]


def _called_on_too(verb: Token, case: str) -> list[Token]:
    """Return whom a second demand is addressed to, without the verb: "calls on Ethiopia to withdraw, and on the rebels to disarm"."""
    behind = verb.doc[verb.i + 1 : verb.sent.end]
    return [t.head for t in behind if t.lower_ == case and t.dep_ == "case" and t.nbor(-1).lower_ == "and" and t.head.i > t.i]


def modifiers(noun: Token, case: str | None) -> list[Token]:
    """Return prepositional modifiers of a noun; `case` is the lemma of the preposition, or None for any."""
    own = [c for c, led_by in _phrases_below(noun) if (led_by == case if case else led_by)]
    return own if own or case != "by" else _by_phrase_behind(noun)


def _by_phrase_behind(noun: Token) -> list[Token]:
    """Return the doer right behind an object with what it is done to below it, which the parse hangs on the verb: "condemned the killing by X of Y"."""
    if noun.dep_ != "obj" or noun.head.pos_ != "VERB" or is_passive(noun.head):
        return []
    behind = (c for c in noun.head.children if c.dep_ == "obl" and c.left_edge.i == noun.i + 1 and case_of(c) == "by")
    return [c for c in behind if any(g.dep_ == "nmod" and case_of(g) == "of" for g in c.children)]


@remembered
def _phrases_below(noun: Token) -> list[tuple[Token, str | None]]:
    return [(c, case_of(c)) for c in noun.children if c.dep_ in ("nmod", "obl", "nmod:unmarked")]


_OF_STATES = frozenset("sovereignty independence unity integrity statehood stability democracy self-determination security prosperity".split())
"""Nouns for what states have, which may be named by an adjective: "Iraqi sovereignty"."""


def possessors(noun: Token) -> list[Token]:
    """Return possessive modifiers: X's visit."""
    own = [(_noun_beside(c) or c) if c.lower_ == "whose" else c for c in noun.children if c.dep_ == "nmod:poss"]
    return own or [c for n in (noun, *_beside_first(noun)) for c in n.children if c.dep_ == "amod" and c.text[0].isupper() and noun.lemma_ in _OF_STATES]


def _beside_first(noun: Token) -> list[Token]:
    """Return the noun that another is coordinated with, whose modifiers it may share: "Iraqi unity and sovereignty"."""
    return [noun.head] if noun.dep_ == "conj" and not any(c.dep_ in ("det", "amod", "nmod:poss") for c in noun.children) else []


def movers(noun: Token) -> list[Token]:
    """Return who is named behind a noun for a move as the one who makes it: "announced the visit of Ana Lind to Oslo"."""
    return [m for m in modifiers(noun, "of") if m.pos_ == "PROPN"] if noun.lemma_.lower() in _MOVES else []


def subjects_of_noun(noun: Token, depth: int = 0) -> list[Token]:
    """Return who does what a noun names: X's visit, a visit by X, X paid a visit."""
    own = possessors(noun) or modifiers(noun, "by") or agents(noun) or movers(noun)
    return own or (subjects(noun.head, depth + 1) if light_verb(noun) else [])


def clause_subjects(noun: Token) -> list[Token]:
    """Return who takes part in what an adverbial noun names: "X left after a meeting with Y"."""
    node = noun
    while node.dep_ in ("nmod", "conj", "nmod:unmarked") and node.head.i != node.i and (case_of(node) in _ADVERBIAL_CASES | {None} or _is_spell_of(node)):
        node = node.head
    clause = node.head.pos_ in ("VERB", "AUX", "ADJ") or (node.head.pos_ == "PROPN" and has_copula(node.head))  # "is in Oslo for talks with X"
    if node.dep_ in ("obl", "obl:unmarked") and case_of(node) in _ADVERBIAL_CASES and clause:
        return subjects(node.head) or (surface_subjects(node.head) if case_of(node) == "for" else []) or _subjects_above(node.head)
    if node is not noun and has_copula(node) and case_of(node) is not None:  # "is on a visit to Oslo at the invitation of X"
        return surface_subjects(node)
    if case_of(noun) in _AFTERWARDS and noun.dep_ == "nmod":  # hung on the last noun of the clause: "stressed that the goal is peace, following talks"
        return surface_subjects(noun.sent.root)
    return []


def _subjects_above(participle: Token) -> list[Token]:
    """Return who does what a participle without an agent describes: "conducted strikes coordinated with and in support of X"."""
    deed = light_verb(participle.head) if participle.dep_ == "acl" and participle.tag_ == "VBN" else None
    return subjects(deed) if deed is not None else []


def _is_spell_of(node: Token) -> bool:
    """Recognise "two days of talks", "a third round of negotiations": how long something takes, or which part of it is meant."""
    return case_of(node) == "of" and node.head.lemma_.lower() in SPELLS | {"round", "series", "session"}


ROWS = frozenset(
    "series wave string spate barrage number dozen hundred couple pair round flurry set bout salvo succession campaign breadth extent scale".split()
)
"""Nouns for several deeds together: "a wave of strikes"."""


@remembered
def light_verb(noun: Token) -> Token | None:
    """Return the light verb whose object (or passive subject) a noun is."""
    head = noun.head
    if noun.dep_ in ("obj", "nsubj:pass") and head.lemma_ in LIGHT and head.pos_ == "VERB":
        return head
    if head.pos_ == "VERB" and _is_willed(noun, head):
        return head
    row = noun.dep_ == "nmod" and head.lemma_.lower() in ROWS and case_of(noun) == "of"  # "carried out a series of strikes"
    if row or (noun.dep_ == "conj" and head.dep_ in ("obj", "nsubj:pass")):
        return light_verb(head)
    return None


def _is_willed(noun: Token, verb: Token) -> bool:
    """Tell whether the subject of a verb would itself do what a noun below it names: "ruled out talks", "considers sanctions", "called off the visit"."""
    if noun.dep_ in ("obj", "nsubj:pass"):
        by_particle = (verb.lemma_ == "rule" and has_particle(verb, "out")) or (verb.lemma_ in ("call", "put") and has_particle(verb, "off"))
        if verb.lemma_ in ("rule", "call", "put"):
            return by_particle
        if verb.lemma_ == "announce" and noun.lemma_.lower() in _TOLD_DEEDS and any(s.ent_type_ == "Person" for s in verb.children if s.dep_ == "nsubj"):
            return False  # the premier announces what the army has done
        return verb.lemma_ in _WILLED or (verb.lemma_ in _WELCOMING and noun.lemma_.lower() in _SHARED_OCCASIONS)
    shares = verb.lemma_ != "take" or any(c.dep_ == "obj" and c.lower_ == "part" for c in verb.children)
    return noun.dep_ == "obl" and (verb.lemma_, case_of(noun)) in _WILLED_PHRASES and shares


@remembered
def case_of(token: Token) -> str | None:
    """Return the preposition of a phrase as one string: "with", "out of", "on behalf of"."""
    for child in token.children:
        if child.dep_ == "case" and child.tag_ != "POS":
            child = _second_case(token, child)
            fixed = [g for g in child.children if g.dep_ in ("fixed", "case")]
            fixed += [g for g in token.children if g.i == child.i + 1 and g.dep_ == "case" and g.lower_ == "of"]  # "out of" read as two of a kind
            return " ".join(t.lower_ for t in sorted([child, *fixed], key=lambda t: t.i))
    if token.dep_ == "conj":
        return case_of(token.head)
    first = token.left_edge  # within a name the parser may hang the preposition on another word than the head
    return first.lower_ if first.dep_ == "case" and first.pos_ == "ADP" and first.head.dep_ in ("amod", "appos", "compound", "flat", "nmod:desc") else None


def _second_case(noun: Token, first: Token) -> Token:
    """Return the second of two coordinated prepositions, which is the noun's own: "with and in support of"."""
    second = next((c for c in noun.children if c.dep_ == "case" and c.i == first.i + 2), None)
    return second if second is not None and first.nbor().lower_ == "and" else first


def marker_of(verb: Token) -> str | None:
    """Return the subordinator of a clause: "after", "if", "to"."""
    return next((c.lower_ for c in verb.children if c.dep_ == "mark"), None)


def is_infinitive(verb: Token) -> bool:
    """Tell whether "to" leads an infinitive in, alone or in "in order to", "so as to"."""
    return any(c.dep_ == "mark" and c.lower_ == "to" for c in (*verb.children, *(g for c in verb.children if c.dep_ == "mark" for g in c.children)))


def is_fronted_auxiliary(verb: Token, *forms: str) -> Token | None:
    """Return the auxiliary that opens an inverted conditional: "had Greece vetoed it", "should Russia attack"."""
    if verb.dep_ != "advcl" or marker_of(verb) is not None:
        return None
    subject = min((c.i for c in verb.children if c.dep_ in _ANY_SUBJECT), default=-1)
    opening = (c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop") and c.lower_ in forms and c.i < subject)
    return next((c for c in opening if c.i == verb.left_edge.i), None)


@remembered
def has_copula(token: Token) -> bool:
    """Tell whether a noun or adjective is a predicate with a copula."""
    return any(c.dep_ == "cop" for c in token.children)


def is_negated(token: Token) -> bool:
    """Tell whether "not" or "never" stands right below a word."""
    return any(c.lower_ in ("not", "n't", "n’t", "never") for c in token.children)


def has_expletive(verb: Token) -> bool:
    """Tell whether a clause has an expletive subject (there is, it is said that)."""
    return any(c.dep_ == "expl" for c in verb.children)


def _is_second_of_pair(child: Token, noun: Token) -> bool:
    """Recognise the second of a pair that the parser coordinated with the noun above it: "hosted talks between the government and the ELN"."""
    pairs = [c for c in noun.children if c.dep_ == "nmod" and case_of(c) == "between" and c.i < child.i]
    return bool(pairs) and not any(g.dep_ == "conj" for c in pairs for g in c.children)


def conjuncts(token: Token) -> Iterator[Token]:
    """Yield the head and all its conjuncts, in text order."""
    if _is_barred(token):
        return
    if not _is_set_aside(token):
        yield token
    for child in token.children:
        named = child.pos_ not in ("VERB", "AUX") or child.tag_.startswith("NN")  # part of speech and tag are guessed apart
        if child.dep_ == "conj" and named and not _is_excluded(child) and not _crosses_verb(child, token) and not _is_second_of_pair(child, token):
            yield from conjuncts(child)


def first_of_list(noun: Token) -> Token:
    """Return the first of the nouns that one is coordinated with."""
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    return noun


def _is_barred(phrase: Token) -> bool:
    """Recognise "but not by Russia, China or Spain": none of them does what others do."""
    if phrase.dep_ not in ("obl:agent", "obl", "nmod") or phrase.left_edge.lower_ not in ("but", "not"):
        return False
    return {c.lower_ for c in phrase.children if c.i < phrase.i and c.dep_ in ("cc", "advmod", "case")} >= {"but", "not"}


def _is_set_aside(first: Token) -> bool:
    """Recognise "not Chad but Mali": the first is none of those that are meant."""
    edge = first.left_edge
    if not first.i or first.pos_ not in ("PROPN", "NOUN") or edge.lower_ != "not" or edge.nbor().lower_ in ("only", "just", "merely", "simply", "least"):
        return False
    return any(c.dep_ == "conj" and any(g.dep_ == "cc" and g.lower_ == "but" for g in c.children) for c in first.children)


def _is_excluded(conjunct: Token) -> bool:
    """Recognise "Chad, not Libya,", "Chad rather than Libya": what is set against the first is none of them."""
    return any(c.lower_ in ("not", "rather") and c.dep_ in ("advmod", "cc") and c.i < conjunct.i for c in conjunct.children)


def is_alternative(name: Token) -> bool:
    """Tell whether a name is one of several joined by "or", without a comma before it: "Norway or Chad attacked it", not "the IRGC, or Guards,"."""
    first = name.head if name.dep_ == "conj" else name
    joined = [c for c in first.children if c.dep_ == "conj" and c.pos_ == "PROPN"] if first.pos_ == "PROPN" else []
    return any(g.lower_ == "or" and g.dep_ == "cc" and g.nbor(-1).text != "," for c in joined for g in c.children)


def has_particle(verb: Token, particle: str) -> bool:
    """Tell whether a verb has the particle (compound:prt, or an adverb that the parser took for one)."""
    return any(c.lower_ == particle and c.dep_ in ("compound:prt", "advmod", "case") for c in verb.children)


def clause_of(token: Token) -> Token:
    """Climb to the verb or predicate of the clause that a token stands in."""
    while token.head.i != token.i and token.pos_ not in ("VERB", "AUX") and not has_copula(token):
        token = token.head
    return token
