// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Encoding} from "../../proof/Encoding.sol";
import {StepTree} from "../../proof/StepTree.sol";
import {SumTree} from "../../proof/SumTree.sol";
import {Vectors} from "./Vectors.sol";

contract TreesTest is Vectors {
    struct SumPath {
        bytes32 leaf;
        uint32 size;
        uint256 index;
        bytes32[] siblings;
        uint64[] sums;
    }

    struct StepPath {
        bytes32 leaf;
        uint256 index;
        bytes32[] siblings;
    }

    uint256 private constant SHAPES = 9;
    string private _json;

    function setUp() public {
        _json = read("trees.json");
    }

    /* REFUSALS */

    function test_a_path_leads_elsewhere_from_any_other_place() public view {
        (SumPath[] memory paths, bytes32 root,) = _sumPaths(SHAPES - 1);
        for (uint256 index = 0; index < paths.length; ++index) {
            if (index == paths[3].index) continue;
            (bytes32 opened,) = this.sumRoot(paths[3].leaf, paths[3].size, index, paths[3].siblings, paths[3].sums);
            assertNotEq(opened, root);
        }
    }

    function testFuzz_a_changed_sum_leads_elsewhere(uint256 path, uint256 level, uint64 lie) public view {
        (SumPath[] memory paths, bytes32 root,) = _sumPaths(SHAPES - 1);
        SumPath memory p = paths[path % paths.length];
        level %= p.sums.length;
        vm.assume(lie != p.sums[level]);
        p.sums[level] = lie;
        (bytes32 opened,) = this.sumRoot(p.leaf, p.size, p.index, p.siblings, p.sums);

        assertNotEq(opened, root);
    }

    /// @dev 2^64 bytes on either side: the root is that of zero and zero, the total is not.
    function test_sums_that_wrap_around_64_bits_never_come_to_a_total_of_64_bits() public view {
        bytes32[] memory siblings = new bytes32[](2);
        uint64[] memory sums = new uint64[](2);
        sums[0] = type(uint64).max;
        (bytes32 wrapped, uint256 total) = this.sumRoot(bytes32(uint256(1)), 1, 0, siblings, sums);

        assertEq(
            wrapped,
            Encoding.node(Encoding.node(bytes32(uint256(1)), 1, 0, type(uint64).max), 0, 0, 0),
            "the low bits are hashed"
        );
        assertEq(total, uint256(type(uint64).max) + 1);
    }

    function test_a_path_with_fewer_sums_than_nodes_is_refused() public {
        vm.expectRevert();
        this.sumRoot(bytes32(uint256(1)), 1, 0, new bytes32[](2), new uint64[](1));
    }

    /// @dev The calldata of a caller who does not use a compiler.
    function testFuzz_a_sum_of_more_than_64_bits_is_refused(uint256 sum, uint256 level) public view {
        bytes memory data = abi.encodeCall(this.sumRoot, (bytes32(uint256(1)), 1, 5, new bytes32[](4), new uint64[](4)));
        sum = bound(sum, uint256(type(uint64).max) + 1, type(uint256).max);
        uint256 place = data.length - 32 * (1 + level % 4);
        assembly ("memory-safe") {
            mstore(add(add(data, 0x20), place), sum)
        }
        (bool isRead,) = address(this).staticcall(data);
        assertFalse(isRead);
    }

    /* AGREEMENT */

    /// @dev What the paths' loops write in one place of memory is what the encodings say, at any place of any tree.
    /// forge-config: default.fuzz.runs = 200
    function testFuzz_a_path_is_its_nodes_one_above_the_other(
        bytes32 hash,
        uint256 sum,
        uint256 index,
        bytes32[] calldata siblings,
        uint64 seed
    ) public view {
        sum = bound(sum, 0, type(uint72).max);
        uint64[] memory sums = new uint64[](siblings.length);
        (bytes32 node, bytes32 step, uint256 total) = (hash, hash, sum);
        for (uint256 h = 0; h < siblings.length; ++h) {
            sums[h] = uint64(uint256(keccak256(abi.encode(seed, h))));
            bool isLeft = h > 255 || (index >> h) & 1 == 0;
            node = isLeft
                ? Encoding.node(node, uint64(total), siblings[h], sums[h])
                : Encoding.node(siblings[h], sums[h], node, uint64(total));
            step = isLeft ? Encoding.stepNode(step, siblings[h]) : Encoding.stepNode(siblings[h], step);
            total += sums[h];
        }
        (bytes32 opened, uint256 openedTotal) = this.sumRoot(hash, sum, index, siblings, sums);
        assertEq(opened, node);
        assertEq(openedTotal, total);
        assertEq(this.stepRoot(hash, index, siblings), step);
    }

    function test_sum_paths_of_the_oracle_lead_to_its_roots() public view {
        for (uint256 shape = 0; shape < SHAPES; ++shape) {
            (SumPath[] memory paths, bytes32 root, uint256 total) = _sumPaths(shape);
            for (uint256 i = 0; i < paths.length; ++i) {
                SumPath memory p = paths[i];
                (bytes32 opened, uint256 openedTotal) = this.sumRoot(p.leaf, p.size, p.index, p.siblings, p.sums);
                assertEq(opened, root);
                assertEq(openedTotal, total);
            }
        }
    }

    function test_step_paths_of_the_oracle_lead_to_its_roots() public view {
        string memory description = "StepPath(bytes32 leaf,uint256 index,bytes32[] siblings)";
        for (uint256 shape = 0; shape < SHAPES; ++shape) {
            string memory key = string.concat(".stepTrees[", vm.toString(shape), "]");
            bytes32 root = vm.parseJsonBytes32(_json, string.concat(key, ".root"));
            StepPath[] memory paths = abi.decode(list(_json, string.concat(key, ".paths"), description), (StepPath[]));
            for (uint256 i = 0; i < paths.length; ++i) {
                assertEq(this.stepRoot(paths[i].leaf, paths[i].index, paths[i].siblings), root);
            }
        }
    }

    /* CALLDATA */

    function sumRoot(bytes32 hash, uint256 sum, uint256 index, bytes32[] calldata siblings, uint64[] calldata sums)
        external
        pure
        returns (bytes32, uint256)
    {
        return SumTree.rootOf(hash, sum, index, siblings, sums);
    }

    function stepRoot(bytes32 hash, uint256 index, bytes32[] calldata siblings) external pure returns (bytes32) {
        return StepTree.rootOf(hash, index, siblings);
    }

    function _sumPaths(uint256 shape) private view returns (SumPath[] memory paths, bytes32 root, uint256 total) {
        string memory key = string.concat(".sumTrees[", vm.toString(shape), "]");
        string memory description = "SumPath(bytes32 leaf,uint32 size,uint256 index,bytes32[] siblings,uint64[] sums)";
        root = vm.parseJsonBytes32(_json, string.concat(key, ".root"));
        total = vm.parseJsonUint(_json, string.concat(key, ".total"));
        paths = abi.decode(list(_json, string.concat(key, ".paths"), description), (SumPath[]));
    }
}
