import type { Cluster } from "./cluster";
import { withoutColors } from "./command";
import { waitFor } from "./wait";

interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: { readonly exitCode: number };
}

/** The parts of a pod that tests ask for; the rest is there as well. */
export interface PodObject {
  readonly metadata: { readonly name: string; readonly uid: string; readonly deletionTimestamp?: string };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly restartCount: number;
      readonly state: ContainerState;
      readonly lastState: ContainerState;
    }[];
  };
}

/** The pod that some labels select: of several, which follow each other, the one that is not on its way out. */
export class ClusterPod {
  constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
    private readonly labels: string,
    private readonly container: string,
  ) {}

  /** As the API server has it; undefined when there is none. */
  public async find(): Promise<PodObject | undefined> {
    const selected = ["--namespace", this.namespace, "--selector", this.labels];
    const { items } = await this.cluster.get<{ readonly items: readonly PodObject[] }>("pods", ...selected);
    return items.find(({ metadata }) => metadata.deletionTimestamp === undefined);
  }

  /** What its container printed, Envbuilder's log included: the last one's that ended, if any did. */
  public async log(): Promise<string> {
    const pod = await this.find();
    if (pod === undefined) return "";
    const ended = this.statusOf(pod)?.lastState.terminated === undefined ? [] : ["--previous"];
    const what = [pod.metadata.name, "--namespace", this.namespace, "--container", this.container, ...ended];
    const logs = await this.cluster.kubectl(["logs", ...what], { statuses: [0, 1] });
    return logs.status === 0 ? withoutColors(logs.stdout) : "";
  }

  /** Until the text is there, or the container has ended. Returns the log. */
  public async logWith(text: string, timeoutSec = 90): Promise<string> {
    return await waitFor(
      `${JSON.stringify(text)} from a pod with ${this.labels}`,
      async () => {
        const pod = await this.find();
        const status = pod && this.statusOf(pod);
        if (status?.state.waiting !== undefined && status.restartCount === 0) return undefined;
        const log = await this.log();
        const ended = status?.state.terminated ?? status?.lastState.terminated;
        return log.includes(text) || ended !== undefined ? log : undefined;
      },
      { timeoutSec, context: () => this.describe() },
    );
  }

  /** What a shell command prints in the container. */
  public async exec(shell: string): Promise<string> {
    const name = (await this.find())?.metadata.name ?? "";
    const what = [name, "--namespace", this.namespace, "--container", this.container, "--", "/bin/sh", "-c", shell];
    return (await this.cluster.kubectl(["exec", ...what])).stdout;
  }

  /** As a person sees it, events and all. */
  public async describe(): Promise<string> {
    const what = ["pods", "--namespace", this.namespace, "--selector", this.labels];
    return `${(await this.cluster.kubectl(["describe", ...what])).stdout}\n${await this.log()}`;
  }

  private statusOf(pod: PodObject): NonNullable<PodObject["status"]["containerStatuses"]>[number] | undefined {
    return pod.status.containerStatuses?.find(({ name }) => name === this.container);
  }
}
