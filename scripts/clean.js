// Removes what an earlier build wrote: what no source makes any more would be published otherwise.
const fs = require("node:fs");
const path = require("node:path");

fs.rmSync(path.join(path.dirname(__dirname), "dist"), { recursive: true, force: true });
