// What one screen shows of the hall: its layout, its counters' calls, its queues.

const WHOLE_HALL = { kind: "table", counters: [], queues: [], window: null };

/** The layout of the screen that the page is on; somebody who only looks sees the whole hall. */
export function layoutOf(snapshot, screen) {
  return snapshot.layouts[screen] ?? WHOLE_HALL;
}

/** Whether this layout shows, and announces, a call. */
export function showsCall({ kind, counters, window }, call) {
  if (kind === "window") return call.counter_number === window;
  return counters.length === 0 || counters.includes(call.counter_number);
}

/** The snapshot with what this layout shows of it. */
export function withinLayout(snapshot, layout) {
  const { queues } = layout;
  return {
    ...snapshot,
    calls: snapshot.calls.filter((call) => showsCall(layout, call)),
    waiting: snapshot.waiting.filter(({ prefix }) => !queues.length || queues.includes(prefix)),
  };
}
