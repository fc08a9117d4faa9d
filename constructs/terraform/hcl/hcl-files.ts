// The files of a stack: name to content.
import type { TerraformTree } from "../tree";
import { commentLines } from "./comment-lines";
import { HclFault } from "./hcl-fault";
import { type HclLayout, kindRank } from "./hcl-layout";
import { addressOf, type WrittenBlock } from "./hcl-writer";

/** Files by their path in the stack's folder. */
export type Files = ReadonlyMap<string, string>;

/** Distributes blocks over files, and adds the layout's own. */
export function filesOf(blocks: readonly WrittenBlock[], tree: TerraformTree, layout: HclLayout): Files {
  const byFile = new Map<string, WrittenBlock[]>();
  const rank = (block: WrittenBlock): number => layout.rank?.(block) ?? kindRank(block);
  const ordered = blocks.map((block) => ({ block, rank: rank(block) })).sort((a, b) => a.rank - b.rank);
  for (const { block } of ordered) {
    const file = layout.fileOf(block);
    checkBlockFile(file, block);
    byFile.set(file, [...(byFile.get(file) ?? []), block]);
  }
  const files = new Map<string, string>();
  for (const [file, own] of [...byFile].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const heading = commentLines(layout.heading?.(file));
    files.set(file, [heading, joined(own)].filter(Boolean).join("\n"));
  }
  for (const [file, content] of Object.entries(layout.extraFiles?.(tree) ?? {})) {
    checkExtraFile(file, files);
    files.set(file, content);
  }
  return files;
}

function checkBlockFile(file: string, block: WrittenBlock): void {
  const reason = !/^[\w-][\w.-]*\.tf$/.test(file)
    ? "Terraform reads only files named *.tf that stand beside each other"
    : /(?:^|_)override\.tf$/.test(file)
      ? "Terraform takes what is in such a file as changes to the other files"
      : undefined;
  if (reason)
    throw new HclFault(
      `${addressOf(block)}: ${JSON.stringify(file)} cannot hold it: ${reason}; use main.tf or the like`,
    );
}

const isLine = ({ text }: WrittenBlock): boolean => text.indexOf("\n") === text.length - 1;

// Blocks without content stand close together, as people write `data "coder_workspace" "me" {}` and the like.
function joined(blocks: readonly WrittenBlock[]): string {
  return blocks
    .map((block, i) => {
      const before = blocks[i - 1];
      if (!before) return block.text;
      return (before.kind === block.kind && isLine(before) && isLine(block) ? "" : "\n") + block.text;
    })
    .join("");
}

function checkExtraFile(file: string, files: Files): void {
  if (files.has(file))
    throw new HclFault(`${file} is already there for blocks of the stack; give the other file another name`);
  const parts = file.split("/");
  if (file.includes("\\") || parts.some((part) => part === "" || part === "." || part === "..")) {
    throw new HclFault(`${JSON.stringify(file)} is no path in the stack's folder; use one like docs/usage.md`);
  }
  if (parts.length === 1 && /\.tf(?:\.json)?$/.test(file)) {
    throw new HclFault(`${file} would be read as Terraform that the stack knows nothing of; add constructs instead`);
  }
}
