/**
 * What a person wrote and has not been acknowledged yet: sent in order, never twice. `Store` is the memory, `Outbox` sends.
 */

import { Part, Refusal } from "./socket.js";

const NAME = "porchlight";
const UNKEPT = "porchlight-unkept";
const AGAIN = 2_000; // ms before a second try on a line that works

/** Drop whatever is kept here, and lets go of it elsewhere: after signing out no word stays. */
export async function forget() {
  try {
    const kept = (await indexedDB.databases()).filter(({ name }) => name.startsWith(NAME));
    await Promise.all(kept.map(({ name }) => gone(name)));
  } catch {
    // no store, so nothing in it
  }
}

const gone = (name) =>
  new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = request.onblocked = resolve; // blocked: another page lets go of it, then it goes
  });

/**
 * What waits and what is being written. On a phone that is only its owner's it is kept, sealed (vault.js); on any other, and
 * where there is no room for it, this page alone remembers.
 */
export class Store {
  #owner;
  #vault = null;
  #opened = null;
  #later = false; // the key could not be asked for yet
  #here = { outbox: new Map(), drafts: new Map() };

  constructor(owner) {
    this.#owner = owner;
  }

  /** Whoever asks for something meanwhile waits. */
  connect() {
    this.#opened = this.#open();
  }

  disconnect() {
    this.#vault?.close();
  }

  /** There is a line again: the key may be asked for, and what was only remembered is kept. */
  async again() {
    await this.#opened;
    if (this.#later) await (this.#opened = this.#open());
  }

  async #open() {
    this.#later = false;
    if (document.documentElement.dataset.phone !== "mine") return forget();
    const module = await import("../../community/js/vault.js").catch(() => null);
    try {
      this.#vault = await module?.Vault.open(this.#owner);
      this.#later = !module;
    } catch (reason) {
      this.#later = reason instanceof module.Later;
      if (!this.#later) this.#say();
    }
    if (this.#vault) await this.#moveIn(this.#vault);
  }

  async #moveIn(vault) {
    vault.gone = () => (this.#vault = null);
    const { outbox, drafts } = this.#here;
    for (const record of [...outbox.values()]) if ((await this.#ask("keep", record)).done) outbox.delete(record.key);
    for (const [group, draft] of [...drafts]) if ((await this.#ask("keepDraft", group, draft)).done) drafts.delete(group);
  }

  /** Messages waiting, in the order they were written. */
  async waiting(group) {
    await this.#opened;
    const { said = [] } = await this.#ask("waiting");
    const ours = [...said, ...this.#here.outbox.values()];
    return group ? ours.filter((record) => record.group === group) : ours;
  }

  async keep(record) {
    await this.#opened;
    const { done } = await this.#ask("keep", record);
    if (done) this.#here.outbox.delete(record.key);
    else this.#here.outbox.set(record.key, record);
  }

  async drop(key) {
    await this.#opened;
    this.#here.outbox.delete(key);
    await this.#ask("drop", key);
  }

  async draft(group) {
    await this.#opened;
    return this.#here.drafts.get(group) ?? (await this.#ask("draft", group)).said;
  }

  async keepDraft(group, draft) {
    const { drafts } = this.#here;
    const kept = draft.body || draft.content_note ? draft : null;
    drafts.set(group, kept);
    await this.#opened;
    const { done } = await this.#ask("keepDraft", group, kept);
    if ((done || !kept) && drafts.get(group) === kept) drafts.delete(group);
  }

  /** "Draft" beside the groups where words wait to be finished; only this device knows of them. */
  async markDrafts() {
    for (const mark of document.querySelectorAll("[data-draft]")) {
      mark.hidden = !(await this.draft(mark.closest("[data-group]").dataset.group))?.body;
    }
  }

  /** What the vault says; not done where there is none, or where it refuses. */
  async #ask(what, ...given) {
    try {
      if (this.#vault) return { done: true, said: await this.#vault[what](...given) };
    } catch {
      if (this.#vault) this.#say();
    }
    return { done: false };
  }

  /** The browser keeps nothing, or has no room: said once, on a page where somebody writes, and the page goes on. */
  #say() {
    const place = document.querySelector("[data-unkept]");
    if (!place) return;
    try {
      if (sessionStorage.getItem(UNKEPT)) return;
      sessionStorage.setItem(UNKEPT, "said");
    } catch {
      // then it is said on each page
    }
    place.hidden = false;
  }
}

/**
 * One message in flight per group, one tab at a time where the browser has locks, the same key at every try, which is
 * what protects where it has none. Events: "sent" (the answer), "waiting" and "refused" (the record).
 */
export class Outbox extends Part {
  #socket;
  #store;
  #busy = new Set();
  #open = false;

  constructor(socket, store) {
    super();
    this.#socket = socket;
    this.#store = store;
  }

  /** Sending starts once the page knows whose socket it is: see `allow`. */
  connect() {
    super.connect();
    this.on(this.#socket, { down: () => (this.#open = false) });
  }

  disconnect() {
    this.#open = false;
    super.disconnect();
  }

  /** This socket is ours: whatever waits may go. */
  async allow() {
    this.#open = true;
    await this.#store.again();
    for (const group of new Set((await this.#store.waiting()).map((record) => record.group))) this.#send(group);
  }

  /** A new record, to be drawn at once; `post` then keeps and sends it. */
  static record(fields) {
    return { key: newKey(), created: new Date().toISOString(), ...fields };
  }

  async post(record) {
    await this.#store.keep(record);
    this.#send(record.group);
  }

  async drop(key) {
    await this.#store.drop(key);
  }

  /** Its author is asked first; sent again as it is, it goes. */
  #asks(record) {
    const again = async () => {
      record.refused = undefined;
      await this.post(Object.assign(record, { care_seen: true }));
    };
    document.dispatchEvent(new CustomEvent("nudge", { detail: { key: record.key, again } }));
  }

  /** One group's messages, in order, one in flight. */
  async #send(group) {
    if (!this.#open || this.#busy.has(group)) return;
    this.#busy.add(group);
    const pause = await this.#alone(group, () => this.#empty(group)).finally(() => this.#busy.delete(group));
    const left = (await this.#store.waiting(group)).some((record) => !record.refused);
    if (left && this.#open) setTimeout(() => this.#send(group), pause);
  }

  async #alone(group, work) {
    if (!navigator.locks) return work();
    return navigator.locks.request(`${NAME}-outbox-${group}`, work);
  }

  /** Send until nothing waits; answers how long to pause (ms) when the line did not take one. */
  async #empty(group) {
    while (this.#open) {
      const record = (await this.#store.waiting(group)).find(({ refused }) => !refused);
      if (!record) return 0;
      const { key, body, reply_to, content_note, care_seen } = record;
      const extra = { ...(reply_to && { reply_to: reply_to.id }), ...(content_note && { content_note }), ...(care_seen && { care_seen }) };
      try {
        const answer = await this.#socket.ask("post", { group, key, body, ...extra });
        await this.#store.drop(key);
        this.say("sent", answer);
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        if (!refusal.lasting) {
          this.say("waiting", record);
          return Math.max(refusal.after, AGAIN * (1 + Math.random()));
        }
        record.refused = refusal.problem.detail || refusal.code;
        await this.#store.keep(record);
        this.say("refused", record);
        if (refusal.code === "care_nudge") this.#asks(record);
      }
    }
    return AGAIN;
  }
}

/** A version 4 UUID, also on a page without a secure context, where `randomUUID` is missing. */
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
