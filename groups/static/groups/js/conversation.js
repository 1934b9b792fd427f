/**
 * The log: what was said, in order, with at most so many rows in the page at once.
 *
 * All messages loaded are kept by position; the page shows a window of them. Whatever changes, what is being read stays
 * where it is to the pixel, or the log stays at its end when it was there. Events: "arrived" ({messages}: new ones, in
 * order), "scrolled", "drawn" (something changed in the log).
 */

const ROWS_MOST = 300;
const PAGE = 50;
const NEAR_END = 100; // px within which the log sticks to its end
const NEAR_EDGE = 800; // px before the edge at which more rows are fetched
const TOGETHER = 5 * 60_000; // ms one person's messages stay together
const SLOW = 1_000; // ms before a clock stands beside a message on its way

export class Conversation extends EventTarget {
  #log;
  #list;
  #rows;
  #history;
  #phrases;
  #retry;
  #messages = [];
  #byId = new Map();
  #from = 0;
  #to = 0;
  #queue = [];
  #timers = new Map();
  #divider = null;
  #atEnd = true;
  #loading = false;
  #start = false;
  #leaving = new AbortController();

  /** `history`: async (before position or undefined) => {messages, start, version} */
  constructor(room, rows, phrases, history) {
    super();
    this.#log = room.querySelector("[data-log]");
    this.#list = room.querySelector("[data-talk]");
    this.#retry = document.querySelector("[data-template=retry]").content;
    this.#rows = rows;
    this.#phrases = phrases;
    this.#history = history;
  }

  connect() {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    for (const row of this.#list.children) {
      const message = this.#rows.read(row);
      this.#messages.push(message);
      this.#byId.set(message.id, message);
      this.#rows.adopt(row);
      const heading = row.querySelector("[data-unread]");
      if (heading) this.#divider = { position: message.position, words: heading.textContent };
    }
    this.#to = this.#messages.length;
    this.#start = !this.#log.querySelector("[data-older]");
    this.#log.querySelector("[data-older]")?.remove();
    this.#log.addEventListener("scroll", () => this.#scrolled(), { signal, passive: true });
    const sizes = new ResizeObserver(() => this.#atEnd && this.toEnd());
    sizes.observe(this.#log);
    signal.addEventListener("abort", () => sizes.disconnect());
    this.#open();
  }

  disconnect() {
    this.#leaving.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  get newest() {
    return this.#messages.at(-1)?.position ?? 0;
  }

  get atEnd() {
    return this.#atEnd && this.#to === this.#messages.length;
  }

  /** Who I am in this room, as a message would say it. */
  get author() {
    const { me } = this.#rows.people;
    return { id: me, alias: this.#rows.people.alias(me, ""), role: this.#rows.people.role(me) };
  }

  get log() {
    return this.#log;
  }

  message(id) {
    return this.#byId.get(id);
  }

  row(id) {
    return this.#list.querySelector(`[data-message="${CSS.escape(id)}"]`);
  }

  /** The last message this reader may still change. */
  lastOwn() {
    return this.#messages.findLast((message) => this.#rows.isOwn(message) && !message.removed);
  }

  /** Messages of any door and in any order; drawn with the next frame, at once for a page in the background. */
  arrive(...messages) {
    if (!this.#queue.length) {
      if (document.hidden) setTimeout(() => this.#flush(), 50);
      else requestAnimationFrame(() => this.#flush());
    }
    this.#queue.push(...messages);
  }

  /** History starts anew (PROTOCOL.md, "stale"); what waits to be sent stays. */
  restart({ messages, start }) {
    for (const { id } of this.#messages) this.row(id)?.remove();
    this.#messages = [];
    this.#byId.clear();
    this.#from = this.#to = 0;
    this.#start = start;
    this.#queue = [];
    this.#steady(() => messages.forEach((message) => this.#apply(message)));
    this.toEnd();
  }

  /** Show other reactions under a message for now; the next change says what is true. */
  react(id, reactions) {
    const row = this.row(id);
    if (row) this.#steady(() => this.#rows.react(row, reactions));
  }

  /** Names changed: draw what is shown again. */
  rename() {
    this.#steady(() => {
      for (let index = this.#from; index < this.#to; index++) this.#replace(index, this.#messages[index]);
    });
  }

  /** What waited since another visit was drawn: be at the end if we were. */
  settleAtEnd() {
    if (this.#atEnd) this.toEnd();
  }

  // ---- what waits to be sent

  /** Words on their way stand at the end at once. */
  wait(record) {
    if (this.#pending(record.key) || this.#messages.some(({ key }) => key && key === record.key)) return;
    const message = { ...record, author: this.author, kind: "text", reactions: {} };
    const row = this.#rows.draw(message, this.#byId.get(record.reply_to?.id));
    this.#list.append(row);
    this.#tidyPending(row);
    if (record.refused) this.state(record.key, "refused", record.refused);
    else this.#timers.set(record.key, setTimeout(() => this.state(record.key, "sending"), SLOW));
  }

  /** "sending": a clock; "waiting": we keep trying; "refused": why, and what can be done. */
  state(key, name, words = this.#phrases.say(name)) {
    const row = this.#pending(key);
    if (!row || (name === "sending" && row.dataset.state)) return;
    clearTimeout(this.#timers.get(key));
    row.dataset.state = name;
    const note = this.#retry.cloneNode(true);
    note.querySelector("[data-retry-words]").textContent = words;
    for (const control of note.querySelectorAll("button")) if ((control.dataset.act === "now") === (name === "refused")) control.remove();
    if (name === "sending") note.querySelectorAll("button").forEach((control) => control.remove());
    this.#steady(() => row.querySelector("[data-state]").replaceChildren(note));
  }

  settle(key) {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#pending(key)?.remove();
  }

  #pending(key) {
    return key && this.#list.querySelector(`[data-message=""][data-key="${CSS.escape(key)}"]`);
  }

  #tidyPending(row) {
    const before = row.previousElementSibling;
    const moment = new Date(row.dataset.created);
    const near = before && before.dataset.author === row.dataset.author && moment - new Date(before.dataset.created) <= TOGETHER;
    row.classList.toggle("starts", !near || Boolean(before.querySelector("[data-line]")));
  }

  // ---- arrivals

  #flush() {
    const newest = this.newest;
    const fresh = [];
    this.#steady(() => {
      for (const message of this.#queue.splice(0)) if (this.#apply(message) && message.position > newest) fresh.push(message);
      for (const row of this.#list.querySelectorAll('[data-message=""]')) this.#tidyPending(row);
    });
    this.dispatchEvent(new CustomEvent("drawn"));
    fresh.sort((one, other) => one.position - other.position);
    if (fresh.length) this.dispatchEvent(new CustomEvent("arrived", { detail: { messages: fresh } }));
  }

  /** The higher version wins, whichever door it came by. Answers whether the message is a new one. */
  #apply(message) {
    this.settle(message.key);
    const known = this.#byId.get(message.id);
    if (known && known.version >= message.version) return false;
    if (known?.body && message.removed === "held" && !message.body && this.#rows.isOwn(known)) {
      message = { ...message, author: known.author, body: known.body, content_note: known.content_note };
    }
    const first = this.#messages[0]?.position ?? 0;
    if (!known && !this.#start && message.position < first) return false; // it comes with its page, as it is then
    this.#byId.set(message.id, message);
    const index = this.#index(message.position);
    if (known) this.#replace(index, message);
    else this.#insert(index, message);
    return !known;
  }

  #index(position) {
    let [low, high] = [0, this.#messages.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#messages[middle].position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #replace(index, message) {
    this.#messages[index] = message;
    const old = this.row(message.id);
    if (!old) return;
    const row = this.#draw(message);
    const [focused, open] = [old.contains(document.activeElement), old.querySelector("details")?.open];
    old.replaceWith(row);
    const details = row.querySelector("details");
    if (details && open) details.open = true;
    this.#tidy(index);
    if (index + 1 < this.#to) this.#tidy(index + 1);
    if (focused) row.querySelector("[data-said]").focus({ preventScroll: true });
  }

  #insert(index, message) {
    const shown = index >= this.#from && (index < this.#to || this.#to === this.#messages.length) && index <= this.#to;
    this.#messages.splice(index, 0, message);
    if (index < this.#from) this.#from += 1;
    if (index < this.#from || shown) this.#to += 1;
    if (!shown) return;
    this.#list.insertBefore(this.#draw(message), this.#after(index));
    this.#tidy(index);
    if (index + 1 < this.#to) this.#tidy(index + 1);
    this.#trim(this.#atEnd);
  }

  #after(index) {
    const next = index + 1 < this.#to ? this.row(this.#messages[index + 1].id) : null;
    return next ?? this.#list.querySelector('[data-message=""]');
  }

  #draw(message) {
    return this.#rows.draw(message, this.#byId.get(message.reply_to?.id));
  }

  /** Day, unread divider and run of one row follow from the message before it. */
  #tidy(index) {
    const message = this.#messages[index];
    const before = this.#messages[index - 1];
    const row = message && this.row(message.id);
    if (!row) return;
    const moment = new Date(message.created);
    const newDay = !before || this.#phrases.date(moment) !== this.#phrases.date(new Date(before.created));
    const divided = this.#divider?.position === message.position;
    this.#heading(row, "unread", divided && this.#divider.words);
    this.#heading(row, "day", newDay && this.#phrases.day(moment));
    const alone = newDay || divided || before.author?.id !== message.author?.id;
    row.classList.toggle(
      "starts",
      alone || moment - new Date(before.created) > TOGETHER || Boolean(this.#rows.line(before) || this.#rows.line(message)),
    );
  }

  #heading(row, name, words) {
    row.querySelector(`h2.${name}`)?.remove();
    if (!words) return;
    const heading = document.createElement("h2");
    heading.className = name;
    heading.textContent = words;
    row.prepend(heading);
  }

  /** Where new begins: `position` of the first, or nothing. */
  divide(position, words) {
    const touched = [this.#divider?.position, position].filter(Boolean).map((place) => this.#index(place));
    this.#divider = position ? { position, words } : null;
    this.#steady(() => touched.forEach((index) => this.#tidy(index)));
  }

  get dividedAt() {
    return this.#divider?.position ?? 0;
  }

  /** How much others wrote from a position on; nothing from no position. */
  countFrom(position) {
    return position ? this.#messages.slice(this.#index(position)).filter((message) => !this.#rows.isOwn(message)).length : 0;
  }

  /** The position of the last message that can be read to its end now. */
  lastInSight() {
    const bottom = this.#log.getBoundingClientRect().bottom;
    for (let index = this.#to - 1; index >= this.#from; index--) {
      const row = this.row(this.#messages[index].id);
      if (row && row.getBoundingClientRect().bottom <= bottom + 2) return this.#messages[index].position;
    }
    return 0;
  }

  get divider() {
    const index = this.#divider ? this.#index(this.#divider.position) : -1;
    return this.#messages[index] && this.row(this.#messages[index].id);
  }

  // ---- the window and the scroll

  #trim(fromTop) {
    while (this.#to - this.#from > ROWS_MOST) {
      const index = fromTop ? this.#from++ : --this.#to;
      this.row(this.#messages[index].id)?.remove();
    }
  }

  #scrolled() {
    this.#atEnd = this.#below() <= NEAR_END;
    if (this.#above() < NEAR_EDGE) this.#older();
    else if (this.#below() < NEAR_EDGE) this.#newer();
    this.dispatchEvent(new CustomEvent("scrolled"));
  }

  #above() {
    return this.#log.getBoundingClientRect().top - this.#list.getBoundingClientRect().top;
  }

  #below() {
    return this.#list.getBoundingClientRect().bottom - this.#log.getBoundingClientRect().bottom;
  }

  async #older() {
    if (this.#from > 0) return this.#widen(Math.max(0, this.#from - PAGE), this.#to, false);
    if (await this.#fetch()) this.#widen(Math.max(0, this.#from - PAGE), this.#to, false);
  }

  /** One page of history before what is loaded; answers whether there was any. */
  async #fetch() {
    if (this.#start || this.#loading || !this.#messages.length) return false;
    this.#loading = true;
    try {
      const { messages, start } = await this.#history(this.#messages[0].position);
      const older = messages.filter(({ id }) => !this.#byId.has(id));
      for (const message of older) this.#byId.set(message.id, message);
      this.#messages.unshift(...older);
      this.#from += older.length;
      this.#to += older.length;
      this.#start = start;
      return older.length > 0;
    } catch {
      return false; // the next scroll asks again
    } finally {
      this.#loading = false;
    }
  }

  #newer() {
    if (this.#to < this.#messages.length) this.#widen(this.#from, Math.min(this.#messages.length, this.#to + PAGE), true);
  }

  #widen(from, to, fromTop) {
    const [first, last] = [this.#from, this.#to];
    this.#atEnd = false;
    this.#steady(() => {
      const before = this.#list.firstElementChild;
      this.#from = from;
      for (let index = from; index < first; index++) this.#list.insertBefore(this.#draw(this.#messages[index]), before);
      this.#to = to;
      const end = this.#list.querySelector('[data-message=""]');
      for (let index = last; index < to; index++) this.#list.insertBefore(this.#draw(this.#messages[index]), end);
      for (let index = from; index <= Math.min(first, to - 1); index++) this.#tidy(index);
      for (let index = last; index < to; index++) this.#tidy(index);
      this.#trim(fromTop);
    });
    this.#atEnd = this.#below() <= NEAR_END;
  }

  /** Change the log without moving what is read; at the end, stay there. */
  #steady(change) {
    if (this.#atEnd) {
      change();
      return this.toEnd();
    }
    const top = this.#log.getBoundingClientRect().top;
    const anchor = [...this.#list.children].find((row) => row.getBoundingClientRect().bottom > top);
    const before = anchor?.getBoundingClientRect().top;
    change();
    const now = anchor?.isConnected ? anchor : anchor && this.row(anchor.dataset.message);
    if (now) this.#log.scrollTop += now.getBoundingClientRect().top - before;
  }

  toEnd() {
    const length = this.#messages.length;
    if (this.#to < length) {
      for (let index = this.#from; index < this.#to; index++) this.row(this.#messages[index].id)?.remove();
      this.#from = this.#to = Math.max(0, length - PAGE);
      this.#widen(this.#from, length, true);
    }
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#atEnd = true;
  }

  /** Bring a message to sight, fetching what lies before; answers its row, if it can be reached. */
  async reach(id, position) {
    while (!this.#byId.has(id) && position < this.#messages[0]?.position) if (!(await this.#fetch())) break;
    const message = this.#byId.get(id);
    if (!message) return null;
    const index = this.#index(message.position);
    if (index < this.#from) this.#widen(Math.max(0, index - 10), this.#to, false);
    if (index >= this.#to) this.#widen(this.#from, Math.min(this.#messages.length, index + 10), true);
    const row = this.row(id);
    row?.scrollIntoView({ block: "center" });
    return row;
  }

  /** Land on the first unread with two read messages above it; else at the end. */
  #open() {
    const divider = this.divider;
    if (!divider) return this.toEnd();
    const above = divider.previousElementSibling?.previousElementSibling ?? divider.previousElementSibling ?? divider;
    const top = this.#log.getBoundingClientRect().top;
    this.#log.scrollTop += above.getBoundingClientRect().top - top - 8;
    this.#atEnd = this.#below() <= NEAR_END;
  }
}
