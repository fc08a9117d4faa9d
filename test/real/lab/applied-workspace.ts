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

  constructor(directory: string, options: TerraformWorkspaceOptions) {
    super(directory, options);
    this.container = `coder-tester-${options.name}`;
  }

  /** Terraform's own complaint about a container that ends at once is no failure here: its log says why. */
  public override async start(): Promise<void> {
    try {
      await super.start();
    } catch (error) {
      if (!/container exited immediately|exited with code/i.test(String(error))) throw error;
    }
  }

  /** At once, without the ten seconds of grace. */
  public async restart(): Promise<void> {
    await docker(["restart", "--time", "0", this.container]);
  }

  /** Envbuilder's log and then what the script printed. */
  public async log(): Promise<string> {
    const { stdout, stderr } = await containerLogs(this.container);
    return withoutColors(`${stderr}\n${stdout}`);
  }

  /** Until the text is there so many times, or the container has ended. Returns the log. */
  public async logWith(text: string, times = 1, timeoutSec = 120): Promise<string> {
    return await waitFor(
      `${JSON.stringify(text)} from ${this.container}`,
      async () => {
        const { Running } = (await inspect<Inspected>(this.container)).State;
        const log = await this.log();
        return log.split(text).length > times || !Running ? log : undefined;
      },
      { timeoutSec, context: () => this.log() },
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
