import type { Container } from "@cdktf/provider-docker/lib/container";
import { validateBuildable } from "../../constructs/docker/buildable";
import { EnvbuilderContainer } from "../../constructs/docker/envbuilder-container";
import { Repository } from "../../constructs/settings/repository";
import { filesOf, teamStack, token } from "../util";

const SETTINGS = { name: "c", repository: Repository.at("https://git.example.com/team/app.git") };

function container(hardened = false): Container {
  return new EnvbuilderContainer(teamStack(), "build", { ...SETTINGS, hardened }).resource;
}

test.each<[string, (container: Container) => void]>([
  ["nothing", () => undefined],
  ["root", (resource) => (resource.user = "root")],
  ["root by number and a group", (resource) => (resource.user = "0:0")],
  ["no user", (resource) => (resource.user = "")],
  ["a user that only Terraform knows", (resource) => (resource.user = token("var.user"))],
  ["a filesystem that is written", (resource) => (resource.readOnly = false)],
  [
    "fewer capabilities, of which a build needs none",
    (resource) => resource.putCapabilities({ drop: ["NET_RAW", "MKNOD"] }),
  ],
  [
    "all dropped and enough added, in Docker's spelling or ours",
    (resource) =>
      resource.putCapabilities({ drop: ["all"], add: ["CAP_CHOWN", "DAC_OVERRIDE", "cap_fowner", "SETGID", "SETUID"] }),
  ],
  ["all dropped and all added", (resource) => resource.putCapabilities({ drop: ["ALL"], add: ["ALL"] })],
])("lets the author set %s", (_, change) => {
  const resource = container();

  change(resource);

  expect(validateBuildable(resource)).toEqual([]);
});

test("takes hardened for enough", () => {
  expect(validateBuildable(container(true))).toEqual([]);
});

test.each<[string, (container: Container) => void, string]>([
  [
    "another user",
    (resource) => (resource.user = "1000:1000"),
    'user "1000:1000" must be root, because Envbuilder replaces the filesystem and changes owners; leave it out: the workspace itself runs as the image\'s user [container-not-root]',
  ],
  ["a user whose name only begins like root", (resource) => (resource.user = "rootless"), "[container-not-root]"],
  [
    "a read-only filesystem",
    (resource) => (resource.readOnly = true),
    "read_only true must be false, because Envbuilder writes the image to the container's own filesystem; leave it out [container-read-only]",
  ],
  [
    "all capabilities dropped",
    (resource) => resource.putCapabilities({ drop: ["ALL"] }),
    "capabilities.drop takes CHOWN, DAC_OVERRIDE, FOWNER, SETGID, SETUID, which a build needs; use hardened, which keeps them [container-lacks-capabilities]",
  ],
  [
    "one dropped that a build needs",
    (resource) => resource.putCapabilities({ drop: ["CAP_FOWNER", "NET_RAW"] }),
    "capabilities.drop takes FOWNER, which a build needs",
  ],
])("fails at synth on %s", (_, change, message) => {
  const resource = container();

  change(resource);

  expect(() => filesOf(resource.cdktfStack)).toThrow(message);
});

test("says all at once", () => {
  const resource = container();
  resource.user = "node";
  resource.readOnly = true;

  expect(validateBuildable(resource)).toHaveLength(2);
});
