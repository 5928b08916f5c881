"""The clerk's page: each press by mouse and by key, a day by keyboard, every state in sight."""

import re
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page, expect

from server.i18n import LANGUAGES
from tests.browser.accessibility import violations
from tests.browser.seats import (
    SMALL_DESK,
    Seats,
    call_next,
    done,
    finish,
    number_in_hand,
    serve_all,
    take_number,
)
from tests.services.chromium import Screens
from tests.services.waiting import wait_until

KEYS: Mapping[str, str] = {
    "next": "F2",
    "recall": "F3",
    "start": "F4",
    "finish": "F6",
    "no-show": "F7",
    "hold": "F8",
    "resume": "F8",
    "transfer": "F9",
    "pause": "F10",
    "resume-service": "F10",
    "call-number": "Shift+F2",
}
UNDONE_BY_ITSELF_MS = 13_000
OUT_OF_FRAME = """() => {
  const { scrollWidth, scrollHeight } = document.documentElement;
  return [scrollWidth - innerWidth, scrollHeight - innerHeight];
}"""
FULL_DESK = """() => {
  const page = document.querySelector("hk-counter");
  const { ticket, waiting } = page.counter;
  const [queue] = waiting;
  page.counter = {
    ...page.counter,
    reserved: 2,
    waiting: Array.from({ length: 10 }, (_, n) => ({ ...queue, queue_id: n })),
    on_hold: Array.from({ length: 6 }, (_, n) => ({ ...ticket, id: n })),
    ticket: {
      ...ticket,
      service: "城乡居民基本养老保险参保登记和信息变更",
      note: "材料第 2 份复印件不清楚，请群众补交以后再核对一次原件",
      priority: "remote_villager",
      calls: 3,
    },
  };
}"""

Press = Callable[[Page, str], None]


def by_mouse(counter: Page, press: str) -> None:
    """Click the button."""
    expect(counter.locator(f".press-{press}")).to_have_attribute("aria-disabled", "false")
    counter.locator(f".press-{press}").click()


def by_key(counter: Page, press: str) -> None:
    """Press the key that is written on the button."""
    expect(counter.locator(f".press-{press}")).to_have_attribute("aria-disabled", "false")
    expect(counter.locator(f".press-{press} kbd")).to_have_text(KEYS[press])
    counter.keyboard.press(KEYS[press])


@pytest.fixture(params=[by_mouse, by_key], ids=["mouse", "keyboard"])
def press(request: pytest.FixtureRequest) -> Press:
    chosen: Press = request.param
    return chosen


def take(seats: Seats, count: int = 1) -> list[str]:
    """Take numbers at the kiosk."""
    kiosk = seats.kiosk()
    labels = [take_number(kiosk)]
    for _ in range(count - 1):
        done(kiosk)
        labels.append(take_number(kiosk))
    return labels


def serving(seats: Seats, counter: Page) -> str:
    """A citizen who is being served."""
    [label] = take(seats)
    call_next(counter)
    counter.keyboard.press("F4")
    expect(counter.locator(".hand-serving")).to_be_visible()
    return label


def sheet(counter: Page) -> None:
    """Wait for the sheet that a press opens."""
    expect(counter.locator("dialog[open]")).to_be_visible()


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


def test_a_clerks_day_by_keyboard(seats: Seats) -> None:
    """Every press of a day, from the choice of the counter to leaving it, without a mouse."""
    counter, other = seats.counter(1), seats.counter(2)
    held, missed, sent, urgent = take(seats, 4)

    assert call_next(counter) == held
    by_key(counter, "start")
    by_key(counter, "hold")

    by_key(counter, "next")
    expect(counter.locator(".hand-number")).to_have_text(missed)
    wait_until(lambda: called_twice(counter), "a second call, which a no-show needs", pause=0.7)
    by_key(counter, "no-show")
    expect(counter.locator(".undo")).to_contain_text("已过号")
    counter.keyboard.press("Control+z")
    expect(counter.locator(".hand-called .hand-number")).to_have_text(missed)
    wait_until(lambda: pressed(counter, "F7", ".hand-idle"), "the no-show again", pause=0.7)

    by_key(counter, "resume")
    expect(counter.locator(".hand-number")).to_have_text(held)
    finish(counter)

    by_key(counter, "next")
    expect(counter.locator(".hand-number")).to_have_text(sent)
    by_key(counter, "transfer")
    sheet(counter)
    counter.get_by_label("留言").focus()
    counter.keyboard.type("请核对第 1 份材料")
    focus_by_tab(counter, "企业开办二窗")
    counter.keyboard.press("Enter")
    expect(counter.locator(".hand-idle")).to_be_visible()
    assert call_next(other) == sent
    expect(other.locator(".hand-note")).to_contain_text("请核对第 1 份材料")
    finish(other)

    by_key(counter, "pause")
    sheet(counter)
    counter.keyboard.press("3")
    expect(counter.locator(".hand-paused")).to_contain_text("开会")
    by_key(counter, "resume-service")

    by_key(counter, "call-number")
    sheet(counter)
    counter.keyboard.type(urgent)
    counter.keyboard.press("Tab")
    counter.keyboard.type("群众身体不适")
    counter.keyboard.press("Enter")
    expect(counter.locator(".hand-number")).to_have_text(urgent)
    finish(counter)

    focus_by_tab(counter, "离开窗口")
    counter.keyboard.press("Enter")
    expect(counter.locator(".counters")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_for_everybody_on_one_small_screen(
    seats: Seats, screens: Screens, language: str
) -> None:
    counter = seats.counter(1, language)
    seats.counter(2)
    take(seats, 2)

    def look(state: str) -> None:
        counter.locator(state).wait_for()
        name = re.sub(r"\W+", "-", state).strip("-")
        screens.shoot(counter, f"{name}-{language}")
        assert violations(counter) == []
        assert counter.evaluate(OUT_OF_FRAME) == [0, 0]

    look("section.hand-idle")
    call_next(counter)
    look("section.hand-called")
    counter.keyboard.press("F4")
    look("section.hand-serving")
    asked(counter, "F9", look, "#note")
    counter.keyboard.press("F8")
    look(".held")
    call_next(counter)
    finish(counter)
    look(".undo button")
    asked(counter, "Shift+F2", look, "#call-label")
    counter.locator(".held-left").press("Enter")
    look("dialog .button-main")
    close_sheet(counter)
    counter.locator("button.help").press("Enter")
    look(".button-alarm")
    close_sheet(counter)
    counter.keyboard.press("F10")
    look("dialog [data-digit]:first-child")
    counter.keyboard.press("1")
    look("section.hand-paused")
    assert counter.evaluate("window.policyViolations") == []
    serve_all(counter)


def test_the_busiest_desk_fits_on_a_small_screen(seats: Seats, screens: Screens) -> None:
    """Ten queues, six numbers on hold, a long name, a note: the lists scroll, not the page."""
    counter = seats.counter(1)
    serving(seats, counter)
    counter.evaluate(FULL_DESK)
    expect(counter.locator(".queues li")).to_have_count(11)
    screens.shoot(counter, "full")
    assert counter.evaluate(OUT_OF_FRAME) == [0, 0]
    assert violations(counter) == []
    counter.reload()
    expect(counter.locator(".hand-serving")).to_be_visible()
    finish(counter)


def asked(counter: Page, key: str, look: Callable[[str], None], state: str) -> None:
    """Look at a sheet and close it."""
    counter.keyboard.press(key)
    look(state)
    close_sheet(counter)


def close_sheet(counter: Page) -> None:
    """Ask no more."""
    counter.keyboard.press("Escape")
    expect(counter.locator("dialog[open]")).to_have_count(0)


def choose(counter: Page, press: Press, words: str) -> None:
    """Choose on the sheet: by mouse, or by the digit that is written on the choice."""
    choice = counter.locator("dialog button", has_text=words).first
    if press is by_mouse:
        choice.click()
    else:
        counter.keyboard.press(choice.locator("kbd").inner_text())


def undo(counter: Page, press: Press) -> None:
    """Take the last press back."""
    button = counter.locator(".undo button")
    expect(button).to_be_visible()
    if press is by_mouse:
        button.click()
    else:
        counter.keyboard.press("Control+z")


def called_twice(counter: Page) -> bool:
    """Press 'call again'; whether the number was called twice by now."""
    counter.keyboard.press("F3")
    return "已呼叫 2 次" in counter.locator(".hand-more").inner_text()


def pressed(counter: Page, key: str, state: str) -> bool:
    """Press a key; whether the state is reached."""
    counter.keyboard.press(key)
    return counter.locator(state).is_visible()


def focus_by_tab(counter: Page, words: str) -> None:
    """Go back to a button by Tab alone."""
    target = counter.get_by_role("button", name=re.compile(words))

    def arrived() -> bool:
        counter.keyboard.press("Shift+Tab")
        return bool(target.evaluate("element => element === document.activeElement"))

    wait_until(arrived, f"the focus on {words}", pause=0)
