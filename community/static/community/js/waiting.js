/**
 * Check-ins that wait on a phone that is only its owner's. They lie sealed beside the messages that wait, one a day, and go
 * from whatever page is open once there is a line; the same again changes nothing. What is refused waits for its person.
 */

import { put } from "./put.js";
import { Later, Vault } from "./vault.js";

const LOCK = "porchlight-check-ins";
const AGAIN = 10_000; // ms until the next try

/** How a day is called where somebody reads. */
export const called = (day) => new Date(`${day}T12:00`).toLocaleDateString(document.documentElement.lang, { weekday: "long", month: "long", day: "numeric" });

export const address = (day) => `/check-ins/${day}/`;

export class Waiting {
  #vault;

  constructor(vault) {
    this.#vault = vault;
  }

  static async open() {
    return new Waiting(await Vault.open(document.body.dataset.owner));
  }

  close() {
    this.#vault.close();
  }

  all() {
    return this.#vault.checkIns();
  }

  keep({ day, answers, seen, pressed, drawn }) {
    return this.#vault.keepCheckIn({ day, answers, seen, pressed, drawn });
  }

  /** Whether what waits for this day was refused: then it is for its person to say what becomes of it. */
  async undecided(day) {
    return Boolean((await this.#of(day))?.refused);
  }

  async drop(day) {
    const record = await this.#of(day);
    if (record) await this.#vault.settle(record);
  }

  /** As `put` answers, or "gone": another window has sent it, or its person let it go. One window at a time. */
  send(day) {
    const work = () => this.#send(day);
    return navigator.locks ? navigator.locks.request(LOCK, work) : work();
  }

  async #send(day) {
    const record = await this.#of(day);
    if (!record || record.refused) return { what: "gone" };
    const { what, saved, problem } = await put(record);
    if (what === "saved") await this.#saved(record, saved);
    if (what === "refused") await this.#vault.settle(record, { ...record, refused: { code: problem.code, why: problem.detail, then: problem.day } });
    return { what, saved };
  }

  /** What was pressed meanwhile was said by who knew of it. */
  async #saved(record, { changed }) {
    if (await this.#vault.settle(record)) return;
    const fresh = await this.#of(record.day);
    if (fresh) await this.#vault.settle(fresh, { ...fresh, seen: changed });
  }

  async #of(day) {
    return (await this.all()).find((record) => record.day === day);
  }
}

/** Sends what waits, from a page on which nobody is just saying how that day is, and says above the page what became of it. */
export class Sender {
  #waiting = null;
  #busy = false;
  #timer = 0;
  #said = new Set();

  disconnect() {
    clearTimeout(this.#timer);
    this.#waiting?.close();
    this.#busy = true; // for good
  }

  async go() {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    const again = await this.#all().catch((reason) => reason instanceof Later);
    this.#busy = false;
    if (again) this.#timer = setTimeout(() => this.go(), AGAIN);
  }

  /** Answers whether to try once more. */
  async #all() {
    this.#waiting ??= await Waiting.open();
    let again = false;
    for (const record of await this.#waiting.all()) {
      const form = document.querySelector(`[data-check-in="${record.day}"]`);
      if (form?.matches("[data-pressed]")) continue;
      const { what, saved } = record.refused ? { what: "refused" } : await this.#waiting.send(record.day);
      if (what === "saved") this.#saved(record.day, saved, form);
      if (what === "refused" && !form?.matches("[data-again]") && !document.querySelector("[data-waits-here]")) this.#say("refused");
      again ||= what === "later";
    }
    document.dispatchEvent(new CustomEvent("check-ins-waiting"));
    return again;
  }

  #saved(day, { changed, care }, form) {
    document.dispatchEvent(new CustomEvent("checked-in", { detail: { day, changed } }));
    if (form && !form.matches("[data-touched]")) return location.assign(`${address(day)}?saved`); // it asks no more
    const line = this.#say(care ? "told" : "saved", day);
    if (!care || !line) return;
    line.querySelector("[data-told]").textContent = care.told;
    const [{ label, href }] = care.lines;
    Object.assign(line.querySelector("[data-line]"), { textContent: label, href });
  }

  /** Once a page. */
  #say(what, day = "") {
    if (this.#said.has(`${what}${day}`)) return;
    this.#said.add(`${what}${day}`);
    const line = document.querySelector(`[data-template="check-in-${what}"]`).content.cloneNode(true).firstElementChild;
    const words = line.querySelector("[data-day]");
    if (day) line.querySelector("[data-open]").href = address(day);
    if (words) words.textContent = words.textContent.replace("{day}", called(day));
    document.querySelector("[data-notices]").append(line);
    return line;
  }
}
