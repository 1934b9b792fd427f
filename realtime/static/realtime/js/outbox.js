/**
 * What a person wrote and has not been acknowledged yet: kept on the device, sent in order, never twice.
 *
 * `Store` is the memory (IndexedDB; this page alone where there is none). Every record belongs to one owner; the first
 * page of another owner, and signing out, empty it. `Outbox` sends: one message in flight per group, one tab at a time
 * where the browser has locks, and the same key at every try, which is what protects where it has none.
 */

import { Part, Refusal } from "./socket.js";

const NAME = "porchlight";
const AGAIN = 2_000; // ms before a second try on a line that works

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("outbox", { keyPath: "order", autoIncrement: true }).createIndex("key", "key", { unique: true });
    request.result.createObjectStore("drafts", { keyPath: "group" });
    request.result.createObjectStore("owner");
  };
  return done(request);
}

/** After signing out nothing anybody wrote stays here. */
export async function forget() {
  try {
    const base = await open();
    await empty(base.transaction(["outbox", "drafts", "owner"], "readwrite"));
    base.close();
  } catch {
    // no store, so nothing in it
  }
}

function empty(work) {
  for (const name of work.objectStoreNames) work.objectStore(name).clear();
  return new Promise((resolve, reject) => {
    work.oncomplete = resolve;
    work.onabort = () => reject(work.error);
  });
}

export class Store {
  #owner;
  #base = null;
  #here = { outbox: new Map(), drafts: new Map() }; // what could not be kept stays on this page
  #order = 0;

  constructor(owner) {
    this.#owner = owner;
  }

  /** Open it as ours: what another person left here goes first. */
  async connect() {
    try {
      const base = await open();
      base.onversionchange = () => this.disconnect();
      const work = base.transaction(["owner"], "readonly");
      const former = await done(work.objectStore("owner").get(0));
      if (former !== this.#owner) {
        await empty(base.transaction(["outbox", "drafts"], "readwrite"));
        await done(base.transaction(["owner"], "readwrite").objectStore("owner").put(this.#owner, 0));
      }
      this.#base = base;
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
    const kept = await this.#read("outbox", (store) => store.getAll(), []);
    const ours = [...kept, ...this.#here.outbox.values()].filter((record) => record.owner === this.#owner);
    return group ? ours.filter((record) => record.group === group) : ours;
  }

  async keep(record) {
    const mine = { ...record, owner: this.#owner };
    const order = await this.#write("outbox", (store) => store.put(mine));
    if (order === undefined) this.#here.outbox.set(record.key, { order: ++this.#order, ...mine });
  }

  async drop(key) {
    this.#here.outbox.delete(key);
    await this.#write("outbox", (store) => {
      const found = store.index("key").getKey(key);
      found.onsuccess = () => found.result !== undefined && store.delete(found.result);
      return found;
    });
  }

  async draft(group) {
    const kept = await this.#read("drafts", (store) => store.get(group), null);
    return kept?.owner === this.#owner ? kept : this.#here.drafts.get(group);
  }

  async keepDraft(group, draft) {
    const mine = { ...draft, group, owner: this.#owner };
    const blank = !draft.body && !draft.content_note;
    if (blank) this.#here.drafts.delete(group);
    const kept = await this.#write("drafts", (store) => (blank ? store.delete(group) : store.put(mine)), true);
    if (!kept && !blank) this.#here.drafts.set(group, mine);
  }

  async #read(name, ask, otherwise) {
    try {
      return (await done(ask(this.#base.transaction([name]).objectStore(name)))) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  /** Write only while the store is ours: a tab left open by somebody who signed out leaves nothing behind. */
  #write(name, change, otherwise) {
    return new Promise((resolve) => {
      try {
        const work = this.#base.transaction(["owner", name], "readwrite");
        let result;
        work.oncomplete = () => resolve(result?.result ?? otherwise);
        work.onabort = () => resolve(undefined);
        const owner = work.objectStore("owner").get(0);
        owner.onsuccess = () => {
          if (owner.result === this.#owner) result = change(work.objectStore(name));
          else work.abort();
        };
      } catch {
        resolve(undefined);
      }
    });
  }
}

/** Events: "sent" (the answer), "waiting" and "refused" (the record). */
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
    const pause = await this.#alone(group, () => this.#empty(group));
    this.#busy.delete(group);
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
