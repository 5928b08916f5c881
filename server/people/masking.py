"""How personal data is shown where it need not be seen whole."""


def mask_name(name: str) -> str:
    """A Chinese name with all but the family name hidden, e.g. 张**."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def mask_number(number: str) -> str:
    """An identity number with its birthday and most else hidden, e.g. 0000************18."""
    return f"{number[:4]}{'*' * max(len(number) - 6, 1)}{number[-2:]}"
