import { createHash } from "node:crypto";

import { withoutColors } from "./command";
import { containerLogs, docker, inspect } from "./docker";
import type { ProxyNetwork } from "./proxy-network";
import { TerraformDirectory, type Plan, type TerraformOptions } from "./terraform";
import { waitFor } from "./wait";

interface Inspected {
  readonly State: { readonly Running: boolean; readonly ExitCode: number };
}

export interface AppliedWorkspaceOptions {
  /** The workspace's name, in lower case. */
  readonly name: string;
  /** What runs in place of the agent's own script. */
  readonly initScript: string;
  /** @default - the variables' defaults */
  readonly vars?: Readonly<Record<string, string>>;
}

/** Without it the provider makes a new token for each plan, and so another container. Coder hands it to claimed prebuilds. */
const TOKEN = `CODER_RUNNING_WORKSPACE_AGENT_TOKEN_${createHash("sha256").update("").digest("hex")}`;

/**
 * A template's directory applied by Terraform as Coder applies it, without Coder: the provider takes from the environment
 * what the provisioner would put there.
 */
export class AppliedWorkspace {
  public readonly container: string;
  private readonly directory: TerraformDirectory;
  private readonly options: AppliedWorkspaceOptions;

  constructor(directory: string, options: AppliedWorkspaceOptions) {
    this.directory = new TerraformDirectory(directory);
    this.options = options;
    this.container = `coder-tester-${options.name}`;
  }

  public async init(): Promise<void> {
    await this.directory.init();
  }

  /** Terraform's own complaint about a container that ends at once is no failure here: its log says why. */
  public async start(): Promise<void> {
    await this.init();
    try {
      await this.directory.apply(this.settings("start"));
    } catch (error) {
      if (!/container exited immediately|exited with code/i.test(String(error))) throw error;
    }
  }

  public async stop(): Promise<void> {
    await this.directory.apply(this.settings("stop"));
  }

  /** At once, without the ten seconds of grace. */
  public async restart(): Promise<void> {
    await docker(["restart", "--time", "0", this.container]);
  }

  public async plan(transition: "start" | "stop" = "start"): Promise<Plan> {
    return await this.directory.plan(this.settings(transition));
  }

  /** What Terraform itself says that it would do. */
  public async planText(): Promise<string> {
    const { vars, env } = this.settings("start");
    const values = Object.entries(vars ?? {}).map(([name, value]) => `-var=${name}=${value}`);
    return (await this.directory.terraform(["plan", "-input=false", ...values], { env })).stdout;
  }

  public async destroy(): Promise<void> {
    await this.directory.destroy(this.settings("stop"));
  }

  /** Envbuilder's log and then what the script printed. */
  public async log(): Promise<string> {
    const { stdout, stderr } = await containerLogs(this.container);
    return withoutColors(`${stderr}\n${stdout}`);
  }

  /** Until the text is there so many times, or the container has ended. Returns the log. */
  public async logWith(text: string, times = 1): Promise<string> {
    return await waitFor(
      `${JSON.stringify(text)} from ${this.container}`,
      async () => {
        const { Running } = (await inspect<Inspected>(this.container)).State;
        const log = await this.log();
        return log.split(text).length > times || !Running ? log : undefined;
      },
      { timeoutSec: 120, context: () => this.log() },
    );
  }

  private settings(transition: string): TerraformOptions {
    return {
      vars: this.options.vars ?? {},
      env: {
        CODER_AGENT_URL: "http://localhost:1",
        CODER_AGENT_SCRIPT_linux_amd64: this.options.initScript,
        [TOKEN]: "token-of-the-agent",
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

/** What puts a workspace on the isolated network of the lab. */
export function behindTheProxy(lab: ProxyNetwork): {
  networks: { name: string }[];
  dns: string[];
  hosts: { [name: string]: string };
} {
  return { networks: [{ name: lab.network }], dns: [lab.gateway], hosts: { "proxy.test": lab.gateway } };
}
