import { DataResource, DataTerraformRemoteStateLocal, LocalBackend } from "cdktf";
import { docker, output } from "./elements";
import { programs } from "./program";

const state = {
  version: 4,
  terraform_version: "1.5.0",
  serial: 1,
  lineage: "x",
  outputs: { a: { value: "b", type: "string" } },
  resources: [],
};

export const states = programs("state", {
  backend: [
    (stack) => {
      docker(stack);
      new LocalBackend(stack, { path: "x.tfstate" });
      output(stack, "o", "x");
    },
    { ownInit: true },
  ],
  remote: [
    (stack) => {
      docker(stack);
      const remote = new DataTerraformRemoteStateLocal(stack, "rs", { path: "rs.tfstate", defaults: { z: "y" } });
      output(stack, "o", remote.getString("a"));
    },
    { files: { "rs.tfstate": JSON.stringify(state) } },
  ],
  "data-resource": (stack) => {
    docker(stack);
    const data = new DataResource(stack, "td", {
      input: { a: [1, { b: "c" }] },
      triggersReplace: { x: { y: "z" } },
    });
    output(stack, "o", data.output);
  },
});
