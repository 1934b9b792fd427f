// A device that signs its person out sooner: whoever touches the page uses it, also where nothing is asked of the server. Where
// the person wants it locked, the page does not stay on the screen either: it asks for the password by itself.

const TELL = 60_000;
const LOCKS = 15 * 60_000 + 5_000; // a little later than the server, which then says why
const told = document.querySelector('meta[name="awake"]');
let last = Date.now();
let locks = 0;

function touched() {
  wait();
  if (Date.now() - last < TELL) return;
  last = Date.now();
  fetch(told.content, { method: "HEAD", cache: "no-store" }).catch(() => {});
}

function wait() {
  clearTimeout(locks);
  if ("locks" in told.dataset) locks = setTimeout(() => location.reload(), LOCKS);
}

for (const kind of ["pointerdown", "keydown", "scroll"]) {
  addEventListener(kind, touched, { passive: true, capture: true });
}
wait();
