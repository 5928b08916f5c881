"""A clerk's whole day without a mouse."""

import re

from playwright.sync_api import Page, expect

from tests.browser.presses import (
    by_key,
    called_twice,
    pressed,
    sheet,
    take,
)
from tests.browser.seats import (
    Seats,
    call_next,
    finish,
)
from tests.services.waiting import wait_until


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


def focus_by_tab(counter: Page, words: str) -> None:
    """Go back to a button by Tab alone."""
    target = counter.get_by_role("button", name=re.compile(words))

    def arrived() -> bool:
        counter.keyboard.press("Shift+Tab")
        return bool(target.evaluate("element => element === document.activeElement"))

    wait_until(arrived, f"the focus on {words}", pause=0)
