/* The clinic's tablet: as long as somebody touches it their session stays; five quiet minutes are as good as Done. */
const QUIET = 5 * 60_000;
const TELL = 60_000;
const form = document.querySelector("[data-done]");

if (form) {
  let last = Date.now();
  let told = last;

  const touched = () => {
    last = Date.now();
    if (last - told < TELL) return;
    told = last;
    fetch(form.dataset.awake, { method: "HEAD", cache: "no-store" }).catch(() => {});
  };
  const look = () => {
    if (Date.now() - last >= QUIET) form.requestSubmit();
  };

  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(kind, touched, { passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", look);
  setInterval(look, 5_000);
}
