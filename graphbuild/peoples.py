"""Words for peoples, creeds and languages, which name neither countries nor places."""

PEOPLES = frozenset(
    "kurdish yezidi yazidi sunni shia shiite shi'ite alawite druze turkmen turkoman tuareg fulani pashtun hazara rohingya tamil chechen arab assyrian christian"
    " muslim hutu tutsi tigrayan oromo amhara baloch karen kachin islamist separatist".split()
)
"""Adjectives of peoples and creeds that are no country's."""
NATIONS = PEOPLES | frozenset(
    "kurd arabic ismaili maronite coptic copt jewish jew sikh hindu buddhist catholic protestant berber amazigh bedouin uyghur uighur tibetan tatar cossack"
    " yoruba igbo hausa kikuyu kalenjin zulu xhosa masalit zaghawa nuer dinka bosniak sindhi punjabi pathan karenni rakhine hmong maori mapuche quechua"
    " aymara inuit papuan dayak javanese swahili hebrew farsi pashto kurmanji".split()
)
"""Words for peoples, creeds and their languages."""
