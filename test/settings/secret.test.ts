import { Secret } from "../../constructs/settings/secret";
import { refusal, refusedBy } from "../refusal";

describe("Secret.fromVariable", () => {
  test("is the reference of a sensitive variable, which Terraform knows to be secret", () => {
    const secret = Secret.fromVariable({ sensitive: true, stringValue: "${TfToken[TOKEN.0]}" });

    expect(secret.reference).toBe("${TfToken[TOKEN.0]}");
    expect(secret.piece("base64")).toEqual({
      reference: "${TfToken[TOKEN.0]}",
      encoding: "base64",
      markSensitive: false,
    });
  });

  test.each([false, undefined, "true"])(
    "fails with secret-variable-not-sensitive where sensitive is %j",
    (sensitive) => {
      expect(refusedBy(() => Secret.fromVariable({ sensitive, stringValue: "${var.a}" }))).toBe(
        "secret-variable-not-sensitive",
      );
    },
  );

  test("fails with secret-in-template on a variable that is none", () => {
    expect(refusal(() => Secret.fromVariable({ sensitive: true, stringValue: "hunter2" }))).not.toContain("hunter2");
  });
});

describe("Secret.fromReference", () => {
  test("is the reference, which Terraform has to be told to be secret", () => {
    expect(Secret.fromReference("${data.coder_external_auth.github.access_token}").piece()).toEqual({
      reference: "${data.coder_external_auth.github.access_token}",
      encoding: undefined,
      markSensitive: true,
    });
  });

  test.each([
    "",
    "hunter2",
    "hunter2${var.a}",
    "${var.a}hunter2",
    "${var.a}hunter2${var.b}",
    "${var.a}${var.b}",
    "$${hunter2}",
    "${hunter2",
    "%{ if true }hunter2%{ endif }",
  ])("fails with secret-in-template, without showing it, on %j", (reference) => {
    const message = refusal(() => Secret.fromReference(reference));

    expect(message).toContain("[secret-in-template]");
    expect(message).not.toContain("hunter2");
  });
});

describe("Secret.isSecret", () => {
  test("knows secrets of another copy of the package, and nothing else", () => {
    let other: unknown;
    jest.isolateModules(() => {
      const copy = jest.requireActual<{ Secret: typeof Secret }>("../../constructs/settings/secret");
      other = copy.Secret.fromReference("${var.a}");
    });

    expect(other).not.toBeInstanceOf(Secret);
    expect([other, "${var.a}", { reference: "${var.a}" }, null].map((value) => Secret.isSecret(value))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
