/** The room, put together. How each part works is its own affair. */

import { Outbox, Store, forget } from "../../realtime/js/outbox.js";
import { Catchup, Notices, Part, Refusal, Socket, Typing } from "../../realtime/js/socket.js";
import { Composer, Keys, Menu } from "./composer.js";
import { Conversation, Phrases, Rows } from "./conversation.js";

const PATIENCE = 5_000; // ms without a line before the page says so
const HOPE = 3_000; // ms before a message says so
const AGAIN = 3_000; // ms before history is asked for again
const COUNTED_ABOVE = 3; // people around; below, a number would nearly be a name
const SEEN = 1_000; // ms a message must be in sight, in a focused window, to be read
const VOICE = 3_000; // ms between two announcements
const CALM = document.documentElement.dataset.celebrations === "quiet"; // what others celebrate is not read aloud

const find = (name) => document.querySelector(`[data-${name}]`);

class Room extends Part {
  #barTimer = 0;
  #ended = false;
  #mark = null; // read up to here, not told yet

  constructor({ dataset }) {
    super();
    const { group, me, version, read, most, zone } = dataset;
    const phrases = new Phrases(document.documentElement.lang, zone);
    const rows = new Rows(me, phrases);
    const store = new Store(document.body.dataset.owner);
    const conversation = new Conversation(rows, (where) => this.#history(where));
    Object.assign(this, { dataset, group, me, phrases, rows, store, conversation });
    this.socket = new Socket();
    this.catchup = new Catchup(this.socket, { group, me, version: Number(version) });
    this.notices = new Notices(this.socket);
    this.typing = new Typing(this.socket, { group, me });
    this.outbox = new Outbox(this.socket, store);
    this.reading = new Reading(conversation, Number(read));
    this.menu = new Menu({
      conversation,
      rows,
      writes: Boolean(find("composer")),
      keeps: dataset.keeps === "yes",
      editFor: dataset.editSeconds * 1000,
    });
    if (find("composer")) this.composer = new Composer(find("composer"), { phrases, conversation, store, group, most });
    this.keys = new Keys();
    this.rail = new Rail(group);
    this.pins = new Pins(rows);
  }

  async connect() {
    super.connect();
    const members = document.querySelectorAll("[data-members] [data-member]");
    const drawn = Array.from(members, ({ dataset: { member: id, role, alias } }) => ({ id, role, alias }));
    this.rows.know([...drawn, ...JSON.parse(find("further")?.content.textContent ?? "[]")]);
    this.#listen();
    for (const one of this.#parts) one?.connect();
    this.#down();
    for (const record of await this.store.waiting(this.group)) this.conversation.wait(record);
    this.store.markDrafts();
  }

  disconnect() {
    super.disconnect();
    clearTimeout(this.#barTimer);
    for (const one of this.#parts) one?.disconnect();
  }

  get #parts() {
    const { store, conversation, reading, menu, keys, composer, typing, notices, catchup, outbox, socket } = this;
    return [store, conversation, reading, menu, keys, composer, typing, notices, catchup, outbox, socket];
  }

  #listen() {
    const { composer, conversation } = this;
    this.on(this.socket, {
      up: () => this.#up(),
      down: () => this.#down(),
      ended: () => this.#end("ended"),
      hello: (frame) => this.#greeted(frame),
      presence: ({ group, around }) => group === this.group && this.#around(around),
      members: ({ group }) => group === this.group && this.#members(),
    });
    this.on(this.typing, { changed: (members) => this.#sayTyping(members.filter((member) => !this.rows.collapsed.has(member))) });
    this.on(this.catchup, {
      change: ({ group, message }) => (group === this.group ? this.#changed(message) : this.rail.changed(group, message)),
      reload: () => this.#reload(),
      left: () => this.#end("left"),
      stranger: () => this.#end("ended"),
    });
    this.on(this.outbox, {
      sent: ({ message }) => message.group === this.group && this.#changed({ ...message, author: message.author ?? this.rows.author }),
      waiting: ({ key }) => conversation.state(key, "waiting"),
      refused: ({ key, refused }) => conversation.state(key, "refused", refused),
    });
    this.on(composer, {
      send: (words) => this.#send(words),
      edit: async (change) => (await this.#do("edit", change)) && composer.edited(),
      writing: () => this.dataset.typing === "yes" && this.typing.tell(),
      last: () => this.#rewrite(conversation.lastOwn()),
    });
    this.on(this.menu, {
      report: ({ id }) => (location = `messages/${id}/report/`),
      pin: ({ id }) => (location = `messages/${id}/#pin`),
      react: (wanted) => this.#react(wanted),
      reply: (message) => composer?.reply(message),
      edit: (message) => this.#rewrite(message),
      remove: ({ id }) => this.#do("remove", { message: id }),
      unread: ({ position }) => this.reading.unread(position),
      all: () => this.reading.all(),
      quote: (quote) => this.#jump(quote),
      now: () => this.#now(),
      rewrite: (key) => this.#takeBack(key, true),
      drop: (key) => this.#takeBack(key),
      write: () => composer?.body.focus(),
    });
    this.on(this.reading, { read: (position) => this.#read(position) });
    this.on(this.keys, { go: (step) => this.rail.go(step), all: () => this.reading.all() });
    this.on(document, { leave: () => this.disconnect() ?? forget() });
    this.on(window, { pageshow: ({ persisted }) => persisted && location.reload() });
  }

  /** On the screen first, then kept, then sent. */
  async #send(words) {
    const record = Outbox.record({ group: this.group, ...words });
    this.conversation.wait(record);
    const kept = this.outbox.post(record);
    this.conversation.toEnd();
    this.reading.clear();
    setTimeout(() => this.socket.ready || this.conversation.state(record.key, "waiting"), HOPE);
    await kept;
    this.composer.keep();
  }

  #now() {
    this.socket.now();
    if (this.socket.ready) this.outbox.allow();
  }

  async #takeBack(key, toChange) {
    const record = (await this.store.waiting(this.group)).find((one) => one.key === key);
    await this.store.drop(key);
    this.conversation.settle(key);
    if (toChange && record) this.composer?.putBack(record);
  }

  #rewrite(message) {
    if (message && this.menu.mayEdit(message)) this.composer?.edit(message, this.rows.brief(message));
  }

  async #do(name, fields) {
    try {
      const { message } = await this.socket.ask(name, { group: this.group, ...fields });
      if (message) this.conversation.arrive(message);
      return true;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      this.composer?.complain(refusal.message || this.phrases.say("try_again"));
      return false;
    }
  }

  /** Shown at once; taken back if it was not taken. */
  async #react({ message, name, given }) {
    const others = (message.reactions[name] ?? []).filter((id) => id !== this.me);
    this.conversation.react(message, { ...message.reactions, [name]: given ? [...others, this.me] : others });
    const taken = await this.#do(given ? "react" : "unreact", { message: message.id, name });
    if (!taken) this.conversation.react(message, this.conversation.message(message.id).reactions);
  }

  async #jump({ id, position, from }) {
    const reached = await this.conversation.reach({ id, position });
    if (reached) this.reading.offer(this.phrases.say("jump_back"), () => this.conversation.reach(from));
  }

  #greeted({ groups, collapsed }) {
    this.rail.greet(groups);
    this.#around([]); // who is, is told next
    const hidden = new Set(collapsed[this.group]);
    if (`${[...hidden]}` === `${[...this.rows.collapsed]}`) return;
    this.rows.collapsed = hidden;
    this.conversation.rename();
  }

  #changed(message) {
    this.typing.rests(message.author?.id);
    this.conversation.arrive(message);
    if (this.pins.ids.has(message.id)) this.#pinned();
  }

  async #history(where = {}) {
    const { results, next, previous } = await this.#get(`messages?${new URLSearchParams({ limit: 50, ...where })}`);
    return { messages: results, more: (where.after ? next : previous) !== null };
  }

  async #reload() {
    try {
      await this.conversation.restart();
      this.catchup.loaded();
    } catch {
      setTimeout(() => this.#ended || this.#reload(), AGAIN * (1 + Math.random()));
    }
  }

  async #members() {
    const { results } = await this.#get("members?limit=200").catch(() => ({}));
    if (!results) return;
    this.rows.know(results);
    this.conversation.rename();
    this.#pinned();
  }

  async #pinned() {
    const { results } = await this.#get("pins").catch(() => ({}));
    if (results) this.pins.show(results);
  }

  async #get(what) {
    const answer = await fetch(`/api/v1/groups/${this.group}/${what}`);
    if (!answer.ok) throw new Refusal({ status: answer.status });
    return answer.json();
  }

  async #read(position) {
    this.#mark = position;
    if (!this.socket.ready) return; // told when the line is back
    await this.socket.ask("read", { group: this.group, position }).catch(() => {});
    if (this.#mark === position) this.#mark = null;
  }

  #sayTyping(members) {
    const [name, other, more] = members.map((member) => this.rows.alias(member));
    const phrase = more ? "typing_many" : other ? "typing_two" : name && "typing_one";
    find("typing-line").textContent = this.phrases.say(phrase, { name, other });
  }

  /** "around now" beside those who chose to show it; a number only above three. */
  #around(members) {
    const here = members.filter((member) => !this.rows.collapsed.has(member));
    for (const one of document.querySelectorAll("[data-member]")) {
      one.querySelector("[data-around]").hidden = !here.includes(one.dataset.member);
    }
    find("around-count").textContent = this.phrases.say("around", { count: here.length });
    find("around-count").hidden = here.length <= COUNTED_ABOVE;
  }

  #up() {
    if (this.#ended) return;
    this.#bar();
    this.outbox.allow();
    if (this.#mark !== null) this.#read(this.#mark);
  }

  #down() {
    clearTimeout(this.#barTimer);
    if (!this.#ended) this.#barTimer = setTimeout(() => this.#bar(navigator.onLine ? "reconnecting" : "offline"), PATIENCE);
  }

  #bar(phrase) {
    clearTimeout(this.#barTimer);
    find("bar-words").textContent = this.phrases.say(phrase);
    find("bar").hidden = !phrase;
    find("bar-link").hidden = phrase !== "ended";
  }

  /** Signed out, or the seat is gone: nothing more is sent or shown; what was written is kept. */
  #end(why) {
    if (this.#ended) return;
    this.#ended = true;
    this.outbox.disconnect();
    this.catchup.disconnect();
    this.socket.disconnect();
    this.#bar(why);
    if (!this.composer) return;
    this.composer.closed = this.phrases.say(why);
    this.composer.keep();
  }
}

/** What is new to me: the read mark, the divider, the chip, a screen reader's quiet voice. Event: "read" (position). */
class Reading extends Part {
  #below = 0; // arrived below while scrolled up
  #since = 0; // new since the divider stood
  #wasAtEnd = true;
  #cameDown = false; // the person has just come to the end
  #paused = false; // marked as unread: so until the person moves on
  #looking = 0;
  #chip = () => {};
  #unsaid = [];
  #voice = 0;

  constructor(conversation, read) {
    super();
    Object.assign(this, { conversation, phrases: conversation.rows.phrases, read });
  }

  connect() {
    super.connect();
    this.#wasAtEnd = this.conversation.atEnd;
    this.#since = this.conversation.dividedAt && this.conversation.countFrom(this.conversation.dividedAt);
    this.on(this.conversation, { arrived: (messages) => this.#arrived(messages), scrolled: () => this.#scrolled() });
    this.on(window, { focus: () => this.#back() });
    this.on(document, { visibilitychange: () => this.#back() });
    this.on(find("chip"), { click: () => this.#press() });
    this.#look();
  }

  get #here() {
    return document.hasFocus() && !document.hidden;
  }

  unread(position) {
    this.#paused = true;
    this.#since = this.conversation.countFrom(position);
    this.conversation.divide(position, this.phrases.count("new", this.#since));
    this.#mark(position - 1);
  }

  /** All there is is read, whether it was in sight or not. */
  all() {
    this.#paused = false;
    this.clear();
    if (this.conversation.last > this.read) this.#mark(this.conversation.last);
  }

  /** Sending says "I have seen this". */
  clear() {
    this.#since = this.#below = 0;
    this.conversation.divide(0);
    find("chip").hidden = true;
  }

  offer(words, act) {
    this.#chip = act;
    find("chip-words").textContent = words;
    find("chip").hidden = false;
  }

  #press() {
    find("chip").hidden = true;
    this.#chip();
  }

  #arrived(messages) {
    const others = messages.filter((message) => !this.conversation.rows.isOwn(message));
    const { atEnd } = this.conversation;
    if (others.length && !(this.#here && atEnd)) this.#divide(others);
    if (others.length && !atEnd) {
      this.#below += others.length;
      this.offer(this.phrases.count("below", this.#below), () => this.conversation.toEnd());
    }
    this.#announce(others.filter((message) => !(CALM && message.kind === "celebration")));
    this.#look();
  }

  /** The divider stays where reading stopped; once all before was read it begins anew. */
  #divide(others) {
    const from = this.conversation.dividedAt;
    const goesOn = from && this.read < others[0].position - 1;
    this.#since = others.length + (goesOn ? this.#since : 0);
    this.conversation.divide(goesOn ? from : others[0].position, this.phrases.count("new", this.#since));
  }

  #back() {
    const { divider, log } = this.conversation;
    const above = divider?.getBoundingClientRect().top < log.getBoundingClientRect().top;
    if (this.#here && above && this.#since) this.offer(this.phrases.say("jump_new"), () => divider.scrollIntoView());
    this.#look();
  }

  #scrolled() {
    const { atEnd } = this.conversation;
    this.#paused = false;
    if (atEnd && !this.#wasAtEnd) {
      this.#below = 0;
      this.#cameDown = true;
      find("chip").hidden = true;
    }
    this.#wasAtEnd = atEnd;
    this.#look();
  }

  /** After a second in sight a message is read; at the end of the log the divider has done its work. */
  #look() {
    if (this.#looking || this.#paused || !this.#here || !this.conversation.whole) return;
    const seen = this.conversation.lastInSight();
    if (seen <= this.read && !this.#cameDown) return;
    this.#looking = setTimeout(() => {
      this.#looking = 0;
      if (!this.#here || this.#paused) return;
      const position = Math.min(seen, this.conversation.lastInSight());
      if (position > this.read) this.#mark(position);
      if (this.#cameDown && this.conversation.atEnd) this.clear();
      this.#cameDown = false;
      this.#look();
    }, SEEN);
  }

  #mark(position) {
    this.read = position;
    this.say("read", position);
  }

  #announce(others) {
    this.#unsaid.push(...others);
    if (others.length) this.#voice ||= setTimeout(() => this.#speak());
  }

  /** Once they were heard, words stand here no longer: they may be taken back where they were said. */
  #speak() {
    const { 0: first, length: count } = this.#unsaid;
    this.#voice = 0;
    find("announcer").textContent = "";
    if (!first) return;
    const [name, words] = this.conversation.rows.quoted(first);
    const phrase = count > 1 ? "heard_other" : name ? "heard_one" : "heard_line";
    find("announcer").textContent = this.phrases.say(phrase, { count, name, words });
    this.#unsaid = [];
    this.#voice = setTimeout(() => this.#speak(), VOICE);
  }
}

/** What who keeps the room pinned: one quiet line above its words. */
class Pins {
  #line = find("pins");
  ids = new Set(this.#line?.dataset.pins.split(" "));

  constructor(rows) {
    this.rows = rows;
  }

  show(messages) {
    this.ids = new Set(messages.map(({ id }) => id));
    this.#line.hidden = !messages.length;
    const [first] = messages;
    if (!first) return;
    find("pin").href = `?at=${first.position}#m-${first.id}`;
    find("pin-words").textContent = `${this.rows.called(first)}: ${this.rows.brief(first)}`;
    find("pins-all").hidden = messages.length < 2;
  }
}

/** The other groups: a number where something is new. */
class Rail {
  #seats = new Map();

  constructor(group) {
    this.group = group;
  }

  greet(seats) {
    for (const seat of seats) this.#show({ ...seat, fresh: seat.position - seat.read });
  }

  changed(group, { position, author }) {
    const seat = this.#seats.get(group);
    if (position > seat?.position) this.#show({ ...seat, position, fresh: seat.fresh + (author?.id !== seat.me) });
  }

  go(step) {
    const links = [...document.querySelectorAll("[data-rail-groups] a")];
    const here = links.findIndex(({ dataset }) => dataset.group === this.group);
    links.at((here + step) % links.length)?.click();
  }

  #show(seat) {
    this.#seats.set(seat.id, seat);
    const count = document.querySelector(`[data-rail-groups] [data-group="${seat.id}"] [data-count]`);
    if (!count || seat.id === this.group) return;
    count.hidden = !seat.fresh;
    count.firstElementChild.textContent = seat.fresh;
  }
}

if (find("room")) {
  new Room(find("room")).connect();
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
} else if (document.body.dataset.owner) {
  const store = new Store(document.body.dataset.owner); // the list of groups: the room's scripts are at hand then, too
  store.connect();
  store.markDrafts().then(() => store.disconnect());
}
