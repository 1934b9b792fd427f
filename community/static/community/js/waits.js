/** "Your days so far", on a phone that keeps check-ins not saved yet: each with why, and what its person can do about it. */

import { Waiting, address, called } from "./waiting.js";

const SHUT = "past"; // its day can be filled in no more
const place = document.querySelector("[data-waits-here]");
const list = place.querySelector("[data-waits-list]");
const find = (name, within = place) => within.querySelector(`[data-${name}]`);

class Waits {
  #waiting;

  async connect() {
    this.#waiting = await Waiting.open();
    document.addEventListener("check-ins-waiting", () => this.#draw());
    document.addEventListener("leave", () => this.#waiting.close());
    await this.#draw();
  }

  async #draw() {
    const records = await this.#waiting.all();
    const days = new Set(records.map(({ day }) => day));
    const drawn = await Promise.all(records.map((record) => this.#drawn(record, days)));
    list.replaceChildren(...drawn);
    place.hidden = !drawn.length;
  }

  async #drawn(record, days) {
    const { day, answers, refused } = record;
    const row = find("template=wait").content.cloneNode(true).firstElementChild;
    find("day", row).textContent = called(day);
    say(row, answers, "weather-word", "note");
    if (refused) find("why", row).textContent = refused.then ? find("why-then").content.textContent : refused.why;
    const stands = refused?.code === "stale" ? await standing(day) : null;
    if (stands) say(row, stands, "stands-word", "stands-note");
    find("stands", row).hidden = !stands?.weather;
    for (const [name, [words, act]] of Object.entries(this.#acts(record, stands, days))) {
      const button = find(`act=${name}`, row);
      button.hidden = false;
      button.lastChild.textContent = button.lastChild.textContent.replace("{day}", words);
      button.addEventListener("click", () => act().catch(() => this.#draw()));
    }
    return row;
  }

  /** What can be done, each with the day it names; one of these `days` has words of its own that wait, and keeps them. */
  #acts(record, stands, days) {
    const { day, refused } = record;
    const acts = { drop: ["", () => this.#waiting.drop(day).then(() => this.#draw())] };
    const given = { ...record, refused: undefined };
    if (stands) acts.instead = ["", () => this.#send(record, { ...given, seen: stands.changed })];
    else if (refused?.then) {
      acts.asked = [called(day), () => this.#send(record, { ...given, pressed: undefined, drawn: undefined })];
      if (!days.has(refused.then)) acts.then = [called(refused.then), () => this.#send(record, { ...given, day: refused.then, seen: "" })];
    } else if (refused && refused.code !== SHUT) acts.again = ["", () => this.#send(record, given)];
    return acts;
  }

  async #send(record, given) {
    await this.#waiting.keep(given);
    if (given.day !== record.day) await this.#waiting.drop(record.day);
    const { what } = await this.#waiting.send(given.day);
    if (what === "saved" || what === "gone") location.assign(`${address(given.day)}?saved`);
    else await this.#draw();
  }
}

function say(row, { weather, note }, word, words) {
  find(word, row).textContent = find("weather-words").content.querySelector(`[data-weather="${weather}"]`)?.textContent ?? "";
  find(words, row).textContent = note ?? "";
  find(words, row).hidden = !note;
}

/** What another device saved of that day; where it was erased there meanwhile, an empty place. Nothing without a line. */
async function standing(day) {
  const answer = await fetch(`/api/v1/checkins/${day}`).catch(() => null);
  if (answer?.ok) return answer.json();
  return answer?.status === 404 ? { changed: "" } : null;
}

new Waits().connect().catch(() => {}); // nothing is kept here
