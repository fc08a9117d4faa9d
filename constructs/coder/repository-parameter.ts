import { Op, TerraformLocal, TerraformStack, Token, conditional } from "cdktf";
import type { Construct } from "constructs";
import { DataCoderParameter, type DataCoderParameterConfig } from "../providers/coder/data-coder-parameter";
import type { GitCredentials } from "../settings/git-credentials";
import type { Proxy } from "../settings/proxy";
import { CUSTOM_REPOSITORY, type Repository, type RepositoryChoice } from "../settings/repository";
import { commentOn } from "../terraform/comment";
import { isFree, pinFreeLogicalId, pinLogicalId } from "../terraform/logical-id";
import { addressOfElement } from "../terraform/element-address";
import { asToken } from "../terraform/reference";

/** The names of the parameters are a contract: Coder keeps users' values by them. */
const PARAMETER = "repo";
const CUSTOM_PARAMETER = "custom_repo_url";

/** What was asked in a stack, and the answer. */
interface Asked {
  readonly choice: RepositoryChoice;
  readonly httpOnly: boolean;
  readonly url: string;
}

const ASKED = new WeakMap<TerraformStack, Asked[]>();

/**
 * The repository of a workspace: where the user has to choose it, the parameters that ask, and their value in its place.
 * Workspaces of one template that share a `Repository` share the question.
 *
 * @param httpOnly - whether a repository by SSH could not be cloned
 */
export function askedRepository(scope: Construct, repository: Repository, httpOnly: boolean): Repository {
  const { choice } = repository;
  if (!choice) return repository;
  const stack = TerraformStack.of(scope);
  const asked = ASKED.get(stack) ?? [];
  ASKED.set(stack, asked);
  const same = asked.find((one) => one.choice === choice && one.httpOnly === httpOnly);
  if (same) return repository.chosen(same.url);
  const url = new RepositoryQuestion(scope, asked.length, httpOnly).ask(choice);
  asked.push({ choice, httpOnly, url });
  return repository.chosen(url);
}

/** Whether a repository by SSH could not be cloned: for want of a way through the proxy, or of a key. */
export function isHttpOnly({
  proxy,
  gitCredentials,
}: {
  readonly proxy?: Proxy;
  readonly gitCredentials?: GitCredentials;
}): boolean {
  return (proxy?.scheme("git")?.startsWith("http") ?? false) || gitCredentials?.transport === "http";
}

/** The parameters of one choice. The first of a template have short names, those of further workspaces theirs before it. */
class RepositoryQuestion {
  private readonly scope: Construct;
  private readonly index: number;
  private readonly httpOnly: boolean;

  public constructor(scope: Construct, index: number, httpOnly: boolean) {
    this.scope = scope;
    this.index = index;
    this.httpOnly = httpOnly;
  }

  public ask(choice: RepositoryChoice): string {
    if (choice.options.length === 0) return this.urlParameter(PARAMETER, "Repository", choice.default).value;
    const offered = choice.options.map((option) => option.url);
    // Where only Terraform knows the default, nobody can say here whether it is one of the options.
    const other =
      choice.custom && choice.default !== undefined && !offered.includes(choice.default) ? choice.default : undefined;
    const parameter = this.parameter(PARAMETER, {
      displayName: this.title("Repository"),
      description: "The repository that the workspace is made from.",
      formType: "dropdown",
      default: other === undefined ? choice.default : CUSTOM_REPOSITORY,
      option: [
        ...choice.options.map(({ name, url, description, icon }) => ({ name, value: url, description, icon })),
        ...(choice.custom
          ? [{ name: "Another repository", value: CUSTOM_REPOSITORY, description: "Give its URL below." }]
          : []),
      ],
    });
    return choice.custom ? this.orCustom(parameter, other) : parameter.value;
  }

  private orCustom(parameter: DataCoderParameter, value: string | undefined): string {
    const custom = this.urlParameter(CUSTOM_PARAMETER, "Repository URL", value);
    commentOn(custom, "Only asked where no repository of the list is chosen.");
    const isCustom = Op.eq(parameter.value, CUSTOM_REPOSITORY);
    custom.count = Token.asNumber(conditional(isCustom, 1, 0));
    const chosen = conditional(isCustom, asToken(`\${${addressOfElement(custom)}[0].value}`), parameter.value);
    const local = new TerraformLocal(this.scope, "repository-url", chosen);
    return pinFreeLogicalId(local, ["repository_url", this.own("repository_url")]).asString;
  }

  private urlParameter(name: string, title: string, value: string | undefined): DataCoderParameter {
    // A user without a password says whose account is meant; none of them is followed by a colon.
    const http = "https?://[^@/\\s]+/\\S+";
    const ssh = "ssh://([^@:/\\s]+@)?[^@/\\s]+/\\S+";
    const scp = "[^@:/\\s]+@[^@:/\\s]+:\\S+";
    return this.parameter(name, {
      displayName: this.title(title),
      description: "Where the repository is cloned from, such as https://git.example.com/team/app.git.",
      formType: "input",
      default: value,
      validation: {
        // Empty as well: at import, when there is no value yet, the provider holds that against it. Coder itself asks for one.
        regex: this.httpOnly ? `^(|${http})$` : `^(|${http}|${ssh}|${scp})$`,
        error: this.httpOnly
          ? "Give an https:// URL without user and password."
          : "Give an https:// or ssh:// URL without a password, or git@HOST:PATH.",
      },
    });
  }

  private parameter(name: string, config: Omit<DataCoderParameterConfig, "name">): DataCoderParameter {
    const order = 2 * this.index + (name === CUSTOM_PARAMETER ? 2 : 1);
    const parameter = new DataCoderParameter(this.scope, name, {
      name,
      type: "string",
      mutable: true,
      order,
      ...config,
    });
    if (this.index > 0 || !isFree(parameter, name)) parameter.name = this.own(name);
    return pinLogicalId(parameter, parameter.nameInput ?? name);
  }

  private title(text: string): string {
    return this.index === 0 ? text : `${text} of ${this.scope.node.id}`;
  }

  private own(name: string): string {
    return `${this.scope.node.id}_${name}`;
  }
}
