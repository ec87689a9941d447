// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";

import {Node, NodeType} from "../../interfaces/INodeManager.sol";
import {NodeManager} from "../../NodeManager.sol";
import {Fixture} from "../Fixture.sol";

/// @title The house, and nodes in it
abstract contract NodesFixture is Fixture {
    uint64 internal constant DISPATCHER = 18;
    uint64 internal constant NODE_UPGRADER = 13;
    uint256 internal constant RATE = 1e18;

    address internal immutable OWNER = makeAddr("node owner");
    NodeManager internal nodes;
    address internal operator;
    uint256 internal operatorKey;

    function setUp() public virtual override {
        super.setUp();
        (operator, operatorKey) = makeAddrAndKey("operator");
        nodes = NodeManager(
            address(
                new ERC1967Proxy(
                    deployCode("NodeManager", abi.encode(token, registry, proof)),
                    abi.encodeCall(NodeManager.initialize, (address(authority)))
                )
            )
        );
        _allowNodes(nodes.setStakeRate.selector, GOVERNOR);
        _allowNodes(nodes.startJob.selector, DISPATCHER);
        _allowNodes(nodes.upgradeToAndCall.selector, NODE_UPGRADER);
        authority.grantRole(DISPATCHER, address(this), 0);
        authority.grantRole(NODE_UPGRADER, address(this), 0);
        authority.grantRole(EMITTER, address(nodes), 0);
        nodes.setStakeRate(RATE);
        _stakeWith(OWNER);
        _stakeWith(STRANGER);
    }

    function _stakeWith(address account) internal {
        vm.prank(TREASURY);
        require(token.transfer(account, 1_000_000e18));
        vm.prank(account);
        token.approve(address(nodes), type(uint256).max);
    }

    function _create(NodeType nodeType, uint32 kib) internal returns (uint64) {
        vm.prank(OWNER);
        return nodes.create(nodeType, kib, operator, type(uint256).max);
    }

    function _beat(uint64 nodeId) internal {
        uint40 at = uint40(block.timestamp);
        if (nodes.nodeOf(nodeId).lastBeatAt == at) return;
        nodes.beat(nodeId, at, "state", _signBeat(nodeId, at, "state"));
    }

    function _signBeat(uint64 nodeId, uint40 at, bytes32 digest) internal view returns (bytes memory) {
        return _signWith(operatorKey, nodes.beatDigest(nodeId, at, digest));
    }

    function _signWith(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev The first `count` verifiers' votes, sorted as the contract wants them.
    function _votes(bytes32 digest, uint256 count)
        internal
        view
        returns (address[] memory signers, bytes[] memory signatures)
    {
        signers = new address[](count);
        signatures = new bytes[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 j = i;
            for (; j > 0 && signers[j - 1] > verifiers[i]; --j) {
                (signers[j], signatures[j]) = (signers[j - 1], signatures[j - 1]);
            }
            (signers[j], signatures[j]) = (verifiers[i], _signWith(verifierKeys[i], digest));
        }
    }

    function _start(bytes32 jobId, uint64 nodeId, uint32 kib, uint40 seconds_) internal {
        _beat(nodeId);
        nodes.startJob(jobId, nodeId, kib, seconds_);
    }

    function _verify(bytes32 jobId) internal returns (uint256) {
        (address[] memory signers, bytes[] memory signatures) =
            _votes(nodes.jobDigest(jobId, nodes.jobOf(jobId).nodeId, "result"), QUORUM);
        return nodes.verifyJob(jobId, "result", signers, signatures);
    }

    function _allowNodes(bytes4 selector, uint64 role) private {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        authority.setTargetFunctionRole(address(nodes), selectors, role);
    }
}
