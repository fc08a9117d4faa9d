import { variablesFileNotes } from "../../../constructs/coder/output/variables-file";
import type { TerraformTree } from "../../../constructs/terraform/tree";
import { CaBundle } from "../../../constructs/settings/ca-bundle";

function notes(variable: TerraformTree["variable"]): string {
  return variablesFileNotes("docker", { variable }).join("\n\n");
}

describe("variablesFileNotes", () => {
  test("are none where no value has to be given, is secret or of several lines", () => {
    expect(variablesFileNotes("docker", {})).toEqual([]);
    expect(notes({ docker_socket: { default: "", description: "An address." } })).toBe("");
  });

  test("have an example of the file, with lines for what holds several", () => {
    const text = notes({
      namespace: { description: "Of the workspaces." },
      deploy_key: { description: "A private key in PEM.", sensitive: true },
      docker_socket: { default: "", description: "An address." },
      token: { description: "Optional.", sensitive: true, default: "" },
    });

    expect(text).toContain("`~/docker-variables.yaml` holds the values of variables, in YAML:");
    expect(text).toContain(
      "```yaml\nnamespace: 'VALUE'\ndeploy_key: |\n  VALUE\n  OF SEVERAL LINES\ntoken: 'VALUE'\n```",
    );
    expect(text).toContain("`chmod 600 ~/docker-variables.yaml`");
  });

  test.each([
    { description: "A docker config, in JSON." },
    { validation: { condition: CaBundle.pemCondition("ca"), error_message: "Give certificates." } },
  ])("know what holds several lines by what its author says: %j", (body) => {
    expect(notes({ ca: body })).toContain("ca: |\n");
  });

  test("name the option where only optional values are meant", () => {
    expect(notes({ token: { sensitive: true, default: "" } })).toContain(
      "with `--variables-file ~/docker-variables.yaml`",
    );
  });

  test("never show a secret", () => {
    expect(notes({ token: { sensitive: true, default: "hunter2" } })).not.toContain("hunter2");
  });
});
