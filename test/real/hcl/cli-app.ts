// An app as its author would run it by cdktf-cli: ./cdktf-cli.test.ts does.
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Agent } from "../../../constructs/providers/coder/agent";
import { CoderProvider } from "../../../constructs/providers/coder/provider";
import { HclSynthesizer } from "../../../constructs/terraform/hcl/hcl-synthesizer";

const app = new App();
const stack = new TerraformStack(app, "template");
new CoderProvider(stack, "coder", {});
const agent = new Agent(stack, "main", { os: "linux", arch: "amd64" });
new TerraformOutput(stack, "os", { value: agent.os });
stack.synthesizer = new HclSynthesizer(stack, { fileOf: ({ kind }) => (kind === "output" ? "outputs.tf" : "main.tf") });
app.synth();
