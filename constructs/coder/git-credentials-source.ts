import { type IResolvable, TerraformDataSource, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { ValidationError, shown } from "../errors";
import { DataCoderExternalAuth } from "../providers/coder/data-coder-external-auth";
import type { GitCredentials } from "../settings/git-credentials";
import { commentOn } from "../terraform/comment";
import { attributeOf } from "../terraform/expression";
import { pinLogicalId } from "../terraform/logical-id";
import { CoderData } from "./coder-data";

/**
 * The Git credentials of a workspace: where Coder has them, with the expression for them. Workspaces of one stack that use the
 * same external authentication share the question.
 */
export function answeredGitCredentials(
  scope: Construct,
  credentials: GitCredentials | undefined,
): GitCredentials | undefined {
  const source = credentials?.source;
  if (source?.kind === "owner-ssh-key")
    return credentials?.answered(attributeOf(CoderData.of(scope).owner, "sshPrivateKey"));
  if (source?.kind !== "external-auth") return credentials;
  const auth = externalAuth(scope, source.id, source.optional);
  return credentials?.answered(attributeOf(auth, "accessToken"));
}

function externalAuth(scope: Construct, id: string, optional: boolean | undefined): DataCoderExternalAuth {
  const stack = TerraformStack.of(scope);
  const found = stack.node
    .findAll()
    .filter(isExternalAuth)
    .find((one) => one.idInput === id && TerraformStack.of(one) === stack);
  if (found) {
    checkSame(id, optional ?? false, found.optionalInput ?? false);
    return found;
  }
  const auth = new DataCoderExternalAuth(stack, `external-auth:${id}`, { id, optional });
  commentOn(auth, "The user links this account with Coder before the workspace is created.");
  // Ids may begin with a digit, names in Terraform may not.
  return pinLogicalId(auth, /^\d/.test(id) ? `auth-${id}` : id);
}

/** @param others - what the data source says that is there */
function checkSame(id: string, optional: boolean, others: boolean | IResolvable): void {
  if (others === optional) return;
  throw new ValidationError(
    "external-auth-twice",
    `gitCredentials has the external authentication ${shown(id)} with optional ${optional}, and the template has it otherwise already, of which Coder asks once; say the same in both places`,
  );
}

// Of whichever bindings; but a bare TerraformDataSource has no attributes to refer to.
function isExternalAuth(construct: IConstruct): construct is DataCoderExternalAuth {
  return (
    TerraformDataSource.isTerraformDataSource(construct) &&
    construct.terraformResourceType === DataCoderExternalAuth.tfResourceType &&
    "idInput" in construct
  );
}
