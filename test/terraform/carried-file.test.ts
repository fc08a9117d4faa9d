import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { CarriedFile } from "../../constructs/terraform/carried-file";
import { filesOf, testStack, testTemplate, treeOf } from "../util";

describe("CarriedFile", () => {
  test("lies beside the Terraform of any stack, below its folders", () => {
    const stack = testStack();
    const file = CarriedFile.of(stack, "certs/ca.pem", "PEM\n");
    new TerraformOutput(stack, "content", { value: file.content, staticId: true });

    expect(treeOf(stack)["output"]).toEqual({ content: { value: '${file("${path.module}/certs/ca.pem")}' } });
    expect(filesOf(stack)).toMatchObject({ "cdk.tf.json": expect.any(String), "certs/ca.pem": "PEM\n" });
  });

  test("lies in the folder of a template", () => {
    const template = testTemplate();
    const file = CarriedFile.of(template, "certs/ca.pem", "PEM\n");
    new TerraformOutput(template, "content", { value: file.content, staticId: true });

    const files = filesOf(template);

    expect(files["certs/ca.pem"]).toBe("PEM\n");
    expect(files["outputs.tf"]).toContain('value = file("${path.module}/certs/ca.pem")');
  });

  test("is there once for one content, whoever asks", () => {
    const stack = testStack();

    const one = CarriedFile.of(new Construct(stack, "a"), "certs/ca.pem", "PEM\n");
    const other = CarriedFile.of(new Construct(stack, "b"), "certs/ca.pem", "PEM\n");

    expect(other).toBe(one);
  });

  test("gets a name of its own where another content has the name, the same at each synthesis", () => {
    const stack = testStack();
    CarriedFile.of(stack, "certs/ca.pem", "one\n");

    const second = CarriedFile.of(stack, "certs/ca.pem", "other\n");

    expect(second.content).toBe('${file("${path.module}/certs/ca-7e4fa2eb.pem")}');
    expect(CarriedFile.of(stack, "certs/ca.pem", "other\n")).toBe(second);
    expect(filesOf(stack)).toMatchObject({ "certs/ca.pem": "one\n", "certs/ca-7e4fa2eb.pem": "other\n" });
  });
});
