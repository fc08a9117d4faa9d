import { remoteState } from "../../../constructs/coder/rules/remote-state";
import { check } from "./template";

describe("remote-state", () => {
  test("refuses a value of another stack", () => {
    const block = { backend: "local", config: { path: "${path.module}/../network/terraform.network.tfstate" } };

    expect(check(remoteState, { "data.terraform_remote_state.cross-stack-reference-input-network": block })).toEqual([
      "data.terraform_remote_state.cross-stack-reference-input-network: values must come from this stack, because Coder runs each " +
        "template alone, got one of the stack network; pass a plain value or declare a variable",
    ]);
  });

  test("refuses a state file", () => {
    expect(
      check(remoteState, { "data.terraform_remote_state.network": { backend: "local", config: { path: "/x" } } }),
    ).toEqual([
      'data.terraform_remote_state.network: backend must not be "local", because Coder\'s provisioner does not have files of other ' +
        'folders, got "local"; declare a variable or use a remote backend',
    ]);
  });

  test.each([{ backend: "s3", config: { bucket: "b" } }, { backend: "${var.backend}" }, {}])("accepts %j", (body) => {
    expect(check(remoteState, { "data.terraform_remote_state.network": body })).toEqual([]);
  });

  test("accepts a local_file", () => {
    expect(check(remoteState, { "data.local_file.a": { backend: "local" } })).toEqual([]);
  });
});
