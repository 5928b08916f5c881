"""Cover staff sign by identity card: only a keyed digest of its number is kept."""

import pytest
from sqlalchemy import select

from server.attendance.covers.models import CoverDuty, HandSigning, SigningProof
from server.attendance.covers.proving import NoCardRegistered, read_card, register_card
from server.attendance.covers.registering import end_cover
from server.attendance.covers.signing import sign_with_card
from server.audit import AuditEntry
from server.problems import Conflict, Invalid, NotAllowed
from tests.server.attendance.covers.admission import admitted, drawing
from tests.server.attendance.kept_hall import MONDAY, KeptHall

OWN, ANOTHERS = "000000199001010018", "000000195505050023"


@pytest.fixture
def duty_id(hall: KeptHall) -> int:
    """A cover on duty, at ten to eight."""
    duty_id = admitted(hall)
    hall.go_to(MONDAY, "07:50")
    return duty_id


def register(hall: KeptHall, duty_id: int, number: str = OWN) -> None:
    """The office types the number."""
    with hall.work("office") as work:
        register_card(work, duty_id, number)


def sign(hall: KeptHall, duty_id: int, number: str) -> bool:
    """Somebody lays a card on the desk's reader; whether it signs."""
    with hall.work("desk") as work:
        return sign_with_card(work, duty_id, number, drawing()) is not None


def kept_digest(hall: KeptHall) -> str | None:
    """What is kept of the card."""
    with hall.built.session() as session:
        return session.query(CoverDuty).one().card_digest


def audited(hall: KeptHall) -> list[str]:
    """The audit trail's actions about covers and signatures."""
    with hall.built.session() as session:
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))
        return [each for each in actions if each.startswith(("cover.card", "signature."))]


def test_ones_own_card_signs(hall: KeptHall, duty_id: int) -> None:
    register(hall, duty_id)
    assert sign(hall, duty_id, OWN)
    with hall.built.session() as session:
        assert session.query(HandSigning).one().proof is SigningProof.CARD


def test_anothers_card_does_not_and_is_audited(hall: KeptHall, duty_id: int) -> None:
    register(hall, duty_id)
    assert not sign(hall, duty_id, ANOTHERS)
    assert audited(hall) == ["cover.card", "signature.refuse"]


def test_without_a_registered_card_none_signs(hall: KeptHall, duty_id: int) -> None:
    with pytest.raises(NoCardRegistered):
        sign(hall, duty_id, OWN)


def test_the_number_itself_is_kept_nowhere(hall: KeptHall, duty_id: int) -> None:
    register(hall, duty_id)
    digest = kept_digest(hall)
    assert digest is not None
    assert len(digest) == 64
    with hall.built.session() as session:
        said = [str(each) for each in session.scalars(select(AuditEntry.details))]
    assert not any(OWN in each or digest in each for each in said)


def test_a_number_with_a_wrong_check_digit_is_refused(hall: KeptHall, duty_id: int) -> None:
    with pytest.raises(Invalid):
        register(hall, duty_id, "000000199001010019")


def test_the_unit_registers_no_card(hall: KeptHall, duty_id: int) -> None:
    with pytest.raises(NotAllowed), hall.work("zhao") as work:
        register_card(work, duty_id, OWN)


def test_the_desk_reads_a_card_that_bears_the_covers_name(hall: KeptHall, duty_id: int) -> None:
    with hall.work("desk") as work:
        read_card(work, duty_id, "钱顶岗", OWN)
    assert sign(hall, duty_id, OWN)


def test_the_desk_registers_nobody_elses_card(hall: KeptHall, duty_id: int) -> None:
    with pytest.raises(Conflict), hall.work("desk") as work:
        read_card(work, duty_id, "示例乙", ANOTHERS)


def test_the_desk_replaces_no_card(hall: KeptHall, duty_id: int) -> None:
    register(hall, duty_id)
    with pytest.raises(Conflict), hall.work("desk") as work:
        read_card(work, duty_id, "钱顶岗", ANOTHERS)


def test_once_struck_off_nothing_is_left_of_the_card(hall: KeptHall, duty_id: int) -> None:
    register(hall, duty_id)
    with hall.work("zhao") as work:
        end_cover(work, duty_id)
    assert kept_digest(hall) is None
