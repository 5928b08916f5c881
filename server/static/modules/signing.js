// Signing by hand at the guidance desk: a person is chosen, types the PIN and signs with a finger,
// a pen or the mouse; the desk clerk confirms in the list below.

import { command, send } from "./api.js";
import { followFragments, refreshFragments } from "./fragments.js";
import "./link-status.js";

const dialog = document.querySelector("dialog.signing");
const name = dialog.querySelector("h2");
const trouble = dialog.querySelector("[role=alert]");
const pin = dialog.querySelector("#pin");
const paper = dialog.querySelector("canvas");
const pen = paper.getContext("2d");

let dutyId = 0;
let drawn = false;

function clear() {
  pen.clearRect(0, 0, paper.width, paper.height);
  pen.lineWidth = 5;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  drawn = false;
}

function place(event) {
  const box = paper.getBoundingClientRect();
  return [
    ((event.clientX - box.left) * paper.width) / box.width,
    ((event.clientY - box.top) * paper.height) / box.height,
  ];
}

function open(button) {
  dutyId = Number(button.dataset.duty);
  name.textContent = button.dataset.name;
  pin.value = "";
  trouble.hidden = true;
  clear();
  dialog.showModal();
  pin.focus();
}

function complain(error) {
  trouble.textContent = error.message;
  trouble.hidden = false;
}

async function sign() {
  const drawing = drawn ? paper.toDataURL("image/png") : "";
  try {
    await send("/api/desk/signings", { duty_id: dutyId, pin: pin.value, drawing });
    dialog.close();
    await refreshFragments();
  } catch (error) {
    complain(error);
  }
}

paper.addEventListener("pointerdown", (event) => {
  paper.setPointerCapture(event.pointerId);
  pen.beginPath();
  pen.moveTo(...place(event));
});

paper.addEventListener("pointermove", (event) => {
  if (!paper.hasPointerCapture(event.pointerId)) return;
  pen.lineTo(...place(event));
  pen.stroke();
  drawn = true;
});

dialog.querySelector("[data-act=clear]").addEventListener("click", clear);
dialog.querySelector("[data-act=sign]").addEventListener("click", sign);

document.addEventListener("click", async (event) => {
  const signer = event.target.closest("[data-duty]");
  if (signer) open(signer);
  const confirm = event.target.closest("[data-confirm]");
  if (confirm) {
    confirm.disabled = true;
    await command(`/api/desk/signings/${confirm.dataset.confirm}/confirm`);
    await refreshFragments();
  }
});

followFragments("supervision");
