import { Fn, TerraformLocal, TerraformOutput, TerraformVariable } from "cdktf";
import { Agent } from "../../constructs/providers/coder/agent";
import { DataCoderWorkspace } from "../../constructs/providers/coder/data-coder-workspace";
import { attributeOf, call, referenceTo } from "../../constructs/terraform/expression";
import { pinLogicalId } from "../../constructs/terraform/logical-id";
import { teamStack, treeOf } from "../util";

describe("attributeOf", () => {
  test.each(["name", "startCount", "isPrebuildClaim"] as const)("says %s as the bindings do", (attribute) => {
    const stack = teamStack();
    const workspace = pinLogicalId(new DataCoderWorkspace(stack, "one"), "me");
    new TerraformOutput(stack, "ours", { value: attributeOf(workspace, attribute), staticId: true });
    new TerraformOutput(stack, "theirs", { value: workspace[attribute], staticId: true });
    const { output } = treeOf(stack);

    expect(Object(output).ours).toEqual(Object(output).theirs);
    expect(attributeOf(workspace, attribute)).toMatch(/^\$\{data\.coder_workspace\.me\.[a-z_]+\}$/);
  });

  test("is of a resource, too", () => {
    const agent = pinLogicalId(new Agent(teamStack(), "a", { os: "linux", arch: "amd64" }), "main");

    expect(attributeOf(agent, "initScript")).toBe("${coder_agent.main.init_script}");
  });
});

test("a reference to a variable or a local names it as the framework does", () => {
  const stack = teamStack();
  const variable = new TerraformVariable(stack, "given", { type: "string" });
  const local = new TerraformLocal(stack, "made", "x");
  const both = { variable: [referenceTo(variable), variable.value], local: [referenceTo(local), local.asString] };
  new TerraformOutput(stack, "both", { value: both, staticId: true });

  const { value } = Object(treeOf(stack)["output"]).both;
  expect(value.variable[0]).toBe(value.variable[1]);
  expect(value.local[0]).toBe(value.local[1]);
  expect(value.variable[0]).toBe("${var.given}");
});

describe("call", () => {
  test.each([
    [["${var.x}"], "${upper(var.x)}"],
    [["plain"], '${upper("plain")}'],
    [["${var.x}", 0], "${upper(var.x, 0)}"],
    [["a-${var.x}"], '${upper("a-${var.x}")}'],
    [["${var.x}${var.y}"], '${upper("${var.x}${var.y}")}'],
    [['"\\\n'], '${upper("\\"\\\\\\n")}'],
    [['${join("}", ["a"])}'], '${upper(join("}", ["a"]))}'],
    [["\b\f"], '${upper("\\u0008\\u000c")}'],
    [[], "${upper()}"],
  ])("with %j is %s", (parameters, expected) => {
    expect(call("upper", ...parameters)).toBe(expected);
  });

  test("is a parameter of another", () => {
    expect(call("element", call("regex", "x+", "${local.url}"), 0)).toBe('${element(regex("x+", local.url), 0)}');
  });

  test("takes the framework's tokens", () => {
    const stack = teamStack();
    const { stringValue } = new TerraformVariable(stack, "given", { type: "string" });
    const value = [
      call("upper", `//${stringValue}$2`),
      call("replace", stringValue, "${local.a}", `-${Fn.lower(stringValue)}`),
      call("substr", stringValue, 0, 2),
    ];
    new TerraformOutput(stack, "o", { value, staticId: true });

    expect(treeOf(stack)["output"]).toEqual({
      o: {
        value: [
          '${upper("//${var.given}$2")}',
          '${replace(var.given, local.a, "-${lower(var.given)}")}',
          "${substr(var.given, 0, 2)}",
        ],
      },
    });
  });
});
