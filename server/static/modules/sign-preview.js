// What the hall's signs will show with the words that are being written.

import { Problem, request } from "./api.js";

const PAUSE_MS = 300;

const previews = document.querySelector(".sign-previews");
const timers = new Map();

function showSoon(name) {
  clearTimeout(timers.get(name));
  timers.set(name, setTimeout(() => showSentence(name), PAUSE_MS));
}

async function showSentence(name) {
  for (const figure of previews.querySelectorAll(`[data-show="${name}"]`)) await showOn(figure, name);
}

async function showOn(figure, name) {
  const words = document.getElementById(name).value;
  const asked = new URLSearchParams({ sign: figure.dataset.sign, show: name, words });
  const remarks = figure.querySelector(".sign-remarks");
  try {
    const sign = (await request(`${previews.dataset.preview}?${asked}`)).json();
    figure.querySelector("img").src = sign.picture;
    remarks.textContent = sign.remarks.join("；");
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    remarks.textContent = error.detail;
  }
}

for (const input of document.querySelectorAll(".hall-fields .input")) {
  input.addEventListener("input", () => showSoon(input.id));
  showSentence(input.id);
}
