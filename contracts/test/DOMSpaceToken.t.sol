// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Test} from "forge-std/Test.sol";

import {Authority} from "../Authority.sol";
import {DOMSpaceToken} from "../DOMSpaceToken.sol";
import {IDOMSpaceToken} from "../interfaces/IDOMSpaceToken.sol";

contract DOMSpaceTokenTest is Test {
    uint64 private constant EMITTER = 5;
    address private immutable TREASURY = makeAddr("treasury");
    address private immutable HARVESTER = makeAddr("harvester");
    address private immutable STRANGER = makeAddr("stranger");
    bytes32 private constant REASON = keccak256("claim");

    Authority private authority;
    DOMSpaceToken private token;

    function setUp() public {
        vm.roll(1_000);
        authority = new Authority(address(this));
        token = DOMSpaceToken(deployCode("DOMSpaceToken", abi.encode(authority, TREASURY)));
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = token.queueReward.selector;
        authority.setTargetFunctionRole(address(token), selectors, EMITTER);
        authority.grantRole(EMITTER, address(this), 0);
    }

    /* REFUSALS */

    function test_a_stranger_cannot_queue_a_reward() public {
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER));
        token.queueReward(STRANGER, REASON, 1);
    }

    function test_a_reward_of_nothing_is_refused() public {
        vm.expectRevert(IDOMSpaceToken.RewardZero.selector);
        token.queueReward(HARVESTER, REASON, 0);
    }

    function test_a_reward_to_nobody_is_refused() public {
        vm.expectRevert(IDOMSpaceToken.RewardAccountZero.selector);
        token.queueReward(address(0), REASON, 1);
    }

    function test_an_unknown_ticket_is_not_paid() public {
        vm.expectRevert(abi.encodeWithSelector(IDOMSpaceToken.TicketUnknown.selector, 0));
        token.payReward(0);
    }

    function test_a_ticket_waits_until_the_budget_reaches_it() public {
        token.queueReward(HARVESTER, REASON, 50e18 + 1);
        vm.roll(block.number + 1);
        vm.expectRevert(abi.encodeWithSelector(IDOMSpaceToken.TicketWaiting.selector, 0, 50e18 + 1, 50e18));
        token.payReward(0);

        vm.roll(block.number + 1);
        token.payReward(0);
        assertEq(token.balanceOf(HARVESTER), 50e18 + 1);
    }

    function test_a_ticket_is_paid_once() public {
        token.queueReward(HARVESTER, REASON, 1e18);
        vm.roll(block.number + 1);
        token.payReward(0);
        vm.expectRevert(abi.encodeWithSelector(IDOMSpaceToken.TicketPaid.selector, 0));
        token.payReward(0);
    }

    function test_a_reward_beyond_ninety_six_bits_is_refused() public {
        vm.expectRevert();
        token.queueReward(HARVESTER, REASON, type(uint96).max + uint256(1));
    }

    /* THE LINE */

    function test_the_whole_initial_supply_is_the_treasury_s() public view {
        assertEq(token.totalSupply(), 100_000_000e18);
        assertEq(token.balanceOf(TREASURY), 100_000_000e18);
    }

    function test_a_ticket_says_whose_and_where_in_line_it_is() public {
        vm.expectEmit();
        emit IDOMSpaceToken.RewardQueued(0, HARVESTER, REASON, 30e18, 30e18);
        token.queueReward(HARVESTER, REASON, 30e18);
        vm.expectEmit();
        emit IDOMSpaceToken.RewardQueued(1, STRANGER, REASON, 40e18, 70e18);
        token.queueReward(STRANGER, REASON, 40e18);

        (address account, uint256 amountWei, uint256 queuedEndWei) = token.ticketOf(1);
        assertEq(account, STRANGER);
        assertEq(amountWei, 40e18);
        assertEq(queuedEndWei, 70e18);
        assertEq(token.queuedWei(), 70e18);
        assertEq(token.ticketCount(), 2);
    }

    /// @dev Figures by whole numbers without an end (Python), exact to the wei: after the nineteenth halving it is rounded.
    function test_the_line_moves_by_the_schedule_through_all_halvings() public {
        assertEq(_emittedAfter(0), 0);
        assertEq(_emittedAfter(1), 50e18);
        assertEq(_emittedAfter(2_102_400), 105120000000000000000000000);
        assertEq(_emittedAfter(2_102_401), 105120025000000000000000000);
        assertEq(_emittedAfter(20 * 2_102_400 + 7), 210239799499845504760742184);
        assertEq(_emittedAfter(25 * 2_102_400), 210239993734359741210937500);
        assertEq(_emittedAfter(300 * 2_102_400 + 9), 210239999999999999999999999);
    }

    function test_a_ticket_is_paid_in_the_very_block_that_releases_its_last_wei() public {
        token.queueReward(HARVESTER, REASON, 50e18);
        vm.roll(block.number + 1);
        vm.expectEmit();
        emit IDOMSpaceToken.RewardPaid(0, HARVESTER, 50e18);
        token.payReward(0);
        assertEq(token.balanceOf(HARVESTER), 50e18);
    }

    function _emittedAfter(uint256 blocks) private returns (uint256) {
        vm.roll(token.START_BLOCK() + blocks);
        return token.emittedWei();
    }

    function testFuzz_first_in_is_first_payable(uint96[8] calldata amounts, uint256 blocks) public {
        uint256 queued = 0;
        for (uint256 i = 0; i < amounts.length; ++i) {
            uint256 amount = bound(amounts[i], 1, 500e18);
            queued += amount;
            token.queueReward(HARVESTER, REASON, amount);
        }
        vm.roll(block.number + bound(blocks, 0, 200));

        bool isDry = false;
        for (uint256 i = 0; i < amounts.length; ++i) {
            (,, uint256 end) = token.ticketOf(i);
            isDry = isDry || end > token.emittedWei();
            if (isDry) vm.expectRevert();
            token.payReward(i);
        }
        assertEq(token.queuedWei(), queued);
        assertLe(token.balanceOf(HARVESTER), token.emittedWei());
        assertEq(token.totalSupply(), 100_000_000e18 + token.balanceOf(HARVESTER));
    }

    /* VOTES, PERMIT, BURN */

    function test_votes_are_counted_by_time() public {
        assertEq(token.CLOCK_MODE(), "mode=timestamp");
        vm.prank(TREASURY);
        token.delegate(TREASURY);
        assertEq(token.getVotes(TREASURY), 100_000_000e18);
        assertEq(token.clock(), block.timestamp);
    }

    function test_a_permit_stands_for_an_approval_once() public {
        (address owner, uint256 key) = makeAddrAndKey("owner");
        bytes32 digest = keccak256(
            abi.encodePacked(
                hex"1901",
                token.DOMAIN_SEPARATOR(),
                keccak256(
                    abi.encode(
                        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                        owner,
                        STRANGER,
                        7,
                        token.nonces(owner),
                        block.timestamp
                    )
                )
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        token.permit(owner, STRANGER, 7, block.timestamp, v, r, s);
        assertEq(token.allowance(owner, STRANGER), 7);

        vm.expectRevert();
        token.permit(owner, STRANGER, 7, block.timestamp, v, r, s);
    }

    function test_burnt_tokens_leave_the_supply() public {
        vm.prank(TREASURY);
        token.burn(1e18);
        assertEq(token.totalSupply(), 100_000_000e18 - 1e18);
    }
}
