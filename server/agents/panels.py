"""What the call panels at the counters should show now."""

from pydantic import BaseModel

from server.devices.panels import counters_with_panels
from server.queueing.boards import counter_boards
from server.work import Work


class CounterContent(BaseModel):
    """What a counter's panels show; `ticket` is '' when none is in hand.

    `version` is to be sent back with a press.
    """

    counter_id: int
    version: int
    ticket: str
    waiting: int


def counter_contents(work: Work) -> list[CounterContent]:
    """The desired content of the panels at every counter where the acting agent has one."""
    return [
        CounterContent.model_validate(board, from_attributes=True)
        for board in counter_boards(work, counters_with_panels(work)).values()
    ]


def counter_content(work: Work, counter_id: int) -> CounterContent:
    """The same for one counter that is known to exist."""
    board = counter_boards(work, {counter_id})[counter_id]
    return CounterContent.model_validate(board, from_attributes=True)
