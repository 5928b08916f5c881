"""The hall's notices."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Identified


class HallNotice(Identified, Base):
    """Something that the hall tells everybody (通知), from `begins` until before `ends`.

    Without either it begins at once, or stays until it is withdrawn. `on_kiosk`, `on_screen` and
    `on_board` are where it is shown: idle kiosks, hall screens, LED hall boards.
    """

    __tablename__ = "hall_notices"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    position: Mapped[int]
    text: Mapped[str]
    text_en: Mapped[str] = mapped_column(default="")
    begins: Mapped[datetime | None]
    ends: Mapped[datetime | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)
    on_kiosk: Mapped[bool] = mapped_column(default=True)
    on_screen: Mapped[bool] = mapped_column(default=True)
    on_board: Mapped[bool] = mapped_column(default=True)
