import type { TerraformTree } from "../tree";
import { LANGUAGE } from "./block-grammar";
import type { HclBlock } from "./hcl-writer";

/** Where the blocks of a stack stand, and what stands beside them. */
export interface HclLayout {
  /** The file that a top-level block belongs to, such as `variables.tf`. */
  fileOf(block: HclBlock): string;

  /**
   * The place of a top-level block in its file: less comes first, equals stay in the order of their kinds and as declared.
   *
   * @default - the order of `kindRank`
   */
  rank?(block: HclBlock): number;

  /**
   * A text that opens a file, written as a comment.
   *
   * @default - none
   */
  heading?(file: string): string | undefined;

  /**
   * Further files of the stack's folder, such as a README.md: name to content.
   *
   * @default - none
   */
  extraFiles?(tree: TerraformTree): Readonly<Record<string, string>>;

  /**
   * Looks at what is about to be written, when nothing has been written yet, unless the app skips validation: may throw, and
   * may add annotations.
   *
   * @default - nothing
   */
  validate?(tree: TerraformTree): void;
}

const KINDS = Object.keys(LANGUAGE);

/** The place of a block by its kind: terraform, providers, variables, locals, data sources, resources, modules, outputs. */
export function kindRank(block: HclBlock): number {
  return KINDS.indexOf(block.kind);
}

/** Everything in main.tf, in the order of the kinds. */
export const DEFAULT_LAYOUT: HclLayout = { fileOf: () => "main.tf" };
