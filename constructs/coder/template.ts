import * as path from "node:path";
import {
  Annotations,
  App,
  TerraformBackend,
  TerraformStack,
  TerraformVariable,
  type TerraformVariableValidationConfig,
} from "cdktf";
import type { Construct } from "constructs";
import { ValidationError, shown } from "../errors";
import { CoderProvider } from "../providers/coder/provider";
import { HclSynthesizer } from "../terraform/hcl/hcl-synthesizer";
import { pinLogicalId } from "../terraform/logical-id";
import type { TerraformTree } from "../terraform/tree";
import { pushCommand } from "./output/push-command";
import { templateReadme } from "./output/readme";
import { readmeSections } from "./output/readme-section";
import { TEMPLATE_LAYOUT } from "./output/template-layout";
import { TEMPLATE_RULES } from "./rules";
import { checkTemplateName } from "./template-name";

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
}

/** A value that is given when the template is pushed. */
export interface TemplateVariableProps {
  /** What it is for. */
  readonly description: string;
  /**
   * Its Terraform type.
   *
   * @default "string"
   */
  readonly type?: string;
  /**
   * The value unless another is given.
   *
   * @default - none: a push without a value fails
   */
  readonly default?: unknown;
  /**
   * Whether Terraform keeps the value out of plans and logs.
   *
   * @default false
   */
  readonly sensitive?: boolean;
  /**
   * Conditions that a value has to meet.
   *
   * @default - none
   */
  readonly validation?: TerraformVariableValidationConfig[];
}

const CODER_TEMPLATE = Symbol.for("cdktf-coder-envbuilder.CoderTemplate");

/**
 * A Coder workspace template: a stack that is synthesized as a directory of native Terraform, which `coder templates push`
 * takes as it is. Its name is the id.
 */
export class CoderTemplate extends TerraformStack {
  /** Whether a construct is a template, in whichever copy of the package. */
  public static isCoderTemplate(construct: unknown): construct is CoderTemplate {
    return typeof construct === "object" && construct !== null && CODER_TEMPLATE in construct;
  }

  private readonly props: CoderTemplateProps;

  /** @throws when Coder would refuse the name */
  public constructor(scope: Construct, id: string, props: CoderTemplateProps = {}) {
    super(scope, id);
    checkTemplateName(id);
    Object.defineProperty(this, CODER_TEMPLATE, { value: true });
    this.props = { ...props, tags: [...(props.tags ?? [])] };
    new CoderProvider(this, "coder");
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
   * @throws when the name is none for Terraform or is taken
   */
  public variable(name: string, props: TemplateVariableProps): TerraformVariable {
    if (!/^[a-z_][a-z0-9_]*$/i.test(name)) {
      throw new ValidationError(
        "variable-name-malformed",
        `variable ${shown(name)} must consist of letters, digits and _; write it as "https_proxy"`,
      );
    }
    if (props.default === null) {
      throw new ValidationError(
        "variable-default-null",
        `variable ${name} has the default null, which Coder takes for "required"; give an empty value, or leave default out`,
      );
    }
    const { default: value, ...rest } = props;
    const config = { type: "string", ...rest, ...(value === undefined ? {} : { default: value }) };
    return pinLogicalId(new TerraformVariable(this, name, config), name);
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
        const text = `${address}: ${message} [${rule.id}]`;
        if (rule.level === "error") errors.push(text);
        else Annotations.of(this).addWarning(text);
      }
    }
    if (errors.length > 0) {
      throw new ValidationError(
        "template-rules",
        `template ${this.node.id} breaks rules of Coder:\n  ${errors.join("\n  ")}\n`,
      );
    }
    const { outdir } = App.of(this);
    const directory = path.posix.join(path.relative(process.cwd(), outdir) || ".", "stacks", this.node.id);
    Annotations.of(this).addInfo(`publish with: ${pushCommand({ name: this.node.id }, directory, tree)}`);
  }
}
