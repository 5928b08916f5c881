"""Random credentials; only their hashes are stored."""

import hashlib
import secrets


def new_token() -> str:
    """An unguessable credential, 256 bits, safe in URLs and cookies."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a credential. It is random, so a plain digest needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
