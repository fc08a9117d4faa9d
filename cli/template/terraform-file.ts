import type { TerraformBody, TerraformTree, TerraformValue } from "../../constructs/terraform/tree";

/** A file of Terraform that cannot be read. */
export class SyntaxFault extends Error {
  public override readonly name = "SyntaxFault";
}

/**
 * One file as Terraform's JSON syntax would have it.
 *
 * HashiCorp's own parser, compiled for Node, reads native syntax: it is HCL in every corner, and needs neither Terraform nor
 * cdktf.
 *
 * @throws SyntaxFault
 */
export async function readTerraformFile(name: string, content: string): Promise<TerraformTree> {
  if (name.endsWith(".json")) return rendered(parseJson(name, content));
  const { parse }: typeof import("@cdktn/hcl2json") = require("@cdktn/hcl2json");
  try {
    const parsed: unknown = await parse(name, content);
    return rendered(asBody(name, parsed));
  } catch (error) {
    // "parse config: [main.tf:1,14-15: Unclosed configuration block; There is no closing brace …]"
    const message = error instanceof Error ? error.message : String(error);
    throw new SyntaxFault(message.replace(/^parse config: \[([^]*)\]$/, "$1"));
  }
}

function parseJson(name: string, content: string): TerraformBody {
  try {
    return asBody(name, JSON.parse(content));
  } catch (error) {
    throw error instanceof SyntaxFault ? error : new SyntaxFault(`${name}: ${String(error)}`);
  }
}

function asBody(name: string, value: unknown): TerraformBody {
  if (isTree(value)) return value;
  throw new SyntaxFault(`${name}: must hold an object`);
}

function isTree(value: unknown): value is TerraformBody {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The blocks in the form in which this library renders them: one body where only one may be, plain words undone. */
function rendered(tree: TerraformBody): TerraformTree {
  const out: Record<string, TerraformValue> = {};
  for (const [kind, value] of Object.entries(tree)) {
    if (kind === "resource" || kind === "data") out[kind] = each(value, (named) => each(named, single));
    else if (["variable", "output", "module", "check"].includes(kind)) out[kind] = each(value, single);
    else out[kind] = kind === "locals" || kind === "terraform" ? merged(value) : value;
  }
  return out;
}

function each(value: TerraformValue, change: (value: TerraformValue) => TerraformValue): TerraformValue {
  return isTree(value) ? Object.fromEntries(Object.entries(value).map(([key, held]) => [key, change(held)])) : value;
}

function single(value: TerraformValue): TerraformValue {
  const [first, ...others]: readonly TerraformValue[] = Array.isArray(value) ? value : [value];
  const body = others.length === 0 ? first : value;
  return isTree(body) ? withPlainWords(body) : body;
}

/** Several blocks that mean the same as one. */
function merged(value: TerraformValue): TerraformValue {
  if (!Array.isArray(value)) return value;
  const list: readonly TerraformValue[] = value;
  return Object.fromEntries(list.filter(isTree).flatMap((block) => Object.entries(block)));
}

/** Native syntax has words where JSON has texts: `ignore_changes = all`. The parser takes them for expressions. */
function withPlainWords(body: TerraformBody): TerraformBody {
  const { lifecycle } = body;
  if (lifecycle === undefined) return body;
  const list: readonly TerraformValue[] = Array.isArray(lifecycle) ? lifecycle : [lifecycle];
  return {
    ...body,
    lifecycle: list.map((block) => {
      if (!isTree(block)) return block;
      const ignored = block["ignore_changes"];
      return ignored === undefined ? block : { ...block, ignore_changes: plain(ignored) };
    }),
  };
}

function plain(value: TerraformValue): TerraformValue {
  if (Array.isArray(value)) return value.map((word: TerraformValue) => plain(word));
  return typeof value === "string" ? value.replace(/^\$\{([^}]*)\}$/, "$1") : value;
}
