"""Files that people hand in: checked by content, kept in the database, never served as a page."""

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Identified
from server.i18n import N_
from server.problems import Invalid, NotFound
from server.work import Work

LARGEST_BYTES = 1_800_000  # a request with its other fields stays under two megabytes
LARGEST_SIDE = 1600  # pixels that a photo is kept with
LARGEST_PIXELS = 40_000_000
PDF_MARK = b"%PDF-"
FORMATS = ("JPEG", "PNG", "WEBP")


class Attachment(Identified, Base):
    """A file; its content lies beside the rows that refer to it, so that one backup has both."""

    __tablename__ = "attachments"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    media_type: Mapped[str]
    digest: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    stored_at: Mapped[datetime]
    stored_by: Mapped[str]


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """Content whose kind is known from itself, not from its name."""

    media_type: str
    content: bytes


def check_document(content: bytes) -> CheckedFile:
    """A PDF as it is, or a picture drawn anew. Raises Invalid for anything else."""
    _within_size(content)
    if content.startswith(PDF_MARK):
        return CheckedFile("application/pdf", content)
    return check_picture(content)


def check_picture(content: bytes) -> CheckedFile:
    """A picture drawn anew as JPEG: smaller, and without place, time and camera in it."""
    _within_size(content)
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > LARGEST_PIXELS:
            raise Invalid(N_("图片太大，请缩小后再上传"))
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise Invalid(N_("只能上传 PDF、JPG、PNG 或 WebP 文件")) from error
    upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    drawn = io.BytesIO()
    upright.save(drawn, "JPEG", quality=85)
    return CheckedFile("image/jpeg", drawn.getvalue())


def keep(work: Work, file: CheckedFile) -> Attachment:
    """Store a checked file with whatever refers to it."""
    row = Attachment(
        hall_id=work.hall_id,
        media_type=file.media_type,
        digest=hashlib.sha256(file.content).hexdigest(),
        content=file.content,
        stored_at=work.now,
        stored_by=work.actor.label,
    )
    work.session.add(row)
    work.session.flush()
    return row


def fetch(work: Work, attachment_id: int) -> CheckedFile:
    """A stored file; who may see it is for the caller to decide. Raises NotFound."""
    row = work.session.get(Attachment, attachment_id)
    if row is None or row.hall_id != work.hall_id:
        raise NotFound(N_("没有这个文件"))
    return CheckedFile(row.media_type, row.content)


def _within_size(content: bytes) -> None:
    if not content:
        raise Invalid(N_("文件是空的，请重新选择"))
    if len(content) > LARGEST_BYTES:
        raise Invalid(N_("文件不能超过 1.8 MB，请压缩后再上传"))
