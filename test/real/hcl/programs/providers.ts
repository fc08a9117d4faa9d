import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { docker, volume } from "./elements";
import { programs } from "./program";

export const providers = programs("provider", {
  alias: (stack) => {
    docker(stack);
    const provider = new DockerProvider(stack, "other", {
      alias: "other",
      host: "unix:///var/run/docker.sock",
      registryAuth: [{ address: "r.example", username: "u", password: "p" }],
    });
    volume(stack, "v", { provider });
  },
});
