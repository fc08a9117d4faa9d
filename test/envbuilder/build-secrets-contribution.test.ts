import { contributeBuildSecrets } from "../../constructs/envbuilder/build-secrets-contribution";
import { Environment, type EnvironmentVariable } from "../../constructs/envbuilder/environment";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import { refusal, refusedBy } from "../refusal";

const token = Secret.fromReference("${data.vault.me.token}");
const password = Secret.fromVariable({ sensitive: true, stringValue: "${var.password}" });

function contributed(secrets: { [name: string]: Secret }): EnvironmentVariable[] {
  const env = new Environment();
  contributeBuildSecrets({ repository: Repository.at("https://git.test/a"), buildSecrets: secrets }, env);
  return env.sorted();
}

describe("contributeBuildSecrets", () => {
  test("makes one record of CSV, in the order of the names, with each value in quotes", () => {
    expect(contributed({ npm_token: token, "aws.keys-1": password })).toEqual([
      {
        name: "ENVBUILDER_BUILD_SECRETS",
        value: [
          '"aws.keys-1=',
          { reference: "${var.password}", encoding: "csv", markSensitive: false },
          '"',
          ',"npm_token=',
          { reference: "${data.vault.me.token}", encoding: "csv", markSensitive: true },
          '"',
        ],
        secret: true,
        origin: "buildSecrets",
      },
    ]);
  });

  test("says nothing where there are none", () => {
    expect(contributed({})).toEqual([]);
  });

  test.each(["", "a=b", "a,b", 'a"b', "a b", "a/b", "..", "-a", "$a", "${var.a}"])(
    "fails with build-secret-name-malformed on %j",
    (name) => {
      expect(refusedBy(() => contributed({ [name]: token }))).toBe("build-secret-name-malformed");
    },
  );

  test("says what can be asked for", () => {
    expect(refusal(() => contributed({ "npm token": token }))).toBe(
      'buildSecrets has the name "npm token", which no RUN --mount=type=secret,id=… can ask for; use letters, digits, _, - and ., the first a letter, digit or _ [build-secret-name-malformed]',
    );
  });
});
