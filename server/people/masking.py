"""How personal data is shown where it need not be seen whole."""


def mask_name(name: str) -> str:
    """A Chinese name with all but the family name hidden, e.g. 张**."""
    return name[:1] + "*" * max(len(name) - 1, 1)
