import type { App } from "cdktf";
import { CaBundle, CoderTemplate, Proxy, Repository } from "cdktf-coder-envbuilder";
import { DockerWorkspace } from "cdktf-coder-envbuilder/docker";
import { CERTIFICATES } from "./certificates";

/** A workspace on Docker behind a proxy, as one writes it with this library. */
export function template(app: App, name: string): void {
  const stack = new CoderTemplate(app, name);
  new DockerWorkspace(stack, "workspace", {
    repository: Repository.at("https://git.example.com/team/app.git"),
    proxy: Proxy.containerWide({ url: "http://proxy.example.com:3128" }),
    ca: CaBundle.fromFile(CERTIFICATES),
  });
}
