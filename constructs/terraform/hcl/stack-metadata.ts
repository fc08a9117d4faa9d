import { existsSync, readFileSync } from "node:fs";
import type { TerraformTree, TerraformValue } from "../tree";
import { isObject } from "./value-shapes";

/**
 * What cdktf-cli reads of a stack that is not JSON: construct paths, names of outputs, required providers, whether the state is
 * remote, imports. And what it does not read: the files, by which the next synthesis knows what to remove.
 */
export function stackMetadata(tree: TerraformTree, files: readonly string[]): object {
  const { "//": own } = tree;
  return {
    "//": { ...(isObject(own) ? own : {}), files },
    // cdktf-cli takes it for granted.
    terraform: tree["terraform"] ?? {},
    import: tree["import"],
    resource: constructPaths(tree.resource),
    data: constructPaths(tree.data),
  };
}

function constructPaths(types: TerraformTree["resource"]): Record<string, Record<string, { "//": TerraformValue }>> {
  return Object.fromEntries(
    Object.entries(types ?? {}).map(([type, bodies]) => [
      type,
      Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, { "//": body["//"] }])),
    ]),
  );
}

/** The files that an earlier synthesis noted in its metadata; `undefined` if there was none. */
export function notedFiles(metadataFile: string): readonly string[] | undefined {
  // Most often there is none, and an error costs more than the question.
  if (!existsSync(metadataFile)) return undefined;
  try {
    const content: { "//"?: { files?: unknown } } = JSON.parse(readFileSync(metadataFile, "utf8"));
    const files = content["//"]?.files;
    return Array.isArray(files) ? files.filter((file): file is string => typeof file === "string") : undefined;
  } catch {
    return undefined;
  }
}
