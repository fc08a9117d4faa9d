import { DockerWorkspace } from "../../constructs/docker/docker-workspace";
import { EnvbuilderContainer } from "../../constructs/docker/envbuilder-container";
import { refusedBy } from "../refusal";
import { testTemplate } from "../util";

// As JavaScript would have it.
const props = JSON.parse('{ "name": "build", "repository": "https://git.example.com/a" }');

test("fails with prop-of-wrong-kind in both constructs", () => {
  expect(refusedBy(() => new DockerWorkspace(testTemplate(), "workspace", props))).toBe("prop-of-wrong-kind");
  expect(refusedBy(() => new EnvbuilderContainer(testTemplate(), "build", props))).toBe("prop-of-wrong-kind");
});
