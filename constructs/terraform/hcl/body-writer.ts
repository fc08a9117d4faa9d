// Bodies of blocks: groups of attributes and nested blocks, laid out as a person would.
import type { TerraformBody, TerraformValue } from "../tree";
import { attributeRank, opensBlock } from "./attribute-order";
import type { BodyGrammar } from "./block-grammar";
import { commentLines } from "./comment-lines";
import { HclFault } from "./hcl-fault";
import { quoteLiteral } from "./quoted-string";
import { type Assignment, assignments, hclValue, isList, isObject, type StringMeaning } from "./value";

/** What is to be known of a body besides its content and its grammar. */
export interface BodyContext {
  /** The type of the resource or data source, or the kind of another top-level block; none for nested blocks. */
  readonly type?: string;
  /** Comments on attributes and nested blocks, by name. */
  readonly comments?: ReadonlyMap<string, string>;
}

/** Pieces of a body that stand apart from each other, by a blank line. */
type Piece = string;

/** A value that may also be one of a list. */
export function asList(value: TerraformValue): readonly TerraformValue[] {
  return isList(value) ? value : [value];
}

/** The lines between the braces of a block. */
export function bodyLines(
  content: TerraformBody,
  grammar: BodyGrammar,
  indent: string,
  context: BodyContext = {},
): string {
  const ranked = Object.entries(content)
    .filter(([name, value]) => name !== "//" && value !== undefined)
    .sort(([a], [b]) => attributeRank(a, context.type) - attributeRank(b, context.type));
  const isBlock = (name: string, value: TerraformValue): boolean =>
    Object.hasOwn(grammar.blocks ?? {}, name) || (name === "dynamic" && isObject(value));
  const plain: Assignment[] = [];
  const last: Assignment[] = [];
  const blocks: Piece[] = [];
  for (const [name, value] of ranked) {
    try {
      if (isBlock(name, value)) {
        const pieces =
          name === "dynamic" ? dynamicBlocks(value, grammar, indent) : [blockRun(name, grammar, value, indent)];
        const comment = commentLines(context.comments?.get(name), indent);
        blocks.push(...pieces.filter(Boolean).map((piece, i) => (i === 0 ? comment : "") + piece));
      } else {
        const text = hclValue(value, indent, meaningOf(name, grammar));
        (name === "depends_on" ? last : plain).push([name, text]);
      }
    } catch (error) {
      throw error instanceof HclFault ? error.at(name) : error;
    }
  }
  const groups = [...attributeGroups(plain, indent, context), ...blocks, ...attributeGroups(last, indent, context)];
  return groups.filter(Boolean).join("\n");
}

function meaningOf(name: string, grammar: BodyGrammar): StringMeaning {
  if (grammar.bare?.includes(name)) return "bare";
  return grammar.literal === true || grammar.literal?.includes(name) ? "literal" : "template";
}

// Attributes of one line stand together, those of several lines and the settings that open a block stand apart.
function attributeGroups(items: readonly Assignment[], indent: string, context: BodyContext): Piece[] {
  const groups: Assignment[][] = [];
  let apart = true;
  for (const item of items) {
    const [name, text] = item;
    const standsApart = text.includes("\n") || opensBlock(name);
    const comment = context.comments?.has(name) ?? false;
    if (apart || standsApart || comment || groups.length === 0) groups.push([item]);
    else groups.at(-1)?.push(item);
    apart = standsApart;
  }
  return groups.map(
    (group) => commentLines(context.comments?.get(group[0]?.[0] ?? ""), indent) + assignments(group, indent),
  );
}

/** A block with its braces. */
export function block(head: string, lines: string, indent: string): string {
  return lines ? `${indent}${head} {\n${lines}${indent}}\n` : `${indent}${head} {}\n`;
}

// All blocks of one name, below as many levels of labels as the block has.
function blockRun(name: string, parent: BodyGrammar, content: TerraformValue, indent: string): Piece {
  const grammar = parent.blocks?.[name] ?? {};
  const blocks = labelled(name, grammar.labels ?? 0, content).map(({ head, body }) =>
    block(head, bodyLines(body, grammar, `${indent}  `), indent),
  );
  return blocks.join(blocks.every(isSmall) ? "" : "\n");
}

interface LabelledBody {
  readonly head: string;
  readonly labels: readonly string[];
  readonly body: TerraformBody;
}

/** The bodies below the labels of a block, each with its head such as `resource "docker_volume" "home"`. */
export function labelled(
  name: string,
  levels: number,
  content: TerraformValue,
  labels: readonly string[] = [],
): LabelledBody[] {
  if (content === null || content === undefined) return [];
  return asList(content).flatMap((item) => {
    if (!isObject(item)) throw new HclFault(`a block must be an object, got ${JSON.stringify(item)}`);
    if (labels.length === levels) return [{ head: [name, ...labels.map(quoteLiteral)].join(" "), labels, body: item }];
    return Object.entries(item)
      .filter(([label]) => label !== "//")
      .flatMap(([label, inner]) => labelled(name, levels, inner, [...labels, label]));
  });
}

const SMALL_BLOCK_LINES = 5;

function isSmall(text: string): boolean {
  const lines = text.split("\n").length - 1;
  return lines <= SMALL_BLOCK_LINES && !/\n\n| \{\n[^]*\{\n/.test(text);
}

function dynamicBlocks(content: TerraformValue, grammar: BodyGrammar, indent: string): Piece[] {
  if (!isObject(content)) return [];
  return Object.entries(content).flatMap(([name, value]) =>
    asList(value).map((one) => {
      if (!isObject(one)) throw new HclFault(`dynamic.${name} must be an object, got ${JSON.stringify(one)}`);
      return dynamicBlock(name, one, grammar, indent);
    }),
  );
}

function dynamicBlock(name: string, content: TerraformBody, grammar: BodyGrammar, indent: string): Piece {
  const inner = `${indent}  `;
  const attributes: Assignment[] = [["for_each", hclValue(content["for_each"], inner)]];
  if (content["iterator"]) attributes.push(["iterator", hclValue(content["iterator"], inner, "bare")]);
  if (content["labels"]) attributes.push(["labels", hclValue(content["labels"], inner)]);
  const body = { blocks: { content: grammar.blocks?.[name] ?? {} } };
  const lines = `${assignments(attributes, inner)}\n${blockRun("content", body, content["content"] ?? {}, inner)}`;
  return block(`dynamic ${quoteLiteral(name)}`, lines, indent);
}
