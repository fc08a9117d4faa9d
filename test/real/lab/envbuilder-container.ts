import { cpSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

import { type ContainerLogs, containerLogs, docker, inspect, label, removeContainer } from "./docker";
import { settings } from "./settings";
import { stateFolder } from "./state";
import { withoutColors } from "./command";
import { waitFor } from "./wait";

export interface EnvbuilderContainerOptions {
  /** Beside Envbuilder's own options, the proxy's variables and the like. */
  readonly env: Readonly<Record<string, string>>;
  /** Network, mounts, capabilities: see `ProxyNetwork.containerArgs`. */
  readonly args: readonly string[];
  /** Path in the container to file here, put into its layer before it starts, as Terraform's `upload` does. @default - none */
  readonly upload?: Readonly<Record<string, string>>;
  /** @default - the Envbuilder image that templates name */
  readonly image?: string;
}

export interface ContainerResult extends ContainerLogs {
  readonly status: number;
  /** Envbuilder's log, then what the init script printed. */
  readonly text: string;
}

interface Inspected {
  readonly State: { readonly Running: boolean; readonly ExitCode: number };
}

/** A container made by hand, without Terraform, as the documentation of Envbuilder shows it. */
export class EnvbuilderContainer {
  private constructor(public readonly name: string) {}

  /** Creates it, and does not start it. */
  public static async create(name: string, options: EnvbuilderContainerOptions): Promise<EnvbuilderContainer> {
    const container = new EnvbuilderContainer(`${settings.prefix}-${name}`);
    await removeContainer(container.name);
    const env = Object.entries(options.env).flatMap(([key, value]) => ["--env", `${key}=${value}`]);
    const image = options.image ?? settings.images.envbuilder;
    await docker(["create", "--name", container.name, ...label(), ...options.args, ...env, image]);
    await container.upload(options.upload ?? {});
    return container;
  }

  /** Creates, runs to the end and removes. */
  public static async run(name: string, options: EnvbuilderContainerOptions): Promise<ContainerResult> {
    const container = await EnvbuilderContainer.create(name, options);
    try {
      await container.start();
      return await container.waitForEnd();
    } finally {
      await container.remove();
    }
  }

  public async start(): Promise<void> {
    await docker(["start", this.name]);
  }

  /** At once, without the ten seconds of grace. */
  public async restart(): Promise<void> {
    await docker(["restart", "--time", "0", this.name]);
  }

  public async logs(): Promise<ContainerLogs> {
    return await containerLogs(this.name);
  }

  /** Until its process ends; then what it left. */
  public async waitForEnd(timeoutSec = 120): Promise<ContainerResult> {
    await waitFor(`the end of ${this.name}`, async () => !(await this.state()).Running || undefined, {
      timeoutSec,
      context: async () => (await this.result()).text,
    });
    return await this.result();
  }

  /** Until the init script, or Envbuilder, printed this so many times. Fails when the container ends before. */
  public async waitForText(text: string, times = 1, timeoutSec = 120): Promise<ContainerResult> {
    return await waitFor(
      `${JSON.stringify(text)} from ${this.name}`,
      async () => {
        // The state first: what is printed between the two questions is then not missed.
        const { Running } = await this.state();
        const result = await this.result();
        if (result.text.split(text).length > times) {
          return result;
        }
        if (!Running) {
          throw new Error(`${this.name} ended with status ${result.status} before ${text}:\n${result.text}`);
        }
        return undefined;
      },
      { timeoutSec, context: async () => (await this.result()).text },
    );
  }

  public async remove(): Promise<void> {
    await removeContainer(this.name);
  }

  private async state(): Promise<Inspected["State"]> {
    return (await inspect<Inspected>(this.name)).State;
  }

  private async result(): Promise<ContainerResult> {
    const { stdout, stderr } = await this.logs();
    const { ExitCode } = await this.state();
    return { status: ExitCode, stdout, stderr, text: withoutColors(`${stderr}\n${stdout}`) };
  }

  private async upload(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, file] of Object.entries(files)) {
      const stage = stateFolder("upload");
      mkdirSync(dirname(join(stage, path)), { recursive: true });
      cpSync(file, join(stage, path), { recursive: true });
      await docker(["cp", `${stage}/.`, `${this.name}:/`]);
      rmSync(stage, { recursive: true });
    }
  }
}
