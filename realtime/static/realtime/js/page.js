/** A page without a conversation. Whoever stays on it hears what comes for them; whoever passes through opens no line. */

import { Desk } from "./desk.js";
import { Notices, Socket } from "./socket.js";

const STAYS = 2_000; // ms in sight

const socket = new Socket();
const notices = new Notices(socket);
const desk = new Desk(socket);
let stays = 0;

function come() {
  clearTimeout(stays);
  if (!document.hidden) stays = setTimeout(() => socket.connect(), STAYS);
}

function go() {
  clearTimeout(stays);
  document.removeEventListener("visibilitychange", come);
  notices.disconnect();
  desk.disconnect();
  socket.disconnect();
}

socket.addEventListener("ended", () => desk.busy || location.reload()); // signed out: the way in says why
notices.connect();
desk.connect();
come();
document.addEventListener("visibilitychange", come);
document.addEventListener("leave", go);
addEventListener("pagehide", go);
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
