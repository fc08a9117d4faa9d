import { Chroot } from "./lab/chroot";
import type { CommandResult } from "./lab/command";
import { SHELLS, prepared } from "./lab/template-scripts";

const VARIABLES = { https_proxy: "http://proxy.test:8080", SSL_CERT_FILE: "/a b\\n.pem", EMPTY: "" };

async function handOn(root: Chroot, shell: readonly string[], env: NodeJS.ProcessEnv): Promise<CommandResult> {
  const names = ["https_proxy", "SSL_CERT_FILE", "EMPTY", "UNSET"];
  return await root.run([...shell, "/.envbuilder/scripts/etc-environment.sh", ...names], env);
}

describe("/etc/environment", () => {
  test.each(SHELLS)("gets a block that is replaced, by %s", async (_, words) => {
    const root = prepared(await Chroot.small());
    root.write("/etc/environment", 'LANG="C.UTF-8"');

    const { text, status } = await handOn(root, words, VARIABLES);
    const first = root.read("/etc/environment");
    await handOn(root, words, VARIABLES);
    const second = root.read("/etc/environment");
    await handOn(root, words, { https_proxy: "http://other.test:1" });

    expect({ text: text.trim(), status }).toEqual({ text: "", status: 0 });
    expect(first).toBe(
      'LANG="C.UTF-8"\n# workspace: begin\nhttps_proxy=http://proxy.test:8080\nSSL_CERT_FILE=/a b\\n.pem\n# workspace: end\n',
    );
    expect(second).toBe(first);
    expect(root.read("/etc/environment")).toBe(
      'LANG="C.UTF-8"\n# workspace: begin\nhttps_proxy=http://other.test:1\n# workspace: end\n',
    );
  });

  test("is made where there is none, and says what it cannot hold", async () => {
    const root = prepared(await Chroot.small());

    const { stderr } = await handOn(root, ["dash"], { https_proxy: "http://p.test", SSL_CERT_FILE: "a\nEVIL=1" });

    expect(stderr).toBe("environment: SSL_CERT_FILE has several lines, which /etc/environment cannot hold; left out\n");
    expect(root.read("/etc/environment")).toBe("# workspace: begin\nhttps_proxy=http://p.test\n# workspace: end\n");
  });

  test("stays as it is for anybody but root", async () => {
    const root = prepared(await Chroot.small());
    const script = ["dash", "/.envbuilder/scripts/etc-environment.sh", "https_proxy"];

    const result = await root.run(script, { https_proxy: "http://p.test" }, "1000:1000");

    expect(result).toMatchObject({ status: 0, stderr: "environment: not root: nothing is changed\n" });
    expect(root.read("/etc/environment")).toBeUndefined();
  });
});
