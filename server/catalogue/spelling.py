"""Names as they are looked for by letters: pinyin initials (拼音首字母)."""

from functools import lru_cache

from pypinyin import Style, pinyin

KEPT_NAMES = 4096
"""More than the services of a large hall; a name is spelled once in the life of a process."""


@lru_cache(maxsize=KEPT_NAMES)
def initials(name: str) -> str:
    """The initials of a name in lower case, e.g. `jmsfzbl` for 居民身份证办理.

    Letters and digits stay as they are, everything else is left out.
    """
    syllables = pinyin(name, style=Style.FIRST_LETTER)
    return "".join(
        letter for (syllable,) in syllables for letter in syllable.lower() if letter.isalnum()
    )
