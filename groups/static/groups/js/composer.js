/** What a person does: write, and answer, stand by, change or take back one message. */

import { Part } from "../../realtime/js/socket.js";

const PAUSE = 400; // ms without a key before the draft is kept
const GAP = 8; // px between a message and its menu
const UNSENDABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g; // what pasting may bring along unseen

/** Never disabled, and every pause keeps a draft. It only says what is wanted; room.js hears it. */
export class Composer extends Part {
  #reply = null;
  #editing = null;
  #aside = null; // the draft that waits while a message is edited
  #timer = 0;
  #begun = false; // then a draft that is read late stays where it is: its words may be sent already
  closed = ""; // why nothing can be sent any more

  constructor(form, given) {
    super();
    Object.assign(this, given, { form });
    for (const name of ["body", "content-note", "note-field", "strip", "trouble"]) this[name] = form.querySelector(`[data-${name}]`);
  }

  connect() {
    super.connect();
    this.on(this.form, { submit: (event) => this.#submit(event), input: () => this.#typed() });
    this.on(this.body, { keydown: (event) => this.#key(event) });
    this.on(this.strip.querySelector("a"), { click: (event) => this.cancel(event) });
    this.on(this["note-field"], { toggle: () => this["note-field"].open && this["content-note"].focus() });
    this.on(this.conversation, { changed: () => this.#editing || this.#answer() });
    this.on(document, { visibilitychange: () => document.hidden && this.keep() });
    this.on(window, { pagehide: () => this.keep() });
    const { value: id } = this.form.elements.reply_to; // the address asks for it
    if (id) this.#answer({ id });
    this.store.draft(this.group).then((draft) => draft && !this.#begun && this.#fill({ ...draft, reply: this.#reply ?? draft.reply }));
    if (this.body.value) this.#typed(); // written before this script was here
    this.#grow();
  }

  reply({ id }) {
    if (this.#editing) this.edited();
    this.#answer({ id });
    this.#typed();
    this.body.focus();
  }

  edit({ id, body }, words) {
    this.#aside ??= this.#draft();
    this.#fill({ body });
    this.#editing = id;
    this.#show("editing", { words });
    this.body.focus();
  }

  /** Words that were refused come back to be changed; what stood here goes below them. */
  putBack({ body, content_note, reply_to }) {
    this.#fill({ body: `${body}\n${this.body.value}`.trimEnd(), content_note, reply: reply_to });
    this.#typed();
    this.body.focus();
  }

  cancel(event) {
    event?.preventDefault();
    if (this.#editing) return this.edited();
    this.#answer(null);
    this.#typed();
    this.body.focus();
  }

  /** The change was taken, or given up: the draft from before comes back. */
  edited() {
    this.#editing = null;
    this.#fill(this.#aside ?? {});
    this.#aside = null;
    this.body.focus();
  }

  complain(words = "") {
    this.trouble.textContent = words;
    this.trouble.hidden = !words;
  }

  keep() {
    clearTimeout(this.#timer);
    this.#timer = null;
    return this.store.keepDraft(this.group, this.#aside ?? this.#draft());
  }

  #submit(event) {
    event.preventDefault();
    const body = this.body.value.replace(UNSENDABLE, "");
    const over = [...body].length - this.most;
    if (!body.trim()) return this.body.focus();
    if (this.closed || over > 0) return this.complain(this.closed || this.phrases.count("too_long", over));
    this.complain();
    if (this.#editing) return this.say("edit", { message: this.#editing, body });
    this.say("send", { body, content_note: this["content-note"].value.trim(), reply_to: this.#reply });
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#fill({});
    this.body.focus();
  }

  /** As the person chose; else Enter sends where a mouse tells of a keyboard, and on touch makes a new line. */
  #key(event) {
    const { enter } = document.documentElement.dataset;
    const keyboard = enter ? enter === "send" : matchMedia("(hover: hover) and (pointer: fine)").matches;
    const sends = event.ctrlKey || event.metaKey || keyboard;
    if (event.key === "Enter" && sends && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === "ArrowUp" && !this.body.value) this.say("last");
    else if (event.key === "Escape" && !this.strip.hidden) this.cancel();
  }

  #typed() {
    this.#begun = true;
    this.complain();
    this.#grow();
    if (!this.#timer) this.keep(); // the first key at once, the rest at each pause
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keep(), PAUSE);
    if (this.body.value && !this.#editing) this.say("writing");
  }

  #draft() {
    return { body: this.body.value, content_note: this["content-note"].value, reply: this.#reply };
  }

  #fill({ body = "", content_note = "", reply = null }) {
    this.body.value = body;
    this["content-note"].value = content_note;
    this["note-field"].open = !!content_note;
    this.#answer(reply);
    this.#grow();
  }

  /** What is answered, in the words it has now. */
  #answer(reply = this.#reply) {
    this.#reply = reply;
    const [name, words] = reply ? this.conversation.rows.quoted(reply) : [];
    this.#show(name && "replying", { name, words });
  }

  #show(phrase, { name, words }) {
    const [title, rest] = this.strip.querySelector("p").children;
    title.textContent = this.phrases.say(phrase, { name });
    rest.textContent = words;
    this.strip.hidden = !words;
  }

  #grow() {
    if (CSS.supports("field-sizing", "content")) return; // the browser sees to it
    this.body.style.height = "auto";
    this.body.style.height = `${this.body.scrollHeight}px`;
  }
}

/** Whether keys of one letter do something; whoever speaks to their device may turn that off. */
const single = {
  get on() {
    try {
      return localStorage.getItem("keys") !== "off";
    } catch {
      return true;
    }
  },
  set on(on) {
    localStorage.setItem("keys", on ? "on" : "off");
  },
};

/** The keys of the whole room, and the dialogs they open. Events: "go" (a step in the list of groups), "all". */
export class Keys extends Part {
  #help = document.querySelector("[data-keys]");
  #goto = document.querySelector("[data-goto]");

  connect() {
    super.connect();
    const [box, name] = [this.#help.querySelector("[data-single]"), this.#goto.querySelector("input")];
    box.checked = single.on;
    this.on(document, { keydown: (event) => this.#key(event) });
    this.on(box, { change: () => (single.on = box.checked) });
    this.on(name, { input: () => this.#narrow(name.value) });
    this.on(this.#goto.querySelector("form"), { submit: (event) => this.#go(event) });
    this.on(this.#goto.querySelector("[data-shut]"), { click: () => this.#goto.close() });
  }

  #key(event) {
    const { key, altKey, shiftKey } = event;
    const command = event.ctrlKey || event.metaKey;
    const plain = single.on && !command && !altKey && !event.target.closest("input, textarea, select");
    const does = {
      "/": plain && (() => document.querySelector("[data-search]").click()),
      "?": plain && (() => this.#help.showModal()),
      k: command && (() => this.#goto.showModal()),
      ArrowUp: altKey && (() => this.say("go", -1)),
      ArrowDown: altKey && (() => this.say("go", 1)),
      Escape: shiftKey && (() => this.say("all")),
    }[key];
    if (!does || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    does();
  }

  get #rows() {
    return [...this.#goto.querySelectorAll("li")];
  }

  #narrow(part) {
    const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    for (const row of this.#rows) row.hidden = !plain(row.querySelector("bdi").textContent).includes(plain(part.trim()));
    const none = this.#goto.querySelector("[data-none]");
    none.textContent = this.#rows.some((row) => !row.hidden) ? "" : none.dataset.words;
  }

  #go(event) {
    event.preventDefault();
    this.#rows.find((row) => !row.hidden)?.querySelector("a").click();
  }
}

/** One message's menu and reactions, and the keys of the log. */
export class Menu extends Part {
  #menu = document.querySelector("[data-menu]");
  #message = null;

  constructor(given) {
    super();
    Object.assign(this, given);
  }

  connect() {
    super.connect();
    this.on(this.conversation.log, { click: (event) => this.#clicked(event), keydown: (event) => this.#key(event) });
    this.on(this.#menu, { click: (event) => this.#chosen(event) });
  }

  mayEdit(message) {
    return this.rows.isOwn(message) && message.kind === "text" && !message.removed && Date.now() - new Date(message.created) < this.editFor;
  }

  #clicked(event) {
    const on = (name) => event.target.closest(`[data-${name}]`);
    const { message: id, key } = on("message")?.dataset ?? {};
    const message = this.conversation.message(id);
    if (on("act")) return this.say(on("act").dataset.act, key);
    const ours = on("more") ?? on("reaction") ?? on("quote"); // other links lead where they say
    if (!message || message.removed || !ours || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    if (on("more")) this.open(message, on("message"));
    else if (on("reaction")) this.#react(message, on("reaction").dataset.reaction);
    else if (on("quote")) this.say("quote", { ...message.reply_to, from: message });
  }

  #react(message, name) {
    this.say("react", { message, name, given: !message.reactions[name]?.includes(this.rows.me) });
  }

  open(message, row) {
    const own = this.rows.isOwn(message);
    const may = { reply: this.writes, edit: this.mayEdit(message), remove: own || this.keeps, report: !own, pin: this.keeps && message.kind === "text" };
    this.#message = message;
    for (const button of this.#menu.querySelectorAll("button")) {
      const { give, do: what } = button.dataset;
      if (give) button.ariaPressed = !!message.reactions[give]?.includes(this.rows.me);
      else button.hidden = may[what] === false;
    }
    this.#menu.dataset.who = own ? "own" : "other";
    this.#menu.showPopover();
    this.#place(row.querySelector(".bubble").getBoundingClientRect());
    this.#menu.querySelector("button").focus();
  }

  /** Beside its message, below or above it; on a phone at the foot. */
  #place({ top, bottom, left, right }) {
    const { offsetWidth: width, offsetHeight: height, style } = this.#menu;
    const within = (value, most) => `${Math.max(GAP, Math.min(value, most - GAP))}px`;
    const side = [right + GAP, left - GAP - width].find((at) => at >= GAP && at + width + GAP <= innerWidth);
    const [under, over] = [bottom + GAP, top - GAP - height];
    const level = under + height + GAP <= innerHeight ? under : over;
    style.setProperty("--top", within(side === undefined ? level : top, innerHeight - height));
    style.setProperty("--left", within(side ?? left, innerWidth - width));
  }

  #chosen(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const { give, do: what } = button.dataset;
    const message = this.conversation.message(this.#message.id) ?? this.#message;
    if (what === "remove" && this.#menu.dataset.who !== "sure") return (this.#menu.dataset.who = "sure"); // a second press
    this.#menu.hidePopover();
    if (give) this.#react(message, give);
    else this.say(what, message);
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("a, button, summary")) return;
    const { conversation } = this;
    const rows = () => [...conversation.log.querySelectorAll("[data-message]")];
    const row = event.target.closest("[data-message]");
    const message = conversation.message(row?.dataset.message);
    const go = (to) => to?.querySelector("[data-said]").focus();
    const open = () => {
      const details = row?.querySelector("details:not([open])");
      if (details) details.open = true;
      else if (message && row.querySelector("[data-more]")) this.open(message, row);
    };
    const keys = {
      ArrowUp: () => go(row ? row.previousElementSibling : rows().at(-1)),
      ArrowDown: () => go(row ? row.nextElementSibling : rows().at(-1)),
      Home: () => go(rows()[0]),
      End: async () => {
        await conversation.toEnd();
        go(rows().at(-1));
      },
      Escape: () => this.say("write"),
      Enter: open,
      " ": open,
      r: () => single.on && message && !message.removed && this.say("reply", message),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }
}
