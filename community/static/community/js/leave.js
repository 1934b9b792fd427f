// The two ways out, and what a device keeps when somebody went. Leave quickly: the page is gone at once, the session ends
// behind it, and a neutral page takes its place. Sign out: only when nothing waits to be sent. After both no word anybody
// wrote is left here; Get help now stays, so that it opens without a network.
// Without this file the same buttons post the same forms, and the server tells the browser to drop everything.
// Shift three times in a row leaves quickly too. Not Escape: browsers use it to stop a page that is loading.

const PRESSES = 3;
const WITHIN = 1200; // milliseconds from the first press to the last
const PATIENCE = 2000; // milliseconds a browser may take to forget
const AT_ONCE = 400; // milliseconds of an empty sheet at most: a page that is gone can ask for nothing to be erased
const NAME = "porchlight";
const PUBLIC = "porchlight-public"; // what the worker keeps for everybody: help, and the page that leads there

/** Let go of every word: the room's memory, databases, stores, caches. Resolves when it is done, or takes too long. */
function erase(patience = PATIENCE) {
  document.dispatchEvent(new CustomEvent("leave"));
  for (const name of ["sessionStorage", "localStorage"]) {
    try {
      window[name].clear();
    } catch {
      // Shut off; there is nothing to clear then.
    }
  }
  const late = new Promise((resolve) => setTimeout(resolve, patience));
  return Promise.race([late, Promise.all([dropDatabases(), dropCaches()]).catch(() => {})]);
}

async function dropDatabases() {
  const first = drop(NAME); // asked for at once: the page may be on its way out
  const others = (await indexedDB.databases()).filter(({ name }) => name !== NAME);
  await Promise.all([first, ...others.map(({ name }) => drop(name))]);
}

const drop = (name) =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = resolve; // blocked: another page lets go of it, then it is gone
  });

async function dropCaches() {
  const names = (await window.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => !name.startsWith(PUBLIC)).map((name) => caches.delete(name)));
}

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
    const erased = erase(AT_ONCE);
    form?.set("erased", "1");
    // keepalive: the request outlives the page it was sent from.
    if (form) fetch(action, { method: "POST", body: form, keepalive: true, redirect: "manual" }).catch(() => {});
    erased.then(() => location.replace(form ? dataset.leave : href));
  }

  #blank() {
    window.stop();
    document.title = "\u200e";
    document.body.className = "";
    document.body.replaceChildren();
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

/** Signing out, and saying that others use this phone: what waits to be sent is never lost behind anybody's back. */
class Forget {
  connect() {
    document.addEventListener("submit", this.#onSubmit, true);
  }

  disconnect() {
    document.removeEventListener("submit", this.#onSubmit, true);
  }

  #onSubmit = async (event) => {
    const form = event.target.closest("form[action$='/sign-out/'], form[data-shares]");
    if (!form) return;
    event.preventDefault();
    const { submitter } = event;
    if (form.dataset.sure === undefined && (await this.#unsent())) return this.#ask(form);
    await erase();
    form.append(hidden("erased", "1"), hidden(submitter?.name ?? "", submitter?.value ?? ""));
    form.submit();
  };

  /** A form that has its own words for it shows them; signing out has a page. */
  #ask(form) {
    const words = form.querySelector("[data-unsent]");
    if (!words) return location.assign("/sign-out/?unsent");
    words.hidden = false;
    form.dataset.sure = "";
  }

  async #unsent() {
    try {
      const { unsent } = await import("./vault.js");
      return await unsent();
    } catch {
      return 0; // no store, so nothing in it
    }
  }
}

const hidden = (name, value) => Object.assign(document.createElement("input"), { type: "hidden", name, value });

const way = document.querySelector("[data-leave]");
if (way) new Leave(way).connect();
new Forget().connect();
navigator.serviceWorker?.register("/sw.js").catch(() => {});
