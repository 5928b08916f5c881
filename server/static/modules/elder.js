// Elder mode: larger text and larger things to press, on any page that offers it.

const root = document.documentElement;

export function elderMode() {
  return "elder" in root.dataset;
}

export function setElderMode(on) {
  if (on) root.dataset.elder = "";
  else delete root.dataset.elder;
}
