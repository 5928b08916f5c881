"""The reader against a simulated one over TCP."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from drivers.idcard.device import CardRead, CardUnreadable, IdReader
from drivers.idcard.simulator import PEOPLE, IdReaderSimulator
from drivers.idcard.twin import Reader, frame
from drivers.transport import TransportError


@pytest.fixture
def simulator() -> Iterator[IdReaderSimulator]:
    simulator = IdReaderSimulator("读卡器")
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def reader(simulator: IdReaderSimulator) -> Iterator[IdReader]:
    with closing(IdReader(simulator.address, answer_seconds=0.3, card_seconds=0.3)) as reader:
        yield reader


def test_no_card(reader: IdReader) -> None:
    assert reader.poll() is None


def test_a_card_is_read_once_per_laying_on(reader: IdReader, simulator: IdReaderSimulator) -> None:
    simulator.command("lay_card")
    first = reader.poll()
    assert isinstance(first, CardRead)
    assert first.card.number == PEOPLE[0].number
    assert reader.poll() is None
    simulator.command("take_card")
    reader.poll()
    simulator.command("lay_card")
    assert isinstance(reader.poll(), CardRead)


def test_another_card_on_top_is_another_person(
    reader: IdReader, simulator: IdReaderSimulator
) -> None:
    simulator.command("lay_card", person=0)
    reader.poll()
    simulator.command("lay_card", person=1)
    second = reader.poll()
    assert isinstance(second, CardRead)
    assert second.card.name == PEOPLE[1].name


def test_a_card_that_cannot_be_read_is_told_once(
    reader: IdReader, simulator: IdReaderSimulator
) -> None:
    simulator.command("lay_spoiled_card")
    assert reader.poll() == CardUnreadable("read_failed")
    assert reader.poll() is None


def test_a_reader_that_does_not_answer_is_lost_and_found_again(
    reader: IdReader, simulator: IdReaderSimulator
) -> None:
    simulator.command("mute")
    with pytest.raises(TransportError, match="did not answer"):
        reader.poll()
    simulator.command("mute", on=False)
    simulator.command("lay_card")
    assert isinstance(reader.poll(), CardRead)


def test_a_damaged_answer_is_no_answer(reader: IdReader, simulator: IdReaderSimulator) -> None:
    simulator.command("corrupt_reply")
    with pytest.raises(TransportError):
        reader.poll()
    assert reader.rejected == 1


def test_a_pulled_cable(reader: IdReader, simulator: IdReaderSimulator) -> None:
    reader.poll()
    simulator.stop()
    with pytest.raises(TransportError):
        reader.poll()
    simulator.start()
    assert reader.poll() is None


def test_it_says_that_it_is_simulated(reader: IdReader, simulator: IdReaderSimulator) -> None:
    assert "SIMULATED" in reader.sam_id()
    assert simulator.state()["simulated"] is True


def test_what_a_reader_keeps_of_a_card_is_not_its_person(
    reader: IdReader, simulator: IdReaderSimulator
) -> None:
    simulator.command("lay_card")
    reader.poll()
    kept = repr([getattr(reader, name) for name in vars(reader)])
    assert PEOPLE[0].number not in kept
    assert PEOPLE[0].name not in kept


@pytest.mark.parametrize(
    ("name", "arguments"), [("lay_card", {"person": 9}), ("explode", {}), ("mute", {"off": 1})]
)
def test_what_cannot_be_done_to_it(
    simulator: IdReaderSimulator, name: str, arguments: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match=r"people|unknown|takes"):
        simulator.command(name, **arguments)


def test_an_unknown_request_is_refused() -> None:
    assert Reader().hear(bytes.fromhex("AAAAAA96690003770074")) == frame(0x21)
