import { ValidationError, shown } from "../errors";
import { isPlainAbsolutePath } from "../settings/absolute-path";
import { hasReference } from "../settings/text";
import type { Environment } from "./environment";
import type { EnvbuilderSettings } from "./envbuilder-settings";

/**
 * Tells Envbuilder what the finished workspace begins with, beside the init script, and which files it leaves there.
 *
 * @throws when a path is not absolute, or where the command has arguments that make it ignore the init script
 * @internal
 */
export function contributeStart(
  settings: EnvbuilderSettings,
  initArguments: readonly string[] | undefined,
  env: Environment,
): void {
  const add = (prop: string, name: string, value: string | undefined): void => {
    if (value === undefined) return;
    checkPath(prop, value);
    env.add(prop, `ENVBUILDER_${name}`, value);
  };
  add("initCommand", "INIT_COMMAND", settings.initCommand);
  add("postStartScriptPath", "POST_START_SCRIPT_PATH", settings.postStartScriptPath);
  add("exportEnvFile", "EXPORT_ENV_FILE", settings.exportEnvFile);
  if (initArguments && initArguments.length > 0) {
    env.add("initArguments", "ENVBUILDER_INIT_ARGS", initArguments.map(quoted).join(" "));
  }
}

/** As Envbuilder's parser takes it apart again: it has the quotes of a shell, and nothing else of one. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

function checkPath(prop: string, value: string): void {
  if (hasReference(value) || isPlainAbsolutePath(value)) return;
  throw new ValidationError(
    "container-path-malformed",
    `${prop} ${shown(value)} must be an absolute, normalized path in the container below /, because Envbuilder looks for no other; write it from the root, without .. or a trailing slash`,
  );
}
