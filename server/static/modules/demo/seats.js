// Shows each seat's page at the size of the screen it is made for, shrunk into its place.

const SIZES = [
  { seat: "seat-kiosk", width: 1080, height: 1920 },
  { seat: "seat-display", width: 1920, height: 1080 },
  { seat: "seat-supervisor", width: 1400, height: 420 },
  { seat: "", width: 1024, height: 768 },
];

function sizeOf(place) {
  return SIZES.find(({ seat }) => !seat || place.closest(`.${seat}`));
}

function fit(place) {
  const frame = place.querySelector("iframe");
  const { width, height } = sizeOf(place);
  const scale = place.clientWidth / width;
  frame.style.width = `${width}px`;
  frame.style.height = `${height}px`;
  frame.style.transform = `scale(${scale})`;
  place.style.height = `${height * scale}px`;
}

const watcher = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target)));
for (const place of document.querySelectorAll(".seat-frame")) watcher.observe(place);
