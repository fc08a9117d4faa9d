import { registryNotes } from "../../../constructs/coder/output/registry-notes";
import { RegistryAuth } from "../../../constructs/settings/registry-auth";
import { Secret } from "../../../constructs/settings/secret";

const password = Secret.fromVariable({ sensitive: true, stringValue: "${var.password}" });

test.each<[string, RegistryAuth | undefined, string[]]>([
  ["nothing", undefined, []],
  [
    "logins, without passwords",
    RegistryAuth.logins([
      { registry: "registry.example.com", user: "robot", password },
      { registry: "docker.io", user: "${var.user}", password },
    ]),
    [
      "Envbuilder and the node log in to these registries:\n\n- `registry.example.com`, as `robot`\n- `docker.io`, as *(a reference)*",
    ],
  ],
  [
    "a config",
    RegistryAuth.fromConfig(password),
    [
      "Envbuilder and the node log in to the registries that a docker config names, which Terraform has from a variable or a resource.",
    ],
  ],
  [
    "a file of the host, and that it stays",
    RegistryAuth.fromHostFile("/root/.docker/config.json"),
    [
      "Envbuilder logs in to the registries that `/root/.docker/config.json` of the host names. It stays in the workspace at `/.envbuilder/config.json`.",
    ],
  ],
  [
    "a Secret, and that it stays",
    RegistryAuth.fromSecret("registries"),
    [
      "Envbuilder and the node log in to the registries that the Secret `registries` names. It stays in the workspace at `/.envbuilder/config.json`.",
    ],
  ],
  [
    "another entry of a Secret, which no node reads",
    RegistryAuth.fromSecret("registries", "config.json"),
    [
      "Envbuilder logs in to the registries that the Secret `registries` names. It stays in the workspace at `/.envbuilder/config.json`.",
    ],
  ],
])("says of %s who logs in where", (_, auth, expected) => {
  expect(registryNotes(auth, "the node", "the host")).toEqual(expected);
});

test.each([
  [[], ""],
  [
    ["registry.example.com", "docker.io"],
    " With the same config, the daemon logs in to `registry.example.com`, `docker.io`.",
  ],
])("says which registries the Docker daemon is given a config for: %j", (pulled, more) => {
  expect(registryNotes(RegistryAuth.fromConfig(password), "the daemon", "the Docker host", pulled)).toEqual([
    `Envbuilder logs in to the registries that a docker config names, which Terraform has from a variable or a resource.${more}`,
  ]);
});
