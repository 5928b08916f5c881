import pytest

from drivers.escpos.models import known_models, settings_for_model


def test_every_known_model_gives_settings() -> None:
    widths = {settings_for_model(model).width_dots for model in known_models()}
    assert {384, 576} <= widths


def test_a_model_that_prints_no_raster_is_not_offered() -> None:
    assert "TM-U220" not in known_models()


@pytest.mark.parametrize(
    ("model", "width", "native_qr", "cutter"),
    [
        ("NT-80-V-UL", 576, True, True),
        ("POS-5890", 384, False, False),
        ("TM-T88IV", 512, True, True),
        ("default", 576, True, True),
    ],
)
def test_a_model_brings_its_width_qr_and_cutter(
    model: str, width: int, native_qr: bool, cutter: bool
) -> None:
    settings = settings_for_model(model)
    assert (settings.width_dots, settings.native_qr, settings.cutter) == (width, native_qr, cutter)


def test_an_unknown_model_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no profile for 'XP-0'; known: .*TM-T88V"):
        settings_for_model("XP-0")
