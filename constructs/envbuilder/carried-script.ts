import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { PlannedFile } from "./planned-file";

/** Below Envbuilder's directory a build deletes nothing. */
export const SCRIPTS = "/.envbuilder/scripts";

/** A script of this library, from the folder `scripts` beside this file. @internal */
export function libraryScript(name: string): PlannedFile {
  return carriedScript(name, readFileSync(path.join(__dirname, "scripts", name), "utf8"));
}

/** A script that lies beside the Terraform files, where people can read it, and in the container. @internal */
export function carriedScript(name: string, text: string): PlannedFile {
  return { path: `${SCRIPTS}/${name}`, content: [{ kind: "carried", name: `scripts/${name}`, text }] };
}
