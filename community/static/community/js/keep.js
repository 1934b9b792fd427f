/** On a phone that is only its owner's: keeps a copy of this page for when there is no network, and drops those of rooms left. */

import { Shelf } from "./vault.js";

const ROWS = 50; // the newest of a room
const CALM = 3_000; // ms after a change before it is kept
const TEXT = "h1, h2, h3, p, li, dt, dd"; // what is kept of an ordinary page marked with data-keep="its name"
const PRIVATE = "[data-private]"; // but nothing of this

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
  return [...main.querySelectorAll(TEXT)].filter((node) => !node.querySelector(TEXT) && !node.closest(PRIVATE)).map((node) => ({ tag: node.localName, words: text(node) }));
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
    const main = document.querySelector("[data-keep]");
    const rows = document.querySelector("[data-room]") ? room() : null;
    if (!rows && !main) return;
    const title = main?.dataset.keep || text(document.querySelector("h1"));
    await this.#shelf?.keep(location.pathname, { title, at: Date.now(), rows, sentences: rows ? null : sentences(main) }).catch(() => {});
  }

  /** The list of my groups beside every page is the truth. */
  async #tidy() {
    const list = document.querySelector("[data-rail-groups]");
    if (!list) return;
    const mine = new Set([...list.querySelectorAll("a")].map((link) => new URL(link.href).pathname));
    for (const path of await this.#shelf.paths()) if (path.startsWith("/groups/") && path !== "/groups/" && !mine.has(path)) await this.#shelf.drop(path);
  }
}

if (document.documentElement.dataset.phone === "mine") new Keeper().connect().catch(() => {}); // no store: nothing is kept
