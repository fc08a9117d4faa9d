import type { TerraformBody, TerraformTree } from "../../../terraform/tree";
import { isBody } from "./literal";

/** A resource or a data source of the template. */
export interface Element {
  readonly kind: "resource" | "data";
  readonly type: string;
  /** The logical id. */
  readonly name: string;
  /** As Terraform writes it, such as `data.coder_parameter.repo`. */
  readonly address: string;
  readonly body: TerraformBody;
}

/** The managed resources, of one type or of all. */
export function resources(tree: TerraformTree, type?: string): readonly Element[] {
  return elements(tree, "resource", type);
}

/** The data sources, of one type or of all. */
export function dataSources(tree: TerraformTree, type?: string): readonly Element[] {
  return elements(tree, "data", type);
}

function elements(tree: TerraformTree, kind: Element["kind"], type?: string): Element[] {
  const found: Element[] = [];
  for (const [ofType, named] of Object.entries(tree[kind] ?? {})) {
    if (type !== undefined && ofType !== type) continue;
    for (const [name, body] of Object.entries(named ?? {})) {
      const address = `${kind === "data" ? "data." : ""}${ofType}.${name}`;
      if (isBody(body)) found.push({ kind, type: ofType, name, address, body });
    }
  }
  return found;
}

/** The blocks of a kind that has one label, such as `module`, `variable` or `output`. */
export function labelled(tree: TerraformTree, kind: string): readonly (readonly [string, TerraformBody])[] {
  const named = tree[kind];
  if (!isBody(named)) return [];
  return Object.entries(named).filter((entry): entry is [string, TerraformBody] => isBody(entry[1]));
}

/** Coder leaves its own resources out where it looks for the thing that an agent or a metadata block belongs to. */
export function isInfrastructure(element: Element): boolean {
  return element.kind === "resource" && (!element.type.startsWith("coder_") || element.type === "coder_external_agent");
}
