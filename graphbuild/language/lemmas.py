"""Lemmas as edit rules: how to turn a form into its lemma, few enough to be classes of a softmax."""

CASES = ("l", "k", "t")


def lemma_rule(form: str, lemma: str) -> str:
    """The rule that makes `lemma` of `form`: case (`l` lower, `k` keep, `t` title), letters cut from the end, suffix added.

    >>> lemma_rule("Countries", "country")
    'l3+y'
    """
    rules = [_rule(case, _cased(form, case), lemma) for case in CASES]
    return min(rules, key=lambda rule: (int(rule[1 : rule.index("+")]) + len(rule), CASES.index(rule[0])))


def _rule(case: str, base: str, lemma: str) -> str:
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    return f"{case}{len(base) - shared}+{lemma[shared:]}"


def _cased(form: str, case: str) -> str:
    if case == "l":
        return form.lower()
    return form if case == "k" else form[:1] + form[1:].lower()


def apply_rule(form: str, rule: str) -> str:
    """The lemma that `rule` makes of `form`; the form itself, in the rule's case, where nothing would be left.

    >>> apply_rule("Ministries", "l3+y")
    'ministry'
    """
    cut, _, suffix = rule[1:].partition("+")
    base = _cased(form, rule[0])
    return (base[: len(base) - int(cut)] + suffix) or base
