import type { CoderServer, CreateOptions } from "./coder-server";
import { docker } from "./docker";
import { waitFor } from "./wait";

export interface WorkspaceAgent {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly lifecycle_state: string;
  readonly apps: readonly Readonly<Record<string, unknown>>[];
  readonly scripts: readonly Readonly<Record<string, unknown>>[];
}

export interface WorkspaceResource {
  readonly type: string;
  readonly name: string;
  readonly metadata?: readonly { readonly key: string; readonly value: string }[];
  readonly agents?: readonly WorkspaceAgent[];
}

export interface WorkspaceBuild {
  readonly id: string;
  readonly transition: "start" | "stop" | "delete";
  readonly job: { readonly status: string; readonly error?: string };
  readonly resources: readonly WorkspaceResource[];
}

interface Workspace {
  readonly id: string;
  readonly latest_build: WorkspaceBuild;
}

/** One workspace of the first user. Each of its builds ends before the method does, or fails with the build's log. */
export class CoderWorkspace {
  constructor(
    private readonly server: CoderServer,
    public readonly id: string,
    public readonly name: string,
  ) {}

  /** The latest build, as the API has it: resources, agents, metadata. */
  public async build(): Promise<WorkspaceBuild> {
    return (await this.server.api<Workspace>("GET", `workspaces/${this.id}`)).latest_build;
  }

  /** Until every agent is connected and ready, startup scripts done. */
  public async waitForAgent(timeoutSec = 60): Promise<readonly WorkspaceAgent[]> {
    return await waitFor(
      `the agents of ${this.name}`,
      async () => {
        const agents = await this.agents();
        const ready = agents.filter((agent) => agent.status === "connected" && agent.lifecycle_state === "ready");
        const failed = agents.find((agent) => /_(error|timeout)$/.test(agent.lifecycle_state));
        if (failed !== undefined) {
          throw new Error(`agent ${failed.name} is ${failed.lifecycle_state}:\n${await this.agentLog()}`);
        }
        return agents.length > 0 && ready.length === agents.length ? agents : undefined;
      },
      { timeoutSec, context: async () => `${await this.agentLog()}\n${await containerLogs()}` },
    );
  }

  /** What a shell command prints in the workspace, through `coder ssh`. */
  public async ssh(shell: string): Promise<string> {
    return (await this.server.coder("ssh", this.name, "--", shell)).stdout.replaceAll("\r", "");
  }

  public async start(options: CreateOptions = {}): Promise<WorkspaceBuild> {
    return await this.transition("start", options);
  }

  public async stop(): Promise<WorkspaceBuild> {
    return await this.transition("stop");
  }

  public async delete(): Promise<WorkspaceBuild> {
    return await this.transition("delete");
  }

  /** What Envbuilder and the agent reported to Coder. */
  public async agentLog(): Promise<string> {
    const lines = (await this.agents()).map(async ({ id, name, status, lifecycle_state: state }) => {
      const logs = await this.server.api<{ readonly output: string }[]>("GET", `workspaceagents/${id}/logs`);
      return [`agent ${name}: ${status}/${state}`, ...logs.map(({ output }) => output)].join("\n");
    });
    return (await Promise.all(lines)).join("\n");
  }

  /** @internal */
  public async waitForBuild(id: string): Promise<WorkspaceBuild> {
    const path = `workspacebuilds/${id}`;
    const build = await waitFor(
      `a build of ${this.name}`,
      async () => {
        const asked = await this.server.api<WorkspaceBuild>("GET", path);
        return /^(pending|running|canceling)$/.test(asked.job.status) ? undefined : asked;
      },
      { timeoutSec: 180 },
    );
    if (build.job.status !== "succeeded") {
      const logs = await this.server.api<{ readonly output: string }[]>("GET", `${path}/logs`);
      const text = logs.map(({ output }) => output).join("\n");
      throw new Error(`${build.transition} of ${this.name} ${build.job.status}: ${build.job.error ?? ""}\n${text}`);
    }
    return build;
  }

  private async transition(transition: string, options: CreateOptions = {}): Promise<WorkspaceBuild> {
    const { id } = await this.server.api<WorkspaceBuild>("POST", `workspaces/${this.id}/builds`, {
      transition,
      rich_parameter_values: parameterValues(options),
    });
    return await this.waitForBuild(id);
  }

  private async agents(): Promise<readonly WorkspaceAgent[]> {
    return (await this.build()).resources.flatMap((resource) => resource.agents ?? []);
  }
}

/** Through the API: the command line would ask for each parameter that has a default. */
export async function createWorkspace(
  server: CoderServer,
  name: string,
  template: string,
  options: CreateOptions,
): Promise<CoderWorkspace> {
  const { id, active_version_id: version } = await server.api<{
    readonly id: string;
    readonly active_version_id: string;
  }>("GET", `organizations/default/templates/${template}`);
  const presets = await server.api<{ readonly ID: string; readonly Name: string }[] | null>(
    "GET",
    `templateversions/${version}/presets`,
  );
  const preset = presets?.find(({ Name }) => Name === options.preset)?.ID;
  if (options.preset !== undefined && preset === undefined) {
    const known = presets?.map(({ Name }) => Name).join(", ");
    throw new Error(`template ${template} has no preset ${JSON.stringify(options.preset)}, but: ${known}`);
  }
  const created = await server.api<Workspace>("POST", "users/me/workspaces", {
    name,
    template_id: id,
    rich_parameter_values: parameterValues(options),
    ...(preset === undefined ? {} : { template_version_preset_id: preset }),
  });
  const workspace = new CoderWorkspace(server, created.id, name);
  await workspace.waitForBuild(created.latest_build.id);
  return workspace;
}

function parameterValues(options: CreateOptions): { name: string; value: string }[] {
  return Object.entries(options.parameters ?? {}).map(([name, value]) => ({ name, value }));
}

/** Of the newest containers: an agent that never came has its reason there. */
async function containerLogs(): Promise<string> {
  const { stdout } = await docker(["ps", "--last", "3", "--quiet"]);
  const logs = stdout
    .split("\n")
    .filter(Boolean)
    .map(async (id) => (await docker(["logs", "--tail", "60", id])).text);
  return (await Promise.all(logs)).join("\n");
}
