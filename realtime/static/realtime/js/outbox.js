/**
 * What a person wrote and has not been acknowledged yet: kept on the device, sent in order, never twice. `Store` is the
 * memory, `Outbox` sends.
 */

import { Part, Refusal } from "./socket.js";

const NAME = "porchlight-";
const AGAIN = 2_000; // ms before a second try on a line that works

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });

/** Drop what was kept for anybody but `owner`; without one, for everybody: after signing out no word stays here. */
export async function forget(owner) {
  try {
    const others = (await indexedDB.databases()).filter(({ name }) => name.startsWith(NAME) && name !== NAME + owner);
    await Promise.all(others.map(({ name }) => done(indexedDB.deleteDatabase(name))));
  } catch {
    // no store, so nothing in it; or a page still lets go of it, and then it goes
  }
}

/**
 * One database an owner, so that nothing is ever written into somebody else's: a page left open by who was here before
 * is shut out of theirs when it is dropped, and from then on, as where there is no IndexedDB, remembers for itself.
 */
export class Store {
  #owner;
  #base = null;
  #opened = null;
  #here = { outbox: new Map(), drafts: new Map() };

  constructor(owner) {
    this.#owner = owner;
  }

  /** What another person left here goes first; whoever asks for something meanwhile waits. */
  connect() {
    this.#opened = this.#open();
  }

  async #open() {
    await forget(this.#owner);
    try {
      const request = indexedDB.open(NAME + this.#owner, 1);
      request.onupgradeneeded = () => {
        const outbox = request.result.createObjectStore("outbox", { keyPath: "order", autoIncrement: true });
        outbox.createIndex("key", "key", { unique: true });
        request.result.createObjectStore("drafts", { keyPath: "group" });
      };
      this.#base = await done(request);
      this.#base.onversionchange = () => this.disconnect();
    } catch {
      this.#base = null;
    }
  }

  disconnect() {
    this.#base?.close();
    this.#base = null;
  }

  /** Messages waiting, in the order they were written. */
  async waiting(group) {
    const kept = (await this.#use("outbox", "readonly", (store) => store.getAll())) ?? [];
    const ours = [...kept, ...this.#here.outbox.values()];
    return group ? ours.filter((record) => record.group === group) : ours;
  }

  async keep(record) {
    const order = await this.#use("outbox", "readwrite", (store) => store.put(record));
    if (order === undefined) this.#here.outbox.set(record.key, record);
  }

  async drop(key) {
    this.#here.outbox.delete(key);
    const order = await this.#use("outbox", "readonly", (store) => store.index("key").getKey(key));
    if (order !== undefined) await this.#use("outbox", "readwrite", (store) => store.delete(order));
  }

  async draft(group) {
    return (await this.#use("drafts", "readonly", (store) => store.get(group))) ?? this.#here.drafts.get(group);
  }

  async keepDraft(group, draft) {
    const blank = !draft.body && !draft.content_note;
    this.#here.drafts.delete(group);
    const kept = { ...draft, group };
    if (blank) return this.#use("drafts", "readwrite", (store) => store.delete(group));
    if ((await this.#use("drafts", "readwrite", (store) => store.put(kept))) === undefined) this.#here.drafts.set(group, kept);
  }

  /** One request, committed at once: a page that goes away has no second turn. Undefined where there is no store. */
  async #use(name, mode, ask) {
    await this.#opened;
    try {
      const work = this.#base.transaction(name, mode);
      const asked = done(ask(work.objectStore(name)));
      work.commit();
      return await asked;
    } catch {
      return undefined;
    }
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
    return navigator.locks.request(`${NAME}outbox-${group}`, work);
  }

  /** Send until nothing waits; answers how long to pause (ms) when the line did not take one. */
  async #empty(group) {
    while (this.#open) {
      const record = (await this.#store.waiting(group)).find(({ refused }) => !refused);
      if (!record) return 0;
      const { key, body, reply_to, content_note } = record;
      const extra = { ...(reply_to && { reply_to: reply_to.id }), ...(content_note && { content_note }) };
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
