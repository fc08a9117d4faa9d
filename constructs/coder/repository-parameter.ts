import { Op, TerraformLocal, TerraformStack, Token, conditional, propertyAccess } from "cdktf";
import type { Construct } from "constructs";
import { DataCoderParameter } from "../providers/coder/data-coder-parameter";
import { CUSTOM_REPOSITORY, type Repository, type RepositoryChoice } from "../settings/repository";
import { commentOn } from "../terraform/comment";
import { pinLogicalId } from "../terraform/logical-id";

/** The names of the parameters are a contract: Coder keeps users' values by them. */
const PARAMETER = "repo";
const CUSTOM_PARAMETER = "custom_repo_url";

/**
 * The repository of a workspace: where the user has to choose it, the parameters that ask, and their value in its place.
 *
 * @param httpOnly - whether a repository by SSH could not be cloned
 */
export function askedRepository(scope: Construct, repository: Repository, httpOnly: boolean): Repository {
  return repository.choice ? repository.chosen(ask(scope, repository.choice, httpOnly)) : repository;
}

function ask(scope: Construct, choice: RepositoryChoice, httpOnly: boolean): string {
  if (choice.options.length === 0) return urlParameter(scope, PARAMETER, "Repository", choice.default, httpOnly).value;
  const offered = choice.options.map((option) => option.url);
  const other = choice.default !== undefined && !offered.includes(choice.default) ? choice.default : undefined;
  const parameter = pinLogicalId(
    new DataCoderParameter(scope, PARAMETER, {
      name: PARAMETER,
      displayName: "Repository",
      description: "The repository that the workspace is made from.",
      type: "string",
      formType: "dropdown",
      mutable: true,
      default: other === undefined ? choice.default : CUSTOM_REPOSITORY,
      order: 1,
      option: [
        ...choice.options.map(({ name, url, description, icon }) => ({ name, value: url, description, icon })),
        ...(choice.custom
          ? [{ name: "Another repository", value: CUSTOM_REPOSITORY, description: "Give its URL below." }]
          : []),
      ],
    }),
    PARAMETER,
  );
  if (!choice.custom) return parameter.value;
  const custom = urlParameter(scope, CUSTOM_PARAMETER, "Repository URL", other, httpOnly);
  commentOn(custom, "Only asked where no repository of the list is chosen.");
  const isCustom = Op.eq(parameter.value, CUSTOM_REPOSITORY);
  custom.count = Token.asNumber(conditional(isCustom, 1, 0));
  const chosen = conditional(isCustom, propertyAccess(custom.fqn, [0, "value"]), parameter.value);
  const stack = TerraformStack.of(scope);
  return pinLogicalId(new TerraformLocal(stack, "repository_url", chosen), "repository_url").asString;
}

function urlParameter(
  scope: Construct,
  name: string,
  displayName: string,
  value: string | undefined,
  httpOnly: boolean,
): DataCoderParameter {
  const http = "https?://[^@/[:space:]]+/[^[:space:]]+";
  return pinLogicalId(
    new DataCoderParameter(scope, name, {
      name,
      displayName,
      description: `Where the repository is cloned from, such as https://git.example.com/team/app.git.`,
      type: "string",
      formType: "input",
      mutable: true,
      default: value,
      order: name === PARAMETER ? 1 : 2,
      validation: {
        regex: httpOnly ? `^${http}$` : `^(${http}|ssh://[^[:space:]]+|[^@/[:space:]]+@[^:/[:space:]]+:[^[:space:]]+)$`,
        error: httpOnly
          ? "Give an https:// URL without user and password."
          : "Give an https:// or ssh:// URL without a password, or git@HOST:PATH.",
      },
    }),
    name,
  );
}
