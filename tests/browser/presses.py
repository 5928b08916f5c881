"""What a clerk presses on the counter's page, by mouse and by key."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Page, expect

from tests.browser.seats import (
    Seats,
    call_next,
    done,
    take_number,
)

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
