import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { shown } from "../../constructs/errors";
import type { TerraformTree, TerraformValue } from "../../constructs/terraform/tree";
import { errorCode } from "../error-code";
import { UsageError } from "../usage-error";
import { SyntaxFault, readTerraformFile } from "./terraform-file";

/** A place in a file. */
export interface Place {
  readonly file: string;
  /** From 1 on. @default - it is not known */
  readonly line?: number;
}

/** The Terraform of a directory, as one. */
export interface TemplateDirectory {
  readonly tree: TerraformTree;
  /** What the parser says of files that it cannot read. */
  readonly faults: readonly string[];
  /** Where the element of an address is declared. */
  place(address: string): Place | undefined;
}

interface Read {
  readonly name: string;
  readonly content: string;
  readonly tree: TerraformTree;
}

/**
 * Reads what Terraform reads of a directory: its `.tf` and `.tf.json` files, those that override others last.
 *
 * @throws when there is none
 */
export async function readTemplate(directory: string): Promise<TemplateDirectory> {
  const names = terraformFiles(directory);
  const read: Read[] = [];
  const faults: string[] = [];
  for (const name of names) {
    const content = readFileSync(join(directory, name), "utf8");
    try {
      read.push({ name, content, tree: await readTerraformFile(name, content) });
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      faults.push(error.message);
    }
  }
  const tree = read.reduce<TerraformTree>((all, file) => joined(all, file.tree), {});
  return { tree, faults, place: (address) => placeOf(address, read) };
}

function terraformFiles(directory: string): string[] {
  let entries: string[];
  try {
    entries = readdirSync(directory);
  } catch (error) {
    throw new UsageError(`${shown(directory)} cannot be read (${errorCode(error)}); give a template's directory`);
  }
  const names = entries.filter((name) => /^[^.].*\.tf(?:\.json)?$/.test(name)).sort();
  if (names.length === 0) {
    throw new UsageError(
      `${shown(directory)} holds no .tf file; give a template's directory, such as cdktf.out/stacks/NAME`,
    );
  }
  return [...names.filter((name) => !isOverride(name)), ...names.filter(isOverride)];
}

function isOverride(name: string): boolean {
  return /(?:^|_)override\.tf(?:\.json)?$/.test(name);
}

function joined(left: TerraformTree, right: TerraformTree): TerraformTree {
  const tree = joinedValues(left, right, 0);
  return isObject(tree) ? tree : {};
}

/** Kind, type, name and attributes; what is deeper is replaced as a whole, as Terraform's override files have it. */
const DEPTH = 4;

function joinedValues(left: TerraformValue, right: TerraformValue, depth: number): TerraformValue {
  if (Array.isArray(left) && Array.isArray(right) && depth < 2) {
    const [before, after]: readonly (readonly TerraformValue[])[] = [left, right];
    return [...(before ?? []), ...(after ?? [])];
  }
  if (!isObject(left) || !isObject(right) || depth >= DEPTH) return right;
  const out: Record<string, TerraformValue> = { ...left };
  for (const [key, value] of Object.entries(right)) {
    out[key] = key in left ? joinedValues(left[key], value, depth + 1) : value;
  }
  return out;
}

function isObject(value: TerraformValue): value is { readonly [name: string]: TerraformValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function placeOf(address: string, files: readonly Read[]): Place | undefined {
  const parts = address.replace(/\[.*$/, "").split(".");
  const kind =
    parts[0] === "data"
      ? "data"
      : parts[0] === "var"
        ? "variable"
        : KINDS.has(parts[0] ?? "")
          ? (parts[0] ?? "")
          : "resource";
  const labels = kind === "resource" ? parts.slice(0, 2) : parts.slice(1, kind === "data" ? 3 : 2);
  const head = [kind, ...labels.map((label) => `"?${label.replaceAll(/[^\w-]/g, "")}"?`)].join(String.raw`\s+`);
  for (const { name, content } of files) {
    const at = content.search(new RegExp(String.raw`^[ \t]*${head}\s*(?:\{|"|$)`, "m"));
    if (at >= 0) return { file: name, line: content.slice(0, at).split("\n").length };
  }
  const holder = files.find(({ tree }) => {
    let value: TerraformValue = tree[kind];
    for (const label of labels) value = isObject(value) ? value[label] : undefined;
    return value !== undefined;
  });
  return holder && { file: holder.name };
}

const KINDS: ReadonlySet<string> = new Set([
  "module",
  "output",
  "provider",
  "terraform",
  "locals",
  "check",
  "removed",
  "ephemeral",
]);
