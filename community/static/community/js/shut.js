/** Nobody is signed in on this page: what could be read here without a network goes. */

import { shut } from "./vault.js";

shut().catch(() => {});
