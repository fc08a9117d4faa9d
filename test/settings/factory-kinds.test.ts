import { BuildHelp } from "../../constructs/envbuilder/build-help";
import { CaBundle } from "../../constructs/settings/ca-bundle";
import { GitCredentials } from "../../constructs/settings/git-credentials";
import { ImageCache } from "../../constructs/settings/image-cache";
import { Proxy } from "../../constructs/settings/proxy";
import { RegistryAuth } from "../../constructs/settings/registry-auth";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import { SetupScript } from "../../constructs/settings/setup-script";
import { WorkspaceTrust } from "../../constructs/settings/workspace-trust";
import { refusal } from "../refusal";

// As JavaScript has them: whatever is given goes through.
const loose = {
  buildHelp: Object(BuildHelp),
  ca: Object(CaBundle),
  cache: Object(ImageCache),
  credentials: Object(GitCredentials),
  proxy: Object(Proxy),
  registryAuth: Object(RegistryAuth),
  repository: Object(Repository),
  script: Object(SetupScript),
  secret: Object(Secret),
  trust: Object(WorkspaceTrust),
};
const password = Secret.fromReference("${var.password}");
const registry = "r.test";

test.each<[() => unknown, string]>([
  [() => loose.registryAuth.logins({ registry }), "registryAuth logins is another object and must be a list; write"],
  [() => loose.registryAuth.logins([null]), "registryAuth logins[0] is null and must be an object; write"],
  [() => loose.registryAuth.logins([{ registry, password }]), "registryAuth logins[0].user is undefined and must be a"],
  [() => loose.registryAuth.logins([{ user: "a", password }]), "registryAuth logins[0].registry is undefined and must"],
  [() => loose.registryAuth.fromConfig(password, { base64: "no" }), "registryAuth base64 is a string and must be true"],
  [() => loose.registryAuth.fromConfig(password, { registries: "r.test" }), "registryAuth registries is a string and"],
  [() => loose.cache.at(), "cache.repository is undefined and must be a string"],
  [() => loose.cache.at("r.test/c", null), "cache is null and must be an object"],
  [() => loose.cache.at("r.test/c", { push: "no" }), "cache.push is a string and must be true or false"],
  [() => loose.cache.inDirectory(5), "cache.directory is a number and must be a string"],
  [() => loose.trust.of("nodee"), 'trust "nodee" must be one of system-store, java, node, curl, python, git, aws; use'],
  [() => loose.trust.of(["node"]), "trust is a list and must be one of system-store, java"],
  [() => loose.script.required(5), "setupScript is a number and must be a string"],
  [() => loose.script.bestEffort(), "setupScript is undefined and must be a string"],
  [() => loose.secret.fromVariable(), "Secret.fromVariable is undefined and must be a TerraformVariable; declare one"],
  [() => loose.secret.fromVariable("hunter2"), "Secret.fromVariable is a string and must be a TerraformVariable; dec"],
  [() => loose.credentials.fromToken(password, { host: "gitlabb" }), 'host "gitlabb" must be one of github, gitlab, '],
  [() => loose.credentials.fromExternalAuth("a", { host: "gitlabb" }), "use a value of GitHost"],
  [() => loose.credentials.fromExternalAuth("a", { optional: "no" }), "optional is a string and must be true or false"],
  [() => loose.credentials.fromPassword({ user: 5, password }), "gitCredentials user is a number and must be a string"],
  [() => loose.repository.at(), "repository.url is undefined and must be a string"],
  [() => loose.repository.at("https://git.test/a", { singleBranch: "no" }), "repository.singleBranch is a string and"],
  [() => loose.repository.chosenByUser({ custom: "no" }), "repository.custom is a string and must be true or false"],
  [() => loose.proxy.containerWide(), "proxy is undefined and must be an object"],
  [() => loose.proxy.gitOnly({}), "proxy.url is undefined and must be a string"],
  [
    () => loose.proxy.containerWide({ url: "http://p.test", disableHttp2: 1 }),
    "proxy.disableHttp2 is a number and must",
  ],
  [
    () => loose.ca.fromHostFile("/a.pem", { publicRoots: "no" }),
    "ca publicRoots is a string and must be true or false",
  ],
  [() => loose.buildHelp.of(), "settings is undefined and must be an object"],
  [() => loose.buildHelp.of({ repository: "a" }), "settings.repository is a string and must be a Repository"],
  [
    () => loose.buildHelp.of({}).dockerfile("nixos"),
    'distribution "nixos" must be one of debian, fedora, suse, arch, ',
  ],
])("%# fails with prop-of-wrong-kind", (action, text) => {
  const message = refusal(action);

  expect(message).toContain(text);
  expect(message).toContain("[prop-of-wrong-kind]");
  expect(message).not.toContain("hunter2");
});

test("Secret.fromReference fails with secret-in-template on what is no string", () => {
  expect(refusal(() => loose.secret.fromReference(5))).toContain("[secret-in-template]");
  expect(refusal(() => loose.secret.fromReference())).toContain("[secret-in-template]");
});
