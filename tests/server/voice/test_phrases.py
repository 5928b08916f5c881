from server.voice.phrases import call_sentence


def test_a_number_is_read_digit_by_digit() -> None:
    assert call_sentence("A012", 3, "zh") == "请 A 0 1 2 号，到 3 号窗口"


def test_it_is_said_in_english_too() -> None:
    sentence = call_sentence("A012", 3, "en")
    assert sentence.isascii()
    assert "A-0 1 2" in sentence


def test_a_one_may_be_read_so_that_nobody_takes_it_for_a_seven() -> None:
    assert call_sentence("A011", 11, "zh", yao=True) == "请 A 0 幺 幺 号，到 11 号窗口"
    assert "幺" not in call_sentence("A011", 11, "en", yao=True)
