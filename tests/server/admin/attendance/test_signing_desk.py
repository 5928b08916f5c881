"""The signing desk: by PIN or by the card that is laid on the desk's reader."""

import pytest

from server.attendance.covers.models import CoverDuty, HandSigning, SigningProof
from server.attendance.covers.proving import register_card
from server.devices.models import Device, DeviceKind
from tests.builders.site import Site
from tests.server.admin.attendance.cover_forms import PIN, cover, drawing
from tests.server.attendance.kept_hall import KeptHall

pytestmark = pytest.mark.usefixtures("offices")

NAME, OWN, ANOTHERS = "钱顶岗", "000000199001010018", "000000195505050023"


def lay_card(kept: KeptHall, site: Site, name: str = NAME, number: str = OWN) -> str:
    """A card is laid on the desk's reader; the token that the desk's page is told."""
    devices = kept.built.devices
    with kept.built.database.write() as session:
        reader = Device(
            hall_id=kept.built.id,
            kind=DeviceKind.ID_READER,
            name="reader",
            agent_id=devices["agent"],
            options={"at_desk": True},
        )
        session.add(reader)
        session.flush()
        reader_id = reader.id
    told: list[tuple[str, dict[str, object], str]] = []
    site.hallkeeper.relay.emit = lambda *one: told.append(one)
    card = {"name": name, "number": number}
    site.device("agent").send(f"/api/agent/readers/{reader_id}/card", card)
    ((_event, message, room),) = told
    assert room == f"hall:{kept.built.id}:desk"
    assert number not in str(message)
    return str(message["token"])


def with_card(kept: KeptHall, site: Site) -> int:
    """A cover whose card the office has registered."""
    duty_id = cover(kept, site)
    with kept.work("office") as work:
        register_card(work, duty_id, OWN)
    return duty_id


def test_a_cover_signs_at_the_desk_and_the_clerk_confirms(kept: KeptHall, site: Site) -> None:
    duty_id = cover(kept, site)
    desk = site.person("desk")
    body = {"duty_id": duty_id, "pin": PIN, "drawing": drawing()}
    signed = desk.send("/api/desk/signings", body)
    assert signed.status_code == 201, signed.text
    desk.send("/api/desk/signings/1/confirm")
    with kept.built.session() as session:
        assert session.query(HandSigning).one().confirmed_at is not None
    assert "已确认" in desk.look("/desk/signing").text
    assert desk.get("/desk/signing/1.png").mimetype == "image/png"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pin": "000000"}, "wrong-pin"),
        ({"drawing": ""}, "invalid"),
        ({"duty_id": 99}, "not-found"),
    ],
)
def test_a_signature_that_is_none_is_refused(
    kept: KeptHall, site: Site, change: dict[str, object], code: str
) -> None:
    body = {"duty_id": cover(kept, site), "pin": PIN, "drawing": drawing()} | change
    answer = site.person("desk").send("/api/desk/signings", body)
    assert answer.json is not None
    assert answer.json["code"] == code


def test_the_desk_is_the_guidance_desks(site: Site) -> None:
    assert site.person("li").look("/desk/signing").status_code == 403


def test_a_cover_signs_by_card(kept: KeptHall, site: Site) -> None:
    body = {"duty_id": with_card(kept, site), "drawing": drawing()}
    signed = site.person("desk").send("/api/desk/signings", body | {"card": lay_card(kept, site)})
    assert signed.status_code == 201, signed.text
    with kept.built.session() as session:
        assert session.query(HandSigning).one().proof is SigningProof.CARD


def test_anothers_card_is_told_politely(kept: KeptHall, site: Site) -> None:
    body = {"duty_id": with_card(kept, site), "drawing": drawing()}
    card = lay_card(kept, site, "示例乙", ANOTHERS)
    answer = site.person("desk").send("/api/desk/signings", body | {"card": card})
    assert answer.json is not None
    assert (answer.json["code"], answer.json["detail"]) == (
        "wrong-card",
        "这不是钱顶岗登记的身份证，请核对后再刷",
    )


def test_a_card_is_good_for_one_signature(kept: KeptHall, site: Site) -> None:
    body = {"duty_id": with_card(kept, site), "drawing": drawing(), "card": lay_card(kept, site)}
    desk = site.person("desk")
    desk.send("/api/desk/signings", body)
    again = desk.send("/api/desk/signings", body)
    assert again.json is not None
    assert again.json["code"] == "handover-gone"


def test_the_desk_registers_the_card_that_it_reads(kept: KeptHall, site: Site) -> None:
    duty_id = cover(kept, site)
    path = f"/api/desk/covers/{duty_id}/card"
    answer = site.person("desk").send(path, {"card": lay_card(kept, site)})
    assert answer.status_code == 204, answer.text
    with kept.built.session() as session:
        assert session.get_one(CoverDuty, duty_id).card_digest is not None


def test_the_office_types_the_number(kept: KeptHall, site: Site) -> None:
    duty_id = cover(kept, site)
    answer = site.person("office").submit(
        "/attendance/covers", act="card", duty_id=duty_id, id_number=OWN
    )
    assert answer.status_code == 302, answer.text


@pytest.mark.parametrize("proofs", [{}, {"pin": PIN, "card": "token"}])
def test_a_signature_has_one_proof(kept: KeptHall, site: Site, proofs: dict[str, str]) -> None:
    body = {"duty_id": cover(kept, site), "drawing": drawing()} | proofs
    assert site.person("desk").send("/api/desk/signings", body).status_code == 422
