"""Values that many requests carry: numbers, bytes, row numbers in addresses, idempotency keys.

Each says in the OpenAPI document exactly what it takes.
"""

from binascii import a2b_base64
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, NaiveDatetime, WithJsonSchema
from pydantic.fields import FieldInfo
from werkzeug.routing import IntegerConverter, ValidationError

LARGEST_ROW_NUMBER = 2**63 - 1


def _whole(value: object) -> object:
    """JSON has one kind of number: 3.0 is 3."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _decoded(value: object) -> bytes:
    if not isinstance(value, str) or len(value) % 4:
        raise ValueError("base64 is needed")
    return a2b_base64(value, strict_mode=True)  # binascii.Error is a ValueError


def number(least: int, most: int = LARGEST_ROW_NUMBER) -> tuple[FieldInfo, BeforeValidator]:
    """How a whole number comes, for use as `Annotated[int, *number(1, 99)]`."""
    return Field(ge=least, le=most, strict=True), BeforeValidator(_whole)


RowNumber = Annotated[int, *number(1)]
Number = Annotated[int, *number(0)]
SignedNumber = Annotated[int, *number(-LARGEST_ROW_NUMBER)]
Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]  # PostgreSQL stores no NUL
YesOrNo = Annotated[bool, Field(strict=True)]
WallClock = Annotated[
    NaiveDatetime, WithJsonSchema({"type": "string", "format": "date-time-local"})
]


def base64(most_bytes: int) -> tuple[BeforeValidator, FieldInfo, WithJsonSchema]:
    """How bytes come as base64, for use as `Annotated[bytes, *base64(30)]`."""
    letters = -(-most_bytes // 3) * 4
    schema = {"type": "string", "format": "byte", "maxLength": letters}
    return BeforeValidator(_decoded), Field(max_length=most_bytes), WithJsonSchema(schema)


class RowNumberConverter(IntegerConverter):
    """A row number in an address, `<row:name>`; what no row can have is an unknown address."""

    regex = r"[0-9]{1,19}"  # Python itself refuses to read thousands of digits

    def to_python(self, value: str) -> int:
        """The number. Raises ValidationError, which werkzeug answers with 404."""
        number = int(value)
        if not 1 <= number <= LARGEST_ROW_NUMBER:
            raise ValidationError
        return number


class Body(BaseModel):
    """Parent of request bodies: what is not asked for is refused."""

    model_config = ConfigDict(extra="forbid")


class CommandHeaders(BaseModel):
    """The client makes a key for each press; the same key never does the work twice."""

    model_config = ConfigDict(populate_by_name=True)

    idempotency_key: str = Field(
        alias="Idempotency-Key", min_length=1, max_length=100, pattern="^[!-~]+$"
    )
