"""The picture at the head of a hall's receipts."""

import hashlib
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from sqlalchemy import select

from server.i18n import N_
from server.printing.models import ReceiptLogo
from server.problems import Invalid, NotFound
from server.work import Work

LARGEST_BYTES = 200_000
LARGEST_SIDE = 2000


def set_logo(work: Work, picture: bytes) -> None:
    """Take a PNG or JPEG as the hall's logo; b'' takes it away. Raises Invalid."""
    row = _row(work)
    if not picture:
        if row is not None:
            work.session.delete(row)
        work.audit("print.logo", f"hall:{work.hall_id}", digest="")
        return
    _require_picture(picture)
    digest = hashlib.sha256(picture).hexdigest()
    if row is None:
        row = ReceiptLogo(hall_id=work.hall_id)
        work.session.add(row)
    row.digest, row.picture = digest, picture
    work.audit("print.logo", f"hall:{work.hall_id}", digest=digest)


def logo_digest(work: Work) -> str:
    """What the present logo is known by; '' without one."""
    row = _row(work)
    return row.digest if row is not None else ""


def current_logo(work: Work) -> bytes | None:
    """The present logo; None without one."""
    row = _row(work)
    return row.picture if row is not None else None


def logo_picture(work: Work, digest: str) -> bytes:
    """The logo known by this digest. Raises NotFound when another one has replaced it."""
    row = _row(work)
    if row is None or row.digest != digest:
        raise NotFound(N_("票头图片已经更换"))
    return row.picture


def _row(work: Work) -> ReceiptLogo | None:
    return work.session.scalar(select(ReceiptLogo).where(ReceiptLogo.hall_id == work.hall_id))


def _require_picture(picture: bytes) -> None:
    try:
        with Image.open(BytesIO(picture), formats=["PNG", "JPEG"]) as image:
            fits = max(image.size) <= LARGEST_SIDE and len(picture) <= LARGEST_BYTES
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Invalid(N_("请选择 PNG 或 JPEG 图片")) from error
    if not fits:
        raise Invalid(N_("图片过大，请选择 200 KB 以内、边长不超过 2000 点的图片"))
