// stack.toTerraform() and stack.prepareStack() without their waste: cdktf resolves every element twice and walks all plain
// values with the machinery for tokens. Here each element is resolved once, and only what holds a token goes that way.
import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  TerraformStack,
  Tokenization,
} from "cdktf";
import { deepMerge } from "cdktf/lib/util";
import type { IConstruct } from "constructs";
import type { TerraformTree, TerraformValue } from "../tree";

type PlainObject = Record<string, TerraformValue>;

const resolver = new DefaultTokenResolver(new StringConcat());

/**
 * A stack as Terraform's JSON syntax has it: what `toTerraform()` gives, at about a third of its cost.
 *
 * The stack must be prepared, as it is in validations and during synthesis.
 */
export function resolvedTree(stack: TerraformStack): TerraformTree {
  const rawOverrides: PlainObject = stack["rawOverrides"];
  const elements = elementsOf(stack);
  const overrides = Object.keys(rawOverrides);
  const metadata: PlainObject = { version: stack["cdktfVersion"], stackName: stack.node.id, backend: "local" };
  if (overrides.length) metadata["overrides"] = { stack: overrides };
  const outputs: PlainObject = {};
  for (const element of elements) {
    deepMerge(metadata, resolved(stack, element.toMetadata()));
    if (TerraformOutput.isTerraformOutput(element)) deepMerge(outputs, outputEntry(element));
  }
  const tree: PlainObject = { "//": { metadata, outputs } };
  for (const element of elements) deepMerge(tree, resolved(stack, element.toTerraform()));
  // Merged unresolved, because undefined means deletion there.
  const complete = overrides.length ? resolved(stack, deepMerge(tree, rawOverrides)) : tree;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape that cdktf gives it
  return complete as TerraformTree;
}

/** What `stack.prepareStack()` does, which a stack may override with this: the backend, and references between stacks. */
export function prepareStack(stack: TerraformStack): void {
  stack.ensureBackendExists();
  for (const element of elementsOf(stack)) resolved(stack, element.toTerraform(), true);
}

/** The elements of a stack, without those of stacks inside it. */
export function elementsOf(node: IConstruct, into: TerraformElement[] = []): TerraformElement[] {
  if (TerraformElement.isTerraformElement(node)) into.push(node);
  for (const child of node.node.children) if (!TerraformStack.isStack(child)) elementsOf(child, into);
  return into;
}

// The path of an output as nested objects, with its name at the end.
function outputEntry(output: TerraformOutput): TerraformValue {
  const path = output.node.path.split("/");
  return path.reduceRight<TerraformValue>((inner, part) => ({ [part]: inner }), output.friendlyUniqueId);
}

function resolved(scope: TerraformStack, value: TerraformValue, preparing = false): TerraformValue {
  const byCdktf = (): TerraformValue => Tokenization.resolve(value, { scope, preparing, resolver });
  if (value === null || typeof value !== "object") return holdsToken(value) ? byCdktf() : value;
  if (Array.isArray(value)) {
    const items: readonly TerraformValue[] = value;
    if (items.some(holdsToken)) return byCdktf();
    return items.map((item) => resolved(scope, item, preparing)).filter((item) => item !== undefined);
  }
  const plain = Object.getPrototypeOf(value) === Object.prototype && !("resolve" in value);
  if (!plain || Object.keys(value).some(holdsToken)) return byCdktf();
  const out: PlainObject = {};
  for (const [name, item] of Object.entries(value)) {
    const inner = resolved(scope, item, preparing);
    if (inner !== undefined) out[name] = inner;
  }
  return out;
}

// cdktf marks tokens in strings and lists with a name, in numbers with an extreme exponent, which a string may hold as digits.
function holdsToken(value: unknown): boolean {
  if (typeof value === "string") return value.includes("TfToken[") || value.includes("e+2");
  return typeof value === "number" && Math.abs(value) > 1e280;
}
