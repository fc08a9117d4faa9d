import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PlannedFile } from "./planned-file";

/** Below Envbuilder's directory a build deletes nothing. */
export const SCRIPTS = "/.envbuilder/scripts";

/** Where the package has its scripts, which is above this code wherever the build puts that. */
const FOLDER = join("constructs", "envbuilder", "scripts");

/** By their names: one text of the process, however many templates. */
const libraryScripts = new Map<string, PlannedFile>();

/** A script of this library, from the folder `scripts` beside this file. @internal */
export function libraryScript(name: string): PlannedFile {
  const known = libraryScripts.get(name);
  if (known) return known;
  let root = __dirname;
  while (!existsSync(join(root, FOLDER)) && root !== dirname(root)) root = dirname(root);
  const script = carriedScript(name, readFileSync(join(root, FOLDER, name), "utf8"));
  libraryScripts.set(name, script);
  return script;
}

/** A script that lies beside the Terraform files, where people can read it, and in the container. @internal */
export function carriedScript(name: string, text: string): PlannedFile {
  return { path: `${SCRIPTS}/${name}`, content: [{ kind: "carried", name: `scripts/${name}`, text }] };
}
