/** Without a network: what this phone kept, if it is only its owner's. Words are set as text, never as markup. */

import { Shelf, unsent } from "./vault.js";

const AGAIN = 10_000; // ms until we look again whether there is a network
const HEADS = ["h1", "h2", "h3", "dt"];
const find = (name) => document.querySelector(`[data-${name}]`);

/** An element with words in it, and what else it is given. */
function made(tag, words, given = {}) {
  return Object.assign(document.createElement(tag), { textContent: words, dir: "auto" }, given);
}

function row({ own, day, who, when, line, note, words }) {
  const item = made("li", "", { className: own ? "kept-row own" : "kept-row" });
  if (day) item.append(made("h2", day, { className: "kept-day" }));
  if (line) item.append(made("p", line, { className: "secondary" }));
  else {
    const head = made("p", "", { className: "kept-who" });
    head.append(made("strong", who), " ", made("span", when, { className: "secondary small" }));
    item.append(head, note ? noted(note, words) : made("p", words, { className: "kept-words" }));
  }
  return item;
}

function noted(note, words) {
  const details = document.createElement("details");
  details.append(made("summary", note), made("p", words, { className: "kept-words" }));
  return details;
}

function sentence({ tag, words, own }) {
  return made(HEADS.includes(tag) ? "h3" : "p", words, own ? { className: "kept-words" } : {});
}

function draw(page) {
  const since = new Date(page.at).toLocaleString(document.documentElement.lang, { weekday: "long", hour: "numeric", minute: "2-digit" });
  find("kept-title").textContent = page.title;
  find("kept-since").textContent = find("kept-since").textContent.replace("{time}", since);
  if (page.rows) {
    const list = made("ol", "", { className: "kept" });
    list.append(...page.rows.map(row));
    find("kept-page").append(list);
  } else find("kept-page").append(...page.sentences.map(sentence));
  find("kept-part").hidden = false;
}

function lead(pages) {
  const links = pages.map(({ path, title }) => {
    const item = document.createElement("li");
    item.append(made("a", title, { className: "row", href: path }));
    return item;
  });
  find("kept-links").append(...links);
  find("kept-list").hidden = !links.length;
}

async function show() {
  find("kept-unsent").hidden = !(await unsent());
  const shelf = await Shelf.open();
  const pages = await shelf.pages();
  const here = pages.find(({ path }) => path === location.pathname);
  if (here) draw(here);
  lead(pages.filter((page) => page !== here));
}

/** A phone may be online long before we can be reached. */
async function back() {
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
}

window.addEventListener("online", back);
setInterval(back, AGAIN);
show().catch(() => {}); // nothing is kept here
