"""Values that many requests carry: row numbers in bodies and addresses, the idempotency key."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from werkzeug.routing import IntegerConverter, ValidationError

LARGEST_ROW_NUMBER = 2**63 - 1

RowNumber = Annotated[int, Field(ge=1, le=LARGEST_ROW_NUMBER, strict=True)]


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
