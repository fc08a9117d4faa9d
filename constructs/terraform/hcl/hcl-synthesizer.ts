import {
  AnnotationMetadataEntryType,
  type ISynthesisSession,
  type IStackSynthesizer,
  type TerraformStack,
} from "cdktf";
import { encounteredAnnotationWithLevelError } from "cdktf/lib/errors";
import { StackSynthesizer } from "cdktf/lib/synthesize/synthesizer";
import { ValidationError } from "../../errors";
import type { TerraformTree } from "../tree";
import { blockNamesOf } from "./block-names";
import { hclComments } from "./hcl-comments";
import { HclFault } from "./hcl-fault";
import { type Files, filesOf } from "./hcl-files";
import { DEFAULT_LAYOUT, type HclLayout } from "./hcl-layout";
import { writeBlocks } from "./hcl-writer";
import { PendingOutput } from "./pending-output";
import { resolvedTree } from "./resolved-tree";

/**
 * Writes a stack as native Terraform: `stack.synthesizer = new HclSynthesizer(stack, layout)`.
 *
 * The stack's folder holds Terraform, the layout's own files and those of constructs, nothing else; what cdktf-cli reads of a
 * stack is in `metadata/<stack>.json` of the output folder. cdktf's own synthesizer does all but the writing: aspects,
 * validations, assets, annotations, the manifest. If anything is wrong, the folder stays as it is.
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
          if (other === stack) pending ??= this.prepare(session, continueOnErrors);
          return session.manifest.forStack(other);
        },
      },
    });
    // In its mode for HCL cdktf writes what this gives, and cdktf-cli reads the metadata instead of the stack.
    Object.defineProperty(stack, "toHclTerraform", { configurable: true, value: () => pending?.finish() });
    try {
      new StackSynthesizer(stack, continueOnErrors, true).synthesize({ ...session, manifest });
    } catch (error) {
      pending?.abandon();
      throw error;
    } finally {
      // The stack lives as long as the app, and what it holds with it: of many templates all texts, twice their memory.
      pending = undefined;
    }
  }

  private prepare(session: ISynthesisSession, continueOnErrors: boolean): PendingOutput {
    const tree = resolvedTree(this.stack);
    if (!session.skipValidation) this.layout.validate?.(tree);
    const files = this.render(tree);
    // cdktf does the same, but only after constructs have written their files.
    const errors = continueOnErrors ? [] : errorAnnotations(this.stack);
    if (errors.length) throw encounteredAnnotationWithLevelError(errors.join("\n"));
    return new PendingOutput(session.outdir, session.manifest.forStack(this.stack), tree, files);
  }

  private render(tree: TerraformTree): Files {
    const { stack, layout } = this;
    try {
      return filesOf(writeBlocks(tree, blockNamesOf(stack), hclComments(stack)), tree, layout);
    } catch (error) {
      if (!(error instanceof HclFault)) throw error;
      const faults = error.message.replace(/^/gm, "  ");
      throw new ValidationError(
        "hcl-unwritable",
        `stack ${stack.node.path} cannot be written as Terraform:\n${faults}\n`,
      );
    }
  }
}

function errorAnnotations(stack: TerraformStack): string[] {
  const error: string = AnnotationMetadataEntryType.ERROR;
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.filter(({ type }) => type === error).map(({ data }) => `[${node.path}] ${String(data)}`),
    );
}
