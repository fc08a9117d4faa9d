import { backendInTemplate } from "../../../constructs/coder/rules/backend-in-template";
import { check } from "./template";

const refused = (address: string, name: string): string =>
  `terraform.${address}: terraform.${name} must not be set in a template, because Coder keeps the state of each workspace itself, ` +
  `got ${address}; leave it out`;

describe("backend-in-template", () => {
  test("refuses a backend without showing how it is reached", () => {
    const lines = check(backendInTemplate, { "terraform.backend": { s3: { bucket: "b", secret_key: "hunter2" } } });

    expect(lines).toEqual([refused("backend.s3", "backend")]);
  });

  test("refuses the local backend that cdktf adds", () => {
    expect(
      check(backendInTemplate, { "terraform.backend": { local: { path: "/home/a/terraform.x.tfstate" } } }),
    ).toEqual([refused("backend.local", "backend")]);
  });

  test("refuses cloud, several of them, and null, which Terraform refuses as well", () => {
    expect(check(backendInTemplate, { "terraform.cloud": { organization: "o" } })).toEqual([refused("cloud", "cloud")]);
    expect(check(backendInTemplate, { terraform: [{ backend: null }, { cloud: {} }] })).toEqual([
      refused("backend", "backend"),
      refused("cloud", "cloud"),
    ]);
  });

  test("accepts what else belongs there", () => {
    const terraform = { required_version: ">= 1.5", required_providers: { coder: {} }, backend: undefined };

    expect(check(backendInTemplate, { terraform })).toEqual([]);
  });
});
