"""Adding, changing and removing devices, and looking for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from apiflask import APIBlueprint
from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.device_forms import (
    ADDRESS_HINTS,
    AT_COUNTERS,
    fields_for,
    form_values,
    options_from,
)
from server.admin.device_words import KINDS
from server.admin.devices import ADMINISTRATORS
from server.admin.form_fields import told
from server.catalogue.views import counters
from server.devices.models import PAIRED_KINDS, Device, DeviceKind
from server.devices.options import OPTIONS
from server.devices.printers import printers
from server.devices.registry import (
    DeviceForm,
    add_device,
    change_device,
    change_kiosk,
    find_device,
    remove_device,
)
from server.devices.searching import ask_for_search
from server.devices.views import all_devices
from server.edge.access import access
from server.edge.context import reading, writing
from server.edge.language import local
from server.problems import Problem
from server.work import Work

blueprint = APIBlueprint("device_editing", __name__, enable_openapi=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """A device's form: whose it is, what is filled in, and what is wrong with it."""

    kind: DeviceKind
    values: Mapping[str, str]
    device: Device | None = None
    agent_id: int | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


@blueprint.get("/admin/devices/add")
@access(ADMINISTRATORS)
def new() -> str:
    """The form for a device that an agent is to run; a place that was found is filled in."""
    kind, agent_id = _asked_kind(), request.args.get("agent", type=int)
    values = {**form_values(kind, {}), "url": request.args.get("url", "")}
    with reading() as work:
        find_device(work, agent_id or 0)
        return _page(work, Shown(kind, values, agent_id=agent_id))


@blueprint.post("/admin/devices/add")
@access(ADMINISTRATORS)
def add() -> ResponseReturnValue:
    """Give the device to its agent."""
    kind, agent_id = _asked_kind(), request.args.get("agent", 0, type=int)
    try:
        with writing() as work:
            add_device(work, agent_id, kind, _filled_in(work, kind))
    except Problem as problem:
        return _again(Shown(kind, request.form, agent_id=agent_id), problem)
    return redirect(url_for("admin.devices"), code=303)


@blueprint.get("/admin/devices/<row:device_id>")
@access(ADMINISTRATORS)
def edit(device_id: int) -> str:
    """The form of a device."""
    with reading() as work:
        device = find_device(work, device_id)
        values = {"name": device.name, "url": device.url}
        if device.kind in OPTIONS:
            values |= form_values(device.kind, device.options)
        values["counter_id"] = str(device.counter_id or "")
        values["printer_id"] = str(device.printer_id or "")
        return _page(work, Shown(device.kind, values, device))


@blueprint.post("/admin/devices/<row:device_id>")
@access(ADMINISTRATORS)
def save(device_id: int) -> ResponseReturnValue:
    """Change a device."""
    with reading() as work:
        device = find_device(work, device_id)
    try:
        with writing() as work:
            if device.kind in PAIRED_KINDS:
                name, printer = request.form.get("name", ""), _number("printer_id")
                change_kiosk(work, device_id, name, printer)
            else:
                change_device(work, device_id, _filled_in(work, device.kind))
    except Problem as problem:
        return _again(Shown(device.kind, request.form, device), problem)
    return redirect(url_for("admin.devices"), code=303)


@blueprint.post("/admin/devices/<row:device_id>/remove")
@access(ADMINISTRATORS)
def remove(device_id: int) -> ResponseReturnValue:
    """Take a device out of use."""
    with writing() as work:
        remove_device(work, device_id)
    return redirect(url_for("admin.devices"), code=303)


@blueprint.post("/admin/devices/<row:agent_id>/search")
@access(ADMINISTRATORS)
def search(agent_id: int) -> ResponseReturnValue:
    """Let an agent look for devices on its network."""
    with writing() as work:
        ask_for_search(work, agent_id, request.form.get("addresses", ""))
    return redirect(url_for("admin.devices"), code=303)


def _asked_kind() -> DeviceKind:
    """The kind in the address; 404 for one that no agent runs."""
    kinds = {kind.value: kind for kind in OPTIONS}
    return kinds.get(request.args.get("kind", "")) or abort(404)


def _filled_in(work: Work, kind: DeviceKind) -> DeviceForm:
    form = request.form
    options = options_from(kind, form, [counter.id for counter in counters(work)])
    return DeviceForm(form.get("name", ""), form.get("url", ""), options, _number("counter_id"))


def _number(name: str) -> int | None:
    return request.form.get(name, type=int)


def _again(shown: Shown, problem: Problem) -> ResponseReturnValue:
    """The form once more, with what is wrong in it."""
    errors = told(problem)
    with reading() as work:
        page = _page(work, Shown(shown.kind, shown.values, shown.device, shown.agent_id, errors))
    return page, problem.status


def _page(work: Work, shown: Shown) -> str:
    own_id = shown.device.id if shown.device else None
    here = [(printer.id, printer.name) for printer in printers(work) if printer.id != own_id]
    kiosks = [(one.id, one.name) for one in all_devices(work) if one.kind is DeviceKind.KIOSK]
    return render_template(
        "admin/device.html",
        shown=shown,
        title=KINDS[shown.kind],
        fields=fields_for(shown.kind, here, kiosks) if shown.kind in OPTIONS else [],
        counters=counters(work),
        counter_choices=[(counter.id, local(counter)) for counter in counters(work)],
        at_counter=shown.kind in AT_COUNTERS,
        printers=here if shown.kind is DeviceKind.KIOSK else [],
        address_hint=ADDRESS_HINTS.get(shown.kind, ""),
    )
