// What a notice will look like on the hall's screens, while it is being written.

import { request } from "./api.js";
import "./notices.js";

const PAUSE_MS = 300;

const text = document.getElementById("text");
const preview = document.querySelector(".notice-preview");
let timer = null;

function show() {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE_MS);
}

async function look() {
  const words = text.value.trim();
  preview.querySelector("hk-notice-line").words = words ? [words] : [];
  preview.querySelector(".notice-preview-kiosk").textContent = words;
  const answer = await request(`${preview.dataset.board}?${new URLSearchParams({ text: words })}`);
  const board = answer.json();
  if (text.value.trim() !== words) return;
  preview.querySelector(".notice-preview-length").textContent = board.length;
  preview.querySelector("img").src = board.picture;
  const remarks = board.remarks.map((remark) => {
    const item = document.createElement("li");
    item.textContent = remark;
    return item;
  });
  preview.querySelector("ul").replaceChildren(...remarks);
}

text.addEventListener("input", show);
show();
