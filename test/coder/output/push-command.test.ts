import { execFileSync } from "node:child_process";
import { editCommand, pushCommand } from "../../../constructs/coder/output/push-command";

describe("pushCommand", () => {
  test("spells out name and directory", () => {
    expect(pushCommand({ name: "docker" }, "cdktf.out/stacks/docker", {})).toBe(
      "coder templates push docker --directory cdktf.out/stacks/docker --yes",
    );
  });

  test("takes the variables that have no default from a file, and writes no value", () => {
    const tree = {
      variable: { a: { type: "string" }, b: { default: "" }, c: { default: false }, d: { sensitive: true } },
    };

    expect(pushCommand({ name: "docker" }, ".", tree)).toBe(
      "coder templates push docker --directory . --yes --variables-file ~/docker-variables.yaml",
    );
  });
});

test.each(["", false, [], {}])("asks for no file where every variable has a default, such as %j", (value) => {
  expect(pushCommand({ name: "docker" }, ".", { variable: { a: { default: value, sensitive: true } } })).toBe(
    "coder templates push docker --directory . --yes",
  );
});

describe("editCommand", () => {
  test("sets what a push does not", () => {
    expect(editCommand({ name: "docker", displayName: "Docker", description: "Good.", icon: "/icon/docker.svg" })).toBe(
      "coder templates edit docker --yes --display-name Docker --description Good. --icon /icon/docker.svg",
    );
  });

  test("is none where there is nothing to set", () => {
    expect(editCommand({ name: "docker" })).toBeUndefined();
  });
});

test.each(["it's", "$(reboot)", "`reboot`", '"$HOME"', "a\nb", "", "-x", "a b", "\\", "ä", "!!"])(
  "gives a shell %j as one word",
  (text) => {
    const command = `coder() { printf '%s\\n' "$#" "$6"; }; ${String(editCommand({ name: "x", displayName: text }))}`;

    expect(execFileSync("sh", ["-c", `${command}; echo .`], { encoding: "utf8" })).toBe(`6\n${text}\n.\n`);
  },
);
