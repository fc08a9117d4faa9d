import type { TerraformBody, TerraformValue } from "../../constructs/terraform/tree";

/** What is of interest of a deployment. */
export interface Pod {
  readonly annotations: TerraformValue;
  readonly pod: TerraformBody;
  /** The container that Envbuilder builds in. */
  readonly container: TerraformBody;
  /** What of its environment stands in the deployment. */
  readonly env: Record<string, TerraformValue>;
}

export function podOf(deployment: TerraformBody): Pod {
  const template = child(child(deployment, "spec"), "template");
  const pod = child(template, "spec");
  const container = child(pod, "container");
  const env: readonly TerraformValue[] = Array.isArray(container["env"]) ? container["env"] : [];
  return {
    annotations: child(template, "metadata")["annotations"],
    pod,
    container,
    env: Object.fromEntries(env.filter(isBody).map((entry) => [nameOf(entry), entry["value"]])),
  };
}

function nameOf({ name }: TerraformBody): string {
  return typeof name === "string" ? name : "";
}

function child(body: TerraformBody, name: string): TerraformBody {
  const value = body[name];
  const first: TerraformValue = Array.isArray(value) ? value[0] : value;
  if (isBody(first)) return first;
  throw new Error(`${name} is not among ${Object.keys(body).join(", ")}`);
}

function isBody(value: TerraformValue): value is TerraformBody {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
