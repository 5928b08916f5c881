// Lets an administrator hear the voice as it is filled in, before it is saved.

const FULL = 100;

const sound = new Audio();
const form = document.querySelector("form.form");
const trouble = document.getElementById("no-sample");

for (const button of document.querySelectorAll("[data-sample]")) {
  button.addEventListener("click", () => listen(button.dataset.sample));
}

function listen(address) {
  const filledIn = new FormData(form);
  for (const name of ["csrf_token", "seen"]) filledIn.delete(name);
  sound.volume = Math.min(1, Math.max(0, Number(filledIn.get("volume") || FULL) / FULL));
  sound.src = `${address}?${new URLSearchParams(filledIn)}`;
  trouble.hidden = true;
  sound.play().catch((error) => {
    if (error.name !== "AbortError") trouble.hidden = false;
  });
}
