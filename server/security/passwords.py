"""Password hashing with argon2id."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.i18n import N_
from server.problems import Invalid

MINIMUM_LENGTH = 8

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """An argon2id hash. Raises Invalid for a password that is too short."""
    if len(password) < MINIMUM_LENGTH:
        raise Invalid(N_("密码至少需要 {length} 个字符"), length=MINIMUM_LENGTH)
    return _hasher.hash(password)


def password_faults(password: str, again: str) -> dict[str, str]:
    """What is wrong with a password typed twice, by field; messages for the catalogue."""
    if len(password) < MINIMUM_LENGTH:
        return {"password": N_("密码至少需要八个字符")}
    return {} if password == again else {"password_again": N_("两次输入的密码不一致")}


def password_matches(stored_hash: str, password: str) -> bool:
    """Whether a password belongs to a hash; takes tens of milliseconds by design."""
    try:
        return _hasher.verify(stored_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def absent_hash() -> str:
    """Checked for an unknown user, so that the time taken does not tell which names exist."""
    return _hasher.hash("no such account")
