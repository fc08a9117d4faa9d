import type { BlockNames } from "../../../constructs/terraform/hcl/block-grammar";
import { addressOf, writeBlocks } from "../../../constructs/terraform/hcl/hcl-writer";
import type { TerraformBody, TerraformTree } from "../../../constructs/terraform/tree";

const blocks: BlockNames = { block: {}, rule: { blocks: { part: {} } }, tag: {} };

const known = (_kind: string, type: string): BlockNames | undefined => (type === "unknown" ? undefined : blocks);

/** The text of all blocks; all types have the blocks above, but for `unknown`. */
function written(tree: TerraformTree): string {
  return writeBlocks(tree, known)
    .map(({ text }) => text)
    .join("\n");
}

const resource = (body: TerraformBody): TerraformTree => ({ resource: { thing: { a: body } } });

describe("the blocks of a stack", () => {
  test("come in the usual order of their kinds", () => {
    const tree: TerraformTree = {
      output: { o: { value: 1 } },
      resource: { thing: { a: {} } },
      data: { thing: { b: {} } },
      module: { m: { source: "x" } },
      locals: { l: 1 },
      variable: { v: {} },
      provider: { thing: [{}] },
      terraform: { required_version: "1" },
      check: { c: {} },
    };

    const kinds = writeBlocks(tree, () => blocks).map(({ kind }) => kind);

    expect(kinds).toEqual(
      ["terraform", "provider", "variable", "locals", "data", "resource", "module", "output"].concat("check"),
    );
  });

  test("say what they are", () => {
    const tree: TerraformTree = {
      resource: { thing: { a: {} } },
      provider: { thing: [{}, { alias: "other" }] },
      locals: { l: 1 },
      variable: { v: {} },
    };

    const what = writeBlocks(tree, () => blocks).map((block) => [block.kind, block.type, block.name, addressOf(block)]);

    expect(what).toEqual([
      ["provider", "thing", undefined, "provider.thing"],
      ["provider", "thing", "other", "provider.thing.other"],
      ["variable", undefined, "v", "var.v"],
      ["locals", undefined, undefined, "locals"],
      ["resource", "thing", "a", "thing.a"],
    ]);
  });

  test("leave out what is only for cdktf", () => {
    expect(written({ "//": { metadata: {} }, resource: { thing: { "//": {}, a: { "//": { x: 1 }, b: 1 } } } })).toBe(
      'resource "thing" "a" {\n  b = 1\n}\n',
    );
  });

  test("are empty where there is nothing", () => {
    expect(written({ provider: { thing: [{}] } })).toBe('provider "thing" {}\n');
  });

  test("of Terraform's settings take strings as they are", () => {
    const tree: TerraformTree = {
      terraform: {
        backend: { local: { path: "a-${x}" } },
        required_providers: { docker: { version: ">= 3", source: "x/docker" }, coder: { source: "x/coder" } },
        required_version: ">= 1.5",
      },
    };

    expect(written(tree)).toBe(
      `terraform {
  required_version = ">= 1.5"

  required_providers {
    docker = {
      source  = "x/docker"
      version = ">= 3"
    }
    coder = {
      source = "x/coder"
    }
  }

  backend "local" {
    path = "a-$\${x}"
  }
}
`,
    );
  });

  test("of variables have types and literal defaults", () => {
    const variable = { default: "$${x}", type: "list(string)", description: "a ${b}", nullable: false };
    const validation = { condition: '${var.v != ""}', error_message: "no ${var.v}" };

    expect(written({ variable: { v: { ...variable, validation: [validation] } } })).toBe(
      `variable "v" {
  description = "a $\${b}"
  type        = list(string)
  default     = "$$\${x}"
  nullable    = false

  validation {
    condition     = var.v != ""
    error_message = "no \${var.v}"
  }
}
`,
    );
  });

  test("of modules have literal sources and bare providers", () => {
    const module = { source: "./${m}", version: "1", providers: { "docker.a": "docker.b" }, depends_on: ["thing.a"] };

    expect(written({ module: { m: { name: "x", ...module } } })).toBe(
      `module "m" {
  providers = {
    docker.a = docker.b
  }

  source  = "./$\${m}"
  version = "1"
  name    = "x"

  depends_on = [thing.a]
}
`,
    );
  });

  test("of moves, imports and removals have bare addresses", () => {
    const tree: TerraformTree = {
      moved: [{ from: 'thing.a["x"]', to: "thing.b" }],
      import: [{ to: "thing.b", id: "x", provider: "thing.other" }],
      removed: [{ from: "thing.c", lifecycle: { destroy: false } }],
    };

    expect(written(tree)).toBe(
      `moved {
  from = thing.a["x"]
  to   = thing.b
}

import {
  provider = thing.other
  to       = thing.b
  id       = "x"
}

removed {
  from = thing.c

  lifecycle {
    destroy = false
  }
}
`,
    );
  });

  test("of checks hold a data source and assertions", () => {
    const check = { data: { thing: { d: { a: 1 } } }, assert: [{ condition: "${true}", error_message: "x" }] };

    expect(written({ check: { c: check } })).toBe(
      `check "c" {
  data "thing" "d" {
    a = 1
  }

  assert {
    condition     = true
    error_message = "x"
  }
}
`,
    );
  });
});

describe("the body of a block", () => {
  test("begins and ends with what is Terraform's own, in groups", () => {
    const body = {
      depends_on: ["thing.b"],
      lifecycle: { ignore_changes: "all", precondition: [{ condition: "${x}", error_message: "y" }] },
      b: 1,
      name: "n",
      provider: "thing.other",
      count: "${local.count}",
      object: { x: 1 },
      c: 2,
    };

    expect(written(resource(body))).toBe(
      `resource "thing" "a" {
  count = local.count

  provider = thing.other
  name     = "n"
  b        = 1

  object = {
    x = 1
  }

  c = 2

  lifecycle {
    ignore_changes = all

    precondition {
      condition     = x
      error_message = "y"
    }
  }

  depends_on = [thing.b]
}
`,
    );
  });

  test("has the provider's nested blocks, small ones close together", () => {
    const body = {
      rule: { part: [{ a: 1 }], b: 2 },
      tag: [{ a: 1 }, { a: 2 }],
    };

    expect(written(resource(body))).toBe(
      `resource "thing" "a" {
  rule {
    b = 2

    part {
      a = 1
    }
  }

  tag {
    a = 1
  }
  tag {
    a = 2
  }
}
`,
    );
  });

  test("has larger blocks of one name apart", () => {
    const tag = { a: 1, b: 2, c: 3, d: 4 };

    expect(written(resource({ tag: [tag, tag] }))).toContain("  }\n\n  tag {\n");
  });

  test("has provisioners with their label", () => {
    const provisioner = [{ "local-exec": { command: "x", when: "destroy", on_failure: "continue" } }];

    expect(written(resource({ provisioner }))).toContain(
      '  provisioner "local-exec" {\n    command    = "x"\n    when       = destroy\n    on_failure = continue\n  }\n',
    );
  });

  test("has dynamic blocks, whose iterator has the block's name unless that could mean something else", () => {
    const dynamic = {
      tag: { for_each: "${local.l}", iterator: "each", content: { a: "${each.value}" } },
      rule: { for_each: ["x"], iterator: "r", content: { part: [{ a: "${r.key}" }] } },
    };

    expect(written(resource({ dynamic }))).toBe(
      `resource "thing" "a" {
  dynamic "tag" {
    for_each = local.l

    content {
      a = tag.value
    }
  }

  dynamic "rule" {
    for_each = ["x"]
    iterator = r

    content {
      part {
        a = r.key
      }
    }
  }
}
`,
    );
  });

  test("has static and dynamic blocks of one name in the order of the names in JSON", () => {
    const dynamic = { for_each: [], content: {} };

    const order = (name: string): string[] =>
      written(resource({ [name]: [{}], dynamic: { [name]: dynamic } })).match(/\w+(?= (?:"\w+" )?\{)/g) ?? [];

    expect(order("tag")).toEqual(["dynamic", "content", "tag"]);
    expect(order("block")).toEqual(["block", "dynamic", "content"]);
  });

  test("has the attributes of known types in the order of people", () => {
    const app = { url: "u", subdomain: true, slug: "s", display_name: "d", agent_id: "${a.b}" };
    const option = [{ icon: "i", name: "n", value: "v" }];
    const parameter = { default: "d", type: "string", name: "n", description: "e", option, order: 1 };
    const options: BlockNames = { option: {} };

    const [first, second] = writeBlocks(
      { data: { coder_parameter: { p: parameter } }, resource: { coder_app: { a: app } } },
      () => options,
    );

    expect(first?.text.match(/\w+(?= +[={])/g)?.filter((name) => name !== "p")).toEqual([
      "name",
      "description",
      "type",
      "order",
      "default",
      "option",
      "name",
      "value",
      "icon",
    ]);
    expect(second?.text.match(/\w+(?= += )/g)).toEqual(["agent_id", "slug", "display_name", "url", "subdomain"]);
  });
});

describe("writing fails", () => {
  test("on objects that may be blocks, where no class tells", () => {
    const tree: TerraformTree = {
      resource: { unknown: { a: { plain: 1, list: ["x"], one: { b: 1 }, many: [{ b: 1 }], lifecycle: {} } } },
    };

    expect(() => written(tree)).toThrow(
      "unknown.a: one, many may be nested blocks or objects, and no class in the stack describes unknown; " +
        "use the generated class of unknown here or anywhere in the stack",
    );
  });

  test("not on plain values of such a type", () => {
    expect(written({ data: { unknown: { a: { b: ["x"], count: 1 } } } })).toContain('b = ["x"]');
  });

  test("on kinds of blocks that there are not", () => {
    expect(() => written({ resources: {} })).toThrow(
      "resources: no block of this kind can be written; remove the override",
    );
  });

  test.each([
    ["an attribute", { x: "${f(}" }, "thing.a: x: "],
    ["a nested block", { rule: { part: [{ x: "${f(}" }] } }, "thing.a: rule: part: x: "],
    ["a dynamic block", { dynamic: { tag: { for_each: [], content: { x: "${f(}" } } } }, "thing.a: tag: x: "],
    ["a name", { "a b": 1 }, 'thing.a: "a b" is no name of an attribute; it takes letters'],
    ["a name inside", { rule: { "x = 1\ny": 1 } }, 'thing.a: rule: "x = 1\\ny" is no name'],
    [
      "a block that is none",
      { rule: "x" },
      'thing.a: rule: rule is a block and must be an object, but is "x"; give it',
    ],
  ])("with the place of what is wrong in %s", (_, body, place) => {
    expect(() => written(resource(body))).toThrow(place);
  });

  test("with everything that is wrong", () => {
    const tree: TerraformTree = { resource: { thing: { a: { x: "${f(}" }, b: { y: "${a b}" } } }, oops: {} };

    expect(() => written(tree)).toThrow(/^oops: .*\nthing\.a: x: .*\nthing\.b: y: .*$/);
  });
});
