import pytest

from server.problems import Invalid
from server.security.passwords import absent_hash, hash_password, password_matches

PASSWORD = "a quiet morning"


def test_passwords_are_hashed_with_argon2id() -> None:
    assert hash_password(PASSWORD).startswith("$argon2id$")


def test_the_same_password_never_has_the_same_hash() -> None:
    assert hash_password(PASSWORD) != hash_password(PASSWORD)


def test_a_password_fits_its_own_hash_alone() -> None:
    stored = hash_password(PASSWORD)
    assert password_matches(stored, PASSWORD)
    assert not password_matches(stored, PASSWORD.upper())


@pytest.mark.parametrize("stored", ["", "!", "$argon2id$nonsense"])
def test_nothing_fits_what_is_no_hash(stored: str) -> None:
    assert not password_matches(stored, PASSWORD)


@pytest.mark.parametrize("password", ["", "seven77"])
def test_a_short_password_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        hash_password(password)


def test_eight_characters_are_enough_in_any_script() -> None:
    assert password_matches(hash_password("密码是八个汉字呀"), "密码是八个汉字呀")


def test_an_unknown_name_costs_the_same_check() -> None:
    assert absent_hash().startswith("$argon2id$")
    assert not password_matches(absent_hash(), PASSWORD)
