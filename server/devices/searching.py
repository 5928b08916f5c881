"""Looking for devices: an agent offers what it finds, so that nobody has to type addresses."""

import ipaddress
import re
from dataclasses import dataclass

from sqlalchemy import delete, select

from server.devices.events import DevicesChanged
from server.devices.models import Device, DeviceKind, DeviceSearch, FoundDevice
from server.devices.registry import find_device
from server.i18n import N_
from server.problems import Invalid, NotFound
from server.work import Work

MOST_ADDRESSES = 1024

_RANGE = re.compile(r"(\d+\.\d+\.\d+\.)(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Found:
    """Something that an agent found; `kind` is a guess, '' for none."""

    url: str
    kind: str
    description: str


def ask_for_search(work: Work, agent_id: int, addresses: str) -> None:
    """Let an agent look at these addresses: `192.168.1.0/24`, `192.168.1.10-60` or single ones.

    Raises NotFound, Invalid for what is no address or too many.
    """
    agent = find_device(work, agent_id)
    if agent.kind is not DeviceKind.AGENT:
        raise NotFound(N_("没有这个设备代理"))
    wanted = spread(addresses)
    search = _search(work, agent_id)
    if search is None:
        search = DeviceSearch(hall_id=work.hall_id, agent_id=agent_id)
        work.session.add(search)
    search.addresses = addresses.strip()
    search.asked_at = work.now
    search.ended_at = None
    work.audit("device.search", f"device:{agent_id}", addresses=len(wanted))
    work.record(DevicesChanged(device_id=agent_id))


def open_search(work: Work) -> list[str]:
    """The addresses at which the acting agent is to look now; empty when nobody asked."""
    search = _search(work, work.actor.device_id)
    return spread(search.addresses) if search is not None and search.ended_at is None else []


def take_findings(work: Work, found: list[Found], *, on_network: bool) -> None:
    """What the acting agent found on its own ports, or in the search on its network."""
    agent_id = work.actor.device_id
    assert agent_id is not None  # noqa: S101 - the route admits agents only
    mine = FoundDevice.agent_id == agent_id
    work.session.execute(delete(FoundDevice).where(mine, FoundDevice.on_network == on_network))
    kept = set(work.session.scalars(select(FoundDevice.url).where(mine)))
    work.session.add_all(
        FoundDevice(
            hall_id=work.hall_id,
            agent_id=agent_id,
            url=one.url,
            kind=one.kind,
            description=one.description,
            on_network=on_network,
            found_at=work.now,
        )
        for one in {one.url: one for one in found}.values()
        if one.url not in kept
    )
    search = _search(work, agent_id)
    if on_network and search is not None:
        search.ended_at = work.now
    work.record(DevicesChanged(device_id=agent_id))


def offers(work: Work) -> list[FoundDevice]:
    """Everything that agents found and that no device of theirs uses yet."""
    used = select(Device.url).where(Device.agent_id == FoundDevice.agent_id, Device.active)
    return list(
        work.session.scalars(
            select(FoundDevice)
            .where(FoundDevice.hall_id == work.hall_id, FoundDevice.url.not_in(used))
            .order_by(FoundDevice.agent_id, FoundDevice.on_network, FoundDevice.url)
        )
    )


def searching(work: Work) -> set[int]:
    """The agents that are looking around at the moment."""
    return set(
        work.session.scalars(
            select(DeviceSearch.agent_id).where(
                DeviceSearch.hall_id == work.hall_id, DeviceSearch.ended_at.is_(None)
            )
        )
    )


def spread(addresses: str) -> list[str]:
    """Single addresses out of networks, ranges and lists. Raises Invalid."""
    found: list[str] = []
    try:
        for part in re.split(r"[\s,，;；]+", addresses.strip()):
            found += _spread_one(part)
            if len(found) > MOST_ADDRESSES:
                raise Invalid(N_("一次最多查找 {most} 个地址"), most=MOST_ADDRESSES)
    except ValueError as error:
        raise Invalid(N_("请填写网络地址，例如 192.168.1.0/24 或 192.168.1.10-60")) from error
    return found


def _spread_one(part: str) -> list[str]:
    if match := _RANGE.fullmatch(part):
        start, first, last = match[1], int(match[2]), int(match[3])
        return [str(ipaddress.IPv4Address(f"{start}{host}")) for host in range(first, last + 1)]
    network = ipaddress.IPv4Network(part, strict=False)
    if network.num_addresses > MOST_ADDRESSES:
        raise Invalid(N_("一次最多查找 {most} 个地址"), most=MOST_ADDRESSES)
    return [str(address) for address in network.hosts()]


def _search(work: Work, agent_id: int | None) -> DeviceSearch | None:
    return work.session.scalar(select(DeviceSearch).where(DeviceSearch.agent_id == agent_id))
