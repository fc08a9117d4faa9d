import type { TerraformBody, TerraformValue } from "../tree";
import { HclFault } from "./hcl-fault";
import { quoteLiteral } from "./quoted-string";
import { asList, isObject } from "./value-shapes";

/** A block's content with what stands before it. */
export interface LabelledBody {
  /** Such as `resource "docker_volume" "home"`. */
  readonly head: string;
  readonly labels: readonly string[];
  readonly body: TerraformBody;
}

/** The blocks of one name: an object or a list of them, below as many levels of labels as the block has. */
export function labelledBodies(
  name: string,
  levels: number,
  content: TerraformValue,
  labels: readonly string[] = [],
): LabelledBody[] {
  if (content === null || content === undefined) return [];
  return asList(content).flatMap((item) => {
    if (!isObject(item)) {
      const place = [name, ...labels].join(".");
      throw new HclFault(
        `${place} is a block and must be an object, but is ${JSON.stringify(item)}; give it attributes`,
      );
    }
    if (labels.length === levels) return [{ head: [name, ...labels.map(quoteLiteral)].join(" "), labels, body: item }];
    return Object.entries(item)
      .filter(([label]) => label !== "//")
      .flatMap(([label, inner]) => labelledBodies(name, levels, inner, [...labels, label]));
  });
}
