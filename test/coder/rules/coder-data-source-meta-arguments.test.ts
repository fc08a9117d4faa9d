import { coderDataSourceMetaArguments } from "../../../constructs/coder/rules/coder-data-source-meta-arguments";
import { check } from "./template";

describe("coder-data-source-meta-arguments", () => {
  test("refuses a provider", () => {
    expect(
      check(coderDataSourceMetaArguments, { "data.coder_parameter.p": { name: "p", provider: "coder.other" } }),
    ).toEqual([
      'data.coder_parameter.p: provider must not be set on a data source of Coder, got "coder.other": a template needs one Coder ' +
        "provider, and in a .tf.json file the argument hides all others from Coder's form; leave it out and configure the " +
        "provider without an alias",
    ]);
  });

  test("refuses depends_on", () => {
    expect(
      check(coderDataSourceMetaArguments, { "data.coder_workspace.me": { depends_on: ["docker_volume.v"] } }),
    ).toEqual([
      'data.coder_workspace.me: depends_on must not be set on a data source of Coder, got ["docker_volume.v"]: a data source that ' +
        "waits is read during apply, where Coder passes no values of parameters; let the resource that needs an order depend on " +
        "the data source",
    ]);
  });

  test("accepts neither, an empty list, and both on all else", () => {
    const both = { provider: "x.y", depends_on: ["docker_volume.v"] };
    const blocks = {
      "data.coder_parameter.p": { name: "p", depends_on: [], provider: null },
      "data.docker_image.i": both,
      "coder_agent.main": both,
    };

    expect(check(coderDataSourceMetaArguments, blocks)).toEqual([]);
  });
});
