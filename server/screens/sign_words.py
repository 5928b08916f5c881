"""What the hall's LED signs say: the words around names and numbers, and how they are changed."""

from collections.abc import Mapping
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, Field
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from server.catalogue.events import HallChanged
from server.database import Base
from server.filling import STORABLE, Filling, check_unchanged, filled
from server.i18n import N_
from server.work import Work

LONGEST = 40
UNKNOWN_PLACE = N_("花括号里只能写提示中列出的名称")
MISSING_PLACE = N_("这一句须包含提示中的号码")


class SignWords(Base):
    """The words that a hall has chosen; a hall without a row has the usual ones."""

    __tablename__ = "sign_words"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), primary_key=True)
    rest: Mapped[str]
    calling: Mapped[str]
    serving: Mapped[str]
    paused: Mapped[str]
    board: Mapped[str]


def _with_places(*known: str, needed: str = "") -> AfterValidator:
    """Only these places may be in a text, and the needed one has to be."""

    def check(text: str) -> str:
        try:
            names = {
                name + "!" * bool(spec or conversion)
                for _text, name, spec, conversion in Formatter().parse(text)
                if name is not None
            }
        except ValueError:
            raise ValueError(UNKNOWN_PLACE) from None
        if names - set(known):
            raise ValueError(UNKNOWN_PLACE)
        if needed and needed not in names:
            raise ValueError(MISSING_PLACE)
        return " ".join(text.split())

    return AfterValidator(check)


SHORT = Field(max_length=LONGEST)
OF_COUNTER = ("name", "number")


class SignWordsForm(Filling):
    """What a window sign says at rest, calling, serving and paused, and a board of each call.

    `{label}` is the number on the ticket, `{name}` and `{number}` are the counter's. A sentence
    left blank is as usual.
    """

    rest: Annotated[str, SHORT, STORABLE, _with_places(*OF_COUNTER)] = "{name}"
    calling: Annotated[str, SHORT, STORABLE, _with_places("label", *OF_COUNTER, needed="label")] = (
        "请{label}号到本窗口"
    )
    serving: Annotated[str, SHORT, STORABLE, _with_places("label", *OF_COUNTER, needed="label")] = (
        "{label}号办理中"
    )
    paused: Annotated[str, SHORT, STORABLE, _with_places(*OF_COUNTER)] = "暂停服务"
    board: Annotated[str, SHORT, STORABLE, _with_places(*OF_COUNTER, needed="number")] = (
        "{number}号窗口"
    )


def sign_words(work: Work) -> SignWordsForm:
    """What this hall's signs say."""
    row = _row(work)
    if row is None:
        return SignWordsForm()
    return SignWordsForm(
        rest=row.rest,
        calling=row.calling,
        serving=row.serving,
        paused=row.paused,
        board=row.board,
    )


def change_sign_words(work: Work, values: Mapping[str, object], seen: str | None = None) -> None:
    """Change what the signs say; they follow at once. Raises Stale, WrongFields."""
    before, form = sign_words(work), filled(SignWordsForm, values)
    if seen is not None:
        check_unchanged(before, seen)
    if form == before:
        return
    row = _row(work)
    if row is None:
        row = SignWords(hall_id=work.hall_id)
        work.session.add(row)
    row.rest, row.calling, row.serving = form.rest, form.calling, form.serving
    row.paused, row.board = form.paused, form.board
    work.audit("sign_words.change", f"hall:{work.hall_id}", **form.model_dump())
    work.record(HallChanged("sign_words"))


def restore_sign_words(work: Work) -> None:
    """Let the signs say what is usual."""
    change_sign_words(work, {})


def _row(work: Work) -> SignWords | None:
    return work.session.scalar(select(SignWords).where(SignWords.hall_id == work.hall_id))
