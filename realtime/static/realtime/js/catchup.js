/**
 * Nothing is missed: where each group stands on this page, and how the rest is fetched after a gap.
 *
 * Events: "change" (a Message to draw), "reload" (history must be fetched anew), "left", "stranger" (the socket speaks
 * for somebody else now), "caught-up". Cursors follow PROTOCOL.md: during a sync things are drawn, but a cursor moves
 * only with the answer.
 */

const TELL_CHANGES = 50;
const TELL_TIME = 25_000;
const SYNC_PATIENCE = 30_000;
const SYNC_AGAIN = 2_000;

export class Catchup extends EventTarget {
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
  #stale = null;
  #leaving = new AbortController();

  constructor(socket, { group, me, version }) {
    super();
    this.#socket = socket;
    this.#group = group;
    this.#me = me;
    this.#cursors.set(group, version);
  }

  connect() {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    const on = (type, hear) => this.#socket.addEventListener(type, ({ detail }) => hear(detail), { signal });
    on("hello", (frame) => this.#greet(frame));
    on("change", (frame) => this.#change(frame));
    on("beat", (frame) => this.#beat(frame));
    on("stale", (frame) => frame.group === this.#group && this.#forget(frame.version));
    on("left", (frame) => frame.group === this.#group && this.#say("left"));
    const timer = setInterval(() => this.#tell(), TELL_TIME);
    signal.addEventListener("abort", () => clearInterval(timer));
  }

  disconnect() {
    this.#leaving.abort();
  }

  /** History was fetched after it was asked for. */
  loaded() {
    this.#stale = null;
  }

  #greet(hello) {
    this.#syncing = this.#whole = false;
    this.#round += 1;
    this.#arrived.clear();
    const seat = hello.groups.find(({ id }) => id === this.#group);
    if (!seat) return this.#say("left");
    if (seat.me !== this.#me) return this.#say("stranger");
    const restored = this.#history !== null && this.#history !== hello.history;
    this.#history = hello.history;
    for (const { id, version } of hello.groups) if (id !== this.#group) this.#cursors.set(id, version);
    if (restored) this.#forget(seat.version);
    else if (this.#stale !== null) this.#say("reload");
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
      this.#say("caught-up");
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
    this.#say("change", { group, message });
  }

  #beat({ versions }) {
    for (const [group, version] of Object.entries(versions ?? {})) {
      if (group !== this.#group) this.#raise(group, version);
      else if (version > this.#cursors.get(group) && !this.#syncing) this.#sync();
    }
  }

  #forget(version) {
    this.#cursors.set(this.#group, version);
    this.#stale = version;
    this.#whole ||= !this.#syncing;
    this.#say("reload");
  }

  #raise(group, version) {
    this.#cursors.set(group, Math.max(version, this.#cursors.get(group) ?? 0));
  }

  #tell() {
    if (!this.#untold || !this.#socket.ready) return;
    this.#untold = 0;
    this.#socket.tell("seen", { cursors: Object.fromEntries([...this.#cursors, ...this.#arrived].slice(-500)) });
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
