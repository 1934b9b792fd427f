/** A page without a conversation. Whoever stays on it hears what comes for them; whoever passes through opens no line. */

import { Notices, Socket } from "./socket.js";

const STAYS = 2_000; // ms in sight

const socket = new Socket();
const notices = new Notices(socket);
let stays = 0;

function come() {
  clearTimeout(stays);
  if (!document.hidden) stays = setTimeout(() => socket.connect(), STAYS);
}

function go() {
  clearTimeout(stays);
  document.removeEventListener("visibilitychange", come);
  notices.disconnect();
  socket.disconnect();
}

notices.connect();
come();
document.addEventListener("visibilitychange", come);
document.addEventListener("leave", go);
addEventListener("pagehide", go);
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
