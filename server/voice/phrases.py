"""What the voice says when a ticket is called."""

from server.i18n import N_, translate

CALL = N_("请 {label} 号,到 {number} 号窗口")


def call_sentence(label: str, counter_number: int, language: str) -> str:
    """The sentence of a call; the number is read digit by digit, as halls do."""
    return translate(CALL, language, label=" ".join(label), number=counter_number)
