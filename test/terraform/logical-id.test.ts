import { Container } from "@cdktf/provider-docker/lib/container";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { TerraformLocal, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { isFree, pinFreeLogicalId, pinLogicalId } from "../../constructs/terraform/logical-id";
import { addresses, teamStack, treeOf } from "../util";

function volume(scope: Construct, id: string): Volume {
  return new Volume(new Construct(scope, `${id}-parent`), id, { name: id });
}

describe("pinLogicalId", () => {
  test("names a nested element as asked", () => {
    const stack = teamStack();

    const pinned = pinLogicalId(volume(stack, "v"), "home");

    expect(pinned.fqn).toBeDefined();
    expect(addresses(treeOf(stack))).toContain("docker_volume.home");
  });

  test.each(["", "1st", "a b", "a.b", "ä", "-a", "${var.x}"])("fails where %j is no name in Terraform", (name) => {
    const stack = teamStack();

    expect(() => pinLogicalId(volume(stack, "v"), name)).toThrow(
      /stack\/v-parent\/v cannot be named .*\[logical-id-malformed\]/,
    );
  });

  test("fails on a second element of the kind and name, and names both", () => {
    const stack = teamStack();
    pinLogicalId(volume(stack, "a"), "home");

    expect(() => pinLogicalId(volume(stack, "b"), "home")).toThrow(
      'stack/b-parent/b and stack/a-parent/a are both docker_volume.home in Terraform; give one of the constructs another id than "home" [logical-id-twice]',
    );
  });

  test("fails on a team's element, whose name is the id because it stands in the stack itself", () => {
    const stack = teamStack();
    new Volume(stack, "home", { name: "team" });

    expect(() => pinLogicalId(volume(stack, "v"), "home")).toThrow("[logical-id-twice]");
  });

  test("lets elements of other kinds have the name", () => {
    const stack = teamStack();
    pinLogicalId(volume(stack, "v"), "home");
    pinLogicalId(new Container(new Construct(stack, "p"), "c", { name: "c", image: "i" }), "home");
    pinLogicalId(new TerraformLocal(new Construct(stack, "q"), "l", "x"), "home");
    pinLogicalId(new TerraformVariable(new Construct(stack, "r"), "v", { type: "string" }), "home");

    expect(addresses(treeOf(stack))).toEqual([
      "docker_container.home",
      "docker_volume.home",
      "local.home",
      "provider.coder",
      "provider.docker",
      "var.home",
    ]);
  });

  test("knows variables and locals by their addresses, of whatever class they are", () => {
    class TeamVariable extends TerraformVariable {}
    const stack = teamStack();
    new TeamVariable(stack, "size", { type: "number" });
    new TerraformLocal(stack, "url", "x");

    expect(() => pinLogicalId(new TerraformVariable(new Construct(stack, "a"), "v", {}), "size")).toThrow(
      "both var.size",
    );
    expect(() => pinLogicalId(new TerraformLocal(new Construct(stack, "b"), "l", "y"), "url")).toThrow(
      "both local.url",
    );
  });

  test("lets another stack have the name, also one inside", () => {
    const stack = teamStack();
    const inner = new TerraformStack(stack, "inner");
    pinLogicalId(volume(inner, "v"), "home");

    expect(() => pinLogicalId(volume(stack, "w"), "home")).not.toThrow();
  });

  test("fails at synth where an element gets the name later", () => {
    const stack = teamStack();
    pinLogicalId(volume(stack, "a"), "home");
    volume(stack, "b").overrideLogicalId("home");

    expect(() => treeOf(stack)).toThrow("are both docker_volume.home in Terraform");
  });

  test("does not keep a team from naming its own elements later", () => {
    const stack = teamStack();
    const own = volume(stack, "own");
    pinLogicalId(volume(stack, "v"), "home");
    own.overrideLogicalId("database");

    expect(Object.keys(treeOf(stack).resource?.["docker_volume"] ?? {})).toEqual(["database", "home"]);
  });
});

describe("pinFreeLogicalId", () => {
  test("takes the first name that is free", () => {
    const stack = teamStack();
    new TerraformLocal(stack, "url", "team's");

    pinFreeLogicalId(new TerraformLocal(new Construct(stack, "a"), "l", "ours"), ["url", "our_url"]);

    expect(treeOf(stack)["locals"]).toEqual({ url: "team's", our_url: "ours" });
  });

  test("fails where none is", () => {
    const stack = teamStack();
    new TerraformLocal(stack, "url", "team's");

    expect(() => pinFreeLogicalId(new TerraformLocal(new Construct(stack, "a"), "l", "x"), ["url"])).toThrow(
      "[logical-id-twice]",
    );
  });
});

test("isFree compares with the others only", () => {
  const stack = teamStack();
  const own = new Volume(stack, "home", { name: "x" });

  expect(isFree(own, "home")).toBe(true);
  expect(isFree(new Volume(stack, "other", { name: "x" }), "home")).toBe(false);
});
