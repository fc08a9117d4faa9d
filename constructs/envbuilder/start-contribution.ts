import { ValidationError, shown } from "../errors";
import { isPlainAbsolutePath } from "../settings/absolute-path";
import { hasReference, type Text } from "../settings/text";
import type { Contribution } from "./contribution";
import type { Environment } from "./environment";
import type { EnvbuilderSettings } from "./envbuilder-settings";

/** What a container runs once it is built. @internal */
export interface StartSurroundings {
  /** The script that the finished workspace runs. */
  readonly initScript?: Text;
  /** What its command gets in place of a script. */
  readonly initArguments?: readonly string[] | undefined;
  /** The Coder agent that runs in the workspace. */
  readonly agent?: { readonly url: string; readonly token: Text | string };
  /** Whether the container only looks for an image and ends. */
  readonly getCachedImage?: boolean;
}

/**
 * Tells Envbuilder what the finished workspace begins with, and which files it leaves there.
 *
 * @throws when a path is not absolute, or where the command has arguments that make it ignore the init script
 * @internal
 */
export function contributeStart(
  settings: EnvbuilderSettings,
  { initScript, initArguments = [], agent, getCachedImage }: StartSurroundings,
  env: Environment,
): Contribution {
  if (initScript && initArguments.length > 0) {
    throw new ValidationError(
      "init-args-hide-init-script",
      "initArguments make Envbuilder ignore initScript; leave out one of them",
    );
  }
  const add = (prop: string, name: string, value: string | undefined): void => {
    if (value === undefined) return;
    checkPath(prop, value);
    env.addOption(prop, name, value);
  };
  add("initCommand", "INIT_COMMAND", settings.initCommand);
  add("postStartScriptPath", "POST_START_SCRIPT_PATH", settings.postStartScriptPath);
  add("exportEnvFile", "EXPORT_ENV_FILE", settings.exportEnvFile);
  if (initArguments.length > 0) env.add("initArguments", "ENVBUILDER_INIT_ARGS", initArguments.map(quoted).join(" "));
  // An agent's script is handed out to those who may have its token.
  if (initScript) env.add("initScript", "ENVBUILDER_INIT_SCRIPT", initScript, agent !== undefined);
  if (agent) {
    env.add("agent", "CODER_AGENT_URL", agent.url);
    env.add("agent", "CODER_AGENT_TOKEN", agent.token, true);
  }
  if (getCachedImage) {
    if (settings.cache?.repository === undefined) {
      throw new ValidationError(
        "get-cached-image-without-cache-repo",
        "getCachedImage needs a cache in a registry, because Envbuilder ends without a place to look in; give cache as ImageCache.at",
      );
    }
    env.add("getCachedImage", "ENVBUILDER_GET_CACHED_IMAGE", "true");
  }
  return {};
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
