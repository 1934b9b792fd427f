/**
 * A check-in sent where the line may drop. Without this script the form is an ordinary one. With it, what was typed stays on
 * the page until it is saved: without a signal it waits, and is sent when there is one again; saying a day twice is once.
 */

const AGAIN = 10_000; // ms until the next try
const SIGNED_OUT = new Set([401, 403]);

class CheckIn {
  #form;
  #timer = 0;

  constructor(form) {
    this.#form = form;
  }

  connect() {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    addEventListener("online", () => this.#timer && this.#send());
    document.addEventListener("leave", () => this.#wait(false));
  }

  async #send() {
    this.#wait(false);
    const answer = await fetch(`/api/v1/checkins/${this.#form.dataset.checkIn}`, this.#asked()).catch(() => null);
    if (answer?.ok) location.assign(`${this.#form.action}?saved`);
    else if (answer?.status === 422) this.#form.submit(); // the page itself says best what is wrong
    else if (SIGNED_OUT.has(answer?.status)) this.#say("signed-out", true);
    else this.#wait(true);
  }

  #asked() {
    const given = Object.fromEntries([...new FormData(this.#form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && value));
    if (given.craving) given.craving = Number(given.craving);
    const headers = { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf]").content };
    return { method: "PUT", headers, body: JSON.stringify(given) };
  }

  /** Not saved yet, or being tried once more. */
  #wait(waits) {
    clearTimeout(this.#timer);
    this.#timer = waits ? setTimeout(() => this.#send(), AGAIN) : 0;
    this.#say("waits", waits);
    this.#say("signed-out", false);
  }

  #say(what, shown) {
    this.#form.querySelector(`[data-${what}]`).hidden = !shown;
  }
}

for (const form of document.querySelectorAll("[data-check-in]")) new CheckIn(form).connect();
