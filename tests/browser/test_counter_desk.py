"""The clerk's page: each press by mouse and by key, its undoing, its sheets."""

import pytest
from playwright.sync_api import expect

from tests.browser.presses import (
    Press,
    by_key,
    by_mouse,
    choose,
    pressed,
    serving,
    sheet,
    take,
    undo,
)
from tests.browser.seats import (
    SMALL_DESK,
    Seats,
    call_next,
    finish,
    number_in_hand,
    serve_all,
)
from tests.services.waiting import wait_until

UNDONE_BY_ITSELF_MS = 13_000


@pytest.fixture(params=[by_mouse, by_key], ids=["mouse", "keyboard"])
def press(request: pytest.FixtureRequest) -> Press:
    chosen: Press = request.param
    return chosen


class TestEachPress:
    def test_a_number_is_called_again_and_served(self, seats: Seats, press: Press) -> None:
        counter = seats.counter(1)
        [label] = take(seats)
        press(counter, "next")
        expect(counter.locator(".hand-number")).to_have_text(label)
        press(counter, "recall")
        expect(counter.locator(".notice-warn")).to_contain_text("请稍等")
        press(counter, "start")
        expect(counter.locator(".hand-serving")).to_be_visible()
        press(counter, "finish")
        expect(counter.locator(".hand-idle")).to_be_visible()

    def test_a_number_is_put_on_hold_and_taken_up_again(self, seats: Seats, press: Press) -> None:
        counter = seats.counter(1)
        label = serving(seats, counter)
        press(counter, "hold")
        expect(counter.locator(".held b")).to_have_text([label])
        press(counter, "resume")
        expect(counter.locator(".hand-serving .hand-number")).to_have_text(label)
        expect(counter.locator(".held")).to_have_count(0)
        finish(counter)

    def test_the_counter_pauses_for_a_reason(self, seats: Seats, press: Press) -> None:
        counter = seats.counter(1)
        press(counter, "pause")
        sheet(counter)
        choose(counter, press, "短暂离开")
        expect(counter.locator(".hand-paused")).to_contain_text("短暂离开")
        expect(counter.locator(".press-next")).to_have_attribute("aria-disabled", "true")
        press(counter, "resume-service")
        expect(counter.locator(".hand-idle")).to_be_visible()

    def test_a_number_goes_to_another_counter_in_two_presses(
        self, seats: Seats, press: Press
    ) -> None:
        counter, other = seats.counter(1), seats.counter(2)
        label = serving(seats, counter)
        press(counter, "transfer")
        sheet(counter)
        choose(counter, press, "企业开办二窗")
        expect(counter.locator(".hand-idle")).to_be_visible()
        expect(other.locator(".queue-reserved b")).to_have_text("1")
        assert call_next(other) == label
        expect(other.locator(".hand-why")).to_contain_text("转到这里继续办理")
        finish(other)

    def test_a_number_is_called_for_a_reason(self, seats: Seats, press: Press) -> None:
        counter = seats.counter(1)
        _, later = take(seats, 2)
        press(counter, "call-number")
        sheet(counter)
        counter.locator("#call-label").fill(later.lower())
        if press is by_mouse:
            counter.get_by_role("button", name="群众有急事").click()
        else:
            counter.keyboard.press("Enter")
            expect(counter.locator("#call-reason")).to_be_focused()
            counter.keyboard.type("群众有急事")
            counter.keyboard.press("Enter")
        expect(counter.locator(".hand-number")).to_have_text(later)
        expect(counter.locator(".hand-why")).to_contain_text("“群众有急事”")
        serve_all(counter)

    def test_a_number_was_worth_three_cases(self, seats: Seats, press: Press) -> None:
        counter = seats.counter(1)
        serving(seats, counter)
        if press is by_mouse:
            for _ in range(2):
                counter.get_by_role("button", name="多一件").click()
        else:
            counter.keyboard.press("Shift+F6")
            counter.keyboard.type("3")
        with counter.expect_request("**/finish-cases") as sent:
            press(counter, "finish")
        assert '"cases":3' in (sent.value.post_data or "")
        expect(counter.locator(".hand-idle")).to_be_visible()


class TestUndo:
    def test_a_call_is_taken_back_from_the_screen_too(self, seats: Seats, press: Press) -> None:
        counter, screen = seats.counter(1), seats.screen()
        [label] = take(seats)
        call_next(counter)
        expect(screen.locator(".now-label")).to_have_text(label)
        expect(counter.locator(".undo")).to_contain_text(f"已呼叫 {label}")
        undo(counter, press)
        expect(counter.locator(".waiting-total")).to_have_text("1")
        expect(counter.locator(".hand-idle")).to_be_visible()
        expect(screen.get_by_text(label, exact=True)).to_have_count(0)
        serve_all(counter)

    def test_a_finish_is_taken_back(self, seats: Seats, press: Press) -> None:
        counter = seats.counter(1)
        label = serving(seats, counter)
        finish(counter)
        undo(counter, press)
        expect(counter.locator(".hand-serving .hand-number")).to_have_text(label)
        finish(counter)

    def test_after_ten_seconds_it_is_no_longer_offered(self, seats: Seats) -> None:
        counter = seats.counter(1)
        take(seats)
        call_next(counter)
        left = int(counter.locator(".undo .number").inner_text())
        assert left <= 10
        expect(counter.locator(".undo button")).to_have_count(0, timeout=UNDONE_BY_ITSELF_MS)
        counter.keyboard.press("Control+z")
        expect(counter.locator(".hand-called")).to_be_visible()
        finish(counter)


class TestSecondPress:
    def test_the_automatic_next_meets_one_citizen_at_a_time(self, seats: Seats) -> None:
        counter = seats.counter(1)
        first, second = take(seats, 2)
        counter.get_by_role("switch").click()
        expect(counter.get_by_role("switch")).to_have_attribute("aria-checked", "true")
        assert call_next(counter) == first
        for _ in range(2):
            counter.keyboard.press("F6")
        expect(counter.locator(".hand-called .hand-number")).to_have_text(second)
        counter.get_by_role("switch").click()
        expect(counter.get_by_role("switch")).to_have_attribute("aria-checked", "false")
        assert number_in_hand(counter) == second
        wait_until(lambda: pressed(counter, "F6", ".hand-idle"), "the end of the second")

    def test_a_sheet_about_a_number_that_is_gone_closes(self, seats: Seats) -> None:
        counter = seats.counter(1)
        serving(seats, counter)
        behind = seats.visitor(size=SMALL_DESK)
        behind.goto(seats.hall.seat("counter-1"))
        expect(behind.locator(".hand-serving")).to_be_visible()
        behind.keyboard.press("F9")
        sheet(behind)
        finish(counter)
        expect(behind.locator("dialog[open]")).to_have_count(0)
        expect(behind.locator(".hand-idle")).to_be_visible()


class TestSheets:
    def test_help_is_not_asked_for_by_accident(self, seats: Seats) -> None:
        counter = seats.counter(1)
        for _ in range(2):
            counter.locator("button.help").press("Enter")
            sheet(counter)
            counter.keyboard.press("Enter")
            expect(counter.locator("dialog[open]")).to_have_count(0)
        expect(counter.locator("button.help")).to_be_focused()
        expect(counter.locator(".help-sent")).to_have_count(0)

    def test_help_comes_and_the_hall_sees_nothing(self, seats: Seats) -> None:
        counter, screen = seats.counter(1), seats.screen()
        before = screen.locator("main").inner_text()
        supervisor = seats.staff("supervisor")
        supervisor.goto(f"{seats.hall.address}/admin/queue")
        counter.locator("button.help").press("Enter")
        sheet(counter)
        counter.get_by_role("button", name="发出求助").press("Enter")
        expect(counter.locator(".help-sent")).to_be_visible()
        expect(supervisor.locator(".notice-warn").first).to_contain_text("1 号窗口请求帮助")
        assert screen.locator("main").inner_text() == before
        supervisor.get_by_role("button", name="已前往").click()
        supervisor.wait_for_load_state()
        counter.reload()
        expect(counter.locator("button.help")).to_be_visible()

    def test_a_number_that_does_not_wait_is_told_politely(self, seats: Seats) -> None:
        counter = seats.counter(1)
        counter.keyboard.press("Shift+F2")
        sheet(counter)
        counter.locator("#call-label").fill("A999")
        counter.get_by_role("button", name="群众有急事").click()
        expect(counter.locator("dialog .notice-warn")).to_contain_text("请核对号码")
        counter.keyboard.press("Escape")
        expect(counter.locator("dialog[open]")).to_have_count(0)
        expect(counter.locator(".press-call-number")).to_be_visible()

    def test_who_has_left_while_on_hold_is_let_go(self, seats: Seats) -> None:
        counter = seats.counter(1)
        serving(seats, counter)
        counter.keyboard.press("F8")
        counter.locator(".held-left").click()
        sheet(counter)
        counter.get_by_role("button", name="已经离开").click()
        expect(counter.locator(".held")).to_have_count(0)

    def test_keys_of_the_desk_rest_while_something_is_asked(self, seats: Seats) -> None:
        counter = seats.counter(1)
        [label] = take(seats)
        expect(counter.locator(".waiting-total")).to_have_text("1")
        counter.keyboard.press("F10")
        sheet(counter)
        counter.keyboard.press("F2")
        counter.keyboard.press("Escape")
        expect(counter.locator("dialog[open]")).to_have_count(0)
        expect(counter.locator(".hand-idle")).to_be_visible()
        assert call_next(counter) == label
        finish(counter)


def test_nothing_of_those_who_wait_is_told(seats: Seats) -> None:
    counter = seats.counter(1)
    [label] = take(seats)
    expect(counter.locator(".waiting-total")).to_have_text("1")
    assert label not in counter.content()
    serve_all(counter)
