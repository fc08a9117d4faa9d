// Which attributes of a resource, data source or provider are nested blocks, all levels of it, from its class.
import {
  TerraformDataSource,
  type TerraformElement,
  TerraformProvider,
  TerraformResource,
  type TerraformStack,
} from "cdktf";
import type { BlockNames, BodyGrammar } from "./block-grammar";
import { elementsOf } from "./resolved-tree";

/** The nested blocks of a type of `resource`, `data` or `provider`, or `undefined` if no class tells. */
export type BlockNamesOf = (kind: string, type: string) => BlockNames | undefined;

interface HclAttributes {
  readonly [name: string]:
    { readonly isBlock?: boolean; readonly value?: HclAttributes | readonly (() => HclAttributes)[] } | undefined;
}

// Generated classes say `isBlock` in synthesizeHclAttributes(), but only of what is set. So the method is called once per class
// on a stand-in that has every property: a list of one item, which is the stand-in again.
const ABSENT = new Set<string | symbol>(["resolve", "toJSON", "constructor"]);
const STAND_IN_HANDLER: ProxyHandler<HclAttributes> = {
  has: () => false,
  get: (_target, name): unknown => {
    if (typeof name === "symbol" || ABSENT.has(name)) return undefined;
    if (name === "length") return 1;
    return name === "map" ? (mapper: (item: unknown) => HclAttributes) => [() => mapper(standIn)] : standIn;
  },
};
const standIn: HclAttributes = new Proxy<HclAttributes>(Object([]), STAND_IN_HANDLER);

function namesIn(attributes: HclAttributes): BlockNames {
  const names: Record<string, BlockNames[string]> = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    if (!attribute?.isBlock) continue;
    const { value } = attribute;
    const inner = value !== standIn && Array.isArray(value) ? value[0] : value;
    names[name] = inner === standIn ? {} : grammarOf(inner ?? {});
  }
  return names;
}

// Asked only of the blocks that a template has: a container has twenty kinds, and to ask all took 8 ms.
function grammarOf(inner: HclAttributes | (() => HclAttributes)): BodyGrammar {
  let blocks: BlockNames | undefined;
  return {
    get blocks() {
      return (blocks ??= namesIn(typeof inner === "function" ? inner() : inner));
    },
  };
}

/** An element whose generated class may tell the blocks of its type. */
export type DescribedElement = TerraformResource | TerraformDataSource | TerraformProvider;

// Protected in cdktf.
function attributesMethod(element: object): () => HclAttributes {
  return Reflect.get(element, "synthesizeHclAttributes");
}

// cdktf's own generic classes know no attributes.
const cache = new Map<unknown, BlockNames | undefined>(
  [TerraformResource, TerraformDataSource, TerraformProvider].map((base) => [
    attributesMethod(base.prototype),
    undefined,
  ]),
);

/** The nested blocks that the class of an element knows; `undefined` for cdktf's own generic classes. */
export function blockNamesOfClass(element: DescribedElement): BlockNames | undefined {
  const method = attributesMethod(element);
  if (!cache.has(method)) cache.set(method, namesIn(method.call(standIn)));
  return cache.get(method);
}

// `isBlock` really says "of a complex type": attributes that are objects have it too. The schemas of the providers we use have one.
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = { kubernetes_manifest: ["wait_for"] };

const KINDS: Readonly<Record<string, (element: TerraformElement) => boolean>> = {
  resource: (element) => TerraformResource.isTerraformResource(element),
  data: (element) => TerraformDataSource.isTerraformDataSource(element),
  provider: (element) => TerraformProvider.isTerraformProvider(element),
};

// Terraform's own types, which have no blocks.
const BUILT_IN: ReadonlyMap<string, BlockNames> = new Map([
  ["data.terraform_remote_state", {}],
  ["resource.terraform_data", {}],
]);

/** The block names of the types that the elements of a stack have, found out where they are asked for. */
export function blockNamesOf(stack: TerraformStack): BlockNamesOf {
  const elements = elementsOf(stack);
  return (kind, type) => {
    const names = elements
      .filter((element): element is DescribedElement => KINDS[kind]?.(element) === true)
      .filter((element) => element.terraformResourceType === type)
      .map(blockNamesOfClass)
      .find((known) => known !== undefined);
    const attributes = ATTRIBUTES[type];
    if (!names || !attributes) return names ?? BUILT_IN.get(`${kind}.${type}`);
    return Object.fromEntries(Object.entries(names).filter(([name]) => !attributes.includes(name)));
  };
}
