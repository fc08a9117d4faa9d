import { type CommandOptions, type CommandResult, command } from "./command";
import { type DockerDaemon, dockerEnvironment, ensureDocker } from "./docker-daemon";
import { parseJson } from "./json";
import { settings } from "./settings";

/** What is the lab's carries it, so that the end of a run finds it. */
export const label = (): string[] => ["--label", `${settings.prefix}=1`];

/** One call of the Docker client. Fails with the client's own text. */
export async function docker(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return await call(await ensureDocker(), args, options);
}

export async function hasImage(name: string): Promise<boolean> {
  return (await docker(["image", "inspect", name], { statuses: [0, 1] })).status === 0;
}

/** `docker inspect` of any object. */
export async function inspect<T>(name: string): Promise<T> {
  const [found] = parseJson<[T]>((await docker(["inspect", name])).stdout);
  return found;
}

export interface ContainerLogs {
  readonly stdout: string;
  readonly stderr: string;
}

/** Apart, because Envbuilder writes its log to stderr and the init script's output to stdout. */
export async function containerLogs(name: string): Promise<ContainerLogs> {
  const { stdout, stderr } = await docker(["logs", name]);
  return { stdout, stderr };
}

/** What a shell command prints inside of a running container. */
export async function containerExec(name: string, shell: string): Promise<string> {
  return (await docker(["exec", name, "/bin/sh", "-c", shell])).stdout;
}

export async function removeContainer(name: string): Promise<void> {
  await docker(["rm", "--force", "--volumes", name], { statuses: [0, 1] });
}

/** Removes every container, network and image of this run from the daemon. Does not start a daemon for it. */
export async function removeDockerObjects(daemon: DockerDaemon): Promise<void> {
  const ids = async (args: readonly string[]) => (await call(daemon, args)).stdout.split("\n").filter(Boolean);
  const networks = [settings.isolated.name, settings.open.name];
  const labelled = [`label=${settings.prefix}`, ...networks.map((network) => `network=${network}`)];
  // In a daemon of our own everything is of this run, whatever a template called it.
  const filters = daemon.own ? ["name="] : labelled;
  for (const filter of filters) {
    const containers = await ids(["ps", "--all", "--quiet", "--filter", filter]);
    if (containers.length > 0) {
      await call(daemon, ["rm", "--force", "--volumes", ...containers]);
    }
  }
  await call(daemon, ["network", "rm", ...networks], { statuses: [0, 1] });
  const images = await ids(["images", "--quiet", "--filter", `label=${settings.prefix}`]);
  if (images.length > 0 && !daemon.own) {
    await call(daemon, ["image", "rm", "--force", ...new Set(images)]);
  }
}

function call(daemon: DockerDaemon, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return command(daemon.client, args, {
    ...options,
    // The old builder: the new one is a plugin that not every client has.
    env: { ...process.env, ...dockerEnvironment(), DOCKER_BUILDKIT: "0", ...options.env },
  });
}
