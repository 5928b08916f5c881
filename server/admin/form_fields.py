"""Forms described field by field, and what is wrong with what was filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from server.edge.language import _
from server.filling import WrongFields
from server.problems import Problem


class Input(StrEnum):
    """How a value is asked for. MOMENT: date and time. COUNTERS: a bus address for each counter."""

    TEXT = "text"
    NUMBER = "number"
    CHECK = "check"
    CHOICE = "choice"
    LINES = "lines"
    MOMENT = "moment"
    COUNTERS = "counters"


@dataclass(frozen=True, slots=True)
class FormField:
    """One value; `choices` are value and words, '' for the usual."""

    name: str
    words: str
    input: Input = Input.NUMBER
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()
    required: bool = False


def told(problem: Problem) -> dict[str, str]:
    """What is wrong in the reader's language, by field; '' for the whole form."""
    errors = {"": _(problem.detail, **problem.parameters)}
    if isinstance(problem, WrongFields):
        errors |= {
            name: _(fault.message, **fault.parameters) for name, fault in problem.fields.items()
        }
    return errors
