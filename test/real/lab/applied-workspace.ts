import { withoutColors } from "./command";
import { containerLogs, docker, inspect } from "./docker";
import type { ProxyNetwork } from "./proxy-network";
import { TerraformWorkspace, type TerraformWorkspaceOptions } from "./terraform-workspace";
import { waitFor } from "./wait";

interface Inspected {
  readonly State: { readonly Running: boolean; readonly ExitCode: number };
}

/** A workspace on Docker, applied without Coder. */
export class AppliedWorkspace extends TerraformWorkspace {
  public readonly container: string;

  /** @param environment - Terraform's, beside what every workspace has */
  constructor(directory: string, options: TerraformWorkspaceOptions, environment: NodeJS.ProcessEnv = {}) {
    super(directory, options, environment);
    this.container = `coder-tester-${options.name}`;
  }

  /** Terraform's own complaint about a container that ends at once is no failure here: its log says why. */
  public override async start(): Promise<string> {
    try {
      return await super.start();
    } catch (error) {
      if (!/container exited immediately|exited with code/i.test(String(error))) throw error;
      return String(error);
    }
  }

  /** At once, without the ten seconds of grace. */
  public async restart(): Promise<void> {
    await docker(["restart", "--time", "0", this.container]);
  }

  /**
   * Envbuilder's log and then what the script printed.
   *
   * @param suffix - of the container's name, where the workspace has several
   */
  public async log(suffix = ""): Promise<string> {
    const { stdout, stderr } = await containerLogs(`${this.container}${suffix}`);
    return withoutColors(`${stderr}\n${stdout}`);
  }

  /** Until the text is there so many times, or the container has ended. Returns the log. */
  public async logWith(text: string, times = 1, timeoutSec = 120, suffix = ""): Promise<string> {
    return await waitFor(
      `${JSON.stringify(text)} from ${this.container}${suffix}`,
      async () => {
        const { Running } = (await inspect<Inspected>(`${this.container}${suffix}`)).State;
        const log = await this.log(suffix);
        return log.split(text).length > times || !Running ? log : undefined;
      },
      { timeoutSec, context: () => this.log(suffix) },
    );
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
