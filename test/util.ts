import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { App, TerraformStack, Testing } from "cdktf";
import type { IConstruct } from "constructs";
import { CoderTemplate, type CoderTemplateProps } from "../constructs/coder/template";
import { CoderProvider } from "../constructs/providers/coder/provider";
import { asToken } from "../constructs/terraform/reference";
import type { TerraformBody, TerraformTree, TerraformValue } from "../constructs/terraform/tree";
import { scratchFolder } from "./scratch";

/** A certificate authority that is valid for decades. */
export const CORPORATE_ROOT = join(__dirname, "../examples/docker-private-ca/certs/corporate-root.pem");

let apps = 0;

/** `Testing.app()`, which would leave a folder behind at each call. */
export function testApp(context: Record<string, unknown> = {}): App {
  return Testing.app({ outdir: join(scratchFolder(), String(apps++)), context });
}

export function testTemplate(props: CoderTemplateProps = {}, id = "template"): CoderTemplate {
  return new CoderTemplate(testApp(), id, props);
}

/** A stack of somebody who does not use templates. */
export function testStack(id = "stack"): TerraformStack {
  return new TerraformStack(testApp(), id);
}

/** As `testStack`, with the providers that workspaces on Docker need: what a team has already. */
export function teamStack(id = "stack"): TerraformStack {
  const stack = testStack(id);
  new CoderProvider(stack, "coder");
  new DockerProvider(stack, "docker");
  return stack;
}

/** What a stack is in Terraform's JSON syntax, after its validations. */
export function treeOf(stack: TerraformStack): TerraformTree {
  const tree: TerraformTree = JSON.parse(Testing.synth(stack, true));
  return tree;
}

/** A block by its address, such as `docker_volume.home`, `data.coder_workspace.me`, `var.name` or `local.name`. */
export function block(tree: TerraformTree, address: string): TerraformBody {
  const found = valueAt(tree, address);
  if (!isBody(found)) throw new Error(`${address} is not among ${addresses(tree).join(", ")}`);
  return found;
}

/** The expression of a local. */
export function local(tree: TerraformTree, name: string): TerraformValue {
  return valueAt(tree, `local.${name}`);
}

function valueAt(tree: TerraformTree, address: string): TerraformValue {
  const [first = "", ...rest] = address.split(".");
  const kinds: Record<string, string> = { var: "variable", local: "locals", output: "output" };
  const path =
    first === "data" ? [first, ...rest] : [...(kinds[first] ? [kinds[first]] : ["resource", first]), ...rest];
  return path.reduce<TerraformValue>((value, name) => (isBody(value) ? value[name] : undefined), tree);
}

/** All addresses of a stack, sorted. */
export function addresses(tree: TerraformTree): string[] {
  const kinds: Record<string, TerraformValue> = {
    var: tree.variable,
    local: tree["locals"],
    output: tree["output"],
    provider: tree["provider"],
  };
  return [
    ...typed(tree.resource),
    ...typed(tree.data).map((address) => `data.${address}`),
    ...Object.entries(kinds).flatMap(([kind, names]) => Object.keys(names ?? {}).map((name) => `${kind}.${name}`)),
  ].sort();
}

function typed(types: TerraformTree["resource"]): string[] {
  return Object.entries(types ?? {}).flatMap(([type, names]) => Object.keys(names).map((name) => `${type}.${name}`));
}

function isBody(value: TerraformValue): value is TerraformBody {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The environment of a container, by name. */
export function environmentOf(container: TerraformBody): Record<string, string> {
  const { env } = container;
  const entries: unknown[] = Array.isArray(env) ? env : [];
  return Object.fromEntries(
    entries
      .filter((entry) => typeof entry === "string")
      .map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
  );
}

/** All files that a synthesis writes, by path. */
export function synthesized(construct: IConstruct): Record<string, string> {
  const app = App.of(construct);
  app.synth();
  return filesIn(app.outdir);
}

/** The files that a synthesis writes of one stack, by their path in its folder. */
export function filesOf(stack: TerraformStack): Record<string, string> {
  const folderOfStack = `stacks/${stack.node.id}/`;
  return Object.fromEntries(
    Object.entries(synthesized(stack))
      .filter(([file]) => file.startsWith(folderOfStack))
      .map(([file, content]) => [file.slice(folderOfStack.length), content]),
  );
}

/** All files below a folder, by path. */
export function filesIn(root: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(root, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file): [string, string] => [file.slice(root.length + 1), readFileSync(file, "utf8")])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What a construct and all in it have to say to the author: `warn: …` or `info: …`. */
export function annotations(root: IConstruct): string[] {
  return root.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type.startsWith("@cdktf/"))
    .map(({ type, data }) => `${type.replace("@cdktf/", "")}: ${String(data)}`);
}

/** A token of the framework for an expression of Terraform. */
export function token(expression: string): string {
  return asToken(`\${${expression}}`);
}
