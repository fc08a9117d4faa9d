import { Environment } from "../../constructs/envbuilder/environment";
import { refusal, refusedBy, verdict } from "../refusal";

const secret = [{ reference: "${var.password}" }];

function conflict(...[one, other]: readonly [Parameters<Environment["add"]>, Parameters<Environment["add"]>]): string {
  const env = new Environment();
  env.add(...one);
  return refusal(() => env.add(...other));
}

describe("Environment", () => {
  test("is sorted by name, whatever the order", () => {
    const env = new Environment();
    for (const name of ["b", "_", "B", "a", "A"]) env.add("environment", name, name);

    expect(env.sorted().map(({ name }) => name)).toEqual(["A", "B", "_", "a", "b"]);
  });

  test("keeps value, origin and secrecy", () => {
    const env = new Environment();
    env.add("secretEnvironment.A", "A", secret, true);

    expect(env.get("A")).toEqual({ name: "A", value: secret, secret: true, origin: "secretEnvironment.A" });
    expect(env.get("B")).toBeUndefined();
  });

  test("takes the same value twice, from the first origin", () => {
    const env = new Environment();
    env.add("proxy", "https_proxy", "http://proxy.test");
    env.add("environment.https_proxy", "https_proxy", ["http://proxy.test"]);

    expect(env.sorted()).toMatchObject([{ origin: "proxy", value: ["http://proxy.test"] }]);
  });

  test("fails with environment-conflict, naming both origins and values", () => {
    expect(
      conflict(["proxy.disableHttp2", "GODEBUG", "http2client=0"], ["environment.GODEBUG", "GODEBUG", "a=1"]),
    ).toBe(
      'GODEBUG is set by proxy.disableHttp2 to "http2client=0" and by environment.GODEBUG to "a=1"; remove one of them [environment-conflict]',
    );
  });

  test("fails with environment-conflict, showing no secret, nor what may be the same secret in plain", () => {
    expect(conflict(["agent", "A", secret, true], ["environment.A", "A", "hunter2"])).toBe(
      "A is set by agent to a secret and by environment.A to another value; remove one of them [environment-conflict]",
    );
  });

  test("fails with environment-conflict, showing no user and password of a URL", () => {
    expect(
      conflict(["proxy", "A", "http://proxy.test"], ["environment.A", "A", "http://bob:hunter2@proxy.test"]),
    ).toContain('by environment.A to "http://…@proxy.test"; ');
  });

  test("fails with environment-conflict on references, which it does not show", () => {
    expect(conflict(["proxy", "A", "${var.a}"], ["environment.A", "A", "${var.b}"])).toContain(
      "A is set by proxy to a reference and by environment.A to a reference; ",
    );
  });

  // NAME=value and the zero byte at its end: what the kernel's MAX_ARG_STRLEN counts.
  test.each<[string, string | readonly (string | { reference: string })[], boolean]>([
    ["131072 bytes", "x".repeat(131_069), true],
    ["131073 bytes", "x".repeat(131_070), false],
    ["131073 bytes in two-byte characters", `x${"ü".repeat(65_535)}`.slice(0, 65_536), false],
    ["131073 bytes beside a reference", [`${"x".repeat(131_070)}\${var.a}`], false],
    ["131073 bytes in pieces", ["x".repeat(131_000), { reference: "${var.a}" }, "x".repeat(70)], false],
    ["a long reference", `\${"${"x".repeat(140_000)}"}`, true],
  ])("takes %s, or fails with variable-too-long", (_, value, fits) => {
    const message = verdict(() => new Environment().add("environment.A", "A", value));

    expect(message === undefined).toBe(fits);
    expect(message ?? "[variable-too-long]").toContain("[variable-too-long]");
  });

  test("says of variable-too-long how long and what to do, not what", () => {
    expect(refusal(() => new Environment().add("ca", "A", "x".repeat(131_072)))).toBe(
      'A, set by ca, has 131075 bytes: over 131072 Linux starts no program ("argument list too long"), while Terraform reports success; deliver it as a file [variable-too-long]',
    );
  });

  test("fails with variable-value-malformed on a zero byte", () => {
    expect(refusedBy(() => new Environment().add("environment.A", "A", "a\0b"))).toBe("variable-value-malformed");
  });
});
