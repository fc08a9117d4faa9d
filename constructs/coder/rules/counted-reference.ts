import type { TerraformTree } from "../../terraform/tree";
import { dataSources, labelled, resources } from "./reading/elements";
import { isMultiplied } from "./reading/presence";
import { referencesIn, referencesOf, type Reference } from "./reading/references";
import type { Finding, Rule } from "./rule";

/** The tokens of cdktf carry no index, and Terraform refuses the attribute of a resource that there may be none of. */
export const countedReference: Rule = {
  id: "counted-reference",
  level: "error",
  check: (tree) => {
    const multiplied = new Map<string, string>();
    for (const { address, body } of [...resources(tree), ...dataSources(tree)])
      if (isMultiplied(body)) multiplied.set(address, argument(body));
    const modules = labelled(tree, "module").filter(([, body]) => isMultiplied(body));
    for (const [name, body] of modules) multiplied.set(`module.${name}`, argument(body));
    if (multiplied.size === 0) return [];

    const findings = new Map<string, Finding>();
    for (const [address, references] of users(tree))
      for (const reference of references) {
        const by = multiplied.get(reference.address);
        if (by === undefined || !takesAttribute(reference)) continue;
        const path = reference.path.join(".");
        findings.set(`${address} ${path} ${reference.text}`, {
          address,
          message:
            `${path === "" ? "value" : path} must say which instance it means, because ${reference.address} has ${by}, ` +
            `got ${reference.text}; ${remedy(reference, by)}`,
        });
      }
    return [...findings.values()];
  },
};

function argument(body: Parameters<typeof isMultiplied>[0]): string {
  return body["count"] === undefined || body["count"] === null ? "for_each" : "count";
}

function takesAttribute({ kind, steps, functions, ordering }: Reference): boolean {
  // The elements as a whole, as in one(docker_container.workspace), are a list; so is the rest behind a splat.
  if (ordering || steps[0]?.kind !== "attribute") return false;
  // Terraform checks resources before it evaluates, try() or not; modules only when it evaluates.
  return kind !== "module" || !functions.some((name) => name === "try" || name === "can");
}

function remedy({ address, text }: Reference, by: string): string {
  const rest = text.slice(text.indexOf(address) + address.length);
  return by === "count"
    ? `write ${address}[0]${rest} if the user has the same count, or one(${address}[*]${rest})`
    : `write ${address}[each.key]${rest} if the user has the same for_each`;
}

/** Who may refer to what: all kinds of blocks with expressions in them. */
function users(tree: TerraformTree): (readonly [string, readonly Reference[]])[] {
  const found: (readonly [string, readonly Reference[]])[] = [];
  for (const { address, body } of [...resources(tree), ...dataSources(tree)]) found.push([address, referencesOf(body)]);
  for (const kind of ["module", "check"])
    for (const [name, body] of labelled(tree, kind)) found.push([`${kind}.${name}`, referencesOf(body)]);
  // The description of an output is plain text.
  for (const [name, { description: _, ...body }] of labelled(tree, "output"))
    found.push([`output.${name}`, referencesOf(body)]);
  for (const [kind, word] of [
    ["locals", "local"],
    ["provider", "provider"],
  ] as const)
    for (const [name, value] of Object.entries(tree[kind] ?? {})) found.push([`${word}.${name}`, referencesIn(value)]);
  return found;
}
