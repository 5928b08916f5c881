"""The settings that a device's driver takes, by kind: what an administrator may set, checked."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

LARGEST_BUS_ADDRESS = 254

BusAddress = Annotated[int, Field(ge=0, le=LARGEST_BUS_ADDRESS)]
CounterId = Annotated[int, Field(ge=1)]


class Options(BaseModel):
    """Parent of every kind's options; an unknown option is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PanelBusOptions(Options):
    """Call panels and rating pads on one line: bus address to counter.

    `best_first` says that a pad's key 1 means 非常满意 and not 非常不满意.
    """

    panels: dict[BusAddress, CounterId] = {}
    pads: dict[BusAddress, CounterId] = {}
    best_first: bool = True
