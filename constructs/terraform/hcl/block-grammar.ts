// What the blocks of the Terraform language hold besides plain attributes. What a provider's blocks hold is found elsewhere.

/** The names of the blocks that a body can hold, and what these hold in turn. */
export interface BlockNames {
  readonly [name: string]: BodyGrammar;
}

/** What a body holds besides plain attributes. */
export interface BodyGrammar {
  readonly blocks?: BlockNames;
  /** How many labels stand between the name of the block and its body. */
  readonly labels?: number;
  /** Attributes whose strings are references, types or keywords. */
  readonly bare?: readonly string[];
  /** Attributes whose strings are no templates; `true` for all. */
  readonly literal?: readonly string[] | true;
  /** Whether objects stand in it without blank lines between, their own attributes in order. */
  readonly dense?: boolean;
}

const condition: BodyGrammar = {};
const lifecycle: BodyGrammar = {
  blocks: { precondition: condition, postcondition: condition },
  bare: ["ignore_changes", "replace_triggered_by"],
};
const provisioner: BodyGrammar = { labels: 1, blocks: { connection: {} }, bare: ["when", "on_failure"] };

/** A resource or data source whose provider knows these blocks. */
export function elementGrammar(blocks: BlockNames | undefined): BodyGrammar {
  return {
    labels: 2,
    blocks: { ...blocks, lifecycle, connection: {}, provisioner },
    bare: ["provider", "depends_on"],
  };
}

/** The configuration of a provider that knows these blocks. */
export function providerGrammar(blocks: BlockNames | undefined): BodyGrammar {
  return { labels: 1, literal: ["alias", "version"], blocks };
}

/** The top-level blocks but for those that a provider describes, in the order in which people write them. */
export const LANGUAGE: BlockNames = {
  terraform: {
    blocks: {
      required_providers: { literal: true, dense: true },
      backend: { labels: 1, literal: true },
      cloud: { blocks: { workspaces: { literal: true } }, literal: true },
      provider_meta: { labels: 1 },
    },
    bare: ["experiments"],
    literal: true,
  },
  provider: { labels: 1 },
  variable: { labels: 1, blocks: { validation: condition }, bare: ["type"], literal: ["default", "description"] },
  locals: {},
  data: { labels: 2 },
  resource: { labels: 2 },
  module: { labels: 1, bare: ["providers", "depends_on"], literal: ["source", "version"] },
  output: { labels: 1, blocks: { precondition: condition }, bare: ["depends_on"], literal: ["description"] },
  moved: { bare: ["from", "to"] },
  import: { bare: ["to", "provider"] },
  removed: { blocks: { lifecycle: {}, provisioner }, bare: ["from"] },
  check: { labels: 1, blocks: { assert: condition, data: elementGrammar({}) } },
};
