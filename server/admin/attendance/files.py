"""Files that pages hand out; never shown inside a page of ours."""

from flask import Response

from server.attachments import CheckedFile

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_attachment(file: CheckedFile, name: str) -> Response:
    """A checked file, to be saved or opened by another program."""
    return _answer(file.content, file.media_type, f"{name}.{EXTENSIONS[file.media_type]}")


def as_picture(content: bytes, media_type: str) -> Response:
    """A picture for an `img` of ours."""
    return Response(content, mimetype=media_type)


def as_pdf(content: bytes, name: str) -> Response:
    """A PDF made here."""
    return _answer(content, "application/pdf", f"{name}.pdf")


def as_workbook(content: bytes, name: str) -> Response:
    """A workbook made here."""
    return _answer(content, EXCEL, f"{name}.xlsx")


def _answer(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
