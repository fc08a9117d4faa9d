import { EnvbuilderDeployment } from "../../constructs/kubernetes/envbuilder-deployment";
import { KubernetesWorkspace } from "../../constructs/kubernetes/kubernetes-workspace";
import { checkSecurity } from "../../constructs/kubernetes/container-security";
import { refusedBy } from "../refusal";
import { testTemplate } from "../util";

// As JavaScript would have it.
const props = JSON.parse('{ "name": "build", "repository": "https://git.example.com/a" }');

test("fails with prop-of-wrong-kind in both constructs", () => {
  expect(refusedBy(() => new KubernetesWorkspace(testTemplate(), "workspace", props))).toBe("prop-of-wrong-kind");
  expect(refusedBy(() => new EnvbuilderDeployment(testTemplate(), "build", props))).toBe("prop-of-wrong-kind");
});

test("fails with prop-of-wrong-kind on a reference as privileged, which is decided at synth", () => {
  expect(refusedBy(() => checkSecurity("", JSON.parse('{ "privileged": "${var.privileged}" }')))).toBe(
    "prop-of-wrong-kind",
  );
});
