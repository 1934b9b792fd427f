/** What is shown: phrases, one row (cloned from the server's own markup), the log. One file: each is a request. */

import { Part } from "../../realtime/js/socket.js";

const NOBODY = "00000000-0000-0000-0000-000000000000";
const NAMES_SHOWN = 3;
const QUOTE_POINTS = 140;
const ROWS_MOST = 300;
const STEP = 25; // rows drawn at once
const NEAR_END = 100; // px within which the log sticks to its end
const NEAR_EDGE = 800; // px before the edge at which more rows are drawn
const TOGETHER = 300_000; // ms one person's messages stay together
const SLOW = 1_000; // ms before a clock stands beside a message on its way

// Addresses people write, and what closes the sentence around them; the same as in groups/chat/rows/links.py.
const LINK = /https?:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:[/?#][^\s<>"'`]*|(?=[.,;:!?)\]}\u00bb\u201d\u2019\u2026"'`<>]*(?:\s|$)))/gi;
const CLOSING = /[.,;:!?)\]}\u00bb\u201d\u2019\u2026]+$/;

const find = (where, name) => where?.querySelector(`[data-${name}]`);

/** The first of so many ordered things that is not before what is looked for. */
function first(many, isBefore) {
  let low = 0;
  while (low < many) {
    const middle = (low + many) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else many = middle;
  }
  return low;
}

/** Words as they were written, the addresses in them to be followed; nobody there learns where from. */
function write(where, words) {
  let at = 0;
  where.replaceChildren();
  for (const { 0: found, index } of words.matchAll(LINK)) {
    const link = document.createElement("a");
    const address = found.replace(CLOSING, "");
    Object.assign(link, { className: "out", href: address, target: "_blank", rel: "noreferrer noopener", textContent: address });
    where.append(words.slice(at, index), link);
    at = index + address.length;
  }
  where.append(words.slice(at));
}

/** What stands on a celebration's card below its title; the same as in groups/chat/rows/reader.py. */
const under = ({ body, celebration }) => (body.startsWith(celebration.title) ? body.slice(celebration.title.length).replace(/^\n/, "") : body);

/** The page's phrases, and times and days as people say them. */
export class Phrases {
  #words = new Map();

  constructor(language, timeZone) {
    for (const { dataset, textContent } of find(document, "phrases").content.children) this.#words.set(dataset.phrase, textContent);
    const form = (locale, options) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
    this.clock = form("en-US", { hour: "numeric", minute: "2-digit" });
    this.weekday = form(language, { weekday: "long", month: "long", day: "numeric" });
    this.calendar = form("en-CA");
  }

  /** A phrase with its values; nothing for no phrase. */
  say(phrase, values = {}) {
    return (this.#words.get(phrase) ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  count(phrase, count) {
    return this.say(`${phrase}_${count === 1 ? "one" : "other"}`, { count });
  }

  /** "6pm", "7:30pm" */
  time(moment) {
    return this.clock.format(moment).toLowerCase().replace(/:00|\s/g, "");
  }

  /** "2026-11-17", in the reader's zone. */
  date(moment) {
    return this.calendar.format(moment);
  }

  day(moment) {
    const now = Date.now();
    const date = this.date(moment);
    const today = this.date(now);
    const yesterday = this.date(now - 86_400_000);
    if (date >= today) return this.say("today");
    if (date === yesterday) return this.say("yesterday");
    const [day, year] = [this.weekday.format(moment), date.slice(0, 4)];
    return today.startsWith(year) ? day : this.say("day_year", { day, year });
  }
}

/** How a message reads to me, and its row. */
export class Rows {
  collapsed = new Set(); // whom I blocked
  loaded = new Map(); // messages by id
  #members = new Map();
  #pattern = find(document, "template=message").content.firstElementChild;
  #chips = [...this.#pattern.querySelectorAll("[data-reaction]")];
  #tags = new Map(Array.from(document.querySelectorAll("template[data-tag]"), ({ dataset, content }) => [dataset.tag, content]));

  constructor(me, phrases) {
    this.me = me;
    this.phrases = phrases;
    find(this.#pattern, "reactions").replaceChildren();
  }

  /** The member list, [{id, alias, role}], is the truth; a message only says how its writer was called then. */
  know(members) {
    this.#members = new Map(members.map((member) => [member.id, member]));
  }

  alias(id, otherwise = this.phrases.say("somebody")) {
    return this.#members.get(id)?.alias ?? otherwise;
  }

  get author() {
    return this.#members.get(this.me) ?? { id: this.me, alias: "", role: "" };
  }

  isOwn({ author }) {
    return author?.id === this.me;
  }

  name({ author }) {
    return this.alias(author?.id, author?.alias ?? "");
  }

  called(message) {
    return this.isOwn(message) ? this.phrases.say("you") : this.name(message);
  }

  /** The quiet line where a message was, or that nobody in particular said. */
  line(message) {
    const { removed, kind, body } = message;
    if (!removed) return kind === "system" ? body : "";
    if (removed === "held" && body) return "";
    const own = kind === "celebration" ? kind : this.isOwn(message) ? "own" : removed;
    return this.phrases.say(`removed_${removed === "author" ? own : removed}`, { name: this.name(message) });
  }

  note({ author, content_note: note }) {
    if (this.collapsed.has(author?.id)) return this.phrases.say("collapsed");
    return note && this.phrases.say("note", { note });
  }

  brief(message) {
    const words = (this.line(message) || this.note(message) || message.body || "").replace(/\s+/g, " ");
    return words.length > QUOTE_POINTS ? `${words.slice(0, QUOTE_POINTS - 1)}…` : words;
  }

  draw(message) {
    const row = this.#pattern.cloneNode(true);
    const line = this.line(message);
    row.classList.toggle("own", this.isOwn(message));
    row.classList.toggle("system", message.kind === "system");
    row.id = `m-${message.id ?? message.key}`;
    row.dataset.message = message.id ?? "";
    row.dataset.position = message.position ?? "";
    if (!message.id) row.dataset.key = message.key;
    if (line) this.#still(row, message, line);
    else this.#fill(row, message);
    return this.adopt(row, message);
  }

  /** One stop for the keyboard, "Rowan, mentor, 12:06pm: text"; the rest is reached from its menu. */
  adopt(row, message) {
    const said = find(row, "said");
    const about = [this.called(message), row.querySelector(".tag")?.textContent.trim().toLowerCase(), find(row, "time")?.textContent];
    said.role = "group";
    said.tabIndex = -1;
    said.ariaLabel = this.line(message) || `${about.filter(Boolean).join(", ")}: ${this.note(message) || message.body}`;
    for (const control of said.querySelectorAll("a:not(.out), button")) control.tabIndex = -1;
    return row;
  }

  #still(row, { id, removed }, line) {
    const look = removed === "held" && find(row, "look"); // only who keeps the room has it
    find(row, "line").textContent = line;
    if (look) look.href = look.getAttribute("href").replace(NOBODY, id);
    find(row, "said").replaceChildren(find(row, "line"), look || "");
  }

  #fill(row, message) {
    const { author } = message;
    const note = this.note(message);
    const alias = this.name(message);
    find(row, "line").remove();
    find(row, "look")?.remove();
    const card = note ? null : message.celebration;
    for (const words of row.querySelectorAll("[data-words]")) write(words, card ? under(message) : message.body);
    const kept = note ? "noted" : card ? "feast" : "plain";
    for (const form of ["noted", "feast", "plain"]) if (form !== kept) find(row, form).remove();
    if (card) this.#feast(find(row, "feast"), card);
    if (note) {
      find(row, "noted").open = document.documentElement.dataset.notes === "open" && !this.collapsed.has(author.id);
      const why = this.isOwn(message) ? "note_own" : "note_why";
      find(row, "note").textContent = note;
      if (!this.collapsed.has(author.id)) find(row, "note-why").textContent = this.phrases.say(why, { name: alias });
    }
    const byte = (at) => parseInt(author.id.slice(at, at + 2), 16);
    const stone = find(row, "pebble");
    Object.assign(stone.dataset, { hue: byte(0) % 12, shape: byte(2) % 3 });
    stone.textContent = ([...alias][0] ?? "").toUpperCase();
    find(row, "alias").textContent = alias;
    const time = find(row, "time");
    const tag = this.#tags.get(author.role);
    if (tag) time.before(tag.cloneNode(true), " ");
    time.dateTime = message.created;
    time.textContent = this.phrases.time(new Date(message.created));
    const edited = find(row, "edited"); // it leads who keeps the room to what was said before
    if (!message.edited) edited.remove();
    else if (edited.href) edited.href = edited.getAttribute("href").replace(NOBODY, message.id);
    if (message.removed) find(row, "state").textContent = this.phrases.say("held");
    const more = find(row, "more");
    if (message.id) more.href = more.getAttribute("href").replace(NOBODY, message.id);
    else more.remove();
    this.quote(find(row, "quote"), message.reply_to);
    this.react(row, message.reactions);
  }

  /** A celebration: its chip, drawn from what came with it, and its title. */
  #feast(card, { title, color, drawing, number, unit, rim }) {
    const chip = card.querySelector("svg");
    chip.setAttribute("class", `medal chip-${color}`);
    const [x, y, size] = number ? [43, 26, 34] : [37, 31, 46]; // alone, it takes the number's place: components/chip.html
    const drawn = { href: `#chip-${drawing}`, x, y, width: size, height: size };
    for (const [name, value] of Object.entries(drawn)) chip.querySelector(".chip-drawing").setAttribute(name, value);
    chip.querySelector("textPath").textContent = rim;
    chip.querySelector(".chip-number").textContent = number;
    chip.querySelector(".chip-unit").textContent = unit;
    find(card, "title").textContent = title;
  }

  quote(quote, answered) {
    if (!answered) return quote.remove();
    const [who, words] = quote.children;
    quote.href = `#m-${answered.id}`;
    [who.textContent, words.textContent] = this.quoted(answered);
  }

  /** Who is answered, if that is at hand, and their words, as both are now. */
  quoted({ id }) {
    const message = this.loaded.get(id);
    return message ? [this.line(message) ? "" : this.called(message), this.brief(message)] : ["", this.phrases.say("earlier")];
  }

  /** The reactions under a row: {name: [member id, ...]}, as names, never a number. */
  react(row, reactions) {
    const given = this.#chips.filter(({ dataset }) => reactions[dataset.reaction]?.length);
    find(row, "reactions")?.replaceChildren(...given.map((chip) => this.#chip(chip, reactions)));
  }

  #chip(pattern, reactions) {
    const chip = pattern.cloneNode(true);
    const members = reactions[chip.dataset.reaction].toSorted((one, other) => (other === this.me) - (one === this.me));
    const shown = members.slice(0, NAMES_SHOWN).map((id) => (id === this.me ? this.phrases.say("you") : this.alias(id)));
    const names = shown.join(", ");
    chip.ariaPressed = members[0] === this.me;
    chip.tabIndex = -1;
    find(chip, "names").textContent = members[NAMES_SHOWN] ? this.phrases.say("and_others", { names }) : names;
    return chip;
  }
}

/**
 * All messages loaded, by position, and a window of them in the page. Whatever changes, what is being read stays where it
 * is, or the log stays at its end. Events: "arrived" (new messages, in order), "scrolled".
 */
export class Conversation extends Part {
  log = find(document, "log");
  #list = find(document, "talk");
  #messages = [];
  #from = 0;
  #to = 0;
  #queue = [];
  #unsent = new Map(); // rows by key
  #divider = { position: 0 }; // where new begins, with its words
  #atEnd = true;
  #loading = {}; // whether a page of history is on its way, by whether down
  #start = false; // nothing lies before the first message
  #owed = 0; // px that rounding left to the next change, or many small ones would be seen
  #anew = false; // what arrives waits for its history
  #whole = true; // nothing lies after the last one
  #beyond = new Map(); // what was heard of that lies beyond it, by id

  /** `history`: async ({before or after a position, or neither}) => {messages, more} */
  constructor(rows, history) {
    super();
    this.rows = rows;
    this.history = history;
  }

  connect() {
    super.connect();
    for (const message of JSON.parse(find(document, "messages").content.textContent)) {
      const row = this.row(message.id);
      this.#messages.push(message);
      this.rows.loaded.set(message.id, message);
      this.rows.adopt(row, message);
      const heading = row.querySelector(".unread");
      if (heading) this.#divider = { position: message.position, words: heading.textContent };
    }
    this.#to = this.#messages.length;
    this.#start = !find(this.log, "older");
    this.#whole = !find(this.log, "newer");
    for (const link of this.log.querySelectorAll("[data-older], [data-newer]")) link.remove();
    this.on(this.log, { scroll: () => this.#scrolled() });
    const sizes = new ResizeObserver(() => this.#atEnd && this.toEnd());
    sizes.observe(this.log);
    this.signal.addEventListener("abort", () => sizes.disconnect());
    this.#open();
  }

  get atEnd() {
    return this.#atEnd && this.#to === this.#messages.length;
  }

  /** All that is new has come: what is in sight may be read. */
  get whole() {
    return this.#whole;
  }

  message(id) {
    return this.rows.loaded.get(id);
  }

  row(id) {
    return document.getElementById(`m-${id}`);
  }

  /** My last message, unless one is still on its way. */
  lastOwn() {
    return this.#unsent.size ? null : this.#messages.findLast((message) => this.rows.isOwn(message));
  }

  /** A message of any door, in any order; drawn with the next frame. */
  arrive(message) {
    if (this.#queue.push(message) > 1) return;
    const flush = () => this.#flush();
    if (document.hidden) setTimeout(flush, 50); // no frames there
    else requestAnimationFrame(flush);
  }

  /** History begins anew; what waits to be sent stays, and so does what is said while it is fetched. */
  async restart() {
    this.#queue = [];
    this.#beyond.clear();
    this.#anew = true;
    this.#begin(await this.history());
    this.#anew = false;
    this.#flush();
  }

  #begin({ messages, more }) {
    this.#clear();
    this.#messages = [];
    this.rows.loaded.clear();
    this.#from = this.#to = 0;
    this.#start = !more;
    this.#join(messages);
    this.toEnd();
  }

  #clear() {
    for (const { id } of this.#messages) this.row(id)?.remove();
  }

  /** The end is loaded, and with it what was said while it was on its way. */
  #join(messages) {
    this.#whole = true;
    this.#steady(() => {
      for (const message of [...messages, ...this.#beyond.values()]) this.#apply(message);
    });
    this.#beyond.clear();
    this.#measure();
  }

  react({ id }, reactions) {
    const row = this.row(id);
    if (row) this.#steady(() => this.rows.react(row, reactions));
  }

  /** Names changed: draw again what is shown. */
  rename() {
    this.#steady(() => {
      for (let index = this.#from; index < this.#to; index++) this.#replace(index);
    });
  }

  wait(record) {
    if (this.#messages.some(({ key }) => key === record.key)) return;
    const message = { ...record, author: this.rows.author, kind: "text", reactions: {} };
    const row = this.rows.draw(message);
    row.message = message;
    this.#unsent.set(record.key, row);
    this.#list.append(row);
    this.#runs();
    if (record.refused) this.state(record.key, "refused", record.refused);
    else row.timer = setTimeout(() => this.state(record.key, "sending"), SLOW);
    if (this.#atEnd) this.toEnd();
  }

  /** "sending": a clock; "waiting": we keep trying; "refused": why, and what can be done. */
  state(key, name, words = this.rows.phrases.say(name)) {
    const row = this.#unsent.get(key);
    if (!row || (name === "sending" && row.dataset.state)) return;
    const note = find(document, "template=state").content.cloneNode(true);
    row.dataset.state = name;
    find(note, "why").textContent = words;
    for (const control of note.querySelectorAll("button")) if (control.dataset.when !== name) control.remove();
    this.#steady(() => find(row, "state").replaceChildren(note));
  }

  settle(key) {
    const row = this.#unsent.get(key);
    clearTimeout(row?.timer);
    row?.remove();
    this.#unsent.delete(key);
  }

  #runs() {
    let before = this.#messages.at(-1);
    for (const row of this.#unsent.values()) {
      const { message } = row;
      row.classList.toggle("starts", this.#breaks(before, message));
      before = message;
    }
  }

  #flush() {
    if (this.#anew) return;
    const newest = this.#messages.at(-1)?.position ?? 0;
    const fresh = [];
    this.#steady(() => {
      for (const message of this.#queue.splice(0)) if (this.#apply(message) && message.position > newest) fresh.push(message);
      this.#runs();
    });
    if (fresh.length) this.say("arrived", fresh.sort((one, other) => one.position - other.position));
  }

  /** The higher version wins. Answers whether the message is a new one. */
  #apply(message) {
    this.settle(message.key);
    const known = this.message(message.id);
    if (known?.version >= message.version) return false;
    if (message.removed === "held" && !message.body && known?.body) message = { ...known, version: message.version };
    if (!known && !this.#start && message.position < this.#messages[0]?.position) return false; // it comes with its page
    if (!known && !this.#whole && message.position > this.#messages.at(-1).position) return this.#hearOf(message);
    const index = this.#index(message.position);
    this.rows.loaded.set(message.id, message);
    this.#messages.splice(index, known ? 1 : 0, message);
    if (known) this.#change(message, index);
    else this.#insert(index);
    return !known;
  }

  /** Whoever quotes it quotes it as it is now. */
  #change(message, index) {
    this.#replace(index);
    for (const quote of this.log.querySelectorAll(`[data-quote][href$="#m-${message.id}"]`)) this.rows.quote(quote, message);
    this.say("changed");
  }

  /** It lies beyond what is loaded, and is drawn once that reaches it; answers whether it is news. */
  #hearOf(message) {
    const news = message.position > this.last;
    if (!(this.#beyond.get(message.id)?.version >= message.version)) this.#beyond.set(message.id, message);
    return news;
  }

  #index(position) {
    return first(this.#messages.length, (index) => this.#messages[index].position < position);
  }

  #replace(index) {
    const message = this.#messages[index];
    const old = this.row(message.id);
    if (!old) return;
    const row = this.rows.draw(message);
    const focused = old.contains(document.activeElement);
    if (old.querySelector("details[open]")) row.querySelector("details")?.setAttribute("open", "");
    old.replaceWith(row);
    this.#tidy(index, index + 1);
    if (focused) find(row, "said").focus({ preventScroll: true });
  }

  #insert(index) {
    if (index >= this.#to && this.#to < this.#messages.length - 1) return;
    this.#to += 1;
    if (index < this.#from) return (this.#from += 1);
    const next = this.#messages[index + 1];
    this.#list.insertBefore(this.rows.draw(this.#messages[index]), (next && this.row(next.id)) ?? this.#end);
    this.#tidy(index, index + 1);
    this.#trim(this.#atEnd);
  }

  get #end() {
    return this.#unsent.values().next().value ?? null;
  }

  /** Day, divider and run of a row follow from the message before it. */
  #tidy(from, to) {
    for (let index = Math.max(from, this.#from); index <= to && index < this.#to; index++) {
      const [message, before] = [this.#messages[index], this.#messages[index - 1]];
      const row = this.row(message.id);
      const moment = new Date(message.created);
      const { phrases } = this.rows;
      const newDay = !before || phrases.date(moment) !== phrases.date(new Date(before.created));
      const divided = this.#divider.position === message.position;
      this.#heading(row, "unread", divided && this.#divider.words);
      this.#heading(row, "day", newDay && phrases.day(moment));
      row.classList.toggle("starts", newDay || divided || this.#breaks(before, message));
    }
  }

  #breaks(before, message) {
    const pause = new Date(message.created) - new Date(before?.created ?? 0);
    return pause > TOGETHER || before.author?.id !== message.author?.id || Boolean(this.rows.line(before) || this.rows.line(message));
  }

  #heading(row, name, words) {
    row.querySelector(`h2.${name}`)?.remove();
    if (!words) return;
    const heading = document.createElement("h2");
    heading.className = name;
    heading.textContent = words;
    row.prepend(heading);
  }

  /** Where new begins: the position of the first, or 0 for nowhere. */
  divide(position, words) {
    const touched = [this.#divider.position, position].map((place) => this.#index(place));
    this.#divider = { position, words };
    this.#steady(() => touched.forEach((index) => this.#tidy(index, index)));
  }

  /** The position of the last message there is. */
  get last() {
    return Math.max(this.#messages.at(-1)?.position ?? 0, ...Array.from(this.#beyond.values(), ({ position }) => position));
  }

  get dividedAt() {
    return this.#divider.position;
  }

  get divider() {
    return this.#list.querySelector(".message:has(> .unread)");
  }

  countFrom(position) {
    return this.#messages.filter((message) => message.position >= position && !this.rows.isOwn(message)).length;
  }

  /** The position of the last message in sight to its end. */
  lastInSight() {
    const shown = this.#under(this.log.getBoundingClientRect().bottom + 2);
    return this.#messages[Math.min(this.#from + shown, this.#to) - 1]?.position ?? 0;
  }

  #trim(fromTop) {
    while (this.#to - this.#from > ROWS_MOST) {
      const row = this.row(this.#messages[fromTop ? this.#from++ : --this.#to].id);
      if (row.contains(document.activeElement)) this.log.focus({ preventScroll: true });
      row.remove();
    }
  }

  #scrolled() {
    const { above, below } = this.#measure();
    if (above < NEAR_EDGE) this.#older();
    if (below < NEAR_EDGE) this.#newer();
    this.say("scrolled");
  }

  #measure() {
    const [log, list] = [this.log.getBoundingClientRect(), this.#list.getBoundingClientRect()];
    this.#atEnd = this.#whole && list.bottom - log.bottom <= NEAR_END;
    return { above: log.top - list.top, below: list.bottom - log.bottom };
  }

  async #older() {
    if (this.#from || (await this.#fetch())) this.#widen(this.#from - STEP, this.#to);
  }

  async #newer() {
    if (this.#to < this.#messages.length || (await this.#fetch(true))) this.#widen(this.#from, this.#to + STEP);
  }

  /** One more page of history, up or down; answers whether there was any. Neither way waits for the other. */
  async #fetch(down = false) {
    if ((down ? this.#whole : this.#start) || this.#loading[down] || !this.#messages.length) return false;
    this.#loading[down] = true;
    try {
      const known = this.#messages;
      const { messages, more } = await this.history({ [down ? "after" : "before"]: known.at(down ? -1 : 0).position });
      if (known !== this.#messages) return false; // history began anew meanwhile
      const fresh = messages.filter(({ id }) => !this.message(id));
      if (down && !more) this.#join(fresh);
      else {
        for (const message of fresh) this.rows.loaded.set(message.id, message);
        this.#messages.splice(down ? this.#messages.length : 0, 0, ...fresh);
      }
      if (!down) {
        this.#from += fresh.length;
        this.#to += fresh.length;
        this.#start = !more;
      }
      return fresh.length > 0;
    } catch {
      return false; // the next scroll asks again
    } finally {
      this.#loading[down] = false;
    }
  }

  /** Show more of what is loaded. */
  #widen(from, to) {
    const [first, last] = [this.#from, this.#to];
    this.#from = Math.max(0, from);
    this.#to = Math.min(this.#messages.length, to);
    if (this.#from === first && this.#to === last) return;
    this.#atEnd = false;
    this.#steady(() => {
      const draw = (index, end, before) => {
        for (; index < end; index++) this.#list.insertBefore(this.rows.draw(this.#messages[index]), before);
      };
      draw(this.#from, first, this.#list.firstElementChild);
      draw(last, this.#to, this.#end);
      this.#tidy(this.#from, first);
      this.#tidy(last, this.#to);
      this.#trim(this.#to > last);
    });
    this.#measure();
  }

  /** Change the log without moving what is read; at the end, stay there. */
  #steady(change) {
    if (this.#atEnd) {
      change();
      return this.toEnd();
    }
    const anchor = this.#list.children[this.#under(this.log.getBoundingClientRect().top)];
    const before = anchor?.getBoundingClientRect().bottom + this.#owed; // its own heading may come or go
    change();
    const now = anchor?.isConnected ? anchor : this.row(anchor?.dataset.message);
    if (!now) return;
    const moved = () => now.getBoundingClientRect().bottom - before;
    this.log.scrollTop += moved();
    this.#owed = Math.abs(moved()) < 1 ? -moved() : 0;
  }

  /** How many rows end above a line across the page. */
  #under(y) {
    const rows = this.#list.children;
    return first(rows.length, (index) => rows[index].getBoundingClientRect().bottom <= y);
  }

  toEnd() {
    if (!this.#whole) return this.history().then((page) => this.#begin(page)).catch(() => {}); // the next press asks again
    const length = this.#messages.length;
    if (this.#to < length) {
      this.#clear();
      this.#from = this.#to = Math.max(0, length - STEP);
      this.#widen(this.#from, length);
    }
    this.log.scrollTop = this.log.scrollHeight;
    this.#atEnd = true;
  }

  /** Bring a message to sight; answers whether it could be reached. */
  async reach({ id, position }) {
    while (!this.message(id) && position < this.#messages[0]?.position && (await this.#fetch()));
    const index = this.#messages.findIndex((message) => message.id === id);
    if (index < 0) return false;
    if (index < this.#from) this.#widen(index - STEP, this.#to);
    if (index >= this.#to) this.#widen(this.#from, index + STEP);
    this.row(id).scrollIntoView({ block: "center" });
    find(this.row(id), "said").focus({ preventScroll: true });
    return true;
  }

  /** At the message of an address: the browser goes there too, and takes the focus with it until all is loaded. */
  #land(at) {
    let go = () => this.reach(this.#messages[Math.min(this.#index(at), this.#messages.length - 1)] ?? {});
    const stay = () => (go = null); // who does something already is not led back
    go();
    if (document.readyState === "complete") return;
    this.on(window, { keydown: stay, pointerdown: stay, wheel: stay, load: () => setTimeout(() => go?.()) });
  }

  /**
   * Land on the place the address names, or the first unread with two read messages above it; else at the end. However
   * long those two are, what is new begins in the upper third.
   */
  #open() {
    const { divider } = this;
    const at = find(document, "room").dataset.at;
    if (at) return this.#land(at);
    if (!this.#whole) return this.#scrolled();
    if (!divider) return this.toEnd();
    const above = divider.previousElementSibling?.previousElementSibling ?? this.#list.firstElementChild;
    const { top, height } = this.log.getBoundingClientRect();
    const [from, to] = [above, divider.querySelector(".unread")].map((one) => one.getBoundingClientRect().top - top);
    this.log.scrollTop += Math.max(from, to - height / 3);
    this.#scrolled();
  }
}
