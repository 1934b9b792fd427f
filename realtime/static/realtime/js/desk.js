/** A page that others change as well: it is read anew, unless somebody is in the middle of something here. */

import { Part } from "./socket.js";

const SOON = 400; // ms: several changes at once are one

export class Desk extends Part {
  #line = document.querySelector("[data-live]");
  #soon = 0;
  #greeted = false;

  constructor(socket) {
    super();
    this.socket = socket;
  }

  connect() {
    super.connect();
    if (!this.#line) return;
    const heard = () => this.#heard();
    this.on(this.socket, { [this.#line.dataset.live]: heard, hello: () => this.#again() });
  }

  disconnect() {
    super.disconnect();
    clearTimeout(this.#soon);
  }

  /** What came while there was no line is told by none. */
  #again() {
    if (this.#greeted) this.#heard();
    this.#greeted = true;
  }

  #heard() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#fresh(), SOON);
  }

  #fresh() {
    if (this.busy) this.#line.hidden = false;
    else location.reload();
  }

  /** Whether somebody is in the middle of something. */
  get busy() {
    const at = document.activeElement;
    const within = at && at !== document.body;
    return within || Boolean(document.querySelector("main details[open] form")) || this.#typed();
  }

  /** Whether something was written or chosen here that nobody has sent. */
  #typed() {
    return [...document.querySelectorAll("main :is(input, textarea, select)")].some(differs);
  }
}

function differs(field) {
  if (field.options) {
    const first = [...field.options].find((one) => one.defaultSelected) ?? field.options[0];
    return Boolean(first) && field.value !== first.value;
  }
  const ticked = field.type === "checkbox" || field.type === "radio";
  return ticked ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}
