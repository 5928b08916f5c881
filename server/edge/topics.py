"""Which topics each role and kind of device may follow."""

from collections.abc import Iterable, Mapping

from server.devices.models import DeviceKind
from server.people.models import Role
from server.realtime import room
from server.security.principal import Principal

DESK_TOPIC = "desk"
"""What the card reader at the guidance desk reads."""

ROLE_TOPICS: Mapping[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset({"supervision", "display"}),
    Role.CLERK: frozenset({"counters"}),
    Role.GUIDANCE_DESK: frozenset({"kiosk", "display", "supervision", DESK_TOPIC}),
    Role.SUPERVISOR: frozenset({"supervision", "display"}),
}

DEVICE_TOPICS: Mapping[DeviceKind, frozenset[str]] = {
    DeviceKind.AGENT: frozenset({"agents", "counters"}),
    DeviceKind.KIOSK: frozenset({"kiosk"}),
    DeviceKind.DISPLAY: frozenset({"display"}),
}


def topics_of(principal: Principal) -> frozenset[str]:
    """The topics that a caller may follow."""
    if principal.role is not None:
        return ROLE_TOPICS[principal.role]
    if principal.device_kind is not None:
        return DEVICE_TOPICS.get(principal.device_kind, frozenset()) | _own(principal)
    return frozenset()


def kiosk_topic(kiosk_id: int) -> str:
    """The topic that one kiosk alone may follow."""
    return f"kiosk:{kiosk_id}"


def _own(principal: Principal) -> frozenset[str]:
    if principal.device_kind is not DeviceKind.KIOSK or principal.actor.device_id is None:
        return frozenset()
    return frozenset({kiosk_topic(principal.actor.device_id)})


def rooms_of(callers: Iterable[Principal]) -> frozenset[str]:
    """The rooms in which the notices are that these callers may have."""
    return frozenset(
        room(principal.hall_id, topic) for principal in callers for topic in topics_of(principal)
    )
