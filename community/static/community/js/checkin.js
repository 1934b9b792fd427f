/**
 * A check-in sent where the line may drop. Without this script the form is an ordinary one. With it, what stood there at the
 * press waits until it is saved, under the day it was pressed on: on a phone that is only its owner's it is kept sealed
 * (waiting.js) and goes from any page; elsewhere this page alone remembers. What somebody writes after that press is never
 * sent without another; saying a day twice is once.
 */

import { put } from "./put.js";

const AGAIN = 10_000; // ms until the next try
const ASIDE = new Set(["csrfmiddlewaretoken", "seen", "now", "which"]);
const WORDS = ["kept", "kept-before", "waits", "wrote-on", "saved-before", "signed-out"];

class CheckIn {
  #form;
  #waiting; // a promise of where it is kept, or of nothing
  #pressed = null; // what stood there at the press; nothing once somebody wrote on
  #busy = false;
  #timer = 0;

  constructor(form, waiting) {
    this.#form = form;
    this.#waiting = waiting;
  }

  connect() {
    this.#form.addEventListener("submit", (event) => this.#press(event));
    this.#form.addEventListener("input", () => this.#wrote());
    addEventListener("online", () => this.#timer && this.#send());
    document.addEventListener("checked-in", ({ detail }) => this.#savedElsewhere(detail));
    document.addEventListener("leave", () => {
      this.#hold(null);
      this.#say();
    });
  }

  async #press(event) {
    const { which } = this.#form.elements;
    if (which && !(this.#waiting && which.value)) return; // a day is to be chosen: that is asked by the page
    event.preventDefault();
    const asked = this.#asked();
    this.#hold(asked);
    const waiting = await this.#waiting;
    asked.kept = await this.#keep(waiting, asked).catch(() => false);
    if (asked.kept && asked.day !== this.#day) await waiting.drop(this.#day); // it was for another day
    if (this.#pressed === asked) this.#send();
    else if (asked.kept && !this.#pressed) this.#say("kept-before");
  }

  /** Never over what was refused, unless it is these words that the page shows again: about that its person decides. */
  async #keep(waiting, asked) {
    const again = this.#form.matches("[data-again]") && asked.day === this.#day;
    if (!waiting || (!again && (await waiting.undecided(asked.day)))) return false;
    await waiting.keep(asked);
    return true;
  }

  #wrote() {
    this.#form.dataset.touched = "";
    if (!this.#pressed) return;
    const { kept } = this.#pressed;
    this.#hold(null);
    this.#say(kept ? "kept-before" : "wrote-on");
  }

  get #day() {
    return this.#form.dataset.checkIn;
  }

  #hold(pressed) {
    this.#pressed = pressed;
    this.#form.toggleAttribute("data-pressed", Boolean(pressed)); // waiting.js leaves it to this page meanwhile
  }

  async #send() {
    if (this.#busy || !this.#pressed) return;
    const sent = this.#pressed;
    this.#busy = true;
    this.#say();
    const { what, saved } = await this.#told(sent);
    this.#busy = false;
    if (saved) this.#form.elements.seen.value = saved.changed;
    if (sent === this.#pressed) this.#take(what, sent);
    else if (this.#pressed) this.#send(); // pressed again meanwhile
    else if (saved || !sent.kept) this.#say(saved ? "saved-before" : "wrote-on");
  }

  async #told(sent) {
    if (!sent.kept) return put({ ...sent, seen: this.#form.elements.seen.value });
    return (await this.#waiting).send(sent.day).catch(() => ({ what: "later" }));
  }

  /** "gone": another window has sent it, or its person let it go there. */
  #take(what, { day, kept }) {
    if (what === "saved" || what === "gone") location.assign(`${this.#form.action.replace(this.#day, day)}?saved`);
    else if (what === "refused") this.#form.submit(); // the page itself says best what is wrong
    else if (what === "later") this.#wait(kept);
    else {
      this.#hold(null);
      this.#say("signed-out");
    }
  }

  #wait(kept) {
    this.#say(kept ? "kept" : "waits");
    this.#timer = setTimeout(() => this.#send(), AGAIN);
  }

  /** What this phone kept of this day was sent while somebody wrote on. */
  #savedElsewhere({ day, changed }) {
    if (day !== this.#day || this.#pressed) return;
    this.#form.elements.seen.value = changed;
    this.#say("saved-before");
  }

  #asked() {
    const { which, now, seen } = this.#form.elements;
    const answers = Object.fromEntries([...new FormData(this.#form)].filter(([name, value]) => !ASIDE.has(name) && value));
    if (answers.craving) answers.craving = Number(answers.craving);
    const asked = { day: which?.value || this.#day, answers, seen: seen.value };
    return now && !which ? { ...asked, pressed: new Date().toISOString(), drawn: this.#form.dataset.drawn } : asked;
  }

  /** One of the words beneath the form, or none. */
  #say(what) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    for (const name of WORDS) this.#form.querySelector(`[data-${name}]`).hidden = name !== what;
  }
}

/** Only where the phone is its owner's; nothing where the browser keeps nothing, or its key cannot be asked for. */
const place = () => import("./waiting.js").then(({ Waiting }) => Waiting.open()).catch(() => null);

const forms = document.querySelectorAll("[data-check-in]");
const waiting = forms.length && document.documentElement.dataset.phone === "mine" ? place() : null;
for (const form of forms) new CheckIn(form, waiting).connect();
