"""Sessions of people and the one-time set-up token."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.database import Base, Identified
from server.people.models import Account


class LoginSession(Identified, Base):
    """A person signed in; only a hash of the cookie's token is kept."""

    __tablename__ = "login_sessions"
    __table_args__ = (UniqueConstraint("token_hash"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    account: Mapped[Account] = relationship()


class SetupToken(Identified, Base):
    """The address that lets the first administrator in; valid until it is used."""

    __tablename__ = "setup_tokens"

    token_hash: Mapped[str]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AccountLink(Base):
    """The address with which a person chooses a password; an account has one at most, used once."""

    __tablename__ = "account_links"
    __table_args__ = (UniqueConstraint("token_hash"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    token_hash: Mapped[str]
    expires_at: Mapped[datetime]
    account: Mapped[Account] = relationship()
