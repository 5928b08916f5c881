"""A hall screen that is left on for weeks keeps nothing of what it has shown."""

from tests.browser.seats import Seats

COUNTED = """() => {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
  let nodes = 0;
  while (walker.nextNode()) nodes += 1;
  return nodes;
}"""
CALLS_GO_BY = """async (count) => {
  const screen = document.querySelector("hk-display");
  const [queue] = screen.snapshot.waiting;
  for (let at = 1; at <= count; at += 1) {
    const calls = Array.from({ length: 12 }, (_, n) => ({
      id: at + 12 - n, ticket_id: at + 12 - n, label: `A${at + 12 - n}`, counter: 1,
      counter_name: "企业开办一窗", counter_name_en: "Companies 1",
    }));
    screen.snapshot = { ...screen.snapshot, calls, waiting: [{ ...queue, waiting: at }] };
    await screen.updateComplete;
  }
}"""


def test_calls_that_are_gone_leave_no_nodes_behind(seats: Seats) -> None:
    screen = seats.screen()
    screen.evaluate(CALLS_GO_BY, 5)
    before = screen.evaluate(COUNTED)
    screen.evaluate(CALLS_GO_BY, 50)
    assert screen.evaluate(COUNTED) == before
    assert screen.locator(".recent li").count() > 1
