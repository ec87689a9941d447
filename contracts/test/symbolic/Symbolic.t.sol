// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Bonds} from "../../Bonds.sol";
import {Emission} from "../../libraries/Emission.sol";
import {Seats} from "../../libraries/Seats.sol";
import {Encoding} from "../../proof/Encoding.sol";
import {SumTree} from "../../proof/SumTree.sol";
import {WrappedEther} from "../../WrappedEther.sol";

/// @title Proven for every input, not tried with some: `make symbolic`
/// @dev `check_` functions are halmos's; forge compiles them and runs none. What a check assumes is its first lines.
/// That `blocks` is era * HALVING_BLOCKS + offset, with an offset below HALVING_BLOCKS, is what a quotient and a remainder are.
contract SymbolicEmission {
    uint256 private constant MAX_SUPPLY_WEI = 1_000_000_000e18;
    uint256 private constant INITIAL_SUPPLY_WEI = 100_000_000e18;
    /// @dev TOTAL_WEI is below 2^88: from this halving on, all but the last wei is out.
    uint256 private constant LAST_ERA = 88;

    /// @dev At every block of every era in which anything is emitted.
    function check_never_more_is_emitted_than_the_schedule_s_total(uint24 offset) external pure {
        if (offset >= Emission.HALVING_BLOCKS) return;
        for (uint256 era = 0; era <= LAST_ERA; ++era) {
            assert(Emission.emittedInEraDown(era, offset) < Emission.TOTAL_WEI);
        }
    }

    /// @dev And in every era after them, to the end of numbers.
    function check_the_far_future_emits_nothing_more(uint256 era, uint24 offset) external pure {
        if (era < LAST_ERA || offset >= Emission.HALVING_BLOCKS) return;
        assert(Emission.emittedInEraDown(era, offset) == Emission.TOTAL_WEI - 1);
    }

    function check_the_total_and_the_first_supply_are_within_the_cap() external pure {
        assert(INITIAL_SUPPLY_WEI + Emission.TOTAL_WEI <= MAX_SUPPLY_WEI);
    }

    /// @dev Within an era what is emitted grows by the offset alone; over its end nothing is taken back.
    function check_a_halving_takes_nothing_back() external pure {
        for (uint256 era = 0; era <= LAST_ERA; ++era) {
            uint256 before = Emission.emittedInEraDown(era, Emission.HALVING_BLOCKS - 1);
            uint256 behind = Emission.emittedInEraDown(era + 1, 0);
            assert(behind >= before && behind - before <= Emission.PER_BLOCK_WEI);
        }
    }
}

/// @dev Bonds as it is, with its two internal steps open, over the bond token of development chains.
contract OpenBonds is Bonds {
    constructor(IERC20 token) Bonds(token) {}

    function pull(address payer, uint256 amountWei) external {
        _pullBond(payer, amountWei);
    }

    function credit(address account, uint256 amountWei) external {
        _creditBond(account, amountWei);
    }
}

contract SymbolicBonds {
    WrappedEther private immutable WETH = new WrappedEther();
    OpenBonds private immutable BONDS = new OpenBonds(IERC20(address(WETH)));

    /// @dev Whatever was pulled, credited and sent unasked: a withdrawal takes the credit, no wei more, and only once.
    function check_a_withdrawal_takes_the_credit_and_nothing_else(uint96 pulled, uint96 credited, uint96 gift)
        external
    {
        if (credited == 0 || credited > pulled) return;
        WETH.deposit{value: uint256(pulled) + gift}();
        WETH.approve(address(BONDS), pulled);
        BONDS.pull(address(this), pulled);
        WETH.transfer(address(BONDS), gift);
        BONDS.credit(address(0xA11CE), credited);

        assert(BONDS.withdraw(address(WETH), address(0xA11CE)) == credited);

        assert(WETH.balanceOf(address(BONDS)) == uint256(pulled) - credited + gift);
        assert(WETH.balanceOf(address(0xA11CE)) == credited);
        assert(BONDS.credits(address(WETH), address(0xA11CE)) == 0);
        (bool isTakenTwice,) = address(BONDS).call(abi.encodeCall(BONDS.withdraw, (address(WETH), address(0xA11CE))));
        assert(!isTakenTwice);
    }

    /// @dev Claims._bountyOf, for every bond: no wei is made or lost, and the challengers' half is not the smaller one.
    function check_bounty_and_what_is_burnt_are_the_bond(uint112 bondWei) external pure {
        uint256 burntWei = uint256(bondWei) / 2;
        uint256 bountyWei = uint256(bondWei) - burntWei;
        assert(bountyWei + burntWei == bondWei && bountyWei >= burntWei && bountyWei - burntWei <= 1);
    }

    /// @dev Challenges._share, for every bounty and every number of challengers: the shares come to the bounty, and the first
    /// one's is less than a wei for each of them larger. `shareWei` is what the division gives, told by what a quotient is;
    /// unchecked, as a product of 116 bits fits and the compiler's check of it is a division again.
    function check_shares_come_to_the_bounty(uint112 bountyWei, uint112 shareWei, uint8 challengers) external pure {
        for (uint256 count = 1; count <= 8; ++count) {
            if (count != challengers) continue;
            unchecked {
                uint256 shared = uint256(shareWei) * count;
                if (shared > bountyWei || bountyWei - shared >= count) return;
                uint256 firstWei = bountyWei - uint256(shareWei) * (count - 1);
                assert(firstWei >= shareWei && firstWei - shareWei < count);
                assert(firstWei + uint256(shareWei) * (count - 1) == bountyWei);
            }
        }
    }
}

contract SymbolicSumTree {
    function rootOf(bytes32 hash, uint256 sum, uint256 index, bytes32[] calldata siblings, uint64[] calldata sums)
        external
        pure
        returns (bytes32 root, uint256 total)
    {
        return SumTree.rootOf(hash, sum, index, siblings, sums);
    }

    /// @dev A path of three levels at any place: the total is the exact sum, in numbers without an end.
    function check_a_total_is_the_exact_sum_and_never_wraps(uint64 sum, uint8 index, uint64 a, uint64 b, uint64 c)
        external
        view
    {
        if (index >= 8) return;
        (bytes32[] memory siblings, uint64[] memory sums) = (new bytes32[](3), new uint64[](3));
        (sums[0], sums[1], sums[2]) = (a, b, c);
        // Place by place: where a hash is written must be a number to the prover.
        for (uint256 place = 0; place < 8; ++place) {
            if (place != index) continue;
            (, uint256 total) = this.rootOf(bytes32(uint256(1)), sum, place, siblings, sums);
            assert(total == uint256(sum) + a + b + c);
            // What a claim's 64 bits can hold is a total in which nothing was cut off.
            if (total <= type(uint64).max) assert(total >= sum && total >= a && total >= b && total >= c);
        }
    }

    /// @dev Two leaves with one path have one root only if hash and sum are the same: a sum cannot be told another way.
    function check_one_path_has_one_leaf(bytes32 one, uint64 oneSum, bytes32 other, uint64 otherSum, bool isRight)
        external
        view
    {
        (bytes32[] memory siblings, uint64[] memory sums) = (new bytes32[](1), new uint64[](1));
        (siblings[0], sums[0]) = (bytes32(uint256(2)), 7);
        (bytes32 oneRoot,) = this.rootOf(one, oneSum, isRight ? 1 : 0, siblings, sums);
        (bytes32 otherRoot,) = this.rootOf(other, otherSum, isRight ? 1 : 0, siblings, sums);
        if (oneRoot == otherRoot) assert(one == other && oneSum == otherSum);
    }

    /// @dev Both sums are hashed: a node with other sums is another node, even where their total is the same.
    function check_a_node_s_sums_are_in_its_hash(uint64 left, uint64 right, uint64 moved) external pure {
        if (moved == 0 || moved > left || uint256(right) + moved > type(uint64).max) return;
        bytes32 honest = Encoding.node(bytes32(uint256(1)), left, bytes32(uint256(2)), right);
        bytes32 lie = Encoding.node(bytes32(uint256(1)), left - moved, bytes32(uint256(2)), right + moved);
        assert(honest != lie);
    }
}

contract SymbolicSeats {
    /// @dev Of up to twelve seats: a vote counts once for each, and never more than there are.
    function check_votes_count_once(uint16 votes) external pure {
        if (votes >= 4096) return;
        uint256 sum = 0;
        for (uint256 i = 0; i < 12; ++i) {
            sum += (votes >> i) & 1;
        }
        assert(Seats.count(votes) == sum);
    }
}
