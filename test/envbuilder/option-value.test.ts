import { checkOptionValue } from "../../constructs/envbuilder/option-value";
import { ENVBUILDER_OPTIONS, optionNamed, type EnvbuilderOption } from "../../constructs/envbuilder/options";
import { refusal, refusedBy, verdict } from "../refusal";

const check = (name: string, value: string | undefined): void => {
  const option: EnvbuilderOption = optionNamed(name) ?? { name, type: "string" };
  checkOptionValue(`environment.${name}`, option, value);
};

/** As if no prop set the option. */
const checkWithoutProp = (name: string, value: string | undefined): void => {
  const option: EnvbuilderOption = optionNamed(name) ?? { name, type: "string" };
  checkOptionValue(`environment.${name}`, { ...option, prop: undefined }, value);
};

describe("checkOptionValue", () => {
  test.each(ENVBUILDER_OPTIONS.filter(({ prop }) => prop !== undefined).map(({ name, prop }) => [name, prop]))(
    "fails with option-has-prop on %s, which %s sets",
    (name, prop) => {
      const message = refusal(() => check(name, "${var.a}"));

      expect(message).toContain("[option-has-prop]");
      expect(message).toContain(` ${prop},`);
    },
  );

  test.each(ENVBUILDER_OPTIONS.filter(({ credential }) => credential === "always").map(({ name }) => name))(
    "fails with secret-in-template on %s in plain, and takes it by reference",
    (name) => {
      expect(refusal(() => checkWithoutProp(name, "hunter2"))).toBe(
        `environment.${name} must be given by reference, because its value would stand in the synthesized template; move it to secretEnvironment [secret-in-template]`,
      );
      expect(verdict(() => checkWithoutProp(name, "${var.secret}"))).toBeUndefined();
      expect(verdict(() => checkWithoutProp(name, undefined))).toBeUndefined();
    },
  );

  test.each<[string, string]>([
    ...["1", "0", "t", "f", "T", "F", "true", "false", "TRUE", "FALSE", "True", "False"].map(
      (value): [string, string] => ["ENVBUILDER_INSECURE", value],
    ),
    ["ENVBUILDER_INSECURE", "${var.insecure}"],
    ["ENVBUILDER_INSECURE", ""],
    ["ENVBUILDER_CACHE_TTL_DAYS", "7"],
    ["ENVBUILDER_CACHE_TTL_DAYS", "-1"],
    ["ENVBUILDER_CACHE_TTL_DAYS", "+1"],
    ["ENVBUILDER_CACHE_TTL_DAYS", "007"],
    ["CODER_AGENT_SUBSYSTEM", "envbox"],
    ["CODER_AGENT_SUBSYSTEM", 'envbox,"a,b","say ""hi"""'],
    ["CODER_AGENT_SUBSYSTEM", "a,,b,"],
    ["ENVBUILDER_SETUP_SCRIPT", 'echo "anything'],
    ["ENVBUILDER_INIT_ARGS", "-c ls"],
  ])("takes %s %j", (name, value) => {
    expect(verdict(() => checkWithoutProp(name, value))).toBeUndefined();
  });

  test.each([
    ["ENVBUILDER_INSECURE", "yes"],
    ["ENVBUILDER_INSECURE", "on"],
    ["ENVBUILDER_INSECURE", "tRUE"],
    ["ENVBUILDER_INSECURE", " true"],
    ["ENVBUILDER_CACHE_TTL_DAYS", "7d"],
    ["ENVBUILDER_CACHE_TTL_DAYS", "1.5"],
    ["ENVBUILDER_CACHE_TTL_DAYS", "1_000"],
    ["ENVBUILDER_CACHE_TTL_DAYS", "9999999999999999999"],
    ["CODER_AGENT_SUBSYSTEM", 'a"b'],
    ["CODER_AGENT_SUBSYSTEM", '"a'],
    ["CODER_AGENT_SUBSYSTEM", '"a"b'],
    ["CODER_AGENT_SUBSYSTEM", ' "a"'],
    ["CODER_AGENT_SUBSYSTEM", "a\nb"],
  ])("fails with option-value-type on %s %j", (name, value) => {
    expect(refusedBy(() => checkWithoutProp(name, value))).toBe("option-value-type");
  });

  test("shows no value that may be a credential", () => {
    const option = { name: "A", type: "bool", credential: "perhaps" } as const;

    expect(refusal(() => checkOptionValue("environment.A", option, "hunter2"))).not.toContain("hunter2");
  });

  test("says what a value must be and how to write it", () => {
    expect(refusal(() => checkWithoutProp("ENVBUILDER_INSECURE", "yes"))).toBe(
      'environment.ENVBUILDER_INSECURE "yes" must be true or false, because Envbuilder ends at anything else; write "true" or "false" [option-value-type]',
    );
  });
});
