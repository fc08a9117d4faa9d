import { posix, relative } from "node:path";
import { App, TerraformBackend, TerraformStack, type TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { ValidationError } from "../errors";
import { CoderProvider } from "../providers/coder/provider";
import { checkSilencedWarnings } from "../settings/silenced-warnings";
import { inform, silence, warn } from "../terraform/annotation";
import { HclSynthesizer } from "../terraform/hcl/hcl-synthesizer";
import { prepareStack } from "../terraform/hcl/resolved-tree";
import type { TerraformTree } from "../terraform/tree";
import { pushCommand } from "./output/push-command";
import { templateReadme } from "./output/readme";
import { readmeSections } from "./output/readme-section";
import { TEMPLATE_LAYOUT } from "./output/template-layout";
import { TEMPLATE_RULES } from "./rules";
import { checkTemplateName } from "./template-name";
import { declareVariable, type TemplateVariableProps } from "./template-variable";

/** What a template is called and how it is shown. */
export interface CoderTemplateProps {
  /**
   * What users read.
   *
   * @default - the template's name
   */
  readonly displayName?: string;
  /**
   * What it is for, in a sentence or a few.
   *
   * @default - none
   */
  readonly description?: string;
  /**
   * A URL, or a path such as `/icon/docker.svg` on the Coder server.
   *
   * @default - Coder's own
   */
  readonly icon?: string;
  /**
   * Words to find it by.
   *
   * @default - none
   */
  readonly tags?: string[];
  /**
   * Warnings that are meant and not to be shown of the template or anything in it, by id, each with the reason.
   *
   * @default - every warning is shown
   */
  readonly silencedWarnings?: { [id: string]: string };
}

const CODER_TEMPLATE = Symbol.for("cdktf-coder-envbuilder.CoderTemplate");

/**
 * A Coder workspace template: a stack that is synthesized as a directory of native Terraform, which `coder templates push`
 * takes as it is. Its name is the id.
 */
export class CoderTemplate extends TerraformStack {
  /**
   * Whether a construct is a template, in whichever copy of the package.
   *
   * @param construct - anything
   */
  public static isCoderTemplate(construct: unknown): construct is CoderTemplate {
    return typeof construct === "object" && construct !== null && CODER_TEMPLATE in construct;
  }

  private readonly props: CoderTemplateProps;

  /**
   * @param id - the template's name: up to 32 letters and digits, single hyphens between them
   * @throws when Coder would refuse the name, or a silenced warning is none
   */
  public constructor(scope: Construct, id: string, props: CoderTemplateProps = {}) {
    checkTemplateName(id);
    super(scope, id);
    Object.defineProperty(this, CODER_TEMPLATE, { value: true });
    checkSilencedWarnings(props.silencedWarnings ?? {});
    silence(this, props.silencedWarnings);
    this.props = { ...props, tags: [...(props.tags ?? [])] };
    new CoderProvider(this, "provider:coder");
    this.synthesizer = new HclSynthesizer(this, {
      ...TEMPLATE_LAYOUT,
      extraFiles: (tree) => ({ "README.md": this.readme(tree) }),
      validate: (tree) => this.check(tree),
    });
  }

  /**
   * Declares a value that is given when the template is pushed. Values once given stay: a changed default does not replace
   * them.
   *
   * @param name - letters, digits and _, the only one of its name in the template
   * @throws when the name is none for Terraform or is taken, or the default is no constant or of no one type
   */
  public variable(name: string, props: TemplateVariableProps): TerraformVariable {
    return declareVariable(this, name, props);
  }

  /** As cdktf does it, at a third of the cost. */
  public override prepareStack(): void {
    prepareStack(this);
  }

  /** Coder keeps the state: a backend of our own would hide it, or leave resources behind. */
  public override ensureBackendExists(): TerraformBackend {
    return this.node.children.filter((child) => TerraformBackend.isBackend(child))[0]!;
  }

  private readme(tree: TerraformTree): string {
    const { displayName, description, icon, tags = [] } = this.props;
    return templateReadme({ name: this.node.id, displayName, description, icon, tags }, readmeSections(this), tree);
  }

  private check(tree: TerraformTree): void {
    const errors: string[] = [];
    for (const rule of TEMPLATE_RULES) {
      for (const { address, message } of rule.check(tree)) {
        const text = `${address}: ${message}`;
        if (rule.level === "error") errors.push(`${text} [${rule.id}]`);
        else warn(this, { id: rule.id, message: text });
      }
    }
    if (errors.length > 0) {
      throw new ValidationError(
        "template-rules",
        `template ${this.node.id} breaks rules of Coder:\n  ${errors.join("\n  ")}\n`,
      );
    }
    const { outdir } = App.of(this);
    const directory = posix.join(relative(process.cwd(), outdir) || ".", "stacks", this.node.id);
    inform(this, `publish with: ${pushCommand({ name: this.node.id }, directory, tree)}`);
  }
}
