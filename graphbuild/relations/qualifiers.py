"""Whether it happened, who says so, where and when: polarity, modality, attribution, place and time of a predicate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Token

from graphbuild.classes import DEEDS
from graphbuild.language.repairs.moves import CALENDAR
from graphbuild.records import Modality, Polarity, Time
from graphbuild.relations.arguments import Argument, Arguments
from graphbuild.relations.deeds import ABSOLVE
from graphbuild.speech import (
    ALLEGE,
    REPORTS,
    SAY,
    SHARES,
    UNTRUE,
    VOUCHING,
    Speech,
    blamed_on,
    called_untrue,
    disputed,
    is_alleged,
    is_as,
    is_reported,
    is_to_blame,
    reported_by,
    speaker_of,
    speech_at,
)
from graphbuild.syntax import (
    LIGHT,
    SPELLS,
    agents,
    case_of,
    conjuncts,
    has_copula,
    has_particle,
    is_cleft,
    is_fronted_auxiliary,
    is_infinitive,
    is_negated,
    is_passive,
    marker_of,
    modifiers,
    possessors,
    subjects,
)

_NEGATIONS = frozenset("not n't never no neither nor without hardly nobody none nothing n’t cannot".split())
_LEADING = frozenset("of from against that whether if".split())
"""What opens each of two clauses that hang on the same word: "denied that it had armed them and that its navy had"."""
_PROVIDED = frozenset("provided providing assuming supposing".split())
"""Participles that lead in a condition."""
_DOUBTS = frozenset("doubt question dispute deny contest".split())
"""Words that say of what is told that it may not be so, and of which it may be said that nobody does."""
_SHOWING = frozenset("evidence proof indication sign basis ground".split())
"""Nouns for what would show that a thing is so."""
_SCANT = frozenset("little scant insufficient".split())
"""Words before those nouns that say that next to nothing shows it."""
_SHORT_OF = frozenset("almost nearly".split())
"""Adverbs of a verb that say that it did not quite happen."""
_BY_DEGREES = frozenset("double triple quadruple treble halve complete finish exhaust deplete fill equal match".split())
"""Verbs of which a part is done where they are nearly done: "nearly doubled its aid"."""
_OCCASIONS = frozenset("time point stage way circumstance case account means occasion sense".split())
_CLAIM = frozenset("allege claim report write assert maintain suggest contend insinuate".split())
"""Verbs of an as-clause beside a denial that claim what is denied."""
_PREVENTED = frozenset(
    "deny refuse fail decline avoid prevent forbid cancel dismiss oppose abandon shelve scrap ban prohibit halt block resist rule"
    " reject refute disavow stop neglect refrain abstain desist exclude preclude thwart foil avert discourage dissuade bar deter hinder restrain"
    " pretend feign".split()
)
"""Verbs that say of their complement that it did or does not happen."""
_CONTEST = frozenset("dispute contest rebut gainsay disbelieve".split())
"""Verbs that say of a clause that it is not so, but of a thing only that it is not accepted: who contests a ban does not say that there is none."""
_PREVENTED_BY_PARTICLE = frozenset(
    tuple(pair.split()) for pair in ("call off", "turn down", "back out", "hold off", "hold back", "stop short", "give up")
)
"""The same, of a verb and its particle or adverb."""
_FALSELY = frozenset("falsely wrongly wrongfully erroneously mistakenly incorrectly inaccurately untruthfully baselessly".split())
"""Adverbs of who says something that is not so."""
_EXCLUDED = frozenset("rule exclude preclude".split())
"""Verbs whose denial leaves something possible: cannot be ruled out."""
_LET = frozenset("allow permit let tolerate enable".split())
"""Verbs of those who have it in their hands what others do."""
_UNWILLING = frozenset("unable unwilling".split())
_OMITTED = frozenset("refusal failure inability unwillingness reluctance".split())
"""Nouns that say of their infinitive that it does not happen."""
_DROP = frozenset("drop ditch discard renounce forswear lack".split())
"""Verbs that say of a plan or threat that nothing comes of it."""
_BREAKING = frozenset("break sever dissolve quit abandon leave renounce dump".split())
"""Verbs of those who are in an alliance no longer."""
_COMMENT = frozenset("comment speculate elaborate remark".split())
LIFT = frozenset("lift remove ease waive rescind revoke relax".split())
MEASURES = frozenset("sanction ban embargo blockade restriction tariff curb curfew".split())
"""What no longer holds when it is lifted."""
_CONFIRM = frozenset("confirm verify corroborate establish prove ascertain".split())
"""Verbs that say of what is told only whether it is known."""
_FAIL = frozenset("fail collapse founder".split())
"""Verbs that say of a plan or attempt that nothing came of it."""
_BEGUN = frozenset(("talk", "talks", "negotiation"))
"""Nouns for what took place though it failed."""
_VOICED = frozenset(
    "support backing solidarity condolence sympathy thank gratitude appreciation congratulation praise apology regret loyalty allegiance blessing consent"
    " concern criticism condemnation tribute respect admiration sorrow friendship warning".split()
)
"""Nouns for what is done by saying it: who offers condolences has condoled."""
_INTENDED = frozenset(
    "plan intend hope aim offer promise want expect seek prepare threaten consider propose vow pledge agree decide schedule arrange wish mean"
    " prefer try attempt strive"
    " commit undertake need ready look ask urge call request demand require order tell instruct invite encourage allow permit authorize"
    " authorise enable push press warn"
    " recommend advise suggest favour favor discuss contemplate mull weigh envisage envision await anticipate set due bind like determine"
    " appeal plead beg implore petition lobby pressure convince persuade vote campaign negotiate fear"
    " resolve resolved bid move work apply opt postpone delay defer risk ought".split()
)
"""Verbs and adjectives whose complement is not said to have happened yet."""
_INTENT_NOUNS = frozenset(
    "plan intention decision offer promise bid effort attempt proposal pledge commitment call request demand willingness readiness threat hope"
    " desire need order chance"
    " opportunity possibility prospect idea ability authority permission agreement obligation goal aim vow intent refusal aspiration mission"
    " mandate responsibility right campaign operation talk negotiation discussion scheme ambition project motion ultimatum appeal likelihood risk"
    " position means preparation pressure capacity capability point verge brink temptation option deadline time wish dream quest drive push eagerness"
    " determination resolve candidacy application invitation".split()
)
_LASTING = DEEDS | frozenset("partnership alliance relationship relation friendship tie cooperation bond war conflict aggression".split())
"""What there is already when it is discussed."""
_BACKED = frozenset("support back defend empower uphold".split())
_DEVOTED = frozenset("commitment committed dedicated determined work steadfast resolve effort mission".split())
"""Words beside which what one would back is backed already: "their commitment to support Chad"."""
_FOUGHT = frozenset("defeat degrade combat fight counter destroy eradicate eliminate".split())
_CAMPAIGNS = frozenset("effort campaign fight struggle operation war battle coalition".split())
"""Nouns for what fights already whom it is to defeat: "efforts to defeat the militia"."""
_PROSPECTS = frozenset("possibility prospect idea likelihood risk chance threat danger fear hope plan".split())
"""Nouns whose of-phrase names what has not happened: the prospect of a meeting."""
_SINGLING = frozenset("first second third last latest only one next sole".split())
"""Words of a noun whose infinitive says what those did whom it names."""
_PRESUPPOSING = frozenset(
    "end halt cessation condemn denounce deplore criticize criticise regret mourn condole thank welcome praise stop resume continue".split()
)
"""Words whose complement is taken to be real: an end to the attacks, they condemn the attacks."""
_REACTING = frozenset(
    "join study examine investigate investigation probe inquiry enquiry protest respond response react reaction explain punish avenge retaliate revenge"
    " try".split()
)
"""Words for what somebody does about a deed that has been done: "vowed to avenge the killing"."""
_FACTIVE = frozenset("forget regret remember know realize realise recall overlook ignore notice acknowledge reveal learn discover".split())
"""Verbs that take what their clause says for true, whatever is said of themselves: "do not forget that they bombed"."""
_DONE_BY_WISHING = frozenset("thank congratulate commend applaud praise salute condemn denounce deplore condole apologise apologize express convey".split())
"""Verbs for what who says that he wishes to do it has done: "I would like to thank"."""
_HONOURS = frozenset("honour honor pleasure privilege".split())
"""What notes say that those who write them have in what they do: "has the honour to inform"."""
_DONE_BY_VOTE = frozenset("condemn approve ratify adopt suspend declare recognise recognize censure reject elect endorse pass impeach".split())
"""Verbs for what a parliament or council does by voting."""
_WISHING = frozenset("want like wish let allow permit".split())
_FLOWS = frozenset("aid assistance help funding delivery shipment supply".split())
CUTTING = frozenset("stop cease halt end suspend freeze".split())
"""Verbs after which nothing of what their object names is given any more: halted aid to."""
_ENDING = frozenset("stop cease halt end quit keep resume continue".split())
"""Verbs whose gerund was going on before: stop arming."""
_UNREAL_ADJECTIVES = frozenset(
    "planned possible potential proposed upcoming future likely hypothetical prospective forthcoming next would-be expected scheduled unlikely"
    " imminent further impending aspiring incoming intended feared postponed pending".split()
)
_UNDONE_ADJECTIVES = frozenset("thwarted foiled averted cancelled canceled aborted abandoned imaginary fictitious fabricated attempted abortive non".split())
"""Words before a noun for what has not happened or is not so: "the thwarted attack", "a non-member"."""
_UNREAL_PREDICATES = frozenset(
    "likely ready willing able due set unlikely prepared eager keen possible determined poised unable expected reluctant unwilling committed bound"
    " imminent inevitable impossible imperative vital essential crucial necessary incumbent urgent".split()
)
_KIN = frozenset("husband wife spouse father-in-law mother-in-law son-in-law daughter-in-law".split())
_HOSTED = frozenset("host organise organize hold convene chair sponsor stage plan schedule".split())
"""Verbs for what is done to an occasion: it may be still to come."""
_DUE = frozenset("due set expected scheduled slated poised likely about planned bound supposed".split())
"""Words between a form of be and an infinitive that is still to come."""
_BENT = frozenset("interested intent keen set bent".split())
_MINDED = frozenset(
    (verb, case)
    for case, verbs in (("on", "insist plan decide count"), ("of", "think talk dream speak warn"), ("about", "think talk"), ("to", "look"))
    for verb in verbs.split()
)
"""Verbs and the prepositions of a gerund that is only in the mind: insists on sending, thinks of leaving, looks forward to meeting."""
_ASKING = frozenset(
    (verb, case)
    for case, verbs in (
        ("for", "call ask prepare push press brace hope wait long aim plead lobby campaign yearn pray"),
        ("to", "commit agree"),
        ("on", "agree"),
        ("of", "warn"),
        ("about", "warn"),
        ("with", "threaten"),
    )
    for verb in verbs.split()
)
"""Verbs and the prepositions of what does not yet happen."""
_WHEN = frozenset("when once until till before after as".split())
_ACTUAL_CONTROL = frozenset(
    "manage become help continue begin start cease go come keep get proceed use dare happen appear seem prove turn remain force compel oblige lead"
    " cause make let"
    " enable bring drive prompt see hear watch say tend suffice serve move hasten feel find know show regret believe think report allege claim"
    " understand suspect rumour rumor presume assume profess admit hesitate train pay send join travel fly sail deploy meet gather".split()
)
"""Verbs whose infinitive complement is as actual as they are, or tells of a purpose; that of others is not said to have happened."""
_HAPPEN = frozenset("happen occur begin start open resume proceed follow materialise materialize last commence run".split())
"""Verbs that say of the event that is their subject that it takes place."""
_TAKING = frozenset("place effect shape".split())
"""Objects that make "take" such a verb."""
_SEEM = frozenset("look seem appear remain".split())
_BELIEVED = frozenset("say believe think report allege claim understand suspect rumour rumor presume assume".split())
"""Verbs whose passive raises the subject of what is only told: is said to have armed."""
_UNCERTAIN = frozenset("possible likely unlikely probable improbable conceivable plausible doubtful".split())
"""Predicates that say of a that-clause only that it may be so."""
_MAYBE = frozenset("probably perhaps possibly maybe presumably conceivably likely".split())
"""Adverbs that say of a verb only that it may be so."""
_SPEAKING = frozenset("phone telephone call ring write speak tweet cable gather rally march assemble demonstrate turn".split())
_SPOKEN = frozenset("thank congratulate urge protest demand condemn denounce praise express convey offer ask warn demonstrate mourn celebrate".split())
_TRAVEL = frozenset("travel visit go come arrive fly return head depart leave host meet gather convene join assemble".split())
"""Verbs whose purpose or occasion happens when they do: will travel to Kyiv for talks."""
_WISHES = frozenset("invitation request behest urging insistence".split())
_JOURNEYS = frozenset("travel go come arrive fly return head leave depart march drive sail".split())
_WILL = frozenset("will shall 'll ’ll wo would 'd ’d".split())
_MAY = frozenset("may might could can must should ca ought".split())
_COMING = frozenset("tomorrow tonight next coming".split())
"""Words of a time that is to come."""
_PLACE_CASES = frozenset("in at near on outside inside around aboard off within throughout across along".split())
_WELCOMING = frozenset("welcome greet".split())
_WELCOMED_CASES = frozenset(("to",))
"""The preposition of where somebody is welcomed: "welcomed her to the Elysee Palace"."""
_SPOTS = frozenset(
    "vicinity coast shore coastline outskirt outskirts stronghold bastion heart part half north south east west northeast northwest southeast southwest".split()
)
"""Nouns for where in a place, or how near to it, something happens: "in the vicinity of Jilib", "off the country's coast"."""
_OCCASION_CASES = frozenset("in at during on inside".split())
_BRIEFING = frozenset("speak talk address appear testify write comment tweet brief".split())
_DATING = CALENDAR | frozenset("on last next this early late earlier later that day week month year".split())
_PLACES = ("Place", "Country", "City", "Region", "Facility")
_ADVERBIAL = ("of", "from", "for", "to", "if", "unless", "whether", "into", "against", "in", "on", "about")
"""Markers of the adverbial clauses that their governor qualifies."""
_QUALIFYING_CASES = ("of", "for", "on", "about", "with", "to", "against", "from", "without")
_OWN_VOICE = frozenset("i we".split())
_ALLEGED = frozenset("reportedly allegedly purportedly supposedly apparently alleged purported reported suspected supposed presumed reputed".split())
CALLED = _ALLEGED | frozenset("accused rumoured rumored".split())
"""Words before a noun for what somebody is only said to be."""
_BY_THEMSELVES = frozenset("proclaimed styled declared described".split())
"""Words behind "self-" for what somebody only calls themselves."""
_HOW_FAR = _UNREAL_ADJECTIVES | _UNDONE_ADJECTIVES | _ALLEGED
"""Words before a noun for what does not hold, not yet, or only by report."""
_CHARGED = frozenset("accused suspected charged wanted".split())
"""Participles of who is said to have done something; taggers take some for nouns."""
_MUTE = ("Place", "City", "Region", "Facility", "Position")
"""What speaks in no text, though a dateline may stand where speakers do: "APIA: …"."""
_MEANWHILE = ("in", "at", "during", "on", "through", "as part of")
_LENDING = ("self", "light", "shared", "object", "complement", "occurring", "occasion", "accompanying")
"""Links over which a governor's own auxiliaries hold of what it governs."""
_PLIGHTS = frozenset("crisis situation development conflict war violence security stability unrest tension fighting peace future".split())
"""Nouns for what somebody may speak of that is elsewhere."""
_HOURS = frozenset("end start beginning middle close eve dawn daybreak sunrise noon dusk sunset nightfall midnight".split())
"""Nouns for a point in a stretch of time."""
_ALL_THE_SAME = frozenset(
    (verb, noun)
    for verbs, nouns in (
        ("spare spar", "effort expense pain"), ("waste lose", "time opportunity"), ("leave", "stone doubt"), ("make", "secret bone"),
        ("have", "choice option alternative hesitation qualm"),
    )
    for verb in verbs.split()
    for noun in nouns.split()
)  # fmt: skip
"""Verbs and the objects of which there was none when something was done: "lost no time in condemning", "had no choice but to leave"."""
_UP_TO = frozenset(("since", "until", "before", "ahead of", "prior to"))
"""Prepositions before an event that say on which side of it something lies."""
_AT_WHICH = frozenset("in on at during within by of as".split())
"""Prepositions of an event at which, or as a part of which, something else is done."""
_CLAUSAL = frozenset(("xcomp", "ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj"))


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody (or nobody in particular) who claims what the text itself denies, and the word that says so."""

    speaker: Argument | None
    cue: int


@dataclass(frozen=True, slots=True)
class Qualified:
    """What qualifies a predicate; `cues` name the tokens that show it."""

    polarity: Polarity = "positive"
    modality: Modality = "actual"
    speaker: Argument | None = None
    hearsay: bool = False
    cues: tuple[tuple[str, int], ...] = ()
    claimed: "Claim | None" = None
    vouched: bool = False
    """Whether the word of attribution itself takes it for true: "confirmed that"."""


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time expression: tokens `start:end`; `past` and `future` are its readings beside a verb in that tense, where tense tells them apart."""

    start: int
    end: int
    time: Time
    past: Time | None = None
    future: Time | None = None

    def beside(self, predicate: Token, modality: Modality) -> "FoundTime":
        """Return it as the tense of a predicate reads it: "flew there in June" is not next June, "will meet in April" not last April."""
        told = predicate.tag_ in ("VBD", "VBN") and modality == "actual"
        ahead = (predicate.head if predicate.pos_ == "NOUN" else predicate).tag_ == "VB" or _is_present(predicate)
        reading = self.past if told else self.future if modality == "planned" and ahead else None
        return replace(self, time=reading) if reading is not None else self


_HOLDING = frozenset("held controlled occupied guarded besieged defended".split())
"""Participles for what has become of a place, whatever others would do with it."""
_CAPTURES = frozenset("hold detain imprison arrest jail abduct kidnap capture take seize occupy kill injure displace attack".split())
_STANCES = frozenset("recognise recognize accept condone tolerate forget forgive ignore excuse justify legitimise legitimize overlook".split())
"""Verbs for how somebody takes what has happened: not to do so does not deny it."""


def qualify(predicate: Token, trigger: Token, arguments: Arguments, speeches: tuple[Speech, ...]) -> Qualified:
    """Read polarity, modality and attribution off the clause, its governors and the speech that it stands in."""
    cues: list[tuple[str, int]] = []
    polarity = _polarity(predicate, trigger, cues)
    modality = _modality(predicate, trigger, cues)
    speaker, hearsay = _speaker(predicate, trigger, arguments, speeches, cues)
    claimed = _claimed(predicate, trigger, arguments) if polarity == "negative" else None
    if (lying := next((i for name, i in cues if name == "polarity" and predicate.doc[i].lower_ in _FALSELY), None)) is not None and claimed is None:
        speaker, hearsay, claimed = None, False, Claim(speaker, predicate.doc[lying].head.i)
    vouched = any(name == "attribution" and predicate.doc[i].lemma_ in VOUCHING and not _is_withheld(predicate.doc[i]) for name, i in cues)
    return Qualified(polarity, modality, speaker, hearsay and not vouched, tuple(cues), claimed, vouched)


def _claimed(predicate: Token, trigger: Token, arguments: Arguments) -> Claim | None:
    """Return who claims what is denied: "did not arm them, as Egypt alleges", "denied U.S. claims that …", "contrary to what the Times wrote"."""
    for node, _ in _governors(predicate, trigger):
        clauses = [c for c in node.children if is_as(c) and c.lemma_ in _CLAIM]
        contrary = next((t for t in node.sent if t.lower_ == "contrary" and t.i + 1 < len(t.doc) and t.nbor().lower_ == "to"), None)
        if contrary is not None:
            clauses += [t for t in node.doc[contrary.i + 2 : contrary.i + 12] if t.pos_ == "VERB" and t.lemma_ in SAY][:1]
        for clause in clauses:
            if (who := speaker_of(clause)) is not None:
                return Claim(next(iter(arguments.of_head(who)), None), clause.i)
        if is_reported(node) and (disputed(node.head) is not None or _link(node.head) == "told"):
            noun = node.head
            if any(c.dep_ == "det" and c.lower_ in ("any", "no") for c in noun.children):
                return None  # "rejected any suggestion that": nobody need have made it
            owners = (*arguments.of_phrases((*possessors(noun), *modifiers(noun, "by"))), *arguments.before(noun, noun.i))
            return Claim(next(iter(owners), None), noun.i)
    return None


def _polarity(predicate: Token, trigger: Token, cues: list[tuple[str, int]]) -> Polarity:
    negative = False
    counted: set[int] = set()
    below = trigger
    for node, shared in _governors(predicate, trigger):
        if _is_beyond_denial(node, shared, below):
            break
        cue = _polarity_cue(node, shared, below)
        if cue is not None and _is_of_something_else(cue, node, shared, below, predicate):
            cue = None
        if negative and (shared == "shared" or (cue is not None and _joins_denials(predicate))):
            cue = None  # "neither host them nor fund them", "has no plan to host them, nor to fund them" denies each once
        if cue is not None and cue.i not in counted:  # "has no plans to" denies once, though "no" stands below both noun and verb
            counted.add(cue.i)
            cues.append(("polarity", cue.i))
            negative = not negative
        below = node
    return "negative" if negative else "positive"


def _is_beyond_denial(node: Token, shared: str, below: Token) -> bool:
    """Tell whether what denies a governor, or what is above it, leaves what hangs on it as it is."""
    if node.lemma_ == "deny" and node.dep_ == "conj" and node.head.lemma_ in _CONFIRM:
        return True  # "would neither confirm nor deny that it had"
    by_doing = shared == "accompanying" and marker_of(below) == "by"  # "did not respond by attacking"
    beside = shared in ("occasion", "accompanying") and not by_doing  # "did not raise it in talks with Xi": they talked
    return beside or (shared == "adverbial" and marker_of(below) in ("if", "unless"))  # "will not leave unless Chad frees her"


def _is_of_something_else(cue: Token, node: Token, shared: str, below: Token, predicate: Token) -> bool:
    """Tell whether what denies a governor says nothing of the predicate itself."""
    if predicate.dep_ == "acl" and predicate.tag_ == "VBN" and shared not in ("self", "light") and node != predicate.head and agents(predicate):
        return True  # "Kenya rejected the treaty signed by Chad"
    if cue.head.i == below.i and below.lemma_ in _DOUBTS:
        return True  # "has no doubt that they bombed it"
    return shared == "shared" and _stands_alone(below, cue)  # "vowed not to attack and to free her", "almost left but stayed"


def _stands_alone(second: Token, cue: Token) -> bool:
    """Tell whether what turns the first of two verbs into its opposite leaves the second as it is: one behind "but", or behind "and" with "to" of its own."""
    joins = {c.lower_ for c in second.children if c.dep_ == "cc"}
    own = marker_of(second) == "to" and cue.head.i == second.head.i
    return "but" in joins or (own and "and" in joins)


def _joins_denials(verb: Token) -> bool:
    """Tell whether "nor" joins a verb to another one that is denied: it denies nothing twice."""
    return verb.dep_ == "conj" and any(c.lower_ == "nor" and c.dep_ in ("cc", "advmod", "mark") for c in verb.children)


def _polarity_cue(node: Token, shared: str, below: Token) -> Token | None:
    """Return the word by which a predicate, or something above it, turns it into its opposite."""
    if _is_twice_denied(node, shared):
        return None
    cue = _negation(node) if shared != "clause" and not _is_stance(node, shared, below) else None
    if cue is None and shared in ("self", "light"):
        cue = next((c for c in node.children if c.dep_ in ("obj", "iobj", "obl") and c.lower_ in ("nobody", "nothing", "none")), None) or _undone(node)
    untrue = _untrue_of(node, below) if shared == "noun" else called_untrue(below) if shared == "object" else None
    if untrue is not None:
        return untrue
    if shared in ("complement", "clause") and (falsely := _falsely(node)) is not None:
        return falsely
    if node.lemma_ == "hesitate" and shared == "complement":
        return None if cue is not None else node  # "would not hesitate to attack"
    if _prevents(node, shared, below) or _cuts_off(node, shared, below):
        return None if cue is not None and node.lemma_.lower() in _EXCLUDED | CUTTING else node
    if shared == "told":
        told = node.lower_ in UNTRUE or _is_baseless(node) or (_fails(node) and not (below.lemma_ in _BEGUN and node.lemma_ in _FAIL)) or _proved_untrue(node)
        return (None if cue is not None and node.lower_ in UNTRUE else node) if told else cue
    return cue if cue is not None or shared == "cleft" else _counterfactual(node)


def _falsely(verb: Token) -> Token | None:
    """Return the adverb by which a text says of what somebody says that it is not so: "falsely claimed that they had bombed it"."""
    return next((c for c in verb.children if c.dep_ == "advmod" and c.lower_ in _FALSELY), None) if verb.lemma_ in SAY else None


def _undone(noun: Token) -> Token | None:
    """Return the word before a noun that says that it has not happened, or is not so."""
    before = (c for c in noun.children if c.lower_ in _UNDONE_ADJECTIVES and (c.dep_ == "amod" or c.lower_ == "non")) if noun.pos_ == "NOUN" else ()
    return next(iter(before), None)


def _is_twice_denied(node: Token, shared: str) -> bool:
    """Tell whether a doubt or a failure is itself denied: "there is no doubt that", "does not deny that", "nobody denies that", "never fails to"."""
    lemma = node.lemma_.lower()
    if lemma in _DOUBTS and shared in ("noun", "complement", "told", "clause"):
        nobody = any(c.dep_ == "nsubj" and c.lower_ in ("nobody", "none", "no-one") for c in node.children)
        no_one = any(c.dep_ == "nsubj" and g.lower_ == "no" for c in node.children for g in c.children)
        return nobody or no_one or is_negated(node) or (node.pos_ == "NOUN" and any(c.lower_ in ("no", "without") for c in node.children))
    return lemma in ("fail", "neglect", "omit") and shared == "complement" and is_negated(node)


def _untrue_of(noun: Token, clause: Token) -> Token | None:
    """Return the word that says of what a noun tells that it is not so: "its denial that it had armed them", "reports that … are false"."""
    if noun.lower_ == "nothing" and clause.lemma_ == "do":
        return noun  # "had nothing to do with the attack"
    if clause.dep_ == "acl" and marker_of(clause) == "that":
        if noun.lemma_ == "denial" or (noun.lower_ in UNTRUE and has_copula(noun)):
            return noun  # "it is a lie that they bombed it"
        if noun.lemma_ in _SHOWING and (scant := next((c for c in noun.children if c.lower_ in _SCANT and c.dep_ in ("amod", "det")), None)) is not None:
            return scant
    return _untrue_beside(noun) if is_reported(clause) else None


def _untrue_beside(noun: Token) -> Token | None:
    """Return the predicate that parsers hang on the noun, or on who says so: "reports that Iran bombed Erbil are false", "… are a fairy tale, said Lind"."""
    told = noun.head.children if noun.dep_ == "nsubj" and noun.head.lemma_ in SAY else ()
    return next((c for c in (*noun.children, *told) if c.lower_ in UNTRUE and has_copula(c) and c.i > noun.i), None)


def _cuts_off(node: Token, shared: str, below: Token) -> bool:
    """Tell whether a verb says that what its object names is given no more: "has halted aid to Kyiv"."""
    return shared == "light" and below.lemma_.lower() in _FLOWS and node.lemma_.lower() in CUTTING


def _prevents(node: Token, shared: str, below: Token) -> bool:
    """Tell whether a word says of what hangs on it that it does not happen: "refused to", "called off the", "refusal to", "decided against"."""
    lemma = node.lemma_.lower()
    if shared == "noun" or below.lemma_.lower() == "threat":  # who rejects a threat does not say that it is not carried out
        return lemma in _OMITTED and _is_base(below)
    if lemma in ABSOLVE and "of" in (case_of(below), marker_of(below)):
        return True
    if shared in ("object", "light") and (undone := _undoes(lemma, below.lemma_.lower())) is not None:
        return undone
    if shared == "adverbial" and marker_of(below) in ("against", "to"):
        return _stops_before(node, below)
    of_verb = shared in ("complement", "object") or (shared == "light" and lemma not in _ENDING)
    if shared == "adverbial" and marker_of(below) in ("of", "from") and below.tag_ == "VBG":
        of_verb = lemma not in _ENDING or any(c.dep_ in ("obj", "nsubj:pass") for c in node.children) or has_particle(node, "short")
    if not of_verb or (shared == "light" and below.lemma_.lower() in REPORTS):  # who denies a report does not deny that it was written
        return False
    if node.lower_ in _UNWILLING and _is_base(below):
        return True
    by_particle = any(has_particle(node, particle) for verb, particle in _PREVENTED_BY_PARTICLE if verb == lemma)
    by_verb = lemma in _PREVENTED and not _is_accuser(node) and (lemma != "rule" or has_particle(node, "out"))
    by_verb = by_verb and not (lemma in ("refuse", "fail") and below.tag_ == "VBG")  # "refused, recalling that"
    return by_verb or by_particle or (shared == "complement" and lemma in _CONTEST)


def _undoes(lemma: str, noun: str) -> bool | None:
    """Tell whether a verb says of a measure, a plan or an alliance that there is none any more; None where it is no such verb of such a thing."""
    if lemma in LIFT | _DROP and noun in MEASURES | _INTENT_NOUNS:
        return noun in (MEASURES if lemma in LIFT else _INTENT_NOUNS)
    return True if lemma in _BREAKING and noun == "alliance" else None


def _stops_before(verb: Token, below: Token) -> bool:
    """Tell whether a verb says that one did not go as far as something: "decided against leaving", "came close to leaving"."""
    if marker_of(below) == "against":
        return verb.lemma_ in ("decide", "rule", "vote", "argue")
    return below.tag_ == "VBG" and verb.lemma_ in ("come", "get") and any(c.lower_ in ("close", "near") for c in verb.children)


def _counterfactual(node: Token) -> Token | None:
    """Recognise what was to happen and did not: "would have joined", "should have met", "was to have met", "had planned to visit", "had Greece vetoed it"."""
    if node.pos_ != "VERB" and not any(c.dep_ == "cop" for c in node.children):
        return None
    before = {c.lower_: c for c in node.children if c.dep_ in ("aux", "cop") and c.i < node.i}
    perfect = node.tag_ == "VBN" and ("have" in before or "'ve" in before)
    if perfect and (unreal := before.get("would") or before.get("should")) is not None:
        return unreal
    if perfect and marker_of(node) in ("to", "due"):
        return next((before[form] for form in ("was", "were") if form in before), None)
    if node.dep_ == "ccomp" and node.head.lemma_ == "wish" and node.tag_ == "VBN" and "had" in before:
        return node.head
    return is_fronted_auxiliary(node, "had")


def _is_baseless(node: Token) -> bool:
    """Recognise "is without foundation", "has no basis"."""
    return node.lower_ in ("foundation", "basis", "merit", "substance") and (
        case_of(node) == "without" or any(c.lower_ == "no" and c.dep_ == "det" for c in node.children)
    )


def _fails(verb: Token) -> bool:
    """Recognise verbs that say of a plan that nothing came of it: "the talks collapsed", "the visit fell through"."""
    return verb.lemma_ in _FAIL or (verb.lemma_ == "fall" and has_particle(verb, "through"))


def _proved_untrue(verb: Token) -> bool:
    """Recognise "proved false", "turned out to be a hoax"."""
    shown = verb.lemma_ in ("prove", "turn") and not any(c.dep_ == "nsubj:pass" for c in verb.children)
    return shown and any(c.dep_ in ("xcomp", "obj", "advcl") and c.lower_ in UNTRUE for c in verb.children)


def _is_accuser(node: Token) -> bool:
    return node.lemma_ in ("oppose", "dismiss", "reject", "block") and node.pos_ != "VERB"


def _negation(node: Token) -> Token | None:
    if (unmet := _yet_to(node) or _at_no_time(node) or _nowhere_near(node)) is not None:
        return unmet
    for child in node.children:
        if _is_ended(child) or _is_in_place_of(child) or _falls_short(child):
            return child
        negates = child.lower_ in _NEGATIONS and child.dep_ in ("advmod", "det", "cc:preconj", "mark", "case", "aux", "cc")
        negates = negates and (node.head.lemma_, node.lemma_) not in _ALL_THE_SAME
        if negates and not (child.lower_ == "not" and any(g.lower_ == "only" for g in (*child.children, *child.doc[child.i + 1 : child.i + 2]))):
            return child
        if (node.pos_ in ("VERB", "AUX") or child.dep_ == "nsubj") and (none := _empty(child)) is not None:
            return none
        if child.dep_ in ("nsubj", "nsubj:pass") and child.lower_ in ("nobody", "none", "neither"):
            return child
    return None


def _is_ended(word: Token) -> bool:
    """Recognise "no longer supports"."""
    return word.lower_ in ("longer", "more") and word.dep_ == "advmod" and bool(word.i) and word.nbor(-1).lower_ == "no"


def _falls_short(word: Token) -> bool:
    """Recognise "almost signed", but not "nearly doubled its aid"."""
    verb = word.head
    return word.lower_ in _SHORT_OF and word.dep_ == "advmod" and verb.pos_ == "VERB" and verb.lemma_ not in _BY_DEGREES


def _is_in_place_of(word: Token) -> bool:
    """Recognise "instead of attacking", "rather than meet him": something else was done."""
    return word.lower_ in ("instead", "rather") and word.dep_ in ("mark", "cc", "case", "advmod") and any(c.dep_ == "fixed" for c in word.children)


def _empty(child: Token) -> Token | None:
    """Return the word that empties a phrase: "no troops", "neither side", "neither Paris nor Rome"."""
    for word in child.children:
        if child.dep_ in ("nsubj", "nsubj:pass", "obj") and word.lower_ in ("no", "neither") and word.dep_ == "det":
            return word if (child.head.lemma_, child.lemma_) not in _ALL_THE_SAME else None
        if child.dep_ in ("nsubj", "nsubj:pass") and word.lower_ == "not" and any(c.lower_ in ("single", "one") for c in child.children):
            return word  # "not a single soldier"
        neither = word.lower_ == "neither" and word.dep_ in ("cc:preconj", "advmod", "det", "cc")
        if child.dep_ in ("obj", "obl", "nsubj", "nsubj:pass") and neither:
            return word
    return None


def _at_no_time(node: Token) -> Token | None:
    """Recognise "has at no time threatened", "in no way supports", "under no circumstances"."""
    phrases = [c for c in node.children if c.dep_ in ("obl", "obl:unmarked", "nmod") and c.lemma_.lower() in _OCCASIONS]
    return next((g for c in phrases for g in c.children if g.lower_ == "no" and g.dep_ == "det"), None)


def _nowhere_near(node: Token) -> Token | None:
    """Recognise "is nowhere near signing it"."""
    near = next((c for c in node.children if c.lower_ == "near" and c.dep_ in ("mark", "case", "advmod")), None)
    return near if near is not None and near.i and near.nbor(-1).lower_ == "nowhere" else None


def _yet_to(node: Token) -> Token | None:
    """Recognise "has yet to ratify"."""
    yet = next((c for c in (*node.children, *node.head.children) if c.lower_ == "yet" and c.i < node.i and node.i - c.i <= 4), None)
    if yet is None or node.tag_ != "VB" or not any(t.lower_ == "to" for t in node.doc[yet.i + 1 : node.i]):
        return None
    return yet if any(t.lower_ in ("has", "have", "had", "is", "are") for t in node.doc[max(0, yet.i - 2) : yet.i]) else None


def _governors(predicate: Token, trigger: Token) -> Iterator[tuple[Token, str]]:
    """Yield the predicate and what it depends on, with how: self, light (the verb of a noun), complement, object (of a verb), noun, clause, occasion."""
    if trigger.i != predicate.i:
        yield trigger, "self"
        if predicate.lemma_.lower() in _ENDING and any(c.dep_ == "nmod:poss" for c in trigger.children):
            return  # what one is to stop, one does: "stop its attacks"
    yield predicate, "self" if trigger.i == predicate.i else "light"
    node = predicate
    for _ in range(6):
        head = node.head
        if (
            head.i == node.i
            or (node.dep_ == "ccomp" and head.lemma_.lower() in _FACTIVE)
            or (head.lemma_.lower() in _PRESUPPOSING and node.pos_ == "NOUN")
            or (head.lemma_.lower() in _REACTING and node.pos_ == "NOUN" and node.lemma_.lower() in DEEDS)
            or (head.lemma_ in _CONFIRM and node.dep_ in ("obj", "nsubj:pass", "ccomp"))  # what could not be confirmed is neither denied nor possible
            or (node.dep_ in ("obl", "nmod") and case_of(node) == "for" and node.lemma_.lower() in DEEDS and bool(possessors(node)))  # "for their attacks on"
            or (head.lemma_ in _COMMENT and node.dep_ == "obl")  # "would not comment on rumours that"
            or _is_done_by_wishing(node)
            or (head.lemma_.lower() in _ENDING and node.tag_ == "VBG" and marker_of(node) not in ("of", "from"))
            or (node.dep_ in ("xcomp", "ccomp", "csubj") and marker_of(node) in ("whether", "if"))  # "has not decided whether to attend"
        ):
            return
        if node.dep_ == "conj" and _is_told_beside(node):
            node = head  # what is above the first of two told clauses is above the second, too
            continue
        link = _link(node) or ("occasion" if node.i == trigger.i and _is_occasion(node) else None)
        if node.dep_ == "acl:relcl" and is_cleft(head):
            yield head, "cleft"
        if link is None:
            return
        yield head, link
        node = head


def _is_done_by_wishing(verb: Token) -> bool:
    """Recognise "I want to thank Kenya", "would like to express our condolences", "let me congratulate", "takes this opportunity to thank"."""
    head = verb.head
    having = head if head.lemma_ == "have" else head.head
    honoured = having.lemma_ == "have" and any(c.dep_ == "obj" and c.lemma_ in _HONOURS for c in having.children)
    if verb.tag_ == "VB" and honoured and verb.lemma_ in SAY | _DONE_BY_WISHING:
        return True  # "has the honour to inform"
    if verb.tag_ == "VB" and head.lemma_ == "vote" and head.tag_ == "VBD" and verb.lemma_ in _DONE_BY_VOTE and not is_negated(head):
        return True  # "voted to condemn the raid"
    if verb.lemma_.lower() not in _DONE_BY_WISHING or verb.tag_ != "VB" or _negation(head) is not None:
        return False
    if head.lemma_ == "opportunity" or (head.lemma_ == "take" and any(c.lemma_ == "opportunity" for c in head.children)):
        return verb.dep_ in ("acl", "advcl", "xcomp")
    let = head.lemma_ in ("let", "allow", "permit")
    others = any(c.dep_ in ("obj", "iobj", "nsubj") and c.lower_ not in ("me", "us") for c in (*head.children, *verb.children) if c.i > head.i and c.i < verb.i)
    return head.lemma_ in _WISHING and verb.dep_ in ("xcomp", "ccomp") and not others and (not let or head.tag_ == "VB")


def _is_occasion(noun: Token) -> bool:
    """Recognise what takes place with its verb, and by the same actors, if that does: "would raise it in talks with Xi", not "raised it" or "may have"."""
    verb = noun.head
    if noun.dep_ != "obl" or noun.pos_ != "NOUN" or case_of(noun) not in _MEANWHILE or verb.pos_ != "VERB" or verb.tag_ == "VBD":
        return False
    return not _is_perfect(verb) and not possessors(noun) and not modifiers(noun, "by")


def _is_fronted(node: Token) -> bool:
    """Recognise a participle before its clause: "Deploying two frigates, Norway asked for calm"."""
    return node.dep_ == "csubj" and node.tag_ == "VBG" and node.i < node.head.i and any(c.dep_ == "nsubj" for c in node.head.children)


def _is_as_object(noun: Token) -> bool:
    """Recognise an object, and what stands for one: "wants to enter into an agreement"."""
    return noun.dep_ == "obj" or (noun.head.lemma_ == "enter" and case_of(noun) == "into") or called_untrue(noun) is not None


def _link(node: Token) -> str | None:
    """Return how a node depends on its head, as far as that may qualify it."""
    head = node.head
    match node.dep_:
        case "xcomp" | "ccomp" | "csubj" if head.lower_ not in UNTRUE and not _is_fronted(node):
            return "complement" if head.lemma_ not in ("say", "tell") or (head.lemma_ == "tell" and node.tag_ == "VB") else "clause"
        case "obj" | "obl" if head.pos_ == "VERB" and node.pos_ in ("NOUN", "PROPN") and _is_as_object(node):
            return "object"
        case "nsubj" | "nsubj:pass" | "nsubj:outer" | "csubj":
            return _link_of_subject(node)
        case "nmod" | "obl" if node.pos_ == "NOUN" and (case_of(node) in _QUALIFYING_CASES or (case_of(node) == "in" and head.lemma_.lower() in SHARES)):
            return "noun" if head.pos_ == "NOUN" else "prepositional"
        case "acl" | "acl:relcl" | "appos":
            return "noun" if _describes(node) else None
        case "conj" if _shares_governors(node):
            return "shared"
        case "advcl":
            return "adverbial" if marker_of(node) in _ADVERBIAL else "accompanying" if _accompanies(node) else None
        case _:
            return None


def _accompanies(node: Token) -> bool:
    """Recognise what is done with, or by, what a clause tells, when it will be done: "will visit Oslo, meeting the premier", not "left, killing two"."""
    if marker_of(node) == "by" and node.tag_ == "VBG":
        return True  # "will respond by expelling two envoys"
    first = node.left_edge.i
    comma = first > 0 and "," in (node.doc[first].text, node.doc[first - 1].text)
    bare = node.tag_ == "VBG" and marker_of(node) is None and not any(c.dep_ in ("nsubj", "nsubj:pass", "aux") for c in node.children)
    return bare and comma and node.i > node.head.i and node.head.tag_ == "VB" and node.lemma_ not in SAY


def _link_of_subject(node: Token) -> str | None:
    head = node.head
    if node.dep_ == "nsubj:pass" and node.pos_ in ("NOUN", "PROPN") and head.pos_ == "VERB":
        return "object"
    if node.dep_ == "nsubj" and node.pos_ == "NOUN" and (_happens(head) or _is_under_debate(head)):
        return "occurring"
    untrue = head.lower_ in UNTRUE or _is_baseless(head) or _fails(head) or _proved_untrue(head)
    return "told" if untrue and node.pos_ in ("NOUN", "VERB") else None


def _is_under_debate(head: Token) -> bool:
    """Recognise what is said of a plan: "is under discussion", "is under consideration"."""
    return case_of(head) == "under" and head.lower_ in ("discussion", "consideration", "review", "preparation", "negotiation", "study")


def _describes(clause: Token) -> bool:
    """Tell whether what a noun is qualified by holds of its clause, too: "a plan to", "reports that", "the drill that they had planned (was called off)"."""
    if clause.dep_ == "appos" or (clause.dep_ == "acl:relcl" and is_reported(clause)):
        return is_reported(clause)
    taken = any(c.dep_ == "obj" and c.pos_ in ("NOUN", "PROPN") for c in clause.children)
    if clause.dep_ == "acl" and clause.tag_ == "VBD" and not taken and clause.head.lemma_.lower() not in REPORTS | _INTENT_NOUNS | _PROSPECTS:
        return False  # "to discuss an agreement that the two signed in 2019"
    if clause.tag_ == "VBN" and "," in [t.text for t in clause.doc[clause.head.i + 1 : clause.i]]:
        return False  # "members of the party, founded by Ana Lind"
    gap = clause.lemma_ in LIGHT and any(c.lower_ in ("that", "which") and c.dep_ == "obj" for c in clause.children)
    of_name = clause.tag_ == "VBN" and clause.head.pos_ == "PROPN"  # "asked to spare Ana Lind, convicted by a court"
    return (clause.dep_ == "acl" and not of_name) or (clause.head.pos_ == "NOUN" and gap)


def _happens(head: Token) -> bool:
    """Tell whether a predicate says of its subject whether it takes place: "will begin", "did not take place", "looks unlikely"."""
    takes = head.lemma_ in ("take", "come", "go") and any(
        c.lower_ in _TAKING or c.lower_ in ("ahead", "forward", "off", "force") for c in head.children if c.dep_ in ("obj", "advmod", "compound:prt", "obl")
    )
    if head.pos_ == "ADJ":
        return head.lower_ in _UNREAL_PREDICATES
    return head.pos_ == "VERB" and (head.lemma_ in _HAPPEN or takes or _seeming(head) is not None)


def _seeming(verb: Token) -> Token | None:
    """Return what an event seems to be: "looks unlikely"."""
    return next((c for c in verb.children if verb.lemma_ in _SEEM and c.dep_ == "xcomp" and c.lower_ in _UNREAL_PREDICATES | _UNREAL_ADJECTIVES), None)


def _shares_governors(node: Token) -> bool:
    """Tell whether what qualifies the first of two verbs qualifies the second: not one with a subject, auxiliary or tense of its own.

    "does not support it and rejects" denies only the support; "agreed to reopen it, and to convene" plans both.
    """
    if marker_of(node) == "to":
        return marker_of(node.head) in ("to", "whether", "if", "due")
    if marker_of(node) is not None or any(c.dep_ in ("nsubj", "nsubj:pass", "aux") for c in node.children):
        return False
    finite = node.tag_ in ("VBZ", "VBD") or (node.lower_.endswith("s") and node.lower_ != node.lemma_)  # the tagger takes "reaffirms" for an infinitive
    return not (finite and node.head.tag_ == "VB")


def _is_told_beside(verb: Token) -> bool:
    """Tell whether a clause hangs on the same word as the first that it is coordinated with: "claims that it had armed them and (that it) had attacked"."""
    first = verb.head
    if marker_of(verb) is not None:
        return marker_of(verb) == marker_of(first) and marker_of(verb) in _LEADING
    told = first.dep_ in ("ccomp", "acl", "csubj") and marker_of(first) == "that" and first.i < verb.i
    if not told or _shares_governors(verb):
        return False
    joined = next((c for c in verb.children if c.dep_ == "cc"), None)
    parted = joined is not None and joined.i > 0 and verb.doc[joined.i - 1].text == ","
    return not parted and _is_finite(verb) and _is_finite(first)


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ in ("aux", "aux:pass", "cop") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children)


def _modality(predicate: Token, trigger: Token, cues: list[tuple[str, int]]) -> Modality:
    if trigger.lemma_.lower() in _WISHES and case_of(trigger) == "at":
        return "actual"  # "will visit Rome at the invitation of Lind": she has invited
    below = trigger
    for node, shared in _governors(predicate, trigger):
        if _is_stance(node, shared, below):
            break
        if node != predicate.head and shared not in ("self", "light") and _is_done_to(predicate):
            break  # "called for the release of the hostages held by Hamas"
        manner = shared == "adverbial" and marker_of(below) == "in"  # "might follow Finland in closing it"
        found = _own_modality(node, "complement" if manner else shared) if manner or shared in _LENDING else None
        found = found or _governing_modality(node, below, shared)
        if found is not None:
            cues.append(("modality", found[1].i))
            return found[0]
        below = node
    return "actual"


def _is_stance(node: Token, shared: str, below: Token) -> bool:
    """Tell whether a verb says how somebody takes what its object names, and what took place: "will never accept the annexation of Crimea"."""
    return shared == "object" and node.lemma_.lower() in _STANCES and below.pos_ == "NOUN"


def _is_done_to(predicate: Token) -> bool:
    """Recognise a participle that tells what has been done to those whom a clause is about: "the hostages held by Hamas"."""
    noun = predicate.head
    if predicate.dep_ != "acl":
        return False
    held = predicate.lower_ in _HOLDING and noun.pos_ == "NOUN"  # "tried to take a barracks held by the militia"
    if not held and predicate.tag_ != "VBN":
        return False
    before = {c.lower_ for c in noun.children if c.dep_ == "det"}
    captured = predicate.lemma_.lower() in _CAPTURES and (noun.tag_ == "NNS" or bool(before & {"the", "all", "these", "those"}))
    known = bool(before & {"the", "these", "those"}) and predicate.lemma_ not in _HOSTED  # "vowed to support the accord signed by Chad and Sudan"
    known = known and noun.head.lemma_ not in _WISHING  # but "wants the accord signed by both"
    return (held or captured or known) and bool(agents(predicate))


def _own_modality(node: Token, shared: str) -> tuple[Modality, Token] | None:
    if (due := _is_to(node) or _due_before(node)) is not None:
        return "planned", due
    if (ahead := _ahead_of(node)) is not None:
        return "planned", ahead
    if node.dep_ in ("csubj", "ccomp") and marker_of(node) == "that" and node.head.lower_ in _UNCERTAIN and has_copula(node.head):
        return "possible", node.head
    for child in node.children:
        if (found := _told_by(child, node)) is not None:
            return found, child
    return _modality_of_clause(node) if shared in ("self", "light", "shared") else None


def _ahead_of(noun: Token) -> Token | None:
    """Recognise "ahead of a visit by": what is still to come."""
    of = noun.left_edge
    return of.nbor(-1) if noun.pos_ == "NOUN" and of.lower_ == "of" and of.i and of.nbor(-1).lower_ == "ahead" else None


def _told_by(child: Token, node: Token) -> Modality | None:
    """Return what an auxiliary, a subordinator or an adjective says of the predicate or noun that it belongs to."""
    if child.dep_ in ("aux", "aux:pass"):
        return "planned" if child.lower_ in _WILL else "possible" if child.lower_ in _MAY else None
    if (child.dep_ == "mark" and _is_lest(child)) or (child.dep_ == "advmod" and child.lower_ in _MAYBE and (node.pos_ == "VERB" or has_copula(node))):
        return "possible"
    if child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether", "should") and node.dep_ in ("advcl", "ccomp", "xcomp", "csubj", "acl"):
        return "conditional"
    more = child.lower_ == "further" and node.dep_ in ("obj", "nsubj:pass") and node.head.tag_ in ("VBD", "VBN")  # "carried out further raids"
    told = more or (child.lower_ == "future" and node.head.tag_ in ("VBD", "VBN") and node.lemma_ in _KIN)  # "met her future husband in Oslo"
    return "planned" if child.dep_ == "amod" and child.lower_ in _UNREAL_ADJECTIVES and node.pos_ == "NOUN" and not told else None


def _is_lest(mark: Token) -> bool:
    """Recognise what leads in something that is only imagined: "lest it attack", "in case they sign", "as though it had armed them"."""
    before = mark.nbor(-1).lower_ if mark.i else ""
    fixed = {c.lower_ for c in mark.children if c.dep_ == "fixed"}
    return mark.lower_ == "lest" or (mark.lower_ == "though" and before == "as") or (mark.lower_ == "in" and "case" in fixed)


def _modality_of_clause(node: Token) -> tuple[Modality, Token] | None:
    """Return what a clause says of itself: a purpose, what a future waits for, an inverted condition, a way that has no end yet."""
    if _is_on_its_way(node):
        return "planned", node
    if node.dep_ == "advcl" and _is_base(node) and is_infinitive(node) and not (_is_perfect(node) or _is_said(node) or _is_end_of_means(node)):
        return "planned", node
    if (awaited := _awaited(node)) is not None:
        return "planned", awaited
    if _is_headline_plan(node):
        return "planned", node
    if node.dep_ in ("acl", "advcl") and marker_of(node) == "to" and any(c.dep_ == "aux:pass" and c.tag_ == "VB" for c in node.children):
        in_turn = has_copula(node.head) and any(c.lower_ in _SINGLING or (c.tag_ == "JJ" and c.lower_.endswith(("th", "nd"))) for c in node.head.children)
        return ("planned", node) if not in_turn else None  # "the forum, to be hosted by Norway", but "the third judge to be killed by them"
    if node.dep_ == "advcl" and node.tag_ == "VBG" and node.lemma_ in ("succeed", "replace") and node.head.lemma_ in ("nominate", "propose", "tap", "pick"):
        return "planned", node.head
    if node.dep_ == "advcl" and node.tag_ == "VBG" and marker_of(node) in _WHEN and node.head.i != node.i:
        return _own_modality(node.head, "self")  # "will exercise with them before sailing to Manila"
    fronted = is_fronted_auxiliary(node, "had", "were", "should")
    return ("conditional", fronted) if fronted is not None else None


def _is_on_its_way(verb: Token) -> bool:
    """Recognise who has not arrived yet: "heading to Aden", "was sailing to Aden when it was hit"."""
    under_way = verb.lemma_ == "head" or (verb.lemma_ in _JOURNEYS and any(c.dep_ == "aux" and c.lower_ in ("was", "were") for c in verb.children))
    return verb.tag_ == "VBG" and under_way and any(c.dep_ == "obl" and case_of(c) in ("for", "to", "toward", "towards") for c in verb.children)


def _is_headline_plan(node: Token) -> bool:
    """Recognise the plan of a headline: "Foreign Minister Lind to visit Kenya"."""
    alone = node.dep_ == "ROOT" and node.tag_ == "VB" and marker_of(node) == "to"
    return alone and any(c.dep_ in ("nsubj", "nsubj:pass") and c.i < node.i for c in node.children)


def _awaited(node: Token) -> Token | None:
    """Recognise what the future of its main clause waits for: "will reopen it when they withdraw", "not until they have withdrawn"."""
    if node.dep_ != "advcl" or not any(c.lower_ in _WHEN for c in node.children if c.dep_ in ("mark", "advmod")):
        return None
    main = node.head.head if node.head.dep_ == "advmod" else node.head  # "will leave as soon as they come"
    present = node.tag_ in ("VBZ", "VBP") or (node.tag_ == "VBN" and any(c.lower_ in ("has", "have") for c in node.children if c.dep_ == "aux"))
    return next((c for c in main.children if c.dep_ == "aux" and c.lower_ in ("will", "wo", "shall", "'ll", "’ll")), None) if present else None


def _is_said(node: Token) -> bool:
    """Recognise a purpose that is reached by speaking up or turning out for it: "rang her to thank her", "marched to protest against the law"."""
    head = node.head
    if _is_done_by_wishing(node):
        return True
    spoken = head.lemma_.lower() in _SPEAKING and node.lemma_.lower() in _SPOKEN
    street = any(c.lemma_.lower() == "street" for c in head.children)
    protesting = node.lemma_ in ("protest", "demonstrate") and head.tag_ == "VBD"  # "blocked the road to protest against the dam"
    return head.tag_ != "VB" and (spoken or protesting or (street and node.lemma_.lower() in _SPOKEN))


def _is_end_of_means(node: Token) -> bool:
    """Recognise a purpose for which means were used, and so reached: "used explosives to destroy four towers"."""
    return node.head.lemma_ == "use" and node.head.tag_ in ("VBD", "VBN") and any(c.dep_ in ("obj", "nsubj:pass") for c in node.head.children)


def _is_to(node: Token) -> Token | None:
    """Recognise "is to visit", "were to sign", "is due to arrive", "is to be completed": a form of be that lends the infinitive its subject."""
    forms = [c for c in node.children if c.dep_ in ("aux", "cop", "aux:pass") and c.lemma_ == "be" and not is_to_blame(node)]
    marked = any(c.dep_ == "mark" and c.lower_ in ("to", "due") for c in node.children)
    if not marked or (node.tag_ != "VB" and not any(c.tag_ == "VB" for c in forms)):
        return None
    return next((c for c in forms if c.tag_ not in ("VB", "VBN", "VBG")), None)


def _due_before(verb: Token) -> Token | None:
    """Recognise "are due to sign", "is set to visit", "Lind, due to sign," by the words before a verb, wherever the parser hangs them."""
    if verb.tag_ != "VB" or verb.i - verb.sent.start < 3:
        return None
    before = [t for t in verb.doc[max(verb.sent.start, verb.i - 5) : verb.i] if t.pos_ != "ADV"][-3:]
    if len(before) < 3 or before[2].lower_ != "to" or before[1].lower_ not in _DUE or before[0].lemma_ not in ("be", "’", "'", ","):
        return None
    return before[1]


def _governing_modality(node: Token, below: Token, shared: str) -> tuple[Modality, Token] | None:
    if node.lemma_ == "discuss" and below.lemma_.lower() in _LASTING and below.tag_ != "VBG":
        return None
    if shared == "noun" and node.lemma_ in ("event", "case") and case_of(node) == "in" and node.tag_ == "NN":
        return "conditional", node  # "in the event of Chad attacking it"
    lemma, forms = below.lemma_.lower(), {node.lower_, node.lemma_.lower()}
    if below.tag_ in ("VB", "VBG") and ((lemma in _BACKED and forms & _DEVOTED) or (lemma in _FOUGHT and forms & _CAMPAIGNS)):
        return None
    if shared == "occurring":
        seeming = node if node.lower_ in _UNREAL_PREDICATES or _is_under_debate(node) else _seeming(node)
        return ("planned", seeming) if seeming is not None else None
    if shared in ("complement", "object", "light"):
        found = _of_complement(node, below, shared) if node.pos_ in ("VERB", "AUX", "ADJ", "NOUN") else None
        return (found, node) if found is not None else None
    if shared == "prepositional" and node.lemma_.lower() in _TRAVEL and case_of(below) == "for":
        return _own_modality(node, "complement")
    if shared == "prepositional" and node.lemma_.lower() in ("due", "expect", "schedule", "await") and case_of(below) == "for":
        return "planned", node  # "is due in Paris for talks"
    unreal = (
        (shared == "noun" and _is_wished(node, below))
        or (shared == "prepositional" and (node.lemma_.lower(), case_of(below)) in _ASKING)
        or (shared == "adverbial" and below.tag_ == "VBG" and _is_minded(node, below))
    )
    return ("planned", node) if unreal else None


def _of_complement(node: Token, below: Token, shared: str) -> Modality | None:
    """Return what a governor says of its complement or object: plans to, is ready to, considers, cannot rule out."""
    lemma = node.lemma_.lower()
    if shared == "object" and called_untrue(below) is not None:
        return None
    if lemma in _EXCLUDED and _negation(node) is not None:
        return "possible"
    if (lemma in ("suppose", "imagine") or (node.dep_ == "advcl" and node.lower_ in _PROVIDED)) and below.dep_ == "ccomp":
        return "conditional"
    if lemma == "doubt" and below.dep_ == "ccomp" and not _is_twice_denied(node, shared):
        return "possible"
    unfinished = _is_base(below) or below.tag_ == "VBG" or _is_subjunctive(below) or (shared in ("object", "light") and below.lemma_.lower() not in _VOICED)
    unmet = below.dep_ == "xcomp" and _is_base(below) and marker_of(below) == "to" and _is_open(node, below)
    put_off = lemma == "put" and has_particle(node, "off")
    committed = lemma in ("commit", "undertake") and shared in ("object", "light")  # a crime, not to a plan
    intended = (lemma in _INTENDED or unmet or put_off) and not committed and unfinished and not _prevents(node, shared, below)
    if not intended and not (node.lower_ in _UNREAL_PREDICATES and _is_base(below)):
        return None
    if node.lower_ == "able" and any(c.dep_ == "cop" and c.lower_ in ("was", "were") for c in node.children):
        return None  # "was able to reach the minister": and did
    return "possible" if lemma in ("threaten", "consider", "discuss", "risk") else "planned"


def _is_base(verb: Token) -> bool:
    """Recognise the base form, active or passive, and the gerund of a passive: "to arm them", "to be armed", "(fears) being armed"."""
    passive = any(c.dep_ == "aux:pass" and c.tag_ in ("VB", "VBG") for c in verb.children)
    return verb.tag_ == "VB" or (passive and (marker_of(verb) == "to" or not any(c.dep_ == "aux" for c in verb.children)))


def _is_subjunctive(verb: Token) -> bool:
    """Recognise the base form of a that-clause, whatever the tagger takes it for: "demand that he set them free", "propose that it be visited by Lind"."""
    if verb.dep_ != "ccomp" or marker_of(verb) != "that":
        return False
    third = any(c.dep_ in ("nsubj", "nsubj:pass") and c.tag_ in ("NN", "NNP") for c in verb.children)
    be = any(c.lower_ == "be" and c.dep_ in ("aux:pass", "cop", "aux") for c in verb.children) and not any(c.tag_ == "MD" for c in verb.children)
    return be or (third and verb.tag_ in ("VBD", "VBP") and verb.lower_ == verb.lemma_)


def _is_wished(noun: Token, below: Token) -> bool:
    """Recognise "plans to send", "the idea of leaving", "a call for talks", "the prospect of a meeting"."""
    lemma = noun.lemma_.lower()
    if _is_base(below) and below.dep_ == "acl" and marker_of(below) == "to" and not _is_perfect(below):
        return lemma in _INTENT_NOUNS or not any(c.lower_ in _SINGLING for c in noun.children)  # "the first president to visit" has visited
    if below.tag_ == "VBG" and marker_of(below) in ("on", "about", "over"):
        return _is_prospect(lemma, marker_of(below))
    verbal = _is_base(below) or (below.tag_ == "VBG" and marker_of(below) in ("of", None))
    wished = verbal or (below.pos_ == "NOUN" and case_of(below) == "for" and lemma != "responsibility")
    return (lemma in _INTENT_NOUNS | _PROSPECTS and wished) or (below.pos_ == "NOUN" and _is_prospect(lemma, case_of(below)))


def _is_minded(node: Token, gerund: Token) -> bool:
    """Recognise "interested in buying", "insists on sending", "committed to giving", "warned them against giving"."""
    marker = marker_of(gerund)
    return node.lower_ in _BENT or node.lower_ == "committed" or marker == "against" or (node.lemma_.lower(), marker) in _MINDED


def _is_open(node: Token, infinitive: Token) -> bool:
    """Tell whether an infinitive leaves open whether it happened: that of a verb that is not implicative, and not perfect ("claims to have seized")."""
    if node.lemma_ in ("oblige", "compel", "force"):  # "obliged them to" happened, "obliges them to" not yet
        return node.tag_ in ("VBZ", "VBP", "VB")
    if node.lemma_ == "have":  # "had to" happened, "has to" and "had until Monday to" not yet
        return node.tag_ in ("VBZ", "VBP") or infinitive.i - node.i > 2
    return node.pos_ == "VERB" and node.lemma_.lower() not in _ACTUAL_CONTROL | _PREVENTED and not _is_perfect(infinitive)


def _is_perfect(infinitive: Token) -> bool:
    return any(c.lower_ in ("have", "having") for c in infinitive.children if c.dep_ == "aux")


def _is_prospect(lemma: str, case: str | None) -> bool:
    """Recognise "talks on a takeover", "the prospect of a meeting", "plans for an attack"."""
    if case in ("on", "about", "over"):
        return lemma in ("talk", "negotiation", "discussion", "decision", "vote")
    return (case == "of" and lemma in _PROSPECTS) or (case == "for" and lemma in ("proposal", "plan", "bid", "scheme"))


@lru_cache(maxsize=512)
def is_averted(predicate: Token) -> bool:
    """Tell whether somebody says that they will not let a thing happen, which neither happened nor did not: "we will not allow the militia to attack us"."""
    node = predicate
    while node.head.i != node.i and node.dep_ in ("xcomp", "ccomp", "acl", "acl:relcl", "obj", "conj") and not _is_told_as_past(node):
        node = node.head
        if node.lemma_ in _LET and node.i < predicate.i and _negation(node) is not None:
            return any(c.lower_ in _WILL | _MAY for c in node.children)
    return False


def _is_told_as_past(clause: Token) -> bool:
    return clause.dep_ == "acl:relcl" and (clause.tag_ == "VBD" or any(c.dep_ == "aux" and c.lower_ in ("has", "have", "had") for c in clause.children))


@lru_cache(maxsize=512)
def is_question(predicate: Token) -> bool:
    """Tell whether a predicate stands in a question, which states nothing."""
    sentence = predicate.sent
    backwards = (predicate.doc[i] for i in range(sentence.end - 1, sentence.start - 1, -1))
    last = next((t for t in backwards if not t.is_space and t.text not in "”\"’'"), None)
    return last is not None and last.text == "?"


def _speaker(predicate: Token, trigger: Token, arguments: Arguments, speeches: tuple[Speech, ...], cues: list[tuple[str, int]]) -> tuple[Argument | None, bool]:
    """Return who says it, and whether somebody says it who is no entity of the text."""
    told = reported_by(predicate)
    if told is not None:
        said = arguments.authors(told[0]) or arguments.of_head(told[0])
        found = tuple(a for a in said if arguments.reading.label(a.entity) not in _MUTE)
        if found or told[0].lower_ not in _OWN_VOICE:
            cues.append(("attribution", told[1].i))
            own = found and told[0].i != told[1].i and not _is_withheld(told[1])
            return (found[0], False) if own else (None, True)
    alleged = _accused_of(predicate) or _alleged(predicate, trigger)
    if alleged is not None:
        cues.append(("attribution", alleged.i))
        found = arguments.of_phrases(agents(alleged)) if alleged.lemma_ in ALLEGE else ()  # "was accused by Norway of attacking it"
        return (found[0], False) if found else (None, True)
    if (charging := _charging(predicate)) is not None:
        cues.append(("attribution", charging.i))
        found = arguments.of_phrases(subjects(charging)) if charging.lemma_ != "deny" else ()
        return (found[0], False) if found else (None, True)
    speech = speech_at(speeches, trigger.i)
    if speech is None:
        return None, False
    if speech.speaker is None:
        return None, True
    found = tuple(a for a in arguments.of_head(arguments.doc[speech.speaker]) if arguments.reading.label(a.entity) not in _MUTE)
    if found and speech.verb is not None:
        cues.append(("attribution", speech.verb))
    return (found[0], False) if found else (None, arguments.doc[speech.speaker].pos_ != "PROPN")


def _alleged(predicate: Token, trigger: Token) -> Token | None:
    """Return the word that says of a deed, or of the first of several, that it is only alleged: "allegedly", "the alleged attack killed ten"."""
    first = predicate
    while first.dep_ == "conj" and first.head.i < first.i and _shares_governors(first):
        first = first.head
    deeds = [c for c in predicate.children if c.dep_ == "nsubj" and c.lemma_.lower() in DEEDS]
    doers = [c for c in predicate.children if c.dep_ == ("obl:agent" if is_passive(predicate) else "nsubj")]  # "suspected rebels attacked it"
    doers += [c for c in trigger.children if c.dep_ == "nmod" and case_of(c) == "by"]
    deeds += doers
    said = (c for node in (predicate, trigger, first, *deeds) for c in node.children if c.lower_ in _ALLEGED or (c.i < node.i and _is_impersonal(c)))
    said = (c for c in said if c.i < c.head.i or c.head not in doers)  # not "gunmen suspected to be rebels"
    return next(said, None) or next((c for c in trigger.children if _calls(c)), None)


def _calls(word: Token) -> bool:
    """Tell whether a word before a noun says that somebody is only called it: "the accused killer", "its self-proclaimed leader"."""
    by_themselves = word.lower_ in _BY_THEMSELVES and any(c.lower_ == "self" for c in word.children)
    return word.dep_ == "amod" and (word.lower_ in CALLED or by_themselves)


def says_how_far(noun: Token) -> bool:
    """Tell whether a word before a noun says that it does not hold, not yet, or only by report: "the alleged leader", "an aspiring member", "a non-member"."""
    before = (c for c in noun.children if (c.dep_ in ("amod", "advmod") or c.lower_ == "non") and c.i < noun.i)
    return any(c.lower_ in _HOW_FAR or _calls(c) for c in before)


def _is_withheld(verb: Token) -> bool:
    """Recognise what somebody does not say: "has not confirmed that", "could not verify that", "neither confirmed nor denied that"."""
    if verb.lemma_ not in _CONFIRM and verb.lemma_ not in VOUCHING:
        return False
    if verb.dep_ == "xcomp" and (verb.head.lemma_ in _PREVENTED or verb.head.lower_ == "unable" or is_negated(verb.head)):
        return True  # "declined to confirm or deny that"
    return is_negated(verb) or any(c.lower_ in ("neither", "nor", "yet") and c.i < verb.i for c in verb.children)


def _accused_of(predicate: Token) -> Token | None:
    """Return the participle behind which a deed is only alleged, by nobody in particular: "is accused of killing", "is said to have armed"."""
    for node in (predicate, *predicate.ancestors):
        head = node.head
        if head.lemma_ in ("seem", "appear") and node.dep_ in ("xcomp", "ccomp", "csubj") and marker_of(node) in ("to", "that"):
            return head  # "appears to have": apparently has
        if head.i == node.i or (head.tag_ != "VBN" and head.lower_ not in _CHARGED and head.lemma_ != "suspect"):
            continue
        if (head.lemma_ in ALLEGE or head.lower_ in _CHARGED) and is_alleged(node):
            return head
        if node.dep_ == "nsubj:pass" and blamed_on(node):
            return head  # "the attack was attributed to X"
        if node.dep_ in ("ccomp", "csubj", "csubj:pass") and head.i < node.i and _is_impersonal(head):
            return head
        if head.lemma_ in _BELIEVED and node.dep_ in ("xcomp", "ccomp", "advcl") and marker_of(node) == "to" and is_passive(head):
            return head
    return None


def _charging(predicate: Token) -> Token | None:
    """Return the verb that charges somebody with a deed, or denies it, whose victims a clause tells: "blamed Chad for an attack that killed ten"."""
    deed = predicate.head
    by_deed = predicate.tag_ == "VBG" or any(c.dep_ == "nsubj" and c.tag_ in ("WDT", "WP") for c in predicate.children)
    if predicate.dep_ not in ("acl", "acl:relcl") or deed.lemma_.lower() not in DEEDS or not (by_deed or predicate.lemma_ in ("die", "perish")):
        return None
    done = deed.head if deed.dep_ == "obj" and deed.head.lemma_ in LIGHT and deed.head.tag_ == "VBG" else deed  # "denied carrying out an attack"
    verb = done.head
    denied = verb.lemma_ == "deny" and done.dep_ in ("obj", "xcomp", "ccomp")
    return verb if verb.pos_ == "VERB" and (denied or (verb.lemma_ in ALLEGE and is_alleged(done))) else None


def _is_impersonal(verb: Token) -> bool:
    """Recognise what nobody in particular believes or says: "it is believed that", "it has been alleged that"."""
    it = any(c.lower_ == "it" and c.dep_ in ("expl", "nsubj:pass", "nsubj") and c.i < verb.i for c in verb.children)
    return it and (verb.lemma_ in _BELIEVED or verb.lemma_ == "fear") and verb.tag_ == "VBN" and any(c.dep_ == "aux:pass" for c in verb.children)


def time_of(predicate: Token, trigger: Token, times: Sequence[FoundTime], said: bool = False) -> FoundTime | None:
    """Return the time expression that modifies the predicate (or the noun that names the event), nearest first; else that of the same occasion.

    Parameters:
        said: whether the fact is done by saying it, so that the time of what is spoken of is not its own: "condemned the attack of 2 May".
    """
    if (found := _own_time(predicate, trigger, times, said)) is not None:
        return found
    beside = ((verb, verb.lemma_.lower() in _PRESUPPOSING) for verb in _same_occasions(predicate))  # "condemned the test of 2 May and agreed to it"
    if (found := next((t for verb, spoken in beside if (t := _own_time(verb, verb, times, spoken)) is not None), None)) is not None:
        return found
    journeys = ((verb, _own_time(verb, verb, times)) for verb in (*_journeys(trigger), *_journeys(predicate)))
    return next((replace(t.beside(verb, "actual"), past=None, future=None) for verb, t in journeys if t is not None), None)


def _is_spoken_of(time: Token, predicate: Token) -> bool:
    """Tell whether a time stands within what a verb speaks of: "condemned the attack of 2 May", "thanked them for their help in 2018"."""
    node = time
    while node.head.i != node.i and node.head.i != predicate.i:
        node = node.head
    deed = next((c for c in predicate.children if c.dep_ == "obj" and c.lemma_.lower() in DEEDS and c.i < time.i), None)
    if deed is not None and time.head == predicate and case_of(time) == "on" and any(t.is_digit for t in time.subtree):
        return any(case_of(c) in _PLACE_CASES for c in deed.children if c.dep_ == "nmod")  # "condemned the attack in Gao on 9 November"
    inside = node.head.i == predicate.i and node.i != time.i and node.dep_ in ("obj", "nsubj:pass", "ccomp", "obl")
    return inside and (case_of(time) is not None or time.dep_ in ("compound", "nmod", "amod", "nmod:poss"))  # not "condemned the attack today"


def _own_time(predicate: Token, trigger: Token, times: Sequence[FoundTime], said: bool = False) -> FoundTime | None:
    best: tuple[int, int, FoundTime] | None = None
    if said:
        times = [found for found in times if not _is_spoken_of(trigger.doc[found.start : found.end].root, predicate)]
    if trigger.lemma_.lower() in _WISHES and case_of(trigger) == "at":  # "will visit Rome in June at the invitation of Lind": she did not invite in June
        below = {t.i for t in trigger.subtree}
        times = [found for found in times if found.start in below]
    for found in times:
        root = trigger.doc[found.start : found.end].root
        distance = _attachment(root, predicate, trigger)
        dated = _as_dated(found, root, predicate, trigger) if distance is not None else None
        if distance is not None and dated is not None:
            ranked = (distance, abs(found.start - trigger.i), dated)
            best = ranked if best is None or ranked[:2] < best[:2] else best
    return best[2] if best else None


def _as_dated(found: FoundTime, time: Token, predicate: Token, trigger: Token) -> FoundTime | None:
    """Return a time as the words around it read it, None if it is that of another event, or of an office."""
    if _is_not_until(time):
        return replace(found, time=replace(found.time, start=found.time.end or found.time.start), past=None, future=None)  # "it was not until 2018 that"
    event = _event_dated(time, predicate, trigger)
    if event is None:
        return None if _is_of_role(time, trigger) else found
    since = case_of(event) == "since"  # "since the coup in 2005"
    return replace(found, time=replace(found.time, end=None), past=None, future=None) if since else None


def _is_not_until(time: Token) -> bool:
    """Recognise "it was not until 2018 that", when something was done."""
    until = next((c for c in time.children if c.dep_ == "case" and c.lower_ == "until"), None)
    return until is not None and until.i > 0 and until.nbor(-1).lower_ == "not"


def _is_of_role(time: Token, trigger: Token) -> bool:
    """Tell whether a time right before a role says how long somebody had it, not when they did something: "Lah, until 2019 the premier, left"."""
    after = time.right_edge.i + 1
    role = time.doc[after].head if after < len(time.doc) and time.doc[after].dep_ in ("det", "nmod:poss") else time
    return case_of(time) in ("until", "since", "from") and role.dep_ == "appos" and role.i > time.i and role.i != trigger.i


def _same_occasions(predicate: Token) -> Iterator[Token]:
    """Yield the verbs that tell of the same occasion, the nearest first, each once."""
    seen, verb = {predicate.i}, _same_occasion(predicate)
    while verb is not None and verb.i not in seen:
        yield verb
        seen.add(verb.i)
        verb = _same_occasion(verb)


def _same_occasion(predicate: Token) -> Token | None:
    """Return the verb that tells of the same occasion: "attacked the camp on Sunday and killed two", "shelled it on Sunday, killing two"."""
    head = predicate.head
    clause = _where_clause(predicate) if predicate.pos_ == "VERB" else None
    if clause is not None:
        above = next((t for t in clause[0].ancestors if t.pos_ in ("VERB", "AUX") or has_copula(t)), None)
        return above if above is not None and above.i < clause[1].i else None
    beside = [*predicate.children, *(c for s in predicate.children if s.dep_ == "nsubj" for c in s.children if c.dep_ == "acl")]
    speaking = (c for c in beside if c.dep_ in ("advcl", "acl") and c.tag_ == "VBG" and c.lemma_ in _BRIEFING and marker_of(c) is None)
    if (spoken := next((c for c in speaking if not any(g.dep_ == "nsubj" for g in c.children)), None)) is not None:
        return spoken  # "Speaking in Oslo on Tuesday, she accused Kenya"
    if predicate.pos_ != "VERB" or head.pos_ != "VERB" or head.i > predicate.i:
        return None
    auxiliaries = [[c.lower_ for c in verb.children if c.dep_ in ("aux", "aux:pass")] for verb in (predicate, head)]
    listed = predicate.dep_ == "conj" and predicate.tag_ == head.tag_ and auxiliaries[0] in ([], auxiliaries[1])
    result = predicate.dep_ == "advcl" and predicate.tag_ == "VBG" and marker_of(predicate) is None
    return head if listed or result else None


def _attachment(root: Token, predicate: Token, trigger: Token) -> int | None:
    """Count the steps from a phrase up to the predicate, the trigger, or the clause that an adverbial noun stands in; None if not in it."""
    node, steps = root, 0
    while steps < 6:
        if node.i in (predicate.i, trigger.i) or (node.i == trigger.head.i and trigger.dep_ == "xcomp" and node.lemma_ == "become"):
            return steps
        described = node.dep_ == "appos" and node.pos_ in ("NOUN", "PROPN")  # "Lind, its head since 2019, was arrested"
        if steps and (node.dep_ in _CLAUSAL or described or (node.dep_ == "conj" and node.pos_ == "VERB")):
            break
        if node.head.i == node.i:
            break
        node, steps = node.head, steps + 1
    clause = _adverbial_clause(trigger)
    return 6 + steps if clause is not None and clause.i in (node.i, root.head.i) else None


def _event_dated(time: Token, predicate: Token, trigger: Token) -> Token | None:
    """Return the other event that a time is that of, on its way up to the predicate: "resigned before the 2019 election", "winner of the May 6 vote"."""
    below, node = time, time.head
    while below.head.i != below.i and node.i not in (predicate.i, trigger.i):
        case = case_of(node)
        if case is not None and node.pos_ in ("NOUN", "PROPN") and node.lemma_.lower() not in SPELLS | _HOURS:
            before = below.i < node.i and below.dep_ != "nmod:poss"
            of_noun = case == "of" and node.head.pos_ == "NOUN" and node.head.i not in (predicate.i, trigger.i)
            apart = case not in _AT_WHICH and (before or case_of(below) == "of")  # "after the vote of 3 May", "for its 2019 raid", but "at the 2019 summit"
            if case in _UP_TO or apart or (before and of_noun):
                return node
        below, node = node, node.head
    return None


def _adverbial_clause(trigger: Token) -> Token | None:
    """Return the verb in whose adverbial the event noun stands: "after a meeting" happens when and where the clause does."""
    node = trigger
    while node.dep_ in ("nmod", "obl", "conj") and node.pos_ in ("NOUN", "PROPN") and node.head.i != node.i:
        node = node.head
    return node if node.pos_ in ("VERB", "AUX") and node.i != trigger.i else None


def is_scheduled(predicate: Token, found: FoundTime | None) -> bool:
    """Tell whether a verb in the present tense stands beside a time to come: "flies to Oslo tomorrow", "is meeting her on Monday", "hosts it in June"."""
    if found is None or predicate.pos_ != "VERB" or not _is_present(predicate) or predicate.doc[found.start : found.end].root.head.i != predicate.i:
        return False
    words = [t.lower_ for t in predicate.doc[found.start : found.end]]
    if _COMING.intersection(words):
        return True
    ends = next((t for t in reversed(list(predicate.sent)) if not t.is_space and t.text not in "”\"’'"), None)
    headline = ends is None or ends.text not in (".", ";", ":", "!")  # a headline tells the past in the present tense
    dated = found.future is not None and found.past is not None and not {"this", "today"}.intersection(words)
    return dated and not headline


def _is_present(verb: Token) -> bool:
    """Tell whether a verb is in the present tense, simple or progressive, active or passive."""
    helping = [c for c in verb.children if c.dep_ in ("aux", "aux:pass")]
    if verb.tag_ in ("VBZ", "VBP"):
        return not helping
    return verb.tag_ in ("VBG", "VBN") and bool(helping) and all(c.lemma_ == "be" and c.tag_ in ("VBZ", "VBP") for c in helping)


def place_of(predicate: Token, trigger: Token, arguments: Arguments, taken: set[str], said: bool = False) -> Argument | None:
    """Return the place that the predicate or the event noun is modified by, or the occasion in it, if it fills no other role; else that of the occasion.

    Parameters:
        said: whether the fact is done by saying it, so that where the object is is not where it was: "condemned the attack in Kano".
    """
    found, before = _own_place(predicate, trigger, arguments, taken, said), predicate
    for verb in _same_occasions(predicate) if found is None else ():
        if "VBG" not in (before.tag_, verb.tag_) or found is not None:
            break
        found, before = _own_place(verb, verb, arguments, taken), verb  # "attacked a convoy in Mali, killing two"
    return found


def _own_place(predicate: Token, trigger: Token, arguments: Arguments, taken: set[str], said: bool = False) -> Argument | None:
    acted_on = [c for c in predicate.children if c.dep_ == "obj" and not said]
    acted_on += [c for head in (predicate, trigger) for c in head.children if c.dep_ in ("obl", "nmod") and case_of(c) == "against" and not said]
    heads = list(dict.fromkeys((trigger, predicate, *acted_on, *(c for o in acted_on for c in modifiers(o, "of")))))
    phrases = [c for head in heads for c in _placing(head, _PLACE_CASES)]
    occasions = [c for head in heads for c in _placing(head, _OCCASION_CASES) if c.pos_ in ("NOUN", "PROPN") and not _placed(c, arguments, set())]
    occasions += [c for occasion in occasions if occasion.lemma_ in ("sideline", "margin") for c in modifiers(occasion, "of")]
    phrases += [c for occasion in occasions for c in _placing(occasion, _PLACE_CASES)]  # "killed in an ambush in Bam province"
    phrases += [c for phrase in phrases if phrase.pos_ == "NOUN" for c in _placing(phrase, _PLACE_CASES)]  # "at a market in Kano"
    phrases += _placing(predicate, _WELCOMED_CASES) if predicate.lemma_ in _WELCOMING else []
    phrases += [] if said else _beside_last(predicate, trigger)
    phrases += _where(predicate)
    phrases += _destination(trigger) or _destination(predicate)
    named = [*(found for phrase in phrases for found in _placed(phrase, arguments, taken))]
    named += [a for a in (*arguments.there(predicate), *arguments.here(predicate)) if a.entity not in taken]
    return next((a for a in named if not arguments.is_nameless(a)), named[0] if named else None)


def _beside_last(predicate: Token, trigger: Token) -> list[Token]:
    """Return the place that the parser hung on the last of several of whom all is said: "exercised with the Dart and the Forbin in the Arabian Sea"."""
    firsts = [c for head in dict.fromkeys((predicate, trigger)) for c in head.children if c.dep_ in ("obj", "obl", "nmod") and c.i > head.i]
    lists = [list(conjuncts(first)) for first in firsts]
    apart = ("both", "separately")
    lists = [several for several in lists if len(several) > 1 and not any(c.lower_ in apart for c in several[0].children)]
    alike = [several for several in lists if not any(_placing(c, _PLACE_CASES) for c in several[:-1])]
    lasts = [t for several in alike for t in (several[-1], *(c for c in several[-1].children if c.dep_ == "appos"))]
    return [phrase for last in lasts for phrase in _placing(last, _PLACE_CASES)]


def _destination(deed: Token) -> list[Token]:
    """Return where somebody travels to do what a word names: "will fly to Rome to meet her", "left for Oslo for talks with her"."""
    return [c for journey in _journeys(deed) for c in journey.children if c.dep_ == "obl" and case_of(c) in ("to", "for", "in", "through") and c.i < deed.i]


def _journeys(deed: Token) -> list[Token]:
    """Return the verb for a journey whose purpose or occasion a word names: "flew to Rome on Monday to meet her", "is due in Oslo for talks with her"."""
    while deed.dep_ == "conj" and deed.head.i < deed.i:
        deed = deed.head
    purpose = deed.dep_ in ("xcomp", "advcl") and marker_of(deed) == "to" and deed.tag_ == "VB"
    occasion = deed.dep_ in ("obl", "nmod") and case_of(deed) == "for"
    journey = deed.head
    while occasion and journey.dep_ in ("nmod", "obl") and journey.head.i < journey.i and journey.lemma_ not in _JOURNEYS:
        journey = journey.head.head if case_of(journey) in ("to", "for") and journey.head.pos_ == "PROPN" else journey.head
    travels = journey.lemma_ in _JOURNEYS and journey.pos_ == "VERB"
    return [journey] if (purpose or occasion) and journey.i < deed.i and (travels or (journey.lower_ == "due" and has_copula(journey))) else []


def _where_clause(verb: Token) -> tuple[Token, Token] | None:
    """Return the clause with "where" that a verb stands in, and the word behind whose place it stands, no date: "flew to Oslo on Monday, where he met"."""
    while verb.dep_ in ("conj", "xcomp") and verb.head.pos_ == "VERB" and not any(c.lower_ == "where" for c in verb.children):
        verb = verb.head
    word = next((c for c in verb.children if c.lower_ == "where" and c.i < verb.i), None)
    before = word.i - 1 if word is not None else -1
    while before > 0 and (verb.doc[before].text == "," or verb.doc[before].lower_ in _DATING or verb.doc[before].pos_ == "NUM"):
        before -= 1
    apart = word is not None and word.nbor(-1).text == ","  # "said in Oslo, where he was attending", which parsers take for what is said
    return (verb, verb.doc[before]) if before > 0 and (verb.dep_ in ("advcl", "acl:relcl", "acl") or (apart and verb.dep_ == "ccomp")) else None


def _where(verb: Token) -> list[Token]:
    """Return the place that "where" takes up: "flew to Jeddah, where he met the prince and signed the accord"."""
    clause = _where_clause(verb)
    place = clause[1] if clause is not None else verb
    while place.dep_ in ("flat", "compound", "appos") and place.head.i != place.i:
        place = place.head
    return [place] if clause is not None and place.pos_ == "PROPN" else []


def _placing(head: Token, cases: frozenset[str]) -> list[Token]:
    """Return what says where, but not where that is of which somebody only speaks: "held talks on the crisis in Haiti"."""
    spoken_of = head.lemma_.lower() in _PLIGHTS and case_of(head) in ("on", "about", "over", "regarding", "concerning")
    return [c for c in head.children if c.dep_ in ("obl", "nmod", "advmod", "obl:unmarked") and case_of(c) in cases] if not spoken_of else []


def _placed(phrase: Token, arguments: Arguments, taken: set[str]) -> list[Argument]:
    """Return the places that a phrase names, none of a list of which one fills another role: targets "in Iraq and Syria" are not in Iraq both."""
    if any(a.entity in taken for c in conjuncts(phrase) if c.i != phrase.i for a in arguments.of_head(c)):
        return []
    found = [a for a in arguments.of_head(phrase) if arguments.reading.label(a.entity) in _PLACES and a.entity not in taken]
    if found or phrase.lemma_.lower() not in _SPOTS:
        return found
    return [a for whole in (*modifiers(phrase, "of"), *possessors(phrase)) for a in _placed(whole, arguments, taken)]
