import { ValidationError, shown } from "../errors";
import { Cpu } from "../settings/cpu";
import { checkQualifiedName } from "../settings/kubernetes-name";
import { Size } from "../settings/size";

/** What a container may use of its node. */
export interface ContainerResources {
  /**
   * How much computing time the container may use.
   *
   * @default - no limit; a workspace's user is asked, by the parameter `cpu`
   */
  readonly cpu?: Cpu;
  /**
   * How much memory the container may use. With more it is ended, builds included.
   *
   * @default - no limit; a workspace's user is asked, by the parameter `memory`
   */
  readonly memory?: Size;
  /**
   * How much computing time is kept free for it.
   *
   * @default - 250 thousandths of a core, or `cpu` where that is less
   */
  readonly cpuRequest?: Cpu;
  /**
   * How much memory is kept free for it.
   *
   * @default - 512 MiB, or `memory` where that is less
   */
  readonly memoryRequest?: Size;
  /**
   * How much of the node's disk it may use: the built image counts, what is in volumes does not.
   *
   * @default - no limit
   */
  readonly ephemeralStorage?: Size;
  /**
   * How much of the node's disk is kept free for it.
   *
   * @default - what `ephemeralStorage` is
   */
  readonly ephemeralStorageRequest?: Size;
  /**
   * How many of other resources it gets, such as `{ "nvidia.com/gpu": 1 }`.
   *
   * @default - none
   */
  readonly extendedResources?: { [name: string]: number };
}

/** Amounts as Kubernetes writes them, each perhaps a reference. */
export interface Quantities {
  readonly limits?: { readonly [name: string]: string };
  readonly requests?: { readonly [name: string]: string };
}

/** How an amount becomes a quantity: where users choose it, by a parameter. */
export interface QuantityReader {
  cpu(amount: Cpu): string;
  memory(amount: Size): string;
}

/** Amounts that are known at synth. */
export const FIXED_AMOUNTS: QuantityReader = {
  cpu: (amount) => amount.toQuantity(),
  memory: (amount) => amount.toQuantity(),
};

const CPU_REQUEST = Cpu.millis(250);
const MEMORY_REQUEST = Size.mebibytes(512);

/** What is kept free unless something else is said. */
export function withRequests(resources: ContainerResources): ContainerResources {
  const { cpu, memory } = resources;
  return {
    ...resources,
    cpuRequest: resources.cpuRequest ?? smaller(CPU_REQUEST, cpu, leastCpu),
    memoryRequest: resources.memoryRequest ?? smaller(MEMORY_REQUEST, memory, leastMemory),
  };
}

/** The `resources` of a container. */
export function quantities(resources: ContainerResources, read: QuantityReader): Quantities | undefined {
  const { cpu, memory, ephemeralStorage, ephemeralStorageRequest } = resources;
  // What is empty is left out: Terraform would see Kubernetes' own defaults as a change of it.
  return defined({
    requests: defined({
      cpu: resources.cpuRequest?.toQuantity(),
      memory: resources.memoryRequest?.toQuantity(),
      "ephemeral-storage": ephemeralStorageRequest?.toQuantity(),
    }),
    limits: defined({
      cpu: cpu && read.cpu(cpu),
      memory: memory && read.memory(memory),
      "ephemeral-storage": ephemeralStorage?.toQuantity(),
      ...Object.fromEntries(
        Object.entries(resources.extendedResources ?? {}).map(([name, count]) => [name, String(count)]),
      ),
    }),
  });
}

/** @throws when Kubernetes would refuse the amounts */
export function checkResources(at: string, resources: ContainerResources): void {
  const { cpu, memory, ephemeralStorage, extendedResources = {} } = resources;
  checkRequest(`${at}cpu`, resources.cpuRequest?.toMillis(), cpu && leastCpu(cpu));
  checkRequest(`${at}memory`, resources.memoryRequest?.toMebibytes(), memory && leastMemory(memory));
  checkRequest(
    `${at}ephemeralStorage`,
    resources.ephemeralStorageRequest?.toMebibytes(),
    ephemeralStorage?.toMebibytes(),
  );
  for (const [name, count] of Object.entries(extendedResources)) {
    checkQualifiedName(`${at}extendedResources`, name);
    if (!name.includes("/")) {
      throw new ValidationError(
        "extended-resource-malformed",
        `${at}extendedResources has ${shown(name)}, which must have a domain before it, as all resources beyond Kubernetes' own do; write it as "nvidia.com/gpu"`,
      );
    }
    if (!Number.isInteger(count) || count < 1) {
      throw new ValidationError(
        "extended-resource-malformed",
        `${at}extendedResources.${name} ${count} must be a whole number from 1 on, because Kubernetes shares none out in parts; round it, or leave it out`,
      );
    }
  }
}

function checkRequest(at: string, request: number | undefined, limit: number | undefined): void {
  if (request === undefined || limit === undefined || request <= limit) return;
  throw new ValidationError(
    "request-above-limit",
    `${at}Request is more than ${at} or the least that users may choose of it, which Kubernetes refuses; lower ${at}Request`,
  );
}

function smaller<T extends Cpu | Size>(one: T, limit: T | undefined, least: (amount: T) => number): T {
  return limit !== undefined && least(limit) < least(one) ? limit : one;
}

function leastCpu(amount: Cpu): number {
  return amount.choice ? amount.choice.min * 1000 : amount.toMillis();
}

function leastMemory(amount: Size): number {
  return amount.choice ? amount.choice.min * 1024 : amount.toMebibytes();
}

/** What is there of an object, or nothing where all of it is missing. */
function defined<T>(values: { readonly [name: string]: T | undefined }): { readonly [name: string]: T } | undefined {
  const entries = Object.entries(values).flatMap(([name, value]): [string, T][] =>
    value === undefined ? [] : [[name, value]],
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
