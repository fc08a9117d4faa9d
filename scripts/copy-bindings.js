// Puts the generated provider bindings beside the compiled constructs that import them.
const fs = require("node:fs");
const path = require("node:path");

const root = path.dirname(__dirname);
fs.cpSync(path.join(root, "constructs", "providers"), path.join(root, "dist", "constructs", "providers"), {
  recursive: true,
});
