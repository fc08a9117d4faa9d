import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";

import { certificates } from "./certificates";
import { command } from "./command";
import { settings } from "./settings";
import { stateFolder } from "./state";

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

const manifestType = "application/vnd.oci.image.manifest.v1+json";

/** Pushes a devcontainer feature of one script to registry.test. Returns what `features` of a devcontainer names. */
export async function pushFeature(id: string, installScript: string): Promise<string> {
  const folder = stateFolder("feature-of-one-script");
  const metadata = JSON.stringify({ id, version: "1.0.0", name: id });
  writeFileSync(join(folder, "devcontainer-feature.json"), metadata);
  writeFileSync(join(folder, "install.sh"), `#!/bin/sh\n${installScript}\n`, { mode: 0o755 });
  return await pushFeatureFolder(id, folder);
}

/** Pushes the feature in a folder of this machine to registry.test. Returns what `features` of a devcontainer names. */
export async function pushFeatureFolder(id: string, folder: string): Promise<string> {
  const archive = join(stateFolder("feature"), "feature.tar");
  await command("tar", ["-C", folder, "-cf", archive, "."]);
  const layer = readFileSync(archive);
  const name = `features/${id}`;
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: await pushBlob(name, Buffer.from("{}"), "application/vnd.devcontainers"),
    layers: [await pushBlob(name, layer, "application/vnd.devcontainers.layer.v1+tar")],
  };
  await call("PUT", `/v2/${name}/manifests/1`, manifestType, Buffer.from(JSON.stringify(manifest)));
  return `registry.test:${settings.ports.registry}/${name}:1`;
}

async function pushBlob(name: string, data: Buffer, mediaType: string): Promise<Descriptor> {
  const digest = `sha256:${createHash("sha256").update(data).digest("hex")}`;
  const upload = new URL(await call("POST", `/v2/${name}/blobs/uploads/`, "text/plain", Buffer.alloc(0)));
  upload.searchParams.set("digest", digest);
  await call("PUT", upload.pathname + upload.search, "application/octet-stream", data);
  return { mediaType, digest, size: data.length };
}

/** One request to the registry on loopback. Returns where it says that the result is. */
function call(method: string, path: string, type: string, body: Buffer): Promise<string> {
  const headers = { "content-type": type, "content-length": body.length };
  const where = { host: "127.0.0.1", port: settings.registryPort, ca: readFileSync(certificates().upstreamCa) };
  return new Promise((resolve, reject) => {
    const asked = request({ ...where, method, path, headers }, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      response.on("end", () => {
        if (status >= 300) {
          reject(new Error(`${method} ${path}: ${status}`));
        } else {
          resolve(response.headers.location ?? "");
        }
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
