"""Who waits in which lane of a queue."""

from collections.abc import Mapping
from enum import StrEnum


class Lane(StrEnum):
    """Lines beside each other in one queue; where shares tie, the earlier named goes first."""

    GREEN = "green"  # 绿色通道
    PRIORITY = "priority"  # 优先
    APPOINTMENT = "appointment"  # 预约
    ORDINARY = "ordinary"  # 普通


class Priority(StrEnum):
    """Why somebody is served with priority (优先)."""

    NONE = "none"
    ELDERLY = "elderly"  # 老年人
    DISABLED = "disabled"  # 残疾人
    PREGNANT = "pregnant"  # 孕妇
    MILITARY = "military"  # 军人、退役军人
    GREEN_CHANNEL = "green_channel"  # 绿色通道
    REMOTE_VILLAGER = "remote_villager"  # 边远村民
    INVESTOR = "investor"  # 外来客商


LANE_OF: Mapping[Priority, Lane] = {
    Priority.NONE: Lane.ORDINARY,
    Priority.ELDERLY: Lane.PRIORITY,
    Priority.DISABLED: Lane.PRIORITY,
    Priority.PREGNANT: Lane.PRIORITY,
    Priority.MILITARY: Lane.PRIORITY,
    Priority.GREEN_CHANNEL: Lane.GREEN,
    Priority.REMOTE_VILLAGER: Lane.PRIORITY,
    Priority.INVESTOR: Lane.PRIORITY,
}
