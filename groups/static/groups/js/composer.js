/**
 * Where a message is written. It is never disabled and never loses a word: every pause keeps a draft.
 *
 * Events: "send" ({body, content_note, reply_to}), "edit" ({message, body}), "writing", "last" (edit my last message).
 */

const PAUSE = 400; // ms without a key before the draft is kept
const UNSENDABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g; // what pasting may bring along unseen

export class Composer extends EventTarget {
  #form;
  #body;
  #note;
  #noteField;
  #strip;
  #trouble;
  #phrases;
  #most;
  #store;
  #group;
  #reply = null;
  #editing = null;
  #aside = null; // the draft that waits while a message is edited
  #timer = 0;
  #leaving = new AbortController();

  constructor(form, { phrases, store, group, most }) {
    super();
    const part = (name) => form.querySelector(`[data-${name}]`);
    this.#form = form;
    this.#body = part("body");
    this.#note = part("content-note");
    this.#noteField = part("note-field");
    this.#strip = part("strip");
    this.#trouble = part("trouble");
    this.#phrases = phrases;
    this.#store = store;
    this.#group = group;
    this.#most = most;
  }

  async connect() {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    const on = (where, what, hear) => where.addEventListener(what, hear, { signal });
    on(this.#form, "submit", (event) => this.#submit(event));
    on(this.#form, "input", () => this.#typed());
    on(this.#body, "keydown", (event) => this.#key(event));
    on(this.#form.querySelector("[data-strip-cancel]"), "click", (event) => {
      event.preventDefault();
      this.cancel();
    });
    on(this.#noteField, "toggle", () => this.#noteField.open && !this.#note.value && this.#note.focus());
    on(document, "visibilitychange", () => document.hidden && this.#keep());
    on(window, "pagehide", () => this.#keep());
    const draft = await this.#store.draft(this.#group);
    if (draft && !this.#body.value) this.#fill(draft);
    this.#grow();
  }

  disconnect() {
    this.#leaving.abort();
    clearTimeout(this.#timer);
  }

  focus() {
    this.#body.focus();
  }

  /** Answer a message: {id, position, name, words}. */
  reply(reply) {
    if (this.#editing) this.cancel();
    this.#reply = reply;
    this.#show("replying", reply);
    this.#later();
    this.focus();
  }

  edit({ id, body, words }) {
    this.#aside ??= this.#draft();
    this.#editing = id;
    this.#reply = null;
    this.#fill({ body });
    this.#show("editing", { words });
    this.focus();
    this.#body.setSelectionRange(body.length, body.length);
  }

  /** Words that were refused come back to be changed; what stood here goes below them. */
  putBack({ body, content_note, reply_to }) {
    const here = this.#body.value.trim();
    this.#fill({ body: here ? `${body}\n${here}` : body, content_note, reply: reply_to && { ...reply_to, name: "", words: "" } });
    this.#later();
    this.focus();
  }

  cancel() {
    if (this.#editing) return this.edited();
    this.#reply = null;
    this.#strip.hidden = true;
    this.#later();
    this.focus();
  }

  /** The change was taken, or given up: the draft from before comes back. */
  edited() {
    this.#editing = null;
    this.#fill(this.#aside ?? {});
    this.#aside = null;
    this.focus();
  }

  trouble(words = "") {
    this.#trouble.textContent = words;
    this.#trouble.hidden = !words;
    this.#body.ariaInvalid = words ? "true" : "false";
  }

  #submit(event) {
    event.preventDefault();
    const body = this.#body.value.replace(UNSENDABLE, "");
    const over = [...body].length - this.#most;
    if (!body.trim()) return this.focus();
    if (over > 0) return this.trouble(this.#phrases.count("too_long", over));
    this.trouble();
    if (this.#editing) return this.#say("edit", { message: this.#editing, body });
    const reply_to = this.#reply && { id: this.#reply.id, position: this.#reply.position };
    this.#say("send", { body, content_note: this.#note.value.trim() || null, reply_to });
    this.#fill({});
    this.focus();
    clearTimeout(this.#timer);
  }

  /** Enter sends where there is a keyboard with a pointer beside it; on touch it makes a new line. */
  #key(event) {
    if (event.isComposing) return;
    const always = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && !event.shiftKey && (always || matchMedia("(hover: hover) and (pointer: fine)").matches)) {
      event.preventDefault();
      this.#form.requestSubmit();
    } else if (event.key === "ArrowUp" && !this.#body.value) {
      event.preventDefault();
      this.#say("last");
    } else if (event.key === "Escape" && !this.#strip.hidden) {
      this.cancel();
    }
  }

  #typed() {
    this.trouble();
    this.#grow();
    this.#later();
    if (this.#body.value && !this.#editing) this.#say("writing");
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep(), PAUSE);
  }

  /** Keep what is written now; called by whoever has made something else of it, too. */
  #keep() {
    clearTimeout(this.#timer);
    return this.#store.keepDraft(this.#group, this.#editing ? this.#aside : this.#draft());
  }

  keep() {
    return this.#keep();
  }

  #draft() {
    return { body: this.#body.value, content_note: this.#note.value, reply: this.#reply };
  }

  #fill({ body = "", content_note = "", reply = null }) {
    this.#body.value = body;
    this.#note.value = content_note ?? "";
    this.#noteField.open = Boolean(content_note);
    this.#reply = reply;
    if (reply?.name) this.#show("replying", reply);
    else this.#strip.hidden = true;
    this.#grow();
  }

  #show(phrase, { name, words }) {
    this.#strip.querySelector("[data-strip-title]").textContent = this.#phrases.say(phrase, { name });
    this.#strip.querySelector("[data-strip-words]").textContent = words;
    this.#strip.hidden = false;
  }

  /** As high as its words, where the browser does not do that by itself. */
  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.#body.style.height = "auto";
    this.#body.style.height = `${this.#body.scrollHeight}px`;
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
