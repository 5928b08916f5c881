import wave
from io import BytesIO

import pytest

from server.people.models import Role
from server.queueing.models import Call
from server.queueing.states import TicketAction
from tests.builders.built import ClerkAtCounter
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall
from tests.builders.site import Site, Visitor, document


@pytest.fixture
def screen(site: Site) -> Visitor:
    return site.device("display")


class TestWaits:
    def test_the_wait_of_whoever_comes_now_is_told(self, site: Site, screen: Visitor) -> None:
        site.hall.clerk(1)
        for _ in range(2):
            site.hall.take("A")
        [wait] = document(screen.get("/api/display/waits"))["queues"]
        assert wait["estimate"] == {"low": 20, "high": 25}

    def test_nothing_is_promised_while_nobody_serves(self, site: Site, screen: Visitor) -> None:
        [wait] = document(screen.get("/api/display/waits"))["queues"]
        assert wait["estimate"] is None


class TestSnapshot:
    def test_it_shows_calls_newest_first_and_who_waits(
        self, site: Site, screen: Visitor, clock: HandClock
    ) -> None:
        clerk = site.hall.clerk(1)
        for _ in range(3):
            site.hall.take("A")
        clerk.next()
        clerk.recall()
        clerk.press(TicketAction.FINISH)
        clerk.next()
        shown = document(screen.get("/api/display"))
        assert [(call["label"], call["repeat"]) for call in shown["calls"]] == [
            ("A002", False),
            ("A001", True),
            ("A001", False),
        ]
        assert [(queue["prefix"], queue["waiting"]) for queue in shown["waiting"]] == [("A", 1)]
        assert shown["time_zone"] == "Asia/Shanghai"
        assert shown["calls"][0]["counter_number"] == 1
        assert shown["now"] == clock().isoformat().replace("+00:00", "Z")

    def test_yesterdays_calls_are_gone(self, site: Site, screen: Visitor, clock: HandClock) -> None:
        site.hall.take("A")
        site.hall.clerk(1).next()
        clock.move(days=1)
        site.hall.start_server()
        assert document(screen.get("/api/display"))["calls"] == []

    def test_unchanged_it_is_not_sent_again(self, site: Site, screen: Visitor) -> None:
        tag = screen.get("/api/display").headers["ETag"]
        unchanged = screen.get("/api/display", **{"If-None-Match": tag})
        assert (unchanged.status_code, unchanged.data, unchanged.headers["ETag"]) == (304, b"", tag)
        site.hall.take("A")
        assert screen.get("/api/display", **{"If-None-Match": tag}).status_code == 200

    def test_a_new_day_is_a_change(self, screen: Visitor, clock: HandClock) -> None:
        tag = screen.get("/api/display").headers["ETag"]
        clock.move(days=1)
        assert screen.get("/api/display", **{"If-None-Match": tag}).status_code == 200

    def test_it_is_as_fresh_as_it_says(self, site: Site, screen: Visitor) -> None:
        before = document(screen.get("/api/display"))["seq"]
        site.hall.take("A")
        assert document(screen.get("/api/display"))["seq"] == before + 1


class TestVoice:
    @pytest.fixture
    def call(self, site: Site) -> int:
        """A call of A001 to counter 1."""
        site.hall.take("A")
        site.hall.clerk(1).next()
        calls = document(site.device("display").get("/api/display"))["calls"]
        return int(calls[0]["id"])

    @pytest.mark.usefixtures("speech")
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_a_call_is_spoken(self, screen: Visitor, call: int, language: str) -> None:
        response = screen.get(f"/api/calls/{call}/voice.wav?lang={language}")
        assert (response.status_code, response.mimetype) == (200, "audio/wav")
        with wave.open(BytesIO(response.data)) as sound:
            assert sound.getnframes() / sound.getframerate() > 1
        response.close()

    def test_without_a_voice_the_chime_must_do(
        self, screen: Visitor, call: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", "")
        assert screen.get(f"/api/calls/{call}/voice.wav").status_code == 404

    def test_a_call_that_never_was(self, screen: Visitor) -> None:
        assert screen.get("/api/calls/987654/voice.wav").status_code == 404

    def test_another_halls_call_is_not_spoken_here(self, site: Site, screen: Visitor) -> None:
        other = a_hall().named("另一个大厅").with_queue("Z").with_counter(9)
        other = other.with_staff(Role.CLERK, "li")
        built = other.build(site.hall.database, site.hall.workplace.clock)
        built.take("Z")
        clerk = ClerkAtCounter(built, "li", 9)
        clerk.open()
        clerk.next()
        with built.session() as session:
            call_id = session.query(Call.id).scalar()
        assert screen.get(f"/api/calls/{call_id}/voice.wav").status_code == 404


class TestTicketPage:
    """A citizen follows the ticket on the telephone, without signing in."""

    def secret(self, site: Site) -> str:
        return site.hall.take("A").ticket.secret

    def test_how_many_are_before(self, site: Site) -> None:
        site.hall.take("A")
        shown = document(site.nobody().get(f"/api/t/{self.secret(site)}"))
        assert (shown["label"], shown["state"], shown["ahead"]) == ("A002", "waiting", 1)

    def test_which_counter_calls(self, site: Site) -> None:
        secret = self.secret(site)
        site.hall.clerk(1).next()
        shown = document(site.nobody().get(f"/api/t/{secret}"))
        assert (shown["state"], shown["counter_number"], shown["ahead"]) == ("called", 1, 0)

    def test_the_time_is_the_halls(self, site: Site) -> None:
        shown = document(site.nobody().get(f"/api/t/{self.secret(site)}"))
        assert shown["issued_at"] == "2026-09-14T09:00:00+08:00"

    @pytest.mark.parametrize("path", ["/t/guessed", "/api/t/guessed", "/api/t/%00", "/api/t/%ff"])
    def test_a_guessed_address_shows_nothing(self, site: Site, path: str) -> None:
        assert site.nobody().get(path).status_code == 404

    def test_the_page_says_it_in_both_languages(self, site: Site) -> None:
        page = f"/t/{self.secret(site)}"
        assert "A 类业务" in site.nobody().look(page).text
        assert "Matters of A" in site.nobody().in_english().look(page).text


def test_a_paired_screen_has_its_page_and_others_the_pairing_page(
    site: Site, screen: Visitor
) -> None:
    assert "<hk-display" in screen.look("/display").text
    assert "<hk-pairing" in site.nobody().look("/display").text
