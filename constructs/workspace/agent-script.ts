import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import type { AccessUrl } from "../coder/access-url";
import type { WorkspaceAgent } from "../coder/agent";
import { initScript, type InitSettings } from "../envbuilder/init-script";
import { attributeOf, referenceTo } from "../terraform/expression";
import { pinFreeLogicalId } from "../terraform/logical-id";
import { textExpression } from "../terraform/text-expression";

/**
 * The script that a finished workspace runs: it downloads the agent from the Coder server, as containers reach that, and
 * runs it.
 *
 * @param scope - where a local of the script stands, if it is of more than one line
 * @param proxied - whether the container has a proxy, past which the Coder server is reached
 */
export function agentScript(
  scope: Construct,
  agent: WorkspaceAgent,
  accessUrl: AccessUrl,
  settings: InitSettings,
  proxied: boolean,
): string {
  const text = initScript(settings, accessUrl.rewritten(attributeOf(agent.resource, "initScript")), proxied);
  const script = textExpression(text);
  if (text.length === 1) return script;
  const name = agent.resource.friendlyUniqueId;
  const own = `${name}_init_script`;
  const local = new TerraformLocal(scope, "init-script", `${script}\n`);
  return referenceTo(pinFreeLogicalId(local, [name === "main" ? "init_script" : own, own]));
}
