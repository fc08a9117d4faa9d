import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  AnnotationMetadataEntryType,
  type ISynthesisSession,
  type IStackSynthesizer,
  type TerraformStack,
} from "cdktf";
import { StackSynthesizer } from "cdktf/lib/synthesize/synthesizer";
import type { TerraformTree, TerraformValue } from "../tree";
import { blockNamesOf } from "./block-names";
import { hclComments } from "./hcl-comments";
import { HclFault } from "./hcl-fault";
import { type Files, filesOf } from "./hcl-files";
import { DEFAULT_LAYOUT, type HclLayout } from "./hcl-layout";
import { writeBlocks } from "./hcl-writer";
import { resolvedTree } from "./resolved-tree";
import { notedFiles, StackFolder } from "./stack-folder";
import { isObject } from "./value-shapes";

/**
 * Writes a stack as native Terraform: `stack.synthesizer = new HclSynthesizer(stack, layout)`.
 *
 * The stack's folder holds Terraform and the layout's own files only; what cdktf-cli reads of a stack is in
 * `metadata/<stack>.json` of the output folder. cdktf's own synthesizer does all but the writing: aspects, validations,
 * assets, annotations, the manifest.
 */
export class HclSynthesizer implements IStackSynthesizer {
  private readonly stack: TerraformStack;
  private readonly layout: HclLayout;

  constructor(stack: TerraformStack, layout: HclLayout = DEFAULT_LAYOUT) {
    this.stack = stack;
    this.layout = layout;
  }

  /** The files of the stack, without writing them; the stack must be prepared. */
  public files(): Files {
    return this.render(resolvedTree(this.stack));
  }

  public synthesize(session: ISynthesisSession): void {
    const { stack } = this;
    const continueOnErrors = process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] !== undefined;
    let pending: PendingOutput | undefined;
    // cdktf asks for the stack's entry of the manifest after aspects and validations and before it touches the folder. That is
    // the moment to find out whether everything can be written, and the last one to stop.
    const manifest: ISynthesisSession["manifest"] = Object.create(session.manifest, {
      forStack: {
        value: (other: TerraformStack) => {
          if (other === stack) pending ??= this.begin(session, continueOnErrors);
          return session.manifest.forStack(other);
        },
      },
    });
    // In its mode for HCL cdktf writes what this gives, and reads the metadata instead of the stack.
    Object.defineProperty(stack, "toHclTerraform", { configurable: true, value: () => pending?.finish() });
    new StackSynthesizer(stack, continueOnErrors, true).synthesize({ ...session, manifest });
  }

  private begin(session: ISynthesisSession, continueOnErrors: boolean): PendingOutput {
    const tree = resolvedTree(this.stack);
    if (!session.skipValidation) this.layout.validate?.(tree);
    const files = this.render(tree);
    const entry = session.manifest.forStack(this.stack) as { -readonly [K in keyof StackManifest]: StackManifest[K] };
    const metadataFile = join("metadata", `${entry.name}.json`);
    entry.synthesizedStackPath = join(entry.workingDirectory, mainFile(files));
    // Outside the stack's folder, which is to hold Terraform only.
    entry.stackMetadataPath = metadataFile;
    const output = new PendingOutput(
      new StackFolder(join(session.outdir, entry.workingDirectory)),
      join(session.outdir, metadataFile),
      files,
      tree,
    );
    // cdktf would raise the same error, but only after assets have been written.
    if (continueOnErrors || !hasErrorAnnotation(this.stack)) output.begin();
    return output;
  }

  private render(tree: TerraformTree): Files {
    try {
      return filesOf(writeBlocks(tree, blockNamesOf(this.stack), hclComments(this.stack)), tree, this.layout);
    } catch (error) {
      if (!(error instanceof HclFault)) throw error;
      throw new Error(
        `stack ${this.stack.node.path} cannot be written as Terraform\n${error.message.replace(/^/gm, "  ")}`,
        {
          cause: error,
        },
      );
    }
  }
}

type StackManifest = ReturnType<ISynthesisSession["manifest"]["forStack"]>;

/** Files that are known but not written yet: assets come first. */
class PendingOutput {
  private foreign = new Set<string>();

  constructor(
    private readonly folder: StackFolder,
    private readonly metadataFile: string,
    private readonly texts: Files,
    private readonly tree: TerraformTree,
  ) {}

  public begin(): void {
    mkdirSync(dirname(this.metadataFile), { recursive: true });
    this.folder.clear(notedFiles(this.metadataFile));
    this.foreign = new Set(this.folder.files());
  }

  /** Writes all files but the main one, and gives that and the metadata to cdktf. */
  public finish(): { hcl: string; metadata: object } {
    const main = mainFile(this.texts);
    const carried = this.folder.files().filter((file) => !this.foreign.has(file));
    const twice = carried.find((file) => this.texts.has(file));
    if (twice !== undefined)
      throw new Error(`${twice} is written by the stack and by one of its constructs; give the latter's another name`);
    for (const [file, content] of this.texts) if (file !== main) this.folder.write(file, content);
    return {
      hcl: this.texts.get(main) ?? "",
      metadata: metadataOf(this.tree, [...carried, ...this.texts.keys()].sort()),
    };
  }
}

// cdktf-cli wants to know one file of the stack.
function mainFile(files: Files): string {
  const names = [...files.keys()].filter((name) => name.endsWith(".tf"));
  return names.find((name) => name === "main.tf") ?? names[0] ?? "main.tf";
}

function hasErrorAnnotation(stack: TerraformStack): boolean {
  const error: string = AnnotationMetadataEntryType.ERROR;
  return stack.node.findAll().some(({ node }) => node.metadata.some((entry) => entry.type === error));
}

/**
 * What cdktf-cli reads of a stack: construct paths, names of outputs, required providers, whether the state is remote, imports.
 * And what it does not read: the files, by which the next synthesis knows what to remove.
 */
function metadataOf(tree: TerraformTree, files: readonly string[]): object {
  const { "//": own } = tree;
  return {
    "//": { ...(isObject(own) ? own : {}), files },
    terraform: tree["terraform"] ?? {},
    import: tree["import"],
    resource: constructPaths(tree.resource),
    data: constructPaths(tree.data),
  };
}

function constructPaths(types: TerraformTree["resource"]): Record<string, Record<string, { "//": TerraformValue }>> {
  return Object.fromEntries(
    Object.entries(types ?? {}).map(([type, bodies]) => [
      type,
      Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, { "//": body["//"] }])),
    ]),
  );
}
