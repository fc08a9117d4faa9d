import { createHash } from "node:crypto";

import { parseJson } from "./json";
import { TerraformDirectory, type Plan, type TerraformOptions } from "./terraform";

export interface TerraformWorkspaceOptions {
  /** The workspace's name, in lower case. */
  readonly name: string;
  /** What runs in place of the agent's own script. */
  readonly initScript: string;
  /** @default - the variables' defaults */
  readonly vars?: Readonly<Record<string, string>>;
}

/** What the agent's token is in workspaces without Coder. */
export const agentToken = "token-of-the-agent";

/** Without it the provider makes a new token for each plan, and so another container. Coder hands it to claimed prebuilds. */
const TOKEN = `CODER_RUNNING_WORKSPACE_AGENT_TOKEN_${createHash("sha256").update("").digest("hex")}`;

/**
 * A template's directory applied by Terraform as Coder applies it, without Coder: the provider takes from the environment
 * what the provisioner would put there.
 */
export class TerraformWorkspace {
  private readonly directory: TerraformDirectory;
  private readonly options: TerraformWorkspaceOptions;
  private readonly environment: NodeJS.ProcessEnv;

  constructor(directory: string, options: TerraformWorkspaceOptions, environment: NodeJS.ProcessEnv = {}) {
    this.directory = new TerraformDirectory(directory);
    this.options = options;
    this.environment = environment;
  }

  public async init(): Promise<void> {
    await this.directory.init();
  }

  /** Returns what Terraform says. */
  public async start(): Promise<string> {
    await this.init();
    return await this.directory.apply(this.settings("start"));
  }

  public async stop(): Promise<void> {
    await this.directory.apply(this.settings("stop"));
  }

  public async plan(transition: "start" | "stop" = "start"): Promise<Plan> {
    return await this.directory.plan(this.settings(transition));
  }

  /** What Terraform itself says that it would do. */
  public async planText(transition: "start" | "stop" = "start"): Promise<string> {
    const { vars, env } = this.settings(transition);
    const values = Object.entries(vars ?? {}).map(([name, value]) => `-var=${name}=${value}`);
    return (await this.directory.terraform(["plan", "-input=false", ...values], { env })).stdout;
  }

  /** What Terraform shows of the state. */
  public async stateText(): Promise<string> {
    return (await this.directory.terraform(["show"], { env: this.settings("start").env })).stdout;
  }

  /** The attributes of a resource that is there. */
  public async attributes(address: string): Promise<Readonly<Record<string, unknown>>> {
    const { stdout } = await this.directory.terraform(["show", "-json"], this.settings("start"));
    const { values } = parseJson<Pick<Plan, "prior_state">["prior_state"] & object>(stdout);
    const found = values.root_module.resources?.find((resource) => resource.address === address);
    if (!found) throw new Error(`${address} is not in the state`);
    return found.values;
  }

  public async destroy(): Promise<void> {
    await this.directory.destroy(this.settings("stop"));
  }

  private settings(transition: string): TerraformOptions {
    return {
      vars: this.options.vars ?? {},
      env: {
        ...this.environment,
        CODER_AGENT_URL: "http://localhost:1",
        CODER_AGENT_SCRIPT_linux_amd64: this.options.initScript,
        [TOKEN]: agentToken,
        CODER_WORKSPACE_TRANSITION: transition,
        CODER_WORKSPACE_NAME: this.options.name,
        CODER_WORKSPACE_ID: `id-of-${this.options.name}`,
        CODER_WORKSPACE_OWNER: "tester",
        CODER_WORKSPACE_OWNER_ID: "id-of-tester",
        CODER_WORKSPACE_OWNER_EMAIL: "tester@example.test",
      },
    };
  }
}
