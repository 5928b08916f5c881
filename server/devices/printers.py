"""Printers and who stands in for whom."""

from sqlalchemy import select

from server.devices.models import Device, DeviceKind, HealthState
from server.devices.options import PrinterOptions
from server.devices.presence import agents_away
from server.work import Work


def printers(work: Work) -> list[Device]:
    """The hall's printers that are in use, the first one set up first."""
    return list(
        work.session.scalars(
            select(Device)
            .where(
                Device.hall_id == work.hall_id,
                Device.kind == DeviceKind.PRINTER,
                Device.active,
            )
            .order_by(Device.id)
        )
    )


def printer_options(printer: Device) -> PrinterOptions:
    """A printer's options. Raises pydantic's ValidationError for what an older version left."""
    return PrinterOptions.model_validate(printer.options)


def out_of_service(work: Work) -> set[int]:
    """The printers that cannot print now, or whose agent is away."""
    away = agents_away(work)
    unwell = {HealthState.ATTENTION, HealthState.LOST}
    return {
        printer.id
        for printer in printers(work)
        if printer.health in unwell or printer.agent_id in away
    }


def stands_in_for(work: Work, printer_id: int) -> list[int]:
    """The printers out of service whose fallback this one is."""
    out = out_of_service(work)
    return [
        printer.id
        for printer in printers(work)
        if printer.id in out and printer_options(printer).fallback_id == printer_id
    ]
