/**
 * How words arrive. `Socket` is the one socket of a tab: it comes back by itself, says what arrives and answers what was
 * asked. `Catchup` sees to it that nothing is missed. All follow PROTOCOL.md. One file, because every file is a request.
 */

const FIRST_WORD = 10_000; // ms the server has for its hello
const ANSWER = 12_000; // ms it has for an answer
const QUIET = 10_000; // ms beyond a heartbeat before we ask whether anybody is there
const LEAST = 200; // ms, the shortest wait between two tries
const MOST = 30_000; // ms, the longest
const WATCHED = 8_000; // ms, the longest while somebody looks at the page
const STEADY = 10_000; // ms a connection must live before the waits start small again
const TELL_CHANGES = 50; // the server hears what arrived at least this often
const TELL_TIME = 25_000; // ms, or this often
const SYNC_PATIENCE = 30_000;
const SYNC_AGAIN = 2_000;
const TYPING = 3_000; // ms between two signs that I write
const TYPED = 6_000; // ms one is shown
const LINES = 3; // words above a page at a time; the number says how many there are
const SIGNED_OUT = 4401;
const CALMER = 5_000; // ms more before the next try, after a close that says we were too fast or not understood
const SLOWER = new Set([4400, 4413, 4429]); // ours to be calmer about

/** A part of the page: it listens while it is connected, and says what happens. */
export class Part extends EventTarget {
  #leaving = new AbortController();

  get signal() {
    return this.#leaving.signal;
  }

  connect() {
    this.#leaving = new AbortController();
  }

  disconnect() {
    this.#leaving.abort();
  }

  /** Hear a part's events by what they tell, the browser's as they are. */
  on(where, hears) {
    for (const [type, hear] of Object.entries(hears)) {
      const told = (event) => hear(event instanceof CustomEvent ? event.detail : event);
      where?.addEventListener(type, told, { signal: this.signal });
    }
  }

  say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

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

/**
 * Events: every frame under its own type ("hello", "change" ...: a type unknown here is one nobody hears), "up", "down",
 * and "ended" when the session is over.
 */
export class Socket extends Part {
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
    super.connect();
    this.#wanted = true;
    this.on(window, { online: () => this.now(), offline: () => this.#lost() });
    this.on(document, { visibilitychange: () => document.hidden || this.now() });
    this.#open();
  }

  disconnect() {
    this.#wanted = false;
    super.disconnect();
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
    this.say(frame.type, frame);
    document.dispatchEvent(new CustomEvent(`told-${frame.type}`, { detail: frame })); // for what is no part of a room
    if (frame.type === "hello" && this.#ready) this.say("up");
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
    const detail = frame.care ?? frame.error?.care; // help for its author alone
    if (detail) document.dispatchEvent(new CustomEvent("care", { detail }));
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
    if (wasReady) this.say("down");
    if (code === SIGNED_OUT) {
      this.disconnect();
      this.say("ended");
    } else if (this.#wanted) {
      this.#again(this.#pause() + (SLOWER.has(code) ? CALMER : 0));
    }
  }

  /** Full jitter from 0.2 to 30 s, never before the server's own word. */
  #pause() {
    const most = Math.min(document.hidden ? MOST : WATCHED, 2 * LEAST * 2 ** this.#tries++);
    const drawn = Math.max(LEAST, Math.random() * most);
    const floor = this.#notBefore - Date.now();
    return floor > 0 ? floor + drawn : drawn;
  }

  #again(pause) {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), pause);
  }
}

/**
 * Where the page stands, and how the rest is fetched after a gap. During a sync things are drawn, but the cursor moves
 * only with its answer. Events: "change" (group and message), "reload" (history must be fetched anew), "left",
 * "stranger" (the socket speaks for somebody else now).
 */
export class Catchup extends Part {
  #socket;
  #group;
  #me;
  #cursors = new Map(); // where to go on from after a gap
  #arrived = new Map(); // what came last, told to the server
  #syncing = false;
  #whole = false; // nothing is missing before what arrives now
  #round = 0;
  #untold = 0;
  #history = null;
  #stale = false; // history is being fetched anew

  constructor(socket, { group, me, version }) {
    super();
    this.#socket = socket;
    this.#group = group;
    this.#me = me;
    this.#cursors.set(group, version);
  }

  connect() {
    super.connect();
    this.on(this.#socket, {
      hello: (frame) => this.#greet(frame),
      change: (frame) => this.#change(frame),
      beat: (frame) => this.#beat(frame),
      stale: ({ group, version }) => group === this.#group && this.#forget(version),
      left: ({ group }) => group === this.#group && this.say("left"),
    });
    const timer = setInterval(() => this.#tell(), TELL_TIME);
    this.signal.addEventListener("abort", () => clearInterval(timer));
  }

  /** History was fetched after it was asked for. */
  loaded() {
    this.#stale = false;
  }

  #greet(hello) {
    this.#syncing = this.#whole = false;
    this.#round += 1;
    this.#arrived.clear();
    const seat = hello.groups.find(({ id }) => id === this.#group);
    if (!seat) return this.say("left");
    if (seat.me !== this.#me) return this.say("stranger");
    const restored = this.#history !== null && this.#history !== hello.history;
    this.#history = hello.history;
    for (const { id, version } of hello.groups) if (id !== this.#group) this.#cursors.set(id, version);
    if (restored) this.#forget(seat.version);
    else if (this.#stale) this.say("reload");
    else this.#sync();
  }

  async #sync() {
    const round = this.#round;
    this.#syncing = true;
    this.#whole = false;
    this.#arrived.delete(this.#group);
    try {
      const since = { [this.#group]: this.#cursors.get(this.#group) };
      const { versions } = await this.#socket.ask("sync", { since }, SYNC_PATIENCE);
      if (round !== this.#round) return;
      this.#syncing = false;
      this.#whole = true;
      if (this.#group in versions) this.#cursors.set(this.#group, versions[this.#group]);
      this.say("caught-up");
    } catch {
      if (round !== this.#round || !this.#socket.ready) return;
      setTimeout(() => round === this.#round && this.#socket.ready && this.#sync(), SYNC_AGAIN * (1 + Math.random()));
    }
  }

  #change({ group, version, message }) {
    this.#arrived.set(group, version);
    if (this.#whole || group !== this.#group) this.#raise(group, version);
    this.#untold += 1;
    if (this.#untold >= TELL_CHANGES) this.#tell();
    this.say("change", { group, message });
  }

  #beat({ versions }) {
    for (const [group, version] of Object.entries(versions ?? {})) {
      if (group !== this.#group) this.#raise(group, version);
      else if (version > this.#cursors.get(group) && !this.#syncing) this.#sync();
    }
  }

  #forget(version) {
    this.#cursors.set(this.#group, version);
    this.#stale = true;
    this.#whole ||= !this.#syncing;
    this.say("reload");
  }

  #raise(group, version) {
    this.#cursors.set(group, Math.max(version, this.#cursors.get(group) ?? 0));
  }

  #tell() {
    if (!this.#untold || !this.#socket.ready) return;
    this.#untold = 0;
    this.#socket.tell("seen", { cursors: Object.fromEntries([...this.#cursors, ...this.#arrived].slice(-500)) });
  }
}

/**
 * Words to this person, wherever in the house they are: a line above the page, and a number where all of them stand.
 * What the page knew when it was made is not said again.
 */
export class Notices extends Part {
  #list = document.querySelector("[data-notices]");
  #template = document.querySelector("[data-template='notice']");
  #versions = new Map();

  constructor(socket) {
    super();
    this.socket = socket;
  }

  connect() {
    super.connect();
    this.on(this.socket, { notice: ({ notice }) => this.#list && this.#template && this.#hear(notice) });
  }

  #hear(notice) {
    const known = this.#versions.get(notice.id) ?? Number(this.#list.dataset.version);
    if (notice.version <= known) return;
    this.#versions.set(notice.id, notice.version);
    const line = this.#list.querySelector(`[data-notice="${notice.id}"]`);
    line?.remove();
    if (!notice.seen) this.#show(notice);
    this.#count(notice.seen ? -1 : notice.number === notice.version ? 1 : 0); // said again, it is counted already
  }

  #show({ id, text }) {
    const line = this.#template.content.cloneNode(true).firstElementChild;
    const form = line.querySelector("form");
    line.dataset.notice = id;
    line.querySelector("[data-words]").textContent = text;
    line.querySelector("[data-close]").addEventListener("click", () => line.remove());
    form.setAttribute("action", form.getAttribute("action").replace(/[0-9a-f-]{36}/, id));
    const lines = this.#list.querySelectorAll("[data-notice]");
    if (lines.length >= LINES) lines[0].remove();
    this.#list.append(line);
  }

  #count(more) {
    for (const count of document.querySelectorAll("[data-count='notices']")) {
      const number = Math.max(0, Number(count.querySelector("[data-count-number]").textContent) + more);
      count.querySelector("[data-count-number]").textContent = number;
      count.hidden = !number;
    }
  }
}

/** Who is writing, shown only of those who chose to show it. Event: "changed" (their member ids). */
export class Typing extends Part {
  #until = new Map();
  #told = 0;

  constructor(socket, { group, me }) {
    super();
    Object.assign(this, { socket, group, me });
  }

  connect() {
    super.connect();
    this.on(this.socket, { typing: ({ group, member }) => group === this.group && member !== this.me && this.#writes(member) });
  }

  /** I am writing. */
  tell() {
    if (Date.now() - this.#told < TYPING) return;
    this.#told = Date.now();
    this.socket.tell("typing", { group: this.group });
  }

  /** They said it, so they write no more. */
  rests(member) {
    if (this.#until.delete(member)) this.#changed();
  }

  #writes(member) {
    this.#until.set(member, Date.now() + TYPED);
    this.#changed();
    setTimeout(() => this.#changed(), TYPED + 50);
  }

  #changed() {
    const now = Date.now();
    this.say("changed", [...this.#until.keys()].filter((member) => this.#until.get(member) > now));
  }
}
