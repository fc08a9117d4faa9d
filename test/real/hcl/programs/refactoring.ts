import { Volume } from "@cdktf/provider-docker/lib/volume";
import { docker, volume } from "./elements";
import { programs } from "./program";

export const refactoring = programs("refactoring", {
  moved: (stack) => {
    docker(stack);
    const v = volume(stack, "v2");
    v.addOverride("//", undefined);
    v.moveFromId("docker_volume.v");
  },
  "moved-several-ways": (stack) => {
    docker(stack);
    volume(stack, "v").moveFromId('docker_volume.old["a"]');
    const w = volume(stack, "w");
    volume(stack, "x").addMoveTarget("t");
    w.moveTo("t");
  },
  imported: [
    (stack) => {
      docker(stack);
      Volume.generateConfigForImport(stack, "vi", "name");
    },
    {
      fails: {
        json: "Configuration for import target does not exist",
        hcl: "Configuration for import target does not exist",
      },
    },
  ],
  "removed-and-checked": [
    (stack) => {
      docker(stack);
      stack.addOverride("removed", [{ from: "docker_volume.gone", lifecycle: { destroy: false } }]);
      stack.addOverride("check.c", {
        data: { terraform_remote_state: { r: { backend: "local", config: { path: "/nonexistent" } } } },
        assert: [{ condition: '${terraform.workspace != ""}', error_message: "x ${terraform.workspace}" }],
      });
    },
    // Terraform's own provider for the remote state needs no plugin, but an entry of its own in what init makes.
    { ownInit: true },
  ],
});
