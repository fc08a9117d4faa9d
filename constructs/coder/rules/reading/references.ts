import type { TerraformBody, TerraformValue } from "../../../terraform/tree";
import { isBody, mayHoldExpression } from "./literal";
import { scanExpression, scanTemplate, type Step, type Traversal } from "./template-scanner";

/** A use of another element, a variable, a local value or a module. */
export interface Reference {
  readonly kind: "resource" | "data" | "variable" | "local" | "module";
  /** Without attribute and index, such as `data.coder_parameter.repo`, `var.proxy` or `local.env`. */
  readonly address: string;
  /** What comes behind the address. */
  readonly steps: readonly Step[];
  /** The functions whose arguments it stands in, the outermost first. */
  readonly functions: readonly string[];
  /** As written. */
  readonly text: string;
  /** The attribute that holds it, with its parents; list positions are left out. */
  readonly path: readonly string[];
  /** It orders two elements and takes no value: `depends_on`, `replace_triggered_by`. */
  readonly ordering: boolean;
}

/** The arguments whose strings are names or plain text instead of templates. */
const NOT_TEMPLATES: readonly string[] = ["//", "provider", "providers"];
/** Arguments whose strings are addresses without `${…}`, with their parents. */
const ORDERING: readonly string[] = ["depends_on", "lifecycle.replace_triggered_by"];

const found = new WeakMap<TerraformBody, readonly Reference[]>();

/** All references of a block. */
export function referencesOf(body: TerraformBody): readonly Reference[] {
  let references = found.get(body);
  if (references === undefined) {
    references = Object.entries(body)
      .filter(([name]) => !NOT_TEMPLATES.includes(name))
      .flatMap(([name, value]) => referencesIn(value, [name]));
    found.set(body, references);
  }
  return references;
}

/** All references of a value, at whatever depth; keys of objects are templates too. */
export function referencesIn(value: TerraformValue, path: readonly string[] = []): Reference[] {
  if (typeof value === "string") {
    if (mayHoldExpression(value)) return toReferences(scanTemplate(value).traversals, path, isOrdering(path));
    return isOrdering(path) ? toReferences(scanExpression(value), path, true) : [];
  }
  if (Array.isArray(value)) return value.flatMap((element: TerraformValue) => referencesIn(element, path));
  if (!isBody(value)) return [];
  return Object.entries(value)
    .filter(([name]) => path.join(".") !== "lifecycle" || name !== "ignore_changes")
    .flatMap(([name, element]) => {
      const inside = referencesIn(element, [...path, name]);
      return mayHoldExpression(name) ? [...referencesIn(name, path), ...inside] : inside;
    });
}

function isOrdering(path: readonly string[]): boolean {
  return ORDERING.includes(path.join("."));
}

function toReferences(traversals: readonly Traversal[], path: readonly string[], ordering: boolean): Reference[] {
  return traversals.flatMap((traversal) => {
    const target = targetOf(traversal);
    if (target === undefined) return [];
    const { functions, text } = traversal;
    // Written out: to spread one into the other took a third of what the rules take.
    return [{ kind: target.kind, address: target.address, steps: target.steps, functions, text, path, ordering }];
  });
}

const BUILT_IN: readonly string[] = ["each", "count", "self", "path", "terraform", "ephemeral", "provider"];

function targetOf({ root, steps }: Traversal): Pick<Reference, "kind" | "address" | "steps"> | undefined {
  const [first, second] = steps.map((step) => (step.kind === "attribute" ? step.name : undefined));
  if (first === undefined || BUILT_IN.includes(root)) return undefined;
  if (root === "var") return { kind: "variable", address: `var.${first}`, steps: steps.slice(1) };
  if (root === "local" || root === "module") return { kind: root, address: `${root}.${first}`, steps: steps.slice(1) };
  if (root !== "data" && root !== "resource")
    return { kind: "resource", address: `${root}.${first}`, steps: steps.slice(1) };
  if (second === undefined) return undefined;
  // `resource.` is an optional prefix of a resource's address, `data.` is part of a data source's.
  const kind = root === "data" ? "data" : "resource";
  return { kind, address: `${kind === "data" ? "data." : ""}${first}.${second}`, steps: steps.slice(2) };
}
