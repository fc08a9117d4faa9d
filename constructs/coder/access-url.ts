import { TerraformLocal, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { ValidationError, shown } from "../errors";
import { hasReference } from "../settings/text";
import { commentOn } from "../terraform/comment";
import { attributeOf, call, referenceTo } from "../terraform/expression";
import { pinFreeLogicalId } from "../terraform/logical-id";
import { CoderData } from "./coder-data";

const ACCESS_URL = Symbol.for("cdktf-coder-envbuilder.AccessUrl");

/** Where a loopback name stands in a URL. Without backslashes, which the framework does not escape in expressions. */
const LOOPBACK = "/://(localhost|127[.]0[.]0[.]1|[[]::1[]])([:/]|$)/";

/**
 * The Coder server as a container reaches it: its access URL, with another host in place of a loopback name, which in a
 * container is the container itself.
 */
export class AccessUrl extends Construct {
  /**
   * The access URL for the containers of a construct. Those that reach the server by the same host share it.
   *
   * @param loopbackHost - what containers reach a Coder server by whose access URL is localhost; without it the URL stays
   *   what it is
   * @throws when that is no host
   */
  public static of(scope: Construct, loopbackHost?: string): AccessUrl {
    const stack = TerraformStack.of(scope);
    const found = stack.node
      .findAll()
      .filter(isAccessUrl)
      .find((one) => one.loopbackHost === loopbackHost && TerraformStack.of(one) === stack);
    return found ?? new AccessUrl(scope, loopbackHost);
  }

  /** The URL. */
  public readonly url: string;
  private readonly loopbackHost: string | undefined;
  private hostLocal: TerraformLocal | undefined;

  private constructor(scope: Construct, loopbackHost: string | undefined) {
    super(scope, "access-url");
    const accessUrl = attributeOf(CoderData.of(scope).workspace, "accessUrl");
    Object.defineProperty(this, ACCESS_URL, { value: true });
    this.loopbackHost = loopbackHost;
    if (loopbackHost === undefined) {
      this.url = accessUrl;
      return;
    }
    if (!hasReference(loopbackHost) && !/^([\w-]+([.][\w-]+)*|\[[0-9a-f:.]+\])$/i.test(loopbackHost)) {
      throw new ValidationError(
        "coder-host-malformed",
        `coderHost ${shown(loopbackHost)} must be a host alone, because scheme and port are those of Coder's access URL; write it as "coder.internal"`,
      );
    }
    const url = this.local("access_url", this.rewritten(accessUrl));
    commentOn(url, "The Coder server as containers reach it: in a container, localhost is the container itself.");
    this.url = referenceTo(url);
  }

  /** Its host, without port. */
  public get host(): string {
    // Of an IPv6 address without its brackets, as no_proxy wants it.
    this.hostLocal ??= this.local(
      "access_host",
      call("trim", call("element", call("regex", "://([[][^]]+[]]|[^/:]+)", this.url), 0), "[]"),
    );
    return referenceTo(this.hostLocal);
  }

  /**
   * A text that names the access URL, such as the agent's script, with the host that containers reach.
   *
   * @param text - one reference
   */
  public rewritten(text: string): string {
    return this.loopbackHost === undefined ? text : call("replace", text, LOOPBACK, `://${this.loopbackHost}$2`);
  }

  private local(name: string, expression: string): TerraformLocal {
    const owner = this.node.scope?.node.id ?? "";
    return pinFreeLogicalId(new TerraformLocal(this, name, expression), [name, `${owner}_${name}`]);
  }
}

function isAccessUrl(construct: IConstruct): construct is AccessUrl {
  return ACCESS_URL in construct;
}
