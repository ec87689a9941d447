// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {DSHGovernor} from "../../DSHGovernor.sol";
import {Fixture} from "../Fixture.sol";

contract DSHGovernorTest is Fixture {
    uint256 private constant QUORUM_WEI = 4_000_000e18;
    uint8 private constant AGAINST = 0;
    uint8 private constant FOR = 1;

    TimelockController private timelock;
    DSHGovernor private governor;
    address[] private targets;
    uint256[] private values;
    bytes[] private calls;

    function setUp() public override {
        super.setUp();
        timelock = new TimelockController(2 days, new address[](0), new address[](1), address(this));
        governor = new DSHGovernor(token, timelock, 1 days, 5 days);
        timelock.grantRole(timelock.PROPOSER_ROLE(), address(governor));
        timelock.grantRole(timelock.CANCELLER_ROLE(), address(governor));
        timelock.renounceRole(timelock.DEFAULT_ADMIN_ROLE(), address(this));
        authority.grantRole(GOVERNOR, address(timelock), 0);
        authority.revokeRole(GOVERNOR, address(this));
        _give(HARVESTER, QUORUM_WEI);
        _give(CHALLENGER, 10_000e18);
        targets = [address(registry)];
        values = [0];
        calls = [abi.encodeCall(registry.setQuota, (0, 7e18))];
    }

    /* REFUSALS */

    function test_nobody_sets_a_parameter_past_the_vote() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(this)));
        registry.setQuota(0, 7e18);
        vm.prank(address(governor));
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(governor)));
        registry.setQuota(0, 7e18);
        vm.expectPartialRevert(IAccessControl.AccessControlUnauthorizedAccount.selector);
        timelock.schedule(address(registry), 0, calls[0], 0, 0, 2 days);
    }

    function test_a_proposal_takes_votes_at_the_moment_before() public {
        vm.prank(STRANGER);
        vm.expectRevert(
            abi.encodeWithSelector(IGovernor.GovernorInsufficientProposerVotes.selector, STRANGER, 0, 10_000e18)
        );
        governor.propose(targets, values, calls, "quota");
    }

    function test_dsh_that_moved_votes_once() public {
        uint256 proposal = _propose();
        skip(1 days + 1);
        vm.prank(HARVESTER);
        governor.castVote(proposal, FOR);
        vm.prank(HARVESTER);
        require(token.transfer(STRANGER, QUORUM_WEI));
        vm.startPrank(STRANGER);
        token.delegate(STRANGER);
        skip(1);
        governor.castVote(proposal, FOR);
        vm.stopPrank();
        (, uint256 forVotes,) = governor.proposalVotes(proposal);
        assertEq(forVotes, QUORUM_WEI);
        vm.prank(HARVESTER);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorAlreadyCastVote.selector, HARVESTER));
        governor.castVote(proposal, FOR);
    }

    function test_too_few_votes_or_more_against_decide_nothing() public {
        uint256 proposal = _propose();
        skip(1 days + 1);
        vm.prank(CHALLENGER);
        governor.castVote(proposal, FOR);
        skip(5 days);
        assertEq(uint8(governor.state(proposal)), uint8(IGovernor.ProposalState.Defeated));

        calls = [abi.encodeCall(registry.setQuota, (0, 8e18))];
        proposal = _propose();
        skip(1 days + 1);
        vm.prank(HARVESTER);
        governor.castVote(proposal, AGAINST);
        vm.prank(CHALLENGER);
        governor.castVote(proposal, FOR);
        skip(5 days);
        assertEq(uint8(governor.state(proposal)), uint8(IGovernor.ProposalState.Defeated));
    }

    function test_what_was_decided_waits_its_time() public {
        uint256 proposal = _passed();
        governor.queue(targets, values, calls, keccak256("quota"));
        assertEq(uint8(governor.state(proposal)), uint8(IGovernor.ProposalState.Queued));
        skip(2 days - 1);
        vm.expectPartialRevert(TimelockController.TimelockUnexpectedOperationState.selector);
        governor.execute(targets, values, calls, keccak256("quota"));
    }

    /* STORIES */

    function test_a_vote_sets_a_parameter() public {
        _passed();
        governor.queue(targets, values, calls, keccak256("quota"));
        skip(2 days);
        governor.execute(targets, values, calls, keccak256("quota"));
        assertEq(registry.quotaOf(0), 7e18);
    }

    /* STEPS */

    function _passed() private returns (uint256 proposal) {
        proposal = _propose();
        skip(1 days + 1);
        vm.prank(HARVESTER);
        governor.castVote(proposal, FOR);
        skip(5 days);
        assertEq(uint8(governor.state(proposal)), uint8(IGovernor.ProposalState.Succeeded));
    }

    function _propose() private returns (uint256) {
        vm.prank(CHALLENGER);
        return governor.propose(targets, values, calls, "quota");
    }

    function _give(address account, uint256 amountWei) private {
        vm.prank(TREASURY);
        require(token.transfer(account, amountWei));
        vm.prank(account);
        token.delegate(account);
        skip(1);
    }
}
