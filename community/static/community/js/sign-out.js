/** "2 messages are not sent yet": sends what waits, in order and with its own keys, or lets it be lost knowingly. */

import { CHECK_IN, Vault, unsent } from "./vault.js";
import { Waiting, address } from "./waiting.js";

const LASTING = (status) => status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);

class Unsent {
  constructor(part) {
    const find = (name) => document.querySelector(`[data-${name}]`);
    Object.assign(this, { part, form: find("sign-out"), trouble: find("trouble"), send: find("send") });
    Object.assign(this, { one: find("one"), more: find("more"), mixed: find("mixed"), lose: find("lose"), calm: find("calm") });
  }

  async connect() {
    await this.#show();
    this.send.addEventListener("click", () => this.#send());
  }

  async #show() {
    const [count, days] = await Promise.all([unsent(), unsent(CHECK_IN)]).catch(() => [0, 0]);
    this.part.hidden = this.lose.hidden = !count;
    this.calm.hidden = Boolean(count);
    this.mixed.hidden = !days;
    this.one.hidden = days || count !== 1;
    this.more.hidden = days || count < 2;
    this.more.textContent = this.more.textContent.replace(/\{count\}|\d+/, count);
    if (count) this.form.dataset.sure = ""; // it has been said
    return count;
  }

  async #send() {
    this.send.disabled = this.trouble.hidden = true;
    let helps = "";
    try {
      const vault = await Vault.open(this.part.dataset.owner);
      for (const record of await vault.waiting()) if (await this.#post(record)) await vault.drop(record.key);
      helps = await this.#checkIn(new Waiting(vault));
      vault.close();
    } catch {
      // no key or no line: what waits goes on waiting
    }
    this.send.disabled = false;
    if (helps) return location.assign(helps);
    if (!(await this.#show())) return this.form.requestSubmit(this.calm);
    this.trouble.hidden = false;
  }

  /** Answers the page of a day whose note told of danger: a word of help is seen before anybody signs out. */
  async #checkIn(waiting) {
    let helps = "";
    for (const { day } of await waiting.all()) {
      const { saved } = await waiting.send(day);
      if (saved?.care) helps = `${address(day)}?saved`;
    }
    return helps;
  }

  /** Whether it was taken. Words that are refused stay, for their group's page to say why. */
  async #post({ group, key, body, reply_to, content_note }) {
    const words = { key, body, ...(reply_to && { reply_to: reply_to.id }), ...(content_note && { content_note }) };
    const headers = { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf]").content };
    const answer = await fetch(`/api/v1/groups/${group}/messages`, { method: "POST", headers, body: JSON.stringify(words) });
    if (!answer.ok && !LASTING(answer.status)) throw new Error("later");
    return answer.ok;
  }
}

const part = document.querySelector("[data-unsent]");
if (part) new Unsent(part).connect();
