// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Encoding} from "../../proof/Encoding.sol";
import {Vectors} from "./Vectors.sol";

contract EncodingTest is Vectors {
    struct Digest {
        bytes data;
        bytes32 hash;
    }

    struct LeafVector {
        uint8 kind;
        uint32 size;
        bytes32 dataHash;
        bytes32 hash;
    }

    struct NodeVector {
        bytes32 left;
        uint64 leftSum;
        bytes32 right;
        uint64 rightSum;
        bytes32 hash;
    }

    struct StepVector {
        uint8 rule;
        uint8 emits;
        uint16 flags;
        uint16 depth;
        uint32 parent;
        uint32 out;
        uint32 attested;
        bytes32 hash;
    }

    struct StepNodeVector {
        bytes32 left;
        bytes32 right;
        bytes32 hash;
    }

    string private _json;

    function setUp() public {
        _json = read("encodings.json");
    }

    function test_the_oracles_keccak_is_the_chains() public view {
        Digest[] memory cases = abi.decode(list(_json, ".keccak", "Digest(bytes data,bytes32 hash)"), (Digest[]));

        assertGt(cases.length, 10);
        for (uint256 i = 0; i < cases.length; ++i) {
            assertEq(keccak256(cases[i].data), cases[i].hash);
        }
    }

    function test_leaves_agree_with_the_oracle() public view {
        string memory description = "LeafVector(uint8 kind,uint32 size,bytes32 dataHash,bytes32 hash)";
        LeafVector[] memory cases = abi.decode(list(_json, ".leaves", description), (LeafVector[]));

        assertGt(cases.length, 5);
        for (uint256 i = 0; i < cases.length; ++i) {
            assertEq(Encoding.leaf(cases[i].kind, cases[i].size, cases[i].dataHash), cases[i].hash);
        }
    }

    function test_nodes_agree_with_the_oracle() public view {
        string memory description = "NodeVector(bytes32 left,uint64 leftSum,bytes32 right,uint64 rightSum,bytes32 hash)";
        NodeVector[] memory cases = abi.decode(list(_json, ".nodes", description), (NodeVector[]));

        assertGt(cases.length, 5);
        for (uint256 i = 0; i < cases.length; ++i) {
            NodeVector memory c = cases[i];
            assertEq(Encoding.node(c.left, c.leftSum, c.right, c.rightSum), c.hash);
        }
    }

    function test_steps_agree_with_the_oracle() public view {
        string memory description =
            "StepVector(uint8 rule,uint8 emits,uint16 flags,uint16 depth,uint32 parent,uint32 out,uint32 attested,bytes32 hash)";
        StepVector[] memory cases = abi.decode(list(_json, ".steps", description), (StepVector[]));

        assertGt(cases.length, 3);
        for (uint256 i = 0; i < cases.length; ++i) {
            StepVector memory c = cases[i];
            assertEq(Encoding.step(c.rule, c.emits, c.flags, c.depth, c.parent, c.out, c.attested), c.hash);
        }
        assertEq(Encoding.stepPadding(), cases[0].hash);
    }

    function test_step_nodes_agree_with_the_oracle() public view {
        string memory description = "StepNodeVector(bytes32 left,bytes32 right,bytes32 hash)";
        StepNodeVector[] memory cases = abi.decode(list(_json, ".stepNodes", description), (StepNodeVector[]));

        assertGt(cases.length, 2);
        for (uint256 i = 0; i < cases.length; ++i) {
            assertEq(Encoding.stepNode(cases[i].left, cases[i].right), cases[i].hash);
        }
    }

    /// @dev The assembly against the compiler's own packing, dirty memory included.
    function testFuzz_the_assembly_packs_as_the_compiler_does(
        uint8 kind,
        uint32 size,
        bytes32 left,
        uint64 leftSum,
        bytes32 right,
        uint64 rightSum
    ) public pure {
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, not(0))
            mstore(add(at, 0x20), not(0))
            mstore(add(at, 0x40), not(0))
        }
        assertEq(Encoding.leaf(kind, size, left), keccak256(abi.encodePacked(uint8(0), kind, size, left)));
        assertEq(
            Encoding.node(left, leftSum, right, rightSum),
            keccak256(abi.encodePacked(uint8(1), left, leftSum, right, rightSum))
        );
        assertEq(Encoding.stepNode(left, right), keccak256(abi.encodePacked(uint8(3), left, right)));
    }
}
