// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, Status} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {BuiltPage, PageBuilder} from "../PageBuilder.sol";

/// @title Who plays in the invariant tests, and what is known of every claim beside the contracts
/// @dev The clock here is counted by the game's own steps, so that the contracts' clock has something to agree with.
abstract contract Game is Fixture {
    uint256 internal constant PROVERS = 3;
    uint256 internal constant CHALLENGERS = 3;
    uint256 internal constant NODES = 5;
    uint256 internal constant PAGES = 4;
    uint256 internal constant DOMAIN_QUOTA = 1e18;

    struct Record {
        Claim claim;
        bytes32 claimId;
        bool isLie;
        /// slashed for silence
        bool isWithheld;
        bool isCanary;
        bool isSettled;
        Status end;
        uint256 bondWei;
        uint256 salt;
        uint256 revealedAt;
        uint256 slashedBlock;
    }

    Record[] internal _records;
    address[PROVERS] internal _provers;
    address[CHALLENGERS] internal _challengers;
    /// @dev In ascending order, as `confirmServed` wants its signers.
    address[NODES] internal _nodes;
    mapping(address node => uint256) internal _keyOf;
    mapping(Status => uint256) public reached;
    mapping(bytes32 what => uint256) public did;
    /// @notice Seconds that passed while nothing was paused.
    uint256 public running;
    uint256 public lockedBonds;
    uint256 public openFees;
    uint256 public donated;

    function setUp() public virtual override {
        super.setUp();
        for (uint256 i = 0; i < PROVERS; ++i) {
            _provers[i] = makeAddr(string.concat("prover ", vm.toString(i)));
            _fund(_provers[i]);
            _challengers[i] = makeAddr(string.concat("challenger ", vm.toString(i)));
            _fund(_challengers[i]);
        }
        _fund(STRANGER);
        for (uint256 i = 0; i < NODES; ++i) {
            (address node, uint256 key) = (address(0), 0);
            if (i < verifiers.length) (node, key) = (verifiers[i], verifierKeys[i]);
            else (node, key) = makeAddrAndKey(string.concat("node ", vm.toString(i)));
            _keyOf[node] = key;
            if (i >= verifiers.length) {
                authority.grantRole(VERIFIER, node, 0);
                stakes.stakeFor(node, STAKE);
            }
            uint256 place = i;
            for (; place > 0 && _nodes[place - 1] > node; --place) {
                _nodes[place] = _nodes[place - 1];
            }
            _nodes[place] = node;
        }
        authority.grantRole(CASHIER, TREASURY, 0);
        vm.prank(TREASURY);
        token.approve(address(registry), type(uint256).max);
        // So low that it is met.
        registry.setQuota(0, DOMAIN_QUOTA);
    }

    /* TIME */

    /// @dev Mostly seconds, now and then days: windows are short, streams and unbonding long.
    function pass(uint256 seconds_) external {
        _pass(bound(seconds_, 1, seconds_ % 8 == 0 ? 31 days : 2 * WINDOW));
    }

    function pauseOrGoOn() external {
        if (proof.isPaused()) proof.unpause();
        else proof.pause();
    }

    function _pass(uint256 seconds_) internal {
        if (!proof.isPaused()) running += seconds_;
        skip(seconds_);
        vm.roll(block.number + 1);
    }

    /* CLAIMS */

    /// @dev Two tags and two comments, unlike for every salt.
    function _page(uint256 salt) internal pure returns (BuiltPage memory page) {
        page = PageBuilder.commented(2);
        bytes memory word = bytes(vm.toString(salt % 1_000));
        page.source[1] = PageBuilder.whole(5, abi.encodePacked("<!--", word, PageBuilder.fill(600 + salt % 300), "-->"));
    }

    /// @dev The first claim from `which` on that stands like this.
    function _find(uint256 which, Status status) internal view returns (bool isThere, uint256 index) {
        uint256 count = _records.length;
        for (uint256 i = 0; i < count; ++i) {
            index = (which % count + i) % count;
            if (_records[index].end == status) return (true, index);
        }
    }

    function _end(uint256 index, Status status) internal {
        _records[index].end = status;
        _records[index].slashedBlock = block.number;
        // A slashed bond stays locked until its bounty is shared.
        if (status != Status.Slashed) lockedBonds -= _records[index].bondWei;
        ++reached[status];
        _assertStatus(_records[index].claimId, status);
    }

    function _did(bytes32 what) internal {
        ++did[what];
    }

    /// @dev The first `count` nodes that hold a seat.
    function _seated(uint256 count) internal view returns (address[] memory seated) {
        seated = new address[](count);
        uint256 found = 0;
        for (uint256 i = 0; i < NODES && found < count; ++i) {
            if (proof.isVerifier(_nodes[i])) seated[found++] = _nodes[i];
        }
        // Fewer than asked for: a shorter list.
        assembly ("memory-safe") {
            mstore(seated, found)
        }
    }

    /* WHAT IS OWED */

    function balance() external view returns (uint256) {
        return weth.balanceOf(address(proof));
    }

    function owed() external view returns (uint256) {
        return lockedBonds + openFees + proof.burntWei() + donated + _credits();
    }

    function _credits() internal view returns (uint256 sum) {
        for (uint256 i = 0; i < PROVERS; ++i) {
            sum += proof.credits(address(weth), _provers[i]) + proof.credits(address(weth), _challengers[i]);
        }
    }
}
