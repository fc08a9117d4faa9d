import { Fn, TerraformLocal, TerraformStack, Token } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { commentOn } from "../terraform/comment";
import { pinLogicalId } from "../terraform/logical-id";
import { CoderData } from "./coder-data";

/** Where a loopback name stands in a URL. Without backslashes, which the framework does not escape in expressions. */
const LOOPBACK = "/://(localhost|127[.]0[.]0[.]1|[[]::1[]])([:/]|$)/";

/**
 * The Coder server as a container reaches it: its access URL, with another host in place of a loopback name, which in a
 * container is the container itself.
 */
export class AccessUrl {
  /** The URL. */
  public readonly url: string;
  /** Its host, without port. */
  public readonly host: string;
  private readonly loopbackHost: string;

  /**
   * @param scope - anything in the stack
   * @param loopbackHost - what containers reach a Coder server by whose access URL is localhost
   */
  public constructor(scope: Construct, loopbackHost: string) {
    const stack = TerraformStack.of(scope);
    this.loopbackHost = loopbackHost;
    const url = local(
      stack,
      "access_url",
      () => this.rewritten(CoderData.of(stack).workspace.accessUrl),
      "The Coder server as containers reach it: in a container, localhost is the container itself.",
    );
    // Of an IPv6 address without its brackets, as no_proxy wants it.
    const host = local(stack, "access_host", () =>
      Fn.trim(Token.asString(Fn.element(Fn.regex("://([[][^]]+[]]|[^/:]+)", url.asString), 0)), "[]"),
    );
    this.url = url.asString;
    this.host = host.asString;
  }

  /**
   * A text that names the access URL, such as the agent's script, with the host that containers reach.
   *
   * @param text - one reference
   */
  public rewritten(text: string): string {
    return Fn.replace(text, LOOPBACK, `://${this.loopbackHost}$2`);
  }
}

/** The local of the stack, made when it is first asked for. */
function local(stack: TerraformStack, name: string, expression: () => string, comment?: string): TerraformLocal {
  const found = stack.node.tryFindChild(name);
  if (found && isLocal(found)) return found;
  const made = pinLogicalId(new TerraformLocal(stack, name, expression()), name);
  if (comment !== undefined) commentOn(made, comment);
  return made;
}

function isLocal(construct: IConstruct): construct is TerraformLocal {
  return "expression" in construct && "asStringMap" in construct;
}
