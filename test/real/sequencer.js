// Divides the real-program tests so that parts that run side by side (--shard) end at about the same time: jest itself goes by
// the names of files. A file that is not listed takes little.
const path = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

/** Seconds on two cores, of one of three parts. */
const SECONDS = {
  "cached-image": 380,
  "git-credentials": 340,
  "cached-start": 320,
  hcl: 250,
  trust: 250,
  "build-help": 190,
  templates: 190,
  "docker-proxy": 155,
  demonstration: 145,
  "kubernetes-workspace": 130,
  "registry-auth": 105,
  "image-cache": 100,
  "kubernetes-capabilities": 100,
  "docker-coder": 85,
  "kubernetes-registry-auth": 80,
  "trust-script": 75,
  "corporate-ca-feature": 75,
  "git-credentials-coder": 70,
  "lab-corners": 70,
  "kubernetes-accepted": 60,
  "kubernetes-coder": 55,
  "cli-inspect": 50,
  "cached-image-kubernetes": 40,
  "cached-image-coder": 40,
  "build-secrets": 40,
  "kubernetes-secrets": 40,
  "cli-doctor": 30,
  "own-project": 30,
};
const LITTLE = 20;

function seconds(test) {
  return SECONDS[path.basename(test.path, ".test.ts")] ?? LITTLE;
}

module.exports = class extends Sequencer {
  /** The longest first, each to the part that has least to do. */
  shard(tests, { shardIndex, shardCount }) {
    const shards = Array.from({ length: shardCount }, () => ({ tests: [], sum: 0 }));
    const ordered = [...tests].sort((a, b) => seconds(b) - seconds(a) || (a.path < b.path ? -1 : 1));
    for (const test of ordered) {
      const least = shards.reduce((one, other) => (other.sum < one.sum ? other : one));
      least.tests.push(test);
      least.sum += seconds(test);
    }
    return shards[shardIndex - 1].tests;
  }
};
