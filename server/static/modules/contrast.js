// High contrast: white and yellow on black, on any page that offers it.

const root = document.documentElement;

export function highContrast() {
  return root.dataset.contrast === "high";
}

export function setHighContrast(on) {
  if (on) root.dataset.contrast = "high";
  else delete root.dataset.contrast;
}
