import { persistentResource } from "../../../constructs/coder/rules/persistent-resource";
import { check } from "./template";

const ID = "coder-${data.coder_workspace.me.id}-home";
const keep = { lifecycle: { ignore_changes: "all" } };

const unnamed = (address: string, prop: string, got: string): string =>
  `${address}: ${prop} must contain \${data.coder_workspace.me.id}, because all else may change or clash, got ${got}; ` +
  "build the name from the workspace's id";
const unkept = (address: string): string =>
  `${address}: lifecycle.ignore_changes must be all, because a change would replace the users' data; set it, or count the ` +
  "resource by data.coder_workspace.me.start_count if it holds nothing to keep";

describe("persistent-resource", () => {
  test.each([
    ["home", '"home"'],
    ["${data.coder_workspace.me.name}", '"${data.coder_workspace.me.name}"'],
    ["$${data.coder_workspace.me.id}", '"$${data.coder_workspace.me.id}"'],
    ["${data.coder_workspace_owner.me.id}", '"${data.coder_workspace_owner.me.id}"'],
    [undefined, "none"],
  ])("warns of a volume named %s", (name, got) => {
    expect(check(persistentResource, { "docker_volume.home": { name, ...keep } })).toEqual([
      unnamed("docker_volume.home", "name", got),
    ]);
  });

  test.each([undefined, {}, { ignore_changes: ["name"] }, { prevent_destroy: true }])(
    "warns of a volume with the lifecycle %j",
    (lifecycle) => {
      expect(check(persistentResource, { "docker_volume.home": { name: ID, lifecycle } })).toEqual([
        unkept("docker_volume.home"),
      ]);
    },
  );

  test.each(["kubernetes_persistent_volume_claim", "kubernetes_persistent_volume_claim_v1"])(
    "warns of a %s",
    (type) => {
      expect(check(persistentResource, { [`${type}.home`]: { metadata: { name: "home" } } })).toEqual([
        unnamed(`${type}.home`, "metadata.name", '"home"'),
        unkept(`${type}.home`),
      ]);
    },
  );

  test("warns of a volume with a count that is not the workspace's", () => {
    const home = { name: "home", count: "${var.home ? 1 : 0}", ...keep };

    expect(check(persistentResource, { "docker_volume.home": home })).toHaveLength(1);
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    ["a volume", { "docker_volume.home": { name: ID, ...keep } }],
    ["a volume named through a local", { "docker_volume.home": { name: "${local.n}", ...keep }, "local.n": ID }],
    [
      "a volume named by a function",
      { "docker_volume.home": { name: '${join("-", ["a", data.coder_workspace.me.id])}', ...keep } },
    ],
    [
      "a claim",
      {
        "kubernetes_persistent_volume_claim_v1.home": {
          metadata: [{ name: ID }],
          lifecycle: [{ ignore_changes: "all" }],
        },
      },
    ],
    [
      "a claim with a generated name",
      { "kubernetes_persistent_volume_claim.home": { metadata: { generate_name: ID }, ...keep } },
    ],
    [
      "a volume that goes at each stop",
      { "docker_volume.tmp": { name: "tmp", count: "${data.coder_workspace.me.start_count}" } },
    ],
    [
      "a volume for each of what goes at each stop",
      {
        "docker_volume.tmp": { name: "t", for_each: '${data.coder_workspace.me.start_count == 1 ? toset(["a"]) : []}' },
      },
    ],
    ["other kinds of resources", { "docker_network.n": { name: "n" }, "data.docker_volume.v": { name: "v" } }],
  ])("accepts %s", (_what, blocks) => {
    expect(check(persistentResource, blocks)).toEqual([]);
  });
});
