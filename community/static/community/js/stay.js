// A sign of life while somebody is at the page of something they have, so that nobody takes it away meanwhile. Whoever talks
// on the phone touches nothing for a while; whoever went home and left the page open touches nothing any more.
const MINUTE = 60_000;
const PATIENCE = 10 * MINUTE; // without a touch, a key or a move
const TOUCHES = ["pointerdown", "pointermove", "keydown", "scroll"];
const { stay } = document.querySelector("[data-stay]").dataset;
let touched = Date.now();

const said = async () => {
  if (document.hidden || Date.now() - touched > PATIENCE) return;
  const headers = { "X-CSRFToken": document.querySelector("meta[name=csrf]").content, "X-Quiet": "1" };
  const answer = await fetch(stay, { method: "POST", headers }).catch(() => null); // offline: the next minute tries again
  if (answer && answer.status === 409) location.reload(); // somebody else may take it now, and the page says so
};

for (const touch of TOUCHES) addEventListener(touch, () => (touched = Date.now()), { passive: true, capture: true });
setInterval(said, MINUTE);
