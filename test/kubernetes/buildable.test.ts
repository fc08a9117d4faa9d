import type { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { validateBuildable } from "../../constructs/kubernetes/buildable";
import { EnvbuilderDeployment } from "../../constructs/kubernetes/envbuilder-deployment";
import { Repository } from "../../constructs/settings/repository";
import { synthesized, testStack, token } from "../util";

const POD = "spec.template.spec";
const SECURITY = `${POD}.container.0.security_context`;

function deployment(): DeploymentV1 {
  const stack = testStack();
  new KubernetesProvider(stack, "kubernetes");
  const repository = Repository.at("https://git.example.com/team/app.git");
  return new EnvbuilderDeployment(stack, "build", {
    name: "build",
    repository,
    sidecars: [{ name: "db", image: "postgres:17", user: 999 }],
  }).resource;
}

test.each<[string, (deployment: DeploymentV1) => void]>([
  ["nothing", () => undefined],
  ["root by number", (one) => one.addOverride(`${SECURITY}.run_as_user`, "0")],
  ["a user that only Terraform knows", (one) => one.addOverride(`${SECURITY}.run_as_user`, token("var.user"))],
  [
    "no root for the pod that the container takes back",
    (one) => {
      one.addOverride(`${POD}.security_context.run_as_non_root`, true);
      one.addOverride(`${SECURITY}.run_as_non_root`, false);
    },
  ],
  ["a filesystem that is written", (one) => one.addOverride(`${SECURITY}.read_only_root_filesystem`, false)],
  [
    "fewer capabilities, of which a build needs none",
    (one) => one.addOverride(`${SECURITY}.capabilities`, { drop: ["NET_RAW"] }),
  ],
  ["all capabilities", (one) => one.addOverride(`${SECURITY}.capabilities`, { drop: ["ALL"], add: ["ALL"] })],
  ["every privilege", (one) => one.addOverride(SECURITY, { privileged: true })],
  ["another container's user", (one) => one.addOverride(`${POD}.container.1.security_context.run_as_user`, "70")],
])("lets the author set %s", (_, change) => {
  const resource = deployment();

  change(resource);

  expect(validateBuildable(resource, "envbuilder")).toEqual([]);
});

test.each<[string, (deployment: DeploymentV1) => void, string]>([
  [
    "that the container is not root",
    (one) => one.addOverride(`${SECURITY}.run_as_non_root`, true),
    "run_as_non_root true must be false, because Envbuilder replaces the filesystem and changes owners as root; leave it out: the workspace itself runs as the image's user [pod-not-root]",
  ],
  [
    "that the pod is not root",
    (one) => one.addOverride(`${POD}.security_context.run_as_non_root`, true),
    "[pod-not-root]",
  ],
  ["another user", (one) => one.addOverride(`${SECURITY}.run_as_user`, "1000"), "run_as_user 1000 must be 0"],
  [
    "another user of the pod",
    (one) => one.addOverride(`${POD}.security_context`, { run_as_user: 1000 }),
    "[pod-not-root]",
  ],
  [
    "a read-only filesystem",
    (one) => one.addOverride(`${SECURITY}.read_only_root_filesystem`, true),
    "read_only_root_filesystem true must be false, because Envbuilder writes the image to the container's own filesystem; leave it out [pod-read-only]",
  ],
  [
    "all capabilities dropped",
    (one) => one.addOverride(`${SECURITY}.capabilities.add`, undefined),
    "capabilities.drop takes CHOWN, DAC_OVERRIDE, FOWNER, SETGID, SETUID, which a build needs; leave them to it, as without the change [pod-lacks-capabilities]",
  ],
  [
    "one dropped that a build needs",
    (one) => one.addOverride(`${SECURITY}.capabilities`, { drop: ["CAP_FOWNER", "NET_RAW"] }),
    "capabilities.drop takes FOWNER, which a build needs",
  ],
])("fails at synth on %s", (_, change, message) => {
  const resource = deployment();

  change(resource);

  expect(() => synthesized(resource.cdktfStack)).toThrow(message);
});

test("says all at once", () => {
  const resource = deployment();
  resource.addOverride(SECURITY, { run_as_user: "1000", read_only_root_filesystem: true });

  expect(validateBuildable(resource, "envbuilder")).toHaveLength(2);
});
