// Seconds of CPU that @openzeppelin/merkle-tree needs for a tree over as many 32-byte leaves as the argument says.
// It hashes no leaf, and each node once: one call of Keccak-f less than there are leaves.
import { SimpleMerkleTree } from "@openzeppelin/merkle-tree";

const leaves = Array.from({ length: Number(process.argv[2]) }, (_, i) => `0x${i.toString(16).padStart(64, "0")}`);
const before = process.cpuUsage();
const { root } = SimpleMerkleTree.of(leaves, { sortLeaves: false });
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ root, seconds: (user + system) / 1e6 }));
