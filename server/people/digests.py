"""Identity numbers as a hall keeps them: digests under a key of its own, never the numbers."""

import hashlib
import hmac
import secrets

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base
from server.idempotency import dialect_insert
from server.work import Work


class IdentityKey(Base):
    """A hall's key for digests of identity numbers."""

    __tablename__ = "identity_keys"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), primary_key=True)
    key: Mapped[str]


def digest(work: Work, id_number: str) -> str:
    """What stands for an identity number in this hall; the key is made at first use."""
    work.session.execute(
        dialect_insert(work.session)(IdentityKey)
        .values(hall_id=work.hall_id, key=secrets.token_hex(32))
        .on_conflict_do_nothing()
    )
    key = work.session.get_one(IdentityKey, work.hall_id).key
    return hmac.new(key.encode(), id_number.strip().upper().encode(), hashlib.sha256).hexdigest()
