// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Part, StepNodeOpening} from "../../interfaces/IDemands.sol";
import {Status, Tree} from "../../interfaces/IProofOfOptimization.sol";
import {BuiltPage, PageBuilder, PageToken} from "../PageBuilder.sol";
import {Game} from "./Game.sol";

/// @title Demands: asked for, answered, timed out, taken back
abstract contract DemandActions is Game {
    struct Asked {
        uint256 record;
        Part part;
        uint8 height;
        uint32 index;
        address demander;
        uint256 feeWei;
        uint256 deadline;
        bool isOver;
    }

    Asked[] internal _asked;
    mapping(bytes32 place => bool) private _isOpen;

    function demand(uint256 which, uint256 part, uint256 height, uint256 index, uint256 who) external {
        (bool isThere, uint256 i) = _find(which, Status.Pending);
        if (!isThere || _asked.length >= 48) return;
        Asked memory asked;
        (asked.record, asked.part, asked.demander) = (i, Part(part % 3), _challengers[who % CHALLENGERS]);
        uint256 depth = asked.part == Part.Optimized ? _records[i].claim.depthO : _records[i].claim.depthS;
        asked.height = uint8(height % (depth + 1));
        asked.index = uint32(index % (1 << (depth - asked.height)));
        bool isDue = running < _records[i].revealedAt + WINDOW && !_isOpen[_placeOf(asked)];
        asked.feeWei = proof.feeOf(_records[i].claimId);
        asked.deadline = running + ANSWER;
        vm.prank(asked.demander);
        try proof.demand(_records[i].claim, asked.part, asked.height, asked.index) {
            assertTrue(isDue, "demanded after the window, or twice at once");
        } catch {
            assertFalse(isDue, "a due demand was refused");
            return;
        }
        openFees += asked.feeWei;
        _isOpen[_placeOf(asked)] = true;
        _asked.push(asked);
        _did("demand");
    }

    /// @dev An honest prover answers whatever is asked in time.
    function answer(uint256 which) external {
        (bool isThere, uint256 a) = _open(which, Status.Pending);
        if (!isThere) return;
        Asked memory asked = _asked[a];
        Record memory record = _records[asked.record];
        BuiltPage memory page = _page(record.salt);
        bool isDue = running < asked.deadline;
        bytes memory call;
        if (asked.part == Part.Steps) {
            bytes32[][] memory levels = PageBuilder.stepLevelsOf(page.steps);
            call = asked.height == 0
                ? abi.encodeCall(
                    proof.answerStep, (record.claim, PageBuilder.openStep(levels, page.steps, asked.index))
                )
                : abi.encodeCall(proof.answerStepNode, (record.claim, _stepNode(levels, asked.height, asked.index)));
        } else {
            call = _answerOfPage(asked, record, page);
        }
        (bool isTaken,) = address(proof).call(call);
        // The lie is in the root's sum, so that no path of its source tree adds up to the claim.
        if (record.isLie && asked.part == Part.Source) isDue = isDue && isTaken;
        assertEq(isTaken, isDue, "an answer in time");
        if (!isTaken) return;
        _over(a);
        _did("answer");
    }

    function timeout(uint256 which) external {
        (bool isThere, uint256 a) = _open(which, Status.Pending);
        if (!isThere) return;
        Asked memory asked = _asked[a];
        bool isDue = running >= asked.deadline;
        try proof.timeout(_records[asked.record].claim, asked.part, asked.height, asked.index) {
            assertTrue(isDue, "timed out while there was time to answer");
        } catch {
            assertFalse(isDue, "silence was not slashed");
            return;
        }
        _over(a);
        _records[asked.record].isWithheld = true;
        _end(asked.record, Status.Slashed);
        _did("timeout");
    }

    function reclaim(uint256 which) external {
        (bool isThere, uint256 a) = _open(which, Status.Slashed);
        if (!isThere) return;
        proof.reclaim(_records[_asked[a].record].claim, _asked[a].part, _asked[a].height, _asked[a].index);
        _over(a);
        _did("reclaim");
    }

    function _answerOfPage(Asked memory asked, Record memory record, BuiltPage memory page)
        private
        view
        returns (bytes memory)
    {
        Tree tree = asked.part == Part.Source ? Tree.Source : Tree.Optimized;
        PageToken[] memory tokens = tree == Tree.Source ? page.source : page.optimized;
        PageBuilder.SumNode[][] memory levels = PageBuilder.levelsOf(tokens);
        PageToken memory leaf = asked.index < tokens.length ? tokens[asked.index] : PageToken(0, 0, "");
        if (asked.height == 0) {
            return
                abi.encodeCall(
                    proof.answerToken, (record.claim, tree, PageBuilder.openToken(levels, leaf, asked.index))
                );
        }
        return abi.encodeCall(
            proof.answerNode,
            (record.claim, tree, PageBuilder.openSum(levels, PageToken(0, 0, ""), asked.height, asked.index))
        );
    }

    function _stepNode(bytes32[][] memory levels, uint8 height, uint32 index)
        private
        pure
        returns (StepNodeOpening memory opening)
    {
        (opening.height, opening.index) = (height, index);
        (opening.left, opening.right) = (levels[height - 1][2 * index], levels[height - 1][2 * index + 1]);
        opening.siblings = new bytes32[](levels.length - 1 - height);
        for (uint256 h = height; h < levels.length - 1; ++h) {
            opening.siblings[h - height] = levels[h][(index >> (h - height)) ^ 1];
        }
    }

    function _open(uint256 which, Status status) private view returns (bool isThere, uint256 index) {
        uint256 count = _asked.length;
        for (uint256 n = 0; n < count; ++n) {
            index = (which % count + n) % count;
            if (!_asked[index].isOver && _records[_asked[index].record].end == status) return (true, index);
        }
    }

    function _over(uint256 index) private {
        _asked[index].isOver = true;
        _isOpen[_placeOf(_asked[index])] = false;
        openFees -= _asked[index].feeWei;
    }

    function _placeOf(Asked memory asked) private pure returns (bytes32) {
        return keccak256(abi.encode(asked.record, asked.part, asked.height, asked.index));
    }
}
