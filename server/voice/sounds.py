"""From a sentence to the sounds that the Kokoro model is given."""

from collections.abc import Callable, Iterable

from pypinyin import Style, lazy_pinyin

from server.voice.numerals import with_numerals
from server.voice.pinyin import sounds

Segment = Callable[[str], Iterable[str]]
"""Cuts a Chinese sentence into words."""

PUNCTUATION = str.maketrans("，、。！？；：（）", ",,.!?;:()")
STOPS = frozenset(",.!?;:()")

# A letter is read by its English name, as halls read A012; Kokoro's sign for each diphthong.
LETTERS = {
    "A": "ˈA",
    "B": "bˈi",
    "C": "sˈi",
    "D": "dˈi",
    "E": "ˈi",
    "F": "ˈɛf",
    "G": "ʤˈi",
    "H": "ˈAʧ",
    "I": "ˈI",
    "J": "ʤˈA",
    "K": "kˈA",
    "L": "ˈɛl",
    "M": "ˈɛm",
    "N": "ˈɛn",
    "O": "ˈO",
    "P": "pˈi",
    "Q": "kjˈu",
    "R": "ˈɑɹ",
    "S": "ˈɛs",
    "T": "tˈi",
    "U": "jˈu",
    "V": "vˈi",
    "W": "dˈʌbᵊlju",
    "X": "ˈɛks",
    "Y": "wˈI",
    "Z": "zˈi",
}


def mandarin(sentence: str, segment: Segment) -> str:
    """The sounds of a Chinese sentence, its words apart. What has no sound is left out."""
    words = (_word(word) for word in segment(with_numerals(sentence)))
    text = " ".join(word for word in words if word)
    for stop in STOPS:
        text = text.replace(f" {stop}", stop)
    return text


def _word(word: str) -> str:
    stops = word.strip().translate(PUNCTUATION)
    if stops and set(stops) <= STOPS:
        return stops
    if word.isascii():
        return " ".join(LETTERS[letter] for letter in word.upper() if letter in LETTERS)
    syllables = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True)
    return "".join(sounds(syllable) or "" for syllable in syllables)


# espeak-ng's IPA of American English, in the order in which it is rewritten for the model.
ENGLISH = (
    ("\u0361", ""),
    ("\u200d", ""),
    ("dʒ", "ʤ"),
    ("tʃ", "ʧ"),
    ("eɪ", "A"),
    ("aɪ", "I"),
    ("ɔɪ", "Y"),
    ("oʊ", "O"),
    ("əʊ", "O"),
    ("aʊ", "W"),
    ("ɜːɹ", "ɜɹ"),
    ("ɜː", "ɜɹ"),
    ("ɚɹ", "əɹ"),
    ("ɚ", "əɹ"),
    ("ɪə", "iə"),
    ("əl", "ᵊl"),
    ("ɬ", "l"),
    ("ɐ", "ə"),
    ("ɾ", "T"),
    ("ʔ", "t"),
    ("e", "ɛ"),
    ("r", "ɹ"),
    ("x", "k"),
    ("ː", ""),
)


def english(ipa: str) -> str:
    """The model's sounds for a sentence that espeak-ng has put into IPA."""
    for sign, replacement in ENGLISH:
        ipa = ipa.replace(sign, replacement)
    return ", ".join(" ".join(line.split()) for line in ipa.splitlines() if line.strip())
