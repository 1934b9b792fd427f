/**
 * The room, put together: one socket, one outbox, one log, one place to write. How each of them works is their own affair.
 */

import { Socket, Refusal } from "../../realtime/js/socket.js";
import { Catchup } from "../../realtime/js/catchup.js";
import { Outbox, Store, forget } from "../../realtime/js/outbox.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { Menu } from "./menu.js";
import { Reading } from "./reading.js";
import { People, Phrases, Rows } from "./rows.js";

const SAY_OFFLINE = 5_000; // ms without a line before a bar says so
const PAGE = 50;
const MARKS = 1_000; // ms between two read marks
const RELOAD_AGAIN = 3_000;
const TYPING_EVERY = 3_000;
const TYPING_LASTS = 6_000;

class Room {
  #room;
  #leaving = new AbortController();
  #barTimer = 0;
  #ended = false;
  #reloading = false;
  #mark = { position: 0, timer: 0 };
  #typing = new Map();
  #typedAt = 0;

  constructor(room) {
    const { group, me, version, read, keeps, most, zone, editSeconds } = room.dataset;
    const part = (name) => document.querySelector(`[data-${name}]`);
    this.#room = room;
    this.group = group;
    this.me = me;
    this.api = `/api/v1/groups/${group}`;
    this.phrases = new Phrases(part("phrases"), document.documentElement.lang, zone);
    this.people = new People(me, this.phrases);
    this.rows = new Rows(document, this.people, this.phrases);
    this.socket = new Socket();
    this.catchup = new Catchup(this.socket, { group, me, version: Number(version) });
    this.store = new Store(document.body.dataset.owner);
    this.outbox = new Outbox(this.socket, this.store);
    this.conversation = new Conversation(room, this.rows, this.phrases, (before) => this.#history(before));
    this.reading = new Reading(room, this.conversation, this.rows, this.phrases, Number(read));
    this.menu = new Menu(document, this.conversation, this.rows, { editFor: editSeconds * 1000, keeps: keeps === "yes" });
    const form = part("composer");
    this.composer = form && new Composer(form, { phrases: this.phrases, store: this.store, group, most: Number(most) });
    this.rail = new Rail(group);
  }

  async connect() {
    this.#leaving = new AbortController();
    const members = document.querySelectorAll("[data-members] [data-member]");
    this.people.know(
      Array.from(members, (row) => ({
        id: row.dataset.member,
        role: row.dataset.role,
        alias: row.querySelector("[data-member-alias]").textContent,
      })),
    );
    this.conversation.connect();
    this.#listen();
    for (const one of [this.reading, this.menu, this.catchup, this.outbox]) one.connect();
    this.socket.connect();
    await this.store.connect();
    this.composer?.connect();
    for (const record of await this.store.waiting(this.group)) this.conversation.wait(record);
    this.conversation.settleAtEnd();
    if (this.socket.ready) this.outbox.allow();
  }

  disconnect() {
    this.#leaving.abort();
    const parts = [this.socket, this.outbox, this.catchup, this.menu, this.reading, this.composer, this.conversation, this.store];
    for (const one of parts) one?.disconnect();
  }

  #listen() {
    const { signal } = this.#leaving;
    const on = (where, hears) => {
      for (const [type, hear] of Object.entries(hears)) where?.addEventListener(type, ({ detail }) => hear(detail), { signal });
    };
    on(this.socket, {
      up: () => this.#up(),
      down: () => this.#down(),
      ended: () => this.#end("ended"),
      hello: (frame) => this.#greeted(frame),
      members: (frame) => frame.group === this.group && this.#members(),
      typing: (frame) => frame.group === this.group && this.#types(frame.member),
    });
    on(this.catchup, {
      change: ({ group, message }) => (group === this.group ? this.#changed(message) : this.rail.changed(group, message)),
      reload: () => this.#reload(),
      left: () => this.#end("left"),
      stranger: () => this.#end("ended"),
    });
    on(this.outbox, {
      sent: ({ message }) => this.conversation.arrive(this.#mine(message)),
      waiting: ({ record }) => this.conversation.state(record.key, "waiting"),
      refused: ({ record }) => this.conversation.state(record.key, "refused", record.refused),
    });
    on(this.composer, {
      send: (words) => this.#send(words),
      edit: ({ message, body }) => this.#edit(message, body),
      writing: () => this.#writing(),
      last: () => this.#editLast(),
    });
    on(this.menu, {
      react: (wanted) => this.#react(wanted),
      reply: ({ message }) => this.composer?.reply(this.#shown(message)),
      edit: ({ message }) => this.composer?.edit({ ...message, words: this.rows.brief(message) }),
      remove: ({ message }) => this.#do("remove", { message: message.id }),
      unread: ({ message }) => this.reading.unread(message.position),
      quote: (quote) => this.#quote(quote),
      now: () => this.#now(),
      rewrite: ({ key }) => this.#rewrite(key),
      drop: ({ key }) => this.#drop(key),
      "leave-log": () => this.composer?.focus(),
    });
    on(this.reading, { read: ({ position }) => this.#read(position) });
    this.#listenToPage(signal);
    this.#barTimer = setTimeout(() => this.#sayDown(), SAY_OFFLINE);
  }

  #listenToPage(signal) {
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
    document.addEventListener("leave", () => this.#leave(), { signal });
    addEventListener("pageshow", (event) => event.persisted && location.reload(), { signal });
    for (const form of document.querySelectorAll("form[action$='/sign-out/']")) {
      form.addEventListener("submit", (event) => this.#signOut(event), { signal });
    }
  }

  // ---- sending

  /** On the screen first, then kept, then sent. */
  async #send({ body, content_note, reply_to }) {
    const record = Outbox.record({ group: this.group, body, content_note, reply_to });
    this.conversation.wait(record);
    const kept = this.outbox.post(record);
    this.conversation.toEnd();
    this.reading.sent();
    await kept;
    this.composer.keep();
    if (!this.socket.ready) this.#soon(record.key);
  }

  /** Without a line the words say so themselves, after a moment for the line to come back. */
  #soon(key) {
    setTimeout(() => !this.socket.ready && this.conversation.state(key, "waiting"), SAY_OFFLINE);
  }

  #now() {
    this.socket.now();
    this.outbox.allow();
  }

  async #rewrite(key) {
    const record = (await this.store.waiting(this.group)).find((one) => one.key === key);
    await this.#drop(key);
    if (record) this.composer?.putBack(record);
  }

  async #drop(key) {
    await this.outbox.drop(key);
    this.conversation.settle(key);
  }

  /** A held message comes back to its author with its words, but without a name. */
  #mine(message) {
    return message.removed === "held" && message.body ? { ...message, author: this.conversation.author } : message;
  }

  // ---- what is done with one message

  async #do(name, fields) {
    try {
      const { message } = await this.socket.ask(name, { group: this.group, ...fields });
      if (message) this.conversation.arrive(message);
      return true;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      this.composer?.trouble(refusal.problem.detail || this.phrases.say("try_again"));
      return false;
    }
  }

  async #edit(message, body) {
    if (await this.#do("edit", { message, body })) this.composer.edited();
  }

  #editLast() {
    const message = this.conversation.lastOwn();
    if (message && this.menu.mayEdit(message)) this.composer.edit({ ...message, words: this.rows.brief(message) });
  }

  /** Shown at once; taken back if it was not taken. */
  async #react({ message, name, given }) {
    const others = (message.reactions[name] ?? []).filter((id) => id !== this.me);
    const reactions = { ...message.reactions, [name]: given ? [...others, this.me] : others };
    this.conversation.react(message.id, reactions);
    const taken = await this.#do(given ? "react" : "unreact", { message: message.id, name });
    if (!taken) this.conversation.react(message.id, this.conversation.message(message.id).reactions);
  }

  #shown(message) {
    const name = this.rows.isOwn(message) ? this.phrases.say("you") : this.rows.name(message);
    return { id: message.id, position: message.position, name, words: this.rows.brief(message) };
  }

  async #quote({ id, position, from }) {
    const row = await this.conversation.reach(id, position);
    if (!row) return location.assign(`?before=${position + 20}#m-${id}`);
    row.querySelector("[data-said]").focus({ preventScroll: true });
    this.reading.jumped(async () => {
      const origin = await this.conversation.reach(from, 0);
      origin?.querySelector("[data-said]").focus({ preventScroll: true });
    });
  }

  // ---- what arrives

  #greeted({ groups, collapsed }) {
    this.people.collapsed = new Set(collapsed?.[this.group] ?? []);
    this.rail.greet(groups);
  }

  #changed(message) {
    this.#typing.delete(message.author?.id);
    this.#sayTyping();
    this.conversation.arrive(message);
  }

  async #history(before) {
    const query = new URLSearchParams({ limit: PAGE, ...(before && { before }) });
    const { results, previous } = await this.#get(`${this.api}/messages?${query}`);
    return { messages: results, start: previous === null };
  }

  async #reload() {
    if (this.#reloading) return;
    this.#reloading = true;
    try {
      this.conversation.restart(await this.#history());
      this.catchup.loaded();
    } catch {
      setTimeout(() => !this.#ended && this.#reload(), RELOAD_AGAIN * (1 + Math.random()));
    } finally {
      this.#reloading = false;
    }
  }

  async #members() {
    const { results } = await this.#get(`${this.api}/members?limit=200`).catch(() => ({ results: null }));
    if (!results) return;
    this.people.know(results);
    this.conversation.rename();
  }

  async #get(address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Refusal({ status: answer.status });
    return answer.json();
  }

  // ---- read marks

  #read(position) {
    this.#mark.position = position;
    this.#mark.timer ||= setTimeout(() => this.#tellRead(), MARKS);
  }

  async #tellRead() {
    const { position } = this.#mark;
    this.#mark.timer = 0;
    if (!this.socket.ready) return; // told when the line is back
    await this.socket.ask("read", { group: this.group, position }).catch(() => {});
    if (this.#mark.position === position) this.#mark.position = 0;
  }

  // ---- who is writing

  #writing() {
    const now = Date.now();
    if (this.#room.dataset.typing !== "yes" || now - this.#typedAt < TYPING_EVERY) return;
    this.#typedAt = now;
    this.socket.tell("typing", { group: this.group });
  }

  #types(member) {
    if (member === this.me || this.people.collapsed.has(member)) return;
    clearTimeout(this.#typing.get(member));
    const gone = setTimeout(() => {
      this.#typing.delete(member);
      this.#sayTyping();
    }, TYPING_LASTS);
    this.#typing.set(member, gone);
    this.#sayTyping();
  }

  #sayTyping() {
    const [name, other, more] = Array.from(this.#typing.keys(), (id) => this.people.alias(id));
    const phrase = more ? "typing_many" : other ? "typing_two" : "typing_one";
    this.#room.querySelector("[data-typing-line]").textContent = name ? this.phrases.say(phrase, { name, other }) : "";
  }

  // ---- the line

  #up() {
    clearTimeout(this.#barTimer);
    if (this.#ended) return;
    this.#say(null);
    this.outbox.allow();
    if (this.#mark.position) this.#tellRead();
  }

  #down() {
    clearTimeout(this.#barTimer);
    this.#barTimer = setTimeout(() => this.#sayDown(), SAY_OFFLINE);
  }

  #sayDown() {
    if (!this.#ended && !this.socket.ready) this.#say(navigator.onLine ? "reconnecting" : "offline");
  }

  #say(phrase) {
    const bar = this.#room.querySelector("[data-bar]");
    bar.querySelector("[data-bar-words]").textContent = phrase ? this.phrases.say(phrase) : "";
    bar.hidden = !phrase;
    const link = bar.querySelector("[data-bar-link]");
    link.hidden = phrase !== "ended";
    if (phrase === "ended") link.href = this.#room.dataset.signIn;
  }

  /** Signed out, or the seat is gone: nothing more is sent or shown, what was written is kept. */
  async #end(why) {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#barTimer);
    this.outbox.disconnect();
    this.#say(why);
    await this.composer?.keep();
    this.catchup.disconnect();
    this.socket.disconnect();
  }

  // ---- the page

  #key(event) {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Escape" && !typing && !event.target.closest("[popover]")) this.composer?.focus();
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    this.rail.go(event.key === "ArrowUp" ? -1 : 1);
  }

  async #signOut(event) {
    event.preventDefault();
    this.disconnect();
    await forget();
    event.target.submit();
  }

  #leave() {
    this.disconnect();
    forget();
  }
}

/** The other groups, beside this one: a number where something is new. */
class Rail {
  #group;
  #known = new Map();

  constructor(group) {
    this.#group = group;
  }

  greet(groups) {
    for (const { id, me, position, read } of groups) this.#show(id, { me, position, fresh: position - read });
  }

  changed(group, { position, author }) {
    const known = this.#known.get(group);
    if (!known || position <= known.position) return;
    this.#show(group, { ...known, position, fresh: known.fresh + (author?.id === known.me ? 0 : 1) });
  }

  go(step) {
    const links = [...document.querySelectorAll("[data-rail-groups] a")];
    const here = links.findIndex((link) => link.dataset.group === this.#group);
    links[(here + step + links.length) % links.length]?.click();
  }

  #show(group, known) {
    this.#known.set(group, known);
    const count = document.querySelector(`[data-rail-groups] [data-group="${group}"] [data-count]`);
    if (!count || group === this.#group) return;
    count.hidden = known.fresh <= 0;
    count.querySelector("[data-count-number]").textContent = known.fresh;
  }
}

const room = document.querySelector("[data-room]");
if (room) {
  new Room(room).connect();
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
}
