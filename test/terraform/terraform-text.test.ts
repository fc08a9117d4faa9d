import { TerraformOutput } from "cdktf";
import { escapedForTerraform, withoutStrayDirectives } from "../../constructs/terraform/terraform-text";
import { testStack, token, treeOf } from "../util";

describe("escapedForTerraform: shell-variable-taken-by-terraform", () => {
  test.each([
    ["echo ${HOME} $HOME $(date) $$", "echo $${HOME} $HOME $(date) $$"],
    ["date +%{x} %%", "date +%%{x} %%"],
    // Terraform reads any run of signs before a brace as text.
    ["$${x}", "$$${x}"],
    ["%%{x}", "%%%{x}"],
    ["${a:-${b}}", "$${a:-$${b}}"],
    ["", ""],
  ])("makes text of %j", (text, expected) => {
    expect(escapedForTerraform(text)).toBe(expected);
  });

  test("keeps tokens, also behind a dollar sign", () => {
    const stack = testStack();
    const script = escapedForTerraform(`echo \${USER} ${token("var.x")} $${token("var.y")}`);
    new TerraformOutput(stack, "script", { value: script, staticId: true });

    expect(treeOf(stack)["output"]).toEqual({ script: { value: 'echo $${USER} ${var.x} ${"$"}${var.y}' } });
  });
});

describe("withoutStrayDirectives", () => {
  test.each([
    ["%{http_code}\\n", "%%{http_code}\\n"],
    ["%%{http_code}", "%%{http_code}"],
    ["%{ifconfig}", "%%{ifconfig}"],
    ["${var.x} %d", "${var.x} %d"],
    ["%{ if var.x }a%{ else }b%{~ endif ~}", "%{ if var.x }a%{ else }b%{~ endif ~}"],
    ["%{for x in var.y}${x}%{endfor}", "%{for x in var.y}${x}%{endfor}"],
  ])("makes %j %j", (text, expected) => {
    expect(withoutStrayDirectives(text)).toBe(expected);
  });
});
