import pytest

from server.i18n import choose_language, translate


@pytest.mark.parametrize(
    ("wanted", "accepted", "chosen"),
    [
        (None, None, "zh"),
        (None, "", "zh"),
        ("en", "zh-CN", "en"),
        ("zh", "en-GB,en", "zh"),
        (None, "en-GB,en;q=0.9", "en"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, "fr-FR,en;q=0.5", "en"),
        (None, "fr, de", "zh"),
        ("tlh", "EN", "en"),
        ("../../etc/passwd", None, "zh"),
        (None, ",;=", "zh"),
    ],
)
def test_a_wish_comes_first_then_the_browser_then_chinese(
    wanted: str | None, accepted: str | None, chosen: str
) -> None:
    assert choose_language(wanted, accepted) == chosen


def test_chinese_is_the_language_that_sentences_are_written_in() -> None:
    assert translate("没有找到", "zh") == "没有找到"


def test_places_are_filled() -> None:
    assert translate("密码至少需要 {length} 个字符", "zh", length=8) == "密码至少需要 8 个字符"
    assert "8" in translate("密码至少需要 {length} 个字符", "en", length=8)


def test_a_sentence_that_nobody_translated_stays_chinese() -> None:
    assert translate("没有人翻译过这句话", "en") == "没有人翻译过这句话"
