import type { TerraformTree } from "../../../terraform/tree";
import { dataSources, isInfrastructure, labelled, resources } from "./elements";
import { isBody } from "./literal";
import { localValues } from "./locals";
import { referencesIn, referencesOf, type Reference } from "./references";

/** Which way to go: from what uses to what is used, or back. */
export type Direction = "dependencies" | "dependents";

type Edges = ReadonlyMap<string, ReadonlySet<string>>;

/** A resource that Coder may choose, and how many steps away it is. */
export interface Candidate {
  readonly address: string;
  readonly depth: number;
}

const graphs = new WeakMap<TerraformTree, Graph>();

/** What depends on what in a template: resources, data sources, local values, modules and providers. */
export function graphOf(tree: TerraformTree): Graph {
  let graph = graphs.get(tree);
  if (graph === undefined) graphs.set(tree, (graph = new Graph(tree)));
  return graph;
}

/** `terraform graph`, as far as a template alone tells it: a module is one node. */
export class Graph {
  private readonly edges = new Map<string, Set<string>>();
  private readonly infrastructure: ReadonlySet<string>;
  private readonly reached = new Map<string, ReadonlySet<string>>();
  private reduced: Readonly<Record<Direction, Edges>> | undefined;

  public constructor(tree: TerraformTree) {
    const elements = [...resources(tree), ...dataSources(tree)];
    this.infrastructure = new Set(elements.filter(isInfrastructure).map(({ address }) => address));
    for (const { address, type, body } of elements) {
      this.add(address, referencesOf(body));
      const provider = body["provider"];
      const name = typeof provider === "string" ? provider.replace(/\..*/, "") : type.replace(/_.*/, "");
      this.edges.get(address)?.add(`provider.${name}`);
    }
    for (const [name, value] of Object.entries(localValues(tree))) this.add(`local.${name}`, referencesIn(value));
    for (const [name, body] of labelled(tree, "module")) this.add(`module.${name}`, referencesOf(body));
    const providers = tree["provider"];
    // A provider may be configured several times, under aliases: one node for all.
    for (const [name, value] of Object.entries(isBody(providers) ? providers : {}))
      this.add(`provider.${name}`, referencesIn(value));
    // Terraform refuses what is not declared, and variables depend on nothing.
    for (const used of this.edges.values())
      for (const address of used) if (!this.edges.has(address)) used.delete(address);
  }

  /** Everything that an element depends on, whatever lies between. */
  public dependencies(address: string): ReadonlySet<string> {
    let reached = this.reached.get(address);
    if (reached === undefined) this.reached.set(address, (reached = reachable(this.edges, address)));
    return reached;
  }

  /** Everything that depends on an element, whatever lies between. */
  public dependents(address: string): ReadonlySet<string> {
    return reachable(this.reduction().dependents, address);
  }

  /**
   * The infrastructure around an element in the order in which Coder prefers it: by distance, then by address.
   *
   * Distance is counted in the graph that `terraform graph` prints. It leaves out an edge where there is a longer way to
   * the same place: a container that uses both an agent and a cached image that uses the agent is two steps away.
   */
  public nearestInfrastructure(address: string, direction: Direction): readonly Candidate[] {
    const edges = this.reduction()[direction];
    const depths = new Map<string, number>([[address, -1]]);
    // A Map keeps the order of insertion and visits what is added while it is walked: breadth first.
    for (const [node, depth] of depths)
      for (const next of edges.get(node) ?? []) if (!depths.has(next)) depths.set(next, depth + 1);
    return [...depths]
      .filter(([node]) => node !== address && this.infrastructure.has(node))
      .map(([node, depth]) => ({ address: node, depth }))
      .sort((a, b) => a.depth - b.depth || (a.address < b.address ? -1 : 1));
  }

  private add(address: string, references: readonly Reference[]): void {
    const used = this.edges.get(address) ?? new Set<string>();
    for (const reference of references) if (reference.address !== address) used.add(reference.address);
    this.edges.set(address, used);
  }

  private reduction(): Readonly<Record<Direction, Edges>> {
    if (this.reduced !== undefined) return this.reduced;
    const dependencies = new Map<string, Set<string>>();
    const dependents = new Map<string, Set<string>>();
    for (const [node, used] of this.edges) {
      const indirect = new Set([...used].flatMap((next) => [...this.dependencies(next)]));
      const direct = [...used].filter((next) => !indirect.has(next));
      dependencies.set(node, new Set(direct));
      for (const next of direct) dependents.set(next, (dependents.get(next) ?? new Set()).add(node));
    }
    this.reduced = { dependencies, dependents };
    return this.reduced;
  }
}

function reachable(edges: Edges, from: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const next = [...(edges.get(from) ?? [])];
  for (let node = next.pop(); node !== undefined; node = next.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    next.push(...(edges.get(node) ?? []));
  }
  return reached;
}
