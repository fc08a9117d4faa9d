import { DockerMount } from "../../constructs/docker/docker-mount";
import { Size } from "../../constructs/settings/size";
import { token } from "../util";

test("mounts a volume by name", () => {
  expect(DockerMount.volume("cache", "/var/cache")).toMatchObject({
    type: "volume",
    source: "cache",
    path: "/var/cache",
    readOnly: false,
  });
});

test("mounts a path of the host", () => {
  expect(DockerMount.bind("/srv/data", "/data", { readOnly: true })).toMatchObject({
    type: "bind",
    source: "/srv/data",
    path: "/data",
    readOnly: true,
  });
});

test("mounts memory", () => {
  const size = Size.mebibytes(64);

  expect(DockerMount.memory("/tmp", size)).toMatchObject({ type: "tmpfs", path: "/tmp", readOnly: false, size });
});

test("takes a reference for the path of the host", () => {
  expect(() => DockerMount.bind(token("var.path"), "/data")).not.toThrow();
});

test.each(["data", "./data", "~/data", ""])("fails on the path %j of the host", (path) => {
  expect(() => DockerMount.bind(path, "/data")).toThrow(
    `mount source ${JSON.stringify(path)} must be an absolute path of the Docker host, where Terraform's working directory means nothing; write it from the root [host-path-not-absolute]`,
  );
});
