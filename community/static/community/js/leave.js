// Leave quickly: the page is gone at once, the session ends behind it, and a neutral page takes its place.
// Without this file the same button posts the same form, so leaving never waits for a script to load.
// Shift three times in a row does the same. Not Escape: browsers use it to stop a page that is loading.

const PRESSES = 3;
const WITHIN = 1200; // milliseconds from the first press to the last

class Leave {
  #way; // the form that posts, or on a page made without a token the link to that form
  #presses = [];
  #left = false;

  constructor(way) {
    this.#way = way;
  }

  connect() {
    document.addEventListener("submit", this.#onPress, true);
    document.addEventListener("click", this.#onPress, true);
    document.addEventListener("keydown", this.#onKey, true);
    window.addEventListener("pageshow", this.#onShow);
    if (location.hash === "#now" && this.#way.matches("form") && document.querySelector("[data-leave-page]")) this.leave();
  }

  disconnect() {
    document.removeEventListener("submit", this.#onPress, true);
    document.removeEventListener("click", this.#onPress, true);
    document.removeEventListener("keydown", this.#onKey, true);
    window.removeEventListener("pageshow", this.#onShow);
  }

  leave() {
    if (this.#left) return;
    this.#left = true;
    const { action, href, dataset } = this.#way;
    const form = action ? new URLSearchParams(new FormData(this.#way)) : null;
    this.#blank();
    this.#forget();
    // keepalive: the request outlives the page it was sent from.
    if (form) fetch(action, { method: "POST", body: form, keepalive: true, redirect: "manual" }).catch(() => {});
    location.replace(form ? dataset.leave : href);
  }

  #blank() {
    window.stop();
    document.title = "\u200e";
    document.body.className = "";
    document.body.replaceChildren();
  }

  // The room listens for this and lets go of its own memory (drafts, what waits to be sent, its socket).
  #forget() {
    document.dispatchEvent(new CustomEvent("leave"));
    try {
      sessionStorage.clear();
    } catch {
      // Storage may be shut off; there is nothing to clear then.
    }
  }

  #onPress = (event) => {
    const way = event.target.closest?.("[data-leave]");
    if (!way || (event.type === "click" && way.matches("form"))) return;
    event.preventDefault();
    this.leave();
  };

  // Any other key starts the count again: capital letters are typed with Shift too.
  #onKey = (event) => {
    if (event.key !== "Shift") {
      this.#presses = [];
      return;
    }
    if (event.repeat) return;
    const now = event.timeStamp;
    this.#presses = [...this.#presses.filter((then) => now - then <= WITHIN), now];
    if (this.#presses.length >= PRESSES) this.leave();
  };

  // Somebody pressed Back and the browser kept the page: ask the server again, do not show an empty sheet.
  #onShow = (event) => {
    if (event.persisted && this.#left) location.reload();
  };
}

const way = document.querySelector("[data-leave]");
if (way) new Leave(way).connect();
