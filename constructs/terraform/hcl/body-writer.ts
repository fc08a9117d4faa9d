// Bodies of blocks: groups of attributes and nested blocks, laid out as a person would.
import type { TerraformBody, TerraformValue } from "../tree";
import { type Assignment, assignments } from "./assignments";
import { attributeRank, inOrder, opensBlock } from "./attribute-order";
import type { BodyGrammar } from "./block-grammar";
import { commentLines } from "./comment-lines";
import { HclFault } from "./hcl-fault";
import { withIteratorName } from "./iterator-name";
import { labelledBodies } from "./labelled-body";
import { quoteLiteral } from "./quoted-string";
import { hclValue, type StringMeaning } from "./value";
import { asList, isObject } from "./value-shapes";
import { UnicodePattern } from "../../unicode-pattern";

/** What is to be known of a body besides its content and its grammar. */
export interface BodyContext {
  /** What decides the order of attributes: the type of a resource or data source, the name of another block. */
  readonly orderedAs: string;
  /** Comments on attributes and nested blocks, by name. */
  readonly comments?: ReadonlyMap<string, string>;
}

/** The lines between the braces of a block. */
export function bodyLines(content: TerraformBody, grammar: BodyGrammar, indent: string, context: BodyContext): string {
  const { orderedAs, comments } = context;
  const attributes: Assignment[] = [];
  const dependencies: Assignment[] = [];
  const blocks: string[] = [];
  for (const part of partsOf(content, grammar, orderedAs)) {
    const { name } = part;
    try {
      if (part.kind !== "attribute") {
        const text = nestedBlocks(part, grammar, indent);
        if (text) blocks.push(commentLines(comments?.get(name), indent) + text);
      } else (name === "depends_on" ? dependencies : attributes).push([name, attributeValue(part, grammar, indent)]);
    } catch (error) {
      throw error instanceof HclFault ? error.at(name) : error;
    }
  }
  const groups = (items: readonly Assignment[]): string[] =>
    grammar.dense ? [assignments(items, indent)] : attributeGroups(items, indent, comments);
  return [...groups(attributes), ...blocks, ...groups(dependencies)].filter(Boolean).join("\n");
}

/** An attribute, or the nested blocks of one name. */
interface Part {
  readonly kind: "attribute" | "block" | "dynamic";
  readonly name: string;
  readonly value: TerraformValue;
}

const NAME = new UnicodePattern(String.raw`^[\p{ID_Start}_][\p{ID_Continue}-]*$`);

function partsOf(content: TerraformBody, grammar: BodyGrammar, orderedAs: string): Part[] {
  const parts = Object.entries(content).flatMap(([name, value]): Part[] => {
    if (name === "//" || value === undefined) return [];
    if (Object.hasOwn(grammar.blocks ?? {}, name)) return [{ kind: "block", name, value }];
    if (name !== "dynamic" || !isObject(value)) return [{ kind: "attribute", name, value }];
    return Object.entries(value).map(([inner, dynamic]) => ({ kind: "dynamic", name: inner, value: dynamic }));
  });
  const misnamed = parts.find(({ name }) => !NAME.test(name));
  if (misnamed) {
    throw new HclFault(
      `${JSON.stringify(misnamed.name)} is no name of an attribute; it takes letters, digits, _ and -`,
    );
  }
  return parts.sort((a, b) => attributeRank(a.name, orderedAs) - attributeRank(b.name, orderedAs) || placeInJson(a, b));
}

// Where blocks of one name are some static and some dynamic, Terraform takes them in the order of the file, and cdktf sorts
// the names in its JSON.
function placeInJson(a: Part, b: Part): number {
  if (a.name !== b.name || a.kind === b.kind) return 0;
  const dynamicFirst = "dynamic" < a.name;
  return (a.kind === "dynamic") === dynamicFirst ? -1 : 1;
}

/** A block with its braces. */
export function block(head: string, lines: string, indent: string): string {
  return lines ? `${indent}${head} {\n${lines}${indent}}\n` : `${indent}${head} {}\n`;
}

function nestedBlocks({ kind, name, value }: Part, { blocks }: BodyGrammar, indent: string): string {
  const grammar = blocks?.[name] ?? {};
  if (kind === "block") return blockRun(name, grammar, value, indent, name);
  return labelledBodies(name, 0, value)
    .map(({ body }) => dynamicBlock(name, body, grammar, indent))
    .join("\n");
}

function attributeValue({ name, value }: Part, grammar: BodyGrammar, indent: string): string {
  const shown = grammar.dense && isObject(value) ? inOrder(value, name) : value;
  return hclValue(shown, indent, meaningOf(name, grammar));
}

function meaningOf(name: string, grammar: BodyGrammar): StringMeaning {
  if (grammar.bare?.includes(name)) return "bare";
  return grammar.literal === true || grammar.literal?.includes(name) ? "literal" : "template";
}

// Attributes of one line stand together; those of several lines and the settings that open a block stand apart.
function attributeGroups(items: readonly Assignment[], indent: string, comments: BodyContext["comments"]): string[] {
  const groups: Assignment[][] = [];
  let apart = true;
  for (const item of items) {
    const [name, text] = item;
    const standsApart = text.includes("\n") || opensBlock(name);
    if (apart || standsApart || comments?.has(name)) groups.push([item]);
    else groups.at(-1)?.push(item);
    apart = standsApart;
  }
  return groups.map((group) => commentLines(comments?.get(group[0]?.[0] ?? ""), indent) + assignments(group, indent));
}

// All blocks of one name.
function blockRun(
  name: string,
  grammar: BodyGrammar,
  content: TerraformValue,
  indent: string,
  orderedAs: string,
): string {
  const blocks = labelledBodies(name, grammar.labels ?? 0, content).map(({ head, body }) =>
    block(head, bodyLines(body, grammar, `${indent}  `, { orderedAs }), indent),
  );
  return blocks.join(blocks.every(isSmall) ? "" : "\n");
}

const SMALL_BLOCK_LINES = 5;

function isSmall(text: string): boolean {
  return text.split("\n").length - 1 <= SMALL_BLOCK_LINES && !text.includes("\n\n");
}

function dynamicBlock(name: string, dynamic: TerraformBody, grammar: BodyGrammar, indent: string): string {
  const inner = `${indent}  `;
  const { for_each: forEach, iterator, labels, content } = dynamic;
  const attributes: Assignment[] = [["for_each", hclValue(forEach, inner)]];
  const renamed = iterator === "each" && isObject(content) ? withIteratorName(content, iterator, name) : undefined;
  if (iterator && !renamed) attributes.push(["iterator", hclValue(iterator, inner, "bare")]);
  if (labels) attributes.push(["labels", hclValue(labels, inner)]);
  const contents = asList(renamed ?? content ?? {}).map((one) => blockRun("content", grammar, one, inner, name));
  return block(`dynamic ${quoteLiteral(name)}`, `${assignments(attributes, inner)}\n${contents.join("\n")}`, indent);
}
