// The top-level blocks of a stack as text.
import type { TerraformBody, TerraformTree, TerraformValue } from "../tree";
import { type BodyGrammar, elementGrammar, LANGUAGE, providerGrammar } from "./block-grammar";
import type { BlockNamesOf } from "./block-names";
import { block, bodyLines } from "./body-writer";
import { commentLines } from "./comment-lines";
import { HclFault } from "./hcl-fault";
import { labelledBodies } from "./labelled-body";
import { asList, isObject } from "./value-shapes";

/** What a top-level block is. */
export interface HclBlock {
  /** `terraform`, `provider`, `variable`, `locals`, `data`, `resource`, `module`, `output` … */
  readonly kind: string;
  /** The type of a resource, data source or provider. */
  readonly type?: string;
  /** The name of what has one; of a provider its alias. */
  readonly name?: string;
}

/** A top-level block with its text, comments included. */
export interface WrittenBlock extends HclBlock {
  readonly text: string;
}

/**
 * Comments by the address of what they are about, and below that by attribute; `""` for the whole.
 *
 * An address is that of Terraform, such as `data.coder_parameter.repo`; `provider.docker` or `provider.docker.alias` for
 * providers.
 */
export type HclComments = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The address by which errors and comments name a block. */
export function addressOf({ kind, type, name }: HclBlock): string {
  const prefix = kind === "resource" ? undefined : kind === "variable" ? "var" : kind;
  return [prefix, type, name].filter((part) => part !== undefined).join(".");
}

/**
 * Writes the top-level blocks of a tree, in the usual order of their kinds and otherwise as declared.
 *
 * @throws HclFault that names everything that cannot be written.
 */
export function writeBlocks(
  tree: TerraformTree,
  blockNames: BlockNamesOf,
  comments: HclComments = new Map(),
): WrittenBlock[] {
  const faults: string[] = Object.keys(tree)
    .filter((kind) => kind !== "//" && !Object.hasOwn(LANGUAGE, kind))
    .map((kind) => `${kind}: no block of this kind can be written; remove the override that adds it`);
  const written = Object.entries(LANGUAGE).flatMap(([kind, grammar]) => {
    try {
      return found(kind, tree[kind], grammar).flatMap((one): WrittenBlock[] => {
        try {
          return [{ ...one.block, text: writtenBlock(one, blockNames, comments) }];
        } catch (error) {
          faults.push(message(error, addressOf(one.block)));
          return [];
        }
      });
    } catch (error) {
      faults.push(message(error, kind));
      return [];
    }
  });
  if (faults.length) throw new HclFault(faults.join("\n"));
  return written;
}

function message(error: unknown, place: string): string {
  if (error instanceof HclFault) return error.at(place).message;
  throw error;
}

interface FoundBlock {
  readonly block: HclBlock;
  readonly head: string;
  readonly body: TerraformBody;
  readonly grammar: BodyGrammar;
}

function found(kind: string, content: TerraformValue, grammar: BodyGrammar): FoundBlock[] {
  return labelledBodies(kind, grammar.labels ?? 0, content).map(({ head, labels, body }) => {
    const [first, second] = labels;
    const { alias } = body;
    if (kind === "provider") return { block: { kind, type: first, name: text(alias) }, head, body, grammar };
    if (kind === "data" || kind === "resource")
      return { block: { kind, type: first, name: second }, head, body, grammar };
    return { block: { kind, name: first }, head, body, grammar };
  });
}

const text = (value: TerraformValue): string | undefined => (typeof value === "string" ? value : undefined);

const DESCRIBED = new Set(["provider", "data", "resource"]);

function writtenBlock(
  { block: what, head, body, grammar }: FoundBlock,
  blockNames: BlockNamesOf,
  comments: HclComments,
): string {
  const { kind, type } = what;
  const own = comments.get(addressOf(what));
  const described = DESCRIBED.has(kind) && type !== undefined;
  const names = !described ? undefined : isEmpty(body) ? {} : blockNames(kind, type);
  if (described && !names) checkUnambiguous(body, type);
  const full = !described ? grammar : kind === "provider" ? providerGrammar(names) : elementGrammar(names);
  checkComments(own, body);
  const lines = bodyLines(body, full, "  ", { orderedAs: type ?? kind, comments: own });
  return commentLines(own?.get("")) + block(head, lines, "");
}

/** Whether there is nothing in a body to tell apart: to ask the class of its type takes its time. */
function isEmpty(body: TerraformBody): boolean {
  return Object.keys(body).every((name) => name === "//");
}

// A comment that stands nowhere would be lost without a word.
function checkComments(comments: ReadonlyMap<string, string> | undefined, body: TerraformBody): void {
  const { dynamic } = body;
  const present = new Set(["", ...Object.keys(body), ...(isObject(dynamic) ? Object.keys(dynamic) : [])]);
  const lost = [...(comments?.keys() ?? [])].filter((name) => !present.has(name));
  if (lost.length) {
    throw new HclFault(
      `there is a comment on ${lost.join(", ")}, which it does not have; comment on what it has or on all of it`,
    );
  }
}

const LANGUAGE_BLOCKS = new Set(["//", "lifecycle", "connection", "provisioner", "depends_on"]);

// JSON spells blocks and objects alike; only the type's generated class tells them apart.
function checkUnambiguous(body: TerraformBody, type: string): void {
  const unclear = Object.keys(body).filter((name) => !LANGUAGE_BLOCKS.has(name) && asList(body[name]).some(isObject));
  if (!unclear.length) return;
  throw new HclFault(
    `${unclear.join(", ")} may be nested blocks or objects, and no class in the stack describes ${type}; ` +
      `use the generated class of ${type} here or anywhere in the stack`,
  );
}
