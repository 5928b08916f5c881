"""From a pinyin syllable to the sounds by which the Kokoro model was taught Mandarin.

Its alphabet is IPA with an arrow for the tone after the vowel (→ ↗ ↓ ↘ for the first to the
fourth, none for the neutral tone) and one letter for each affricate.
"""

import re

TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}

INITIALS = {
    "zh": "ꭧ",
    "ch": "ꭧʰ",
    "sh": "ʂ",
    "r": "ɻ",
    "z": "ʦ",
    "c": "ʦʰ",
    "s": "s",
    "b": "p",
    "p": "pʰ",
    "m": "m",
    "f": "f",
    "d": "t",
    "t": "tʰ",
    "n": "n",
    "l": "l",
    "g": "k",
    "k": "kʰ",
    "h": "x",
    "j": "ʨ",
    "q": "ʨʰ",
    "x": "ɕ",
}
APICAL = {"zh", "ch", "sh", "r", "z", "c", "s"}

# `0` stands where the tone is written.
FINALS = {
    "a": "a0",
    "ai": "ai0",
    "an": "a0n",
    "ang": "a0ŋ",
    "ao": "au0",
    "o": "wo0",
    "e": "ɤ0",
    "ei": "ei0",
    "en": "ə0n",
    "eng": "ə0ŋ",
    "ong": "ʊ0ŋ",
    "ou": "ou0",
    "er": "ɚ0",
    "i": "i0",
    "ia": "ja0",
    "ian": "jɛ0n",
    "iang": "ja0ŋ",
    "iao": "jau0",
    "ie": "je0",
    "in": "i0n",
    "ing": "i0ŋ",
    "iong": "jʊ0ŋ",
    "iu": "jou0",
    "u": "u0",
    "ua": "wa0",
    "uai": "wai0",
    "uan": "wa0n",
    "uang": "wa0ŋ",
    "ueng": "wə0ŋ",
    "ui": "wei0",
    "un": "wə0n",
    "uo": "wo0",
    "v": "y0",
    "ve": "ɥe0",
    "van": "ɥɛ0n",
    "vn": "y0n",
}
# Syllables that have a sound of their own: interjections, and the nasals that are one.
ALONE = {"o": "ɔ0", "io": "jɔ0", "yo": "wo0", "ê": "ɛ0", "m": "m0", "n": "n0", "ng": "ŋ0"}
ALONE |= {"hm": "hm0", "hng": "hŋ0"}
WITHOUT_INITIAL = {
    "yi": "i",
    "ya": "ia",
    "yan": "ian",
    "yang": "iang",
    "yao": "iao",
    "ye": "ie",
    "yin": "in",
    "ying": "ing",
    "yong": "iong",
    "you": "iu",
    "yu": "v",
    "yue": "ve",
    "yuan": "van",
    "yun": "vn",
    "wu": "u",
    "wa": "ua",
    "wai": "uai",
    "wan": "uan",
    "wang": "uang",
    "weng": "ueng",
    "wei": "ui",
    "wen": "un",
    "wo": "uo",
    "yai": "iai",
}
_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcs])?([a-zêv]+)")


def sounds(syllable: str) -> str | None:
    """The sounds of a syllable with its tone as a digit, `hao4`, `lv4`; None where it is none."""
    plain, tone = syllable[:-1].replace("ü", "v"), TONES.get(syllable[-1:])
    if tone is None:
        return None
    pattern = ALONE.get(plain) or _composed(plain)
    return None if pattern is None else pattern.replace("0", tone)


def _composed(plain: str) -> str | None:
    found = _SYLLABLE.fullmatch(plain)
    if found is None:
        return None
    initial, final = found.group(1) or "", found.group(2)
    if not initial:
        return FINALS.get(WITHOUT_INITIAL.get(final, final))
    if initial in APICAL and final == "i":
        return f"{INITIALS[initial]}ɨ0"
    if initial in {"j", "q", "x"} and final.startswith("u"):
        final = f"v{final[1:]}"
    sound = FINALS.get(final)
    return None if sound is None else INITIALS[initial] + sound
