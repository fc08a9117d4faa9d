import { createHash } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { type ISynthesisSession, TerraformStack } from "cdktf";
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct, type IConstruct } from "constructs";

const CARRIED_FILE = Symbol.for("cdktf-coder-envbuilder.CarriedFile");

/**
 * A file that lies beside the Terraform files of a stack and travels with them, by a name that people recognize. Works in
 * every stack, whatever syntax it is written in.
 */
export class CarriedFile extends Construct {
  /**
   * The file of a stack with this content. Where another text has the name already, the file gets one of its own.
   *
   * @param scope - anything in the stack
   * @param name - relative path in the stack's folder, with slashes
   */
  public static of(scope: Construct, name: string, text: string): CarriedFile {
    const stack = TerraformStack.of(scope);
    const taken = existing(stack, name);
    if (!taken) return new CarriedFile(stack, name, text);
    if (taken.text === text) return taken;
    const own = withDigest(name, text);
    return existing(stack, own) ?? new CarriedFile(stack, own, text);
  }

  /** An expression for the content. */
  public readonly content: string;
  private readonly text: string;

  private constructor(stack: TerraformStack, name: string, text: string) {
    super(stack, constructId(name));
    Object.defineProperty(this, CARRIED_FILE, { value: true });
    this.text = text;
    this.content = `\${file("\${path.module}/${name}")}`;
    addCustomSynthesis(this, {
      onSynthesize: (session: ISynthesisSession) => {
        const file = join(session.outdir, session.manifest.forStack(stack).workingDirectory, name);
        const folder = dirname(file);
        if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
        writeFileSync(file, text);
      },
    });
  }
}

function existing(stack: TerraformStack, name: string): CarriedFile | undefined {
  const found = stack.node.tryFindChild(constructId(name));
  return found && isCarriedFile(found) ? found : undefined;
}

function isCarriedFile(construct: IConstruct): construct is CarriedFile {
  return CARRIED_FILE in construct;
}

function constructId(name: string): string {
  return `file:${name.replaceAll("/", "--")}`;
}

function withDigest(name: string, text: string): string {
  const { dir, name: base, ext } = posix.parse(name);
  return posix.join(dir, `${base}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}${ext}`);
}
