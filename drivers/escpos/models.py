"""Settings for the printer models that python-escpos has a profile of and that print raster."""

from collections.abc import Mapping
from typing import Any

from drivers.escpos.settings import WIDTH_58_MM, WIDTH_80_MM, PrinterSettings

NARROW_PAPER_MM = 60


def known_models() -> tuple[str, ...]:
    """Names that `settings_for_model` takes."""
    return tuple(sorted(_profiles()))


def settings_for_model(model: str) -> PrinterSettings:
    """Width, QR and cutter of a known model; everything else as by default.

    Raises ValueError for a model without a profile.
    """
    profiles = _profiles()
    if model not in profiles:
        raise ValueError(f"no profile for {model!r}; known: {', '.join(sorted(profiles))}")
    features = profiles[model]["features"]
    return PrinterSettings(
        width_dots=_width(profiles[model]["media"].get("width", {})),
        native_qr=bool(features.get("qrCode")),
        cutter=bool(features.get("paperFullCut") or features.get("paperPartCut")),
    )


def _width(width: Mapping[str, Any]) -> int:
    dots, millimetres = width.get("pixels"), width.get("mm")
    if isinstance(dots, int):
        return dots // 8 * 8
    narrow = isinstance(millimetres, int | float) and millimetres < NARROW_PAPER_MM
    return WIDTH_58_MM if narrow else WIDTH_80_MM


def _profiles() -> Mapping[str, Any]:
    # Imported on use: it reads a large file and configures the root logger.
    from escpos.capabilities import CAPABILITIES  # noqa: PLC0415

    profiles: Mapping[str, Any] = CAPABILITIES["profiles"]
    return {
        model: profile
        for model, profile in profiles.items()
        if profile["features"].get("bitImageRaster")
    }
