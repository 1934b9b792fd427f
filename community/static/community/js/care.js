/**
 * What helps at once: the private card, drawn whole from what came with the answer (nothing more is asked of the network),
 * and the line that says who reads right now.
 */

const find = (name, within = document) => within.querySelector(`[data-${name}]`);
const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

const first = (index) => (index ? "button" : "button button-help");

/** A link, or a press that the page's own form sends. */
function act({ label, href, post }, className = "button") {
  if (!post) return make("a", { className, href, textContent: label });
  const button = make("button", { className, formAction: href, textContent: label });
  button.setAttribute("form", "act");
  button.dataset.post = "";
  return button;
}

/** In its place above where one writes; the address keeps it for when the page loads again. */
function show({ id, title, text, told, lines, acts }) {
  const card = find("template=care").content.cloneNode(true);
  find("care-title", card).textContent = title;
  find("care-text", card).append(...[...text, told].map((words) => make("p", { textContent: words })));
  find("care-lines", card).append(...lines.map((line, index) => act(line, first(index))));
  find("care-acts", card).append(...acts.map((one) => act(one)));
  find("care").replaceChildren(card);
  const address = new URL(location);
  address.searchParams.set("care", id);
  history.replaceState(history.state, "", address);
}

document.addEventListener("care", ({ detail }) => show(detail)); // the socket says so, whatever was answered

/** A message that its author is asked about: as it is, or not; the words wait in their row meanwhile. */
document.addEventListener("nudge", ({ detail: { key, again } }) => {
  const row = document.querySelector(`[data-key="${key}"]`);
  const button = make("button", { className: "link", type: "button", textContent: find("care").dataset.anyway });
  button.addEventListener("click", again, { once: true });
  find("state", row)?.append(button);
});

const LONGEST = 2 ** 31 - 1; // ms a timer can wait
const who = find("who");
let timer = 0;

/** Who reads right now. A name that cannot be asked about is not left standing. */
async function ask() {
  const where = `/api/v1/groups/${find("room").dataset.group}/reading`;
  const read = async (answer) => (answer.ok ? answer.json() : {});
  const { says, turns } = await fetch(where).then(read).catch(() => ({}));
  if (says) who.textContent = says;
  who.hidden = !says;
  turn(turns);
}

/** Ask again when the line is another by itself: the shift is over, or somebody looks in again. */
function turn(turns) {
  clearTimeout(timer);
  const left = Date.parse(turns) - Date.now() + 1_000;
  if (left > 0 && left < LONGEST) timer = setTimeout(ask, left);
}

if (who) {
  turn(who.dataset.turns);
  let hailed = false;
  document.addEventListener("told-reading", ({ detail: { group } }) => group === find("room").dataset.group && ask());
  document.addEventListener("told-hello", () => (hailed ? ask() : (hailed = true))); // it may be another by now
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  document.addEventListener("leave", () => clearTimeout(timer));
}
