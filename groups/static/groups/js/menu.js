/**
 * What can be done with one message: its menu, its reactions, and the keys of the log.
 *
 * Events: "react" ({message, name, given}), "reply", "edit", "remove", "unread" (each {message}), "quote" ({id, from}),
 * "now", "rewrite", "drop" (each {key}: a message not sent yet), "leave-log" (back to writing).
 */

export class Menu extends EventTarget {
  #menu;
  #log;
  #conversation;
  #rows;
  #editFor;
  #keeps;
  #message = null;
  #leaving = new AbortController();

  constructor(page, conversation, rows, { editFor, keeps }) {
    super();
    this.#menu = page.querySelector("[data-menu]");
    this.#log = conversation.log;
    this.#conversation = conversation;
    this.#rows = rows;
    this.#editFor = editFor;
    this.#keeps = keeps;
  }

  connect() {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.#log.addEventListener("click", (event) => this.#clicked(event), { signal });
    this.#log.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#menu.addEventListener("click", (event) => this.#chosen(event), { signal });
    this.#menu.addEventListener("keydown", (event) => this.#inMenu(event), { signal });
  }

  disconnect() {
    this.#leaving.abort();
    this.#menu.hidePopover?.();
  }

  mayEdit(message) {
    const age = Date.now() - new Date(message.created);
    return this.#rows.isOwn(message) && !message.removed && message.body !== null && age < this.#editFor;
  }

  #clicked(event) {
    const on = (name) => event.target.closest(`[data-${name}]`);
    const row = on("message");
    const [more, reaction, quote, act] = [on("more"), on("reaction"), on("quote"), on("act")];
    if (act) return this.#say(act.dataset.act, { key: row.dataset.key });
    const message = row && this.#conversation.message(row.dataset.message);
    if (!message || !(more || reaction || quote) || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    if (more) this.open(message, more);
    else if (reaction) this.#react(message, reaction.dataset.reaction);
    else this.#say("quote", { ...message.reply_to, from: message.id });
  }

  #react(message, name) {
    const given = !message.reactions[name]?.includes(this.#rows.people.me);
    this.#say("react", { message, name, given });
  }

  open(message, beside) {
    const own = this.#rows.isOwn(message);
    const show = (name, yes) => (this.#menu.querySelector(`[data-do=${name}]`).hidden = !yes);
    this.#message = message;
    for (const button of this.#menu.querySelectorAll("[data-give]")) {
      button.ariaPressed = Boolean(message.reactions[button.dataset.give]?.includes(this.#rows.people.me));
    }
    show("edit", this.mayEdit(message));
    show("remove", own || this.#keeps);
    const remove = this.#menu.querySelector("[data-do=remove]");
    remove.querySelector("[data-own]").hidden = !own;
    remove.querySelector("[data-others]").hidden = own;
    remove.querySelector("[data-again]").hidden = true;
    this.#menu.showPopover();
    this.#place(beside.getBoundingClientRect());
    this.#menu.querySelector("button").focus();
  }

  /** Beside its message where there is room; on a phone the style sheet puts it at the foot of the screen. */
  #place(beside) {
    const { width, height } = this.#menu.getBoundingClientRect();
    const top = Math.max(8, Math.min(beside.top, innerHeight - height - 8));
    const left = Math.max(8, Math.min(beside.left - width / 2, innerWidth - width - 8));
    this.#menu.style.setProperty("--top", `${top}px`);
    this.#menu.style.setProperty("--left", `${left}px`);
  }

  #chosen(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const message = this.#conversation.message(this.#message.id) ?? this.#message;
    const { give, do: what } = button.dataset;
    const again = button.querySelector("[data-again]");
    if (again?.hidden) {
      for (const words of button.querySelectorAll("span")) words.hidden = words !== again;
      return; // taking words away needs a second press
    }
    this.#menu.hidePopover();
    if (give) this.#react(message, give);
    else this.#say(what, { message });
  }

  #inMenu(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.#menu.querySelectorAll("button:not([hidden])")];
    const next = buttons.indexOf(document.activeElement) + step;
    buttons[(next + buttons.length) % buttons.length].focus();
  }

  #key(event) {
    const row = event.target.closest("[data-message]");
    if (event.target.closest("[data-act], summary") && event.key !== "Escape") return;
    const message = row && this.#conversation.message(row.dataset.message);
    const keys = {
      ArrowUp: () => this.#step(row, "previousElementSibling"),
      ArrowDown: () => this.#step(row, "nextElementSibling"),
      Home: () => this.#focus(this.#log.querySelector("[data-message]")),
      End: () => this.#focus([...this.#log.querySelectorAll("[data-message]")].at(-1)),
      Escape: () => this.#say("leave-log"),
      Enter: () => this.#openFrom(row, message),
      " ": () => this.#openFrom(row, message),
      r: () => message && !message.removed && this.#say("reply", { message }),
    };
    if (event.altKey || event.ctrlKey || event.metaKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }

  #openFrom(row, message) {
    const more = row?.querySelector("[data-more]");
    const details = row?.querySelector("details:not([open])");
    if (details) details.open = true;
    else if (message && more) this.open(message, more);
  }

  #step(row, towards) {
    if (!row) return this.#focus([...this.#log.querySelectorAll("[data-message]")].at(-1));
    this.#focus(row[towards]);
  }

  #focus(row) {
    row?.querySelector("[data-said]")?.focus();
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
