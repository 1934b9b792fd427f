/**
 * How one message looks: the phrases of the page, the people in the room, and rows cloned from the server's own markup.
 */

const NOBODY = "00000000-0000-0000-0000-000000000000";
const NAMES_SHOWN = 3;
const QUOTE_POINTS = 140;
const EARLIER_AFTER = 20;

/** The phrases the page brought with it, and times and days as people say them. */
export class Phrases {
  #words = new Map();
  #clock;
  #day;
  #year;

  constructor(template, language, zone) {
    for (const { dataset, textContent } of template.content.children) this.#words.set(dataset.phrase, textContent);
    const zoned = { timeZone: zone };
    this.#clock = new Intl.DateTimeFormat("en-US", { ...zoned, hour: "numeric", minute: "2-digit" });
    this.#day = new Intl.DateTimeFormat(language, { ...zoned, weekday: "long", month: "long", day: "numeric" });
    this.#year = new Intl.DateTimeFormat("en-CA", { ...zoned });
  }

  say(phrase, values = {}) {
    return (this.#words.get(phrase) ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  count(phrase, count) {
    return this.say(`${phrase}_${count === 1 ? "one" : "other"}`, { count });
  }

  /** "6pm", "7:30pm" */
  time(moment) {
    return this.#clock.format(moment).toLowerCase().replace(":00", "").replace(/\s/g, "");
  }

  /** The calendar day in the reader's zone, to compare: "2026-11-17". */
  date(moment) {
    return this.#year.format(moment);
  }

  day(moment) {
    const date = this.date(moment);
    const now = Date.now();
    if (date >= this.date(now)) return this.say("today");
    if (date === this.date(now - 86_400_000)) return this.say("yesterday");
    const words = this.#day.format(moment);
    return date.slice(0, 4) === this.date(now).slice(0, 4) ? words : this.say("day_year", { day: words, year: date.slice(0, 4) });
  }
}

/** Who is called what here. The member list is the truth; a message says how its writer was called then. */
export class People {
  #members = new Map();
  collapsed = new Set();

  constructor(me, phrases) {
    this.me = me;
    this.phrases = phrases;
  }

  /** `members`: [{id, alias, role}] */
  know(members) {
    this.#members = new Map(members.map((member) => [member.id, member]));
  }

  alias(id, otherwise) {
    return this.#members.get(id)?.alias ?? otherwise ?? this.phrases.say("somebody");
  }

  role(id) {
    return this.#members.get(id)?.role ?? "";
  }

  /** "You, Rowan", "Marcus, Priya, Sam and others": never a number. */
  names(ids) {
    const ordered = [...ids].sort((one, other) => (other === this.me) - (one === this.me));
    const shown = ordered.slice(0, NAMES_SHOWN).map((id) => (id === this.me ? this.phrases.say("you") : this.alias(id)));
    const names = shown.join(", ");
    return ordered.length > NAMES_SHOWN ? this.phrases.say("and_others", { names }) : names;
  }
}

export class Rows {
  #template;
  #tags = new Map();
  #chips = new Map();

  constructor(page, people, phrases) {
    this.people = people;
    this.phrases = phrases;
    this.#template = page.querySelector("[data-template=message]").content.firstElementChild;
    for (const tag of page.querySelectorAll("template[data-tag]")) this.#tags.set(tag.dataset.tag, tag.content);
    for (const chip of this.#template.querySelectorAll("[data-reaction]")) this.#chips.set(chip.dataset.reaction, chip);
  }

  isOwn(message) {
    return message.author?.id === this.people.me;
  }

  isCollapsed(message) {
    return this.people.collapsed.has(message.author?.id);
  }

  name(message) {
    return this.people.alias(message.author?.id, message.author?.alias ?? "");
  }

  /** The quiet line that stands where a message was, or is said by nobody. */
  line(message) {
    const own = this.isOwn(message);
    if (message.removed === "held" && message.body) return "";
    if (message.removed === "author" && own) return this.phrases.say("removed_own");
    if (message.removed) return this.phrases.say(`removed_${message.removed}`, { name: this.name(message) });
    return message.kind === "system" ? (message.body ?? "") : "";
  }

  note(message) {
    if (this.isCollapsed(message)) return this.phrases.say("collapsed");
    return message.content_note ? this.phrases.say("note", { note: message.content_note }) : "";
  }

  /** The message in one line: for quotes, the announcer and the strip above the composer. */
  brief(message) {
    const words = (this.line(message) || this.note(message) || message.body || "").replace(/\s+/g, " ").trim();
    return words.length > QUOTE_POINTS ? `${words.slice(0, QUOTE_POINTS - 1)}…` : words;
  }

  /** A new row. `quoted`: the message it answers, if it is at hand. */
  draw(message, quoted) {
    const row = this.#template.cloneNode(true);
    const line = this.line(message);
    const own = this.isOwn(message);
    row.classList.toggle("own", own);
    row.id = `m-${message.id ?? message.key}`;
    Object.assign(row.dataset, {
      message: message.id ?? "",
      position: message.position ?? "",
      version: message.version ?? "",
      created: message.created,
      author: message.author?.id ?? "",
      role: message.author?.role ?? "",
      kind: message.kind,
      removed: message.removed ?? "",
    });
    if (own) row.dataset.key = message.key;
    if (line) this.#asLine(row, line);
    else this.#fill(row, message, quoted, own);
    return this.adopt(row);
  }

  /** One stop for the keyboard in the whole log: a row is named, what is in it is reached from its menu. */
  adopt(row) {
    const said = row.querySelector("[data-said]");
    said.role = "group";
    said.tabIndex = -1;
    for (const control of said.querySelectorAll("a, button")) if (!control.closest("[data-state]")) control.tabIndex = -1;
    said.ariaLabel = this.#label(row);
    return row;
  }

  #asLine(row, line) {
    const words = row.querySelector("[data-line]");
    words.textContent = line;
    row.querySelector("[data-said]").replaceChildren(words);
  }

  #fill(row, message, quoted, own) {
    const part = (name) => row.querySelector(`[data-${name}]`);
    const note = this.note(message);
    const alias = this.name(message);
    const moment = new Date(message.created);
    part("line").remove();
    for (const words of row.querySelectorAll("[data-words]")) words.textContent = message.body ?? "";
    part(note ? "plain" : "noted").remove();
    if (note) {
      part("note").textContent = note;
      part("note-why").textContent = this.isCollapsed(message)
        ? ""
        : this.phrases.say(own ? "note_own" : "note_why", { name: alias });
    }
    pebble(part("pebble"), message.author?.id ?? "", alias);
    part("alias").textContent = alias;
    const tag = this.#tags.get(message.author?.role);
    if (tag) part("time").before(tag.cloneNode(true), " ");
    part("time").dateTime = message.created;
    part("time").textContent = this.phrases.time(moment);
    if (!message.edited) part("edited").remove();
    if (message.removed) part("state").textContent = this.phrases.say("held");
    const more = part("more");
    if (message.id) more.href = more.getAttribute("href").replace(NOBODY, message.id);
    else more.remove();
    this.#quote(part("quote"), message.reply_to, quoted);
    this.react(row, message.reactions ?? {});
  }

  #quote(quote, replyTo, quoted) {
    if (!replyTo) return quote.remove();
    const [who, words] = quote.children;
    quote.hash = `m-${replyTo.id}`;
    if (quoted) {
      who.textContent = this.isOwn(quoted) ? this.phrases.say("you") : this.name(quoted);
      words.textContent = this.brief(quoted);
    } else {
      if (replyTo.position) quote.search = `?before=${replyTo.position + EARLIER_AFTER}`;
      who.remove();
      words.textContent = this.phrases.say("earlier");
    }
  }

  /** Redraw the reactions under a row: {name: [member id, ...]}. */
  react(row, reactions) {
    const place = row.querySelector("[data-reactions]");
    if (!place) return;
    const chips = [...this.#chips].filter(([name]) => reactions[name]?.length);
    place.replaceChildren(...chips.map(([name, chip]) => this.#chip(chip, reactions[name])));
  }

  #chip(pattern, members) {
    const chip = pattern.cloneNode(true);
    chip.dataset.members = members.join(" ");
    chip.ariaPressed = members.includes(this.people.me);
    chip.tabIndex = -1;
    chip.querySelector("[data-names]").textContent = this.people.names(members);
    return chip;
  }

  /** "Rowan, mentor, 12:06pm: text", without what a content note keeps closed. */
  #label(row) {
    const words = (name) => row.querySelector(name)?.textContent.trim() ?? "";
    if (words("[data-line]")) return words("[data-line]");
    const who = row.classList.contains("own") ? this.phrases.say("you") : words("[data-alias]");
    const text = words("[data-note]") || words("[data-words]");
    return `${[who, words(".tag").toLowerCase(), words("[data-time]")].filter(Boolean).join(", ")}: ${text}`;
  }

  /** The message a row of the server shows; what the row does not show, nobody needs here. */
  read(row) {
    const { message, position, version, created, author, role, kind, removed, key } = row.dataset;
    const words = (name) => row.querySelector(name)?.textContent ?? null;
    const note = words("[data-note]");
    const prefix = this.phrases.say("note", { note: "" });
    const reactions = {};
    for (const { dataset } of row.querySelectorAll("[data-reaction]")) reactions[dataset.reaction] = dataset.members.split(" ");
    return {
      id: message,
      position: Number(position),
      version: Number(version),
      created,
      kind,
      key: key ?? null,
      author: author ? { id: author, alias: words("[data-alias]") ?? "", role } : null,
      body: words("[data-words]") ?? (kind === "system" ? words("[data-line]") : null),
      content_note: note?.startsWith(prefix) ? note.slice(prefix.length) : null,
      reply_to: this.#answered(row.querySelector("[data-quote]")),
      reactions,
      edited: row.querySelector("[data-edited]") ? created : null,
      removed: removed || null,
    };
  }

  #answered(quote) {
    return quote && { id: quote.hash.slice(3), position: Number(new URLSearchParams(quote.search).get("before")) - EARLIER_AFTER };
  }
}

/** One letter on a soft stone; hue and shape from the member's id, as on the server. */
function pebble(stone, member, alias) {
  const byte = (index) => parseInt(member.slice(2 * index, 2 * index + 2), 16) || 0;
  stone.dataset.hue = byte(0) % 12;
  stone.dataset.shape = byte(1) % 3;
  stone.textContent = ([...alias][0] ?? "").toUpperCase();
}
