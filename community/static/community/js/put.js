/** How a day was, told to the server: by the page where somebody says it, or by the one that finds it waiting. */

const PATIENCE = 20_000; // ms for an answer
const ENDED = new Set([401, 403]);
const LATER = new Set([408, 425, 429]);

/** Once; answers what became of it: "saved", "refused" (for its person to decide), "ended" or "later". */
export async function put({ day, answers, seen, pressed, drawn }) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf]").content };
  const body = JSON.stringify({ ...answers, seen, ...(pressed && { pressed, drawn }) });
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(`/api/v1/checkins/${day}`, { method: "PUT", headers, body, signal });
    if (answer.ok) return { what: "saved", saved: await answer.json() };
    if (ENDED.has(answer.status)) return { what: "ended" };
    if (answer.status >= 500 || LATER.has(answer.status)) return { what: "later" };
    return { what: "refused", problem: await answer.json() };
  } catch {
    return { what: "later" };
  }
}
