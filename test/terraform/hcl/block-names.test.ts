import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Container } from "@cdktf/provider-docker/lib/container";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { TerraformDataSource, TerraformResource } from "cdktf";
import type { BlockNames } from "../../../constructs/terraform/hcl/block-grammar";
import { blockNamesOf, blockNamesOfClass, type DescribedElement } from "../../../constructs/terraform/hcl/block-names";
import * as coder from "../../../constructs/providers/coder";
import * as envbuilder from "../../../constructs/providers/envbuilder";
import { testStack } from "../../util";

interface SchemaBlock {
  readonly block_types?: Readonly<Record<string, { readonly block: SchemaBlock }>>;
}

interface ProviderSchema {
  readonly provider: { readonly block: SchemaBlock };
  readonly resource_schemas?: Readonly<Record<string, { readonly block: SchemaBlock }>>;
  readonly data_source_schemas?: Readonly<Record<string, { readonly block: SchemaBlock }>>;
}

function providerSchema(file: string): ProviderSchema {
  const { provider_schemas: all }: { provider_schemas: Record<string, ProviderSchema> } = JSON.parse(
    readFileSync(join(__dirname, "../../../schemas", file), "utf8"),
  );
  const [only] = Object.values(all);
  if (only === undefined) throw new Error(`no provider in ${file}`);
  return only;
}

type Names = { readonly [name: string]: Names };

function inSchema({ block_types: types = {} }: SchemaBlock): Names {
  return Object.fromEntries(Object.entries(types).map(([name, { block }]) => [name, inSchema(block)]));
}

function onClass(names: BlockNames = {}): Names {
  return Object.fromEntries(Object.entries(names).map(([name, { blocks }]) => [name, onClass(blocks)]));
}

interface DescribedClass {
  readonly tfResourceType: string;
  readonly prototype: DescribedElement;
}

function classesOf(bindings: object): DescribedClass[] {
  const members: unknown[] = Object.values(bindings).flatMap((module: object) => Object.values(module));
  return members.filter(
    (member): member is DescribedClass => typeof member === "function" && "tfResourceType" in member,
  );
}

function schemaOf(
  schema: ProviderSchema,
  { tfResourceType: type, prototype }: DescribedClass,
): SchemaBlock | undefined {
  if (prototype instanceof TerraformResource) return schema.resource_schemas?.[type]?.block;
  if (prototype instanceof TerraformDataSource) return schema.data_source_schemas?.[type]?.block;
  return schema.provider.block;
}

const types = ({ resource_schemas: resources = {}, data_source_schemas: data = {} }: ProviderSchema): number =>
  Object.keys(resources).length + Object.keys(data).length + 1;

describe("block names", () => {
  const classes = [
    { schema: providerSchema("coder-2.19.0.json"), bindings: coder },
    { schema: providerSchema("envbuilder-1.0.0.json"), bindings: envbuilder },
  ].flatMap(({ schema, bindings }) => classesOf(bindings).map((of) => ({ type: of.tfResourceType, of, schema })));

  test.each(classes)("of $type are those of the provider's schema, on all levels", ({ of, schema }) => {
    expect(onClass(blockNamesOfClass(of.prototype))).toEqual(inSchema(schemaOf(schema, of) ?? {}));
  });

  test("are checked for all types", () => {
    expect(classes).toHaveLength(
      types(providerSchema("coder-2.19.0.json")) + types(providerSchema("envbuilder-1.0.0.json")),
    );
  });

  test("are known of blocks that no element has set", () => {
    const stack = testStack();
    new DockerProvider(stack, "docker");
    new Container(stack, "c", { name: "c", image: "x" });

    const names = blockNamesOf(stack);

    expect(names("resource", "docker_container")).toMatchObject({
      mounts: { blocks: { volume_options: {} } },
      labels: {},
    });
    expect(names("provider", "docker")).toHaveProperty("registry_auth");
    expect(names("data", "docker_container")).toBeUndefined();
  });

  test("are none for attributes that are objects, which cdktf's classes do not tell from blocks", () => {
    const stack = testStack();
    new Manifest(stack, "m", { manifest: {} });

    const names = blockNamesOf(stack)("resource", "kubernetes_manifest");

    expect(names).toHaveProperty("wait");
    expect(names).not.toHaveProperty("wait_for");
  });

  test("are unknown of types that only generic elements have", () => {
    const stack = testStack();
    new TerraformResource(stack, "r", { terraformResourceType: "docker_volume" });

    expect(blockNamesOf(stack)("resource", "docker_volume")).toBeUndefined();
  });

  test("are none for Terraform's own types", () => {
    const names = blockNamesOf(testStack());

    expect([names("resource", "terraform_data"), names("data", "terraform_remote_state")]).toEqual([{}, {}]);
  });
});
