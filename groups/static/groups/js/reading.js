/**
 * What is new to the person who reads: the mark of how far they came, the divider, the chip, and the one quiet voice
 * that tells a screen reader about arrivals. Event: "read" ({position}).
 */

const SEEN = 1_000; // ms a message must be in sight, in a focused window, to be read
const VOICE = 3_000; // ms between two announcements

export class Reading extends EventTarget {
  #conversation;
  #rows;
  #phrases;
  #chip;
  #voice;
  #read;
  #below = 0;
  #since = 0; // new since the divider stood
  #wasAtEnd = true;
  #looking = 0;
  #chipDoes = null;
  #cameDown = false; // the person has just come to the end
  #paused = false; // marked as unread: it stays so until the person moves on
  #unsaid = [];
  #quietUntil = 0;
  #leaving = new AbortController();

  constructor(room, conversation, rows, phrases, read) {
    super();
    this.#chip = room.querySelector("[data-chip]");
    this.#voice = room.querySelector("[data-announcer]");
    this.#conversation = conversation;
    this.#rows = rows;
    this.#phrases = phrases;
    this.#read = read;
  }

  connect() {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.#wasAtEnd = this.#conversation.atEnd;
    this.#since = this.#conversation.countFrom(this.#conversation.dividedAt);
    this.#conversation.addEventListener("arrived", ({ detail }) => this.#arrived(detail.messages), { signal });
    this.#conversation.addEventListener("scrolled", () => this.#scrolled(), { signal });
    addEventListener("focus", () => this.#back(), { signal });
    document.addEventListener("visibilitychange", () => this.#back(), { signal });
    this.#chip.addEventListener("click", () => this.#pressed(), { signal });
    this.#look();
  }

  disconnect() {
    this.#leaving.abort();
    clearTimeout(this.#looking);
  }

  get #here() {
    return document.hasFocus() && !document.hidden;
  }

  /** Sending says "I have seen this". */
  sent() {
    this.#clear();
  }

  /** From `position` on it is new again. */
  unread(position) {
    clearTimeout(this.#looking);
    this.#looking = 0;
    this.#read = position - 1;
    this.#since = this.#conversation.countFrom(position);
    this.#conversation.divide(position, this.#phrases.count("new", this.#since));
    this.dispatchEvent(new CustomEvent("read", { detail: { position: this.#read } }));
    this.#paused = true;
  }

  /** A way back after a jump to what was quoted. */
  jumped(back) {
    this.#offer("jump_back", back);
  }

  #arrived(messages) {
    const others = messages.filter((message) => !this.#rows.isOwn(message));
    if (!others.length) return this.#look();
    if (!this.#here || !this.#conversation.atEnd) this.#divide(others);
    if (!this.#conversation.atEnd) {
      this.#below += others.length;
      this.#offer("below", () => this.#conversation.toEnd());
    }
    this.#announce(others);
    this.#look();
  }

  /** The divider stays where reading stopped; once everything above was read it starts anew. */
  #divide(others) {
    const goesOn = this.#conversation.dividedAt && this.#read < others[0].position - 1;
    this.#since = others.length + (goesOn ? this.#since : 0);
    const from = goesOn ? this.#conversation.dividedAt : others[0].position;
    this.#conversation.divide(from, this.#phrases.count("new", this.#since));
  }

  #clear() {
    this.#since = this.#below = 0;
    this.#conversation.divide(null);
    this.#chip.hidden = true;
  }

  #back() {
    if (!this.#here) return;
    const divider = this.#conversation.divider;
    const top = this.#conversation.log.getBoundingClientRect().top;
    if (divider && this.#since && divider.getBoundingClientRect().top < top) {
      this.#offer("jump_new", () => divider.scrollIntoView({ block: "start" }));
    }
    this.#look();
  }

  #scrolled() {
    const atEnd = this.#conversation.atEnd;
    if (atEnd && !this.#wasAtEnd) {
      this.#below = 0;
      this.#chip.hidden = true;
    }
    this.#cameDown ||= atEnd && !this.#wasAtEnd;
    this.#wasAtEnd = atEnd;
    this.#paused = false;
    this.#look();
  }

  #offer(phrase, act) {
    this.#chipDoes = act;
    const words = phrase === "below" ? this.#phrases.count("below", this.#below) : this.#phrases.say(phrase);
    this.#chip.querySelector("[data-chip-words]").textContent = words;
    this.#chip.hidden = false;
  }

  #pressed() {
    this.#chip.hidden = true;
    this.#chipDoes?.();
  }

  /** After a second in sight a message is read; at the end of the log the divider has done its work. */
  #look() {
    if (this.#looking || this.#paused || !this.#here) return;
    const seen = this.#conversation.lastInSight();
    if (seen <= this.#read && !this.#cameDown) return;
    this.#looking = setTimeout(() => {
      this.#looking = 0;
      if (!this.#here || this.#paused) return;
      const position = Math.min(seen, this.#conversation.lastInSight());
      if (position > this.#read) {
        this.#read = position;
        this.dispatchEvent(new CustomEvent("read", { detail: { position } }));
      }
      if (this.#cameDown && this.#conversation.atEnd) this.#clear();
      this.#cameDown = false;
      this.#look();
    }, SEEN);
  }

  #announce(others) {
    this.#unsaid.push(...others);
    const wait = this.#quietUntil - Date.now();
    if (wait > 0) return void (this.#unsaid.length === others.length && setTimeout(() => this.#speak(), wait));
    this.#speak();
  }

  #speak() {
    const [first, ...more] = this.#unsaid.splice(0);
    if (!first) return;
    this.#quietUntil = Date.now() + VOICE;
    const words = { name: this.#rows.name(first), words: this.#rows.brief(first), count: more.length + 1 };
    this.#voice.textContent = this.#phrases.say(more.length ? "heard_other" : words.name ? "heard_one" : "heard_line", words);
  }
}
