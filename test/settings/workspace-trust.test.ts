import { TrustingProgram, WorkspaceTrust } from "../../constructs/settings/workspace-trust";

describe("WorkspaceTrust", () => {
  test("all names the variables of every program, none twice", () => {
    const { variables } = WorkspaceTrust.all();

    expect(variables).toEqual([
      "NODE_EXTRA_CA_CERTS",
      "CURL_CA_BUNDLE",
      "REQUESTS_CA_BUNDLE",
      "PIP_CERT",
      "GIT_SSL_CAINFO",
      "AWS_CA_BUNDLE",
    ]);
  });

  test("none names no variable", () => {
    expect(WorkspaceTrust.none().variables).toEqual([]);
  });

  test.each([
    ["all", WorkspaceTrust.all(), true, true],
    ["none", WorkspaceTrust.none(), false, false],
    ["of some", WorkspaceTrust.of(TrustingProgram.SYSTEM_STORE, TrustingProgram.NODE), true, false],
    ["of others", WorkspaceTrust.of(TrustingProgram.JAVA), false, true],
  ])("%s says which stores are written", (_, trust, systemStore, java) => {
    expect(trust).toMatchObject({ systemStore, java });
  });

  test("of names those of each program once", () => {
    const trust = WorkspaceTrust.of(TrustingProgram.PYTHON, TrustingProgram.GIT, TrustingProgram.PYTHON);

    expect(trust.variables).toEqual(["REQUESTS_CA_BUNDLE", "PIP_CERT", "GIT_SSL_CAINFO"]);
  });
});
