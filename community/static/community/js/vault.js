/**
 * What a phone that is only one person's keeps, sealed (docs/adr on what a phone keeps). Two keys, for two needs:
 * a `Vault` holds what the person wrote; its key comes from the server with each page and lives in that page's memory.
 * A `Shelf` holds what can be read without a network; its key lives in this database and cannot be taken out of it.
 * In clear stand ids and times alone.
 */

export const NAME = "porchlight";
const VERSION = 1;
const KIND = { name: "AES-GCM", length: 256 };
const USES = ["encrypt", "decrypt"];
const PATIENCE = 20_000; // ms for the server's key: whoever presses Save meanwhile waits as long
export const CHECK_IN = "check-in:"; // the id of a check-in that waits: this, and its day

export const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error ?? new Error("blocked"));
  });

/** The server cannot be asked right now; later it may. */
export class Later extends Error {}

/** Without `make` nothing is made: rejects where there is no database, or where it is just being erased. */
async function opened({ make: makes = true } = {}) {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (!oldVersion && !makes) return request.transaction.abort();
    const make = (name, path) => request.result.createObjectStore(name, path);
    for (const name of ["meta", "drafts", "pages"]) make(name, { keyPath: "id" });
    make("outbox", { keyPath: "order", autoIncrement: true }).createIndex("id", "id", { unique: true });
  };
  return done(request);
}

/** One database, several stores; `seal` and `unseal` bind a record to its store and id. */
class Sealed {
  constructor(base, key) {
    Object.assign(this, { base, key });
    base.onversionchange = () => this.close(); // somebody signs out: let go at once
  }

  /** `gone` hears of it, whoever closes. */
  close() {
    this.base.close();
    this.gone?.();
  }

  /** One request, committed at once: a page that goes away has no second turn. */
  ask(name, mode, what) {
    const work = this.base.transaction(name, mode);
    const asked = done(what(work.objectStore(name)));
    work.commit?.();
    return asked;
  }

  async seal(name, id, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const words = new TextEncoder().encode(JSON.stringify(value));
    return { id, iv, sealed: await crypto.subtle.encrypt(this.#how(name, id, iv), this.key, words) };
  }

  /** Nothing, where the key is another one: then nobody can read it any more. */
  async unseal(name, { id, iv, sealed }) {
    try {
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(this.#how(name, id, iv), this.key, sealed)));
    } catch {
      return undefined;
    }
  }

  #how(name, id, iv) {
    return { name: KIND.name, iv, additionalData: new TextEncoder().encode(`${name}:${id}`) };
  }
}

/** What waits to be sent, and drafts. */
export class Vault extends Sealed {
  /** Whatever another person left here goes first. Throws Later, or what the browser or the server refused. */
  static async open(owner) {
    const base = await opened();
    try {
      return new Vault(base, await served(await phoneOf(base, owner)));
    } catch (reason) {
      base.close();
      throw reason;
    }
  }

  /** Messages that wait, in the order they were written. */
  async waiting() {
    const found = await this.#outbox();
    return found.filter(({ value }) => value.group).map(({ row, value }) => ({ ...value, order: row.order }));
  }

  /** Check-ins that wait, one a day. */
  async checkIns() {
    const found = await this.#outbox();
    return found.filter(({ value }) => value.day).map(({ row, value }) => ({ ...value, iv: row.iv }));
  }

  /** All that waits; what cannot be read any more is dropped. */
  async #outbox() {
    const rows = await this.ask("outbox", "readonly", (store) => store.getAll());
    const found = await Promise.all(rows.map(async (row) => ({ row, value: await this.unseal("outbox", row) })));
    for (const { row, value } of found) if (!value) this.ask("outbox", "readwrite", (store) => store.delete(row.order));
    return found.filter(({ value }) => value);
  }

  /** In the place of what waits for the same day. */
  async keepCheckIn({ iv: _iv, ...record }) {
    const key = `${CHECK_IN}${record.day}`;
    const order = await this.ask("outbox", "readonly", (store) => store.index("id").getKey(key));
    await this.keep({ ...record, key, order });
  }

  /** What was read goes, or stands as `instead`; never what was pressed anew meanwhile. Answers whether it was so. */
  async settle({ key, iv }, instead = null) {
    const sealed = instead && (await this.seal("outbox", key, instead));
    const outbox = this.base.transaction("outbox", "readwrite").objectStore("outbox");
    const row = await done(outbox.index("id").get(key));
    if (row?.iv.join() !== iv.join()) return false;
    await done(sealed ? outbox.put({ ...sealed, order: row.order }) : outbox.delete(row.order));
    return true;
  }

  async keep({ order, ...record }) {
    const sealed = await this.seal("outbox", record.key, record);
    return this.ask("outbox", "readwrite", (store) => store.put(order === undefined ? sealed : { ...sealed, order }));
  }

  async drop(key) {
    const order = await this.ask("outbox", "readonly", (store) => store.index("id").getKey(key));
    if (order !== undefined) await this.ask("outbox", "readwrite", (store) => store.delete(order));
  }

  async draft(group) {
    const row = await this.ask("drafts", "readonly", (store) => store.get(group));
    return row && this.unseal("drafts", row);
  }

  /** Without a draft, none is kept. */
  async keepDraft(group, draft) {
    const sealed = draft && (await this.seal("drafts", group, draft));
    return this.ask("drafts", "readwrite", (store) => (sealed ? store.put(sealed) : store.delete(group)));
  }
}

/** Copies of pages, for when there is no network. `path` is where a page was found. */
export class Shelf extends Sealed {
  /** Makes its key if `make`, else throws where nothing is kept. */
  static async open({ make = false } = {}) {
    const base = await opened({ make });
    const kept = await done(base.transaction("meta").objectStore("meta").get("shelf"));
    if (kept || make) return new Shelf(base, kept?.key ?? (await shelfKey(base)));
    base.close();
    throw new Error("nothing is kept here");
  }

  async keep(path, page) {
    const sealed = await this.seal("pages", path, page);
    return this.ask("pages", "readwrite", (store) => store.put(sealed));
  }

  async pages() {
    const rows = await this.ask("pages", "readonly", (store) => store.getAll());
    const pages = await Promise.all(rows.map(async (row) => ({ path: row.id, ...(await this.unseal("pages", row)) })));
    return pages.filter(({ at }) => at);
  }

  async paths() {
    return this.ask("pages", "readonly", (store) => store.getAllKeys());
  }

  drop(path) {
    return this.ask("pages", "readwrite", (store) => store.delete(path));
  }
}

/** How many things wait here, or of those whose id begins so; readable without any key. */
export async function unsent(begins = "") {
  const base = await opened({ make: false }).catch(() => null);
  if (!base) return 0;
  const outbox = base.transaction("outbox").objectStore("outbox");
  const count = await done(outbox.index("id").count(IDBKeyRange.bound(begins, `${begins}\uffff`)));
  base.close();
  return count;
}

/** A page that nobody is signed in on: what could be read without signing in goes; what the person wrote waits, sealed. */
export async function shut() {
  const base = await opened({ make: false });
  const work = base.transaction(["meta", "pages", "outbox", "drafts"], "readwrite");
  work.objectStore("meta").delete("shelf");
  work.objectStore("pages").clear();
  const waiting = await Promise.all(["outbox", "drafts"].map((name) => done(work.objectStore(name).count())));
  base.close();
  if (waiting.every((count) => !count)) indexedDB.deleteDatabase(NAME);
}

/** The id this phone goes by, made for its owner; in one transaction, because another window may be asking too. */
async function phoneOf(base, owner) {
  const work = base.transaction(["meta", "outbox", "drafts", "pages"], "readwrite");
  const meta = work.objectStore("meta");
  const known = await done(meta.get("phone"));
  if (known?.owner === owner) return known.phone;
  for (const name of work.objectStoreNames) work.objectStore(name).clear();
  const fresh = { id: "phone", owner, phone: crypto.randomUUID() };
  await done(meta.put(fresh));
  return fresh.phone;
}

async function served(phone) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf]").content };
  const asked = { method: "POST", headers, body: JSON.stringify({ phone }), signal: AbortSignal.timeout(PATIENCE) };
  const answer = await fetch("/api/v1/me/phone/key", asked).catch(() => null);
  if (!answer || answer.status >= 500 || answer.status === 429) throw new Later();
  if (!answer.ok) throw new Error(`no key: ${answer.status}`);
  const raw = Uint8Array.from(atob((await answer.json()).key), (char) => char.charCodeAt(0));
  return crypto.subtle.importKey("raw", raw, KIND, false, USES);
}

/** The first window's key is everybody's. */
async function shelfKey(base) {
  const key = await crypto.subtle.generateKey(KIND, false, USES);
  const meta = base.transaction("meta", "readwrite").objectStore("meta");
  const known = await done(meta.get("shelf"));
  if (!known) await done(meta.put({ id: "shelf", key }));
  return known?.key ?? key;
}
