/**
 * The one socket of a tab. It comes back by itself, says what arrives, and answers what was asked.
 *
 * Events: every frame under its own type ("hello", "change", "beat" ...), and "up", "down", "ended" (detail: close code).
 * Nobody needs to know the frames in between: an unknown type is an event that nobody hears.
 */

const FIRST_WORD = 10_000; // ms the server has for its hello
const ANSWER = 12_000; // ms it has for an answer
const QUIET = 10_000; // ms beyond a heartbeat before we ask whether anybody is there
const LEAST = 200; // ms, the shortest wait between two tries
const MOST = 30_000; // ms, the longest
const STEADY = 10_000; // ms a connection must live before the waits start small again
const SIGNED_OUT = 4401;
const SLOWER = new Set([4400, 4413, 4429]); // ours to be calmer about

/** A right no from the server, or no answer at all (status 0). */
export class Refusal extends Error {
  constructor(problem = {}) {
    super(problem.detail ?? "");
    this.status = problem.status ?? 0;
    this.code = problem.code ?? "";
    this.after = (problem.retry_after ?? 0) * 1000;
    this.problem = problem;
  }

  /** Trying the same again would not help: the person has to change something. */
  get lasting() {
    return this.status >= 400 && this.status < 500 && ![401, 408, 425, 429].includes(this.status);
  }
}

export class Socket extends EventTarget {
  #address;
  #wire = null;
  #ready = false;
  #asked = new Map();
  #number = 0;
  #tries = 0;
  #notBefore = 0;
  #heartbeat = 25_000;
  #retry = 0;
  #watch = 0;
  #steady = 0;
  #wanted = false;
  #leaving = new AbortController();

  constructor(address = new URL("/ws/v1/", location.href)) {
    super();
    this.#address = new URL(address);
    this.#address.protocol = this.#address.protocol.replace("http", "ws");
  }

  /** Somebody answers: what is asked now has a chance. */
  get ready() {
    return this.#ready;
  }

  connect() {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    addEventListener("online", () => this.now(), { signal });
    addEventListener("offline", () => this.#lost(), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.now(), { signal });
    this.#open();
  }

  disconnect() {
    this.#wanted = false;
    this.#leaving.abort();
    clearTimeout(this.#retry);
    this.#lost();
  }

  /** The person, or the device, says it may work now: don't wait for the clock, only for what the server asked. */
  now() {
    if (this.#ready) return void this.#check();
    if (!this.#wanted || this.#wire) return;
    this.#tries = Math.min(this.#tries, 3);
    this.#again(Math.max(LEAST, this.#notBefore - Date.now()));
  }

  /** Ask one thing; resolves with its answer, rejects with a Refusal. */
  ask(name, fields = {}, patience = ANSWER) {
    return new Promise((resolve, reject) => {
      if (!this.#ready) return reject(new Refusal());
      const id = ++this.#number;
      const wire = this.#wire;
      const timer = setTimeout(() => {
        this.#asked.delete(id);
        reject(new Refusal());
        if (wire === this.#wire) this.#lost(); // a line that swallows answers is no line
      }, patience);
      this.#asked.set(id, { resolve, reject, timer });
      this.#send({ id, do: name, ...fields });
    });
  }

  /** Say something that has no answer; lost without harm. */
  tell(name, fields = {}) {
    if (this.#ready) this.#send({ id: ++this.#number, do: name, ...fields });
  }

  #send(frame) {
    if (this.#wire.readyState === WebSocket.OPEN) this.#wire.send(JSON.stringify(frame));
  }

  #open() {
    clearTimeout(this.#retry);
    const wire = new WebSocket(this.#address);
    this.#wire = wire;
    this.#watchFor(FIRST_WORD, () => this.#lost());
    wire.addEventListener("message", ({ data }) => wire === this.#wire && this.#hear(data));
    wire.addEventListener("close", ({ code }) => wire === this.#wire && this.#lost(code));
  }

  #hear(data) {
    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    if (this.#ready) this.#listen();
    if ("re" in frame) return this.#answered(frame);
    if (frame.type === "hello") this.#greeted(frame);
    if (frame.type === "restart") this.#notBefore = Date.now() + frame.after * 1000;
    this.dispatchEvent(new CustomEvent(frame.type, { detail: frame }));
    if (frame.type === "hello" && this.#ready) this.dispatchEvent(new CustomEvent("up"));
  }

  #greeted(hello) {
    this.#ready = true;
    this.#heartbeat = (hello.heartbeat ?? 25) * 1000;
    this.#steady = setTimeout(() => (this.#tries = 0), STEADY);
    this.#listen();
  }

  #answered(frame) {
    const asked = this.#asked.get(frame.re);
    if (!asked) return;
    this.#asked.delete(frame.re);
    clearTimeout(asked.timer);
    if (frame.ok) asked.resolve(frame);
    else asked.reject(new Refusal(frame.error));
  }

  /** After a heartbeat of silence, ask; after silence to that, it is gone. */
  #listen() {
    this.#watchFor(this.#heartbeat + QUIET, () => this.#check());
  }

  #check() {
    this.ask("ping", {}, QUIET).catch(() => {});
  }

  #watchFor(time, then) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(then, time);
  }

  #lost(code = 1006) {
    clearTimeout(this.#watch);
    clearTimeout(this.#steady);
    const wire = this.#wire;
    const wasReady = this.#ready;
    this.#wire = null;
    this.#ready = false;
    wire?.close();
    for (const { reject, timer } of this.#asked.values()) {
      clearTimeout(timer);
      reject(new Refusal());
    }
    this.#asked.clear();
    if (wasReady) this.dispatchEvent(new CustomEvent("down"));
    if (code === SIGNED_OUT) {
      this.disconnect();
      this.dispatchEvent(new CustomEvent("ended", { detail: code }));
    } else if (this.#wanted) {
      if (SLOWER.has(code)) this.#tries = Math.max(this.#tries, 6);
      this.#again(this.#pause());
    }
  }

  /** Full jitter from 0.2 to 30 s, never before the server's own word. */
  #pause() {
    const most = Math.min(MOST, 2 * LEAST * 2 ** this.#tries++);
    const drawn = Math.max(LEAST, Math.random() * most);
    const floor = this.#notBefore - Date.now();
    return floor > 0 ? floor + drawn : drawn;
  }

  #again(pause) {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), pause);
  }
}
