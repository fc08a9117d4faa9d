// Generates the CDKTF bindings of the providers coder/coder and coder/envbuilder, which npm does not have, from the
// schemas stored in schemas/. Needs neither Terraform, the providers nor a network.
//
// The bindings land compiled (.js and .d.ts) in constructs/providers/<name>/: they were generated for looser compiler
// settings than ours, and nobody edits or lints them.
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
// The generator asks for Terraform's version as it loads and reports to its vendor when there is none; neither is wanted here.
process.env.CHECKPOINT_DISABLE = "1";
delete process.env.TF_CLI_CONFIG_FILE;
// The package's own entry point requires jsii-pacmak, which it does not declare.
const { TerraformProviderGenerator } = require("@cdktf/provider-generator/lib/get/generator/provider-generator");
const { Language, TerraformProviderConstraint, ConstructsMakerProviderTarget } = require("@cdktf/commons");
const { CodeMaker } = require("codemaker");

const root = path.dirname(__dirname);
const out = path.join(root, "constructs", "providers");

// The constraint is what a template requires: as wide as what our constructs use allows, so that a mirror that holds any
// of these versions will do. coder 2.5.3 is the first whose parameters Coder can evaluate dynamically.
const PROVIDERS = [
  { name: "coder", version: "2.19.0", constraint: ">= 2.5.3, < 3.0.0" },
  { name: "envbuilder", version: "1.0.0", constraint: ">= 1.0.0, < 2.0.0" },
];

async function generate({ name, version, constraint }, folder) {
  const schema = JSON.parse(fs.readFileSync(path.join(root, "schemas", `${name}-${version}.json`), "utf8"));
  const address = Object.keys(schema.provider_schemas).find((key) => key.endsWith(`/coder/${name}`));
  // What the bindings record as their version is what a stack requires.
  schema.provider_versions = { [address]: constraint };
  const code = new CodeMaker();
  new TerraformProviderGenerator(code, schema).generate(
    new ConstructsMakerProviderTarget(
      new TerraformProviderConstraint(`coder/${name}@${constraint}`),
      Language.TYPESCRIPT,
    ),
  );
  await code.save(folder);
}

async function main() {
  // Inside the project, so that the compiler finds cdktf.
  const scratch = fs.mkdtempSync(path.join(root, "node_modules", ".bindings-"));
  try {
    for (const provider of PROVIDERS) await generate(provider, scratch);
    const config = {
      compilerOptions: {
        target: "ES2022",
        module: "node16",
        moduleResolution: "node16",
        strict: true,
        declaration: true,
        skipLibCheck: true,
        types: ["node"],
        rootDir: "providers",
        outDir: "compiled",
      },
      include: ["providers"],
    };
    fs.writeFileSync(path.join(scratch, "tsconfig.json"), JSON.stringify(config));
    execFileSync(
      process.execPath,
      [path.join(path.dirname(require.resolve("typescript/package.json")), "bin", "tsc"), "-p", scratch],
      { stdio: "inherit" },
    );
    fs.rmSync(out, { recursive: true, force: true });
    fs.cpSync(path.join(scratch, "compiled"), out, { recursive: true });
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

main().catch((error) => {
  process.exitCode = 1;
  process.stderr.write(`${error.stack}\n`);
});
