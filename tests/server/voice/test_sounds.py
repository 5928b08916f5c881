"""What the natural voice is given to say, sound by sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.voice.pinyin import sounds
from server.voice.sounds import LETTERS, english, mandarin


def by_hand(sentence: str) -> list[str]:
    """Words are marked with strokes in these examples."""
    return sentence.split("|")


@pytest.mark.parametrize(
    ("syllable", "sound"),
    [
        ("qing3", "ʨʰi↓ŋ"),
        ("hao4", "xau↘"),
        ("chuang1", "ꭧʰwa→ŋ"),
        ("kou3", "kʰou↓"),
        ("shi2", "ʂɨ↗"),
        ("zi4", "ʦɨ↘"),
        ("er4", "ɚ↘"),
        ("lü4", "ly↘"),
        ("lv4", "ly↘"),
        ("xuan3", "ɕɥɛ↓n"),
        ("ju2", "ʨy↗"),
        ("liu4", "ljou↘"),
        ("yao1", "jau→"),
        ("wei4", "wei↘"),
        ("de5", "tɤ"),
        ("ng4", "ŋ↘"),
    ],
)
def test_a_syllable_has_its_sounds_and_its_tone(syllable: str, sound: str) -> None:
    assert sounds(syllable) == sound


@pytest.mark.parametrize("text", ["", "hao", "A", "xyz4", "4", "q1"])
def test_what_is_no_syllable_has_none(text: str) -> None:
    assert sounds(text) is None


@given(st.text(max_size=8))
def test_nothing_that_is_written_breaks_it(text: str) -> None:
    sounds(text)


def test_a_call_is_its_words_one_after_the_other() -> None:
    assert mandarin("请| |A| |0| |1| |2| |号|，|到| |12| |号|窗口", by_hand) == (
        "ʨʰi↓ŋ ˈA li↗ŋ i→ ɚ↘ xau↘, tau↘ ʂɨ↗ɚ↘ xau↘ ꭧʰwa→ŋkʰou↓"
    )


def test_a_character_of_several_readings_is_read_in_its_word() -> None:
    assert mandarin("重新|排队", by_hand).startswith("ꭧʰʊ↗ŋ")


def test_a_letter_is_read_by_its_name() -> None:
    assert mandarin("W", by_hand) == LETTERS["W"]


def test_what_cannot_be_said_is_left_out() -> None:
    assert mandarin("请|☎|坐", by_hand) == mandarin("请|坐", by_hand)


def test_english_comes_in_the_models_own_signs() -> None:
    assert english("nˈʌmbɚɹ ˈeɪ\nplˈiːz ɡˌoʊ tə kˈaʊntɚ\n") == "nˈʌmbəɹ ˈA, plˈiz ɡˌO tə kˈWntəɹ"
