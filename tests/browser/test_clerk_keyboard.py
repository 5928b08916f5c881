"""A clerk's day without a mouse."""

from playwright.sync_api import Page, expect

from tests.browser.seats import (
    SMALL_DESK,
    Seats,
    call_next,
    done,
    finish,
    number_in_hand,
    take_number,
)
from tests.services.waiting import wait_until


def test_a_clerk_signs_in_chooses_a_counter_and_serves_by_keyboard(seats: Seats) -> None:
    leave(seats.counter(1))
    kiosk = seats.kiosk()
    labels = [take_number(kiosk)]
    done(kiosk)
    labels.append(take_number(kiosk))

    clerk = seats.sign_in("clerk1", size=SMALL_DESK)
    expect(clerk.locator(".counters")).to_be_visible()
    clerk.locator(".counter-choice").first.focus()
    clerk.keyboard.press("Enter")
    expect(clerk.locator(".desk h1")).to_contain_text("1 号窗口")

    served, missed = (int(clerk.locator(f".{what}").inner_text()) for what in ("served", "missed"))

    clerk.keyboard.press("F2")
    expect(clerk.locator(".hand-number")).to_have_text(labels[0])
    clerk.keyboard.press("F3")
    expect(clerk.locator(".notice-warn")).to_contain_text("刚刚呼叫过")
    clerk.keyboard.press("F4")
    expect(clerk.locator(".hand-serving")).to_be_visible()
    clerk.keyboard.press("F6")
    expect(clerk.locator(".hand-idle")).to_be_visible()
    clerk.keyboard.press("F2")
    expect(clerk.locator(".hand-number")).to_have_text(labels[1])
    wait_until(lambda: called_again(clerk), "a second call, which a no-show needs", pause=0.5)
    expect(clerk.locator(".press-no-show")).to_have_attribute("aria-disabled", "false")
    clerk.keyboard.press("F7")
    expect(clerk.locator(".hand-idle")).to_be_visible()
    expect(clerk.locator(".served")).to_have_text(str(served + 1))
    expect(clerk.locator(".missed")).to_have_text(str(missed + 1))


def test_a_key_pressed_too_soon_waits_for_the_one_before(seats: Seats) -> None:
    counter, kiosk = seats.counter(1), seats.kiosk()
    take_number(kiosk)
    expect(counter.locator(".press-next")).to_have_attribute("aria-disabled", "false")
    counter.evaluate(
        """() => { for (const key of ["F2", "F4"])
          window.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true })); }"""
    )
    expect(counter.locator(".hand-serving")).to_be_visible()
    finish(counter)


def test_a_key_that_does_not_fit_does_nothing(seats: Seats) -> None:
    counter = seats.counter(2)
    counter.keyboard.press("F6")
    counter.keyboard.press("F3")
    expect(counter.locator(".hand-idle")).to_be_visible()
    expect(counter.locator(".notice")).to_have_count(0)


def test_a_button_keeps_the_focus_after_it_was_pressed(seats: Seats) -> None:
    counter, kiosk = seats.counter(2), seats.kiosk()
    take_number(kiosk)
    expect(counter.locator(".press-next")).to_have_attribute("aria-disabled", "false")
    counter.locator(".press-next").press("Enter")
    expect(counter.locator(".hand-called")).to_be_visible()
    expect(counter.locator(".press-next")).to_be_focused()
    counter.keyboard.press("F6")


def test_a_conflict_shows_a_polite_bar_and_the_fresh_state(seats: Seats) -> None:
    """The same clerk works one counter in two browsers; the second sees an old state."""
    counter, kiosk = seats.counter(1), seats.kiosk()
    behind = seats.counter(1)
    hear_nothing_new(behind)
    label = take_number(kiosk)
    behind.evaluate("document.querySelector('hk-counter').counter.waiting_total = 1")

    assert call_next(counter) == label
    behind.keyboard.press("F2")
    expect(behind.locator(".notice-warn")).to_be_visible()
    assert number_in_hand(behind) == label
    finish(counter)


def called_again(counter: Page) -> bool:
    """Press 'call again', which takes effect some seconds after the call; whether it did."""
    counter.keyboard.press("F3")
    return "已呼叫 2 次" in counter.locator(".hand-more").inner_text()


def leave(counter: Page) -> None:
    """Leave the counter to whoever comes next."""
    counter.get_by_role("button", name="离开窗口").press("Enter")
    expect(counter.locator(".counters")).to_be_visible()


def hear_nothing_new(page: Page) -> None:
    """From now on the page's snapshots are refused; its presses are not."""
    page.route(
        "**/api/counters/*",
        lambda route: route.abort() if route.request.method == "GET" else route.continue_(),
    )
