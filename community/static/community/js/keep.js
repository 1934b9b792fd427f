/**
 * On a phone that is only its owner's: keeps a copy of this page for when there is no network, drops those of rooms left,
 * and lets go what waits here of check-ins.
 */

import { CHECK_IN, Shelf, unsent } from "./vault.js";

const ROWS = 50; // the newest of a room
const CALM = 3_000; // ms after a change before it is kept
const TEXT = "h1, h2, h3, p, li, dt, dd"; // what is kept of an ordinary page marked with data-keep="its name"
const PRIVATE = "[data-private]"; // but nothing of this
const OWN = ".kept-words"; // somebody's own words, with the lines they gave them

const text = (node) => node?.textContent.trim() ?? "";

/** The newest rows of a room, as its page shows them. */
function room() {
  const rows = [...document.querySelectorAll('[data-talk] > [data-message]:not([data-message=""])')].slice(-ROWS);
  return rows.map((row) => {
    const part = (name) => text(row.querySelector(`[data-${name}]`));
    const own = row.classList.contains("own");
    return { own, day: text(row.querySelector(".day")), who: part("alias"), when: part("time"), line: part("line"), note: part("note"), words: part("words") };
  });
}

/** An ordinary page: its sentences, one under the other. */
function sentences(main) {
  return [...main.querySelectorAll(TEXT)].filter((node) => !node.querySelector(TEXT) && !node.closest(PRIVATE)).map((node) => ({ tag: node.localName, words: text(node), own: node.matches(OWN) }));
}

class Keeper {
  #shelf;
  #timer = 0;

  async connect() {
    let left = false;
    document.addEventListener("leave", () => {
      left = true;
      this.disconnect();
    });
    const shelf = await Shelf.open({ make: true });
    if (left) return shelf.close();
    this.#shelf = shelf;
    document.addEventListener("visibilitychange", () => document.hidden && this.#keep());
    this.#watched = new MutationObserver(() => this.#soon());
    const talk = document.querySelector("[data-talk]");
    if (talk) this.#watched.observe(talk, { childList: true, subtree: true, characterData: true });
    await this.#tidy();
    await this.#keep();
    await this.#offer();
  }

  #watched;

  disconnect() {
    clearTimeout(this.#timer);
    this.#watched?.disconnect();
    this.#shelf?.close();
    this.#shelf = null;
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep(), CALM);
  }

  async #keep() {
    if (document.querySelector("[data-room]")) return this.#put({ rows: room() });
    const main = document.querySelector("[data-keep]") ?? (await this.#asked());
    if (main) await this.#put({ title: main.dataset.keep, sentences: sentences(main) });
  }

  /** Of a page that says nothing, nothing is kept. */
  #put({ title = text(document.querySelector("h1")), rows = null, sentences = null }) {
    if (sentences?.length === 0) return this.#shelf?.drop(location.pathname);
    return this.#shelf?.keep(location.pathname, { title, at: Date.now(), rows, sentences }).catch(() => {});
  }

  /** A page marked with data-keep-asked is kept only where its owner chose so on this phone, and from then on as it stands. */
  async #asked() {
    const paths = (await this.#shelf?.paths()) ?? [];
    return paths.includes(location.pathname) ? document.querySelector("[data-keep-asked]") : null;
  }

  async #offer() {
    const choice = document.querySelector("[data-keep-choice]");
    if (!choice) return;
    const [asks, says] = ["asks", "says"].map((name) => choice.querySelector(`[data-keep-${name}]`));
    const show = (kept) => {
      asks.hidden = kept;
      says.hidden = !kept;
      choice.hidden = false;
    };
    const choose = async (kept) => {
      await (kept ? this.#put({ sentences: sentences(document.querySelector("[data-keep-asked]")) }) : this.#shelf?.drop(location.pathname));
      show(kept);
      (kept ? says : asks).querySelector("button").focus();
    };
    asks.querySelector("button").addEventListener("click", () => choose(true));
    says.querySelector("button").addEventListener("click", () => choose(false));
    show(Boolean(await this.#asked()));
  }

  /** The list of my groups beside every page is the truth. */
  async #tidy() {
    const list = document.querySelector("[data-rail-groups]");
    if (!list) return;
    const mine = new Set([...list.querySelectorAll("a")].map((link) => new URL(link.href).pathname));
    for (const path of await this.#shelf.paths()) if (path.startsWith("/groups/") && path !== "/groups/" && !mine.has(path)) await this.#shelf.drop(path);
  }
}

/** Check-ins that wait go from whatever page is open, once there is a line. */
class CheckIns {
  #sender = null;
  #left = false;

  connect() {
    addEventListener("online", () => this.#look());
    document.addEventListener("visibilitychange", () => document.hidden || this.#look());
    document.addEventListener("leave", () => {
      this.#left = true;
      this.#sender?.disconnect();
    });
    this.#look();
  }

  async #look() {
    if (this.#left || !(await unsent(CHECK_IN).catch(() => 0))) return;
    const module = await import("./waiting.js").catch(() => null); // no line: the next time
    if (!module || this.#left) return;
    this.#sender ??= new module.Sender();
    this.#sender.go();
  }
}

if (document.documentElement.dataset.phone === "mine") {
  new Keeper().connect().catch(() => {}); // no store: nothing is kept
  new CheckIns().connect();
}
