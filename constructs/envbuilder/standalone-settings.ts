import type { Secret } from "../settings/secret";
import type { EnvbuilderSettings } from "./envbuilder-settings";

/** How a Coder agent of the author's own signs in. */
export interface CoderAgentAccess {
  /** Where the container reaches the Coder server (`CODER_AGENT_URL`). */
  readonly url: string;
  /** The agent's token (`CODER_AGENT_TOKEN`), such as `Secret.fromReference(agent.token)`. */
  readonly token: Secret;
}

/** What an Envbuilder container without a workspace of Coder around it is told. */
export interface StandaloneSettings extends EnvbuilderSettings {
  /**
   * The shell script that the finished container runs (`ENVBUILDER_INIT_SCRIPT`). `${…}` in it is the shell's.
   *
   * @default - it sleeps for ever
   */
  readonly initScript?: string;
  /**
   * What `initCommand` gets in place of `-c` and a script (`ENVBUILDER_INIT_ARGS`). `${…}` in it is not Terraform's.
   *
   * @default - `-c` and `initScript`
   */
  readonly initArguments?: string[];
  /**
   * A Coder agent that Envbuilder sends its log to. Both values stay in the container's environment, where the agent finds
   * them if `initScript` starts it.
   *
   * @default - the log is the container's alone
   */
  readonly coderAgent?: CoderAgentAccess;
}
