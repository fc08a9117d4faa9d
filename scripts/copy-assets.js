// Puts what the compiler leaves behind beside the compiled constructs that need it: the generated provider bindings, and the
// shell scripts that workspaces run.
const fs = require("node:fs");
const path = require("node:path");

const root = path.dirname(__dirname);
for (const folder of ["providers", path.join("envbuilder", "scripts")]) {
  fs.cpSync(path.join(root, "constructs", folder), path.join(root, "dist", "constructs", folder), { recursive: true });
}
