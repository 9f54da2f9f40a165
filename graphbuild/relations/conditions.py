"""Conditions that frames may ask for by name (`when`): what kind of object, adverb or complement a verb has."""

from collections.abc import Callable

from spacy.tokens import Token

from graphbuild.classes import DEEDS
from graphbuild.language.index import words_between
from graphbuild.mentions.described import is_sought
from graphbuild.relations.deeds import is_projectile
from graphbuild.syntax import (
    EVILS,
    ROWS,
    agents,
    case_of,
    conjuncts,
    has_copula,
    has_particle,
    is_negated,
    is_passive,
    marker_of,
    modifiers,
    objects,
    obliques,
    possessors,
    recipients,
    remembered,
    subjects,
    surface_subjects,
)  # fmt: skip
from graphbuild.timewords import WEEKDAYS

_DAYS = frozenset("today yesterday tomorrow tonight week weekend month".split())
_SCHOOLS = frozenset("university college school academy institute polytechnic lycée seminary conservatory".split())
MONTHS = frozenset("january february march april may june july august september october november december".split())
_SPELLS = frozenset("year month week day hour minute".split())
_TOGETHER = frozenset("together jointly closely alongside collectively".split())
_MILITARY = frozenset(
    "troop soldier force unit ship warship destroyer frigate carrier aircraft jet fighter bomber battalion brigade division regiment peacekeeper marine missile"
    " system tank drone submarine fleet squadron personnel helicopter police contingent battery artillery reinforcement navy army adviser advisor team group"
    " vessel corvette weapon radar launcher howitzer servicemember member sailor airman officer paratrooper mercenary militia plane gunboat warplane"
    " platoon squad commando ranger guard patrol gendarme battlegroup engineer observer sapper minehunter cutter minesweeper interceptor boat"
    " mission armour armor vehicle monitor instructor trainer man sniper medic constable serviceperson airlifter carabiniere"
    " car policeman detachment cruiser agent gunship"
    " soldiery cavalry infantry regular reservist conscript volunteer crew rocket bomb troops".split()
)
_HARDWARE = frozenset("missile vehicle tank howitzer system gun launcher drone weapon rocket shell munition ammunition radar armour armor interceptor".split())
"""Military goods that come without the people who serve them."""
_CREWED = frozenset(
    "troop troops soldier warship frigate destroyer cruiser submarine carrier battalion brigade squadron fleet marine paratrooper force forces jet bomber"
    " warplane fighter regiment division officer police policeman peacekeeper mercenary".split()
)
"""Forces with those who serve them."""
_CURRENCIES = frozenset("million billion euro euros dollar dollars pound pounds yen yuan krone kroner kronor franc francs $ € £".split())
_GOODS = frozenset(
    "aid assistance help support relief fund funding money grant loan credit weapon arm ammunition shell rifle vehicle equipment food medicine"
    " vaccine dose supply tent"
    " training boat helicopter fuel oil gas rice wheat flour grain tonne ton shipment package expert trainer doctor engineer technology gear"
    " uniform generator blanket"
    " hospital million billion donation contribution truck ambulance instructor medic rescuer water kit material materiel armour bread mask"
    " oxygen cash subsidy bailout"
    " machinery electricity power textbook school scholarship laptop instrument laboratory clinic seed fertiliser fertilizer maize tarpaulin"
    " shelter evidence intelligence software code radar satellite visa refuge protection euro dollar pound rouble ruble yen yuan"
    " percent stipend allowance pension fighter plane copter airlift radio camera computer antidote antibody ventilator test serum"
    " salary wage howitzer helmet cement brick timber steel cattle livestock fish sugar milk salt diesel petrol coal uranium".split()
)

_OWN_ACTS = frozenset(
    "resignation withdrawal departure apology restraint cooperation compliance explanation response answer intervention help support permission approval"
    " consent return surrender retreat ouster removal reply".split()
)
"""Nouns for what somebody is asked to do: their possessor does it."""
_VIEWS = frozenset("view concern worry position stance opinion assessment goal aim vision commitment fear indignation outrage anger".split())
_WORDS = frozenset(
    "message letter speech statement warning ultimatum note verdict remark lecture blow signal report address sermon invitation greeting proposal answer"
    " reply apology condolence promise protest list demand petition ruling judgment result word news".split()
)
"""What is delivered, but helps nobody."""
MEDIA = frozenset("phone telephone videolink link video videoconference letter call radio email e-mail telegram conference line hotline zoom".split())
"""Means of talking at a distance."""
_FACE_TO_FACE = frozenset("meeting talk talks encounter audience lunch dinner breakfast luncheon banquet reception summit visit stopover".split())
"""Occasions on which people are in one room."""
_AFAR = MEDIA | frozenset("virtual online remote phone-in video-link".split())
_HELP = frozenset(
    "help assistance aid support contribution donation shipment training generosity operation delivery loan grant supply hospitality rescue".split()
)
_WOUNDS = frozenset("leg legs arm arms foot hand shoulder stomach knee wounding injuring wounded injured air".split())
_GLORY = frozenset("hero heroine friend brother triumph success milestone breakthrough victory pioneer statesman champion historic courageous brave".split())
"""Words that praise what they are said of."""
BLAME = frozenset(
    "barbaric provocation provocative crime criminal unacceptable outrage outrageous cowardly coward illegal unlawful illegitimate coup"
    " terrorism terrorist aggression"
    " hypocrite hypocrisy unjustified unprovoked reckless irresponsible atrocious atrocity shameful disgrace disgraceful brutal massacre murder"
    " murderer liar lie"
    " piracy disproportionate hostile dangerous inhuman heinous despicable horrific vile abhorrent intolerable genocide blackmail betrayal"
    " treachery violation bully tyrant dictator despot thug butcher stooge lackey puppet pariah rogue aggressor sham farce farcical fraudulent stolen rigged"
    " kidnapping theft disgusting reprehensible deplorable appalling inexcusable unforgivable senseless undemocratic unconstitutional cynical genocidal"
    " traitor".split()
)
"""Words that condemn what they are said of."""


_WHOLE = frozenset("majority controlling entire whole full remaining all dominant control".split())
"""What a stake is called that gives its owner the company."""
_HALF = 50
_STAKES = frozenset("% percent cent quarter third half fifth tenth stake share shareholding holding interest part minority".split())
"""Words for how much of a firm somebody has."""
_NO_GATHERINGS = frozenset(
    "case video film image photograph photo picture clip footage incident accident crash scandal crime lawsuit story report affair attack plot"
    " investigation trial".split()
)
"""What may involve or feature somebody who does not take part in it."""
_RIVALS = frozenset("opponent rival challenger candidate incumbent contender list".split())
"""Whom one defeats at the polls."""
_SEATS = frozenset("leadership chairmanship presidency membership directorship seat post board cabinet committee".split())


_SOLDIERY = frozenset(
    "troop soldier airman sailor marine paratrooper peacekeeper reservist legionnaire serviceman guardsman commando"
    " battalion brigade regiment squadron contingent platoon division detachment force forces troops trainer instructor".split()
)
"""Nouns for those who, where they go, are sent."""
_FATAL = frozenset("wound injury burn illness disease cancer complication infection virus pneumonia fever stroke".split())
"""What one dies of."""
_FLEETS = frozenset("navy army fleet warship frigate destroyer ship vessel jet aircraft".split())
"""Nouns for forces and craft that train."""
_RESCUED = frozenset("civilian resident villager patient child woman family refugee people person wounded migrant inhabitant population victim".split())
"""Whom one evacuates from where one has not been."""
_SETTING_OUT = frozenset("leave depart head prepare return go ship fly sail embark be".split())
_OF_OTHERS = frozenset("embassy consulate hospital school hotel building house village town city airport ship".split())
"""What is evacuated for the sake of others, who leave it."""
_PRESS = frozenset("newspaper paper reporter journalist press broadcaster magazine website".split())
_JOURNEYS = _SETTING_OUT | frozenset("arrive come deploy travel join dock".split())
"""Verbs of which "for" tells the aim."""


def _most_of_it(trigger: Token) -> bool:
    """Recognise "a majority stake", "its 60 percent stake", not "a 20 percent stake", by the stake or the verb that has it for an object."""
    words = [t for o in (object_nouns(trigger) if trigger.pos_ == "VERB" else (trigger,)) for t in o.subtree]
    shares = [t.text for t in words if t.like_num and t.i + 1 < len(t.doc) and t.nbor().lower_ in ("%", "percent", "per", "pct", "-")]
    return any(t.lower_ in _WHOLE for t in words) or any(s.replace(".", "", 1).isdigit() and float(s) > _HALF for s in shares)


@remembered
def object_nouns(verb: Token) -> tuple[Token, ...]:
    """Return the objects of a verb, coordinated ones too, and what there is a row of: "a series of strikes"."""
    every = [c for o in objects(verb) for c in conjuncts(o)]
    return tuple(n for o in every for n in (o, *(modifiers(o, "of") if o.lemma_.lower() in ROWS else ())))


def _is_awaited(verb: Token) -> bool:
    """Recognise "looks forward to welcoming the premier": he is to come."""
    looked = verb.tag_ == "VBG" and verb.head.lemma_ == "look" and "to" in (marker_of(verb), case_of(verb))
    return looked and any(o.ent_type_ == "Person" for o in objects(verb))


def _together(verb: Token) -> bool:
    side_by_side = any(c.lower_ == "side" for c in verb.subtree) and bool(obliques(verb, "by"))
    return any(c.lower_ in _TOGETHER for c in verb.children) or side_by_side or bool(obliques(verb, "with") or obliques(verb, "alongside"))


def _bare(verb: Token) -> bool:
    named = [c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "PROPN"]  # an object that the parser took for a complement
    adverbials = [c for c in verb.children if c.dep_ == "obl" and case_of(c) in ("on", "for", "off") and not _is_day(c) and c.lemma_ not in _SPELLS]
    particled = any(c.dep_ == "compound:prt" for c in verb.children)  # "took up", "held off" are other verbs
    return not adverbials and not particled and not any(c.dep_ in ("xcomp", "ccomp") and c not in named for c in verb.children)


def _is_day(token: Token) -> bool:
    return token.pos_ == "NUM" or token.lower_ in MONTHS or (token.lower_[:3] in WEEKDAYS and token.lower_.endswith("day"))


def _forces(verb: Token) -> bool:
    return any(o.ent_type_ in ("MilitaryForce", "Vehicle", "Weapon") or any(c.lemma_.lower() in _MILITARY for c in o.subtree) for o in objects(verb))


def _delivers(verb: Token) -> bool:
    """Tell whether weapons are handed to a country, with nobody who would serve them: "send missiles to Ukraine"."""
    whole = (modifiers(o, "of") if o.pos_ in ("PRON", "DET", "NUM") else [o] for o in object_nouns(verb))  # "any of its systems"
    given = [o.lemma_.lower() for nouns in whole for o in nouns]
    whom = [t.ent_type_ for case in ("to", None) for t in obliques(verb, case) if case_of(t) == "to"]
    return verb.lemma_ in ("send", "transfer", "deliver") and bool(given) and set(given) <= _HARDWARE and "Country" in whom


def _sends_forces(verb: Token) -> bool:
    """Tell whether forces are sent somewhere, and not to help: "sent a warship to Guyana"."""
    sent = [o.lemma_.lower() for o in object_nouns(verb)]
    helps = any(c.dep_ in ("xcomp", "advcl", "acl") and c.lemma_.lower() in _HELP | {"support", "defend", "protect"} for c in verb.children)
    return verb.lemma_ in ("send", "fly", "rush", "commit", "dispatch", "despatch") and bool(sent) and set(sent) <= _CREWED and not helps


def _money(verb: Token) -> bool:
    """Tell whether what is given is a sum, or a grant or loan of one."""
    nouns = object_nouns(verb)
    return any(t.tag_ == "$" or t.lower_ in _CURRENCIES for o in nouns for t in o.subtree) or any(o.lemma_.lower() in ("grant", "loan") for o in nouns)


_MATERIAL = frozenset(
    "humanitarian financial military material logistical logistic technical air budgetary budget economic medical lethal non-lethal artillery fire"
    " stabilisation stabilization".split()
)
"""What support is of that helps with more than words."""
_MORAL = frozenset(
    "political moral diplomatic verbal unwavering unconditional wholehearted steadfast popular full total complete continued continuing firm unstinting".split()
)
"""What support is of that is no help in kind."""


def _of_kind(token: Token, kinds: frozenset[str]) -> bool:
    """Tell whether a noun for support, or the object of a verb, is of some kind: "military support"; coordinated kinds count, too."""
    nouns = (token,) if token.pos_ == "NOUN" else object_nouns(token)
    below = (t for n in nouns for c in n.children if c.dep_ in ("amod", "compound") for t in conjuncts(c))
    return any(t.lower_ in kinds for t in below)


_DEALS = frozenset(
    "stake share shareholding subsidiary business asset fine damages penalty compensation ransom bribe dividend tribute homage attention heed respect"
    " allegiance loyalty fealty".split()
)
"""What is sold, paid or sworn, but helps nobody."""
_SYMPATHY = frozenset("condolence sympathy consolation grief".split())
_FIRMS = frozenset("company firm unit group division arm brand plant factory mine bank chain".split())


_FIRE = frozenset("fire gunfire shelling bombardment attack threat ultimatum warning fine penalty blow defeat".split())
"""What nobody is given to help them: "received fire from the hill"."""
_MOVEMENTS = frozenset("return dispatch deployment redeployment withdrawal rotation arrival departure".split())
"""What forces do: who approves "the return of 500 troops" gives nothing."""
_RUIN = frozenset("defeat destruction elimination eradication removal overthrow ouster end demise degradation containment isolation disarmament".split())
"""What nobody commits to who supports somebody: "the defeat of the militia"."""
_ROUNDS = frozenset("bomb shell shot round bullet munition grenade mortar gun canister flare teargas ordnance cannon rifle pistol".split())
"""What is fired in fights, not in tests."""
_NO_FIGHTERS = frozenset(
    "civilian resident people family villager student migrant refugee diplomat official ambassador envoy price snow rubble debris mine water president"
    " mayor journalist worker member inspector monitor staff team protester demonstrator tenant trader vendor".split()
)
"""Who or what is driven from a place without its being taken."""
_ARMS = frozenset("weapon gas sarin chlorine napalm munition explosive drone missile rocket artillery".split())
"""What is used against people, where it says so."""
_ARMAMENTS = _HARDWARE | _ARMS | _CREWED | _MILITARY
"""What is sold to help somebody in war; the sale of other goods is trade."""
_STANDOFFS = frozenset(
    "siege strike operation advance offensive campaign push march standoff stand-off blockade protest"
    " sit-in war conflict fighting crisis riot hostility violence boycott rebellion".split()
)
"""What is ended by others than those who take part."""


def _is_told_of_deed(verb: Token) -> bool:
    """Tell whether the subject of a verb is what somebody did: only a deed results in deaths."""
    return any(s.lemma_.lower() in _ASSAULTS | _STANDOFFS for s in subjects(verb))


def _sold(verb: Token) -> list[Token]:
    """Return the words of what is sold, without to whom."""
    return [t for o in objects(verb) for t in (o, *(g for c in o.children if case_of(c) != "to" for g in c.subtree))]


def _goods(verb: Token) -> bool:
    """Tell whether what is given helps: not what is sold as a business, or paid for what one has done."""
    given = {o.lemma_.lower() for o in objects(verb)}
    if _sends_forces(verb):
        return False
    if any(o.lemma_.lower() in _FIRE or (o.lemma_.lower() in _MOVEMENTS and any(_is_of_forces(m) for m in modifiers(o, "of"))) for o in object_nouns(verb)):
        return False
    if given & _DEALS or (verb.lemma_ == "sell" and given & _FIRMS) or ("support" in given and _of_kind(verb, _MORAL)):
        return False
    if verb.lemma_ == "offer" and any(o.lemma_.lower() == "support" and any(c.dep_ == "nmod:poss" for c in o.children) for o in objects(verb)):
        return False  # "offered Ukraine their support"
    if verb.lemma_ == "sell" and not any(o.ent_type_ in ("Weapon", "Vehicle") or o.lemma_.lower() in _ARMAMENTS for o in _sold(verb)):
        return False  # "sold steel to the Danes" is trade
    if verb.lemma_ == "pay" and any(c.dep_ == "advcl" and c.tag_ == "VBG" and marker_of(c) == "for" for c in verb.children):
        return False
    helps = (n.lemma_.lower() in _GOODS | _MILITARY or n.tag_ == "$" or n.text in ("$", "€", "£", "¥") for o in objects(verb) for n in o.subtree)
    return any(helps) or any(o.ent_type_ in ("Weapon", "Vehicle") for o in objects(verb))


def _intransitive(verb: Token) -> bool:
    return not any(c.dep_ in ("obj", "nsubj:pass") for c in verb.children)


def _to_a_site(verb: Token) -> bool:
    """Recognise a way to a certain building or place, which a noun with an article names: "went to the old customs house in Gdynia", not "to war in"."""
    sites = [c for c in verb.children if c.dep_ == "obl" and case_of(c) == "to" and c.pos_ == "NOUN"]
    return _intransitive(verb) and any(g.dep_ in ("det", "nmod:poss") for c in sites for g in c.children)


def _visiting(place: Token) -> bool:
    """Recognise "was in Rome to …", "is in Rome for talks", "was in Rome on Friday"."""
    purposes = [c for part in (place, *place.lefts) for c in part.children]
    for_something = any((c.dep_ in ("advcl", "acl", "xcomp") and marker_of(c) == "to") or (c.dep_ in ("obl", "nmod") and case_of(c) == "for") for c in purposes)
    for_a_while = any(c.dep_ in ("obl", "obl:unmarked", "nmod", "nmod:unmarked", "advmod") and (_is_day(c) or c.lower_ in _DAYS) for c in place.children)
    here = has_copula(place) and case_of(place) in ("in", "at", "on") and (for_something or for_a_while)
    return here and not any(_is_of_forces(c) for c in place.children if c.dep_ == "nsubj")


def _visiting_beside(place: Token) -> bool:
    """Recognise who is told to be somewhere for something: "Ana Lind, in Dakar for a forum, declined to comment"."""
    who, first = place.head, place.left_edge.i
    if place.dep_ != "nmod" or case_of(place) != "in" or who.pos_ != "PROPN" or not first or place.doc[first - 1].text != ",":
        return False
    near = (c for head in (place, who, who.head) for c in head.children)
    purposes = [c for c in near if c.dep_ in ("nmod", "obl") and case_of(c) == "for" and c.left_edge.i == place.i + 1]
    return any("," in (c.right_edge.text, place.doc[min(c.right_edge.i + 1, len(place.doc) - 1)].text) for c in purposes)


def _located(place: Token) -> bool:
    """Recognise "Lund is in Sweden", with no purpose added."""
    there = has_copula(place) and case_of(place) in ("in", "on", "near") and not _visiting(place)
    return there and not any(_is_of_forces(c) for c in place.children if c.dep_ == "nsubj")


def _with_help(noun: Token) -> bool:
    """Recognise "with the support of X, Y did …"."""
    return noun.dep_ == "obl" and "with" in (case_of(noun), marker_of(noun))


def _passes_on(verb: Token) -> bool:
    """Tell whether those with whom something is done stand behind a second verb: "trained in France and served with Kenyan troops"."""
    second = [c.i for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB"]
    return bool(second) and any(o.i > min(second) for case in ("with", "alongside") for o in obliques(verb, case))


def _courtesy(verb: Token) -> bool:
    """Recognise "called on the minister", which asks for nothing."""
    clauses = [c for c in verb.children if c.dep_ in ("xcomp", "advcl", "ccomp")]
    behind = next((c for c in clauses if any(t.tag_ in ("WDT", "WP") for t in verb.doc[c.left_edge.i : c.left_edge.i + 3])), None)  # "following which"
    asks = any(c != behind for c in clauses) or any(c.dep_ == "obl" and case_of(c) == "for" for c in verb.children)
    return not asks and not any(c.dep_ in ("acl", "xcomp") for o in obliques(verb, "on") for c in o.children)


def _demanding(verb: Token) -> bool:
    return verb.lemma_ != "call" or not _courtesy(verb)


def _harsh(verb: Token) -> bool:
    """Recognise "called the attack barbaric", "described it as an outrage"."""
    named = [c for c in verb.children if c.dep_ in ("xcomp", "obj", "obl") and (c.dep_ != "obl" or case_of(c) == "as")]
    return any(t.lemma_.lower() in BLAME for c in named[-1:] for t in (c, *(g for g in c.children if g.dep_ == "amod")))


def _is_titled(title: Token, word: str) -> bool:
    """Tell whether a word belongs to a title, or stands right before it: "prime minister", "general secretary"."""
    return any(c.lower_ == word for c in (*title.children, *([title.nbor(-1)] if title.i else [])))


def _mandative(verb: Token) -> bool:
    """Recognise "demanded that she resign", "insists the troops leave": a bare verb, or one with should or must."""
    clauses = [c for c in verb.children if c.dep_ == "ccomp"]
    clauses = [c for c in clauses if marker_of(c) not in ("whether", "if")]
    return any((c.tag_ in ("VB", "VBP") and marker_of(c) != "to") or any(g.lower_ in ("should", "must") for g in c.children) for c in clauses)


def _for_to(verb: Token) -> bool:
    """Recognise "called for Okoye to resign"."""
    clauses = [c for c in verb.children if c.dep_ in ("xcomp", "advcl", "ccomp", "acl") and c.tag_ == "VB"]
    return any(g.dep_ == "mark" and g.lower_ == "for" for c in clauses for g in c.children)


def _holds(verb: Token) -> bool:
    """Tell "holds Chad accountable", which blames it, from "will hold Chad accountable", which is to punish it, and from "holds her hostage"."""
    captive = any(c.dep_ == "xcomp" and c.pos_ == "NOUN" and case_of(c) is None for c in verb.children)
    return not captive and (verb.tag_ not in ("VB", "VBG") or not any(t.lower_ == "accountable" for t in verb.subtree))


def _for_them_to(noun: Token) -> bool:
    """Recognise "calls for Chad to act" where parsers read "for Chad" as a phrase of its own."""
    asked = next((c for c in noun.children if c.dep_ == "nmod" and case_of(c) == "for"), None)
    return asked is not None and any(c.dep_ == "acl" and c.tag_ == "VB" and c.left_edge.i == asked.right_edge.i + 1 for c in noun.children)


def _own_act(verb: Token) -> bool:
    """Recognise "demanded the resignation of X": what is asked for is an act of its owner."""
    return any(o.lemma_.lower() in _OWN_ACTS for o in objects(verb))


def _for_own_act(verb: Token) -> bool:
    return any(o.lemma_.lower() in _OWN_ACTS for o in obliques(verb, "for"))


def _of_view(verb: Token) -> bool:
    return any(o.lemma_.lower() in _VIEWS for o in objects(verb))


def _material(verb: Token) -> bool:
    """Tell whether what is given is a thing, not words."""
    return not any(o.lemma_.lower() in _WORDS for o in objects(verb))


def _asking(verb: Token) -> bool:
    """Tell an asking for something from a question: not "asked whether", nor the verb of a quoted question."""
    clauses = [c for c in verb.children if c.dep_ in ("ccomp", "advcl", "xcomp")]
    doubts = any(marker_of(c) in ("whether", "if") for c in clauses if c.i > verb.i) and not _infinitive(verb)
    quoted = any(t.text == "?" for c in clauses if c.i < verb.i for t in c.subtree) or (
        verb.i > 1 and any(t.text == "?" for t in verb.doc[verb.i - 4 : verb.i])
    )
    return verb.lemma_ != "ask" or not (doubts or quoted)


def _infinitive(verb: Token) -> bool:
    """Recognise "told X to go", whatever the parse calls the infinitive."""
    return any(c.i > verb.i and c.dep_ in ("xcomp", "ccomp", "advcl") and c.tag_ in ("VB", "VBP") and marker_of(c) == "to" for c in verb.children)


def _wanting(verb: Token) -> bool:
    """Recognise "wants the generals to free her": an infinitive with a subject of its own."""
    own = any(c.dep_ in ("obj", "iobj") for c in verb.children)
    return any(
        c.i > verb.i
        and c.dep_ in ("xcomp", "ccomp")
        and c.tag_ in ("VB", "VBP")
        and marker_of(c) == "to"
        and (own or any(g.dep_ == "nsubj" for g in c.children))
        for c in verb.children
    )


def _distant(verb: Token) -> bool:
    """Recognise "by telephone", "over the phone", "by video link", "by letter"."""
    return any(
        c.lemma_.lower() in MEDIA and c.dep_ in ("obl", "nmod", "obl:unmarked") and case_of(c) in ("by", "over", "on", "via", "in") for c in verb.subtree
    )


def _remote(token: Token) -> bool:
    """Recognise "held phone talks", "had a virtual meeting", by the verb or by the noun."""
    nouns = [token] if token.pos_ == "NOUN" else objects(token)
    return any(c.lower_ in _AFAR and c.dep_ in ("amod", "compound") for noun in nouns for c in noun.children)


def _at_meeting(verb: Token) -> bool:
    """Recognise "raised the case with Novak at a meeting in Faro", "discussed it with her over lunch", where nothing is said of a telephone."""
    phrases = (o for case in ("at", "in", "during", "over") for o in obliques(verb, case))
    return any(o.lemma_.lower() in _FACE_TO_FACE for o in phrases) and not _distant(verb)


def _glowing(verb: Token) -> bool:
    """Recognise "called her a hero", "described it as a triumph"."""
    named = [c for c in verb.children if c.dep_ in ("xcomp", "obj", "obl") and (c.dep_ != "obl" or case_of(c) == "as")]
    return any(t.lemma_.lower() in _GLORY for t in named[-1:]) and len(named) > 1


_UNDERGONE = frozenset(
    "release arrest detention death killing capture removal ouster conviction extradition liberation rescue acquittal appointment election"
    " nomination defeat fall assassination freeing".split()
)
"""Nouns that name what happens to those they are said of."""


def _own_deed(verb: Token) -> bool:
    """Tell whether the object names something that its owner does, not undergoes: not "welcomed the release of"."""
    return not any(o.lemma_.lower() in _UNDERGONE for o in objects(verb))


_THEIRS = frozenset(
    "support commitment decision announcement effort leadership pledge generosity contribution cooperation role response readiness willingness intention"
    " initiative progress move offer assistance participation engagement involvement work courage mediation stance ratification accession backing bravery"
    " resolve determination hospitality restraint help aid statement proposal agreement".split()
)
"""Nouns for what those whose name stands before them do or have done: "NATO support"."""


_SEAS = frozenset("sea ocean waters water bay strait gulf channel airspace air sky pacific atlantic".split())
_MANOEUVRES = frozenset("exercise drill manoeuvre maneuver wargame patrol".split())
_EXERCISES = _MANOEUVRES - {"patrol"}


def _in_manoeuvres(verb: Token) -> bool:
    """Tell whether what one takes part in is an exercise: "took part in Sea Shield, a naval exercise"."""
    if is_negated(verb) or any(w.lower_ == "neither" for w in verb.subtree):
        return False
    return any(w.lower_.rstrip("s") in _EXERCISES for o in obliques(verb, "in") for w in (o, *o.children))


_HOSTILE = frozenset(
    "retaliate respond avenge punish destroy attack strike hit invade bomb annihilate crush eliminate kill fight veto sanction block expel shell seize"
    " blockade boycott sue arrest topple oust overthrow cut fire shoot sink close retake drive push stop withhold suspend impose target storm"
    " obliterate wipe prosecute".split()
)
"""What one threatens, or vows, to do to somebody."""


_PENALTIES = frozenset("sanction tariff ban embargo duty penalty blacklist fine levy restriction freeze".split())
_UNITS = frozenset("unit company battalion regiment squadron wing brigade division command fleet corps".split())
"""Nouns for parts of forces that have a seat."""
_GATHERINGS = frozenset(
    "summit conference congress convention assembly session meeting forum debate talk talks exercise drill manoeuvre maneuver wargame training ceremony"
    " festival game games olympics tournament negotiation negotiations dialogue symposium seminar workshop rally parade hearing round gathering event"
    " consultation consultations panel fair exhibition expo championship contest race match competition retreat council inauguration commemoration service"
    " funeral dinner reception banquet briefing discussion mission election campaign".split()
)
"""Nouns for what people come together for."""
_STREAMS = frozenset("cannon gunfire shellfire fire artillery gas bullet salvo barrage".split())
"""Nouns for what people are hit by that is no weapon by itself."""
_LISTED_AS = frozenset("terrorist terrorists terrorism terror sanction sanctions wanted designated outlaw outlawed banned black".split())
"""Words that say of a list that those on it are punished."""
_WORK = frozenset("patrol operation raid strike airstrike mission survey investigation project venture programme program plan inspection".split())
_JOINT = frozenset(("joint", "combined", "coordinated", "co-ordinated"))


def _is_water(phrase: Token) -> bool:
    """Tell whether a missile that flies there hits nobody: "into the Sea of Japan"."""
    return any(t.lower_ in _SEAS for t in (phrase, *(c for c in phrase.children if c.dep_ in ("flat", "compound"))))


def _hostile(verb: Token) -> bool:
    """Tell whether what a verb tells of is hostile, and not forgone: not "promised not to attack"."""
    told = (c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and not any(g.lower_ in ("not", "never") for g in c.children))
    return any(c.lemma_.lower() in _HOSTILE for c in told)


def _own_hostile(verb: Token) -> bool:
    """Recognise "warned that it would attack Chad": what somebody says that they themselves will do."""
    told = [c for c in verb.children if c.dep_ == "ccomp" and c.lemma_.lower() in _HOSTILE and not is_negated(c) and not is_passive(c)]
    own = ("i", "we", "it", "he", "she", "they")
    return any(s.lower_ in own and s.dep_ == "nsubj" for c in told for s in c.children) and any(g.lower_ in ("will", "would") for c in told for g in c.children)


_ENVOYS = frozenset("delegation envoy emissary mission team negotiator representative".split())
_TERRITORY = frozenset("water airspace territory soil port waters land".split())
_DEALING = frozenset("sell buy lease transfer supply deliver purchase acquire hand cede".split())
_ENDED = frozenset("cancel terminate scrap abrogate suspend revoke".split())
"""Verbs that say of agreements that they were once made."""
_STOPPED = frozenset("withdraw withhold end terminate suspend halt freeze stop cease drop cancel cut break sever rescind retract".split())
"""Verbs that say of support, or of working together, that it is no more."""
_PROTESTS = frozenset("protest complain object condemn denounce".split())
_JOINING = frozenset("join sign ratify endorse adopt accept recognise recognize implement honour honor".split())


def _protests(verb: Token) -> bool:
    """Recognise "summoned the ambassador over the raid", "… to protest the raid": whoever does so objects to what his country did."""
    aims = (c for c in verb.children if c.dep_ in ("xcomp", "advcl", "acl") and marker_of(c) == "to")
    return bool(obliques(verb, "over")) or any(c.lemma_.lower() in _PROTESTS for c in aims)


def _as_told(verb: Token) -> bool:
    """Recognise "as Lomé had requested", "if Lomé so requests", which ask the subject of the clause above for what that says."""
    asks = marker_of(verb) in ("as", "if", "when", "unless", "until") and verb.dep_ == "advcl"
    return asks and not any(c.dep_ in ("obj", "iobj", "ccomp", "xcomp") or (c.dep_ == "obl" and case_of(c) in ("for", "to")) for c in verb.children)


_PROVOCATIONS = frozenset("provocation provocative".split())
_PROJECTILES = frozenset("rocket missile shell bomb mortar projectile round".split())
_ASSAULTS = frozenset("attack strike airstrike raid bombing shelling ambush shooting assault massacre bombardment explosion blast gunfight clash".split())


_CULPRITS = frozenset(
    "liar traitor thief hypocrite provocateur criminal murderer culprit mastermind aggressor perpetrator instigator".split()
)
"""What one calls somebody only to accuse them."""
_COMPLYING = frozenset("comply abide honour honor respect observe adhere conform implement uphold fulfil fulfill".split())
_SENTENCES = frozenset("death prison jail imprisonment gallows labour labor exile".split())
_WRONGFUL = frozenset(
    "dangerous reckless coercive destabilising destabilizing aggressive provocative unlawful illegal irresponsible unprovoked hostile malign arbitrary"
    " violent repressive escalatory".split()
)
_ACTING = frozenset("violation abuse aggression coercion interference intimidation harassment repression provocation persecution threat brutality".split())
FALSE = frozenset(
    "false untrue baseless unfounded groundless fabricated fabrication lie lies nonsense rubbish propaganda fiction absurd ridiculous unsubstantiated"
    " disinformation misinformation".split()
)
"""What one calls a claim that one rejects."""
_VOID = frozenset("illegal null void invalid illegitimate unlawful unacceptable unconstitutional non-binding worthless".split())
"""What one calls a treaty that one does not accept."""
CLAIMED = frozenset("claim allegation accusation charge assertion statement report suggestion contention".split())
"""Nouns for what somebody says, and others may reject."""
_CUSTODY = frozenset("custody detention arrest jail prison cell bar bars".split())
_HOMES = frozenset("palace residence home house compound office room basement flat apartment".split())
"""Where somebody may be shut in."""
_OUTLAWED = frozenset("terrorist terrorism extremist undesirable outlaw".split())
_WRONGDOERS = _LISTED_AS | _OUTLAWED
"""What those are called who are designated to punish them."""
_VOLLEYS = frozenset("artillery gas cannon water baton fire gunfire airstrike teargas grenade canister salvo barrage truncheon".split())
_FIGHTING = frozenset("fighting fight clash war hostility hostilities battle skirmish combat gunfire shelling gunfight firefight conflict".split())
_LEAVING = frozenset("resign step quit leave go".split())
_TREASURIES = frozenset("treasury ofac assets exchequer".split())
"""Words in the names of those who target others only with sanctions: "the Office of Foreign Assets Control"."""
_CARS = frozenset("car van minibus bus truck lorry vehicle jeep pickup taxi suv boat helicopter trunk boot".split())
"""What people are forced into who are taken away."""
_CIVIL = _ENVOYS | frozenset("diplomat official leader negotiator government student doctor teacher".split())
"""Those whose stay somewhere is no deployment, with envoys."""
_WARSHIPS = frozenset(
    "warship frigate destroyer corvette carrier cruiser submarine minesweeper minehunter gunboat cutter flagship patrol naval navy coastguard military war"
    " assault".split()
)
"""Words that say of a ship that it is one of war."""
_TRADING = frozenset("cargo merchant container fishing passenger commercial civilian oil gas chemical private cruise ferry".split())
"""Words that say of a ship or aircraft that it is one of trade."""
_OF_WORKERS = frozenset("hunger general labour labor wildcat walkout pilots workers teachers rail rent school climate".split())
"""Words that say of a strike that people stop work, or eating."""
_OF_STRIKES = _ARMS | _MILITARY | {"air"}
"""Words that say of a strike that it is one of arms."""
_SOME_LAND = frozenset("area part region district territory zone pocket swath swathe sector portion land".split())
"""Nouns for some of a country."""
_PAYING = frozenset("pay face suffer bear".split())
_DEAR = frozenset("price consequence cost retaliation response".split())


def _of_wrongs(verb: Token) -> bool:
    """Recognise "voiced concern over the dangerous actions of the coast guard": what is called so is condemned, not "over the health of the king"."""
    told = (*(o for case in ("over", "about", "at") for o in (*obliques(verb, case), *(m for n in objects(verb) for m in modifiers(n, case)))),)
    return any(t.lemma_.lower() in DEEDS | _ACTING or any(g.lower_ in _WRONGFUL for c in t.children for g in conjuncts(c)) for o in told for t in conjuncts(o))


def _for_ouster(verb: Token) -> bool:
    """Recognise "marched to demand that she resign", "rallied to demand the resignation of the mayor"."""
    aims = [c for c in verb.children if c.dep_ in ("advcl", "xcomp") and c.lemma_ in ("demand", "call", "seek", "urge")]
    wanted = [n for c in aims for n in (*objects(c), *obliques(c, "for"))]
    clauses = [g for c in aims for g in c.children if g.dep_ in ("ccomp", "xcomp")]
    return any(n.lemma_ in ("resignation", "removal", "ouster", "departure", "impeachment") for n in wanted) or any(g.lemma_ in _LEAVING for g in clauses)


def _will_pay(verb: Token) -> bool:
    """Recognise "said that they would pay a heavy price", "warned that it will regret the strike": whoever says it threatens them."""
    told = [c for c in verb.children if c.dep_ == "ccomp" and any(g.lower_ in ("will", "would", "'ll", "shall") for g in c.children)]
    return any(not is_negated(c) and (c.lemma_ == "regret" or (c.lemma_ in _PAYING and any(o.lemma_.lower() in _DEAR for o in objects(c)))) for c in told)


def _is_called_provocation(verb: Token) -> bool:
    """Recognise "called the drill a provocation", "described it as provocative"."""
    named = [c for c in verb.children if c.dep_ in ("xcomp", "obj", "obl", "advcl") and c.i > verb.i and (c.dep_ != "obl" or case_of(c) == "as")]
    return any(t.lemma_.lower() in _PROVOCATIONS for c in named for t in (c, *c.children))


def _charges(verb: Token) -> list[Token]:
    """Return what somebody is accused of, or of doing: "of provocation", "of staging a provocation"."""
    gerunds = [c for c in verb.children if c.dep_ in ("advcl", "ccomp", "xcomp") and c.tag_ == "VBG" and marker_of(c) == "of"]
    return [*obliques(verb, "of"), *(o for g in gerunds for o in object_nouns(g))]


def _in_court(verb: Token) -> bool:
    """Recognise "took it to court", "hauled them before a tribunal", whatever part of speech the tagger gives to "court"."""
    led = (t for t in verb.children if t.i > verb.i and t.lower_ in ("court", "courts", "tribunal"))
    return any(w.lower_ == "before" or (w.lower_ == "to" and w.i == (t.left_edge.i if t.pos_ == "PROPN" else t.i - 1)) for t in led for w in t.children)


def _seats_unit(verb: Token) -> bool:
    """Recognise where a unit is at home: "an Army unit based at Fort Moore", not "troops based in Syria"."""
    return verb.lemma_ == "base" and any(o.lemma_.lower() in _UNITS for o in (*object_nouns(verb), verb.head))


def _is_gathering(noun: Token) -> bool:
    """Tell whether people come together for what a phrase names: "the session", "Exercise Balikatan", not "a new phase", "the threat"."""
    named = noun.pos_ == "PROPN" and noun.lemma_.lower() not in _STANDOFFS | DEEDS
    return named or noun.lemma_.lower() in _GATHERINGS


def _is_blacklist(noun: Token) -> bool:
    """Recognise a list of those who are punished: "its terrorist list", "the list of specially designated nationals"."""
    return noun.lemma_.lower() == "list" and any(t.lemma_.lower() in _LISTED_AS or t.lower_ in _LISTED_AS for t in noun.subtree)


def _by_strikes(verb: Token) -> bool:
    """Recognise "two strikes engaged the unit", "engaged it with an airstrike"."""
    return any(n.lemma_.lower() in _ASSAULTS for n in (*surface_subjects(verb), *subjects(verb), *obliques(verb, "with")))


def _is_set_out_on(deployment: Token) -> bool:
    """Recognise "left for a deployment to Kuwait", "returned from a six-month deployment to the Gulf", not "thanked Oman for the deployment to Mali"."""
    own = not any(c.lower_ == "the" or c.dep_ == "nmod:poss" for c in deployment.children) and not modifiers(deployment, "of")
    return own and deployment.dep_ == "obl" and case_of(deployment) in ("for", "on", "from") and deployment.head.lemma_ in _SETTING_OUT


def _is_of_forces(subject: Token) -> bool:
    """Tell whether what a phrase names is a force, or some of its people."""
    return subject.ent_type_ == "MilitaryForce" or subject.lemma_.lower() in _SOLDIERY


def _in_part(verb: Token) -> bool:
    """Recognise "part-owned", "partly owned"."""
    return any(c.lower_ in ("part", "partly", "partially") for c in verb.children)


def _own_behind(noun: Token) -> bool:
    """Recognise "said it was behind the bombing": who says it owns up to it."""
    owner = next((c for c in noun.children if c.dep_ == "nsubj"), None)
    said = noun.dep_ == "ccomp" and noun.head.lemma_ in ("say", "claim", "admit", "confirm", "declare", "announce")
    return said and case_of(noun) == "behind" and has_copula(noun) and owner is not None and owner.tag_ == "PRP" and not is_negated(noun)


def _at_embassy(verb: Token) -> bool:
    """Recognise those who protest where a country is represented: "outside the Togolese embassy"; not in support of it."""
    where = [o for case in ("outside", "in front of") for o in obliques(verb, case)]
    where += [m for o in obliques(verb, "in") if o.lemma_ == "front" for m in modifiers(o, "of")]
    return any(o.lemma_.lower() in ("embassy", "consulate") for o in where) and not any(t.lemma_ in ("support", "solidarity") for t in verb.subtree)


_PERILS = frozenset(
    "rubble wreckage wreck debris ruin water sea river lake flood floodwater mine shaft fire flame blaze avalanche mud snow raft dinghy wave ocean"
    " waters sinking".split()
)
"""What people are saved from."""
_STRICKEN = frozenset("sinking burning capsized stricken collapsed flooded overturned drifting disabled".split())


def _to_safety(verb: Token) -> bool:
    """Tell whether somebody is saved: "pulled alive from the mine", "plucked from the sea", "dragged out of the rubble"."""
    left = [o for case in ("from", "out of", "off") for o in obliques(verb, case)]
    peril = any(o.lemma_.lower() in _PERILS or any(c.lower_ in _STRICKEN for c in o.children) for o in left)
    return peril or any(c.lower_ in ("alive", "unharmed", "unhurt", "safely") for c in verb.children) or bool(obliques(verb, "to safety"))


def _of_weapons(noun: Token) -> bool:
    """Recognise "the use of sarin", "the firing of rockets"."""
    return any(n.lemma_.lower() in _ROUNDS | _ARMS for m in modifiers(noun, "of") for n in conjuncts(m))


def _aims(firing: Token, cases: tuple[str, ...]) -> list[Token]:
    """Return what is fired at, which parsers hang on the weapon, too: "the launch of a missile at Mekelle"."""
    return [m for n in (firing, *modifiers(firing, "of")) for case in cases for m in modifiers(n, case)]


def _by_treasury(verb: Token) -> bool:
    """Tell whether who targets somebody can only do so with sanctions: "the Treasury targeted two shipping firms"."""
    within = (w for s in subjects(verb) for w in (s, *(c for c in s.subtree if c.dep_ in ("compound", "flat", "nmod"))))
    return any(w.lower_ in _TREASURIES for w in within)


def _for_wrongs(designation: Token) -> bool:
    """Tell the designation of whom one punishes from that of a host or heir: "for corruption", "under the Magnitsky Act", "as a terrorist organization"."""
    if any(m.lemma_.lower() not in _WRONGDOERS and not any(c.lower_ in _LISTED_AS for c in m.subtree) for m in modifiers(designation, "as")):
        return False
    around = (*modifiers(designation, None), *(o for case in ("for", "under", "due to", "pursuant to") for o in obliques(designation.head, case)))
    grounds = any(case_of(m) in ("for", "under", "due to", "pursuant to") for n in around for m in (n, *modifiers(n, None)))
    return grounds or any(c.lower_ in _LISTED_AS for m in around for c in m.subtree)


def _is_walkout(strike: Token) -> bool:
    """Recognise the strike of workers: "a two-week strike against Air Kenya", "the hunger strike", not "the missile strike on the refinery"."""
    if strike.lemma_ != "strike":
        return False
    before = {t.lower_ for c in strike.children if c.i < strike.i and c.dep_ in ("amod", "compound") for t in c.subtree}
    employer = any(m.ent_type_ in ("Company", "MediaOrganization") for case in ("against", "at") for m in modifiers(strike, case))
    return bool(before & _OF_WORKERS) or (employer and not before & _OF_STRIKES)


def _is_of_navy(ship: Token) -> bool:
    """Tell whether a ship is one of war, by the word for its kind: "the aircraft carrier Cavour", "the frigate"."""
    beside = [c for c in ship.children if c.dep_ in ("compound", "nmod:desc", "appos", "flat")]
    beside += [ship.head] if ship.dep_ in ("appos", "flat") else []
    return any(w.lemma_.lower() in _WARSHIPS for w in (ship, *beside))


def _is_merchantman(ship: Token) -> bool:
    """Tell whether a ship or aircraft of a country need not be its government's: "a Russian cargo ship", not "a Russian patrol boat", "its ships"."""
    before = {t.lemma_.lower() for c in ship.children if c.dep_ in ("compound", "amod") for t in c.subtree}
    trading = ship.lemma_.lower() in ("tanker", "trawler") or bool(before & _TRADING)
    return trading and not before & _WARSHIPS


def _is_part_of_country(land: Token) -> bool:
    """Recognise "areas of Yemen", "the parts of Syria": who holds those does not hold the country."""
    return land.lemma_.lower() in _SOME_LAND and any(m.ent_type_ == "Country" for case in ("of", "in") for m in modifiers(land, case))


def _unsent(verb: Token) -> bool:
    return is_passive(verb) and not subjects(verb)


def _of_troops(verb: Token) -> bool:
    """Tell whether what is visited are a country's soldiers, who are not that country: "visited British troops in Estonia"."""
    return any(o.lemma_.lower() in _SOLDIERY and o.ent_type_ != "Facility" for o in object_nouns(verb))


def _is_named_alone(event: Token) -> bool:
    """Recognise a name of an event of which no verb says that it was or is to be held: not "hosted the Lake Summit", "the summit to be held"."""
    named = event.pos_ == "PROPN" or any(c.pos_ == "PROPN" and c.dep_ in ("compound", "flat", "amod") for c in event.children)
    held = event.dep_ in ("obj", "nsubj:pass") and event.head.lemma_ in ("hold", "host", "stage", "convene")
    return named and not held and not any(c.dep_ == "acl" for c in event.children)


_WARM = frozenset("close warm friendly cordial good excellent strong deep strategic brotherly fraternal privileged special".split())
"""What relations are called that come with cooperation."""
_BACKING = frozenset("support solidarity backing commitment loyalty".split())
_ENTER = frozenset("enter come arrive engage walk".split())
_HEED = frozenset("respond agree accede yield bow comply answer react consent".split())


def _is_kept_up(noun: Token) -> bool:
    """Tell support or cooperation from what is over: "withdrew its support for Chad"; it is not yet where somebody is to end it."""
    return noun.dep_ not in ("obj", "nsubj:pass") or noun.head.lemma_ not in _STOPPED or noun.head.tag_ == "VB"


def _entered(noun: Token) -> bool:
    """Recognise what one enters into, or leaves: "entered into talks with Chad", "came to an understanding with it", "walked out of talks"."""
    return noun.dep_ == "obl" and noun.head.lemma_ in _ENTER and case_of(noun) in ("into", "to", "at", "in", "out of")


def _heeded(noun: Token) -> bool:
    """Recognise what one answers, or gives in to: "agreed to a request from Chad", "bowed to its demand"."""
    return noun.dep_ == "obl" and noun.head.lemma_ in _HEED and case_of(noun) in ("to", "with")


def _is_in_law(kin: Token) -> bool:
    """Tell whether a noun for one of a family is the first word of "son-in-law", which is written apart."""
    return words_between(kin.doc, kin.i + 1, kin.i + 5).lower().startswith("-in-law")


CONDITIONS: dict[str, Callable[[Token], bool]] = {
    "as-told": _as_told,
    "there": lambda t: not is_sought(t),
    "entered": _entered,
    "heeded": _heeded,
    "out-of-place": lambda t: any(o.ent_type_ in ("City", "Country", "Region", "Facility") for o in object_nouns(t)),
    "of-support": lambda t: any(o.lemma_.lower() in _BACKING for o in (*obliques(t, "of"), *(m for o in objects(t) for m in modifiers(o, "of")))),
    "full-of": lambda t: t.dep_ == "obl" and case_of(t) == "of" and t.head.lower_ == "full",
    "warm": lambda t: any(c.lower_ in _WARM for o in object_nouns(t) for c in o.children),
    "asking": _asking,
    "bare": _bare,
    "courtesy": _courtesy,
    "court": _in_court,
    "distant": _distant,
    "infinitive": _infinitive,
    "wanting": _wanting,
    "dead": lambda t: any(c.lower_ in ("dead", "death") for c in (*t.children, *(g for c in t.children if c.dep_ == "obl" for g in (c,)))),
    "demanding": _demanding,
    "harsh": _harsh,
    "partaking": lambda t: not any(s.lemma_.lower() in _NO_GATHERINGS for s in subjects(t)),
    "in-battle": lambda t: not any(o.lemma_.lower() in _RIVALS for o in object_nouns(t)),
    "own-behind": _own_behind,
    "its-own": lambda t: not any(p.pos_ == "PROPN" for o in objects(t) for p in possessors(o)),
    "announced": lambda t: t.dep_ == "obj" and t.head.lemma_ in ("announce", "confirm", "approve"),
    "own-ground": lambda t: not any(o.lemma_.lower() in _OF_OTHERS for o in objects(t)),
    "at-embassy": _at_embassy,
    "to-safety": _to_safety,
    "by-force": lambda t: not _to_safety(t),
    "not-captive": lambda t: not any(c.lemma_ in ("hostage", "captive", "prisoner", "captivity") for c in t.subtree),
    "granted": lambda t: t.dep_ == "obj" and t.head.lemma_ in ("grant", "award", "give") and is_passive(t.head),
    "passive": is_passive,
    "by-nobody": lambda t: is_passive(t) and not subjects(t),
    "most-of-it": _most_of_it,
    "part-of-it": lambda t: not _most_of_it(t),
    "not-in-part": lambda t: _most_of_it(t) or not (any(o.lemma_.lower() in _STAKES for o in object_nouns(t)) or _in_part(t)),
    "in-part": _in_part,
    "from-office": lambda t: any(o.lemma_.lower() in _SEATS for o in obliques(t, "from")),
    "for-own-act": _for_own_act,
    "for-to": _for_to,
    "for-them-to": _for_them_to,
    "for-release": lambda t: any(o.lemma_ in ("release", "return") for o in (*object_nouns(t), *obliques(t, "for"))),
    "in-custody": lambda t: any(o.lemma_.lower() in _CUSTODY for case in ("in", "into", "under", "behind") for o in obliques(t, case)),
    "shut-in": lambda t: any(o.lemma_.lower() in _HOMES for case in ("in", "inside", "within", "to") for o in obliques(t, case)),
    "oneself": lambda t: any(o.lower_.endswith(("self", "selves")) for o in objects(t)),
    "mandative": _mandative,
    "material": _material,
    "own-act": _own_act,
    "side": lambda t: any(o.lemma_ == "side" for o in objects(t)),
    "view": _of_view,
    "captive": lambda t: any(c.lemma_ in ("hostage", "captive", "prisoner", "custody", "detention") for c in t.subtree),
    "forces": _forces,
    "posted": lambda t: _forces(t) and not _delivers(t) and not _seats_unit(t),
    "money": _money,
    "free": lambda t: any(c.lower_ == "free" for c in t.children),
    "goods": _goods,
    "at": lambda t: case_of(t) == "at",
    "hearts": lambda t: any(s.lemma_ in ("heart", "thought", "prayer", "condolence", "sympathy") for s in subjects(t)),
    "with-them": lambda t: t.head.pos_ != "VERB" and case_of(t.head) == "with" and not any(c.dep_ == "nmod" for c in t.children),
    "in-solidarity": lambda t: any(o.lemma_ == "solidarity" for o in obliques(t, "in")),
    "in-deaths": lambda t: any(o.lemma_.lower() in ("death", "killing") for o in obliques(t, "in")) and _is_told_of_deed(t),
    "one": lambda t: t.tag_ not in ("NNS", "NNPS"),
    "with-nobody": lambda t: not any(o.ent_type_ == "Person" for o in (*obliques(t, "with"), *(m for o in objects(t) for m in modifiers(o, "with")))),
    "in-place": lambda t: any(o.lemma_ in ("place", "stead") for o in obliques(t, "in")),
    "in-succession": lambda t: any(o.lemma_ == "succession" for o in obliques(t, "in")),
    "in-law": _is_in_law,
    "no-in-law": lambda t: not _is_in_law(t),
    "school": lambda t: any(w.lower_ in _SCHOOLS for o in objects(t) for w in o.subtree),
    "bid": lambda t: any(o.lemma_ in ("bid", "candidacy", "accession", "candidature", "application") for o in objects(t)),
    "defence": lambda t: any(o.lemma_ in ("defence", "defense", "side") for o in obliques(t, "to")),
    "for-help": lambda t: any(o.lemma_.lower() in _HELP for o in obliques(t, "for")),
    "for-support": lambda t: any(o.lemma_.lower() in ("support", "solidarity", "backing") for o in obliques(t, "for")),
    "glowing": _glowing,
    "honours": lambda t: any(o.lemma_.lower() in ("medal", "award", "prize", "order", "honour", "honor", "decoration") for o in objects(t)),
    "indebted": lambda t: any(c.lower_ in ("grateful", "indebted", "thankful") for c in t.children),
    "joint": lambda t: any(c.lower_ in ("joint", "combined", "common", "shared") and c.dep_ in ("amod", "compound") for c in t.children),
    "side-by-side": lambda t: any(c.lower_ in _TOGETHER or c.lower_ in ("side", "alongside") for c in t.subtree),
    "warmly": lambda t: any(c.lower_ in ("highly", "warmly", "well") for c in t.children),
    "with-goods": lambda t: any(n.lemma_.lower() in _GOODS | _MILITARY for o in obliques(t, "with") for n in o.subtree),
    "go": lambda t: any(c.lower_ == "go" for c in t.children),
    "guilty": lambda t: any(c.lower_ == "guilty" for c in t.children),
    "in-hands": lambda t: t.lower_ == "hands" and case_of(t) == "in",
    "intransitive": _intransitive,
    "to-a-site": _to_a_site,
    "not-up": lambda t: not has_particle(t, "up"),
    "located": _located,
    "own-deed": _own_deed,
    "of-theirs": lambda t: any(o.lemma_.lower() in _THEIRS for o in objects(t)),
    "present": lambda t: t.tag_ in ("VBZ", "VBP"),
    "not-present": lambda t: t.tag_ not in ("VBZ", "VBP"),
    "prime": lambda t: _is_titled(t, "prime"),
    "into-the-world": lambda t: any(c.lower_ == "world" for c in obliques(t, "into")),
    "to-wounds": lambda t: any(c.lemma_.lower() in _FATAL for c in obliques(t, "to")),
    "general": lambda t: _is_titled(t, "general"),
    "forces-alone": lambda t: _intransitive(t) and any(_is_of_forces(s) or s.lemma_.lower() in _FLEETS for s in subjects(t)),
    "remote": _remote,
    "in-person": lambda t: not _remote(t),
    "together": _together,
    "clashing": lambda t: t.tag_ != "VB" and _intransitive(t),
    "home-forces": lambda t: _forces(t) and any(c.lower_ in ("home", "back") for c in t.children),
    "proper": lambda t: t.pos_ == "PROPN",
    "liar": lambda t: any(c.lemma_.lower() in _CULPRITS for c in t.subtree),
    "responsible": lambda t: any(c.lower_ in ("responsible", "accountable", "liable") for c in t.subtree) and _holds(t),
    "holds": _holds,
    "on-behalf": lambda t: any(o.lemma_ == "behalf" for o in obliques(t, "on")),
    "of-own-will": lambda t: not (t.dep_ in ("acl", "advcl") and t.tag_ == "VBN" and agents(t)),
    "shot": lambda t: not any(c.dep_ == "compound:prt" for c in t.children) and not any(c.lower_ in _WOUNDS for c in t.subtree),
    "aimless": lambda t: not any(o.lemma_.lower() in _ROUNDS or o.dep_ == "obl:agent" for o in objects(t))
    and not any(
        not _is_water(o) and not _is_day(o) for case in ("at", "on", "into", "against", "towards", "toward") for o in obliques(t, case)
    ),
    "aimed": lambda t: not any(_is_water(o) for case in ("into", "towards", "toward") for o in obliques(t, case)),
    "hostile": _hostile,
    "own-hostile": _own_hostile,
    "as-such": lambda t: case_of(t) == "as" and (t.i < t.head.i or t.left_edge.nbor(-1).text == "," if t.left_edge.i else True),
    "as-host": lambda t: any(c.lemma_ == "host" for c in t.children),
    "arriving": lambda t: any(o.lemma_ in ("arrival", "airport", "palace", "residence") for case in ("on", "upon", "at") for o in obliques(t, case)),
    "to-blame": lambda t: any(c.lemma_ == "blame" for c in t.children),
    "streets": lambda t: any(c.lemma_.lower() == "street" for c in t.children),
    "on-strike": lambda t: any(o.lemma_ == "strike" for o in obliques(t, "on")),
    "with-sanctions": lambda t: any(o.lemma_.lower() in _PENALTIES for o in obliques(t, "with")),
    "blacklisting": lambda t: any(o.lemma_.lower() in _PENALTIES or _is_blacklist(o) for case in ("under", "on", "to") for o in obliques(t, case)),
    "as-member": lambda t: any(o.lemma_.lower() == "member" for o in obliques(t, "as")),
    "aim-of-journey": lambda t: t.dep_ == "obl" and case_of(t) == "for" and t.head.lemma_ in _JOURNEYS,
    "passive-by-arms": lambda t: is_passive(t) and any(is_projectile(o) or o.lemma_.lower() in _STREAMS for o in obliques(t, "by")),
    "passive-blacklisting": lambda t: is_passive(t) and any(_is_blacklist(o) for case in ("on", "to") for o in obliques(t, case)),
    "material-support": lambda t: _of_kind(t, _MATERIAL),
    "kept-up": _is_kept_up,
    "moral-support": lambda t: not _of_kind(t, _MATERIAL) and _is_kept_up(t),
    "restrictive": lambda t: any(c.lower_ in ("restrictive", "punitive", "coercive") for o in object_nouns(t) for c in o.children),
    "non-grata": lambda t: any(c.lower_ == "grata" for c in t.subtree),
    "ablaze": lambda t: any(c.lower_ in ("ablaze", "alight", "afire") for c in t.children),
    "under-fire": lambda t: any(o.lemma_.lower() in ("fire", "attack", "shelling", "bombardment", "assault") for o in obliques(t, "under")),
    "untimed": lambda t: not any(o.lemma_.lower() in ("year", "month", "life") for o in obliques(t, "for")),
    "defending": lambda t: any(c.dep_ == "xcomp" and c.lemma_ in ("defend", "protect") for c in t.children),
    "joint-work": lambda t: any(c.lower_ in _JOINT for o in object_nouns(t) if o.lemma_.lower() in _WORK for c in o.children),
    "on-trial": lambda t: any(o.lemma_ == "trial" for o in obliques(t, "on")),
    "in": lambda t: case_of(t) == "in",
    "not-in": lambda t: case_of(t) != "in",
    "manoeuvring": lambda t: any(o.lemma_.lower() in _MANOEUVRES for case in ("for", "in") for o in obliques(t, case)),
    "we-expect": lambda t: any(s.lower_ in ("i", "we") for s in subjects(t)) and any(c.dep_ in ("xcomp", "ccomp") and c.tag_ == "VB" for c in t.children),
    "no-order": lambda t: not _infinitive(t),  # "instructed her to bring them"
    "no-business": lambda t: not any(m.lemma_.lower() in _DEALS | _FIRMS for m in modifiers(t, "of")),
    "at-disposal": lambda t: any(o.lemma_.lower() in ("disposal", "service", "command") for o in obliques(t, "at")),
    "of-condolence": lambda t: any(m.lemma_.lower() in _SYMPATHY for o in object_nouns(t) for m in modifiers(o, "of")),
    "bare-welcome": lambda t: not any(obliques(t, case) for case in ("to", "at", "in", "on", "for")) and not _is_awaited(t),
    "awaited": _is_awaited,
    "parent": lambda t: any(c.lower_ in ("parent", "holding", "owning") for c in t.children),
    "to-found": lambda t: t.lower_ == "found" and (t.tag_ == "VB" or any(c.lower_ in ("did", "to", "will") for c in t.children)),
    "named": lambda t: t.pos_ == "PROPN" or any(c.pos_ == "PROPN" and c.dep_ in ("compound", "flat", "amod") for c in t.children),
    "named-alone": _is_named_alone,
    "not-board": lambda t: not any(o.lemma_ in ("board", "council", "committee", "cabinet") for o in objects(t)),
    "kin": lambda t: not any(c.lemma_ in ("arm", "weapon", "cause") or c.lower_ == "arms" for c in t.subtree),
    "no-standoff": lambda t: not any(o.lemma_.lower() in _STANDOFFS | DEEDS for o in objects(t)),
    "gathering": lambda t: any(_is_gathering(o) for o in objects(t)),
    "to-gathering": lambda t: _intransitive(t) and any(_is_gathering(o) for case in ("to", "for") for o in obliques(t, case)),
    "heads-no-list": lambda t: not any(c.dep_ == "appos" and c.i > t.i and ":" in (c.left_edge.text, c.left_edge.nbor(-1).text) for c in t.children),
    "called-together": lambda t: any(_is_gathering(o) for o in objects(t)) and not any(c.dep_ in ("xcomp", "ccomp", "compound:prt") for c in t.children),
    "untargeted": lambda t: not any(c.lower_ in ("against", "on") and c.dep_ == "case" and not _is_day(c.head) for c in t.subtree),
    "aged": lambda t: any(c.pos_ == "NUM" and c.text.isdigit() and len(c.text) < 4 and c.nbor(-1).text == "," for c in t.children if c.i > t.i),
    "well-meant": lambda t: not any(c.lemma_.lower() in _RUIN for c in t.children if c.dep_ in ("nmod", "obl")),
    "not-this": lambda t: not any(c.lower_ == "this" for o in obliques(t, "with") for c in o.children),
    "in-manoeuvres": _in_manoeuvres,
    "together-with": lambda t: any(c.lower_ in ("together", "jointly", "co") for c in t.children),
    "jointly": lambda t: any(c.lower_ in ("jointly", "together") and c.dep_ == "advmod" for c in t.children),
    "as-part": lambda t: any(o.lower_ == "part" for o in obliques(t, "as")),
    "in-exercise": lambda t: not any(o.pos_ == "NOUN" and o.lemma_.lower() in _STANDOFFS for case in ("in", "during") for o in obliques(t, case)),
    "in-coalition": lambda t: any(w.lower_ in ("coalition", "alliance", "force", "forces", "mission") for w in t.subtree),
    "predicate": has_copula,
    "in-force": lambda t: t.dep_ not in ("obj", "nsubj:pass") or t.head.lemma_ not in _ENDED,
    "of-sanctions": lambda t: any(m.lemma_.lower() in _PENALTIES for o in objects(t) for m in modifiers(o, "of")),
    "to-nobody": lambda t: t.lemma_ != "supply" or not obliques(t, "to"),  # "supplied drones to Russia" helps no drones
    "at-meeting": _at_meeting,
    "not-at-meeting": lambda t: not _at_meeting(t),
    "completed": lambda t: t.tag_ in ("VBD", "VBN"),
    "held-together": lambda t: len([c for s in subjects(t) for c in conjuncts(s)]) > 1,
    "at-place": lambda t: any(o.ent_type_ in ("City", "Facility", "Country") for case in ("in", "at") for o in obliques(t, case)) and not _remote(t),
    "protesting": _protests,
    "members": lambda t: any(s.lemma_.lower() in ("nation", "country", "state", "ally", "partner", "contributor", "member") for s in subjects(t)),
    "not-in-war": lambda t: not any(m.lemma_.lower() in ("war", "conflict", "fighting", "battle", "hostility") for m in modifiers(t, "in")),
    "heading": lambda t: not any(c.dep_ == "xcomp" and marker_of(c) == "to" for c in t.children)  # "talks that led the two to sign"
    and not any(o.lemma_ in ("delegation", "mission", "team", "side", "visit", "talks") and o.pos_ == "NOUN" for o in objects(t)),
    "as-clause": lambda t: t.dep_ in ("advcl", "parataxis") and marker_of(t) == "as",
    "done": lambda t: t.tag_ != "VB",
    "done-to": lambda t: t.tag_ in ("VBD", "VBN", "VBG") or any(o.pos_ == "PROPN" or any(c.dep_ == "nummod" for c in o.children) for o in objects(t)),
    "of-nobody": lambda t: not any(
        c.ent_type_ or c.dep_ == "nmod:poss" for o in object_nouns(t) for c in o.children if c.dep_ in ("compound", "amod", "nmod:poss")
    ),
    "no-group": lambda t: not any(o.ent_type_ == "ArmedGroup" for o in object_nouns(t)),
    "by-strikes": _by_strikes,
    "no-strikes": lambda t: not _by_strikes(t),
    "in-deed": lambda t: any(o.lemma_.lower() in _ASSAULTS for case in ("in", "during") for o in obliques(t, case)),
    "fighters": lambda t: not any(o.lemma_.lower() in _NO_FIGHTERS or o.pos_ == "NUM" for o in object_nouns(t)),
    "of-weapons": _of_weapons,
    "of-weapons-aimed": lambda t: _of_weapons(t) and not any(_is_water(m) for m in _aims(t, ("into", "towards", "toward"))),
    "no-listing": lambda t: not any(c.lemma_.lower() in ("terrorist", "terrorism", "sdgt", "global", "designate") for c in t.subtree if c.i > t.i),
    "no-agent": lambda t: case_of(t) != "by" or t.head.lemma_.lower() not in _ASSAULTS | {"use"},
    "of-provocation": lambda t: any(o.lemma_.lower() in _PROVOCATIONS for o in _charges(t)),
    "projectile": lambda t: any(s.lemma_.lower() in _PROJECTILES for s in subjects(t)),
    "provocation": _is_called_provocation,
    "to-leave": lambda t: any(c.lemma_ == "leave" and c.tag_ == "VB" for c in t.children if c.dep_ in ("xcomp", "ccomp", "advcl")),
    "to-war": lambda t: any(o.lemma_ == "war" for o in obliques(t, "to")),
    "under": lambda t: case_of(t) == "under",
    "at-hands": lambda t: any(o.lower_ in ("hand", "hands") for o in (*obliques(t, "at"), *(m for o in objects(t) for m in modifiers(o, "at")))),
    "not-foes": lambda t: not any(o.ent_type_ == "ArmedGroup" or o.lemma_.lower() in EVILS for o in objects(t)),
    "from-help": lambda t: any(o.lemma_.lower() in _HELP for o in obliques(t, "from")),
    "troops": _of_troops,
    "no-troops": lambda t: not _of_troops(t),
    "to-act": lambda t: any(c.dep_ in ("xcomp", "ccomp", "advcl") and c.tag_ == "VB" for c in t.children),
    "on-deployment": _is_set_out_on,
    "on-journey": lambda t: _intransitive(t) and not any(_is_of_forces(s) for s in subjects(t)),
    "of-forces": lambda t: _intransitive(t) and any(_is_of_forces(s) for s in subjects(t)),
    "unsent": _unsent,
    "sent-away": lambda t: _unsent(t) and not any(w.lower_ == "both" for c in t.children if c.dep_ == "nsubj:pass" for w in c.subtree),
    "visiting": _visiting,
    "visiting-beside": _visiting_beside,
    "sent-from": lambda t: is_passive(t) and any(_is_of_forces(o) for o in objects(t)),
    "stationed": lambda t: has_copula(t) and case_of(t) in ("in", "on", "near", "at", "across") and not _visiting(t),
    "own-people": lambda t: not any(o.lemma_.lower() in _RESCUED for o in object_nouns(t)),
    "with-help": _with_help,
    "delegation": lambda t: any(o.lemma_.lower() in _ENVOYS for o in object_nouns(t)),
    "territory": lambda t: any(o.lemma_.lower() in _TERRITORY for o in object_nouns(t)),
    "dealing": lambda t: any(c.dep_ == "xcomp" and c.lemma_ in _DEALING for c in t.children),
    "not-joining": lambda t: any(c.dep_ == "xcomp" and c.lemma_ in _JOINING for c in t.children),
    "to-terms": lambda t: any(o.lemma_ in ("term", "terms", "agreement", "understanding") for o in obliques(t, "to")),
    "shoulder": lambda t: any(c.lemma_ == "shoulder" or c.lower_ == "side" for c in t.subtree),
    "yes": lambda t: any(c.lower_ == "yes" for c in t.children),
    "lot": lambda t: any(o.lemma_ == "lot" for o in objects(t)),
    "using": lambda t: any(c.dep_ in ("xcomp", "ccomp") and c.lemma_ in ("use", "overfly", "refuel") for c in t.children),
    "rescue": lambda t: any(o.lemma_ in ("rescue", "aid", "assistance", "help") for o in obliques(t, "to")),
    "to-deed": lambda t: any(o.lemma_.lower() in DEEDS for o in obliques(t, "to")),
    "unsentenced": lambda t: not any(o.lemma_.lower() in _SENTENCES for case in ("to", "by") for o in obliques(t, case)),
    "of-protest": lambda t: any(w.lemma_.lower() == "protest" for o in object_nouns(t) for w in o.subtree),
    "of-wrongs": _of_wrongs,
    "under-criticism": lambda t: any(o.lemma_.lower() in ("criticism", "censure", "condemnation") for o in obliques(t, "under")),
    "to-task": lambda t: any(o.lemma_ == "task" for o in obliques(t, "to")),
    "to-negotiate": lambda t: any(c.dep_ == "xcomp" and c.lemma_ in ("negotiate", "talk", "deal", "compromise", "engage") for c in t.children),
    "to-comply": lambda t: any(c.dep_ == "xcomp" and c.lemma_.lower() in _COMPLYING for c in t.children),
    "negated": is_negated,
    "on-notice": lambda t: any(o.lemma_ == "notice" for o in obliques(t, "on")),
    "will-pay": _will_pay,
    "right-to-strike": lambda t: any(c.dep_ == "acl" and c.lemma_.lower() in _HOSTILE for o in objects(t) for c in o.children),
    "unofficial": lambda t: not any(s.ent_type_ in ("Country", "GovernmentBody", "Alliance", "MilitaryForce") for s in subjects(t)),
    "for-ouster": _for_ouster,
    "by-arms": lambda t: not any(o.lemma_.lower() in _PENALTIES for o in obliques(t, "with")) and not _by_treasury(t),
    "by-treasury": _by_treasury,
    "for-wrongs": _for_wrongs,
    "staying": lambda t: not any(c.lemma_ == "leave" for c in t.subtree if c.tag_ == "VB"),
    "no-walkout": lambda t: not _is_walkout(t),
    "into-vehicle": lambda t: any(o.lemma_.lower() in _CARS for case in ("into", "in") for o in obliques(t, case)),
    "no-envoys": lambda t: not any(s.lemma_.lower() in _CIVIL for s in (*subjects(t), *surface_subjects(t))),
    "of-warship": lambda t: any(_is_of_navy(s) for s in subjects(t)),
    "no-merchantman": lambda t: not _is_merchantman(t),
    "at-nobody": lambda t: not any(not _is_water(m) and not _is_day(m) for m in _aims(t, ("at", "on", "into", "against"))),
    "whole": lambda t: _bare(t) and not any(_is_part_of_country(o) for o in objects(t)),
    "training-alone": lambda t: _intransitive(t) and not _passes_on(t),
    "no-press": lambda t: not any(o.ent_type_ == "MediaOrganization" or o.lemma_.lower() in _PRESS for o in (*recipients(t), *obliques(t, "to"))),
    "training-together": lambda t: _intransitive(t) and _together(t) and not _passes_on(t),
    "as-outlaw": lambda t: any(w.lemma_.lower() in _OUTLAWED for w in t.subtree if w.i > t.i),
    "with-arms": lambda t: any(n.lemma_.lower() in _ROUNDS | _ARMS | _ASSAULTS | _VOLLEYS for o in obliques(t, "with") for n in o.subtree),
    "as-false": lambda t: any(w.lower_ in FALSE for c in t.children if c.i > t.i for w in c.subtree),
    "finding-false": lambda t: any(
        c.dep_ == "xcomp" and c.lower_ in FALSE and any(s.lemma_.lower() in CLAIMED for s in c.children if s.dep_ == "nsubj") for c in t.children
    ),
    "as-void": lambda t: any(c.lower_ in _VOID for c in t.children if c.i > t.i and c.dep_ in ("xcomp", "obl", "obj")),
    "alive": lambda t: any(c.lower_ == "alive" for c in t.children),
    "into-hands": lambda t: any(o.lower_ in ("hand", "hands") for o in obliques(t, "into")),
    "of-fighting": lambda t: any(s.lemma_.lower() in _FIGHTING for s in (*subjects(t), *surface_subjects(t))),
    "in-war": lambda t: is_passive(t) and any(o.lemma_.lower() in _FIGHTING for o in obliques(t, "in")),
    "taking-up": lambda t: any(c.dep_ == "compound:prt" and c.lower_ == "up" for c in t.children),
    "no-destination": lambda t: not any(obliques(t, case) for case in ("to", "into", "from", "out of")),
    "to-trial": lambda t: any(o.lemma_ == "trial" for o in obliques(t, "to")),
    "pleading": lambda t: not any(c.lower_ == "courtesy" for c in t.children) and (t.dep_ != "obj" or t.head.lemma_ != "pay"),
}
"""What `when` in a frame may say, beside `public` (an office of the state) and `plain` (the classes of `among` and none below them)."""
UNCONDITIONAL = (None, "public", "plain")
