// Signing by hand at the guidance desk: a person is chosen, lays the identity card on the reader or
// types the PIN, and signs with a finger, a pen or the mouse; the desk clerk confirms in the list.

import { command, send } from "./api.js";
import { followFragments, refreshFragments } from "./fragments.js";
import { link } from "./link.js";
import "./link-status.js";

const dialog = document.querySelector("dialog.signing");
const name = dialog.querySelector("h2");
const trouble = dialog.querySelector("[role=alert]");
const pin = dialog.querySelector("#pin");
const paper = dialog.querySelector("canvas");
const pen = paper.getContext("2d");

let dutyId = 0;
let registered = false;
let card = null;
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
  registered = "card" in button.dataset;
  name.textContent = button.dataset.name;
  pin.value = "";
  trouble.hidden = true;
  forgetCard();
  clear();
  dialog.showModal();
  pin.focus();
}

function complain(error) {
  trouble.textContent = error.message;
  trouble.hidden = false;
}

function showProof(which) {
  for (const part of dialog.querySelectorAll("[data-proof]")) {
    part.hidden = part.dataset.proof !== which;
  }
}

function forgetCard() {
  card = null;
  showProof("none");
}

/** A card was laid on the desk's reader; its person is shown masked. */
function hear(read) {
  if (!dialog.open) return;
  trouble.hidden = true;
  card = read.kind === "card" ? read.token : null;
  for (const words of dialog.querySelectorAll(".card-words")) {
    words.textContent = `${read.name ?? ""} ${read.number ?? ""}`;
  }
  if (card === null) showProof("unreadable");
  else showProof(registered ? "card" : "unregistered");
}

async function register() {
  try {
    await send(`/api/desk/covers/${dutyId}/card`, { card });
    registered = true;
    showProof("card");
    await refreshFragments();
  } catch (error) {
    forgetCard();
    complain(error);
  }
}

async function sign() {
  const drawing = drawn ? paper.toDataURL("image/png") : "";
  const byCard = card !== null && registered;
  const proof = byCard ? { card } : { pin: pin.value };
  try {
    await send("/api/desk/signings", { duty_id: dutyId, drawing, ...proof });
    dialog.close();
    await refreshFragments();
  } catch (error) {
    if (byCard) forgetCard();
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
dialog.querySelector("[data-act=register]").addEventListener("click", register);
link.addEventListener("handover", ({ detail }) => hear(detail));

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
